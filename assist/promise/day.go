package promise

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// dayRule reads one way to name a day. needs: only behind a preposition, for words
// and figures that mean other things too.
type dayRule struct {
	re    *regexp.Regexp
	needs bool
	read  func(m match, now time.Time) *day
}

// weekdayNames matches a day of the week, monthNames a month, also in their short forms
// and with a slip of the finger.
const (
	weekdayNames = `(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues?|weds?|thurs?|thur?|fri|` + slips + `)`
	monthNames   = `(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)`
	slips        = `moday|mnday|modnay|monady|monda|teusday|tuesdya|tusday|tuesady|tuedsay|wednsday|wendsday|wensday|wedensday|wednesdya|wednesay|thrusday|thursdya|thusday|` +
		`thurday|thursady|trhusday|firday|friady|fryday|fridya|frday|saturdya|satuday|saterday|satruday|sudnay|sunady|sundya`
)

var (
	weekdays = strings.Replace(weekdayNames, "(?:", "(", 1)
	months   = strings.Replace(monthNames, "(?:", "(", 1) + `\b\.?`
	ordinal  = `(\d{1,2}(?:st|nd|rd|th)|(?:(?:twenty|thirty)[- ])?(?:` + strings.Join(ordinals[1:10], "|") + `)|` + strings.Join(ordinals[10:20], "|") + `|twentieth|thirtieth)`
	number   = `((?:\d{1,2}\s?(?:-|–|to|or)\s?)?\d{1,3}(?:\.5)?|(?:one|two|three|four|five|six|seven|eight) (?:or|to) (?:two|three|four|five|six|seven|eight|nine|ten)|` +
		`an?|one and a half|two and a half|` + numeral + `|a few|a couple of|a couple|couple of|couple|half an?|the next few|the next|next few|next)`
	numeral = `(?:(?:twenty|thirty|forty|fifty|sixty|ninety)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|` +
		`thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)`
	units = `(minutes?|mins?|hours?|hrs?|days?|weeks?|wks?|months?|years?|yrs?)`
	year  = `(?:,?\s+((?:19|20|21)\d\d))?`
	weeks = `(\d{1,2}|an?|one|two|three|four|five|six|seven|eight)`
)

func rule(re string, read func(match, time.Time) *day) dayRule {
	return dayRule{re: regexp.MustCompile(`(?i)\b` + re), read: read}
}

// held is a rule for words and figures that mean other things too.
func held(re string, read func(match, time.Time) *day) dayRule {
	return dayRule{re: regexp.MustCompile(`(?i)\b` + re), needs: true, read: read}
}

