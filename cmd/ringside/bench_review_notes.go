package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"ringside/assist"
	"ringside/assist/glance"
)

const firstNotes = 50 // of a page

// search measures the first page of searches of every sort.
func (b *reviewBench) search() ([]figure, error) {
	queries := b.queries()
	var took []time.Duration
	none, worst, slowest := 0, time.Duration(0), glance.NoteQuery{}
	for _, q := range queries {
		start := time.Now()
		page, err := b.h.db.Notes(b.ctx, q, "", firstNotes)
		if err != nil {
			return nil, err
		}
		d := time.Since(start)
		if took = append(took, d); d > worst {
			worst, slowest = d, q
		}
		if len(page.Notes) == 0 {
			none++
		}
	}
	fmt.Fprintf(b.stderr, "... the slowest: %+v\n", slowest)
	return []figure{
		{Name: "search_first_page_p50_ms", Value: percentile(took, .5)},
		{Name: "search_first_page_p99_ms", Value: percentile(took, .99), Limit: 50,
			Note: fmt.Sprintf("%d searches, %d of which find nothing; the slowest took %s ms", len(queries), none, number(ms(worst)))},
	}, nil
}

// queries are searches by words, by filters and by both.
func (b *reviewBench) queries() (out []glance.NoteQuery) {
	r := rand.New(rand.NewPCG(6, 6))
	for range 40 {
		n, _ := b.talk(r.IntN(b.notes))
		words := strings.Fields(n.Text)
		for _, text := range []string{words[0], words[1] + " " + words[2], words[3] + " " + words[4] + " " + words[5], words[0][:min(2, len(words[0]))],
			swapped(words[6]), words[7][1:], b.words[0] + " " + b.words[r.IntN(len(b.words))], b.words[len(b.words)-1-r.IntN(50)], "zzzzqq", ""} {
			for _, f := range b.filters(r, n) {
				f.Text = strings.Trim(text, ".")
				out = append(out, f)
			}
		}
	}
	return out
}

// filters are some of every sort, which some note gets through and others not.
func (b *reviewBench) filters(r *rand.Rand, n assist.Note) []glance.NoteQuery {
	day := assist.DateOf(n.At)
	month := assist.Date{Year: day.Year, Month: day.Month}
	all := []glance.NoteQuery{{}, {Customer: n.Customer}, {Company: crowdID("company", r.IntN(b.customers/20+1))}, {Rep: n.Rep}, {Kind: assist.KindBoss},
		{Product: "Hedge 300"}, {Competitor: "GreenBarn"}, {From: day, Until: day}, {From: month, Until: month, Rep: n.Rep}, {Answer: benchAnswers[len(benchAnswers)-1]},
		{Mood: assist.Upset}, {Tag: benchTags[0]}, {Tag: benchTags[len(benchTags)-1]}, {Unreviewed: true}, {Unreviewed: true, Mood: assist.Upset, Tag: "legal"},
		{Customer: n.Customer, Tag: "no such tag"}, {Rep: n.Rep, Competitor: "Brackmoor", From: month}}
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all[:6]
}
