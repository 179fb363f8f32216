// Package ical writes promises as a calendar that other programs take in (RFC 5545).
//
// Each promise is a VEVENT and no VTODO: a to-do says better what a promise is, but
// Outlook and Google's calendar pass over to-dos in a file without a word, and a promise
// that nobody sees is not kept.
package ical

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"

	ics "github.com/arran4/golang-ical"

	"ringside/assist"
)

// Promise is a promise with the names that people read.
type Promise struct {
	assist.Promise
	CustomerName, RepName string
}

// slot is how long a promise for a time stands in a calendar, and how early the
// calendar reminds of it.
const slot = 15 * time.Minute

// Write writes the promises that name a day, and returns how many those are. A promise
// for a time stands there in UTC for a quarter of an hour from when it is due; one for a
// day takes that day, as it was meant. The same promise has the same UID in each file,
// and a higher SEQUENCE when it was moved, so that a calendar takes the later file as
// news of what it has.
func Write(w io.Writer, promises []Promise, now time.Time) (int, error) {
	cal := ics.NewCalendar()
	cal.SetProductId("-//Ringside//Promises//EN")
	cal.SetMethod(ics.MethodPublish)
	cal.SetXWRCalName("Promises")
	n := 0
	for _, p := range promises {
		if !p.Due.IsZero() {
			add(cal, p, now)
			n++
		}
	}
	if err := cal.SerializeTo(w, ics.WithNewLineWindows); err != nil {
		return 0, fmt.Errorf("write the calendar: %w", err)
	}
	return n, nil
}

func add(cal *ics.Calendar, p Promise, now time.Time) {
	e := cal.AddEvent(string(p.ID) + "@ringside")
	e.SetDtStampTime(now)
	e.SetCreatedTime(p.Made)
	summary := p.Text
	if p.CustomerName != "" {
		summary += " (" + p.CustomerName + ")"
	}
	e.SetSummary(line(summary))
	e.SetDescription(text(about(p)))
	e.SetStatus(ics.ObjectStatusConfirmed)
	if !p.Broken.IsZero() || !p.Dropped.IsZero() {
		e.SetStatus(ics.ObjectStatusCancelled)
	}
	e.SetTimeTransparency(ics.TransparencyTransparent) // it does not make the rep busy
	if !p.Moved.IsZero() {
		e.SetLastModifiedAt(p.Moved)
		e.SetSequence(max(int(p.Moved.Sub(p.Made)/time.Second), 1))
	}
	trigger := "-PT15M"
	if p.AllDay {
		y, m, d := p.Due.Date()
		e.SetAllDayStartAt(p.Due)
		e.SetAllDayEndAt(time.Date(y, m, d+1, 0, 0, 0, 0, p.Due.Location()))
		trigger = "PT9H" // at nine in the morning, wherever that is
	} else {
		e.SetStartAt(p.Due)
		e.SetEndAt(p.Due.Add(slot))
	}
	if p.Open() {
		a := e.AddAlarm()
		a.SetAction(ics.ActionDisplay)
		a.SetTrigger(trigger)
		a.SetDescription(line(summary))
	}
}

func about(p Promise) string {
	lines := []string{p.Text}
	if p.CustomerName != "" {
		lines = append(lines, "For "+line(p.CustomerName))
	}
	made := "Promised on " + p.Made.Format("2 January 2006")
	if p.RepName != "" {
		made += " by " + line(p.RepName)
	}
	lines = append(lines, made)
	if !p.FirstDue.IsZero() {
		lines = append(lines, "First for "+p.FirstDue.Format("2 January 2006"))
	}
	return strings.Join(lines, "\n")
}

// text takes out what no calendar may hold: bytes that are no letters, and control
// characters but the end of a line.
func text(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		if r != '\n' && unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)
}

// line is text on one line.
func line(s string) string { return strings.Join(strings.Fields(text(s)), " ") }
