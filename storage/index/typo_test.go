package index

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func TestMisspeltAllowsOneSlip(t *testing.T) {
	for _, c := range []struct {
		typed, word string
		want        bool
	}{
		{"shwa", "shaw", true}, {"shw", "shaw", false}, {"shaww", "shaw", true}, {"dialo", "diallo", true}, {"kristina", "cristina", true},
		{"shew", "shaw", true}, {"hsaw", "shaw", true}, {"sahw", "shaw", true}, {"swah", "shaw", false}, {"becekr", "becker", true},
		{"kowalsky", "kowalski", true}, {"kovalsk", "kowalski", true}, {"kovals", "kowalski", true}, {"kova", "kowalski", false},
		{"smith", "smythe", false}, {"ивонов", "иванов", true}, {"anna", "bob", false}, {"", "", false},
	} {
		if got := misspelt(c.typed, c.word); got != c.want {
			t.Errorf("%q for %q: %v", c.typed, c.word, got)
		}
	}
}

func TestBothWaysOfComparingAgree(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 8))
	fits := 0
	for range 200_000 {
		word := make([]byte, 1+r.IntN(9))
		for i := range word {
			word[i] = "abc"[r.IntN(3)]
		}
		typed := slices.Clone(word)
		for range r.IntN(3) {
			i := r.IntN(len(typed))
			switch r.IntN(4) {
			case 0:
				typed = slices.Insert(typed, i, 'a')
			case 1:
				if len(typed) > 1 {
					typed = slices.Delete(typed, i, i+1)
				}
			case 2:
				typed[i] = 'b'
			default:
				typed = typed[:i+1]
			}
		}
		a, b := misspelt(string(typed), string(word)), misspeltRunes(string(typed), string(word))
		if a != b {
			t.Fatalf("%s for %s: %v and %v", typed, word, a, b)
		}
		if a {
			fits++
		}
	}
	if fits == 0 {
		t.Error("nothing was misspelt")
	}
}

// slips returns everything that one slip of the letters a and b makes of a word, and
// the word.
func slips(word string) map[string]bool {
	out := map[string]bool{word: true}
	for i := 0; i <= len(word); i++ {
		for _, c := range []string{"a", "b"} {
			out[word[:i]+c+word[i:]] = true
			if i < len(word) {
				out[word[:i]+c+word[i+1:]] = true
			}
		}
		if i < len(word) {
			out[word[:i]+word[i+1:]] = true
		}
		if i+1 < len(word) {
			out[word[:i]+word[i+1:i+2]+word[i:i+1]+word[i+2:]] = true
		}
	}
	return out
}

// wordsOfTwoLetters returns all words of a and b up to a size.
func wordsOfTwoLetters(size int) []string {
	out := []string{""}
	for i := 0; i < len(out) && len(out[i]) < size; i++ {
		out = append(out, out[i]+"a", out[i]+"b")
	}
	return out
}

func TestMisspeltIsEveryOneSlipAndNoOther(t *testing.T) {
	all := wordsOfTwoLetters(8)
	for _, typed := range all {
		if len(typed) > 7 {
			continue
		}
		near := slips(typed)
		for _, word := range all {
			want := near[word]
			if len(typed) >= shortestOpen {
				for n := range word {
					want = want || near[word[:n]]
				}
			}
			want = want && len(typed) >= shortestTypo
			if got := misspelt(typed, word); got != want {
				t.Fatalf("%q for %q: %v, want %v", typed, word, got, want)
			}
		}
	}
}

func TestWordsShorterThanFourLettersAreNeverMisspelt(t *testing.T) {
	for _, c := range [][2]string{{"lee", "leo"}, {"lee", "le"}, {"ann", "anne"}, {"eel", "ele"}, {"lee", "lee"}, {"éèê", "éèe"}, {"жук", "жуки"}, {"小明", "小名"}} {
		if misspelt(c[0], c[1]) {
			t.Errorf("%q is taken for %q", c[0], c[1])
		}
	}
}

func TestLettersOfManyBytesAreOneLetterEach(t *testing.T) {
	for _, c := range []struct {
		typed, word string
		want        bool
	}{
		{"жуки", "жука", true}, {"жуки", "жкуи", true}, {"жуки", "жуки", true}, {"жуки", "жукиий", false}, {"жуки", "жки", true},
		{"жуки", "жуkи", true}, {"жуки", "жkkи", false}, {"ивановы", "ивано", false}, {"иванов", "ивоновский", true}, {"ивано", "ивоновский", false},
		{"abcd", "abcж", true}, {"abcж", "abcd", true}, {strings.Repeat("ж", 40), strings.Repeat("ж", 41), true},
	} {
		if got := misspelt(c.typed, c.word); got != c.want {
			t.Errorf("%q for %q: %v", c.typed, c.word, got)
		}
	}
}
