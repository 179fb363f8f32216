package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"

	"ringside/assist"
	"ringside/assist/compose"
	"ringside/assist/curate"
	"ringside/assist/glance"
	"ringside/storage"
	"ringside/ui"
	"ringside/ui/async"
	"ringside/ui/library/changes"
	"ringside/ui/library/edit"
)

// joinEditor makes the page on which answers are written, and the list of what waits to be
// published.
func (p *pages) joinEditor() {
	source := editSource{p.r}
	p.editor = edit.New(edit.Options{Source: source, People: p.r.peopleNamed, Facts: p.factsOf, Gain: p.r.gainOf, May: p.may, Me: p.me,
		Team: func() []assist.Rep { return p.team }, Known: p.known, Now: p.r.now, Post: p.postTo(ui.Library)})
	p.editor.OnLeave = p.left
	p.editor.OnPublished = func(assist.ID) { p.loadLibrary() }
	p.editor.OnChoose = p.chooseFile
	p.changes = changes.New(changes.Options{Source: source, Name: p.repName, May: func() bool { return p.may(curate.Publish) }, Me: p.me,
		Now: p.r.now, Post: p.postTo(ui.Library)})
	p.changes.OnEdit = p.editAnswer
	p.changes.OnCount = p.library.SetChanges
	p.changes.OnBack = func() {
		p.library.CloseEditor()
		p.loadLibrary()
	}
	p.library.OnEdit = func(id assist.ID) { p.editAnswer(assist.Revision{Answer: id}) }
	p.library.OnChanges = func() {
		p.library.ShowEditor(p.changes.Object(), p.changes.Focus)
		p.changes.Reload()
	}
}

func (p *pages) me() assist.ID { return p.chosen.Me }

func (p *pages) may(act curate.Act) bool { return curate.May(member(p.team, p.chosen.Me), p.team, act) }

// known are the departments and the products that the library has, by name.
func (p *pages) known() (departments, products []string) {
	for _, a := range p.answers {
		departments = append(append(departments, a.Department), a.Also...)
		products = append(products, a.Products...)
	}
	slices.Sort(departments)
	slices.Sort(products)
	return slices.Compact(departments), slices.Compact(products)
}

// editAnswer opens the editor on the Library page: on the rep's own draft of the answer, if
// there is one, with what seed says besides; else on seed, of which nothing is kept until
// something is typed. A seed without an answer is a new one.
func (p *pages) editAnswer(seed assist.Revision) {
	async.Load(p.post, func(ctx context.Context) (begun, error) { return p.r.beginRevision(ctx, seed) }, func(b begun, err error) {
		if err != nil {
			p.win.Fault(err)
			return
		}
		p.win.Show(ui.Library)
		p.room.Show(tabAnswers)
		p.library.ShowEditor(p.editor.Object(), p.editor.Focus)
		p.editor.Open(b.rev, b.now)
	})
}

// strayShortcut gives a key for which nothing has the keyboard to the editor, when it is in
// front.
func (p *pages) strayShortcut(page ui.Page, s fyne.Shortcut) {
	if page == ui.Library && p.library.Shows(p.editor.Object()) {
		p.editor.Shortcut(s)
	}
}

// left goes back to the library, with the answer in front that was written.
func (p *pages) left(answer assist.ID) {
	p.library.CloseEditor()
	p.wrote = answer
	p.loadLibrary()
}

// begun is a revision that is taken up, and the answer as it stands.
type begun struct {
	rev assist.Revision
	now assist.Answer
}

