package main

import "fmt"

type benchCmds struct {
	Call benchCallCmd `cmd:"" help:"Measure one call, from the ring to the note, on made-up customers."`
}

type benchCallCmd struct {
	Customers int  `default:"25" help:"How many customers the store holds; each has two notes."`
	JSON      bool `name:"json" help:"One figure a line, as JSON."`
}

func (c *benchCallCmd) Run(p *program) error {
	if p.house != nil {
		return usage("bench does not run inside the app", "Close the app first, so that it does not disturb the figures.")
	}
	if c.Customers < 1 || c.Customers > 10_000_000 {
		return usage(fmt.Sprintf("--customers %d: from 1 to 10000000", c.Customers), "")
	}
	figures, err := benchCall(p, c.Customers)
	if err != nil {
		return fmt.Errorf("bench call: %w", err)
	}
	return printFigures(p.stdout, c.JSON, figures)
}
