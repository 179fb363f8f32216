package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"
)

// card is one line of the cards.
type card struct {
	ID       string   `json:"id"`
	Title    string   `json:"title"`
	Body     string   `json:"body"`
	Examples []string `json:"examples,omitempty"`
	Domain   string   `json:"domain,omitempty"`
	Entity   string   `json:"entity,omitempty"`
	EID      string   `json:"eid,omitempty"`
}

// question is one line of the questions; without gold nothing should be found.
type question struct {
	Text    string   `json:"text"`
	Context string   `json:"context2,omitempty"`
	Gold    []string `json:"gold"`
}

// about returns what the card is about, as the program under test reads it.
func (c card) about() string {
	switch {
	case c.Entity != "" && c.Entity != "*":
		return c.Entity
	case c.Domain != "" && c.EID == c.Domain+"|*":
		return c.Domain
	}
	return ""
}

// few keeps the first k phrasings of each card; below 0, all.
func few(cards []card, k int) []card {
	if k >= 0 {
		for i := range cards {
			cards[i].Examples = cards[i].Examples[:min(k, len(cards[i].Examples))]
		}
	}
	return cards
}

func readLines[T any](name string) (rows []T, err error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 128<<20)
	for n := 1; lines.Scan(); n++ {
		text := strings.TrimSpace(strings.TrimPrefix(lines.Text(), "\uFEFF"))
		if text == "" {
			continue
		}
		var row T
		if err := json.Unmarshal([]byte(text), &row); err != nil {
			return nil, fmt.Errorf("%s, line %d: %w", name, n, err)
		}
		rows = append(rows, row)
	}
	return rows, lines.Err()
}

func writeLines[T any](name string, rows []T) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	out := bufio.NewWriter(f)
	enc := json.NewEncoder(out)
	for _, row := range rows {
		if err := enc.Encode(row); err != nil {
			return err
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return f.Close()
}
