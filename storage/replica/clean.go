package replica

import (
	"context"
	"errors"
	"maps"

	"ringside/assist"
	"ringside/storage"
)

// Clean takes out of the sealed packets what the store has erased for good: an own packet
// is sealed anew without it, under its next edition, which takes the place of the first
// one everywhere; one of another desk is dropped, and comes back clean from that desk. An
// admin's desk does so for desks that have left. A replica calls it by itself when the
// store has erased somebody; what it says to the others then confirms the erasure.
func (r *Replica) Clean(ctx context.Context) error {
	erased := r.opt.Store.Erasures()
	if err := r.gather(ctx); err != nil { // the erasure itself has a number now
		return err
	}
	r.taking.Lock() // what comes meanwhile is looked at when it comes
	defer r.taking.Unlock()
	r.sealing.Lock()
	defer r.sealing.Unlock()
	drop, err := r.sealAnew(ctx)
	if err != nil {
		return err
	}
	if err := r.shelf.drop(ctx, drop); err != nil {
		return err
	}
	kick(r.unsent)
	kick(r.said)
	kick(r.changed)
	have := r.shelf.have()
	r.shelf.mark(func(m *marks) {
		if m.Unclean = false; erased != m.Erasures {
			last := m.Erased[max(0, len(m.Erased)+1-maxErased):]
			m.Erased = append(last[:len(last):len(last)], erasedMark{r.opt.Now().UTC(), have})
		}
		m.Erasures = erased
	})
	return r.shelf.flush()
}

// maxErased is of how many erasures it is kept in mind what was held then: the marks are
// written with every packet. Who confirms one has carried out those before it.
const maxErased = 50

// tidy cleans up when somebody was erased.
func (r *Replica) tidy(ctx context.Context) {
	for try := 0; ; {
		if m := r.shelf.at(); m.Unclean || m.Erasures != r.opt.Store.Erasures() {
			if err := r.Clean(ctx); err != nil {
				r.stumble(err)
				if !r.rest(ctx, try, nil) {
					return
				}
				try++
				continue
			}
		}
		try = 0
		select {
		case <-ctx.Done():
			return
		case <-r.dirty:
		}
	}
}

// leaveOut looks for what was erased here in packets that come. One of another desk is
// kept without its content then, once the store has the rest of it.
func (r *Replica) leaveOut(ctx context.Context, list []taken) error {
	if r.opt.Store.Erasures() == 0 {
		return nil
	}
	r.mu.Lock()
	me, _ := r.roster.Member(r.self)
	roster := r.roster.Roster
	r.mu.Unlock()
	var rest [][]byte
	for i, t := range list {
		if t.aside || t.kind != operations {
			continue
		}
		_, changed, err := r.opt.Store.Strip(ctx, t.body, false)
		if err != nil || !changed {
			continue // TakeIn says what is wrong with it
		}
		if of, _ := roster.Member(t.member); me.Admin && !of.here() {
			r.shelf.mark(func(m *marks) { m.Unclean = true })
			continue
		}
		list[i].dropped, rest = true, append(rest, t.body)
	}
	if len(rest) == 0 {
		return nil
	}
	var some *storage.TakeInError
	if err := r.opt.Store.TakeIn(ctx, rest); err != nil && !errors.As(err, &some) {
		return err
	}
	return nil
}

// sealAnew puts clean editions of the packets that this desk may speak for onto the shelf,
// and returns the records whose content is to go.
func (r *Replica) sealAnew(ctx context.Context) (map[uint64]bool, error) {
	r.mu.Lock()
	roster, keys := r.roster.Roster, maps.Clone(r.keys)
	r.mu.Unlock()
	me, _ := roster.Member(r.self)
	drop, next := map[uint64]bool{}, []record(nil)
	err := r.shelf.each(r.shelf.all(), func(seq uint64, rec record) error {
		key, ok := keys[rec.key]
		if rec.kind != operations || !ok {
			return nil
		}
		body, err := unseal(rec.sealed, key)
		if err != nil {
			return nil // refused when it came, and never in the store
		}
		clean, changed, err := r.opt.Store.Strip(ctx, body, rec.member == r.self)
		if err != nil || !changed {
			return ctx.Err() // what cannot be read is not in the store
		}
		drop[seq] = true
		of, _ := roster.Member(rec.member)
		if rec.member == r.self || me.Admin && !of.here() {
			again, err := r.again(rec, clean)
			if err != nil {
				return err
			}
			next = append(next, again)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(next) > 0 {
		if _, err := r.shelf.add(next, nil); err != nil {
			return nil, err
		}
	}
	return drop, nil
}

// all returns the records that hold something, whether in the store or aside.
func (s *shelf) all() (seqs []uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, of := range s.runs {
		for _, e := range of.list {
			if e.kind != recordDropped {
				seqs = append(seqs, e.seq)
			}
		}
	}
	return append(seqs, s.marks.Aside...)
}

// stale returns why this desk may send nothing: its name was used elsewhere.
func (r *Replica) stale() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.twin {
		return r.fault
	}
	return nil
}

// copied notes that a packet came which this desk has signed and does not know: its folder
// is a copy, or an older state of what it was.
func (r *Replica) copied() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.twin = true
	r.fault = &assist.Fault{What: "the data folder of this desk is a copy, or older than what the desk has sent", Where: r.team.dir,
		Do: "Leave the team and join it anew: nothing of the store is lost by it.", Err: assist.ErrInvalid}
	kick(r.changed)
}
