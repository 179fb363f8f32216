// Package look tells the tests of the pages what a rep would see: the words on
// the screen, what lies on what, and a picture of it. The program itself does not
// use it.
package look

import (
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// Area is a place on the canvas.
type Area struct{ Left, Top, Right, Bottom float32 }

func area(at fyne.Position, size fyne.Size) Area {
	return Area{at.X, at.Y, at.X + size.Width, at.Y + size.Height}
}

func (a Area) within(b Area) Area {
	return Area{max(a.Left, b.Left), max(a.Top, b.Top), min(a.Right, b.Right), min(a.Bottom, b.Bottom)}
}

func (a Area) seen() bool { return a.Right-a.Left > 1 && a.Bottom-a.Top > 1 }

// Walk visits every object that is to be seen below root, with the part of the
// canvas in which it is seen and the place that it would like to take.
func Walk(root fyne.CanvasObject, visit func(o fyne.CanvasObject, seen, whole Area)) {
	walk(root, fyne.NewPos(0, 0), Area{-1e6, -1e6, 1e6, 1e6}, visit)
}

func walk(o fyne.CanvasObject, at fyne.Position, clip Area, visit func(fyne.CanvasObject, Area, Area)) {
	if !o.Visible() {
		return
	}
	at = at.Add(o.Position())
	whole := area(at, o.Size())
	seen := whole.within(clip)
	if _, ok := o.(*fyne.Container); !ok && !seen.seen() {
		return
	}
	visit(o, seen, whole)
	var inside []fyne.CanvasObject
	switch o := o.(type) {
	case *fyne.Container:
		inside = o.Objects
	case *container.Scroll:
		inside, clip = test.WidgetRenderer(o).Objects(), seen
	case fyne.Widget:
		inside = test.WidgetRenderer(o).Objects()
	}
	for _, c := range inside {
		walk(c, at, clip, visit)
	}
}

// Words returns all that can be read below root, a line for each text.
func Words(root fyne.CanvasObject) string {
	var b strings.Builder
	Walk(root, func(o fyne.CanvasObject, _, _ Area) {
		switch o := o.(type) {
		case *widgets.Text:
			b.WriteString(o.Text() + "\n")
		case *widget.Button:
			b.WriteString(o.Text + "\n")
		case *widget.Select:
			b.WriteString(o.Selected + "\n")
		case *widget.RadioGroup:
			b.WriteString(strings.Join(o.Options, "\n") + "\n")
		case *widget.Check:
			b.WriteString(o.Text + "\n")
		}
	})
	return b.String()
}

// Reads fails the test unless all the words are to be seen below root.
func Reads(t testing.TB, root fyne.CanvasObject, words ...string) {
	t.Helper()
	all := Words(root)
	for _, w := range words {
		if !strings.Contains(all, w) {
			t.Errorf("%q is not to be seen in:\n%s", w, all)
		}
	}
}

// Hides fails the test when one of the words is to be seen below root.
func Hides(t testing.TB, root fyne.CanvasObject, words ...string) {
	t.Helper()
	all := Words(root)
	for _, w := range words {
		if strings.Contains(all, w) {
			t.Errorf("%q should not be seen in:\n%s", w, all)
		}
	}
}

// Find returns the first object of a type that is to be seen and fits; nil fits all.
func Find[T fyne.CanvasObject](t testing.TB, root fyne.CanvasObject, fits func(T) bool) T {
	t.Helper()
	var found T
	ok := false
	Walk(root, func(o fyne.CanvasObject, _, _ Area) {
		if x, is := o.(T); is && !ok && (fits == nil || fits(x)) {
			found, ok = x, true
		}
	})
	if !ok {
		t.Fatalf("no %T is to be seen in:\n%s", found, Words(root))
	}
	return found
}

// Press taps the button whose words begin so.
func Press(t testing.TB, root fyne.CanvasObject, words string) {
	t.Helper()
	b := Find(t, root, func(b *widget.Button) bool { return strings.HasPrefix(b.Text, words) })
	if b.Disabled() {
		t.Fatalf("%q cannot be pressed", b.Text)
	}
	test.Tap(b)
}

// Apart fails the test when texts or things to press lie on one another, or stick
// out of the canvas of this size at its right.
func Apart(t testing.TB, root fyne.CanvasObject, size fyne.Size, where string) {
	t.Helper()
	type thing struct {
		name string
		area Area
	}
	var things []thing
	Walk(root, func(o fyne.CanvasObject, seen, whole Area) {
		name := ""
		switch o := o.(type) {
		case *widgets.Text:
			name = o.Text()
		case *widget.Button:
			name = "button " + o.Text
		case *widget.Select:
			name = "choice " + o.Selected
		case *widget.Entry:
			name = "box " + o.PlaceHolder
		case *widget.RadioGroup:
			name = "choices " + strings.Join(o.Options, ", ")
		}
		if name == "" || !seen.seen() {
			return
		}
		if whole.Right > size.Width+1 || whole.Left < -1 {
			t.Errorf("%s: %q sticks out: %v", where, name, whole)
		}
		things = append(things, thing{name, seen})
	})
	for i, a := range things {
		for _, b := range things[i+1:] {
			if a.area.within(b.area).seen() {
				t.Errorf("%s: %q %v lies on %q %v", where, a.name, a.area, b.name, b.area)
			}
		}
	}
}

// Gallery returns the folder for pictures, and skips the test when there is none.
func Gallery(t testing.TB) string {
	dir := os.Getenv("RINGSIDE_GALLERY")
	if dir == "" {
		t.Skip("RINGSIDE_GALLERY names no folder for the pictures")
	}
	return dir
}

// Picture saves what the window shows, in light and in dark.
func Picture(t testing.TB, w fyne.Window, name string) {
	t.Helper()
	for _, l := range []theme.Look{theme.Dark, theme.Light} {
		fyne.CurrentApp().Settings().SetTheme(theme.Of(l))
		f, err := os.Create(filepath.Join(Gallery(t), name+"-"+string(l)+".png"))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if err := png.Encode(f, w.Canvas().Capture()); err != nil {
			t.Fatal(err)
		}
	}
}
