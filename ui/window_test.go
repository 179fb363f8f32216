package ui_test

import (
	"errors"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"ringside/assist"
	"ringside/assist/live"
	"ringside/assist/phone"
	"ringside/ui"
	"ringside/ui/panes"
	"ringside/ui/panes/look"
	"ringside/ui/theme"
)

type desk struct{ uses []live.Use }

func (*desk) Ring(phone.Ring)                      {}
func (*desk) HearIn(assist.ID, string)             {}
func (d *desk) UseIn(_ assist.ID, u live.Use)      { d.uses = append(d.uses, u) }
func (*desk) NoteIn(assist.ID, string)             {}
func (*desk) PromiseIn(assist.ID, live.PromiseUse) {}

func open(t *testing.T, change func(*ui.Options)) (*ui.Window, *desk) {
	t.Helper()
	app := test.NewTempApp(t)
	d := &desk{}
	opt := ui.Options{App: app, Desk: d, Library: widget.NewLabel("the library"), Settings: widget.NewLabel("the settings")}
	if change != nil {
		change(&opt)
	}
	w := ui.New(opt)
	t.Cleanup(w.Window().Close)
	w.Window().Show()
	return w, d
}

func mary() live.View {
	return live.View{Seq: 1, At: time.Date(2026, 11, 21, 10, 0, 0, 0, time.UTC), Phase: live.Talking, Call: "c1", Who: live.Known,
		Ring: phone.Ring{From: "+441134960123"}, Card: &live.Card{Customer: assist.Customer{ID: "mary", Name: "Mary Shaw"}},
		Answers: live.Answers{State: "show", Hits: []live.AnswerHit{{ID: "charged-twice", Title: "Charged twice", Say: "I see both.", Department: "Billing"}}}}
}