var dayRules = []dayRule{
	// Near today.
	rule(`(?:the )?day after (?:tomorrow|tmrw?)\b`, plus(2)),
	rule(`(?:tomm?orr?ow|tm[rw]w?|tmrrw|tomoz|tomorow|tommorow|2moro|2morrow)\b`, plus(1)),
	rule(`(?:today|this (?:morning|afternoon|arvo|evening|am|pm)|tonight|tonite|right (?:away|now)|straight ?away|immediately|at once|first thing today|2day|later on today)\b`, today),
	rule(`(?:now)\b`, endOfDay),
	rule(`(?:(?:the )?end of (?:the |this |my )?(?:day|business|shift|play)|eod|cob|cop|eob|close of (?:business|play))\b`, endOfDay),
	// Days of the week.
	rule(weekdays+`,?\s+(?:the\s+)?`+ordinal+`\b`, weekdayNth),
	rule(weekdays+`,?\s+(?:the\s+)?`+ordinal+`(?: of)?\s+`+months+year, weekdayDate),
	rule(`((?:this|next|coming)\s+(?:coming\s+)?)?`+weekdays+`\b(\s+(?:(?:of )?next week|(?:of )?this week|week|fortnight|after next|coming|next)\b)?`, weekday),
	rule(`()`+weekdays+`() first thing\b`, weekday),
	rule(`(?:the )?end of ()`+weekdays+`()\b`, weekday),
	rule(`next week,?(?: on)? ()`+weekdays+`\b`, weekdayNextWeek),
	rule(`the following `+weekdays+`\b`, openDay),
	rule(`bank holiday(?: `+weekdays+`)?\b`, openDay),
	rule(weeks+` weeks? (?:on\s+|from\s+)?(?:this\s+)?`+weekdays+`\b`, weeksAfter),
	rule(weeks+` weeks? (?:from )?(today|tomorrow|now)\b`, weeksFrom),
	rule(`a fortnight (?:from )?(?:today|now)\b`, plus(14)),
	rule(`a fortnight (?:on\s+|from\s+)?()`+weekdays+`\b`, weeksAfter),
	rule(`(today|tomorrow) (week|fortnight)\b`, weekFrom),
	rule(`(?:the |a )?(first|second|third|fourth|last|1st|2nd|3rd|4th) `+weekdays+` (?:of|in) (the|this|next|`+monthNames[3:len(monthNames)-1]+`)(?: month)?\b`, nthWeekday),
	{re: regexp.MustCompile(`(?i)\b(sat|sun)\b`), needs: true, read: weekdayShort},
	// Weeks, months, quarters and years.
	rule(`(?:the )?(end of |beginning of |start of |middle of |early |mid-?\s?|late |later |sometime |some time )?(the|this|next|following) (week|month|year|quarter)\b`, period),
	rule(`(?:the )?(end of )()(week|month|year|quarter)\b`, period),
	rule(`eo([wmy])\b`, endOfShort),
	rule(`(?:the |a )?(?:week|wk) (?:after next|commencing|beginning|starting|ending|of)\b`, openDay),
	rule(`w/[cebs]\b`, openDay),
	rule(`(?:the |this |next )weekend\b`, weekend),
	rule(`(?:the )?(month|year|quarter)(?:'?s)?[- ]end\b`, endOf),
	rule(`(?:every|each) (?:other )?(?:day|week|month|morning|weekday|hour|year)\b`, openDay),
	rule(`in (?:\d{1,2}|ten|fifteen|twenty|thirty)(?:\s*$|\s*[,.;])`, openDay),
	rule(`(?:the )?last (?:working )?day of (?:the |this )?(month)\b`, endOf),
	rule(`((?:the )?(?:end|last day) of |in |by |before |during |(?:the )?(?:beginning|start|middle) of |early |mid[- ]|late )(?:the )?(january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b`+year, wholeMonth),
	rule(`((?:the )?end of )?q([1-4])\b`+year, quarter),
	rule(`(?:in |over |by |this |next |the )*(?:spring|summer|autumn|winter)\b`, openDay),
	rule(`(?:in |over )?(?:the )?(?:next|coming) few (?:days|weeks|months|hours)\b`, openDay),
	rule(`(?:the )?next (?:working|business) day\b`, nextWorkday),
	// Spans.
	rule(`(?:in|within|inside|over|under)\s+(?:the\s+next\s+|about\s+|around\s+|approx\s+|roughly\s+)?`+number+`\s*-?(working |business |w/)?`+units+`(?:'s|')?(?:\s+time)?( and a half| or two| or so| of [\pL\d]+)?\b`, span),
	rule(number+`\s+(working |business )?`+units+`(?:'s|')?\s+(?:from now|time|from today)()\b`, span),
	rule(`(?:in|within)\s+(\d{1,3})()\s?(h)()\b`, span),
	rule(`(?:within|inside) the (hour)\b`, quarters),
	rule(`(?:in|within) (?:an? )?(quarter|three quarters|half) of an hour\b`, quarters),
	rule(`(?:in|within)\s+(?:a|one)\s+fortnight(?:'s time)?\b`, plus(14)),
	// Dates.
	rule(`(?:the )?`+ordinal+`(?: of)?[\s-]+`+months+year, dayMonth),
	rule(`(\d{1,2})(?:\s+|-|/)?`+months+`(?:(?:,?\s+|-|/)((?:19|20|21)\d\d)\b|(?:[-/]|\s')(\d\d)\b)?`, dayMonth),
	rule(months+`\s*(?:the )?(?:`+ordinal+`|(\d{1,2})\b)`+year, monthDay),
	rule(`(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:t|\b)`, iso),
	held(`the `+ordinal+`(?: of (this|next) month)?`, theNth),
	rule(`next month,?(?: on)? the `+ordinal+`()`, nthNextMonth),
	held(`(?:the )?\d{1,2}(?:st|nd|rd|th)\s*(?:or|/|-|–|to|and)\s*(?:the )?\d{1,2}(?:st|nd|rd|th)\b`, openDay),
	held(`(\d{1,2}(?:st|nd|rd|th))()\b`, theNth),
	rule(`(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))\b`, figures),
	held(`(\d{1,2})/(\d{1,2})\b`, figures),
	held(`(\d{1,2})\.(\d{1,2})\.`, figures),
	{re: regexp.MustCompile(`\b(\d{1,2})/(\d{1,2})(?:\s*$|[,;.)]|\s+at\b)`), read: figures},
	// Feasts.
	rule(`(`+feasts+`)\b`, feast),
	rule(`(?:in )?(?:the )?new year\b`, newYear),
}

