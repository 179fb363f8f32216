package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"slices"
	"time"

	"ringside/assist"
	"ringside/assist/live"
	"ringside/assist/phone"
	"ringside/assist/settings"
	"ringside/storage"
)

// callBench measures one call on a store of its own in a temporary folder.
type callBench struct {
	*program
	n   int
	dir string // the store that is measured
	tmp string
}

// bigTeam is the size from which the limits of a big team hold.
const bigTeam = 100_000

// benchPart is one part of a benchmark, and what is said before it; nothing when that is
// empty.
type benchPart struct {
	says string
	run  func() ([]figure, error)
}

// benchCall measures everything that a rep waits for.
func benchCall(p *program, n int) ([]figure, error) {
	return benchOn(p, n, func(b *callBench) []benchPart {
		return []benchPart{
			{"importing customers", b.imports},
			{"writing notes, then taking calls at the desk", b.desk},
			{"opening the window", b.window},
		}
	})
}

// benchOn measures part after part on a store that goes away afterwards. It says on
// stderr what it is about to do, since a big store takes minutes.
func benchOn(p *program, n int, parts func(*callBench) []benchPart) ([]figure, error) {
	return benchIn(func(tmp string) ([]figure, error) {
		if err := os.Setenv("RINGSIDE_NO_KEYCHAIN", "1"); err != nil { // the key of a folder that goes away
			return nil, err
		}
		return p.measure(parts(&callBench{program: p, n: n, dir: filepath.Join(tmp, "data"), tmp: tmp}))
	})
}

// benchIn makes a benchmark in a temporary folder that goes away afterwards.
func benchIn(bench func(tmp string) ([]figure, error)) (figures []figure, err error) {
	tmp, err := os.MkdirTemp("", "ringside-bench-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(tmp)) }()
	return bench(tmp)
}

// measure measures part after part.
func (p *program) measure(parts []benchPart) (figures []figure, err error) {
	for _, part := range parts {
		if part.says != "" {
			fmt.Fprintln(p.stderr, part.says, "...")
		}
		more, err := part.run()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", part.says, err)
		}
		figures = append(figures, more...)
	}
	return figures, nil
}

// namedPart is a part that can be asked for by its name.
type namedPart struct {
	name string
	benchPart
}

// asked returns the parts that were asked for; all of them when none was.
func asked(only []string, parts []namedPart) (out []benchPart) {
	for _, part := range parts {
		if len(only) == 0 || slices.Contains(only, part.name) {
			out = append(out, part.benchPart)
		}
	}
	return out
}

func (b *callBench) limit(small, big float64) float64 {
	if b.n >= bigTeam {
		return big
	}
	return small
}

// self returns this program with other words. It goes by its own name, whatever the
// file is called.
func (b *callBench) self(args ...string) (*exec.Cmd, error) {
	file, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(b.ctx, file, args...)
	cmd.Args[0] = "ringside"
	return cmd, nil
}

// imports measures `ringside import customers` as its own process.
func (b *callBench) imports() ([]figure, error) {
	file := filepath.Join(b.tmp, "customers.csv")
	if err := writeBenchCSV(file, b.n); err != nil {
		return nil, err
	}
	cmd, err := b.self("import", "customers", file, "--data", b.dir)
	if err != nil {
		return nil, err
	}
	start := time.Now()
	if out, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%w: %s", err, out)
	}
	rate := float64(b.n) / time.Since(start).Seconds()
	figures := []figure{{Name: "import_customers_per_s", Value: rate, Note: "whole process, start to end"}}
	if b.n >= bigTeam {
		figures[0].Limit = 50_000
	}
	if peak, ok := peakMemory(cmd.ProcessState); ok {
		figures = append(figures, figure{Name: "import_peak_mb", Value: peak, Limit: 600, Note: "resident, mapped files included"})
	}
	return figures, nil
}

