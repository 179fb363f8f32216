package storage

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime/debug"
	"strconv"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/phone"
)

func TestFiltersNeverCallARecordNewTwice(t *testing.T) {
	f := filters{assist.TypeNote: newFresh()}
	again := f.again()
	wrong := 0
	for i := range 20_000 {
		id := assist.IDFrom(strconv.Itoa(i))
		isNew := f.isNew(assist.TypeNote, id)
		if !isNew {
			wrong++
		}
		if f.isNew(assist.TypeNote, id) {
			t.Fatalf("%s is new twice", id)
		}
		if again.isNew(assist.TypeNote, id) != isNew {
			t.Fatalf("%s: the second time it came out otherwise", id)
		}
		if f.isNew(assist.TypeCall, id) {
			t.Fatal("a type without a filter has nothing that is surely new")
		}
	}
	if wrong > 1 {
		t.Errorf("%d new records taken for known ones", wrong)
	}
}

func TestImportOfRandomRecordsAgreesWithAMap(t *testing.T) {
	ctx := context.Background()
	for seed := range uint64(4) {
		r, want, dir := rand.New(rand.NewPCG(seed, 9)), model{}, t.TempDir()
		db := open(t, dir)
		for range 3 {
			bulk := db.Bulk(ctx)
			for range 400 {
				rec := randomRecord(r)
				want.put(rec)
				if err := bulk.Add(rec); err != nil {
					t.Fatal(err)
				}
				switch r.IntN(100) {
				case 0:
					if err := bulk.Flush(); err != nil {
						t.Fatal(err)
					}
				case 1: // what is saved after a flush comes after what was added
					if err := bulk.Flush(); err != nil {
						t.Fatal(err)
					}
					rec := randomRecord(r)
					want.put(rec)
					save(t, db, rec)
				}
			}
			if err := bulk.Close(); err != nil {
				t.Fatal(err)
			}
			want.agree(t, db)
		}
		db.Close()
		want.agree(t, open(t, dir))
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

func TestImportGivesTheMemoryLimitBack(t *testing.T) {
	before := debug.SetMemoryLimit(-1)
	db := open(t, t.TempDir())
	one, two := db.Bulk(context.Background()), db.Bulk(context.Background())
	if err := one.Flush(); err != nil {
		t.Fatal(err)
	}
	if got := debug.SetMemoryLimit(-1); got >= before {
		t.Errorf("%d during the import", got)
	}
	if err := one.Close(); err != nil {
		t.Fatal(err)
	}
	if err := two.Close(); err != nil {
		t.Fatal(err)
	}
	if got := debug.SetMemoryLimit(-1); got != before {
		t.Errorf("%d behind the import, %d before it", got, before)
	}
}

func TestLastContactIsTheLatestOfCallsAndNotes(t *testing.T) {
	ctx, db, m := context.Background(), open(t, t.TempDir()), mary()
	save(t, db, m, assist.Promise{ID: "p", Customer: m.ID, Text: "ring", Made: day, Due: day.AddDate(1, 0, 0)})
	contact := func() time.Time {
		t.Helper()
		found, err := db.FindByNumber(ctx, phone.Parse(m.Phones[0].E164, "GB"))
		if err != nil || len(found) != 1 {
			t.Fatalf("%v %v", found, err)
		}
		return found[0].LastContact
	}
	if at := contact(); !at.IsZero() {
		t.Errorf("a promise is no contact: %v", at)
	}
	for i, r := range []func(assist.ID, time.Time) assist.Record{
		func(id assist.ID, at time.Time) assist.Record {
			return assist.Note{ID: id, Customer: m.ID, At: at, Text: "heard", Intelligence: assist.Market}
		},
		func(id assist.ID, at time.Time) assist.Record {
			return assist.Call{ID: id, Customer: m.ID, Started: at}
		},
		func(id assist.ID, at time.Time) assist.Record {
			return assist.Note{ID: id, Customer: m.ID, At: at, Text: "said"}
		},
	} {
		at := day.Add(time.Duration(i) * time.Hour)
		save(t, db, r(assist.ID(fmt.Sprint("late", i)), at), r(assist.ID(fmt.Sprint("old", i)), day.AddDate(-1, 0, i)))
		save(t, db, assist.Asked{ID: assist.ID(fmt.Sprint("asked", i)), Customer: m.ID, At: at.AddDate(1, 0, 0), Prompt: "p", Reply: assist.ReplyNotNow})
		if got := contact(); !got.Equal(at.Truncate(time.Microsecond)) {
			t.Errorf("after %d: %v, want %v", i, got, at)
		}
	}
}
