package main

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ringside/assist"
	"ringside/assist/promise"
)

const sayings = "../../assist/promise/testdata/dates.tsv"

func TestEverySayingComesOutAsTheTableHasIt(t *testing.T) {
	got, err := readDates(sayings)
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(sayings)
	if err != nil {
		t.Fatal(err)
	}
	rows := slices.Collect(strings.Lines(string(b)))[1:]
	if len(got) != len(rows) {
		t.Fatalf("%d results of %d rows", len(got), len(rows))
	}
	for i, row := range rows {
		c := strings.Split(strings.TrimSuffix(row, "\n"), "\t")
		if want := (dateResult{c[0], c[5], c[6]}); got[i] != want {
			t.Errorf("%q: %v, want %v", c[4], got[i], want)
		}
	}
}

func TestBenchDatesPrintsOneObjectALine(t *testing.T) {
	file := filepath.Join(t.TempDir(), "notes.tsv")
	text := "\uFEFFid\tnow\tzone\tlocale\ttext\r\n# a comment\r\n\r\n" +
		"1\t2026-11-18T14:00:00Z\tAmerica/New_York\ten-US\tI'll call tomorrow at 3pm\r\n" +
		"2\t2026-11-18 14:00\tEurope/Berlin\tde-DE\tI'll call you on 3/4\r\n" +
		"3\t2026-11-18 14:00\tEurope/London\t\tI'll call you on 3/4\r\n" +
		"4\t2026-11-18 14:00\tUTC\ten-GB\tShe'll send it <today>\r\n" +
		"5\t2026-11-18 14:00\tUTC\ten-GB"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	results, err := readDates(file)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := printDates(&out, true, results); err != nil {
		t.Fatal(err)
	}
	want := []string{
		`{"id":"1","result":"when","due":"2026-11-19T15:00:00-05:00"}`,
		`{"id":"2","result":"when","due":"2027-04-03"}`,
		`{"id":"3","result":"ask","due":""}`,
		`{"id":"4","result":"other","due":""}`,
		`{"id":"5","result":"none","due":""}`,
	}
	if got := strings.Split(strings.TrimSpace(out.String()), "\n"); !slices.Equal(got, want) {
		t.Errorf("got\n%s", out.String())
	}
	for line := range strings.Lines(out.String()) {
		if !json.Valid([]byte(line)) {
			t.Errorf("no JSON: %s", line)
		}
	}
	out.Reset()
	if err := printDates(&out, false, results); err != nil || !strings.Contains(out.String(), "2  when   2027-04-03") {
		t.Errorf("%v\n%s", err, out.String())
	}
}

func TestALineThatCannotBeReadIsTold(t *testing.T) {
	for line, says := range map[string]string{
		"1\tnoon\tUTC\ten-GB\tI'll call":                       "noon",
		"1\t2026-11-18 14:00\tMars/Olympus\ten-GB\tI'll call":  "Mars/Olympus",
		"1\t2026-11-18 14:00":                                  "columns",
		"1\t2026-02-31 14:00\tEurope/London\ten-GB\tI'll call": "2026-02-31",
	} {
		file := filepath.Join(t.TempDir(), "notes.tsv")
		if err := os.WriteFile(file, []byte(line), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := readDates(file)
		if fault := new(assist.Fault); !errors.As(err, &fault) || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v", line, err)
		}
	}
	if _, err := readDates(filepath.Join(t.TempDir(), "gone")); !errors.Is(err, assist.ErrNotFound) {
		t.Errorf("a file that is not there: %v", err)
	}
}

func TestTheLocaleSaysWhichFigureIsTheMonth(t *testing.T) {
	for locale, want := range map[string]promise.Figures{
		"": promise.AskFirst, "en": promise.AskFirst, "en-US": promise.MonthFirst, "en_US.UTF-8": promise.MonthFirst,
		"en-GB": promise.DayFirst, "en-AU": promise.DayFirst, "de": promise.DayFirst, "de-DE": promise.DayFirst,
	} {
		if got := figuresOf(locale); got != want {
			t.Errorf("%q: %d, want %d", locale, got, want)
		}
	}
}
