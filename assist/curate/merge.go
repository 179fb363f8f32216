package curate

import (
	"slices"
	"strings"

	"ringside/assist"
	"ringside/assist/search/text"
)

// Edit is one difference between two versions of an answer, in words. Before is empty
// for what was added, After for what was taken away. Reps and answers are told by id.
type Edit struct{ Field, Before, After string }

// Diff tells in reading order how an answer has changed: lists item by item, the words
// to say by their lines. It is empty for equal answers; ids are not compared.
func Diff(before, after assist.Answer) (out []Edit) {
	for _, f := range fields {
		out = append(out, f.diff(&before, &after)...)
	}
	return out
}

// Conflict is what two people changed in different ways, in the words of Edit. Ours is
// what was kept.
type Conflict struct{ Field, Ours, Theirs string }

// Merge makes one answer of two changes of base: field by field, lists item by item,
// steps and the words to say by their lines. Where both changed the same, ours stands and
// theirs is told. Of two days of verifying the later counts. With no base known, give the
// zero Answer: then lists are joined, and all else that differs is told. The id is ours.
// The result may not be valid where its parts are from different people: Validate it.
func Merge(base, ours, theirs assist.Answer) (merged assist.Answer, conflicts []Conflict) {
	m := merging{base: base, ours: ours, theirs: theirs, out: ours}
	for _, f := range fields {
		f.merge(&m)
	}
	return m.out, m.conflicts
}

// merging is a Merge under way. out begins as ours.
type merging struct {
	base, ours, theirs, out assist.Answer
	conflicts               []Conflict
}

func (m *merging) tell(name string, w woven) {
	for _, c := range w.clash {
		m.conflicts = append(m.conflicts, Conflict{name, strings.Join(c.ours, "\n"), strings.Join(c.theirs, "\n")})
	}
}

// Join makes one answer of two that say the same. The keeper takes the other's phrasings,
// products and departments that it does not have; its own words stay. The other is kept,
// Off and Into the keeper.
func Join(keeper, other assist.Answer) (kept, gone assist.Answer) {
	kept, gone = keeper, other
	kept.Phrasings = joined(keeper.Phrasings, other.Phrasings)
	kept.Products = joined(keeper.Products, other.Products)
	kept.Also = joined(keeper.Also, append([]string{other.Department}, other.Also...))
	kept.Also = slices.DeleteFunc(kept.Also, func(d string) bool { return text.Fold(d) == text.Fold(keeper.Department) })
	gone.Off, gone.Into = true, keeper.ID
	return kept, gone
}

// joined adds what the list does not have in other letters.
func joined(list, more []string) []string {
	list = slices.Clone(list)
	seen := make(map[string]bool, len(list))
	for _, s := range list {
		seen[text.Fold(s)] = true
	}
	for _, s := range more {
		if key := text.Fold(s); !seen[key] {
			seen[key] = true
			list = append(list, s)
		}
	}
	return list
}
