package widgets_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ringside/assist"
	"ringside/assist/live"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

func window(t *testing.T, o fyne.CanvasObject, width float32) {
	t.Helper()
	test.NewTempApp(t)
	test.ApplyTheme(t, theme.Of(theme.Light))
	test.NewTempWindow(t, o).SetPadded(false)
	o.Resize(fyne.NewSize(width, 600))
}

func TestTextBreaksAtBlanksAndLosesNothing(t *testing.T) {
	const said = "The second charge is only reserved by your bank,\nand it falls away on Thursday."
	text := widgets.Say(widgets.Style{}, said)
	window(t, text, 160)
	if len(text.Shown()) < 4 {
		t.Errorf("only %d lines at 160 px", len(text.Shown()))
	}
	if got := strings.Join(text.Shown(), " "); got != strings.ReplaceAll(said, "\n", " ") {
		t.Errorf("shown: %q", got)
	}
}

func TestTextThatIsCutEndsInAnEllipsis(t *testing.T) {
	for _, said := range []string{strings.Repeat("word ", 60), strings.Repeat("x", 300), strings.Repeat("請求", 150), "one\ntwo\nthree"} {
		text := widgets.Say(widgets.Style{Lines: 2}, said)
		window(t, text, 160)
		lines := text.Shown()
		if len(lines) != 2 || !strings.HasSuffix(lines[1], "…") {
			t.Errorf("%.12q is shown as %q", said, lines)
		}
		if text.Text() != said {
			t.Errorf("all of %.12q is no longer there", said)
		}
	}
}

func TestOneLineIsCutAfterTheLastWordThatFits(t *testing.T) {
	const said = "Charged twice for her order, but that second payment stays until Thursday morning"
	text := widgets.Say(widgets.Style{Lines: 1}, said)
	window(t, text, 100)
	wide := func(s string) float32 {
		return fyne.MeasureText(s, text.Theme().Size(theme.Body), fyne.TextStyle{}).Width
	}
	for width := float32(100); width < wide(said); width += 7 {
		text.Resize(fyne.NewSize(width, 40))
		shown := text.Shown()
		head, cut := strings.CutSuffix(shown[0], "…")
		if len(shown) != 1 || !cut || !strings.HasPrefix(said, head) || wide(shown[0]) > width {
			t.Fatalf("%v px: %q", width, shown)
		}
		next, _, _ := strings.Cut(strings.TrimLeft(said[len(head):], " ,"), " ")
		if more := said[:strings.Index(said, next)+len(next)]; wide(more+"…") <= width {
			t.Errorf("%v px: %q has room for %q", width, shown[0], next)
		}
	}
}

func TestTextThatFitsIsNotCut(t *testing.T) {
	text := widgets.Say(widgets.Style{Lines: 1}, "fits")
	window(t, text, 160)
	if got := text.Shown(); len(got) != 1 || got[0] != "fits" {
		t.Errorf("shown: %q", got)
	}
}

func TestATapShowsAllOfWhatIsCut(t *testing.T) {
	grown := 0
	more := widgets.NewMore(widgets.Style{Lines: 1}, func() { grown++ })
	more.SetText(strings.Repeat("word ", 40))
	window(t, more, 160)
	test.Tap(more)
	if len(more.Shown()) < 3 || grown != 1 {
		t.Errorf("%d lines after a tap, told %d times", len(more.Shown()), grown)
	}
	test.Tap(more)
	if len(more.Shown()) != 1 {
		t.Errorf("%d lines after a second tap", len(more.Shown()))
	}
}

func TestColumnGivesNoRoomToWhatIsHidden(t *testing.T) {
	a, b, c := widgets.Say(widgets.Style{}, "a"), widgets.NewText(widgets.Style{}), widgets.Say(widgets.Style{}, "c")
	b.SetText("")
	col := widgets.Column(10, a, b, c)
	window(t, col, 160)
	if got, want := c.Position().Y, a.Size().Height+10; got != want {
		t.Errorf("the third is at %v, want %v", got, want)
	}
}

