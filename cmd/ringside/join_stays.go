package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"time"

	"ringside/assist"
	"ringside/assist/compose"
	"ringside/assist/stay"
	"ringside/storage"
	"ringside/ui"
	"ringside/ui/panes"
	"ringside/ui/review/stays"
	"ringside/ui/say"
)

const (
	tabStays = "Who stays"
	// mostSlips is how many of the customers who slip away are listed, the most valuable
	// first.
	mostSlips = 500
	// tellEvery is after how many records it is told how far reading is.
	tellEvery = 20000
)

// staysTab makes the list of who stays and who slips away.
func (p *pages) staysTab() panes.Tab {
	page := stays.New(stays.Options{Read: p.r.stays, Save: p.r.settleDay, Now: p.r.now, Post: p.postTo(ui.Review)})
	page.OnCopy = func(text string) { p.app.Clipboard().SetContent(text) }
	page.OnMail = p.mail
	page.OnCustomer = p.showCustomer
	page.OnPicture = func(name string, data []byte) { p.saveFile(name, data, nil) }
	page.OnCount = func(n int) {
		if p.reviews != nil {
			p.reviews.SetCount(tabStays, n)
		}
	}
	return panes.Tab{Name: tabStays, Object: page.Object(), Focus: page.Focus, Reload: page.Reload}
}

// stays reads who stays, of all that is on record.
func (r *running) stays(ctx context.Context, told func(string)) (data stays.Data, err error) {
	h, err := r.store.wait(ctx)
	if err != nil {
		return data, err
	}
	set, err := h.db.Settings(ctx)
	if err != nil {
		return data, fmt.Errorf("read the settings: %w", err)
	}
	tally := stay.New(r.now())
	if err := tallied(ctx, h.db, tally, told); err != nil {
		return data, err
	}
	told("Working it out")
	data.Me, data.Report = set.Me, tally.Report()
	data.More = max(len(data.Report.Slipping)-mostSlips, 0)
	data.Report.Slipping = data.Report.Slipping[:len(data.Report.Slipping)-data.More]
	return data, r.nameSlips(ctx, h.db, &data)
}

// tallied reads the records that tell who was in touch. told hears from any goroutine, one
// at a time, how far it is.
func tallied(ctx context.Context, db *storage.DB, tally *stay.Tally, told func(string)) error {
	r := &tallying{db: db, tally: tally, told: told}
	for _, scan := range []func(context.Context, *tallying) error{tallies[assist.Customer], tallies[spoken], tallies[jotted], tallies[assist.Order],
		tallies[assist.Promise], tallies[assist.Insight], tallies[assist.Asked]} {
		if err := scan(ctx, r); err != nil {
			return err
		}
	}
	return nil
}

// tallying takes records from several workers into one tally.
type tallying struct {
	db   *storage.DB
	told func(string)

	mu    sync.Mutex
	tally *stay.Tally
	n     int // of the type that is read
}

func tallies[T assist.Record](ctx context.Context, r *tallying) error {
	r.n = 0
	var zero T
	t, _ := zero.Ident()
	err := storage.Scan(ctx, r.db, t, runtime.GOMAXPROCS(0), func(_ int, rec T) error {
		r.add(t, rec)
		return nil
	})
	if err != nil {
		return fmt.Errorf("read the %s: %w", plural(t), err)
	}
	return nil
}

