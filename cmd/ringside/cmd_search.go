package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"ringside/assist"
	"ringside/assist/live"
	"ringside/assist/phone/handoff"
	"ringside/assist/search"
)

type searchCmd struct {
	Words []string `arg:"" help:"What the customer says."`
	Limit int      `default:"5" help:"How many answers at most."`
	JSON  bool     `name:"json" help:"Print one JSON object an answer."`
}

// Help tells what the list does not.
func (c *searchCmd) Help() string { return "Exit code 3 when nothing fits." }

// hitLine is one answer as --json prints it.
type hitLine struct {
	ID         assist.ID    `json:"id"`
	Title      string       `json:"title"`
	Say        string       `json:"say"`
	Department string       `json:"department"`
	Why        string       `json:"why"`
	Score      float64      `json:"score"`
	State      search.State `json:"state"`
	Stale      bool         `json:"stale,omitempty"`
}

func (c *searchCmd) Run(p *program) error {
	if c.Limit < 1 {
		return usage("--limit must be at least 1", "")
	}
	dir, err := p.dataDir()
	if err != nil {
		return err
	}
	if p.house == nil && !hasStore(dir) {
		if _, err := handoff.Find(dir); errors.Is(err, assist.ErrNotFound) {
			return c.searchStarter(p)
		}
	}
	return p.inHouse(false, func(h *house) error {
		lib, err := h.library(p.ctx)
		if err != nil {
			return err
		}
		return c.print(p, lib)
	})
}

// searchStarter searches what is shipped, so that the command answers before the app
// was ever started; it writes nothing.
func (c *searchCmd) searchStarter(p *program) error {
	pack, err := starter()
	if err != nil {
		return err
	}
	return c.print(p, libraryOf(pack.Answers, pack.Prompts))
}

func (c *searchCmd) print(p *program, lib live.Library) error {
	text := strings.Join(c.Words, " ") + " " // the blank says that the last word is whole
	found, err := lib.Index.Find(p.ctx, search.Query{Text: text, Limit: c.Limit, Now: p.now()})
	if err != nil {
		return err
	}
	if found.State == search.None || len(found.Hits) == 0 {
		return &assist.Fault{What: fmt.Sprintf("nothing in the library fits %q", strings.TrimSpace(text)),
			Do: "Try other words.", Err: assist.ErrNotFound}
	}
	if c.JSON {
		return printHitLines(p, found)
	}
	if found.State == search.Dim {
		fmt.Fprint(p.stdout, "These may fit; look before you speak.\n\n")
	}
	for i, hit := range found.Hits {
		stale := ""
		if hit.Stale {
			stale = ", not verified for long"
		}
		fmt.Fprintf(p.stdout, "%d. %s (%s%s)\n   %s\n   %s\n", i+1, hit.Answer.Title, hit.Answer.Department, stale,
			strings.Join(strings.Fields(hit.Answer.Say), " "), hit.Why)
	}
	return nil
}

func printHitLines(p *program, found search.Result) error {
	enc := json.NewEncoder(p.stdout)
	for _, h := range found.Hits {
		a := h.Answer
		if err := enc.Encode(hitLine{a.ID, a.Title, a.Say, a.Department, h.Why, h.Score, found.State, h.Stale}); err != nil {
			return err
		}
	}
	return nil
}
