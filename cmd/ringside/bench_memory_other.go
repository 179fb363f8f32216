//go:build !linux

package main

// forgetPeak lets the peak begin anew where the system tells of one.
func forgetPeak() bool { return false }

// peakSoFar returns the most memory that this process has held, where it is told.
func peakSoFar() (mb float64, ok bool) { return 0, false }

func ownNow() (mb float64, ok bool) { return 0, false }
