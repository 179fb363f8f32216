package main

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// TestWhatWasAcknowledgedOutlivesWhatADeskCanSuffer runs the benchmark in the size for the
// build server.
func TestWhatWasAcknowledgedOutlivesWhatADeskCanSuffer(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes minutes")
	}
	want := map[string][]string{
		"kill": {"kill_cycles", "kill_lost", "kill_open_max_ms"}, "cut": {"powercut_cycles", "powercut_lost"}, "nomsync": {"nomsync_cycles", "nomsync_lost"},
		"damage": {"damaged_tries", "damaged_silent", "damaged_died"}, "full": {"diskfull_lost"}, "plain": {"plain_hits"},
	}
	for part, names := range want {
		t.Run(part, func(t *testing.T) {
			got := map[string]float64{}
			out := runBench(t, "durable", "--only", part, "--no-msync", os.Getenv("RINGSIDE_NO_MSYNC"))
			for line := range strings.Lines(out) {
				var f figure
				if err := json.Unmarshal([]byte(line), &f); err != nil {
					t.Fatal(err)
				}
				got[f.Name] = f.Value
			}
			if len(got) == 0 {
				t.Skip("a disk of its own cannot be made here, or there is no program whose maps are not synced")
			}
			for _, name := range names {
				value, ok := got[name]
				if zero := !strings.HasSuffix(name, "_cycles") && !strings.HasSuffix(name, "_tries") && !strings.HasSuffix(name, "_ms"); !ok || zero && value != 0 || !zero && value == 0 {
					t.Errorf("%s: %v, there: %v", name, value, ok)
				}
			}
		})
	}
}

// runBench runs a part of the benchmark, and returns its figures as JSON.
func runBench(t *testing.T, words ...string) string {
	t.Helper()
	var out, said strings.Builder
	if code := Run(t.Context(), append(append([]string{"bench"}, words...), "--json"), strings.NewReader(""), &out, &said); code != exitOK {
		t.Fatalf("code %d: %s", code, said.String())
	}
	t.Log(said.String(), out.String())
	return out.String()
}
