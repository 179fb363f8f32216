// Package undo shows what somebody does at once, has it kept beside the window, one act
// after another, and takes it back on request.
package undo

import (
	"context"
	"slices"

	"ringside/assist"
	"ringside/ui/async"
)

// Change is what was done about one thing of a list. All of it is kept in one write, or
// none.
type Change struct {
	Key    string          // of the thing
	Before []assist.Record // as they were seen; what is new has none
	After  []assist.Record
	Back   []assist.Record // what takes it back, when After stands
	Said   string          // "Verified: Charged twice"
	undone bool            // it takes back another change
}

// Queue holds the changes of one page. What is loaded meanwhile may be older than they
// are: a thing that was settled stays away until what is loaded knows of it. Its methods
// are for the window's goroutine.
type Queue struct {
	// Save keeps a change. It is called beside the window, for one change at a time, in
	// the order in which they were made.
	Save func(ctx context.Context, before, after []assist.Record) error
	// Kept is called when a change was kept or refused; last: no other waits.
	Kept func(err error, last bool)
	Post async.Post

	list  []Change // the first of them are kept already
	kept  int
	busy  bool
	undos []Change // what can be taken back, the latest last
}

const most = 50

// Do takes a change that can be taken back later, and has it kept.
func (q *Queue) Do(ch Change) {
	q.undos = append(q.undos, ch)
	q.undos = q.undos[max(len(q.undos)-most, 0):]
	q.add(ch)
}

// TakeBack undoes the latest change, as a change of its own, and returns the key of its
// thing; "" when there is none.
func (q *Queue) TakeBack() string {
	if len(q.undos) == 0 {
		return ""
	}
	last := q.undos[len(q.undos)-1]
	q.undos = q.undos[:len(q.undos)-1]
	q.add(Change{Key: last.Key, Before: last.After, After: last.Back, undone: true})
	return last.Key
}

// Said says what TakeBack would take back; "" when there is nothing.
func (q *Queue) Said() string {
	if len(q.undos) == 0 {
		return ""
	}
	return q.undos[len(q.undos)-1].Said
}

// Forget drops what a list that is loaded from now on has.
func (q *Queue) Forget() { q.list, q.kept = slices.Clone(q.list[q.kept:]), 0 }

// Settled reports whether the thing was done, whatever the lists say.
func (q *Queue) Settled(key string) bool {
	for _, ch := range slices.Backward(q.list) {
		if ch.Key == key {
			return !ch.undone
		}
	}
	return false
}

// refuse drops the changes of a thing that could not be kept.
func (q *Queue) refuse(key string) {
	of := func(ch Change) bool { return ch.Key == key }
	q.list = append(q.list[:q.kept:q.kept], slices.DeleteFunc(slices.Clone(q.list[q.kept:]), of)...)
	q.undos = slices.DeleteFunc(q.undos, of)
}

func (q *Queue) add(ch Change) {
	q.list = append(q.list, ch)
	q.next()
}

// next keeps the next change, if there is one and none is being kept.
func (q *Queue) next() {
	if q.busy || q.kept == len(q.list) {
		return
	}
	q.busy = true
	ch := q.list[q.kept]
	async.Go(q.Post, func(ctx context.Context) error {
		return q.Save(ctx, ch.Before, ch.After)
	}, func(err error) {
		q.busy = false
		if err == nil {
			q.kept++
		} else {
			q.refuse(ch.Key)
		}
		last := q.kept == len(q.list)
		q.Kept(err, last)
		if !last {
			q.next()
		}
	})
}
