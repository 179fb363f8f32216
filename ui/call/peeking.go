package call

import (
	"fyne.io/fyne/v2"

	"ringside/assist"
	"ringside/assist/live"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// peeking shows a person, a note or a promise in place, beside the call that is in
// front.
type peeking struct {
	box              *fyne.Container
	kind, title, sub *widgets.Text
	text             *widgets.Text
}

func newPeeking(p *Page) *peeking {
	k := &peeking{
		kind:  widgets.Heading("A NOTE"),
		title: widgets.NewText(widgets.Style{Size: theme.Title, Bold: true, Lines: 2}),
		sub:   widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Muted, Lines: 2}),
		text:  widgets.NewText(widgets.Style{}),
	}
	shut := widgets.NewAction(widgets.Plain, "Close", "Esc", p.keys(), func() { p.desk.Use(live.Use{CloseAnswer: true}) })
	head := widgets.Column(2, k.kind, k.title, k.sub)
	k.box = widgets.On(widgets.NewGround(theme.Raised, theme.Hairline, 8), widgets.Even(4*theme.Grid),
		widgets.Column(3*theme.Grid, widgets.Row(2*theme.Grid, head, head, shut), k.text))
	k.box.Hide()
	return k
}

func (k *peeking) set(v *live.Peek) {
	if k.box.Hidden = v == nil; k.box.Hidden {
		return
	}
	k.kind.SetText(map[assist.Type]string{assist.TypeCustomer: "ANOTHER CUSTOMER", assist.TypeCompany: "A COMPANY", assist.TypeNote: "A NOTE",
		assist.TypePromise: "A PROMISE", assist.TypeInsight: "WHAT WAS HEARD", assist.TypeKudos: "PRAISE", assist.TypePrompt: "A QUESTION"}[v.Type])
	k.title.SetText(v.Title)
	k.sub.SetText(v.Sub)
	k.text.SetText(v.Text)
}
