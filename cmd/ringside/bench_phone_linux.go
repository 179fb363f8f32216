package main

import (
	"fmt"
	"time"

	"ringside/assist/live"
	"ringside/assist/phone"
)

// handoffWindow measures `ringside ring` into a real window: from the moment at which
// the hook sends until the last painting that its call causes.
func (b *callBench) handoffWindow() ([]figure, error) {
	s, err := openScreen()
	if err != nil {
		return skipped("handoff_to_paint_p99_ms"), nil
	}
	defer s.close()
	a, err := b.open(s, b.dir)
	if err != nil {
		return nil, err
	}
	defer a.end()
	if err := s.watch(a.window); err != nil {
		return nil, err
	}
	if err := s.focus(a.window); err != nil { // else it beckons at every ring
		return nil, err
	}
	s.quiet(time.Second)
	var times []time.Duration
	for k := range paintSamples {
		took, err := b.paintHook(s, a, k)
		if err != nil {
			return nil, err
		}
		if took > 0 {
			times = append(times, took)
		}
	}
	return []figure{{Name: "handoff_to_paint_p99_ms", Value: percentile(times, .99), Limit: 60,
		Note: fmt.Sprintf("%d of %d hooks were seen, p50 %.1f", len(times), paintSamples, percentile(times, .5))}}, nil
}

// paintHook returns zero for a call whose painting was not seen.
func (b *callBench) paintHook(s *screen, a *benchApp, k int) (time.Duration, error) {
	cmd, err := b.hook(k*7919%b.n, k)
	if err != nil {
		return 0, err
	}
	begun := time.Now()
	if err := cmd.Start(); err != nil {
		return 0, err
	}
	took, painted := s.burst(begun, 2*time.Second, calm)
	if err := cmd.Wait(); err != nil {
		return 0, fmt.Errorf("ringside ring: %w", err)
	}
	var v live.View
	if err := a.door.View(b.ctx, &v); err != nil {
		return 0, err
	}
	sent := v.Ring.At.Sub(begun)
	if !painted || v.Card == nil {
		took = sent
	}
	over := v.Ring
	over.Phase, over.At = phone.Missed, time.Now()
	if err := a.door.Ring(b.ctx, over); err != nil {
		return 0, err
	}
	s.quiet(200 * time.Millisecond)
	return took - sent, nil
}
