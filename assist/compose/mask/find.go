package mask

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// span is a place in a text that is masked. thing is the same for all writings of one
// thing.
type span struct {
	from, to int
	kind     kind
	thing    string
}

// What is private by its shape.
var (
	mailShape = regexp.MustCompile(`[\pL\pN._%+'-]*[\pL\pN_%+-]@[\pL\pN](?:[\pL\pN-]*[\pL\pN])?(?:\.[\pL\pN](?:[\pL\pN-]*[\pL\pN])?)+`)
	// numberShape is seven digits or more with what people write between them, "+44 (0)113
	// 496-0123 ext. 12".
	numberShape = regexp.MustCompile(`[+＋]?\(?\p{Nd}(?:[ \t\x{A0}().\/\-‐‑–]{0,3}\p{Nd}){6,}(?:[ ,;]{0,2}(?i:ext|extension|x|durchwahl|poste)\.?[ :]?\p{Nd}{1,6})?`)
	// orderShape is a long group of digits, or letters with digits: "TF-20231", "#4821".
	orderShape = regexp.MustCompile(`#[ ]?\p{Nd}{3,}|\b[A-Za-z]{1,5}[-/]\p{Nd}{4,}(?:[-/]\p{Nd}+)*|\b[A-Za-z]{0,5}\p{Nd}{5,}[A-Za-z]{0,2}\b`)
	ibanShape  = regexp.MustCompile(`\b[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{4}){2,7}(?:[ ]?[A-Z0-9]{1,4})?\b`)
	postShape  = regexp.MustCompile(`\b[A-Z]{1,2}\d[A-Z\d]?[ ]?\d[A-Z]{2}\b`) // LS1 4AP
	// What looks like a number and is for everybody's eyes: days and sums of money.
	dayShape   = regexp.MustCompile(`^(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}(?: \d{1,2})?|\d{1,2}[-./ ]\d{1,2}[-./ ]\d{4}(?: \d{1,2})?|(?:19|20)\d\d ?[-–/] ?(?:19|20)\d\d)$`)
	moneyLead  = regexp.MustCompile(`(?:[£$€¥]|(?:GBP|EUR|USD|CHF)) ?$`)
	moneyTrail = regexp.MustCompile(`^ ?(?:[£$€¥%]|(?i:GBP|EUR|USD|CHF|pounds?|euros?|dollars?)\b)`)
)

// spansOf returns what is to be masked, in order; none touches another.
func spansOf(text string, known Private) []span {
	var all []span
	shape := func(re *regexp.Regexp, k kind, thing func(string) string) {
		for _, at := range re.FindAllStringIndex(text, -1) {
			wrote := text[at[0]:at[1]]
			if k == number && public(text, at[0], at[1]) {
				continue
			}
			all = append(all, span{at[0], at[1], k, thing(wrote)})
		}
	}
	shape(tokens, token, canonical)
	shape(mailShape, email, strings.ToLower)
	shape(ibanShape, number, digits)
	shape(numberShape, number, digits)
	shape(orderShape, number, digits)
	shape(postShape, place, strings.ToLower)
	all = append(all, known.find(text)...)
	slices.SortFunc(all, func(a, b span) int { return cmp.Or(a.from-b.from, b.to-a.to) })
	return apart(all)
}

// apart joins spans that overlap into one, so that no end of a private word is left.
func apart(all []span) []span {
	var out []span
	for _, s := range all {
		last := len(out) - 1
		if last >= 0 && s.from < out[last].to {
			if s.to > out[last].to {
				out[last].to = s.to
				out[last].thing += "+" + s.thing
			}
			continue
		}
		out = append(out, s)
	}
	return out
}

// public reports whether a number is a day or a sum of money.
func public(text string, from, to int) bool {
	return dayShape.MatchString(text[from:to]) || moneyLead.MatchString(text[max(0, from-4):from]) || moneyTrail.MatchString(text[to:])
}

// digits returns what tells numbers apart: the last nine digits, so that +44 113 496
// 0123 and 0113 496 0123 are one.
func digits(s string) string {
	var out []rune
	for _, r := range s {
		if unicode.Is(unicode.Nd, r) {
			out = append(out, r)
		}
	}
	return string(out[max(0, len(out)-9):])
}

// needle is a private word that is looked for.
type needle struct {
	word  string
	kind  kind
	thing string
	fold  bool // in any case; else as it is written, with a capital, or all in capitals
}

// find returns where the known words stand in the text.
func (p Private) find(text string) []span {
	byFirst := map[rune][]needle{}
	for _, n := range p.needles() {
		r, _ := utf8.DecodeRuneInString(n.word)
		byFirst[low(r)] = append(byFirst[low(r)], n)
	}
	if len(byFirst) == 0 {
		return nil
	}
	var out []span
	before := ' '
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !joined(before, r) {
			for _, n := range byFirst[low(r)] {
				if to, ok := n.at(text, i); ok {
					out = append(out, span{i, to, n.kind, n.thing})
					break
				}
			}
		}
		before = r
		i += size
	}
	return out
}

// at reports whether the word stands in the text at i, and where it ends.
func (n needle) at(text string, i int) (end int, ok bool) {
	end, exact, capitals := i, true, true
	var last rune
	for _, w := range n.word {
		r, size := utf8.DecodeRuneInString(text[end:])
		if w == ' ' {
			rest := strings.TrimLeftFunc(text[end:], unicode.IsSpace)
			if size = len(text[end:]) - len(rest); size == 0 || size > 8 {
				return 0, false
			}
			end += size
			last = ' '
			continue
		}
		if size == 0 || low(r) != low(w) {
			return 0, false
		}
		exact = exact && r == w
		capitals = capitals && r == unicode.ToUpper(r)
		end += size
		last = r
	}
	next, _ := utf8.DecodeRuneInString(text[end:])
	if joined(last, next) || unicode.IsMark(next) {
		return 0, false
	}
	return end, n.fold || exact || capitals && utf8.RuneCountInString(n.word) > 2 || capital(text[i:end])
}

// capital reports whether a word begins with a capital letter and goes on small.
func capital(s string) bool {
	r, n := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r) && strings.ToLower(s[n:]) == s[n:]
}

func low(r rune) rune { return unicode.ToLower(unicode.ToUpper(r)) }

// joined reports whether two letters beside one another are of one word. Scripts that
// put no blank between words are never joined.
func joined(a, b rune) bool {
	return inWord(a) && inWord(b)
}

func inWord(r rune) bool {
	return (unicode.IsLetter(r) || unicode.IsDigit(r)) && !unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}
