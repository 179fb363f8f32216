package compare

import (
	"strconv"
	"strings"
)

// scan reads the values of one sentence.
type scan struct {
	sentence string
	tokens   []token
	stem     func(word string) string // "" for words that say little
	names    func(i int) bool         // the figure at i is part of a name: Mower 42
	hours    bool                     // the sentence is about hours or days of opening
}

// values returns the values of a sentence in order. No token is in two of them.
func (s *scan) values() (out []value) {
	for i := range s.tokens {
		if openWords[s.word(i)] || weekdays[s.word(i)] != 0 {
			s.hours = true
			break
		}
	}
	readers := [...]func(int) (value, int){s.date, s.weekday, s.clock, s.money, s.amount}
	for i := 0; i < len(s.tokens); {
		n := 0
		for _, reader := range readers {
			var v value
			if v, n = reader(i); n > 0 {
				v.tokens = [2]int{i, i + n}
				v.text = s.sentence[s.tokens[i].from:s.tokens[i+n-1].to]
				v.role = s.role(v, i, i+n)
				v.about = s.any(i-2, i, aboutWords)
				if v.role != "left out" {
					out = append(out, v)
				}
				break
			}
		}
		i += max(n, 1)
	}
	return out
}

var (
	openWords  = set("open opens opening opened close closes closed closing shut hours lines")
	aboutWords = set("about around roughly approximately nearly almost circa ca some")
	limitWords = set("from over above below under least than spend spending minimum exceeds exceeding to worth beyond first")
	rateWords  = set("a an per each every")
	agoWords   = set("ago old late behind earlier")
)

func (s *scan) word(i int) string {
	if i < 0 || i >= len(s.tokens) {
		return ""
	}
	return s.tokens[i].text
}

// any reports whether one of the words is among the tokens from from to to.
func (s *scan) any(from, to int, words map[string]bool) bool {
	for i := max(from, 0); i < min(to, len(s.tokens)); i++ {
		if words[s.tokens[i].text] {
			return true
		}
	}
	return false
}

// role says what the value is besides its unit.
func (s *scan) role(v value, from, to int) string {
	switch v.unit {
	case "money":
		if s.any(from-3, from, limitWords) && !(s.word(from-1) == "to" && s.word(from-2) != "up") {
			return "limit"
		}
		if rateWords[s.word(to)] && unitNames[s.word(to+1)] != "" {
			return "per " + unitNames[s.word(to+1)]
		}
		if next := s.word(to); next == "monthly" || next == "yearly" || next == "weekly" {
			return "per " + strings.TrimSuffix(next, "ly")
		}
	case "time":
		switch before := s.word(from - 1); {
		case before == "every" || before == "each" || before == "per":
			return "every"
		case agoWords[s.word(to)]:
			return "left out"
		}
	}
	return ""
}

// number is a figure or a number word, perhaps a range.
type number struct {
	lo, hi   float64
	ranged   bool
	decimals int
	word     bool
	n        int // tokens
}

// number reads the number at i, with a range: 2 to 3, two or three, 2-3.
func (s *scan) number(i int) (number, bool) {
	a, ok := s.single(i)
	if !ok || a.ranged {
		return a, ok
	}
	j := i + a.n
	if s.word(j) == "(" { // thirty (30) days
		if b, ok := s.single(j + 1); ok && b.lo == a.lo && s.word(j+1+b.n) == ")" {
			a.n += b.n + 2
			return a, true
		}
	}
	if b, ok := s.rangeTo(i, a); ok {
		return b, true
	}
	if s.follows(j, "and", "a", "half") {
		a.lo, a.hi, a.n = a.lo+.5, a.hi+.5, a.n+3
	}
	return a, true
}

var rangeLinks = set("to - – or and bis à")

