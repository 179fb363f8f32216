package compose

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"ringside/assist"
	"ringside/assist/glance"
)

var now = time.Date(2026, 11, 18, 14, 0, 0, 0, time.UTC) // a Wednesday

func on(s string) time.Time {
	for _, layout := range []string{"2006-01-02 15:04", "2006-01-02"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t
		}
	}
	return time.Time{}
}

func TestTenure(t *testing.T) {
	for _, c := range []struct{ since, now, want string }{
		{"", "2026-11-18", ""},
		{"2011-03-07", "2026-11-18", "15 years with us"},
		{"2011-03-07", "2026-01-20", "14 years with us"},
		{"2011-03-07", "2026-01-21", "15 years in March: thank Mary"},
		{"2011-03-07", "2026-03-07", "15 years in March: thank Mary"},
		{"2011-03-07", "2026-03-21", "15 years in March: thank Mary"},
		{"2011-03-07", "2026-03-22", "15 years with us"},
		{"2011-01-04", "2025-12-10", "15 years in January: thank Mary"},
		{"2010-12-28", "2026-01-05", "15 years in December: thank Mary"},
		{"2011-03", "2026-01-21", "15 years in March: thank Mary"},
		{"2011-03", "2026-04-14", "15 years in March: thank Mary"},
		{"2011-03", "2026-04-15", "15 years with us"},
		{"2011", "2026-11-18", "with us since 2011"},
		{"2026", "2026-11-18", "new this year"},
		{"2026-11-02", "2026-11-18", "new this month"},
		{"2026-03-02", "2026-11-18", "with us since March 2026"},
		{"2025-12-02", "2026-11-18", "1 year in December: thank Mary"},
		{"2025-06-02", "2026-11-18", "1 year with us"},
		{"2027-01-01", "2026-11-18", ""},
		{"2028", "2026-11-18", ""},
		{"2024-02-29", "2026-02-28", "2 years in February: thank Mary"},
	} {
		d, err := assist.ParseDate(c.since)
		if err != nil {
			t.Fatal(err)
		}
		if got := Tenure(assist.Customer{Name: "Mary Shaw", Since: d}, on(c.now)); got != c.want {
			t.Errorf("since %s, on %s: %q, want %q", c.since, c.now, got, c.want)
		}
	}
}

