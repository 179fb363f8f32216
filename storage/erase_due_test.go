package storage

import (
	"bytes"
	"errors"
	"io/fs"
	"path/filepath"
	"testing"
	"time"

	"ringside/assist"
)

// Erased at one desk, a person is erased at the others, in their journals and in what they
// keep for sending; what of theirs is still on its way is left out when it comes.
func TestAnErasureTravels(t *testing.T) {
	ctx := t.Context()
	cleaned := 0
	dirB := t.TempDir()
	b, err := Open(ctx, Options{Dir: dirB, Key: testKey, Region: "GB"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	a, c, d := desk(t, t.TempDir(), 0), desk(t, t.TempDir(), 0), desk(t, t.TempDir(), 0)
	plant(t, a)
	planted, seen := outgoing(t, a, Mark{}, false)
	for _, db := range []*DB{b, c} {
		takeIn(t, db, planted)
	}
	sameDigest(t, a, b, c)
	save(t, b, assist.Note{ID: "own-b", Customer: quilla, At: day, Text: rareWord})
	n := assist.Note{ID: "own-note", Customer: quilla, At: day.Add(time.Minute), Text: "changed " + rareWord}
	save(t, c, n, assist.Note{ID: "fine", Customer: mary().ID, At: day, Text: "of mary"})
	late, _ := outgoing(t, c, Mark{}, false)
	shelf, _ := outgoing(t, b, Mark{}, true)

	if _, err := a.Erase(ctx, quilla, "jo", time.Now(), nil); err != nil {
		t.Fatal(err)
	}
	erasure, _ := outgoing(t, a, seen, false)
	for _, body := range erasure {
		if bytes.Contains(body, []byte(rareWord)) {
			t.Error("the erasure has words of hers")
		}
	}
	for _, db := range []*DB{b, c, d} {
		takeIn(t, db, erasure)
		takeIn(t, db, erasure)
	}
	for i, body := range shelf {
		out, changed, err := b.Strip(ctx, body, false)
		if err != nil {
			t.Fatal(err)
		}
		if changed {
			shelf[i] = out
			cleaned++
		}
	}
	takeIn(t, d, planted)
	for _, db := range []*DB{a, b, d} {
		takeIn(t, db, late)
	}
	fine, _ := outgoing(t, c, Mark{}, false)
	for _, db := range []*DB{a, b, d} {
		takeIn(t, db, fine)
		if _, err := Find[assist.Note](ctx, db, "own-note"); !errors.Is(err, assist.ErrNotFound) {
			t.Errorf("what came late of hers is there: %v", err)
		}
	}
	for i, db := range []*DB{a, b, c, d} {
		if found, _, _ := db.Digest(ctx); found == "" {
			t.Fatal(i)
		}
		mustCheck(t, db)
		if gone, err := db.Erased(ctx, quilla); err != nil || !gone {
			t.Errorf("desk %d: %v, %v", i, gone, err)
		}
		if _, err := Find[assist.Customer](ctx, db, quilla); !errors.Is(err, assist.ErrNotFound) {
			t.Errorf("desk %d has her: %v", i, err)
		}
	}
	sameDigest(t, a, b, c)
	if cleaned == 0 {
		t.Error("nothing was cleaned")
	}
	ops := 0
	for _, body := range shelf {
		packs, err := b.codec.readBody(body)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range packs {
			ops += len(p.ops)
		}
		for _, w := range []string{rareWord, "Quilla", "rareplace"} {
			if bytes.Contains(body, []byte(w)) {
				t.Errorf("the shelf has %q", w)
			}
		}
	}
	if before, _ := outgoing(t, b, Mark{}, true); ops <= len(before) {
		t.Errorf("%d operations are on the shelf", ops)
	}
	takeIn(t, d, shelf)
	takeIn(t, a, shelf)
	sameDigest(t, a, b)
}

// The program dies between the two: the erasure is taken in, and not carried out.
func TestAnErasureThatCameInIsFinishedAfterAKill(t *testing.T) {
	a, dir := desk(t, t.TempDir(), 0), t.TempDir()
	plant(t, a)
	planted, seen := outgoing(t, a, Mark{}, false)
	b := desk(t, dir, 0)
	takeIn(t, b, planted)
	if _, err := a.Erase(t.Context(), quilla, "jo", time.Now(), nil); err != nil {
		t.Fatal(err)
	}
	erasure, _ := outgoing(t, a, seen, false)
	in := &intake{db: b, ctx: t.Context(), refused: map[int]error{}, moved: map[assist.ID]bool{}}
	if err := in.all(erasure); err != nil || !in.due {
		t.Fatal(err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	b = desk(t, dir, 0)
	if err := b.EraseDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := Find[assist.Customer](t.Context(), b, quilla); !errors.Is(err, assist.ErrNotFound) {
		t.Errorf("she is there: %v", err)
	}
	mustCheck(t, b)
	sameDigest(t, a, b)
	end := b.journal.End()
	if err := b.EraseDue(t.Context()); err != nil || b.journal.End() != end {
		t.Errorf("again: %v", err)
	}
	if err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if filepath.Base(path) == markerFile {
			t.Error("the marker is left")
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}
