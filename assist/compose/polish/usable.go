package polish

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"ringside/assist"
	"ringside/assist/compose/mask"
	lang "ringside/assist/search/text"
)

// The bounds of what a model may make of a draft.
const (
	timesLonger  = 3
	bytesLonger  = 4000
	leastWords   = 12  // words that a text needs before its language can be told
	otherScript  = 0.3 // share of letters in scripts that the draft does not have
	strangeShare = 0.5 // of the stop words that the draft's language should have
)

var (
	marks   = regexp.MustCompile(`(?i)</?\s*(?:draft|sources)\s*>`)
	refusal = regexp.MustCompile(`(?i)^\W*(?:(?:i['’]m|i am) (?:sorry|afraid),? (?:but )?(?:as an ai|i (?:can['’]?t|cannot|am unable to|['’]m unable to|am not able to) (?:help|assist|comply|fulfil|fulfill|rewrite|process|provide|complete|do that|generate|polish))|as an? (?:ai|artificial|large|language)|i (?:cannot|can['’]t|am unable to|['’]m unable to|am not able to|will not|won['’]t) (?:help|assist|comply|fulfil|fulfill|rewrite|process|provide|complete|do that|generate|polish)|(?:es tut mir leid|je suis désolée?|lo siento)[^.]{0,40}(?:ki|ia|ai)\b)|\bas an? (?:ai|artificial intelligence|large language) (?:language )?(?:model|assistant)\b`)
	chatter = regexp.MustCompile(`(?i)^\W*(?:sure|certainly|of course|absolutely|okay|ok)?[,!. ]*(?:here(?:['’]s| is| are)|below is|this is) (?:the |a |your |my )?(?:\w+ )?(?:rewritten|polished|revised|improved|edited|draft|version|text|letter|rewrite)\b[^\n]*:`)
	broken  = regexp.MustCompile(`(?i)<\|[a-z_]+\|>|\[/?INST\]|</?think>|<html|<!doctype|^\s*[{<]`)
)

// Usable reports why what a model made of a draft cannot be used, as a *assist.Fault for
// people; nil when it can. Both texts are as they went out and came back: with their
// masks. The text by rule stays in any other case, so it is strict.
func Usable(polished, draft string) error {
	text := strings.TrimSpace(polished)
	for _, f := range []func(text, draft string) string{size, signs, talk, content} {
		if what := f(text, draft); what != "" {
			return &assist.Fault{What: "the model's text cannot be used: " + what, Do: "The text by rule stays.", Err: assist.ErrInvalid}
		}
	}
	return nil
}

// size judges how much there is.
func size(text, draft string) string {
	switch {
	case !strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }):
		return "it wrote nothing"
	case len(text) > timesLonger*len(draft) && len(text) > len(draft)+bytesLonger:
		return "it wrote far too much"
	}
	return ""
}

// signs judges whether it is plain text.
func signs(text, draft string) string {
	switch {
	case strings.Contains(strings.ToValidUTF8(text, "\ufffd"), "\ufffd"), broken.MatchString(text) && !broken.MatchString(draft):
		return "it wrote signs that are no letter"
	case strings.Contains(text, "```") && !strings.Contains(draft, "```"):
		return "it wrote program text"
	}
	return ""
}

// talk judges whether it is the text, and not words about it.
func talk(text, draft string) string {
	switch {
	case refusal.MatchString(text) && !refusal.MatchString(draft):
		return "it refused"
	case chatter.MatchString(text):
		return "it talked about the text instead of writing it"
	}
	return ""
}

// content judges whether it says what the draft says, as far as that can be seen.
func content(text, draft string) string {
	if foreign(text, draft) {
		return "it wrote in another language"
	}
	if lost := lostTokens(text, draft); len(lost) > 0 {
		return "it left out " + strings.Join(lost[:min(len(lost), 3)], ", ")
	}
	if len(strings.Fields(draft)) >= leastWords*2 && len(text)*4 < len(draft) {
		return "it left out most of the text"
	}
	if stuck(text) {
		return "it says the same over and over"
	}
	return ""
}

// lostTokens returns the tokens of the draft for which the text has none.
func lostTokens(text, draft string) []string {
	has := map[string]bool{}
	for _, t := range mask.Tokens(text) {
		has[t.Thing] = true
	}
	var lost []string
	for _, t := range mask.Tokens(draft) {
		if !has[t.Thing] {
			has[t.Thing] = true
			lost = append(lost, fmt.Sprintf("[%s]", t.Thing))
		}
	}
	return lost
}

// foreign reports whether the text is in another script or another language than the
// draft.
func foreign(text, draft string) bool {
	own := scripts(draft)
	total, other := 0, 0
	for script, n := range scripts(text) {
		total += n
		if own[script] == 0 {
			other += n
		}
	}
	if total > 0 && float64(other) > otherScript*float64(total) {
		return true
	}
	wrote, was := wordsOf(text), wordsOf(draft)
	if len(wrote) < leastWords || len(was) < leastWords {
		return false
	}
	best, most := language(was)
	now, _ := language(wrote)
	return best != now && most > 0.2 && share(wrote, best) < strangeShare*most && share(wrote, now) > share(wrote, best)*1.5
}

// scripts counts the letters of a text by script.
func scripts(text string) map[string]int {
	out := map[string]int{}
	for _, r := range text {
		if !unicode.IsLetter(r) {
			continue
		}
		name := "other"
		switch {
		case unicode.Is(unicode.Latin, r):
			name = "latin"
		case unicode.Is(unicode.Cyrillic, r):
			name = "cyrillic"
		case unicode.Is(unicode.Greek, r):
			name = "greek"
		case unicode.Is(unicode.Arabic, r):
			name = "arabic"
		case unicode.Is(unicode.Hebrew, r):
			name = "hebrew"
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana):
			name = "east"
		case unicode.Is(unicode.Hangul, r):
			name = "hangul"
		}
		out[name]++
	}
	return out
}

// latin are the languages that the small words of a text are looked up in.
var latin = []string{"en", "de", "fr", "es", "it", "nl", "pt", "sv", "da", "no", "fi", "pl"}

// mostWords is how much of a text its language is told by.
const mostWords = 400

func wordsOf(text string) []string {
	words := strings.Fields(lang.Fold(text[:min(len(text), 8*mostWords)]))
	return words[:min(len(words), mostWords)]
}

// language returns the language whose small words are the most of a text, and their
// share.
func language(words []string) (best string, most float64) {
	for _, l := range latin {
		if s := share(words, l); s > most {
			best, most = l, s
		}
	}
	return best, most
}

// share returns how many of the words are small words of a language, 0 to 1.
func share(words []string, language string) float64 {
	a := lang.For(language)
	n := 0
	for _, w := range words {
		if a.Stop(w) {
			n++
		}
	}
	return float64(n) / float64(len(words))
}

// stuck reports whether a model has fallen into a loop: the same long line or sentence
// four times.
func stuck(text string) bool {
	seen := map[string]int{}
	return slices.ContainsFunc(strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '.' }), func(s string) bool {
		s = strings.TrimSpace(s)
		seen[s]++
		return len(s) > 20 && seen[s] >= 4
	})
}