func TestTheTitleSaysWhoIsOnTheLine(t *testing.T) {
	w, _ := open(t, nil)
	if got := w.Window().Title(); got != "Ringside" {
		t.Errorf("idle: %q", got)
	}
	w.SetView(mary())
	if got := w.Window().Title(); got != "Mary Shaw - Ringside" {
		t.Errorf("on a call: %q", got)
	}
	for want, v := range map[string]live.View{
		"+442079460991 - Ringside":   {Call: "c", Who: live.Unknown, Ring: phone.Ring{From: "+442079460991"}},
		"No number - Ringside":       {Call: "c", Who: live.Withheld},
		"Who is calling? - Ringside": {Call: "c", Who: live.Several, Ring: phone.Ring{From: "+442079460991"}},
		"Ringside":                   {},
	} {
		if got := ui.Title(v); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestAltAndDigitsChangeThePage(t *testing.T) {
	var seen []ui.Page
	w, _ := open(t, func(o *ui.Options) { o.OnPage = func(p ui.Page) { seen = append(seen, p) } })
	for i, k := range []fyne.KeyName{fyne.Key6, fyne.Key2, fyne.Key1, fyne.Key3, fyne.Key4, fyne.Key5} {
		sc := &desktop.CustomShortcut{KeyName: k, Modifier: fyne.KeyModifierAlt}
		if f, ok := w.Window().Canvas().Focused().(fyne.Shortcutable); ok {
			f.TypedShortcut(sc)
		} else {
			w.Window().Canvas().(fyne.Shortcutable).TypedShortcut(sc)
		}
		want := []ui.Page{ui.Settings, ui.Library, ui.Call, ui.Review, ui.Incidents, ui.Practice}[i]
		if w.Page() != want {
			t.Errorf("Alt+%s shows %s, want %s", k, w.Page(), want)
		}
		if want == ui.Call {
			w.CallPage().StartFind() // the next key is pressed in a box
		}
	}
	if len(seen) != 7 {
		t.Errorf("told of %v", seen)
	}
}

func TestCallKeysAreSilentOnOtherPages(t *testing.T) {
	w, d := open(t, nil)
	w.SetView(mary())
	w.Show(ui.Library)
	one := &desktop.CustomShortcut{KeyName: fyne.Key1, Modifier: fyne.KeyModifierShortcutDefault}
	w.Window().Canvas().(fyne.Shortcutable).TypedShortcut(one)
	if len(d.uses) != 0 {
		t.Fatalf("Ctrl+1 in the library told the desk %v", d.uses)
	}
	w.Show(ui.Call)
	w.Window().Canvas().(fyne.Shortcutable).TypedShortcut(one)
	if len(d.uses) != 1 || d.uses[0].Answer != "charged-twice" {
		t.Errorf("Ctrl+1 on the call page told the desk %v", d.uses)
	}
}

func TestARingBringsTheCallPageUnlessTheRepTypes(t *testing.T) {
	box := widget.NewEntry()
	w, _ := open(t, func(o *ui.Options) { o.Library = box })
	w.Show(ui.Library)
	w.Window().Canvas().Focus(box)
	w.SetView(mary())
	if w.Page() != ui.Library {
		t.Error("a ring took the page from a rep who types")
	}
	w.Window().Canvas().Unfocus()
	v := mary()
	v.Call = "c2"
	w.SetView(v)
	if w.Page() != ui.Call {
		t.Error("a ring did not bring the call page")
	}
}

func TestARingBringsTheCallPageBeforeAPractice(t *testing.T) {
	box := widget.NewEntry()
	w, _ := open(t, func(o *ui.Options) { o.Practice = box })
	w.Show(ui.Practice)
	w.Window().Canvas().Focus(box)
	test.Type(box, "I can see b")
	w.SetView(mary())
	if w.Page() != ui.Call || box.Text != "I can see b" {
		t.Errorf("a ring in a practice shows %s, and what was typed is %q", w.Page(), box.Text)
	}
}

func TestARingBringsTheCallPageBeforeABoxInWhichNothingIsTyped(t *testing.T) {
	box := panes.NewBox("Find an answer", panes.NewRows(nil))
	w, _ := open(t, func(o *ui.Options) { o.Library = box })
	for words, want := range map[string]ui.Page{"": ui.Call, "refund": ui.Library} {
		w.Show(ui.Library)
		box.SetText(words)
		w.Window().Canvas().Focus(box)
		v := mary()
		v.Call = assist.ID("c-" + words)
		w.SetView(v)
		if w.Page() != want {
			t.Errorf("with %q typed the ring shows %s", words, w.Page())
		}
	}
}

func TestARingBringsTheCallPageBeforeAListThatHasTheKeyboard(t *testing.T) {
	rows := panes.NewRows(func(int) panes.Line { return panes.Line{Title: "A row"} })
	rows.SetCount(3)
	w, _ := open(t, func(o *ui.Options) { o.Incidents = rows })
	w.Show(ui.Incidents)
	w.Window().Canvas().Focus(rows)
	w.SetView(mary())
	if w.Page() != ui.Call {
		t.Error("a ring did not bring the call page")
	}
}

func TestTheWindowRemembers(t *testing.T) {
	app := test.NewTempApp(t)
	w := ui.New(ui.Options{App: app, Desk: &desk{}})
	w.Show(ui.Review)
	w.SetLook(theme.Dark)
	w.Window().Resize(fyne.NewSize(1111, 666))
	closed := false
	w2 := ui.New(ui.Options{App: app, Desk: &desk{}, OnClosed: func() { closed = true }})
	if w2.Page() != ui.Review {
		t.Errorf("the page is %s", w2.Page())
	}
	if got := w2.Look(); got != theme.Dark {
		t.Errorf("the look is %q", got)
	}
	if got, want := app.Settings().Theme().Color(theme.Ground, 1), theme.Of(theme.Dark).Color(theme.Ground, 1); got != want {
		t.Errorf("the look is %v, want %v", got, want)
	}
	for _, m := range w2.Window().MainMenu().Items {
		for _, item := range m.Items {
			if item.IsQuit {
				item.Action()
			}
		}
	}
	if !closed {
		t.Error("Quit did not report that the window closed")
	}
}

func TestBesideThePhoneIsNarrowAndTold(t *testing.T) {
	var told []bool
	var w *ui.Window
	w, _ = open(t, func(o *ui.Options) {
		o.OnBeside = func(on bool) bool {
			told = append(told, on)
			if got := w.Window().Canvas().Size().Width; got < 1000 {
				t.Errorf("told %v when the window is %v wide", on, got)
			}
			return false
		}
	})
	w.SetNarrow(true)
	if got := w.Window().Canvas().Size().Width; got > 480 {
		t.Errorf("the window is %v wide beside the phone", got)
	}
	w.SetNarrow(false)
	if got := w.Window().Canvas().Size().Width; got < 1000 {
		t.Errorf("the window is %v wide afterwards", got)
	}
	if len(told) != 2 || !told[0] || told[1] {
		t.Errorf("told %v", told)
	}
}

func TestANoticeStandsAboveEveryPageUntilItIsTakenAway(t *testing.T) {
	w, _ := open(t, nil)
	content := w.Window().Content().(*fyne.Container)
	pages := content.Objects[1]
	for _, narrow := range []bool{false, true} {
		w.SetNarrow(narrow)
		whole := pages.Size()
		w.SetNotice("Your notes are being put in order again: 40 %. You can take calls.")
		notice := content.Objects[2]
		if !notice.Visible() || pages.Position().Y != notice.Size().Height || pages.Size().Height >= whole.Height || notice.Position().X != pages.Position().X {
			t.Errorf("narrow %v: the notice %v at %v, the pages %v at %v", narrow, notice.Size(), notice.Position(), pages.Size(), pages.Position())
		}
		w.SetNotice("")
		if notice.Visible() || pages.Size() != whole {
			t.Errorf("narrow %v: the pages are %v, they were %v", narrow, pages.Size(), whole)
		}
	}
}

func TestTheSheetOfKeysOpensAndCloses(t *testing.T) {
	w, _ := open(t, nil)
	w.ShowKeys()
	if w.Window().Canvas().Overlays().Top() == nil {
		t.Fatal("no sheet")
	}
	w.Window().Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if w.Window().Canvas().Overlays().Top() != nil {
		t.Error("Esc leaves the sheet open")
	}
	w.Fault(nil)
	if w.Window().Canvas().Overlays().Top() != nil {
		t.Error("no error shows an error")
	}
	w.Fault(errors.New("no route"))
	if w.Window().Canvas().Overlays().Top() == nil {
		t.Error("an error is not shown")
	}
}

func TestTheSheetOfKeysBeginsWithThePageInFront(t *testing.T) {
	w, _ := open(t, nil)
	w.Window().Resize(fyne.NewSize(1280, 4000)) // what is scrolled away is not read
	for page, order := range map[ui.Page][]string{
		ui.Call:   {"Call page", "Start a call by number or name", "Leave it for tomorrow", "Amend: add", "Open the latest note", "Merge those"},
		ui.Review: {"Call page", "Leave it for tomorrow", "Amend: add", "Open the latest note", "Merge those", "Start a call by number or name"},
	} {
		w.Show(page)
		w.ShowKeys()
		words := look.Words(w.Window().Canvas().Overlays().Top())
		for _, want := range order {
			_, rest, ok := strings.Cut(words, want)
			if !ok {
				t.Errorf("on %s %q is not there, or not in its place", page, want)
			}
			words = rest
		}
		w.ShowKeys()
	}
}

func TestMenuLeavesOutWhatCannotBeDone(t *testing.T) {
	without, _ := open(t, nil)
	with, _ := open(t, func(o *ui.Options) { o.OnImport, o.OnExport = func() {}, func() {} })
	if a, b := len(without.Window().MainMenu().Items[0].Items), len(with.Window().MainMenu().Items[0].Items); a != 1 || b != 4 {
		t.Errorf("File has %d and %d items, want 1 and 4", a, b)
	}
}

// TestGallery writes pictures of the window to the folder that RINGSIDE_GALLERY names.
func TestGallery(t *testing.T) {
	dir := os.Getenv("RINGSIDE_GALLERY")
	if dir == "" {
		t.Skip("RINGSIDE_GALLERY names no folder")
	}
	w, _ := open(t, nil)
	for name, set := range map[string]func(){
		"window-idle":   func() { w.SetView(live.View{}) },
		"window-call":   func() { w.SetView(mary()) },
		"window-dark":   func() { w.SetLook(theme.Dark) },
		"window-beside": func() { w.SetLook(theme.Light); w.SetNarrow(true) },
		"window-keys":   func() { w.SetNarrow(false); w.SetLook(theme.Light); w.ShowKeys() },
	} {
		set()
		f, err := os.Create(filepath.Join(dir, name+".png"))
		if err != nil {
			t.Fatal(err)
		}
		if err := png.Encode(f, w.Window().Canvas().Capture()); err != nil {
			t.Fatal(err)
		}
		f.Close()
		if name == "window-keys" {
			w.ShowKeys()
		}
	}
}
