package storage

import (
	"testing"
	"time"

	"ringside/assist"
)

// talk brings what each desk has to all others until nobody has anything new.
func talk(t *testing.T, desks ...*DB) {
	t.Helper()
	seen := make([]Mark, len(desks))
	for round := 0; ; round++ {
		if round > 10 {
			t.Fatal("the desks answer each other for ever")
		}
		quiet := true
		for i, from := range desks {
			bodies, next := outgoing(t, from, seen[i], false)
			seen[i] = next
			for k, to := range desks {
				if k != i && len(bodies) > 0 {
					takeIn(t, to, bodies)
					quiet = false
				}
			}
		}
		if quiet {
			return
		}
	}
}

func TestWhatIsWrittenToACustomerWhoWasMergedElsewhereIsOfWhoStands(t *testing.T) {
	a, b, c := desk(t, t.TempDir(), 0), desk(t, t.TempDir(), 0), desk(t, t.TempDir(), 0)
	twin := assist.Customer{ID: "twin", Name: "M Shaw"}
	flood := assist.Incident{ID: "flood", Title: "Flood", Opened: day, Customers: []assist.ID{"twin"}}
	save(t, a, mary(), twin, flood)
	talk(t, a, b, c)
	if _, err := a.MergeCustomers(t.Context(), mary(), []assist.ID{"twin"}, "jo", time.Now()); err != nil {
		t.Fatal(err)
	}
	save(t, b, assist.Note{ID: "n", Customer: "twin", At: day, Text: "written elsewhere"}, assist.Kudos{ID: "k", Rep: "jo", Customer: "twin", At: day, Words: "thanks"},
		placeOf(flood, "twin", time.Time{}), assist.Customer{ID: "jo", Name: "Jo", Relations: []assist.Relation{{To: "twin", Who: "sister"}}})
	talk(t, a, b, c)
	sameDigest(t, a, b, c)
	for _, db := range []*DB{a, b, c} {
		n, err := Find[assist.Note](t.Context(), db, "n")
		if err != nil || n.Customer != mary().ID {
			t.Errorf("the note is of %q, %v", n.Customer, err)
		}
		k, err := Find[assist.Kudos](t.Context(), db, "k")
		if err != nil || k.Customer != mary().ID {
			t.Errorf("the kudos is of %q, %v", k.Customer, err)
		}
		jo, err := Find[assist.Customer](t.Context(), db, "jo")
		if err != nil || jo.Relations[0].To != mary().ID {
			t.Errorf("the relation is to %v, %v", jo.Relations, err)
		}
		place, err := Find[assist.Affected](t.Context(), db, assist.Affected{Incident: "flood", Customer: mary().ID}.Key())
		if err != nil || place.Into != "" {
			t.Errorf("%+v, %v", place, err)
		}
		mustCheck(t, db)
	}
}

func TestCustomersMergedIntoEachOtherAtTwoDesks(t *testing.T) {
	a, b := desk(t, t.TempDir(), 0), desk(t, t.TempDir(), 0)
	one, two := assist.Customer{ID: "one", Name: "One"}, assist.Customer{ID: "two", Name: "Two"}
	save(t, a, one, two, assist.Note{ID: "n1", Customer: "one", At: day, Text: "x"}, assist.Note{ID: "n2", Customer: "two", At: day, Text: "y"})
	talk(t, a, b)
	if _, err := a.MergeCustomers(t.Context(), one, []assist.ID{"two"}, "jo", time.Now()); err != nil {
		t.Fatal(err)
	}
	if _, err := b.MergeCustomers(t.Context(), two, []assist.ID{"one"}, "jo", time.Now()); err != nil {
		t.Fatal(err)
	}
	talk(t, a, b)
	sameDigest(t, a, b)
	for _, db := range []*DB{a, b} {
		for _, id := range []assist.ID{"one", "two"} {
			if c, err := db.Standing(t.Context(), id); err != nil || c.ID != "one" || c.Into != "" {
				t.Errorf("%+v stands, %v", c, err)
			}
		}
		for _, id := range []assist.ID{"n1", "n2"} {
			if n, err := Find[assist.Note](t.Context(), db, id); err != nil || n.Customer != "one" {
				t.Errorf("%+v, %v", n, err)
			}
		}
		mustCheck(t, db)
	}
}

func TestAMergeThatIsTakenBackIsTakenBackElsewhere(t *testing.T) {
	a, b := desk(t, t.TempDir(), 0), desk(t, t.TempDir(), 0)
	save(t, a, mary(), assist.Customer{ID: "twin", Name: "M Shaw"}, assist.Note{ID: "n", Customer: "twin", At: day, Text: "x"})
	m, err := a.MergeCustomers(t.Context(), mary(), []assist.ID{"twin"}, "jo", time.Now())
	if err != nil {
		t.Fatal(err)
	}
	talk(t, a, b)
	if _, err := b.UndoMerge(t.Context(), m.ID, time.Now()); err != nil {
		t.Fatal(err)
	}
	talk(t, a, b)
	sameDigest(t, a, b)
	for _, db := range []*DB{a, b} {
		if n, err := Find[assist.Note](t.Context(), db, "n"); err != nil || n.Customer != "twin" {
			t.Errorf("%+v, %v", n, err)
		}
		mustCheck(t, db)
	}
}

// What a run has left that died between the two writes is put right by the next TakeIn.
func TestWhatARunHasLeftIsGivenToWhoStands(t *testing.T) {
	a, b, dir := desk(t, t.TempDir(), 0), desk(t, t.TempDir(), 0), t.TempDir()
	save(t, a, mary(), assist.Customer{ID: "twin", Name: "M Shaw", Into: mary().ID})
	save(t, b, assist.Note{ID: "n", Customer: "twin", At: day, Text: "x"})
	bodies, _ := outgoing(t, a, Mark{}, false)
	more, _ := outgoing(t, b, Mark{}, false)
	c := desk(t, dir, 0)
	in := &intake{db: c, ctx: t.Context(), refused: map[int]error{}, moved: map[assist.ID]bool{}}
	if err := in.all(append(bodies, more...)); err != nil {
		t.Fatal(err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	c = desk(t, dir, 0)
	takeIn(t, c, nil)
	if n, err := Find[assist.Note](t.Context(), c, "n"); err != nil || n.Customer != mary().ID {
		t.Errorf("%+v, %v", n, err)
	}
}
