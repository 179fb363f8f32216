package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	"ringside/assist"
	"ringside/storage"
)

type eraseCmd struct {
	Customer string `arg:"" help:"An id, a number, an e-mail address or the whole name."`
	Yes      bool   `help:"Do not ask."`
	DryRun   bool   `help:"Say what would be erased, and erase nothing."`
	Typed    string `hidden:"" help:"The name that was typed when asked."`
}

// Help tells what the list does not.
func (c *eraseCmd) Help() string {
	return "Takes a person out of the data folder for good: who they are, every call, note, promise and order, in every version, " +
		"from the journal and from the indexes. Where others' notes name them it is said, and those notes stay as they are. " +
		"It asks for the name to be typed, unless --yes is there. Exports, backups and printed pages that were made before are yours to delete. " +
		"Export them first with ringside export --customer."
}

func (c *eraseCmd) Run(p *program) error {
	if c.Yes || c.DryRun || c.Typed != "" || p.house != nil {
		return p.inHouse(false, func(h *house) error { return c.inside(p, h) })
	}
	args := p.args
	look := *c
	look.DryRun, p.args = true, append(args[:len(args):len(args)], "--dry-run")
	if err := p.inHouse(false, func(h *house) error { return look.inside(p, h) }); err != nil && !errors.Is(err, exited(exitOK)) {
		return err
	}
	fmt.Fprint(p.stdout, "Type the name to erase them for good: ")
	line, err := bufio.NewReader(p.stdin).ReadString('\n')
	if c.Typed = strings.TrimSpace(line); c.Typed == "" {
		if err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("read the name: %w", err)
		}
		return &assist.Fault{What: "no name was typed, and nothing was erased", Do: "Type it, or add --yes.", Err: errUsage}
	}
	p.args = append(args[:len(args):len(args)], "--typed="+c.Typed)
	return p.inHouse(false, func(h *house) error { return c.inside(p, h) })
}

// inside does it where the store is open.
func (c *eraseCmd) inside(p *program, h *house) error {
	who, err := h.whom(p.ctx, c.Customer)
	if err != nil {
		return err
	}
	switch {
	case c.DryRun:
		found, err := h.db.Trace(p.ctx, who.ID)
		if err == nil {
			c.say(p, who, found, "has")
		}
		return err
	case !c.Yes && c.Typed == "":
		return usage("nobody can be asked here", "Add --yes.")
	case !c.Yes && !strings.EqualFold(flat(c.Typed), nameToType(who)):
		return &assist.Fault{What: fmt.Sprintf("%q is not the name, and nothing was erased", oneLine(c.Typed)), Do: "Type: " + nameToType(who) + ".", Err: errUsage}
	}
	shown := progressLine{to: p.stderr, on: p.progress}
	defer shown.Done()
	found, err := h.erase(p.ctx, who.ID, h.desk, func(done, all int) { shown.Say(fmt.Sprintf("%d %%", 100*done/all)) })
	shown.Done()
	if err == nil {
		c.say(p, who, found, "was erased:")
	}
	return err
}

// nameToType is what somebody types to say that they mean this customer.
func nameToType(c assist.Customer) string { return orElse(flat(c.Name), string(c.ID)) }

// say tells what is, or was, of a customer, and what of others'.
func (c *eraseCmd) say(p *program, who assist.Customer, found storage.Trace, verb string) {
	fmt.Fprintf(p.stdout, "%s %s %s.\n", nameToType(who), verb, counted(countsOf(found.Own)))
	if n := len(found.Unlinked); n > 0 {
		fmt.Fprintf(p.stdout, "Others' records that point there, and no more: %s.\n", counted(countsOf(found.Unlinked)))
	}
	if len(found.Mentions) == 0 {
		return
	}
	fmt.Fprintf(p.stdout, "Others' records that name them, and stay as they are: %s.\n", counted(countsOf(found.Mentions)))
	for _, r := range found.Mentions[:min(len(found.Mentions), 20)] {
		fmt.Fprintf(p.stdout, "   %s %s\n", r.Type, r.ID)
	}
}

func countsOf(list []assist.Ref) map[assist.Type]int {
	out := map[assist.Type]int{}
	for _, r := range list {
		out[r.Type]++
	}
	return out
}
