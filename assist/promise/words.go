package promise

import (
	"regexp"
	"slices"
	"strings"
	"time"
)

// words is what a text says of a time.
type words struct {
	day   *day
	clock *clock
	part  *clock // "morning", "tonight"
	// wrong is a time of day that no clock shows, as it was written: "25:00".
	wrong string
	spans [][2]int
	days  []int // where each day stands
}

// day is a day that was named, or an exact moment ("in two hours").
type day struct {
	date  time.Time // midnight UTC of the day; zero: there is no such day
	exact time.Time
	ask   string

	weekday, calendar bool      // a day of the week, a date
	soft              bool      // the end of the day, now: of another day when one is named
	first             time.Time // the first day, where several are named; else date
	last              bool      // the end of something: what is done before it is done on it
}

// clock is a time of day; sure when am, pm or 24 hours tell the half of the day.
type clock struct {
	hour, minute int
	sure         bool
}

// match is one place where a rule fits.
type match struct {
	from, to int
	sub      []string
	figures  Figures
	read     func(m match, now time.Time) *day
	held     string // the preposition in front of it
}

// read finds the day and the time that a text names.
func read(text string, now time.Time, figures Figures) words {
	var w words
	last := 0
	for _, m := range dayMatches(text, figures) {
		d := m.read(m, wall(now))
		if d == nil {
			continue
		}
		d.bound(m.held, wall(now))
		w.join(d, strings.ToLower(strings.Trim(text[last:m.from], " ,()")))
		w.spans = append(w.spans, [2]int{m.from, m.to})
		w.days = append(w.days, m.from)
		last = m.to
	}
	w.readClock(text)
	if w.day != nil && w.day.ask == "" && earliest.MatchString(text) {
		w.day.ask = "By which day?"
	}
	return w
}

// earliest leaves open until when.
var earliest = regexp.MustCompile(`(?i)\b(?:at the earliest|earliest|onwards)\b`)

// bound moves what is promised "before Friday" to the day before, and asks by when
// something is done "after Friday".
func (d *day) bound(preposition string, now time.Time) {
	if d.date.IsZero() || d.ask != "" {
		return
	}
	switch preposition {
	case "before", "b4":
		begins := d.date
		if !d.first.IsZero() {
			begins = d.first
		}
		if !d.last && begins.After(midnight(now)) {
			d.date, d.weekday, d.calendar = begins.AddDate(0, 0, -1), false, false
		}
	case "after", "not before", "from":
		d.ask = "By which day?"
	case "around", "about":
		d.ask = "Which day exactly?"
	}
}

// join takes in another day, which stands behind the first with some words between:
// "Wednesday 25 November" names one day twice, "Monday or Tuesday" leaves it open.
func (w *words) join(d *day, between string) {
	first := w.day
	switch {
	case first == nil:
		w.day = d
	case first.soft:
		w.day = d
	case d.soft, d.date.IsZero() || first.date.IsZero():
	case orElse.MatchString(between):
		if !first.date.Equal(d.date) && first.ask == "" {
			first.ask = askIf(true, first.date, d.date)
		}
	case between == "" && first.weekday && d.calendar:
		d.mismatch(first.date.Weekday())
		w.day = d
	}
}

// orElse stands between two days of which either is meant.
var orElse = regexp.MustCompile(`^(?:(?:or|and|-|–|/|to|&|maybe|possibly|perhaps|if not|failing that)[ ,]*)+$`)

// wall returns what clock and calendar show, as UTC, so that days can be counted
// without the jumps of summer time.
func wall(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), 0, 0, time.UTC)
}

func midnight(t time.Time) time.Time { return t.Truncate(24 * time.Hour) }

