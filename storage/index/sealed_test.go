package index

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// sealPieces writes a file of pieces; the last is the one that opening gives.
func sealPieces(t testing.TB, plain ...[]byte) (path string, at []piece) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "sealed")
	out, err := newSealer(path, testKey)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range plain[:len(plain)-1] {
		at = append(at, out.put(p))
	}
	if err := out.finish(plain[len(plain)-1]); err != nil {
		t.Fatal(err)
	}
	return path, at
}

// unseal opens a file of pieces until the test ends.
func unseal(t testing.TB, path string) (*sealed, []byte) {
	t.Helper()
	s, last, err := openSealed(path, testKey)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.file.Close() })
	return s, last
}

// segmentFile makes a segment and returns its bytes.
func segmentFile(t testing.TB, docs []Doc) []byte {
	t.Helper()
	b, err := os.ReadFile(buildAt(t, filepath.Join(t.TempDir(), "segment"), docs))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func openBytes(t testing.TB, b []byte, key [32]byte) error {
	t.Helper()
	file, err := os.CreateTemp("", "segment")
	if err != nil {
		t.Fatal(err)
	}
	defer os.Remove(file.Name())
	if _, err := file.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	s, err := Open(file.Name(), key)
	if err != nil {
		return err
	}
	return s.Close()
}

func TestPiecesComeBackInAnyOrder(t *testing.T) {
	plain := [][]byte{[]byte("first"), {}, bytes.Repeat([]byte("x"), 300_000), []byte("last but one"), []byte("the last")}
	path, at := sealPieces(t, plain...)
	s, last := unseal(t, path)
	if string(last) != "the last" {
		t.Errorf("the last piece is %q", last)
	}
	in := pieces{sealed: s}
	for _, i := range []int{2, 0, 0, 3, 1, 1, 2, 3, 0} {
		if got, err := in.get(at[i]); err != nil || !bytes.Equal(got, plain[i]) {
			t.Errorf("piece %d: %d bytes, %v", i, len(got), err)
		}
	}
}

func TestPieceThatIsNowhereIsDamage(t *testing.T) {
	path, at := sealPieces(t, []byte("first"), []byte("second"), nil)
	s, _ := unseal(t, path)
	for _, p := range []piece{
		{}, {at[0].at, 0}, {at[0].at, 15}, {at[0].at, at[0].size + 1}, {at[0].at + 1, at[0].size}, {at[0].at, at[1].size}, {uint64(s.size), 16},
		{uint64(s.size) - 1, 16}, {1 << 63, 32}, {^uint64(0), 32}, {at[0].at, maxPiece + 1}, {at[0].at, ^uint32(0)},
	} {
		in := pieces{sealed: s}
		if _, err := in.get(p); !errors.Is(err, ErrDamaged) {
			t.Errorf("%+v gives %v", p, err)
		}
		if got, err := in.get(at[1]); err != nil || string(got) != "second" {
			t.Errorf("behind %+v the second piece is %q, %v", p, got, err)
		}
	}
}

func TestPieceIsBoundToItsPlace(t *testing.T) {
	path, at := sealPieces(t, []byte("aaaa"), []byte("bbbb"), nil)
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	copy(b[at[0].at:], bytes.Clone(b[at[1].at:at[1].at+uint64(at[1].size)]))
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	s, _ := unseal(t, path)
	if got, err := s.get(at[0], nil); !errors.Is(err, ErrDamaged) {
		t.Errorf("a piece from elsewhere reads as %q, %v", got, err)
	}
}

func TestSealerKeepsItsFirstErrorAndWritesNothingMore(t *testing.T) {
	out, err := newSealer(filepath.Join(t.TempDir(), "sealed"), testKey)
	if err != nil {
		t.Fatal(err)
	}
	if err := out.file.Close(); err != nil {
		t.Fatal(err)
	}
	out.put(make([]byte, 1<<20))
	if p := out.put([]byte("more")); p != (piece{}) {
		t.Errorf("it goes on at %+v", p)
	}
	if err := out.finish(nil); !errors.Is(err, os.ErrClosed) {
		t.Errorf("the end gives %v", err)
	}
}

func TestSegmentIsForItsOwnerOnlyAndSaysNothingInTheOpen(t *testing.T) {
	path := buildAt(t, filepath.Join(t.TempDir(), "segment"), []Doc{{Key: "customer-77", Names: []string{"Wilhelmina Shawcross"}, Mails: []string{"wilhelmina@example.org"},
		Numbers: []Number{{"441134960123", "1134960123"}}}})
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"wilhelmina", "Wilhelmina", "shawcross", "example", "customer-77", "441134", "321069", "about"} {
		if bytes.Contains(b, []byte(secret)) {
			t.Errorf("%q can be read", secret)
		}
	}
}

func TestShortenedSegmentIsDamagedAtEveryLength(t *testing.T) {
	whole := segmentFile(t, named("Mary Shaw", "Tom Bell"))
	for n := range len(whole) {
		if n%97 != 0 && n > 64 && n < len(whole)-64 {
			continue
		}
		if err := openBytes(t, whole[:n], testKey); !errors.Is(err, ErrDamaged) {
			t.Errorf("%d of %d bytes give %v", n, len(whole), err)
		}
	}
	if err := openBytes(t, whole, testKey); err != nil {
		t.Errorf("the whole gives %v", err)
	}
	if err := openBytes(t, append(slices.Clone(whole), 0), testKey); !errors.Is(err, ErrDamaged) {
		t.Errorf("a byte too many gives %v", err)
	}
}

