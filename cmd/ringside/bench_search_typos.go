package main

import (
	"hash/fnv"
	"math/rand/v2"
	"unicode"
)

// Typing errors: a quarter of the words of four letters and more get one.
const (
	typoShare = .25
	typoLeast = 4
)

// mistype returns the text with typing errors. The same text and seed give the same
// errors, whatever was mistyped before.
func mistype(text string, seed int64) string {
	hash := fnv.New64a()
	hash.Write([]byte(text))
	random := rand.New(rand.NewPCG(uint64(seed), hash.Sum64()))
	var out, word []rune
	flush := func() {
		if len(word) >= typoLeast && random.Float64() < typoShare {
			word = slip(word, random)
		}
		out, word = append(out, word...), word[:0]
	}
	for _, r := range text {
		if unicode.IsLetter(r) {
			word = append(word, r)
			continue
		}
		flush()
		out = append(out, r)
	}
	flush()
	return string(out)
}

// slip swaps two letters that stand together, drops one, doubles one or puts another
// in its place. The word is another one after it.
func slip(word []rune, random *rand.Rand) []rune {
	out := append([]rune(nil), word...)
	at := random.IntN(len(word))
	switch random.IntN(4) {
	case 0:
		at = random.IntN(len(word) - 1)
		if out[at] == out[at+1] {
			return append(out[:at], out[at+1:]...)
		}
		out[at], out[at+1] = out[at+1], out[at]
	case 1:
		return append(out[:at], out[at+1:]...)
	case 2:
		return append(out[:at+1], word[at:]...)
	default:
		other := 'a' + rune(random.IntN(26))
		if other == unicode.ToLower(out[at]) {
			other = 'a' + (other-'a'+1)%26
		}
		out[at] = other
	}
	return out
}
