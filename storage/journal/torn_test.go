package journal

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ringside/assist"
)

func TestAnyBitOfTheLastFourKilobytesMayFlip(t *testing.T) {
	dir := t.TempDir()
	j := mustOpen(t, Options{Dir: dir, Key: key})
	var payloads []string
	var ends []int64
	for i := range 14 {
		payloads = append(payloads, fmt.Sprint(i, strings.Repeat("x", 40*i)))
		ends = append(ends, mustAppend(t, j, payloads[i]).Offset)
	}
	j.Close()
	path := filepath.Join(dir, "00000001.seg")
	whole, err := os.ReadFile(path)
	if err != nil || len(whole) < 4096+headerSize {
		t.Fatalf("%d bytes, %v", len(whole), err)
	}
	opened := 0
	for at := len(whole) - 4096; at < len(whole); at++ {
		before := 0 // records that end before the bit
		for before < len(ends) && ends[before] <= int64(at) {
			before++
		}
		for bit := range 8 {
			bad := bytes.Clone(whole)
			bad[at] ^= 1 << bit
			if err := os.WriteFile(path, bad, 0o600); err != nil {
				t.Fatal(err)
			}
			j, err := Open(Options{Dir: dir, Key: key})
			if err == nil {
				opened++
				if got := read(t, j, Position{}); got != strings.Join(payloads[:before], " ") {
					t.Fatalf("bit %d of byte %d: %d bytes read", bit, at, len(got))
				}
				if err := j.Close(); err != nil {
					t.Fatal(err)
				}
			} else if !errors.Is(err, assist.ErrDamaged) || before == len(ends)-1 {
				t.Fatalf("bit %d of byte %d, behind %d records: %v", bit, at, before, err)
			}
			if left, err := os.ReadFile(path); err != nil || !bytes.Equal(left, bad) {
				t.Fatalf("bit %d of byte %d: opening has changed the file: %v", bit, at, err)
			}
		}
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 || opened == 0 {
		t.Errorf("%v, %v, opened %d times", entries, err, opened)
	}
}

// FuzzRecords writes anything over any place of a journal of sealed records: what is read
// from it was written there, in the same order, without a gap.
func FuzzRecords(f *testing.F) {
	dir := f.TempDir()
	j, err := Open(Options{Dir: dir, Key: key})
	if err != nil {
		f.Fatal(err)
	}
	for i := range 5 {
		if _, err := j.Append([]byte(fmt.Sprint("record ", i))); err != nil {
			f.Fatal(err)
		}
	}
	j.Close()
	path := filepath.Join(dir, "00000001.seg")
	whole, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(uint16(headerSize), []byte{0xff, 0xff, 0xff, 0x7f}, uint16(0))
	f.Add(uint16(len(whole)), whole[headerSize:], uint16(0))
	f.Add(uint16(headerSize), whole[headerSize+10:], uint16(7))
	f.Fuzz(func(t *testing.T, at uint16, over []byte, cut uint16) {
		b := bytes.Clone(whole)
		from := min(int(at), len(b))
		b = append(b[:from], append(bytes.Clone(over), b[min(len(b), from+len(over)):]...)...)
		b = b[:len(b)-min(int(cut), len(b))]
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		j, err := Open(Options{Dir: dir, Key: key})
		if err != nil {
			return
		}
		defer j.Close()
		n := 0
		err = j.Read(Position{}, func(_ Position, p []byte) error {
			if string(p) != fmt.Sprint("record ", n) {
				t.Errorf("record %d is %q", n, p)
			}
			n++
			return nil
		})
		if err != nil && !errors.Is(err, assist.ErrDamaged) {
			t.Error(err)
		}
	})
}
