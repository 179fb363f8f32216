package check

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// sentence is one sentence of a draft, or a line that has none.
type sentence struct {
	line      int
	lineStart int    // where its line begins in the draft
	whole     string // its line
	start     int    // where it begins in the draft
	text      string
	plain     string // text with what is quoted made blank, of the same length
	words     []word // of plain
}

// word is a word of a sentence in lower case, with straight apostrophes.
type word struct {
	low      string
	from, to int  // in the sentence
	after    byte // the mark behind it: one of , ; : . ! ? ) or a dash; 0 when there is none
	name     bool // begins with a capital letter
}

// Sentences cuts a text into its sentences and the lines that are none, in order, each
// as it stands there without the blanks around it.
func Sentences(text string) []string {
	var out []string
	for _, s := range sentencesOf(text) {
		out = append(out, s.text)
	}
	return out
}

// sentencesOf cuts a draft into sentences, line by line.
func sentencesOf(draft string) []sentence {
	var out []sentence
	at := 0
	for n, line := range strings.Split(draft, "\n") {
		plain := unquoted(line)
		from := 0
		for from < len(line) {
			to := endOfSentence(plain, from)
			text := strings.TrimSpace(line[from:to])
			if lead := strings.Index(line[from:to], text); text != "" {
				start := from + lead
				s := sentence{line: n + 1, lineStart: at, whole: line, start: at + start, text: text, plain: plain[start : start+len(text)]}
				s.words = wordsOf(s.plain)
				out = append(out, s)
			}
			from = to
		}
		at += len(line) + 1
	}
	return out
}

// unquoted makes what stands in quotation marks blank. A mark that is not closed on
// the line quotes nothing.
func unquoted(line string) string {
	if !strings.ContainsAny(line, "“\"«") {
		return line
	}
	b := []byte(line)
	for _, marks := range [][2]string{{"“", "”"}, {`"`, `"`}, {"«", "»"}} {
		for from := 0; ; {
			open := strings.Index(line[from:], marks[0])
			if open < 0 {
				break
			}
			inside := from + open + len(marks[0])
			end := strings.Index(line[inside:], marks[1])
			if end < 0 {
				break
			}
			for i := inside; i < inside+end; i++ {
				b[i] = ' '
			}
			from = inside + end + len(marks[1])
		}
	}
	return string(b)
}

// abbreviations end in a stop and do not end a sentence.
var abbreviations = setOf("mr mrs ms dr prof st no nos e.g i.e a.m p.m etc vs inc ltd co dept approx jan feb mar apr jun jul aug sept sep oct nov dec mon tue wed thu fri sat sun")

// endOfSentence returns where the sentence that begins at from ends.
func endOfSentence(line string, from int) int {
	for i := from; i < len(line); i++ {
		if !strings.ContainsRune(".!?", rune(line[i])) || i+1 < len(line) && line[i+1] != ' ' && line[i+1] != '\t' {
			continue
		}
		rest := strings.TrimLeft(line[i+1:], " \t")
		if next, _ := utf8.DecodeRuneInString(rest); line[i] == '.' && unicode.IsLower(next) {
			continue
		}
		word := line[strings.LastIndexAny(line[:i], " \t(")+1 : i]
		if line[i] == '.' && rest != "" && abbreviations[strings.ToLower(word)] {
			continue
		}
		if i-len(word) == from && isDigits(word) { // "1. Send the form"
			continue
		}
		return i + 1
	}
	return len(line)
}

func isDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// wordsOf cuts a sentence into words: letters and digits with the apostrophes, hyphens
// and stops inside.
func wordsOf(s string) []word {
	var out []word
	start := -1
	end := func(to int) {
		if start < 0 {
			return
		}
		raw := strings.TrimRight(s[start:to], "'’-.")
		first, _ := utf8.DecodeRuneInString(raw)
		out = append(out, word{low: strings.ToLower(strings.ReplaceAll(raw, "’", "'")), from: start, to: start + len(raw), name: unicode.IsUpper(first)})
		start = -1
	}
	for i, r := range s {
		inside := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || start >= 0 && strings.ContainsRune("'’-.@", r)
		switch {
		case inside && start < 0:
			start = i
		case !inside:
			end(i)
		}
	}
	end(len(s))
	for i := range out {
		next := len(s)
		if i+1 < len(out) {
			next = out[i+1].from
		}
		gap := strings.TrimLeft(s[out[i].to:next], "'’-")
		if m := strings.IndexAny(gap, ",;:.!?()–—"); m >= 0 {
			out[i].after = gap[m]
		}
	}
	return out
}