// dayMatches returns the days of a text from left to right, none inside another.
func dayMatches(text string, figures Figures) (all []match) {
	for _, r := range dayRules {
		for _, at := range r.re.FindAllStringSubmatchIndex(text, -1) {
			m := match{from: at[0], to: at[1], read: r.read, figures: figures}
			for i := 0; i < len(at); i += 2 {
				if at[i] < 0 {
					m.sub = append(m.sub, "")
				} else {
					m.sub = append(m.sub, strings.ToLower(text[at[i]:at[i+1]]))
				}
			}
			if m.fits(text, r.needs) {
				all = append(all, m)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b match) int {
		if a.from != b.from {
			return a.from - b.from
		}
		return b.to - a.to
	})
	out := all[:0]
	for _, m := range all {
		if n := len(out); n == 0 || m.from >= out[n-1].to {
			out = append(out, m)
		}
	}
	return out
}

var (
	wordBefore  = regexp.MustCompile(`(?i)([\pL\d']+)\s+$`)
	preposition = regexp.MustCompile(`(?i)^(?:on|by|before|b4|until|till|for|later|than|no|not|latest|around|about|after|sometime|some|time|early|late|either|during)$`)
	// a day behind one of these is not when we do it: "last Friday", "Friday's order".
	notThen    = regexp.MustCompile(`(?i)^(?:last|past|since|from|of|every|each|previous|the|our|your|their|his|my|like|than|dated|mrs?|ms|miss|dr)$`)
	partOfADay = regexp.MustCompile(`(?i)(?:morning|afternoon|evening|night|hours)(\s+of\s+)$`)
	thingNow   = regexp.MustCompile(`(?i)^(?:'s|s'|s\b|-\pL|\s+(?:class|floor|line)\b)`)
)

// fits reports whether a match is when something is done, by the words around it, and
// takes in the prepositions before it.
func (m *match) fits(text string, needs bool) bool {
	if thingNow.MatchString(text[m.to:]) {
		return false
	}
	held := m.hold(text)
	if before := wordBefore.FindStringSubmatch(text[:m.from]); !held && before != nil && notThen.MatchString(before[1]) {
		return false
	}
	return !needs || held || strings.TrimSpace(text[:m.from]) == ""
}

// hold takes in the prepositions before a match; held keeps the one that counts.
func (m *match) hold(text string) (held bool) {
	if at := partOfADay.FindStringSubmatchIndex(text[:m.from]); at != nil { // "the morning of the 24th"
		m.from, held = at[2], true
	}
	for {
		at := wordBefore.FindStringSubmatchIndex(text[:m.from])
		if at == nil {
			return held
		}
		word := strings.ToLower(text[at[2]:at[3]])
		if !preposition.MatchString(word) && (word != "or" || m.held != "before") {
			return held
		}
		switch {
		case m.held == "":
			m.held = word
		case word == "not" && m.held == "before":
			m.held = "not before"
		case word == "no", word == "on", word == "by": // "no later than", "on or before"
			m.held = word
		}
		m.from, held = at[2], true
	}
}

var and = regexp.MustCompile(`(?i)\s(?:and|&)\s`)

func (w words) any() bool { return w.day != nil || w.clock != nil || w.part != nil || w.wrong != "" }

// second returns where the last of several dated deeds begins, 0 when there is one.
func (w words) second(text string) int {
	if len(w.days) < 2 {
		return 0
	}
	for i := len(w.days) - 1; i > 0; i-- {
		between := text[w.spans[i-1][1]:w.days[i]]
		if all := and.FindAllStringIndex(between, -1); all != nil {
			if at := all[len(all)-1]; strings.TrimSpace(between[at[1]:]) != "" {
				return w.spans[i-1][1] + at[1]
			}
		}
	}
	return 0
}

// fills reports whether the text is nothing but the time, as in "On Friday I'll".
func (w words) fills(text string) bool {
	if !w.any() {
		return false
	}
	rest := strings.ToLower(strings.Trim(w.cut(text), " ,;:.-–—()!\n\r\t"))
	return rest == "" || light.MatchString(rest) || rest == "and then"
}

func (w words) left() int {
	from := w.spans[0][0]
	for _, s := range w.spans {
		from = min(from, s[0])
	}
	return from
}

// without returns the same time with no place in the text.
func (w words) without() words {
	w.spans, w.days = nil, nil
	return w
}

// cut returns the text without the words of the time.
func (w words) cut(text string) string {
	b := []byte(text)
	for _, s := range w.spans {
		for i := s[0]; i < s[1]; i++ {
			b[i] = ' '
		}
	}
	return string(b)
}
