// Package compose writes, by rule and without a model, the texts that a rep reads,
// says or sends: how long somebody is with us, the brief of a card, an answer with its
// blanks filled in, letters to customers, times and days in words. In the rooms below
// it drafts are checked, made ready for a model, and judged when they come back.
package compose

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"ringside/assist"
)

// Names gives the name of a rep by id; "" when it is not known. A nil Names knows
// nobody.
type Names func(assist.ID) string

func (n Names) of(id assist.ID) string {
	if n == nil || id == "" {
		return ""
	}
	return n(id)
}

const (
	thankAhead  = 45 // days before an anniversary on which a call is a chance to say thanks
	thankBehind = 14 // days after it on which thanks are not yet odd
)

// Tenure says in words how long somebody has been with us: "15 years in March:
// thank Mary" when the day is near, else "15 years with us", "with us since March
// 2026" or "new this month"; "" when it is not known or lies ahead.
func Tenure(c assist.Customer, now time.Time) string {
	since, today := c.Since, dayOf(now)
	if since.Year == 0 || since.Time().After(today) {
		return ""
	}
	if since.Month == 0 {
		if since.Year == today.Year() {
			return "new this year"
		}
		return fmt.Sprintf("with us since %d", since.Year)
	}
	if since.Year == today.Year() && since.Month == today.Month() {
		return "new this month"
	}
	years, near := yearsWith(since, now)
	switch {
	case near:
		return fmt.Sprintf("%s in %s: thank %s", count(years, "year"), since.Month, cmp.Or(FirstName(c), "them"))
	case years < 1:
		return fmt.Sprintf("with us since %s %d", since.Month, since.Year)
	}
	return count(years, "year") + " with us"
}

// yearsWith returns how many years somebody is with us: near an anniversary (45 days
// before it to 14 days after it) those of that anniversary, and near is true; else
// the whole years that have passed, 0 when the month or the year is not known.
func yearsWith(since assist.Date, now time.Time) (years int, near bool) {
	today := dayOf(now)
	if since.Year == 0 || since.Month == 0 || since.Time().After(today) {
		return 0, false
	}
	for years := today.Year() - since.Year - 1; years <= today.Year()-since.Year+1; years++ {
		first, last := anniversary(since, years)
		if years > 0 && !today.Before(first.AddDate(0, 0, -thankAhead)) && !today.After(last.AddDate(0, 0, thankBehind)) {
			return years, true
		}
	}
	years = today.Year() - since.Year
	if first, _ := anniversary(since, years); today.Before(first) {
		years--
	}
	return years, false
}

// anniversary returns the first and the last day that the anniversary can be. Who
// came on 29 February has it on 1 March in other years.
func anniversary(d assist.Date, years int) (first, last time.Time) {
	first = time.Date(d.Year+years, d.Month, max(d.Day, 1), 0, 0, 0, 0, time.UTC)
	if d.Day > 0 {
		return first, first
	}
	return first, first.AddDate(0, 1, -1)
}

// FirstName returns how to speak of the customer in a sentence: how they like to
// be called, else the first word of the name; "" when neither is known.
func FirstName(c assist.Customer) string {
	if name := line(c.CallMe); name != "" {
		return name
	}
	words := strings.Fields(c.Name)
	if len(words) == 0 {
		return ""
	}
	return words[0]
}

// Disposition returns the outcome that fits what happened in a call, one of
// assist.Dispositions: what was promised weighs more than what was left open, and
// both more than what was answered. "" when nothing tells.
func Disposition(made []assist.Promise, used int, unanswered bool) string {
	all := assist.Dispositions()
	switch {
	case len(made) > 0:
		return all[1]
	case unanswered:
		return all[3]
	case used > 0:
		return all[0]
	}
	return ""
}

// Kept is what a call leaves behind.
type Kept struct {
	Note    string
	Made    []assist.Promise
	Used    int // answers opened
	Learned int // replies to prompts
}

// Summary says in one line what will be kept of a call: "A note, 1 promise (due
// Friday, 3 pm) and 2 answers". It is never empty.
func Summary(k Kept, now time.Time) string {
	var parts []string
	if strings.TrimSpace(k.Note) != "" {
		parts = append(parts, "a note")
	}
	switch n := len(k.Made); {
	case n == 1:
		parts = append(parts, fmt.Sprintf("1 promise (%s)", Due(k.Made[0], now)))
	case n > 1:
		parts = append(parts, count(n, "promise"))
	}
	if k.Learned > 0 {
		parts = append(parts, count(k.Learned, "reply"))
	}
	if k.Used > 0 {
		parts = append(parts, count(k.Used, "answer")+" used")
	}
	if len(parts) == 0 {
		return "The time of the call, nothing else"
	}
	return sentence(and(parts))
}

// count gives "1 year", "2 years", "3 replies".
func count(n int, what string) string {
	switch {
	case n == 1:
		return "1 " + what
	case strings.HasSuffix(what, "ly"): // reply
		return fmt.Sprintf("%d %sies", n, what[:len(what)-1])
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// and joins words as people do: "a", "a and b", "a, b and c".
func and(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " and " + words[last]
}
