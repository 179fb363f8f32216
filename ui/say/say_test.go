package say_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/live"
	"ringside/ui/say"
)

func TestErrorSaysWhatAndWhatToDo(t *testing.T) {
	fault := &assist.Fault{What: "the data folder is in use", Where: "/data", Do: "Close the other window", Err: assist.ErrInUse}
	for name, c := range map[string]struct {
		err  error
		want string
	}{
		"nil":     {nil, ""},
		"fault":   {fault, "The data folder is in use (/data). Close the other window."},
		"wrapped": {fmt.Errorf("open store: %w", fault), "The data folder is in use (/data). Close the other window."},
		"other":   {errors.New("no route to host"), "No route to host."},
	} {
		if got := say.Error(c.err); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestSentenceKeepsItsOwnStop(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "done": "Done.", "Really?": "Really?", "élan": "Élan.", "wait…": "Wait…", "例": "例.",
	} {
		if got := say.Sentence(in); got != want {
			t.Errorf("Sentence(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCapitalLeavesTheRestAsItIs(t *testing.T) {
	for in, want := range map[string]string{"": "", "billing": "Billing", "éCOLE": "ÉCOLE", "山": "山"} {
		if got := say.Capital(in); got != want {
			t.Errorf("Capital(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestDaysAndClocks(t *testing.T) {
	now := time.Date(2026, 11, 21, 23, 30, 0, 0, time.UTC)
	for want, at := range map[string]time.Time{
		"today":              now.Add(-20 * time.Hour),
		"tomorrow":           now.Add(time.Hour),
		"yesterday":          now.Add(-24 * time.Hour),
		"Friday 27 November": now.AddDate(0, 0, 6),
		"3 November 2024":    time.Date(2024, 11, 3, 0, 0, 0, 0, time.UTC),
	} {
		if got := say.Day(at, now); got != want {
			t.Errorf("Day(%v) = %q, want %q", at, got, want)
		}
	}
	if got := say.Clock(time.Date(2026, 1, 1, 15, 0, 0, 0, time.UTC)); got != "3 pm" {
		t.Errorf("Clock = %q", got)
	}
	if got := say.Clock(time.Date(2026, 1, 1, 9, 5, 0, 0, time.UTC)); got != "9:05 am" {
		t.Errorf("Clock = %q", got)
	}
}

func TestDateSaysNoMoreThanIsKnown(t *testing.T) {
	for want, d := range map[string]assist.Date{
		"": {}, "2011": {Year: 2011}, "March 2011": {Year: 2011, Month: 3}, "4 March 2011": {Year: 2011, Month: 3, Day: 4},
	} {
		if got := say.Date(d); got != want {
			t.Errorf("Date(%v) = %q, want %q", d, got, want)
		}
	}
}

func TestPhaseAndCount(t *testing.T) {
	if got := say.Phase(live.Talking); got != "On the call" {
		t.Errorf("Phase = %q", got)
	}
	if got := say.Phase(live.Idle); got != "" {
		t.Errorf("idle is %q, want nothing", got)
	}
	if got := say.Count(1, "promise") + ", " + say.Count(37, "promise"); got != "1 promise, 37 promises" {
		t.Errorf("Count = %q", got)
	}
}

func TestAnOpenBlankIsNamed(t *testing.T) {
	if got := say.Blanks("Dear {{customer.name}}, by {{ promise.due_day }}: {{}} {x}"); got != "Dear [customer’s name], by [promise’s due day]: [] {x}" {
		t.Errorf("Blanks = %q", got)
	}
}

func TestThousandsAreSetApart(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567", -100: "-100", -1000: "-1,000"} {
		if got := say.Thousands(n); got != want {
			t.Errorf("%d is %q", n, got)
		}
	}
}

func TestAgo(t *testing.T) {
	for d, want := range map[time.Duration]string{0: "less than an hour ago", 5 * time.Hour: "less than a day ago", 25 * time.Hour: "a day ago", 50 * time.Hour: "2 days ago"} {
		if got := say.Ago(d); got != want {
			t.Errorf("%s: %q", d, got)
		}
	}
}
