package promise

import (
	"fmt"
	"strings"
	"time"

	"github.com/olebedev/when/rules"
	"github.com/olebedev/when/rules/en"
)

// The library reads single phrases that were found and trimmed here; what it
// makes of them is checked before it is believed. Its rules are used one by one: it
// joins neighbouring phrases in ways that are wrong for notes, and reads "our March
// order" and "she may" as months.
var (
	weekdayRule = en.Weekday(rules.Override)
	monthRule   = en.ExactMonthDate(rules.Override)
	spanRule    = en.Deadline(rules.Override)
)

// fromLibrary reads a phrase with one rule; ok is false when the rule does not take
// the whole phrase.
func fromLibrary(r rules.Rule, phrase string, now time.Time) (time.Time, bool) {
	m := r.Find(phrase)
	if m == nil || m.Left != 0 && !strings.HasPrefix(phrase, "in ") {
		return time.Time{}, false
	}
	c := &rules.Context{Text: phrase}
	if ok, err := m.Apply(c, &rules.Options{}, now); err != nil || !ok {
		return time.Time{}, false
	}
	t, err := c.Time(now)
	return t, err == nil
}

// dayMonth reads "5 December", "the 5th of December 2027".
func dayMonth(m match, now time.Time) *day {
	return calendarDay(atoi(m.sub[1]), en.MONTH_OFFSET[m.sub[2]], m.sub[3], now)
}

// monthDay reads "December 5th".
func monthDay(m match, now time.Time) *day {
	return calendarDay(atoi(m.sub[2]+m.sub[3]), en.MONTH_OFFSET[m.sub[1]], m.sub[4], now)
}

func iso(m match, now time.Time) *day {
	return calendarDay(atoi(m.sub[3]), atoi(m.sub[2]), m.sub[1], now)
}

// calendarDay returns the next such day. A day that no calendar has, or that is over
// with its year, is asked about.
func calendarDay(d, month int, year string, now time.Time) *day {
	if month < 1 || month > 12 || d < 1 || d > 31 {
		return &day{ask: "Which day do you mean?"}
	}
	y := now.Year()
	if year != "" {
		if y = atoi(year); y < 100 {
			y += 2000
		}
	}
	phrase := fmt.Sprintf("%s %d", strings.ToLower(time.Month(month).String()), d)
	first := time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC) // no day of January overflows
	date, ok := fromLibrary(monthRule, phrase, first)
	if !ok || date.Day() != d || date.Month() != time.Month(month) {
		if d == 29 && month == 2 && year == "" {
			return leapDay(now)
		}
		return &day{ask: fmt.Sprintf("There is no %d %s. Which day do you mean?", d, time.Month(month))}
	}
	if !date.Before(midnight(now)) {
		return &day{date: date, calendar: true}
	}
	return over(date, year != "", now)
}

// over handles a day of this year, or of a year that was named, that has passed.
func over(date time.Time, yearNamed bool, now time.Time) *day {
	if yearNamed {
		return &day{ask: date.Format("2 January 2006") + " is over. Which day do you mean?"}
	}
	next := calendarDay(date.Day(), int(date.Month()), fmt.Sprint(date.Year()+1), now)
	if !next.date.IsZero() && midnight(now).Sub(date) < slip {
		next.ask = date.Format("2 January") + " is over. Do you mean " + next.date.Format("2 January 2006") + "?"
	}
	return next
}

// slip is how long a day without a year may be over and still be a slip of the
// tongue rather than a promise for next year.
const slip = 45 * 24 * time.Hour

func leapDay(now time.Time) *day {
	return &day{ask: fmt.Sprintf("There is no 29 February in %d. Which day do you mean?", now.Year())}
}

// theNth reads "on the 5th": this month's, or the next one's when it is over.
func theNth(m match, now time.Time) *day {
	d := atoi(m.sub[1])
	if d < 1 || d > 31 {
		return nil
	}
	ahead, tries := 0, 0
	if m.sub[2] == "next" {
		ahead = 1
	}
	for ; tries < 3; tries++ {
		date := time.Date(now.Year(), now.Month()+time.Month(ahead+tries), d, 0, 0, 0, 0, time.UTC)
		if date.Day() != d || date.Before(midnight(now)) {
			continue
		}
		if tries > 0 && (m.sub[2] != "" || d > 28) {
			return &day{date: date, ask: "Do you mean " + name(date) + "?"}
		}
		return &day{date: date}
	}
	return &day{ask: "Which day do you mean?"}
}

