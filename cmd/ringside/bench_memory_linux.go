package main

import (
	"bytes"
	"os"
	"strconv"
)

// forgetPeak lets the peak of this process's memory begin at what it holds now.
func forgetPeak() bool { return os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) == nil }

// peakSoFar returns the most memory that this process has held, in MB.
func peakSoFar() (mb float64, ok bool) { return fromStatus("VmHWM:") }

// ownNow returns how much memory of its own this process holds, in MB: without the files
// that it has mapped, which the system may take back at any time.
func ownNow() (mb float64, ok bool) { return fromStatus("RssAnon:") }

func fromStatus(name string) (mb float64, ok bool) {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, false
	}
	for line := range bytes.Lines(status) {
		if rest, is := bytes.CutPrefix(line, []byte(name)); is {
			kb, err := strconv.ParseFloat(string(bytes.TrimSpace(bytes.TrimSuffix(bytes.TrimSpace(rest), []byte("kB")))), 64)
			return kb / 1024, err == nil
		}
	}
	return 0, false
}
