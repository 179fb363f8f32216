package promise

import (
	"regexp"
	"strings"
	"time"

	"github.com/olebedev/when/rules/en"
)

// Latest times of the parts of a day: what was promised for the morning is late
// from noon.
const (
	endOfMorning   = 12
	endOfAfternoon = 17 // also the end of a working day
	endOfEvening   = 20
	firstThing     = 10
)

// From 1 to 7 without am or pm people at work mean the afternoon.
const lastAfternoonHour = 7

const half = `(?:\s*(am|pm|a\.m\.?|p\.m\.?)(?:\b|$)?)`
const hourWord = `(\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)`
const lead = `(?:(?:at|by|before|around|about|after|until|till|from|for|no later than|@)\s*)`

var clockRules = []struct {
	re   *regexp.Regexp
	read func(sub []string) (clock, bool)
	peek bool // the last group only looks at what follows
}{
	{regexp.MustCompile(`(?i)\b(?:between|from)\s+` + hourWord + `(?::\d\d)?` + half + `?\s+(?:and|to|until)\s+` + hourWord + `(?:[:.](\d\d))?` + half + `?(?:\W|$)`), readRange, false},
	{regexp.MustCompile(`(?i)\bat\s+` + hourWord + `(?::\d\d)?` + half + `?\s+or\s+` + hourWord + `(?:[:.](\d\d))?` + half + `?(?:\W|$)`), readRange, false},
	{regexp.MustCompile(`(?i)` + lead + `?\b(half past|quarter past|quarter to)\s+` + hourWord + `\b`), readPast, false},
	{regexp.MustCompile(`(?i)` + lead + `?\b(\d{1,2}):(\d{2})` + half + `?(?:\W|$)`), readMinutes, false},
	{regexp.MustCompile(`(?i)\b` + lead + `(\d{1,2})\.(\d{2})` + half + `?(?:[^%\d\pL]|$)`), readMinutes, false},
	{regexp.MustCompile(`(?i)\b(\d{1,2})\.(\d{2})\s*(am|pm)\b`), readMinutes, false},
	{regexp.MustCompile(`(?i)` + lead + `?\b` + hourWord + `\s*(am|pm|a\.m\.?|p\.m\.?|o'?clock)(?:\W|$)`), readHour, false},
	{regexp.MustCompile(`(?i)` + lead + `?\b(noon|midday|midnight|lunchtime|lunch)\b`), readNamed, false},
	{regexp.MustCompile(`(?i)\b` + lead + hourWord + `(?:ish)?(?:\s+sharp|\s+at the latest|\s+latest)?(\s*$|\s*[,;.!)](?:\s|$)|\s+(?:on|today|tonight|tomorrow|in the|morning|afternoon|evening|first|this|next|and|or|then|with|to|about|latest|` + weekdays[1:len(weekdays)-1] + `)\b)`), readBare, true},
}

var partRule = regexp.MustCompile(`(?i)(?:\b(?:this|in the|by the|during the|early|late|by)\s+)*\b(morning|afternoon|evening|night|tonight|first thing|end of (?:the |this |my )?(?:day|business|shift)|eod|cob|close of (?:business|play))\b`)

func (w *words) readClock(text string) {
	free := w.cut(text) // "by 5 December" is no 5 o'clock
	for _, r := range clockRules {
		at := r.re.FindStringSubmatchIndex(free)
		if at == nil {
			continue
		}
		sub := make([]string, 0, len(at)/2)
		for i := 0; i < len(at); i += 2 {
			if at[i] < 0 {
				sub = append(sub, "")
			} else {
				sub = append(sub, strings.ToLower(free[at[i]:at[i+1]]))
			}
		}
		if c, ok := r.read(sub); ok && c.hour < 24 && c.minute < 60 && !money(free, at[2]) {
			w.clock = &c
			end := at[1]
			if r.peek {
				end = at[len(at)-2]
			}
			w.spans = append(w.spans, [2]int{at[0], trimmed(free, at[0], end)})
			break
		}
	}
	if at := partRule.FindStringSubmatchIndex(text); at != nil && !thingNow.MatchString(text[at[1]:]) {
		c := partOf(strings.ToLower(text[at[2]:at[3]]))
		w.part = &c
		w.spans = append(w.spans, [2]int{at[0], at[1]})
	}
}

// trimmed returns the end of a match without blanks and stops at its end.
func trimmed(text string, from, to int) int {
	return from + len(strings.TrimRight(text[from:to], " ,;!)"))
}

func money(text string, at int) bool {
	before := strings.TrimRight(text[:max(at, 0)], " ")
	return strings.HasSuffix(before, "£") || strings.HasSuffix(before, "$") || strings.HasSuffix(before, "€")
}

func hourOf(s string) int {
	if n, ok := en.INTEGER_WORDS[s]; ok {
		return n
	}
	return atoi(s)
}

// clockOf completes an hour; "" as mark leaves the half of the day to guess.
func clockOf(hour, minute int, mark string) (clock, bool) {
	switch {
	case hour > 24, mark != "" && mark[0] != 'o' && (hour > 12 || hour == 0):
		return clock{}, false
	case mark != "" && mark[0] == 'p':
		return clock{hour%12 + 12, minute, true}, true
	case mark != "" && mark[0] == 'a':
		return clock{hour % 12, minute, true}, true
	case hour == 24:
		return clock{23, 59, true}, true
	case hour >= 1 && hour <= lastAfternoonHour:
		return clock{hour + 12, minute, false}, true
	}
	return clock{hour, minute, hour >= 12 || hour == 0}, true
}

