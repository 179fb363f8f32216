package main

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// TestATeamIsAlikeWhateverHappensToItsServer runs the benchmark in the size for the build
// server.
func TestATeamIsAlikeWhateverHappensToItsServer(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes minutes")
	}
	server := os.Getenv("RINGSIDE_NATS_SERVER")
	if server == "" {
		t.Skip("RINGSIDE_NATS_SERVER does not say where nats-server is (make nats-server builds it)")
	}
	want := map[string][]string{
		"order": {"order_cases", "order_unequal"}, "folder": {"folder_s", "folder_unequal"}, "speed": {"push_s", "catchup_s"},
		"live": {"live_p50_ms", "live_p99_ms"}, "plain": {"plain_hits"}, "heal": {"heal_lost"},
		"chaos": {"chaos_seeds", "chaos_lost", "chaos_unequal", "chaos_year_won"},
	}
	for part, names := range want {
		t.Run(part, func(t *testing.T) {
			got := map[string]float64{}
			for line := range strings.Lines(runBench(t, "sync", "--only", part, "--server", server, "--notes", "20000")) {
				var f figure
				if err := json.Unmarshal([]byte(line), &f); err != nil {
					t.Fatal(err)
				}
				got[f.Name] = f.Value
			}
			for _, name := range names {
				value, ok := got[name]
				measured := strings.HasSuffix(name, "_s") || strings.HasSuffix(name, "_ms") || strings.HasSuffix(name, "_cases") || strings.HasSuffix(name, "_seeds")
				if !ok || measured == (value == 0) {
					t.Errorf("%s: %v, there: %v", name, value, ok)
				}
			}
		})
	}
}
