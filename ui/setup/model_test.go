package setup_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"ringside/assist/settings"
	"ringside/ui/panes/look"
	"ringside/ui/setup"
)

// boxed is a box to type in.
type boxed interface {
	fyne.Widget
	fyne.Focusable
	SetText(string)
}

// endpoint is the settings page with what it reports about the endpoint.
type endpoint struct {
	*settingsStage
	o         fyne.CanvasObject
	w         fyne.Window
	keys      []string
	tried     []settings.Model
	previewed []settings.Model
}

func newEndpoint(t *testing.T) *endpoint {
	app(t)
	e := &endpoint{settingsStage: newSettings()}
	e.page.OnKey = func(key string) { e.keys = append(e.keys, key) }
	e.page.OnTry = func(s settings.Model) { e.tried = append(e.tried, s) }
	e.page.OnPreview = func(s settings.Model) { e.previewed = append(e.previewed, s) }
	e.o = e.page.Object()
	e.w = window(t, e.o, fyne.NewSize(800, 4200))
	return e
}

// box returns the box below a label.
func (e *endpoint) box(t *testing.T, hint string) boxed {
	t.Helper()
	var found boxed
	look.Walk(e.o, func(o fyne.CanvasObject, _, _ look.Area) {
		if b, ok := o.(boxed); ok && found == nil && strings.Contains(setup.Hint(o), hint) {
			found = b
		}
	})
	if found == nil {
		t.Fatalf("no box %q", hint)
	}
	return found
}

// fill types into a box and leaves it.
func (e *endpoint) fill(t *testing.T, hint, text string) {
	t.Helper()
	b := e.box(t, hint)
	e.w.Canvas().Focus(b)
	b.SetText(text)
	e.w.Canvas().Unfocus()
}

func (e *endpoint) check(t *testing.T, words string) *widget.Check {
	t.Helper()
	return look.Find(t, e.o, func(c *widget.Check) bool { return strings.Contains(c.Text, words) })
}

func (e *endpoint) button(t *testing.T, words string) *widget.Button {
	t.Helper()
	return look.Find(t, e.o, func(b *widget.Button) bool { return b.Text == words })
}

const address, modelName = "http://localhost:11434/v1", "nomic-embed-text"

func TestMeaningCannotBeSwitchedOnBeforeItsModelHasAName(t *testing.T) {
	e := newEndpoint(t)
	look.Reads(t, e.o, "What leaves this machine", "as you typed it", "Cards, calls, notes and promises stay here")
	on := e.check(t, "by meaning")
	if !on.Disabled() || !e.button(t, "Try it").Disabled() || !e.button(t, "See what would leave").Disabled() {
		t.Error("something can be done without a model")
	}
	e.fill(t, address, address)
	if !on.Disabled() {
		t.Error("can be switched on with an address alone")
	}
	e.fill(t, modelName, " "+modelName+" ")
	test.Tap(on)
	want := settings.Model{On: true, URL: address, Embeddings: modelName}
	if n := len(e.saved); n != 3 || e.saved[0].Model != (settings.Model{URL: address}) || e.saved[2].Model != want {
		t.Fatalf("saved %+v", e.saved)
	}
	for _, s := range e.saved {
		if err := s.Validate(); err != nil {
			t.Error(err)
		}
	}
	e.fill(t, modelName, "")
	if last := e.saved[len(e.saved)-1]; last.Model != (settings.Model{URL: address}) || on.Checked {
		t.Errorf("stays on without a name: %+v", last.Model)
	}
}

func TestTypingIsReportedOnceAtItsEnd(t *testing.T) {
	e := newEndpoint(t)
	b := e.box(t, address)
	e.w.Canvas().Focus(b)
	for _, r := range address {
		b.TypedRune(r)
	}
	if len(e.saved) != 0 {
		t.Errorf("reported while it was typed: %+v", e.saved)
	}
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	e.w.Canvas().Unfocus()
	if len(e.saved) != 1 || e.saved[0].Model.URL != address {
		t.Errorf("saved %+v", e.saved)
	}
	// What is kept meanwhile does not take away what is being typed.
	e.w.Canvas().Focus(b)
	b.SetText(address + "/more")
	e.page.SetChoices(setup.Choices{Settings: e.saved[0]})
	e.w.Canvas().Unfocus()
	if got := e.saved[len(e.saved)-1].Model.URL; got != address+"/more" {
		t.Errorf("kept %q", got)
	}
}

