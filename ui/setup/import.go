package setup

import (
	"context"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"fyne.io/fyne/v2"

	"ringside/ui/async"
	"ringside/ui/say"
)

// Importer reads files of customers, orders, notes and calls. Both methods are
// called beside the window's goroutine; a Look may begin while an earlier one,
// whose context has ended, is still on its way out.
type Importer interface {
	// Look says what the file is and what its columns are taken for, given what
	// the rep has chosen so far. It keeps nothing.
	Look(ctx context.Context, path string, c Chosen) (Picture, error)
	// Run brings in what the file holds. It calls progress from its own goroutine. When
	// ctx ends it returns what was done until then and ctx's error.
	Run(ctx context.Context, path string, c Chosen, progress func(done, total int)) (Outcome, error)
}

// Chosen is what the rep said about a file.
type Chosen struct {
	Kind       Kind              // what the file holds; empty: customers
	Meanings   map[string]string // by the column's name; those that were changed
	MonthFirst *bool             // nil: not said
	Comma      *bool             // whether a comma stands before the pence; nil: not said
}

// Picture is what a file was recognised as.
type Picture struct {
	Kind     string // in words: "a table, CSV, UTF-8, separated by commas"
	Rows     int
	Columns  []Column // none for a file without columns, as a vCard
	Meanings []string // what a column can be set to
	KeepOut  string   // the meaning that leaves a column out
	AsNote   string   // the meaning that keeps a column as text
	// Date is a date of the file that can be read in two ways; empty when it is
	// clear or was said.
	Date string
	// Amounts is the question how the amounts of the file are to be read; empty when that
	// is clear or was said.
	Amounts string
	// Would is what would become of the rows, in words; empty when nothing can be said yet.
	Would string
}

// Column is one column of a file.
type Column struct {
	Name    string
	Samples []string // a few of its values
	Meaning string
	Sure    bool   // nobody needs to look
	Ask     bool   // nobody can tell: the rep has to say
	May     string // of one that is asked about: the meaning that several columns could have
}

// Outcome is what an import did.
type Outcome struct {
	Imported, Merged, Unchanged int
	Refused                     []Refusal
	Also                        string // what else to know of it, in words
}

// Refusal is one value or row that was not taken.
type Refusal struct {
	Line   int
	Column string // empty: the whole row
	Reason string
}

// Import is the page that brings customers, and what a team had of them before, from
// a file: it shows what it would do before it does it.
type Import struct {
	// OnChoose is called when the rep wants to pick a file: the window opens its
	// dialog and calls Open.
	OnChoose func()
	// OnSaveReport is called when the rep wants to keep what was not taken.
	OnSaveReport func(file string, o Outcome)
	// OnDone is called when the rep leaves the page; count is how many records came in
	// or changed.
	OnDone func(count int)

	importer Importer
	post     async.Post
	kind     Kind
	path     string
	chosen   Chosen
	picture  Picture
	outcome  Outcome
	state    state
	stuck    bool // the file cannot be read with what was chosen last
	progress progress
	cancel   func()
	stop     func() // ends the running import
	brought  int

	parts importParts
}

// state is where the page stands.
type state int

const (
	choosing state = iota
	looking
	asking
	running
	done
)

// progress is how far an import has come; it is written beside the window.
type progress struct {
	mu          sync.Mutex
	done, total int
}

func (p *progress) set(done, total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done, p.total = done, total
}

func (p *progress) get() (done, total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.done, p.total
}

// NewImport returns the page without a file. post brings results to the window;
// nil is async.Window.
func NewImport(importer Importer, post async.Post) *Import {
	if post == nil {
		post = async.Window
	}
	p := &Import{importer: importer, post: post, kind: Customers, cancel: func() {}, stop: func() {}}
	p.build()
	p.show(choosing)
	return p
}

// Object returns what the window shows.
func (p *Import) Object() fyne.CanvasObject { return p.parts.content }

// Focus gives the keyboard to what comes next.
func (p *Import) Focus(c fyne.Canvas) {
	if p.parts.next.Visible() && !p.parts.next.Disabled() {
		c.Focus(p.parts.next)
		return
	}
	c.Focus(p.parts.choose)
}

// Open looks at a file that was picked, typed or dropped. While an import runs it
// does nothing.
func (p *Import) Open(path string) {
	if p.state == running || path == "" {
		return
	}
	p.stuck = false
	p.path, p.chosen, p.picture = path, Chosen{Kind: p.kind, Meanings: map[string]string{}}, Picture{}
	p.trouble("")
	p.show(looking)
	p.look()
}

