package twin

import "testing"

// Letters count, not bytes: what holds for Mary holds for whoever is not written in ASCII.
func TestNamesAreComparedByLetters(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want likeness
	}{
		{"lee", "leo", different}, {"לוי", "לוה", different}, {"田中", "田丸", different}, {"ли", "лю", different},
		{"m", "mary", initial}, {"א", "אברהם", initial}, {"м", "мария", initial}, {"м", "анна", different},
		{"mary", "marry", typo}, {"מרים", "מריים", typo}, {"мария", "марая", typo}, {"мария", "мраия", typo}, {"мария", "моряк", different},
		{"iva", "via", typo}, {"דוד", "ודד", typo}, {"", "mary", missing}, {"мария", "мария", same},
	} {
		if got := alike(c.a, c.b); got != c.want {
			t.Errorf("%s and %s: got %d, want %d", c.a, c.b, got, c.want)
		}
		if got := alike(c.b, c.a); got != c.want {
			t.Errorf("%s and %s: got %d, want %d", c.b, c.a, got, c.want)
		}
	}
}
