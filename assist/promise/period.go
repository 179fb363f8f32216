package promise

import (
	"fmt"
	"strings"
	"time"
)

func monday(t time.Time) time.Time {
	return midnight(t).AddDate(0, 0, -(int(t.Weekday())+6)%7)
}

// period reads "next week", "the end of the month": due on its last day, a week's on
// its Friday.
func period(m match, now time.Time) *day {
	part, which := strings.TrimSpace(m.sub[1]), m.sub[2]
	if part == "" && which == "the" {
		return nil // "the week" alone names no time
	}
	ahead := 0
	if which == "next" || which == "following" {
		ahead = 1
	}
	first, last := spanOf(m.sub[3], ahead, now)
	d := &day{date: last, first: first, last: part == "end of"}
	switch {
	case m.sub[3] == "week" && last.Before(midnight(now)): // said on a weekend
		friday := last.AddDate(0, 0, 7)
		return &day{date: friday, ask: "Which day do you mean: " + name(last.AddDate(0, 0, 2)) + " or " + name(friday) + "?"}
	case part == "end of":
	case which == "this" && (part == "" || strings.HasPrefix(part, "late") || strings.HasPrefix(part, "some")):
	case m.held == "before":
	default:
		d.ask = "Which day of " + which + " " + m.sub[3] + "?"
	}
	return d
}

// spanOf returns the first and the last day of a week (its Friday), month, quarter or
// year, this one or the next.
func spanOf(unit string, ahead int, now time.Time) (first, last time.Time) {
	switch unit {
	case "week":
		first = monday(now).AddDate(0, 0, 7*ahead)
		return first, first.AddDate(0, 0, 4)
	case "month":
		first = time.Date(now.Year(), now.Month()+time.Month(ahead), 1, 0, 0, 0, 0, time.UTC)
		return first, first.AddDate(0, 1, -1)
	case "quarter":
		first = time.Date(now.Year(), (now.Month()-1)/3*3+1+3*time.Month(ahead), 1, 0, 0, 0, 0, time.UTC)
		return first, first.AddDate(0, 3, -1)
	}
	first = time.Date(now.Year()+ahead, 1, 1, 0, 0, 0, 0, time.UTC)
	return first, first.AddDate(1, 0, -1)
}

// endOf reads "month end", "the last day of the month".
func endOf(m match, now time.Time) *day {
	return period(match{sub: []string{"", "end of", "this", m.sub[1]}}, now)
}

// endOfShort reads "eow", "eom", "eoy".
func endOfShort(m match, now time.Time) *day {
	m.sub[1] = map[string]string{"w": "week", "m": "month", "y": "year"}[m.sub[1]]
	return endOf(m, now)
}

func weekend(m match, now time.Time) *day {
	saturday, sunday := monday(now).AddDate(0, 0, 5), monday(now).AddDate(0, 0, 6)
	if strings.HasPrefix(m.sub[0], "next") {
		return &day{date: sunday.AddDate(0, 0, 7), ask: askIf(true, sunday, sunday.AddDate(0, 0, 7))}
	}
	return &day{date: sunday, first: saturday}
}

// wholeMonth reads "in May", "by the end of May".
func wholeMonth(m match, now time.Time) *day {
	month, y := monthOf(m.sub[2]), now.Year()
	switch {
	case m.sub[3] != "":
		y = atoi(m.sub[3])
	case month < now.Month():
		y++
	}
	first := time.Date(y, month, 1, 0, 0, 0, 0, time.UTC)
	return monthsFrom(first, 1, strings.TrimSpace(m.sub[1]), month.String(), now)
}

// quarter reads "in Q1", "by the end of Q1 2027".
func quarter(m match, now time.Time) *day {
	month, y := time.Month(3*atoi(m.sub[2])-2), now.Year()
	switch {
	case m.sub[3] != "":
		y = atoi(m.sub[3])
	case month+2 < now.Month():
		y++
	}
	return monthsFrom(time.Date(y, month, 1, 0, 0, 0, 0, time.UTC), 3, strings.TrimSpace(m.sub[1]), "Q"+m.sub[2], now)
}

// monthsFrom is due at the end of some months; the day is certain only where their end
// was named, or what is before them.
func monthsFrom(first time.Time, months int, part, named string, now time.Time) *day {
	last := first.AddDate(0, months, -1)
	switch {
	case last.Before(midnight(now)):
		return &day{ask: named + " is over. Which day do you mean?"}
	case strings.Contains(part, "end") || strings.Contains(part, "last day"):
		return &day{date: last, last: true}
	case part == "before" && first.After(midnight(now)):
		return &day{date: first.AddDate(0, 0, -1)}
	}
	return &day{date: last, ask: fmt.Sprintf("Which day in %s?", named)}
}

// feasts are days with a name.
const feasts = `christmas eve|xmas eve|christmas day|xmas day|christmas|xmas|boxing day|new year'?s eve|nye|new year'?s day|good friday|easter sunday|easter monday|easter|` +
	`thanksgiving|hallowe'?en|valentine'?s(?: day)?`

func feast(m match, now time.Time) *day {
	d := &day{date: feastOf(m.sub[1], now.Year())}
	if d.date.Before(midnight(now)) {
		d.date = feastOf(m.sub[1], now.Year()+1)
	}
	return d
}

func feastOf(named string, year int) time.Time {
	on := func(month time.Month, d int) time.Time { return time.Date(year, month, d, 0, 0, 0, 0, time.UTC) }
	named = strings.NewReplacer("xmas", "christmas", "'", "").Replace(named)
	switch named {
	case "christmas eve":
		return on(time.December, 24)
	case "boxing day":
		return on(time.December, 26)
	case "new years eve", "nye":
		return on(time.December, 31)
	case "new years day":
		return on(time.January, 1)
	case "good friday":
		return easter(year).AddDate(0, 0, -2)
	case "easter monday":
		return easter(year).AddDate(0, 0, 1)
	case "easter", "easter sunday":
		return easter(year)
	case "thanksgiving": // the fourth Thursday of November
		first := on(time.November, 1)
		return first.AddDate(0, 0, 21+(int(time.Thursday-first.Weekday())+7)%7)
	case "halloween":
		return on(time.October, 31)
	case "valentines", "valentines day":
		return on(time.February, 14)
	}
	return on(time.December, 25)
}

// easter returns Easter Sunday (the Gregorian rule of Meeus, Jones and Butcher).
func easter(year int) time.Time {
	a, b, c := year%19, year/100, year%100
	h := (19*a + b - b/4 - (b-(b+8)/25+1)/3 + 15) % 30
	l := (32 + 2*(b%4) + 2*(c/4) - h - c%4) % 7
	n := h + l - 7*((a+11*h+22*l)/451) + 114
	return time.Date(year, time.Month(n/31), n%31+1, 0, 0, 0, 0, time.UTC)
}

// newYear reads "in the new year", which leaves the day open unless it is to be before.
func newYear(m match, now time.Time) *day {
	eve := time.Date(now.Year(), 12, 31, 0, 0, 0, 0, time.UTC)
	switch m.held {
	case "before", "b4":
		return &day{date: eve, last: true}
	case "by", "for":
		return &day{date: eve.AddDate(0, 0, 1)}
	}
	return &day{date: eve.AddDate(0, 0, 1), ask: fmt.Sprintf("Which day of %d?", now.Year()+1)}
}
