package replica

import (
	"cmp"
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"time"
)

// A carrier may lose what it had, some of it or all. Whoever misses something asks for
// it, and whoever sees a carrier begin anew compares what it has with the shelf; what it
// lacks is owed to it. Of the many who could pay, each waits a while of its own and does
// only when nobody else has meanwhile.

// replay is a carrier's history while it is read from its beginning.
type replay struct {
	seen   map[packetKey]bool
	cursor Cursor // not kept before all that is owed is paid
	read   bool
}

const (
	maxRanges    = 256                    // that one question asks for
	repairPace   = 250 * time.Microsecond // between two packets that are owed, so that others see in time what need not be sent
	repairWindow = 8 * window             // packets that are paid at once
)

func (r *Replica) replayBegins() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.replay = &replay{seen: map[packetKey]bool{}}
}

// replayEnds compares what the carrier has with the shelf.
func (r *Replica) replayEnds() {
	r.mu.Lock()
	p := r.replay
	if p == nil || p.read {
		r.mu.Unlock()
		return
	}
	p.read = true
	r.mu.Unlock()
	var lacks []debt
	r.shelf.mu.Lock()
	for m, of := range r.shelf.runs {
		for _, e := range of.list {
			if key := (packetKey{m, e.from, e.edition}); !p.seen[key] && e.kind != recordDropped {
				lacks = append(lacks, debt{key, e.seq})
			}
		}
	}
	r.shelf.mu.Unlock()
	r.owe(lacks)
	r.mu.Lock()
	p.seen = nil
	r.mu.Unlock()
}

// debt is a packet that a carrier lacks, and its record.
type debt struct {
	packetKey
	seq uint64
}

// owe lets packets be published again, each after a while, unless they pass by: in the
// order in which they lie on the shelf, but from a place on that every desk chooses for
// itself.
func (r *Replica) owe(list []debt) {
	if len(list) == 0 {
		return
	}
	slices.SortFunc(list, func(a, b debt) int { return cmp.Compare(a.seq, b.seq) })
	r.mu.Lock()
	defer r.mu.Unlock()
	first, start := time.Now().Add(rand.N(r.opt.Pace.Jitter*r.presentLocked())), rand.N(len(list))
	for i := range list {
		key := list[(start+i)%len(list)].packetKey
		if _, ok := r.owed[key]; !ok {
			r.owed[key] = first.Add(time.Duration(i/window) * window * repairPace) // so many at once as go into one message
		}
	}
	kick(r.due)
}

// presentLocked counts the desks that were heard lately, this one among them: the more could
// do something, the longer each waits for another to do it.
func (r *Replica) presentLocked() time.Duration {
	n, since := time.Duration(1), r.opt.Now().Add(r.offset-2*r.opt.Pace.Have)
	for _, m := range r.roster.Members {
		if p := r.peers[m.ID]; p != nil && m.ID != r.self && m.here() && p.seen.After(since) {
			n++
		}
	}
	return n
}

// passedBy notes that the carrier has a packet, so that nobody need send it again.
func (r *Replica) passedBy(h head) {
	r.mu.Lock()
	defer r.mu.Unlock()
	key := packetKey{h.member, h.from, h.edition}
	delete(r.owed, key)
	if r.replay != nil && r.replay.seen != nil {
		r.replay.seen[key] = true
	}
}

// cursorAfter returns how the cursor moves with a batch: not at all while a replay is not
// over, so that a desk which stops in the middle of it begins it again.
func (r *Replica) cursorAfter(b Batch) func(*marks) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.replay != nil {
		if b.Cursor != nil {
			r.replay.cursor = b.Cursor
		}
		return func(*marks) {}
	}
	return func(m *marks) {
		if b.Cursor != nil {
			m.Cursor = b.Cursor
		}
	}
}

