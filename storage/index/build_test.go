package index

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestBuilderEndsWithItsContextAndLeavesNoFile(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	b, err := NewBuilder(ctx, newInMemory)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 10_000 {
		if err := b.Add(Doc{Key: fmt.Sprint(i), Names: []string{fmt.Sprint("Name ", i)}}); err != nil {
			t.Fatal(err)
		}
	}
	cancel()
	path := filepath.Join(t.TempDir(), "segment")
	if err := b.Finish(path, testKey, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the file is there: %v", err)
	}
	if err := b.Close(); err != nil {
		t.Error(err)
	}
}

func TestEveryRecordComesBackAtTheEdgesOfTheTable(t *testing.T) {
	for _, n := range []int{0, 1, 2, tableRows - 1, tableRows, tableRows + 1, 2 * tableRows, 2*tableRows + 1} {
		docs := make([]Doc, n)
		for i := range docs {
			docs[i] = Doc{Key: fmt.Sprintf("record %d", i), At: int64(n-i) * 1000, Names: []string{"Ann"}}
		}
		s := build(t, docs)
		if s.Len() != n || string(s.About()) != "about" {
			t.Errorf("%d records: %d, %q", n, s.Len(), s.About())
		}
		in := pieces{sealed: s.sealed}
		for i, d := range docs {
			if key, at, err := s.row(&in, uint32(i)); err != nil || key != d.Key || at != d.At {
				t.Errorf("%d of %d: %q at %d, %v", i, n, key, at, err)
			}
		}
		if _, _, err := s.row(&in, uint32(n)); !errors.Is(err, ErrDamaged) {
			t.Errorf("behind the last of %d: %v", n, err)
		}
	}
}

func TestAnyTimeAndAnyKeyIsGivenBack(t *testing.T) {
	times := []int64{math.MaxInt64, 1 << 40, 1, 0, -1, -1 << 40, math.MinInt64}
	var docs []Doc
	for i, at := range times {
		docs = append(docs, Doc{Key: strings.Repeat("\x00ключ\xff", i*40), At: at, Names: []string{"x"}})
	}
	i := 0
	err := build(t, docs).Search(Parse("x", nil), 100).Tier(context.Background(), Sure, func(key string, at int64) (bool, error) {
		if key != docs[i].Key || at != times[i] {
			t.Errorf("%d: %q at %d", i, key, at)
		}
		i++
		return true, nil
	})
	if err != nil || i != len(times) {
		t.Errorf("%d records, %v", i, err)
	}
}

// plainPieces decrypts everything that a segment is made of, from its first piece on.
func plainPieces(t *testing.T, s *Segment) (out [][]byte) {
	t.Helper()
	all := append([]piece{s.foot.table, s.foot.dict, s.foot.words}, s.table...)
	all = append(all, s.dict.pieces...)
	in := pieces{sealed: s.sealed}
	err := s.dict.each(&in, "", func(_ []byte, r *reader) bool {
		for _, b := range r.list().blocks {
			all = append(all, b.piece)
		}
		return true
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		b, err := s.sealed.get(p, nil)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, b)
	}
	return out
}

func TestSameRecordsMakeTheSameSegmentUnderAnotherSeal(t *testing.T) {
	docs := randomDocs(newRand(11), 1000)
	for i := range docs {
		docs[i].Texts = append(docs[i].Texts, "everybody")
	}
	turned := slices.Clone(docs)
	slices.Reverse(turned)
	one, two := build(t, docs), build(t, turned)
	if a, b := plainPieces(t, one), plainPieces(t, two); !slices.EqualFunc(a, b, bytes.Equal) || len(a) < 10 {
		t.Errorf("%d and %d pieces differ", len(a), len(b))
	}
	if bytes.Equal(segmentFile(t, docs[:9]), segmentFile(t, docs[:9])) {
		t.Error("the same text is sealed the same way twice")
	}
}

// failing is a Sorter that fails where it is told to.
type failing struct {
	inMemory
	at      string
	removed *int
}

var errSorter = errors.New("the disk is full")

func (f *failing) fail(at string) error {
	if f.at == at {
		return errSorter
	}
	return nil
}

func (f *failing) Add(k, v []byte) error { return errors.Join(f.fail("add"), f.inMemory.Add(k, v)) }
func (f *failing) Remove() error         { *f.removed++; return f.fail("remove") }
func (f *failing) Each(visit func(k, v []byte) error) error {
	return errors.Join(f.fail("each"), f.inMemory.Each(visit))
}

