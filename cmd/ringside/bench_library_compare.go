package main

import (
	"context"
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"time"

	"ringside/assets"
	"ringside/assist"
	"ringside/assist/curate/compare"
	"ringside/storage/pack"
)

// plantedFile holds answers that say again, or gainsay, what one of the starter packs says:
//
//	double|clash ID [+ ID ...] | title | words to say | phrasings, by semicolons
//
// They are worded as another trainer would. What stands after + is gainsaid by it as well,
// and counts neither as found nor as false.
//
//go:embed bench_library_planted.txt
var plantedFile string

// planted is one answer of the file.
type planted struct {
	clash  bool
	of     assist.ID
	also   []assist.ID
	answer assist.Answer
}

// readPlanted reads the planted answers; each is of the department and about the products
// of the one that it is of.
func readPlanted(starter []assist.Answer) (out []planted, err error) {
	for line := range strings.Lines(plantedFile) {
		parts := strings.Split(strings.TrimSpace(line), " | ")
		head := strings.Fields(parts[0])
		if len(parts) != 4 || len(head) < 2 {
			return nil, fmt.Errorf("planted answers: %q", line)
		}
		p := planted{clash: head[0] == "clash", of: assist.ID(head[1])}
		for _, id := range head[2:] {
			p.also = append(p.also, assist.ID(id))
		}
		i := slices.IndexFunc(starter, func(a assist.Answer) bool { return a.ID == p.of })
		if i < 0 {
			return nil, fmt.Errorf("planted answers: no answer %s in the starter packs", p.of)
		}
		p.answer = assist.Answer{ID: "planted-" + p.of, Title: parts[1], Department: starter[i].Department, Say: parts[2],
			Phrasings: strings.Split(parts[3], "; "), Products: starter[i].Products}
		out = append(out, p)
	}
	return out, nil
}

// comparison is what was found among the starter packs and the planted answers.
type comparison struct {
	found, false [2]int // doubles, contradictions
	missed       []assist.ID
	wrong        []compare.Pair
}

func comparePlanted(ctx context.Context) (c comparison, err error) {
	starter, err := pack.Read(assets.Packs())
	if err != nil {
		return c, err
	}
	plants, err := readPlanted(starter.Answers)
	if err != nil {
		return c, err
	}
	answers, by := slices.Clone(starter.Answers), map[assist.ID]planted{}
	for _, p := range plants {
		answers, by[p.answer.ID] = append(answers, p.answer), p
	}
	pairs, err := compare.Pairs(ctx, answers, nil)
	if err != nil {
		return c, err
	}
	seen := map[assist.ID]bool{}
	for _, pair := range pairs {
		kind := 0
		if pair.Clash {
			kind = 1
		}
		p, ok := by[pair.B]
		switch {
		case ok && p.of == pair.A && p.clash == pair.Clash:
			c.found[kind]++
			seen[pair.B] = true
		case ok && pair.Clash && slices.Contains(p.also, pair.A):
		default:
			c.false[kind]++
			c.wrong = append(c.wrong, pair)
		}
	}
	for _, p := range plants {
		if !seen[p.answer.ID] {
			c.missed = append(c.missed, p.answer.ID)
		}
	}
	return c, nil
}

// benchCompare measures how long it takes to compare 10,000 answers with one another, and
// what is found of the planted ones.
func benchCompare(ctx context.Context) ([]figure, error) {
	answers := manyAnswers(10_000)
	start := time.Now()
	pairs, err := compare.Pairs(ctx, answers, nil)
	if err != nil {
		return nil, err
	}
	took := time.Since(start)
	c, err := comparePlanted(ctx)
	if err != nil {
		return nil, err
	}
	return []figure{
		{Name: "doubles_s", Value: took.Seconds(), Limit: 30, Note: fmt.Sprintf("10,000 answers; %d pairs", len(pairs))},
		{Name: "planted_doubles_found", Value: float64(c.found[0]), Limit: 18, Note: "of 20"},
		{Name: "planted_doubles_false", Value: float64(c.false[0]), Limit: 2},
		{Name: "planted_contradictions_found", Value: float64(c.found[1]), Limit: 18, Note: "of 20"},
		{Name: "planted_contradictions_false", Value: float64(c.false[1]), Limit: 2},
	}, nil
}
