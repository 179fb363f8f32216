package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"runtime/debug"
	"sync/atomic"
	"time"

	"ringside/assist"
)

type benchReviewCmd struct {
	Notes int    `default:"100000" help:"How many notes the store holds."`
	Asked string `placeholder:"FILE.jsonl" help:"Also write the notes and the searches, for another program to be measured with them."`
	JSON  bool   `name:"json" help:"One figure a line, as JSON."`
}

// Help tells what the list does not.
func (c *benchReviewCmd) Help() string {
	return "Notes, customers, calls and what was heard in them are made up, the same in every run: for each note a call, for every five a customer and " +
		"something heard. search_first_page_p99_ms is the first 50 notes of searches by words, parts of words, misspelt words, filters, and " +
		"all of them together, also such as nothing fits; memory_mb is the most memory of its own that the program held while it measured the store."
}

func (c *benchReviewCmd) Run(p *program) error {
	if p.house != nil {
		return usage("bench does not run inside the app", "Close the app first, so that it does not disturb the figures.")
	}
	if c.Notes < 100 || c.Notes > 10_000_000 {
		return usage("--notes: from 100 to 10000000", "")
	}
	figures, err := benchReview(p, c.Notes, c.Asked)
	if err != nil {
		return fmt.Errorf("bench review: %w", err)
	}
	return printFigures(p.stdout, c.JSON, figures)
}

// reviewBench measures what is done with many notes, on a store of its own in a temporary
// folder.
type reviewBench struct {
	*program
	crowd
	notes, customers int
	tmp              string
	h                *house
	held             *held
}

// reviewParts are the parts of the benchmark, one line each.
func reviewParts(b *reviewBench) []benchPart {
	return []benchPart{
		{"looking for notes", b.search},
		{"opening the review page", b.open},
		{"typing into the list of notes", b.typed},
		{"counting patterns", func() ([]figure, error) { return benchStore(b.ctx, b.h, b.now()) }},
		{"", b.memory},
		{"looking for planted trends", func() ([]figure, error) { return benchTrends(b.now(), plantedSets, true), nil }},
		{"comparing customers", func() ([]figure, error) { return benchDuplicates(b.ctx) }},
		{"writing the brief", func() ([]figure, error) { return benchReviewBrief(b.ctx, b.tmp) }},
	}
}

func benchReview(p *program, notes int, asked string) ([]figure, error) {
	return benchIn(func(tmp string) (figures []figure, err error) {
		b := &reviewBench{program: p, crowd: newCrowd(), notes: notes, customers: notes / 5, tmp: tmp}
		if asked != "" {
			if err := b.writeAsked(p.path(asked)); err != nil {
				return nil, err
			}
		}
		if err := b.fill(); err != nil {
			return nil, err
		}
		if b.h, err = openHouse(p.ctx, filepath.Join(tmp, "data"), p.now); err != nil {
			return nil, err
		}
		defer func() { err = errors.Join(err, b.h.Close()) }()
		defer debug.SetGCPercent(debug.SetGCPercent(gcPercentOpen)) // as in the open app
		debug.FreeOSMemory()
		b.held = watchMemory(p.ctx)
		return p.measure(reviewParts(b))
	})
}

// memory is what was held at most since the store was opened.
func (b *reviewBench) memory() ([]figure, error) {
	if mb := b.held.most(); mb > 0 {
		return []figure{{Name: "memory_mb", Value: mb, Limit: 400, Note: "of all above, its own; files that are mapped not counted"}}, nil
	}
	return skipped("memory_mb"), nil
}

// held looks at the memory of the process now and then.
type held struct {
	stop context.CancelFunc
	mb   atomic.Int64
}

func watchMemory(ctx context.Context) *held {
	ctx, stop := context.WithCancel(ctx)
	h := &held{stop: stop}
	go func() {
		for tick := time.NewTicker(20 * time.Millisecond); ctx.Err() == nil; <-tick.C {
			if mb, ok := ownNow(); ok {
				h.mb.Store(max(h.mb.Load(), int64(mb)))
			}
		}
	}()
	return h
}

// most returns the most that was held, in MB, and ends the looking; 0 when it cannot be
// known.
func (h *held) most() float64 {
	h.stop()
	return float64(h.mb.Load())
}

