// Package text reads the words of a language: it cuts a text into words, knows
// which of them say little, and takes their endings off. Accents and the case of
// letters never matter. It knows nothing of answers and queries.
package text

import (
	"strings"

	"github.com/blevesearch/snowballstem"
)

// Analysis is how texts of one language are read. It never changes, and any
// goroutine may use it.
type Analysis struct {
	language string
	stem     func(*snowballstem.Env) bool // nil: words stay as they are
	endings  []ending                     // what the stemmer knows by its accents only
	umlauts  bool                         // ae, oe and ue stand for a, o and u with dots
	elides   bool                         // an apostrophe parts two words: l'achat
	stops    func() map[string]bool
}

// ending says how an ending is written in full. Texts are read without accents, but
// a stemmer may know the ending only with them.
type ending struct{ plain, full string }

// For returns the analysis of a language by its BCP 47 tag ("de", "de-AT",
// "zh-Hans"); "" means en. It is never nil: languages that are not known share one
// analysis, which leaves words as they are. The same language gives the same pointer.
func For(language string) *Analysis {
	if language == "" || language == "en" {
		return &languages[0]
	}
	base := strings.ToLower(strings.TrimSpace(language))
	if end := strings.IndexAny(base, "-_"); end >= 0 {
		base = base[:end]
	}
	switch base {
	case "":
		base = "en"
	case "nb", "nn":
		base = "no"
	}
	for i := range languages {
		if languages[i].language == base {
			return &languages[i]
		}
	}
	return &other
}

// Language returns the language's own subtag, such as "de"; "" for those not known.
func (a *Analysis) Language() string { return a.language }

// Stop reports whether a word, as a Cutter gives it, says little about what a
// question is about.
func (a *Analysis) Stop(word string) bool {
	return a.stops != nil && a.stops()[word]
}

// Telling counts the words of a text that say what it is about: those that are no stop
// words and longer than a letter.
func (a *Analysis) Telling(text string) (n int) {
	for c := a.Cut(text); c.Next(); {
		if w := string(c.Word()); len(w) > 1 && !a.Stop(w) {
			n++
		}
	}
	return n
}

// Stem returns what the forms of a word have in common, for a word as a Cutter gives
// it. It is a key to compare by, and need not be a word.
func (a *Analysis) Stem(word string) string {
	if a.stem == nil || len(word) > longest || word == "" {
		return word
	}
	for _, e := range a.endings {
		if strings.HasSuffix(word, e.plain) && len(word) > len(e.plain)+1 {
			word = word[:len(word)-len(e.plain)] + e.full
			break
		}
	}
	env := snowballstem.NewEnv(word)
	a.stem(env)
	stem := env.Current()
	if stem == "" { // a word that is nothing but endings
		return word
	}
	if a.umlauts {
		stem = withoutUmlauts(stem)
	}
	if len(a.endings) > 0 {
		stem = Fold(stem)
	}
	return stem
}

// withoutUmlauts writes the ae, oe and ue of keyboards without umlauts as the
// letters that umlauts become. In "neue" and "Quelle" the e is a letter of its own.
func withoutUmlauts(word string) string {
	at := strings.IndexByte(word, 'e')
	if at < 1 {
		return word
	}
	out := make([]byte, 0, len(word))
	for i := range len(word) {
		if word[i] == 'e' && i > 0 && strings.IndexByte("aou", word[i-1]) >= 0 &&
			(i == 1 || strings.IndexByte("aeiouqy", word[i-2]) < 0) {
			continue
		}
		out = append(out, word[i])
	}
	return string(out)
}

// Fold returns the words of a text, as a Cutter gives them, with a blank between.
func Fold(text string) string {
	c := other.Cut(text)
	var out strings.Builder
	for c.Next() {
		if out.Len() > 0 {
			out.WriteByte(' ')
		}
		out.Write(c.Word())
	}
	return out.String()
}
