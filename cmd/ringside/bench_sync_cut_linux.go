package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// healCuts cuts the power again and again; every node has a disk of its own.
func (b *syncBench) healCuts(rounds int) (said string, lost int, err error) {
	if os.Getuid() != 0 {
		return "no power was cut: a disk of its own needs root", 0, nil
	}
	n, disks, err := b.nodesOnDisks()
	defer func() {
		if n != nil {
			n.killAll()
		}
		for _, d := range disks {
			err = errors.Join(err, d.unmount())
		}
	}()
	if errors.Is(err, errNoDisk) {
		return "no power was cut: " + oneLine(err.Error()), 0, nil
	}
	if err != nil {
		return "", 0, err
	}
	desks, err := b.team(2, func(int) time.Duration { return 0 }, n.natsCarrier)
	defer func() { err = errors.Join(err, closeDesks(desks)) }()
	if err != nil {
		return "", 0, err
	}
	kept := 0
	for range rounds {
		if kept, err = b.keepFor(desks, kept, 2*time.Second); err == nil {
			err = n.cutAll(disks)
		}
		if err != nil {
			return "", 0, err
		}
	}
	lost, err = b.wholly(desks, kept, n)
	return fmt.Sprintf("%d times the power of all three nodes was cut, %d notes", rounds, kept), lost, err
}

// nodesOnDisks starts three nodes, each with a disk of its own.
func (b *syncBench) nodesOnDisks() (n *nodes, disks []diskFile, err error) {
	if n, err = b.planNodes(3, 1<<28); err != nil {
		return nil, nil, err
	}
	for i := range n.run {
		d := diskFile{file: filepath.Join(b.tmp, fmt.Sprintf("node-%d.img", i)), at: filepath.Join(b.tmp, fmt.Sprintf("disk-%d", i))}
		if err := d.try("ext4"); err != nil {
			return n, disks, fmt.Errorf("%w: %w", errNoDisk, err)
		}
		if err := d.mount(); err != nil {
			return n, disks, err
		}
		disks = append(disks, d)
		if err := os.Symlink(d.at, n.store(i)); err != nil {
			return n, disks, err
		}
	}
	return n, disks, n.startAll()
}

// cutAll takes the power from all nodes at once, and starts them again.
func (n *nodes) cutAll(disks []diskFile) error {
	for i, d := range disks {
		if err := d.cut(n.run[i].Process); err != nil {
			return err
		}
	}
	n.killAll()
	for _, d := range disks {
		if err := errors.Join(d.unmount(), d.mount()); err != nil {
			return err
		}
	}
	return n.startAll()
}

// part cuts a node off from everybody, or lets it come back: stopped, it keeps its
// connections and answers nothing.
func (n *nodes) part(i int, away bool) {
	if n.run[i] != nil {
		_ = n.run[i].Process.Signal(map[bool]os.Signal{true: syscall.SIGSTOP, false: syscall.SIGCONT}[away])
	}
}
