package setup

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ringside/ui/panes"
	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// importParts is what the import page is built of; show decides which are seen.
type importParts struct {
	title, about, trouble, later *widgets.Text
	choose, next, stop, save     *widget.Button
	again, leave, back           *widget.Button
	path                         *widgets.Entry
	kind                         *kindBar
	drop, buttons                *fyne.Container
	questions                    *fyne.Container
	replies                      []*widget.Button // to the questions that are shown
	asked                        string           // what they ask, to tell whether they are others now
	bar                          *widget.ProgressBar
	columns                      *widget.List
	refused                      *panes.Rows
	head                         *fyne.Container
	content                      *panes.Measured
}

func (p *Import) build() {
	v := &p.parts
	v.title = widgets.NewText(widgets.Style{Size: theme.Title, Bold: true})
	v.about = muted("")
	v.trouble = widgets.NewText(widgets.Style{Colour: theme.Late})
	v.later = small("")
	v.choose = widget.NewButtonWithIcon("Choose a file…", base.FolderOpenIcon(), func() { call(p.OnChoose) })
	v.choose.Importance = widget.HighImportance
	v.path = widgets.NewEntry("or write where the file is, and press Enter", 1, widgets.Keys{Key: widgets.PassKey})
	v.path.OnSubmitted = func(s string) { p.Open(strings.TrimSpace(s)) }
	v.drop = widgets.On(widgets.NewGround(theme.Raised, theme.Hairline, 8), widgets.Even(20), widgets.Column(10,
		widgets.Say(widgets.Style{Size: theme.Lead, Bold: true}, "Drop a file here"),
		muted("CSV or tab-separated tables, and contacts as vCard. From Excel: “save as CSV UTF-8”. Nothing is kept before you have seen what it would do."),
		widgets.Row(0, nil, v.choose), v.path))
	v.next = widget.NewButtonWithIcon("", base.ConfirmIcon(), p.run)
	v.next.Importance = widget.HighImportance
	v.stop = widget.NewButtonWithIcon("Stop", base.CancelIcon(), func() { p.stop() })
	v.save = widget.NewButtonWithIcon("Save this report…", base.DocumentSaveIcon(), func() {
		if p.OnSaveReport != nil {
			p.OnSaveReport(p.file(), p.outcome)
		}
	})
	v.again = widget.NewButton("Another file", func() { p.trouble(""); p.show(choosing) })
	v.leave = widget.NewButton("Done", p.leave)
	v.leave.Importance = widget.HighImportance
	v.back = widget.NewButtonWithIcon("Back", base.NavigateBackIcon(), p.leave)
	v.back.Importance = widget.LowImportance
	v.buttons = widgets.Row(8, nil, v.next, v.stop, v.leave, v.save, v.again, v.back)
	v.questions = widgets.Column(8)
	v.bar = widget.NewProgressBar()
	v.bar.TextFormatter = func() string { return "" } // the line above it says more
	v.columns = p.columnList()
	v.refused = panes.NewRows(p.refusal)
	v.kind = newKindBar(p)
	v.head = widgets.Column(12, v.title, v.about, v.trouble, v.kind.object, v.drop, v.questions, v.bar, v.buttons, v.later)
	stack := panes.Fill(v.columns, widgets.Pad(widgets.Sides(8, 0), v.refused))
	v.content = panes.Centred(panes.Most(760+2*columnEdge, widgets.ColumnFilled(0, stack,
		widgets.Pad(widgets.Edges{Left: columnEdge, Top: 20, Right: columnEdge, Bottom: 8}, v.head), stack)))
}

func (p *Import) trouble(sentence string) { p.parts.trouble.SetText(sentence) }

// show turns the page to a state and fills in its words.
func (p *Import) show(s state) {
	p.state = s
	v := &p.parts
	v.kind.object.Hidden = s != choosing && s != asking
	v.kind.mark()
	v.drop.Hidden = s != choosing
	v.bar.Hidden = s != running
	v.next.Hidden = s != asking
	v.stop.Hidden = s != running
	v.save.Hidden = s != done || len(p.outcome.Refused) == 0 || p.OnSaveReport == nil
	v.again.Hidden = s != done && s != asking
	v.leave.Hidden = s != done
	v.back.Hidden = s == running || s == done
	v.questions.Hidden = s != asking
	v.columns.Hidden = s != asking || len(p.picture.Columns) == 0
	v.refused.Hidden = s != done || len(p.outcome.Refused) == 0
	v.later.SetText("")
	switch s {
	case choosing:
		p.begin()
	case looking:
		v.title.SetText(p.file())
		v.about.SetText("Looking at the file…")
	case asking:
		p.showAsking()
	case running:
		v.title.SetText("Bringing " + p.rowsWord() + " from " + p.file())
		p.showProgress()
	case done:
		p.showDone()
	}
	p.arrange()
}

func (p *Import) arrange() {
	p.parts.content.Arrange()
}

