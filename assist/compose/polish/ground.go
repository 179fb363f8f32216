package polish

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"ringside/assist/compose/mask"
)

// Span is a place in a text that no source bears out.
type Span struct {
	From, To int // in bytes
	Text     string
}

// Unfounded returns every figure, day, time, sum of money, share in percent, e-mail
// address, number and web address of the text that is in none of the sources, however
// it is written there: "3 pm" is 15:00, "20 percent" is 20%, "Nov 27" is 27 November,
// "fifteen" is 15, and the weekday of a whole date is known. Numbers of a list and
// masks are no facts. The spans are in the order of the text.
func Unfounded(text string, sources []string) []Span {
	known := ledger{}
	for _, s := range sources {
		for _, f := range factsOf(s) {
			known.add(f)
		}
	}
	var out []Span
	for _, f := range factsOf(text) {
		if !known.bears(f) {
			out = append(out, Span{f.from, f.to, text[f.from:f.to]})
		}
	}
	return out
}

// sort says what a fact is.
type sort int

const (
	web sort = iota
	mail
	telephone
	money
	percent
	day
	month
	weekday
	clock
	relative // tomorrow, next week
	figure
)

// fact is one thing in a text that could be wrong.
type fact struct {
	from, to int
	sort     sort
	key      string   // what it is, however it is written; a figure's value
	others   []string // what it may as well mean
	date     calendarDay
}

// calendarDay is a day whose year may be 0.
type calendarDay struct {
	year  int
	month time.Month
	day   int
}

func (d calendarDay) weekday() (time.Weekday, bool) {
	if d.year == 0 || d.month == 0 || d.day == 0 {
		return 0, false
	}
	return time.Date(d.year, d.month, d.day, 0, 0, 0, 0, time.UTC).Weekday(), true
}

// ledger is what the sources say.
type ledger struct {
	keys    map[sort]map[string]bool
	numbers map[string]bool // every value that stands anywhere
	days    []calendarDay
	phones  []string
}

func (l *ledger) add(f fact) {
	if l.keys == nil {
		l.keys, l.numbers = map[sort]map[string]bool{}, map[string]bool{}
	}
	if l.keys[f.sort] == nil {
		l.keys[f.sort] = map[string]bool{}
	}
	for _, k := range append([]string{f.key}, f.others...) {
		l.keys[f.sort][k] = true
		for _, n := range numbersIn(f.sort, k) {
			l.numbers[n] = true
		}
	}
	switch f.sort {
	case day, month:
		l.days = append(l.days, f.date)
		if d, ok := f.date.weekday(); ok {
			l.keep(weekday, d.String())
		}
	case telephone:
		l.phones = append(l.phones, f.key)
	}
}

func (l *ledger) keep(s sort, key string) {
	if l.keys[s] == nil {
		l.keys[s] = map[string]bool{}
	}
	l.keys[s][key] = true
}

// bears reports whether a source says the same.
func (l *ledger) bears(f fact) bool {
	for _, k := range append([]string{f.key}, f.others...) {
		if l.keys[f.sort][k] || f.sort == figure && l.numbers[k] {
			return true
		}
	}
	switch f.sort {
	case day, month:
		return slices.ContainsFunc(l.days, f.date.within)
	case telephone:
		return slices.ContainsFunc(l.phones, func(p string) bool { return samePhone(p, f.key) })
	}
	return false
}

// within reports whether the day says no more than the other does, and the same.
func (d calendarDay) within(other calendarDay) bool {
	return (d.year == 0 || d.year == other.year) && (d.month == 0 || d.month == other.month) && (d.day == 0 || d.day == other.day)
}

// samePhone reports whether two numbers end in the same digits, one of them without
// its country or trunk code.
func samePhone(a, b string) bool {
	a, b = strings.TrimLeft(a, "0"), strings.TrimLeft(b, "0")
	if len(a) > len(b) {
		a, b = b, a
	}
	return len(a) >= 6 && strings.HasSuffix(b, a)
}

// factsOf returns the facts of a text. Each place is one fact: the first reader that
// knows it takes it.
func factsOf(text string) []fact {
	plain := []byte(text)
	blank := func(from, to int) {
		for i := from; i < to; i++ {
			plain[i] = ' '
		}
	}
	for _, t := range mask.Tokens(text) {
		blank(t.From, t.To)
	}
	for _, at := range listNumber.FindAllSubmatchIndex(plain, -1) {
		blank(at[2], at[3])
	}
	var out []fact
	for _, r := range readers {
		for _, at := range r.shape.FindAllSubmatchIndex(plain, -1) {
			m := make([]string, len(at)/2)
			for i := range m {
				if at[2*i] >= 0 {
					m[i] = text[at[2*i]:at[2*i+1]]
				}
			}
			f, ok := r.read(m)
			if !ok {
				continue
			}
			f.from, f.to = at[0], at[0]+len(strings.TrimRight(m[0], " .,;:"))
			f.from += len(m[0]) - len(strings.TrimLeft(m[0], " ("))
			blank(at[0], at[1])
			out = append(out, f)
		}
	}
	slices.SortStableFunc(out, func(a, b fact) int { return cmp.Compare(a.from, b.from) })
	return out
}