// beginRevision makes of a seed what the editor opens.
func (r *running) beginRevision(ctx context.Context, seed assist.Revision) (b begun, err error) {
	h, err := r.store.wait(ctx)
	if err != nil {
		return b, err
	}
	me, err := editSource{r}.me(ctx, h)
	if err != nil {
		return b, err
	}
	b.rev = seed
	if b.rev.By == "" {
		b.rev.By = me
	}
	if seed.Answer == "" {
		b.rev.Answer = assist.NewID(r.now())
		b.rev.Next.ID = b.rev.Answer
		return b, r.onAnswer(ctx, h, &b)
	}
	b.now, err = storage.Find[assist.Answer](ctx, h.db, seed.Answer)
	if err != nil && !errors.Is(err, assist.ErrNotFound) || seed.ID != "" {
		if errors.Is(err, assist.ErrNotFound) {
			err = nil // a new answer that is being written
		}
		return b, err
	}
	if b.now.ID != "" && b.rev.Base == "" {
		b.rev.Base = b.now.Fingerprint()
	}
	if b.rev.Next.ID == "" {
		b.rev.Next = b.now
		b.rev.Next.ID = seed.Answer
	}
	return b, r.onDraft(ctx, h, &b)
}

// onDraft puts what is begun on the rep's own change of the answer that is still open.
func (r *running) onDraft(ctx context.Context, h *house, b *begun) error {
	return eachOf(ctx, h.db, func(own assist.Revision) error {
		if own.Answer != b.rev.Answer || own.By != b.rev.By || !own.Open() {
			return nil
		}
		own.Next, _ = curate.Merge(b.now, own.Next, b.rev.Next)
		own.Gaps, own.Flags = joinIDs(own.Gaps, b.rev.Gaps), joinIDs(own.Flags, b.rev.Flags)
		b.rev = own
		return nil
	})
}

// onAnswer puts what is begun on an answer that somebody is writing to one of the same
// questions: on the rep's own draft of it, else on a draft of the same answer.
func (r *running) onAnswer(ctx context.Context, h *house, b *begun) error {
	if len(b.rev.Gaps) == 0 {
		return nil
	}
	seed := b.rev
	return eachOf(ctx, h.db, func(o assist.Revision) error {
		same := slices.ContainsFunc(o.Gaps, func(id assist.ID) bool { return slices.Contains(seed.Gaps, id) })
		if !same || !o.Open() || b.rev.ID != "" && o.By != seed.By {
			return nil
		}
		next, _ := curate.Merge(assist.Answer{}, o.Next, seed.Next)
		gaps := joinIDs(o.Gaps, seed.Gaps)
		if b.rev = seed; o.By == seed.By {
			b.rev = o
		}
		b.rev.Answer, b.rev.Next, b.rev.Gaps = o.Answer, next, gaps
		b.rev.Next.ID = o.Answer
		return nil
	})
}

