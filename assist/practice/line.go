package practice

import (
	"strings"

	"ringside/assist"
	"ringside/assist/compose/mask"
	"ringside/assist/search/text"
)

// Line returns what the customer says in the drill: what was heard in a call, without
// names, numbers and addresses, when enough is left of it; else how customers ask for the
// answer. private is that of the customer in Heard.
func (i Item) Line(private mask.Private) string {
	if i.Heard.Words == "" {
		return i.Asks
	}
	masked, _ := mask.Mask(i.Heard.Words, private)
	var out strings.Builder
	at, told := 0, masked
	for _, t := range mask.Tokens(masked) {
		kind, _, _ := strings.Cut(t.Thing, " ")
		out.WriteString(masked[at:t.From])
		out.WriteString(instead[kind])
		told = strings.Replace(told, masked[t.From:t.To], " ", 1)
		at = t.To
	}
	out.WriteString(masked[at:])
	if text.For(i.Answer.Language).Telling(told) < 2 {
		return i.Asks
	}
	return strings.Join(strings.Fields(out.String()), " ")
}

// instead is what people read for a kind of token.
var instead = map[string]string{"name": "(name)", "place": "(place)", "number": "(number)", "email": "(e-mail)", "text": "…"}

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
