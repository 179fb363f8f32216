package storage

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"ringside/assist"
)

func clashes(t *testing.T, db *DB) []Clash {
	t.Helper()
	out, err := db.Clashes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestTwoEditsThatDidNotKnowOfEachOther(t *testing.T) {
	a, b, c, dir := desk(t, t.TempDir(), 0), desk(t, t.TempDir(), 0), desk(t, t.TempDir(), 0), t.TempDir()
	late := desk(t, dir, 0)
	all := []*DB{a, b, c, late}
	for _, db := range all {
		db.SetShared(true)
	}
	b.rep = "ben"
	answer := assist.Answer{ID: "refunds", Title: "Refunds", Department: "billing", Say: "Within five days."}
	save(t, a, answer)
	talk(t, all...)
	answer.Say = "Knowing of it."
	save(t, b, answer)
	talk(t, all...)
	for _, db := range all {
		if found := clashes(t, db); len(found) > 0 {
			t.Fatalf("who knew of it clashes: %+v", found)
		}
	}

	ours, theirs := answer, answer
	ours.Say, theirs.Say, theirs.Title = "Ours.", "Theirs.", "Nobody else wrote here."
	save(t, a, ours)
	time.Sleep(2 * time.Millisecond) // or one clock is the other
	save(t, b, theirs)
	seen := Mark{}
	bodies, _ := outgoing(t, a, seen, false)
	more, _ := outgoing(t, b, seen, false)
	takeIn(t, a, more)
	takeIn(t, b, bodies)
	takeIn(t, c, append(bodies, more...))
	sameDigest(t, a, b, c)
	inA, inB := clashes(t, a), clashes(t, b)
	if len(inA) != 1 || inA[0].Field != "say" || string(inA[0].Ours) != `"Ours."` || string(inA[0].Theirs) != `"Theirs."` ||
		inA[0].OursCounts || inA[0].By != "ben" || inA[0].Of != (assist.Ref{Type: assist.TypeAnswer, ID: "refunds"}) {
		t.Errorf("%+v", inA)
	}
	if len(inB) != 1 || string(inB[0].Ours) != `"Theirs."` || string(inB[0].Theirs) != `"Ours."` || !inB[0].OursCounts {
		t.Errorf("%+v", inB)
	}
	if found := clashes(t, c); len(found) > 0 {
		t.Errorf("whose words it is not: %+v", found)
	}
	mustCheck(t, a)
	takeIn(t, b, bodies) // once more
	if again := clashes(t, b); len(again) != 1 {
		t.Errorf("%+v", again)
	}
	if err := b.Settle(t.Context(), inB[0], true); err != nil {
		t.Fatal(err)
	}
	if err := b.Settle(t.Context(), inB[0], true); err != nil {
		t.Fatal(err)
	}
	talk(t, a, b, c)
	sameDigest(t, a, b, c)
	for _, db := range []*DB{a, b, c} {
		if found := clashes(t, db); len(found) > 0 {
			t.Errorf("settled, and there: %+v", found)
		}
		if got, err := Find[assist.Answer](t.Context(), db, "refunds"); err != nil || got.Say != "Theirs." {
			t.Errorf("%+v, %v", got, err)
		}
		mustCheck(t, db)
	}
	takeIn(t, b, bodies)
	if again := clashes(t, b); len(again) > 0 {
		t.Errorf("what was settled is back: %+v", again)
	}
}

func TestAClashIsThereAgainInANewPictureAndGoesWithWhoIsErased(t *testing.T) {
	a, dir := desk(t, t.TempDir(), 0), t.TempDir()
	b := desk(t, dir, 0)
	a.SetShared(true)
	b.SetShared(true)
	m := mary()
	save(t, a, m)
	talk(t, a, b)
	m.City = "York"
	save(t, a, m)
	m.City = "Hull"
	save(t, b, m)
	talk(t, a, b)
	want := clashes(t, b)
	if len(want) != 1 {
		t.Fatalf("%+v", want)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(dir, "picture")); err != nil {
		t.Fatal(err)
	}
	b = desk(t, dir, 0)
	if got := clashes(t, b); len(got) != 1 || got[0].counts != want[0].counts || string(got[0].Theirs) != string(want[0].Theirs) {
		t.Errorf("%+v, then %+v", want, got)
	}
	if _, err := b.Erase(t.Context(), m.ID, "jo", time.Now(), nil); err != nil {
		t.Fatal(err)
	}
	txn := b.picture.NewTransaction(false)
	defer txn.Discard()
	it := txn.NewIterator(keysOnly([]byte{spaceClash}))
	defer it.Close()
	if it.Rewind(); it.Valid() {
		t.Error("what she clashed about is kept")
	}
}
