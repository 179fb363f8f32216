package phone

import "testing"

func TestMaskedShowsTwoDigitsAtMost(t *testing.T) {
	for number, want := range map[string]string{
		"+44 113 496 0123": "+•• ••• ••• ••23", "214": "•14", "21": "••", "": "", "020 7946 0123 ext 12": "••• •••• •••• ••• 12", "mary": "••••", "٠٢٠٧": "••٠٧",
	} {
		if got := Masked(number); got != want {
			t.Errorf("%q: %q, want %q", number, got, want)
		}
	}
}
