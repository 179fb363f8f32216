package evening

import (
	"slices"
	"time"

	"ringside/assist"
)

// Act is what a rep does with a thing.
type Act int

// The acts.
const (
	Done     Act = iota // what the thing asks for: kept, told, thanked, read, settled
	Tomorrow            // of a promise: it is moved to the next day
	Broken              // of a promise: it will not be kept
)

// Acts returns what can be done with the thing, the usual first. A draft can only be
// opened, and a question only be answered by who may not decide about it.
func (t Thing) Acts() []Act {
	switch {
	case t.Kind == Promise:
		return []Act{Done, Tomorrow, Broken}
	case t.Kind == Draft, t.Kind == Question && !t.May:
		return nil
	}
	return []Act{Done}
}

// Change is one record before and after an act; Before is nil for one that is new.
type Change struct{ Before, After assist.Record }

// Do returns what the act makes of the thing: what is to be kept, and what takes it back.
// It fails with assist.ErrInvalid where the act is none for the thing.
func (t Thing) Do(act Act, me assist.ID, now time.Time) (do, undo Change, err error) {
	if !slices.Contains(t.Acts(), act) {
		return do, undo, &assist.Fault{What: "this cannot be done with it", Err: assist.ErrInvalid}
	}
	do = Change{Before: t.Record}
	switch r := t.Record.(type) {
	case assist.Promise:
		do.After, err = t.promise(r, act, now)
	case assist.Affected:
		r.Told = now
		do.After = r
	case assist.Kudos:
		a := assist.Asked{ID: assist.IDFrom("thanks", string(r.ID), now.UTC().String()), Customer: r.Customer, Prompt: thanked(r), Reply: assist.ReplyDone, At: now}
		back := a
		back.Reply = assist.ReplyNotNow
		return Change{After: a}, Change{Before: a, After: back}, nil
	case assist.Note:
		r.Remarks = slices.Clone(r.Remarks)
		for i := range r.Remarks {
			if (Day{Me: me}).unseen(r.Remarks[i]) {
				r.Remarks[i].Seen = now
			}
		}
		do.After = r
	case assist.Gap:
		r.Closed = now
		do.After = r
	case assist.Flag:
		r.Closed, r.By = now, me
		do.After = r
	}
	return do, Change{Before: do.After, After: do.Before}, err
}

func (t Thing) promise(p assist.Promise, act Act, now time.Time) (assist.Promise, error) {
	switch {
	case t.Kind == Tell:
		p.Told = now
	case act == Tomorrow:
		y, m, d := now.Date()
		return p.Move(time.Date(y, m, d+1, 0, 0, 0, 0, now.Location()), true, now)
	case act == Broken:
		p.Broken = now
	default:
		p.Kept = now
	}
	return p, nil
}
