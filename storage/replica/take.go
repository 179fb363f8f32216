package replica

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"time"

	"ringside/storage"
)

// heldPacket is a packet that lies aside until what it lacks has come.
type heldPacket struct {
	head
	sum  [8]byte
	size int
	why  error
}

// How many packets may lie aside, and how much they may weigh. What comes above that is
// let go: whoever has it is asked for it later.
const (
	maxHeld      = 4096
	maxHeldBytes = 256 << 20
)

var (
	errClock      = errors.New("its sender's clock is ahead of the team's")
	errUnreadable = errors.New("this version of Ringside cannot read what is in it")
	errCopied     = errors.New("it bears this desk's name and is not known here")
)

// taken is a packet on its way into the store.
type taken struct {
	record
	seq  uint64
	body []byte
	why  error // of one that is to lie aside
}

// listen takes in what comes, until ctx ends.
func (r *Replica) listen(ctx context.Context) {
	for try := 0; ctx.Err() == nil; try++ {
		err := r.settle(ctx)
		if err != nil {
			r.stumble(err)
		} else {
			r.stumble(nil)
			heard := false
			err = r.opt.Carrier.Listen(ctx, r.shelf.at().Cursor, func(b Batch) error {
				heard = true
				return r.got(ctx, b)
			}, r.hear)
			if heard {
				try = 0
			}
			r.setLink(func(l *link) { l.hears, l.err = false, err })
		}
		if !r.rest(ctx, try, nil) {
			return
		}
	}
}

// got takes in a batch. What is new in it is on the shelf, with the cursor, before the
// store sees it; should the program end in between, settle goes on.
func (r *Replica) got(ctx context.Context, b Batch) error {
	r.taking.Lock()
	defer r.taking.Unlock()
	r.setLink(func(l *link) { l.hears, l.err = true, nil })
	if b.Anew {
		r.replayBegins()
	}
	r.measure(b.Arrivals)
	list := r.triage(b.Arrivals)
	cursor := r.cursorAfter(b)
	if len(list) == 0 {
		r.shelf.mark(cursor)
	} else if err := r.keep(ctx, list, cursor); err != nil {
		return err
	}
	if b.Now {
		r.replayEnds()
	}
	r.mu.Lock()
	r.link.current = b.Now
	r.mu.Unlock()
	return nil
}

func (r *Replica) keep(ctx context.Context, list []taken, cursor func(*marks)) error {
	if err := r.leaveOut(ctx, list); err != nil {
		return err
	}
	records := make([]record, len(list))
	for i, t := range list {
		records[i] = t.record
	}
	seqs, err := r.shelf.add(records, cursor)
	if err != nil {
		return err
	}
	for i := range list {
		list[i].seq = seqs[i]
	}
	if err := r.takeIn(ctx, list); err != nil {
		r.shelf.later(seqs)
		return err
	}
	last := seqs[len(seqs)-1]
	r.shelf.mark(func(m *marks) { m.Taken = last })
	kick(r.said)
	kick(r.changed)
	return nil
}

// later keeps for settle what the store has failed to take in.
func (s *shelf) later(seqs []uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.behind = append(s.behind, seqs...)
	slices.Sort(s.behind)
	s.behind = slices.Compact(s.behind) // who calls who has failed says so, too
}

// triage sorts out what came: it returns what is new, checked and opened or to be held.
// What is refused is noted and nothing else.
func (r *Replica) triage(arrivals []Arrival) (list []taken) {
	at := map[packetKey]int{}
	for _, a := range arrivals {
		t, ok := r.check(a)
		if !ok {
			continue
		}
		key := packetKey{member: t.member, from: t.from}
		i, twice := at[key]
		switch {
		case t.aside, !twice:
			if !t.aside {
				at[key] = len(list)
			}
			list = append(list, t)
		case list[i].count != t.count, list[i].edition == t.edition && !bytes.Equal(list[i].sealed, t.sealed):
			r.refuse(t.member, errNumbers)
		case list[i].edition < t.edition:
			list[i] = t
		}
	}
	return list
}

