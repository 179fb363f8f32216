package check

import (
	"os"
	"strings"
	"testing"
)

// The floors of the passive detector on testdata/passive.tsv. False alarms are worse
// than misses, so the first is nearer to 1.
const (
	leastPrecision = 0.97
	leastRecall    = 0.95
)

func TestPassivesAreTold(t *testing.T) {
	rows, precision, recall := passives(t, "testdata/passive.tsv")
	if rows < 100 || precision < leastPrecision || recall < leastRecall {
		t.Errorf("%d rows, precision %.3f, recall %.3f: the floors are 100, %v, %v", rows, precision, recall, leastPrecision, leastRecall)
	}
}

func TestPassivesNotSeenBeforeAreTold(t *testing.T) {
	if rows, precision, recall := passives(t, "testdata/passive_held_out.tsv"); rows < 40 || precision < 0.95 || recall < 0.85 {
		t.Errorf("%d rows, precision %.3f, recall %.3f", rows, precision, recall)
	}
}

// passives returns how a table of sentences fared, and logs every mistake.
func passives(t *testing.T, table string) (rows int, precision, recall float64) {
	t.Helper()
	data, err := os.ReadFile(table)
	if err != nil {
		t.Fatal(err)
	}
	var right, alarms, misses int
	for _, row := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		label, text, ok := strings.Cut(row, "\t")
		if !ok {
			continue
		}
		rows++
		found := false
		for _, a := range Check(text) {
			found = found || a.Kind == Passive || a.Kind == NobodyActs
		}
		switch {
		case found && label == "yes":
			right++
		case found:
			alarms++
			t.Logf("false alarm: %s", text)
		case label == "yes":
			misses++
			t.Logf("missed: %s", text)
		}
	}
	precision, recall = float64(right)/float64(right+alarms), float64(right)/float64(right+misses)
	t.Logf("%s: %d sentences, precision %.3f, recall %.3f", table, rows, precision, recall)
	return rows, precision, recall
}
