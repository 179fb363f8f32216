package replica

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"
)

// The hello of who was removed lies at the meeting place for as long as its invitation is
// good, and they can leave it once more.
func TestWhoIsRemovedIsNotWelcomedAgain(t *testing.T) {
	h := newHub(1)
	ann := founds(t, h, "Ann")
	inv, guest := ann.invites(), h.line("")
	tom := newDesk(t, "Tom", 0)
	if _, err := tom.asks(guest, inv); !isFault(err) {
		t.Fatal(err)
	}
	if joined, err := ann.r.Admit(t.Context(), guest, free); err != nil || len(joined) != 1 {
		t.Fatal(joined, err)
	}
	team, err := readTeam(tom.dir, storeKey) // it waits to be let in
	if err != nil {
		t.Fatal(err)
	}
	before, err := guest.Look(t.Context(), "welcome/"+inv.ID)
	if err != nil {
		t.Fatal(err)
	}
	if err := ann.r.Remove(team.Self()); err != nil {
		t.Fatal(err)
	}
	if _, err := ann.r.Admit(t.Context(), guest, func(Member) (string, []byte, error) {
		t.Error("who was removed gets credentials")
		return "hub", nil, nil
	}); err != nil {
		t.Fatal(err)
	}
	if after, err := guest.Look(t.Context(), "welcome/"+inv.ID); err != nil || string(after) != string(before) {
		t.Errorf("who was removed gets the new key of the team (%v)", err)
	}
	if list := ann.r.Status().Refused; len(list) != 1 || list[0].Why != errRemoved.Error() {
		t.Errorf("%+v", list)
	}
}

// Whoever can write to a carrier can use as many names as they like.
func TestStrangersTakeNoMemory(t *testing.T) {
	h, ann, tom := pair(t)
	stranger, err := blank(t.TempDir(), storeKey)
	if err != nil {
		t.Fatal(err)
	}
	other := newKey()
	for i := range 20 {
		name := MemberID(fmt.Sprintf("%016x", i+1))
		for _, key := range []keyID{idOf(other), ann.r.roster.Key} {
			b, err := seal(head{kind: operations, team: ann.team.own.Team, member: name, signer: name, from: 1, count: 1, key: key}, []byte("x"), keyring{key: other}, stranger.signing())
			if err != nil {
				t.Fatal(err)
			}
			hd, _ := readHead(b)
			h.put(record{head: hd, sealed: b}.packet(false))
		}
	}
	said := message{Have: map[MemberID]uint64{}}
	for i := range 20 {
		said.Have[MemberID(fmt.Sprint("nobody ", i))] = 1
	}
	if err := tom.r.sayTo(t.Context(), said); err != nil {
		t.Fatal(err)
	}
	tom.writes("c3", "Ripon") // comes behind them
	waitFor(t, "the packet behind them", func() bool { return ann.city("c3") == "Ripon" })
	waitFor(t, "what lies aside", func() bool { return len(ann.r.Status().Held) > 0 })
	ann.r.mu.Lock()
	defer ann.r.mu.Unlock()
	ann.r.shelf.mu.Lock()
	defer ann.r.shelf.mu.Unlock()
	if p, s := len(ann.r.peers), len(ann.r.shelf.runs); p > 2 || s > 2 {
		t.Errorf("in a team of two %d peers and %d members' packets are kept in mind", p, s)
	}
	if have := ann.r.peers[tom.team.Self()].have; len(have) > 2 {
		t.Errorf("%d members are said to have written", len(have))
	}
}

// A newer version of the program may have written what this one cannot read.
func TestWhatCannotBeReadDoesNotHinderAnErasure(t *testing.T) {
	h, ann, tom := pair(t)
	tom.halt()
	ann.r.mu.Lock()
	key, keys := ann.r.roster.Key, ann.r.keys
	ann.r.mu.Unlock()
	strange := head{kind: operations, team: ann.team.own.Team, member: tom.team.Self(), signer: tom.team.Self(), from: 3, count: 1, key: key, at: time.Now().UnixMilli()}
	b, err := seal(strange, []byte("of a newer version"), keys, tom.team.signing())
	if err != nil {
		t.Fatal(err)
	}
	h.put(record{head: strange, sealed: b}.packet(false))
	waitFor(t, "it cannot be read", func() bool { return len(ann.r.Status().Refused) == 1 })
	if _, err := ann.db.Erase(context.Background(), "c1", "ann", time.Now().UTC(), func(int, int) {}); err != nil {
		t.Fatal(err)
	}
	if err := ann.r.Clean(t.Context()); err != nil {
		t.Fatal(err)
	}
	if all := ann.plain(); strings.Contains(all, "York") || !strings.Contains(all, "newer version") {
		t.Error("what was erased is still there, or what nobody here can judge is not")
	}
}

// The only admin must see to it that the carrier forgets their own packets, too.
func TestTheCarrierForgetsWhatTheOnlyAdminHasErased(t *testing.T) {
	h := newHub(1)
	ann := founds(t, h, "Ann")
	ann.writes("gone", "Zennor")
	waitFor(t, "it is sent", func() bool { return ann.r.Status().Waiting == 0 && len(h.packets()) > 1 })
	if _, err := ann.db.Erase(context.Background(), "gone", "ann", time.Now().UTC(), func(int, int) {}); err != nil {
		t.Fatal(err)
	}
	ann.r.Wake()
	ann.r.mu.Lock()
	keys := ann.r.keys
	ann.r.mu.Unlock()
	waitFor(t, "the carrier has nothing of it", func() bool {
		clean := false
		for _, p := range h.packets() {
			hd, err := readHead(p.Sealed)
			if err != nil {
				t.Fatal(err)
			}
			if body, err := unseal(p.Sealed, keys[hd.key]); err == nil && strings.Contains(string(body), "Zennor") {
				return false
			}
			clean = clean || p.Edition > 0
		}
		return clean
	})
}