func TestThanksGoToWhoTheyLikeToBe(t *testing.T) {
	d := assist.Date{Year: 2011, Month: 12, Day: 1}
	for want, c := range map[string]assist.Customer{
		"15 years in December: thank Mrs Shaw": {Name: "Mary Shaw", CallMe: "Mrs Shaw", Since: d},
		"15 years in December: thank them":     {Since: d},
	} {
		if got := Tenure(c, now); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestWhenDueAgo(t *testing.T) {
	for _, c := range []struct {
		at              string
		allDay          bool
		when, due, past string
	}{
		{"2026-11-18 15:00", false, "today, 3 pm", "due today, 3 pm", "today"},
		{"2026-11-18 12:00", false, "today, noon", "2 hours late", "today"},
		{"2026-11-18 13:50", false, "today, 1:50 pm", "10 minutes late", "today"},
		{"2026-11-18", true, "today", "due today", "today"},
		{"2026-11-19 09:30", false, "tomorrow, 9:30 am", "due tomorrow, 9:30 am", ""},
		{"2026-11-20 15:00", false, "Friday 20 November, 3 pm", "due Friday, 3 pm", ""},
		{"2026-11-24", true, "Tuesday 24 November", "due Tuesday", ""},
		{"2026-11-25", true, "Wednesday 25 November", "due 25 November", ""},
		{"2027-01-02", true, "Saturday 2 January 2027", "due 2 January 2027", ""},
		{"2026-11-17", true, "yesterday", "1 day late", "yesterday"},
		{"2026-11-16 10:00", false, "Monday 16 November, 10 am", "2 days late", "16 Nov"},
		{"2024-11-03", true, "Sunday 3 November 2024", "745 days late", "3 Nov 2024"},
	} {
		at := on(c.at)
		if got := When(at, c.allDay, now); got != c.when {
			t.Errorf("When(%s) = %q, want %q", c.at, got, c.when)
		}
		if got := Due(assist.Promise{Due: at, AllDay: c.allDay}, now); got != c.due {
			t.Errorf("Due(%s) = %q, want %q", c.at, got, c.due)
		}
		if c.past != "" {
			if got := Ago(at, now); got != c.past {
				t.Errorf("Ago(%s) = %q, want %q", c.at, got, c.past)
			}
		}
	}
	if a, b, c := When(time.Time{}, false, now), Due(assist.Promise{}, now), Ago(time.Time{}, now); a != "no day named" || b != a || c != "" {
		t.Errorf("of no time: %q, %q, %q", a, b, c)
	}
}

func TestTimesAreThoseOfTheRepsClockAndDaysThoseThatWereMeant(t *testing.T) {
	east := time.FixedZone("east", 10*3600)
	here := now.In(east) // midnight between 18 and 19 November
	if got := When(on("2026-11-18 15:00"), false, here); got != "today, 1 am" {
		t.Errorf("a time: %q", got)
	}
	west := time.Date(2026, 11, 20, 0, 0, 0, 0, time.FixedZone("west", -8*3600))
	if got := When(west, true, here); got != "tomorrow" {
		t.Errorf("a whole day: %q", got)
	}
}

func TestDisposition(t *testing.T) {
	one := []assist.Promise{{}}
	for _, c := range []struct {
		made       []assist.Promise
		used       int
		unanswered bool
		want       string
	}{
		{one, 2, true, "Promise made"}, {nil, 2, true, "No answer yet"}, {nil, 2, false, "Answered"}, {nil, 0, false, ""},
	} {
		got := Disposition(c.made, c.used, c.unanswered)
		if got != c.want || got != "" && !slices.Contains(assist.Dispositions(), got) {
			t.Errorf("%d promises, %d answers, %v: %q, want %q", len(c.made), c.used, c.unanswered, got, c.want)
		}
	}
}

func TestSummary(t *testing.T) {
	for want, k := range map[string]Kept{
		"The time of the call, nothing else": {Note: " \n"},
		"A note":                             {Note: "x"},
		"A note, 1 promise (due Friday, 3 pm), 2 replies and 1 answer used": {Note: "x", Used: 1, Learned: 2,
			Made: []assist.Promise{{Due: on("2026-11-20 15:00")}}},
		"2 promises": {Made: make([]assist.Promise, 2)},
	} {
		if got := Summary(k, now); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func names(id assist.ID) string { return map[assist.ID]string{"tom": "Tom", "ana": "Ana"}[id] }

func TestBriefSaysThePressingFirst(t *testing.T) {
	p := glance.Profile{
		Customer: assist.Customer{Name: "Mary Shaw", Role: "Buyer", Likes: "short calls", City: "Leeds",
			Owns: []assist.Product{{Name: "Kettle Pro"}, {Name: "Other", Maker: "Rival"}}},
		Company: assist.Company{Name: "Shaw & Sons"},
		Promises: []assist.Promise{
			{Text: "Send the invoice", Rep: "tom", Due: on("2026-11-16"), AllDay: true},
			{Text: "Call back", Rep: "ana", Due: on("2026-11-20 15:00")}},
		Incidents: []assist.Incident{{Title: "Line down in Leeds", FixedBy: on("2026-11-18 17:00")}},
		Calls:     []assist.Call{{ID: "c1", Started: on("2026-11-03 10:00"), Rep: "tom", Disposition: "Answered"}},
		Notes:     []assist.Note{{Call: "c1", At: on("2026-11-03 09:59"), Rep: "tom", Text: "The invoice\nwas wrong. She was calm."}},
	}
	steps := []struct {
		want string
		drop func()
	}{
		{"Say sorry first: “Send the invoice” is 2 days late (Tom)", func() { p.Promises = p.Promises[1:] }},
		{"Affected by “Line down in Leeds”, fixed by today, 5 pm", func() { p.Incidents[0].Closed = now }},
		{"Ana promised “Call back”, due Friday, 3 pm", func() { p.Promises = nil }},
		{"Last spoke on 3 Nov with Tom: The invoice was wrong", func() { p.Notes, p.Calls = nil, nil }},
		{"Buyer at Shaw & Sons, owns the Kettle Pro", func() { p.Customer.Role, p.Customer.Owns, p.Company.Name = "", nil, "" }},
		{"From Leeds", func() { p.Customer.City = "" }},
		{"First contact that we know of", func() {}},
	}
	for _, s := range steps {
		got := Brief(p, names, now)
		if len(got) == 0 || len(got) > 3 || got[0] != s.want {
			t.Errorf("got %q, want first %q", got, s.want)
		}
		s.drop()
	}
	if got := Brief(glance.Profile{}, nil, now); len(got) != 1 {
		t.Errorf("of nobody: %q", got)
	}
}

func TestBriefFitsAGlance(t *testing.T) {
	long := strings.Repeat("very long words – ", 40)
	p := glance.Profile{
		Customer:  assist.Customer{Likes: long, Role: long},
		Promises:  []assist.Promise{{Text: long, Rep: "tom", Due: on("2026-11-01")}, {Text: long, Due: on("2026-11-02")}, {Text: long}},
		Incidents: []assist.Incident{{Title: long}},
		Notes:     []assist.Note{{Text: long, At: now}},
	}
	for len(p.Promises)+len(p.Incidents)+len(p.Notes) > 0 {
		for _, l := range Brief(p, names, now) {
			if n := utf8.RuneCountInString(l); n > 88 || strings.Contains(l, "\n") {
				t.Errorf("%d letters: %q", n, l)
			}
		}
		p.Promises, p.Incidents = p.Promises[:max(len(p.Promises)-1, 0)], nil
		if len(p.Promises) == 0 {
			p.Notes = nil
		}
	}
}

func TestALateTimeIsNotPromisedToBeFixedInThePast(t *testing.T) {
	p := glance.Profile{Incidents: []assist.Incident{{Title: "Line down", FixedBy: now.Add(-time.Hour)}}}
	if got := Brief(p, nil, now)[0]; got != "Affected by “Line down”" {
		t.Errorf("got %q", got)
	}
}
