package phone

import (
	"strings"

	"ringside/assist"
	"ringside/assist/glance"
)

// LeastTail is how many last digits it takes to know a number by its end: fewer are
// somebody's extension.
const LeastTail = minNational

// Fit says how well two numbers fit.
type Fit int

// The fits, the worst first.
const (
	// Different numbers: nothing to do with one another.
	Different Fit = iota
	// Maybe the same: of one of them only the last digits are known, and these are the
	// other's; or it is another extension of the same number.
	Maybe
	// Same number: a switchboard's counts with and without an extension behind it.
	Same
	// Exact: the same number and the same extension behind it.
	Exact
)

// Compare says how well a number that is kept and one that calls fit. A number that is
// withheld or has no digits fits nothing, not even another such.
func Compare(kept, calls Number) Fit {
	switch {
	case kept.Withheld || calls.Withheld || kept.Digits == "" || calls.Digits == "":
		return Different
	case kept.Digits == calls.Digits && kept.Tail == calls.Tail:
		return sameNumber(kept.Ext, calls.Ext)
	case endsLike(kept, calls) || endsLike(calls, kept):
		return Maybe
	}
	return Different
}

func sameNumber(kept, calls string) Fit {
	switch {
	case kept == calls && kept != "":
		return Exact
	case kept == "" || calls == "" || kept == calls:
		return Same
	}
	return Maybe
}

// endsLike reports whether only the end of one number is known, and the other has it.
func endsLike(end, other Number) bool {
	return end.Tail && len(end.Digits) >= LeastTail && len(other.Digits) > len(end.Digits) && strings.HasSuffix(other.Digits, end.Digits)
}

// BestOf is the best fit of a number that calls with any of those that are kept.
func BestOf(kept []assist.Phone, calls Number, region string) Fit {
	best := Different
	for _, k := range kept {
		best = max(best, Compare(Kept(k, region), calls))
	}
	return best
}

// FitOf is how well the number of a match fitted.
func FitOf(m glance.Match) Fit {
	switch {
	case m.Exact:
		return Exact
	case m.Tail:
		return Maybe
	}
	return Same
}

// Fitting leaves of a list those who may be meant, in their order: who fits beyond doubt,
// with the exact ones first, or, when nobody does, who may fit.
func Fitting[T any](list []T, fit func(T) Fit) (out []T) {
	for _, want := range [][]Fit{{Exact, Same}, {Maybe}} {
		for _, f := range want {
			for _, one := range list {
				if fit(one) == f {
					out = append(out, one)
				}
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
}
