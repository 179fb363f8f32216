package practice

import (
	"strings"
	"unicode"

	"ringside/assist"
	"ringside/assist/compose/mask"
	"ringside/assist/search/text"
)

// Line returns what the customer says in the drill: what was heard in a call, without
// names, numbers and addresses, when enough is left of it; else how customers ask for the
// answer. private is that of the customer in Heard, and own are their names.
func (i Item) Line(private mask.Private, own mask.Own) string {
	if i.Heard.Words == "" {
		return i.Asks
	}
	masked, _ := mask.Mask(i.Heard.Words, private)
	var line strings.Builder
	at := 0
	for _, t := range mask.Tokens(masked) {
		kind, _, _ := strings.Cut(t.Thing, " ")
		line.WriteString(masked[at:t.From] + instead[kind])
		at = t.To
	}
	words := cut(strings.Fields(line.String() + masked[at:]))
	var left []string // that tell what it is about
	for n, w := range words {
		core := strings.TrimFunc(w, unicode.IsPunct)
		switch {
		case isInstead(w):
			continue
		case own.Has(w):
			words[n] = strings.Replace(w, core, instead["name"], 1)
		case i.identifies(core):
			words[n] = strings.Replace(w, core, instead["number"], 1)
		default:
			left = append(left, w)
		}
	}
	if text.For(i.Answer.Language).Telling(strings.Join(left, " ")) < 2 {
		return i.Asks
	}
	return strings.Join(words, " ")
}

// longestLine is how many bytes of a customer's words are shown, about.
const longestLine = 240

// cut takes the end of long words away.
func cut(words []string) []string {
	n := 0
	for i, w := range words {
		if n += len(w) + 1; n > longestLine && i > 0 {
			return append(words[:i:i], "…")
		}
	}
	return words
}

// identifies reports whether a word has four digits or more and is not the answer's own,
// as the name of a product is.
func (i Item) identifies(word string) bool {
	digits := 0
	for _, r := range word {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	a := i.Answer
	return digits >= 4 && !strings.Contains(a.Title+" "+spoken(a)+" "+strings.Join(a.Phrasings, " ")+" "+strings.Join(a.Products, " "), word)
}

// instead is what people read for a kind of token.
var instead = map[string]string{"name": "(name)", "place": "(place)", "number": "(number)", "email": "(e-mail)", "text": "(…)"}

func isInstead(word string) bool {
	for _, sign := range instead {
		if strings.Contains(word, sign) {
			return true
		}
	}
	return false
}

// ask chooses how the answer is asked for this time: each of the ways in turn.
func (i *Item) ask(heard []Heard, questions []string) {
	ways := append(append([]string{}, questions...), i.Answer.Phrasings...)
	if len(ways) == 0 {
		ways = []string{i.Answer.Title}
	}
	turn := i.Drill.Times % (len(heard) + len(ways))
	if turn < len(heard) {
		i.Heard = heard[len(heard)-1-turn] // the latest first
		turn = 0
	} else {
		turn -= len(heard)
	}
	i.Asks = ways[turn]
}

// questionsOf returns the saved questions that each answer must be found by.
func questionsOf(list []assist.Question) map[assist.ID][]string {
	out := map[assist.ID][]string{}
	for _, q := range list {
		if !q.Off {
			out[q.Answer] = append(out[q.Answer], q.Text)
		}
	}
	return out
}
