//go:build !linux

package main

// healCuts cuts no power: only Linux lets a program take it from a disk.
func (b *syncBench) healCuts(int) (said string, lost int, err error) {
	return "no power was cut: this needs Linux", 0, nil
}

// part cuts nobody off: nodes are killed alone.
func (n *nodes) part(int, bool) {}
