package compare

import (
	_ "embed"
	"slices"
	"strings"

	"ringside/assist"
	"ringside/assist/search/text"
)

//go:embed words.txt
var wordsFile string

// english is what words.txt says.
var english = readWords(wordsFile)

// known is what is known of the words of a language beyond their stems.
type known struct {
	same   map[string]string // stem: the stem that stands for it
	back   map[string]string // a word before "back": what the two mean
	off    map[string]string // a word that turns a sentence round: what it is the reverse of
	not    map[string]bool
	need   map[string]bool
	little map[string]bool
	mark   map[string][]mark // what parts two sentences
}

// mark is a word that says what or whom alone a sentence is about.
type mark struct {
	kind, name string
	rule       string // only, state or way
}

func readWords(file string) known {
	k := known{map[string]string{}, map[string]string{}, map[string]string{}, map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string][]mark{}}
	en := text.For("en")
	kinds := 0
	for line := range strings.Lines(file) {
		rule, rest, _ := strings.Cut(strings.TrimSpace(line), ":")
		words := strings.Fields(rest)
		head, kind, _ := strings.Cut(rule, " ")
		switch head {
		case "same":
			for _, w := range words {
				if stem := en.Stem(w); k.same[stem] == "" {
					k.same[stem] = en.Stem(words[0])
				}
			}
		case "back", "off":
			into := map[string]map[string]string{"back": k.back, "off": k.off}[head]
			for _, w := range words[1:] {
				into[w] = words[0]
			}
		case "not", "need", "little":
			for _, w := range words {
				map[string]map[string]bool{"not": k.not, "need": k.need, "little": k.little}[head][w] = true
			}
		case "only", "state", "way":
			kinds++
			for _, w := range words {
				w, name, ok := strings.Cut(w, ":")
				if !ok {
					name = en.Stem(w)
				}
				k.mark[w] = append(k.mark[w], mark{kind + string(rune('0'+kinds)), name, head})
			}
		}
	}
	return k
}

// tongue reads texts of one language, and numbers their stems.
type tongue struct {
	*text.Analysis
	known
	ids   map[string]int32
	words map[string][]int32 // what a written word stands for
	stems map[string]string
}

func newTongue(language string) *tongue {
	t := &tongue{Analysis: text.For(language), ids: map[string]int32{}, words: map[string][]int32{}, stems: map[string]string{}}
	if t.Language() == "en" {
		t.known = english
	}
	return t
}

// id is the number of a stem.
func (t *tongue) id(stem string) int32 {
	id, ok := t.ids[stem]
	if !ok {
		id = int32(len(t.ids))
		t.ids[stem] = id
	}
	return id
}

// of returns the stems of a written word; none for one that says little. Scripts without
// blanks give several.
func (t *tongue) of(written string) []int32 {
	if ids, ok := t.words[written]; ok {
		return ids
	}
	var ids []int32
	for c := t.Cut(written); c.Next(); {
		word := string(c.Word())
		if t.Stop(word) || t.not[word] || t.little[word] {
			continue
		}
		stem := t.Stem(word)
		if s := t.same[stem]; s != "" {
			stem = s
		}
		ids = append(ids, t.id(stem))
	}
	t.words[written] = ids
	return ids
}

// stem is one stem of a word, to name what is counted; "" for what says little.
func (t *tongue) stem(written string) string {
	s, ok := t.stems[written]
	if !ok {
		if c := t.Cut(written); c.Next() && !t.Stop(string(c.Word())) {
			s = t.Stem(string(c.Word()))
			if same := t.same[s]; same != "" {
				s = same
			}
		}
		t.stems[written] = s
	}
	return s
}

// terms are the words of tokens, each with the weight. A verb before "back" gives one more.
func (t *tongue) terms(ts []token, w float32, out []term) []term {
	for i, tok := range ts {
		switch tok.kind {
		case 'w':
			for _, id := range t.of(tok.text) {
				out = append(out, term{id, w})
			}
			if tok.text != "back" {
				continue
			}
			for j := max(i-3, 0); j < i; j++ {
				if b := t.back[ts[j].text]; b != "" {
					out = append(out, term{t.id(t.Stem(b)), w})
				}
			}
		case 'n':
			if i > 0 && ts[i-1].kind == 'w' && ts[i-1].to == tok.from {
				out = append(out, term{t.id(ts[i-1].text + tok.text), w}) // x200
			}
		}
	}
	return out
}

// base is the language of a BCP 47 tag, in lower case; en for none.
func base(tag string) string {
	tag, _, _ = strings.Cut(strings.ToLower(strings.ReplaceAll(tag, "_", "-")), "-")
	if tag == "" {
		return "en"
	}
	return tag
}

// byLanguage parts the answers that reps find, in the order of the library.
func byLanguage(answers []assist.Answer) (groups [][]assist.Answer) {
	at := map[string]int{}
	for _, a := range answers {
		if a.Off || a.Draft {
			continue
		}
		b := base(a.Language)
		i, ok := at[b]
		if !ok {
			i = len(groups)
			at[b] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], a)
	}
	return groups
}

// meet reports whether two lists have something in common.
func meet[T comparable](a, b []T) bool {
	return slices.ContainsFunc(a, func(x T) bool { return slices.Contains(b, x) })
}
