package widgets

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/ui/say"
	"ringside/ui/theme"
)

// mostFinds is how many finds a FindList shows.
const mostFinds = 6

// FindList shows people, notes, promises and prompts that were found, in slim rows
// under the name of their kind. Its rows are made once.
type FindList struct {
	box
	// OnOpen reports that the rep wants this one.
	OnOpen func(glance.Found)
	// OnMoved reports that the rep's mouse has come to a row.
	OnMoved func()

	rows     [mostFinds]*findRow
	heads    map[assist.Type]*Text
	named    bool // the kinds are named
	finds    []glance.Found
	selected int
	column   *fyne.Container
}

// kinds are the kinds of what can be found and their names, in the order in which
// they are shown.
func kinds() []struct {
	of   assist.Type
	name string
} {
	return []struct {
		of   assist.Type
		name string
	}{{assist.TypeCustomer, "PEOPLE"}, {assist.TypeCompany, "COMPANIES"}, {assist.TypeNote, "NOTES"}, {assist.TypePromise, "PROMISES"},
		{assist.TypeInsight, "WHAT WAS HEARD"}, {assist.TypeKudos, "PRAISE"}, {assist.TypePrompt, "QUESTIONS TO ASK"}}
}

// NewFindList returns an empty list. named says whether the kinds are named: not
// where there is only one.
func NewFindList(keys Keys, named bool) *FindList {
	l := &FindList{heads: map[assist.Type]*Text{}, named: named, selected: -1, column: Column(0)}
	for _, k := range kinds() {
		l.heads[k.of] = Heading(k.name)
	}
	for i := range l.rows {
		l.rows[i] = newFindRow(keys)
		l.rows[i].OnPressed = func() { l.Open(i) }
		l.rows[i].onHover = func() {
			if l.OnMoved != nil {
				l.OnMoved()
			}
		}
	}
	l.content = l.column
	l.ExtendBaseWidget(l)
	return l
}

// SetFinds shows what was found, by kind, each kind with the best first; now is for
// the days. The parent has to be arranged.
func (l *FindList) SetFinds(finds []glance.Found, now time.Time) {
	l.finds = l.finds[:0]
	l.column.Objects = nil
	for _, k := range kinds() {
		first := true
		for _, f := range finds {
			if f.Type != k.of || len(l.finds) == mostFinds {
				continue
			}
			if first && l.named {
				l.column.Objects = append(l.column.Objects, Pad(Edges{Left: 3 * theme.Grid, Top: theme.Grid, Bottom: 2}, l.heads[k.of]))
			}
			first = false
			row := l.rows[len(l.finds)]
			row.set(f, now)
			l.column.Objects = append(l.column.Objects, row)
			l.finds = append(l.finds, f)
		}
	}
	l.Hidden = len(l.finds) == 0
	l.Select(l.selected)
	l.column.Refresh()
}

// Len returns how many finds are shown.
func (l *FindList) Len() int { return len(l.finds) }

// Select marks row i, counted from 0; -1 marks none.
func (l *FindList) Select(i int) {
	l.selected = max(min(i, l.Len()-1), -1)
	for j, r := range l.rows {
		r.mark(j == l.selected)
	}
}

// Selected returns the marked row, -1 when there is none.
func (l *FindList) Selected() int { return l.selected }

// Row returns what shows find i, counted from 0; nil when there is none.
func (l *FindList) Row(i int) fyne.CanvasObject {
	if i < 0 || i >= l.Len() {
		return nil
	}
	return l.rows[i]
}

// Open reports row i as pressed; nothing when there is none.
func (l *FindList) Open(i int) {
	if i >= 0 && i < l.Len() && l.OnOpen != nil {
		l.OnOpen(l.finds[i])
	}
}

type findRow struct {
	press
	ground     *Ground
	title, sub *Text
	selected   bool
}

func newFindRow(keys Keys) *findRow {
	r := &findRow{
		ground: NewGround("", "", 6),
		title:  NewText(Style{Lines: 1}),
		sub:    NewText(Style{Size: theme.Small, Colour: theme.Muted, Lines: 2}),
	}
	r.Keys, r.paint, r.self = keys, r.repaint, r
	r.content = On(r.ground, Sides(3*theme.Grid, theme.Grid), Column(0, r.title, r.sub))
	r.ExtendBaseWidget(r)
	return r
}

func (r *findRow) set(f glance.Found, now time.Time) {
	r.title.SetText(strings.Join(strings.Fields(f.Title), " "))
	var parts []string
	day := ""
	if f.Type == assist.TypeCustomer && !f.At.IsZero() {
		day = "last contact " + say.Day(f.At, now)
	}
	for _, s := range []string{f.Text, day, f.Why} {
		if s = strings.Join(strings.Fields(s), " "); s != "" {
			parts = append(parts, s)
		}
	}
	r.sub.SetText(strings.Join(parts, "  ·  "))
}

func (r *findRow) mark(on bool) {
	if r.selected != on {
		r.selected = on
		r.repaint()
	}
}

func (r *findRow) repaint() {
	fill, line := fyne.ThemeColorName(""), fyne.ThemeColorName("")
	if r.selected || r.hovered {
		fill = theme.AccentPale
	}
	if r.focused {
		line = theme.Accent
	}
	r.ground.ring = r.focused
	r.ground.SetColours(fill, line)
}