// check looks at one arrival; false says that there is nothing to do with it.
func (r *Replica) check(a Arrival) (taken, bool) {
	h, err := labelled(a)
	if err != nil {
		r.refuse(a.Member, err)
		return taken{}, false
	}
	standing := r.shelf.look(h, a.Sealed)
	if standing == known {
		r.passedBy(h)
		return taken{}, false
	}
	t := taken{record: record{head: h, sealed: a.Sealed, at: a.At}}
	t.body, err = r.judge(h, a.Sealed, true)
	switch {
	case holds(err):
		t.aside, t.why = true, err
		if err == errClock { // of the others nobody knows whether they are who they say
			r.noteClock(h, h.claimed().Sub(r.corrected()))
		}
		return t, r.hold(h, a.Sealed, err)
	case err == nil && standing == conflict:
		err = errNumbers
	case err == nil && h.signer == r.self:
		err = errCopied
		r.copied()
	}
	if err != nil {
		r.refuse(h.member, err)
		return taken{}, false
	}
	r.sawMember(h.member, a.At, h.claimed())
	r.passedBy(h)
	r.forgetOlder(a.Packet)
	return t, true
}

// labelled reads the head of what came, which must be what the carrier says.
func labelled(a Arrival) (head, error) {
	h, err := readHead(a.Sealed)
	switch {
	case err != nil:
		return h, err
	case h.kind == spoken:
		return h, errGarbage
	case h.member != a.Member || h.from != a.From || uint64(h.count) != a.Count || h.edition != a.Edition:
		return h, errLabel
	}
	return h, nil
}

// judge opens a packet and says why it cannot be taken in, or not yet. With timely its time
// must have come: what was judged before has waited for that.
func (r *Replica) judge(h head, sealed []byte, timely bool) ([]byte, error) {
	r.mu.Lock()
	who, keys, now := r.roster.Roster, r.keys, r.opt.Now().Add(r.offset)
	r.mu.Unlock()
	_, body, err := open(sealed, r.team.own.Team, &who, keys)
	if err == nil && timely && h.kind == operations && h.claimed().After(now.Add(ahead)) {
		return nil, errClock
	}
	return body, err
}

// holds says whether a packet is to lie aside for this reason.
func holds(err error) bool {
	return errors.Is(err, errUnknownMember) || errors.Is(err, errUnknownKey) || errors.Is(err, errClock)
}

// hold makes room for a packet that lies aside; false says that it does already, or that
// there is no room.
func (r *Replica) hold(h head, sealed []byte, why error) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	sum := entryOf(h, sealed, 0).sum
	size := len(sealed)
	for _, p := range r.held {
		if p.sum == sum {
			return false
		}
		size += p.size
	}
	return len(r.held) < maxHeld && size <= maxHeldBytes
}

// lay notes that a packet lies aside.
func (r *Replica) lay(t taken, why error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.held[t.seq] = heldPacket{head: t.head, sum: entryOf(t.head, t.sealed, 0).sum, size: len(t.sealed), why: why}
}

// takeIn hands to the store what is open, in one go, and lets rosters take effect.
func (r *Replica) takeIn(ctx context.Context, list []taken) error {
	var bodies [][]byte
	var from []taken
	news := false
	for _, t := range list {
		switch {
		case t.aside:
			r.lay(t, t.why)
		case t.kind == rosterKind:
			if err := r.learn(t.record, t.body); err != nil {
				r.refuse(t.member, err)
			} else {
				news = true
			}
		default:
			bodies, from = append(bodies, t.body), append(from, t)
		}
	}
	if len(bodies) > 0 {
		if err := r.merge(ctx, bodies, from); err != nil {
			return err
		}
	}
	if news {
		return r.tryHeld(ctx, nil)
	}
	kick(r.dirty)
	return nil
}

// merge lets the store take bodies in, and notes which it cannot read.
func (r *Replica) merge(ctx context.Context, bodies [][]byte, from []taken) error {
	err := r.opt.Store.TakeIn(ctx, bodies)
	var some *storage.TakeInError
	if err != nil && !errors.As(err, &some) {
		return err
	}
	var unread []uint64
	if some != nil {
		for i := range some.Refused {
			r.refuse(from[i].member, errUnreadable)
			unread = append(unread, from[i].seq)
		}
	}
	r.shelf.mark(func(m *marks) {
		rest := slices.DeleteFunc(slices.Clone(m.Unread), func(seq uint64) bool {
			return slices.ContainsFunc(from, func(t taken) bool { return t.seq == seq })
		})
		m.Unread = append(rest, unread...)
	})
	return nil
}

