package search

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
)

const longestQuote = 60 // letters of a phrasing in a reason

// why says in words why an answer is there.
func (s *scratch) why(c candidate, q Query, stale bool) string {
	first := s.saying(c)
	if q.Meaning != nil && weightMeaning*c.meaning > c.words+weightLearned*c.learned {
		first += "; and means much the same"
	}
	return s.reasons(first, c, q, stale)
}

// reasons adds to the first reason what else a rep should know.
func (s *scratch) reasons(first string, c candidate, q Query, stale bool) string {
	reasons := []string{first}
	if reason := s.subjectReason(c.doc); reason != "" {
		reasons = append(reasons, reason)
	}
	if _, text := s.about(c.doc); text != "" {
		reasons = append(reasons, "open with them: '"+short(text)+"'")
	}
	a := c.answer()
	if a.Draft {
		reasons = append(reasons, "a draft")
	}
	if stale {
		reasons = append(reasons, notVerified(a.Verified.Time(), a.Verified.IsZero(), q.Now))
	}
	return strings.Join(reasons, "; ")
}

// subjectReason says which product of the answer the call is about, as the answer
// writes it, and how that is known.
func (s *scratch) subjectReason(d int32) string {
	u := &s.subject
	for _, p := range s.ix.answers[d].Products {
		id, ok := s.ix.products[productKey(p)]
		switch name := strings.TrimSpace(p); {
		case !ok:
		case slices.Contains(u.named, id):
			return "it is about the " + name
		case slices.ContainsFunc(u.spotted, func(s spot) bool { return s.product == id && s.times == 1 }):
			return "they speak of the " + name
		case slices.Contains(u.owned, id):
			return "they own the " + name
		}
	}
	return ""
}

func notVerified(last time.Time, never bool, now time.Time) string {
	if never {
		return "never verified"
	}
	return fmt.Sprintf("not verified for %d days", int(now.Sub(last).Hours()/24))
}

// saying says which words speak for the answer: those of the phrasing that fits
// best, else of the title, else of the text.
func (s *scratch) saying(c candidate) string {
	ix, a := s.ix, s.ix.answers[c.doc]
	from, to := ix.answerPhrase[c.doc], ix.answerPhrase[c.doc+1]
	best, most := from, s.matches(from)*1.0001
	for p := from + 1; p < to; p++ {
		if m := s.matches(p); m > most {
			best, most = p, m
		}
	}
	switch said := s.said(a.Say + " " + strings.Join(a.Steps, " ")); {
	case most > 0 && best > from:
		return "customers ask: '" + short(a.Phrasings[best-from-1]) + "'"
	case most > 0:
		return "title says " + quoted(s.said(a.Title))
	case len(said) > 0:
		return "the answer says " + quoted(said)
	case c.raw == 0:
		return "customers who ask like this mean '" + short(a.Title) + "'"
	}
	return "spelt like " + s.alikeIn(a.Title, a.Phrasings[:min(len(a.Phrasings), mostPhrasings)])
}

func (s *scratch) alikeIn(title string, phrasings []string) string {
	words := s.alike(append([]string{title}, phrasings...))
	if len(words) == 0 {
		return "words of this answer"
	}
	return quoted(words)
}

// alike returns, for the first words of the query that the library does not have as
// they are, the word of the texts that shares the most parts with each.
func (s *scratch) alike(texts []string) (words []string) {
	for _, w := range s.words {
		if w.stop || len(words) == 2 {
			continue
		}
		best, most := "", 0
		for _, text := range texts {
			for c := s.ix.text.Cut(text); c.Next(); {
				if n := s.shared(w, s.ix.words[string(c.Word())]); n > most {
					best, most = strings.ToLower(c.Written()), n
				}
			}
		}
		if best != "" && !slices.Contains(words, best) {
			words = append(words, best)
		}
	}
	return words
}

// shared counts the parts that a word of the query has in common with a known word.
func (s *scratch) shared(w word, known int32) (n int) {
	parts := s.ix.partsOf(known)
	if w.known >= 0 {
		for _, t := range s.ix.partsOf(w.known) {
			if slices.Contains(parts, t) {
				n++
			}
		}
		return n
	}
	eachPart(w.text, false, func(part uint64) {
		if t, ok := s.ix.parts[part]; ok && slices.Contains(parts, t) {
			n++
		}
	})
	return n
}

// matches says how well a phrase fits the query.
func (s *scratch) matches(phrase uint32) float64 {
	stems := s.ix.phrases[s.ix.phraseStart[phrase]:s.ix.phraseStart[phrase+1]]
	sum := 0.0
	for i, t := range stems {
		if !slices.Contains(stems[:i], t) && s.asks(t) {
			sum += float64(s.ix.idf[t])
		}
	}
	return sum / math.Sqrt(float64(len(stems)+2))
}

func (s *scratch) asks(stem int32) bool {
	return slices.Contains(s.stems, stem) ||
		slices.ContainsFunc(s.prefix, func(a asked) bool { return a.term == stem })
}

// said returns the words of a text that the query asks for, at most three, as they
// are written there; pairs of letters that overlap make one word.
func (s *scratch) said(text string) (words []string) {
	asked := false
	for c := s.ix.text.Cut(text); c.Next(); {
		before := asked
		w, ok := s.ix.words[string(c.Word())]
		if asked = ok && !s.ix.stop[w] && s.asks(s.ix.stemOf[w]); !asked {
			continue
		}
		switch written := strings.ToLower(c.Written()); {
		case before && c.Shared():
			words[len(words)-1] = grown(words[len(words)-1], written)
		case len(words) == 3:
			return words
		case !slices.Contains(words, written):
			words = append(words, written)
		default:
			asked = false // it stands elsewhere, and is not to grow there
		}
	}
	return words
}

// grown returns a word with the one that overlaps its end.
func grown(word, next string) string {
	for from := max(len(word)-len(next), 0); from < len(word); from++ {
		if strings.HasPrefix(next, word[from:]) {
			return word[:from] + next
		}
	}
	return word + next
}

func quoted(words []string) string { return "'" + strings.Join(words, "', '") + "'" }

func short(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > longestQuote {
		return string(r[:longestQuote-1]) + "…"
	}
	return s
}
