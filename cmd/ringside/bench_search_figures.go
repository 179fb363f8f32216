package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"text/tabwriter"
	"time"

	"ringside/assist/search"
)

// searchFigures is what `ringside bench search --json` prints. Shares go from 0 to 1.
// What cannot be known is null: shares of no questions, the peak where the system
// does not tell it.
type searchFigures struct {
	Set   string  `json:"set"`
	N     int     `json:"n"` // questions in scope
	R1    rounded `json:"r1"`
	R3    rounded `json:"r3"`
	R5    rounded `json:"r5"`
	MRR   rounded `json:"mrr5"`
	AUROC rounded `json:"auroc"`

	QueryP50 rounded `json:"query_p50_ms"`
	QueryP99 rounded `json:"query_p99_ms"`
	KeyP50   rounded `json:"key_p50_ms"`
	KeyP99   rounded `json:"key_p99_ms"`
	Build    rounded `json:"build_ms"`
	Heap     rounded `json:"heap_mb"`

	Train  rounded `json:"train_ms"`
	Before rounded `json:"before_mb"` // the whole process before building, the cards included
	Peak   rounded `json:"peak_mb"`   // the whole process at most, while building and learning
	Keys   int     `json:"keys"`

	Out       int     `json:"out"`     // questions out of scope
	Dimmed    rounded `json:"dimmed"`  // share of the questions in scope
	Refused   rounded `json:"refused"` // share of the questions in scope
	OutDimmed rounded `json:"out_dimmed"`
	OutRefuse rounded `json:"out_refused"`
	Lost      rounded `json:"lost"` // right among the first three and yet refused, share of the questions in scope

	Cards    int    `json:"cards"`
	Phrases  int    `json:"phrasings"`
	Typos    *int64 `json:"typos"`
	Entity   string `json:"entity"`
	GoldGone int    `json:"gold_missing"` // questions that name a card that is not there
	Empty    int    `json:"empty_cards"`  // cards without a text, which nobody can find
}

// rounded is a figure to four places; unknown is null.
type rounded float64

var unknown = rounded(math.NaN())

// MarshalJSON implements json.Marshaler.
func (r rounded) MarshalJSON() ([]byte, error) {
	if math.IsNaN(float64(r)) || math.IsInf(float64(r), 0) {
		return []byte("null"), nil
	}
	return strconv.AppendFloat(nil, math.Round(float64(r)*1e4)/1e4, 'f', -1, 64), nil
}

func milliseconds(since time.Time) rounded {
	return rounded(float64(time.Since(since)) / float64(time.Millisecond))
}

// share returns which part of all n is; unknown of none.
func share(n float64, all int) rounded {
	if all == 0 {
		return unknown
	}
	return rounded(n / float64(all))
}

// judge fills in what the outcomes tell. A right card counts where it is ranked, also
// when nothing would be shown: silence has figures of its own.
func (f *searchFigures) judge(asked []outcome) {
	var in, out []outcome
	var times []time.Duration
	for _, o := range asked {
		times = append(times, o.took)
		if o.gold {
			in = append(in, o)
		} else {
			out = append(out, o)
		}
	}
	f.N, f.Out = len(in), len(out)
	among := func(k int) rounded {
		return shareOf(in, func(o outcome) bool { return o.rank > 0 && o.rank <= k })
	}
	f.R1, f.R3, f.R5 = among(1), among(3), among(5)
	sum := 0.0
	for _, o := range in {
		if o.rank > 0 {
			sum += 1 / float64(o.rank)
		}
	}
	f.MRR = share(sum, len(in))
	f.AUROC = auroc(in, out)
	f.QueryP50, f.QueryP99 = rounded(percentile(times, .5)), rounded(percentile(times, .99))
	is := func(s search.State) func(outcome) bool { return func(o outcome) bool { return o.state == s } }
	f.Dimmed, f.Refused = shareOf(in, is(search.Dim)), shareOf(in, is(search.None))
	f.OutDimmed, f.OutRefuse = shareOf(out, is(search.Dim)), shareOf(out, is(search.None))
	f.Lost = shareOf(in, func(o outcome) bool { return o.state == search.None && o.rank > 0 && o.rank <= 3 })
}

func shareOf(asked []outcome, is func(outcome) bool) rounded {
	n := 0
	for _, o := range asked {
		if is(o) {
			n++
		}
	}
	return share(float64(n), len(asked))
}

// auroc returns how often a question in scope is surer than one out of scope, equals
// counting half.
func auroc(in, out []outcome) rounded {
	if len(in) == 0 || len(out) == 0 {
		return unknown
	}
	all := slices.Concat(in, out)
	slices.SortFunc(all, func(x, y outcome) int { return cmp.Compare(x.sure, y.sure) })
	wins, below := 0.0, 0
	for i := 0; i < len(all); {
		j, golds := i, 0
		for ; j < len(all) && all[j].sure == all[i].sure; j++ {
			if all[j].gold {
				golds++
			}
		}
		equal := j - i - golds
		wins += float64(golds) * (float64(below) + float64(equal)/2)
		below += equal
		i = j
	}
	return rounded(wins / float64(len(in)) / float64(len(out)))
}

// print writes one JSON object, or a table for people.
func (f searchFigures) print(w io.Writer, asJSON bool) error {
	if asJSON {
		return json.NewEncoder(w).Encode(f)
	}
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	line := func(name, format string, args ...any) {
		fmt.Fprintf(tw, name+"\t"+format+"\n", args...)
	}
	line("set", "%s: %d cards (%d without a text), %d phrasings", f.Set, f.Cards, f.Empty, f.Phrases)
	line("questions", "%d in scope, %d out of scope", f.N, f.Out)
	line("R@1", "%s", f.R1.percent())
	line("R@3", "%s", f.R3.percent())
	line("R@5", "%s", f.R5.percent())
	line("MRR@5", "%s", f.MRR.percent())
	line("silence", "AUROC %s; in scope %s dimmed, %s refused; out of scope %s dimmed, %s refused",
		f.AUROC.percent(), f.Dimmed.percent(), f.Refused.percent(), f.OutDimmed.percent(), f.OutRefuse.percent())
	line("whole question", "p50 %.3f ms, p99 %.3f ms", f.QueryP50, f.QueryP99)
	line("key", "p50 %.3f ms, p99 %.3f ms, of %d keys", f.KeyP50, f.KeyP99, f.Keys)
	line("build", "%.0f ms until it answers, then %.0f ms to learn", f.Build, f.Train)
	line("memory", "%.1f MB the index; %s the whole process at most while building, %s before", f.Heap, f.Peak.megabytes(), f.Before.megabytes())
	return tw.Flush()
}

func (r rounded) percent() string {
	if math.IsNaN(float64(r)) {
		return "-"
	}
	return fmt.Sprintf("%.1f %%", float64(r)*100)
}

func (r rounded) megabytes() string {
	if math.IsNaN(float64(r)) {
		return "-"
	}
	return fmt.Sprintf("%.0f MB", float64(r))
}
