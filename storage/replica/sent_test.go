package replica

import (
	"bytes"
	"strings"
	"testing"
)

// sent returns the last packets of a desk.
func (d *desk) sent(n int) []Sent {
	d.t.Helper()
	list, err := d.r.Sent(d.t.Context(), n)
	if err != nil {
		d.t.Fatal(err)
	}
	return list
}

func TestWhatLeavesADeskCanBeSeenByteForByte(t *testing.T) {
	h, ann, tom := pair(t)
	ann.writes("c7", "Kirkby Lonsdale")
	alike(t, ann, tom)
	list := ann.sent(3)
	if len(list) != 3 || list[0].From <= list[1].From || list[0].Waiting || list[0].Writes != 2 {
		t.Fatalf("%+v", list)
	}
	writes, err := ann.db.Writes(list[0].Body)
	if err != nil || len(writes) != 2 || writes[0].Of.ID != "c7" {
		t.Errorf("%+v, %v", writes, err)
	}
	carried := false
	h.set(func(h *hub) {
		for _, p := range h.log {
			carried = carried || bytes.Equal(p.Sealed, list[0].Sealed)
		}
	})
	if !carried || strings.Contains(string(list[0].Sealed), "Kirkby") {
		t.Error("the bytes are not those that the carrier has")
	}
	all, rosters := ann.sent(1000), 0
	for _, s := range all {
		if s.Body == nil {
			rosters++
		}
	}
	if rosters == 0 || len(all) < 4 {
		t.Errorf("%d of %d say who is in the team", rosters, len(all))
	}

	h.set(func(h *hub) { h.down = true })
	ann.writes("c8", "Hawes")
	waitFor(t, "it waits", func() bool { s := ann.sent(1)[0]; return s.Waiting && bytes.Contains(s.Body, []byte("Hawes")) })
}
