package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jezek/xgb/xproto"

	"ringside/assist/phone"
	"ringside/assist/phone/handoff"
)

const (
	starts       = 5   // of each store; the median counts
	paintSamples = 200 // rings and keys in the real window
)

// peakMemory returns the most memory that an ended process held, in MB.
func peakMemory(s *os.ProcessState) (mb float64, ok bool) {
	use, ok := s.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0, false
	}
	return float64(use.Maxrss) / 1024, true
}

// window measures the real program in a real window, seen from the X server.
func (b *callBench) window() ([]figure, error) {
	s, err := openScreen()
	if err != nil {
		return skipped("start_to_frame_ms", "ring_to_paint_p99_ms", "key_to_paint_p99_ms", "idle_memory_mb"), nil
	}
	defer s.close()
	var full, empty []time.Duration
	for i := range starts {
		for dir, times := range map[string]*[]time.Duration{b.dir: &full, filepath.Join(b.tmp, "empty"): &empty} {
			app, err := b.open(s, dir)
			if err != nil {
				return nil, fmt.Errorf("start %d: %w", i+1, err)
			}
			*times = append(*times, app.frame)
			app.end()
		}
	}
	start, bare := percentile(full, .5), percentile(empty, .5)
	figures := []figure{{Name: "start_to_frame_ms", Value: start, Limit: b.limit(600, 1.2*bare), Peer: bare, Ratio: start / bare,
		Note: fmt.Sprintf("median of %d; peer: an empty store", starts)}}
	app, err := b.open(s, b.dir)
	if err != nil {
		return nil, err
	}
	defer app.end()
	more, err := b.paint(s, app)
	return append(figures, more...), err
}

// benchApp is a running Ringside and its window.
type benchApp struct {
	cmd    *exec.Cmd
	window xproto.Window
	door   *handoff.Client
	frame  time.Duration // from the start of the process to its first painted frame
}

// open starts the program on a data folder with a home of its own, and waits for
// its first frame and its door.
func (b *callBench) open(s *screen, dir string) (*benchApp, error) {
	home := filepath.Join(b.tmp, "home")
	cmd, err := b.self("run", "--data", dir)
	if err != nil {
		return nil, err
	}
	cmd.Env = append(os.Environ(), "HOME="+home, "XDG_CONFIG_HOME="+home, "XDG_CACHE_HOME="+home)
	begun := time.Now()
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	a := &benchApp{cmd: cmd}
	if a.window, err = s.window(cmd.Process.Pid, 30*time.Second); err != nil {
		a.end()
		return nil, err
	}
	for !s.lit(a.window) {
		if time.Since(begun) > 30*time.Second {
			a.end()
			return nil, fmt.Errorf("the window stayed black")
		}
		time.Sleep(time.Millisecond)
	}
	a.frame = time.Since(begun)
	for a.door == nil {
		if a.door, err = handoff.Find(dir); err != nil && time.Since(begun) > 30*time.Second {
			a.end()
			return nil, fmt.Errorf("the app opened no door: %w", err)
		}
		time.Sleep(5 * time.Millisecond)
	}
	return a, nil
}

// end asks the program to close and waits for it.
func (a *benchApp) end() {
	_ = a.cmd.Process.Signal(syscall.SIGTERM)
	late := time.AfterFunc(10*time.Second, func() { _ = a.cmd.Process.Kill() })
	_ = a.cmd.Wait()
	late.Stop()
}

const calm = 60 * time.Millisecond // without a painting, a change is all there

// paint measures rings and keys until the last painting that they cause, and the
// memory of the program with a card open.
func (b *callBench) paint(s *screen, a *benchApp) ([]figure, error) {
	if err := s.watch(a.window); err != nil {
		return nil, err
	}
	if err := s.focus(a.window); err != nil {
		return nil, err
	}
	s.quiet(time.Second)
	rings, err := b.paintRings(s, a)
	if err != nil {
		return nil, err
	}
	keys, err := b.paintKeys(s, a)
	if err != nil {
		return nil, err
	}
	time.Sleep(5 * time.Second)
	memory, err := anonymous(a.cmd.Process.Pid)
	return []figure{
		{Name: "ring_to_paint_p99_ms", Value: percentile(rings, .99), Limit: 50, Note: fmt.Sprintf("%d rings through the door, p50 %.1f", len(rings), percentile(rings, .5))},
		{Name: "key_to_paint_p99_ms", Value: percentile(keys, .99), Limit: 50, Note: fmt.Sprintf("%d keys to the last painting, p50 %.1f", len(keys), percentile(keys, .5))},
		{Name: "idle_memory_mb", Value: memory, Limit: b.limit(120, 200), Note: "resident and anonymous, a card open"},
	}, err
}

func (b *callBench) paintRings(s *screen, a *benchApp) (times []time.Duration, err error) {
	ctx, stop := context.WithTimeout(b.ctx, 5*time.Minute)
	defer stop()
	for k := range paintSamples {
		start := time.Now()
		ring := benchRing(k*7919%b.n, phone.Ringing, start)
		if err := a.door.Ring(ctx, ring); err != nil {
			return nil, err
		}
		if took, ok := s.burst(start, 2*time.Second, calm); ok {
			times = append(times, took)
		}
		ring.Phase, ring.At = phone.Missed, time.Now()
		if err := a.door.Ring(ctx, ring); err != nil {
			return nil, err
		}
		s.quiet(200 * time.Millisecond)
	}
	if len(times) < paintSamples {
		return nil, fmt.Errorf("only %d of %d rings were painted", len(times), paintSamples)
	}
	return times, nil
}

func (b *callBench) paintKeys(s *screen, a *benchApp) (times []time.Duration, err error) {
	if err := a.door.Ring(b.ctx, benchRing(0, phone.Answered, time.Now())); err != nil {
		return nil, err
	}
	s.quiet(500 * time.Millisecond)
	if err := s.press('/'); err != nil { // to the box for what the customer says
		return nil, err
	}
	s.quiet(500 * time.Millisecond)
	for k := 0; len(times) < paintSamples; k++ {
		words := benchTalk[k%len(benchTalk)] + " "
		for _, c := range words {
			start := time.Now()
			if err := s.press(xproto.Keysym(c)); err != nil {
				return nil, err
			}
			took, ok := s.burst(start, 2*time.Second, calm)
			if !ok {
				return nil, fmt.Errorf("the key %q was not painted", c)
			}
			times = append(times, took)
		}
	}
	return times, nil
}

// anonymous returns the resident memory of a process that is its own, in MB.
func anonymous(pid int) (float64, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(text)) {
		if kb, ok := strings.CutPrefix(line, "RssAnon:"); ok {
			n, err := strconv.Atoi(strings.Fields(kb)[0])
			return float64(n) / 1024, err
		}
	}
	return 0, fmt.Errorf("the system does not say how much memory process %d holds", pid)
}
