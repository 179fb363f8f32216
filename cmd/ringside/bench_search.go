package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"slices"
	"time"

	"ringside/assist"
	"ringside/assist/search"
)

// searchBench measures how well and how fast the cards of a file are found.
type searchBench struct {
	*program
	phrasings int // of each card; below 0: all
	entity    bool
	cards     []benchCard
	queries   []benchQuery

	index *search.Index
	about map[string]string // card: what it is about
}

// outcome is what was found for one question.
type outcome struct {
	gold  bool // something should have been found
	rank  int  // of the first right card, from 1; 0 when it is not among the first five
	sure  float64
	state search.State
	took  time.Duration
}

const (
	benchHits = 5
	mostKeys  = 6_000 // as many are measured; more hardly move a 99th percentile
	leastKey  = 2     // letters
)

// run builds, trains, asks and types, in this order, and returns the figures.
func (b *searchBench) run() (f searchFigures, err error) {
	answers := make([]assist.Answer, len(b.cards))
	b.about = make(map[string]string, len(b.cards))
	for i, c := range b.cards {
		answers[i] = c.answer(b.phrasings)
		b.about[c.ID] = c.subject()
		f.Phrases += len(answers[i].Phrasings)
		if c.Title == "" && c.Body == "" && len(answers[i].Phrasings) == 0 {
			f.Empty++
		}
	}
	f.Cards = len(b.cards)
	b.cards = nil // they take memory that is not the index's
	if err := b.build(answers, &f); err != nil {
		return f, err
	}
	asked := make([]outcome, 0, len(b.queries))
	for _, q := range b.queries {
		o, err := b.ask(q)
		if err != nil {
			return f, err
		}
		asked = append(asked, o)
	}
	f.judge(asked)
	keys, err := b.keys()
	if err != nil {
		return f, err
	}
	f.Keys, f.KeyP50, f.KeyP99 = len(keys), rounded(percentile(keys, .5)), rounded(percentile(keys, .99))
	runtime.KeepAlive(answers)
	return f, nil
}

// build measures the index: how long until it answers, what it holds, and the most
// memory that the process took on the way.
func (b *searchBench) build(answers []assist.Answer, f *searchFigures) (err error) {
	b.note("building")
	debug.SetGCPercent(gcPercent) // as in the window
	before := liveHeap()
	debug.FreeOSMemory()
	fresh := forgetPeak()
	f.Before, f.Peak = unknown, unknown
	if mb, ok := peakSoFar(); ok && fresh {
		f.Before = rounded(mb)
	}
	start := time.Now()
	b.index = search.Build(answers)
	f.Build = milliseconds(start)
	b.note("training")
	start = time.Now()
	if b.index, err = b.index.Train(b.ctx); err != nil {
		return err
	}
	f.Train = milliseconds(start)
	if mb, ok := peakSoFar(); ok && fresh {
		f.Peak = rounded(mb)
	}
	f.Heap = rounded(max(liveHeap()-before, 0) / (1 << 20))
	return nil
}

// liveHeap returns the bytes that are in use after all garbage is gone. The pools of
// scratch memory need two rounds.
func liveHeap() float64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc)
}

// query returns what the box would ask with this text on its line.
func (b *searchBench) query(q benchQuery, text string) search.Query {
	s := search.Query{Text: text, Limit: benchHits, All: true}
	if !b.entity {
		s.Earlier = q.before()
		return s
	}
	for _, id := range q.Gold {
		if about := b.about[id]; about != "" && !slices.Contains(s.Named, about) {
			s.Named = append(s.Named, about)
		}
	}
	return s
}

// ask asks a whole question: the blank says that its last word is whole.
func (b *searchBench) ask(q benchQuery) (outcome, error) {
	s := b.query(q, q.typed+" ")
	start := time.Now()
	r, err := b.index.Find(b.ctx, s)
	o := outcome{gold: len(q.Gold) > 0, took: time.Since(start), sure: r.Sure, state: r.State}
	o.rank = 1 + slices.IndexFunc(r.Hits, func(h search.Hit) bool { return slices.Contains(q.Gold, string(h.Answer.ID)) })
	return o, err
}

// keys types questions letter by letter and measures every key.
func (b *searchBench) keys() (times []time.Duration, err error) {
	b.note("typing")
	for _, k := range b.sample() {
		q := b.queries[k.query]
		s := b.query(q, q.typed[:k.end])
		start := time.Now()
		if _, err := b.index.Find(b.ctx, s); err != nil {
			return nil, err
		}
		times = append(times, time.Since(start))
	}
	return times, nil
}

// key is one key of a question: it is typed up to the byte end.
type key struct{ query, end int }

// sample returns the keys of an even choice of questions.
func (b *searchBench) sample() (keys []key) {
	all := 0
	for _, q := range b.queries {
		all += max(len([]rune(q.typed))-leastKey+1, 0)
	}
	n := len(b.queries)
	some := max(n*mostKeys/max(all, mostKeys), min(n, 1))
	for j := range some {
		i := j * n / some
		text, letters := b.queries[i].typed, 0
		for at, r := range text {
			if letters++; letters >= leastKey {
				keys = append(keys, key{i, at + len(string(r))})
			}
		}
	}
	return evenly(keys, mostKeys)
}

// evenly returns at most so many of the keys, in their order.
func evenly(keys []key, most int) []key {
	if len(keys) <= most {
		return keys
	}
	out := make([]key, most)
	for i := range out {
		out[i] = keys[i*len(keys)/most]
	}
	return out
}

// note tells who watches what takes the time.
func (b *searchBench) note(what string) {
	if b.progress {
		fmt.Fprintf(b.stderr, "%s ...\n", what)
	}
}
