package promise

import (
	"fmt"
	"regexp"
	"strings"
	"time"
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

const (
	half     = `(?:\s*(am|pm|a\.m\.?|p\.m\.?)(?:\b|$)?)`
	hourWord = `(\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)`
	lead     = `(?:(?:at|by|before|b4|around|about|after|until|till|from|for|no later than|no later|@|approx|circa|c\.|on the (?:dot|stroke) of)\s*(?:about |around |say )?)`
	ish      = `(?:\s?-?ish)?`
	minutes  = `(five|ten|twenty[- ]five|twenty|a quarter|quarter|qtr|half)`
)

// clockRules read a time of day; the first that fits counts.
var clockRules = []struct {
	re   *regexp.Regexp
	read func(sub []string) (clock, bool)
	peek bool // the last group only looks at what follows
}{
	{regexp.MustCompile(`(?i)\b(?:between|from|btwn|b/w)\s+` + hourWord + `(?:[:.]\d\d)?` + half + `?\s*(?:and|to|until|till|&|-|–)\s*` + hourWord + `(?:[:.](\d\d))?` + half + `?(?:\W|$)`), readRange, false},
	{regexp.MustCompile(`(?i)\bat\s+` + hourWord + `(?::\d\d)?` + half + `?\s+or\s+` + hourWord + `(?:[:.](\d\d))?` + half + `?(?:\W|$)`), readRange, false},
	{regexp.MustCompile(`(?i)` + lead + `?\b` + minutes + `(?:\s?min(?:ute)?s?)?[\s-]+(past|to)\s+` + hourWord + half + `?(?:\W|$)`), readPast, false},
	{regexp.MustCompile(`(?i)` + lead + `?\b` + hourWord + `(?:[:.]\d\d)?` + half + `?\s*(?:-|–|to|or|/)\s*` + hourWord + `(?:[:.](\d\d))?` + half + `(?:\W|$)`), readRange, false},
	{regexp.MustCompile(`(?i)\b` + lead + `(5|10|20|25)(?:\s?min(?:ute)?s?)?\s+(past|to)\s+` + hourWord + half + `?(?:\W|$)`), readPast, false},
	{regexp.MustCompile(`(?i)` + lead + `?\bhalf()()\s+` + hourWord + half + `?(?:\W|$)`), readPast, false},
	{regexp.MustCompile(`(?i)\b(\d{1,2})(?:[:.]\d\d)?()(?:-|–|\s*(?:till?|to|until)\s*)(\d{1,2})(?:[:.](\d\d))?()(\s*$|\s*[,;.!)](?:\s|$))`), readRange, true},
	{regexp.MustCompile(`(?i)` + lead + `?\b(\d{1,2}):(\d{2})` + half + `?` + ish + `(?:\s?(?:hrs?|hours|h))?(?:\W|$)`), readColon, false},
	{regexp.MustCompile(`(?i)` + lead + `?\b(\d{1,2})h(\d{2})()\b`), readMinutes, false},
	{regexp.MustCompile(`(?i)\b(?:at|@|by|around|before|till|until|after)\s*([01]\d|2[0-3])([0-5]\d)()(?:\s?(?:hrs?|h|hours))?(?:\W|$)`), readMinutes, false},
	{regexp.MustCompile(`(?i)\b([01]\d|2[0-3])([0-5]\d)()\s?(?:hrs?|h|hours)\b`), readMinutes, false},
	{regexp.MustCompile(`(?i)` + lead + `?\b(\d{1,2})([0-5]\d)\s*(am|pm)\b`), readMinutes, false},
	{regexp.MustCompile(`(?i)\b` + lead + `(\d{1,2})\.(\d{2})` + half + `?(?:[^%\d\pL]|$)`), readMinutes, false},
	{regexp.MustCompile(`(?i)\b(\d{1,2})\.(\d{2})\s*(am|pm)\b`), readMinutes, false},
	{regexp.MustCompile(`(?i)\b` + lead + hourWord + `[\s-](fifteen|twenty|thirty|forty[- ]?five|forty|fifty|ten)` + half + `?(?:\W|$)`), readWords, false},
	{regexp.MustCompile(`(?i)` + lead + `?\b` + hourWord + `\s*(am|pm|a\.m\.?|p\.m\.?|o'? ?clock)` + ish + `(?:\W|$)`), readHour, false},
	{regexp.MustCompile(`(?i)` + lead + `?\b(\d{1,2})()\s?-?ish\b`), readHour, false},
	{regexp.MustCompile(`(?i)\b` + lead + `(\d{1,2})()\s?(?:h|hrs|hours)\b`), readHour, false},
	{regexp.MustCompile(`(?i)` + lead + `?\b(noon|midday|midnight|lunch ?time|lunch|dinner ?time|tea ?time)` + ish + `\b`), readNamed, false},
	{regexp.MustCompile(`(?:^\s*|\s{3,})(\d{1,2})()(?:\s*$|\s*[,;!)])`), readHour, false},
	{regexp.MustCompile(`(?:^\s*|\s{3,})(\d{1,2})\.([0-5]\d)()(?:\s*$|\s*[,;!)])`), readMinutes, false},
	{regexp.MustCompile(`(?i)(?:\b` + lead + `|@\s*)` + hourWord + `(?:\s?ish)?(?:\s+(?:sharp|on the dot|gmt|bst|utc|cet|[ecmp][sd]?t|eastern|central|mountain|pacific)\b|\s+at the latest|\s+latest)?(\s*$|\s*[,;.!)](?:\s|$)|\s+(?:on|today|tonight|tomorrow|in the|this|morning|afternoon|evening|first|next|and|or|then|with|to|about|re|latest|` + weekdayNames[3:len(weekdayNames)-1] + `)\b|\s{3,})`), readBare, true},
}

var (
	partRule = regexp.MustCompile(`(?i)(?:\b(?:this|in the|by the|during the|early|late|mid|by)[\s-]+)*\b((?:mid-?)?morning|morn|afternoon|arvo|aft|evening|night|tonight|tonite|first thing|last thing|(?:the )?end of (?:the |this |my )?(?:day|business|shift|play)|eod|eob|cob|cop|close of (?:business|play))\b`)
	// halfRule is a half of the day without an hour, behind a day that was cut out.
	halfRule = regexp.MustCompile(`(?i)(?:^\s*|\s\s|\bthis\s|\bin the\s)(am|pm|a\.m|p\.m)(?:$|[\s,.;])`)
)

// readClock reads the time of day, from what is left of a text without its days: "by 5
// December" is no 5 o'clock.
func (w *words) readClock(text string) {
	free := w.cut(text)
	for _, r := range clockRules {
		at := r.re.FindStringSubmatchIndex(free)
		if at == nil || money(free, at[2]) {
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
		c, ok := r.read(sub)
		if !ok {
			continue
		}
		end := at[1]
		if r.peek {
			end = at[len(at)-2]
		}
		if c.hour > 23 || c.minute > 59 {
			w.wrong = free[at[2]:trimmed(free, at[2], end)]
		} else {
			w.clock = &c
		}
		w.spans = append(w.spans, [2]int{at[0], trimmed(free, at[0], end)})
		break
	}
	if at := partRule.FindStringSubmatchIndex(text); at != nil && !thingNow.MatchString(text[at[1]:]) {
		w.readPart(strings.ToLower(text[at[2]:at[3]]), at[0], at[1])
	} else if at := halfRule.FindStringSubmatchIndex(w.cut(text)); at != nil && len(w.days) > 0 {
		w.readPart(strings.ToLower(text[at[2]:at[3]]), at[2], at[3])
	}
}

func (w *words) readPart(named string, from, to int) {
	c := partOf(named)
	w.part = &c
	w.spans = append(w.spans, [2]int{from, to})
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
	if n, ok := numerals[s]; ok {
		return n
	}
	return atoi(s)
}

// clockOf completes an hour; "" as mark leaves the half of the day to guess.
func clockOf(hour, minute int, mark string) (clock, bool) {
	switch {
	case hour > 24:
		return clock{}, false
	case mark != "" && mark[0] != 'o' && (hour > 12 || hour == 0): // "13 pm" is no time
		return clock{hour: 25}, true
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

// readColon keeps a time that no clock shows, to ask about it.
func readColon(sub []string) (clock, bool) {
	if hour, minute := atoi(sub[1]), atoi(sub[2]); hour > 24 || minute > 59 {
		return clock{hour, minute, true}, true
	}
	return readMinutes(sub)
}

// readWords reads "four thirty".
func readWords(sub []string) (clock, bool) {
	minute := map[string]int{"ten": 10, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}[sub[2]]
	if minute == 0 {
		minute = 45
	}
	return clockOf(hourOf(sub[1]), minute, sub[3])
}

func readHour(sub []string) (clock, bool) { return clockOf(hourOf(sub[1]), 0, sub[2]) }

func readBare(sub []string) (clock, bool) {
	h := hourOf(sub[1])
	if h == 0 || h > 23 {
		return clock{}, false
	}
	return clockOf(h, 0, "")
}

// readPast reads "ten past three", "quarter to 5", and "half five", which is half past.
func readPast(sub []string) (clock, bool) {
	h := hourOf(sub[3])
	if h < 1 || h > 12 {
		return clock{}, false
	}
	minute := 30
	switch word := strings.ReplaceAll(sub[1], "-", " "); {
	case strings.HasPrefix(word, "twenty f"):
		minute = 25
	case strings.HasPrefix(word, "twenty"):
		minute = 20
	case strings.HasSuffix(word, "quarter"), word == "qtr":
		minute = 15
	case word != "" && word != "half":
		minute = hourOf(word)
	}
	if sub[2] != "to" {
		return clockOf(h, minute, sub[4])
	}
	c, ok := clockOf(h, 0, sub[4])
	c.hour, c.minute = (c.hour+23)%24, 60-minute
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
	switch {
	case sub[1] == "midnight":
		return clock{23, 59, true}, true
	case strings.HasPrefix(sub[1], "lunch"):
		return clock{13, 0, true}, true
	case strings.HasPrefix(sub[1], "tea"), strings.HasPrefix(sub[1], "dinner"):
		return clock{endOfAfternoon, 0, true}, true
	}
	return clock{12, 0, true}, true
}

func partOf(s string) clock {
	switch {
	case strings.HasSuffix(s, "morning"), s == "morn", s[0] == 'a' && strings.HasSuffix(s, "m"):
		return clock{endOfMorning, 0, true}
	case s == "first thing":
		return clock{firstThing, 0, true}
	case s == "evening", s == "night", strings.HasPrefix(s, "toni"):
		return clock{endOfEvening, 0, true}
	}
	return clock{endOfAfternoon, 0, true}
}

// due joins day and clock to the time that was promised.
func (w words) due(now time.Time) (due time.Time, allDay bool, ask string) {
	d := w.day
	if w.wrong != "" {
		return time.Time{}, false, "There is no " + w.wrong + ". When?"
	}
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
	switch {
	case !due.After(now):
		return w.passed(now)
	case due.Hour() != c.hour || due.Minute() != c.minute:
		return due, false, fmt.Sprintf("The clocks leave out %d:%02d that day. When?", c.hour, c.minute)
	}
	return due, false, d.ask
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
	if w.part != nil && w.part.hour <= endOfMorning { // "in the morning", said later than that
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
