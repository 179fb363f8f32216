package edit

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"ringside/assist"
	"ringside/ui/panes/look"
	"ringside/ui/widgets"
)

func press(name fyne.KeyName) *fyne.KeyEvent { return &fyne.KeyEvent{Name: name} }

// at returns the box that has the keyboard.
func (b *bench) at() *widgets.Entry {
	b.Helper()
	e, ok := b.win.Canvas().Focused().(*widgets.Entry)
	if !ok {
		b.Fatalf("%T has the keyboard", b.win.Canvas().Focused())
	}
	return e
}

func TestStepsAreWrittenLikeAList(t *testing.T) {
	b := newBench(t, wide)
	b.open(late())
	b.win.Canvas().Focus(b.form.steps.list[0].box)
	b.at().TypedKey(press(fyne.KeyReturn))
	for _, r := range "Say sorry" {
		b.at().TypedRune(r)
	}
	if got := b.rev.Next.Steps; !slices.Equal(got, []string{"Look it up", "Say sorry", "Tell them"}) {
		t.Errorf("steps %q", got)
	}
	if f := b.rev.Next.Files; len(f) != 1 || f[0].Step != 3 {
		t.Errorf("the picture is at %+v, want step 3", f)
	}
	b.at().TypedShortcut(alt(fyne.KeyUp))
	if got := b.rev.Next.Steps; !slices.Equal(got, []string{"Say sorry", "Look it up", "Tell them"}) {
		t.Errorf("moved up: %q", got)
	}
	b.at().TypedShortcut(alt(fyne.KeyUp)) // it is the first
	b.at().SetTyped("")
	b.at().TypedKey(press(fyne.KeyBackspace))
	if got := b.rev.Next; !slices.Equal(got.Steps, []string{"Look it up", "Tell them"}) || got.Files[0].Step != 2 || b.dirty() {
		t.Errorf("taken away: %q, %+v", got.Steps, got.Files)
	}
}

func TestPastedLinesBecomeSteps(t *testing.T) {
	b := newBench(t, wide)
	b.open(assist.Answer{ID: "new"})
	b.form.steps.insert(0, nil, true)
	b.at().SetTyped("One\nTwo\n\nThree")
	if got := b.rev.Next.Steps; !slices.Equal(got, []string{"One", "Two", "Three"}) {
		t.Errorf("steps %q", got)
	}
}

func TestAFileOfAStepThatGoesStaysWithTheAnswer(t *testing.T) {
	b := newBench(t, wide)
	b.open(late())
	b.form.steps.remove(b.form.steps.list[1])
	if f := b.rev.Next.Files; len(f) != 1 || f[0].Step != 0 {
		t.Errorf("files %+v", f)
	}
	if err := b.rev.Next.Validate(); err != nil {
		t.Error(err)
	}
}

func picture(w, h int) []byte {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for i := range img.Pix {
		img.Pix[i] = 200
	}
	img.Set(0, 0, color.Black)
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		panic(err)
	}
	return out.Bytes()
}

func TestAPictureIsAttachedToItsStepAndShown(t *testing.T) {
	b := newBench(t, wide)
	b.open(late())
	b.win.Canvas().Focus(b.form.steps.list[0].box)
	b.Attach("screen.png", picture(900, 300))
	b.until("the picture", func() bool { return len(b.rev.Next.Files) == 2 })
	i := slices.IndexFunc(b.rev.Next.Files, func(f assist.File) bool { return f.Name == "screen.png" })
	if b.rev.Next.Files[i].Step != 1 {
		t.Errorf("attached as %+v", b.rev.Next.Files)
	}
	var shot *canvas.Image
	b.until("it is seen", func() bool {
		look.Walk(b.preview.parts, func(o fyne.CanvasObject, _, _ look.Area) {
			if img, ok := o.(*canvas.Image); ok {
				shot = img
			}
		})
		return shot != nil
	})
	if size := shot.Image.Bounds(); size.Dx() != 400 || size.Dy() != 133 {
		t.Errorf("shown at %v", size)
	}
}

func TestATooLargeFileIsRefused(t *testing.T) {
	b := newBench(t, wide)
	b.open(late())
	b.Attach("film.mp4", make([]byte, 3<<20))
	look.Reads(t, b.Object(), "film.mp4 is not attached", "larger than 2 MB")
	b.Attach("nothing.txt", nil)
	look.Reads(t, b.Object(), "nothing.txt is not attached")
	if len(b.rev.Next.Files) != 1 {
		t.Errorf("files %+v", b.rev.Next.Files)
	}
}

