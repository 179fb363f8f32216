package search

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ringside/assist"
)

const dataDir = "../../../shared/data"

type dataQuery struct {
	Text     string   `json:"text"`
	Context2 string   `json:"context2"`
	Gold     []string `json:"gold"`
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
		ID, Title, Body, Entity, Domain string
		Examples                        []string
	}
	for _, c := range readLines[card](t, file) {
		a := assist.Answer{ID: assist.ID(c.ID), Title: c.Title, Say: c.Body, Department: c.Domain,
			Phrasings: c.Examples[:min(phrasings, len(c.Examples))]}
		if subject := cmp.Or(c.Entity, c.Domain); subject != "" {
			a.Products = []string{subject}
		}
		answers = append(answers, a)
	}
	return answers
}

// figures are what the questions of a set find.
type figures struct {
	n, r1, r3, r5, mrr      float64
	auroc                   float64 // of Sure, answerable against not; 0 when all are answerable
	shown, dimmed, missed   float64 // of the answerable: shares of Show, Dim, None
	wrongShown, wrongDimmed float64 // of the others
}

func (f figures) String() string {
	return fmt.Sprintf("n %4.0f R@1 %.1f R@3 %.1f R@5 %.1f MRR %.1f AUROC %.3f; in scope show %.0f dim %.0f none %.0f %%; out of scope show %.0f dim %.0f %%",
		f.n, 100*f.r1, 100*f.r3, 100*f.r5, 100*f.mrr, f.auroc, 100*f.shown, 100*f.dimmed, 100*f.missed, 100*f.wrongShown, 100*f.wrongDimmed)
}

// ask turns a question of a set into a query.
type ask func(q dataQuery) Query

func whole(q dataQuery) Query { return Query{Text: q.Text + " "} }

// measure asks the questions and counts where the right answers come.
func measure(t testing.TB, ix *Index, queries []dataQuery, ask ask) (f figures) {
	t.Helper()
	var in, out []float64
	for _, d := range queries {
		q := ask(d)
		q.All, q.Limit = true, 5
		r := find(t, ix, q)
		if len(d.Gold) == 0 {
			out = append(out, r.Sure)
			switch r.State {
			case Show:
				f.wrongShown++
			case Dim:
				f.wrongDimmed++
			}
			continue
		}
		in = append(in, r.Sure)
		switch r.State {
		case Show:
			f.shown++
		case Dim:
			f.dimmed++
		default:
			f.missed++
		}
		rank := slices.IndexFunc(r.Hits, func(h Hit) bool { return slices.Contains(d.Gold, string(h.Answer.ID)) })
		if rank < 0 {
			continue
		}
		f.mrr += 1 / float64(rank+1)
		f.r5++
		if rank < 3 {
			f.r3++
		}
		if rank == 0 {
			f.r1++
		}
	}
	f.n = float64(len(in))
	for _, v := range []*float64{&f.r1, &f.r3, &f.r5, &f.mrr, &f.shown, &f.dimmed, &f.missed} {
		*v /= max(f.n, 1)
	}
	f.wrongShown /= max(float64(len(out)), 1)
	f.wrongDimmed /= max(float64(len(out)), 1)
	f.auroc = auroc(in, out)
	return f
}

// auroc is how often an answerable question is surer than one that is not.
func auroc(in, out []float64) float64 {
	right := 0.0
	for _, a := range in {
		for _, b := range out {
			if a > b {
				right++
			} else if a == b {
				right += .5
			}
		}
	}
	return right / max(float64(len(in)*len(out)), 1)
}

// halves parts the questions in two by their text: numbers were chosen on the first
// half only.
func halves(queries []dataQuery) (tuned, held []dataQuery) {
	for _, q := range queries {
		h := fnv.New32a()
		h.Write([]byte(q.Text))
		if h.Sum32()>>8%2 == 0 {
			tuned = append(tuned, q)
		} else {
			held = append(held, q)
		}
	}
	return tuned, held
}

// dataSet is a set of questions and what it must find at least.
type dataSet struct {
	name, cards, queries string
	phrasings            int
	r1, r3, auroc        float64
}

const (
	bankCards, bankQueries   = "banking77/cards.jsonl", "banking77/queries_dev.jsonl"
	clincCards, clincQueries = "clinc150/cards.jsonl", "clinc150/queries_dev.jsonl"
	placeCards, placeQueries = "dstc9/cards_val.jsonl", "dstc9/queries_val.jsonl"
)

var dataSets = []dataSet{
	{"banking77, no phrasings", bankCards, bankQueries, 0, .46, .64, 0},
	{"banking77, 1 phrasing", bankCards, bankQueries, 1, .52, .73, 0},
	{"banking77, 5 phrasings", bankCards, bankQueries, 5, .67, .85, 0},
	{"banking77, 10 phrasings", bankCards, bankQueries, 10, .76, .89, 0},
	{"banking77, all", bankCards, bankQueries, 999, .89, .96, 0},
	{"clinc150, 5 phrasings", clincCards, clincQueries, 5, .68, .84, .88},
	{"clinc150, all", clincCards, clincQueries, 999, .91, .97, .95},
	{"hint3", "hint3/curekart_cards.jsonl", "hint3/curekart_test.jsonl", 999, .82, .94, .83},
	{"natcs", "natcs/insurance_cards.jsonl", "natcs/insurance_queries.jsonl", 999, .95, .98, 0},
	{"stackfaq", "stackfaq/cards.jsonl", "stackfaq/queries_dev.jsonl", 0, .79, .92, 0},
	{"dstc9, place known", placeCards, placeQueries, 0, .72, .89, 0},
	{"dstc9, place in the talk", placeCards, placeQueries, 0, .52, .67, 0},
}

// ask says how the questions of the set are asked.
func (d dataSet) ask(answers []assist.Answer) ask {
	about := map[string][]string{}
	for _, a := range answers {
		about[string(a.ID)] = a.Products
	}
	switch d.name {
	case "dstc9, place known":
		return func(q dataQuery) Query { return Query{Text: q.Text + " ", Named: about[q.Gold[0]]} }
	case "dstc9, place in the talk":
		return func(q dataQuery) Query {
			return Query{Text: q.Text + " ", Earlier: strings.TrimSuffix(q.Context2, q.Text)}
		}
	}
	return whole
}

func TestFindsTheRightAnswerInRealQuestions(t *testing.T) {
	for _, d := range dataSets {
		t.Run(d.name, func(t *testing.T) {
			answers := dataAnswers(t, d.cards, d.phrasings)
			ix := Build(answers)
			queries := readLines[dataQuery](t, d.queries)
			if testing.Verbose() {
				t.Log("words alone ", measure(t, ix, queries, d.ask(answers)))
			}
			ix = trained(t, ix)
			f := measure(t, ix, queries, d.ask(answers))
			t.Log("all         ", f)
			if f.r1 < d.r1 || f.r3 < d.r3 || f.auroc < d.auroc {
				t.Errorf("R@1 %.3f, R@3 %.3f, AUROC %.3f: want at least %.2f, %.2f, %.2f", f.r1, f.r3, f.auroc, d.r1, d.r3, d.auroc)
			}
			if testing.Verbose() {
				tuned, held := halves(queries)
				t.Log("tuned on    ", measure(t, ix, tuned, d.ask(answers)))
				t.Log("held out    ", measure(t, ix, held, d.ask(answers)))
			}
		})
	}
}

func trained(t testing.TB, ix *Index) *Index {
	t.Helper()
	ix, err := ix.Train(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return ix
}
