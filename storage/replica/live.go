package replica

import (
	"context"
	"maps"
	"time"

	"github.com/fxamacker/cbor/v2"

	"ringside/assist"
)

// Live is what a colleague says that nobody keeps: with whom they are on the phone, which
// call they hand over.
type Live struct {
	Kind     string   // "presence", "transfer" and so on: between who says and who shows
	From     MemberID `cbor:"-"` // set by who takes it in
	To       MemberID // for one alone to show; empty for all
	Customer assist.ID
	Call     assist.ID
	Text     string
	At       time.Time `cbor:"-"`
}

// message is what members say to each other by the way. None of it is kept.
type message struct {
	Have  map[MemberID]uint64  `cbor:",omitempty"` // up to which number, of whom
	Clean bool                 `cbor:",omitempty"` // nothing that was erased by that is here any more
	Want  map[MemberID][]Range `cbor:",omitempty"`
	Live  *Live                `cbor:",omitempty"`
}

// fleeting is how old a Live may be: an older one is kept back by the carrier, or played
// again by somebody.
const fleeting = 2 * time.Minute

// Say tells the colleagues who are here at this moment. It waits for the carrier.
func (r *Replica) Say(ctx context.Context, l Live) error {
	return r.sayTo(ctx, message{Live: &l})
}

func (r *Replica) sayTo(ctx context.Context, m message) error {
	body, err := cbor.Marshal(m)
	if err != nil {
		return err
	}
	rec, err := r.sealOwn(spoken, 0, 0, body, r.corrected())
	if err != nil {
		return err
	}
	return r.opt.Carrier.Say(ctx, rec.sealed)
}

// outbox leaves a message for the goroutine that speaks: who listens never waits.
func (r *Replica) outbox(m message) {
	r.mu.Lock()
	if m.Want != nil {
		r.link.want = m.Want
	}
	r.mu.Unlock()
	kick(r.said)
}

// speak says what is here when it has changed, and from time to time.
func (r *Replica) speak(ctx context.Context) {
	every := time.NewTicker(r.opt.Pace.Have)
	defer every.Stop()
	for {
		r.mu.Lock()
		want := r.link.want
		r.link.want = nil
		hears := r.link.hears
		r.mu.Unlock()
		if hears {
			m := r.state()
			m.Want = want
			if err := r.sayTo(ctx, m); err != nil && want != nil {
				r.outbox(message{Want: want})
			}
		}
		t := time.NewTimer(r.opt.Pace.Soon)
		select { // what changes within a while is said once
		case <-ctx.Done():
			t.Stop()
			return
		case <-t.C:
		}
		select {
		case <-ctx.Done():
			return
		case <-every.C:
		case <-r.said:
		}
	}
}

// state is what is here, and in the store.
func (r *Replica) state() message {
	r.taking.Lock() // what is on the shelf is in the store too
	defer r.taking.Unlock()
	at := r.shelf.at()
	return message{Have: r.shelf.have(), Clean: !at.Unclean && at.Erasures == r.opt.Store.Erasures()}
}

// have returns up to which number all is held, of whom.
func (s *shelf) have() map[MemberID]uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := map[MemberID]uint64{}
	for id, of := range s.runs {
		if n := of.dense(); n > 0 {
			out[id] = n
		}
	}
	return out
}

// hear takes in what somebody says.
func (r *Replica) hear(s Said) {
	r.mu.Lock()
	who, keys, now := r.roster.Roster, r.keys, r.opt.Now().Add(r.offset)
	r.mu.Unlock()
	h, body, err := open(s.Sealed, r.team.own.Team, &who, keys)
	var m message
	switch {
	case holds(err), err == nil && h.member == r.self:
		return
	case err != nil:
		r.refuse(s.Member, err)
		return
	case h.kind != spoken || h.member != s.Member:
		r.refuse(s.Member, errLabel)
		return
	case cbor.Unmarshal(body, &m) != nil:
		r.refuse(s.Member, errGarbage)
		return
	}
	r.sawMember(h.member, s.At, h.claimed())
	r.noteClock(h, h.claimed().Sub(now))
	r.noteHave(h.member, m)
	if !r.first(entryOf(h, s.Sealed, 0).sum, now) {
		return
	}
	if m.Want != nil {
		r.answer(m.Want)
	}
	if m.Live != nil && r.opt.OnSaid != nil && now.Sub(h.claimed()).Abs() < fleeting {
		m.Live.From, m.Live.At = h.member, h.claimed()
		r.opt.OnSaid(*m.Live)
	}
}

// first says whether a message has not been heard before.
func (r *Replica) first(sum [8]byte, now time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	for old, at := range r.heard {
		if now.Sub(at).Abs() > 2*fleeting {
			delete(r.heard, old)
		}
	}
	_, twice := r.heard[sum]
	r.heard[sum] = now
	return !twice
}

// peer is what is known of another desk. Guarded by Replica.mu.
type peer struct {
	seen          time.Time
	have, cleaned map[MemberID]uint64
	ahead         time.Duration
}

func (r *Replica) peer(id MemberID) *peer {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.peerLocked(id)
}

func (r *Replica) peerLocked(id MemberID) *peer {
	p := r.peers[id]
	if p == nil {
		p = &peer{}
		r.peers[id] = p
	}
	return p
}

// noteHave keeps what another desk says it has. Numbers only grow: one that is said again
// says nothing new.
func (r *Replica) noteHave(id MemberID, m message) {
	r.mu.Lock()
	maps.DeleteFunc(m.Have, func(of MemberID, _ uint64) bool { _, ok := r.roster.Member(of); return !ok })
	p := r.peerLocked(id)
	if p.have = grown(p.have, m.Have); m.Clean {
		p.cleaned = grown(p.cleaned, m.Have)
	}
	r.mu.Unlock()
	r.shelf.mu.Lock()
	defer r.shelf.mu.Unlock()
	r.shelf.marks.Acked = max(r.shelf.marks.Acked, min(m.Have[r.self], r.shelf.of(r.self).dense()))
	for of, n := range m.Have {
		runs := r.shelf.of(of)
		runs.told = max(runs.told, n)
	}
	kick(r.changed)
}

func grown(was, said map[MemberID]uint64) map[MemberID]uint64 {
	out := maps.Clone(was)
	if out == nil {
		out = map[MemberID]uint64{}
	}
	for id, n := range said {
		out[id] = max(out[id], n)
	}
	return out
}

// noteClock notes by how much the clock of a desk is ahead of the team's, where that is too
// much.
func (r *Replica) noteClock(h head, by time.Duration) {
	if by <= ahead {
		by = 0
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.peerLocked(h.member).ahead = by
}

// sawMember notes when a desk was last here: by the carrier's clock, else by its own, but
// never later than now.
func (r *Replica) sawMember(id MemberID, at, claimed time.Time) {
	if at.IsZero() {
		at = claimed
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	now := r.opt.Now().Add(r.offset)
	if at.After(now) {
		at = now
	}
	p := r.peerLocked(id)
	if at.After(p.seen) {
		p.seen = at
	}
}
