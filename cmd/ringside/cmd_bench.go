package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"ringside/assist"
)

type benchCmds struct {
	Call         benchCallCmd         `cmd:"" help:"Measure one call, from the ring to the note, on made-up customers."`
	Phone        benchPhoneCmd        `cmd:"" help:"Measure how a call gets from the phone into the window."`
	Search       benchSearchCmd       `cmd:"" help:"Measure how well and how fast questions find their answers."`
	Seek         benchSeekCmd         `cmd:"" help:"Measure how fast the one box finds people and notes."`
	Conversation benchConversationCmd `cmd:"" help:"Measure what is offered in a call: questions, tact, moves; on made-up calls."`
	Library      benchLibraryCmd      `cmd:"" help:"Measure what trainers wait for, on a library of 10,000 answers."`
	Review       benchReviewCmd       `cmd:"" help:"Measure what is done with many notes: looking, patterns, reports."`
	Durable      benchDurableCmd      `cmd:"" help:"Measure what a store outlives: kills, power cuts, full disks, damaged files."`
	Sync         benchSyncCmd         `cmd:"" help:"Measure how a team's desks are kept alike, whatever happens to their server."`
	DurableWrite durableWriteCmd      `cmd:"" hidden:""`
	DurableRead  durableReadCmd       `cmd:"" hidden:""`
	Numbers      benchNumbersCmd      `cmd:"" help:"Say which numbers of a file belong together."`
	Dates        benchDatesCmd        `cmd:"" help:"Say what the sentences of a file promise, and for when."`
}

type benchNumbersCmd struct {
	File string `arg:"" placeholder:"FILE" help:"Pairs (TSV) or directories (JSONL) of numbers."`
	JSON bool   `name:"json" help:"One result a line, as JSON."`
}

// Help says what the file holds.
func (c *benchNumbersCmd) Help() string {
	return "A TSV file has the columns id, stored, region, kind and incoming: does the number that comes in belong to the stored one? kind says " +
		"how it comes: raw, sip_from, pai, rpid (the value of a SIP header), tel (an address) or hook (what a phone's program hands over). " +
		"The result is match, no, or ambiguous, where only the last digits are known. " +
		`A line of a JSONL file is {"id","region","directory":[{"name","phones"}],"incoming"}; the result is one, one_first (one of several ` +
		"has the extension, too), many, one_maybe or many_maybe (only the last digits fit) or none, with the names in the order in which " +
		`a rep sees them. \uXXXX stands for a letter in both.`
}

