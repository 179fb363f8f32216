package index

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

type parser struct {
	q       Query
	numbers Numbers
	odd     bool // there is a number or an address in it
}

func (p *parser) fields(fields []string) {
	for i := 0; i < len(fields); {
		if p.numbers != nil && isFigures(fields[i]) {
			end := i + 1
			for end < len(fields) && isFigures(fields[end]) {
				end++
			}
			p.figures(fields[i:end])
			i = end
			continue
		}
		if address := foldMail(fields[i]); p.numbers != nil && strings.Contains(address, "@") {
			p.mail(address)
		} else {
			eachWord(fields[i], func(w []byte) { p.word(string(w)) })
		}
		i++
	}
}

func isFigures(s string) bool {
	digits := 0
	for _, r := range s {
		switch {
		case unicode.IsDigit(r):
			digits++
		case !strings.ContainsRune("+-().,/", r):
			return false
		}
	}
	return digits > 0
}

// figures takes in groups of figures that stand together.
func (p *parser) figures(groups []string) {
	all := strings.Join(groups, " ")
	digits := 0
	for _, r := range all {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	if digits >= minJoined || strings.HasPrefix(all, "+") {
		p.number(all)
		return
	}
	for _, g := range groups {
		eachWord(g, func(w []byte) { p.word(string(w)) })
	}
}

func (p *parser) number(typed string) {
	p.odd = true
	w := word{typed: typed}
	w.ways = numberWays(typed, p.numbers)
	digits := strings.Map(func(r rune) rune {
		if isNumber(string(r)) {
			return r
		}
		return -1
	}, typed)
	if digits != "" {
		w.ways = append(w.ways, pattern{Beside, beginning, spaceNameCode, digits}, pattern{Beside, beginning, spaceMoreCode, digits})
	}
	p.add(w)
}

func isNumber(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

func numberWays(typed string, numbers Numbers) (ways []pattern) {
	full, begins, ends := numbers(typed)
	if full != "" {
		ways = append(ways, pattern{Sure, whole, spaceNumber, full})
	}
	for _, b := range begins {
		ways = append(ways, pattern{Begins, beginning, spaceNumber, b}, pattern{Begins, beginning, spaceNational, b})
	}
	for _, e := range ends {
		if len(e) >= minTail {
			ways = append(ways, pattern{Begins, beginning, spaceTail, reverse(e)})
		}
	}
	return ways
}

func (p *parser) mail(address string) {
	p.odd = true
	address = strings.TrimPrefix(address, "@")
	if address == "" {
		return
	}
	p.add(word{address, []pattern{{Sure, whole, spaceMail, address}, {Begins, beginning, spaceMail, address}}})
}

func (p *parser) word(text string) {
	w := word{typed: text}
	name, more := byte(spaceName), byte(spaceMore)
	digits := hasDigit(text)
	if digits {
		name, more = spaceNameCode, spaceMoreCode
	}
	w.ways = []pattern{{Exact, whole, name, text}, {Begins, beginning, name, text}}
	if !digits {
		w.ways = append(w.ways, pattern{Begins, beginning, spaceNameCode, text}, pattern{Beside, beginning, spaceMoreCode, text})
	}
	w.ways = append(w.ways, pattern{Beside, beginning, more, text}, pattern{Beside, beginning, spaceMail, text})
	if p.numbers != nil && isNumber(text) {
		w.ways = append(numberWays(text, p.numbers), w.ways...)
		slices.SortStableFunc(w.ways, func(a, b pattern) int { return int(a.tier - b.tier) })
	}
	if !digits && len(text) >= shortestInner {
		w.ways = append(w.ways, pattern{Inside, inside, name, text}, pattern{Inside, inside, more, text})
	}
	if !digits && utf8.RuneCountInString(text) >= shortestTypo {
		w.ways = append(w.ways, pattern{Typo, typo, name, text}, pattern{Typo, typo, more, text})
	}
	p.add(w)
}

func (p *parser) add(w word) {
	if len(p.q.words) < maxWords && !slices.ContainsFunc(p.q.words, func(x word) bool { return x.typed == w.typed }) {
		p.q.words = append(p.q.words, w)
	}
}