func (r *tallying) add(t assist.Type, rec assist.Record) {
	if s, ok := rec.(interface{ record() assist.Record }); ok {
		rec = s.record()
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.tally.Add(rec)
	if r.n++; r.n%tellEvery == 0 {
		r.told(fmt.Sprintf("%s %s", say.Thousands(r.n), plural(t)))
	}
}

// spoken is a call of which only is read who was in touch, and when.
type spoken struct {
	ID          assist.ID `json:"id"`
	Customer    assist.ID `json:"customer"`
	Outgoing    bool      `json:"outgoing"`
	Started     time.Time `json:"started"`
	Answered    time.Time `json:"answered"`
	Disposition string    `json:"disposition"`
}

// Ident implements assist.Record.
func (s spoken) Ident() (assist.Type, assist.ID) { return assist.TypeCall, s.ID }

// Validate implements assist.Record.
func (s spoken) Validate() error { return nil }

func (s spoken) record() assist.Record {
	return assist.Call{ID: s.ID, Customer: s.Customer, Outgoing: s.Outgoing, Started: s.Started, Answered: s.Answered, Disposition: s.Disposition}
}

// jotted is a note without what stands in it.
type jotted struct {
	ID       assist.ID `json:"id"`
	Customer assist.ID `json:"customer"`
	At       time.Time `json:"at"`
}

// Ident implements assist.Record.
func (j jotted) Ident() (assist.Type, assist.ID) { return assist.TypeNote, j.ID }

// Validate implements assist.Record.
func (j jotted) Validate() error { return nil }

func (j jotted) record() assist.Record { return assist.Note{ID: j.ID, Customer: j.Customer, At: j.At} }

// nameSlips puts in the names of who slips away, what the reasons rest on, and how they
// are written to.
func (r *running) nameSlips(ctx context.Context, db *storage.DB, data *stays.Data) error {
	n := newNaming(db)
	data.Names, data.Mails, data.Evidence = map[assist.ID]string{}, map[assist.ID]string{}, map[assist.Ref]string{}
	promises := map[assist.ID]assist.Promise{}
	for _, s := range data.Report.Slipping {
		c := once(ctx, db, n.customers, s.Customer)
		data.Names[c.ID] = c.Name
		if len(c.Emails) > 0 {
			data.Mails[c.ID] = c.Emails[0]
		}
		for _, reason := range s.Reasons {
			for _, of := range reason.Of {
				rec, err := readers[of.Type].find(ctx, db, of.ID)
				if errors.Is(err, assist.ErrNotFound) {
					continue
				}
				if err != nil {
					return fmt.Errorf("read what a reason rests on: %w", err)
				}
				data.Evidence[of] = evidence(rec)
				if p, ok := rec.(assist.Promise); ok && promises[s.Customer].ID == "" {
					promises[s.Customer] = p
				}
			}
		}
	}
	me := once(ctx, db, n.reps, data.Me)
	data.Write = func(s stay.Slip) stays.Letter {
		l := s.Write(compose.Facts{Customer: n.customers[s.Customer], Rep: me, Promise: promises[s.Customer], Now: r.now()})
		return stays.Letter{Subject: l.Subject, Body: l.Body}
	}
	return ctx.Err()
}

// mostEvidence is how many letters of a record are shown as evidence.
const mostEvidence = 300

// evidence says in a line what a record tells.
func evidence(rec assist.Record) string {
	line := func(what, text string) string {
		text = strings.Join(strings.Fields(text[:min(len(text), 8*mostEvidence)]), " ")
		if r := []rune(strings.ToValidUTF8(text, "")); len(r) > mostEvidence {
			text = string(r[:mostEvidence]) + "…"
		}
		return what + ": " + text
	}
	const day = "2 January 2006"
	switch r := rec.(type) {
	case assist.Note:
		return line("Note of "+r.At.Format(day), r.Text)
	case assist.Insight:
		return line("Heard on "+r.At.Format(day), r.Text)
	case assist.Promise:
		return line("Promise of "+r.Made.Format(day), r.Text)
	case assist.Call:
		if r.Outgoing {
			return "Our call on " + r.Started.Format(day)
		}
		return "Their call on " + r.Started.Format(day)
	case assist.Order:
		words := strings.TrimSpace("Order "+r.Number) + " of " + r.At.Format(day)
		if r.Value != 0 {
			words += ", " + stay.Money(r.Value, r.Currency)
		}
		if len(r.Products) > 0 {
			words = line(words, strings.Join(r.Products, ", "))
		}
		return words
	}
	return ""
}
