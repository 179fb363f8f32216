package index

import (
	"math/bits"
	"testing"
)

func TestANameStandsInATextWithItsWordsInARow(t *testing.T) {
	for _, c := range []struct {
		text, name string
		want       bool
	}{
		{"the Hedge 300 is loud", "hedge 300", true}, {"300 hedges, Hedge 30 0", "Hedge 300", false}, {"hedge, 300", "Hedge-300", true},
		{"GRÜẞE", "grüsse", true}, {"hedge hedge 300", "hedge 300", true}, {"", "x", false}, {"anything", "", false}, {"🙂 ", "🙂", false},
	} {
		if got := Has(c.text, c.name); got != c.want {
			t.Errorf("%q has %q: %v", c.text, c.name, got)
		}
	}
}

func TestABlockIsFilledBetweenTwoNumbers(t *testing.T) {
	for _, c := range []struct {
		number int
		lo, hi uint32
	}{{0, 0, 0}, {0, 0, 1}, {0, 63, 65}, {0, 5, 5}, {0, 10, 3}, {1, 0, 1 << 17}, {1, 65536 + 70, 65536 + 300}, {0, 0, 1 << 20}, {2, 7, 1 << 17}} {
		var b block
		some := b.between(c.number, c.lo, c.hi)
		count := 0
		for i, w := range b {
			count += bits.OnesCount64(w)
			for ; w != 0; w &= w - 1 {
				if n := uint32(c.number<<blockBits + i*64 + bits.TrailingZeros64(w)); n < c.lo || n >= c.hi {
					t.Fatalf("%+v: %d is in it", c, n)
				}
			}
		}
		first, last := uint32(c.number)<<blockBits, uint32(c.number+1)<<blockBits
		if want := max(int(min(c.hi, last))-int(max(c.lo, first)), 0); count != want || some != (want > 0) {
			t.Errorf("%+v: %d numbers, %v; want %d", c, count, some, want)
		}
	}
}

func TestAFilterWithAnEmptyGroupLetsNothingThrough(t *testing.T) {
	terms := Doc{Texts: []string{"a b"}, Facets: []string{Facet('x', "1")}}.Terms()
	for name, c := range map[string]struct {
		f    Filter
		want bool
	}{
		"nothing asked": {Filter{}, true}, "an empty group": {Filter{Any: [][]All{{}}}, false},
		"a facet":   {Filter{Any: [][]All{{{Facet('x', "1")}}}}, true},
		"another":   {Filter{Any: [][]All{{{Facet('x', "2")}}}}, false},
		"one of":    {Filter{Any: [][]All{{{Facet('x', "2")}, {Facet('x', "1")}}}}, true},
		"all words": {Filter{Any: [][]All{{Spelt("b a")}}}, true}, "not all": {Filter{Any: [][]All{{Spelt("a c")}}}, false},
		"too early": {Filter{From: 11}, false}, "in time": {Filter{From: 10, Until: 11}, true}, "too late": {Filter{Until: 10}, false},
	} {
		if got := c.f.Fits(terms, 10); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
