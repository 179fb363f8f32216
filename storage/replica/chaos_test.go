package replica

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"
)

// TestAllComeToTheSame lets six desks write the same customers over a carrier that drops,
// doubles, delays and forgets, while desks are unplugged and crash. The clock of one of them
// is a year ahead.
func TestAllComeToTheSame(t *testing.T) {
	for seed := range uint64(3) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) { chaos(t, seed) })
	}
}

func chaos(t *testing.T, seed uint64) {
	h := newHub(seed)
	ann := founds(t, h, "Ann")
	desks := []*desk{ann}
	for i, name := range []string{"Bob", "Cid", "Dot", "Eve"} {
		desks = append(desks, ann.lets(h, newDesk(t, name, time.Duration(i-2)*4*time.Minute)))
	}
	desks = append(desks, ann.lets(h, newDesk(t, "Fay", 365*24*time.Hour)))
	h.set(func(h *hub) { h.unkind = true })
	rng := rand.New(rand.NewPCG(seed, 2))
	for step := range 250 {
		d := desks[rng.IntN(len(desks))]
		switch n := rng.IntN(100); {
		case n < 80:
			d.writes(fmt.Sprint("c", rng.IntN(12)), fmt.Sprintf("%s %d", d.name, step))
		case n < 88:
			d.line.plug(rng.IntN(2) == 0)
		case n < 91:
			h.lose()
		case n < 92:
			h.wipe()
		case n < 94:
			d.crash()
		default:
			time.Sleep(time.Duration(rng.IntN(10)) * time.Millisecond)
		}
	}
	h.set(func(h *hub) { h.unkind = false })
	for _, d := range desks {
		d.line.plug(true)
	}
	alike(t, desks...)
	for _, d := range desks {
		if s := d.r.Status(); len(s.Refused) > 0 {
			t.Errorf("%s has refused %+v", d.name, s.Refused)
		}
	}
}

func TestACarrierThatHasLostAllIsFilledAgain(t *testing.T) {
	h := newHub(1)
	ann := founds(t, h, "Ann")
	tom := ann.lets(h, newDesk(t, "Tom", 0))
	for i := range 30 {
		ann.writes(fmt.Sprint("a", i), "York")
		tom.writes(fmt.Sprint("t", i), "Hull")
	}
	alike(t, ann, tom)
	tom.halt() // what Tom wrote is on Ann's shelf
	h.wipe()
	eve := ann.lets(h, newDesk(t, "Eve", 0))
	alike(t, ann, eve)
	if got := eve.city("t29"); got != "Hull" {
		t.Errorf("what Tom wrote came as %q", got)
	}
	seen := map[string]bool{}
	for _, p := range h.packets() {
		seen[fmt.Sprint(p.Member, p.From)] = true
	}
	if n := len(ann.r.shelf.all()); len(seen) < n {
		t.Errorf("the carrier has %d packets of %d", len(seen), n)
	}
}

func TestAPacketThatIsLostUnseenIsAskedFor(t *testing.T) {
	h := newHub(1)
	ann := founds(t, h, "Ann")
	ann.writes("c1", "York")
	waitFor(t, "all sent", func() bool { return len(h.packets()) == 2 })
	ann.writes("c2", "Hull")
	waitFor(t, "all sent", func() bool { return len(h.packets()) == 3 })
	h.set(func(h *hub) {
		for i := range h.log {
			if h.log[i].From == 2 {
				h.log[i].Sealed = nil
			}
		}
	})
	tom := ann.lets(h, newDesk(t, "Tom", 0))
	alike(t, ann, tom)
}

func TestWhatIsOnItsWayIsNotAskedFor(t *testing.T) {
	h := newHub(1)
	ann := founds(t, h, "Ann")
	tom := newDesk(t, "Tom", 0)
	tom.pace.Want = 200 * time.Millisecond
	ann.lets(h, tom)
	alike(t, ann, tom)
	before := 0
	h.set(func(h *hub) {
		before = h.sends
		tom.line.lag = tom.pace.Want / 2 // Ann's own words are faster
	})
	const writes = 100
	for i := range writes {
		ann.writes(fmt.Sprint("c", i), "York")
		time.Sleep(tom.pace.Want / 20)
	}
	alike(t, ann, tom)
	h.set(func(h *hub) {
		if sent := h.sends - before; sent > writes+writes/5 { // a machine that stands still for a while is none of ours
			t.Errorf("%d writes were sent %d times", writes, sent)
		}
	})
}

func TestWhatIsStuckIsWhatNothingCameFor(t *testing.T) {
	before := []Range{{3, 5}, {8, 20}, {30, 40}}
	now := []Range{{3, 5}, {12, 20}, {30, 60}, {70, 80}}
	if got, want := fmt.Sprint(stuck(before, now)), "[{3 5} {30 40}]"; got != want {
		t.Errorf("stuck are %s, want %s", got, want)
	}
}
