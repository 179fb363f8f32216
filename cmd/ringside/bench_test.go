package main

import (
	"bufio"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"ringside/assist/phone"
)

func TestFiguresAreATableForPeopleAndLinesForPrograms(t *testing.T) {
	figures := append([]figure{{Name: "ring_to_view_p99_ms", Value: 0.25, Limit: 1, Note: "of 10 rings"},
		{Name: "note_durable_p99_ratio", Value: 1.5, Limit: 3, Peer: 2, Ratio: 1.5}, {Name: "import_customers_per_s", Value: 61234.5}},
		skipped("start_to_frame_ms")...)
	var out strings.Builder
	if err := printFigures(&out, true, figures); err != nil {
		t.Fatal(err)
	}
	want := `{"name":"ring_to_view_p99_ms","value":0.25,"limit":1}
{"name":"note_durable_p99_ratio","value":1.5,"limit":3,"peer":2,"ratio":1.5}
{"name":"import_customers_per_s","value":61234.5}
`
	if out.String() != want {
		t.Errorf("lines are %s", out.String())
	}
	out.Reset()
	if err := printFigures(&out, false, figures); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 5 || !strings.HasPrefix(lines[0], "figure") {
		t.Fatalf("the table is\n%s", out.String())
	}
	for i, words := range [][]string{{"0.250", "1.000", "of 10 rings"}, {"1.500", "3.000", "2.000"}, {"61234"}, {"skipped", "no X display"}} {
		for _, w := range words {
			if !strings.Contains(lines[i+1], w) {
				t.Errorf("%q lacks %q", lines[i+1], w)
			}
		}
	}
}

func TestPercentileIsTheTimeThatFewExceed(t *testing.T) {
	var times []time.Duration
	for i := range 100 {
		times = append(times, time.Duration(100-i)*time.Millisecond)
	}
	before := slices.Clone(times)
	for p, want := range map[float64]float64{0: 1, .5: 50, .99: 99, 1: 100} {
		if got := percentile(times, p); got != want {
			t.Errorf("percentile %v is %v ms, want %v", p, got, want)
		}
	}
	if !slices.Equal(times, before) {
		t.Error("the times were put in another order")
	}
	if got := percentile(nil, .99); got != 0 {
		t.Errorf("of no times: %v", got)
	}
}

func TestBenchCustomersCanAllBeCalled(t *testing.T) {
	file := filepath.Join(t.TempDir(), "customers.csv")
	if err := writeBenchCSV(file, 2000); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows := 0
	for s := bufio.NewScanner(f); s.Scan(); {
		rows++
	}
	if rows != 2001 {
		t.Errorf("%d rows, want a head and 2000", rows)
	}
	seen := map[string]bool{}
	for i := range 2000 {
		n := phone.Parse(benchNumber(i), "GB")
		if n.E164 == "" || seen[n.E164] {
			t.Fatalf("customer %d has the number %q: it cannot be dialled, or is another's", i, benchNumber(i))
		}
		seen[n.E164] = true
	}
}