func TestForeignFilesAreDamage(t *testing.T) {
	whole := segmentFile(t, named("Mary Shaw"))
	other := segmentFile(t, named("Mary Shaw"))
	for name, b := range map[string][]byte{
		"nothing": nil, "a text": []byte("Dear Mary,\n"), "a long text": bytes.Repeat([]byte("Dear Mary,\n"), 1000), "zeros": make([]byte, 5000),
		"only ends":       append(slices.Clone(whole[:headSize]), whole[len(whole)-footSize:]...),
		"the other head":  append(slices.Clone(other[:headSize]), whole[headSize:]...),
		"another version": append([]byte("RSSEEK99"), whole[8:]...),
	} {
		if err := openBytes(t, b, testKey); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s gives %v", name, err)
		}
	}
	if _, err := Open(filepath.Join(t.TempDir(), "none"), testKey); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file gives %v", err)
	}
}

func TestEveryKeyButTheRightOneIsRefused(t *testing.T) {
	whole := segmentFile(t, named("Mary Shaw"))
	for i := range 32 {
		key := testKey
		key[i] ^= 1
		if err := openBytes(t, whole, key); !errors.Is(err, ErrDamaged) {
			t.Errorf("a key that differs in byte %d gives %v", i, err)
		}
	}
}

// TestDamageInAnyPlaceIsNoticedByWhoReadsIt flips bits in a segment with long lists, and
// asks: what comes back is right or ErrDamaged.
func TestDamageInAnyPlaceIsNoticedByWhoReadsIt(t *testing.T) {
	docs := randomDocs(newRand(9), 1500)
	whole := segmentFile(t, docs)
	queries := []Query{Parse("a", plainNumbers), Parse("abc", plainNumbers), Parse("44", plainNumbers), Parse("bbaa", plainNumbers)}
	s := build(t, docs)
	var want [][]string
	for _, q := range queries {
		want = append(want, ask(t, s, q))
	}
	path, r, noticed := filepath.Join(t.TempDir(), "spoilt"), newRand(10), 0
	for range 25 {
		spoilt := slices.Clone(whole)
		at := r.IntN(len(spoilt))
		spoilt[at] ^= 1 << r.IntN(8)
		if err := os.WriteFile(path, spoilt, 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := Open(path, testKey)
		if err != nil {
			if !errors.Is(err, ErrDamaged) {
				t.Errorf("byte %d: %v", at, err)
			}
			noticed++
			continue
		}
		for i, q := range queries {
			got, err := askAll(s, q)
			switch {
			case err != nil && !errors.Is(err, ErrDamaged):
				t.Errorf("byte %d: %v", at, err)
			case err != nil:
				noticed++
			case !slices.Equal(got, want[i]):
				t.Errorf("byte %d: %d records instead of %d, and no word of it", at, len(got), len(want[i]))
			}
		}
		s.Close()
	}
	if noticed == 0 {
		t.Error("no damage was where anybody reads")
	}
}

func TestSearchOfADamagedPieceSaysSoEveryTime(t *testing.T) {
	docs := named("Mary Shaw", "Mary Bell")
	path := buildAt(t, filepath.Join(t.TempDir(), "segment"), docs)
	s, err := Open(path, testKey)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if _, err := file.WriteAt([]byte{0xAA, 0x55, 0xAA, 0x55}, int64(s.foot.words.at)); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		search := s.Search(Parse("hawx", nil), 6)
		var last error
		for tier := Sure; tier <= Most && last == nil; tier++ {
			last = search.Tier(context.Background(), tier, func(string, int64) (bool, error) { return true, nil })
		}
		if !errors.Is(last, ErrDamaged) {
			t.Errorf("got %v", last)
		}
	}
	if got := page(t, s, Parse("mary", nil), 2); len(got) != 2 {
		t.Errorf("what needs no words is not found: %v", got)
	}
}

func TestSegmentRefusesAnotherKeyAndEveryDamage(t *testing.T) {
	b, err := NewBuilder(context.Background(), newInMemory)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Add(Doc{Key: "a", Names: []string{"Mary Shaw"}}); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "segment")
	if err := b.Finish(path, testKey, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(path, [32]byte{9}); !errors.Is(err, ErrDamaged) {
		t.Errorf("another key gives %v", err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(whole); i++ {
		if i > 64 && i < len(whole)-64 {
			i += 41
		}
		spoilt := slices.Clone(whole)
		spoilt[i] ^= 0x10
		if err := os.WriteFile(path, spoilt, 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := Open(path, testKey)
		if err == nil {
			search := s.Search(Parse("mary", nil), 6)
			for tier := Sure; tier <= Most && err == nil; tier++ {
				err = search.Tier(context.Background(), tier, func(string, int64) (bool, error) { return true, nil })
			}
			if err == nil {
				_, err = s.vocabulary()
			}
			s.Close()
		}
		if err != nil && !errors.Is(err, ErrDamaged) {
			t.Errorf("byte %d gives %v", i, err)
		}
		if err == nil && i > headSize && i < len(whole)-footSize && damagesRead(s, i) {
			t.Errorf("byte %d was changed unseen", i)
		}
	}
}

// damagesRead reports whether a byte lies in a piece that a search for "mary" reads.
func damagesRead(s *Segment, at int) bool {
	for _, p := range append([]piece{s.foot.dict, s.foot.table, s.foot.words}, s.table...) {
		if at >= int(p.at) && at < int(p.at)+int(p.size) {
			return true
		}
	}
	return false
}
