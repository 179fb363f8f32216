package sift

import (
	"strconv"
	"strings"
	"time"

	"ringside/assist"
)

// days returns the day that words for a first or a last day mean; without words those that
// are offered. A month or a year is meant from its first day or until its last.
func days(f Field, words string, today assist.Date) []Value {
	now := today.Time()
	if words == "" {
		first := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, time.UTC)
		return []Value{dayValue(now, "today"), dayValue(now.AddDate(0, 0, -1), "yesterday"), dayValue(now.AddDate(0, 0, -7), "a week ago"),
			dayValue(now.AddDate(0, 0, -30), "30 days ago"), dayValue(first, "the first of this month"), dayValue(now.AddDate(-1, 0, 0), "a year ago")}
	}
	day, ok := relative(strings.ToLower(words), now)
	if !ok {
		d, err := assist.ParseDate(words)
		if err != nil {
			return nil
		}
		day = d.Time()
		switch {
		case f == Since:
		case d.Month == 0:
			day = day.AddDate(1, 0, -1)
		case d.Day == 0:
			day = day.AddDate(0, 1, -1)
		}
	}
	v := dayValue(day, "")
	if day.Year() < 1 || day.Year() > 9999 {
		return nil
	}
	v.Sure = true
	return []Value{v}
}

func dayValue(t time.Time, sub string) Value {
	d := assist.DateOf(t)
	return Value{Key: d.String(), Name: paper(d), Sub: sub}
}

func paper(d assist.Date) string { return d.Time().Format("2 January 2006") }

// relative reads today, yesterday, a day of the week (the last one) and 30d, 4w, 6m, 1y
// (so long ago).
func relative(words string, now time.Time) (time.Time, bool) {
	switch words {
	case "today":
		return now, true
	case "yesterday":
		return now.AddDate(0, 0, -1), true
	}
	for back := range 7 {
		day := now.AddDate(0, 0, -back)
		if name := strings.ToLower(day.Weekday().String()); len(words) >= 3 && strings.HasPrefix(name, words) {
			return day, true
		}
	}
	unit := words[len(words)-1:]
	n, err := strconv.Atoi(words[:len(words)-1])
	if err != nil || n < 0 || n > 40_000 {
		return now, false
	}
	switch unit {
	case "d":
		return now.AddDate(0, 0, -n), true
	case "w":
		return now.AddDate(0, 0, -7*n), n < 5000
	case "m":
		return now.AddDate(0, -n, 0), n < 1200
	case "y":
		return now.AddDate(-n, 0, 0), n < 100
	}
	return now, false
}
