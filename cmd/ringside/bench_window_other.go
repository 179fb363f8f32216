//go:build !linux

package main

import "os"

// peakMemory is measured on Linux only.
func peakMemory(*os.ProcessState) (mb float64, ok bool) { return 0, false }

// window is measured on Linux only, where the X server tells what was painted.
func (b *callBench) window() ([]figure, error) {
	return skipped("start_to_frame_ms", "ring_to_paint_p99_ms", "key_to_paint_p99_ms", "idle_memory_mb"), nil
}

// handoffWindow is measured on Linux only.
func (b *callBench) handoffWindow() ([]figure, error) {
	return skipped("handoff_to_paint_p99_ms"), nil
}
