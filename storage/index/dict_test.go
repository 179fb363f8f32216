package index

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// dictOf makes a dictionary of sorted terms; the i-th term is in record i.
func dictOf(t testing.TB, terms []string) (*dict, *pieces) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "dict")
	out, err := newSealer(path, testKey)
	if err != nil {
		t.Fatal(err)
	}
	w := dictWriter{out: out}
	for i, term := range terms {
		w.add(term, []uint32{uint32(i)})
	}
	at := w.finish()
	if err := out.finish(nil); err != nil {
		t.Fatal(err)
	}
	file, _ := unseal(t, path)
	d, err := readDict(file, at)
	if err != nil {
		t.Fatal(err)
	}
	return d, &pieces{sealed: file}
}

// randomTerms returns sorted terms with much in common.
func randomTerms(seed uint64, n int) (out []string) {
	r := newRand(seed)
	for range n {
		var b strings.Builder
		b.WriteByte("neo"[r.IntN(3)])
		for range 1 + r.IntN(8) {
			b.WriteRune([]rune("abcж")[r.IntN(4)])
		}
		out = append(out, b.String())
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// docsOf returns the records that lists beside their terms hold, in order.
func docsOf(lists []list) (out []uint32) {
	for _, l := range lists {
		out = append(out, l.docs...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func TestDictionaryHasEveryTermAndNoOther(t *testing.T) {
	for _, n := range []int{0, 1, 2, 300, 5000} {
		terms := randomTerms(uint64(n), n)
		d, in := dictOf(t, terms)
		if n == 5000 && len(d.pieces) < 3 {
			t.Errorf("all are in %d pieces", len(d.pieces))
		}
		for i, term := range terms {
			if got, err := d.whole(in, term); err != nil || !slices.Equal(docsOf(got), []uint32{uint32(i)}) {
				t.Fatalf("%q of %d: %v, %v", term, n, got, err)
			}
			for _, other := range []string{term + "\x00", term[:len(term)-1] + "z", term[1:]} {
				if got, err := d.whole(in, other); err != nil || len(got) > 0 && !slices.Contains(terms, other) {
					t.Fatalf("%q of %d: %v, %v", other, n, got, err)
				}
			}
		}
		for _, other := range []string{"", "a", "zzz", "\xff\xff"} {
			if got, err := d.whole(in, other); err != nil || len(got) != 0 {
				t.Errorf("%q of %d: %v, %v", other, n, got, err)
			}
		}
	}
}

func TestDictionaryIsReadFromAnyTermOn(t *testing.T) {
	terms := randomTerms(21, 2000)
	d, in := dictOf(t, terms)
	r := newRand(22)
	froms := append(slices.Clone(d.firsts), "", "n", "zzz", terms[len(terms)-1])
	for range 60 {
		term := terms[r.IntN(len(terms))]
		froms = append(froms, term, term[:1+r.IntN(len(term))], term+"a")
	}
	for _, from := range froms {
		at, _ := slices.BinarySearch(terms, from)
		want := terms[at:]
		var got []string
		if err := d.each(in, from, func(term []byte, r *reader) bool {
			got = append(got, string(term))
			r.skipList()
			return true
		}); err != nil || !slices.Equal(got, want) {
			t.Fatalf("from %q: %d terms, want %d, %v", from, len(got), len(want), err)
		}
	}
}

func TestFewTermsWithABeginningGiveTheirOwnLists(t *testing.T) {
	terms := randomTerms(31, 400)
	d, in := dictOf(t, terms)
	compared := 0
	for _, term := range terms {
		for size := 2; size <= len(term); size++ {
			var want []uint32
			for i, other := range terms {
				if strings.HasPrefix(other, term[:size]) {
					want = append(want, uint32(i))
				}
			}
			if len(want) > maxTogether {
				continue
			}
			compared++
			got, err := d.beginning(in, term[:size])
			if err != nil || len(got) != len(want) || !slices.Equal(docsOf(got), want) {
				t.Fatalf("%q: %v, want %v, %v", term[:size], docsOf(got), want, err)
			}
		}
	}
	if compared == 0 {
		t.Error("nothing was compared")
	}
}

func TestDictionaryThatIsNoneIsDamage(t *testing.T) {
	for name, b := range map[string][]byte{
		"nothing": {}, "more than there is": {2, 1, 'a', 30, 20}, "a term too long": {1, 9, 'a'}, "no place": {1, 1, 'a'}, "half a place": {1, 1, 'a', 30},
	} {
		path, at := sealPieces(t, b, nil)
		s, _ := unseal(t, path)
		if _, err := readDict(s, at[0]); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s gives %v", name, err)
		}
	}
	for name, b := range map[string][]byte{
		"shares what is not there": {3, 1, 'a', 1, 2, 0}, "a term too long": {0, 9, 'a'}, "a list cut off": {0, 1, 'a', 1}, "a list too long": {0, 1, 'a', 1, 9, 0},
		"half a number": {0, 1, 'a', 1, 2, 0x80}, "blocks cut off": {0, 1, 'a', 1, 0, 3, 0},
	} {
		path, at := sealPieces(t, b, nil)
		s, _ := unseal(t, path)
		d := &dict{firsts: []string{""}, pieces: at}
		if got, err := d.whole(&pieces{sealed: s}, "a"); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s gives %v, %v", name, got, err)
		}
	}
}

func TestCommonPrefix(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"", "a", 0}, {"a", "a", 1}, {"ab", "ac", 1}, {"ab", "abc", 2}, {"b", "a", 0}} {
		if a, b := commonPrefix(c.a, c.b), commonPrefix(c.b, c.a); a != c.want || b != c.want {
			t.Errorf("%q and %q: %d and %d", c.a, c.b, a, b)
		}
	}
}

func TestBeginningOfManyTermsInASegment(t *testing.T) {
	for _, n := range []int{1, maxTogether - 1, maxTogether, maxTogether + 1, maxTogether + 2, 700} {
		var docs []Doc
		for i := range n {
			docs = append(docs, Doc{Key: fmt.Sprintf("%04d", i), At: int64(-i), Names: []string{fmt.Sprintf("ann%c%c", 'a'+i%26, 'a'+i/26)},
				Mails: []string{fmt.Sprintf("bea%04d@x.org", i)}, Numbers: []Number{{fmt.Sprintf("44113496%04d", i), ""}}})
		}
		s := build(t, docs)
		for _, typed := range []string{"a", "an", "ann", "b", "bea0", "bea00", "0113 496", "x.org", "4960"} {
			q := Parse(typed, plainNumbers)
			if got, want := page(t, s, q, n), naive(docs, q); !slices.Equal(got, want) {
				t.Errorf("%d terms, %q: %d %v, want %d %v", n, typed, len(got), first(got), len(want), first(want))
			}
		}
	}
}