func plus(days int) func(match, time.Time) *day {
	return func(_ match, now time.Time) *day { return &day{date: midnight(now).AddDate(0, 0, days)} }
}

func today(_ match, now time.Time) *day { return &day{date: midnight(now)} }

func endOfDay(_ match, now time.Time) *day { return &day{date: midnight(now), soft: true} }

// openDay is named in a way that leaves the day open.
func openDay(match, time.Time) *day { return &day{ask: "Which day do you mean?"} }

// weekFrom reads "today week", "tomorrow fortnight".
func weekFrom(m match, now time.Time) *day {
	days := map[string]int{"week": 7, "fortnight": 14}[m.sub[2]]
	if m.sub[1] == "tomorrow" {
		days++
	}
	return plus(days)(m, now)
}

// weeksFrom reads "two weeks today", "a week from tomorrow".
func weeksFrom(m match, now time.Time) *day {
	days := 7 * int(countOf(m.sub[1]))
	if m.sub[2] == "tomorrow" {
		days++
	}
	return plus(days)(m, now)
}

// weeksAfter reads "a week on Friday", "a fortnight on Friday".
func weeksAfter(m match, now time.Time) *day {
	weeks := 2
	if m.sub[1] != "" {
		weeks = int(countOf(m.sub[1]))
	}
	return &day{date: coming(weekdayOf(m.sub[2]), now).AddDate(0, 0, 7*weeks), weekday: true}
}

// weekday reads "Friday", "next Friday", "Friday next week", "Friday week".
func weekday(m match, now time.Time) *day {
	d := nextWeekday(weekdayOf(m.sub[2]), strings.TrimSpace(m.sub[1]), strings.TrimPrefix(strings.TrimSpace(m.sub[3]), "of "), now)
	d.weekday = true
	return d
}

// weekdayOf knows a day by the letters that every form of its name has.
func weekdayOf(s string) time.Weekday {
	switch {
	case s[0] == 'm':
		return time.Monday
	case s[0] == 'w':
		return time.Wednesday
	case s[0] == 'f':
		return time.Friday
	case s[0] == 't' && s[1] != 'u' && s[1] != 'e':
		return time.Thursday
	case s[0] == 't':
		return time.Tuesday
	case s[1] == 'a':
		return time.Saturday
	}
	return time.Sunday
}

// coming returns the next such day, a week from now on the day itself.
func coming(d time.Weekday, now time.Time) time.Time {
	return midnight(now).AddDate(0, 0, (int(d-now.Weekday())+6)%7+1)
}

// weekdayNextWeek reads "next week on Friday".
func weekdayNextWeek(m match, now time.Time) *day {
	m.sub = []string{"", "", m.sub[2], "next week"}
	return weekday(m, now)
}

