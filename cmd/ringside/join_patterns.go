package main

import (
	"cmp"
	"context"
	"errors"

	"ringside/assist"
	"ringside/assist/chart"
	"ringside/assist/insight"
	"ringside/storage"
	"ringside/ui"
	"ringside/ui/panes"
	"ringside/ui/review/patterns"
)

// patternsTab makes the list of patterns. note and customer bring what a quote belongs to
// to the front; nil where nothing can.
func (p *pages) patternsTab(note, customer func(assist.ID)) panes.Tab {
	page := patterns.New(patterns.Options{Source: patternSource{p.r}, Now: p.r.now, Post: p.postTo(ui.Review)})
	page.OnNote, page.OnCustomer = note, customer
	page.OnCopy = func(text string) { p.app.Clipboard().SetContent(text) }
	page.OnSave = func(name string, picture []byte) { p.saveFile(name, picture, nil) }
	return panes.Tab{Name: "Patterns", Object: page.Object(), Focus: page.Focus, Reload: page.Reload}
}

// patternSource counts patterns, and reads the words behind them.
type patternSource struct{ r *running }

// Patterns implements patterns.Source.
func (s patternSource) Patterns(ctx context.Context, p insight.Period, tell func(patterns.Progress)) (out []insight.Pattern, err error) {
	h, err := s.r.store.wait(ctx)
	if err != nil {
		return nil, err
	}
	err = h.tally.use(ctx, func(read, of int) { tell(patterns.Progress{Read: read, Of: of}) },
		func(b *insight.Book) { out = b.Patterns(s.r.now(), p) })
	return out, err
}

// Chart implements patterns.Source.
func (s patternSource) Chart(ctx context.Context, t insight.Theme, p insight.Period) (out chart.Chart, err error) {
	h, err := s.r.store.wait(ctx)
	if err != nil {
		return nil, err
	}
	err = h.tally.use(ctx, nil, func(b *insight.Book) { out = b.Chart(t, s.r.now(), p) })
	return out, err
}

// Quotes implements patterns.Source.
func (s patternSource) Quotes(ctx context.Context, t insight.Theme, refs []assist.Ref) (out []patterns.Quote, err error) {
	h, err := s.r.store.wait(ctx)
	if err != nil {
		return nil, err
	}
	q := quoting{naming: newNaming(h.db), theme: t, notes: map[assist.ID]assist.Note{}}
	for _, ref := range refs {
		quote, err := q.quote(ctx, ref)
		if errors.Is(err, assist.ErrNotFound) {
			continue
		}
		if err != nil {
			return out, err
		}
		out = append(out, quote)
	}
	return out, nil
}

// quoting reads what records say.
type quoting struct {
	naming
	theme insight.Theme
	notes map[assist.ID]assist.Note
}

func (q quoting) quote(ctx context.Context, ref assist.Ref) (out patterns.Quote, err error) {
	out.Ref = ref
	rep := assist.ID("")
	switch ref.Type {
	case assist.TypeInsight:
		i, err := storage.Find[assist.Insight](ctx, q.db, ref.ID)
		if err != nil {
			return out, err
		}
		// The note of a reply has the customer's own words.
		words := ""
		if note := once(ctx, q.db, q.notes, i.Note); note.Intelligence != "" {
			words = note.Text
		}
		out.Words, out.At, out.Customer, out.Note, rep = cmp.Or(words, i.Text), i.At, i.Customer, i.Note, i.Rep
	case assist.TypeNote:
		n, err := storage.Find[assist.Note](ctx, q.db, ref.ID)
		if err != nil {
			return out, err
		}
		out.Words, out.At, out.Customer, out.Note, rep = n.Text, n.At, n.Customer, n.ID, n.Rep
	case assist.TypeGap:
		g, err := storage.Find[assist.Gap](ctx, q.db, ref.ID)
		if err != nil {
			return out, err
		}
		out.Words, out.At, out.Customer, rep = g.Text, g.At, g.Customer, g.Rep
	default:
		if rep, err = q.other(ctx, ref, &out); err != nil {
			return out, err
		}
	}
	out.Who, out.Rep = q.customer(ctx, out.Customer), q.rep(ctx, rep)
	return out, nil
}

// other reads the records that are no one's words but in part.
func (q quoting) other(ctx context.Context, ref assist.Ref, out *patterns.Quote) (rep assist.ID, err error) {
	switch ref.Type {
	case assist.TypeKudos:
		k, err := storage.Find[assist.Kudos](ctx, q.db, ref.ID)
		out.Words, out.At, out.Customer = k.Words, k.At, k.Customer
		return k.By, err
	case assist.TypeCall:
		c, err := storage.Find[assist.Call](ctx, q.db, ref.ID)
		out.At, out.Customer = c.Started, c.Customer
		for _, u := range c.Used {
			if q.theme.Kind != insight.Opened || q.theme.Subject == string(u.Answer) {
				out.Words = cmp.Or(out.Words, u.Heard)
			}
		}
		return c.Rep, err
	case assist.TypeOrder:
		o, err := storage.Find[assist.Order](ctx, q.db, ref.ID)
		out.At, out.Customer = o.At, o.Customer
		return "", err
	}
	c, err := storage.Find[assist.Customer](ctx, q.db, ref.ID)
	out.Customer = c.ID
	return "", err
}
