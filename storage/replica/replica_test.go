package replica

import (
	"errors"
	"fmt"
	"os"
	"testing"
)

func TestWhatOneDeskWritesIsOnTheOthers(t *testing.T) {
	h := newHub(1)
	ann := founds(t, h, "Ann")
	ann.writes("c0", "Leeds")
	tom := ann.lets(h, newDesk(t, "Tom", 0))
	tom.writes("c1", "Ripon")
	ann.writes("c2", "York")
	alike(t, ann, tom)
	for i, want := range []string{"Leeds", "Ripon", "York"} {
		for _, d := range []*desk{ann, tom} {
			if got := d.city(fmt.Sprint("c", i)); got != want {
				t.Errorf("%s has %q, not %q", d.name, got, want)
			}
		}
	}
}

func TestWhatADeskHadFromOthersGoesIntoItsNextTeam(t *testing.T) {
	_, ann, tom := pair(t)
	ann.halt()
	tom.halt()
	if err := tom.team.Leave(); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenTeam(tom.dir, storeKey); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("after leaving: %v", err)
	}
	var err error
	if tom.team, err = Found(tom.dir, storeKey, "Another shop", tom.who()); err != nil {
		t.Fatal(err)
	}
	if _, err := Found(tom.dir, storeKey, "A third", tom.who()); !isFault(err) {
		t.Errorf("a second team: %v", err)
	}
	h := newHub(2)
	tom.line = h.line(tom.team.Self())
	tom.start()
	fay := tom.lets(h, newDesk(t, "Fay", 0))
	alike(t, tom, fay)
	if fay.city("c1") != "York" || fay.city("c2") != "Hull" {
		t.Errorf("%q, %q", fay.city("c1"), fay.city("c2"))
	}
}

func TestWhatTheCarrierDoesNotTakeWaits(t *testing.T) {
	h, ann, tom := pair(t)
	h.set(func(h *hub) { h.down = true })
	waitFor(t, "it is offline", func() bool { return ann.r.Status().State == Offline })
	for i := range 5 {
		ann.writes(fmt.Sprint("w", i), "Bath")
	}
	waitFor(t, "it waits", func() bool { s := ann.r.Status(); return s.Waiting == 10 && s.Err != nil && !s.Since.IsZero() })
	ann.crash()
	waitFor(t, "it waits after a crash", func() bool { return ann.r.Status().Waiting == 10 })
	h.set(func(h *hub) { h.down = false })
	alike(t, ann, tom)
	if s := ann.r.Status(); s.State != Online || s.Waiting != 0 {
		t.Errorf("%+v", s)
	}
}

// A carrier may take a packet, deliver it, and fail to say so. The packet is no news when it
// is sent once more.
func TestADeskIsOnlineWhenItHasSentWhatWasThereAlready(t *testing.T) {
	h, ann, tom := pair(t)
	h.set(func(h *hub) { h.late = true })
	tom.writes("c3", "Bath")
	waitFor(t, "it was late", func() bool {
		late := true
		h.set(func(h *hub) { late = h.late })
		return !late && tom.r.Status().Waiting == 0
	})
	waitFor(t, "it is online", func() bool { return tom.r.Status().State == Online })
	alike(t, ann, tom)
}
