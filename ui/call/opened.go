package call

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"ringside/assist/live"
	"ringside/ui/say"
	"ringside/ui/shots"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// openAnswer is the answer in front of the rep, to be read aloud.
type openAnswer struct {
	p            *Page
	box          *fyne.Container
	title, where *widgets.Text
	mind         *fyne.Container // what to mind before it is said
	aside, warn  *widgets.Text
	words        *widgets.Text
	source, web  *widgets.Text
	site, liked  *widgets.Text
	marks        [3]*widgets.Action // said, helped, wrong
	learn        *fyne.Container    // what is to be learned, where there is room
	steps        *fyne.Container
	files        *fyne.Container // pictures and others, of the answer and of its steps
	rows         []*widgets.PickRow
	shown        *live.Open
}

func newOpenAnswer(p *Page) *openAnswer {
	o := &openAnswer{p: p,
		title:  widgets.NewText(widgets.Style{Size: theme.Title, Bold: true, Lines: 2}),
		where:  widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Muted, Lines: 1}),
		aside:  widgets.NewText(widgets.Style{Colour: theme.Amber, Bold: true, Lines: 2}),
		warn:   widgets.NewText(widgets.Style{Colour: theme.Amber}),
		words:  widgets.NewText(widgets.Style{Size: theme.Lead}),
		source: widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Muted, Lines: 3}),
		web:    widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Accent, Lines: 1}),
		site:   widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Muted, Lines: 3}),
		liked:  widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Muted, Lines: 2}),
		steps:  widgets.Column(theme.Grid),
		files:  widgets.Column(theme.Grid),
		learn:  widgets.Column(0),
	}
	o.mind = widgets.On(widgets.NewGround(theme.AmberPale, "", 6), widgets.Sides(3*theme.Grid, 2*theme.Grid), widgets.Column(2, o.aside, o.warn))
	shut := widgets.NewAction(widgets.Plain, "Close", "Esc", p.keys(), func() { p.desk.Use(live.Use{CloseAnswer: true}) })
	keys := p.keys()
	o.marks = [...]*widgets.Action{
		widgets.NewAction(widgets.Quiet, "Said it", "Alt+S", keys, func() { p.fared(live.AnsweredUse{Said: true}) }),
		widgets.NewAction(widgets.Quiet, "Helped", "Alt+H", keys, func() { p.fared(live.AnsweredUse{Helped: true}) }),
		widgets.NewAction(widgets.Quiet, "Wrong", "Alt+W", keys, func() { p.fared(live.AnsweredUse{Wrong: true}) }),
	}
	fared := widgets.Wrapped(2*theme.Grid, o.marks[0], o.marks[1], o.marks[2])
	o.box = widgets.On(widgets.NewGround(theme.Raised, theme.Hairline, 8), widgets.Even(4*theme.Grid),
		widgets.Column(3*theme.Grid,
			widgets.Column(2, widgets.Row(2*theme.Grid, o.title, o.title, shut), o.where),
			o.mind, o.words, widgets.Column(2*theme.Grid, fared, o.learn), o.steps, o.files, widgets.Column(2, o.source, o.liked, o.site, o.web)))
	o.box.Hide()
	return o
}

func (o *openAnswer) set(v *live.Open) {
	o.box.Hidden = v == nil
	if v == nil || o.shown == v {
		return
	}
	o.shown = v
	o.title.SetText(v.Title)
	where := say.Capital(v.Department)
	if len(v.Also) > 0 {
		where += ", and " + strings.Join(v.Also, ", ")
	}
	o.where.SetText(where)
	words, aside := v.Say, ""
	switch {
	case v.Internal:
		aside = "For you only: not for saying aloud"
	case v.Draft:
		aside = "A draft: nobody has agreed to these words yet"
	}
	o.aside.SetText(aside)
	o.warn.SetText(strings.Join(v.Warnings, "\n"))
	o.mind.Hidden = aside == "" && len(v.Warnings) == 0
	o.words.SetText(words)
	hit := v.AnswerHit
	hit.Flagged, hit.Internal = "", false // said above the words already
	source := widgets.Source(hit)
	if v.Deputy != "" {
		source += "  ·  while they are away, " + v.Deputy
	}
	o.source.SetText(source)
	o.site.SetText(v.Site)
	o.liked.SetText(v.Liked)
	tone := theme.Muted
	if v.Stale || v.Draft {
		tone = theme.Amber
	}
	o.source.SetColour(tone)
	o.web.SetText(v.Web)
	for i, on := range [...]bool{v.Said, v.Helped, v.Wrong} {
		label := [...]string{"Said it", "Helped", "Wrong"}[i]
		if on {
			label = "✓ " + label
		}
		o.marks[i].SetLabel(label)
		o.marks[i].SetOn(on)
	}
	o.setSteps(v.Steps)
	o.setFiles(v)
}

// setFiles shows the pictures, below all steps, so that the steps stay together.
func (o *openAnswer) setFiles(v *live.Open) {
	o.files.Objects = nil
	o.files.Hidden = len(v.Files) == 0
	if o.files.Hidden {
		return
	}
	album := o.p.Album
	if album == nil {
		album = &shots.Album{}
	}
	for step := range len(v.Steps) + 1 {
		shown := album.Of(v.Files, step)
		if len(shown) > 0 && step > 0 {
			o.files.Add(widgets.Say(widgets.Style{Size: theme.Small, Colour: theme.Muted}, fmt.Sprintf("Step %d", step)))
		}
		for _, x := range shown {
			o.files.Add(x)
		}
	}
	album.Load(v.Files, func() {
		if o.shown == v {
			o.setFiles(v)
			o.p.arrange()
		}
	})
}

// fared marks what came of the open answer; the same again takes it back.
func (p *Page) fared(u live.AnsweredUse) {
	if o := p.view.Open; o != nil {
		u.Answer = o.ID
		p.desk.Use(live.Use{Answered: u})
	}
}

func (o *openAnswer) setSteps(steps []live.Step) {
	for i := len(o.rows); i < len(steps); i++ {
		r := widgets.NewPickRow(o.p.keys(), func() { o.p.desk.Use(live.Use{Step: i + 1}) })
		o.rows = append(o.rows, r)
		o.steps.Objects = append(o.steps.Objects, r)
	}
	for i, r := range o.rows {
		r.Hidden = i >= len(steps)
		if r.Hidden {
			continue
		}
		done := "to do"
		if steps[i].Done {
			done = "✓ done"
		}
		r.SetPick(fmt.Sprintf("%d.  %s", i+1, steps[i].Text), "", done, steps[i].Done)
	}
	o.steps.Hidden = len(steps) == 0
}
