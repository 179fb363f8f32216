package panes

import (
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringside/ui/widgets"
)

// Rows is a list of any length in which one row may be chosen. With the arrow
// keys the choice itself walks; a bar at its left shows that the keys go here.
type Rows struct {
	widget.List
	// OnChosen is called when another row was chosen, by hand or by SetChosen.
	OnChosen func(i int)
	// OnOpen is called when a row was tapped or Enter was pressed on it.
	OnOpen func(i int)
	// OnEnter is called in place of OnOpen when Enter was pressed; nil: OnOpen is.
	OnEnter func(i int)
	// OnLetter is called with a letter, in lower case, typed while the list has
	// the keyboard.
	OnLetter func(r rune)
	// OnEscape is called for Escape; nil: nobody wants to know.
	OnEscape func()

	// OnPage is called with 1 for Page Down and Space, and with -1 for Page Up, to
	// scroll what is read. When it returns false, the list takes the key itself.
	OnPage func(way int) bool

	count   int
	line    func(i int) Line
	chosen  int
	focused bool

	headings []int // the rows that are lower than the others
}

// NewRows returns an empty list; line says what row i shows.
func NewRows(line func(i int) Line) *Rows {
	r := &Rows{line: line, chosen: -1}
	r.Length = func() int { return r.count }
	r.CreateItem = func() fyne.CanvasObject { return newRow() }
	r.UpdateItem = func(i widget.ListItemID, o fyne.CanvasObject) {
		if i < r.count {
			o.(*Row).set(r.line(i), i == r.chosen, r.focused)
		}
	}
	r.List.OnSelected = r.tapped
	r.HideSeparators = true
	r.ExtendBaseWidget(r)
	return r
}

// SetCount shows n rows with nothing chosen, from the top.
func (r *Rows) SetCount(n int) {
	r.count, r.chosen = n, -1
	for _, i := range r.headings {
		r.SetItemHeight(i, rowHeight)
	}
	r.headings = r.headings[:0]
	for i := range n {
		if r.line(i).Heading {
			r.headings = append(r.headings, i)
			r.SetItemHeight(i, headingHeight)
		}
	}
	r.ScrollToOffset(0)
	r.Refresh()
}

// Grow shows n rows, more than before; what is chosen and what is seen stay. Rows that
// come so are no headings.
func (r *Rows) Grow(n int) {
	r.count = max(n, r.count)
	r.Refresh()
}

// Count returns the number of rows.
func (r *Rows) Count() int { return r.count }

// Chosen returns the chosen row, -1 for none.
func (r *Rows) Chosen() int { return r.chosen }

// SetChosen chooses row i and scrolls to it; a heading gives way to the row below it.
func (r *Rows) SetChosen(i int) {
	for i >= 0 && i < r.count && r.line(i).Heading {
		i++
	}
	if i < 0 || i >= r.count {
		return
	}
	changed := i != r.chosen
	r.chosen = i
	r.ScrollTo(i)
	if changed && r.OnChosen != nil {
		r.OnChosen(i)
	}
}

// Step moves the choice by one or more rows, over headings, to the ends at most.
func (r *Rows) Step(by int) {
	to := min(max(r.chosen+by, 0), r.count-1)
	way := 1
	if by < 0 {
		way = -1
	}
	i := r.thing(to, way)
	if i < 0 {
		i = r.thing(to, -way)
	}
	if i >= 0 {
		r.SetChosen(i)
	}
}

// thing returns the first row from i on, in steps of way, that is no heading; -1
// when there is none.
func (r *Rows) thing(i, way int) int {
	for i >= 0 && i < r.count && r.line(i).Heading {
		i += way
	}
	if i >= r.count {
		return -1
	}
	return i
}

// tapped takes the choice over from the list below, which would not tell of a
// second tap on the same row, and does not find the window to ask for the keyboard.
func (r *Rows) tapped(i widget.ListItemID) {
	r.UnselectAll()
	if i < r.count && !r.line(i).Heading {
		if c := fyne.CurrentApp().Driver().CanvasForObject(r); c != nil {
			c.Focus(r)
		}
		r.SetChosen(i)
		r.enter()
	}
}

func (r *Rows) enter() { r.open(r.OnOpen) }

// pressed does what Enter does.
func (r *Rows) pressed() {
	if r.OnEnter != nil {
		r.open(r.OnEnter)
		return
	}
	r.enter()
}

func (r *Rows) open(do func(int)) {
	if r.chosen < 0 {
		r.Step(1)
	}
	if r.chosen >= 0 && do != nil {
		do(r.chosen)
	}
}

// FocusGained implements fyne.Focusable.
func (r *Rows) FocusGained() {
	r.focused = true
	if r.chosen < 0 {
		r.Step(1)
	}
	r.Refresh()
}

// FocusLost implements fyne.Focusable.
func (r *Rows) FocusLost() {
	r.focused = false
	r.Refresh()
}

// TypedKey implements fyne.Focusable.
func (r *Rows) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeyDown:
		r.Step(1)
	case fyne.KeyUp:
		r.Step(-1)
	case fyne.KeyPageDown:
		r.page(1)
	case fyne.KeyPageUp:
		r.page(-1)
	case fyne.KeyHome:
		r.Step(-r.count)
	case fyne.KeyEnd:
		r.Step(r.count)
	case fyne.KeySpace:
		if r.OnPage == nil || !r.OnPage(1) {
			r.enter()
		}
	case fyne.KeyReturn, fyne.KeyEnter:
		r.pressed()
	case fyne.KeyEscape:
		if r.OnEscape != nil {
			r.OnEscape()
		}
	default:
		widgets.PassKey(r, key)
	}
}

// page scrolls what is read, or walks a page down or up the list.
func (r *Rows) page(way int) {
	const rows = 8
	if r.OnPage == nil || !r.OnPage(way) {
		r.Step(way * rows)
	}
}

// TypedRune implements fyne.Focusable.
func (r *Rows) TypedRune(letter rune) {
	if r.OnLetter != nil {
		r.OnLetter(unicode.ToLower(letter))
	}
}
