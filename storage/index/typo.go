package index

import "strings"

const (
	shortestInner = 3 // bytes of what is looked for inside words
	shortestTypo  = 4 // letters of a word that may be misspelt
	shortestOpen  = 6 // letters of a misspelt word that may go on
)

// misspelt reports whether the typed word may mean the word: one letter is wrong,
// missing or too many, or two stand the wrong way round. A long typed word may be the
// beginning of it.
func misspelt(typed, word string) bool {
	if isASCII(typed) && isASCII(word) {
		return len(typed) >= shortestTypo && slipped(typed, word, len(typed) >= shortestOpen)
	}
	return misspeltRunes(typed, word)
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// slipped compares words of ASCII: where they part, there is the one slip. An open
// typed word may be the beginning of the other.
func slipped(typed, word string, open bool) bool {
	k := commonPrefix(typed, word)
	t, w := typed[k:], word[k:]
	same := func(t, w string) bool { return t == w || open && strings.HasPrefix(w, t) }
	switch {
	case t == "":
		return open || len(w) <= 1
	case w == "":
		return len(t) <= 1
	}
	return same(t[1:], w[1:]) || same(t, w[1:]) || same(t[1:], w) ||
		len(t) > 1 && len(w) > 1 && t[0] == w[1] && t[1] == w[0] && same(t[2:], w[2:])
}

// misspeltRunes is misspelt for words of any letters.
func misspeltRunes(typed, word string) bool {
	var a, b [4 * longestWord]rune
	t, w := runes(a[:0], typed), runes(b[:0], word)
	n := len(t)
	if n < shortestTypo || len(w) < n-1 {
		return false
	}
	if oneEdit(t, w) {
		return true
	}
	if n < shortestOpen {
		return false
	}
	for size := n - 1; size <= n+1 && size < len(w); size++ {
		if oneEdit(t, w[:size]) {
			return true
		}
	}
	return false
}

func runes(into []rune, s string) []rune {
	for _, r := range s {
		into = append(into, r)
	}
	return into
}

// oneEdit reports whether two words are the same but for one edit at most.
func oneEdit(a, b []rune) bool {
	if len(a) > len(b)+1 || len(b) > len(a)+1 {
		return false
	}
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if len(a) == 2 && len(b) == 2 {
		return a[0] == b[1] && a[1] == b[0]
	}
	return len(a) <= 1 && len(b) <= 1
}