// rangeTo reads what the number a at i goes up to.
func (s *scan) rangeTo(i int, a number) (number, bool) {
	link, k := s.word(i+a.n), i+a.n+1
	if !rangeLinks[link] || link == "and" && s.word(i-1) != "between" && s.word(i-2) != "between" {
		return number{}, false
	}
	if k < len(s.tokens) && s.tokens[k].kind == 's' && currencies[s.word(k)] != "" {
		k++
	}
	b, ok := s.single(k)
	if !ok || b.lo <= a.hi || link == "or" && b.lo > 2*a.lo+1 {
		return number{}, false
	}
	return number{lo: a.lo, hi: b.hi, ranged: true, decimals: max(a.decimals, b.decimals), word: a.word, n: k + b.n - i}, true
}

// follows reports whether the words stand at i.
func (s *scan) follows(i int, words ...string) bool {
	for k, w := range words {
		if s.word(i+k) != w {
			return false
		}
	}
	return true
}

// single reads one number.
func (s *scan) single(i int) (number, bool) {
	if i < 0 || i >= len(s.tokens) {
		return number{}, false
	}
	if t := s.tokens[i]; t.kind == 'n' {
		return digits(t.text)
	}
	if s.follows(i, "a", "couple", "of") {
		return number{lo: 2, hi: 3, ranged: true, word: true, n: 3}, true
	}
	v, n := numberWords[s.word(i)], 1
	if s.word(i) == "a" && numberWords[s.word(i+1)] >= 12 { // a dozen, a hundred
		v, n = numberWords[s.word(i+1)], 2
	}
	if v == 0 {
		return number{}, false
	}
	j := i + n
	if s.word(j) == "-" {
		j++
	}
	switch next := numberWords[s.word(j)]; {
	case next == 100 && v < 20:
		v, n = v*next, j+1-i
	case next > 0 && next < 10 && v >= 20 && v < 100:
		v, n = v+next, j+1-i
	}
	return number{lo: v, hi: v, word: true, n: n}, true
}

// digits reads a figure: 4,99 or 2-3.
func digits(text string) (number, bool) {
	if from, to, ok := strings.Cut(text, "-"); ok {
		a, _, okA := decimal(from)
		b, d, okB := decimal(to)
		return number{lo: a, hi: b, ranged: true, decimals: d, n: 1}, okA && okB && a < b
	}
	v, d, ok := decimal(text)
	return number{lo: v, hi: v, decimals: d, n: 1}, ok
}

// decimal reads a figure as people write it: 1,250.00, 1.250,00, 4,99, 3.5. Decimals is how
// many digits stand behind the point.
func decimal(text string) (v float64, decimals int, ok bool) {
	if strings.ContainsAny(text, ":/-") || len(text) > 18 {
		return 0, 0, false
	}
	text = strings.ReplaceAll(text, "'", "")
	if at := strings.LastIndexAny(text, ".,"); at >= 0 {
		sign := text[at]
		whole := strings.NewReplacer(".", "", ",", "").Replace(text[:at])
		if d := len(text) - at - 1; d == 3 && text[:at] != "0" || strings.Count(text, string(sign)) > 1 {
			text = whole + text[at+1:] // a thousand
		} else {
			decimals, text = d, whole+"."+text[at+1:]
		}
	}
	v, err := strconv.ParseFloat(text, 64)
	return v, decimals, err == nil
}

// money reads a sum: £4.95, 4,99 €, 20 quid, 4,99.
func (s *scan) money(i int) (value, int) {
	from, currency := i, ""
	if c := currencies[s.word(i)]; c != "" && (s.tokens[i].kind == 's' || len(c) == 3 && s.tokens[i].capital) {
		currency, from = c, i+1
	}
	n, ok := s.number(from)
	if !ok {
		return value{}, 0
	}
	end := from + n.n
	if c := currencies[s.word(end)]; c != "" && currency == "" && (s.word(end) != "p" || s.tokens[end].from == s.tokens[end-1].to) {
		currency, end = c, end+1
	}
	if currency == "" && !s.bare(i, end, n) {
		return value{}, 0
	}
	v := value{unit: "money", lo: n.lo, hi: n.hi, ranged: n.ranged, currency: currency}
	if base, ok := strings.CutSuffix(currency, "/100"); ok {
		v.lo, v.hi, v.currency = v.lo/100, v.hi/100, base
	}
	return v, end - i
}

