// Package compare finds what a library says twice, and where it gainsays itself or the
// company's own site. It knows English well; in other languages it compares words by
// their stems, and sums, dates and counts by what follows them.
//
// It is held to few false alarms rather than to finding all: a trainer who sees five
// false ones never looks again.
package compare

import (
	"cmp"
	"context"
	"slices"

	"ringside/assist"
)

// Pair are two answers that a trainer should look at.
type Pair struct {
	A, B  assist.ID // in the order of the library
	Clash bool      // they contradict each other; else they answer the same question
	Alike float64   // how alike they are, or what says so, from 0 to 1
	Why   string    // in words for people, without a full stop
	// OfA and OfB are the sentences that say so: of doubles, the words to say.
	OfA, OfB string
}

// Pairs returns contradictions, then doubles, the most alike first. The same answers in
// the same order give the same pairs. What is Off or a Draft is left out; so are pairs in
// apart, as long as both answers have the Fingerprint they had. Answers of different
// languages are not compared. Two answers are at most one pair. The error is that of ctx.
func Pairs(ctx context.Context, answers []assist.Answer, apart []assist.Apart) ([]Pair, error) {
	kept := newKept(answers, nil, apart)
	var out []Pair
	for _, group := range byLanguage(answers) {
		l, err := read(ctx, group)
		if err != nil {
			return nil, err
		}
		l.weigh(len(l.texts))
		found, err := l.pairs(ctx)
		if err != nil {
			return nil, err
		}
		for _, f := range found {
			if a, b := l.texts[f.a], l.texts[f.b]; !kept.apart(a.id, b.id) {
				out = append(out, f.pair(a, b))
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Pair) int {
		if a.Clash != b.Clash {
			if a.Clash {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(b.Alike, a.Alike), cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
	})
	return out, nil
}

// pairs returns what was found in one language.
func (l *library) pairs(ctx context.Context) ([]finding, error) {
	near, err := l.near(ctx, func(int, int) bool { return true })
	if err != nil {
		return nil, err
	}
	var out []finding
	for i, n := range near {
		if i%256 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		a, b := l.texts[n.a], l.texts[n.b]
		if !sameProducts(a.products, b.products, true) {
			continue
		}
		if c, ok := l.gainsay(a, b, n.alike); ok {
			c.a, c.b = n.a, n.b
			out = append(out, c)
		} else if double(a, b, n) {
			out = append(out, finding{a: n.a, b: n.b, alike: n.alike})
		}
	}
	return out, nil
}

// kept knows what was set apart and still stands as it stood.
type kept map[[2]assist.ID]bool

func newKept(answers []assist.Answer, pages []assist.WebPage, apart []assist.Apart) kept {
	if len(apart) == 0 {
		return nil
	}
	named := map[assist.ID]string{}
	for _, p := range apart {
		named[p.Of[0]], named[p.Of[1]] = "", ""
	}
	for _, a := range answers {
		if _, ok := named[a.ID]; ok {
			named[a.ID] = a.Fingerprint()
		}
	}
	for _, p := range pages {
		if _, ok := named[p.ID]; ok {
			named[p.ID] = p.Hash()
		}
	}
	out := kept{}
	for _, p := range apart {
		if p.Stood[0] == named[p.Of[0]] && p.Stood[1] == named[p.Of[1]] {
			out[p.Of], out[[2]assist.ID{p.Of[1], p.Of[0]}] = true, true
		}
	}
	return out
}

func (k kept) apart(a, b assist.ID) bool { return k[[2]assist.ID{a, b}] }
