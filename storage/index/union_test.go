package index

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// unionsOf returns what unions makes of sorted terms, each with its records.
func unionsOf(terms []string, total int, docs func(i int) []uint32) map[string][]uint32 {
	out := map[string][]uint32{}
	u := unions{total: total, emit: func(prefix string, docs []uint32) { out[prefix] = slices.Clone(docs) }}
	for i, term := range terms {
		u.add(term, docs(i))
	}
	u.finish()
	return out
}

func TestBeginningHasAUnionFromSixtyFiveTermsOn(t *testing.T) {
	for _, n := range []int{0, 1, maxTogether - 1, maxTogether, maxTogether + 1, 200} {
		var terms []string
		for i := range n {
			terms = append(terms, fmt.Sprintf("nann%04d", i))
		}
		got := unionsOf(terms, n, func(i int) []uint32 { return []uint32{uint32(n - i)} })
		if wanted := n > maxTogether; wanted != (len(got) > 0) {
			t.Errorf("%d terms: %d unions", n, len(got))
		}
		for prefix, docs := range got {
			if !strings.HasPrefix(prefix, "nann") || !slices.IsSorted(docs) || len(docs) <= maxTogether {
				t.Errorf("%d terms: %q has %d records", n, prefix, len(docs))
			}
		}
	}
}

// TestEveryUnionHoldsTheRecordsOfAllTermsWithIt compares with a look at every term: the
// shortest union that begins with a text is what the text stands for.
func TestEveryUnionHoldsTheRecordsOfAllTermsWithIt(t *testing.T) {
	for seed := range uint64(3) {
		terms, r := randomTerms(seed+40, 3000), newRand(seed)
		lists := make([][]uint32, len(terms))
		for i := range lists {
			for range 1 + r.IntN(4) {
				lists[i] = append(lists[i], uint32(r.IntN(20_000)))
			}
			slices.Sort(lists[i])
			lists[i] = slices.Compact(lists[i])
		}
		unions := unionsOf(terms, 20_000, func(i int) []uint32 { return lists[i] })
		var prefixes []string
		for p := range unions {
			prefixes = append(prefixes, p)
		}
		slices.Sort(prefixes)
		asked, many := map[string]bool{}, 0
		for _, term := range terms {
			for size := 2; size <= len(term); size++ {
				asked[term[:size]] = true
			}
		}
		for text := range asked {
			var want []uint32
			n := 0
			for i, term := range terms {
				if strings.HasPrefix(term, text) {
					want = append(want, lists[i]...)
					n++
				}
			}
			if n <= maxTogether {
				continue
			}
			many++
			slices.Sort(want)
			at, _ := slices.BinarySearch(prefixes, text)
			if at == len(prefixes) || !strings.HasPrefix(prefixes[at], text) {
				t.Fatalf("%q of %d terms has no union", text, n)
			}
			if got := unions[prefixes[at]]; !slices.Equal(got, slices.Compact(want)) {
				t.Fatalf("%q of %d terms: %d records, want %d", text, n, len(got), len(slices.Compact(want)))
			}
		}
		if many == 0 {
			t.Error("nothing was compared")
		}
	}
}

func TestSetOfRecordsIsTheSameInBothForms(t *testing.T) {
	r := newRand(50)
	for _, sizes := range [][]int{{0}, {1, 1}, {many - 1, 1}, {many, 1}, {many - 1, many - 1}, {many + 1, 3}, {3, many + 1}, {many + 1, many + 1}, {many / 2, many / 2, 5, many}} {
		const total = 50_000
		var one, merged docSet
		want := map[uint32]bool{}
		for _, n := range sizes {
			var docs []uint32
			for range n {
				docs = append(docs, uint32(r.IntN(total+1)))
			}
			slices.Sort(docs)
			docs = slices.Compact(docs)
			for _, d := range docs {
				want[d] = true
			}
			one.add(docs, total)
			var part docSet
			part.add(docs, total)
			merged.merge(part, total)
		}
		a, b := one.docs(), merged.docs()
		if len(a) != len(want) || !slices.IsSorted(a) || !slices.Equal(a, b) {
			t.Errorf("%v: %d and %d records, want %d", sizes, len(a), len(b), len(want))
		}
		for _, d := range a {
			if !want[d] {
				t.Fatalf("%v: %d was never added", sizes, d)
			}
		}
	}
}
