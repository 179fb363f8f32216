package panes

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// Tab is one list of the Room.
type Tab struct {
	Name   string
	Object fyne.CanvasObject
	Focus  func(fyne.Canvas) // gives it the keyboard
	Reload func()            // it has come to the front, or what it shows has changed
	// Follows says that it may be filled anew at any time: it costs little, and what was
	// chosen and typed stays.
	Follows bool
}

// Room is a page of several lists: a bar of their names, and the one that is chosen. Its
// methods are for the window's goroutine.
type Room struct {
	tabs    []Tab
	buttons []*widget.Button
	counts  map[string]int
	now     int
	content *fyne.Container
}

// NewRoom returns a room that shows the first of the tabs.
func NewRoom(tabs ...Tab) *Room {
	r := &Room{tabs: tabs, counts: map[string]int{}}
	bar := make([]fyne.CanvasObject, len(tabs))
	stack := Front()
	for i, t := range tabs {
		b := widget.NewButton(t.Name, func() { r.Show(t.Name) })
		r.buttons, bar[i] = append(r.buttons, b), b
		if !slices.Contains(stack.Objects, t.Object) { // several lists of one page
			stack.Add(t.Object)
		}
	}
	head := widgets.On(widgets.NewGround(theme.Ground, "", 0), widgets.Edges{Left: 12, Top: 8, Right: 12, Bottom: 4}, widgets.Wrapped(4, bar...))
	r.content = widgets.ColumnFilled(0, stack, head, stack)
	r.choose(0)
	return r
}

// Object returns what the window shows.
func (r *Room) Object() fyne.CanvasObject { return r.content }

// Show brings the tab of this name to the front, fills it and gives it the keyboard. A
// name that no tab has changes nothing.
func (r *Room) Show(name string) {
	i := slices.IndexFunc(r.tabs, func(t Tab) bool { return t.Name == name })
	if i < 0 {
		return
	}
	r.choose(i)
	r.content.Refresh()
	r.Reload()
	if c := fyne.CurrentApp().Driver().CanvasForObject(r.content); c != nil {
		c.Unfocus() // what has it may be hidden now
		r.Focus(c)
	}
}

// Turn goes on to the next tab, or back with -1, and round at the ends.
func (r *Room) Turn(way int) { r.Show(r.tabs[(r.now+way+len(r.tabs))%len(r.tabs)].Name) }

func (r *Room) choose(now int) {
	r.now = now
	chosen := r.tabs[now].Object
	for i, t := range r.tabs {
		if t.Object != chosen {
			t.Object.Hide()
		}
		r.label(i)
	}
	chosen.Show()
}

// SetCount says behind the name of a tab how much waits there; 0 says nothing.
func (r *Room) SetCount(name string, n int) {
	if r.counts[name] == n {
		return
	}
	r.counts[name] = n
	for i, t := range r.tabs {
		if t.Name == name {
			r.label(i)
			widgets.Arrange(r.content)
		}
	}
}

func (r *Room) label(i int) {
	b, words := r.buttons[i], r.tabs[i].Name
	if n := r.counts[words]; n > 0 {
		words += " " + say.Thousands(n)
	}
	b.Importance = widget.MediumImportance
	if i == r.now {
		b.Importance = widget.HighImportance
	}
	b.SetText(words)
}

// Reload fills the tab in front anew.
func (r *Room) Reload() { r.tabs[r.now].Reload() }

// Follow fills the tab in front anew, if it follows what happens elsewhere.
func (r *Room) Follow() {
	if r.tabs[r.now].Follows {
		r.Reload()
	}
}

// Focus gives the keyboard to the tab in front.
func (r *Room) Focus(c fyne.Canvas) { r.tabs[r.now].Focus(c) }
