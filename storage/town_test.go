package storage

import (
	"slices"
	"testing"
	"time"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
	"ringside/assist/glance"
)

// neighbour is somebody of Leeds who has these things of ours.
func neighbour(id assist.ID, address string, owns ...string) assist.Customer {
	c := assist.Customer{ID: id, Name: string(id), City: "Leeds", Address: address}
	for _, name := range owns {
		c.Owns = append(c.Owns, assist.Product{Name: name})
	}
	return c
}

func nearbyOf(t *testing.T, db *DB, id assist.ID) (out []glance.Nearby) {
	t.Helper()
	p, err := db.Profile(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return p.Nearby
}

func TestAProfileKnowsWhatNeighboursHave(t *testing.T) {
	db := open(t, t.TempDir())
	rival := neighbour("rival", "")
	rival.Owns = []assist.Product{{Name: "CS-18", Maker: "Brackmoor"}}
	elsewhere := neighbour("elsewhere", "", "Boat")
	elsewhere.City = "York"
	save(t, db, neighbour("mary", "1 Lime Row", "Mower"), neighbour("ann", "1 Lime Row", "Pole Saw", "Mower"),
		neighbour("ben", "9 Elm Row", "Pole Saw", "Saw"), rival, elsewhere)
	want := []glance.Nearby{{Product: "Pole Saw", Household: true}, {Product: "Saw"}}
	if got := nearbyOf(t, db, "mary"); !slices.Equal(got, want) {
		t.Errorf("nearby %+v, want %+v", got, want)
	}
	// "Pole" begins like "Pole Saw", and towns are read whatever their capitals.
	moved := neighbour("ben", "9 Elm Row", "Pole")
	moved.City = " leeds "
	save(t, db, moved)
	if got := nearbyOf(t, db, "mary"); !slices.Equal(got, []glance.Nearby{{Product: "Pole"}, {Product: "Pole Saw", Household: true}}) {
		t.Errorf("after a change: %+v", got)
	}
	if got := nearbyOf(t, db, "elsewhere"); len(got) != 0 {
		t.Errorf("in another town: %+v", got)
	}
	mustCheck(t, db)
}

func TestAProfileTellsWhatBecameOfPromisesAndOfIncidents(t *testing.T) {
	db := open(t, t.TempDir())
	place := assist.Affected{ID: assist.Affected{Incident: "flood", Customer: "mary"}.Key(), Incident: "flood", Customer: "mary", Concierge: "jo", At: day, Told: day}
	save(t, db, neighbour("mary", ""), assist.Incident{ID: "flood", Title: "Flood", Opened: day},
		assist.Incident{ID: "over", Title: "Over", Opened: day, Closed: day}, place,
		assist.Affected{ID: assist.Affected{Incident: "over", Customer: "mary"}.Key(), Incident: "over", Customer: "mary", At: day},
		assist.Promise{ID: "open", Customer: "mary", Text: "x", Made: day, Due: day.Add(time.Hour)},
		assist.Promise{ID: "kept", Customer: "mary", Text: "x", Made: day, Kept: day.Add(time.Hour)},
		assist.Promise{ID: "broken", Customer: "mary", Text: "x", Made: day, Broken: day.Add(2 * time.Hour)},
		assist.Asked{ID: "q", Customer: "mary", Prompt: "p", Reply: assist.ReplyAsked, At: day})
	p, err := db.Profile(t.Context(), "mary")
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Incidents) != 1 || p.Incidents[0].ID != "flood" || len(p.Affected) != 1 || p.Affected[0] != place {
		t.Errorf("incidents %+v, places %+v", p.Incidents, p.Affected)
	}
	if len(p.Promises) != 1 || p.Promises[0].ID != "open" || len(p.Ended) != 2 || p.Ended[0].ID != "broken" || p.Ended[1].ID != "kept" {
		t.Errorf("open %+v, ended %+v", p.Promises, p.Ended)
	}
	if asked, err := db.Asked(t.Context(), "mary"); err != nil || len(asked) != 1 || asked[0].ID != "q" {
		t.Errorf("asked %+v, %v", asked, err)
	}
	mustCheck(t, db)
}

func TestAPictureFromBeforeLearnsWhoLivesInATown(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir)
	save(t, db, neighbour("mary", ""), neighbour("ann", "", "Pole Saw"))
	err := db.picture.Update(func(txn *badger.Txn) error {
		for _, k := range append(townKeys(nil, neighbour("ann", "", "Pole Saw")), keyTalk) {
			if err := txn.Delete(k); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := nearbyOf(t, db, "mary"); len(got) != 0 {
		t.Fatalf("the picture is not from before: %+v", got)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = open(t, dir)
	if got := nearbyOf(t, db, "mary"); len(got) != 1 || got[0].Product != "Pole Saw" {
		t.Errorf("nearby %+v", got)
	}
	mustCheck(t, db)
}
