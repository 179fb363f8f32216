package compare

import (
	"math/bits"
	"strconv"
	"strings"
)

// months are their names in a few languages.
var months = monthNames()

func monthNames() map[string]int {
	out := map[string]int{}
	for _, line := range []string{
		"january february march april may june july august september october november december",
		"jan feb mar apr - jun jul aug sep oct nov dec",
		"januar februar märz april mai juni juli august september oktober november dezember",
		"janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
		"enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
		"gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
		"januari februari maart april mei juni juli augustus september oktober november december",
	} {
		for i, w := range strings.Fields(line) {
			out[w] = i + 1
		}
	}
	delete(out, "-")
	return out
}

// weekdays are bits, Monday the lowest.
var weekdays = weekdayNames()

func weekdayNames() map[string]int {
	out := map[string]int{"weekday": 31, "weekdays": 31, "weekend": 96, "weekends": 96}
	for i, w := range strings.Fields("monday tuesday wednesday thursday friday saturday sunday") {
		out[w], out[w+"s"] = 1<<i, 1<<i
	}
	for i, w := range strings.Fields("mon tue wed thu fri sat sun") {
		if w != "sat" && w != "sun" {
			out[w] = 1 << i
		}
	}
	return out
}

// weekday reads days of the week: Monday to Saturday; Mondays and Thursdays; seven days a week.
func (s *scan) weekday(i int) (value, int) {
	if w := s.word(i); (w == "seven" || w == "7") && s.follows(i+1, "days", "a", "week") {
		return days(127), 4
	}
	mask := weekdays[s.word(i)]
	if mask == 0 {
		return value{}, 0
	}
	n := 1
	for ; weekdays[s.word(i+n+1)] != 0; n += 2 {
		link, next := s.word(i+n), weekdays[s.word(i+n+1)]
		switch {
		case untilWords[link]:
			for d := bits.TrailingZeros(uint(mask)); 1<<d != next && d < 7; d++ {
				mask |= 1 << d
			}
		case !andWords[link]:
			return days(mask), n
		}
		mask |= next
	}
	return days(mask), n
}

var (
	untilWords = set("to - – until till through")
	andWords   = set(", and or &")
)

// days are days of the week; more than two are a range.
func days(mask int) value {
	return value{unit: "weekday", lo: float64(mask), hi: float64(mask), ranged: bits.OnesCount(uint(mask)) > 2}
}

// dateWords are what may stand before a month that is meant as a time.
var dateWords = set("in of by until till from since before after during end")

// parts of a month, as days of it.
var monthParts = map[string][2]int{"end": {25, 31}, "middle": {10, 20}, "mid": {10, 20}, "beginning": {1, 8}, "start": {1, 8}, "early": {1, 10}, "late": {21, 31}}

// date reads a date: 2026-01-31, 31.1.2026, 31 January, January 31st, the end of January.
func (s *scan) date(i int) (value, int) {
	t := s.tokens[i]
	if t.kind == 'n' {
		if v, ok := numericDate(t.text); ok {
			return v, 1
		}
		if d, ok := dayOfMonth(t.text); ok {
			n := s.skip(i+1, 3, dayEnds)
			if m := months[s.word(i+1+n)]; m > 0 {
				return s.withYear(i, n+2, m, d, d)
			}
		}
		return value{}, 0
	}
	if part, ok := monthParts[t.text]; ok {
		n := s.skip(i+1, 2, partEnds)
		if m := months[s.word(i+1+n)]; m > 0 && s.tokens[i+1+n].capital {
			return s.withYear(i, n+2, m, part[0], part[1])
		}
		return value{}, 0
	}
	return s.month(i)
}

var (
	dayEnds  = set("st nd rd th of .")
	partEnds = set("of -")
)

// skip returns how many tokens at i are among the words, at most most.
func (s *scan) skip(i, most int, words map[string]bool) (n int) {
	for n < most && words[s.word(i+n)] {
		n++
	}
	return n
}

func dayOfMonth(text string) (int, bool) {
	d, err := strconv.Atoi(text)
	return d, err == nil && d >= 1 && d <= 31
}

// month reads a date that begins with its month.
func (s *scan) month(i int) (value, int) {
	m := months[s.word(i)]
	if m == 0 {
		return value{}, 0
	}
	if d, ok := dayOfMonth(s.word(i + 1)); ok {
		return s.withYear(i, 2+s.skip(i+2, 1, dayEnds), m, d, d)
	}
	if s.tokens[i].capital && dateWords[s.word(i-1)] {
		return s.withYear(i, 1, m, 1, 31)
	}
	return value{}, 0
}

// withYear adds the year that may follow after n tokens.
func (s *scan) withYear(i, n, month, from, to int) (value, int) {
	v := value{unit: "date", lo: float64(32*month + from), hi: float64(32*month + to)}
	j := i + n
	if s.word(j) == "," {
		j++
	}
	if y, err := strconv.Atoi(s.word(j)); err == nil && y >= 1990 && y < 2100 {
		v.year, n = y, j+1-i
	}
	return v, n
}

// numericDate reads a date in figures. Which is the month of 3/4/2026 is left open.
func numericDate(text string) (value, bool) {
	parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("-/.", r) })
	if len(parts) != 3 || strings.ContainsAny(text, ",:'") {
		return value{}, false
	}
	var n [3]int
	for i, p := range parts {
		n[i], _ = strconv.Atoi(p)
	}
	if n[0] > 1900 {
		n[0], n[2] = n[2], n[0]
	}
	if n[2] < 100 {
		n[2] += 2000
	}
	d, m, y := n[0], n[1], n[2]
	if m > 12 {
		d, m = m, d
	}
	if outside(d, 1, 31) || outside(m, 1, 12) || outside(y, 1990, 2100) {
		return value{}, false
	}
	v := value{unit: "date", lo: float64(32*m + d), hi: float64(32*m + d), year: y}
	if strings.Contains(text, "/") && d <= 12 { // 3 April or 4 March, and what is between
		v.lo, v.hi = float64(32*min(d, m)+min(d, m)), float64(32*max(d, m)+max(d, m))
	}
	return v, true
}

