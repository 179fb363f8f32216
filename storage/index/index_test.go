package index

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var testKey = [32]byte{4, 5, 6}

// inMemory is a Sorter for tests.
type inMemory struct{ entries [][2][]byte }

func (m *inMemory) Add(key, value []byte) error {
	m.entries = append(m.entries, [2][]byte{bytes.Clone(key), bytes.Clone(value)})
	return nil
}

func (m *inMemory) Each(f func(key, value []byte) error) error {
	slices.SortStableFunc(m.entries, func(a, b [2][]byte) int { return bytes.Compare(a[0], b[0]) })
	for _, e := range m.entries {
		if err := f(e[0], e[1]); err != nil {
			return err
		}
	}
	return nil
}

func (m *inMemory) Remove() error { return nil }

func newInMemory() (Sorter, error) { return &inMemory{}, nil }

// buildAt makes a segment and returns where it is.
func buildAt(t testing.TB, path string, docs []Doc) string {
	t.Helper()
	b, err := NewBuilder(context.Background(), newInMemory)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range docs {
		if err := b.Add(d); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Finish(path, testKey, []byte("about")); err != nil {
		t.Fatal(err)
	}
	return path
}

// build makes a segment and opens it until the test ends.
func build(t testing.TB, docs []Doc) *Segment {
	t.Helper()
	s, err := Open(buildAt(t, filepath.Join(t.TempDir(), "segment"), docs), testKey)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func newRand(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, seed)) }

// plainNumbers reads numbers of a country with the code 44 and a leading 0.
func plainNumbers(typed string) (whole string, begins, ends []string) {
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, typed)
	rest := strings.TrimPrefix(digits, "0")
	if len(rest) == 10 {
		whole = "44" + rest
	}
	if rest == "" {
		return "", nil, nil
	}
	return whole, []string{rest, "44" + rest}, []string{rest}
}

