package main

import (
	"os"
	"path/filepath"
)

// jobs lists what is run of a folder of sets; what is not there is left out.
func jobs(data string) (out []job) {
	for _, j := range []job{
		{Name: "Banking77, no phrasings", Cards: "banking77/cards.jsonl", Queries: "banking77/queries_dev.jsonl", Phrasings: 0},
		{Name: "Banking77, 1 phrasing", Cards: "banking77/cards.jsonl", Queries: "banking77/queries_dev.jsonl", Phrasings: 1},
		{Name: "Banking77, 5 phrasings", Cards: "banking77/cards.jsonl", Queries: "banking77/queries_dev.jsonl", Phrasings: 5},
		{Name: "Banking77, 10 phrasings", Cards: "banking77/cards.jsonl", Queries: "banking77/queries_dev.jsonl", Phrasings: 10},
		{Name: "Banking77, all phrasings", Cards: "banking77/cards.jsonl", Queries: "banking77/queries_dev.jsonl", Phrasings: -1},
		{Name: "Banking77, 5 phrasings, typing errors", Cards: "banking77/cards.jsonl", Queries: "banking77/queries_dev.jsonl", Phrasings: 5, Typos: 1},
		{Name: "CLINC150, 5 phrasings", Cards: "clinc150/cards.jsonl", Queries: "clinc150/queries_dev.jsonl", Phrasings: 5},
		{Name: "CLINC150, all phrasings", Cards: "clinc150/cards.jsonl", Queries: "clinc150/queries_dev.jsonl", Phrasings: -1},
		{Name: "StackFAQ", Cards: "stackfaq/cards.jsonl", Queries: "stackfaq/queries_dev.jsonl", Phrasings: -1},
		{Name: "DSTC9, place known", Cards: "dstc9/cards_val.jsonl", Queries: "dstc9/queries_val.jsonl", Phrasings: -1, Entity: "known"},
		{Name: "DSTC9, place not known", Cards: "dstc9/cards_val.jsonl", Queries: "dstc9/queries_val.jsonl", Phrasings: -1},
		{Name: "NatCS insurance", Cards: "natcs/insurance_cards.jsonl", Queries: "natcs/insurance_queries.jsonl", Phrasings: -1},
		{Name: "HINT3 curekart", Cards: "hint3/curekart_cards.jsonl", Queries: "hint3/curekart_test.jsonl", Phrasings: -1},
	} {
		j.Cards, j.Queries = filepath.Join(data, j.Cards), filepath.Join(data, j.Queries)
		if j.Entity == "" {
			j.Entity = "none"
		}
		if there(j.Cards) && there(j.Queries) {
			out = append(out, j)
		}
	}
	return out
}

func there(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}
