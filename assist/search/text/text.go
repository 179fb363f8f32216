// Package text reads the words of a language: it cuts a text into words, knows
// which of them say little, and takes the endings off. Accents and the case of
// letters never matter. It knows nothing of answers and queries.
package text

import "strings"

// Analysis is how texts of one language are read. It never changes.
type Analysis struct {
	language string
}

// For returns the analysis of a language by its BCP 47 tag ("de", "de-AT",
// "zh-Hans"); "" means en. It is never nil: languages that are not known share one
// analysis, which leaves words as they are. The same language gives the same pointer.
func For(language string) *Analysis {
	base, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(strings.TrimSpace(language)), "_", "-"), "-")
	if base == "" || base == "en" {
		return &english
	}
	return &other
}

var english, other = Analysis{"en"}, Analysis{}

// Language returns the language's own subtag, such as "de"; "" for those not known.
func (a *Analysis) Language() string { return a.language }
