// Package index finds records by the beginnings, the insides and the misspellings of
// their words, the latest first among those that fit equally well. It holds what is
// found in segments: sealed files that are written once, of which only a small list
// of words is in memory. It knows nothing of where records come from.
package index

import (
	"slices"
	"strings"
	"unicode"
)

// The first byte of a term says where the word stands and how it may be found. What
// has figures in it is too much to be held in memory, and is found from its beginning.
const (
	spaceName     = 'n' // a word of a name or a text
	spaceNameCode = 'N' // the same, with figures
	spaceMore     = 'o' // a word of what else is known: the company, the city
	spaceMoreCode = 'O'
	spaceMail     = 'e' // an e-mail address, and the parts of it that people begin with
	spaceNumber   = 'p' // a number from its country code on
	spaceNational = 'q' // the same without its country code
	spaceTail     = 't' // a number from its last figure to its first
	spaceFull     = 'f' // all words of a name, in order of the alphabet
	spaceFacet    = 'a' // what nobody types: whose it is, by whom
	spaceUnion    = 0xFF
)

// Doc is what can be found of one record.
type Doc struct {
	Key     string   // names the record; it is given back as it is
	At      int64    // among equals the greatest comes first
	Names   []string // what it is called, each a whole name
	Texts   []string // what it says
	More    []string // what else it can be found by, behind names and texts
	Mails   []string
	Numbers []Number
	Facets  []string // as Facet makes them
}

// Number is a phone number in figures.
type Number struct {
	Digits   string // with the country code
	National string // without it; empty when it need not be found so
}

// maxTerms is about how many different words of one record can be found, of a long text
// the first. A note of the greatest length has fewer, unless nobody wrote it.
const maxTerms = 20_000

// longText is how many words a text has from which on those that come again are left out
// at once.
const longText = 1000

// Terms are the words of one Doc, sorted, each once.
type Terms []string

// Terms returns the words under which the record is found.
func (d Doc) Terms() Terms {
	t := make(Terms, 0, 16)
	for _, name := range d.Names {
		t = t.words(name, spaceName, spaceNameCode)
		if full := fullName(name); full != "" {
			t = append(t, string(rune(spaceFull))+full)
		}
	}
	for _, text := range d.Texts {
		t = t.words(text, spaceName, spaceNameCode)
	}
	for _, text := range d.More {
		t = t.words(text, spaceMore, spaceMoreCode)
	}
	for _, m := range d.Mails {
		t = t.mail(foldMail(m))
	}
	for _, n := range d.Numbers {
		if n.Digits != "" {
			t = append(t, string(rune(spaceNumber))+n.Digits, string(rune(spaceTail))+reverse(n.Digits))
		}
		if n.National != "" {
			t = append(t, string(rune(spaceNational))+n.National)
		}
	}
	t = append(t, d.Facets...)
	slices.Sort(t)
	return slices.Compact(t)
}

func (t Terms) words(text string, letters, code byte) Terms {
	var seen map[string]bool // in a long text
	eachWord(text, func(word []byte) {
		if len(t) >= maxTerms {
			return
		}
		space := letters
		if hasDigit(string(word)) {
			space = code
		}
		var buf [4*longestWord + 8]byte
		term := append(append(buf[:0], space), word...)
		if len(t) >= longText {
			if seen == nil {
				seen = make(map[string]bool, 2*longText)
				for _, x := range t {
					seen[x] = true
				}
			}
			if seen[string(term)] {
				return
			}
			seen[string(term)] = true
		}
		t = append(t, string(term))
	})
	return t
}

// mail adds an address and the parts behind its dots and its at sign.
func (t Terms) mail(address string) Terms {
	if address == "" || len(address) > 200 || strings.ContainsFunc(address, unicode.IsControl) {
		return t
	}
	t = append(t, string(rune(spaceMail))+address)
	local, _, _ := strings.Cut(address, "@")
	for i := 1; i < len(address); i++ {
		c := address[i-1]
		if c == '@' || i < len(local) && (c == '.' || c == '_' || c == '-' || c == '+') {
			t = append(t, string(rune(spaceMail))+address[i:])
		}
	}
	return t
}

// fullName returns the words of a name in order of the alphabet, so that "Shaw, Mary"
// is Mary Shaw; empty when it has too many to be a name.
func fullName(name string) string {
	var words []string
	eachWord(name, func(w []byte) { words = append(words, string(w)) })
	if len(words) == 0 || len(words) > maxWords {
		return ""
	}
	slices.Sort(words)
	return strings.Join(words, " ")
}

func reverse(digits string) string {
	b := []byte(digits)
	slices.Reverse(b)
	return string(b)
}
