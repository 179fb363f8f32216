package main

import "fmt"

type benchLibraryCmd struct {
	JSON bool `name:"json" help:"One figure a line, as JSON."`
}

// Help tells what the list does not.
func (c *benchLibraryCmd) Help() string {
	return "The 10,000 answers are made up, the same in every run; those that are planted among the starter packs were written by hand. library_open_ms is from the store to the page with all answers on it, laid out but " +
		"not painted; filter_p99_ms is one key in its box until what it finds is laid out; save_to_found_p99_ms is from an answer that is saved until the " +
		"search finds it."
}

func (c *benchLibraryCmd) Run(p *program) error {
	if p.house != nil {
		return usage("bench does not run inside the app", "Close the app first, so that it does not disturb the figures.")
	}
	figures, err := benchOn(p, 1, libraryParts)
	if err != nil {
		return fmt.Errorf("bench library: %w", err)
	}
	return printFigures(p.stdout, c.JSON, figures)
}

// libraryParts are the parts of the benchmark, one line each.
func libraryParts(b *callBench) []benchPart {
	return []benchPart{
		{"opening the library page, typing into it, saving answers", func() ([]figure, error) { return benchLibraryPage(b, manyAnswers(10_000)) }},
		{"asking a library 1,000 questions", func() ([]figure, error) { return benchQuestions(b, manyAnswers(10_000)) }},
		{"writing the library as a folder, and reading it", func() ([]figure, error) { return benchPack(b, manyAnswers(10_000)) }},
		{"comparing all answers with one another", func() ([]figure, error) { return benchCompare(b.ctx) }},
	}
}
