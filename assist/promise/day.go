package promise

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/olebedev/when/rules/en"
)

// dayRule reads one way to name a day. needs: only behind a preposition, for words
// and figures that mean other things too.
type dayRule struct {
	re    *regexp.Regexp
	needs bool
	read  func(m match, now time.Time) *day
}

var weekdays = `(monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues?|wed|thurs?|thu|fri)`
var months = strings.Replace(en.MONTH_OFFSET_PATTERN, "(?:", "(", 1)
var ordinal = `(\d{1,2}(?:st|nd|rd|th)|` + strings.TrimPrefix(en.ORDINAL_WORDS_PATTERN, "(?:")
var number = `((?:\d{1,2}\s?(?:-|–|to|or)\s?)?\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a few|a couple of|a couple|couple of|half an?|the next few|the next)`
var year = `(?:,?\s+(\d{4}))?`

func rule(re string, read func(match, time.Time) *day) dayRule {
	return dayRule{re: regexp.MustCompile(`(?i)\b` + re), read: read}
}

var dayRules = []dayRule{
	rule(`the day after tomorrow\b`, plus(2)),
	rule(`(?:tomorrow|tmrw?|tomorow)\b`, plus(1)),
	rule(`(?:today|this (?:morning|afternoon|evening)|tonight|right (?:away|now)|straight away|immediately|at once|first thing today)\b`, today),
	rule(`(?:(?:the )?end of (?:the |this |my )?(?:day|business|shift)|eod|cob|close of (?:business|play))\b`, endOfDay),
	rule(weekdays+`,?\s+(?:the\s+)?`+ordinal+`\b`, weekdayNth),
	rule(weekdays+`,?\s+(?:the\s+)?`+ordinal+`(?: of)?\s+`+months+`\b`+year, weekdayDate),
	rule(`a week (today|tomorrow)\b`, weekFrom),
	rule(`((?:this|next|coming)\s+(?:coming\s+)?)?`+weekdays+`\b(\s+(?:next week|this week|week|after next)\b)?`, weekday),
	rule(`a week (?:on\s+)?`+weekdays+`\b()`, weekAfter),
	rule(`(?:the )?(end of |beginning of |start of |middle of )?(the|this|next|following) (week|month|year)\b`, period),
	rule(`(?:the|this|next) weekend\b`, weekend),
	rule(`(?:the )?month[- ]end\b`, monthEnd),
	rule(`(?:in|within|inside)\s+`+number+`\s+(working |business )?(minutes?|mins?|hours?|hrs?|days?|weeks?|months?)(?:'s|')?(?:\s+time)?( and a half)?\b`, span),
	rule(`(?:in|within)\s+(\d{1,3})()\s?(h)\b`, span),
	rule(`(?:in|within)\s+a\s+fortnight(?:'s time)?\b`, plus(14)),
	rule(`(?:the )?`+ordinal+`(?: of)?\s+`+months+`\b`+year, dayMonth),
	rule(`(\d{1,2})\s+`+months+`\b`+year, dayMonth),
	rule(months+`\s+(?:the )?(?:`+ordinal+`|(\d{1,2})\b)`+year, monthDay),
	rule(`(\d{4})-(\d{2})-(\d{2})\b`, iso),
	{re: regexp.MustCompile(`(?i)\bthe ` + ordinal + `(?: of (this|next) month)?`), needs: true, read: theNth},
	{re: regexp.MustCompile(`\b(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}|\d{2}))\b`), read: figures},
	{re: regexp.MustCompile(`\b(\d{1,2})/(\d{1,2})\b`), needs: true, read: figures},
	rule(`in (january|february|march|april|may|june|july|august|september|october|november|december)\b`, wholeMonth),
	{re: regexp.MustCompile(`(?i)\b(sat|sun)\b`), needs: true, read: weekdayShort},
}

func plus(days int) func(match, time.Time) *day {
	return func(_ match, now time.Time) *day { return &day{date: midnight(now).AddDate(0, 0, days)} }
}

func today(_ match, now time.Time) *day { return &day{date: midnight(now)} }

func endOfDay(_ match, now time.Time) *day { return &day{date: midnight(now), soft: true} }

func weekFrom(m match, now time.Time) *day {
	if m.sub[1] == "tomorrow" {
		return plus(8)(m, now)
	}
	return plus(7)(m, now)
}

// weekday reads "Friday", "next Friday", "Friday next week", "Friday week".
func weekday(m match, now time.Time) *day {
	d := nextWeekday(m, now)
	if d != nil {
		d.weekday = true
	}
	return d
}

