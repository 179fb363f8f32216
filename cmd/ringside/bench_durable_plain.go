package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"ringside/assist"
	"ringside/storage"
)

// plantedWords are in what customers tell; nobody else writes them.
var plantedWords = []string{"Zebrowskaya", "quixotropolis", "07700900461", "zebrowskaya@example.net", "heliotropecastle"}

// plain keeps planted words in a store, finds them by searching, and looks for them in
// every file that the program has left.
func (b *durableBench) plain() ([]figure, error) {
	home := filepath.Join(b.tmp, "plain")
	s := &sufferer{durableBench: b, program: b.self, dir: filepath.Join(home, "data")}
	tmp := filepath.Join(home, "tmp")
	if err := os.MkdirAll(tmp, 0o700); err != nil {
		return nil, err
	}
	people := fmt.Sprintf("Name,City,Phone,E-mail\nMary %s,%s,%s,%s\n", plantedWords[0], plantedWords[1], plantedWords[2], plantedWords[3])
	notes := fmt.Sprintf("Customer,Date,Text\n%s,2026-05-01,%s is what they call it\n", plantedWords[3], plantedWords[4])
	for name, text := range map[string]string{"people.csv": people, "notes.csv": notes} {
		if err := os.WriteFile(filepath.Join(b.tmp, name), []byte(text), 0o600); err != nil {
			return nil, err
		}
	}
	logs, err := os.Create(filepath.Join(home, "log"))
	if err != nil {
		return nil, err
	}
	defer logs.Close()
	run := func(words ...string) (string, error) {
		cmd := s.command()
		cmd.Args = append([]string{cmd.Args[0], "--data", s.dir}, words...)
		cmd.Env = append(cmd.Env, "TMPDIR="+tmp, "HOME="+home, "XDG_DATA_HOME="+home, "XDG_CONFIG_HOME="+home, "XDG_CACHE_HOME="+home)
		cmd.Stderr = logs
		out, err := cmd.Output()
		return string(out), err
	}
	for _, words := range [][]string{{"import", "customers", filepath.Join(b.tmp, "people.csv")}, {"import", "notes", filepath.Join(b.tmp, "notes.csv")}} {
		if _, err := run(words...); err != nil {
			return nil, fmt.Errorf("import the planted words: %w", err)
		}
	}
	if err := s.write(time.Second, s.kill); err != nil {
		return nil, err
	}
	for _, w := range plantedWords {
		if out, err := run("search", "--json", w); err != nil || !strings.Contains(out, `"type":"`) {
			return nil, fmt.Errorf("%q, which was planted, is not found: %s %w", w, out, err)
		}
	}
	hits, where, err := hitsIn(home)
	if err != nil {
		return nil, err
	}
	return []figure{{Name: "plain_hits", Value: float64(hits), Note: "must be 0. " + where}}, nil
}

// hitsIn counts in which files a planted word can be read.
func hitsIn(dir string) (hits int, where string, err error) {
	files, err := filesOf(dir)
	if err != nil {
		return 0, "", err
	}
	for _, name := range files {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return 0, "", err
		}
		low := strings.ToLower(string(b))
		for _, w := range plantedWords {
			if strings.Contains(low, strings.ToLower(w)) || strings.Contains(filepath.ToSlash(name), w) {
				hits++
				where += w + " in " + name + "; "
			}
		}
	}
	return hits, fmt.Sprintf("%d files were read. %s", len(files), where), nil
}

// open opens a store with many customers, and asks it.
func (b *durableBench) open() (figures []figure, err error) {
	dir := filepath.Join(b.tmp, "large")
	if err := b.fillLarge(dir); err != nil {
		return nil, err
	}
	debug.FreeOSMemory()
	var opened []time.Duration
	var h *house
	for range 5 {
		if h != nil {
			if err := h.db.Close(); err != nil {
				return nil, err
			}
		}
		start := time.Now()
		if h, err = openHouse(b.ctx, dir, b.now); err != nil {
			return nil, err
		}
		opened = append(opened, time.Since(start))
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	var asked []time.Duration
	for range 20_000 {
		id := crowdID("customer", b.r.IntN(b.cmd.Customers))
		start := time.Now()
		if _, err := storage.Find[assist.Customer](b.ctx, h.db, id); err != nil {
			return nil, err
		}
		asked = append(asked, time.Since(start))
	}
	debug.FreeOSMemory()
	figures = []figure{
		{Name: "open_ms", Value: percentile(opened, .5), Limit: 100, Note: fmt.Sprintf("median of %d; %d customers; keys, journal and picture, behind a clean end", len(opened), b.cmd.Customers)},
		{Name: "get_p99_ms", Value: percentile(asked, .99), Limit: 1, Note: fmt.Sprintf("of %d customers, p50 %.4f", len(asked), percentile(asked, .5))},
	}
	if mb, ok := ownNow(); ok {
		figures = append(figures, figure{Name: "idle_mb", Value: mb, Limit: 200, Note: "of its own, with the store open and asked, without a window"})
	}
	return figures, nil
}

func (b *durableBench) fillLarge(dir string) (err error) {
	h, err := openHouse(b.ctx, dir, b.now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	c, bulk := newCrowd(), h.db.Bulk(b.ctx)
	for i := range b.cmd.Customers {
		if err := bulk.Add(c.customer(i)); err != nil {
			return errors.Join(err, bulk.Close())
		}
	}
	return errors.Join(bulk.Close(), h.db.Indexed(b.ctx))
}
