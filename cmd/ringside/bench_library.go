package main

import (
	"fmt"

	"ringside/assist"
)

type benchLibraryCmd struct {
	Answers int  `default:"10000" help:"How many answers the library holds."`
	JSON    bool `name:"json" help:"One figure a line, as JSON."`
}

// Help tells what the list does not.
func (c *benchLibraryCmd) Help() string {
	return "The answers are made up, the same in every run. library_open_ms is from the store to the page with all answers on it, laid out but " +
		"not painted; filter_p99_ms is one key in its box until what it finds is laid out; save_to_found_p99_ms is from an answer that is saved until the " +
		"search finds it."
}

func (c *benchLibraryCmd) Run(p *program) error {
	if p.house != nil {
		return usage("bench does not run inside the app", "Close the app first, so that it does not disturb the figures.")
	}
	if c.Answers < 100 || c.Answers > 100_000 {
		return usage("--answers: from 100 to 100000", "")
	}
	answers := manyAnswers(c.Answers)
	figures, err := benchOn(p, 1, func(b *callBench) []benchPart { return libraryParts(b, answers) })
	if err != nil {
		return fmt.Errorf("bench library: %w", err)
	}
	return printFigures(p.stdout, c.JSON, figures)
}

// libraryParts are the parts of the benchmark, one line each.
func libraryParts(b *callBench, answers []assist.Answer) []benchPart {
	return []benchPart{
		{"opening the library page", func() ([]figure, error) { return benchLibraryPage(b, answers) }},
	}
}