func nextWeekday(m match, now time.Time) *day {
	coming, ok := fromLibrary(weekdayRule, m.sub[2][:3], midnight(now))
	if !ok {
		return nil
	}
	sameDay := coming.Weekday() == now.Weekday() // the library then means a week from now
	before, after := strings.TrimSpace(m.sub[1]), strings.TrimSpace(m.sub[3])
	nextWeek := monday(now).AddDate(0, 0, 7+(int(coming.Weekday())+6)%7)
	switch {
	case after == "next week":
		return &day{date: nextWeek}
	case after == "week", after == "after next":
		return &day{date: coming.AddDate(0, 0, 7), ask: askIf(sameDay, coming, coming.AddDate(0, 0, 7))}
	case after == "this week", before == "this":
		if this := nextWeek.AddDate(0, 0, -7); !this.Before(midnight(now)) {
			return &day{date: this}
		}
		return &day{date: coming}
	case before == "next" && sameDay:
		return &day{date: coming, ask: "Do you mean " + name(coming) + "?"}
	case before == "next":
		return &day{date: nextWeek, ask: askIf(!coming.Equal(nextWeek), coming, nextWeek)}
	case sameDay:
		return &day{date: coming, ask: askIf(before == "", midnight(now), coming)}
	}
	return &day{date: coming}
}

// weekdayNth reads "Friday the 27th".
func weekdayNth(m match, now time.Time) *day {
	d := theNth(match{sub: []string{"", m.sub[2], ""}}, now)
	return checked(d, m.sub[1], now)
}

// weekdayDate reads "Friday the 27th of November".
func weekdayDate(m match, now time.Time) *day {
	return checked(dayMonth(match{sub: m.sub[1:]}, now), m.sub[1], now)
}

// checked asks when a date does not fall on the day of the week that was named.
func checked(d *day, named string, now time.Time) *day {
	w := weekday(match{sub: []string{"", "", named, ""}}, now)
	if d != nil && w != nil {
		d.mismatch(w.date.Weekday())
	}
	return d
}

func (d *day) mismatch(named time.Weekday) {
	if d.ask == "" && !d.date.IsZero() && d.date.Weekday() != named {
		d.ask = fmt.Sprintf("%s is a %s. Which day do you mean?", d.date.Format("2 January"), d.date.Weekday())
	}
}

func weekdayShort(m match, now time.Time) *day {
	m.sub = []string{m.sub[0], "", m.sub[1], ""}
	return weekday(m, now)
}

// weekAfter reads "a week on Friday".
func weekAfter(m match, now time.Time) *day {
	d := weekday(match{sub: []string{"", "coming", m.sub[1], ""}}, now)
	if d != nil {
		d.date = d.date.AddDate(0, 0, 7)
	}
	return d
}

func monday(t time.Time) time.Time {
	return midnight(t).AddDate(0, 0, -(int(t.Weekday())+6)%7)
}

// period reads "next week", "the end of the month": due on its last working day.
func period(m match, now time.Time) *day {
	end, next := m.sub[1] == "end of ", m.sub[2] == "next" || m.sub[2] == "following"
	if !end && m.sub[2] == "the" {
		return nil // "the week" alone names no time
	}
	ahead := 0
	if next {
		ahead = 1
	}
	var last time.Time
	switch m.sub[3] {
	case "week":
		last = monday(now).AddDate(0, 0, 4+7*ahead)
		if last.Before(midnight(now)) { // said on a weekend
			friday := last.AddDate(0, 0, 7)
			return &day{date: friday, ask: "Which day do you mean: " + name(last.AddDate(0, 0, 2)) + " or " + name(friday) + "?"}
		}
	case "month":
		last = time.Date(now.Year(), now.Month()+time.Month(ahead)+1, 0, 0, 0, 0, 0, time.UTC)
	default:
		last = time.Date(now.Year()+ahead, 12, 31, 0, 0, 0, 0, time.UTC)
	}
	if m.sub[3] != "week" {
		last = later(workday(last), midnight(now))
	}
	if end || m.sub[2] == "this" {
		return &day{date: last}
	}
	return &day{date: last, ask: "Which day of " + m.sub[2] + " " + m.sub[3] + "?"}
}

func later(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

// workday returns the last day up to t that is not on a weekend.
func workday(t time.Time) time.Time {
	for t.Weekday() == time.Saturday || t.Weekday() == time.Sunday {
		t = t.AddDate(0, 0, -1)
	}
	return t
}

func monthEnd(_ match, now time.Time) *day {
	return period(match{sub: []string{"", "end of ", "this", "month"}}, now)
}

func weekend(m match, now time.Time) *day {
	sunday := monday(now).AddDate(0, 0, 6)
	if strings.HasPrefix(m.sub[0], "next") {
		return &day{date: sunday.AddDate(0, 0, 7), ask: askIf(true, sunday, sunday.AddDate(0, 0, 7))}
	}
	return &day{date: sunday}
}

func wholeMonth(m match, now time.Time) *day {
	month := time.Month(en.MONTH_OFFSET[m.sub[1]])
	y := now.Year()
	if month < now.Month() {
		y++
	}
	last := workday(time.Date(y, month+1, 0, 0, 0, 0, 0, time.UTC))
	return &day{date: later(last, midnight(now)), ask: fmt.Sprintf("Which day in %s?", month)}
}

// name says a day as people do.
func name(t time.Time) string { return t.Format("Monday 2 January") }

func askIf(doubt bool, a, b time.Time) string {
	if !doubt {
		return ""
	}
	return "Which day do you mean: " + name(a) + " or " + name(b) + "?"
}

func atoi(s string) int {
	n, err := strconv.Atoi(strings.TrimRight(s, "stndrhSTNDRH"))
	if err != nil {
		return en.ORDINAL_WORDS[strings.ToLower(s)]
	}
	return n
}