// fill writes the store and makes its index.
func (b *reviewBench) fill() (err error) {
	fmt.Fprintln(b.stderr, "writing notes ...")
	h, err := openHouse(b.ctx, filepath.Join(b.tmp, "data"), b.now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	bulk := h.db.Bulk(b.ctx)
	add := func(records ...assist.Record) {
		for _, r := range records {
			err = errors.Join(err, bulk.Add(r))
		}
	}
	for i := range benchReps {
		add(b.rep(i))
	}
	for i := range b.customers {
		if i%20 == 0 {
			add(b.company(i / 20))
		}
		add(b.person(i))
	}
	for i := range b.notes {
		n, c := b.talk(i)
		add(c, n)
		if i%5 == 0 {
			add(b.heard(i, n))
		}
	}
	if err := errors.Join(err, bulk.Close()); err != nil {
		return err
	}
	fmt.Fprintln(b.stderr, "making the index ...")
	start := time.Now()
	if err := h.db.Indexed(b.ctx); err != nil {
		return err
	}
	fmt.Fprintf(b.stderr, "... made in %.1f s\n", time.Since(start).Seconds())
	return nil
}

const benchReps = 20

func (b *reviewBench) rep(i int) assist.Rep {
	return assist.Rep{ID: assist.ID(fmt.Sprintf("rep-%d", i)), Name: capital(b.first[i]) + " " + capital(b.last[i])}
}

// person is a customer, now and then of another kind.
func (b *reviewBench) person(i int) assist.Customer {
	c := b.customer(i)
	if i%50 == 0 {
		c.Kind = assist.Kinds()[1+i/50%5]
	}
	return c
}

// benchTags are in use; the first of them is common, the last rare.
var benchTags = []string{"callback", "vip", "wholesale", "legal"}

// talk is a note and its call. Every third names something of the list of names.
func (b *reviewBench) talk(i int) (assist.Note, assist.Call) {
	r := rand.New(rand.NewPCG(uint64(i), 14))
	n := b.note(i, b.customers)
	n.At = b.now().Add(-time.Duration(i) * 97 * time.Second)
	n.Rep, n.Call = assist.ID(fmt.Sprintf("rep-%d", r.IntN(benchReps))), crowdID("call", i)
	c := assist.Call{ID: n.Call, Customer: n.Customer, Rep: n.Rep, Started: n.At.Add(-time.Minute), Ended: n.At}
	if i%3 == 0 {
		name := benchNames[r.IntN(len(benchNames))]
		n.Text = n.Text[:len(n.Text)/2] + " " + name + " " + n.Text[len(n.Text)/2:]
	}
	if r.IntN(4) > 0 {
		n.Reviewed = n.At.Add(time.Hour)
	}
	for k, tag := range benchTags {
		if r.IntN(20*(1+20*k*k)) == 0 {
			n.Tags = append(n.Tags, tag)
		}
	}
	if r.IntN(3) == 0 {
		c.Used = []assist.Used{{Answer: benchAnswers[int(float64(len(benchAnswers))*r.Float64()*r.Float64())], At: n.At, Said: r.IntN(2) == 0}}
	}
	c.Mood = []assist.Mood{"", "", "", "", "", "", "", assist.Hurried, assist.Upset, ""}[r.IntN(10)]
	return n, c
}

// benchNames are of competitors and products of the shipped list of names.
var benchNames = []string{"Brackmoor", "GreenBarn", "Hedge 300", "Saw 40"}

var benchAnswers = []assist.ID{"charged-twice", "refund-missing", "late-parcel", "warranty", "wrong-part", "loan-mower"}

// heard is what a customer told in a talk.
func (b *reviewBench) heard(i int, n assist.Note) assist.Insight {
	r := rand.New(rand.NewPCG(uint64(i), 15))
	return assist.Insight{ID: crowdID("insight", i), Customer: n.Customer, Rep: n.Rep, Note: n.ID, Call: n.Call, At: n.At,
		Intelligence: assist.Intelligences()[r.IntN(3)], Topic: []string{"price", "warranty", "noise", "weight", "delivery"}[r.IntN(5)],
		Feeling: assist.Feelings()[r.IntN(6)], About: assist.AboutCompetitor, Subject: benchNames[r.IntN(len(benchNames))], Text: n.Text}
}
