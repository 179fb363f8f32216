package customers

import (
	"fmt"
	"slices"
	"strings"

	"ringside/assist"
	"ringside/ui/say"
)

// fieldWords names a field of a customer as people read it.
func fieldWords(name string) string { return say.Field(assist.TypeCustomer, name) }

// facts are what tells a customer from others, in one line.
func facts(c assist.Customer) string {
	parts := []string{c.City, c.Address}
	for _, p := range c.Phones {
		parts = append(parts, p.Raw)
	}
	parts = append(parts, c.Emails...)
	if !c.Since.IsZero() {
		parts = append(parts, "since "+say.Date(c.Since))
	}
	return joined(parts...)
}

// typeWords are the records of a life, in the order in which they are told.
var typeWords = []struct {
	t    assist.Type
	word string
}{
	{assist.TypeCall, "call"}, {assist.TypeNote, "note"}, {assist.TypePromise, "promise"}, {assist.TypeOrder, "order"},
	{assist.TypeInsight, "insight"}, {assist.TypeAsked, "question asked"}, {assist.TypeAffected, "incident"}, {assist.TypeKudos, "praise"},
	{assist.TypeGap, "open question"}, {assist.TypeFlag, "flag"}, {assist.TypeMerge, "merge"},
}

// counted says how much of what there is in a life: "12 calls, 3 notes".
func counted(life []Moment) string {
	var out []string
	for _, w := range typeWords {
		n := 0
		for _, m := range life {
			if m.Type == w.t {
				n++
			}
		}
		switch {
		case n == 0:
		case w.t == assist.TypeKudos && n == 1:
			out = append(out, "praise once")
		case w.t == assist.TypeKudos:
			out = append(out, fmt.Sprintf("praise %d times", n))
		case w.t == assist.TypeAsked:
			out = append(out, say.Count(n, "question")+" asked")
		default:
			out = append(out, say.Count(n, w.word))
		}
	}
	return strings.Join(out, ", ")
}

// list puts words behind one another as a sentence does: "a, b and c".
func list(words []string) string {
	words = slices.DeleteFunc(slices.Clone(words), func(s string) bool { return s == "" })
	if n := len(words); n > 1 {
		return strings.Join(words[:n-1], ", ") + " and " + words[n-1]
	}
	return strings.Join(words, "")
}
