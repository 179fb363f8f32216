package replica

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"ringside/assist"
)

// plain is what is in all packets that the replica holds, opened with all its keys.
func (d *desk) plain() (all string) {
	d.t.Helper()
	d.r.mu.Lock()
	keys := d.r.keys
	d.r.mu.Unlock()
	err := d.r.shelf.each(d.r.shelf.all(), func(_ uint64, rec record) error {
		body, err := unseal(rec.sealed, keys[rec.key])
		all += string(body)
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return all
}

func TestAnErasureReachesTheSealedPackets(t *testing.T) {
	h, ann, tom := pair(t)
	eve := ann.lets(h, newDesk(t, "Eve", 0))
	ann.writes("gone", "Zennor")
	tom.writes("gone", "Zennor-by-Tom")
	eve.writes("gone", "Zennor-by-Eve")
	alike(t, ann, tom, eve)
	if err := ann.r.Remove(eve.team.Self()); err != nil {
		t.Fatal(err)
	}
	waitFor(t, "Eve is gone", func() bool { return eve.r.gone() != nil })
	for _, d := range []*desk{ann, tom} {
		if !strings.Contains(d.plain(), "Zennor") {
			t.Fatal("the test looks in the wrong place")
		}
	}
	if _, err := ann.db.Erase(context.Background(), "gone", "ann", time.Now().UTC(), func(int, int) {}); err != nil {
		t.Fatal(err)
	}
	ann.r.Wake()
	for _, d := range []*desk{ann, tom} {
		waitFor(t, d.name+" has nothing of it in packets", func() bool { return !strings.Contains(d.plain(), "Zennor") })
	}
	waitFor(t, "Tom confirms it", func() bool {
		list := ann.r.Status().Erasures
		return len(list) == 1 && len(list[0].Open) == 0 && len(list[0].Confirmed) == 1 && list[0].Confirmed[0] == tom.team.Self()
	})
	fay := ann.lets(h, newDesk(t, "Fay", 0))
	tom.writes("c4", "Ripon")
	alike(t, ann, tom, fay)
	if fay.city("gone") != "" || fay.city("c2") != "Hull" || strings.Contains(fay.plain(), "Zennor") {
		t.Error("who comes later sees what was erased, or not the rest")
	}
	ann.crash()
	if strings.Contains(ann.plain(), "Zennor") {
		t.Error("it is back")
	}
	alike(t, ann, tom, fay)
}

// The carrier deletes nothing for now, and the admin's desk dies before it does.
func TestWhatACarrierMustDeleteIsAskedAgainAfterACrash(t *testing.T) {
	h, ann, tom := pair(t)
	ann.writes("gone", "Zennor")
	alike(t, ann, tom)
	h.set(func(h *hub) { h.holds = true })
	if _, err := ann.db.Erase(context.Background(), "gone", "ann", time.Now().UTC(), func(int, int) {}); err != nil {
		t.Fatal(err)
	}
	ann.r.Wake()
	waitFor(t, "it is erased, and that is on the disk", func() bool {
		if s := ann.r.Status(); len(s.Erasures) != 1 || s.Waiting > 0 {
			return false
		}
		ann.r.shelf.mu.Lock()
		defer ann.r.shelf.mu.Unlock()
		m, err := steady.Marshal(ann.r.shelf.marks)
		return err == nil && bytes.Equal(m, ann.r.shelf.written)
	})
	ann.crash()
	h.set(func(h *hub) { h.holds = false })
	waitFor(t, "the carrier has deleted it", func() (gone bool) {
		h.set(func(h *hub) { gone = len(h.forgot) > 0 })
		return gone
	})
	waitFor(t, "it is asked for no more", func() bool { return len(ann.r.shelf.at().Forget) == 0 })
}

func TestWhatWasErasedIsNotKeptWhenItComesLater(t *testing.T) {
	_, ann, tom := pair(t)
	tom.line.plug(false)
	tom.writes("c1", "Zennor")
	if _, err := ann.db.Erase(context.Background(), assist.ID("c1"), "ann", time.Now().UTC(), func(int, int) {}); err != nil {
		t.Fatal(err)
	}
	ann.r.Wake()
	waitFor(t, "it is erased", func() bool { return len(ann.r.Status().Erasures) == 1 && ann.r.Status().Waiting == 0 })
	tom.line.plug(true)
	alike(t, ann, tom)
	waitFor(t, "nothing of it is in packets", func() bool {
		return !strings.Contains(ann.plain(), "Zennor") && !strings.Contains(tom.plain(), "Zennor")
	})
}
