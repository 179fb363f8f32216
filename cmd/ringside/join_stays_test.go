package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/stay"
	"ringside/storage"
	"ringside/ui"
	"ringside/ui/panes"
	"ringside/ui/panes/look"
)

// TestWhoSlipsAwayIsReadFromTheStoreAndSeenTo has a customer who was in touch every month
// and to whom a promise was broken, and one who is not slipping.
func TestWhoSlipsAwayIsReadFromTheStoreAndSeenTo(t *testing.T) {
	d := newDesktop(t)
	d.uncover()
	now := time.Now()
	h := d.r.store.house
	records := []assist.Record{
		assist.Customer{ID: "mary", Name: "Mary Shaw", CallMe: "Mrs Shaw"},
		assist.Promise{ID: "late", Customer: "mary", Text: "Refund the second charge", Made: now.AddDate(0, 0, -30), Due: now.AddDate(0, 0, -20), AllDay: true},
		assist.Order{ID: "saw", Customer: "mary", Number: "A 17", Value: 4900, Currency: "GBP", Products: []string{"Hedge 300"}, At: now.AddDate(0, 0, -161)},
		assist.Customer{ID: "ann", Name: "Ann Lee"},
	}
	for _, days := range []int{160, 130, 100, 70} {
		records = append(records, assist.Note{ID: assist.ID(fmt.Sprint("m", days)), Customer: "mary", Text: "Asked about the blade", At: now.AddDate(0, 0, -days)},
			assist.Note{ID: assist.ID(fmt.Sprint("a", days)), Customer: "ann", Text: "Talked", At: now.AddDate(0, 0, -days+60)})
	}
	if err := h.db.Save(t.Context(), records...); err != nil {
		t.Fatal(err)
	}
	d.win.Show(ui.Review)
	d.reviews.Show(tabStays)
	reads := func(words string) {
		t.Helper()
		d.until(t, words, func() bool { return strings.Contains(look.Words(d.reviews.Object()), words) })
	}
	reads("SLIPPING AWAY  1")
	rows := look.Find[*panes.Rows](t, d.reviews.Object(), func(r *panes.Rows) bool { return r.Visible() })
	rows.Step(rows.Count())
	for _, words := range []string{"Mary Shaw", "£49.00 in two years", "Promise of ", "No contact for 70 days", "Note of ", "Asked about the blade", "Dear Mrs Shaw", "orry", "Who stays 1"} {
		reads(words)
	}
	if look.Hides(t, d.reviews.Object(), "Ann Lee"); t.Failed() {
		t.FailNow()
	}
	rows.TypedRune('n')
	reads("Not slipping: Mary Shaw")
	d.until(t, "the word on disk", func() bool {
		asked, err := h.db.Asked(t.Context(), "mary")
		return err == nil && slices.ContainsFunc(asked, func(a assist.Asked) bool { return a.Prompt == stay.Prompt && a.Reply == assist.ReplyNotNow })
	})
	rows.TypedRune('u')
	reads("SLIPPING AWAY  1")
	time.Sleep(500 * time.Millisecond) // a second key in the same breath is not heard
	rows.TypedRune('p')
	reads("Promised to call tomorrow: Mary Shaw")
	d.until(t, "the promise on disk", func() bool {
		for p, err := range storage.List[assist.Promise](t.Context(), h.db) {
			if err == nil && p.Customer == "mary" && p.ID != "late" && p.Due.After(now) {
				return true
			}
		}
		d.posts <- func() {}
		return false
	})
}
