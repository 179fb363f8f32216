package compare

import (
	"context"
	"math"
	"strings"

	"ringside/assist"
	"ringside/assist/search/text"
)

// passage is an answer or a page of the site, as it is compared.
type passage struct {
	id       assist.ID
	title    string
	say      string
	asked    vector // what it is asked: title and phrasings
	said     vector // what it says: words and steps
	products []string
	marks    []mark
	figures  []string // of the title, that are no values: Error 42
	claims   []claim
	beside   []*passage // the other sections of its page
	opening  int        // it begins with yes (1) or no (-1)
}

// claim is something that a sentence says and another can gainsay: a value, or yes or no.
type claim struct {
	value           // of a yes or no the unit is yes, need or cost; lo is 1 for yes, must and "it costs"
	own      vector // the words of the sentence, without the value
	about    vector // own, and the title's
	sentence string
	marks    []mark
	products []string
	names    []string // words with a capital letter
	hangs    bool     // on an if
}

// library is all that is compared with one another.
type library struct {
	*tongue
	texts    []*passage
	products map[string][][]string // by its first word
	rare     []float32             // how much a stem says, by id
	buf      []token
}

func read(ctx context.Context, answers []assist.Answer) (*library, error) {
	l := &library{tongue: newTongue(answers[0].Language), products: map[string][][]string{}}
	for _, a := range answers {
		for _, p := range a.Products {
			l.addProduct(p)
		}
	}
	for i, a := range answers {
		if i%256 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		l.texts = append(l.texts, l.answer(a))
	}
	return l, nil
}

func (l *library) addProduct(name string) {
	words := strings.Fields(text.Fold(name))
	if len(words) == 0 {
		return
	}
	for _, p := range l.products[words[0]] {
		if strings.Join(p, " ") == strings.Join(words, " ") {
			return
		}
	}
	l.products[words[0]] = append(l.products[words[0]], words)
}

// answer reads an answer.
func (l *library) answer(a assist.Answer) *passage {
	p := &passage{id: a.ID, title: a.Title, say: a.Say}
	for _, name := range a.Products {
		p.products = append(p.products, text.Fold(name))
	}
	title := tokens(a.Title, nil)
	if len(p.products) == 0 {
		p.products = l.named(title)
	}
	p.marks = l.marksOf(title, "only", "state")
	asked := l.terms(title, 2, nil)
	for _, phrasing := range a.Phrasings {
		l.buf = tokens(phrasing, l.buf[:0])
		asked = l.terms(l.buf, 1, asked)
	}
	p.asked = newVector(asked)
	said := sentences(a.Say)
	if len(said) > 0 {
		p.opening = opening(tokens(said[0], nil))
	}
	for _, s := range a.Steps {
		said = append(said, sentences(s)...)
	}
	l.say(p, title, said)
	return p
}

// say reads the sentences of a passage.
func (l *library) say(p *passage, title []token, said []string) {
	topic := l.terms(title, .4, nil)
	var all []term
	used := map[int]bool{}
	for i := -1; i < len(said); i++ {
		sentence := p.title
		if i >= 0 {
			sentence = said[i]
		}
		ts := tokens(sentence, nil)
		if i >= 0 {
			all = l.terms(ts, 1, all)
		}
		values := l.claims(p, topic, sentence, ts)
		if i < 0 {
			for _, v := range values {
				for t := v.tokens[0]; t < v.tokens[1]; t++ {
					used[t] = true
				}
			}
		}
	}
	for i, t := range title {
		if t.kind == 'n' && !used[i] {
			p.figures = append(p.figures, t.text)
		}
	}
	p.said = newVector(all)
}

// claims adds what a sentence claims, and returns its values.
func (l *library) claims(p *passage, topic []term, sentence string, ts []token) []value {
	s := scan{sentence: sentence, tokens: ts, stem: l.stem, names: l.inProduct(ts)}
	values := s.values()
	c := claim{sentence: sentence, marks: append(l.marksOf(ts, "only", "state", "way"), p.marks...), products: l.named(ts), names: l.capitals(ts)}
	if len(c.products) == 0 {
		c.products = p.products
	}
	for _, v := range values {
		c.value = v
		l.finish(&c, p, topic, without(ts, values, v.tokens[0]))
	}
	if strings.HasSuffix(sentence, "?") || sentence == p.title {
		return values
	}
	for _, y := range l.yesNo(ts, values) {
		c.value, c.hangs = y.value, y.hangs
		l.finish(&c, p, topic, y.clause)
	}
	return values
}

