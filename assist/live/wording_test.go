package live

import (
	"strings"
	"testing"
	"unicode"

	"ringside/assist"
	lang "ringside/assist/search/text"
)

// What is left of long words is their beginning, not every word that still fits.
func TestALongWordingIsTheBeginningOfWhatWasSaid(t *testing.T) {
	heard := strings.Repeat("charged twice again ", 9) + "and nobody understands it, so I want a refund"
	got := wording(heard, assist.Customer{})
	if !strings.HasPrefix(heard, got) || len(got) < longestWording-20 {
		t.Errorf("%q", got)
	}
}

// FuzzWording: whatever was typed, nothing private is offered to everybody.
func FuzzWording(f *testing.F) {
	for _, s := range []string{"mary@shaw.example charged twice 4411", "Mary’s order", "３ ٣ 4", "\xff\xfe shaw", strings.Repeat("a ", 300), "💳💳", "SHAW'S shaw's Shaw"} {
		f.Add(s, "Mary Shaw")
	}
	f.Fuzz(func(t *testing.T, heard, name string) {
		if len(name) > 500 {
			return // no customer can have it
		}
		got := wording(heard, assist.Customer{Name: name})
		if strings.ContainsFunc(got, unicode.IsDigit) || strings.Contains(got, "@") {
			t.Errorf("%q becomes %q", heard, got)
		}
		if n := len([]rune(got)); n > longestWording {
			t.Errorf("%d letters are offered", n)
		}
		for _, w := range strings.Fields(got) {
			for _, own := range strings.Fields(name) {
				if lang.Fold(own) != "" && strings.EqualFold(w, own) {
					t.Errorf("%q of %q is in %q", own, name, got)
				}
			}
		}
		telling(got, "")
		replaced(heard, got)
	})
}
