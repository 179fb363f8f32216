package main

import (
	"encoding/json"
	"testing"
	"time"
)

func TestWhatTwoDesksWroteOfTheTeamIsReadAsWords(t *testing.T) {
	for raw, want := range map[string]string{
		`null`:                      "",
		`"Leeds"`:                   "Leeds",
		`["Hedge 300","Battery 4"]`: "Hedge 300\nBattery 4",
		`[{"raw":"0113 496 0123","label":"office"},{"raw":"07700 900123","label":""}]`: "0113 496 0123, office\n07700 900123",
		`"2026-11-03T09:30:00Z"`: time.Date(2026, 11, 3, 9, 30, 0, 0, time.UTC).Local().Format("2 January 2006, 15:04:05"),
		`7`:                      "7",
		`true`:                   "true",
	} {
		if got := inWords(json.RawMessage(raw)); got != want {
			t.Errorf("%s is read as %q, want %q", raw, got, want)
		}
	}
}
