package replica

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"ringside/assist"
	"ringside/storage"
)

func (d *desk) note(id string) (assist.Note, bool) {
	d.t.Helper()
	n, err := storage.Find[assist.Note](d.t.Context(), d.db, assist.ID(id))
	if err != nil && !errors.Is(err, assist.ErrNotFound) {
		d.t.Fatal(err)
	}
	return n, err == nil
}

func (d *desk) saves(records ...assist.Record) {
	d.t.Helper()
	if err := d.db.Save(d.t.Context(), records...); err != nil {
		d.t.Fatal(err)
	}
	d.r.Wake()
}

func TestAPrivateNoteComesToNoColleagueUntilItIsShared(t *testing.T) {
	h, ann, tom := pair(t)
	n := assist.Note{ID: "mine", Customer: "c1", Rep: "ann", At: time.Now().UTC(), Text: "between me and me", Private: true}
	ann.saves(n, assist.Promise{ID: "ours", Customer: "c1", Rep: "ann", Text: "calls back", Made: time.Now().UTC()})
	n.Tags = []string{"hush"}
	ann.saves(n)
	ann.writes("c1", "Hawes")
	alike(t, ann, tom)
	if _, known := tom.note("mine"); known {
		t.Error("a private note is at a colleague's desk")
	}
	if _, err := storage.Find[assist.Promise](t.Context(), tom.db, "ours"); err != nil {
		t.Errorf("the promise: %v", err)
	}
	for _, s := range ann.sent(1000) {
		if bytes.Contains(s.Body, []byte("between me")) || bytes.Contains(s.Body, []byte("hush")) || bytes.Contains(s.Body, []byte("mine")) {
			t.Error("it is in a packet")
		}
	}
	fay := ann.lets(h, newDesk(t, "Fay", 0))
	alike(t, ann, tom, fay)
	if _, known := fay.note("mine"); known {
		t.Error("a private note comes to a desk that joins")
	}
	n.Private = false
	ann.saves(n)
	waitFor(t, "it is shared whole", func() bool { got, _ := tom.note("mine"); return got.Text == n.Text && len(got.Tags) == 1 })
	alike(t, ann, tom, fay)
}
