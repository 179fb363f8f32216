// Package library is the page on which a rep reads the answers of all
// departments: to look one up without a call, and to see which of them somebody
// should verify again.
package library

import (
	"context"
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/ui/async"
	"ringside/ui/library/used"
	"ringside/ui/panes"
	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// Hit is an answer that was found, and the words that say why.
type Hit struct {
	Answer assist.ID
	Why    string
}

// Options is what the page is made of.
type Options struct {
	// Find returns the answers that fit the words, the best first. It is called
	// beside the window's goroutine; its context ends when other words were typed.
	Find func(ctx context.Context, words string) ([]Hit, error)
	// Counts returns how an answer fared in calls; nil leaves that out. It is called
	// beside the window's goroutine; its context ends when another answer is read.
	Counts func(ctx context.Context, answer assist.ID) (glance.Counts, error)
	// Trend returns how an answer fared week by week; nil leaves that out. AllCounts
	// returns how every answer fared; nil leaves out the orders by it. Both are called as
	// Counts is.
	Trend     func(ctx context.Context, answer assist.ID) ([]used.Week, error)
	AllCounts func(ctx context.Context) (map[assist.ID]glance.Counts, error)
	// Blob returns the bytes of an answer's file; nil names the files only. It is called
	// beside the window's goroutine.
	Blob func(ctx context.Context, id assist.ID) ([]byte, error)
	// Name returns a rep's name; nil or "" shows the id.
	Name func(rep assist.ID) string
	// Fill puts what is known into the blanks of an answer; nil names the blanks.
	Fill func(text string) string
	// Now is the clock; nil is time.Now.
	Now func() time.Time
	// Post brings results to the window; nil is async.Window.
	Post async.Post
}

// Page is the library. Its methods are for the window's goroutine.
type Page struct {
	// OnCopy is called with the words of an answer that the rep wants to paste.
	OnCopy func(text string)
	// OnImport is called when the rep wants to bring a pack of answers; nil hides
	// the button.
	OnImport func()
	// OnSettle is called when the rep takes a proposal into its answer, or refuses it.
	// The page has taken it off its list by then.
	OnSettle func(proposal assist.ID, take bool)
	// OnEdit is called when the rep wants to change an answer, or to write a new one ("").
	OnEdit func(answer assist.ID)
	// OnChanges is called when the rep wants to see what waits to be published.
	OnChanges func()

	opt     Options
	answers []assist.Answer // by department and title
	byID    map[assist.ID]int
	hits    []Hit // what was found, in any department; nil while the box is empty
	shown   []Hit // what the list shows
	waits   waits

	box        *panes.Box
	department *widget.Select
	order      *widget.Select
	fared      map[assist.ID]glance.Counts // as read for the order
	uncount    func()                      // that is not wanted any more
	widen      *widget.Button
	count      *widgets.Text
	rows       *panes.Rows
	split      *panes.Split
	none       *panes.Empty // nothing fits the words
	empty      *panes.Empty // no answers at all
	reading    *reading
	hosted     hosted
	content    *fyne.Container
	cancel     func()
}

const allDepartments = "All departments"

// New returns the page without answers.
func New(opt Options) *Page {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if opt.Post == nil {
		opt.Post = async.Window
	}
	p := &Page{opt: opt, cancel: func() {}, uncount: func() {}}
	p.build()
	p.SetAnswers(nil)
	return p
}

// Object returns what the window shows.
func (p *Page) Object() fyne.CanvasObject { return p.content }

// SetAnswers shows these answers, but for those that are off. What the rep typed and has open stays, if it is
// still there.
func (p *Page) SetAnswers(answers []assist.Answer) {
	open := p.reading.answer.ID
	p.answers = sorted(answers)
	p.byID = make(map[assist.ID]int, len(answers))
	for i, a := range p.answers {
		p.byID[a.ID] = i
	}
	p.department.Options = append([]string{allDepartments}, departments(p.answers)...)
	if !contains(p.department.Options, p.department.Selected) {
		p.department.Selected = allDepartments
	}
	p.department.Refresh()
	p.showEmpty()
	p.showWaits()
	p.find(p.box.Text)
	if _, ok := p.byID[open]; ok {
		p.choose(open)
	}
}

// Open shows one answer; it does nothing when there is no such answer.
func (p *Page) Open(id assist.ID) {
	if _, ok := p.byID[id]; ok {
		p.choose(id)
		p.split.Read(true)
	}
}

func (p *Page) choose(id assist.ID) {
	for i, h := range p.shown {
		if h.Answer == id {
			p.rows.SetChosen(i)
			return
		}
	}
	if i, ok := p.byID[id]; ok {
		p.read(Hit{Answer: p.answers[i].ID})
	}
}

// Find types words into the box, as from the search of the whole window.
func (p *Page) Find(words string) {
	p.box.SetText(words)
}

// Focus gives the keyboard to the box.
func (p *Page) Focus(c fyne.Canvas) {
	if p.hosted.object != nil {
		p.hosted.focus(c)
		return
	}
	c.Focus(p.box)
}

func (p *Page) find(words string) {
	p.cancel()
	if words != "" {
		p.lookAtWaits(false)
	}
	if words == "" || p.opt.Find == nil {
		p.hits = nil
		p.list(true)
		return
	}
	p.cancel = async.Load(p.opt.Post,
		func(ctx context.Context) ([]Hit, error) { return p.opt.Find(ctx, words) },
		func(hits []Hit, err error) {
			if err != nil {
				p.count.SetText(say.Error(err))
				return
			}
			if p.hits = hits; hits == nil {
				p.hits = []Hit{}
			}
			p.list(true)
		})
}

// list fills the rows with what fits words and department. The first is opened
// when the panes stand side by side.
func (p *Page) list(openFirst bool) {
	if p.waits.on {
		p.listWaits()
		return
	}
	all := p.hits
	if all == nil {
		all = make([]Hit, len(p.answers))
		for i, a := range p.inOrder() {
			all[i] = Hit{Answer: a.ID}
		}
	}
	p.order.Hidden = p.hits != nil || p.opt.AllCounts == nil
	p.shown = p.shown[:0]
	for _, h := range all {
		if i, ok := p.byID[h.Answer]; ok && p.inDepartment(p.answers[i]) {
			p.shown = append(p.shown, h)
		}
	}
	p.rows.SetCount(len(p.shown))
	p.count.SetText(p.counted(len(all)))
	more := len(all) - len(p.shown)
	p.widen.SetText(fmt.Sprintf("Look in all departments (%d more)", more))
	p.widen.Hidden = more == 0 || p.hits == nil
	p.none.Say("Nothing fits these words", "Use fewer words, or the words of the customer. In a call you can promise to find out: the question then waits for the trainers.", "", nil)
	p.none.Hidden = len(p.shown) > 0
	p.rows.Hidden = len(p.shown) == 0
	p.split.Arrange()
	if openFirst && len(p.shown) > 0 {
		p.rows.SetChosen(0)
	} else if len(p.shown) == 0 {
		p.reading.clear()
	}
}

func (p *Page) inDepartment(a assist.Answer) bool {
	name := p.department.Selected
	return name == allDepartments || name == "" || a.Department == name || contains(a.Also, name)
}

func (p *Page) counted(all int) string {
	if p.hits != nil && len(p.shown) == all {
		return fmt.Sprintf("%d found", all)
	}
	if p.hits != nil {
		return fmt.Sprintf("%d of %d found", len(p.shown), all)
	}
	look := 0
	for _, h := range p.shown {
		if a := p.answers[p.byID[h.Answer]]; a.Stale(p.opt.Now()) || a.Draft {
			look++
		}
	}
	text := plural(len(p.shown), "answer", "answers")
	if look > 0 {
		text += fmt.Sprintf(", %d need an eye", look)
	}
	return text
}

func (p *Page) line(i int) panes.Line {
	if p.waits.on {
		return p.waitingLine(i)
	}
	h := p.shown[i]
	a := p.answers[p.byID[h.Answer]]
	word, tone := state(a, p.opt.Now())
	sub := a.Department
	if h.Why != "" {
		sub += " · " + h.Why
	}
	if fared := p.faredIn(a.ID); fared != "" {
		sub += " · " + fared
	}
	return panes.Line{Title: a.Title, Sub: sub, Badge: word, Tone: tone}
}

func (p *Page) read(h Hit) {
	i, ok := p.byID[h.Answer]
	if !ok {
		return
	}
	p.reading.show(p.answers[i], h.Why)
	p.reading.offer(assist.Proposal{})
}

func (p *Page) showEmpty() {
	p.empty.Say("No answers yet",
		"An answer is what any rep can say, whatever their department. Bring a folder of them with the command\n\n    ringside import pack DIR\n\nand they stand here, ready to be found in a call.",
		"Choose a folder…", p.OnImport)
	none := len(p.answers) == 0
	p.empty.Hidden, p.split.Hidden = !none || p.hosted.object != nil, none || p.hosted.object != nil
}

func (p *Page) build() {
	p.rows = panes.NewRows(p.line)
	p.rows.OnChosen = func(i int) {
		p.read(p.shown[i])
		p.reading.offer(p.waitingAt(i))
	}
	p.rows.OnOpen = func(int) { p.split.Read(true) }
	p.rows.OnPage = func(way int) bool {
		if p.split.ReadingSeen() {
			p.reading.scroll.Page(way)
		}
		return p.split.ReadingSeen()
	}
	p.rows.OnLetter = func(r rune) {
		switch r {
		case 'c':
			p.reading.copied()
		case 't':
			p.settle(true)
		case 'r':
			p.settle(false)
		case 'e':
			p.edit(p.reading.answer.ID)
		case 'n':
			p.write()
		case 'd':
			p.changes()
		}
	}
	p.box = panes.NewBox("Find an answer", p.rows)
	p.box.OnChanged = p.find
	p.department = widget.NewSelect([]string{allDepartments}, nil)
	p.department.Selected = allDepartments
	p.department.OnChanged = func(string) { p.list(true) }
	p.order = widget.NewSelect(orders(), nil)
	p.order.Selected = byTitle
	p.order.OnChanged = func(string) { p.reorder() }
	p.widen = widget.NewButton("", func() { p.department.SetSelected(allDepartments) })
	p.widen.Importance = widget.LowImportance
	p.widen.Alignment = widget.ButtonAlignLeading
	p.waits.button = widget.NewButton("", func() { p.lookAtWaits(!p.waits.on) })
	p.waits.button.Alignment = widget.ButtonAlignLeading
	p.count = widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Muted, Lines: 1})
	p.none, p.empty = panes.NewEmpty(), panes.NewEmpty()
	p.reading = newReading(p)
	head := widgets.Pad(widgets.Edges{Left: 12, Top: 12, Right: 12, Bottom: 8},
		widgets.Column(8, p.box, widgets.Beside(6, 100, p.department, p.order), p.waits.button, p.buildHosted(), p.widen, p.count))
	stack := panes.Fill(p.rows, p.none)
	p.split = panes.NewSplit(widgets.ColumnFilled(0, stack, head, stack), p.reading.object)
	p.content = panes.Fill(p.split, p.empty)
}
