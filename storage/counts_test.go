package storage

import (
	"testing"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
	"ringside/assist/glance"
)

func callWith(id assist.ID, shown []assist.ID, used ...assist.Used) assist.Call {
	return assist.Call{ID: id, Started: day, Shown: shown, Used: used}
}

func wantCounts(t *testing.T, db *DB, answer assist.ID, want glance.Counts) {
	t.Helper()
	got, err := db.CountsOf(t.Context(), answer)
	if err != nil || got != want {
		t.Errorf("%s: %+v, want %+v, %v", answer, got, want, err)
	}
	all, err := db.Counts(t.Context())
	if err != nil || all[answer] != want {
		t.Errorf("%s among all: %+v, want %+v, %v", answer, all[answer], want, err)
	}
}

func TestACallCountsOnceForAnAnswerInEachWay(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir)
	save(t, db,
		callWith("one", []assist.ID{"a", "b"}, assist.Used{Answer: "a", Heard: "x", Said: true}, assist.Used{Answer: "a", Heard: "y", Said: true, Helped: true}),
		callWith("two", []assist.ID{"a"}, assist.Used{Answer: "a"}, assist.Used{Answer: "ab", Wrong: true}))
	check := func() {
		t.Helper()
		wantCounts(t, db, "a", glance.Counts{Shown: 2, Opened: 2, Said: 1, Helped: 1})
		wantCounts(t, db, "b", glance.Counts{Shown: 1})
		wantCounts(t, db, "ab", glance.Counts{Opened: 1, Wrong: 1})
		wantCounts(t, db, "nobody", glance.Counts{})
	}
	check()
	mustCheck(t, db)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = open(t, dir)
	check()
}

func TestWhatIsTakenBackNoLongerCounts(t *testing.T) {
	db := open(t, t.TempDir())
	save(t, db, callWith("one", []assist.ID{"a"}, assist.Used{Answer: "a", Said: true, Wrong: true}))
	save(t, db, callWith("one", []assist.ID{"a"}, assist.Used{Answer: "a", Said: true}))
	wantCounts(t, db, "a", glance.Counts{Shown: 1, Opened: 1, Said: 1})
	mustCheck(t, db)
}

func TestCallsFromBeforeUsesWereCountedCountToo(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir)
	save(t, db, callWith("one", []assist.ID{"a"}, assist.Used{Answer: "a", Said: true}))
	err := db.picture.Update(func(txn *badger.Txn) error {
		for _, k := range append(useKeys(callWith("one", []assist.ID{"a"}, assist.Used{Answer: "a", Said: true})), keyUses) {
			if err := txn.Delete(k); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	wantCounts(t, db, "a", glance.Counts{})
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = open(t, dir)
	wantCounts(t, db, "a", glance.Counts{Shown: 1, Opened: 1, Said: 1})
	mustCheck(t, db)
}
