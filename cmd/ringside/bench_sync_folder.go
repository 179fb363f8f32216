package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"ringside/storage/replica"
	"ringside/storage/replica/folder"
)

// folderOperations is how much two desks write.
const folderOperations = 10_000

// folder keeps two desks alike over a folder on each machine, between which a sync program
// goes to and fro: late, in any order, half first, some of it twice under other names.
func (b *syncBench) folder() (figures []figure, err error) {
	dirs := make([]string, 2)
	for i := range dirs {
		if dirs[i], err = b.folderOf("shared"); err != nil {
			return nil, err
		}
	}
	if err := folder.Prepare(dirs[0]); err != nil {
		return nil, err
	}
	carrier := &courier{dirs: dirs, r: b.random(3), seen: map[string]string{}}
	ctx, stop := context.WithCancel(b.ctx)
	var carrying sync.WaitGroup
	carrying.Go(func() { carrier.run(ctx) })
	defer func() { stop(); carrying.Wait() }()
	next := 0
	desks, err := b.team(2, func(int) time.Duration { return 0 }, func(t *replica.Team) (replica.Transport, error) {
		dir := dirs[min(next, 1)]
		next++
		return folder.Open(dir, t.Self()), nil
	})
	defer func() { err = errors.Join(err, closeDesks(desks)) }()
	if err != nil {
		return nil, err
	}
	start := time.Now()
	for i := range folderOperations {
		if err := desks[i%2].save(syncNote(i)); err != nil {
			return nil, err
		}
	}
	_, unequal, err := b.alike(desks)
	if err != nil {
		return nil, err
	}
	return []figure{
		{Name: "folder_s", Value: time.Since(start).Seconds(), Note: fmt.Sprintf("%d operations; %d files carried, %d of them half first, %d twice", folderOperations, carrier.carried, carrier.halves, carrier.doubles)},
		{Name: "folder_unequal", Value: float64(unequal), Note: "desks with another digest: must be 0"},
	}, nil
}

// courier is a sync program between folders, and not a good one.
type courier struct {
	dirs                     []string
	r                        *rand.Rand
	seen                     map[string]string // what a file had when it was last carried
	carried, halves, doubles int
}

func (c *courier) run(ctx context.Context) {
	for ctx.Err() == nil {
		for i := range c.dirs {
			c.round(c.dirs[i], c.dirs[1-i])
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// round carries some of what is new from one folder to the other.
func (c *courier) round(from, to string) {
	var names []string
	_ = filepath.WalkDir(from, func(name string, d fs.DirEntry, err error) error { // what goes away meanwhile is carried next time
		if err == nil && !d.IsDir() {
			names = append(names, name)
		}
		return nil
	})
	c.r.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	for _, name := range names {
		rel, err := filepath.Rel(from, name)
		if err != nil || c.r.IntN(3) == 0 {
			continue
		}
		b, err := os.ReadFile(name)
		if err != nil || c.seen[rel] == string(b) {
			continue
		}
		target := filepath.Join(to, rel)
		if os.MkdirAll(filepath.Dir(target), 0o700) != nil {
			continue
		}
		if c.r.IntN(4) == 0 { // half of it first
			_ = os.WriteFile(target, b[:len(b)/2], 0o600)
			c.halves++
			time.Sleep(time.Millisecond)
		}
		if c.r.IntN(8) == 0 && !strings.Contains(rel, "conflicted") { // and once more, beside
			ext := filepath.Ext(target)
			_ = os.WriteFile(strings.TrimSuffix(target, ext)+" (conflicted copy 2026-11-27)"+ext, b, 0o600)
			c.doubles++
		}
		if os.WriteFile(target, b, 0o600) == nil {
			c.seen[rel] = string(b)
			c.carried++
		}
	}
}
