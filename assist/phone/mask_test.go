package phone

import (
	"testing"
)

func TestMaskedShowsTheLastTwoDigitsOnly(t *testing.T) {
	for number, want := range map[string]string{
		"+44 113 496 0123":   "+•• ••• ••• ••23",
		"01134960123":        "•••••••••23",
		"214":                "•14",
		"14":                 "••",
		"":                   "",
		"mary@pbx.example":   "••••@•••.•••••••",
		"sip:4960123@pbx.uk": "•••:•••••23@•••.••",
	} {
		if got := Masked(number); got != want {
			t.Errorf("Masked(%q) = %q, want %q", number, got, want)
		}
	}
}
