package panes_test

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"ringside/ui/panes"
	"ringside/ui/panes/look"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

func app(t *testing.T) { test.NewTempApp(t).Settings().SetTheme(theme.Of(theme.Light)) }

func window(t *testing.T, o fyne.CanvasObject, size fyne.Size) fyne.Window {
	t.Helper()
	w := test.NewTempWindow(t, o)
	w.SetPadded(false)
	w.Resize(size)
	return w
}

// numbered has a heading at every fifth row, the first among them.
func numbered(n int) *panes.Rows {
	r := panes.NewRows(func(i int) panes.Line {
		if i%5 == 0 {
			return panes.Line{Title: fmt.Sprint("HEADING ", i), Heading: true}
		}
		return panes.Line{Title: fmt.Sprint("row ", i), Sub: "below", Badge: "word", Tone: panes.Late}
	})
	r.SetCount(n)
	return r
}

func key(f fyne.Focusable, names ...fyne.KeyName) {
	for _, n := range names {
		f.TypedKey(&fyne.KeyEvent{Name: n})
	}
}

func TestKeysWalkOverHeadingsAndStopAtTheEnds(t *testing.T) {
	app(t)
	r := numbered(1000)
	window(t, r, fyne.NewSize(400, 500))
	var chosen []int
	r.OnChosen = func(i int) { chosen = append(chosen, i) }
	r.FocusGained()
	key(r, fyne.KeyUp, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyUp)
	key(r, fyne.KeyEnd, fyne.KeyDown, fyne.KeyHome, fyne.KeyPageDown, fyne.KeyPageUp)
	if want := []int{1, 2, 3, 4, 6, 4, 999, 1, 9, 1}; !slices.Equal(chosen, want) {
		t.Errorf("chose %v, want %v", chosen, want)
	}
}

func TestAListOfHeadingsOnlyHasNothingToChoose(t *testing.T) {
	app(t)
	r := panes.NewRows(func(int) panes.Line { return panes.Line{Title: "HEADING", Heading: true} })
	window(t, r, fyne.NewSize(400, 300))
	r.SetCount(3)
	r.FocusGained()
	key(r, fyne.KeyDown, fyne.KeyReturn, fyne.KeyEnd)
	if r.Chosen() != -1 {
		t.Errorf("chose %d", r.Chosen())
	}
	r.SetCount(0)
	key(r, fyne.KeyDown, fyne.KeyReturn, fyne.KeyEnd)
}

func TestATapOpensAlsoTheRowThatIsChosenAlready(t *testing.T) {
	app(t)
	r := numbered(20)
	w := window(t, r, fyne.NewSize(400, 600))
	var opened []int
	r.OnOpen = func(i int) { opened = append(opened, i) }
	at := fyne.NewPos(100, 60) // the first row below its heading
	test.TapCanvas(w.Canvas(), at)
	test.TapCanvas(w.Canvas(), at)
	test.TapCanvas(w.Canvas(), fyne.NewPos(100, 15)) // a heading
	if want := []int{1, 1}; !slices.Equal(opened, want) || r.Chosen() != 1 {
		t.Errorf("opened %v, chosen %d", opened, r.Chosen())
	}
}

func TestEnterMayDoMoreThanATap(t *testing.T) {
	app(t)
	r := numbered(20)
	w := window(t, r, fyne.NewSize(400, 600))
	b := panes.NewBox("find", r)
	var opened, entered []int
	r.OnOpen = func(i int) { opened = append(opened, i) }
	r.OnEnter = func(i int) { entered = append(entered, i) }
	test.TapCanvas(w.Canvas(), fyne.NewPos(100, 60))
	key(r, fyne.KeyDown, fyne.KeyReturn, fyne.KeySpace)
	key(b, fyne.KeyReturn)
	if !slices.Equal(opened, []int{1, 2}) || !slices.Equal(entered, []int{2, 2}) {
		t.Errorf("opened %v, entered %v", opened, entered)
	}
}

func TestAnotherCountStartsAtTheTop(t *testing.T) {
	app(t)
	r := numbered(1000)
	window(t, r, fyne.NewSize(400, 500))
	key(r, fyne.KeyEnd)
	look.Reads(t, r, "row 999")
	r.SetCount(7)
	look.Reads(t, r, "HEADING 0", "row 6")
	if r.Chosen() != -1 || r.Count() != 7 {
		t.Errorf("chosen %d of %d", r.Chosen(), r.Count())
	}
}

func TestLettersGoToThePage(t *testing.T) {
	app(t)
	r := numbered(5)
	var got rune
	r.OnLetter = func(l rune) { got = l }
	r.TypedRune('K')
	if got != 'k' {
		t.Errorf("got %q", got)
	}
}