// look asks what the file is, given what was chosen.
func (p *Import) look() {
	p.cancel()
	path, chosen := p.path, p.chosen.copied()
	p.cancel = async.Load(p.post,
		func(ctx context.Context) (Picture, error) { return p.importer.Look(ctx, path, chosen) },
		func(pic Picture, err error) {
			if err != nil {
				p.trouble(say.Error(err))
				if p.stuck = p.state == asking; p.stuck {
					p.show(asking) // another choice may mend it
				} else {
					p.show(choosing)
				}
				return
			}
			p.stuck = false
			p.trouble("")
			lost := p.state == looking || p.atReply()
			asked := p.parts.asked
			p.picture = pic
			if p.show(asking); lost && p.parts.asked != asked {
				p.focusNext()
			}
		})
}

func (c Chosen) copied() Chosen {
	m := make(map[string]string, len(c.Meanings))
	for k, v := range c.Meanings {
		m[k] = v
	}
	c.Meanings = m
	return c
}

// mean sets what a column holds.
func (p *Import) mean(column, meaning string) {
	p.chosen.Meanings[column] = meaning
	for i := range p.picture.Columns {
		if p.picture.Columns[i].Name == column {
			p.picture.Columns[i].Meaning, p.picture.Columns[i].Ask, p.picture.Columns[i].Sure = meaning, false, true
		}
	}
	p.show(asking)
	p.look()
}

func (p *Import) monthFirst(yes bool) {
	p.chosen.MonthFirst = &yes
	p.picture.Date = ""
	p.show(asking)
	p.look()
}

func (p *Import) comma(yes bool) {
	p.chosen.Comma = &yes
	p.picture.Amounts = ""
	p.show(asking)
	p.look()
}

// asks returns the index of every column that has to be answered.
func (p *Import) asks() []int {
	var out []int
	for i, c := range p.picture.Columns {
		if c.Ask {
			out = append(out, i)
		}
	}
	return out
}

// open questions: unknown columns, the order of dates, and how amounts are written.
func (p *Import) questions() int {
	n := len(p.asks())
	if p.picture.Date != "" {
		n++
	}
	if p.picture.Amounts != "" {
		n++
	}
	return n
}

// run brings in what the file holds.
func (p *Import) run() {
	if p.state != asking || p.stuck || p.questions() > 0 {
		return
	}
	p.cancel()
	p.progress.set(0, p.picture.Rows)
	p.show(running)
	type ended struct {
		outcome Outcome
		err     error
	}
	path, chosen := p.path, p.chosen.copied()
	// The end of an import that was stopped has to be shown too, so the context
	// that stops it is not the one of Load.
	ctx, stop := context.WithCancel(context.Background())
	p.stop = stop
	async.Load(p.post, func(context.Context) (ended, error) {
		o, err := p.importer.Run(ctx, path, chosen, p.progress.set)
		return ended{o, err}, nil
	}, func(e ended, _ error) {
		stopped := ctx.Err() != nil && e.err != nil
		stop()
		p.finish(e.outcome, e.err, stopped)
	})
	p.tick()
}

// tick shows the progress ten times a second while the import runs.
func (p *Import) tick() {
	if p.state != running {
		return
	}
	p.showProgress()
	p.cancel = async.After(p.post, 100*time.Millisecond, p.tick)
}

func (p *Import) finish(o Outcome, err error, stopped bool) {
	p.cancel()
	p.outcome = o
	p.brought += o.Imported + o.Merged
	slices.SortStableFunc(p.outcome.Refused, func(a, b Refusal) int { return a.Line - b.Line })
	switch {
	case stopped:
		p.trouble("You stopped the import. What had come in stays; bring the same file again for the rest.")
	case err != nil:
		p.trouble(say.Error(err) + " What had come in stays; bring the same file again for the rest.")
	default:
		p.trouble("")
	}
	p.show(done)
	p.focusNext()
}

func (p *Import) file() string { return filepath.Base(p.path) }

// leave tells that the rep is done here and empties the page. A file that is being
// looked at is let go.
func (p *Import) leave() {
	p.cancel()
	n := p.brought
	p.brought = 0
	p.trouble("")
	p.show(choosing)
	if p.OnDone != nil {
		p.OnDone(n)
	}
}
