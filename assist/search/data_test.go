package search

import (
	"bufio"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"ringside/assist"
)

const dataDir = "../../../shared/data"

type dataQuery struct {
	Text string   `json:"text"`
	Gold []string `json:"gold"`
}

func readLines[T any](t testing.TB, file string) (rows []T) {
	t.Helper()
	f, err := os.Open(filepath.Join(dataDir, file))
	if err != nil {
		t.Skipf("the sets of questions are not here: %v", err)
	}
	defer f.Close()
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<24)
	for sc.Scan() {
		var row T
		if err := json.Unmarshal(sc.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
	return rows
}

// dataAnswers reads the cards of a set with at most so many phrasings each.
func dataAnswers(t testing.TB, file string, phrasings int) (answers []assist.Answer) {
	type card struct {
		ID, Title, Body, Entity string
		Examples                []string
	}
	for _, c := range readLines[card](t, file) {
		a := assist.Answer{ID: assist.ID(c.ID), Title: c.Title, Say: c.Body,
			Phrasings: c.Examples[:min(phrasings, len(c.Examples))]}
		if c.Entity != "" {
			a.Products = []string{c.Entity}
		}
		answers = append(answers, a)
	}
	return answers
}

type recall struct{ r1, r3, lost, shown, dim, none, falseShow, falseDim, falseNone, in, out float64 }

func measure(t testing.TB, ix *Index, queries []dataQuery) (r recall) {
	for _, q := range queries {
		s := ix.base.scratch()
		s.read(q.Text + " ")
		if err := s.score(context.Background()); err != nil {
			t.Fatal(err)
		}
		found := slices.Clone(s.best(Query{Limit: 3}))
		state := None
		if len(found) > 0 {
			state = ix.base.sureness.of(s.fit(found[0].raw), s.cover(found[0].doc))
		}
		ix.base.release(s)
		if len(q.Gold) == 0 {
			r.out++
			switch state {
			case Show:
				r.falseShow++
			case Dim:
				r.falseDim++
			default:
				r.falseNone++
			}
			continue
		}
		r.in++
		switch state {
		case Show:
			r.shown++
		case Dim:
			r.dim++
		default:
			r.none++
		}
		for i, c := range found {
			if slices.Contains(q.Gold, string(ix.base.answers[c.doc].ID)) {
				if state == None {
					r.lost++
				}
				r.r3++
				if i == 0 {
					r.r1++
				}
				break
			}
		}
	}
	return r
}

func TestFindsTheRightAnswerInRealQuestions(t *testing.T) {
	for _, set := range []struct {
		name, cards, queries string
		phrasings            int
		r1, r3               float64 // at least
	}{
		{"banking77, 5 phrasings", "banking77/cards.jsonl", "banking77/queries_dev.jsonl", 5, .64, .82},
		{"banking77, all", "banking77/cards.jsonl", "banking77/queries_dev.jsonl", 999, .85, .93},
		{"stackfaq", "stackfaq/cards.jsonl", "stackfaq/queries_dev.jsonl", 0, .78, .9},
		{"clinc150, 5 phrasings", "clinc150/cards.jsonl", "clinc150/queries_dev.jsonl", 5, .6, .75},
		{"clinc150, all", "clinc150/cards.jsonl", "clinc150/queries_dev.jsonl", 999, .8, .9},
		{"hint3", "hint3/curekart_cards.jsonl", "hint3/curekart_test.jsonl", 999, .6, .8},
		{"natcs", "natcs/insurance_cards.jsonl", "natcs/insurance_queries.jsonl", 999, .88, .95},
	} {
		t.Run(set.name, func(t *testing.T) {
			ix := Build(dataAnswers(t, set.cards, set.phrasings))
			r := measure(t, ix, readLines[dataQuery](t, set.queries))
			t.Logf("R@1 %.3f R@3 %.3f of %.0f; in scope show %.2f dim %.2f none %.2f (right ones lost %.3f); out of scope (%.0f) show %.2f dim %.2f none %.2f; limits %.2f %.2f",
				r.r1/r.in, r.r3/r.in, r.in, r.shown/r.in, r.dim/r.in, r.none/r.in, r.lost/r.in, r.out, r.falseShow/max(r.out, 1), r.falseDim/max(r.out, 1), r.falseNone/max(r.out, 1),
				ix.base.sureness.none, ix.base.sureness.dim)
			if r.r1/r.in < set.r1 || r.r3/r.in < set.r3 {
				t.Errorf("R@1 %.3f R@3 %.3f, want at least %.2f and %.2f", r.r1/r.in, r.r3/r.in, set.r1, set.r3)
			}
		})
	}
}
