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
	"ringside/assist/glance"
	"ringside/storage/pack"
	"ringside/ui/say"
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
	reasons := reasonsFor(rules, c.Say, p.now())
	if len(reasons) == 0 {
		_, err := fmt.Fprintln(p.stdout, "No rule holds: questions, thanks and offers are welcome.")
		return err
	}
	for _, r := range reasons {
		if _, err := fmt.Fprintln(p.stdout, reasonLine(r)); err != nil {
			return err
		}
	}
	return nil
}

// reasonsFor returns which of the rules hold when a customer of whom nothing is known
// says these words.
func reasonsFor(rules []assist.Tact, words string, now time.Time) []ask.Reason {
	return ask.New(ask.Kept{Tact: rules}).Tact(glance.Profile{Customer: assist.Customer{ID: "somebody"}}, ask.Call{Said: []string{words}, Since: now}, now)
}

func reasonLine(r ask.Reason) string {
	out := make([]string, len(r.Quiet))
	for i, part := range r.Quiet {
		out[i] = string(part)
	}
	return fmt.Sprintf("%s: no %s. %s (%s)", r.Title, strings.Join(out, ", "), r.Say, r.Because)
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
	failures := failedTrials(rules)
	for _, f := range failures {
		fmt.Fprintln(p.stderr, f)
	}
	if len(failures) == 0 {
		return nil
	}
	return &assist.Fault{What: say.Count(len(failures), "trial") + " came out otherwise than the page says", Where: "tact",
		Do: "Change the words of the rules, or the trials. The rules in force stay as they are.", Err: assist.ErrInvalid}
}

// failedTrials says which examples come out otherwise than their page says, a line each.
func failedTrials(rules []assist.Tact) (out []string) {
	for _, f := range ask.Check(rules) {
		verdict := "does not hold, and should"
		if f.Held {
			verdict = "holds, and should not"
		}
		out = append(out, fmt.Sprintf("%s: “%s” %s", f.Rule, f.Trial.Words, verdict))
	}
	return out
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
		err := h.perform(p.ctx, actImportRules, func() (int, error) { return wholly(len(rules), takeRules(p.ctx, h, rules)) })
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(p.stdout, "%s in force now.\n", strings.Replace(say.Count(len(rules), "rule"), "rule", "rule of tact", 1))
		return err
	})
}

// takeRules puts a page of rules in the place of those in force.
func takeRules(ctx context.Context, h *house, rules []assist.Tact) error {
	records, err := offPage(ctx, h, rules)
	if err != nil {
		return err
	}
	for _, r := range rules {
		records = append(records, r)
	}
	if err := h.db.Save(ctx, records...); err != nil {
		return fmt.Errorf("keep the rules: %w", err)
	}
	return nil
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
			if err := h.db.Save(p.ctx, focusFor(c.Topic, assist.Intelligence(c.Intelligence), now)); err != nil {
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

// focusFor is what the team wants to know from today on for seven days.
func focusFor(topic string, about assist.Intelligence, now time.Time) assist.Focus {
	return assist.Focus{ID: assist.NewID(now), Topic: topic, Intelligence: about,
		From: assist.DateOf(now), Until: assist.DateOf(now.AddDate(0, 0, 6))}
}

// inFocus reports whether the focus holds today.
func inFocus(f assist.Focus, now time.Time) bool {
	today := assist.DateOf(now).Time()
	return !f.Until.Time().Before(today) && !f.From.Time().After(today)
}

func printFocus(w io.Writer, list []assist.Focus, now time.Time) error {
	none := true
	for _, f := range list {
		if !inFocus(f, now) {
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
