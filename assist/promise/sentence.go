package promise

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// straighten makes the two apostrophes alike; back tells where a byte of the result
// was in the note.
func straighten(note string) (text string, back func(int) int) {
	const curly = "’"
	text = strings.ReplaceAll(note, curly, "'")
	return text, func(at int) int {
		for i := 0; ; {
			next := strings.Index(note[i:], curly)
			if next < 0 || i+next >= at {
				return at
			}
			i += next + len(curly)
			at += len(curly) - 1
		}
	}
}

// sentence is a part of a note that is read at once.
type sentence struct {
	text string // with its stop
	at   int    // where it begins in the note
	// after is the sentence behind it.
	after string
}

// longestSentence keeps a long text without stops quick to read, in bytes: a promise
// that takes longer to say is none that a rep types.
const longestSentence = 600

// sentenceBefore returns the sentence that ends at a byte of the note.
func sentenceBefore(note string, end int) sentence {
	start, least := end-1, max(end-longestSentence, 0)
	for start > least && !ends(note, start-1) {
		start--
	}
	if start > 0 && start == least {
		for start < end && !utf8.RuneStart(note[start]) {
			start++
		}
	}
	for start > 0 && start+1 < end && unicode.IsSpace(rune(note[start])) && note[start] < utf8.RuneSelf {
		start++
	}
	return sentence{text: note[start:end], at: start}
}

// ends reports whether the byte at i ends a sentence: not the stop of "p.m.", "3.30",
// "4.12." or "Mr.".
func ends(note string, i int) bool {
	switch note[i] {
	case '\n', ';', '!', '?':
		return true
	case '.':
		if i+1 < len(note) && note[i+1] != ' ' && note[i+1] != '\n' && note[i+1] != '"' {
			return false
		}
		before := note[max(0, i-6):i]
		return !shortened.MatchString(before) || i+1 == len(note)
	}
	return false
}

var shortened = regexp.MustCompile(`(?i)(?:\b[ap]\.m|\b[ap]|\bmrs?|\bdr|\bms|\bno|\bjan|\bfeb|\bmar|\bapr|\bjun|\bjul|\baug|\bsept?|\boct|\bnov|\bdec|\b\d{1,2}\.\d{1,2})$`)

// newClause begins a thought that is not part of the promise.
var newClause = regexp.MustCompile(`(?i)(?:,\s*|\s+)(?:but|because|as (?:she|he|they|it)|since (?:she|he|they|it)|so (?:she|he|they|that|I|we)|which|although|though)\s` +
	`|,\s*(?:and\s+)?(?:she|he|they|it|customer|the customer|you|I|we|then she|then he)(?:'|\s)` +
	`|(?:,|\s)\s*and (?:she|he|they|it|I|we)(?:'ll|'s|\s)|\s+[-–—]+\s+|\s+--|["“”(]`)

// inBrackets is a remark.
var inBrackets = regexp.MustCompile(`^\s*\(([^()]{1,40})\)`)

// to returns where the words of a promise end that begin at body.
func (s sentence) to(body int) int {
	said := s.text[body:]
	for _, at := range newClause.FindAllStringIndex(said, -1) {
		if m := inBrackets.FindStringSubmatch(said[at[0]:]); m != nil && onlyTime(m[1]) {
			continue // "on Friday (20/11)"
		}
		said = said[:at[0]]
		break
	}
	said = strings.TrimRightFunc(said, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(",;:!?", r)
	})
	if strings.HasSuffix(said, ".") && !shortened.MatchString(said[:len(said)-1]) {
		said = strings.TrimRight(said, ".")
	}
	// "... and" before another "I'll" is no part of it.
	for _, tail := range []string{" and", " and then", " or", " then", " so", ","} {
		if low := strings.ToLower(said); strings.HasSuffix(low, tail) && !strings.HasSuffix(low, " or so") {
			said = said[:len(said)-len(tail)]
		}
	}
	return body + len(said)
}

// leadOf returns the words of the clause in front of a vow: "On Friday".
func (s sentence) leadOf(from int) string {
	lead := s.text[:from]
	if at := leadBreak.FindAllStringIndex(lead, -1); at != nil {
		lead = lead[at[len(at)-1][1]:]
	}
	return lead
}

var leadBreak = regexp.MustCompile(`(?i)\bbut\s|\s[-–—]\s|["“”()]`)
