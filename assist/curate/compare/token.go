package compare

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is a word, a figure ("4,99", "17:30", "2026-01-31") or a sign of a sentence.
type token struct {
	text     string // in lower case, without apostrophes
	kind     byte   // 'w', 'n' or 's'
	from, to int    // in the sentence
	capital  bool
}

// tokens cuts a sentence. Blanks of an answer ({{customer.name}}) are left out.
func tokens(sentence string, out []token) []token {
	for i := 0; i < len(sentence); {
		r, size := utf8.DecodeRuneInString(sentence[i:])
		switch {
		case strings.HasPrefix(sentence[i:], "{{") && strings.Contains(sentence[i:], "}}"):
			i += strings.Index(sentence[i:], "}}") + 2
		case r >= '0' && r <= '9':
			end := figureEnd(sentence, i)
			out = append(out, token{text: sentence[i:end], kind: 'n', from: i, to: end})
			i = end
		case unicode.IsLetter(r):
			end := wordEnd(sentence, i)
			w := strings.ToLower(sentence[i:end])
			if strings.ContainsAny(w, "'’") {
				w = strings.NewReplacer("'", "", "’", "").Replace(w)
			}
			out = append(out, token{text: w, kind: 'w', from: i, to: end, capital: unicode.IsUpper(r)})
			i = end
		case unicode.IsSpace(r):
			i += size
		default:
			out = append(out, token{text: sentence[i : i+size], kind: 's', from: i, to: i + size})
			i += size
		}
	}
	return out
}

// figureEnd returns where a figure ends: digits with single signs between them.
func figureEnd(s string, i int) int {
	for i < len(s) {
		switch {
		case s[i] >= '0' && s[i] <= '9':
			i++
		case strings.IndexByte(".,:/-'", s[i]) >= 0 && i+1 < len(s) && s[i+1] >= '0' && s[i+1] <= '9':
			i += 2
		default:
			return i
		}
	}
	return i
}

func wordEnd(s string, i int) int {
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		next, _ := utf8.DecodeRuneInString(s[min(i+size, len(s)):])
		if !unicode.IsLetter(r) && !unicode.IsMark(r) && !((r == '\'' || r == '’') && unicode.IsLetter(next)) {
			return i
		}
		i += size
	}
	return i
}

// shortened are words that a full stop does not end.
var shortened = set("e.g i.e approx incl excl max min mr mrs ms dr st etc")

// sentences cuts a text where a sentence ends, and at the ends of lines.
func sentences(text string) (out []string) {
	from := 0
	for i, r := range text {
		if to := sentenceEnd(text, from, i, r); to > 0 {
			if s := strings.TrimSpace(text[from:to]); s != "" {
				out = append(out, s)
			}
			from = to
		}
	}
	if s := strings.TrimSpace(text[from:]); s != "" {
		out = append(out, s)
	}
	return out
}

// sentenceEnd returns where the sentence that began at from ends if the rune at i ends it; else 0.
func sentenceEnd(text string, from, i int, r rune) int {
	switch r {
	case '\n':
		return i
	case '。', '！', '？':
		return i + utf8.RuneLen(r)
	case '!', '?', '.':
	default:
		return 0
	}
	if i+1 < len(text) && text[i+1] != ' ' && text[i+1] != '\n' {
		return 0
	}
	last := strings.ToLower(text[from:i])
	last = last[strings.LastIndexAny(last, " (")+1:]
	next, _ := utf8.DecodeRuneInString(strings.TrimLeft(text[i+1:], " "))
	if r == '.' && (unicode.IsLower(next) || shortened[last]) {
		return 0
	}
	return i + 1
}
