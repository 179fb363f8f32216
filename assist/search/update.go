package search

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"ringside/assist"
)

// Index is a picture of a library that can be searched. It never changes; after a
// change of the library another one takes its place. The zero Index is empty.
type Index struct {
	base *part          // the library as it was built
	late *part          // what has changed since, weighed by the words of base; nil when nothing has
	gone map[int32]bool // answers of base that are no more, or are in late as they are now
}

// Build makes an index of the answers. Of answers with the same id the first
// counts. The answers are kept, not copied deeply: they must not change after.
func Build(answers []assist.Answer) *Index {
	base := newPart(answers, nil)
	base.sureness = calibrate(base)
	return &Index{base: base}
}

// With returns an index in which these answers are as they are given, whether it
// had them or not, and those whose ids are gone are not. It costs as much as
// building an index of all that has changed since Build, so that a change can be
// seen at once; with every change it knows less well how rare words have become,
// and Build should follow when there is time. ix is left as it was.
func (ix *Index) With(changed []assist.Answer, gone ...assist.ID) *Index {
	if ix.base == nil {
		return Build(changed)
	}
	changed = unique(changed)
	replaced := make(map[assist.ID]bool, len(changed)+len(gone))
	for _, a := range changed {
		replaced[a.ID] = true
	}
	for _, id := range gone {
		replaced[id] = true
	}
	next := &Index{base: ix.base, gone: maps.Clone(ix.gone)}
	if next.gone == nil {
		next.gone = map[int32]bool{}
	}
	for id := range replaced {
		if at, ok := ix.base.find(id); ok {
			next.gone[at] = true
		}
	}
	if ix.late != nil {
		for _, a := range ix.late.answers {
			if !replaced[a.ID] {
				changed = append(changed, a)
			}
		}
	}
	changed = slices.DeleteFunc(changed, func(a assist.Answer) bool { return slices.Contains(gone, a.ID) })
	if len(changed) > 0 {
		next.late = newPart(changed, ix.base)
	}
	return next
}

// Answer returns the answer with an id, as it is now.
func (ix *Index) Answer(id assist.ID) (assist.Answer, bool) {
	parts := ix.parts()
	for i, p := range slices.Backward(parts) {
		if at, ok := p.find(id); ok && (i > 0 || !ix.gone[at]) {
			return p.answers[at], true
		}
	}
	return assist.Answer{}, false
}

// Late returns how many answers have changed since Build.
func (ix *Index) Late() int {
	if ix.late == nil {
		return len(ix.gone)
	}
	return max(len(ix.gone), len(ix.late.answers))
}

func (ix *Index) parts() []*part {
	switch {
	case ix.base == nil:
		return nil
	case ix.late == nil:
		return []*part{ix.base}
	}
	return []*part{ix.base, ix.late}
}

// find returns the number of an answer.
func (ix *part) find(id assist.ID) (int32, bool) {
	at, ok := slices.BinarySearchFunc(ix.answers, id, func(a assist.Answer, id assist.ID) int {
		return cmp.Compare(a.ID, id)
	})
	return int32(at), ok
}

func unique(answers []assist.Answer) []assist.Answer {
	sorted := slices.Clone(answers)
	slices.SortStableFunc(sorted, func(x, y assist.Answer) int { return strings.Compare(string(x.ID), string(y.ID)) })
	return slices.CompactFunc(sorted, func(x, y assist.Answer) bool { return x.ID == y.ID })
}
