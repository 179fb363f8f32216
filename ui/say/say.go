// Package say turns what the program knows into words for people: errors, days,
// times and where a call stands.
package say

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"ringside/assist"
	"ringside/assist/live"
)

// Error returns what a person reads of an error: what went wrong and what to do,
// in whole sentences. It is empty for nil.
func Error(err error) string {
	if err == nil {
		return ""
	}
	var f *assist.Fault
	if !errors.As(err, &f) {
		return Sentence(err.Error())
	}
	text := f.What
	if f.Where != "" {
		text += " (" + f.Where + ")"
	}
	text = Sentence(text)
	if f.Do != "" {
		text += " " + Sentence(f.Do)
	}
	return text
}

// Sentence returns s with a capital first letter and a full stop, unless it ends
// with a stop of its own.
func Sentence(s string) string {
	s = strings.TrimSpace(s)
	if s == "" {
		return ""
	}
	s = Capital(s)
	if strings.ContainsAny(s[len(s)-1:], ".!?:") || strings.HasSuffix(s, "…") {
		return s
	}
	return s + "."
}

// Capital returns s with a large first letter.
func Capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return ""
	}
	return string(unicode.ToUpper(r)) + s[n:]
}

// Clock returns the time of day: "3 pm", "9:05 am".
func Clock(t time.Time) string {
	if t.Minute() == 0 {
		return t.Format("3 pm")
	}
	return t.Format("3:04 pm")
}

// Day returns the day of t as seen from now: "today", "yesterday", "tomorrow",
// "Friday 27 November", and with the year when it is another one. Both are read
// in now's time zone.
func Day(t, now time.Time) string {
	t = t.In(now.Location())
	switch days(t) - days(now) {
	case -1:
		return "yesterday"
	case 0:
		return "today"
	case 1:
		return "tomorrow"
	}
	if t.Year() != now.Year() {
		return t.Format("2 January 2006")
	}
	return t.Format("Monday 2 January")
}

// days counts calendar days, so that a clock change does not matter.
func days(t time.Time) int {
	y, m, d := t.Date()
	return int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// Date returns a day as it is written on paper, as exactly as it is known:
// "3 November 2026", "November 2026", "2026". Empty for the zero Date.
func Date(d assist.Date) string {
	switch {
	case d.IsZero():
		return ""
	case d.Month == 0:
		return d.Time().Format("2006")
	case d.Day == 0:
		return d.Time().Format("January 2006")
	}
	return d.Time().Format("2 January 2006")
}

// Ago says how long something is over: "3 days ago".
func Ago(d time.Duration) string {
	switch days := int(d / (24 * time.Hour)); {
	case d < time.Hour:
		return "less than an hour ago"
	case days == 0:
		return "less than a day ago"
	case days == 1:
		return "a day ago"
	default:
		return fmt.Sprintf("%d days ago", days)
	}
}

// Phase says where the call in front stands, in one or two words; empty when
// there is none.
func Phase(p live.Phase) string {
	switch p {
	case live.Ringing:
		return "Ringing"
	case live.Talking:
		return "On the call"
	case live.Wrapping:
		return "Wrap-up"
	}
	return ""
}

// Count returns "1 promise", "3 promises": n and the word, with an s unless n is 1.
func Count(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}

var blank = regexp.MustCompile(`\{\{\s*([^{}]*?)\s*\}\}`)

// Blanks names the blanks of an answer that are open: "[customer’s name]".
func Blanks(text string) string {
	return blank.ReplaceAllStringFunc(text, func(s string) string {
		name := blank.FindStringSubmatch(s)[1]
		return "[" + strings.NewReplacer(".", "’s ", "_", " ").Replace(name) + "]"
	})
}

// Thousands writes 10000 as 10,000.
func Thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
