package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"ringside/storage/audit"
)

type logCmd struct {
	Kind  string    `placeholder:"KIND" help:"One kind alone: import, export, erasure, merge, key, role, setting, backup or restore."`
	Rep   string    `placeholder:"WHO" help:"What one rep did: their name or id."`
	Since time.Time `placeholder:"DAY" format:"2006-01-02" help:"From this day on, 2026-11-26."`
	Last  int       `default:"50" help:"How many, the newest first; 0 for all."`
	JSON  bool      `name:"json" help:"Print one JSON object a line."`
}

// allEntries is more than any log has.
const allEntries = 1 << 30

// Help tells what the list does not.
func (c *logCmd) Help() string {
	return "The log is of this machine and never leaves it. It names no customer: where one is meant it has their id. " +
		"ringside check says whether it was changed from outside."
}

// Validate is called by kong.
func (c *logCmd) Validate() error {
	var kinds []string
	for _, k := range audit.Kinds() {
		if c.Kind == string(k) {
			return nil
		}
		kinds = append(kinds, string(k))
	}
	if c.Kind != "" {
		return fmt.Errorf("--kind must be one of %s", strings.Join(kinds, ", "))
	}
	return nil
}

func (c *logCmd) Run(p *program) error {
	return p.inHouse(false, func(h *house) error {
		most := c.Last
		if most <= 0 {
			most = allEntries
		}
		list, err := h.log.Entries(c.wants(p.now().Location()), 0, most)
		if err != nil {
			return err
		}
		if c.JSON {
			out := json.NewEncoder(p.stdout)
			return eachLine(list, func(e audit.Entry) error { return out.Encode(e) })
		}
		if len(list) == 0 {
			_, err = fmt.Fprintln(p.stdout, "Nothing of this is in the log.")
		}
		for _, e := range list {
			fmt.Fprintln(p.stdout, logLine(e.At, whoDid(e), entryWords(e)))
		}
		return err
	})
}

// wants returns what the entries must be like. The day is one of the place's.
func (c *logCmd) wants(place *time.Location) func(audit.Entry) bool {
	y, m, d := c.Since.Date()
	from := time.Date(y, m, d, 0, 0, 0, 0, place)
	return func(e audit.Entry) bool {
		return (c.Kind == "" || c.Kind == string(e.Kind)) && (c.Since.IsZero() || !e.At.Before(from)) &&
			(c.Rep == "" || strings.EqualFold(c.Rep, e.Name) || c.Rep == string(e.Rep))
	}
}

// logLine says an entry in a line.
func logLine(at time.Time, who, what string) string {
	return at.Format("2006-01-02 15:04") + "  " + who + "  " + what
}

// whoDid is how who did something was called then.
func whoDid(e audit.Entry) string {
	return oneLine(orElse(e.Name, orElse(string(e.Rep), "nobody named")))
}

// entryWords says what was done: "import: customers (1204)", "erasure: one person c-17 (12)".
func entryWords(e audit.Entry) string {
	words := string(e.Kind) + ": " + e.What
	if e.Of != "" {
		words += " " + string(e.Of)
	}
	if e.Count > 0 {
		words += fmt.Sprintf(" (%d)", e.Count)
	}
	return words
}
