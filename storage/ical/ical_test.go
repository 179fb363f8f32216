package ical

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	ics "github.com/arran4/golang-ical"

	"ringside/assist"
)

var (
	made = time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	now  = time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
	away = time.FixedZone("", -5*3600)
)

func promise(id assist.ID, due time.Time, allDay bool) Promise {
	return Promise{CustomerName: "Mary Shaw", RepName: "Tom", Promise: assist.Promise{ID: id, Text: "Call back", Made: made, Due: due, AllDay: allDay}}
}

// written checks what every calendar file must be, unfolds its lines, and reads it with
// the library, too.
func written(t *testing.T, list ...Promise) (string, []*ics.VEvent) {
	t.Helper()
	var b bytes.Buffer
	n, err := Write(&b, list, now)
	if err != nil {
		t.Fatal(err)
	}
	if !utf8.Valid(b.Bytes()) || !bytes.HasSuffix(b.Bytes(), []byte("END:VCALENDAR\r\n")) {
		t.Fatal("the file is not UTF-8, or has no end")
	}
	lines := strings.Split(strings.TrimSuffix(b.String(), "\r\n"), "\r\n")
	var open []string
	for i, l := range lines {
		if len(l) > 75 || l == "" || !utf8.ValidString(l) || strings.ContainsFunc(l, func(r rune) bool { return r < ' ' || r == 127 }) {
			t.Fatalf("line %d is %q, %d bytes", i, l, len(l))
		}
		name, value, ok := strings.Cut(l, ":")
		switch {
		case l[0] == ' ' || !ok && strings.HasPrefix(lines[min(i+1, len(lines)-1)], " "):
		case !ok:
			t.Fatalf("line %d has no value: %q", i, l)
		case name == "BEGIN":
			open = append(open, value)
		case name == "END":
			if len(open) == 0 || open[len(open)-1] != value {
				t.Fatalf("line %d ends %s in %v", i, value, open)
			}
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		t.Fatalf("%v have no end", open)
	}
	cal, err := ics.ParseCalendar(bytes.NewReader(b.Bytes()))
	if err != nil || len(cal.Events()) != n {
		t.Fatalf("the library reads %v", err)
	}
	return strings.ReplaceAll(b.String(), "\r\n ", ""), cal.Events()
}

func has(t *testing.T, file string, lines ...string) {
	t.Helper()
	for _, l := range lines {
		if !strings.Contains(file, "\r\n"+l+"\r\n") {
			t.Errorf("%q is missing in\n%s", l, file)
		}
	}
}

func TestAPromiseForATimeStandsInUTC(t *testing.T) {
	file, _ := written(t, promise("p1", time.Date(2026, 11, 27, 20, 30, 0, 0, away), false))
	has(t, file, "VERSION:2.0", "UID:p1@ringside", "DTSTAMP:20261124T100000Z", "DTSTART:20261128T013000Z", "DTEND:20261128T014500Z",
		"SUMMARY:Call back (Mary Shaw)", `DESCRIPTION:Call back\nFor Mary Shaw\nPromised on 20 November 2026 by Tom`,
		"STATUS:CONFIRMED", "ACTION:DISPLAY", "TRIGGER:-PT15M")
}

func TestAPromiseForADayTakesThatDayWhereverItWasMade(t *testing.T) {
	file, _ := written(t, promise("p1", time.Date(2026, 12, 31, 0, 0, 0, 0, away), true))
	has(t, file, "DTSTART;VALUE=DATE:20261231", "DTEND;VALUE=DATE:20270101", "TRIGGER:PT9H")
}

func TestACalendarLearnsWhatBecameOfAPromise(t *testing.T) {
	p := promise("p1", now.AddDate(0, 0, 3), false)
	p.FirstDue, p.Moved = made.AddDate(0, 0, 1), made.Add(time.Minute)
	file, _ := written(t, p)
	has(t, file, "SEQUENCE:60", "LAST-MODIFIED:20261120T090100Z")
	if !strings.Contains(file, `First for 21 November 2026`) {
		t.Error("the first day is not told")
	}
	p.Broken = now
	file, events := written(t, p)
	has(t, file, "STATUS:CANCELLED")
	if len(events[0].Alarms()) != 0 {
		t.Error("a broken promise still alarms")
	}
}

func TestNoDayNoEvent(t *testing.T) {
	if _, events := written(t, promise("p1", time.Time{}, false)); len(events) != 0 {
		t.Error("a promise without a day stands in the calendar")
	}
	written(t)
}

func TestEveryTextSurvives(t *testing.T) {
	for name, words := range map[string]string{
		"marks":       `Send 3; 4, "five" \ six: BEGIN:VEVENT`,
		"lines":       "Send it\nBEGIN:VEVENT\nEND:VCALENDAR\n\n then more",
		"emoji":       strings.Repeat("👩‍🌾🪴", 200),
		"no blanks":   strings.Repeat("x", 5000),
		"blanks":      strings.Repeat(" a", 500),
		"tags":        strings.Repeat("<b>x</b>", 90),
		"Chinese":     strings.Repeat("明天给客户回电话", 90),
		"one":         strings.Repeat("é", 37),
		"very long":   strings.Repeat("Parcel late again, told her. ", 35_000),
		"backslash n": `a\nb\\n`,
	} {
		p := promise("p1", now, false)
		p.Text = words
		file, events := written(t, p)
		if len(events) != 1 || strings.Count(file, "BEGIN:VEVENT\r\n") != 1 {
			t.Fatalf("%s: %d events", name, len(events))
		}
		got := ics.FromText(raw(t, file, "DESCRIPTION:"))
		if want := words + "\nFor Mary Shaw\n"; !strings.HasPrefix(got, want) {
			t.Errorf("%s: read %.80q", name, got)
		}
	}
}

// raw returns the first value of a name.
func raw(t *testing.T, file, name string) string {
	t.Helper()
	_, rest, ok := strings.Cut(file, "\r\n"+name)
	if !ok {
		t.Fatal("no " + name)
	}
	value, _, _ := strings.Cut(rest, "\r\n")
	return value
}

func TestWhatIsNoTextIsTakenOut(t *testing.T) {
	p := promise("p1", now, false)
	p.Text, p.CustomerName, p.RepName = "a\x00b\xff\xfec\x1b[0m\r\nd\re\u0085f", "Ma\x00ry", "\xc3"
	file, _ := written(t, p)
	has(t, file, `DESCRIPTION:a bc [0m\nd e f\nFor Ma ry\nPromised on 20 November 2026 by `, "SUMMARY:a bc [0m d e f (Ma ry)")
}

func TestTenThousandPromises(t *testing.T) {
	list := make([]Promise, 10_000)
	for i := range list {
		list[i] = promise(assist.ID(fmt.Sprint("p", i)), now.Add(time.Duration(i)*time.Hour), i%2 == 0)
	}
	if _, events := written(t, list...); len(events) != len(list) {
		t.Errorf("%d events", len(events))
	}
}
