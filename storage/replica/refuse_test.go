package replica

import (
	"bytes"
	"errors"
	"maps"
	"strings"
	"testing"
	"time"

	"ringside/assist"
	"ringside/storage"
)

// pair is two desks that are alike.
func pair(t *testing.T) (*hub, *desk, *desk) {
	t.Helper()
	h := newHub(1)
	ann := founds(t, h, "Ann")
	tom := ann.lets(h, newDesk(t, "Tom", 0))
	ann.writes("c1", "York")
	tom.writes("c2", "Hull")
	alike(t, ann, tom)
	return h, ann, tom
}

// body is what a store makes of one customer.
func body(t *testing.T, name string) []byte {
	t.Helper()
	d := newDesk(t, "Maker", 0)
	if err := d.db.Save(t.Context(), assist.Customer{ID: "forged", Name: name}); err != nil {
		t.Fatal(err)
	}
	shares, err := d.db.Outgoing(t.Context(), storage.Mark{}, false, 1)
	if err != nil || len(shares) != 1 {
		t.Fatal(shares, err)
	}
	return shares[0].Body
}

func TestWhatIsNotTheTeamsIsRefusedAndSaid(t *testing.T) {
	h, ann, tom := pair(t)
	forged := body(t, "Mallory")
	stranger, err := blank(t.TempDir(), storeKey)
	if err != nil {
		t.Fatal(err)
	}
	ann.r.mu.Lock()
	keys, key := maps.Clone(ann.r.keys), ann.r.roster.Key
	ann.r.mu.Unlock()
	last := tom.r.shelf.ownNext()
	good := head{kind: operations, team: ann.team.own.Team, member: tom.team.Self(), signer: tom.team.Self(), from: last, count: 1, key: key, at: time.Now().UnixMilli()}
	sealed := func(change func(*head), keys keyring, by *Team) Packet {
		h := good
		change(&h)
		b, err := seal(h, forged, keys, by.signing())
		if err != nil {
			t.Fatal(err)
		}
		return record{head: h, sealed: b}.packet(false)
	}
	other := newKey()
	wrong := keyring{key: other}
	flip := func(p Packet, at int) Packet {
		p.Sealed = bytes.Clone(p.Sealed)
		p.Sealed[at] ^= 1
		return p
	}
	tests := []struct {
		name   string
		packet Packet
		why    error
	}{
		{"forged in the name of a member", sealed(func(*head) {}, keys, stranger), errForged},
		{"of a stranger without the key", sealed(func(h *head) { h.member, h.signer = stranger.Self(), stranger.Self() }, wrong, stranger), errForged},
		{"under a wrong key", sealed(func(*head) {}, wrong, tom.team), errAltered},
		{"of another team", sealed(func(h *head) { h.team[0]++ }, keys, tom.team), errOtherTeam},
		{"by a member for another", sealed(func(h *head) { h.member = ann.team.Self() }, keys, tom.team), errNotAdmin},
		{"numbers used twice", sealed(func(h *head) { h.from = 1 }, keys, tom.team), errNumbers},
		{"numbers that overlap", sealed(func(h *head) { h.from, h.count = 2, 4 }, keys, tom.team), errNumbers},
		{"altered", flip(sealed(func(*head) {}, keys, tom.team), headSize+nonceSize+3), errForged},
		{"with another label", Packet{Member: tom.team.Self(), From: last + 9, Count: 1, Sealed: sealed(func(*head) {}, keys, tom.team).Sealed}, errLabel},
		{"of 10 MB", Packet{Member: tom.team.Self(), From: last, Count: 1, Sealed: make([]byte, 10<<20)}, errTooLarge},
		{"garbage", Packet{Member: tom.team.Self(), From: last, Count: 1, Sealed: []byte(strings.Repeat("garbage ", 40))}, errGarbage},
		{"nothing", Packet{Member: tom.team.Self(), From: last, Count: 1, Sealed: []byte{}}, errGarbage},
	}
	before, held := ann.digest(), len(ann.r.shelf.all())
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			h.put(tt.packet)
			waitFor(t, "refused because "+tt.why.Error(), func() bool {
				for _, f := range ann.r.Status().Refused {
					if f.Why == tt.why.Error() && f.Member == tt.packet.Member {
						return true
					}
				}
				return false
			})
			ann.r.mu.Lock()
			ann.r.refused = nil
			ann.r.mu.Unlock()
		})
	}
	if after := ann.digest(); after != before || len(ann.r.shelf.all()) != held || len(ann.r.Status().Held) > 0 {
		t.Errorf("%s became %s, %d packets %d", before, after, held, len(ann.r.shelf.all()))
	}
}

func TestAPacketThatUnpacksToTooMuchIsRefused(t *testing.T) {
	key := newKey()
	team, err := Found(t.TempDir(), storeKey, "Tackle shop", Newcomer{Name: "Ann"})
	if err != nil {
		t.Fatal(err)
	}
	h := head{kind: operations, member: team.Self(), signer: team.Self(), from: 1, count: 1, key: idOf(key)}
	b, err := seal(h, make([]byte, maxBody+1), keyring{h.key: key}, team.signing())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := unseal(b, key); !errors.Is(err, errTooLarge) {
		t.Errorf("%d bytes unpack to more than %d: %v", len(b), maxBody, err)
	}
}

func TestAReplayedPacketChangesNothing(t *testing.T) {
	h, ann, tom := pair(t)
	before, held := ann.digest(), len(ann.r.shelf.all())
	for _, p := range h.packets() {
		h.put(p)
		p.Again = true
		h.put(p)
	}
	tom.writes("c3", "Ripon") // comes behind them
	waitFor(t, "the packet behind them", func() bool { return ann.city("c3") == "Ripon" })
	if before == ann.digest() || len(ann.r.shelf.all()) != held+1 {
		t.Errorf("%d packets became %d", held, len(ann.r.shelf.all()))
	}
	alike(t, ann, tom)
}

func TestACopyOfADeskIsTold(t *testing.T) {
	h, ann, tom := pair(t)
	tom.line.plug(false)
	ann.r.mu.Lock()
	keys, key := maps.Clone(ann.r.keys), ann.r.roster.Key
	ann.r.mu.Unlock()
	twin := head{kind: operations, team: ann.team.own.Team, member: tom.team.Self(), signer: tom.team.Self(), from: tom.r.shelf.ownNext(), count: 1, key: key, at: time.Now().UnixMilli()}
	b, err := seal(twin, body(t, "Mary"), keys, tom.team.signing())
	if err != nil {
		t.Fatal(err)
	}
	h.put(record{head: twin, sealed: b}.packet(false))
	tom.line.plug(true)
	waitFor(t, "the copy is seen", func() bool { return tom.r.stale() != nil })
	sends := tom.r.shelf.ownNext()
	tom.writes("c9", "Bath")
	time.Sleep(20 * time.Millisecond)
	if n := tom.r.shelf.ownNext(); n != sends {
		t.Errorf("it goes on to send, up to %d", n)
	}
}
