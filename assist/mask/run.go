package mask

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// digit is one digit in a text, of any script.
type digit struct {
	value    byte // '0' to '9'
	from, to int  // bytes
}

// run is a row of digits with nothing between them but what stands between the groups
// of a card number.
type run struct {
	digits []digit
	groups []int // where in digits each group begins
}

const mostBetween = 3 // runes between two groups

// runsOf returns the runs of a text that are long enough for a card.
func runsOf(text string) []run {
	var out []run
	var now run
	between := 0
	end := func() {
		if len(now.digits) > told {
			out = append(out, now)
			now = run{}
		}
		now.digits, now.groups, between = now.digits[:0], now.groups[:0], 0
	}
	for i, r := range text {
		if len(now.digits) == 0 && r < utf8.RuneSelf && (r < '0' || r > '9') { // nearly all of a note
			continue
		}
		if v, ok := value(r); ok {
			if len(now.digits) == 0 || between > 0 {
				now.groups = append(now.groups, len(now.digits))
			}
			now.digits = append(now.digits, digit{v, i, i + utf8.RuneLen(r)})
			between = 0
			continue
		}
		if len(now.digits) == 0 {
			continue
		}
		if between++; between > mostBetween || !separates(r) {
			end()
		}
	}
	end()
	return out
}

// value is the digit that r stands for. In Unicode the ten digits of a script follow one
// another.
func value(r rune) (byte, bool) {
	if r < utf8.RuneSelf {
		return byte(r), r >= '0' && r <= '9'
	}
	for _, t := range unicode.Nd.R16 {
		if rune(t.Lo) <= r && r <= rune(t.Hi) {
			return byte('0' + (r-rune(t.Lo))%10), true
		}
	}
	for _, t := range unicode.Nd.R32 {
		if rune(t.Lo) <= r && r <= rune(t.Hi) {
			return byte('0' + (r-rune(t.Lo))%10), true
		}
	}
	return 0, false
}

func separates(r rune) bool {
	switch r {
	case '-', '.', '/', '_', '·', '\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u00ad', '\u2212':
		return true
	}
	return unicode.IsSpace(r) || unicode.Is(unicode.Pd, r)
}

func (r run) to() int { return r.digits[len(r.digits)-1].to }

func (r run) number(from, to int) string {
	b := make([]byte, 0, longest)
	for _, d := range r.digits[from:to] {
		b = append(b, d.value)
	}
	return string(b)
}

// cards returns the card numbers in a run. Beside a card there may be other digits: a
// card begins and ends with a group, and where it is not all of the run its groups are
// as cards are written.
func (r run) cards(text string, banks []Found) []Found {
	var out []Found
	for g := 0; g < len(r.groups); g++ {
		if last, ok := r.cardAt(text, banks, g); ok {
			from, to := r.groups[g], r.end(last)
			number := r.number(from, to)
			out = append(out, Found{r.digits[from].from, r.digits[to-1].to, "•••• •••• •••• " + number[len(number)-4:], number})
			g = last
		}
	}
	return out
}

// cardAt returns the last group of the longest card number that begins with group g.
func (r run) cardAt(text string, banks []Found, g int) (last int, ok bool) {
	from := r.groups[g]
	if r.fraction(text, g) {
		return 0, false
	}
	for l := g; l < len(r.groups) && r.end(l)-from <= longest; l++ {
		to := r.end(l)
		if to-from < shortest || g == 0 && r.phone(text, to) || !r.grouped(g, l) || !isCard(r.number(from, to)) {
			continue
		}
		if !inside(banks, r.digits[from].from) && !named(text, r.digits[from].from, r.digits[to-1].to) {
			last, ok = l, true
		}
	}
	return last, ok
}

// end is behind the last digit of a group.
func (r run) end(group int) int {
	if group+1 < len(r.groups) {
		return r.groups[group+1]
	}
	return len(r.digits)
}

// grouped reports whether the groups are as cards are written: in one piece, in groups of
// one size of which the last may be shorter, as Amex and Diners do (4-6-5, 4-6-4), or
// anyhow when the run is nothing else and too long for a phone number.
func (r run) grouped(first, last int) bool {
	size := func(g int) int { return r.end(g) - r.groups[g] }
	even, few := true, true
	for g := first; g <= last; g++ {
		even = even && (size(g) == size(first) || g == last && size(g) < size(first))
		few = few && size(g) > 1
	}
	switch groups := last - first + 1; {
	case even:
		return true
	case groups == 3 && size(first) == 4 && size(first+1) == 6, groups == 2 && size(first) == 6 && size(last) == 13: // Amex and Diners, UnionPay
		return true
	}
	return few && first == 0 && last == len(r.groups)-1 && len(r.digits) >= 14
}

// phone reports whether a run whose first digits, up to the given one, are looked at is a
// phone number with its country code: those have 15 digits at most.
func (r run) phone(text string, to int) bool {
	before := strings.TrimRight(text[:r.digits[0].from], " (")
	return to <= 15 && (strings.HasSuffix(before, "+") || strings.HasSuffix(before, "＋"))
}

// fraction reports whether the group stands behind the point of a number.
func (r run) fraction(text string, g int) bool {
	if g == 0 {
		return strings.HasSuffix(text[:r.digits[0].from], ",") && r.end(0) > 4
	}
	between := text[r.digits[r.groups[g]-1].to:r.digits[r.groups[g]].from]
	return between == "." && r.end(g)-r.groups[g] > 6
}

// named reports whether the digits are a part of a name of letters and digits, as ids
// have them: 3f4111111111111111ab2. A word of letters alone may touch a card.
func named(text string, from, to int) bool {
	before, after := strings.TrimRightFunc(text[:from], unicode.IsLetter), strings.TrimLeftFunc(text[to:], unicode.IsLetter)
	digitEnds := func(s string, last bool) bool {
		r, _ := utf8.DecodeRuneInString(s)
		if last {
			r, _ = utf8.DecodeLastRuneInString(s)
		}
		_, ok := value(r)
		return ok
	}
	return len(before) < from && digitEnds(before, true) || len(after) < len(text)-to && digitEnds(after, false)
}

func inside(banks []Found, at int) bool {
	for _, b := range banks {
		if b.From <= at && at < b.To {
			return true
		}
	}
	return false
}
