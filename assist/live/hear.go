package live

import (
	"context"
	"strings"
	"time"

	"ringside/assist"
	"ringside/assist/search"
)

const mostHits = 5

// boxed is a new text in the box "What does the customer say?".
type boxed struct {
	call  assist.ID
	named bool // call names the call, even the empty one
	text  string
}

func (h boxed) replaces(older event) bool {
	o, ok := older.(boxed)
	return ok && o.call == h.call && o.named == h.named
}

func (h boxed) apply(d *Desk) {
	t := d.named(h.call, h.named)
	if t == nil || t.heard == h.text {
		return
	}
	if replaced(t.heard, h.text) {
		t.remember(t.heard)
		d.endSearch(t)
		t.met = ""
	} else {
		d.regard(t)
	}
	d.closePeek(t)
	if t.flagging { // the call goes on
		d.endFlagging(t)
		t.open = d.openOf(t, d.facts(t))
		d.changed = true
	}
	if t.learn != nil && t.learn.Taken {
		t.learn = nil
		d.changed = true
	}
	t.heard, t.keyed, t.moved = h.text, time.Now(), false
	t.wordsRest(h.text)
	if strings.TrimSpace(h.text) != "" {
		t.typed = true
		d.touch(t)
	}
	d.mark(t)
	d.search(t)
}

// search looks for answers to what was heard, and then for what else fits it, beside
// the desk: answers come first, also when the machine is busy. It makes every search
// of this call before it late.
func (d *Desk) search(t *talk) {
	t.stopSearch()
	if strings.TrimSpace(t.heard) == "" {
		d.clearAnswers(t)
		return
	}
	ctx, stop := context.WithCancel(d.ctx)
	t.stop = stop
	f := found{t: t, search: t.searches, ctx: ctx, index: d.library.Index, query: d.query(t)}
	if f.index == nil {
		f.result.State = search.None
		f.apply(d)
		return
	}
	d.beside(func() event {
		f.result, f.err = f.index.Find(ctx, f.query)
		return f
	})
}

// stopSearch ends what still looks for the words of this call, and makes it late.
func (t *talk) stopSearch() {
	t.searches++
	if t.stop != nil {
		t.stop()
		t.stop = nil
	}
}

func (d *Desk) clearAnswers(t *talk) {
	d.changed = d.changed || t.found != "" || t.state != "" || t.besides != nil
	t.found, t.state, t.hits, t.answers, t.besides = "", "", nil, nil, nil
	t.rest = time.Time{}
}

// found is what a search gave.
type found struct {
	t       *talk
	search  uint64
	ctx     context.Context // ends with the next key
	index   Finder
	query   search.Query
	meaning bool // by meaning, too: for words whose list stands already
	result  search.Result
	err     error
}

func (f found) apply(d *Desk) {
	t := f.t
	if f.search != t.searches || f.meaning && (t.moved || f.err != nil) {
		return
	}
	if f.err != nil {
		f.result = search.Result{} // nobody knows; that is not "nothing fits"
	}
	t.found, t.state = f.query.Text, string(f.result.State)
	t.hits = f.result.Hits[:min(len(f.result.Hits), mostHits)]
	if !t.keyed.IsZero() {
		t.rest = t.keyed.Add(pause)
	}
	d.fillAnswers(t)
	d.changed = true
	if f.meaning {
		return
	}
	d.seek(f.ctx, t)
	if f.err == nil && f.index != nil {
		d.weigh(f)
	}
}

// weigh orders the list anew by what the words mean, if that is known soon and the
// rep has not moved to the list.
func (d *Desk) weigh(f found) {
	meaning := d.library.Meaning
	if meaning == nil {
		return
	}
	f.meaning = true
	d.beside(func() event {
		ctx, stop := context.WithTimeout(f.ctx, soonEnough)
		defer stop()
		f.query.Meaning, f.err = meaning.Near(ctx, f.query.Text)
		if f.err == nil {
			f.err = ctx.Err()
		}
		if f.err != nil || f.query.Meaning == nil {
			return nothing{}
		}
		f.result, f.err = f.index.Find(f.ctx, f.query)
		return f
	})
}

// soonEnough is how long the order of a list that stands may still change.
const soonEnough = 300 * time.Millisecond

// nothing is an outcome that changes nothing.
type nothing struct{}

func (nothing) apply(*Desk) {}
