package replica

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"ringside/storage"
)

const (
	window      = 64      // packets that are handed to the carrier at once
	windowBytes = 8 << 20 // and how much they may weigh together
)

// send seals what is written here, as soon as it is.
func (r *Replica) send(ctx context.Context) {
	for try := 0; ; {
		err := r.gather(ctx)
		if err == nil {
			try = 0
			kick(r.dirty)
			select {
			case <-ctx.Done():
				return
			case <-r.wake:
			}
			continue
		}
		r.stumble(err)
		if !r.rest(ctx, try, nil) {
			return
		}
		try++
	}
}

// gather puts onto the shelf what was written since.
func (r *Replica) gather(ctx context.Context) error {
	r.sealing.Lock()
	defer r.sealing.Unlock()
	if r.stale() != nil || r.gone() != nil {
		return nil // nothing is sent any more; the status says why
	}
	for {
		m, now := r.shelf.at(), r.corrected()
		if !m.All || latest(m.Clock, r.opt.Store.Latest()).After(now.Add(ahead)) { // the clock was put right since
			if err := r.recast(ctx, m.Behind, now); err != nil {
				return fmt.Errorf("seal what was written: %w", err)
			}
		}
		shares, err := r.opt.Store.Outgoing(ctx, m.Behind, !m.All, window)
		if err != nil {
			return fmt.Errorf("seal what was written: %w", err)
		}
		// A packet that claimed to be earlier than the stamps in it would be believed.
		now = latest(now, r.opt.Store.Latest())
		before, number := m.Behind, r.shelf.ownNext()
		var list []record
		for _, s := range shares {
			if s.Ops > 0 {
				rec, err := r.sealOwn(operations, number, s.Ops, s.Body, now)
				if err != nil {
					return err
				}
				rec.before = before
				list, number = append(list, rec), number+uint64(s.Ops)
			}
			before = s.Next
		}
		done := func(next *marks) {
			next.Behind, next.All, next.Clock = before, next.All || len(list) == 0, latest(next.Clock, now)
		}
		if len(list) == 0 {
			r.shelf.mark(done)
			if !m.All {
				return r.shelf.flush()
			}
			return nil
		}
		if _, err := r.shelf.add(list, done); err != nil {
			return err
		}
		kick(r.unsent)
		kick(r.said)
		kick(r.changed)
	}
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// sealOwn makes a packet of this desk under the present key, of a time.
func (r *Replica) sealOwn(k kind, from uint64, count int, body []byte, at time.Time) (record, error) {
	r.mu.Lock()
	h := head{kind: k, team: r.team.own.Team, member: r.self, signer: r.self, from: from, count: uint32(count),
		key: r.roster.Key, at: at.UnixMilli()}
	keys := r.keys
	r.mu.Unlock()
	sealed, err := seal(h, body, keys, r.team.signing())
	return record{head: h, sealed: sealed}, err
}

// publish hands own packets to the carrier until it has made them durable.
func (r *Replica) publish(ctx context.Context) {
	for try := 0; ; {
		more, err := r.publishSome(ctx)
		r.setLink(func(l *link) { l.mute = err })
		switch {
		case err != nil:
			if !r.rest(ctx, try, r.unsent) {
				return
			}
			try++
			continue
		case more:
			try = 0
			continue
		}
		try = 0
		select {
		case <-ctx.Done():
			return
		case <-r.unsent:
		}
	}
}

func (r *Replica) publishSome(ctx context.Context) (more bool, err error) {
	next := r.shelf.nextUnsent(window)
	if len(next) == 0 {
		return false, nil
	}
	packets, weight := make([]Packet, 0, len(next)), 0
	sent := next[:0]
	err = r.shelf.each(next, func(seq uint64, rec record) error {
		if weight += len(rec.sealed); weight > windowBytes && len(packets) > 0 {
			return errEnough
		}
		packets, sent = append(packets, rec.packet(rec.member != r.self)), append(sent, seq)
		return nil
	})
	if err != nil || len(packets) == 0 {
		return false, err
	}
	r.mu.Lock()
	if len(r.sentAt) > 16*window { // a carrier that does not give back what it was given
		clear(r.sentAt)
	}
	for _, p := range packets {
		r.sentAt[p.From] = time.Now()
	}
	r.mu.Unlock()
	durable, err := r.opt.Carrier.Publish(ctx, packets)
	if durable > 0 {
		r.shelf.sent(sent[durable-1])
		kick(r.changed)
	}
	for _, p := range packets[:durable] {
		r.forgetOlder(p)
	}
	return err == nil, err
}

func (rec record) packet(again bool) Packet {
	return Packet{Member: rec.member, From: rec.from, Count: uint64(rec.count), Edition: rec.edition, Sealed: rec.sealed, Again: again}
}

// ownNext returns the number of the next own operation.
func (s *shelf) ownNext() uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := s.of(s.self).list
	if len(list) == 0 {
		return 1
	}
	return list[len(list)-1].last() + 1
}