func TestThePreviewIsOfARealCustomer(t *testing.T) {
	b := newBench(t, wide)
	b.open(late())
	said := func(words string) func() bool {
		return func() bool { return strings.Contains(b.preview.words.rich.String(), words) }
	}
	b.until("the last caller", said("Sorry, Carlos Mendes."))
	b.form.say.SetTyped("**Dear** {{customer.name}}, ![x](https://example.org/x.png)")
	b.until("what is typed", said("Dear Carlos Mendes"))
	look.Reads(t, b.Object(), "Shown for Carlos Mendes. Styles are seen here")
	for _, s := range b.preview.words.rich.Segments {
		if _, is := s.(*widget.ImageSegment); is {
			t.Error("a picture is fetched from the web")
		}
	}
	b.preview.who.SetTyped("mary")
	b.until("who is found", b.reads("Mary Shaw · Leeds"))
	b.press("Mary Shaw")
	b.until("another customer", said("Dear Mary Shaw"))
}

func TestBlanksGoInWhereTheCursorIs(t *testing.T) {
	b := newBench(t, wide)
	b.open(assist.Answer{ID: "new"})
	b.form.say.SetTyped("Hello !")
	b.win.Canvas().Focus(b.form.say)
	b.form.say.TypedKey(press(fyne.KeyLeft))
	b.key(ctrl(fyne.KeyB))
	menu, ok := b.win.Canvas().Focused().(*widget.PopUpMenu)
	if !ok {
		t.Fatalf("%T has the keyboard", b.win.Canvas().Focused())
	}
	menu.TypedKey(press(fyne.KeyDown))
	menu.TypedKey(press(fyne.KeyReturn))
	if b.form.say.Text != "Hello {{customer.name}}!" || b.at() != b.form.say {
		t.Errorf("typed %q", b.form.say.Text)
	}
}

func TestWhoAnswersForItIsChosen(t *testing.T) {
	b := newBench(t, wide)
	b.open(late())
	choose := func(button *widgets.Action, downs int) {
		button.OnPressed()
		menu := b.win.Canvas().Focused().(*widget.PopUpMenu)
		for range downs {
			menu.TypedKey(press(fyne.KeyDown))
		}
		menu.TypedKey(press(fyne.KeyReturn))
	}
	choose(b.form.owner, 2)
	choose(b.form.deputy, 3)
	choose(b.form.rota, 1)
	choose(b.form.rota, 2)
	if a := b.rev.Next; a.Owner != "priya" || a.Deputy != "tom" || !slices.Equal(a.Rota, []assist.ID{"priya", "tom"}) {
		t.Errorf("owner %q, deputy %q, in turn %q", a.Owner, a.Deputy, a.Rota)
	}
	choose(b.form.rota, 1)
	choose(b.form.owner, 1)
	if a := b.rev.Next; a.Owner != "" || !slices.Equal(a.Rota, []assist.ID{"tom"}) {
		t.Errorf("owner %q, in turn %q", a.Owner, a.Rota)
	}
	if got := b.form.owner.Label() + b.form.deputy.Label() + b.form.rota.Label(); got != "Owner: nobodyDeputy: Tom ReedIn turn: Tom Reed" {
		t.Errorf("the buttons say %q", got)
	}
}

func TestKnownDepartmentsAreAddedToTheList(t *testing.T) {
	b := newBench(t, wide)
	b.open(late())
	b.form.pickAlso.OnPressed()
	menu := b.win.Canvas().Focused().(*widget.PopUpMenu)
	menu.TypedKey(press(fyne.KeyDown))
	menu.TypedKey(press(fyne.KeyReturn))
	b.form.also.SetTyped(b.form.also.Text + ", repairs; billing")
	if got := b.rev.Next.Also; !slices.Equal(got, []string{"Billing", "repairs"}) {
		t.Errorf("also said by %q", got)
	}
}

func TestTheEditorFitsBesideThePhone(t *testing.T) {
	for _, size := range []fyne.Size{wide, slim, fyne.NewSize(820, 600), fyne.NewSize(600, 700)} {
		b := newBench(t, size)
		b.open(late())
		b.form.title.SetTyped(strings.Repeat("a long title ", 9))
		b.until("the bench", b.reads("No saved questions yet"))
		look.Apart(t, b.Object(), size, "the form")
		if size.Width >= narrowBelow {
			continue
		}
		look.Hides(t, b.Object(), "AS THE CUSTOMER HEARS IT")
		b.key(ctrl(fyne.KeyP))
		look.Reads(t, b.Object(), "AS THE CUSTOMER HEARS IT", "Write on")
		look.Apart(t, b.Object(), size, "the preview")
		b.key(ctrl(fyne.KeyP))
		look.Hides(t, b.Object(), "AS THE CUSTOMER HEARS IT")
	}
}

func TestMarksOfStyleAreKnown(t *testing.T) {
	for text, want := range map[string]bool{"**no**": true, "# Head": true, "- one\n- two": true, "1. one": true, "[a](https://b)": true, "an *old* one": true,
		"3 * 4 = 12": false, "It costs 5 - 6 pounds.": false, "Hello, {{customer.name}}.": false, "": false} {
		if styled(text) != want {
			t.Errorf("%q: %v", text, !want)
		}
	}
}