func ask(t testing.TB, s *Segment, q Query) []string {
	t.Helper()
	out, err := askAll(s, q)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// askAll returns everything that fits, each with its tier.
func askAll(s *Segment, q Query) (out []string, err error) {
	search := s.Search(q, 1000)
	for tier := Sure; tier <= Most && err == nil; tier++ {
		err = search.Tier(context.Background(), tier, func(key string, _ int64) (bool, error) {
			out = append(out, fmt.Sprint(tier, " ", key))
			return true, nil
		})
	}
	return out, err
}

// naive asks every record in turn.
func naive(docs []Doc, q Query) []string { return oneByOne(docs)(q) }

// oneByOne is naive for many queries.
func oneByOne(docs []Doc) func(q Query) []string {
	terms := make([]Terms, len(docs))
	for i, d := range docs {
		terms[i] = d.Terms()
	}
	type hit struct {
		Doc
		tier Tier
	}
	return func(q Query) (out []string) {
		var hits []hit
		for i, d := range docs {
			if h, ok := q.Look(terms[i]); ok {
				hits = append(hits, hit{d, h.Tier})
			}
		}
		slices.SortFunc(hits, func(a, b hit) int {
			return cmp.Or(cmp.Compare(a.tier, b.tier), cmp.Compare(b.At, a.At), cmp.Compare(a.Key, b.Key))
		})
		for _, h := range hits {
			out = append(out, fmt.Sprint(h.tier, " ", h.Key))
		}
		return out
	}
}

func TestSegmentFindsByEveryWay(t *testing.T) {
	docs := []Doc{
		{Key: "shaw", At: 5, Names: []string{"Mary Shaw"}, More: []string{"Acme Ltd", "Leeds"}, Mails: []string{"Mary.Shaw@Example.org"},
			Numbers: []Number{{"441134960123", ""}}},
		{Key: "cross", At: 9, Names: []string{"Tom Shawcross"}},
		{Key: "both", At: 1, Names: []string{"Shaw, Mary-Ann"}},
		{Key: "diallo", At: 7, Names: []string{"Aïssatou Diallo"}},
		{Key: "strasse", At: 7, Names: []string{"Jürgen Weiß"}, More: []string{"Ölhandel Müller & Söhne"}},
		{Key: "obrien", At: 3, Names: []string{"Pat O'Brien"}},
		{Key: "wang", At: 3, Names: []string{"王小明"}},
		{Key: "anna", At: 9, Names: []string{"Anna Ann"}},
		{Key: "ann", At: 2, Names: []string{"Ann Lee"}},
	}
	s := build(t, docs)
	for typed, want := range map[string]string{
		"mary shaw":             "[0 shaw 1 both 6 cross]",
		"Shaw, Mary":            "[0 shaw 1 both 6 cross]",
		"shaw":                  "[1 shaw 1 both 2 cross]",
		"SHA":                   "[2 cross 2 shaw 2 both]",
		"haw":                   "[4 cross 4 shaw 4 both]",
		"Shwa":                  "[5 shaw 5 both]",
		"Dialo":                 "[5 diallo]",
		"aissatou d":            "[2 diallo]",
		"weiss":                 "[1 strasse]",
		"muller":                "[3 strasse]",
		"OLHANDEL":              "[3 strasse]",
		"obrien":                "[1 obrien]",
		"o’brien pat":           "[0 obrien]",
		"小":                     "[1 wang]",
		"acme":                  "[3 shaw]",
		"0113 496 0123":         "[0 shaw]",
		"01134":                 "[2 shaw]",
		"960123":                "[2 shaw]",
		"mary.shaw@exa":         "[2 shaw]",
		"mary.shaw@eXample.org": "[0 shaw]",
		"mary zzz":              "[6 shaw 6 both]",
		"ann":                   "[1 anna 1 ann 1 both]",
		"zzz":                   "[]",
		"":                      "[]",
		"🙂":                     "[]",
	} {
		got := fmt.Sprint(ask(t, s, Parse(typed, plainNumbers)))
		if got != want {
			t.Errorf("%q: %s, want %s", typed, got, want)
		}
		if n := fmt.Sprint(naive(docs, Parse(typed, plainNumbers))); got != n {
			t.Errorf("%q: %s, one by one %s", typed, got, n)
		}
	}
}

// randomDocs makes records of few letters, so that much fits by chance.
func randomDocs(r *rand.Rand, n int) []Doc {
	word := func() string {
		var b []rune
		for range 1 + r.IntN(6) {
			b = append(b, []rune("aaabbbccc2éя")[r.IntN(12)])
		}
		return string(b)
	}
	docs := make([]Doc, n)
	for i := range docs {
		d := Doc{Key: fmt.Sprintf("k%06d", i), At: int64(r.IntN(n))}
		for range 1 + r.IntN(3) {
			d.Texts = append(d.Texts, word())
		}
		d.Names = []string{word() + " " + word()}
		d.More = []string{word()}
		d.Mails = []string{word() + "." + word() + "@" + word()}
		d.Numbers = []Number{{fmt.Sprint("44", 1_000_000_000+r.IntN(9_000_000_000)), ""}}
		docs[i] = d
	}
	return docs
}

func randomText(r *rand.Rand, docs []Doc) string {
	d := docs[r.IntN(len(docs))]
	texts := []string{d.Names[0], d.Texts[0], d.More[0], d.Mails[0], d.Numbers[0].Digits, "0" + d.Numbers[0].Digits[2:]}
	text := texts[r.IntN(len(texts))]
	if r.IntN(3) == 0 {
		text += " " + texts[r.IntN(len(texts))]
	}
	if r.IntN(2) == 0 {
		text = text[:1+r.IntN(len(text))]
	}
	if r.IntN(4) == 0 {
		i := r.IntN(len(text))
		text = text[:i] + []string{"a", "b", "я"}[r.IntN(3)] + text[i:]
	}
	return text
}

func TestSegmentAgreesWithLookingAtEveryRecord(t *testing.T) {
	for seed := range uint64(4) {
		r := rand.New(rand.NewPCG(seed, 1))
		docs := randomDocs(r, []int{1, 40, 300, 900}[seed])
		s, want := build(t, docs), oneByOne(docs)
		for range 120 {
			typed := randomText(r, docs)
			q := Parse(typed, plainNumbers)
			if tooMany(s, q) {
				continue
			}
			got, want := ask(t, s, q), want(q)
			if !slices.Equal(got, want) {
				t.Fatalf("seed %d, %q: %d records %v, one by one %d %v", seed, typed, len(got), first(got), len(want), first(want))
			}
		}
	}
}

// tooMany reports whether a word stands for more others than a search follows.
func tooMany(s *Segment, q Query) bool {
	for _, w := range q.words {
		for _, p := range w.ways {
			if v, err := s.vocabulary(); p.mode >= inside && err == nil && len(v.find(p, maxSpread)) == maxSpread {
				return true
			}
		}
	}
	return false
}

func first(s []string) []string { return s[:min(len(s), 12)] }
