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
	base   *part          // the library as it was built, in one language
	late   *part          // what has changed since, weighed by the words of base; nil when nothing has
	gone   map[int32]bool // answers of base that are no more, or are in late as they are now
	others []*Index       // one for each other language; they have no others
}

// Build makes an index of the answers, each read in its own language. Of answers
// with the same id the first counts. The answers are kept, not copied deeply: they
// must not change after.
func Build(answers []assist.Answer) *Index {
	groups := byLanguage(unique(answers))
	if len(groups) == 0 {
		return buildOne(nil)
	}
	ix := buildOne(groups[0])
	for _, g := range groups[1:] {
		ix.others = append(ix.others, buildOne(g))
	}
	return ix
}

func buildOne(answers []assist.Answer) *Index {
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
	replaced := make(map[assist.ID]bool, len(changed)+len(gone))
	for _, id := range gone {
		replaced[id] = true
	}
	changed = slices.DeleteFunc(unique(changed), func(a assist.Answer) bool { return replaced[a.ID] })
	for _, a := range changed {
		replaced[a.ID] = true
	}
	if ix.empty() {
		return Build(changed)
	}
	groups := byLanguage(changed)
	next := ix.withOwn(takeLanguage(&groups, ix.base.text), replaced)
	for _, o := range ix.others {
		next.others = append(next.others, o.withOwn(takeLanguage(&groups, o.base.text), replaced))
	}
	for _, g := range groups {
		next.others = append(next.others, buildOne(g))
	}
	return next
}

// withOwn is With for the answers of one language.
func (ix *Index) withOwn(changed []assist.Answer, replaced map[assist.ID]bool) *Index {
	next := &Index{base: ix.base, gone: maps.Clone(ix.gone)}
	if next.gone == nil {
		next.gone = map[int32]bool{}
	}
	for id := range replaced {
		if at, ok := ix.base.find(id); ok {
			next.gone[at] = true
		}
	}
	changed = slices.Clone(changed)
	if ix.late != nil {
		for _, a := range ix.late.answers {
			if !replaced[a.ID] {
				changed = append(changed, a)
			}
		}
	}
	if len(changed) > 0 {
		next.late = newPart(unique(changed), ix.base)
		next.late.sureness = ix.base.sureness
	}
	return next
}

func (ix *Index) empty() bool {
	return ix.base == nil || len(ix.base.answers) == 0 && ix.late == nil && len(ix.others) == 0
}

// Answer returns the answer with an id, as it is now.
func (ix *Index) Answer(id assist.ID) (assist.Answer, bool) {
	for _, one := range ix.languages() {
		for i, p := range slices.Backward(one.parts()) {
			if at, ok := p.find(id); ok && (i > 0 || !one.gone[at]) {
				return p.answers[at], true
			}
		}
	}
	return assist.Answer{}, false
}

// Late returns how many answers have changed since Build.
func (ix *Index) Late() int {
	late := 0
	for _, one := range ix.languages() {
		if one.late == nil {
			late += len(one.gone)
		} else {
			late += max(len(one.gone), len(one.late.answers))
		}
	}
	return late
}

// parts returns the parts of the index's own language.
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
