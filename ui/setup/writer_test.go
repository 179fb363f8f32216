package setup_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"ringside/assist/settings"
	"ringside/ui/panes/look"
	"ringside/ui/setup"
)

const writerName = "llama3.2"

// pen is the settings page with what it reports about the model that writes.
type pen struct {
	*endpoint
	asked, shown []settings.Model
}

func newPen(t *testing.T) *pen {
	p := &pen{endpoint: newEndpoint(t)}
	p.page.OnTryWriter = func(s settings.Model) { p.asked = append(p.asked, s) }
	p.page.OnPreviewWriter = func(s settings.Model) { p.shown = append(p.shown, s) }
	return p
}

func (p *pen) last() settings.Model { return p.saved[len(p.saved)-1].Model }

// body is the request that is shown.
const body = `{"model":"llama3.2","messages":[{"role":"system","content":"Make this friendlier."},{"role":"user","content":"Your parcel is late."}],"stream":true}`

// see looks at what is sent.
func (p *pen) see(t *testing.T) {
	t.Helper()
	look.Press(t, p.o, "Show what is sent")
	p.page.SetSent(setup.Sent{Address: address + "/chat/completions", Body: body})
}

func TestPolishingCannotBeSwitchedOnBeforeItWasSeenWhatIsSent(t *testing.T) {
	p := newPen(t)
	on := p.check(t, "polish")
	look.Reads(t, p.o, "made by rule", "replaced before it leaves", "Name the endpoint and the model that writes first.")
	if !on.Disabled() || !p.button(t, "Let it write").Disabled() || !p.button(t, "Show what is sent").Disabled() {
		t.Error("something can be done without a model")
	}
	p.fill(t, address, address)
	p.fill(t, writerName, " "+writerName+" ")
	look.Reads(t, p.o, "Look at what is sent first")
	if !on.Disabled() || p.button(t, "Show what is sent").Disabled() {
		t.Error("can be switched on unseen")
	}
	look.Press(t, p.o, "Let it write")
	p.page.SetWriterTried("It works.", true)
	if !on.Disabled() {
		t.Error("trying is not seeing")
	}
	p.see(t)
	look.Hides(t, p.o, "Look at what is sent first")
	test.Tap(on)
	want := settings.Model{URL: address, Writer: writerName, Writes: true}
	if p.last() != want {
		t.Fatalf("saved %+v", p.last())
	}
	for _, s := range p.saved {
		if err := s.Validate(); err != nil {
			t.Error(err)
		}
	}
	test.Tap(on)
	if p.last().Writes {
		t.Error("cannot be switched off")
	}
	test.Tap(on)
	if !p.last().Writes {
		t.Error("has to be seen twice")
	}
}

func TestAnotherModelOrEndpointIsSwitchedOffUntilItIsSeen(t *testing.T) {
	for hint, text := range map[string]string{address: "https://other.example/v1", writerName: "other", "localhost": ""} {
		p := newPen(t)
		c := choices()
		c.Settings.Model = settings.Model{URL: address, Writer: writerName, Writes: true}
		p.page.SetChoices(c)
		on := p.check(t, "polish")
		if !on.Checked || on.Disabled() || len(p.saved) > 0 {
			t.Fatal("what is on was seen")
		}
		p.fill(t, hint, text)
		if on.Checked || !on.Disabled() || p.last().Writes {
			t.Errorf("%q: stays on: %+v", text, p.last())
		}
		if err := p.saved[len(p.saved)-1].Validate(); err != nil {
			t.Error(err)
		}
	}
}

func TestBothModelsOfAnEndpointAreKept(t *testing.T) {
	p := newPen(t)
	c := named()
	c.Settings.Model.On, c.Settings.Model.Writer, c.Settings.Model.Writes = true, writerName, true
	p.page.SetChoices(c)
	test.Tap(p.check(t, "by meaning"))
	want := c.Settings.Model
	want.On = false
	if p.last() != want {
		t.Errorf("%+v", p.last())
	}
	p.page.SetTried("It works: 768 numbers.", true)
	test.Tap(p.check(t, "polish"))
	want.Writes = false
	if p.last() != want {
		t.Errorf("%+v", p.last())
	}
	p.fill(t, writerName, "other")
	if want.Writer = "other"; p.last() != want {
		t.Errorf("%+v", p.last())
	}
	look.Reads(t, p.o, "768 numbers") // it was about the other model
}

