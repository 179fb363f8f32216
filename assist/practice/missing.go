package practice

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"ringside/assist"
	"ringside/assist/search/text"
)

// mostMissing is how many words are named at most: it is a hint, not a correction.
const mostMissing = 5

// point is something in an answer that the rep's own words should have, too.
type point struct {
	shown string   // as it is written in the answer
	keys  []string // stems, or figures; said when all are
	at    int      // where in the answer
	rare  int      // in how many answers of the library it is
	step  int      // 1 and on; 0: in the words to say
}

// Missing returns what of the answer is not in the words: figures and rare words of what
// is said, as they are written there, and the numbers of the steps of which nothing was
// said. It is empty for no words: what was said aloud nobody has heard.
func (i Item) Missing(words string) (left []string, steps []int) {
	if strings.TrimSpace(words) == "" {
		return nil, nil
	}
	had := stems(words, i.Answer.Language)
	touched, known := map[int]bool{}, map[int]bool{}
	var missing []point
	for _, p := range i.points {
		said := !slices.ContainsFunc(p.keys, func(key string) bool { return !had[key] })
		known[p.step] = true
		touched[p.step] = touched[p.step] || said
		if !said && p.step == 0 {
			missing = append(missing, p)
		}
	}
	slices.SortStableFunc(missing, func(a, b point) int {
		return cmp.Or(cmp.Compare(a.rare, b.rare), cmp.Compare(len(b.shown), len(a.shown))) // the longer a word, the more it says
	})
	missing = missing[:min(len(missing), mostMissing)]
	slices.SortStableFunc(missing, func(a, b point) int { return cmp.Compare(a.at, b.at) })
	for _, p := range missing {
		left = append(left, p.shown)
	}
	for n := range i.Answer.Steps {
		if known[n+1] && !touched[n+1] {
			steps = append(steps, n+1)
		}
	}
	return left, steps
}

// points finds the points of the items. A word is rare when one answer in twenty of the
// library has it at most; figures always are.
func points(items []Item, library []assist.Answer) {
	in := map[string]int{}
	for _, i := range items {
		for key := range stems(spoken(i.Answer), i.Answer.Language) {
			in[key] = 0
		}
	}
	for _, a := range library {
		for key := range stems(spoken(a), a.Language) {
			if _, ok := in[key]; ok {
				in[key]++
			}
		}
	}
	often := max(len(library)/20, 1)
	for n := range items {
		a := items[n].Answer
		items[n].points = pointsOf(a.Say, a.Language, 0, in, often)
		for s, step := range a.Steps {
			items[n].points = append(items[n].points, pointsOf(step, a.Language, s+1, in, often)...)
		}
	}
}

// spoken is all of an answer that a rep says or does.
func spoken(a assist.Answer) string { return a.Say + "\n" + strings.Join(a.Steps, "\n") }

// pointsOf finds the points of one text of an answer. A figure has the words behind it:
// "four to six working". What is drawn together by an apostrophe (you've) says little.
func pointsOf(words, language string, step int, in map[string]int, often int) (out []point) {
	seen := map[string]bool{}
	fields := strings.Fields(blank.ReplaceAllString(words, " "))
	for at := 0; at < len(fields); at++ {
		p := point{at: at, step: step, shown: bare(fields[at]), keys: keysOf(fields[at], language), rare: often + 1}
		for _, key := range p.keys {
			p.rare = min(p.rare, in[key])
		}
		figure := hasFigure(p.keys)
		if figure {
			p.rare = 0
			at += p.grow(fields[at+1:], language)
		}
		id := strings.Join(p.keys, " ")
		if len(p.keys) == 0 || seen[id] || !figure && (p.rare > often || strings.ContainsAny(p.shown, "'’")) {
			continue
		}
		seen[id] = true
		out = append(out, p)
	}
	return out
}

// grow takes in what a figure is of, and further figures before that, and returns how many
// words that were.
func (p *point) grow(after []string, language string) (n int) {
	a := text.For(language)
	for i, field := range after[:min(len(after), 3)] {
		if keys := keysOf(field, language); hasFigure(keys) {
			p.keys = append(p.keys, keys...)
			n = i + 1
		} else if a.Telling(field) > 0 {
			n = i + 1
			break
		}
	}
	for _, field := range after[:n] {
		p.shown += " " + bare(field)
	}
	return n
}

func hasFigure(keys []string) bool {
	return slices.ContainsFunc(keys, func(key string) bool { return key[0] >= '0' && key[0] <= '9' })
}

// bare is a word without the signs around it; those of money stay.
func bare(field string) string { return strings.TrimFunc(field, unicode.IsPunct) }

// blank is a blank of an answer, {{customer.name}}.
var blank = regexp.MustCompile(`\{\{[^{}]*\}\}`)

// stems are the words of a text that say something, without their endings, and its
// figures.
func stems(words, language string) map[string]bool {
	out := map[string]bool{}
	for _, key := range keysOf(words, language) {
		out[key] = true
	}
	return out
}

// keysOf returns the stems of a text, in its order. Scripts without blanks between words
// have none: pairs of their letters are nothing to read.
func keysOf(words, language string) (out []string) {
	a := text.For(language)
	for c := a.Cut(words); c.Next(); {
		w := string(c.Word())
		switch n := slices.Index(numbers, w); {
		case n >= 0 && a.Language() == "en":
			out = append(out, strconv.Itoa(n+2))
		case w[0] >= '0' && w[0] <= '9':
			out = append(out, w)
		case utf8.RuneCountInString(w) > 3 && !a.Stop(w):
			out = append(out, a.Stem(w))
		}
	}
	return out
}

// numbers are written as words as often as in figures, from 2 on.
var numbers = strings.Fields("two three four five six seven eight nine ten eleven twelve")
