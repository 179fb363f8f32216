package check

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
)

// The bounds of what is easy to read.
const (
	longSentence = 25 // words of a sentence
	easyFrom     = 50 // reading ease; below it a text is "fairly difficult" by Flesch's table
	fewWords     = 40 // below, the formula says nothing
	leastHalf    = 5  // words that a sentence needs to stand alone
)

// ease returns the Flesch reading ease of English sentences: 206.835 - 1.015 x (words /
// sentences) - 84.6 x (syllables / words), where 100 is very easy and below 30 is for
// scholars (R. Flesch, A new readability yardstick, Journal of Applied Psychology 32,
// 1948, 221-233). Syllables are estimated from the spelling. A text without words has
// 100.
func ease(list []sentence) float64 {
	words, sentences, parts := 0, 0, 0
	for i := range list {
		n := len(list[i].words)
		if n == 0 {
			continue
		}
		sentences++
		words += n
		for _, w := range list[i].words {
			parts += syllables(w.low)
		}
	}
	if words == 0 {
		return 100
	}
	return 206.835 - 1.015*float64(words)/float64(sentences) - 84.6*float64(parts)/float64(words)
}

// syllables estimates how many syllables an English word has: its groups of vowels,
// less a silent e at the end. Figures count as one, as Flesch says.
func syllables(w string) int {
	n, before := 0, false
	letters := 0
	for _, r := range w {
		vowel := strings.ContainsRune("aeiouyàâäåáéèêëíìîïóòôöúùûü", r)
		if vowel && !before {
			n++
		}
		before = vowel
		if unicode.IsLetter(r) {
			letters++
		}
	}
	switch {
	case letters == 0:
		return 1
	case endsIn(w, "ience", "iance"):
	case n > 1 && silentE.MatchString(w):
		n--
	case letters > 3 && endsIn(w, "rea", "dea", "ia", "io", "ium", "ual", "uous"), endsIn(w, "rious", "vious", "nious"):
		if !endsIn(w, "cial", "tial") {
			n++
		}
	}
	return max(n, 1)
}

// silentE is an e at the end that nobody says: make, makes, replaced.
var silentE = regexp.MustCompile(`[^aeiouyl]e$|[^aeiouylszxhgc]es$|[^aeiouytd]ed$`)

func endsIn(w string, ends ...string) bool {
	for _, e := range ends {
		if strings.HasSuffix(w, e) {
			return true
		}
	}
	return false
}

// long finds a sentence of more than 25 words, and parts it where two whole sentences
// meet.
func (c *checker) long(s *sentence) {
	if len(s.words) <= longSentence {
		return
	}
	c.add(s, 0, len(s.text), HardToRead, fmt.Sprintf("%d words in one sentence: two short ones are read once, a long one twice.", len(s.words)), s.parted())
}

// joints are the words that join two sentences.
var joints = map[string]string{"and": "", "but": "But ", "so": "So ", "therefore": "Therefore "}

// beginners are the words that a sentence may begin with where it is cut.
var beginners = setOf("i we you he she it they this that these our your the there")

// parted returns the sentence as two, cut nearest to its middle; "" when it has no
// joint that is sure.
func (s *sentence) parted() string {
	best, middle := -1, len(s.words)/2
	for i := leastHalf - 1; i+leastHalf+1 < len(s.words); i++ {
		_, joint := joints[s.words[i+1].low]
		cut := s.words[i].after == ',' && joint && beginners[s.words[i+2].low] || s.words[i].after == ';' && beginners[s.words[i+1].low]
		if cut && (best < 0 || abs(i-middle) < abs(best-middle)) {
			best = i
		}
	}
	if best < 0 {
		return ""
	}
	rest := s.text[s.words[best+1].from:]
	if lead, joint := joints[s.words[best+1].low]; joint && s.words[best].after == ',' {
		rest = lead + s.text[s.words[best+2].from:]
	}
	return s.text[:s.words[best].to] + ". " + capital(rest)
}

func abs(n int) int { return max(n, -n) }

// ease finds a draft of long words and long sentences, and shows where it is hardest.
func (c *checker) ease() {
	words, hardest, least := 0, -1, 0.0
	for i := range c.sentences {
		n := len(c.sentences[i].words)
		words += n
		if e := ease(c.sentences[i : i+1]); n >= leastHalf && (hardest < 0 || e < least) {
			hardest, least = i, e
		}
	}
	if words < fewWords || hardest < 0 {
		return
	}
	if e := ease(c.sentences); e < easyFrom {
		s := &c.sentences[hardest]
		c.add(s, 0, len(s.text), HardToRead, fmt.Sprintf("The reading ease of this draft is %.0f; from 50 on most people read it with ease. This sentence is the hardest: use shorter words.", max(e, 0)), "")
	}
}
