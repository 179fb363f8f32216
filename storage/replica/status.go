package replica

import (
	"cmp"
	"context"
	"slices"
	"time"
)

// State is how a replica stands to its carrier.
type State int

// What a replica can be.
const (
	Off     State = iota // it does not run
	Offline              // the carrier does not answer
	Online
)

// Status is what people may see of it.
type Status struct {
	State    State
	Since    time.Time     // when the state began
	Err      error         // why it is offline, or what hinders this desk; nil when nothing does
	Offset   time.Duration // the carrier's clock minus this machine's
	Waiting  int           // operations that the carrier has not
	Missing  uint64        // operations that others have and this desk has not
	Members  []MemberStatus
	Held     []Held
	Refused  []Refusal // the last of them, the newest first
	Erasures []Erasure
}

// MemberStatus is what is known of another desk.
type MemberStatus struct {
	Member
	Seen   time.Time     // when it was last here
	Behind uint64        // operations that are here and that it has not said to have
	Ahead  time.Duration // by how much its clock is ahead of the team's, where that is too much
}

// Held says that packets of a member lie aside until what they lack has come.
type Held struct {
	Member MemberID
	Why    string
	Count  int
}

// Refusal says that something came that was not taken. Nothing was changed by it.
type Refusal struct {
	Member MemberID // whose it was said to be
	Why    string
	When   time.Time // the last time
	Count  int
}

// Erasure says which desks have confirmed one that was carried out here.
type Erasure struct {
	At              time.Time
	Confirmed, Open []MemberID
}

const maxRefusals = 50

// link is how it stands with the carrier, which may deliver and not take, or take and not
// deliver: only one that does both is online. Guarded by Replica.mu.
type link struct {
	state   State
	since   time.Time
	err     error
	hears   bool                 // it delivers
	mute    error                // why it does not take what is published; nil when it does
	current bool                 // what the carrier has was read to its end
	missed  map[MemberID][]Range // at the last look
	want    map[MemberID][]Range // to be asked next
	trimmed time.Time
}

// setLink changes what is known of the link, and says how it stands by that.
func (r *Replica) setLink(change func(l *link)) {
	r.mu.Lock()
	was := r.link
	change(&r.link)
	if !r.link.hears {
		r.link.current = false
	}
	if r.link.state != Off {
		r.link.state = Offline
		if r.link.hears && r.link.mute == nil {
			r.link.state = Online
		}
	}
	now := r.link
	changed := now.state != was.state
	if changed {
		r.link.since = r.opt.Now()
	}
	r.mu.Unlock()
	if now.hears && !was.hears {
		kick(r.unsent) // who has waited for the carrier need wait no more
	}
	if changed {
		kick(r.changed)
		kick(r.said)
	}
}

// refuse notes what was not taken.
func (r *Replica) refuse(id MemberID, why error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	kick(r.changed)
	n := Refusal{Member: id, Why: why.Error(), When: r.opt.Now(), Count: 1}
	r.refused = slices.DeleteFunc(r.refused, func(o Refusal) bool {
		same := o.Member == n.Member && o.Why == n.Why
		if same {
			n.Count += o.Count
		}
		return same
	})
	r.refused = slices.Insert(r.refused, 0, n)
	r.refused = r.refused[:min(len(r.refused), maxRefusals)]
}

// Status returns how it stands.
func (r *Replica) Status() Status {
	waiting, mine, marks := r.shelf.waiting(), r.shelf.have(), r.shelf.at()
	missing := r.gaps()
	r.mu.Lock()
	defer r.mu.Unlock()
	s := Status{State: r.link.state, Since: r.link.since, Offset: r.offset, Err: cmp.Or(r.fault, r.link.err, r.link.mute), Waiting: waiting, Refused: slices.Clone(r.refused)}
	for _, list := range missing {
		for _, w := range list {
			s.Missing += w.Last - w.First + 1
		}
	}
	for _, m := range r.roster.Members {
		ms := MemberStatus{Member: m}
		p := r.peers[m.ID]
		if p != nil {
			ms.Seen, ms.Ahead = p.seen, p.ahead
		}
		for of, n := range mine {
			if m.ID != r.self && m.here() && (p == nil || p.have[of] < n) {
				ms.Behind += n
				if p != nil {
					ms.Behind -= p.have[of]
				}
			}
		}
		s.Members = append(s.Members, ms)
	}
	s.Held = r.heldLocked()
	for _, e := range marks.Erased {
		s.Erasures = append(s.Erasures, r.erasureLocked(e))
	}
	return s
}

func (r *Replica) heldLocked() (out []Held) {
	for _, p := range r.held {
		i := slices.IndexFunc(out, func(h Held) bool { return h.Member == p.member && h.Why == p.why.Error() })
		if i < 0 {
			i, out = len(out), append(out, Held{Member: p.member, Why: p.why.Error()})
		}
		out[i].Count++
	}
	slices.SortFunc(out, func(a, b Held) int { return cmp.Or(cmp.Compare(a.Member, b.Member), cmp.Compare(a.Why, b.Why)) })
	return out
}

func (r *Replica) erasureLocked(e erasedMark) Erasure {
	out := Erasure{At: e.At}
	for _, m := range r.roster.Members {
		p := r.peers[m.ID]
		switch {
		case m.ID == r.self || !m.here():
		case p != nil && covers(p.cleaned, e.Have):
			out.Confirmed = append(out.Confirmed, m.ID)
		default:
			out.Open = append(out.Open, m.ID)
		}
	}
	return out
}

// covers says whether one has all that the other had.
func covers(has, had map[MemberID]uint64) bool {
	for id, n := range had {
		if has[id] < n {
			return false
		}
	}
	return true
}

// tellStatus tells OnStatus what has changed, not more often than five times a second.
func (r *Replica) tellStatus(ctx context.Context) {
	if r.opt.OnStatus == nil {
		return
	}
	for {
		r.opt.OnStatus(r.Status())
		select {
		case <-ctx.Done():
			return
		case <-time.After(200 * time.Millisecond):
		}
		select {
		case <-ctx.Done():
			return
		case <-r.changed:
		}
	}
}
