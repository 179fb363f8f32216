package call

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/assist/live"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// hearing is the middle: what the customer says, what can be answered, and what
// else was found.
type hearing struct {
	p       *Page
	head    *fyne.Container // the box
	results *fyne.Container
	rest    []fyne.CanvasObject // of the results, below the open answer
	tall    *widgets.Tall       // results, scrolled; only in the wide layout
	scroll  *widgets.Tall       // what scrolls the results: tall, or the whole page where it is slim
	entry   *widgets.Entry
	hint    *widgets.Text
	weak    *widgets.Text
	none    *fyne.Container
	advise  *widgets.Text // what to do when nothing fits
	list    *widgets.AnswerList
	finds   *widgets.FindList
	mark    int  // the marked row of both lists, counted from 0
	moved   bool // the desk knows that the rep has moved to the lists
	full    bool // the last letters found no room in the box
	open    *openAnswer
	learn   *learning
	flag    *flagging
	asks    bool // the sentences of a flag have come into sight
	peek    *peeking
	before  *fyne.Container // what was said before, until the first word
	past    []*widgets.FactRow
}

func newHearing(p *Page) *hearing {
	h := &hearing{p: p}
	h.entry = widgets.NewEntry("A few of their words: charged twice", 1, p.keys())
	h.entry.OnTyped = func(s string) {
		h.moved, h.full = false, false
		h.setMark(0)
		h.toBox()
		p.desk.HearIn(p.view.Call, s)
	}
	h.entry.OnFull = func() {
		h.full = true
		h.hint.SetText(h.advice(p.view))
		p.arrange()
	}
	h.entry.First = func(r rune) bool { return r == '/' } // the key that leads here
	label := widgets.Say(widgets.Style{Size: theme.Lead, Bold: true, Lines: 1}, "What does the customer say?")
	slash := widgets.Say(widgets.Style{Size: theme.Small, Colour: theme.Muted, Lines: 1}, "/  or  Ctrl+F")
	h.head = widgets.Column(2*theme.Grid, widgets.Row(2*theme.Grid, label, label, slash), h.entry)

	h.weak = widgets.NewText(widgets.Style{Colour: theme.Amber, Lines: 2})
	findOut := widgets.NewAction(widgets.Primary, "I'll find out", "Ctrl+I", p.keys(), p.findOut)
	h.advise = widgets.NewText(widgets.Style{})
	h.none = widgets.On(widgets.NewGround(theme.AmberPale, "", 8), widgets.Even(4*theme.Grid), widgets.Column(2*theme.Grid,
		widgets.Say(widgets.Style{Size: theme.Lead, Bold: true, Lines: 2}, "Nothing in the library fits"),
		h.advise, widgets.Wrapped(0, findOut)))
	h.list = widgets.NewAnswerList(p.keys(), func(i int) string { return fmt.Sprintf("Ctrl+%d", i+1) })
	h.list.OnOpen = func(id assist.ID) { p.desk.Use(live.Use{Answer: id}) }
	h.list.OnMoved = h.tellMoved
	h.finds = widgets.NewFindList(p.keys(), true)
	h.finds.OnOpen = h.openFound
	h.finds.OnMoved = h.tellMoved
	h.open, h.learn, h.flag, h.peek = newOpenAnswer(p), newLearning(p), newFlagging(p), newPeeking(p)
	h.hint = widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Muted, Lines: 2})
	h.before = widgets.Column(3*theme.Grid, widgets.Heading("WHAT WAS SAID BEFORE"))
	for range mostContacts {
		r := widgets.NewFactRow(4, p.arrange)
		h.past = append(h.past, r)
		h.before.Objects = append(h.before.Objects, r)
	}
	h.rest = []fyne.CanvasObject{h.list, h.finds, h.none, p.help.honest, h.hint, widgets.Pad(widgets.Edges{Top: 4 * theme.Grid}, h.before)}
	h.results = widgets.Column(2 * theme.Grid)
	h.order(false)
	return h
}

