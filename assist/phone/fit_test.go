package phone

import (
	"testing"

	"ringside/assist"
)

func TestCompareKnowsHowSureItIs(t *testing.T) {
	for _, c := range []struct {
		kept, calls string
		want        Fit
	}{
		{"020 7946 0123", "+442079460123", Same},
		{"020 7946 0123 ext 12", "+442079460123", Same},
		{"020 7946 0123", "+442079460123;ext=12", Same},
		{"020 7946 0123 ext 12", "+442079460123;ext=12", Exact},
		{"020 7946 0123 ext 12", "+442079460123;ext=34", Maybe},
		{"020 7946 0123", "7946 0123", Maybe},
		{"7946 0123", "020 7946 0123", Maybe},
		{"7946 0123", "7946 0123", Same},
		{"020 7946 0123", "460123", Different},
		{"214", "214", Same},
		{"020 7946 0214", "214", Different},
		{"", "", Different},
		{"anonymous", "", Different},
		{"ask Mary", "ask Mary", Different},
	} {
		if got := Compare(Parse(c.kept, "GB"), Parse(c.calls, "GB")); got != c.want {
			t.Errorf("%q and %q: %d, want %d", c.kept, c.calls, got, c.want)
		}
	}
}

func TestFittingPutsTheSurestFirst(t *testing.T) {
	fits := map[string]Fit{"no": Different, "maybe": Maybe, "same": Same, "exact": Exact, "too": Same}
	fit := func(s string) Fit { return fits[s] }
	for _, c := range []struct{ list, want []string }{
		{[]string{"no", "maybe", "same", "exact", "too"}, []string{"exact", "same", "too"}},
		{[]string{"no", "maybe"}, []string{"maybe"}},
		{[]string{"no"}, nil},
	} {
		got := Fitting(c.list, fit)
		if len(got) != len(c.want) {
			t.Fatalf("of %q: %q", c.list, got)
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("of %q: %q, want %q", c.list, got, c.want)
			}
		}
	}
}

func TestKeptNumberIsReadByItsE164(t *testing.T) {
	n := Kept(assist.Phone{Raw: "(212) 555-0123 x9", E164: "+12125550123"}, "GB")
	if Compare(n, Parse("+12125550123;ext=9", "GB")) != Exact {
		t.Errorf("it is %+v", n)
	}
}
