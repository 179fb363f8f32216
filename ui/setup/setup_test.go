package setup_test

import (
	"reflect"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"ringside/assist"
	"ringside/assist/settings"
	"ringside/ui/panes/look"
	"ringside/ui/setup"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

var wide, slim, tiny = fyne.NewSize(1208, 720), fyne.NewSize(480, 720), fyne.NewSize(360, 720)

// app is there before any page is made: texts are measured in its theme.
func app(t *testing.T) { test.NewTempApp(t).Settings().SetTheme(theme.Of(theme.Light)) }

func window(t *testing.T, o fyne.CanvasObject, size fyne.Size) fyne.Window {
	t.Helper()
	w := test.NewTempWindow(t, o)
	w.SetPadded(false)
	w.Resize(size)
	return w
}

func first() *setup.First {
	return setup.NewFirst("/home/mary/.local/share/ringside", "The key to them is in the keychain of this system.")
}

func TestFirstRunOffersThreeWaysAndSaysWhereTheDataLie(t *testing.T) {
	app(t)
	f := first()
	var went []string
	f.OnSample = func() { went = append(went, "sample") }
	f.OnImport = func() { went = append(went, "import") }
	f.OnEmpty = func() { went = append(went, "empty") }
	w := window(t, f.Object(), wide)
	look.Reads(t, f.Object(), "/home/mary/.local/share/ringside", "keychain of this system")
	look.Press(t, f.Object(), "Try the sample team")
	look.Press(t, f.Object(), "Choose a file…")
	look.Press(t, f.Object(), "Start empty")
	f.Focus(w.Canvas())
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	if got := strings.Join(went, " "); got != "sample import empty sample" {
		t.Errorf("went %q", got)
	}
}

func TestFirstRunWaitsAndSaysWhatWentWrong(t *testing.T) {
	app(t)
	f := first()
	f.OnEmpty = func() { t.Error("pressed while busy") }
	window(t, f.Object(), wide)
	f.SetBusy(true)
	b := look.Find(t, f.Object(), func(b *widget.Button) bool { return b.Text == "Start empty" })
	test.Tap(b)
	f.SetBusy(false)
	if b.Disabled() {
		t.Error("the choices did not come back")
	}
	f.SetTrouble("The disk is full. Make room and choose again.")
	look.Reads(t, f.Object(), "The disk is full")
}

func choices() setup.Choices {
	return setup.Choices{
		Settings: settings.Machine{Me: "tom", Region: "DE", OnRing: settings.Raise},
		Reps:     []assist.Rep{{ID: "ann", Name: "Ann Okafor"}, {ID: "tom", Name: "Tom Baker"}},
		Look:     theme.Dark, Folder: "/home/mary/.local/share/ringside", Key: "The key is in the keychain of this system.",
	}
}

type settingsStage struct {
	page  *setup.Page
	saved []settings.Machine
	other []string
}

func newSettings() *settingsStage {
	s := &settingsStage{page: setup.New()}
	say := func(what string) func() { return func() { s.other = append(s.other, what) } }
	s.page.OnSave = func(c settings.Machine) { s.saved = append(s.saved, c) }
	s.page.OnNewRep = func(name string) { s.other = append(s.other, "rep "+name) }
	s.page.OnBeside = func(on bool) { s.other = append(s.other, map[bool]string{true: "beside", false: "free"}[on]) }
	s.page.OnLook = func(l theme.Look) { s.other = append(s.other, "look "+string(l)) }
	s.page.OnTestRing, s.page.OnOpenFolder, s.page.OnImport = say("ring"), say("folder"), say("import")
	s.page.ReadNumber = func(raw, region string) string { return region + ":" + raw }
	s.page.SetChoices(choices())
	return s
}

func TestShowingChoicesReportsNothing(t *testing.T) {
	app(t)
	s := newSettings()
	if len(s.saved)+len(s.other) > 0 {
		t.Errorf("reported %v %v", s.saved, s.other)
	}
}

func TestEachChoiceIsReportedAtOnceWithWhatItMeans(t *testing.T) {
	app(t)
	s := newSettings()
	o := s.page.Object()
	window(t, o, fyne.NewSize(800, 4200))
	look.Reads(t, o, "The window comes in front", "3/4/2026 is 3 April", "Germany +49 DE")
	radio := func(option string) *widget.RadioGroup {
		return look.Find(t, o, func(r *widget.RadioGroup) bool { return strings.Contains(strings.Join(r.Options, "|"), option) })
	}
	radio("Stay quiet").SetSelected("Stay quiet")
	look.Reads(t, o, "Nothing moves.")
	radio("Month first").SetSelected("Month first, as in the USA")
	look.Reads(t, o, "3/4/2026 is 4 March")
	look.Find(t, o, func(x *widget.Select) bool { return strings.Contains(x.Selected, "Germany") }).SetSelected("United States +1 US")
	want := settings.Machine{Me: "tom", Region: "US", OnRing: settings.Nothing, MonthFirst: true}
	if len(s.saved) != 3 || !reflect.DeepEqual(s.saved[2], want) {
		t.Errorf("saved %+v, want in the end %+v", s.saved, want)
	}
	if err := want.Validate(); err != nil {
		t.Error(err)
	}
	radio("Light").SetSelected("Light")
	look.Find(t, o, func(c *widget.Check) bool { return strings.HasPrefix(c.Text, "Keep the window") }).SetChecked(true)
	remind := look.Find(t, o, func(c *widget.Check) bool { return strings.HasPrefix(c.Text, "Remind me") })
	if remind.SetChecked(false); !remind.Checked && !s.saved[len(s.saved)-1].NoReminders {
		t.Error("reminders cannot be switched off")
	}
	look.Press(t, o, "Ring me once")
	look.Press(t, o, "Open the folder")
	look.Press(t, o, "Bring customers…")
	if got := strings.Join(s.other, ", "); got != "look light, beside, ring, folder, import" {
		t.Errorf("reported %s", got)
	}
}

func TestNameIsPickedOrTyped(t *testing.T) {
	app(t)
	s := newSettings()
	o := s.page.Object()
	window(t, o, wide)
	who := look.Find[*widget.SelectEntry](t, o, nil)
	if who.Text != "Tom Baker" {
		t.Errorf("shows %q", who.Text)
	}
	me := look.Find(t, o, func(b *widget.Button) bool { return b.Text == "This is me" })
	if !me.Disabled() {
		t.Error("can confirm the name that is kept already")
	}
	who.SetText("ann okafor")
	test.Tap(me)
	if len(s.saved) != 1 || s.saved[0].Me != "ann" {
		t.Errorf("saved %+v", s.saved)
	}
	who.SetText(" 田中 花子 ")
	who.OnSubmitted(who.Text)
	if len(s.other) != 1 || s.other[0] != "rep 田中 花子" {
		t.Errorf("reported %v", s.other)
	}
}

func TestNumberIsTriedInTheChosenCountry(t *testing.T) {
	app(t)
	s := newSettings()
	o := s.page.Object()
	window(t, o, fyne.NewSize(800, 4200))
	look.Find(t, o, func(e *widgets.Entry) bool { return strings.HasPrefix(e.PlaceHolder, "Try a number") }).SetText("030 1234")
	look.Reads(t, o, "is read as DE:030 1234")
}

func TestACountryOutsideTheListIsKept(t *testing.T) {
	app(t)
	s := newSettings()
	c := choices()
	c.Settings.Region = "FJ"
	s.page.SetChoices(c)
	window(t, s.page.Object(), fyne.NewSize(800, 4200))
	look.Reads(t, s.page.Object(), "Country FJ")
	if len(s.saved) > 0 {
		t.Errorf("saved %+v", s.saved)
	}
}

func TestSettingsSayGoodAndBadNews(t *testing.T) {
	app(t)
	s := newSettings()
	window(t, s.page.Object(), wide)
	s.page.SetSaved("Kept.")
	look.Reads(t, s.page.Object(), "Kept.")
	s.page.SetTrouble("Could not be kept.")
	look.Reads(t, s.page.Object(), "Could not be kept.")
	look.Hides(t, s.page.Object(), "Kept.")
}

func TestNothingOverlaps(t *testing.T) {
	app(t)
	for _, size := range []fyne.Size{wide, slim, tiny, fyne.NewSize(480, 4200), fyne.NewSize(380, 4600)} {
		f, s := first(), newSettings()
		window(t, f.Object(), size)
		look.Apart(t, f.Object(), size, "first run")
		f.SetTrouble(strings.Repeat("A long sentence about trouble. ", 6))
		look.Apart(t, f.Object(), size, "first run in trouble")
		window(t, s.page.Object(), size)
		look.Apart(t, s.page.Object(), size, "settings")
		s.page.SetTrouble(strings.Repeat("A long sentence about trouble. ", 6))
		look.Apart(t, s.page.Object(), size, "settings in trouble")
	}
}

func TestGallery(t *testing.T) {
	look.Gallery(t)
	app(t)
	for at, size := range map[string]fyne.Size{"wide": wide, "narrow": slim, "whole": fyne.NewSize(800, 2300), "tiny": fyne.NewSize(380, 2700)} {
		look.Picture(t, window(t, first().Object(), size), "setup-first-"+at)
		s := newSettings()
		s.page.SetSaved("Kept.")
		look.Picture(t, window(t, s.page.Object(), size), "setup-settings-"+at)
	}
}