// order puts what is to be learned and what is told of a flag into the open answer, below
// what came of it, or above the answer where there is so little room that it would not be
// seen there.
func (h *hearing) order(slim bool) {
	papers := []fyne.CanvasObject{h.p.pass.came, h.p.letter.paper, h.p.pass.paper, h.p.help.paper}
	top := append(papers, h.peek.box, h.weak, h.open.box)
	h.open.learn.Objects = []fyne.CanvasObject{h.learn.box, h.flag.box}
	if slim {
		top = append(papers, h.peek.box, h.learn.box, h.flag.box, h.weak, h.open.box)
		h.open.learn.Objects = nil
	}
	h.results.Objects = append(top, h.rest...)
}

// setBefore fills the middle, where it is wide and nothing was heard yet, with the
// earlier contacts: customers mostly call about the same again.
func (h *hearing) setBefore(v live.View) {
	h.before.Hidden = h.tall == nil || v.Letter != nil || v.Card == nil || len(v.Card.Last) == 0 || v.Open != nil || v.Peek != nil ||
		v.Answers.State != "" || len(v.Answers.Hits) > 0
	if h.before.Hidden {
		return
	}
	for i, r := range h.past {
		r.SetFact("", "", "")
		if i < len(v.Card.Last) {
			c := v.Card.Last[i]
			r.SetFact(c.When, c.Text, c.By)
		}
	}
}

func (h *hearing) set(old, v live.View, fresh bool) {
	if fresh {
		h.entry.SetShown(v.Heard)
		h.mark, h.moved, h.full = 0, false, false
	}
	if fresh || old.Answers.State != v.Answers.State || !slices.Equal(old.Answers.Hits, v.Answers.Hits) {
		h.list.SetAnswers(v.Answers)
	}
	if fresh || !slices.Equal(old.Found, v.Found) {
		h.finds.SetFinds(v.Found, v.At)
	}
	h.finds.Hidden = v.Open != nil || h.finds.Len() == 0
	h.setOpened(old, v, fresh)
	h.setMark(h.mark)
	h.setNone(v)
	h.hint.SetText(h.advice(v))
	h.setBefore(v)
}

// setOpened shows the open answer, what can be learned and what the rep looks at, and
// leads the eye and the keyboard there and back.
func (h *hearing) setOpened(old, v live.View, fresh bool) {
	h.open.set(v.Open)
	h.learn.set(v.Learn)
	h.asks = h.flag.set(v.Open) && !fresh
	h.peek.set(v.Peek)
	if fresh || openID(old) != openID(v) {
		h.list.SetOpen(openID(v))
		h.markOpen(v)
		h.toBox()
	}
	if fresh {
		h.scroll.ScrollToTop()
	}
	if v.Peek != nil && (old.Peek == nil || old.Peek.ID != v.Peek.ID) {
		h.toBox()
	}
	if v.HandOver != "" && old.HandOver == "" || v.Letter != nil && old.Letter == nil || v.Helpers != nil && old.Helpers == nil {
		h.toBox()
	}
	h.p.leaveHidden(h.open.box, h.flag.box, h.learn.box, h.learn.ask, h.peek.box, h.p.pass.paper, h.p.help.paper, h.p.letter.paper)
}

// markOpen moves the mark to the answer that is open, so that Down leads to the next.
func (h *hearing) markOpen(v live.View) {
	if i := slices.IndexFunc(v.Answers.Hits, func(a live.AnswerHit) bool { return a.ID == openID(v) }); i >= 0 {
		h.mark = i
	}
}

func (h *hearing) toTop() {
	if h.tall != nil {
		h.tall.ScrollToTop()
	}
}

// toBox shows the beginning of the lists to whoever types, and the box where it is
// scrolled with them.
func (h *hearing) toBox() {
	h.toTop()
	if h.tall == nil {
		h.scroll.Reveal(h.entry, 12*theme.Grid, 40*theme.Grid)
	}
}