// desk measures the desk with the real store and the shipped library, without a
// window.
func (b *callBench) desk() ([]figure, error) {
	h, err := openHouse(b.ctx, b.dir, time.Now)
	if err != nil {
		return nil, err
	}
	defer h.Close()
	if err := b.fill(h); err != nil {
		return nil, err
	}
	if err := h.db.Indexed(b.ctx); err != nil { // it would go on beside what is measured
		return nil, err
	}
	debug.FreeOSMemory()
	lib, err := h.shelf.library(b.ctx)
	if err != nil {
		return nil, err
	}
	ctx, stop := context.WithCancel(b.ctx)
	desk := live.New(live.Config{Store: h.db, Region: "GB", Now: time.Now})
	desk.SetLibrary(lib)
	ended := make(chan error, 1)
	go func() { ended <- desk.Run(ctx) }()
	rings := b.rings(desk)
	keys := b.keys(desk)
	stop()
	if err := <-ended; err != nil {
		return nil, err
	}
	note, err := b.notes(h)
	return []figure{
		{Name: "ring_to_view_p99_ms", Value: percentile(rings, .99), Limit: b.limit(1, 2), Note: fmt.Sprintf("%d rings, p50 %.3f", len(rings), percentile(rings, .5))},
		{Name: "key_to_view_p99_ms", Value: percentile(keys, .99), Limit: 1, Note: fmt.Sprintf("%d keys, p50 %.3f", len(keys), percentile(keys, .5))},
		note,
	}, err
}

// fill gives every customer two notes.
func (b *callBench) fill(h *house) error {
	if err := h.db.SaveSettings(b.ctx, settings.Machine{Started: true, Region: "GB"}); err != nil {
		return err
	}
	bulk, now, i := h.db.Bulk(b.ctx), time.Now(), 0
	for c, err := range storage.List[assist.Customer](b.ctx, h.db) {
		if err != nil {
			return errors.Join(err, bulk.Close())
		}
		for k := range 2 {
			if err := bulk.Add(benchNote(c.ID, i, k, now)); err != nil {
				return errors.Join(err, bulk.Close())
			}
		}
		i++
	}
	if i != b.n {
		return errors.Join(fmt.Errorf("the store holds %d customers, not %d", i, b.n), bulk.Close())
	}
	return bulk.Close()
}

const deskSamples = 2000

// rings measures from the ring to the View with the card.
func (b *callBench) rings(desk *live.Desk) (times []time.Duration) {
	random := rand.New(rand.NewPCG(1, 2))
	for range deskSamples {
		i := random.IntN(b.n)
		start := time.Now()
		desk.Ring(benchRing(i, phone.Ringing, start))
		waitFor(desk, func(v live.View) bool { return v.Card != nil && v.Ring.From == benchNumber(i) })
		times = append(times, time.Since(start))
		desk.Use(live.Use{WrapUp: live.WrapUpUse{Discard: true}})
		waitFor(desk, func(v live.View) bool { return v.Phase == live.Idle })
	}
	return times
}

// keys measures from a key in the box to the View with the answers.
func (b *callBench) keys(desk *live.Desk) (times []time.Duration) {
	desk.Ring(benchRing(0, phone.Ringing, time.Now()))
	waitFor(desk, func(v live.View) bool { return v.Card != nil })
	for len(times) < deskSamples {
		for _, words := range benchTalk {
			for end := 1; end <= len(words); end++ {
				start := time.Now()
				desk.Hear(words[:end])
				waitFor(desk, func(v live.View) bool { return v.Heard == words[:end] })
				times = append(times, time.Since(start))
			}
		}
	}
	desk.Use(live.Use{WrapUp: live.WrapUpUse{Discard: true}})
	waitFor(desk, func(v live.View) bool { return v.Phase == live.Idle })
	return times
}

func waitFor(desk *live.Desk, want func(live.View) bool) {
	for !want(<-desk.Views()) {
	}
}

// notes measures a durable note beside a bare write and sync of 4 KB, one after the
// other, so that both meet the same disk.
func (b *callBench) notes(h *house) (figure, error) {
	f, err := os.Create(filepath.Join(b.tmp, "bare"))
	if err != nil {
		return figure{}, err
	}
	defer f.Close()
	var ours, bare []time.Duration
	page := make([]byte, 4096)
	for i := range 500 {
		start := time.Now()
		if _, err := f.Write(page); err != nil {
			return figure{}, err
		}
		if err := f.Sync(); err != nil {
			return figure{}, err
		}
		bare = append(bare, time.Since(start))
		n := benchNote(assist.IDFrom("bench", fmt.Sprint(i%b.n)), i, 9, time.Now())
		n.ID = assist.NewID(time.Now())
		start = time.Now()
		if err := h.db.Save(b.ctx, n); err != nil {
			return figure{}, err
		}
		ours = append(ours, time.Since(start))
	}
	a, c := percentile(ours, .99), percentile(bare, .99)
	return figure{Name: "note_durable_p99_ratio", Value: a / c, Limit: 3, Peer: c, Ratio: a / c,
		Note: fmt.Sprintf("note %.3f ms; peer: 4 KB written and synced, ms", a)}, nil
}
