package index

import (
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestVocabularyMissesNoWordThatFits(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var all []string
	for range 3000 {
		w := []rune{}
		for range 1 + r.IntN(9) {
			w = append(w, []rune("aabbcdeжз")[r.IntN(9)])
		}
		all = append(all, []string{"n", "o"}[r.IntN(2)]+string(w))
	}
	slices.Sort(all)
	all = slices.Compact(all)
	path := filepath.Join(t.TempDir(), "v")
	out, err := newSealer(path, testKey)
	if err != nil {
		t.Fatal(err)
	}
	var w vocabularyWriter
	for i, term := range all {
		w.add(term, []uint32{uint32(i)})
	}
	at := w.finish(out)
	if err := out.finish(nil); err != nil {
		t.Fatal(err)
	}
	in, _, err := openSealed(path, testKey)
	if err != nil {
		t.Fatal(err)
	}
	defer in.file.Close()
	v, err := readVocabulary(in, at)
	if err != nil {
		t.Fatal(err)
	}
	for range 400 {
		text := []rune(all[r.IntN(len(all))][1:])
		if r.IntN(2) == 0 {
			text[r.IntN(len(text))] = 'c'
		}
		for _, p := range []pattern{{mode: inside, text: string(text)}, {mode: typo, text: string(text)}} {
			if p.mode == inside && len(p.text) < shortestInner || p.mode == typo && len(text) < shortestTypo {
				continue
			}
			var got, want []string
			for _, i := range v.find(p, len(all)) {
				got = append(got, v.term(i))
			}
			for _, term := range all {
				p.space = term[0]
				if p.fits(term) && !strings.HasPrefix(term[1:], p.text) {
					want = append(want, term)
				}
			}
			if !slices.Equal(got, want) {
				t.Fatalf("%v %q: %v, want %v", p.mode, p.text, got, want)
			}
		}
	}
}

func TestListsComeBack(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	path := filepath.Join(t.TempDir(), "lists")
	out, err := newSealer(path, testKey)
	if err != nil {
		t.Fatal(err)
	}
	var all [][]uint32
	for _, n := range []int{1, 2, 100, 257, 5000, 60_000, 150_000} {
		for _, spread := range []int{1, 3, 400} {
			docs, d := make([]uint32, n), uint32(r.IntN(200_000))
			for i := range docs {
				docs[i] = d
				d += 1 + uint32(r.IntN(spread))
			}
			all = append(all, docs)
		}
	}
	var b []byte
	for _, docs := range all {
		b = appendList(b, docs, out.put)
	}
	if err := out.finish(b); err != nil {
		t.Fatal(err)
	}
	file, last, err := openSealed(path, testKey)
	if err != nil {
		t.Fatal(err)
	}
	defer file.file.Close()
	in, rd := &pieces{sealed: file}, reader{b: last}
	for i, docs := range all {
		l := rd.list()
		if rd.bad || l.count != len(docs) {
			t.Fatalf("list %d: %d of %d", i, l.count, len(docs))
		}
		var got []uint32
		for number := range int(docs[len(docs)-1]>>blockBits) + 2 {
			var set block
			if _, err := l.or(&set, number, in); err != nil {
				t.Fatal(err)
			}
			for n := range blockDocs {
				if set[n/64]&(1<<(n%64)) != 0 {
					got = append(got, uint32(number<<blockBits+n))
				}
			}
		}
		if !slices.Equal(got, docs) {
			t.Fatalf("list %d of %d comes back as %d", i, len(docs), len(got))
		}
	}
}

// damagesRead reports whether a byte lies in a piece that a search for "mary" reads.

func FuzzPieces(f *testing.F) {
	f.Add([]byte{1, 2, 3}, []byte{0, 5, 0xff})
	f.Add([]byte("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01\x02"), []byte{1})
	f.Fuzz(func(t *testing.T, a, b []byte) {
		r := reader{b: a}
		r.list()
		(&reader{b: a}).skipList()
		_, _ = decodeFooter(a)
		_ = orBlock(&block{}, b)
		_ = eachDoc(b, func(uint32) {})
	})
}
