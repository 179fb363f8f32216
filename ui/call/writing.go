package call

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"ringside/assist/compose"
	"ringside/assist/compose/check"
	"ringside/assist/live"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

const (
	mostKinds  = 9
	mostAdvice = 4
)

// writing is the letter to the customer: made by rule at once, to be changed by the
// rep, with what could be better, and beside it what a model makes of it.
type writing struct {
	p       *Page
	paper   *fyne.Container
	head    *widgets.Text
	kinds   []*widgets.Action
	subject *widgets.Entry
	body    *widgets.Entry
	advice  []*adviceRow
	state   *widgets.Text
	told    *widgets.Action
	polish  *widgets.Action
	show    *widgets.Action
	model   *modelText
	kind    compose.Letter // what the boxes were filled for
	copied  string
}

func newWriting(p *Page) *writing {
	w := &writing{p: p, head: widgets.Heading("WRITE TO THEM"),
		state: widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Good, Lines: 1})}
	keys := p.keys()
	var kinds []fyne.CanvasObject
	for i := range mostKinds {
		a := widgets.NewAction(widgets.Quiet, "", "", keys, func() { w.use(live.LetterUse{Kind: p.view.Letter.Kinds[i]}) })
		w.kinds = append(w.kinds, a)
		kinds = append(kinds, a)
	}
	w.subject = widgets.NewEntry("Subject", 1, keys)
	w.body = widgets.NewEntry("The letter", 8, keys)
	w.body.Most = mostLetters
	for _, e := range []*widgets.Entry{w.subject, w.body} {
		e.OnTyped = func(string) { w.use(live.LetterUse{Typed: true, Subject: w.subject.Text, Body: w.body.Text}) }
	}
	col := widgets.Column(2*theme.Grid, w.head, widgets.Wrapped(theme.Grid, kinds...), w.subject, w.body)
	for i := range mostAdvice {
		r := newAdviceRow(p, i)
		w.advice = append(w.advice, r)
		col.Objects = append(col.Objects, r.box)
	}
	w.told = widgets.NewAction(widgets.Quiet, "They know it now", "", keys, func() { w.use(live.LetterUse{Told: true}) })
	w.polish = widgets.NewAction(widgets.Quiet, "Polish", "Alt+P", keys, func() { w.useModel(live.LetterUse{Polish: true}) })
	w.show = widgets.NewAction(widgets.Plain, "Show what is sent", "Alt+Q", keys, func() { w.useModel(live.LetterUse{Show: true}) })
	w.model = newModelText(p)
	col.Objects = append(col.Objects, widgets.Wrapped(theme.Grid,
		widgets.NewAction(widgets.Quiet, "Copy", "Alt+E", keys, w.copy),
		widgets.NewAction(widgets.Quiet, "Mail", "", keys, w.mail),
		widgets.NewAction(widgets.Plain, "Save as a file…", "", keys, w.save),
		w.told, w.polish, w.show,
		widgets.NewAction(widgets.Plain, "Close", "Esc", keys, w.close)), w.state, w.model.box)
	w.paper = widgets.On(widgets.NewGround(theme.Raised, theme.Hairline, 8), widgets.Even(3*theme.Grid), col)
	w.set(live.View{}, true)
	return w
}

func (w *writing) use(u live.LetterUse) {
	if w.p.view.Letter != nil {
		w.p.desk.Use(live.Use{Letter: u})
	}
}

// useModel deals with the model, where one can be asked.
func (w *writing) useModel(u live.LetterUse) {
	if l := w.p.view.Letter; l != nil && l.CanPolish {
		w.use(u)
	}
}

// set fills the boxes when another letter has come; what the rep types in them is left
// alone.
func (w *writing) set(v live.View, fresh bool) {
	l := v.Letter
	w.paper.Hidden = l == nil
	if l == nil {
		w.kind, w.copied = "", ""
		return
	}
	w.head.SetText("WRITE TO THEM")
	if l.To != "" {
		w.head.SetText("WRITE TO " + l.To)
	}
	for i, a := range w.kinds {
		if a.Hidden = i >= len(l.Kinds); !a.Hidden {
			a.SetLabel(l.Kinds[i].Title())
			a.SetOn(l.Kinds[i] == l.Kind)
		}
	}
	changed := w.subject.Text != l.Subject || w.body.Text != l.Body
	if w.kind != l.Kind || fresh || changed && !w.typing() {
		w.subject.SetShown(l.Subject)
		w.body.SetShown(l.Body)
		w.body.ToTop()
		w.kind = l.Kind
	}
	for i, r := range w.advice {
		r.set(l.Advice, i)
	}
	w.told.SetOn(l.Told)
	w.state.SetText("")
	if w.copied != "" && w.copied == l.Body {
		w.state.SetText("✓  Copied")
	}
	w.setModel(*l)
}

