package team

import (
	"slices"

	"fyne.io/fyne/v2"

	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// mostLines is how many lines of a list are shown.
const mostLines = 8

// line is a sentence, and in small what belongs to it.
type line struct{ words, small string }

func lines[T any](of []T, say func(T) line) []line {
	out := make([]line, len(of))
	for i, one := range of {
		out[i] = say(one)
	}
	return out
}

// list is a section of lines that is seen while there are some.
type list struct {
	box, in *fyne.Container
	shown   []line
}

func newList(name, means string) *list {
	l := &list{in: widgets.Column(8)}
	l.box = l.in
	if name != "" {
		l.box = section(name, means, l.in)
	}
	l.box.Hide()
	return l
}

func (l *list) set(to []line) {
	l.box.Hidden = len(to) == 0
	if slices.Equal(l.shown, to) {
		return
	}
	l.shown = to
	l.in.RemoveAll()
	for _, one := range to[:min(len(to), mostLines)] {
		col := widgets.Column(0, widgets.Say(widgets.Style{}, one.words))
		if one.small != "" {
			col.Add(widgets.Say(widgets.Style{Size: theme.Small, Colour: theme.Muted}, one.small))
		}
		l.in.Add(col)
	}
	if n := len(to) - mostLines; n > 0 {
		l.in.Add(widgets.Say(widgets.Style{Colour: theme.Muted}, "And "+say.Thousands(n)+" more."))
	}
}

// row is a thing of a list that stays the same widget while it is shown, so that the
// keyboard stays where it is.
type row[T any] interface {
	set(T)
	object() fyne.CanvasObject
}

// rows shows each of a list in the row of its key.
func rows[T any, R row[T]](in *fyne.Container, was map[string]R, of []T, key func(T) string, fresh func() R) map[string]R {
	now := make(map[string]R, len(of))
	objects := make([]fyne.CanvasObject, 0, len(of))
	for _, one := range of {
		r, known := was[key(one)]
		if !known {
			r = fresh()
		}
		r.set(one)
		now[key(one)] = r
		objects = append(objects, r.object())
	}
	if !slices.Equal(in.Objects, objects) {
		in.Objects = objects
		in.Refresh()
	}
	return now
}
