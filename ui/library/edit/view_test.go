package edit

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"ringside/assist"
	"ringside/assist/compose"
	"ringside/assist/curate"
	"ringside/ui/panes/look"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// Every key does what stands beside its button, from a box and from a button.
func TestEveryKeyDoesWhatItsButtonSays(t *testing.T) {
	for i, c := range []struct {
		key   *desktop.CustomShortcut
		does  string
		after func(*bench) bool
	}{
		{ctrl(fyne.KeyT), "is not verified", func(b *bench) bool { return !b.verify }},
		{ctrl(fyne.KeyI), "is for us only", func(b *bench) bool { return b.rev.Next.Internal }},
		{ctrl(fyne.KeyD), "is thrown away", func(b *bench) bool { return b.aside != nil && !b.dirty() }},
		{ctrl(fyne.KeyR), "asks why before it is sent", func(b *bench) bool { return strings.Contains(b.fault, "why") }},
		{ctrl(fyne.KeyH), "shows the versions", func(b *bench) bool { return b.busy }},
		{ctrl(fyne.KeyReturn), "is published", func(b *bench) bool { return b.busy }},
		{ctrl(fyne.KeyEnter), "is published", func(b *bench) bool { return b.busy }},
		{ctrl(fyne.KeyS), "is kept now", func(b *bench) bool { return b.keep.going }},
		{ctrl(fyne.KeyB), "offers the blanks", func(b *bench) bool { _, is := b.win.Canvas().Focused().(*widget.PopUpMenu); return is }},
		{ctrl(fyne.KeyO), "asks for a file", func(b *bench) bool { return len(b.left) == 1 && b.left[0] == "file" }},
	} {
		from := []string{"a box", "a step", "a button"}[i%3]
		b := newBench(t, wide)
		b.OnChoose = func() { b.left = append(b.left, "file") }
		b.open(late())
		b.form.title.SetTyped("Changed")
		switch from {
		case "a box":
			b.win.Canvas().Focus(b.why)
		case "a step":
			b.win.Canvas().Focus(b.form.steps.list[0].box)
		default:
			b.win.Canvas().Focus(b.publish)
		}
		b.key(c.key)
		if !c.after(b) {
			t.Errorf("%s from %s: it never %s", c.key.ShortcutName(), from, c.does)
		}
	}
}

func TestKeysOfOthersAreLeftToTheBoxes(t *testing.T) {
	b := newBench(t, wide)
	b.open(late())
	b.form.title.TypedShortcut(&fyne.ShortcutSelectAll{})
	if b.form.title.SelectedText() != late().Title {
		t.Errorf("all is %q", b.form.title.SelectedText())
	}
	b.form.web.TypedRune('x')
	b.form.web.TypedShortcut(&fyne.ShortcutUndo{})
	if b.form.web.Text != "" || b.dirty() {
		t.Errorf("taken back to %q", b.form.web.Text)
	}
	other := late()
	other.ID = "other"
	b.open(other)
	b.form.web.TypedShortcut(&fyne.ShortcutRedo{})
	if b.form.web.Text != "" {
		t.Errorf("words of another answer come back: %q", b.form.web.Text)
	}
}

func TestADraftIsTakenUpWhereItWasLeft(t *testing.T) {
	b := newBench(t, wide)
	a := late()
	next := a
	next.Title = "Half a title"
	b.Open(assist.Revision{ID: "r1", Answer: a.ID, Base: a.Fingerprint(), Next: next, By: "priya", At: now.AddDate(0, 0, -1), Stage: assist.StageDraft}, a)
	look.Reads(t, b.Object(), "draft", "Your draft of yesterday, 10:04.", "Throw away")
	if b.form.title.Text != "Half a title" {
		t.Errorf("the title is %q", b.form.title.Text)
	}
}

func TestADraftOfANewAnswerThatIsEmptiedIsThrownAway(t *testing.T) {
	b := newBench(t, wide)
	b.Open(assist.Revision{Answer: "new", Next: assist.Answer{ID: "new"}, By: "priya"}, assist.Answer{})
	look.Reads(t, b.Object(), "A new answer")
	look.Hides(t, b.Object(), "Versions", "Throw away")
	b.form.title.SetTyped("x")
	b.until("the draft", func() bool { return b.last().Next.Title == "x" })
	b.form.title.SetTyped("")
	b.leave()
	b.until("the library", func() bool { return len(b.left) == 1 })
	if r := b.last(); r.Stage != assist.StageDeclined || r.Verdict != thrown || r.Judge != "priya" {
		t.Errorf("kept %+v", r)
	}
}