// setModel shows whether a model can be asked, and what it says.
func (w *writing) setModel(l live.Letter) {
	w.polish.Hidden, w.show.Hidden = !l.CanPolish, !l.CanPolish
	w.polish.SetLabel("Polish")
	if l.Polish != nil && !l.Polish.Done && l.Polish.Fault == "" {
		w.polish.SetLabel("Stop polishing")
	}
	w.show.SetOn(l.Sends != "")
	w.model.set(l)
}

// typing reports whether the boxes hold what the rep types just now: the desk's text is
// a key behind then.
func (w *writing) typing() bool { return w.subject.Focused() || w.body.Focused() }

func (w *writing) copy() {
	if l := w.p.view.Letter; l != nil && w.p.OnCopy != nil {
		w.copied = w.body.Text
		w.p.OnCopy(w.body.Text)
		w.set(w.p.view, false)
		w.p.arrange()
	}
}

func (w *writing) mail() {
	if l := w.p.view.Letter; l != nil && w.p.OnMail != nil {
		w.p.OnMail(l.To, w.subject.Text, w.body.Text)
	}
}

func (w *writing) save() {
	if w.p.OnSaveText != nil {
		w.p.OnSaveText("letter.txt", w.subject.Text+"\n\n"+w.body.Text)
	}
}

func (w *writing) close() { w.use(live.LetterUse{Close: true}) }

// write opens the letter, or copies it when it is open.
func (p *Page) write() {
	if p.view.Letter != nil {
		p.letter.copy()
		return
	}
	if p.view.Call != "" {
		p.desk.Use(live.Use{Letter: live.LetterUse{Open: true}})
	}
}

// adviceRow is one thing that could be better, with the better line.
type adviceRow struct {
	box          *fyne.Container
	what, better *widgets.Text
	take         *widgets.Action
}

func newAdviceRow(p *Page, i int) *adviceRow {
	r := &adviceRow{what: widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Amber, Lines: 2}),
		better: widgets.NewText(widgets.Style{Size: theme.Small, Lines: 3})}
	r.take = widgets.NewAction(widgets.Plain, "Say it so", "", p.keys(), func() {
		if p.view.Letter != nil {
			p.letter.body.FocusLost() // the better line is to be seen in the box
			p.unfocus()
			p.desk.Use(live.Use{Letter: live.LetterUse{Better: i + 1}})
		}
	})
	words := widgets.Column(0, r.what, r.better)
	r.box = widgets.Row(2*theme.Grid, words, words, r.take)
	return r
}

func (r *adviceRow) set(all []check.Advice, i int) {
	if r.box.Hidden = i >= len(all); r.box.Hidden {
		return
	}
	r.what.SetText(fmt.Sprintf("Line %d: %s", all[i].Line, all[i].What))
	r.better.SetText(all[i].Better)
	r.take.Hidden = all[i].Better == ""
}

// modelText is what the model makes of the letter, and what is sent to it.
type modelText struct {
	box               *fyne.Container
	head, text, note  *widgets.Text
	take              *widgets.Action
	sends, sendsTitle *widgets.Text
}

func newModelText(p *Page) *modelText {
	m := &modelText{head: widgets.Heading("THE MODEL SAYS"), text: widgets.NewText(widgets.Style{}),
		note:       widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Amber, Lines: 3}),
		sends:      widgets.NewText(widgets.Style{Size: theme.Small}),
		sendsTitle: widgets.Heading("WHAT IS SENT, BYTE FOR BYTE: NAMES AND NUMBERS STAY HERE")}
	m.take = widgets.NewAction(widgets.Quiet, "Take this text", "", p.keys(), func() {
		p.unfocus()
		p.desk.Use(live.Use{Letter: live.LetterUse{Take: true}})
	})
	m.box = widgets.Column(theme.Grid, widgets.Row(2*theme.Grid, m.head, m.head, m.take), m.note, m.text, m.sendsTitle, m.sends)
	return m
}

func (m *modelText) set(l live.Letter) {
	m.box.Hidden = l.Polish == nil && l.Sends == ""
	m.sendsTitle.Hidden = l.Sends == ""
	m.sends.SetText(l.Sends)
	m.head.Hidden = l.Polish == nil
	m.head.SetText("THE MODEL SAYS")
	m.text.SetText("")
	m.note.SetText("")
	m.take.Hidden = true
	if l.Polish == nil {
		return
	}
	m.text.SetText(l.Polish.Text)
	switch {
	case l.Polish.Fault != "":
		m.note.SetText(l.Polish.Fault)
	case !l.Polish.Done:
		m.note.SetText("writing…")
	case len(l.Polish.Unfounded) > 0:
		m.note.SetText("Not from our facts, check before you send: " + strings.Join(l.Polish.Unfounded, ", "))
	}
	m.take.Hidden = !l.Polish.Done || l.Polish.Fault != ""
	if len(l.Polish.Sources) > 0 {
		m.head.SetText("THE MODEL SAYS  ·  from " + strings.Join(l.Polish.Sources, ", "))
	}
}
