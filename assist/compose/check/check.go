// Package check reads a draft to a customer, in English, as a good editor would: who
// acts, by when, is a sorry said before the reasons, is anybody blamed, is it easy to
// read. It shows the place and, where that can be done well, a better line. It would
// rather miss something than cry wolf.
package check

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Kind is what an Advice is about.
type Kind string

// The kinds.
const (
	Passive     Kind = "passive"              // something was done, and the sentence does not begin with who did it
	NobodyActs  Kind = "nobody acts"          // something will be done, by nobody
	NoDate      Kind = "no date"              // a promise without its day
	Blame       Kind = "blame"                // the customer is told off
	ReasonFirst Kind = "reasons before sorry" // the sorry comes too late
	NonApology  Kind = "no real apology"      // "sorry for any inconvenience"
	Filler      Kind = "filler"               // words that say nothing
	HardToRead  Kind = "hard to read"         // a long sentence, or long words all through
)

// Advice is one thing that a draft would be better without.
type Advice struct {
	Line     int // of the draft, 1 is the first
	From, To int // the words, in bytes of the draft
	Kind     Kind
	What     string // for people, a sentence or two
	Better   string // the whole line with this one thing put right; "" where that takes a person
}

// Bounds, so that a pasted book costs no more than a letter.
const (
	longestDraft  = 100_000 // bytes that are read
	longestBetter = 2_000   // bytes of a line that is rewritten
	mostAdvice    = 100
)

// Check reads a draft and returns what would make it better, in the order of the
// text; nil when there is nothing. Words in quotation marks are somebody else's and
// left alone. Only the first 100,000 bytes are read.
func Check(draft string) []Advice {
	if len(draft) > longestDraft {
		cut := longestDraft
		for cut > 0 && !utf8.RuneStart(draft[cut]) {
			cut--
		}
		draft = draft[:cut]
	}
	c := &checker{sentences: sentencesOf(draft)}
	for i := range c.sentences {
		if len(c.out) >= mostAdvice {
			break
		}
		s := &c.sentences[i]
		c.phrases(s)
		c.passive(s)
		c.promise(i)
		c.long(s)
	}
	c.sorry()
	c.ease()
	sort.SliceStable(c.out, func(i, j int) bool { return c.out[i].From < c.out[j].From })
	return c.out[:min(len(c.out), mostAdvice)]
}

// checker collects what is found in a draft.
type checker struct {
	sentences []sentence
	out       []Advice
}

// add notes an advice for the bytes from and to of the sentence. better is what the
// sentence becomes; "" when nobody can say.
func (c *checker) add(s *sentence, from, to int, kind Kind, what, better string) {
	for _, a := range c.out {
		inside := a.From <= s.start+from && s.start+to <= a.To
		if inside && (a.Kind == kind || kind == Passive || kind == NobodyActs) { // the stronger advice stands already
			return
		}
	}
	a := Advice{Line: s.line, From: s.start + from, To: s.start + to, Kind: kind, What: what}
	if better != "" && len(s.whole) <= longestBetter {
		at := s.start - s.lineStart
		a.Better = tidy(s.whole[:at] + better + s.whole[at+len(s.text):])
	}
	c.out = append(c.out, a)
}

// tidy mends what a cut leaves behind: two blanks, a blank before a comma.
func tidy(line string) string {
	indent := line[:len(line)-len(strings.TrimLeft(line, " \t"))]
	line = strings.Join(strings.Fields(line), " ")
	for _, mark := range []string{",", ".", "!", "?", ";"} {
		line = strings.ReplaceAll(line, " "+mark, mark)
	}
	return indent + line
}

// capital begins with a capital letter, and small with a small one unless it is "I", a
// name or an abbreviation.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 || r == utf8.RuneError {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}

// starters are words that begin sentences and are no names.
var starters = setOf(`a an the this that these those your our my his her their its it they we you he she all any each every
	both some no new one two three please there here`)

func small(s string) string {
	first, _, _ := strings.Cut(s, " ")
	if starters[strings.ToLower(strings.Trim(first, ",'"))] {
		return strings.ToLower(s[:1]) + s[1:]
	}
	return s
}

func setOf(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}
