package storage

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"ringside/assist"
)

// A desk whose clock is a year ahead writes, learns the time of the team, and must not win
// over what others write after it.
func TestADeskAYearAheadDoesNotWin(t *testing.T) {
	ctx, year, dir := t.Context(), 365*24*time.Hour, t.TempDir()
	a, b := desk(t, dir, year), desk(t, t.TempDir(), 0)
	m := mary()
	save(t, a, m)
	bodies, sent := outgoing(t, a, Mark{}, false) // before it knew better
	takeIn(t, b, bodies)
	m.City = "Ahead"
	save(t, a, m, assist.Note{ID: "n", Customer: m.ID, At: day, Text: "first"})
	save(t, a, assist.Note{ID: "n", Customer: m.ID, At: day, Text: "second"})
	save(t, b, acme())
	fromB, _ := outgoing(t, b, Mark{}, false)
	takeIn(t, a, fromB)

	a.SetOffset(-year)
	if done, err := a.Recast(ctx, sent, time.Now()); !done || err != nil {
		t.Fatal(done, err)
	}
	if done, err := a.Recast(ctx, sent, time.Now()); done || err != nil {
		t.Errorf("again: %v, %v", done, err)
	}
	if a.clock > latestClock(time.Now()) {
		t.Error("the clock is still ahead")
	}
	mustCheck(t, a)
	want := sum(t, a)
	for _, v := range history(t, a, assist.Note{ID: "n"}) {
		if v.At.After(time.Now().Add(time.Hour)) {
			t.Errorf("a version is of %v", v.At)
		}
	}
	bodies, at := outgoing(t, a, sent, false)
	takeIn(t, b, bodies)
	sameDigest(t, a, b)
	late := assist.Note{ID: "n", Customer: m.ID, At: day, Text: "of b"}
	save(t, b, late)
	if stampOf(t, b, late).clock > latestClock(time.Now()) {
		t.Error("what was recast has the clock of before for others")
	}

	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	for _, lost := range []string{"", "picture"} { // again, and made anew of the journal
		copied := t.TempDir()
		if err := os.CopyFS(copied, os.DirFS(dir)); err != nil {
			t.Fatal(err)
		}
		if lost != "" {
			if err := os.RemoveAll(filepath.Join(copied, lost)); err != nil {
				t.Fatal(err)
			}
		}
		db := desk(t, copied, 0)
		if got := sum(t, db); got != want {
			t.Errorf("without %q the digest is %.8s, then %.8s", lost, got, want)
		}
		mustCheck(t, db)
		if again, _ := outgoing(t, db, sent, false); len(again) != len(bodies) || string(again[0]) != string(bodies[0]) {
			t.Error("other stamps go out")
		}
		fresh, _ := outgoing(t, b, Mark{}, false)
		takeIn(t, db, fresh)
		save(t, db, assist.Note{ID: "after", At: day, Text: "after"})
		more, _ := outgoing(t, db, at, false)
		takeIn(t, b, more)
		sameDigest(t, db, b)
	}
}

// stampOf is the stamp of the latest write to a record.
func stampOf(t *testing.T, db *DB, r assist.Record) stamp {
	t.Helper()
	typ, id := r.Ident()
	txn := db.picture.NewTransaction(false)
	defer txn.Discard()
	s, err := readState(txn, recordKey(typ, id))
	if err != nil || s == nil {
		t.Fatal(s, err)
	}
	return s.latest()
}

