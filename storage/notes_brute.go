package storage

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"ringside/assist"
	"ringside/assist/glance"
)

// Notes looks at every note. Another takes its place.
func (db *DB) Notes(ctx context.Context, q glance.NoteQuery, from string, limit int) (glance.NotePage, error) {
	var list []glance.NoteFound
	for note, err := range List[assist.Note](ctx, db) {
		if err != nil {
			return glance.NotePage{}, err
		}
		who, _ := Find[assist.Customer](ctx, db, note.Customer)
		rep, _ := Find[assist.Rep](ctx, db, note.Rep)
		if fitsNote(note, q) && fitsCall(ctx, db, note, q) && (q.Company == "" || q.Company == who.Company) && (q.Kind == "" || q.Kind == who.Kind) {
			list = append(list, glance.NoteFound{Note: note, CustomerName: who.Name, RepName: rep.Name})
		}
	}
	slices.SortFunc(list, func(a, b glance.NoteFound) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.ID, b.ID)) })
	at, _ := strconv.Atoi(from)
	page := glance.NotePage{Notes: list[min(at, len(list)):min(at+limit, len(list))]}
	if at+limit < len(list) {
		page.Next = strconv.Itoa(at + limit)
	}
	return page, nil
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

func fitsCall(ctx context.Context, db *DB, note assist.Note, q glance.NoteQuery) bool {
	if q.Answer == "" && q.Mood == "" {
		return true
	}
	call, _ := Find[assist.Call](ctx, db, note.Call)
	return (q.Mood == "" || call.Mood == q.Mood) && (q.Answer == "" || slices.ContainsFunc(call.Used, func(u assist.Used) bool { return u.Said && u.Answer == q.Answer }))
}

// RemarksFor looks at every note. Another takes its place.
func (db *DB) RemarksFor(ctx context.Context, rep assist.ID, most int) (out []assist.Note, err error) {
	page, err := db.Notes(ctx, glance.NoteQuery{}, "", 1<<30)
	for _, n := range page.Notes {
		if slices.ContainsFunc(n.Remarks, func(r assist.Remark) bool { return r.For == rep && r.Seen.IsZero() }) && len(out) < most {
			out = append(out, n.Note)
		}
	}
	return out, err
}
