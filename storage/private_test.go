package storage

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"ringside/assist"
)

// silent fails the test when bodies tell any of these words.
func silent(t *testing.T, bodies [][]byte, words ...string) {
	t.Helper()
	for _, w := range words {
		if bytes.Contains(bytes.Join(bodies, nil), []byte(w)) {
			t.Errorf("%q is handed out", w)
		}
	}
}

// only is a note for its writer alone, with what hangs on it and what does not.
func only() (n assist.Note, i assist.Insight, p assist.Promise) {
	n = assist.Note{ID: "the-note", Customer: "mary", Call: "the-call", Rep: "jo", At: day, Text: "quillfeather at first", Private: true}
	i = assist.Insight{ID: "the-insight", Customer: "mary", Note: n.ID, At: day, Intelligence: assist.Relationship, Text: "bramblewick"}
	p = assist.Promise{ID: "the-promise", Customer: "mary", Call: "the-call", Rep: "jo", Text: "sends the leaflet", Made: day}
	return n, i, p
}

func TestANoteThatIsOnlyForItsWriterNeverLeaves(t *testing.T) {
	a, b := desk(t, t.TempDir(), 0), desk(t, t.TempDir(), 0)
	n, i, p := only()
	save(t, a, assist.Customer{ID: "mary", Name: "Mary"}, n, i, p)
	n.Text, n.Tags = "quillfeather again", []string{"tanglewood"}
	save(t, a, n)
	n.Tags, n.Remarks = nil, []assist.Remark{{By: "jo", At: day, Text: "thistledown"}}
	save(t, a, n)
	for _, all := range []bool{false, true} {
		bodies, _ := outgoing(t, a, Mark{}, all)
		silent(t, bodies, "the-note", "the-insight", "quillfeather", "bramblewick", "tanglewood", "thistledown")
		if !bytes.Contains(bytes.Join(bodies, nil), []byte("sends the leaflet")) {
			t.Error("a promise is the team's")
		}
		takeIn(t, b, bodies)
	}
	sameDigest(t, a, b)
	mustCheck(t, a)
}

func TestAPrivateNoteThatIsSharedGoesOutWholeWithoutItsPast(t *testing.T) {
	for _, sent := range []bool{true, false} { // before it is shared
		a, b := desk(t, t.TempDir(), 0), desk(t, t.TempDir(), 0)
		a.SetShared(true)
		n, i, _ := only()
		save(t, a, n, i)
		n.Text, n.Tags = "what all may read", []string{"tanglewood"}
		save(t, a, n)
		next := Mark{}
		if sent {
			_, next = outgoing(t, a, next, false)
		}
		n.Private, n.Tags = false, nil
		save(t, a, n)
		bodies, next := outgoing(t, a, next, false)
		silent(t, bodies, "quillfeather", "tanglewood")
		takeIn(t, b, bodies)
		sameDigest(t, a, b)
		got, err := Find[assist.Note](t.Context(), b, n.ID)
		if err != nil || got.Text != "what all may read" || got.Private || got.Call != n.Call {
			t.Errorf("%+v, %v", got, err)
		}
		if taken, err := Find[assist.Insight](t.Context(), b, i.ID); err != nil || taken.Text != i.Text {
			t.Errorf("%+v, %v", taken, err)
		}
		if past, err := b.History(t.Context(), assist.TypeNote, n.ID); err != nil || len(past) != 1 {
			t.Errorf("%+v, %v", past, err)
		}
		n.Text = "and what is written then"
		save(t, a, n)
		bodies, _ = outgoing(t, a, next, false)
		takeIn(t, b, bodies)
		sameDigest(t, a, b)
	}
}

func TestANoteThatBecomesPrivateIsNotToldFurther(t *testing.T) {
	a, b := desk(t, t.TempDir(), 0), desk(t, t.TempDir(), 0)
	n, i, _ := only()
	n.Private, n.Text = false, "known to all"
	save(t, a, n)
	bodies, next := outgoing(t, a, Mark{}, false)
	takeIn(t, b, bodies)
	n.Private, n.Text = true, "quillfeather"
	save(t, a, n, i)
	bodies, next = outgoing(t, a, next, false)
	silent(t, bodies, "quillfeather", "bramblewick", "the-note")
	if got, err := Find[assist.Note](t.Context(), b, n.ID); err != nil || got.Text != "known to all" {
		t.Errorf("what others have they keep: %+v, %v", got, err)
	}
	bodies, _ = outgoing(t, a, Mark{}, true)
	silent(t, bodies, "known to all", "the-note")
	n.Private, n.Text = false, "known again"
	save(t, a, n)
	bodies, _ = outgoing(t, a, next, false)
	takeIn(t, b, bodies)
	sameDigest(t, a, b)
}

func TestANoteIsStillPrivateWhenTheStoreIsOpenedAgain(t *testing.T) {
	dir := t.TempDir()
	n, i, _ := only()
	for start := range 3 {
		if start == 2 {
			if err := os.RemoveAll(filepath.Join(dir, "picture")); err != nil {
				t.Fatal(err)
			}
		}
		t.Run("", func(t *testing.T) {
			db := desk(t, dir, 0)
			save(t, db, n, i)
			bodies, _ := outgoing(t, db, Mark{}, true)
			silent(t, bodies, "the-note", "the-insight")
		})
	}
}