// tryHeld looks again at what lies aside; with errClock only at what has waited for its
// time and waits no more, or of which a later edition has come.
func (r *Replica) tryHeld(ctx context.Context, why error) error {
	r.mu.Lock()
	limit := r.opt.Now().Add(r.offset + ahead)
	var seqs []uint64
	for seq, p := range r.held {
		if why == nil || p.why == why && (!p.claimed().After(limit) || r.shelf.stands(p.member, entry{from: p.from, count: p.count, edition: p.edition, sum: p.sum}) == known) {
			seqs = append(seqs, seq)
		}
	}
	r.mu.Unlock()
	slices.Sort(seqs)
	return r.retry(ctx, seqs)
}

// retry looks again at records on the shelf: those aside, and those which a crash has left
// between the shelf and the store.
func (r *Replica) retry(ctx context.Context, seqs []uint64) error {
	for some := range slices.Chunk(seqs, window) {
		var list []taken
		err := r.shelf.each(some, func(seq uint64, rec record) error {
			aside, standing := r.shelf.isAside(seq), r.shelf.look(rec.head, rec.sealed)
			if standing == known && aside {
				r.drop(seq) // a later edition has come meanwhile
				return nil
			}
			body, err := r.judge(rec.head, rec.sealed, aside)
			t := taken{record: rec, seq: seq, body: body}
			switch {
			case aside && holds(err):
				r.lay(t, err)
				return nil
			case err == nil && aside && standing == conflict:
				err = errNumbers
			}
			if err != nil {
				r.refuse(rec.member, err)
				r.drop(seq)
				return nil
			}
			list = append(list, t)
			return nil
		})
		if err != nil {
			return err
		}
		if err := r.takeHeld(ctx, list); err != nil {
			return err
		}
	}
	return nil
}

// takeHeld hands over what is aside no more. It counts as aside until the store has it.
func (r *Replica) takeHeld(ctx context.Context, list []taken) error {
	r.mu.Lock()
	for _, t := range list {
		delete(r.held, t.seq)
	}
	r.mu.Unlock()
	if err := r.takeIn(ctx, list); err != nil {
		seqs := make([]uint64, len(list))
		for i, t := range list {
			seqs[i] = t.seq
		}
		r.shelf.later(seqs)
		return err
	}
	for _, t := range list {
		if r.shelf.isAside(t.seq) {
			r.shelf.release(t.record, t.seq)
		}
		r.passedBy(t.head)
	}
	return nil
}

func (r *Replica) drop(seq uint64) {
	r.shelf.forget(seq)
	r.mu.Lock()
	delete(r.held, seq)
	r.mu.Unlock()
}

func (s *shelf) isAside(seq uint64) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Contains(s.marks.Aside, seq)
}

// settle takes in what is on the shelf and not in the store.
func (r *Replica) settle(ctx context.Context) error {
	r.taking.Lock()
	defer r.taking.Unlock()
	r.shelf.mu.Lock()
	seqs, last := r.shelf.behind, r.shelf.journal.End().Seq
	r.shelf.behind = nil
	r.shelf.mu.Unlock()
	if err := r.retry(ctx, seqs); err != nil {
		r.shelf.later(seqs)
		return err
	}
	r.shelf.mark(func(m *marks) { m.Taken = max(m.Taken, last) })
	return nil
}

// measure compares clocks: own packets that come back tell the difference, all others that
// the carrier's cannot be earlier.
func (r *Replica) measure(arrivals []Arrival) {
	r.mu.Lock()
	if len(arrivals) > 0 && !r.timed {
		r.timed = true
		kick(r.wake)
	}
	before := r.offset
	offset := before
	now := r.opt.Now()
	for _, a := range arrivals {
		if a.At.IsZero() {
			continue
		}
		if sent, mine := r.sentAt[a.From]; mine && a.Member == r.self {
			delete(r.sentAt, a.From)
			if took := time.Since(sent); took < 30*time.Second {
				offset = a.At.Sub(now.Add(-took / 2))
			}
		} else if least := a.At.Sub(now); least > offset {
			offset = least
		}
	}
	r.mu.Unlock()
	if (offset - before).Abs() < time.Second {
		return
	}
	r.opt.Store.SetOffset(offset) // first: what is sealed as of a time was stamped by it
	r.mu.Lock()
	r.offset = offset
	r.mu.Unlock()
	r.shelf.mark(func(m *marks) { m.Offset = offset })
	kick(r.changed)
	kick(r.wake) // what was sealed with a clock ahead is sealed anew
}
