package twin

import (
	"fmt"
	"math"
	"slices"
	"unicode"
)

// names weighs how the names are alike.
func (w *weighing) names() {
	a, b := w.a.name, w.b.name
	if len(a.words) == 0 || len(b.words) == 0 {
		w.vague = true
		w.against = append(w.against, "one has no name")
		return
	}
	if a.first == "" || b.first == "" {
		w.oneWord()
		return
	}
	first, last := alike(a.first, b.first), alike(a.last, b.last)
	switch {
	case turned(a, b):
		w.share(w.first()+w.last()-1, "first and last name change places")
	case last == same || last == typo:
		w.sameFamily(first, last)
	case last == different && doubled(a, b) && first >= typo:
		w.share(w.first()+w.last()-2, fmt.Sprintf("same name, once with %s", longer(a, b)))
	case first == initial:
		w.wed, w.vague, w.guess = true, true, true
		w.bits -= 3
		w.against = append(w.against, "other last name: perhaps by marriage")
	case first == same || first == nick:
		w.wed = true
		w.share(w.first()-3, "same first name")
		w.against = append(w.against, "other last name: perhaps by marriage")
	default:
		w.two = true
	}
}

// sameFamily weighs first names where the last ones are the same or nearly so.
func (w *weighing) sameFamily(first, last likeness) {
	a, b := w.a.name, w.b.name
	slip := w.slip(last)
	switch {
	case first == same:
		w.sameFirst(last, slip)
	case first == nick:
		w.guess = true
		w.share(w.first()+w.last()-1+slip, fmt.Sprintf("%s may be %s", title(a.first), title(b.first)))
	case first == typo && !w.twins():
		w.share(w.first()+w.last()-2+2*slip, "names differ by a letter")
	case first == typo && w.mail:
		w.share(w.last()+slip, "same last name")
		w.oppose(twins, fmt.Sprintf("%s and %s are two names", title(a.first), title(b.first)))
	case first == initial:
		w.vague, w.guess = true, true
		w.share(w.last()+1+slip, "same last name and initial")
	case first == different && (slices.Contains(a.words[1:], b.first) || slices.Contains(b.words[1:], a.first)):
		w.share(w.last()+1+slip, "a middle name of one is the first name of the other")
	default:
		w.two, w.family = true, last == same
	}
}

func (w *weighing) sameFirst(last likeness, slip float64) {
	switch {
	case last == same && slices.Equal(w.a.name.words, w.b.name.words):
		w.share(w.first()+w.last(), "same name")
	case last == same:
		w.share(w.first()+w.last()-1, "same first and last name")
	default:
		w.share(w.first()+w.last()+slip, "names differ by a letter")
	}
}

// slip is what a letter that differs in the last names takes away: nearly all where both
// are names that others have, Smith and Smyth.
func (w *weighing) slip(last likeness) float64 {
	switch {
	case last == same:
		return 0
	case w.known("l"+w.a.name.last) && w.known("l"+w.b.name.last):
		return 2 - w.last()
	}
	return -2
}

// twins reports whether both first names are such as others have: Eric and Erin.
func (w *weighing) twins() bool {
	return w.known("f"+w.a.name.first) && w.known("f"+w.b.name.first)
}

// oneWord weighs names of which one is a single word.
func (w *weighing) oneWord() {
	a, b := w.a.name, w.b.name
	w.vague = true
	if slices.Equal(a.words, b.words) {
		w.share(w.last(), "same name")
		w.vague = false
		return
	}
	word, other := a.last, b
	if b.first == "" {
		word, other = b.last, a
	}
	if word != other.last && alike(word, other.first) < nick {
		w.two = true
		return
	}
	w.share(w.last()/2, fmt.Sprintf("both are called %s", title(word)))
}

// first is what it is worth to share the first name, by the commoner of the two.
func (w *weighing) first() float64 {
	return bounded(min(w.f.rarity("f"+canonical(w.a.name.first)), w.f.rarity("f"+canonical(w.b.name.first))))
}

func (w *weighing) last() float64 {
	return bounded(min(w.f.rarity("l"+w.a.name.last), w.f.rarity("l"+w.b.name.last)))
}

func bounded(bits float64) float64 { return math.Max(.5, math.Min(bits, 9)) }

// known reports whether so many have a name that it is no slip of the keys.
func (w *weighing) known(fact string) bool {
	return w.f.shared[fact] >= max(3, len(w.f.people)/2000)
}

// turned reports whether the first name of each is the last name of the other.
func turned(a, b name) bool {
	return (a.first != b.first || a.last != b.last) && alike(a.first, b.last) >= typo && alike(a.last, b.first) >= typo
}

// doubled reports whether one has the last name of the other and one more.
func doubled(a, b name) bool {
	return len(a.words) > 2 && slices.Contains(a.words[1:], b.last) || len(b.words) > 2 && slices.Contains(b.words[1:], a.last)
}

func longer(a, b name) string {
	if len(a.words) > len(b.words) {
		return title(a.last)
	}
	return title(b.last)
}

// title writes a folded name as people do.
func title(word string) string {
	r := []rune(word)
	return string(unicode.ToUpper(r[0])) + string(r[1:])
}
