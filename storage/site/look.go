package site

import (
	"cmp"
	"errors"
	"slices"
	"time"

	"ringside/assist"
)

// Look is one look at a site, page by page. The zero Look is empty and ready. Pages are
// independent of one another: those that were read count, whatever else failed.
type Look struct {
	// Whole reports whether a page that is kept should have been seen in this look, so
	// that it is gone when it was not; nil: no page has to be there.
	Whole func(assist.WebPage) bool

	pages  map[assist.ID]assist.WebPage
	from   map[assist.ID]string // where a page was read
	unread map[assist.ID]bool   // it is there, but could not be read
	gone   map[assist.ID]bool
	faults []error
}

// Add reads one document.
func (l *Look) Add(d Document, at time.Time) {
	p, err := Read(d, at)
	if err != nil {
		l.Failed(p.URL, err)
		return
	}
	l.ready()
	for _, asked := range []string{d.Asked, d.URL} {
		if id := (assist.WebPage{URL: asked}).Key(); id != p.ID {
			l.gone[id] = true // it is another page now
		}
	}
	if other, ok := l.pages[p.ID]; ok {
		if other.Hash() != p.Hash() {
			l.faults = append(l.faults, d.fault("this is the same page as "+l.from[p.ID]+" and says something else",
				"The first of them was taken. Leave one of them out.", nil))
		}
		return
	}
	l.pages[p.ID], l.from[p.ID] = p, d.Where
}

// Failed notes that the page at an address, which may be empty, could not be read, and
// why. A page that fails with assist.ErrNotFound is gone.
func (l *Look) Failed(address string, err error) {
	l.ready()
	l.faults = append(l.faults, err)
	if id := (assist.WebPage{URL: address}).Key(); errors.Is(err, assist.ErrNotFound) {
		l.gone[id] = true
	} else {
		l.unread[id] = true
	}
}

func (l *Look) ready() {
	if l.pages == nil {
		l.pages, l.from = map[assist.ID]assist.WebPage{}, map[assist.ID]string{}
		l.unread, l.gone = map[assist.ID]bool{}, map[assist.ID]bool{}
	}
}

// News is what a look brought. Each list is in the order of the addresses.
type News struct {
	New, Changed, Same, Gone []assist.WebPage
	Faults                   []error // each a *assist.Fault, by its words
}

// Records returns all that is to be kept.
func (n News) Records() []assist.Record {
	var out []assist.Record
	for _, p := range slices.Concat(n.New, n.Changed, n.Same, n.Gone) {
		out = append(out, p)
	}
	return out
}

// News compares the look with the pages that are kept. A page that is seen for the first
// time has no Changed: since when it says so is not known. One that says something else
// than before was Changed at at. What is gone keeps its text.
func (l *Look) News(kept []assist.WebPage, at time.Time) News {
	n := News{Faults: slices.Clone(l.faults)}
	slices.SortStableFunc(n.Faults, func(a, b error) int { return cmp.Compare(a.Error(), b.Error()) })
	known := map[assist.ID]bool{}
	for _, old := range kept {
		known[old.ID] = true
		now, seen := l.pages[old.ID]
		switch {
		case seen && now.Hash() == old.Hash():
			now.Changed = old.Changed
			n.Same = append(n.Same, now)
		case seen:
			now.Changed = at
			n.Changed = append(n.Changed, now)
		case !old.Gone && l.missing(old):
			old.Gone, old.Read = true, at
			n.Gone = append(n.Gone, old)
		}
	}
	for id, p := range l.pages {
		if !known[id] {
			n.New = append(n.New, p)
		}
	}
	for _, list := range [][]assist.WebPage{n.New, n.Changed, n.Same, n.Gone} {
		slices.SortFunc(list, func(a, b assist.WebPage) int { return cmp.Compare(a.URL, b.URL) })
	}
	return n
}

// missing reports whether a page that was not read is gone. A look that saw nothing
// proves nothing.
func (l *Look) missing(p assist.WebPage) bool {
	if l.gone[p.ID] {
		return true
	}
	return len(l.pages) > 0 && !l.unread[p.ID] && l.Whole != nil && l.Whole(p)
}
