package main

import (
	"cmp"
	"context"
	"fmt"
	"strings"

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
func (r *running) readDay(words string) review.Day {
	for _, vow := range []string{"I'll call back ", "I'll call back on "} {
		if f, _ := promise.Find(vow+words+".", r.now()); !f.Due.IsZero() || f.Ask != "" {
			return review.Day{Due: f.Due, AllDay: f.AllDay, Ask: f.Ask}
		}
	}
	return review.Day{}
}

// draft writes to the customer how a promise stands.
func (r *running) draft(p review.Promise) review.Letter {
	now := r.now()
	when := compose.When(p.Due, p.AllDay, now)
	what := strings.TrimRight(p.Text, ".!? ")
	var news []string
	switch ledger.LetterOf(p.Promise, now) {
	case ledger.IsBroken:
		news = []string{"I am sorry: we cannot do what I promised you.", "I will call you to agree on what we do instead."}
	case ledger.IsLate:
		news = []string{"I am sorry: this was due " + when + ", and it is not done yet.", "I am on it, and I will write again today and tell you when it is done."}
	case ledger.IsMoved:
		news = []string{"I am sorry: it will be " + when + ", later than I said."}
	case ledger.MayBeLate:
		news = []string{"I promised this for " + when + ". It may be late, and I want you to hear that from me first.", "I will write again before then."}
	default:
		news = []string{"I have not forgotten it: it is in hand."}
		if !p.Due.IsZero() {
			news = []string{"I have not forgotten it: it is in hand, for " + when + "."}
		}
	}
	lines := append([]string{"Dear " + cmp.Or(p.CustomerName, "customer") + ",", "You have our promise: " + what + "."}, news...)
	return review.Letter{Subject: "Our promise: " + what, Body: strings.Join(append(lines, cmp.Or(p.RepName, "Your team")), "\n\n")}
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
		p.saveText("promises.ics", text)
	})
}
