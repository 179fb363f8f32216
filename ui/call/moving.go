package call

import (
	"slices"

	"fyne.io/fyne/v2"

	"ringside/assist"
	"ringside/assist/ask"
	"ringside/assist/live"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

const mostMoves = 3

// moving is what to do now, at the top of the card, each with its reason, and how the
// customer is, which decides what is offered.
type moving struct {
	p              *Page
	box            *fyne.Container
	rows           []*moveRow
	mood           *fyne.Container
	upset, hurried *widgets.Action
}

func newMoving(p *Page) *moving {
	m := &moving{p: p, box: widgets.Column(theme.Grid)}
	for i := range mostMoves {
		r := newMoveRow(p, i)
		m.rows = append(m.rows, r)
		m.box.Objects = append(m.box.Objects, r.box)
	}
	keys := p.keys()
	m.upset = widgets.NewAction(widgets.Quiet, "Upset", "Alt+U", keys, func() { p.feels(assist.Upset) })
	m.hurried = widgets.NewAction(widgets.Quiet, "In a hurry", "Alt+R", keys, func() { p.feels(assist.Hurried) })
	m.mood = widgets.Wrapped(theme.Grid, m.upset, m.hurried)
	m.set(live.View{}, live.View{})
	return m
}

func (m *moving) set(old, v live.View) {
	m.mood.Hidden = v.Call == "" || v.Phase == live.Wrapping
	m.upset.SetOn(v.Mood == assist.Upset)
	m.hurried.SetOn(v.Mood == assist.Hurried)
	m.box.Hidden = len(v.Moves) == 0
	if slices.Equal(old.Moves, v.Moves) && len(v.Moves) > 0 {
		return
	}
	for i, r := range m.rows {
		if r.box.Hidden = i >= len(v.Moves); !r.box.Hidden {
			r.set(v.Moves[i])
		}
	}
}

func (m *moving) showAll(all bool) {
	for _, r := range m.rows {
		r.text.ShowAll(all)
		r.why.ShowAll(all)
	}
}

// moveRow is one thing to do.
type moveRow struct {
	box       *fyne.Container
	ground    *widgets.Ground
	text, why *widgets.More
}

func newMoveRow(p *Page, i int) *moveRow {
	r := &moveRow{ground: widgets.NewGround(theme.Raised, theme.Hairline, 6),
		text: widgets.NewMore(widgets.Style{Bold: true, Lines: 3}, p.arrange),
		why:  widgets.NewMore(widgets.Style{Size: theme.Small, Colour: theme.Muted, Lines: 1}, p.arrange)}
	keys, key := p.keys(), ""
	if i == 0 {
		key = "Alt+M"
	}
	tell := func(u live.MoveUse) func() { return func() { p.moved(i, u) } }
	r.box = widgets.On(r.ground, widgets.Edges{Left: 3 * theme.Grid, Top: 6, Right: theme.Grid, Bottom: 2}, widgets.Column(1, r.text, r.why,
		widgets.Wrapped(0, widgets.NewAction(widgets.Plain, "Done", key, keys, tell(live.MoveUse{Reply: assist.ReplyDone})),
			widgets.NewAction(widgets.Plain, "Not now", "", keys, tell(live.MoveUse{Reply: assist.ReplyNotNow})),
			widgets.NewAction(widgets.Plain, "Switch off", "", keys, tell(live.MoveUse{Off: true})))))
	return r
}

func (r *moveRow) set(m live.Move) {
	r.text.SetText(m.Text)
	r.why.SetText("")
	if m.Why != "" {
		r.why.SetText("Why: " + m.Why)
	}
	switch m.Kind {
	case ask.Sorry:
		r.ground.SetColours(theme.LatePale, "")
	case ask.Incident:
		r.ground.SetColours(theme.AmberPale, "")
	default:
		r.ground.SetColours(theme.Raised, theme.Hairline)
	}
}

// moved tells what the rep did with move i.
func (p *Page) moved(i int, u live.MoveUse) {
	if i < len(p.view.Moves) {
		u.Move = p.view.Moves[i].ID
		p.desk.Use(live.Use{Move: u})
	}
}

// feels marks how the customer is.
func (p *Page) feels(m assist.Mood) {
	if p.view.Call != "" && p.view.Phase != live.Wrapping {
		p.desk.Use(live.Use{Mood: m})
	}
}