// repair pays what is owed to the carrier and sees to what has to be done from time to time.
func (r *Replica) repair(ctx context.Context) {
	ask := time.NewTicker(r.opt.Pace.Want)
	defer ask.Stop()
	wait := time.NewTimer(time.Hour)
	defer wait.Stop()
	for try := 0; ; {
		next, err := r.payDue(ctx)
		r.forgetOld(ctx)
		if err != nil {
			if !r.rest(ctx, try, nil) {
				return
			}
			try++
			continue
		}
		try = 0
		wait.Reset(next)
		select {
		case <-ctx.Done():
			return
		case <-r.due:
		case <-wait.C:
		case <-ask.C:
			r.regularly(ctx)
		}
	}
}

func (r *Replica) regularly(ctx context.Context) {
	r.taking.Lock()
	err := r.tryHeld(ctx, errClock)
	r.taking.Unlock()
	if err == nil {
		err = r.amend()
	}
	if err == nil {
		r.keepSeen()
		err = r.shelf.flushIfMoved()
	}
	if err != nil {
		r.stumble(err)
	}
	r.askFor()
	r.trim(ctx)
}

// keepSeen lets a desk that starts again know when the others were last here.
func (r *Replica) keepSeen() {
	seen := map[MemberID]time.Time{}
	r.mu.Lock()
	for id, p := range r.peers {
		seen[id] = p.seen.UTC()
	}
	r.mu.Unlock()
	r.shelf.mark(func(m *marks) { m.Seen = seen })
}

// trimmer is a carrier that can put together what everybody has.
type trimmer interface {
	Trim(ctx context.Context, through map[MemberID]uint64) error
}

const trimEvery = time.Hour

func (r *Replica) trim(ctx context.Context) {
	t, ok := r.opt.Carrier.(trimmer)
	r.mu.Lock()
	if !ok || r.link.state != Online || time.Since(r.link.trimmed) < trimEvery {
		r.mu.Unlock()
		return
	}
	r.link.trimmed = time.Now()
	r.mu.Unlock()
	if err := t.Trim(ctx, r.acknowledged()); err != nil {
		r.setLink(func(l *link) { l.err = err }) // nothing is lost by it, and an hour later it is tried again
	}
}

// acknowledged returns up to which number everybody who is here has what, of whom.
func (r *Replica) acknowledged() map[MemberID]uint64 {
	out := r.shelf.have()
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, m := range r.roster.Members {
		if m.ID == r.self || !m.here() {
			continue
		}
		p := r.peerLocked(m.ID)
		for id, n := range out {
			out[id] = min(n, p.have[id])
		}
	}
	return out
}

// payDue publishes again what is due, and returns when to look next.
func (r *Replica) payDue(ctx context.Context) (next time.Duration, err error) {
	now := time.Now()
	next = time.Hour
	var keys []packetKey
	r.mu.Lock()
	for key, at := range r.owed {
		if wait := at.Sub(now); wait > 0 {
			next = min(next, wait)
		} else {
			keys = append(keys, key)
		}
	}
	slices.SortFunc(keys, func(a, b packetKey) int { return r.owed[a].Compare(r.owed[b]) })
	keys = keys[:min(len(keys), repairWindow)]
	r.mu.Unlock()
	if len(keys) == 0 {
		r.replayPaid()
		return next, nil
	}
	var packets []Packet
	weight := 0
	err = r.shelf.each(r.shelf.records(keys), func(_ uint64, rec record) error {
		if weight += len(rec.sealed); weight > windowBytes && len(packets) > 0 {
			return errEnough
		}
		packets = append(packets, rec.packet(true))
		return nil
	})
	if err != nil {
		return 0, err
	}
	durable, err := r.opt.Carrier.Publish(ctx, packets)
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, p := range packets[:durable] {
		delete(r.owed, packetKey{p.Member, p.From, p.Edition})
	}
	if err == nil && weight <= windowBytes {
		for _, key := range keys { // also what was dropped meanwhile
			delete(r.owed, key)
		}
	}
	return 0, err
}