// nextUnsent returns the records of own packets that are to be published next. What a
// later edition has replaced is left out.
func (s *shelf) nextUnsent(most int) (seqs []uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.unsent = slices.DeleteFunc(s.unsent, func(f found) bool {
		of := s.of(f.member)
		i, ok := of.find(f.from)
		return !ok || of.list[i].seq != f.seq || of.list[i].kind != recordOwn
	})
	for _, f := range s.unsent[:min(len(s.unsent), most)] {
		seqs = append(seqs, f.seq)
	}
	return seqs
}

// sent tells that the carrier has made the own packets up to a record durable.
func (s *shelf) sent(through uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.unsent) > 0 && s.unsent[0].seq <= through {
		s.unsent = s.unsent[1:]
	}
	s.marks.Sent = through
}

// waiting returns how many operations the carrier has not.
func (s *shelf) waiting() (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.unsent {
		n += int(f.count)
	}
	return n
}

// again seals a packet anew, under its next edition, and returns it. The time that it
// claims stays, as do the stamps in it. The caller holds r.sealing.
func (r *Replica) again(old record, body []byte) (record, error) {
	r.mu.Lock()
	h, keys := old.head, r.keys
	h.signer, h.edition, h.key = r.self, old.edition+1, r.roster.Key
	r.mu.Unlock()
	sealed, err := seal(h, body, keys, r.team.signing())
	return record{head: h, sealed: sealed, before: old.before}, err
}

// ahead is how far a clock may be ahead of the carrier's; what is stamped later is held by
// all others until its time has come.
const ahead = 10 * time.Minute

// recast gives what is stamped too far in the future the stamps of now: what was not sealed
// yet, and own packets that were sealed before this desk's clock could be compared, under
// their next edition. The caller holds r.sealing.
func (r *Replica) recast(ctx context.Context, behind storage.Mark, now time.Time) error {
	early, sure, err := r.early(now)
	if err != nil {
		return err
	}
	if len(early) > 0 {
		behind = early[0].before
	}
	if _, err := r.opt.Store.Recast(ctx, behind, now); err != nil {
		return err
	}
	r.mu.Lock()
	keys := r.keys
	r.mu.Unlock()
	for i, rec := range early {
		body, err := unseal(rec.sealed, keys[rec.key])
		if err == nil {
			body, _, err = r.opt.Store.Strip(ctx, body, true)
		}
		if err == nil {
			rec.head.at = now.UnixMilli()
			early[i], err = r.again(rec, body)
		}
		if err != nil {
			return err
		}
	}
	put := func(m *marks) { m.Clock = now }
	if len(early) == 0 {
		if sure {
			r.shelf.mark(put)
		}
		return nil
	}
	_, err = r.shelf.add(early, put)
	kick(r.unsent)
	return err
}

// early returns the own packets that are too far in the future, and whether this desk can
// be sure of that: a machine that starts with its clock far back must not think so of all
// that it has ever sent.
func (r *Replica) early(now time.Time) (early []record, sure bool, err error) {
	r.mu.Lock()
	sure = r.timed
	r.mu.Unlock()
	if !sure {
		return nil, false, nil
	}
	acked, most := r.shelf.at().Acked, time.Time{} // others still hold what is behind
	err = r.shelf.each(r.shelf.own(), func(_ uint64, rec record) error {
		if rec.kind == operations && rec.member == r.self && rec.from > acked && rec.claimed().After(now.Add(ahead)) {
			early, most = append(early, rec), latest(most, rec.claimed())
		}
		return nil
	})
	if !most.After(now.Add(ahead + ahead/2)) {
		return nil, true, err // their time comes before they are sealed anew
	}
	slices.SortFunc(early, func(a, b record) int { return cmp.Compare(a.from, b.from) })
	return early, true, err
}

// own returns the records of own packets that hold.
func (s *shelf) own() (seqs []uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, e := range s.of(s.self).list {
		if e.kind == recordOwn {
			seqs = append(seqs, e.seq)
		}
	}
	return seqs
}