// What was written over a value from the future keeps its time: it would be lost else.
func TestWhatOverwritesAValueOfTheFutureIsNotRecast(t *testing.T) {
	a, b, c := desk(t, t.TempDir(), 365*24*time.Hour), desk(t, t.TempDir(), 0), desk(t, t.TempDir(), 0)
	m := mary()
	save(t, a, m)
	first, _ := outgoing(t, a, Mark{}, false)
	takeIn(t, b, first)
	m.City = "York"
	save(t, b, m, acme())
	if done, err := b.Recast(t.Context(), Mark{}, time.Now()); err != nil {
		t.Fatal(done, err)
	}
	second, _ := outgoing(t, b, Mark{}, false)
	takeIn(t, c, second)
	takeIn(t, c, first)
	takeIn(t, a, second)
	sameDigest(t, a, b, c)
	if got, err := Find[assist.Customer](t.Context(), c, m.ID); err != nil || got.City != "York" {
		t.Errorf("%+v, %v", got, err)
	}
	mustCheck(t, b)
}

// The time by which it was recast was wrong too: it is recast once more, after a restart.
func TestWhatWasRecastIsRecastAgain(t *testing.T) {
	year, day1, dir := 365*24*time.Hour, 24*time.Hour, t.TempDir()
	a, b := desk(t, dir, year), desk(t, t.TempDir(), 0)
	var n assist.Note
	for _, text := range []string{"one", "two", "three"} {
		n = assist.Note{ID: "n", At: day, Text: text}
		save(t, a, n, assist.Note{ID: assist.ID(text), At: day, Text: text})
		time.Sleep(2 * time.Millisecond) // so that the clocks are not dense
	}
	for i, now := range []time.Time{time.Now().Add(day1), time.Now()} {
		a.SetOffset(time.Until(now) - year)
		if done, err := a.Recast(t.Context(), Mark{}, now); !done || err != nil {
			t.Fatal(i, done, err)
		}
		if at := stampOf(t, a, n).time(); at.Sub(now).Abs() > time.Minute {
			t.Errorf("recast to %v, it is %v", at, now)
		}
		mustCheck(t, a)
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
		a = desk(t, dir, year)
	}
	bodies, _ := outgoing(t, a, Mark{}, false)
	takeIn(t, b, bodies)
	sameDigest(t, a, b)
	if got := history(t, a, n); len(got) != 3 || got[0].At.Before(got[1].At) || got[0].At.Sub(time.Now()).Abs() > time.Minute {
		t.Errorf("%+v", got)
	}
}

// All that was written is with others already: there is nothing to recast but the clock.
func TestTheClockComesBackWithNothingToRecast(t *testing.T) {
	a := desk(t, t.TempDir(), 365*24*time.Hour)
	save(t, a, mary())
	_, sent := outgoing(t, a, Mark{}, false)
	a.SetOffset(-365 * 24 * time.Hour)
	if done, err := a.Recast(t.Context(), sent, time.Now()); done || err != nil {
		t.Fatal(done, err)
	}
	save(t, a, acme())
	if at := stampOf(t, a, acme()); at.clock > latestClock(time.Now()) {
		t.Errorf("what is written now is of %v", at.time())
	}
}

// What was sent before it was recast is sent anew as it would go out now.
func TestABodyIsStrippedToWhatGoesOutNow(t *testing.T) {
	a, b := desk(t, t.TempDir(), 365*24*time.Hour), desk(t, t.TempDir(), 0)
	a.SetShared(true)
	m := mary()
	save(t, a, m)
	m.City = "York"
	save(t, a, m)
	before, _ := outgoing(t, a, Mark{}, false)
	if done, err := a.Recast(t.Context(), Mark{}, time.Now()); !done || err != nil {
		t.Fatal(done, err)
	}
	now, _ := outgoing(t, a, Mark{}, false)
	if len(before) != 1 || len(now) != 1 {
		t.Fatal(len(before), len(now))
	}
	clean, changed, err := a.Strip(t.Context(), before[0], true)
	if err != nil || !changed || string(clean) != string(now[0]) {
		t.Errorf("changed %v, %v: not as it goes out now", changed, err)
	}
	if _, changed, err := a.Strip(t.Context(), before[0], false); changed || err != nil {
		t.Errorf("what another desk has sent is given other stamps: %v", err)
	}
	if _, changed, err := b.Strip(t.Context(), before[0], false); changed || err != nil {
		t.Error(changed, err)
	}
}
