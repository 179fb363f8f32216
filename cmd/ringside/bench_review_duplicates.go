package main

import (
	"context"
	"fmt"
	"time"

	"ringside/assist/twin"
	worlds "ringside/assist/twin/planted"
)

// The worlds of the benchmark. The weights of the finder were chosen on other seeds.
var duplicateSeeds = []uint64{90_001, 90_002, 90_003, 90_004, 90_005}

// benchDuplicates measures how well and how fast records of one person are found among
// 10,000 customers, of which 500 are planted duplicates, beside families, namesakes,
// fathers and sons, and offices that look like some.
func benchDuplicates(ctx context.Context) ([]figure, error) {
	var found worlds.Judged
	least := [2]float64{1, 1}
	var times []time.Duration
	for _, seed := range duplicateSeeds {
		w := worlds.Make(seed, 10_000, 500)
		begun := time.Now()
		f, err := twin.Find(ctx, w.Customers, twin.Options{Region: "GB", Companies: w.Companies})
		if err != nil {
			return nil, err
		}
		times = append(times, time.Since(begun))
		one := w.Judge(f.Groups)
		found.Add(one)
		least[0], least[1] = min(least[0], one.Precision()), min(least[1], one.Recall())
	}
	runs := fmt.Sprintf("%d worlds of 10,000 customers", len(duplicateSeeds))
	return []figure{
		{Name: "duplicates_precision", Value: found.Precision(), Limit: .98, Note: fmt.Sprintf("%s; the worst of them %.3f", runs, least[0])},
		{Name: "duplicates_recall", Value: found.Recall(), Limit: .95, Note: fmt.Sprintf("%s; the worst of them %.3f", runs, least[1])},
		{Name: "duplicates_ms", Value: percentile(times, 1), Note: "the slowest of " + runs},
	}, nil
}