// bare reports whether a number without a currency is a sum: two decimals, and nothing that
// they could be of.
func (s *scan) bare(i, end int, n number) bool {
	if n.decimals != 2 || n.word || s.unit(end) != "" || s.label(i) {
		return false
	}
	return end >= len(s.tokens) || s.tokens[end].kind != 'w' || s.stem(s.word(end)) == ""
}

// fill are words between a number and its unit.
var fill = set("- working business calendar full whole more further clear consecutive straight solid short long")

// unit returns the unit at i by its usual name.
func (s *scan) unit(i int) string {
	if s.word(i) == "per" && s.word(i+1) == "cent" {
		return "percent"
	}
	return unitNames[s.word(i)]
}

// before are words after which "a day" is how long it takes.
var before = set("within in for after takes take taking took lasts last under over than wait about around roughly half of to")

// amount reads a number with its unit.
func (s *scan) amount(i int) (value, int) {
	n, ok := s.number(i)
	if !ok {
		n, ok = s.article(i)
	}
	if !ok {
		return value{}, 0
	}
	return s.measured(i, n)
}

// article reads what stands in place of a number: half an hour, within the hour, in a week.
func (s *scan) article(i int) (number, bool) {
	last := s.word(i - 1)
	isTime := scales[s.unit(i+1)].unit == "time"
	switch w := s.word(i); {
	case s.follows(i, "half", "an") || s.follows(i, "half", "a"):
		return number{lo: .5, hi: .5, n: 2}, true
	case s.follows(i, "quarter", "of", "an"):
		return number{lo: .25, hi: .25, n: 3}, true
	case w == "fortnight":
		return number{lo: 1, hi: 1}, true
	case w == "the" && last == "within", w == "a" || w == "an":
		ok := isTime && before[last] && (last != "to" || s.word(i-2) == "up")
		return number{lo: 1, hi: 1, word: true, n: 1}, ok
	}
	return number{}, false
}

// measured reads the unit of the number at i.
func (s *scan) measured(i int, n number) (value, int) {
	j, work := i+n.n, false
	for fill[s.word(j)] && j < i+n.n+3 {
		work = work || s.word(j) == "working" || s.word(j) == "business"
		j++
	}
	name := s.unit(j)
	if name == "" {
		return s.count(i, n)
	}
	if len(s.word(j)) == 1 && s.tokens[j].kind == 'w' && s.tokens[j].from > s.tokens[j-1].to+1 {
		return value{}, 0
	}
	scale := scales[name]
	end := j + 1
	if s.word(j) == "per" {
		end++
	}
	if s.word(end) == "and" && s.word(end+1) == "a" && s.word(end+2) == "half" {
		n.lo, n.hi, end = n.lo+.5, n.hi+.5, end+3
	}
	return value{unit: scale.unit, lo: n.lo * scale.lo, hi: n.hi * scale.hi, ranged: n.ranged, work: work && name == "day"}, end - i
}

// counted are words that no count of them says anything.
var counted = set("thing things time times way ways word words bit part past other others step steps people person minute")

// count reads a number of things: 5 sharpenings, two boxes.
func (s *scan) count(i int, n number) (value, int) {
	j := i + n.n
	if j >= len(s.tokens) || s.tokens[j].kind != 'w' || n.word && n.lo == 1 || s.label(i) || counted[s.word(j)] || n.decimals > 1 {
		return value{}, 0
	}
	stem := s.stem(s.word(j))
	if stem == "" {
		return value{}, 0
	}
	return value{unit: "#" + stem, lo: n.lo, hi: n.hi, ranged: n.ranged}, n.n + 1
}

// labels are words in front of a figure that is no count.
var labels = set("step page number no code extension ext press option error version says type room gate line model level section chapter on dial class grade the last first")

// label reports whether the figure at i is a name's or a label.
func (s *scan) label(i int) bool {
	named := i > 0 && s.tokens[i].kind == 'n' && s.tokens[i-1].capital && (i > 1 || s.stem(s.word(0)) != "")
	return named || labels[s.word(i-1)] || s.names != nil && s.names(i)
}