// replayPaid ends a replay when nothing is owed any more.
func (r *Replica) replayPaid() {
	r.mu.Lock()
	p := r.replay
	if p == nil || !p.read || len(r.owed) > 0 {
		r.mu.Unlock()
		return
	}
	r.replay = nil
	r.mu.Unlock()
	r.shelf.mark(func(m *marks) { m.Cursor = p.cursor })
}

// records returns where the packets of these numbers are.
func (s *shelf) records(keys []packetKey) (seqs []uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, key := range keys {
		of := s.of(key.member)
		if i, ok := of.find(key.from); ok && of.list[i].kind != recordDropped {
			seqs = append(seqs, of.list[i].seq)
		}
	}
	return seqs
}

// gaps returns what is missing here, member by member.
func (r *Replica) gaps() map[MemberID][]Range {
	r.mu.Lock()
	members := slices.Clone(r.roster.Members)
	r.mu.Unlock()
	out := map[MemberID][]Range{}
	r.shelf.mu.Lock()
	defer r.shelf.mu.Unlock()
	for _, m := range members {
		of := r.shelf.of(m.ID)
		top := of.top()
		if !m.here() {
			top = min(top, m.Through)
		}
		if list := of.gaps(top); len(list) > 0 {
			out[m.ID] = list[:min(len(list), maxRanges)]
		}
	}
	return out
}

// askFor asks the others for what is missing now and was at the last look: what they have
// said to have may be on its way, and all is while the carrier's history is being read.
func (r *Replica) askFor() {
	missing := r.gaps()
	r.mu.Lock()
	if !r.link.current || r.replay != nil {
		missing = nil
	}
	lasting := map[MemberID][]Range{}
	for id, list := range missing {
		if same := stuck(r.link.missed[id], list); len(same) > 0 {
			lasting[id] = same
		}
	}
	r.link.missed = missing
	r.mu.Unlock()
	if len(lasting) > 0 {
		r.outbox(message{Want: lasting})
	}
}

// answer owes what another desk misses and this one has, but for what it has yet to send
// for the first time; of a carrier that has begun anew it owes all that there is.
func (r *Replica) answer(want map[MemberID][]Range) {
	r.mu.Lock()
	anew := r.replay != nil
	r.mu.Unlock()
	if anew {
		return
	}
	var keys []debt
	r.shelf.mu.Lock()
	sent := r.shelf.marks.Sent
	for m, list := range want {
		for _, w := range list[:min(len(list), maxRanges)] {
			if of := r.shelf.runs[m]; of != nil && w.First <= w.Last {
				for _, e := range of.within(w) {
					if e.kind != recordDropped && (e.kind != recordOwn || e.seq <= sent) {
						keys = append(keys, debt{packetKey{m, e.from, e.edition}, e.seq})
					}
				}
			}
		}
	}
	r.shelf.mu.Unlock()
	r.owe(keys)
}

// forgetOlder lets an admin's desk ask the carrier, which has this edition of a packet, to
// delete the one that it has replaced.
func (r *Replica) forgetOlder(p Packet) {
	if p.Edition == 0 {
		return
	}
	r.mu.Lock()
	me, ok := r.roster.Member(r.self)
	r.mu.Unlock()
	if ok && me.Admin {
		old := replaced{p.Member, p.From, p.Count, p.Edition - 1}
		r.shelf.mark(func(m *marks) { m.Forget = append(slices.Clip(m.Forget), old) })
	}
}

func (r *Replica) forgetOld(ctx context.Context) {
	list := r.shelf.at().Forget
	if len(list) == 0 {
		return
	}
	packets := make([]Packet, len(list))
	for i, p := range list {
		packets[i] = Packet{Member: p.Member, From: p.From, Count: p.Count, Edition: p.Edition}
	}
	err := r.opt.Carrier.Forget(ctx, packets)
	if err != nil && !errors.Is(err, errors.ErrUnsupported) {
		return // tried again with the next that is due
	}
	r.shelf.mark(func(m *marks) { m.Forget = slices.Clone(m.Forget[len(list):]) })
}