func TestAWriterIsTriedAndShowsWhatItWrites(t *testing.T) {
	p := newPen(t)
	c := choices()
	c.Settings.Model = settings.Model{URL: address, Writer: writerName}
	p.page.SetChoices(c)
	p.page.SetWriting("Off. No draft leaves this machine.")
	look.Reads(t, p.o, "No draft leaves")
	look.Press(t, p.o, "Let it write")
	if len(p.asked) != 1 || p.asked[0] != c.Settings.Model || !p.button(t, "Let it write").Disabled() {
		t.Errorf("asked %+v", p.asked)
	}
	look.Reads(t, p.o, "Asking…")
	p.page.SetWritten("We are")
	p.page.SetWritten("We are sorry.")
	look.Reads(t, p.o, "We are sorry.")
	p.page.SetWriterTried("It works: the first word in 120 ms, all of it in 900 ms.", true)
	look.Reads(t, p.o, "We are sorry.", "120 ms")
	look.Press(t, p.o, "Let it write")
	look.Hides(t, p.o, "We are sorry.")
	p.page.SetWriterTried("The endpoint broke off.", false)
	look.Reads(t, p.o, "broke off")
	p.fill(t, writerName, "other")
	look.Hides(t, p.o, "broke off")
	p.page.SetWritten("Too late")
	p.page.SetWriterTried("It works: late", true)
	p.page.SetSent(setup.Sent{Address: "late"})
	look.Hides(t, p.o, "Too late")
	look.Hides(t, p.o, "It works: late")
	look.Hides(t, p.o, "To late")
	if !p.check(t, "polish").Disabled() {
		t.Error("a late reply opens the switch")
	}
}

func TestWhatIsSentToAWriterIsShownToTheByte(t *testing.T) {
	p := newPen(t)
	c := choices()
	c.Settings.Model = settings.Model{URL: address, Writer: writerName}
	p.page.SetChoices(c)
	on := p.check(t, "polish")
	p.see(t)
	look.Reads(t, p.o, "To "+address+"/chat/completions")
	shown := look.Find(t, p.o, func(g *widget.TextGrid) bool { return strings.HasPrefix(g.Text(), `{"model":"llama3.2"`) })
	if got := strings.ReplaceAll(shown.Text(), "\n", ""); got != body {
		t.Errorf("shows %q", got)
	}
	for _, size := range []fyne.Size{wide, slim, tiny, fyne.NewSize(380, 4000)} {
		window(t, p.o, size)
		look.Apart(t, p.o, size, "what is sent")
	}
	if w := on.MinSize().Width; w > 380-2*24 {
		t.Errorf("the switch is %v wide", w)
	}
	look.Press(t, p.o, "Hide what is sent")
	look.Hides(t, p.o, "To "+address)
	if on.Disabled() || len(p.saved) > 0 {
		t.Error("hidden is not unseen")
	}
}

func TestWriterGallery(t *testing.T) {
	look.Gallery(t)
	p := newPen(t)
	c := choices()
	c.Settings.Model = settings.Model{URL: address, Writer: writerName, Writes: true}
	for at, size := range map[string]fyne.Size{"wide": fyne.NewSize(900, 3200), "narrow": fyne.NewSize(380, 3800)} {
		p.page.SetChoices(c)
		p.page.SetWriting("On. Drafts are polished by llama3.2 at localhost:11434.")
		p.see(t)
		p.page.SetWritten("We are sorry that your parcel is late. It will be with you on Tuesday.")
		p.page.SetWriterTried("It works: the first word came after 120 ms, all of it after 900 ms.", true)
		look.Picture(t, window(t, p.o, size), "setup-writer-"+at)
		p.page.SetSent(setup.Sent{Address: address + "/chat/completions", Body: body})
		look.Press(t, p.o, "Hide what is sent")
	}
}
