package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"ringside/assist"
	"ringside/assist/compose"
	"ringside/assist/curate"
	"ringside/assist/evening"
	"ringside/storage"
	"ringside/ui"
	"ringside/ui/panes"
	"ringside/ui/review/today"
)

const tabToday = "Today"

// todayTab makes the list of what is left of the day.
func (p *pages) todayTab() panes.Tab {
	page := today.New(today.Options{Day: p.r.day, Save: p.r.settleDay, Now: p.r.now, Post: p.postTo(ui.Review)})
	page.OnAnswer, page.OnCustomer = p.editAnswer, p.showCustomer
	page.OnCopy = func(text string) { p.app.Clipboard().SetContent(text) }
	page.OnMail = p.mail
	page.OnCount = func(n int) {
		if p.reviews != nil {
			p.reviews.SetCount(tabToday, n)
		}
	}
	return panes.Tab{Name: tabToday, Object: page.Object(), Focus: page.Focus, Reload: page.Reload, Follows: true}
}

const (
	mostRemarks  = 200
	mostAffected = 1000 // of an incident, of those who know least
	mostPraise   = 200
)

// day reads what is left for the rep who sits here.
func (r *running) day(ctx context.Context) (data today.Data, err error) {
	h, err := r.store.wait(ctx)
	if err != nil {
		return data, err
	}
	set, err := h.db.Settings(ctx)
	if err != nil {
		return data, fmt.Errorf("read the settings: %w", err)
	}
	now := r.now()
	team, err := all[assist.Rep](ctx, h.db)
	if err != nil {
		return data, fmt.Errorf("read the team: %w", err)
	}
	d := evening.Day{Me: set.Me, May: curate.May(member(team, set.Me), team, curate.Publish), Answers: map[assist.ID]assist.Answer{}, Owner: func(a assist.Answer) assist.ID { return curate.OwnerOn(a, now) }}
	for _, read := range []func(context.Context, *storage.DB, *evening.Day, time.Time) error{readPromised, readIncidents, readPraise, readWaiting} {
		if err := read(ctx, h.db, &d, now); err != nil {
			return data, err
		}
	}
	data.Me, data.Left = set.Me, evening.Left(d, now)
	return data, nameDay(ctx, h.db, team, &data, now)
}

func readPromised(ctx context.Context, db *storage.DB, d *evening.Day, now time.Time) error {
	for p, err := range db.Due(ctx, time.Time{}, time.Time{}) {
		if err != nil {
			return fmt.Errorf("read the promises: %w", err)
		}
		if d.Promises = append(d.Promises, p); len(d.Promises) == reviewPromises {
			break
		}
	}
	return nil
}

func readIncidents(ctx context.Context, db *storage.DB, d *evening.Day, _ time.Time) (err error) {
	if d.Incidents, _, err = db.Incidents(ctx); err != nil {
		return fmt.Errorf("read the incidents: %w", err)
	}
	for _, i := range d.Incidents {
		list, err := db.Affected(ctx, i.ID, "", mostAffected)
		if err != nil {
			return fmt.Errorf("read who is in the incident: %w", err)
		}
		d.Affected = append(d.Affected, list...)
	}
	return nil
}

func readPraise(ctx context.Context, db *storage.DB, d *evening.Day, _ time.Time) (err error) {
	if d.Kudos, err = db.KudosOf(ctx, "", mostPraise); err != nil {
		return fmt.Errorf("read the praise: %w", err)
	}
	seen := map[assist.ID]bool{"": true}
	for _, k := range d.Kudos {
		if seen[k.Customer] {
			continue
		}
		seen[k.Customer] = true
		p, err := db.Profile(ctx, k.Customer)
		if err != nil && !errors.Is(err, assist.ErrNotFound) {
			return fmt.Errorf("read who was thanked: %w", err)
		}
		d.Asked = append(d.Asked, p.Asked...)
	}
	return nil
}

// readWaiting reads the words of colleagues, the questions, the flags and the drafts.
func readWaiting(ctx context.Context, db *storage.DB, d *evening.Day, _ time.Time) (err error) {
	if d.Notes, err = db.RemarksFor(ctx, d.Me, mostRemarks); err != nil {
		return fmt.Errorf("read the words of colleagues: %w", err)
	}
	if d.Gaps, err = all[assist.Gap](ctx, db); err != nil {
		return fmt.Errorf("read the open questions: %w", err)
	}
	if d.Flags, err = all[assist.Flag](ctx, db); err != nil {
		return fmt.Errorf("read the flags: %w", err)
	}
	for _, f := range d.Flags {
		if a, err := storage.Find[assist.Answer](ctx, db, f.Answer); err == nil {
			d.Answers[a.ID] = a
		} else if !errors.Is(err, assist.ErrNotFound) {
			return fmt.Errorf("read the answers: %w", err)
		}
	}
	if d.Revisions, err = all[assist.Revision](ctx, db); err != nil {
		return fmt.Errorf("read the drafts: %w", err)
	}
	return nil
}

// nameDay puts in the names of everybody who is spoken of, and how customers are thanked.
func nameDay(ctx context.Context, db *storage.DB, team []assist.Rep, data *today.Data, now time.Time) error {
	n := newNaming(db)
	data.Names, data.Mails = map[assist.ID]string{}, map[assist.ID]string{}
	for _, rep := range team {
		data.Names[rep.ID] = rep.Name
	}
	for _, t := range data.Left {
		c := once(ctx, db, n.customers, t.Customer)
		data.Names[t.Customer] = c.Name
		if len(c.Emails) > 0 {
			data.Mails[t.Customer] = c.Emails[0]
		}
	}
	data.Thank = func(k assist.Kudos) today.Letter {
		about := compose.About{Facts: compose.Facts{Customer: n.customers[k.Customer], Rep: member(team, data.Me), Now: now}}
		text := compose.Draft(compose.LetterAdvocate, about)
		return today.Letter{Subject: text.Subject, Body: text.Body}
	}
	return ctx.Err()
}

// settleDay keeps what was done about one thing, when it stands as it was read.
func (r *running) settleDay(ctx context.Context, before, after []assist.Record) error {
	h, err := r.store.wait(ctx)
	if err != nil {
		return err
	}
	h.editing.Lock()
	defer h.editing.Unlock()
	for _, b := range before {
		if err := unchanged(ctx, h.db, b); err != nil {
			return err
		}
	}
	if err := h.db.Save(ctx, after...); err != nil {
		return fmt.Errorf("keep what was done: %w", err)
	}
	r.desk.Refresh()
	return nil
}
