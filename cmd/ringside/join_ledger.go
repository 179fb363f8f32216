package main

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"ringside/assist"
	"ringside/assist/compose"
	"ringside/assist/ledger"
	"ringside/assist/promise"
	"ringside/storage"
	"ringside/storage/ical"
	"ringside/ui/async"
	"ringside/ui/review"
)

// joinLedger joins what the review page does with promises.
func (p *pages) joinLedger() {
	p.review.OnCopy = func(text string) { p.app.Clipboard().SetContent(text) }
	p.review.OnMail = p.mail
	p.review.OnSaveText = p.saveText
	p.review.OnCalendar = p.saveCalendar
}

// changePromise keeps what became of a promise, when it stands as before.
func (r *running) changePromise(ctx context.Context, before, after assist.Promise) error {
	h, err := r.store.wait(ctx)
	if err != nil {
		return err
	}
	now, err := storage.Find[assist.Promise](ctx, h.db, before.ID)
	if err != nil {
		return fmt.Errorf("find the promise: %w", err)
	}
	if !now.Stands(before) {
		return &assist.Fault{What: "this promise was changed elsewhere meanwhile", Do: "See how it stands now, and decide again.", Err: assist.ErrInvalid}
	}
	now.Due, now.AllDay, now.Kept, now.Dropped, now.Broken = after.Due, after.AllDay, after.Kept, after.Dropped, after.Broken
	now.Moved, now.FirstDue, now.Told = after.Moved, after.FirstDue, after.Told
	if err := h.db.Save(ctx, now); err != nil {
		return fmt.Errorf("keep the promise: %w", err)
	}
	r.desk.Refresh()
	return nil
}

// readDay reads words for a day as they are read in a note.
func (p *pages) readDay(words string) review.Day {
	reader := promise.Reader{}
	if p.chosen.MonthFirst {
		reader.Figures = promise.MonthFirst
	}
	for _, vow := range []string{"I'll call back ", "I'll call back on "} {
		if f, _ := reader.Find(vow+words+".", p.r.now()); !f.Due.IsZero() || f.Ask != "" {
			return review.Day{Due: f.Due, AllDay: f.AllDay, Ask: f.Ask}
		}
	}
	return review.Day{}
}

// draft writes to the customer how a promise stands, signed by who sits here.
func (p *pages) draft(q review.Promise) review.Letter {
	now := p.r.now()
	kind := compose.LetterLate
	if ledger.LetterOf(q.Promise, now) == ledger.Progress {
		kind = compose.LetterPromise
	}
	about := compose.About{Names: p.repName}
	about.Facts = compose.Facts{Customer: assist.Customer{ID: q.Customer, Name: q.CustomerName, CallMe: q.CallMe}, Promise: q.Promise, Now: now,
		Rep: assist.Rep{ID: p.chosen.Me, Name: p.repName(p.chosen.Me)}}
	if about.Rep.Name == "" {
		about.Rep = assist.Rep{ID: q.Rep, Name: q.RepName}
	}
	text := compose.Draft(kind, about)
	return review.Letter{Subject: text.Subject, Body: text.Body}
}

// saveCalendar lets the rep choose where the promises are kept as a calendar.
func (p *pages) saveCalendar(list []review.Promise) {
	events := make([]ical.Promise, len(list))
	for i, q := range list {
		events[i] = ical.Promise{Promise: q.Promise, CustomerName: q.CustomerName, RepName: q.RepName}
	}
	async.Load(p.post, func(context.Context) (string, error) {
		var b strings.Builder
		_, err := ical.Write(&b, events, p.r.now())
		return b.String(), err
	}, func(text string, err error) {
		if err != nil {
			p.win.Fault(err)
			return
		}
		p.saveFile("promises.ics", []byte(text), func(fyne.URI) { p.note(actExportCalendar, len(events)) })
	})
}
