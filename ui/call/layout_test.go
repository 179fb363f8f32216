package call_test

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"ringside/ui/theme"
)

// area is a rectangle of the window.
type area struct{ x1, y1, x2, y2 float32 }

func areaOf(at fyne.Position, size fyne.Size) area {
	return area{at.X, at.Y, at.X + size.Width, at.Y + size.Height}
}

func (a area) cut(b area) area {
	return area{max(a.x1, b.x1), max(a.y1, b.y1), min(a.x2, b.x2), min(a.y2, b.y2)}
}

// covers reports whether two areas share more than a hair.
func (a area) covers(b area) bool {
	c := a.cut(b)
	return c.x2-c.x1 > 1 && c.y2-c.y1 > 2
}

// word is a text as it stands in the window.
type word struct {
	text string
	area area
}

// walker collects the visible texts below an object, and what is wrong with them.
type walker struct {
	words    []word
	wrong    []string
	scrolled bool // count what is scrolled out of sight, too
}

func (w *walker) walk(o fyne.CanvasObject, at fyne.Position, parent, clip area) {
	if !o.Visible() {
		return
	}
	at = at.Add(o.Position())
	own := areaOf(at, o.Size())
	switch o := o.(type) {
	case *canvas.Text:
		w.text(o, own, parent, clip)
	case *fyne.Container:
		for _, c := range o.Objects {
			w.walk(c, at, own, clip)
		}
	case *container.Scroll:
		if !w.scrolled {
			clip = clip.cut(own)
		}
		w.walk(o.Content, at, own, clip)
	case fyne.Widget:
		for _, c := range test.WidgetRenderer(o).Objects() {
			w.walk(c, at, own, clip)
		}
	}
}

func (w *walker) text(t *canvas.Text, own, parent, clip area) {
	seen := own.cut(clip)
	if t.Text == "" || seen.x2 <= seen.x1 || seen.y2 <= seen.y1 {
		return
	}
	if own.x2 > parent.x2+1 || own.x1 < parent.x1-1 || own.y2 > parent.y2+1 {
		w.wrong = append(w.wrong, fmt.Sprintf("%q at %v leaves its parent %v", t.Text, own, parent))
	}
	if t.MinSize().Width > own.x2-own.x1+1 {
		w.wrong = append(w.wrong, fmt.Sprintf("%q needs %v px and has %v", t.Text, t.MinSize().Width, own.x2-own.x1))
	}
	w.words = append(w.words, word{t.Text, seen})
}

// look walks the page and reports everything that overlaps or is cut.
func look(s *stage) []string {
	var w walker
	size := s.win.Canvas().Size()
	all := areaOf(fyne.Position{}, size)
	w.walk(s.win.Content(), fyne.Position{}, all, all)
	for i, a := range w.words {
		for _, b := range w.words[i+1:] {
			if a.area.covers(b.area) {
				w.wrong = append(w.wrong, fmt.Sprintf("%q %v lies on %q %v", a.text, a.area, b.text, b.area))
			}
		}
	}
	return w.wrong
}

func (s *stage) words() []word {
	var w walker
	all := areaOf(fyne.Position{}, fyne.NewSize(10000, 10000))
	w.walk(s.win.Content(), fyne.Position{}, all, all)
	return w.words
}

var sizes = map[string]fyne.Size{
	"wide":   fyne.NewSize(1204, 690),
	"least":  fyne.NewSize(924, 600),
	"narrow": fyne.NewSize(360, 720),
	"slim":   fyne.NewSize(320, 640),
}

// TestNothingOverlaps walks from state to state, so that what one leaves behind
// would be seen in the next.
func TestNothingOverlaps(t *testing.T) {
	for name, size := range sizes {
		s := open(t, size, theme.Light)
		for _, st := range states() {
			s.page.SetView(st.view)
			for _, wrong := range look(s) {
				t.Errorf("%s, %s: %s", name, st.name, wrong)
			}
		}
	}
}

func TestLongTextsInFullDoNotOverlapEither(t *testing.T) {
	s := open(t, sizes["wide"], theme.Light)
	for _, st := range states() {
		s.page.SetView(st.view)
		s.page.Key(&fyne.KeyEvent{Name: fyne.KeyF2})
		for _, wrong := range look(s) {
			t.Errorf("%s: %s", st.name, wrong)
		}
		s.page.Key(&fyne.KeyEvent{Name: fyne.KeyF2})
	}
}

func TestChangingTheWidthChangesTheLayoutAndBack(t *testing.T) {
	s := open(t, sizes["wide"], theme.Light)
	s.page.SetView(known())
	for _, size := range []string{"narrow", "wide", "slim", "least"} {
		s.win.Resize(sizes[size])
		for _, wrong := range look(s) {
			t.Errorf("%s: %s", size, wrong)
		}
	}
}

// TestAChangeOfThemeLeavesEverythingInItsPlace: Fyne lays all out again then, also
// what is hidden.
func TestAChangeOfThemeLeavesEverythingInItsPlace(t *testing.T) {
	s := open(t, sizes["wide"], theme.Light)
	s.page.SetView(opened())
	s.win.Resize(sizes["narrow"])
	s.win.Resize(sizes["wide"])
	before := fmt.Sprint(s.words())
	test.ApplyTheme(t, theme.Of(theme.Dark))
	if after := fmt.Sprint(s.words()); after != before {
		t.Errorf("before:\n%s\nafter:\n%s", before, after)
	}
	for _, wrong := range look(s) {
		t.Error(wrong)
	}
}
