package replica

import (
	"context"
	"slices"
	"testing"
	"time"

	"ringside/assist"
	"ringside/storage"
	"ringside/storage/journal"
)

func TestADeskWhoseClockIsAYearAheadDoesNotWin(t *testing.T) {
	h := newHub(1)
	ann := founds(t, h, "Ann")
	tom := ann.lets(h, newDesk(t, "Tom", 0))
	alike(t, ann, tom)
	tom.halt()
	tom.skew = 365 * 24 * time.Hour
	tom.db.Close()
	tom.open()
	tom.line.plug(false)
	tom.start()
	tom.writes("c1", "wrong") // sealed before his clock can be compared
	tom.writes("c2", "his")
	waitFor(t, "it is sealed", func() bool { return tom.r.shelf.waiting() >= 3 })
	tom.line.plug(true)
	waitFor(t, "his clock is compared", func() bool { return tom.r.Status().Offset.Round(time.Hour) == -365*24*time.Hour })
	waitFor(t, "it comes with a better time", func() bool { return ann.city("c2") == "his" })
	ann.writes("c1", "right")
	alike(t, ann, tom)
	for _, d := range []*desk{ann, tom} {
		if got := d.city("c1"); got != "right" {
			t.Errorf("%s has %q", d.name, got)
		}
		if s := d.r.Status(); len(s.Refused) > 0 {
			t.Errorf("%s has refused %+v", d.name, s.Refused)
		}
	}
	waitFor(t, "nothing lies aside", func() bool { return len(ann.r.Status().Held) == 0 })
}

// between calls a function when writes are read and not yet sealed.
type between struct {
	Store
	then func()
}

func (b *between) Outgoing(ctx context.Context, from storage.Mark, all bool, runs int) ([]storage.Share, error) {
	shares, err := b.Store.Outgoing(ctx, from, all, runs)
	b.then()
	return shares, err
}