func nextWeekday(named time.Weekday, before, after string, now time.Time) *day {
	coming := coming(named, now)
	sameDay := named == now.Weekday()
	nextWeek := monday(now).AddDate(0, 0, 7+(int(named)+6)%7)
	switch {
	case after == "next week":
		return &day{date: nextWeek}
	case after == "week", after == "after next":
		return &day{date: coming.AddDate(0, 0, 7), ask: askIf(sameDay, coming, coming.AddDate(0, 0, 7))}
	case after == "fortnight":
		return &day{date: coming.AddDate(0, 0, 14), ask: askIf(sameDay, coming.AddDate(0, 0, 7), coming.AddDate(0, 0, 14))}
	case after == "this week", before == "this":
		if this := nextWeek.AddDate(0, 0, -7); !this.Before(midnight(now)) {
			return &day{date: this}
		}
		return &day{date: coming}
	case before == "next" && sameDay:
		return &day{date: coming, ask: "Do you mean " + name(coming) + "?"}
	case before == "next", after == "next":
		return &day{date: nextWeek, ask: askIf(!coming.Equal(nextWeek), coming, nextWeek)}
	case sameDay:
		return &day{date: coming, ask: askIf(before == "" && after == "", midnight(now), coming)}
	}
	return &day{date: coming}
}

// weekdayNth reads "Friday the 27th".
func weekdayNth(m match, now time.Time) *day {
	d := theNth(match{sub: []string{"", m.sub[2], ""}}, now)
	return checked(d, m.sub[1])
}

// weekdayDate reads "Friday the 27th of November".
func weekdayDate(m match, now time.Time) *day {
	return checked(dayMonth(match{sub: m.sub[1:]}, now), m.sub[1])
}

// checked asks when a date does not fall on the day of the week that was named.
func checked(d *day, named string) *day {
	if d != nil {
		d.mismatch(weekdayOf(named))
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

// nthWeekday reads "the last Friday of the month", "the first Monday in December".
func nthWeekday(m match, now time.Time) *day {
	month := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, time.UTC)
	switch m.sub[3] {
	case "the", "this":
	case "next":
		month = month.AddDate(0, 1, 0)
	default:
		if month = time.Date(now.Year(), monthOf(m.sub[3]), 1, 0, 0, 0, 0, time.UTC); month.Month() < now.Month() {
			month = month.AddDate(1, 0, 0)
		}
	}
	nth := month.AddDate(0, 0, (int(weekdayOf(m.sub[2])-month.Weekday())+7)%7)
	switch m.sub[1] {
	case "second", "2nd":
		nth = nth.AddDate(0, 0, 7)
	case "third", "3rd":
		nth = nth.AddDate(0, 0, 14)
	case "fourth", "4th":
		nth = nth.AddDate(0, 0, 21)
	case "last":
		for nth.AddDate(0, 0, 7).Month() == month.Month() {
			nth = nth.AddDate(0, 0, 7)
		}
	}
	if nth.Before(midnight(now)) {
		return &day{ask: name(nth) + " is over. Which day do you mean?"}
	}
	return &day{date: nth}
}

// name says a day as people do.
func name(t time.Time) string { return t.Format("Monday 2 January") }

func askIf(doubt bool, a, b time.Time) string {
	if !doubt {
		return ""
	}
	return "Which day do you mean: " + name(a) + " or " + name(b) + "?"
}

// atoi reads "5", "5th" and "fifth"; 0 when it is none of them.
func atoi(s string) int {
	if n, err := strconv.Atoi(strings.TrimRight(s, "stndrhSTNDRH")); err == nil {
		return n
	}
	n := 0
	for _, word := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return r == '-' || r == ' ' }) {
		switch word {
		case "twenty", "twentieth":
			n += 20
		case "thirty", "thirtieth":
			n += 30
		default:
			n += max(slices.Index(ordinals, word), 0)
		}
	}
	return n
}

// ordinals are in the place of their number.
var ordinals = []string{"", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
	"thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"}

// monthOf knows a month by its first three letters; 0 when it is none.
func monthOf(s string) time.Month {
	for m := time.January; m <= time.December; m++ {
		if len(s) >= 3 && strings.EqualFold(s[:3], m.String()[:3]) {
			return m
		}
	}
	return 0
}
