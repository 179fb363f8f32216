package pack

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"ringside/assist"
)

var (
	step     = regexp.MustCompile(`^([+-])(\d{1,4})(m|h|d|w|mo|y)$`)
	clock    = regexp.MustCompile(`^(\d{1,2}):(\d{2})$`)
	monthAgo = regexp.MustCompile(`^(?:(\d{1,2}) )?([a-z]+) -(\d{1,3})y$`)
)

// moment reckons a time that is told relative to now:
//
//	-40m -3h              minutes and hours from now
//	-3d +2w -6mo -1y      days, weeks, months, years
//	today yesterday tomorrow
//	next friday           the first Friday after today
//	last friday           the last Friday before today
//
// A clock may follow all but minutes and hours: "next friday 15:00". Without one
// the moment is the midnight that begins the day, and allDay is true. An empty
// text is the zero time.
func moment(text string, now time.Time) (t time.Time, allDay bool, err error) {
	words := strings.Fields(strings.ToLower(text))
	if len(words) == 0 {
		return time.Time{}, false, nil
	}
	bad := fmt.Errorf("%q is not a moment; write it as -3d, tomorrow 9:30 or next friday 15:00", text)
	y, m, d := now.Date()
	words, h, minute, allDay := cutClock(words)
	day := func(years, months, days int) (time.Time, bool, error) {
		return time.Date(y+years, m+time.Month(months), d+days, h, minute, 0, 0, now.Location()), allDay, nil
	}
	switch place := strings.Join(words, " "); {
	case place == "today":
		return day(0, 0, 0)
	case place == "yesterday":
		return day(0, 0, -1)
	case place == "tomorrow":
		return day(0, 0, 1)
	case len(words) == 2:
		if n := daysTo(words[0], words[1], now.Weekday()); n != 0 {
			return day(0, 0, n)
		}
	case step.MatchString(place):
		p := step.FindStringSubmatch(place)
		n, _ := strconv.Atoi(p[1] + p[2])
		switch p[3] {
		case "m", "h":
			if !allDay {
				return time.Time{}, false, bad
			}
			return now.Add(time.Duration(n) * map[string]time.Duration{"m": time.Minute, "h": time.Hour}[p[3]]), false, nil
		case "d":
			return day(0, 0, n)
		case "w":
			return day(0, 0, 7*n)
		case "mo":
			return day(0, n, 0)
		}
		return day(n, 0, 0)
	}
	return time.Time{}, false, bad
}

// cutClock takes the clock from the end of the words; allDay is true when there
// is none. A clock that no day has stays among the words.
func cutClock(words []string) (rest []string, hour, minute int, allDay bool) {
	last := len(words) - 1
	c := clock.FindStringSubmatch(words[last])
	if c == nil {
		return words, 0, 0, true
	}
	hour, _ = strconv.Atoi(c[1])
	minute, _ = strconv.Atoi(c[2])
	if hour > 23 || minute > 59 {
		return words, 0, 0, true
	}
	return words[:last], hour, minute, false
}

// daysTo counts from a weekday to the next or last one of a name; 0 when the
// words are no such thing.
func daysTo(side, name string, from time.Weekday) int {
	for day := time.Sunday; day <= time.Saturday; day++ {
		if !strings.EqualFold(day.String(), name) {
			continue
		}
		ahead := (int(day-from)+6)%7 + 1
		switch side {
		case "next":
			return ahead
		case "last":
			return ahead%7 - 7
		}
	}
	return 0
}

// longAgo reckons a day that is told relative to the year of now: "march -15y" is
// March of the year fifteen years before this one, "14 march -15y" a day in it,
// "-10y" today's day ten years ago and any other moment its day. What
// assist.ParseDate reads stands for itself.
func longAgo(text string, now time.Time) (assist.Date, error) {
	text = strings.ToLower(strings.TrimSpace(text))
	if d, err := assist.ParseDate(text); err == nil {
		return d, nil
	}
	if p := monthAgo.FindStringSubmatch(text); p != nil {
		month, err := time.Parse("January", p[2])
		if err != nil {
			return assist.Date{}, fmt.Errorf("%q is not a month", p[2])
		}
		back, _ := strconv.Atoi(p[3])
		day, _ := strconv.Atoi(p[1])
		d := assist.Date{Year: now.Year() - back, Month: month.Month(), Day: day}
		if _, err := assist.ParseDate(d.String()); err != nil {
			return assist.Date{}, err
		}
		return d, nil
	}
	t, _, err := moment(text, now)
	if err != nil {
		return assist.Date{}, err
	}
	return assist.DateOf(t), nil
}
