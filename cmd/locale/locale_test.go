package locale

import "testing"

func TestOnlyAMachineWithoutALocaleGetsOne(t *testing.T) {
	for _, c := range []struct {
		env  map[string]string
		want string
	}{
		{map[string]string{"LANG": "C.UTF-8"}, "en_GB.UTF-8"},
		{map[string]string{"LC_ALL": "C"}, "en_GB.UTF-8"},
		{map[string]string{"LC_ALL": "POSIX", "LANG": "de_DE.UTF-8"}, "en_GB.UTF-8"},
		{map[string]string{}, "en_GB.UTF-8"},
		{map[string]string{"LANG": "de_DE.UTF-8"}, ""},
		{map[string]string{"LC_ALL": "fr_FR.UTF-8", "LANG": "C"}, "fr_FR.UTF-8"},
	} {
		name(func(k string) string { return c.env[k] }, func(k, v string) error { c.env[k] = v; return nil })
		if got := c.env["LC_ALL"]; got != c.want {
			t.Errorf("LC_ALL is %q, want %q", got, c.want)
		}
	}
}