func TestBoxWalksOpensAndEmpties(t *testing.T) {
	app(t)
	r := numbered(20)
	b := panes.NewBox("find", r)
	opened := -1
	r.OnOpen = func(i int) { opened = i }
	window(t, widgets.ColumnFilled(0, r, b, r), fyne.NewSize(400, 600))
	b.SetText("words")
	key(b, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyUp, fyne.KeyReturn)
	if opened != 2 {
		t.Errorf("opened %d", opened)
	}
	key(b, fyne.KeyBackspace, fyne.KeyEscape)
	if b.Text != "" {
		t.Errorf("left %q", b.Text)
	}
}

func TestPanesStandSideBySideOrTakeTurns(t *testing.T) {
	app(t)
	list := widgets.Say(widgets.Style{}, "many rows")
	reading := widgets.Say(widgets.Style{}, "the reading pane")
	s := panes.NewSplit(list, reading)
	went := 0
	s.OnBack = func() { went++ }
	w := window(t, s, fyne.NewSize(1000, 600))
	look.Reads(t, s, "many rows", "the reading pane")
	look.Hides(t, s, "Back to the list")
	w.Resize(fyne.NewSize(480, 600))
	look.Hides(t, s, "the reading pane")
	s.Read(true)
	look.Reads(t, s, "the reading pane", "Back to the list")
	look.Hides(t, s, "many rows")
	look.Press(t, s, "Back to the list")
	look.Reads(t, s, "many rows")
	if went != 1 || !s.Narrow() {
		t.Errorf("went back %d times, narrow %v", went, s.Narrow())
	}
	s.Read(true)
	w.Resize(fyne.NewSize(1000, 600))
	look.Reads(t, s, "many rows", "the reading pane")
}

func TestMeasuredIsNoWiderThanCanBeRead(t *testing.T) {
	app(t)
	for _, c := range []struct {
		window, wide, left float32
		centred            bool
	}{{1000, 400, 0, false}, {1000, 400, 300, true}, {300, 300, 0, true}} {
		text := widgets.Say(widgets.Style{}, "some words to read")
		m := panes.Most(400, text)
		if c.centred {
			m = panes.Centred(m)
		}
		window(t, m, fyne.NewSize(c.window, 200))
		if text.Size().Width != c.wide || text.Position().X != c.left {
			t.Errorf("in %v: %v wide at %v, want %v at %v", c.window, text.Size().Width, text.Position().X, c.wide, c.left)
		}
	}
}

func TestEmptySaysWhatToDo(t *testing.T) {
	app(t)
	e := panes.NewEmpty()
	w := window(t, e.Measured, fyne.NewSize(600, 400))
	done := false
	e.Say("Nothing here", "Bring some.", "Bring", func() { done = true })
	look.Reads(t, e.Measured, "Nothing here", "Bring some.")
	look.Press(t, e.Measured, "Bring")
	if !done || e.Words() != "Nothing here. Bring some." {
		t.Errorf("done %v, words %q", done, e.Words())
	}
	e.Say("Nothing here", "Wait.", "", nil)
	look.Walk(w.Content(), func(o fyne.CanvasObject, _, _ look.Area) {
		if b, ok := o.(*widget.Button); ok {
			t.Errorf("a button %q that does nothing", b.Text)
		}
	})
}

func TestEveryToneCanBeToldByItsWord(t *testing.T) {
	app(t)
	b := panes.NewBadge()
	window(t, b.Container, fyne.NewSize(200, 30))
	for _, tone := range []panes.Tone{panes.Quiet, panes.Fine, panes.Own, panes.Eye, panes.Late} {
		b.Set("word", tone)
		if b.Text() != "word" || !b.Visible() || b.Width() < 20 {
			t.Errorf("tone %d: %q, visible %v, %v wide", tone, b.Text(), b.Visible(), b.Width())
		}
	}
	b.Set("", panes.Late)
	if b.Visible() {
		t.Error("a badge without a word is seen")
	}
}

func TestPageKeysAndSpaceScrollWhatIsRead(t *testing.T) {
	app(t)
	r := numbered(40)
	box := panes.NewBox("Find", r)
	window(t, r, fyne.NewSize(400, 300))
	var ways []int
	reading := true
	r.OnPage = func(way int) bool { ways = append(ways, way); return reading }
	opened := 0
	r.OnOpen = func(int) { opened++ }
	r.SetChosen(1)
	key(r, fyne.KeyPageDown, fyne.KeySpace, fyne.KeyPageUp)
	key(box, fyne.KeyPageDown, fyne.KeyPageUp)
	if want := []int{1, 1, -1, 1, -1}; !slices.Equal(ways, want) || r.Chosen() != 1 || opened != 0 {
		t.Errorf("scrolled %v, chose %d, opened %d", ways, r.Chosen(), opened)
	}
	reading = false
	key(r, fyne.KeyPageDown, fyne.KeySpace)
	if r.Chosen() != 9 || opened != 1 {
		t.Errorf("with nothing to read: chose %d, opened %d", r.Chosen(), opened)
	}
}
