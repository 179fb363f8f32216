package storage

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
)

func promisedFor(id assist.ID, due time.Time) assist.Promise {
	return assist.Promise{ID: id, Customer: "mary", Text: "call back", Made: day, Due: due}
}

func wantDue(t *testing.T, db *DB, from, until time.Time, want ...assist.ID) {
	t.Helper()
	var got []assist.ID
	for p, err := range db.Due(t.Context(), from, until) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, p.ID)
	}
	if !slices.Equal(got, want) {
		t.Errorf("due %v, want %v", got, want)
	}
}

func TestDueIsInTheOrderOfDaysAndSurvivesReopening(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir)
	none := time.Time{}
	kept, broken, told, dropped := promisedFor("kept", day), promisedFor("broken", day.AddDate(0, 0, -1)), promisedFor("told", day), promisedFor("dropped", day)
	kept.Kept, dropped.Dropped = day, day
	broken.Broken, broken.Told = day, day.Add(-time.Hour)
	told.Broken, told.Told = day, day
	save(t, db, promisedFor("no-day", none), promisedFor("friday", day.AddDate(0, 0, 3)), promisedFor("long-ago", day.AddDate(-40, 0, 0)),
		promisedFor("today", day), promisedFor("elsewhere", day.Add(time.Hour).UTC()), kept, broken, told, dropped)
	check := func() {
		t.Helper()
		wantDue(t, db, none, none, "long-ago", "broken", "today", "elsewhere", "friday", "no-day")
		wantDue(t, db, none, day, "long-ago", "broken", "today")
		wantDue(t, db, day, day.AddDate(0, 0, 1), "today", "elsewhere")
		wantDue(t, db, day.Add(time.Minute), none, "elsewhere", "friday", "no-day")
		wantDue(t, db, day.AddDate(1, 0, 0), day.AddDate(2, 0, 0))
	}
	check()
	mustCheck(t, db)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = open(t, dir)
	check()
}

func TestDueFollowsWhatBecomesOfAPromise(t *testing.T) {
	db, none := open(t, t.TempDir()), time.Time{}
	p := promisedFor("p", day)
	save(t, db, p, promisedFor("other", day.AddDate(0, 0, 1)))
	p, err := p.Move(day.AddDate(0, 0, 2), true, day)
	if err != nil {
		t.Fatal(err)
	}
	save(t, db, p)
	wantDue(t, db, none, none, "other", "p")
	wantDue(t, db, none, day)
	p.Broken = day.Add(time.Hour)
	save(t, db, p)
	wantDue(t, db, none, none, "other", "p")
	p.Told = day.Add(2 * time.Hour)
	save(t, db, p)
	wantDue(t, db, none, none, "other")
	p.Broken, p.Told = none, none
	save(t, db, p)
	wantDue(t, db, none, none, "other", "p")
	p.Kept = day
	save(t, db, p)
	wantDue(t, db, none, none, "other")
	p.Kept = none
	save(t, db, p)
	wantDue(t, db, none, none, "other", "p")
	mustCheck(t, db)
}

func TestPromisesFromBeforeTheListByDayAreInItToo(t *testing.T) {
	dir, none := t.TempDir(), time.Time{}
	db := open(t, dir)
	broken := promisedFor("broken", day)
	broken.Broken = day
	kept := promisedFor("kept", day)
	kept.Kept = day
	save(t, db, promisedFor("open", day.Add(time.Hour)), broken, kept, promisedFor("no-day", none))
	err := db.picture.Update(func(txn *badger.Txn) error {
		var old [][]byte
		it := txn.NewIterator(keysOnly([]byte{spaceDue}))
		for it.Rewind(); it.Valid(); it.Next() {
			old = append(old, it.Item().KeyCopy(nil))
		}
		it.Close()
		for _, k := range append(old, keyTalk) {
			if err := txn.Delete(k); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	wantDue(t, db, none, none)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = open(t, dir)
	wantDue(t, db, none, none, "broken", "open", "no-day")
	mustCheck(t, db)
}

func TestDueStopsWhenTheReaderHasEnoughAndFailsWhenItCannotRead(t *testing.T) {
	db := open(t, t.TempDir())
	for i := range 10 {
		save(t, db, promisedFor(assist.ID(fmt.Sprint("p", i)), day.Add(time.Duration(i)*time.Minute)))
	}
	n := 0
	for range db.Due(t.Context(), time.Time{}, time.Time{}) {
		if n++; n == 3 {
			break
		}
	}
	if n != 3 {
		t.Errorf("read %d", n)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	for _, err := range db.Due(ended, time.Time{}, time.Time{}) {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("a reading that was cancelled: %v", err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	for _, err := range db.Due(t.Context(), time.Time{}, time.Time{}) {
		if !errors.Is(err, os.ErrClosed) {
			t.Errorf("a store that is closed: %v", err)
		}
	}
}

// BenchmarkDueAmongKept reads the first 500 of 2,000 open promises beside 200,000 that
// were kept.
func BenchmarkDueAmongKept(b *testing.B) {
	db := open(b, b.TempDir())
	bulk := db.Bulk(b.Context())
	for i := range 202_000 {
		p := promisedFor(assist.IDFrom(fmt.Sprint(i)), day.Add(time.Duration(i)*time.Minute))
		p.Customer = assist.IDFrom(fmt.Sprint("c", i%50_000))
		if i%101 != 0 {
			p.Kept = p.Due
		}
		if err := bulk.Add(p); err != nil {
			b.Fatal(err)
		}
	}
	if err := bulk.Close(); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		n := 0
		for _, err := range db.Due(b.Context(), time.Time{}, time.Time{}) {
			if err != nil {
				b.Fatal(err)
			}
			if n++; n == 500 {
				break
			}
		}
		if n != 500 {
			b.Fatal(n)
		}
	}
}
