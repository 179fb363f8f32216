package sift

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"ringside/assist/search/text"
)

// Span is a place in a text, in bytes.
type Span struct{ From, To int }

// Marks returns where the words that were looked for stand in a text: as a part of a word
// or, where a word stands nowhere, one slip of the pen apart.
func Marks(in, words string) (out []Span) {
	each(in, wanted(words), func(s Span) bool {
		out = append(out, s)
		return true
	})
	slices.SortFunc(out, func(a, b Span) int { return a.From - b.From })
	end := 0
	return slices.DeleteFunc(out, func(s Span) bool {
		inside := s.From < end
		end = max(end, s.To)
		return inside
	})
}

// First returns where the first of the words stands; ok is false when none does.
func First(in, words string) (at Span, ok bool) {
	each(in, wanted(words), func(s Span) bool {
		at, ok = s, true
		return false
	})
	return at, ok
}

// Around returns a part of a text as one line of at most so many letters: its beginning or,
// where the words stand further on, the part around the first of them.
func Around(in, words string, most int) string {
	from := 0
	if at, ok := First(in, words); ok {
		from = at.From
		for back := 0; back < most/4 && from > 0; back++ {
			_, size := utf8.DecodeLastRuneInString(in[:from])
			from -= size
		}
		if utf8.RuneCountInString(in[:min(at.To, 4*most)]) <= most/2 && at.To < 4*most {
			from = 0
		}
	}
	end := min(len(in), from+4*most+64)
	for end < len(in) && !utf8.RuneStart(in[end]) {
		end--
	}
	line := []rune(strings.Join(strings.Fields(strings.ToValidUTF8(in[from:end], "")), " "))
	cutOff := len(line) > most || end < len(in)
	out := string(line[:min(len(line), most)])
	if from > 0 {
		out = "…" + out
	}
	if cutOff {
		out += "…"
	}
	return out
}

type want struct{ folded, lower string }

func wanted(words string) (out []want) {
	eachWord(words, func(s Span) bool {
		w := words[s.From:s.To]
		if f := text.Fold(w); f != "" {
			out = append(out, want{f, strings.ToLower(w)})
		}
		return true
	})
	return out
}

// each calls f with every place until it returns false.
func each(in string, wants []want, f func(Span) bool) {
	if len(wants) == 0 {
		return
	}
	stands := make([]bool, len(wants))
	all := 0
	ended := false
	eachWord(in, func(s Span) bool {
		part, ok := s, false
		for i, w := range wants {
			if p, is := w.in(in, s); is {
				if !stands[i] {
					stands[i] = true
					all++
				}
				part, ok = p, true
			}
		}
		ended = ok && !f(part)
		return !ended
	})
	if ended || all == len(wants) {
		return
	}
	eachWord(in, func(s Span) bool {
		folded := text.Fold(in[s.From:s.To])
		for i, w := range wants {
			if !stands[i] && slip(folded, w.folded) {
				return f(s)
			}
		}
		return true
	})
}

// in reports where in a word of a text it stands: the part itself where the letters are the
// same, else the word.
func (w want) in(in string, s Span) (Span, bool) {
	word := in[s.From:s.To]
	lower := strings.ToLower(word)
	if at := strings.Index(lower, w.lower); at >= 0 {
		if len(lower) != len(word) {
			return s, true
		}
		return Span{s.From + at, s.From + at + len(w.lower)}, true
	}
	return s, strings.Contains(text.Fold(word), w.folded)
}

// eachWord calls f with every word of a text until it returns false.
func eachWord(in string, f func(Span) bool) {
	from := -1
	for i, r := range in {
		letter := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
		switch {
		case letter && from < 0:
			from = i
		case !letter && from >= 0:
			if !f(Span{from, i}) {
				return
			}
			from = -1
		}
	}
	if from >= 0 {
		f(Span{from, len(in)})
	}
}