func (p *Import) showAsking() {
	v := &p.parts
	v.title.SetText(p.file())
	v.about.SetText(strings.TrimSpace(fmt.Sprintf("This is %s, with %s. %s", p.picture.Kind, p.rowsWord(), p.picture.Would)))
	p.showQuestions()
	v.questions.Hidden = len(v.questions.Objects) == 0
	v.next.SetText("Import " + p.rowsWord())
	v.next.Enable()
	switch n := p.questions(); {
	case p.stuck:
		v.next.Disable()
		v.later.SetText("Below is what each column is taken for. Change what is wrong.")
	case n == 1:
		v.next.Disable()
		v.later.SetText("One question first.")
	case n > 1:
		v.next.Disable()
		v.later.SetText(fmt.Sprintf("%d questions first.", n))
	case len(p.picture.Columns) > 0:
		v.later.SetText("Below is what each column is taken for. Change what is wrong.")
	}
	v.columns.Refresh()
}

// showQuestions shows the questions about dates and amounts and the first unknown
// column. What is asked already stays as it is, so that it keeps the keyboard.
func (p *Import) showQuestions() {
	v, asks := &p.parts, p.asks()
	now := fmt.Sprint(p.kind, p.path, p.picture.Date, p.picture.Amounts, asks)
	if now == v.asked {
		return
	}
	v.asked, v.questions.Objects, v.replies = now, nil, nil
	ask := func(text string, replies ...*widget.Button) {
		v.replies = append(v.replies, replies...)
		v.questions.Add(question(text, replies[0], replies[1]))
	}
	reply := func(words string, do func()) *widget.Button {
		return widget.NewButton(words, func() { do(); p.focusNext() })
	}
	if p.picture.Date != "" {
		ask(fmt.Sprintf("The file has dates like %s. Which comes first?", p.picture.Date),
			reply("The day", func() { p.monthFirst(false) }), reply("The month", func() { p.monthFirst(true) }))
	}
	if p.picture.Amounts != "" {
		ask(p.picture.Amounts+" What stands before the pence?", reply("A point", func() { p.comma(false) }), reply("A comma", func() { p.comma(true) }))
	}
	if len(asks) == 0 {
		return
	}
	c := p.picture.Columns[asks[0]]
	text, yes, meaning := p.ask(c)
	if len(asks) > 1 {
		text += fmt.Sprintf(" (%d more to answer)", len(asks)-1)
	}
	ask(text, reply(yes, func() { p.settle(c, meaning) }),
		reply("Keep it out", func() { p.mean(c.Name, p.picture.KeepOut) }))
}

// atReply reports whether the keyboard is at a reply to a question, or at what came after
// the last one.
func (p *Import) atReply() bool {
	c := fyne.CurrentApp().Driver().CanvasForObject(p.parts.content)
	if c == nil {
		return false
	}
	b, ok := c.Focused().(*widget.Button)
	return ok && (b == p.parts.next || slices.Contains(p.parts.replies, b))
}

// focusNext gives the keyboard to the next question, or to what comes after them.
func (p *Import) focusNext() {
	c := fyne.CurrentApp().Driver().CanvasForObject(p.parts.content)
	switch v := &p.parts; {
	case c == nil:
	case p.state == asking && len(v.replies) > 0:
		c.Focus(v.replies[0])
	case p.state == asking:
		c.Focus(v.next)
	case p.state == done:
		c.Focus(v.leave)
	}
}

func (p *Import) showProgress() {
	n, total := p.progress.get()
	v := &p.parts
	v.bar.Max = float64(max(total, 1))
	v.bar.SetValue(float64(n))
	v.about.SetText(fmt.Sprintf("%s of %s rows", say.Thousands(n), say.Thousands(total)))
}

func (p *Import) showDone() {
	v, o := &p.parts, p.outcome
	v.title.SetText(p.kind.count(o.Imported) + " came in")
	v.about.SetText(strings.TrimSpace(strings.Join(p.ended(), " · ") + "\n" + o.Also))
	if len(o.Refused) > 0 {
		v.later.SetText("What was not taken, by its line in the file:")
	}
	v.refused.SetCount(len(o.Refused))
}

func (p *Import) refusal(i int) panes.Line {
	r := p.outcome.Refused[i]
	l := panes.Line{Title: r.Reason, Sub: fmt.Sprintf("line %s", say.Thousands(r.Line)), Badge: "whole row", Tone: panes.Late}
	if r.Column != "" {
		l.Sub += " · " + r.Column
		l.Badge, l.Tone = "one value", panes.Eye
	}
	return l
}

func question(text string, first, second fyne.CanvasObject) fyne.CanvasObject {
	return widgets.On(widgets.NewGround(theme.AmberPale, "", 8), widgets.Even(12),
		widgets.Column(8, widgets.Say(widgets.Style{}, text), widgets.Row(8, nil, first, second)))
}

func samples(c Column) string {
	if len(c.Samples) == 0 {
		return "nothing yet"
	}
	quoted := make([]string, 0, 2)
	for _, s := range c.Samples[:min(2, len(c.Samples))] {
		quoted = append(quoted, "“"+s+"”")
	}
	return strings.Join(quoted, ", ")
}