// The time of the team becomes known while writes with stamps of a year ahead are sealed:
// the packet must not say that they are of now, for others would believe it.
func TestAPacketIsNoEarlierThanItsStamps(t *testing.T) {
	const year = 365 * 24 * time.Hour
	tom := newDesk(t, "Tom", year)
	var err error
	if tom.team, err = Found(tom.dir, storeKey, "Tackle shop", tom.who()); err != nil {
		t.Fatal(err)
	}
	store := &between{tom.db, func() {}}
	r, err := New(Options{Team: tom.team, Store: store, Carrier: newHub(1).line(tom.team.Self()), Now: tom.now})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	tom.r = r
	if err := r.gather(t.Context()); err != nil {
		t.Fatal(err)
	}
	tom.writes("c1", "York")
	store.then = func() {
		r.mu.Lock()
		r.offset, r.timed = -year, true
		r.mu.Unlock()
		tom.db.SetOffset(-year)
	}
	if err := r.gather(t.Context()); err != nil {
		t.Fatal(err)
	}
	var claims []time.Duration
	err = r.shelf.journal.Read(journal.Position{}, func(_ journal.Position, b []byte) error {
		if b[0] == recordMarks {
			return nil
		}
		rec, err := decodeRecord(b)
		if rec.kind == operations {
			claims = append(claims, time.Until(rec.claimed()).Round(time.Hour))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(claims, []time.Duration{year, 0}) {
		t.Errorf("first, and then sealed anew, it claims to be %v ahead", claims)
	}
}

// A clock is wrong while nothing is sent, and right again when it is.
func TestWhatAWrongClockHasStampedDoesNotWinLater(t *testing.T) {
	_, ann, tom := pair(t)
	tom.halt()
	if err := tom.db.Close(); err != nil {
		t.Fatal(err)
	}
	tom.skew = 365 * 24 * time.Hour
	tom.open()
	tom.writes("c1", "wrong")
	tom.writes("c8", "his")
	if err := tom.db.Close(); err != nil {
		t.Fatal(err)
	}
	tom.skew = 0
	tom.open()
	tom.start()
	waitFor(t, "it comes", func() bool { return ann.city("c8") == "his" })
	ann.writes("c1", "right")
	alike(t, ann, tom)
	if got := tom.city("c1"); got != "right" {
		t.Errorf("it is %q", got)
	}
}

func TestWhatClaimsALaterTimeLiesAsideUntilThen(t *testing.T) {
	h, ann, tom := pair(t)
	tom.halt()
	ann.r.mu.Lock()
	key, keys := ann.r.roster.Key, ann.r.keys
	ann.r.mu.Unlock()
	late := head{kind: operations, team: ann.team.own.Team, member: tom.team.Self(), signer: tom.team.Self(), from: 3, count: 1, key: key, at: time.Now().Add(time.Hour).UnixMilli()}
	b, err := seal(late, body(t, "Mary"), keys, tom.team.signing())
	if err != nil {
		t.Fatal(err)
	}
	h.put(record{head: late, sealed: b}.packet(false))
	waitFor(t, "it lies aside, and Tom's clock is told", func() bool {
		s := ann.r.Status()
		off := false
		for _, m := range s.Members {
			off = off || m.ID == tom.team.Self() && m.Ahead > 0
		}
		return off && len(s.Held) == 1 && s.Held[0].Why == errClock.Error() && s.Held[0].Member == tom.team.Self()
	})
	ann.crash()
	waitFor(t, "it lies there after a crash", func() bool { return len(ann.r.Status().Held) == 1 })
	ann.halt()
	ann.skew = 55 * time.Minute
	ann.start()
	waitFor(t, "its time has come", func() bool { return len(ann.r.Status().Held) == 0 && ann.has("forged") })
}

func (d *desk) has(id assist.ID) bool {
	_, err := storage.Find[assist.Customer](context.Background(), d.db, id)
	return err == nil
}

func TestWhatComesBeforeItsRosterIsHeld(t *testing.T) {
	h, ann, tom := pair(t)
	tom.line.plug(false)
	eve := ann.lets(h, newDesk(t, "Eve", 0))
	if err := ann.r.Remove(eve.team.Self()); err != nil { // a new key
		t.Fatal(err)
	}
	ann.writes("c7", "Selby")
	waitFor(t, "all is sent", func() bool { return ann.r.shelf.ownNext() == 9 && ann.r.Status().Waiting == 0 })
	var rosters []Arrival
	h.set(func(h *hub) { // the rosters come last
		var rest []Arrival
		for _, a := range h.log {
			if hd, err := readHead(a.Sealed); err == nil && hd.kind == rosterKind && a.From > 2 {
				rosters = append(rosters, a)
			} else {
				rest = append(rest, a)
			}
		}
		h.log = append(make([]Arrival, 0, len(h.log)), rest...)
		h.epoch++
	})
	if len(rosters) != 2 {
		t.Fatalf("%d rosters", len(rosters))
	}
	ann.line.plug(false) // nobody can give them
	tom.line.plug(true)
	waitFor(t, "it is held", func() bool { return len(tom.r.Status().Held) > 0 })
	tom.crash()
	for i := range rosters {
		h.put(rosters[len(rosters)-1-i].Packet)
	}
	waitFor(t, "it is read", func() bool { return tom.city("c7") == "Selby" && len(tom.r.Status().Held) == 0 })
}

func TestWhatIsSaidIsHeardOnce(t *testing.T) {
	h, ann, tom := pair(t)
	if err := ann.r.Say(t.Context(), Live{Kind: "presence", Customer: "c1", Text: "on the phone"}); err != nil {
		t.Fatal(err)
	}
	heard := func() []Live { tom.mu.Lock(); defer tom.mu.Unlock(); return append([]Live(nil), tom.live...) }
	waitFor(t, "it is heard", func() bool { return len(heard()) == 1 })
	if l := heard()[0]; l.From != ann.team.Self() || l.Customer != "c1" || l.Text != "on the phone" || time.Since(l.At) > time.Minute {
		t.Errorf("%+v", l)
	}
	rec, err := ann.r.sealOwn(spoken, 0, 0, []byte{0xa0}, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // played again, and forged in another's name
		tom.line.mu.Lock()
		tom.line.said = append(tom.line.said, Said{Member: ann.team.Self(), Sealed: rec.sealed}, Said{Member: tom.team.Self(), Sealed: rec.sealed})
		tom.line.mu.Unlock()
	}
	waitFor(t, "the forged one is refused", func() bool { return len(tom.r.Status().Refused) == 1 })
	if n := len(heard()); n != 1 {
		t.Errorf("%d are heard", n)
	}
	before := len(h.packets())
	waitFor(t, "what is here is said", func() bool {
		for _, m := range ann.r.Status().Members {
			if m.ID == tom.team.Self() {
				return m.Behind == 0 && !m.Seen.IsZero()
			}
		}
		return false
	})
	if len(h.packets()) != before {
		t.Error("what is said is kept")
	}
}

// A desk ends between a packet that has lain aside and the look that finds it replaced.
func TestWhatWasReplacedWhileItLayAsideIsNotTaken(t *testing.T) {
	h, ann, tom := pair(t)
	tom.halt()
	ann.halt()
	ann.pace.Want = time.Hour
	ann.start()
	right := body(t, "Right")
	wrong := body(t, "Wrong") // written later
	ann.r.mu.Lock()
	key, keys := ann.r.roster.Key, ann.r.keys
	ann.r.mu.Unlock()
	put := func(edition uint32, at time.Time, body []byte) {
		hd := head{kind: operations, team: ann.team.own.Team, member: tom.team.Self(), signer: tom.team.Self(), from: 3, count: 1, edition: edition, key: key, at: at.UnixMilli()}
		b, err := seal(hd, body, keys, tom.team.signing())
		if err != nil {
			t.Fatal(err)
		}
		h.put(record{head: hd, sealed: b}.packet(false))
	}
	put(0, time.Now().Add(time.Hour), wrong)
	waitFor(t, "it lies aside", func() bool { return len(ann.r.Status().Held) == 1 })
	put(1, time.Now(), right)
	waitFor(t, "the one that replaces it", func() bool { return ann.has("forged") })
	ann.halt()
	ann.skew = 2 * time.Hour
	ann.start()
	waitFor(t, "nothing lies aside", func() bool {
		ann.r.shelf.mu.Lock()
		defer ann.r.shelf.mu.Unlock()
		return len(ann.r.shelf.behind) == 0 && len(ann.r.shelf.marks.Aside) == 0
	})
	if c, err := storage.Find[assist.Customer](t.Context(), ann.db, "forged"); err != nil || c.Name != "Right" {
		t.Errorf("%q, %v", c.Name, err)
	}
}

// A desk dies between its shelf and its store, and the machine starts with its clock an
// hour back.
func TestWhatLiesOnTheShelfIsTakenInWhateverTheClockSays(t *testing.T) {
	_, ann, tom := pair(t)
	if err := ann.db.Close(); err != nil {
		t.Fatal(err)
	}
	tom.writes("c5", "Selby")
	waitFor(t, "it is on the shelf", func() bool { return ann.r.shelf.have()[tom.team.Self()] == tom.r.shelf.ownNext()-1 })
	ann.halt()
	ann.skew = -time.Hour
	ann.open()
	ann.start()
	alike(t, ann, tom)
}

// The machine starts without its clock, and offline: all that it has sent seems to be of
// the future.
func TestAMachineWithoutItsClockRecastsNothingThatOthersHave(t *testing.T) {
	_, ann, tom := pair(t)
	waitFor(t, "Tom is known to have it", func() bool { return ann.r.shelf.at().Acked == ann.r.shelf.ownNext()-1 })
	ann.halt()
	ann.line.plug(false)
	ann.skew = -365 * 24 * time.Hour
	if err := ann.db.Close(); err != nil {
		t.Fatal(err)
	}
	ann.open()
	ann.start()
	ann.writes("c1", "Bath")
	waitFor(t, "it is sealed", func() bool { return ann.r.shelf.waiting() > 0 })
	ann.line.plug(true)
	alike(t, ann, tom)
	if got := tom.city("c1"); got != "Bath" {
		t.Errorf("what was written last has lost: %q", got)
	}
	err := ann.r.shelf.each(ann.r.shelf.own(), func(_ uint64, rec record) error {
		if rec.edition > 0 {
			t.Errorf("packet %d is sent with other stamps", rec.from)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