func joinIDs(a, b []assist.ID) []assist.ID {
	out := slices.Clone(a)
	for _, id := range b {
		if !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// peopleNamed finds customers for whom an answer can be shown.
func (r *running) peopleNamed(ctx context.Context, words string) (out []edit.Person, err error) {
	found, err := r.store.Seek(ctx, glance.Seek{Text: words, Types: []assist.Type{assist.TypeCustomer}, Limit: 5})
	for _, f := range found {
		out = append(out, edit.Person{ID: f.ID, Name: f.Title, Text: f.Text})
	}
	return out, err
}

// factsOf returns what the blanks are filled with for a customer; for the last caller when
// none is named.
func (p *pages) factsOf(ctx context.Context, customer assist.ID) (compose.Facts, error) {
	h, err := p.r.store.wait(ctx)
	if err != nil {
		return compose.Facts{}, err
	}
	set, err := h.db.Settings(ctx)
	if err != nil {
		return compose.Facts{}, err
	}
	facts := compose.Facts{Now: p.r.now()}
	if facts.Rep, err = storage.Find[assist.Rep](ctx, h.db, set.Me); err != nil && !errors.Is(err, assist.ErrNotFound) {
		return facts, err
	}
	if customer == "" {
		if customer, err = lastCaller(ctx, h); customer == "" {
			return facts, err
		}
	}
	profile, err := h.db.Profile(ctx, customer)
	if err != nil {
		return facts, err
	}
	facts.Customer, facts.Company = profile.Customer, profile.Company
	if len(profile.Promises) == 1 {
		facts.Promise = profile.Promises[0]
	}
	return facts, nil
}

// lastCaller returns the customer of the latest call in which an answer was opened; of the
// latest of all calls when none was. It is empty when nobody known has called.
func lastCaller(ctx context.Context, h *house) (assist.ID, error) {
	used, err := h.db.RecentUses(ctx, h.now().AddDate(0, -1, 0))
	if err != nil {
		return "", err
	}
	for _, u := range slices.Backward(used) {
		if u.Customer != "" {
			return u.Customer, nil
		}
	}
	last := assist.Call{}
	err = eachOf(ctx, h.db, func(c assist.Call) error {
		if c.Customer != "" && c.Started.After(last.Started) {
			last = c
		}
		return nil
	})
	return last.Customer, err
}

// payoff knows what more phrasings bring in this library. It is measured once while the
// program runs: that takes seconds for a large library.
type payoff struct {
	mu    sync.Mutex
	curve curate.Curve
	known bool
}

func (r *running) gainOf(ctx context.Context, a assist.Answer) (string, error) {
	h, err := r.store.wait(ctx)
	if err != nil {
		return "", err
	}
	r.payoff.mu.Lock()
	defer r.payoff.mu.Unlock()
	if !r.payoff.known {
		answers, err := all[assist.Answer](ctx, h.db)
		if err != nil {
			return "", err
		}
		if r.payoff.curve, err = curate.Measure(ctx, answers); err != nil {
			return "", err
		}
		r.payoff.known = true
	}
	gain, ok := r.payoff.curve.Gain(len(a.Phrasings))
	if !ok || gain.More == 0 {
		return "", nil
	}
	return gain.String() + ".", nil
}

// chooseFile lets the rep choose a picture or another file for the answer. A call puts the
// choice away: it would lie on the card.
func (p *pages) chooseFile() {
	p.chooser = dialog.NewFileOpen(func(f fyne.URIReadCloser, err error) {
		if err != nil || f == nil {
			p.win.Fault(err)
			return
		}
		f.Close()
		p.attach(f.URI().Path())
	}, p.win.Window())
	p.chooser.SetOnClosed(func() {
		if p.chooser = nil; p.win.Page() == ui.Library {
			p.library.Focus(p.win.Window().Canvas())
		}
	})
	p.chooser.Show()
}

// attach reads a file and gives it to the editor.
func (p *pages) attach(path string) {
	async.Load(p.post, func(context.Context) ([]byte, error) { return readSmall(path) }, func(data []byte, err error) {
		if err != nil {
			p.editor.Fault(err)
			return
		}
		p.editor.Attach(filepath.Base(path), data)
	})
}

// mostRead is more than a file of an answer may have, and little enough to be read.
const mostRead = 4 << 20

// readSmall reads a file, but not all of a large one.
func readSmall(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, &assist.Fault{What: "the file cannot be read", Where: filepath.Base(path), Do: "Choose another one.", Err: err}
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, mostRead))
	if err != nil {
		return nil, &assist.Fault{What: "the file cannot be read", Where: filepath.Base(path), Do: "Choose another one.", Err: err}
	}
	return data, nil
}

// dropped takes a file that was dropped on the window: into the answer that is written, or
// as customers.
func (p *pages) dropped(path string) {
	if p.win.Page() == ui.Library && p.library.Shows(p.editor.Object()) {
		p.attach(path)
		return
	}
	if p.win.Page() == ui.Settings && p.teamwork.Object().Visible() && p.teamwork.Drop(path) {
		return
	}
	p.importFile(path)
}

// closing keeps what was typed last, and ends the program.
func (p *pages) closing() {
	ctx, stop := context.WithTimeout(context.Background(), 2*time.Second)
	defer stop()
	_ = p.editor.Flush(ctx) // what cannot be kept cannot be told any more
	p.app.Quit()
}