func TestKeyIsKeptByItsButtonAndNotShown(t *testing.T) {
	e := newEndpoint(t)
	if !e.button(t, "Keep").Disabled() {
		t.Error("nothing can be kept")
	}
	e.fill(t, "If it needs one", " sk-1 ")
	if len(e.keys) != 0 {
		t.Error("kept before it was said")
	}
	look.Press(t, e.o, "Keep")
	if strings.Join(e.keys, "|") != "sk-1" {
		t.Errorf("reported %q", e.keys)
	}
	e.page.SetKey("The key is in this computer’s keychain.", true)
	look.Reads(t, e.o, "in this computer’s keychain")
	e.box(t, "A key is kept")
	look.Press(t, e.o, "Forget")
	if strings.Join(e.keys, "|") != "sk-1|" {
		t.Errorf("reported %q", e.keys)
	}
	e.page.SetKey("No key is kept.", false)
	if !e.button(t, "Keep").Disabled() {
		t.Error("can be forgotten twice")
	}
}

func named() setup.Choices {
	c := choices()
	c.Settings.Model = settings.Model{URL: address, Embeddings: modelName}
	return c
}

func TestEndpointIsTriedAndSaysHowItWent(t *testing.T) {
	e := newEndpoint(t)
	e.page.SetChoices(named())
	look.Press(t, e.o, "Try it")
	if len(e.tried) != 1 || e.tried[0] != named().Settings.Model {
		t.Errorf("tried %+v", e.tried)
	}
	look.Reads(t, e.o, "Asking…")
	if !e.button(t, "Try it").Disabled() {
		t.Error("can be tried twice at once")
	}
	e.page.SetTried("It works: 768 numbers in 12 ms.", true)
	look.Reads(t, e.o, "768 numbers")
	look.Press(t, e.o, "Try it")
	e.page.SetTried("The endpoint cannot be reached.", false)
	look.Reads(t, e.o, "cannot be reached")
	look.Hides(t, e.o, "768 numbers")
	e.fill(t, modelName, "other")
	look.Hides(t, e.o, "cannot be reached")
	e.page.SetMeaning("48 of 1,000 answers are ready.")
	look.Reads(t, e.o, "48 of 1,000")
}

func TestWhatWouldLeaveIsShownAndHidden(t *testing.T) {
	e := newEndpoint(t)
	e.page.SetChoices(named())
	look.Press(t, e.o, "See what would leave")
	if len(e.previewed) != 1 || e.previewed[0] != named().Settings.Model {
		t.Errorf("asked for %+v", e.previewed)
	}
	e.page.SetLeaving(setup.Leaving{Address: address + "/embeddings", Question: `{"input":["Where is my parcel?"]}`, Answers: strings.Repeat(`{"input":["Late parcel\n…"]}`, 2000)})
	look.Reads(t, e.o, "To "+address+"/embeddings")
	shown := look.Find(t, e.o, func(g *widget.TextGrid) bool { return strings.HasPrefix(g.Text(), `{"input":["Where`) })
	if got := strings.ReplaceAll(shown.Text(), "\n", ""); got != `{"input":["Where is my parcel?"]}` {
		t.Errorf("shows %q", got)
	}
	for _, size := range []fyne.Size{wide, slim, tiny, fyne.NewSize(380, 4200)} {
		window(t, e.o, size)
		look.Apart(t, e.o, size, "what leaves")
	}
	look.Press(t, e.o, "Hide what would leave")
	look.Hides(t, e.o, "To "+address)
	if len(e.saved) != 0 {
		t.Errorf("looking changed the settings: %+v", e.saved)
	}
	e.page.SetLeaving(setup.Leaving{Address: "a"})
	look.Hides(t, e.o, "the first of the requests")
}

