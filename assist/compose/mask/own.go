package mask

import (
	"slices"
	"strings"

	"ringside/assist"
	"ringside/assist/search/text"
)

// Own are the parts of a customer's own names. People who type while they listen write
// them in small letters, too.
type Own []string

// OwnOf returns the parts of a customer's names.
func OwnOf(c assist.Customer) Own { return strings.Fields(text.Fold(c.Name + " " + c.CallMe)) }

// Has reports whether a word is made of parts of a name, in any case of letters, and may
// say that something is theirs.
func (o Own) Has(word string) bool {
	word = strings.TrimSuffix(strings.ReplaceAll(word, "’", "'"), "'s")
	parts := strings.Fields(text.Fold(word))
	return len(parts) > 0 && !slices.ContainsFunc(parts, func(p string) bool { return !slices.Contains(o, p) })
}
