package main

import (
	"strings"
	"testing"
	"time"

	"ringside/ui"
	"ringside/ui/panes/look"
)

func TestATimeNeedsMoreThanItsDay(t *testing.T) {
	p := &pages{r: &running{now: func() time.Time { return noon }}} // a Friday
	if got, ask := p.readTime("monday 3pm"); !got.Equal(time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC)) || ask != "" {
		t.Errorf("monday 3pm: %v, %q", got, ask)
	}
	for words, want := range map[string]string{"tomorrow": "Add the time of day", "3/4": "?", "soonish": ""} {
		if got, ask := p.readTime(words); !strings.Contains(ask, want) || want == "" && !got.IsZero() {
			t.Errorf("%q: %v, %q", words, got, ask)
		}
	}
}

func TestThePageOfIncidentsIsInTheWindow(t *testing.T) {
	d := newDesktop(t)
	d.uncover()
	d.win.Show(ui.Incidents)
	d.until(t, "the page of incidents", func() bool { return strings.Contains(look.Words(d.incident.Object()), "New incident") })
}
