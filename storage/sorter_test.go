package storage

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func smallSorter(t *testing.T, slab int) *sorter {
	t.Helper()
	s, err := newSorter(filepath.Join(t.TempDir(), "sort"))
	if err != nil {
		t.Fatal(err)
	}
	s.slab = slab
	t.Cleanup(func() { s.remove() })
	return s
}

func addAll(t *testing.T, s *sorter, entries []string) {
	t.Helper()
	for _, e := range entries {
		if err := s.add([]byte(e), []byte("value of "+e)); err != nil {
			t.Fatal(err)
		}
	}
}

func drain(s *sorter) (out []string, err error) {
	m, err := s.merge()
	if err != nil {
		return nil, err
	}
	defer m.close()
	for m.key() != nil {
		if string(m.top.value) != "value of "+string(m.key()) {
			return out, fmt.Errorf("%q has %q", m.key(), m.top.value)
		}
		out = append(out, string(m.key()))
		if err := m.next(); err != nil {
			return out, err
		}
	}
	return out, nil
}

func TestSorterPutsEntriesInOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, c := range []struct{ entries, slab int }{{0, 100}, {1, 100}, {1000, 50}, {1000, 500}, {5000, 1 << 20}, {20_000, 200_000}} {
		s := smallSorter(t, c.slab)
		var want []string
		for range c.entries {
			key := make([]byte, 1+r.IntN(12)) // short ones come twice
			for i := range key {
				key[i] = byte(r.IntN(3) * 127)
			}
			want = append(want, string(key))
		}
		addAll(t, s, want)
		got, err := drain(s)
		slices.Sort(want)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%d entries by %d: %d came back, %v", c.entries, c.slab, len(got), err)
		}
		if c.slab < 1000 && c.entries == 1000 && s.runs < 10 {
			t.Errorf("%d runs only", s.runs)
		}
	}
}

func TestSorterKeepsAnEntryLargerThanASlab(t *testing.T) {
	s := smallSorter(t, 100)
	big := string(bytes.Repeat([]byte("b"), 300_000))
	addAll(t, s, []string{"c", big, "a"})
	if got, err := drain(s); err != nil || !slices.Equal(got, []string{"a", big, "c"}) {
		t.Errorf("%d, %v", len(got), err)
	}
}

func TestSorterSealsItsRunsAndRemovesThem(t *testing.T) {
	s := smallSorter(t, 500)
	for i := range 200 {
		addAll(t, s, []string{fmt.Sprint("mary shaw ", i)})
	}
	if err := s.spill(); err != nil {
		t.Fatal(err)
	}
	if err := s.wait(); err != nil {
		t.Fatal(err)
	}
	for i := range s.runs {
		b, err := os.ReadFile(s.path(i))
		if err != nil || len(b) == 0 || bytes.Contains(b, []byte("mary")) {
			t.Fatalf("run %d: %d bytes, %v", i, len(b), err)
		}
	}
	if err := s.remove(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(s.dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("still there: %v", err)
	}
}

func TestSorterSeesDamage(t *testing.T) {
	for name, spoil := range map[string]func([]byte) []byte{
		"a bit":  func(b []byte) []byte { b[len(b)/2] ^= 1; return b },
		"cut":    func(b []byte) []byte { return b[:len(b)-1] },
		"empty":  func([]byte) []byte { return nil },
		"length": func(b []byte) []byte { b[3]--; return b },
		"block away": func(b []byte) []byte { // the first block and its length
			n := int(b[0])<<24 | int(b[1])<<16 | int(b[2])<<8 | int(b[3])
			return b[4+n:]
		},
	} {
		s := smallSorter(t, 1<<20)
		for i := range 10_000 {
			addAll(t, s, []string{fmt.Sprint("entry ", i)})
		}
		if err := s.spill(); err != nil {
			t.Fatal(err)
		}
		if err := s.wait(); err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(s.path(0))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(s.path(0), spoil(b), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := drain(s); !errors.Is(err, errRun) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestSorterTellsWhenARunCannotBeWritten(t *testing.T) {
	s := smallSorter(t, 100)
	if err := os.WriteFile(s.path(0), nil, 0o600); err != nil { // in its place
		t.Fatal(err)
	}
	var err error
	for i := 0; i < 100 && err == nil; i++ {
		err = s.add(fmt.Append(nil, "entry ", i), nil)
	}
	if !errors.Is(err, os.ErrExist) {
		t.Errorf("got %v", err)
	}
}
