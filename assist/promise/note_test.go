package promise

import (
	"strings"
	"testing"
)

func TestEveryWayToPromiseIsOne(t *testing.T) {
	now := moment(t, wed)
	for _, vow := range []string{
		"I'll", "i'll", "I’ll", "I will", "I shall", "I'm going to", "I am going to", "we'll", "We’ll", "we will", "we shall",
		"we're going to", "We are going to", "I promise to", "I promised to", "we promise to", "I've promised to",
		"I promised her to", "I have promised him to", "I promise that I'll", "I told her that I'd", "I told Mary we would",
		"Let me", "let me",
	} {
		for _, around := range [][2]string{
			{"", ""}, {"", "."}, {"", "!"}, {"She is upset. ", "."}, {"She is upset, so ", ""}, {"- ", "\n- ask Tom"},
			{"line one\n", "\nline three on Monday"}, {"ok ", ", but she hopes for Thursday."}, {"Mr. Shaw rang at 3 p.m. about it. ", "; done"},
		} {
			note := around[0] + vow + " call her back on Friday" + around[1]
			f, ok := Find(note, now)
			if !ok || f.Text != "Call her back" || f.Due.Format("2006-01-02") != "2026-11-20" || !f.AllDay || f.Ask != "" {
				t.Errorf("%q: %v %+v", note, ok, f)
				continue
			}
			if got := note[f.From:f.To]; got != vow+" call her back on Friday" {
				t.Errorf("%q: the range is %q", note, got)
			}
		}
	}
}

func TestNoPrefixOfANoteBreaksAnything(t *testing.T) {
	now := moment(t, wed)
	note := "Mrs Shaw’s parcel – the 2nd – was late. I told her we’d send a new one by 3.30 p.m. on Wednesday 25th November, " +
		"between 2 and 4. I’ll ring on 3/4 or in half an hour; we will refund £3.50 by the end of next month! Let me call back at 7 tonight…"
	found := map[string]bool{}
	for i := range len(note) + 1 {
		f, ok := Find(note[:i], now)
		if !ok {
			continue
		}
		if f.From < 0 || f.To > i || f.From >= f.To || f.Text == "" {
			t.Fatalf("%q: %+v", note[:i], f)
		}
		found[f.Text] = true
	}
	for _, want := range []string{"Send a new one", "Ring", "Refund £3.50", "Call back"} {
		if !found[want] {
			t.Errorf("%q was never found; found %v", want, found)
		}
	}
}

func TestRarerWordsForTimes(t *testing.T) {
	for _, c := range []struct{ when, due, ask string }{
		{"at the weekend", "2026-11-22", ""},
		{"next weekend", "2026-11-29", "22 November or Sunday 29 November"},
		{"by month end", "2026-11-30", ""},
		{"by the end of the year", "2026-12-31", ""},
		{"this week", "2026-11-20", ""},
		{"next year", "2027-12-31", "Which day of next year"},
		{"a week tomorrow", "2026-11-26", ""},
		{"in May", "2027-05-31", "Which day in May"},
		{"in a couple of days", "2026-11-20", ""},
		{"in twelve days", "2026-11-30", ""},
		{"within 6 months", "2027-05-18", ""},
		{"in half a day", "2026-11-18", "Which day"},
		{"on the first of December", "2026-12-01", ""},
		{"by the twenty-third", "2026-11-23", ""},
		{"on the 5th of next month", "2026-12-05", ""},
		{"on 05.12.2026", "2026-12-05", "5 December or 12 May"},
		{"on 13/13", "", "Which day"},
		{"on 0/5", "", "Which day"},
		{"at midnight", "2026-11-18 23:59", ""},
		{"by lunch tomorrow", "2026-11-19 13:00", ""},
		{"at quarter past four", "2026-11-18 16:15", ""},
		{"at 16h", "2026-11-18 16:00", ""},
		{"from 3 to 5", "2026-11-18 17:00", ""},
		{"at 9 in the evening", "2026-11-18 21:00", ""},
		{"in half a month", "2026-12-02", "Which day"},
		{"within half a week", "2026-11-21", "Which day"},
		{"on Friday at 24:00", "2026-11-20 23:59", ""},
	} {
		f, ok := Find("I'll call "+c.when, moment(t, wed))
		due := ""
		if !f.Due.IsZero() {
			if due = f.Due.Format("2006-01-02 15:04"); f.AllDay {
				due = strings.TrimSuffix(due, " 00:00")
			}
		}
		if !ok || due != c.due || (f.Ask == "") != (c.ask == "") || !strings.Contains(f.Ask, c.ask) {
			t.Errorf("%s: due %q, text %q, ask %q; want %q, %q", c.when, due, f.Text, f.Ask, c.due, c.ask)
		}
	}
}