func TestEditsTellRepsByName(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.Of(theme.Light))
	name := func(id assist.ID) string { return map[assist.ID]string{"tom": "Tom Reed"}[id] }
	o := Edits([]curate.Edit{{Field: "owner", Before: "tom", After: "gone"}, {Field: "title", Before: "", After: "tom"}}, name)
	w := test.NewTempWindow(t, o)
	w.Resize(fyne.NewSize(400, 300))
	look.Reads(t, o, "Owner", "−", "Tom Reed", "+", "gone", "Title", "tom")
	look.Apart(t, o, fyne.NewSize(400, 300), "the edits")
	none := Edits(nil, name)
	w.SetContent(none)
	look.Reads(t, none, "Nothing differs.")
}

func TestTwoWaysStandSideBySideWhereThereIsRoom(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.Of(theme.Light))
	a, b := widgets.Say(widgets.Style{}, strings.Repeat("some words ", 9)), widgets.Say(widgets.Style{}, "few")
	both := newTwins(a, b)
	w := test.NewTempWindow(t, both)
	w.SetPadded(false)
	for width, side := range map[float32]bool{600: true, 300: false} {
		w.Resize(fyne.NewSize(width, 400))
		both.Resize(fyne.NewSize(width, both.HeightFor(width)))
		if (b.Position().X > 0) != side || (b.Position().Y > 0) == side {
			t.Errorf("at %v the second stands at %v", width, b.Position())
		}
		if b.Position().X+b.Size().Width > width+1 || a.Position().Y+a.Size().Height > both.HeightFor(width)+1 {
			t.Errorf("at %v they stick out", width)
		}
	}
}

func TestBoxesGrowWithTheirText(t *testing.T) {
	b := newBench(t, wide)
	b.open(late())
	one := b.form.steps.list[0]
	b.win.Canvas().Focus(one.box)
	if one.grow.rows != 1 {
		t.Errorf("%d rows for %q", one.grow.rows, one.box.Text)
	}
	one.box.SetTyped(strings.Repeat("look it up ", 12))
	wide := one.grow.rows
	if wide < 2 || one.box.Size().Height < 40 {
		t.Errorf("%d rows, %v high", wide, one.box.Size().Height)
	}
	b.win.Resize(slim)
	if one.grow.rows <= wide {
		t.Errorf("beside the phone it has %d rows, and %d in a wide window", one.grow.rows, wide)
	}
	b.form.say.SetTyped(strings.Repeat("line\n", 40))
	if g := b.form.grow[0]; g.rows != g.to {
		t.Errorf("the words have %d rows", g.rows)
	}
}

func TestPicturesInsideAListAreLeftOut(t *testing.T) {
	list := widget.NewRichTextFromMarkdown("- one ![x](https://example.org/x.png)\n- two\n\n![y](file:///etc/passwd)").Segments
	var seen func([]widget.RichTextSegment)
	seen = func(list []widget.RichTextSegment) {
		for _, s := range list {
			switch s := s.(type) {
			case *widget.ImageSegment:
				t.Errorf("%v is shown", s.Source)
			case *widget.ListSegment:
				seen(s.Items)
			case *widget.ParagraphSegment:
				seen(s.Texts)
			}
		}
	}
	seen(plain(list))
}

func TestWithNobodyKnownTheWordsStayWhole(t *testing.T) {
	b := newBench(t, wide)
	b.opt.Facts = func(context.Context, assist.ID) (compose.Facts, error) { return compose.Facts{}, nil }
	b.opt.People = func(context.Context, string) ([]Person, error) { return nil, nil }
	a := late()
	a.Internal = true
	b.open(a)
	b.until("the preview", b.reads("Nobody has called yet"))
	look.Reads(t, b.Object(), "For us only: not for saying aloud")
	if got := b.preview.words.rich.String(); !strings.Contains(got, "Sorry. It is late.") {
		t.Errorf("the words are %q", got)
	}
	b.preview.who.SetTyped("nobody")
	b.until("nobody is found", b.reads("Nobody is found by these words."))
	b.preview.who.SetTyped("")
	look.Hides(t, b.Object(), "Nobody is found")
	b.opt.Facts = func(context.Context, assist.ID) (compose.Facts, error) {
		return compose.Facts{}, &assist.Fault{What: "there is no such customer"}
	}
	b.preview.customer("gone")
	b.until("the fault", b.reads("There is no such customer"))
}