func readMinutes(sub []string) (clock, bool) {
	if strings.HasPrefix(sub[1], "0") && sub[3] == "" { // 03:30 is written by who counts to 24
		return clock{atoi(sub[1]), atoi(sub[2]), true}, true
	}
	return clockOf(atoi(sub[1]), atoi(sub[2]), sub[3])
}

func readHour(sub []string) (clock, bool) { return clockOf(hourOf(sub[1]), 0, sub[2]) }

func readBare(sub []string) (clock, bool) {
	h := hourOf(sub[1])
	if h == 0 || h > 23 {
		return clock{}, false
	}
	return clockOf(h, 0, "")
}

func readPast(sub []string) (clock, bool) {
	h := hourOf(sub[2])
	if h < 1 || h > 12 {
		return clock{}, false
	}
	switch sub[1] {
	case "half past":
		return clockOf(h, 30, "")
	case "quarter past":
		return clockOf(h, 15, "")
	}
	c, ok := clockOf(h, 0, "")
	c.hour, c.minute = (c.hour+23)%24, 45
	return c, ok
}

// readRange takes the end: a call between 2 and 4 is late from 4.
func readRange(sub []string) (clock, bool) {
	minute := 0
	if sub[4] != "" {
		minute = atoi(sub[4])
	}
	return clockOf(hourOf(sub[3]), minute, sub[5])
}

func readNamed(sub []string) (clock, bool) {
	switch sub[1] {
	case "midnight":
		return clock{23, 59, true}, true
	case "lunch", "lunchtime":
		return clock{13, 0, true}, true
	}
	return clock{12, 0, true}, true
}

func partOf(s string) clock {
	switch s {
	case "morning":
		return clock{endOfMorning, 0, true}
	case "first thing":
		return clock{firstThing, 0, true}
	case "evening", "night", "tonight":
		return clock{endOfEvening, 0, true}
	}
	return clock{endOfAfternoon, 0, true}
}

// due joins day and clock to the time that was promised.
func (w words) due(now time.Time) (due time.Time, allDay bool, ask string) {
	d := w.day
	if d == nil {
		if w.clock == nil && w.part == nil {
			return time.Time{}, false, ""
		}
		return w.dueSoon(now)
	}
	switch {
	case !d.exact.IsZero():
		return now.Truncate(time.Minute).Add(d.exact.Sub(wall(now))), false, d.ask
	case d.date.IsZero():
		return time.Time{}, false, d.ask
	}
	c := w.time()
	if c == nil {
		return startOfDay(d.date, now.Location()), true, d.ask
	}
	due = at(d.date, *c, now.Location())
	if due.After(now) {
		return due, false, d.ask
	}
	return w.passed(now)
}

// passed handles a time of today that is over.
func (w words) passed(now time.Time) (time.Time, bool, string) {
	c := w.time()
	if w.clock == nil { // "this afternoon", said at 6: some time today
		return startOfDay(wall(now), now.Location()), true, "That part of today is over. When?"
	}
	if !c.sure && c.hour < 12 {
		if evening := at(w.day.date, clock{c.hour + 12, c.minute, true}, now.Location()); evening.After(now) {
			return evening, false, "Do you mean " + evening.Format("3:04 pm") + "?"
		}
	}
	return time.Time{}, false, at(wall(now), *c, now.Location()).Format("3:04 pm") + " has passed today. When?"
}

// dueSoon handles a time without a day: today, or tomorrow when it is over.
func (w words) dueSoon(now time.Time) (time.Time, bool, string) {
	c := *w.time()
	due := at(wall(now), c, now.Location())
	if due.After(now) {
		return due, false, ""
	}
	due = at(wall(now).AddDate(0, 0, 1), c, now.Location())
	if w.clock == nil && c.hour == endOfMorning { // "in the morning", said later than that
		return due, false, ""
	}
	return due, false, "Do you mean tomorrow, " + name(due) + "?"
}

// time joins the clock with the part of the day: "at 8 this evening" is 20:00.
func (w words) time() *clock {
	if w.clock == nil {
		return w.part
	}
	c := *w.clock
	if w.part != nil && !c.sure {
		evening, morning := w.part.hour >= endOfAfternoon, w.part.hour <= endOfMorning
		switch {
		case evening && c.hour < 12:
			c.hour += 12
		case morning && c.hour > 12:
			c.hour -= 12
		}
		c.sure = true
	}
	return &c
}

func at(day time.Time, c clock, loc *time.Location) time.Time {
	y, m, d := day.Date()
	return time.Date(y, m, d, c.hour, c.minute, 0, 0, loc)
}

// startOfDay returns midnight, or noon of a day that has no midnight.
func startOfDay(day time.Time, loc *time.Location) time.Time {
	if t := at(day, clock{}, loc); t.Day() == day.Day() {
		return t
	}
	return at(day, clock{hour: 12}, loc)
}
