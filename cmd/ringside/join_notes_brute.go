package main

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/storage"
)

func findNotes(ctx context.Context, db *storage.DB, q glance.NoteQuery, from string, limit int) (glance.NotePage, error) {
	n := newNaming(db)
	var list []glance.NoteFound
	err := eachOf(ctx, db, func(note assist.Note) error {
		who := once(ctx, db, n.customers, note.Customer)
		if fitsNote(note, q) && fitsCall(ctx, db, note, q) && (q.Company == "" || q.Company == who.Company) && (q.Kind == "" || q.Kind == who.Kind) {
			list = append(list, glance.NoteFound{Note: note, CustomerName: who.Name, RepName: n.rep(ctx, note.Rep)})
		}
		return nil
	})
	slices.SortFunc(list, func(a, b glance.NoteFound) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.ID, b.ID)) })
	at, _ := strconv.Atoi(from)
	page := glance.NotePage{Notes: list[min(at, len(list)):min(at+limit, len(list))]}
	if at+limit < len(list) {
		page.Next = strconv.Itoa(at + limit)
	}
	return page, err
}

func fitsNote(note assist.Note, q glance.NoteQuery) bool {
	low, day := strings.ToLower(note.Text), assist.DateOf(note.At).Time()
	for _, w := range strings.Fields(strings.ToLower(q.Text + " " + q.Product + " " + q.Competitor)) {
		if !strings.Contains(low, w) {
			return false
		}
	}
	return (q.Customer == "" || q.Customer == note.Customer) && (q.Rep == "" || q.Rep == note.Rep) &&
		(q.From.IsZero() || !day.Before(q.From.Time())) && (q.Until.IsZero() || !day.After(q.Until.Time())) &&
		(q.Tag == "" || slices.Contains(note.Tags, q.Tag)) && (!q.Unreviewed || note.Reviewed.IsZero())
}

func fitsCall(ctx context.Context, db *storage.DB, note assist.Note, q glance.NoteQuery) bool {
	if q.Answer == "" && q.Mood == "" {
		return true
	}
	call, _ := storage.Find[assist.Call](ctx, db, note.Call)
	return (q.Mood == "" || call.Mood == q.Mood) && (q.Answer == "" || slices.ContainsFunc(call.Used, func(u assist.Used) bool { return u.Said && u.Answer == q.Answer }))
}

func remarksFor(ctx context.Context, db *storage.DB, rep assist.ID, most int) (out []glance.NoteFound, err error) {
	page, err := findNotes(ctx, db, glance.NoteQuery{}, "", 1<<30)
	for _, n := range page.Notes {
		if slices.ContainsFunc(n.Remarks, func(r assist.Remark) bool { return r.For == rep && r.Seen.IsZero() }) && len(out) < most {
			out = append(out, n)
		}
	}
	return out, err
}

func noteTags(ctx context.Context, db *storage.DB) (out []string, err error) {
	err = eachOf(ctx, db, func(n assist.Note) error {
		for _, t := range n.Tags {
			if !slices.Contains(out, t) {
				out = append(out, t)
			}
		}
		return nil
	})
	slices.Sort(out)
	return out, err
}