func TestFailingSorterLeavesNoFileAndNothingBehind(t *testing.T) {
	for _, which := range []int{1, 2} {
		for _, at := range []string{"make", "add", "each", "remove"} {
			made, removed := 0, 0
			b, err := NewBuilder(context.Background(), func() (Sorter, error) {
				if made++; made == which && at == "make" {
					return nil, errSorter
				}
				f := &failing{removed: &removed}
				if made == which {
					f.at = at
				}
				return f, nil
			})
			path := filepath.Join(t.TempDir(), "segment")
			if err == nil {
				err = b.Add(Doc{Key: "a", Names: []string{"Ann"}, Numbers: []Number{{"441134960123", ""}}})
			}
			if err == nil {
				err = b.Finish(path, testKey, nil)
			}
			if !errors.Is(err, errSorter) {
				t.Errorf("sorter %d, %s: %v", which, at, err)
			}
			if b != nil {
				_ = b.Close()
			}
			if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
				t.Errorf("sorter %d, %s: the file is there", which, at)
			}
			if at != "make" && removed < made {
				t.Errorf("sorter %d, %s: %d of %d were removed", which, at, removed, made)
			}
		}
	}
}

func TestSegmentNeedsAPlaceToBe(t *testing.T) {
	removed := 0
	b, err := NewBuilder(context.Background(), func() (Sorter, error) { return &failing{removed: &removed}, nil })
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Finish(filepath.Join(t.TempDir(), "no", "such", "folder"), testKey, nil); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v", err)
	}
	if err := b.Close(); err != nil || removed != 2 {
		t.Errorf("%d sorters removed, %v", removed, err)
	}
}

func TestSegmentTakesThePlaceOfWhatWasThere(t *testing.T) {
	path := filepath.Join(t.TempDir(), "segment")
	if err := os.WriteFile(path, bytes.Repeat([]byte("old"), 100_000), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := Open(buildAt(t, path, named("Ann")), testKey)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if got := page(t, s, Parse("ann", nil), 5); len(got) != 1 {
		t.Errorf("got %v", got)
	}
}

func TestSizeCountsTheFileAndWhatIsInMemory(t *testing.T) {
	small, large := build(t, named("Ann")), build(t, randomDocs(newRand(3), 3000))
	info, err := large.sealed.file.Stat()
	if err != nil {
		t.Fatal(err)
	}
	file, memory := large.Size()
	_, least := small.Size()
	if file != info.Size() || memory <= least || least <= 0 {
		t.Errorf("file %d of %d, memory %d, of one record %d", file, info.Size(), memory, least)
	}
}

func TestFootComesBack(t *testing.T) {
	for _, f := range []footer{{}, {count: 1 << 40, table: piece{1, 2}, dict: piece{1 << 60, 1 << 31}, words: piece{5, 6}, about: []byte("x\x00y")}} {
		got, err := decodeFooter(f.encode())
		if err != nil || got.count != f.count || got.table != f.table || got.dict != f.dict || got.words != f.words || !bytes.Equal(got.about, f.about) {
			t.Errorf("%+v comes back as %+v, %v", f, got, err)
		}
		for n := range len(f.encode()) - len(f.about) {
			if _, err := decodeFooter(f.encode()[:n]); !errors.Is(err, ErrDamaged) {
				t.Errorf("%d bytes give %v", n, err)
			}
		}
	}
}

// cancelling is a Sorter that ends a context when it is read.
type cancelling struct {
	inMemory
	cancel context.CancelFunc
}

func (c *cancelling) Each(visit func(k, v []byte) error) error {
	c.cancel()
	return c.inMemory.Each(visit)
}

func TestBuilderEndsWhileItWritesTheWords(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	made := 0
	b, err := NewBuilder(ctx, func() (Sorter, error) {
		if made++; made == 2 {
			return &cancelling{cancel: cancel}, nil
		}
		return &inMemory{}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 3000 {
		if err := b.Add(Doc{Key: fmt.Sprint(i), Numbers: []Number{{fmt.Sprintf("44113496%04d", i), fmt.Sprintf("113496%04d", i)}}}); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "segment")
	if err := b.Finish(path, testKey, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the file is there: %v", err)
	}
}
