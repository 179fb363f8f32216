package main

import (
	"fmt"
	"strings"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/assist/live"
	"ringside/assist/search"
)

type searchCmd struct {
	Words   []string `arg:"" help:"What the customer says."`
	Limit   int      `default:"5" help:"How many answers at most."`
	Explain bool     `help:"Print with each answer the figures that its score is made of."`
	JSON    bool     `name:"json" help:"Print one JSON object a line; type says what it is."`
}

// Help tells what the list does not.
func (c *searchCmd) Help() string {
	return "Finds what the box of the app finds for the same words: the last one may be unfinished, unless a blank follows it. " +
		"People, notes, promises, insights, kudos and prompts come after the answers. Exit code 3 when nothing fits."
}

func (c *searchCmd) Run(p *program) error {
	if c.Limit < 1 {
		return usage("--limit must be at least 1", "")
	}
	if strings.TrimSpace(c.text()) == "" {
		return usage("there are no words to look for", "Write what the customer says: ringside search charged twice.")
	}
	if storeless, err := p.storeless(); err != nil {
		return err
	} else if storeless {
		return c.searchStarter(p)
	}
	return p.inHouse(false, func(h *house) error {
		lib, err := h.shelf.learnedLibrary(p.ctx)
		if err != nil {
			return err
		}
		found, err := c.find(p, lib)
		if err != nil {
			return err
		}
		if err := h.db.Seekable(p.ctx); err != nil {
			return err
		}
		also, err := h.db.Seek(p.ctx, glance.Seek{Text: c.text()})
		if err != nil {
			return err
		}
		return c.print(p, found, also)
	})
}

// searchStarter searches what is shipped, so that the command answers before the app
// was ever started; it writes nothing.
func (c *searchCmd) searchStarter(p *program) error {
	pack, err := starter()
	if err != nil {
		return err
	}
	lib := libraryOf(pack.Answers, pack.Prompts)
	if lib.Index, err = learn(p.ctx, lib.Index); err != nil {
		return err
	}
	found, err := c.find(p, lib)
	if err != nil {
		return err
	}
	return c.print(p, found, nil)
}

// text returns the very words, as the box would hold them.
func (c *searchCmd) text() string { return strings.Join(c.Words, " ") }

// find asks as the desk does when nobody is on the line.
func (c *searchCmd) find(p *program, lib live.Library) (search.Result, error) {
	return lib.Index.Find(p.ctx, search.Query{Text: c.text(), Limit: c.Limit, Now: p.now(), Explain: c.Explain})
}

func (c *searchCmd) print(p *program, found search.Result, also []glance.Found) error {
	if found.State == search.None {
		found.Hits = nil
	}
	if len(found.Hits) == 0 && len(also) == 0 {
		return &assist.Fault{What: fmt.Sprintf("nothing fits %q", shortened(oneLine(c.text()), 60)),
			Do: "Try other words.", Err: assist.ErrNotFound}
	}
	if c.JSON {
		return printFoundLines(p.stdout, found, also)
	}
	printHits(p.stdout, found)
	printAlso(p.stdout, also, len(found.Hits) > 0)
	return nil
}
