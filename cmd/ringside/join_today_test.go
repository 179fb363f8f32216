package main

import (
	"strings"
	"testing"
	"time"

	"ringside/assist"
	"ringside/storage"
	"ringside/ui"
	"ringside/ui/panes"
	"ringside/ui/panes/look"
)

// TestTheDayIsReadFromTheStoreAndDoneInIt has one thing of each kind in the store, and
// does them one after another.
func TestTheDayIsReadFromTheStoreAndDoneInIt(t *testing.T) {
	d := newDesktop(t)
	d.uncover()
	now := time.Now()
	h := d.r.store.house
	err := h.db.Save(t.Context(),
		assist.Customer{ID: "mary", Name: "Mary Shaw", Emails: []string{"mary@shaw.example"}},
		assist.Promise{ID: "late", Customer: "mary", Text: "Refund the second charge", Made: now.AddDate(0, 0, -9), Due: now.AddDate(0, 0, -2), AllDay: true},
		assist.Incident{ID: "leeds", Title: "No deliveries in Leeds", Opened: now.Add(-time.Hour), Customers: []assist.ID{"mary"}},
		assist.Affected{ID: assist.Affected{Incident: "leeds", Customer: "mary"}.Key(), Incident: "leeds", Customer: "mary", At: now},
		assist.Kudos{ID: "k", Customer: "mary", Rep: "tom", Words: "Tom was brilliant", At: now.Add(-time.Hour)},
		assist.Gap{ID: "g", Customer: "mary", Text: "Does it cut bamboo?", At: now.Add(-time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	d.win.Show(ui.Review)
	reads := func(words string) {
		t.Helper()
		d.until(t, words, func() bool { return strings.Contains(look.Words(d.reviews.Object()), words) })
	}
	rows := look.Find[*panes.Rows](t, d.reviews.Object(), func(r *panes.Rows) bool { return r.Visible() })
	for _, words := range []string{"Thank Mary Shaw", "4 left", "Today 4"} {
		reads(words)
	}
	for _, words := range []string{"3 left · 1 done", "2 left · 2 done", "1 left · 3 done", "4 things done. Good evening."} {
		time.Sleep(500 * time.Millisecond) // a second key in the same breath is not heard
		rows.TypedRune('d')
		reads(words)
	}
	d.until(t, "everything on disk", func() bool {
		p, err := storage.Find[assist.Promise](t.Context(), h.db, "late")
		g, err2 := storage.Find[assist.Gap](t.Context(), h.db, "g")
		a, err3 := storage.Find[assist.Affected](t.Context(), h.db, assist.Affected{Incident: "leeds", Customer: "mary"}.Key())
		who, err4 := h.db.Profile(t.Context(), "mary")
		done := err == nil && err2 == nil && err3 == nil && err4 == nil && !p.Kept.IsZero() && !g.Closed.IsZero() && !a.Told.IsZero() && len(who.Asked) == 1
		if !done {
			time.Sleep(time.Millisecond)
			d.posts <- func() {}
		}
		return done
	})
}
