package main

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/live"
	"ringside/assist/phone"
	"ringside/storage"
)

// twoMarys saves a customer twice, with a call of each.
func twoMarys(t *testing.T, db *storage.DB) (mary, double assist.Customer) {
	t.Helper()
	mary = assist.Customer{ID: "mary", Name: "Mary Shaw", City: "Leeds", Phones: []assist.Phone{{Raw: "07400 900123", E164: "+447400900123"}}, Emails: []string{"mary@example.org"}}
	double = assist.Customer{ID: "double", Name: "Shaw, Mary", Phones: []assist.Phone{{Raw: "0113 496 0123", E164: "+441134960123"}, {Raw: "+44 7400 900123", E164: "+447400900123"}}}
	tom := assist.Customer{ID: "tom", Name: "Tom Shaw", City: "Leeds", Phones: []assist.Phone{{Raw: "0113 496 0123", E164: "+441134960123"}}}
	err := db.Save(t.Context(), mary, double, tom, assist.Call{ID: "c1", Customer: "mary", Started: noon}, assist.Call{ID: "c2", Customer: "double", Started: noon.AddDate(0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	return mary, double
}

func TestCustomersAreFoundMergedReadAndParted(t *testing.T) {
	own(t)
	a := startApp(t, t.TempDir())
	defer a.closeApp(t)
	ctx, db := t.Context(), a.running.store.house.db
	mary, double := twoMarys(t, db)
	s := &customerSource{r: a.running}
	told := 0
	d, err := s.Look(ctx, func(int, int) { told++ })
	if err != nil || told == 0 || len(d.Found.Groups) != 1 || !slices.Contains(d.Found.Groups[0].Customers, "double") || len(d.Found.Households) != 1 {
		t.Fatalf("found %+v, %v", d.Found, err)
	}
	m, err := s.Merge(ctx, []assist.Customer{mary, double}, map[string]assist.ID{"name": "double"})
	if err != nil {
		t.Fatal(err)
	}
	if d, err = s.Look(ctx, func(int, int) { t.Error("all were compared again") }); err != nil || len(d.Found.Groups) != 0 || len(d.Merges) != 1 {
		t.Errorf("after the merge: %+v, %v", d, err)
	}
	people, err := s.Read(ctx, []assist.ID{"double", "nobody"})
	if err != nil || len(people) != 1 || people[0].ID != "mary" || len(people[0].Life) != 3 || len(people[0].Versions) != 2 || len(people[0].Merges) != 1 || people[0].Name != "Shaw, Mary" {
		t.Errorf("read %+v, %v", people, err)
	}
	if _, err := s.Merge(ctx, []assist.Customer{mary, double}, nil); !errors.Is(err, assist.ErrInvalid) {
		t.Errorf("merged as they no longer stand: %v", err)
	}
	if stayed, err := s.Part(ctx, m.ID); err != nil || stayed != 0 {
		t.Errorf("%d stayed: %v", stayed, err)
	}
	if d, err = s.Look(ctx, func(int, int) {}); err != nil || len(d.Found.Groups) != 1 {
		t.Errorf("after it was taken back: %+v, %v", d.Found, err)
	}
	if err := s.Apart(ctx, [][2]assist.ID{{"mary", "double"}}, true); err != nil {
		t.Error(err)
	}
	if d, err = s.Look(ctx, func(int, int) {}); err != nil || len(d.Found.Groups) != 0 {
		t.Errorf("kept apart: %+v, %v", d.Found, err)
	}
}

func TestWhoIsOnTheLineWhileMergedIsShownAsTheKeeper(t *testing.T) {
	own(t)
	a := startApp(t, t.TempDir())
	defer a.closeApp(t)
	ctx, db := t.Context(), a.running.store.house.db
	mary, double := twoMarys(t, db)
	double.Phones, mary.Likes = []assist.Phone{{Raw: "07400 900777", E164: "+447400900777"}}, "told early"
	if err := db.Save(ctx, mary, double); err != nil {
		t.Fatal(err)
	}
	a.running.Ring(phone.Ring{ID: "r", From: "+447400900777", Phase: phone.Answered, At: a.running.now()})
	shows := func(id assist.ID) func(live.View) bool {
		return func(v live.View) bool { return v.Card != nil && v.Card.Customer.ID == id }
	}
	a.view(t, shows("double"))
	s := &customerSource{r: a.running}
	if _, err := s.Merge(ctx, []assist.Customer{mary, double}, nil); err != nil {
		t.Fatal(err)
	}
	a.view(t, shows("mary"))
	a.running.desk.Note("wants the long trimmer")
	deadline := time.Now().Add(20 * time.Second)
	for {
		d, err := db.Drafts(ctx)
		if err == nil && len(d) == 1 && d[0].Note != "" && d[0].Call.Customer == "mary" {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("the note is not with who stands for them: %+v, %v", d, err)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func TestAHouseholdIsMadeAndLeft(t *testing.T) {
	own(t)
	a := startApp(t, t.TempDir())
	defer a.closeApp(t)
	ctx, db := t.Context(), a.running.store.house.db
	twoMarys(t, db)
	s := &customerSource{r: a.running}
	d, err := s.Look(ctx, func(int, int) {})
	if err != nil || len(d.Found.Households) != 1 {
		t.Fatalf("%+v, %v", d.Found, err)
	}
	h := d.Found.Households[0]
	var before []assist.Customer
	for _, id := range h.Members {
		before = append(before, d.People[id])
	}
	for _, on := range []bool{true, false} {
		if err := s.House(ctx, h, before, on); err != nil {
			t.Fatal(err)
		}
		c, err := storage.Find[assist.Customer](ctx, db, h.Members[0])
		if err != nil || (c.Company != "") != on {
			t.Errorf("household %v: %+v, %v", on, c, err)
		}
		if members, err := s.Members(ctx, c.Company); on && (err != nil || len(members) != len(h.Members)) {
			t.Errorf("members %v, %v", members, err)
		}
	}
}

func TestACustomerIsKeptWithTheCompanyOfThatName(t *testing.T) {
	own(t)
	a := startApp(t, t.TempDir())
	defer a.closeApp(t)
	ctx, db := t.Context(), a.running.store.house.db
	mary, _ := twoMarys(t, db)
	if err := db.Save(ctx, assist.Company{ID: "gardens", Name: "Shaw Gardens"}); err != nil {
		t.Fatal(err)
	}
	s := &customerSource{r: a.running}
	after := mary
	after.CallMe = "Mrs Shaw"
	now, err := s.Save(ctx, mary, after, "shaw  gardens")
	if err != nil || now.Company != "gardens" || now.CallMe != "Mrs Shaw" {
		t.Fatalf("kept %+v, %v", now, err)
	}
	other := mary // somebody else has seen her as she was
	other.City, other.CallMe = "Hull", "Mary"
	if _, err := s.Save(ctx, mary, other, ""); !errors.Is(err, assist.ErrInvalid) || !strings.Contains(err.Error(), "To be called") {
		t.Errorf("kept over what was changed meanwhile: %v", err)
	}
	other.CallMe = mary.CallMe
	if got, err := s.Save(ctx, mary, other, ""); err != nil || got.City != "Hull" || got.CallMe != "Mrs Shaw" || got.Company != "gardens" {
		t.Errorf("beside what was changed meanwhile: %+v, %v", got, err)
	}
	after.Company = now.Company
	again, err := s.Save(ctx, after, mary, "Elm Nursery") // taken back, but for the company
	if err != nil || again.Company == "" || again.Company == "gardens" || again.CallMe != "" || again.City != "Hull" {
		t.Errorf("kept %+v, %v", again, err)
	}
}
