package ask

import (
	"iter"
	"strings"
	"unicode/utf8"

	"ringside/assist/search/text"
)

// cutter cuts the words of any language, and leaves them as they are.
var cutter = text.For("und")

// A lexicon finds many words and phrases in one reading of a text. Case and accents do
// not matter; only whole words count, and a star behind a word stands for the rest of
// it: "complain*".
type lexicon struct {
	phrases []phrase
	whole   map[string][]int // phrases by their first word
	begun   map[byte][]int   // those whose first word has a star, by its first byte
}

type phrase struct {
	tag   int
	words []starred
}

type starred struct {
	word string
	star bool
}

func (w starred) fits(word string) bool {
	return word == w.word || w.star && strings.HasPrefix(word, w.word)
}

// add makes the lexicon find the phrases under a tag. One that holds no letter is left
// out: a star alone would fit everything.
func (l *lexicon) add(tag int, phrases ...string) {
	for _, s := range phrases {
		var words []starred
		for _, field := range strings.Fields(s) {
			c := cutter.Cut(field)
			n := len(words)
			for c.Next() {
				words = append(words, starred{word: string(c.Word())})
			}
			if len(words) > n {
				words[len(words)-1].star = strings.HasSuffix(field, "*")
			}
		}
		if len(words) > 0 {
			l.keep(phrase{tag, words})
		}
	}
}

func (l *lexicon) keep(p phrase) {
	if l.whole == nil {
		l.whole, l.begun = map[string][]int{}, map[byte][]int{}
	}
	n, first := len(l.phrases), p.words[0]
	l.phrases = append(l.phrases, p)
	if first.star {
		l.begun[first.word[0]] = append(l.begun[first.word[0]], n)
	} else {
		l.whole[first.word] = append(l.whole[first.word], n)
	}
}

// find is where a phrase was found: its tag, and the place of its first word in the
// text, from 0.
type find struct{ tag, at int }

// begin is a phrase of which the first words were read.
type begin struct{ phrase, next, at int }

// read returns what the text holds, by where it ends. The slice is appended to found.
func (l *lexicon) read(s string, found []find) []find {
	if len(l.phrases) == 0 {
		return found
	}
	var few [8]begin // seldom are more begun at once
	open := few[:0]
	c := cutter.Cut(s)
	for at := 0; c.Next(); at++ {
		word := c.Word()
		still := open[:0]
		for _, b := range open {
			if l.phrases[b.phrase].words[b.next].fits(string(word)) {
				found, still = l.step(begin{b.phrase, b.next + 1, b.at}, found, still)
			}
		}
		open = still
		for _, n := range l.whole[string(word)] {
			found, open = l.step(begin{n, 1, at}, found, open)
		}
		for _, n := range l.begun[word[0]] {
			if l.phrases[n].words[0].fits(string(word)) {
				found, open = l.step(begin{n, 1, at}, found, open)
			}
		}
	}
	return found
}

func (l *lexicon) step(b begin, found []find, open []begin) ([]find, []begin) {
	p := l.phrases[b.phrase]
	if b.next == len(p.words) {
		return append(found, find{p.tag, b.at}), open
	}
	return found, append(open, b)
}

// sentences gives the sentences of a text. What stands behind "but" is one of its own:
// "not angry, but disappointed" says two things.
func sentences(s string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for s != "" {
			end, next := sentenceEnd(s)
			if part := strings.TrimSpace(s[:end]); part != "" && !yield(part) {
				return
			}
			s = s[next:]
		}
	}
}

// sentenceEnd returns where the first sentence of s ends, and where the next begins.
func sentenceEnd(s string) (end, next int) {
	for i, r := range s {
		switch r {
		case '!', '?', ';', '\n', '…', '。', '！', '？':
			n := i + utf8.RuneLen(r)
			return n, n
		case '.':
			if i+1 == len(s) || s[i+1] == ' ' || s[i+1] == '\t' || s[i+1] == '\r' || s[i+1] == '\n' {
				return i + 1, i + 1
			}
		case ' ':
			if len(s) > i+5 && s[i+4] == ' ' && strings.EqualFold(s[i+1:i+4], "but") {
				return i, i + 5
			}
		}
	}
	return len(s), len(s)
}

// line returns the text on one line, with single blanks.
func line(s string) string { return strings.Join(strings.Fields(s), " ") }

// quoted returns the text on one line in quotation marks, at most most letters of it.
func quoted(s string, most int) string {
	s = line(s)
	if utf8.RuneCountInString(s) > most {
		s = string([]rune(s)[:most-1])
		if i := strings.LastIndexByte(s, ' '); i > len(s)/2 {
			s = s[:i]
		}
		s = strings.TrimRight(s, " ,;:.-") + "…"
	}
	return "“" + s + "”"
}
