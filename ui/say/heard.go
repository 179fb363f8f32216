package say

import (
	"cmp"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"ringside/assist/phone"
)

// HeardNews is one piece of news of a call, with what people want to know of it.
type HeardNews struct {
	Ring  phone.Ring
	Fate  phone.Fate
	Title string // who the call is from, as the desk calls them
	Known bool   // Title is a customer
	// Took is how long it was on its way; 0: nobody knows.
	Took   time.Duration
	Region string // where a number without a country code belongs
	Masked bool   // numbers show their last two digits, names their first letter
}

// Heard says what was heard and what came of it: "Ring heard 12 ms after it was sent,
// from +44 113 496 0123 (hook), matched Mary Shaw".
func Heard(n HeardNews) string {
	parts := []string{heardWord(n.Ring.Phase) + " heard" + took(n.Took) + ", " + n.party() + source(n.Ring.Source)}
	if n.Fate != phone.Came && n.Fate != "" {
		parts = append(parts, string(n.Fate))
	}
	switch {
	case n.Known:
		parts = append(parts, "matched "+n.name(n.Title))
	case n.Fate == phone.Came && !phone.Parse(n.Ring.From, n.Region).Withheld:
		parts = append(parts, "matched nobody")
	}
	return strings.Join(parts, ", ")
}

// party names the other end: its number, else what the phone calls it.
func (n HeardNews) party() string {
	way := "from "
	if n.Ring.Outgoing {
		way = "to "
	}
	number := phone.Parse(n.Ring.From, n.Region)
	if number.Withheld {
		return way + cmp.Or(n.name(n.Ring.Name), "no number")
	}
	if n.Masked {
		return way + phone.Masked(number.Show())
	}
	return way + number.Show()
}

// name is a name as it is shown: masked, only its first letter.
func (n HeardNews) name(s string) string {
	s = strings.TrimSpace(s)
	if !n.Masked || s == "" {
		return s
	}
	r, _ := utf8.DecodeRuneInString(s)
	return string(r) + "•••"
}

func heardWord(p phone.Phase) string {
	switch p {
	case phone.Answered:
		return "Answer"
	case phone.Elsewhere:
		return "Answer elsewhere"
	case phone.Missed:
		return "Missed call"
	case phone.Ended:
		return "End"
	}
	return "Ring"
}

func took(d time.Duration) string {
	switch {
	case d <= 0:
		return ""
	case d < 10*time.Second:
		return fmt.Sprintf(" %d ms after it was sent", max(d.Milliseconds(), 1))
	}
	return fmt.Sprintf(" %d s after it was sent", int(d.Seconds()))
}

func source(t phone.Teller) string {
	if t == "" {
		return ""
	}
	return " (" + string(t) + ")"
}
