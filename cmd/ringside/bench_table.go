package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"
	"text/tabwriter"
	"time"
)

// figure is one line of a benchmark: what was measured beside what it is held to.
type figure struct {
	Name  string  `json:"name"`
	Value float64 `json:"value"`
	// Limit is the most it may be, or the least for a rate; Peer what was measured
	// beside it in the same run, and Ratio the value divided by the peer.
	Limit   float64 `json:"limit,omitempty"`
	Peer    float64 `json:"peer,omitempty"`
	Ratio   float64 `json:"ratio,omitempty"`
	Skipped string  `json:"-"` // why there is no value
	Note    string  `json:"-"` // for people: what the peer is, how many runs
}

// skipped returns figures that could not be measured.
func skipped(names ...string) (out []figure) {
	for _, name := range names {
		out = append(out, figure{Name: name, Skipped: "no X display to look at"})
	}
	return out
}

// printFigures writes one JSON object a line, or a table for people.
func printFigures(w io.Writer, asJSON bool, figures []figure) error {
	if asJSON {
		enc := json.NewEncoder(w)
		for _, f := range figures {
			if f.Skipped == "" {
				if err := enc.Encode(f); err != nil {
					return err
				}
			}
		}
		return nil
	}
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tw, "figure\tvalue\tlimit\tpeer\tratio\t")
	for _, f := range figures {
		value, note := cmp.Or(number(f.Value), "0"), f.Note
		if f.Skipped != "" {
			value, note = "skipped", f.Skipped
		}
		fmt.Fprintf(tw, "%s\t%s\t%s\t%s\t%s\t%s\n", f.Name, value, number(f.Limit), number(f.Peer), number(f.Ratio), note)
	}
	return tw.Flush()
}

func number(v float64) string {
	switch {
	case v == 0:
		return ""
	case v >= 1000:
		return fmt.Sprintf("%.0f", v)
	case v >= 10:
		return fmt.Sprintf("%.1f", v)
	}
	return fmt.Sprintf("%.3f", v)
}

// percentile returns the least of the times that the share p of them does not
// exceed (nearest rank), in milliseconds.
func percentile(times []time.Duration, p float64) float64 {
	if len(times) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(times))
	rank := max(int(math.Ceil(float64(len(sorted))*p)), 1)
	return float64(sorted[rank-1]) / float64(time.Millisecond)
}
