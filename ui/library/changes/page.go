// Package changes is the list of what waits to be published: what reps sent to be
// reviewed, what is still being written, and what became of it.
package changes

import (
	"context"
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringside/assist"
	"ringside/ui/async"
	"ringside/ui/library/edit"
	"ringside/ui/panes"
	"ringside/ui/say"
	"ringside/ui/widgets"
)

// Row is one change, and the answer as it stands now (with no id when it is new).
type Row struct {
	assist.Revision
	Now assist.Answer
}

// Source is where changes are kept. Its methods are called beside the window's goroutine.
type Source interface {
	// Changes returns what is to be reviewed, the rep's own drafts, and what was lately
	// decided of what they sent; each the latest first.
	Changes(ctx context.Context) ([]Row, error)
	// Publish is edit.Source's.
	Publish(ctx context.Context, rev assist.Revision) (edit.Outcome, error)
	// Decline ends a change that is to be reviewed, with words for its author.
	Decline(ctx context.Context, id assist.ID, words string) error
	// Prove is edit.Source's.
	Prove(ctx context.Context, rev assist.Revision) (edit.Proof, error)
}

// Options is what the page is made of.
type Options struct {
	Source Source
	Name   func(rep assist.ID) string
	// May reports whether the rep here may publish and decline.
	May  func() bool
	Me   func() assist.ID
	Now  func() time.Time
	Post async.Post
}

// Page is the list of changes and what each would change. Its methods are for the window's
// goroutine.
type Page struct {
	// OnEdit is called when the rep wants to write on.
	OnEdit func(assist.Revision)
	// OnBack is called when the rep leaves the page; nil hides the way back.
	OnBack func()
	// OnCount is called with how many changes wait for the rep here.
	OnCount func(n int)

	opt    Options
	rows   []entry
	cancel func()
	proof  func() // ends the asking of the saved questions
	worse  int    // questions that publishing the change that is read makes worse
	busy   bool
	note   string // what was done last, or why it was not

	list                     *panes.Rows
	split                    *panes.Split
	empty                    *panes.Empty
	told                     *widgets.Text
	title, about, why, bench *widgets.Text
	verdict                  *widgets.Text
	edits                    *fyne.Container
	words                    *widgets.Entry
	publish, decline, write  *widgets.Action
	back                     *widget.Button
	measured                 *panes.Measured
	scroll                   *widgets.Tall
	content                  *fyne.Container
}

type entry struct {
	heading string
	tone    panes.Tone
	Row
}

// New returns the page without changes.
func New(opt Options) *Page {
	if opt.Post == nil {
		opt.Post = async.Window
	}
	p := &Page{opt: opt, cancel: func() {}, proof: func() {}}
	p.build()
	return p
}

// Object returns what the window shows.
func (p *Page) Object() fyne.CanvasObject { return p.content }

// Focus gives the keyboard to the list.
func (p *Page) Focus(c fyne.Canvas) { c.Focus(p.list) }

// Reload reads the changes again. The one that is read stays in front.
func (p *Page) Reload() {
	p.cancel()
	p.cancel = async.Load(p.opt.Post, p.opt.Source.Changes, func(list []Row, err error) {
		if err != nil {
			p.note = say.Error(err)
			p.say()
			return
		}
		p.show(list)
	})
}

func (p *Page) show(list []Row) {
	open := assist.ID("")
	if e, ok := p.chosen(); ok {
		open = e.ID
	}
	me, may := p.opt.Me(), p.opt.May()
	var review, mine, decided []Row
	for _, r := range list {
		switch {
		case r.Stage == assist.StageReview:
			review = append(review, r)
		case r.Stage == assist.StageDraft && r.By == me:
			mine = append(mine, r)
		case !r.Open() && r.By == me:
			decided = append(decided, r)
		}
	}
	p.rows = nil
	add := func(words string, tone panes.Tone, list []Row) {
		if len(list) > 0 {
			p.rows = append(p.rows, entry{heading: fmt.Sprintf("%s  %d", words, len(list)), tone: tone})
		}
		for _, r := range list {
			p.rows = append(p.rows, entry{Row: r})
		}
	}
	add("TO REVIEW", panes.Eye, review)
	add("DRAFTS", panes.Own, mine)
	add("DECIDED", panes.Quiet, decided)
	waiting := len(mine)
	if may {
		waiting += len(review)
	}
	if p.OnCount != nil {
		p.OnCount(waiting)
	}
	p.list.SetCount(len(p.rows))
	at := 0
	for i, e := range p.rows {
		if e.ID == open && open != "" {
			at = i
		}
	}
	p.empty.Say("No changes wait", "What reps send to be reviewed stands here, and what you began to write.", "", nil)
	p.empty.Hidden, p.split.Hidden = len(p.rows) > 0, len(p.rows) == 0
	p.list.SetChosen(at)
	p.read()
}

// chosen returns the change that is read.
func (p *Page) chosen() (entry, bool) {
	i := p.list.Chosen()
	if i < 0 || i >= len(p.rows) || p.rows[i].heading != "" {
		return entry{}, false
	}
	return p.rows[i], true
}

func (p *Page) line(i int) panes.Line {
	e := p.rows[i]
	if e.heading != "" {
		return panes.Line{Title: e.heading, Tone: e.tone, Heading: true}
	}
	l := panes.Line{Title: title(e.Row), Sub: p.who(e.By) + ", " + p.when(e.At)}
	switch {
	case e.Stage == assist.StagePublished:
		l.Badge, l.Tone = "published", panes.Fine
	case e.Stage == assist.StageDeclined:
		l.Badge, l.Tone = "declined", panes.Late
	case e.Now.ID == "":
		l.Badge, l.Tone = "new", panes.Own
	}
	return l
}

func title(r Row) string {
	for _, t := range []string{r.Next.Title, r.Now.Title} {
		if t != "" {
			return t
		}
	}
	return "An answer without a title"
}

func (p *Page) who(id assist.ID) string {
	if n := p.opt.Name(id); n != "" {
		return n
	}
	if id == "" {
		return "Somebody"
	}
	return string(id)
}

func (p *Page) when(t time.Time) string {
	now := p.opt.Now()
	t = t.In(now.Location())
	if day := say.Day(t, now); day != "today" {
		return day + ", " + t.Format("15:04")
	}
	return t.Format("15:04")
}

// about says who wrote it, when, and what it settles.
func (p *Page) aboutWords(r Row) string {
	parts := []string{p.who(r.By) + ", " + p.when(r.At)}
	if r.Now.ID == "" {
		parts = append(parts, "a new answer")
	} else if r.Open() && r.Base != r.Now.Fingerprint() {
		parts = append(parts, "the answer has changed since: publishing puts both together")
	}
	if n := len(r.Gaps); n > 0 {
		parts = append(parts, "answers "+say.Count(n, "open question"))
	}
	if n := len(r.Flags); n > 0 {
		parts = append(parts, "settles "+say.Count(n, "flag"))
	}
	return strings.Join(parts, " · ")
}

// verdictWords says what became of it.
func (p *Page) verdictWords(r Row) string {
	if r.Open() {
		return ""
	}
	did := map[assist.Stage]string{assist.StagePublished: "published it", assist.StageDeclined: "declined it"}[r.Stage]
	words := p.who(r.Judge) + " " + did + ", " + p.when(r.Decided)
	if r.Verdict != "" {
		words += ": “" + r.Verdict + "”"
	}
	return words
}
