package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/assist/heard"
	"ringside/assist/settings"
	"ringside/storage"
	"ringside/ui"
	"ringside/ui/panes"
	"ringside/ui/review/notes"
)

// notesPage is how many notes a page has. More than a screen, so that nobody sees them come.
const notesPage = 60

// notesTab makes the list of all notes.
func (p *pages) notesTab() panes.Tab {
	p.notes = notes.New(notes.Options{Source: &notesSource{r: p.r}, Cards: &p.cards, SaveViews: p.saveViews, Now: p.r.now, Post: p.postTo(ui.Review)})
	p.notes.OnAnswer, p.notes.OnCustomer = p.editAnswer, p.showCustomer
	p.notes.OnShowAnswer = func(id assist.ID) {
		p.win.Show(ui.Library)
		p.showAnswer(id)
	}
	p.notes.OnCopy = func(text string) { p.app.Clipboard().SetContent(text) }
	p.notes.OnCount = func(n int) {
		if p.reviews != nil {
			p.reviews.SetCount(tabNotes, n)
		}
	}
	return panes.Tab{Name: tabNotes, Object: p.notes.Object(), Focus: p.notes.Focus, Reload: p.notes.Reload, Follows: true}
}

// saveViews keeps the searches that have names, beside the window.
func (p *pages) saveViews(ctx context.Context, views []settings.View) error {
	h, err := p.r.store.wait(ctx)
	if err != nil {
		return err
	}
	h.editing.Lock()
	defer h.editing.Unlock()
	set, err := h.db.Settings(ctx)
	if err != nil {
		return fmt.Errorf("read the settings: %w", err)
	}
	set.Views = views
	if err := set.Validate(); err != nil {
		return err
	}
	if err := h.db.SaveSettings(ctx, set); err != nil {
		return fmt.Errorf("keep the searches: %w", err)
	}
	p.post(func() { // what the page of settings keeps from now on has them, too
		p.chosen.Views = views
		p.saves++
		p.showChoices()
	})
	return nil
}

// notesSource reads, finds and keeps notes.
type notesSource struct {
	r    *running
	tags tagsInUse

	mu     sync.Mutex
	reader *heard.Reader // of the names in notes; nil: not made yet
}

// Open implements notes.Source.
func (s *notesSource) Open(ctx context.Context) (d notes.Data, err error) {
	h, err := s.r.store.wait(ctx)
	if err != nil {
		return d, err
	}
	set, err := h.db.Settings(ctx)
	if err != nil {
		return d, fmt.Errorf("read the settings: %w", err)
	}
	d.Me, d.Views = set.Me, set.Views
	if d.Reps, err = all[assist.Rep](ctx, h.db); err != nil {
		return d, fmt.Errorf("read the team: %w", err)
	}
	subjects, err := s.subjects(ctx, h.db)
	if err != nil {
		return d, err
	}
	if err := s.tags.read(ctx, h.db); err != nil {
		return d, err
	}
	d.Names = newNoteNames(s.r.ctx, h.db, d.Reps, subjects, &s.tags)
	if d.Me == "" {
		return d, nil
	}
	list, err := h.db.RemarksFor(ctx, d.Me, mostForMe)
	if err != nil {
		return d, fmt.Errorf("read the comments: %w", err)
	}
	names := newNaming(h.db)
	for _, n := range list {
		d.ForMe = append(d.ForMe, names.found(ctx, n))
	}
	return d, nil
}

// mostForMe is how many comments are shown that wait for a rep.
const mostForMe = 200

// subjects reads the names that notes may have, and makes the reader of them anew.
func (s *notesSource) subjects(ctx context.Context, db *storage.DB) ([]assist.Subject, error) {
	list, err := all[assist.Subject](ctx, db)
	if err != nil {
		return nil, fmt.Errorf("read the names: %w", err)
	}
	reader := heard.New(list, nil)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.reader = reader
	return list, nil
}

// named returns the subjects that a text names, each once.
func (s *notesSource) named(ctx context.Context, db *storage.DB, text string, who assist.Customer) (out []assist.Subject, err error) {
	s.mu.Lock()
	reader := s.reader
	s.mu.Unlock()
	if reader == nil {
		if _, err = s.subjects(ctx, db); err != nil {
			return nil, err
		}
		return s.named(ctx, db, text, who)
	}
	for _, n := range reader.Read(text, who).Names {
		if !slices.ContainsFunc(out, func(s assist.Subject) bool { return s.Kind == n.Subject.Kind && s.Name == n.Subject.Name }) {
			out = append(out, n.Subject)
		}
	}
	return out, nil
}

// found returns a note with the names that people read.
func (n naming) found(ctx context.Context, note assist.Note) glance.NoteFound {
	return glance.NoteFound{Note: note, CustomerName: n.customer(ctx, note.Customer), RepName: n.rep(ctx, note.Rep)}
}

// Find implements notes.Source.
func (s *notesSource) Find(ctx context.Context, q glance.NoteQuery, from string) (glance.NotePage, error) {
	h, err := s.r.store.wait(ctx)
	if err != nil {
		return glance.NotePage{}, err
	}
	page, err := h.db.Notes(ctx, q, from, notesPage)
	s.tags.add(page.Notes)
	return page, err
}

