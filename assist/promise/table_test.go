package promise

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

// saying is a row of testdata/dates.tsv: a note, when and where it was written, and what
// a person made of it.
type saying struct {
	id, text    string
	now         time.Time
	figures     Figures
	result, due string
}

func sayings(t testing.TB) (all []saying) {
	t.Helper()
	b, err := os.ReadFile("testdata/dates.tsv")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(b)) {
		c := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if c[0] == "id" {
			continue
		}
		now, err := time.ParseInLocation("2006-01-02 15:04", c[1], zone(c[2]))
		if err != nil {
			if now, err = time.Parse(time.RFC3339, c[1]); err != nil {
				t.Fatalf("%s: %v", c[0], err)
			}
			now = now.In(zone(c[2]))
		}
		figures := map[string]Figures{"": AskFirst, "en-US": MonthFirst}
		s := saying{id: c[0], text: c[4], now: now, figures: DayFirst, result: c[5], due: c[6]}
		if f, ok := figures[c[3]]; ok {
			s.figures = f
		}
		all = append(all, s)
	}
	return all
}

// read says what a reader makes of the saying, in the words of the table.
func (s saying) read() (result, due string) {
	r := Reader{Figures: s.figures}
	f, ok := r.Find(s.text, s.now)
	if !ok {
		if _, ok := r.Others(s.text, s.now); ok {
			return "other", ""
		}
		return "none", ""
	}
	switch {
	case f.Ask != "" || f.Due.IsZero():
		return "ask", ""
	case f.AllDay:
		return "when", f.Due.Format(time.DateOnly)
	}
	return "when", f.Due.Format(time.RFC3339)
}

func TestEverySayingIsReadAsAPersonReadsIt(t *testing.T) {
	count := map[string]int{}
	for _, s := range sayings(t) {
		count[s.result]++
		if result, due := s.read(); result != s.result || due != s.due {
			t.Errorf("%s %q, said on %s: %s %s, want %s %s", s.id, s.text, s.now.Format("Monday 2 January 2006 15:04"), result, due, s.result, s.due)
		}
	}
	if count["when"] < 500 || count["ask"] < 100 || count["none"] < 300 || count["other"] < 50 {
		t.Errorf("the table has %v", count)
	}
}

func TestASayingMeansTheSameAmongOtherWords(t *testing.T) {
	for i, s := range sayings(t) {
		if i%4 != 0 || s.result != "when" || strings.ContainsAny(s.text, `"`) {
			continue
		}
		want := s.due
		s.text = "Spoke to her about the gate.\n" + s.text + "\nShe was glad."
		if _, due := s.read(); due != want {
			t.Errorf("%q: due %s, want %s", s.text, due, want)
		}
	}
}

func TestFiguresAreReadAsTheReaderIsTold(t *testing.T) {
	now := moment(t, wed)
	for _, c := range []struct {
		figures  Figures
		day, due string
		asks     bool
	}{
		{AskFirst, "3/4", "2027-04-03", true},
		{DayFirst, "3/4", "2027-04-03", false},
		{MonthFirst, "3/4", "2027-03-04", false},
		{DayFirst, "12/25", "2026-12-25", false},
		{MonthFirst, "25/12", "2026-12-25", false},
		{MonthFirst, "12/05/2026", "2026-12-05", false},
		{MonthFirst, "2/30", "", true},
		{DayFirst, "2026-12-05", "2026-12-05", false},
	} {
		f, ok := Reader{c.figures}.Find("I'll call on "+c.day, now)
		due := ""
		if !f.Due.IsZero() {
			due = f.Due.Format(time.DateOnly)
		}
		if !ok || due != c.due || (f.Ask != "") != c.asks {
			t.Errorf("%s as %d: %+v, want %s", c.day, c.figures, f, c.due)
		}
	}
}

func TestWhatOthersPromiseIsTheirs(t *testing.T) {
	now := moment(t, wed)
	note := "I'll call on Monday. She'll send the form on Friday."
	f, ok := Find(note, now)
	if !ok || f.Text != "Call" {
		t.Errorf("ours: %+v", f)
	}
	f, ok = Reader{}.Others(note, now)
	if !ok || f.Text != "Send the form" || f.Due.Format(time.DateOnly) != "2026-11-20" || note[f.From:f.To] != "She'll send the form on Friday" {
		t.Errorf("theirs: %+v", f)
	}
	if f, ok := (Reader{}).Others("I'll call on Monday", now); ok {
		t.Errorf("ours is theirs: %+v", f)
	}
}

func TestATimeThatTheClocksLeaveOutIsAsked(t *testing.T) {
	for _, c := range []struct{ zone, now, when string }{
		{"Europe/London", "2027-03-27 15:00", "tomorrow at 1:30am"},
		{"America/New_York", "2027-03-13 15:00", "tomorrow at 2:30am"},
		{"Australia/Sydney", "2026-10-03 15:00", "tomorrow at 2:30am"},
	} {
		now, err := time.ParseInLocation("2006-01-02 15:04", c.now, zone(c.zone))
		if err != nil {
			t.Fatal(err)
		}
		if f, ok := Find("I'll call "+c.when, now); !ok || !strings.Contains(f.Ask, "leave out") {
			t.Errorf("%s: %+v", c.zone, f)
		}
		if f, ok := Find("I'll call tomorrow at 4am", now); !ok || f.Ask != "" || f.Due.Hour() != 4 {
			t.Errorf("%s: %+v", c.zone, f)
		}
	}
}

func TestEasterIsWhereTheAlmanacHasIt(t *testing.T) {
	for _, want := range []string{"2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2028-04-16", "2038-04-25", "1818-03-22"} {
		var year int
		if _, err := fmt.Sscanf(want, "%d-", &year); err != nil {
			t.Fatal(err)
		}
		if got := easter(year).Format(time.DateOnly); got != want {
			t.Errorf("Easter %d: %s, want %s", year, got, want)
		}
	}
}

// A note of a megabyte, with and without stops, with and without promises.
var huge = map[string]string{
	"one promise first": "I'll call on Friday. " + strings.Repeat("She likes tea and her cat is old. ", 32<<10),
	"no stop":           strings.Repeat("she will send it and we were late for it ", 26<<10),
	"no blank":          strings.Repeat("x", 1<<20),
	"letters":           strings.Repeat("ä’", 1<<18),
	"said will":         strings.Repeat("she said he said we will said would not ", 26<<10),
	"times":             strings.Repeat("I will not on Friday at 3 on 3/4 in two hours ", 22<<10),
	"questions":         strings.Repeat("Will she call on Friday? ", 42<<10),
}

func TestAMegabyteIsReadToItsBeginning(t *testing.T) {
	for name, note := range huge {
		if name != "one promise first" && name != "no blank" && name != "letters" {
			continue // the others are slow to read, for the benchmark
		}
		f, ok := Find(note, moment(t, wed))
		if want := name == "one promise first"; ok != want || ok && note[f.From:f.To] != "I'll call on Friday" {
			t.Errorf("%s: %v %+v", name, ok, f)
		}
	}
}

func BenchmarkFind(b *testing.B) {
	now := moment(b, wed)
	b.Run("a note", func(b *testing.B) {
		for b.Loop() {
			Find("Mrs Shaw rang about the gate, third time. She was upset. I told her we'd send the new hinge by Monday at 10", now)
		}
	})
	for name, note := range huge {
		b.Run("1 MB "+name, func(b *testing.B) {
			for b.Loop() {
				Find(note, now)
			}
		})
	}
}
