package main

import (
	"fmt"
	"io"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
)

// speedSizes are the libraries that are made up, and how many keys a peer is given
// in each: FTS5 takes up to half a second for one of 100,000 cards.
var speedSizes = []struct{ cards, keys int }{{1_000, 6_000}, {100_000, 680}}

const speedQuestions = 120

// sources are the cards whose words the made-up ones take.
var sources = []string{"dstc9/cards_val.jsonl", "banking77/cards.jsonl", "clinc150/cards.jsonl", "stackfaq/cards.jsonl", "abcd/guideline_cards.jsonl"}

// speed measures build, keys and memory on made-up libraries.
func (r *runner) speed(w io.Writer, data string, list []job) error {
	var seed []card
	for _, name := range sources {
		if name = filepath.Join(data, name); there(name) {
			cards, err := readLines[card](name)
			if err != nil {
				return err
			}
			seed = append(seed, cards...)
		}
	}
	questions, err := someQuestions(list, speedQuestions)
	if err != nil {
		return err
	}
	asked := filepath.Join(r.tmp, "speed-queries.jsonl")
	if err := writeLines(asked, questions); err != nil {
		return err
	}
	for _, size := range speedSizes {
		cards := filepath.Join(r.tmp, "speed-cards.jsonl")
		if err := writeLines(cards, madeUp(seed, size.cards)); err != nil {
			return err
		}
		f, err := r.run(job{Cards: cards, Queries: asked, Phrasings: -1, Entity: "none", Keys: size.keys})
		if err != nil {
			return err
		}
		if err := printSpeed(w, size.cards, f); err != nil {
			return err
		}
	}
	return nil
}

func printSpeed(w io.Writer, n int, f []figures) error {
	fmt.Fprintf(w, "%d made-up cards\n", n)
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(tw, "\tbuild ms\tlearn ms\tquestion p50\tp99 ms\tkey p50\tp99 ms\tkeys\theld MB\tpeak MB\t")
	for i, p := range f {
		fmt.Fprintf(tw, "%s\t%.0f\t%.0f\t%.3f\t%.3f\t%.3f\t%.3f\t%d\t%.1f\t%.0f\t\n", sides[i],
			p.Build, p.Train, p.QueryP50, p.QueryP99, p.KeyP50, p.KeyP99, p.Keys, p.Heap, p.Peak)
	}
	if err := tw.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprint(w, "held: the index on our heap; of a peer, how much its process grew. peak: the whole process while building.\n\n")
	return err
}

// someQuestions takes questions evenly from all sets; none counts as in scope, since
// the made-up cards know no right answer.
func someQuestions(list []job, most int) (out []question, err error) {
	var all []question
	last := ""
	for _, j := range list {
		if j.Queries == last {
			continue
		}
		last = j.Queries
		questions, err := readLines[question](j.Queries)
		if err != nil {
			return nil, err
		}
		each := questions[:0]
		for i := range min(most, len(questions)) {
			each = append(each, questions[i*len(questions)/min(most, len(questions))])
		}
		all = append(all, each...)
	}
	for i := range min(most, len(all)) {
		out = append(out, question{Text: all[i*len(all)/min(most, len(all))].Text, Gold: []string{}})
	}
	return out, nil
}

// madeUp makes n cards of the words of the others in a mixed order, each about a place
// or thing with a name of its own. The same n gives the same cards.
func madeUp(seed []card, n int) []card {
	out := make([]card, n)
	random := rand.New(rand.NewPCG(1, 2))
	seed = slices.Clone(seed)
	random.Shuffle(len(seed), func(i, j int) { seed[i], seed[j] = seed[j], seed[i] })
	for i := range out {
		from := seed[i%len(seed)]
		name := newName(random)
		c := card{ID: fmt.Sprintf("c%06d", i), Title: from.Title, Body: from.Body, Domain: from.Domain, Entity: name}
		if from.Entity != "" {
			c.Title, c.Body = rename(from.Title, from.Entity, name), rename(from.Body, from.Entity, name)
		} else {
			c.Title += " (" + name + ")"
		}
		for k := range min(5, len(from.Examples)) {
			c.Examples = append(c.Examples, from.Examples[(i/len(seed)*5+k)%len(from.Examples)])
		}
		out[i] = c
	}
	return out
}

// rename puts the new name where the old one stands, in capitals or not.
func rename(text, old, name string) string {
	at := strings.Index(strings.ToLower(text), strings.ToLower(old))
	if at < 0 || at+len(old) > len(text) {
		return text
	}
	return text[:at] + name + text[at+len(old):]
}

// newName is two words of two or three syllables each.
func newName(random *rand.Rand) string {
	words := make([]string, 2)
	for i := range words {
		for range 2 + random.IntN(2) {
			words[i] += string("bdfghklmnprstvwz"[random.IntN(16)]) + string("aeiou"[random.IntN(5)])
		}
		words[i] = strings.ToUpper(words[i][:1]) + words[i][1:]
	}
	return words[0] + " " + words[1]
}