// finish adds a claim with the words that it is about.
func (l *library) finish(c *claim, p *passage, topic []term, own weighted) {
	terms := l.terms(own.near, 1, nil)
	terms = l.terms(own.far, .5, terms)
	c.own = newVector(append([]term(nil), terms...))
	c.about = newVector(append(terms, topic...))
	p.claims = append(p.claims, *c)
}

// weighted are the words of a clause, and those of the sentence around it.
type weighted struct{ near, far []token }

// without returns the sentence without its values, parted into the clause of the token at and
// the rest.
func without(ts []token, values []value, at int) (w weighted) {
	from, to := clauseAt(ts, at)
	taken := make([]bool, len(ts))
	for _, v := range values {
		for i := v.tokens[0]; i < v.tokens[1]; i++ {
			taken[i] = true
		}
	}
	for i, t := range ts {
		switch {
		case taken[i]:
		case from <= i && i < to:
			w.near = append(w.near, t)
		default:
			w.far = append(w.far, t)
		}
	}
	return w
}

var turns = set("but whereas while otherwise although though")

// clauseAt returns the part of a sentence that a token is in.
func clauseAt(ts []token, at int) (from, to int) {
	ends := func(t token) bool {
		return turns[t.text] || t.kind == 's' && strings.Contains(",;:—–()", t.text)
	}
	for from = at; from > 0 && !ends(ts[from-1]); from-- {
	}
	for to = at + 1; to < len(ts) && !ends(ts[to]); to++ {
	}
	return from, to
}

// named returns the products of the library that are named, folded.
func (l *library) named(ts []token) (out []string) {
	for i := range ts {
		for _, p := range l.products[ts[i].text] {
			if l.at(ts, i, p) {
				out = append(out, strings.Join(p, " "))
			}
		}
	}
	return out
}

func (l *library) at(ts []token, i int, words []string) bool {
	for j, w := range words {
		if i+j >= len(ts) || ts[i+j].text != w {
			return false
		}
	}
	return true
}

// inProduct tells which tokens are part of a product's name.
func (l *library) inProduct(ts []token) func(int) bool {
	part := map[int]bool{}
	for i := range ts {
		for _, p := range l.products[ts[i].text] {
			for j := 0; l.at(ts, i, p) && j < len(p); j++ {
				part[i+j] = true
			}
		}
	}
	return func(i int) bool { return part[i] }
}

// marksOf returns the marks of a text that have one of the rules.
func (l *library) marksOf(ts []token, rules ...string) (out []mark) {
	for _, t := range ts {
		for _, m := range l.mark[t.text] {
			for _, r := range rules {
				if m.rule == r {
					out = append(out, m)
				}
			}
		}
	}
	return out
}

// capitals returns words that are names: those with a capital letter within a sentence, but
// for days and months.
func (l *library) capitals(ts []token) (out []string) {
	if l.Language() == "de" {
		return nil
	}
	for i, t := range ts {
		if t.capital && i > 0 && (ts[i-1].kind == 'w' || ts[i-1].text == ",") && len(t.text) > 2 && weekdays[t.text] == 0 && months[t.text] == 0 && t.text[0] != 'i' {
			out = append(out, t.text)
		}
	}
	return out
}

// weigh turns the counts of all vectors into weights; how rare a word is comes from the first
// n texts.
func (l *library) weigh(n int) {
	in := make([]float32, len(l.ids))
	for _, p := range l.texts[:n] {
		seen := vector(append(append([]term(nil), p.asked...), p.said...))
		for _, t := range newVector(seen) {
			in[t.id]++
		}
	}
	l.rare = make([]float32, len(in))
	for i, had := range in {
		l.rare[i] = float32(math.Log(1 + (float64(n)+3)/(float64(had)+.5)))
	}
	for _, p := range l.texts {
		p.asked.weigh(l.rare, true)
		p.said.weigh(l.rare, true)
		for i := range p.claims {
			p.claims[i].own.weigh(l.rare, false)
			p.claims[i].about.weigh(l.rare, false)
		}
	}
}