// figures reads "3/4": the day first, as most of the world writes it, and asks
// whenever the month could be first.
func figures(m match, now time.Time) *day {
	a, b := atoi(m.sub[1]), atoi(m.sub[2])
	year := ""
	if len(m.sub) > 3 {
		year = m.sub[3]
	}
	switch {
	case a == 24 && b == 7 && year == "":
		return nil // round the clock
	case a > 12 && b >= 1 && b <= 12, a == b:
		return calendarDay(a, b, year, now)
	case b > 12 && a >= 1 && a <= 12:
		return calendarDay(b, a, year, now)
	}
	d := calendarDay(a, b, year, now)
	if other := calendarDay(b, a, year, now); !d.date.IsZero() || !other.date.IsZero() {
		d.ask = fmt.Sprintf("Which day do you mean: %d %s or %d %s?", a, time.Month(b), b, time.Month(a))
	}
	return d
}

// span reads "in two hours", "within 48 hours", "in three working days".
func span(m match, now time.Time) *day {
	n, unit, work := m.sub[1], m.sub[3], m.sub[2] != ""
	half := strings.HasPrefix(n, "half")
	few := strings.Contains(n, "few")
	count := spanCount(n)
	if count == 0 && !half {
		return &day{date: midnight(now), ask: "Which day do you mean?"}
	}
	switch {
	case unit == "h" || strings.HasPrefix(unit, "h"):
		return exactly(count, "hours", half, m, now, few)
	case strings.HasPrefix(unit, "min"):
		return exactly(count, "minutes", half, m, now, few)
	case work:
		return &day{date: workdays(now, count), ask: howLong(few, unit)}
	case strings.HasPrefix(unit, "month") && !half:
		return &day{date: monthsOn(now, count), ask: howLong(few, unit)}
	}
	if half { // half a day, half a week, half a month
		days := 0
		switch unit[0] {
		case 'w':
			days = 3
		case 'm':
			days = 14
		}
		return &day{date: midnight(now).AddDate(0, 0, days), ask: "Which day do you mean?"}
	}
	date, ok := fromLibrary(spanRule, fmt.Sprintf("in %d %s", count, unit), now)
	if !ok || date.Before(now) {
		return &day{ask: "Which day do you mean?"}
	}
	return &day{date: midnight(date), ask: howLong(few, unit)}
}

func spanCount(n string) int {
	switch {
	case strings.Contains(n, "few"):
		return 3
	case strings.Contains(n, "couple"):
		return 2
	case n == "a", n == "an", n == "the next":
		return 1
	}
	if w, ok := en.INTEGER_WORDS[n]; ok {
		return w
	}
	if strings.HasPrefix(n, "half") {
		return 0
	}
	if at := strings.LastIndexAny(n, "-–or "); at >= 0 { // "2-3 days": the later counts
		n = strings.TrimLeft(n[at:], "-–or \x80\x93")
	}
	return atoi(n)
}

func exactly(count int, unit string, half bool, m match, now time.Time, few bool) *day {
	phrase := fmt.Sprintf("in %d %s", count, unit)
	if half {
		phrase = "in half an hour"
	}
	t, ok := fromLibrary(spanRule, phrase, now)
	if !ok {
		return nil
	}
	if strings.Contains(m.sub[0], "and a half") && unit == "hours" {
		t = t.Add(30 * time.Minute)
	}
	return &day{exact: t, ask: howLong(few, unit)}
}

func howLong(few bool, unit string) string {
	if !few {
		return ""
	}
	return "How many " + strings.TrimSuffix(unit, "s") + "s are a few?"
}

func workdays(now time.Time, n int) time.Time {
	t := midnight(now)
	for n > 0 {
		t = t.AddDate(0, 0, 1)
		if t.Weekday() != time.Saturday && t.Weekday() != time.Sunday {
			n--
		}
	}
	return t
}

// monthsOn keeps the day of the month, or takes the month's last.
func monthsOn(now time.Time, n int) time.Time {
	first := time.Date(now.Year(), now.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1)
	return first.AddDate(0, 0, min(now.Day(), last.Day())-1)
}
