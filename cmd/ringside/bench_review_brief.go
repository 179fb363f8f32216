package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"ringside/storage/secret"
)

const briefRuns = 5

// benchReviewBrief measures how long a rep waits for the brief of the sample team, from the
// wish to the pages, in a new folder below tmp.
func benchReviewBrief(ctx context.Context, tmp string) (figures []figure, err error) {
	h, err := openHouseWith(ctx, filepath.Join(tmp, "brief"), time.Now, secret.Options{NoKeychain: true})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	if err := errors.Join(h.addSample(ctx), h.addHalfYear(ctx)); err != nil {
		return nil, err
	}
	var took []time.Duration
	size := 0
	for range briefRuns {
		start := time.Now()
		b, err := makeBrief(ctx, h, briefAsk{Weeks: 1, Until: time.Now(), Hidden: true})
		if err != nil {
			return nil, err
		}
		data, err := printed(b, formPDF)
		if err != nil {
			return nil, err
		}
		took, size = append(took, time.Since(start)), len(data)
	}
	return []figure{{Name: "brief_pdf_s", Value: percentile(took, 1) / 1000, Limit: 5,
		Note: fmt.Sprintf("half a year counted, names hidden, and %d kB of pages; the slowest of %d, p50 %.2f", size/1024, briefRuns, percentile(took, .5)/1000)}}, nil
}