func outside(n, from, to int) bool { return n < from || n > to }

// moment is a time of day in minutes; half when it may be before or after noon.
type moment struct {
	minutes float64
	half    bool
	strict  bool // it cannot be another number
	n       int
}

// clock reads a time of day, or from when to when.
func (s *scan) clock(i int) (value, int) {
	a, ok := s.moment(i)
	if !ok {
		return value{}, 0
	}
	j := i + a.n
	if link := s.word(j); clockLinks[link] && (link != "and" || s.word(i-1) == "between") {
		if b, ok := s.moment(j + 1); ok && s.isTime(a, b, j+1+b.n) {
			v := value{unit: "clock", lo: a.minutes, hi: b.minutes, ranged: true, half: a.half || b.half}
			if v.hi <= v.lo {
				v.hi += 720
			}
			return v, j + 1 + b.n - i
		}
	}
	if !a.strict && !(atWords[s.word(i-1)] && s.over(j) && a.minutes <= 720 && a.minutes > 0) {
		return value{}, 0
	}
	return value{unit: "clock", lo: a.minutes, hi: a.minutes, half: a.half}, a.n
}

var clockLinks = set("to until till - – and")

// isTime reports whether a range that ends at the token end is one of times of day.
func (s *scan) isTime(a, b moment, end int) bool {
	return (a.strict || b.strict || s.hours) && (b.strict || !s.measure(end))
}

var atWords = set("at by before until till after")

// over reports whether the sentence or a part of it is over at i.
func (s *scan) over(i int) bool { return i >= len(s.tokens) || strings.Contains(".,;!?)", s.word(i)) }

// measure reports whether what stands at i makes the number before it an amount.
func (s *scan) measure(i int) bool {
	return s.unit(i) != "" || fill[s.word(i)] || currencies[s.word(i)] != ""
}

var pastWords = map[string]float64{"quarter": 15, "half": 30, "ten": 10, "twenty": 20, "five": 5}

// moment reads one time of day at i.
func (s *scan) moment(i int) (moment, bool) {
	switch s.word(i) {
	case "":
		return moment{}, false
	case "noon", "midday":
		return moment{720, false, true, 1}, true
	case "midnight":
		return moment{1440, false, true, 1}, true
	}
	if m, ok := s.past(i); ok {
		return s.halfOfDay(i, m), true
	}
	if m, ok := s.figures(i); ok {
		return s.halfOfDay(i, m), true
	}
	h, ok := s.single(i)
	if !ok || h.ranged || h.decimals > 0 || h.lo > 24 || s.measure(i+h.n) {
		return moment{}, false
	}
	return s.halfOfDay(i, moment{h.lo * 60, h.lo <= 12, false, h.n}), true
}

// past reads half past five, a quarter to six.
func (s *scan) past(i int) (moment, bool) {
	past, side := pastWords[s.word(i)], s.word(i+1)
	h, ok := s.single(i + 2)
	if past == 0 || !ok || h.lo < 1 || h.lo > 12 {
		return moment{}, false
	}
	switch {
	case side == "past":
		return moment{h.lo*60 + past, true, true, 2 + h.n}, true
	case side == "to" && past == 15:
		return moment{h.lo*60 - past, true, true, 2 + h.n}, true
	}
	return moment{}, false
}

// figures reads 17:30, and 9 or 9.30 before am and pm.
func (s *scan) figures(i int) (moment, bool) {
	t := s.tokens[i]
	if t.kind != 'n' || len(t.text) > 5 {
		return moment{}, false
	}
	hour, minute, colon := strings.Cut(t.text, ":")
	if !colon {
		if s.meridiem(i+1) == 0 {
			return moment{}, false
		}
		hour, minute, _ = strings.Cut(t.text, ".")
	}
	h, err := strconv.Atoi(hour)
	m, _ := strconv.Atoi(minute)
	if err != nil || h > 24 || m > 59 || colon && len(minute) != 2 {
		return moment{}, false
	}
	return moment{float64(60*h + m), h <= 12 && !colon, true, 1}, true
}

// meridiem returns how many tokens at i are "am", "pm" or "a.m."; 0 for none.
func (s *scan) meridiem(i int) int {
	switch w := s.word(i); {
	case w == "am" || w == "pm":
		return 1
	case (w == "a" || w == "p") && s.word(i+1) == "." && s.word(i+2) == "m":
		if s.word(i+3) == "." {
			return 4
		}
		return 3
	}
	return 0
}

// halfOfDay adds what follows a time: o'clock, pm, in the afternoon.
func (s *scan) halfOfDay(i int, m moment) moment {
	if s.word(i+m.n) == "oclock" {
		m.n, m.strict = m.n+1, true
	}
	j := i + m.n
	after := ""
	if n := s.meridiem(j); n > 0 {
		after, m.n = s.word(j)[:1], m.n+n
	} else if s.word(j) == "in" && s.word(j+1) == "the" || s.word(j) == "at" && s.word(j+1) == "night" {
		switch s.word(j + 2) {
		case "morning":
			after, m.n = "a", m.n+3
		case "afternoon", "evening":
			after, m.n = "p", m.n+3
		}
	}
	if after == "" || m.minutes >= 13*60 {
		return m
	}
	m.strict, m.half = true, false
	if m.minutes >= 720 {
		m.minutes -= 720
	}
	if after == "p" {
		m.minutes += 720
	}
	return m
}
