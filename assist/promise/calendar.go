package promise

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// dayMonth reads "5 December", "the 5th of December 2027", "5-Dec-27".
func dayMonth(m match, now time.Time) *day {
	return calendarDay(atoi(m.sub[1]), int(monthOf(m.sub[2])), strings.Join(m.sub[3:], ""), now)
}

// monthDay reads "December 5th".
func monthDay(m match, now time.Time) *day {
	return calendarDay(atoi(m.sub[2]+m.sub[3]), int(monthOf(m.sub[1])), m.sub[4], now)
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
	date := time.Date(y, time.Month(month), d, 0, 0, 0, 0, time.UTC)
	if date.Day() != d {
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

// nthNextMonth reads "next month on the 5th".
func nthNextMonth(m match, now time.Time) *day {
	m.sub[2] = "next"
	return theNth(m, now)
}

// figures reads "3/4". Where it is not settled which is the month, it takes the day
// first, as most of the world writes it, and asks.
func figures(m match, now time.Time) *day {
	a, b := atoi(m.sub[1]), atoi(m.sub[2])
	year := ""
	if len(m.sub) > 3 {
		year = m.sub[3]
	}
	switch {
	case a == 24 && b == 7 && year == "":
		return nil // round the clock
	case a > 12 && b >= 1 && b <= 12, a == b, m.figures == DayFirst && b <= 12:
		return calendarDay(a, b, year, now)
	case b > 12 && a >= 1 && a <= 12, m.figures == MonthFirst && a <= 12:
		return calendarDay(b, a, year, now)
	}
	d := calendarDay(a, b, year, now)
	if other := calendarDay(b, a, year, now); !d.date.IsZero() || !other.date.IsZero() {
		d.ask = fmt.Sprintf("Which day do you mean: %d %s or %d %s?", a, time.Month(b), b, time.Month(a))
	}
	return d
}

// span reads "in two hours", "within 48 hours", "in three working days", "a day or two".
func span(m match, now time.Time) *day {
	n, unit, work, tail := m.sub[1], m.sub[3], m.sub[2] != "", strings.TrimSpace(m.sub[4])
	count := countOf(n)
	switch tail {
	case "and a half":
		count += 0.5
	case "or two":
		count++
	}
	few := howLong(strings.Contains(n, "few"), unit)
	switch {
	case strings.HasPrefix(tail, "of "):
		return openDay(m, now)
	case count == 0:
		return &day{date: midnight(now), ask: "Which day do you mean?"}
	case unit[0] == 'h':
		return &day{exact: now.Add(time.Duration(count * float64(time.Hour))), ask: few}
	case strings.HasPrefix(unit, "min"):
		return &day{exact: now.Add(time.Duration(count * float64(time.Minute))), ask: few}
	case count != math.Trunc(count): // half a day, half a week, half a month
		days := map[byte]float64{'d': 1, 'w': 7, 'm': 28, 'y': 365}[unit[0]]
		return &day{date: midnight(now).AddDate(0, 0, int(count*days)), ask: "Which day do you mean?"}
	}
	whole := int(count)
	switch {
	case work && unit[0] == 'd':
		return &day{date: workdays(now, whole), ask: few}
	case unit[0] == 'y':
		return &day{date: monthsOn(now, 12*whole), ask: few}
	case unit[0] == 'm':
		return &day{date: monthsOn(now, whole), ask: few}
	case unit[0] == 'w':
		whole *= 7
	}
	return &day{date: midnight(now).AddDate(0, 0, whole), ask: few}
}

// quarters reads "in three quarters of an hour", "within the hour".
func quarters(m match, now time.Time) *day {
	minutes := map[string]time.Duration{"quarter": 15, "half": 30, "three quarters": 45, "hour": 60}[m.sub[1]]
	return &day{exact: now.Add(minutes * time.Minute)}
}

// countOf reads how many; of "2-3" and "one or two" the later counts.
func countOf(n string) float64 {
	switch {
	case strings.Contains(n, "few"):
		return 3
	case strings.Contains(n, "couple"):
		return 2
	case n == "a", n == "an", n == "the next", n == "next":
		return 1
	case strings.HasPrefix(n, "half"):
		return 0.5
	case strings.HasSuffix(n, " and a half"):
		return countOf(strings.TrimSuffix(n, " and a half")) + 0.5
	}
	n = lastCount.FindString(n)
	if f, err := strconv.ParseFloat(n, 64); err == nil {
		return f
	}
	count := 0
	for _, word := range strings.FieldsFunc(n, func(r rune) bool { return r == '-' || r == ' ' }) {
		count += numerals[word]
	}
	return float64(count)
}

var (
	lastCount = regexp.MustCompile(`(?:` + numeral + `|[\d.]+)$`)
	numerals  = map[string]int{
		"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
		"thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
		"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90,
	}
)

func howLong(few bool, unit string) string {
	if !few {
		return ""
	}
	return "How many " + strings.TrimSuffix(unit, "s") + "s are a few?"
}

// nextWorkday reads "the next working day".
func nextWorkday(_ match, now time.Time) *day { return &day{date: workdays(now, 1)} }

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
