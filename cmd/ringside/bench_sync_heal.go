package main

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	"ringside/assist"
	"ringside/storage"
)

// heal cuts the power under all nodes at once, and flips a bit in what a node keeps: in the
// end every desk, and one that is new, has everything.
func (b *syncBench) heal() ([]figure, error) {
	rounds := 3
	if b.cmd.Long {
		rounds = 8
	}
	cut, lost, err := b.healCuts(rounds)
	if err != nil {
		return nil, fmt.Errorf("power cut: %w", err)
	}
	flips := 0
	for range rounds {
		n, err := b.healFlip()
		if err != nil {
			return nil, fmt.Errorf("flipped bit: %w", err)
		}
		flips++
		lost += n
	}
	return []figure{{Name: "heal_lost", Value: float64(lost), Note: fmt.Sprintf("must be 0. %s; %d times a bit flipped in the file of a single node", cut, flips)}}, nil
}

// keepFor keeps notes on the desks in turn for a while.
func (b *syncBench) keepFor(desks []*benchDesk, from int, spell time.Duration) (int, error) {
	for end := time.Now().Add(spell); time.Now().Before(end); from++ {
		if err := desks[from%len(desks)].save(syncNote(from)); err != nil {
			return from, err
		}
	}
	return from, nil
}

// wholly has a new desk join, and counts the notes that any desk lacks when all is calm.
func (b *syncBench) wholly(desks []*benchDesk, kept int, n *nodes) (lost int, err error) {
	late, err := b.newDesk("late", 0)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, late.close()) }()
	late.open, late.pace = n.natsCarrier, benchPace
	if err := errors.Join(b.join(desks[0], late), late.online()); err != nil {
		return 0, err
	}
	all := append([]*benchDesk{late}, desks...)
	took, unequal, err := b.alike(all)
	if err != nil {
		return 0, err
	}
	fmt.Fprintf(b.stderr, "%d notes: alike after %.1f s, %d desks unequal\n", kept, took.Seconds(), unequal)
	for _, d := range all {
		for i := range kept {
			if _, err := storage.Find[assist.Note](b.ctx, d.db, syncNote(i).ID); errors.Is(err, assist.ErrNotFound) {
				lost++
			} else if err != nil {
				return lost, err
			}
		}
	}
	return lost, nil
}

// healFlip flips one bit in what a single node keeps while it is down.
func (b *syncBench) healFlip() (lost int, err error) {
	n, err := b.startNodes(1, 1<<28)
	if err != nil {
		return 0, err
	}
	defer n.killAll()
	desks, err := b.team(2, func(int) time.Duration { return 0 }, n.natsCarrier)
	defer func() { err = errors.Join(err, closeDesks(desks)) }()
	if err != nil {
		return 0, err
	}
	kept, err := b.keepFor(desks, 0, 2*time.Second)
	if err != nil {
		return 0, err
	}
	if _, unequal, err := b.alike(desks); err != nil || unequal > 0 {
		return 0, errors.Join(err, errors.New("the desks are not alike before the bit is flipped"))
	}
	n.killAll()
	if err := flipBit(n.store(0), b.random(uint64(b.made))); err != nil {
		return 0, err
	}
	if err := n.startAll(); err != nil {
		return 0, err
	}
	return b.wholly(desks, kept, n)
}

// flipBit flips a bit in the middle of a file of messages.
func flipBit(dir string, r *rand.Rand) error {
	var files []string
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(name, ".blk") {
			if info, err := d.Info(); err == nil && info.Size() > 10_000 {
				files = append(files, name)
			}
		}
		return err
	})
	if err != nil || len(files) == 0 {
		return errors.Join(err, errors.New("the server has no file of messages"))
	}
	name := files[r.IntN(len(files))]
	content, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	content[len(content)/4+r.IntN(len(content)/2)] ^= 1 << r.IntN(8)
	return os.WriteFile(name, content, 0o600)
}
