package main

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"runtime"
	"time"

	"ringside/assist/live"
	"ringside/assist/phone"
	"ringside/assist/phone/handoff"
	"ringside/assist/settings"
	"ringside/cmd/siprig"
)

const (
	phoneCustomers = 1000
	phoneSamples   = 250 // processes of `ringside ring`
	floodSeconds   = 10
	floodRate      = 1000 // news a second
)

// benchPhone measures how a call gets from the phone into the window.
func benchPhone(p *program) (figures []figure, err error) {
	return benchOn(p, phoneCustomers, func(b *callBench) []benchPart {
		return []benchPart{
			{"importing customers", func() ([]figure, error) { _, err := b.imports(); return nil, err }},
			{"handing calls over, then 1,000 rings a second", b.handoff},
			{"handing calls over to a window", b.handoffWindow},
			{"watching calls of a real telephone system", b.watched},
		}
	})
}

// handoff measures `ringside ring` and a flood of rings at the real door, with the real
// desk and store behind it.
func (b *callBench) handoff() (figures []figure, err error) {
	r, err := b.openDesk(settings.Phone{})
	if err != nil {
		return nil, err
	}
	defer func() {
		if closed := r.Close(); err == nil {
			err = closed
		}
	}()
	figures, err = b.processes(r.desk)
	if err != nil {
		return nil, err
	}
	more, err := b.flood(r.desk)
	return append(figures, more...), err
}

// openDesk opens the app without its window, with these settings of the phone. Whoever
// calls it must call Close.
func (b *callBench) openDesk(chosen settings.Phone) (*running, error) {
	opened := make(chan error, 1)
	r := startRunning(b.ctx, func(ctx context.Context) (*house, error) {
		h, err := openHouse(ctx, b.dir, time.Now)
		if err == nil && chosen.SIP.On {
			_, err = h.drawer.Keep(ctx, sipPassword, siprig.Password)
		}
		if err == nil {
			err = h.db.SaveSettings(ctx, settings.Machine{Started: true, Region: "GB", Phone: chosen})
		}
		return h, err
	}, time.Now, events{show: func() {}, opened: func(_ *house, err error) { opened <- err }})
	if err := <-opened; err != nil {
		return nil, errors.Join(err, r.Close())
	}
	return r, nil
}

// hook returns `ringside ring` with a call of a customer.
func (b *callBench) hook(customer, call int) (*exec.Cmd, error) {
	return b.self("ring", benchNumber(customer), "--id", fmt.Sprint("hook-", call), "--data", b.dir)
}

// processes measures the whole process of a hook, from its start to its end, and from
// the moment at which it sends until the View with the card is out.
func (b *callBench) processes(desk *live.Desk) ([]figure, error) {
	var whole, seen []time.Duration
	for k := range phoneSamples {
		cmd, err := b.hook(k*7919%b.n, k)
		if err != nil {
			return nil, err
		}
		ended := make(chan error, 1)
		var took time.Duration
		begun := time.Now()
		go func() {
			err := cmd.Run()
			took = time.Since(begun)
			ended <- err
		}()
		var sent time.Time
		waitFor(desk, func(v live.View) bool {
			sent = v.Ring.At
			return v.Card != nil && v.Ring.ID == fmt.Sprint("hook-", k)
		})
		seen = append(seen, time.Since(sent))
		if err := <-ended; err != nil {
			return nil, fmt.Errorf("ringside ring: %w", err)
		}
		whole = append(whole, took)
		desk.Use(live.Use{WrapUp: live.WrapUpUse{Discard: true}})
		waitFor(desk, func(v live.View) bool { return v.Phase == live.Idle })
	}
	return []figure{
		{Name: "handoff_process_p99_ms", Value: percentile(whole, .99), Limit: 50,
			Note: fmt.Sprintf("%d processes, start to end, p50 %.1f", len(whole), percentile(whole, .5))},
		{Name: "handoff_to_view_p99_ms", Value: percentile(seen, .99),
			Note: fmt.Sprintf("from sending to the View with the card, p50 %.1f", percentile(seen, .5))},
	}, nil
}

// flood rings as no phone does, each call once and then away again, and asks the desk
// for its picture meanwhile.
func (b *callBench) flood(desk *live.Desk) ([]figure, error) {
	door, err := handoff.Find(b.dir)
	if err != nil {
		return nil, err
	}
	before := heapNow()
	ctx, stop := context.WithCancel(b.ctx)
	defer stop()
	views := make(chan []time.Duration, 1)
	go func() { views <- looksAt(ctx, b.dir) }()
	begun, n := time.Now(), floodSeconds*floodRate
	for i := range n {
		time.Sleep(time.Until(begun.Add(time.Duration(i) * time.Second / floodRate)))
		ring := phone.Ring{ID: fmt.Sprint("flood-", i/2), From: benchNumber(i / 2 % (2 * b.n)), Phase: phone.Ringing, At: time.Now()}
		if i%2 == 1 {
			ring.Phase = phone.Elsewhere
		}
		if err := door.Ring(ctx, ring); err != nil {
			return nil, fmt.Errorf("ring %d of %d: %w", i, n, err)
		}
	}
	rate := float64(n) / time.Since(begun).Seconds()
	stop()
	times := <-views
	waitFor(desk, func(v live.View) bool { return v.Phase == live.Idle })
	after := heapNow()
	return []figure{
		{Name: "rings_per_s", Value: rate, Note: fmt.Sprintf("%d through the door, none lost", n)},
		{Name: "flood_view_max_ms", Value: percentile(times, 1), Note: fmt.Sprintf("%d looks at the desk meanwhile, p99 %.1f", len(times), percentile(times, .99))},
		{Name: "flood_heap_mb", Value: after, Peer: before, Ratio: after / before, Note: "in use afterwards; peer: before"},
	}, nil
}

// looksAt asks the running app for its picture until ctx ends, 20 times a second.
func looksAt(ctx context.Context, dir string) (times []time.Duration) {
	for ctx.Err() == nil {
		begun := time.Now()
		door, err := handoff.Find(dir)
		var v live.View
		if err == nil {
			err = door.View(ctx, &v)
		}
		if err == nil {
			times = append(times, time.Since(begun))
		}
		time.Sleep(50 * time.Millisecond)
	}
	return times
}

// heapNow returns what the heap holds after a collection, in MB.
func heapNow() float64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc) / (1 << 20)
}
