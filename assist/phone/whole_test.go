package phone

import "testing"

func TestWholeKnowsANumberFromWhatOnlyLooksLikeOne(t *testing.T) {
	for text, want := range map[string]string{
		" +44 113 496 0123\n":   "+44 113 496 0123",
		"0113 496 0123":         "+44 113 496 0123",
		"(0113) 496-0123":       "+44 113 496 0123",
		"tel:+441134960123":     "+44 113 496 0123",
		"0113 496 0123 ext. 12": "+44 113 496 0123 ext. 12",
		"+49 30 901820":         "+49 30 901820",
		"5550142":               "5550142",
	} {
		if n, ok := Whole(text, "GB"); !ok || n.Show() != want {
			t.Errorf("Whole(%q) = %q, %v; want %q", text, n.Show(), ok, want)
		}
	}
	for _, text := range []string{"", "214", "26.11.2026", "2026-11-26", "26/11/2026", "1/12/26", "1234567.00", "£1,234,567", "4111 1111 1111 1111",
		"4111111111111111", "192.168.1.20", "A-1134960123", "Call 0113 496 0123", "0113 496 0123, 0113 496 0124", "2026-11-26 10:30",
		"anonymous", "0113 496 0123                                  7"} {
		if n, ok := Whole(text, "GB"); ok {
			t.Errorf("Whole(%q) offers %q", text, n.Show())
		}
	}
}
