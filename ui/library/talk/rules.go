package talk

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// rulesForm is the page of rules of tact, as text, with a place to try words on it.
type rulesForm struct {
	form *Page
	kept string // what was in force when the trainer began to type
	now  string // what is in force

	page, words *widgets.Entry
	holds       *widgets.Text
	fault       *widgets.Text
	keep, undo  *widget.Button
	object      *fyne.Container
}

func newRulesForm(p *Page) *rulesForm {
	r := &rulesForm{form: p}
	r.page = widgets.NewEntry("", 8, p.keys())
	r.page.OnTyped = func(string) { r.typed() }
	r.words = widgets.NewEntry("Try it: what does the customer say?", 1, p.keys())
	r.words.OnTyped = func(string) { r.try() }
	r.holds = widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Muted})
	r.fault = widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Late, Lines: 8})
	r.keep = widget.NewButtonWithIcon("Put in force (Ctrl+S)", base.DocumentSaveIcon(), r.save)
	r.keep.Importance = widget.HighImportance
	r.undo = widget.NewButtonWithIcon("As it was", base.ContentUndoIcon(), r.takeBack)
	head := widgets.Pad(widgets.Edges{Left: 24, Top: 16, Right: 24, Bottom: 8}, widgets.Column(4,
		widgets.Say(widgets.Style{Size: theme.Title, Bold: true}, "Rules of tact"),
		widgets.Say(widgets.Style{Colour: theme.Muted}, "The page says when questions, thanks and offers stay away, and why. Its own first lines tell how it is read.")))
	foot := widgets.On(widgets.NewGround(theme.Ground, "", 0), widgets.Sides(24, 10), widgets.Column(8, r.words, r.holds, r.fault, widgets.Wrapped(8, r.keep, r.undo)))
	text := widgets.Pad(widgets.Sides(16, 0), r.page)
	r.object = widgets.ColumnFilled(0, text, head, text, widgets.Line(), foot)
	r.object.Hide()
	return r
}

// stands takes over the page that is in force; what was typed stays.
func (r *rulesForm) stands(page string) {
	if r.now = page; !r.dirty() {
		r.kept = page
		r.page.SetShown(page)
		r.page.CursorRow, r.page.CursorColumn = 0, 0
	}
	r.say()
}

func (r *rulesForm) dirty() bool { return r.page.Text != r.kept }

func (r *rulesForm) typed() {
	r.fault.SetText("")
	r.try()
	r.form.reline()
}

// try says which rules of the page as it stands here hold on the words.
func (r *rulesForm) try() {
	words := strings.TrimSpace(r.words.Text)
	r.holds.SetText("")
	if words != "" && r.form.opt.Try != nil {
		list, err := r.form.opt.Try(r.page.Text, words)
		switch {
		case err != nil:
			r.holds.SetText("The page has a fault, so nothing can be tried: " + firstLine(say.Error(err)))
		case len(list) == 0:
			r.holds.SetText("No rule holds: questions, thanks and offers are welcome.")
		default:
			r.holds.SetText(strings.Join(list, "\n"))
		}
	}
	r.say()
}

func (r *rulesForm) say() {
	enable(r.keep, r.dirty() && !r.form.saving)
	enable(r.undo, r.dirty())
	widgets.Arrange(r.object)
}

func (r *rulesForm) save() {
	page := r.page.Text
	if !r.dirty() {
		return
	}
	before := r.kept
	r.form.keep(func(ctx context.Context) error { return r.form.opt.Source.SaveRules(ctx, before, page) }, func(err error) {
		if err == nil {
			r.kept, r.now = page, page
		}
		r.fault.SetText(faults(err))
		r.say()
	})
	r.say()
}

func (r *rulesForm) takeBack() {
	r.kept = r.now
	r.page.SetShown(r.kept)
	r.typed()
}

// faults says everything that is wrong with a page, a line each.
func faults(err error) string {
	several, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return say.Error(err)
	}
	var out []string
	for _, e := range several.Unwrap() {
		out = append(out, say.Error(e))
	}
	return strings.Join(out, "\n")
}

func firstLine(s string) string {
	first, _, _ := strings.Cut(s, "\n")
	return first
}
