package talk

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ringside/assist"
	"ringside/ui/panes"
	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// focusForm is where a trainer says what the team wants to know this week.
type focusForm struct {
	page *Page

	now      *widgets.Text
	fault    *widgets.Text
	topic    *widgets.Entry
	about    *widget.Select
	set      *widget.Button
	measured *panes.Measured
	object   *fyne.Container
}

const anything = "Whatever it is good for"

func newFocusForm(p *Page) *focusForm {
	f := &focusForm{page: p, now: widgets.NewText(widgets.Style{Size: theme.Lead}),
		fault: widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Late})}
	f.topic = widgets.NewEntry("next year, saws, delivery", 1, p.keys())
	f.topic.OnTyped = func(string) { f.say() }
	f.about = widget.NewSelect(append([]string{anything}, intelligences()...), func(string) { f.say() })
	f.about.Selected = anything
	f.set = widget.NewButtonWithIcon("Ask this for seven days (Ctrl+S)", base.ConfirmIcon(), f.save)
	f.set.Importance = widget.HighImportance
	label := func(s string) fyne.CanvasObject {
		return widgets.Say(widgets.Style{Size: theme.Small, Bold: true}, s)
	}
	all := widgets.Column(12, widgets.Say(widgets.Style{Size: theme.Title, Bold: true}, "What we want to know this week"), f.now,
		widgets.Say(widgets.Style{Colour: theme.Muted}, "Questions of this topic or kind come before others. Tact still decides whether anything is asked at all."),
		widgets.Column(2, label("Topic"), f.topic), widgets.Column(2, label("Kind of question"), f.about), f.fault, widgets.Row(0, nil, f.set))
	f.measured = panes.Most(680, widgets.Pad(widgets.Sides(24, 16), all))
	f.object = panes.Fill(f.measured)
	f.object.Hide()
	return f
}

// say shows whether there is something to set.
func (f *focusForm) say() {
	enable(f.set, (strings.TrimSpace(f.topic.Text) != "" || f.about.Selected != anything) && !f.page.saving)
}

// show says what holds now.
func (f *focusForm) show(d Data) {
	f.now.SetText(focusLine(d.Focus))
	f.say()
	f.measured.Arrange()
}

func (f *focusForm) save() {
	topic := strings.TrimSpace(f.topic.Text)
	var about assist.Intelligence
	for _, i := range assist.Intelligences() {
		if aboutWords(i) == f.about.Selected {
			about = i
		}
	}
	if topic == "" && about == "" {
		return
	}
	f.page.keep(func(ctx context.Context) error { return f.page.opt.Source.SetFocus(ctx, topic, about) }, func(err error) {
		f.fault.SetText(say.Error(err))
		if err == nil {
			f.topic.SetShown("")
			f.about.SetSelected(anything)
		}
		f.say()
	})
	f.say()
}

// intelligences are what a question can be good for, as people read them.
func intelligences() (out []string) {
	for _, i := range assist.Intelligences() {
		out = append(out, aboutWords(i))
	}
	return out
}
