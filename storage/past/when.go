package past

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"ringside/assist"
	"ringside/storage/people"
)

var (
	clock  = regexp.MustCompile(`(?i)^(.*?)[T\s,]+(\d{1,2})[:.h](\d{2})(?::(\d{2}))?(?:[.,]\d+)?\s*([ap])?\.?(?:m\.?)?\s*(?:uhr)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$`)
	alone  = regexp.MustCompile(`(?i)^(\d{1,2})[:.h](\d{2})(?::(\d{2}))?\s*([ap])?\.?(?:m\.?)?\s*(?:uhr)?$`)
	length = regexp.MustCompile(`^(?:(\d+):)?(\d+):(\d{2})$`)
	spoken = regexp.MustCompile(`(?i)^(?:(\d+)\s*h[a-z]*)?\s*(?:(\d+)\s*m[a-z]*)?\s*(?:(\d+)\s*s[a-z]*)?$`)
)

// moment is a time as it stands in a file.
type moment struct {
	at      time.Time
	written string // day and clock as read, the same in every time zone
	problem string // why there is none, in words
}

// readMoment reads a day with or without a clock. Where there is no clock it is noon, so
// that the day is the same for whoever reads it nearby.
func (o Options) readMoment(day, hour string) moment {
	h, m, s, zone := 12, 0, 0, o.Zone
	var parts []string
	if found := clock.FindStringSubmatch(day); found != nil {
		day, parts = found[1], found[2:6]
		zone = zoneOf(found[6], zone)
	} else if found := alone.FindStringSubmatch(strings.TrimSpace(hour)); found != nil {
		parts = found[1:5]
	} else if strings.TrimSpace(hour) != "" {
		return moment{problem: "is not a time of the day"}
	}
	if parts != nil {
		h, m, s = number(parts[0]), number(parts[1]), number(parts[2])
		if half := strings.ToLower(parts[3]); half == "p" && h < 12 {
			h += 12
		} else if half == "a" && h == 12 {
			h = 0
		}
		if h > 23 || m > 59 || s > 59 {
			return moment{problem: "is not a time of the day"}
		}
	}
	d := people.ReadDay(day, o.MonthFirst)
	switch {
	case d.Problem != "":
		return moment{problem: d.Problem}
	case d.Date.Day == 0:
		return moment{problem: "does not say which day"}
	}
	at := time.Date(d.Date.Year, d.Date.Month, d.Date.Day, h, m, s, 0, zone)
	if at.After(o.Now().Add(24 * time.Hour)) {
		return moment{problem: "is still to come"}
	}
	return moment{at: at, written: assist.DateOf(at).String() + at.Format(" 15:04:05")}
}

func zoneOf(text string, otherwise *time.Location) *time.Location {
	switch text = strings.ToUpper(text); {
	case text == "":
		return otherwise
	case len(text) < 5:
		return time.UTC // Z, UTC, GMT
	}
	digits := strings.ReplaceAll(text[1:], ":", "")
	seconds := number(digits[:2])*3600 + number(digits[2:])*60
	if text[0] == '-' {
		seconds = -seconds
	}
	return time.FixedZone("", seconds)
}

// readLength reads how long a call took: 3:25, 1:03:25, 205, 3 min 25 s.
func readLength(text string) (d time.Duration, ok bool) {
	text = strings.TrimSpace(text)
	if n, err := strconv.Atoi(text); err == nil {
		return time.Duration(n) * time.Second, n >= 0 && n < 86400
	}
	m := length.FindStringSubmatch(text)
	if m == nil {
		m = spoken.FindStringSubmatch(text)
	}
	if m == nil || text == "" {
		return 0, false
	}
	d = time.Duration(number(m[1]))*time.Hour + time.Duration(number(m[2]))*time.Minute + time.Duration(number(m[3]))*time.Second
	return d, d < 24*time.Hour
}

func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}
