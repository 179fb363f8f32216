package main

import (
	"fmt"

	"ringside/assets"
	"ringside/assist"
	"ringside/assist/ask"
	"ringside/storage/pack"
)

type benchConversationCmd struct {
	Calls     int  `default:"10000" help:"How many calls are simulated."`
	Customers int  `default:"500" help:"Of how many customers."`
	JSON      bool `name:"json" help:"One figure a line, as JSON."`
}

// Help tells what the list does not.
func (c *benchConversationCmd) Help() string {
	return "The calls are made up, the same in every run: promises come late, incidents open, people are upset, bereaved, in a hurry, and reply, " +
		"put off or refuse what they are asked. prompts_against_tact and prompts_repeated are counted by a judge that knows what happened, and " +
		"not what the rules of tact look for."
}

func (c *benchConversationCmd) Run(p *program) error {
	if p.house != nil {
		return usage("bench does not run inside the app", "Close the app first, so that it does not disturb the figures.")
	}
	if c.Calls < 1 || c.Calls > 1_000_000 || c.Customers < 1 || c.Customers > 100_000 {
		return usage("--calls and --customers: from 1 to 1000000 and to 100000", "")
	}
	figures, err := benchOn(p, c.Customers, func(b *callBench) []benchPart {
		return []benchPart{
			{"simulating calls", func() ([]figure, error) { return simulateCalls(c.Calls, c.Customers) }},
			{"deciding for a customer with 500 notes", b.prompts},
			{"writing to them", b.letters},
			{"an incident with 100,000 customers", func() ([]figure, error) { return benchIncident(b, 100_000) }},
		}
	})
	if err != nil {
		return fmt.Errorf("bench conversation: %w", err)
	}
	return printFigures(p.stdout, c.JSON, figures)
}

// starterKept is what a team keeps that has only what is shipped.
func starterKept() (ask.Kept, error) {
	p, err := pack.Read(assets.Packs())
	return ask.Kept{Prompts: p.Prompts, Tact: p.Tact, Subjects: p.Subjects, Deals: p.Deals}, err
}

// prompts measures all that is decided when the card of a well-known customer pops.
func (b *callBench) prompts() (figures []figure, err error) {
	kept, err := starterKept()
	if err != nil {
		return nil, err
	}
	kept.Deals = append(kept.Deals, assist.Deal{ID: "bench", Title: "20% off the first year"})
	kept.Subjects = append(kept.Subjects, assist.Subject{ID: "bench", Kind: assist.AboutProduct, Name: "Pole Saw 12", For: []string{"cut high branches"}})
	return benchPrompts(b, ask.New(kept))
}
