package mask

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// mostParts is how many parts of a name, or lines of an address, are looked for apart.
const mostParts = 30

// needles are the private words and their parts, the longest first.
func (p Private) needles() []needle {
	var out haystack
	for _, whole := range p.Names {
		if strings.ContainsFunc(whole, unicode.IsLetter) {
			out.name(squeezed(whole), p.sameAs(squeezed(whole)))
		}
	}
	for _, whole := range p.Places {
		out.place(whole)
	}
	for _, n := range p.Numbers {
		out.add(squeezed(n), number, digits(n), true)
	}
	slices.SortStableFunc(out, func(a, b needle) int { return len(b.word) - len(a.word) })
	return out
}

func squeezed(s string) string { return strings.Join(strings.Fields(s), " ") }

// haystack collects needles.
type haystack []needle

// add takes a word in, and how keyboards without accents write it. Places and numbers
// of one or two signs would be found everywhere.
func (h *haystack) add(word string, k kind, thing string, fold bool) {
	if k != name && utf8.RuneCountInString(word) < 3 {
		return
	}
	for _, w := range []string{word, unaccented(word)} {
		if w != "" && !slices.ContainsFunc(*h, func(n needle) bool { return n.word == w && n.fold == fold }) {
			*h = append(*h, needle{w, k, thing, fold})
		}
	}
}

// name takes in a name and its parts.
func (h *haystack) name(whole, thing string) {
	parts := strings.FieldsFunc(whole, func(r rune) bool { return strings.ContainsRune(" -,.&()", r) })
	h.add(whole, name, thing, slices.ContainsFunc(parts, func(part string) bool { return !common(part) }))
	for _, part := range parts[:min(len(parts), mostParts)] {
		if utf8.RuneCountInString(part) > 1 && !ordinary[strings.ToLower(part)] {
			h.add(part, name, thing, false)
		}
	}
}

// place takes in the lines of an address, also without the number of the house.
func (h *haystack) place(whole string) {
	lines := strings.FieldsFunc(whole, func(r rune) bool { return strings.ContainsRune("\n\r,;", r) })
	for _, line := range lines[:min(len(lines), mostParts)] {
		line = squeezed(line)
		street := strings.TrimLeft(line, "0123456789 ")
		h.add(line, place, strings.ToLower(street), strings.Contains(line, " "))
		h.add(street, place, strings.ToLower(street), strings.Contains(street, " "))
	}
}

// sameAs returns the name that a name is a part of, so that "Mary" and "Mary Shaw" are
// one person where both are known.
func (p Private) sameAs(whole string) string {
	for _, other := range p.Names {
		for _, part := range strings.Fields(other) {
			if strings.EqualFold(part, whole) {
				return strings.ToLower(strings.Join(strings.Fields(other), " "))
			}
		}
	}
	return strings.ToLower(whole)
}

// common reports whether a part of a name may well be a word of its own in lower case.
func common(part string) bool {
	low := strings.ToLower(part)
	return utf8.RuneCountInString(part) < 3 || everyday[low] || ordinary[low]
}

// ordinary are parts of the names of people and companies that name nobody.
var ordinary = setOf(`the and of for at in on to by de la le van von der den und et y mr mrs ms miss mx dr prof sir ltd limited plc llc llp
inc co corp corporation company gmbh ag kg mbh sa sas srl spa bv nv oy ab as group holding holdings services service solutions
international team`)

// everyday are first and family names that are words, too.
var everyday = setOf(`may mark will bill grace rose hope faith joy dawn summer april june august jack pat rich frank art drew chase grant
miles lance pierce ray sunny young king brown black white green gray grey wood woods hill field fields stone cook baker page price
power powers bush lake rivers brook day best good long short small little strong sharp swift wise love gold silver fox wolf bird
fish lamb bull park street church bishop pope knight noble major ward hall house home bell banks cash penny rob sue carol holly ivy
lily daisy violet olive ruby pearl amber crystal iris jasmine heather ginger sage rusty dusty sandy rocky buck cliff glen dale heath
reed march case case key marsh mill miller potter shepherd carter cooper taylor mason turner walker hunter fisher gardener farmer
parker porter wells waters winter snow frost rain storm moon star love bliss fields ford banks bond bridge castle cross crow dean
early fair flower forest fry garden gardens gates glass hand head hood horn hunt lane law mills moss nail nice north south east west
pace paradise peacock pool poor rice ring road rush salt self shaw shore sparks spring stock sugar tall temple thorn trip true tucker
valley vine wall watts way weeks wild wing winters worth bath reading sale deal rugby battle`)

func setOf(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

// unaccented writes a word without accents, as keyboards do.
func unaccented(word string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(word))
}
