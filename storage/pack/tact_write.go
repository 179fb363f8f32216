package pack

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"ringside/assist"
)

// introduction stands at the top of every page of rules. It is for people; Rules passes
// over it.
const introduction = `# Tact

When not to ask, not to thank and not to offer. Each rule below takes something out of a call and tells the rep why. Edit them
as you edit any text: in doubt, a rule should hold, for silence costs less than a wrong word.

Below a rule's title stands the sentence that the rep reads. Then:

- **when** says what the rule looks at: do not ask, no consent, minor, late promise, broken promise, incident, upset, hurried,
  words, long call or often. Upset and hurried hold by the rep's key, too.
- **words** are what it listens for, in what is said and in the notes of the last **days** (none: in this call alone). Whole words
  count, in any case; a star stands for the rest of a word: complain*.
- **unless** are words that clear a sentence: it does not count where one of them stands in it. **settled by** are words of a later
  sentence that end the matter; "not", "still" or "until" before them keep it open.
- **most** is how many minutes of a call, or calls within **days**, are too many.
- **quiet** is what is left out: questions, thanks (birthdays, too) and offers.
- **try** is an example: the words, and whether the rule must hold. All of them are tried before a changed page is taken in.

` + "`ringside tact FILE`" + ` tries this page, ` + "`ringside import tact FILE`" + ` puts it in force.
`

// Page writes rules of tact as one page, in their order; those that are off are left out.
// The same rules give the same bytes, and Rules reads the same rules from them, numbered
// from 1. Rules that could not be read back are a fault with assist.ErrInvalid.
func Page(rules []assist.Tact) ([]byte, error) {
	data, same := tactPage(rules)
	if !same {
		return nil, &assist.Fault{What: "these rules cannot be written as a page", Where: tactFile,
			Do: "Look for a comma within a word, two rules of one title, or broken characters.", Err: assist.ErrInvalid}
	}
	return data, nil
}

// tactPage writes the page of rules, and whether it is read back as the same rules.
func tactPage(rules []assist.Tact) (data []byte, same bool) {
	rules = tidyRules(rules)
	var b strings.Builder
	b.WriteString(introduction)
	for _, r := range rules {
		writeRule(&b, r)
	}
	data = []byte(b.String())
	f := file{name: tactFile}
	back := f.tact(data)
	return data, len(f.faults) == 0 && reflect.DeepEqual(back, rules) && utf8.Valid(data)
}

func writeRule(b *strings.Builder, r assist.Tact) {
	fmt.Fprintf(b, "\n## %s\n\n%s\n\n", r.Title, wrapped("", strings.Fields(r.Say)))
	pair := func(key string, parts ...string) {
		if len(parts) > 0 {
			b.WriteString(wrapped("  ", append([]string{"- " + key + ":"}, parts...)) + "\n")
		}
	}
	number := func(key string, n int) {
		if n != 0 {
			pair(key, fmt.Sprint(n))
		}
	}
	if r.ID != slug(r.Title) {
		pair("id", string(r.ID))
	}
	pair("when", string(r.When))
	pair("words", commas(r.Words)...)
	pair("unless", commas(r.Unless)...)
	pair("settled by", commas(r.Settled)...)
	number("days", r.Days)
	number("most", r.Most)
	pair("quiet", commas(r.Quiet)...)
	for _, t := range r.Try {
		words := "“" + t.Words + "” " + map[bool]string{true: "yes", false: "no"}[t.Holds]
		pair("try", strings.Fields(words)...)
	}
}

// commas puts a comma behind all entries but the last.
func commas[T ~string](list []T) []string {
	out := make([]string, 0, len(list))
	for i, s := range list {
		if i < len(list)-1 {
			s += ","
		}
		out = append(out, string(s))
	}
	return out
}

const pageWidth = 120 // letters

// wrapped puts parts on lines, with blanks between them; every line but the first begins
// with the indent.
func wrapped(indent string, parts []string) string {
	var b strings.Builder
	width := 0
	for i, part := range parts {
		n := utf8.RuneCountInString(part)
		switch {
		case i == 0:
		case width+1+n > pageWidth && !item.MatchString(part+" .") && part[0] != '#': // which would begin something else
			b.WriteString("\n" + indent)
			width = len(indent)
		default:
			b.WriteByte(' ')
			width++
		}
		b.WriteString(part)
		width += n
	}
	return b.String()
}

// tidyRules returns the rules that are on a page, in their order and numbered by it.
func tidyRules(rules []assist.Tact) []assist.Tact {
	out := slices.DeleteFunc(slices.Clone(rules), func(r assist.Tact) bool { return r.Off })
	slices.SortStableFunc(out, func(a, b assist.Tact) int { return cmp.Compare(a.Order, b.Order) })
	for i := range out {
		r := &out[i]
		r.Order, r.Title, r.Say = i+1, oneLine(r.Title), oneLine(r.Say)
		r.Words, r.Unless, r.Settled = tidyList(r.Words), tidyList(r.Unless), tidyList(r.Settled)
		r.Try = append([]assist.Trial(nil), r.Try...) // none is nil
		for k := range r.Try {
			r.Try[k].Words = oneLine(r.Try[k].Words)
		}
	}
	return out
}
