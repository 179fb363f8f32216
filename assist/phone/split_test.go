package phone

import (
	"slices"
	"testing"
)

func TestSplitCutsAtTheWordsOfTwoNumbers(t *testing.T) {
	for cell, want := range map[string][]string{
		"07700 900123 (mob) 020 7946 0123 (office)": {"07700 900123 (mob)", "020 7946 0123 (office)"},
		"H: 07700 900123 W: 020 7946 0123":          {"H: 07700 900123", "W: 020 7946 0123"},
		"+44 7700 900123 +44 20 7946 0123":          {"+44 7700 900123", "+44 20 7946 0123"},
		"07700900123 + 02079460123":                 {"07700900123", "02079460123"},
		"020 7946 0123 - 07700 900123":              {"020 7946 0123", "07700 900123"},
		"020 7946 0123、07700 900123":                {"020 7946 0123", "07700 900123"},
		"Tel: +44 20 7946 0123":                     {"Tel: +44 20 7946 0123"},
		"020 7946 0123 ext 1234567":                 {"020 7946 0123 ext 1234567"},
		"sip:02079460123@10.0.0.1:5061":             {"sip:02079460123@10.0.0.1:5061"},
		"020 7946 0123/4":                           {"020 7946 0123", "020 7946 0124"},
		"020 7946 0117 / -18":                       {"020 7946 0117", "020 7946 0118"},
		"01/588/58/80":                              {"01/588/58/80"},
	} {
		if got := Split(cell); !slices.Equal(got, want) {
			t.Errorf("Split(%q) = %q, want %q", cell, got, want)
		}
	}
}

func TestWordsBehindANumberHaveNoDigitsOfIt(t *testing.T) {
	for raw, ext := range map[string]string{
		"020 7946 0123 (desk 2)": "", "020 7946 0123 24h": "", "020 7946 0123,9": "9", "020 7946 0123,,9#": "9",
		"020 7946 0123p9": "9", "020 7946 0123 ~ 12": "12", "020 7946 0123 × 12": "12", "2079460123.0": "",
	} {
		if n := Parse(raw, "GB"); n.E164 != "+442079460123" || n.Ext != ext {
			t.Errorf("Parse(%q) = %+v, want ext %q", raw, n, ext)
		}
	}
}

func TestNamesOfAddressesAreNoNumbers(t *testing.T) {
	for _, raw := range []string{"sip:trunk7-02079460123@pbx.example", "sip:mary@10.0.0.1", "sip:trunk7;x=1@pbx.example", "m02079460123@pbx.example"} {
		if n := Parse(raw, "GB"); n.Digits != "" || n.Withheld {
			t.Errorf("Parse(%q) = %+v, want no digits", raw, n)
		}
	}
}

func FuzzSplit(f *testing.F) {
	f.Add("H: 07700 900123 W: 020 7946 0123")
	f.Add("020 7946 0123/4")
	f.Fuzz(func(t *testing.T, cell string) {
		for _, part := range Split(cell) {
			if len(part) > len(cell) {
				t.Fatalf("Split(%q) has the longer part %q", cell, part)
			}
			Parse(part, "GB")
		}
	})
}
