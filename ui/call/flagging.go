package call

import (
	"fmt"

	"fyne.io/fyne/v2"

	"ringside/assist/live"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

const mostNumbered = 9 // sentences with a key

// flagging asks, after the open answer was flagged as wrong, which of its sentences it
// is, and why. The flag is kept already.
type flagging struct {
	p     *Page
	box   *fyne.Container
	list  *fyne.Container
	rows  []*widgets.PickRow
	entry *widgets.Entry
	shown *live.Open // nil: nothing is asked
}

func newFlagging(p *Page) *flagging {
	f := &flagging{p: p, list: widgets.Column(theme.Grid)}
	keys := p.keys()
	f.entry = widgets.NewEntry("Why? In your words", 1, keys)
	f.entry.OnTyped = func(s string) { p.desk.Use(live.Use{Answered: live.AnsweredUse{Typed: true, Why: s}}) }
	hint := widgets.Say(widgets.Style{Size: theme.Small, Colour: theme.Muted, Lines: 2}, "A number, or Up, Down and Enter. Nothing more to say: Esc.")
	done := widgets.NewAction(widgets.Quiet, "Done", "Enter", keys, f.done)
	f.box = widgets.On(widgets.NewGround(theme.AmberPale, "", 8), widgets.Sides(4*theme.Grid, 3*theme.Grid),
		widgets.Column(theme.Grid,
			widgets.Say(widgets.Style{Size: theme.Small, Colour: theme.Muted, Bold: true, Lines: 2}, "FLAGGED. WHICH SENTENCE IS WRONG?"),
			hint, f.list, widgets.Row(theme.Grid, f.entry, f.entry, done)))
	f.box.Hide()
	return f
}

// set shows the sentences; asks reports that they were not there before.
func (f *flagging) set(v *live.Open) (asks bool) {
	was := f.shown
	if f.shown = nil; v != nil && v.Flagging {
		f.shown = v
	}
	if f.box.Hidden = f.shown == nil; f.box.Hidden {
		return false
	}
	for i := len(f.rows); i < len(f.shown.Sentences); i++ {
		r := widgets.NewPickRow(f.p.keys(), func() { f.pick(i) })
		f.rows = append(f.rows, r)
		f.list.Objects = append(f.list.Objects, r)
	}
	for i, r := range f.rows {
		if r.Hidden = i >= len(f.shown.Sentences); r.Hidden {
			continue
		}
		key := ""
		if i < mostNumbered {
			key = fmt.Sprint(i + 1)
		}
		r.SetPick(f.shown.Sentences[i], "", key, f.shown.Sentence == i+1)
	}
	if was == nil {
		f.entry.SetShown(f.shown.FlagWhy)
	}
	return was == nil
}

// enter gives the keyboard to the first sentence, and brings it into sight.
func (f *flagging) enter() {
	if len(f.rows) > 0 && !f.rows[0].Hidden {
		f.p.focus(f.rows[0])
	}
	f.p.hear.scroll.Reveal(f.box, 2*theme.Grid, 2*theme.Grid)
}

// pick says that sentence i is wrong, counted from 0, and leads on to why.
func (f *flagging) pick(i int) {
	if f.shown == nil || i >= len(f.shown.Sentences) {
		return
	}
	f.p.desk.Use(live.Use{Answered: live.AnsweredUse{Sentence: i + 1}})
	f.p.focus(f.entry)
}

func (f *flagging) done() {
	f.p.desk.Use(live.Use{Answered: live.AnsweredUse{Done: true}})
	f.p.focus(f.p.hear.entry)
}

// key walks through the sentences to why, and back.
func (f *flagging) key(at fyne.CanvasObject, ev *fyne.KeyEvent) bool {
	if f.shown == nil {
		return false
	}
	from, last := -1, len(f.shown.Sentences)
	for i, r := range f.rows {
		if at == fyne.CanvasObject(r) {
			from = i
		}
	}
	if at == fyne.CanvasObject(f.entry) {
		from = last
	}
	switch {
	case from < 0:
		return false
	case from == last && (ev.Name == fyne.KeyReturn || ev.Name == fyne.KeyEnter):
		f.done()
	case ev.Name == fyne.KeyDown:
		f.walk(from + 1)
	case ev.Name == fyne.KeyUp:
		f.walk(from - 1)
	default:
		return false
	}
	return true
}

// walk gives the keyboard to row i; behind the last one stands why.
func (f *flagging) walk(i int) {
	i = max(i, 0)
	if i >= len(f.shown.Sentences) {
		f.p.focus(f.entry)
		f.p.hear.scroll.Reveal(f.entry, 2*theme.Grid, 2*theme.Grid)
		return
	}
	f.p.focus(f.rows[i])
	f.p.hear.scroll.Reveal(f.rows[i], 2*theme.Grid, 2*theme.Grid)
}
