package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"ringside/assist"
	"ringside/assist/ask"
	"ringside/storage/pack"
)

type tactCmd struct {
	File string `arg:"" optional:"" help:"A page of rules in place of the one in force."`
	Say  string `help:"Which rules hold when somebody says this?"`
}

// Help tells what the list does not.
func (c *tactCmd) Help() string {
	return "Prints the page of rules and tries every example on it. Exit code 1 when one comes out otherwise than the page says."
}

func (c *tactCmd) Run(p *program) error {
	if c.File != "" {
		rules, err := readTact(p, p.path(c.File))
		if err != nil {
			return err
		}
		return c.show(p, rules)
	}
	if storeless, err := p.storeless(); err != nil {
		return err
	} else if storeless {
		return c.show(p, ask.Rules())
	}
	return p.inHouse(false, func(h *house) error {
		rules, err := rulesInForce(p.ctx, h.db)
		if err != nil {
			return err
		}
		return c.show(p, rules)
	})
}

func (c *tactCmd) show(p *program, rules []assist.Tact) error {
	if c.Say == "" {
		page, err := pack.Page(rules)
		if err == nil {
			_, err = p.stdout.Write(page)
		}
		if err != nil {
			return err
		}
		return tried(p, rules)
	}
	now := p.now()
	reasons := ask.New(ask.Kept{Tact: rules}).Tact(assist.Profile{Customer: assist.Customer{ID: "somebody"}}, ask.Call{Said: []string{c.Say}, Since: now}, now)
	if len(reasons) == 0 {
		_, err := fmt.Fprintln(p.stdout, "No rule holds: questions, thanks and offers are welcome.")
		return err
	}
	for _, r := range reasons {
		if err := printReason(p.stdout, r); err != nil {
			return err
		}
	}
	return nil
}

func printReason(w io.Writer, r ask.Reason) error {
	out := make([]string, len(r.Quiet))
	for i, part := range r.Quiet {
		out[i] = string(part)
	}
	_, err := fmt.Fprintf(w, "%s: no %s. %s (%s)\n", r.Title, strings.Join(out, ", "), r.Say, r.Because)
	return err
}

// readTact reads a page of rules; every fault of it is listed.
func readTact(p *program, name string) ([]assist.Tact, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, &assist.Fault{What: "this is no page of rules: " + reason(err), Where: name, Do: "Name a file like tact.md.",
			Err: errors.Join(assist.ErrNotFound, err)}
	}
	defer f.Close()
	page, err := io.ReadAll(io.LimitReader(f, 2<<20)) // more than a page may have
	if err != nil {
		return nil, &assist.Fault{What: "this is no page of rules: " + reason(err), Where: name, Do: "Name a file like tact.md.", Err: err}
	}
	rules, err := pack.Rules(filepath.Base(name), page)
	if err != nil {
		return nil, refused(p, "the page", name, err)
	}
	return rules, nil
}

// tried tries every example of the rules, and fails when one comes out otherwise.
func tried(p *program, rules []assist.Tact) error {
	failures := ask.Check(rules)
	for _, f := range failures {
		verdict := "does not hold, and should"
		if f.Held {
			verdict = "holds, and should not"
		}
		fmt.Fprintf(p.stderr, "%s: “%s” %s\n", f.Rule, f.Trial.Words, verdict)
	}
	if len(failures) == 0 {
		return nil
	}
	return &assist.Fault{What: count(len(failures), "trial") + " came out otherwise than the page says", Where: "tact",
		Do: "Change the words of the rules, or the trials. The rules in force stay as they are.", Err: assist.ErrInvalid}
}

type importTactCmd struct {
	File string `arg:"" help:"The page of rules."`
}

// Help tells what the list does not.
func (c *importTactCmd) Help() string {
	return "The page takes the place of the rules in force. When anything on it is wrong, or a trial fails, all of that is listed and the old rules stay."
}

func (c *importTactCmd) Run(p *program) error {
	rules, err := readTact(p, p.path(c.File))
	if err != nil {
		return err
	}
	if err := tried(p, rules); err != nil {
		return err
	}
	return p.inHouse(true, func(h *house) error {
		gone, err := offPage(p.ctx, h, rules)
		if err != nil {
			return err
		}
		for _, r := range rules {
			gone = append(gone, r)
		}
		if err := h.db.Save(p.ctx, gone...); err != nil {
			return fmt.Errorf("keep the rules: %w", err)
		}
		_, err = fmt.Fprintf(p.stdout, "%s in force now.\n", strings.Replace(count(len(rules), "rule"), "rule", "rule of tact", 1))
		return err
	})
}

// offPage returns the rules in force that a new page does not have, as they are once it
// is taken. Without a page nothing changes.
func offPage(ctx context.Context, h *house, page []assist.Tact) (gone []assist.Record, err error) {
	if len(page) == 0 {
		return nil, nil
	}
	old, err := rulesInForce(ctx, h.db)
	for _, r := range old {
		if !slices.ContainsFunc(page, func(n assist.Tact) bool { return n.ID == r.ID }) {
			r.Off = true
			gone = append(gone, r)
		}
	}
	return gone, err
}

type focusCmd struct {
	Topic        string `help:"What the team wants to know in the next seven days: the topic of a question."`
	Intelligence string `help:"Or a kind of it: competitive, market or relationship."`
}

func (c *focusCmd) Run(p *program) error {
	set := c.Topic != "" || c.Intelligence != ""
	return p.inHouse(set, func(h *house) error {
		now := p.now()
		if set {
			f := assist.Focus{ID: assist.NewID(now), Topic: c.Topic, Intelligence: assist.Intelligence(c.Intelligence),
				From: assist.DateOf(now), Until: assist.DateOf(now.AddDate(0, 0, 6))}
			if err := h.db.Save(p.ctx, f); err != nil {
				return err
			}
		}
		list, err := all[assist.Focus](p.ctx, h.db)
		if err != nil {
			return err
		}
		return printFocus(p.stdout, list, now)
	})
}

func printFocus(w io.Writer, list []assist.Focus, now time.Time) error {
	today := assist.DateOf(now).Time()
	none := true
	for _, f := range list {
		if f.Until.Time().Before(today) || f.From.Time().After(today) {
			continue
		}
		none = false
		if _, err := fmt.Fprintf(w, "Until %s: %s\n", f.Until, focusWords(f)); err != nil {
			return err
		}
	}
	if none {
		_, err := fmt.Fprintln(w, "No focus this week: questions are balanced over competitors, the market and the customer.")
		return err
	}
	return nil
}

// focusWords says what is to be learned, as the pages of an export do, too.
func focusWords(f assist.Focus) string {
	return strings.Join(slices.DeleteFunc([]string{string(f.Intelligence), f.Topic}, blank), ", ")
}