func TestEntryReportsTypingAndNotWhatItIsShown(t *testing.T) {
	var typed []string
	e := widgets.NewEntry("", 1, widgets.Keys{})
	e.OnTyped = func(s string) { typed = append(typed, s) }
	window(t, e, 200)
	e.SetShown("from a draft")
	if len(typed) != 0 {
		t.Fatalf("reported %q", typed)
	}
	test.Type(e, "!")
	if len(typed) != 1 || typed[0] != "from a draft!" {
		t.Errorf("typing went to %q, want it at the end", typed)
	}
}

func TestActionIsPressedByEnterAndSpaceAndPassesOtherKeysOn(t *testing.T) {
	pressed, passed := 0, []fyne.KeyName{}
	a := widgets.NewAction(widgets.Quiet, "Go", "F9", widgets.Keys{Key: func(_ fyne.CanvasObject, ev *fyne.KeyEvent) bool {
		passed = append(passed, ev.Name)
		return true
	}}, func() { pressed++ })
	window(t, a, 100)
	for _, k := range []fyne.KeyName{fyne.KeyReturn, fyne.KeySpace, fyne.KeyEscape} {
		a.TypedKey(&fyne.KeyEvent{Name: k})
		if k == fyne.KeySpace {
			a.TypedRune(' ')
		}
	}
	test.Tap(a)
	if pressed != 3 || len(passed) != 1 || passed[0] != fyne.KeyEscape {
		t.Errorf("pressed %d times, passed on %v", pressed, passed)
	}
}

func TestSpaceThatOpensABoxIsNotTypedIntoIt(t *testing.T) {
	box := widgets.NewEntry("", 1, widgets.Keys{})
	open := func() { fyne.CurrentApp().Driver().CanvasForObject(box).Focus(box) }
	a := widgets.NewAction(widgets.Quiet, "Open", "", widgets.Keys{}, open)
	window(t, widgets.Column(0, a, box), 200)
	c := fyne.CurrentApp().Driver().CanvasForObject(a)
	c.Focus(a)
	c.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace}) // a window sends the key, then what it types
	c.Focused().TypedRune(' ')
	if c.Focused() != fyne.Focusable(box) || box.Text != "" {
		t.Errorf("the box has %q", box.Text)
	}
}

func TestAnswerListMovesItsMarkWithinItsRows(t *testing.T) {
	var opened []assist.ID
	l := widgets.NewAnswerList(widgets.Keys{}, func(int) string { return "" })
	l.OnOpen = func(id assist.ID) { opened = append(opened, id) }
	window(t, l, 400)
	l.SetAnswers(live.Answers{Hits: []live.AnswerHit{{ID: "a", Title: "A"}, {ID: "b", Title: "B"}, {ID: "c", Title: "C"}}})
	for _, i := range []int{-1, 7} {
		l.Select(i)
		l.Open(l.Selected())
	}
	l.Open(5)
	if len(opened) != 2 || opened[0] != "a" || opened[1] != "c" {
		t.Errorf("opened %v, want the first and the last", opened)
	}
	l.SetAnswers(live.Answers{})
	l.Open(0)
	if len(opened) != 2 {
		t.Error("an empty list opened something")
	}
}

func TestABoxTakesNoMoreThanItsLetters(t *testing.T) {
	var told []string
	full := 0
	e := widgets.NewEntry("", 1, widgets.Keys{})
	e.Most, e.OnTyped, e.OnFull = 4, func(s string) { told = append(told, s) }, func() { full++ }
	window(t, e, 200)
	test.Type(e, "müde!")
	if e.Text != "müde" || full != 1 || len(told) != 4 {
		t.Errorf("holds %q, full %d times, told %q", e.Text, full, told)
	}
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
	fyne.CurrentApp().Clipboard().SetContent("glichkeit")
	e.TypedShortcut(&fyne.ShortcutPaste{Clipboard: fyne.CurrentApp().Clipboard()})
	if e.Text != "müdg" || full != 2 || told[len(told)-1] != "müdg" {
		t.Errorf("holds %q after a paste, full %d times, told %q", e.Text, full, told)
	}
}