func (c *benchNumbersCmd) Run(p *program) error {
	results, err := readNumbers(p.path(c.File))
	if err != nil {
		return err
	}
	return printNumbers(p.stdout, c.JSON, results)
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

type benchPhoneCmd struct {
	JSON bool `name:"json" help:"One figure a line, as JSON."`
}

func (c *benchPhoneCmd) Run(p *program) error {
	if p.house != nil {
		return usage("bench does not run inside the app", "Close the app first, so that it does not disturb the figures.")
	}
	figures, err := benchPhone(p)
	if err != nil {
		return fmt.Errorf("bench phone: %w", err)
	}
	return printFigures(p.stdout, c.JSON, figures)
}

type benchSearchCmd struct {
	Cards     string `required:"" placeholder:"FILE.jsonl" help:"The cards: id, title, body, examples (phrasings), domain, entity."`
	Queries   string `required:"" placeholder:"FILE.jsonl" help:"The questions: text, gold (ids of the right cards; none is out of scope), context2."`
	Phrasings *int   `placeholder:"K" help:"Keep only the first K phrasings of each card; else all."`
	Typos     *int64 `placeholder:"SEED" help:"Make a typing error in a quarter of the words of four letters and more."`
	Entity    string `enum:"known,none" default:"none" placeholder:"known|none" help:"Whether the product or place of the right card is known when the question is asked."`
	Asked     string `placeholder:"FILE.jsonl" help:"Also write the questions as they are asked, typing errors included."`
	JSON      bool   `name:"json" help:"Print one JSON object."`
}

// Help tells what the list does not.
func (c *benchSearchCmd) Help() string {
	return "Both files hold one JSON object a line. R@k is the share of the questions in scope (n) that have a right card among the " +
		"first k, also where the app would stay silent; silence is measured by AUROC, over how sure the answer is. In JSON shares go from 0 " +
		"to 1, and what cannot be known is null. A question is asked whole, and typed: a key is each of its beginnings of two letters and " +
		"more, of an even choice of questions when that makes over 6000. build_ms is the time until the first answer can be found, " +
		"train_ms how long the index then learns beside; all else is measured on what has learned. heap_mb is what the index " +
		"holds, peak_mb the most that the whole process took while building, before_mb what it took before, the cards included.\n\n" +
		"A card is about its entity, or about its whole domain where eid says so (train|*). With --entity none the turn before the " +
		"question (context2 without the text) is given as what was heard earlier. A question that names a card that is not there " +
		"is told of, and counts as not found unless another right card is."
}

func (c *benchSearchCmd) Run(p *program) error {
	if p.house != nil {
		return usage("bench does not run inside the app", "Close the app first, so that it does not disturb the figures.")
	}
	b := &searchBench{program: p, phrasings: -1, entity: c.Entity == "known"}
	if c.Phrasings != nil {
		if b.phrasings = *c.Phrasings; b.phrasings < 0 {
			return usage(fmt.Sprintf("--phrasings %d: from 0", b.phrasings), "")
		}
	}
	var err error
	if b.cards, err = readBenchCards(p.path(c.Cards)); err != nil {
		return err
	}
	if b.queries, err = readBenchQueries(p.path(c.Queries)); err != nil {
		return err
	}
	for i, q := range b.queries {
		b.queries[i].typed = *q.Text
		if c.Typos != nil {
			b.queries[i].typed = mistype(*q.Text, *c.Typos)
		}
	}
	gone := c.warn(p, b)
	if err := c.write(p, b.queries); err != nil {
		return err
	}
	f, err := b.run()
	if err != nil {
		return fmt.Errorf("bench search: %w", err)
	}
	f.Set, f.Typos, f.Entity, f.GoldGone = setName(p.path(c.Cards)), c.Typos, c.Entity, gone
	return f.print(p.stdout, c.JSON)
}

// warn tells of questions that no card can answer, and returns how many there are.
func (c *benchSearchCmd) warn(p *program, b *searchBench) (gone int) {
	there := make(map[string]bool, len(b.cards))
	for _, card := range b.cards {
		there[card.ID] = true
	}
	first := ""
	for _, q := range b.queries {
		if i := slices.IndexFunc(q.Gold, func(id string) bool { return !there[id] }); i >= 0 {
			if gone++; gone == 1 {
				first = q.Gold[i]
			}
		}
	}
	if gone > 0 {
		fmt.Fprintf(p.stderr, "ringside: %d questions name a card that is not there, first %q; where no other card is right, they count as not found.\n", gone, first)
	}
	return gone
}

// write writes the questions as they are asked, in the format in which they were read.
func (c *benchSearchCmd) write(p *program, queries []benchQuery) (err error) {
	if c.Asked == "" {
		return nil
	}
	name := p.path(c.Asked)
	f, err := os.Create(name)
	if err != nil {
		return &assist.Fault{What: "the questions cannot be written", Where: name, Err: err}
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	out := bufio.NewWriter(f)
	enc := json.NewEncoder(out)
	for _, q := range queries {
		was := q.before()
		if q.Context != "" {
			q.Context = strings.TrimSpace(was + " " + q.typed)
		}
		q.Text, q.Gold = &q.typed, append([]string{}, q.Gold...)
		if err := enc.Encode(q); err != nil {
			return err
		}
	}
	return out.Flush()
}

// setName names a set by its folder and file: banking77/cards.
func setName(file string) string {
	base := filepath.Base(file)
	return filepath.Base(filepath.Dir(file)) + "/" + strings.TrimSuffix(base, filepath.Ext(base))
}
