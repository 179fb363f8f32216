package live

import (
	"context"
	"strings"

	"ringside/assist"
	"ringside/assist/search"
)

const mostHits = 5

// heard is a new text in the box "What does the customer say?".
type heard struct {
	call assist.ID
	sure bool // call names the call, even the empty one
	text string
}

func (h heard) replaces(older event) bool {
	o, ok := older.(heard)
	return ok && o.call == h.call && o.sure == h.sure
}

func (h heard) apply(d *Desk) {
	t := d.meant(h.call, h.sure, h.text, func(t *talk) string { return t.heard })
	if t == nil || t.heard == h.text {
		return
	}
	t.heard = h.text
	if strings.TrimSpace(h.text) != "" {
		t.typed = true
		d.touch(t)
	}
	d.mark(t)
	d.search(t)
}

// search looks for answers to what was heard, beside the desk. It makes every
// search of this call before it late.
func (d *Desk) search(t *talk) {
	t.searches++
	if t.stop != nil {
		t.stop()
		t.stop = nil
	}
	if strings.TrimSpace(t.heard) == "" {
		d.clearAnswers(t)
		return
	}
	index := d.library.Index
	if index == nil {
		found{t, t.searches, t.heard, search.Result{State: search.None}, nil}.apply(d)
		return
	}
	var ctx context.Context
	ctx, t.stop = context.WithCancel(d.ctx)
	n := t.searches
	q := search.Query{Text: t.heard, Products: ownProducts(t.profile.Customer), Limit: mostHits, Now: d.now()}
	d.beside(func() event {
		r, err := index.Find(ctx, q)
		return found{t, n, q.Text, r, err}
	})
}

func (d *Desk) clearAnswers(t *talk) {
	d.changed = d.changed || t.found != "" || t.state != ""
	t.found, t.state, t.hits, t.answers = "", "", nil, nil
}

// found is what a search gave.
type found struct {
	t      *talk
	search uint64
	words  string
	result search.Result
	err    error
}

func (f found) apply(d *Desk) {
	t := f.t
	if f.search != t.searches {
		return
	}
	if f.err != nil {
		f.result = search.Result{} // nobody knows; that is not "nothing fits"
	}
	if t.stop != nil {
		t.stop()
		t.stop = nil
	}
	t.found, t.state = f.words, string(f.result.State)
	t.hits = f.result.Hits[:min(len(f.result.Hits), mostHits)]
	d.fillAnswers(t)
	d.changed = true
}