func TestABoxThatGetsTheKeyboardComesIntoSight(t *testing.T) {
	e := newEndpoint(t)
	w := window(t, e.o, fyne.NewSize(480, 500))
	d := fyne.CurrentApp().Driver()
	var b boxed
	for range 40 { // by Tab alone
		w.Canvas().FocusNext()
		if got, ok := w.Canvas().Focused().(boxed); ok && strings.Contains(setup.Hint(got), address) {
			b = got
			break
		}
	}
	if b == nil {
		t.Fatal("Tab does not reach the address")
	}
	if y := d.AbsolutePositionForObject(b).Y; y < 0 || y+b.Size().Height > 500-100 {
		t.Errorf("it stands at %v", y)
	}
	w.Canvas().Unfocus()
	d.CanvasForObject(b).Focus(b)
	if y := d.AbsolutePositionForObject(b).Y; y < 0 || y > 500 {
		t.Errorf("then it stands at %v", y)
	}
}

func TestWhatWouldLeaveComesIntoSight(t *testing.T) {
	e := newEndpoint(t)
	e.page.SetChoices(named())
	window(t, e.o, fyne.NewSize(480, 320))
	var all *container.Scroll
	look.Walk(e.o, func(o fyne.CanvasObject, _, _ look.Area) {
		if s, ok := o.(*container.Scroll); ok && all == nil {
			all = s
		}
	})
	before := all.Offset.Y
	e.page.SetLeaving(setup.Leaving{Address: address, Question: "{}"})
	if all.Offset.Y <= before {
		t.Error("what would leave is opened out of sight")
	}
}

func TestAReplyAboutAnotherEndpointIsNotShown(t *testing.T) {
	e := newEndpoint(t)
	e.page.SetChoices(named())
	look.Press(t, e.o, "Try it")
	look.Press(t, e.o, "See what would leave")
	e.fill(t, "http", "https://other.example/v1")
	e.page.SetTried("It works: the old one", true)
	e.page.SetLeaving(setup.Leaving{Address: address, Question: "{}"})
	look.Hides(t, e.o, "It works")
	look.Hides(t, e.o, "To "+address)
	look.Press(t, e.o, "Try it")
	e.page.SetTried("It works: the new one", true)
	look.Reads(t, e.o, "It works: the new one")
}

func TestTrainersMayBeAskedFirst(t *testing.T) {
	e := newEndpoint(t)
	look.Reads(t, e.o, "They count at once.")
	test.Tap(e.check(t, "trainers first"))
	look.Reads(t, e.o, "when a trainer has agreed")
	if len(e.saved) != 1 || !e.saved[0].Review {
		t.Errorf("saved %+v", e.saved)
	}
}

func TestSwitchesFitIntoTheNarrowWindow(t *testing.T) {
	e := newEndpoint(t)
	for _, words := range []string{"by meaning", "trainers first"} {
		if w := e.check(t, words).MinSize().Width; w > 380-2*24 {
			t.Errorf("%q is %v wide", words, w)
		}
	}
}

func TestEndpointGallery(t *testing.T) {
	look.Gallery(t)
	e := newEndpoint(t)
	c := named()
	c.Settings.Model.On = true
	for at, size := range map[string]fyne.Size{"wide": fyne.NewSize(900, 2700), "narrow": fyne.NewSize(380, 3000)} {
		e.page.SetChoices(c)
		e.page.SetKey("The key is sealed in your data folder.", true)
		e.page.SetTried("It works: “Where is my parcel?” came back as 768 numbers in 41 ms.", true)
		e.page.SetMeaning("384 of 1,000 answers are ready; the rest is being asked for.")
		e.page.SetLeaving(setup.Leaving{Address: address + "/embeddings", Question: `{"input":["Where is my parcel?"],"model":"nomic-embed-text"}`,
			Answers: `{"input":["` + strings.Repeat(`Battery runs out fast\nit only lasts ten minutes\nLet me look that up for you.","`, 30) + `"],"model":"nomic-embed-text"}`})
		look.Picture(t, window(t, e.o, size), "setup-meaning-"+at)
	}
}
