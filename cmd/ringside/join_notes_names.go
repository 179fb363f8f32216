package main

import (
	"context"
	"fmt"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/assist/sift"
	"ringside/storage"
)

// noteNames are the names that notes can be sifted by. Customers and companies are too many
// to be kept here; the store finds them.
type noteNames struct {
	ctx   context.Context // of the running app
	db    *storage.DB
	lists map[sift.Field]*sift.List
}

// readNoteNames reads the names anew. ctx is for the reading, life for what is asked later.
func readNoteNames(ctx, life context.Context, db *storage.DB, reps []assist.Rep) (n noteNames, err error) {
	n = noteNames{ctx: life, db: db, lists: map[sift.Field]*sift.List{}}
	values := map[sift.Field][]sift.Value{}
	add := func(f sift.Field, v sift.Value) { values[f] = append(values[f], v) }
	for _, r := range reps {
		add(sift.Rep, sift.Value{Key: string(r.ID), Name: r.Name})
	}
	err = eachOf(ctx, db, func(s assist.Subject) error {
		switch s.Kind {
		case assist.AboutProduct:
			add(sift.Product, sift.Value{Key: s.Name, Name: s.Name})
		case assist.AboutCompetitor:
			add(sift.Competitor, sift.Value{Key: s.Name, Name: s.Name})
		}
		return nil
	})
	if err != nil {
		return n, fmt.Errorf("read the names: %w", err)
	}
	err = eachOf(ctx, db, func(a assist.Answer) error {
		add(sift.Answer, sift.Value{Key: string(a.ID), Name: a.Title, Sub: a.Department})
		return nil
	})
	if err != nil {
		return n, fmt.Errorf("read the answers: %w", err)
	}
	tags, err := noteTags(ctx, db)
	for _, t := range tags {
		add(sift.Tag, sift.Value{Key: t, Name: t})
	}
	for f, list := range values {
		n.lists[f] = sift.NewList(list)
	}
	return n, err
}

// Like implements sift.Names.
func (n noteNames) Like(f sift.Field, words string) (out []sift.Value) {
	t := map[sift.Field]assist.Type{sift.Customer: assist.TypeCustomer, sift.Company: assist.TypeCompany}[f]
	if t == "" {
		if l := n.lists[f]; l != nil {
			return l.Like(words)
		}
		return nil
	}
	if words == "" {
		return nil
	}
	found, err := n.db.Seek(n.ctx, glance.Seek{Text: words, Types: []assist.Type{t}})
	if err != nil {
		return nil
	}
	sure := 0
	for _, c := range found {
		if c.Sure {
			sure++
		}
		out = append(out, sift.Value{Key: string(c.ID), Name: c.Title, Sub: c.Text, Sure: c.Sure && sure == 1})
	}
	if sure != 1 && len(out) > 0 {
		out[0].Sure = false
	}
	return out
}

// Name implements sift.Names.
func (n noteNames) Name(f sift.Field, key string) string {
	switch f {
	case sift.Customer:
		c, _ := storage.Find[assist.Customer](n.ctx, n.db, assist.ID(key))
		return c.Name
	case sift.Company:
		c, _ := storage.Find[assist.Company](n.ctx, n.db, assist.ID(key))
		return c.Name
	}
	if l := n.lists[f]; l != nil {
		return l.Name(key)
	}
	return ""
}
