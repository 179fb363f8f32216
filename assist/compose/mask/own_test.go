package mask

import (
	"testing"

	"ringside/assist"
)

func TestTheirOwnNameIsKnownInAnyLetters(t *testing.T) {
	own := OwnOf(assist.Customer{Name: "José Shaw-Núñez", CallMe: "Mrs Shaw"})
	for word, want := range map[string]bool{
		"José": true, "jose": true, "SHAW": true, "shaw’s": true, "Shaw's": true, "shaw-nunez,": true, "mrs": true,
		"": false, "…": false, "shawl": false, "shaw-mill": false, "'s": false,
	} {
		if got := own.Has(word); got != want {
			t.Errorf("%q: %v", word, got)
		}
	}
	if OwnOf(assist.Customer{}).Has("") {
		t.Error("nobody has no name")
	}
}