// About implements notes.Source.
func (s *notesSource) About(ctx context.Context, id assist.ID) (a notes.About, err error) {
	h, err := s.r.store.wait(ctx)
	if err != nil {
		return a, err
	}
	n, err := storage.Find[assist.Note](ctx, h.db, id)
	if err != nil {
		return a, fmt.Errorf("read the note: %w", err)
	}
	names := newNaming(h.db)
	a.Note = names.found(ctx, n)
	who := once(ctx, h.db, names.customers, n.Customer)
	if who.Company != "" {
		a.Company = linkTo(ctx, h.db, assist.Ref{Type: assist.TypeCompany, ID: who.Company})
	}
	if a.Named, err = s.named(ctx, h.db, n.Text, who); err != nil {
		return a, err
	}
	for _, ref := range n.Links {
		a.Links = append(a.Links, linkTo(ctx, h.db, ref))
	}
	return a, aboutCall(ctx, h.db, &a)
}

// aboutCall adds what was said, promised and written in the call of a note.
func aboutCall(ctx context.Context, db *storage.DB, a *notes.About) (err error) {
	n := a.Note
	if n.Call == "" {
		return nil
	}
	if a.Call, err = storage.Find[assist.Call](ctx, db, n.Call); err != nil && !errors.Is(err, assist.ErrNotFound) {
		return fmt.Errorf("read the call: %w", err)
	}
	for _, u := range a.Call.Used {
		if u.Said {
			a.Said = append(a.Said, linkTo(ctx, db, assist.Ref{Type: assist.TypeAnswer, ID: u.Answer}))
		}
	}
	if n.Customer == "" {
		return nil
	}
	known, err := db.Profile(ctx, n.Customer)
	if err != nil && !errors.Is(err, assist.ErrNotFound) {
		return fmt.Errorf("read the customer: %w", err)
	}
	for _, q := range slices.Concat(known.Promises, known.Ended) {
		if q.Call == n.Call {
			a.Promises = append(a.Promises, q)
		}
	}
	page, err := db.Notes(ctx, glance.NoteQuery{Customer: n.Customer, // a call may go on over midnight
		From: assist.DateOf(n.At.AddDate(0, 0, -1)), Until: assist.DateOf(n.At.AddDate(0, 0, 1))}, "", notesPage)
	for _, o := range page.Notes {
		if o.Call == n.Call && o.ID != n.ID {
			a.Others = append(a.Others, o)
		}
	}
	return err
}

// linkTo returns a link with what people read of it; what is gone is said to be gone.
func linkTo(ctx context.Context, db *storage.DB, ref assist.Ref) notes.Link {
	l := notes.Link{Ref: ref, Title: "a " + string(ref.Type) + " that is gone"}
	switch ref.Type {
	case assist.TypeCustomer:
		if r, err := storage.Find[assist.Customer](ctx, db, ref.ID); err == nil {
			l.Title = r.Name
		}
	case assist.TypeCompany:
		if r, err := storage.Find[assist.Company](ctx, db, ref.ID); err == nil {
			l.Title = r.Name
		}
	case assist.TypeAnswer:
		if r, err := storage.Find[assist.Answer](ctx, db, ref.ID); err == nil {
			l.Title, l.Sub = r.Title, r.Department
		}
	case assist.TypeNote:
		if r, err := storage.Find[assist.Note](ctx, db, ref.ID); err == nil {
			l.Title = r.Text
		}
	}
	return l
}

// Seek implements notes.Source.
func (s *notesSource) Seek(ctx context.Context, words string) (out []notes.Link, err error) {
	h, err := s.r.store.wait(ctx)
	if err != nil {
		return nil, err
	}
	found, err := h.db.Seek(ctx, glance.Seek{Text: words, Types: []assist.Type{assist.TypeCustomer, assist.TypeCompany, assist.TypeNote}, Limit: 4})
	if err != nil {
		return nil, err
	}
	for _, f := range found {
		out = append(out, notes.Link{Ref: assist.Ref{Type: f.Type, ID: f.ID}, Title: f.Title, Sub: string(f.Type)})
	}
	answers, err := s.r.todoFind(ctx, words)
	for _, a := range answers[:min(len(answers), 6-len(out))] {
		out = append(out, notes.Link{Ref: assist.Ref{Type: assist.TypeAnswer, ID: a.ID}, Title: a.Title, Sub: "answer"})
	}
	return out, err
}

// Save implements notes.Source.
func (s *notesSource) Save(ctx context.Context, before, after assist.Note) error {
	h, err := s.r.store.wait(ctx)
	if err != nil {
		return err
	}
	h.editing.Lock()
	defer h.editing.Unlock()
	now, err := storage.Find[assist.Note](ctx, h.db, before.ID)
	if err != nil {
		return fmt.Errorf("find the note: %w", err)
	}
	after.Text = before.Text // what was first written stays
	if after, err = onto(h.db, before, after, now); err != nil {
		return err
	}
	if err := h.db.Save(ctx, after); err != nil {
		return fmt.Errorf("keep the note: %w", err)
	}
	s.tags.add([]glance.NoteFound{{Note: after}})
	s.r.desk.Refresh()
	return nil
}