// setNone says that nothing fits, or that it fits only weakly. What else was found
// stands first then, and between calls nobody waits for an answer.
func (h *hearing) setNone(v live.View) {
	h.none.Hidden = v.Answers.State != "none" || v.Open != nil || v.Call == "" && len(v.Found) > 0
	h.advise.SetText("")
	if len(v.Found) == 0 {
		h.advise.SetText("Do not guess. Say that you will find out: it becomes a promise to the customer and a question for the trainers.")
	}
	weak := ""
	if v.Answers.State == "dim" && v.Open == nil {
		weak = "Weak matches: read before you speak."
	}
	h.weak.SetText(weak)
}

func openID(v live.View) assist.ID {
	if v.Open == nil {
		return ""
	}
	return v.Open.ID
}

func (h *hearing) advice(v live.View) string {
	switch {
	case h.full:
		return "The box is full: it looks for the first 1,000 letters."
	case v.Open != nil && len(v.Answers.Hits) > 0:
		return "Other answers: Ctrl+1 to 5"
	case v.Open != nil:
		return ""
	case len(v.Answers.Hits) > 0 || len(v.Found) > 0:
		return "Enter opens the marked one   ·   Up and Down move   ·   Esc clears"
	case v.Answers.State == "none":
		return ""
	case v.Call == "":
		return "Answers come while you type, from every department. A name or a number finds the customer."
	}
	return "Answers come while you type, from every department. A few words are enough."
}

// rows is how many rows there are to move through: answers, then what else was found.
func (h *hearing) rows() int {
	if h.finds.Hidden {
		return h.list.Len()
	}
	return h.list.Len() + h.finds.Len()
}

// setMark marks a row of both lists, counted from 0.
func (h *hearing) setMark(i int) {
	h.mark = max(min(i, h.rows()-1), 0)
	answer, find := h.mark, -1
	if h.mark >= h.list.Len() && h.rows() > 0 {
		find = h.mark - h.list.Len()
	}
	if find >= 0 && h.list.Selected() >= 0 {
		h.list.Unmark()
	} else if find < 0 && h.list.Selected() != answer {
		h.list.Select(answer)
	}
	h.finds.Select(find)
}

// walk moves the mark, and the scroll no further than it takes to see it.
func (h *hearing) walk(by int) {
	h.setMark(h.mark + by)
	h.tellMoved()
	if h.mark == 0 {
		h.toBox()
	}
	row := h.list.Row(h.list.Selected())
	if row == nil {
		row = h.finds.Row(h.finds.Selected())
	}
	if row != nil {
		h.scroll.Reveal(row, 8*theme.Grid, 2*theme.Grid)
	}
}

// tellMoved tells the desk, once for the same words, that the lists must stay as
// they are.
func (h *hearing) tellMoved() {
	if !h.moved && h.rows() > 0 {
		h.moved = true
		h.p.desk.Use(live.Use{Moved: true})
	}
}

// openFound opens what is no answer. A caller who was looked for by name leaves no
// words behind in the box.
func (h *hearing) openFound(f glance.Found) {
	if f.Type == assist.TypeCustomer && h.p.view.Who != live.Known {
		h.entry.SetShown("")
		h.p.focus(h.entry)
	}
	h.p.desk.Use(live.Use{Found: live.FoundUse{Type: f.Type, ID: f.ID}})
}

// key moves the mark and opens the marked row, from the answer box and from where
// nothing has the keyboard.
func (h *hearing) key(at fyne.CanvasObject, ev *fyne.KeyEvent) bool {
	if at == h.learn.entry && (ev.Name == fyne.KeyReturn || ev.Name == fyne.KeyEnter) {
		h.learn.take()
		return true
	}
	if at != h.entry && (at != nil || h.rows() == 0) {
		return false
	}
	switch ev.Name {
	case fyne.KeyDown:
		h.walk(1)
	case fyne.KeyUp:
		h.walk(-1)
	case fyne.KeyReturn, fyne.KeyEnter:
		h.list.Open(h.list.Selected())
		h.finds.Open(h.finds.Selected())
	default:
		return false
	}
	return true
}
