package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strings"

	"ringside/assist"
	"ringside/storage/people"
	"ringside/ui/say"
)

// importMemory is the soft limit of memory while a large file comes in.
const importMemory = 384 << 20

type importCustomersCmd struct {
	File   string            `arg:"" help:"CSV, TSV or vCard, as HubSpot, Salesforce, Zoho, Pipedrive, Google Contacts and Outlook write them."`
	DryRun bool              `help:"Keep nothing; say what each record would become."`
	JSON   bool              `name:"json" help:"Print JSON: one object about the import, or with --dry-run one for each record."`
	Region string            `placeholder:"GB" help:"The country of numbers without a country code; else the settings', else the system's."`
	Dates  string            `enum:",dmy,mdy" default:"" placeholder:"dmy|mdy" help:"Whether 3/4 is 3 April (dmy) or March 4 (mdy), where the file does not tell."`
	Column map[string]string `placeholder:"NAME=MEANING" help:"What a column holds: --column 'Handy=phone'. May be given again."`
}

// Help tells what the list does not.
func (c *importCustomersCmd) Help() string {
	var names []string
	for _, m := range people.Meanings() {
		names = append(names, string(m))
	}
	return "Every line that is not taken is listed with its reason, and a second import of the same file changes nothing. " +
		"Ctrl-C stops and says what was written.\n\nMeanings of a column: " + strings.Join(names, ", ") + "."
}

func (c *importCustomersCmd) Run(p *program) error {
	opt, err := c.options()
	if err != nil {
		return err
	}
	file := p.path(c.File)
	if c.DryRun {
		return c.dryRun(p, file, opt)
	}
	plan, err := people.Open(file, opt)
	if err != nil {
		return err
	}
	if err := p.ctx.Err(); err != nil {
		return &assist.Fault{What: "cancelled before anything was written", Err: err}
	}
	return p.inHouse(true, func(h *house) error {
		if plan, err = c.planFor(p, h, plan, file, opt); err != nil {
			return err
		}
		report, err := c.run(p, h, plan)
		return errors.Join(c.say(p, plan, report, err), err)
	})
}

func (c *importCustomersCmd) options() (people.Options, error) {
	opt := people.Options{Region: strings.ToUpper(c.Region), Meanings: map[string]people.Meaning{}}
	if opt.Region == "" {
		opt.Region = regionFrom(os.Getenv)
	}
	if len(opt.Region) != 2 {
		return opt, usage(fmt.Sprintf("--region %q is not a country's two letters", c.Region), "Write GB, DE, US ...")
	}
	if c.Dates != "" {
		monthFirst := c.Dates == "mdy"
		opt.MonthFirst = &monthFirst
	}
	for name, meaning := range c.Column {
		m, ok := meaningNamed(meaning)
		if !ok {
			return opt, usage(fmt.Sprintf("no column can mean %q", meaning), "ringside import customers --help lists the meanings.")
		}
		opt.Meanings[name] = m
	}
	return opt, nil
}

func meaningNamed(name string) (people.Meaning, bool) {
	for _, m := range people.Meanings() {
		if strings.EqualFold(string(m), strings.TrimSpace(name)) {
			return m, true
		}
	}
	return "", false
}

// planFor opens the file again when the settings know better than the system where
// numbers belong and how dates are read.
func (c *importCustomersCmd) planFor(p *program, h *house, plan *people.Plan, file string, opt people.Options) (*people.Plan, error) {
	s, err := h.db.Settings(p.ctx)
	if err != nil {
		return nil, err
	}
	again := false
	if c.Region == "" && s.Region != "" && s.Region != opt.Region {
		opt.Region, again = s.Region, true
	}
	if opt.MonthFirst == nil && s.MonthFirst {
		opt.MonthFirst, again = &s.MonthFirst, true
	}
	if !again {
		return plan, nil
	}
	return people.Open(file, opt)
}

func (c *importCustomersCmd) run(p *program, h *house, plan *people.Plan) (people.Report, error) {
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(importMemory))
	shown := progressLine{to: p.stderr, on: p.progress}
	defer shown.Done()
	return h.importCustomers(p.ctx, plan, func(now people.Progress) {
		percent := 100
		if now.Total > 0 {
			percent = int(100 * now.Bytes / now.Total)
		}
		shown.Say(fmt.Sprintf("%d records, %d %%", now.Rows, percent))
	})
}

// say reports an import, also one that was stopped.
func (c *importCustomersCmd) say(p *program, plan *people.Plan, r people.Report, stopped error) error {
	if c.JSON {
		return json.NewEncoder(p.stdout).Encode(reportLine(r, stopped != nil))
	}
	for _, problem := range r.Problems {
		fmt.Fprintln(p.stderr, problemText(problem))
	}
	if listed := r.Refused + r.Duplicate + r.Warnings; listed > len(r.Problems) {
		fmt.Fprintf(p.stderr, "... and %d more. ringside import customers --dry-run --json lists all of them.\n", listed-len(r.Problems))
	}
	verb := "Imported"
	switch {
	case errors.Is(stopped, context.Canceled):
		verb = "Stopped. What had been written stays:"
	case stopped != nil:
		verb = "Stopped. What had been written stays, at least" // the last pack may be there too
	}
	fmt.Fprintf(p.stdout, "%s %s: %d new, %d changed, %d as they were; %s.\n", verb, say.Count(r.Added+r.Changed+r.Unchanged, "customer"),
		r.Added, r.Changed, r.Unchanged, otherwise(r))
	for _, q := range plan.Questions() {
		fmt.Fprintln(p.stdout, questionText(q))
	}
	return nil
}

func otherwise(r people.Report) string {
	return fmt.Sprintf("%s merged into others, %s refused, %s", say.Count(r.Duplicate, "line"), say.Count(r.Refused, "line"), say.Count(r.Warnings, "warning"))
}

func problemText(r people.Result) string {
	column := ""
	if r.Column != "" {
		column = ", column " + r.Column
	}
	return fmt.Sprintf("line %d%s: %s: %s", r.Line, column, r.Kind, r.Reason)
}

func questionText(q people.Question) string {
	text := "To ask: " + q.Text
	if q.Column != "" {
		return text + " Tell it with --column '" + q.Column + "=MEANING'."
	}
	return text
}

// reportLine is a report as --json prints it.
func reportLine(r people.Report, stopped bool) map[string]any {
	return map[string]any{"stopped": stopped, "records": r.Rows, "added": r.Added, "changed": r.Changed, "unchanged": r.Unchanged,
		"companies": r.Companies, "duplicates": r.Duplicate, "refused": r.Refused, "warnings": r.Warnings}
}

func (c *importCustomersCmd) dryRun(p *program, file string, opt people.Options) error {
	plan, err := people.Open(file, opt)
	switch {
	case err != nil && c.JSON:
		return people.DryRun(p.ctx, p.stdout, file, opt)
	case err != nil:
		return err
	case c.JSON:
		err = plan.WriteJSON(p.ctx, p.stdout)
	default:
		err = printPlan(p.ctx, p.stdout, plan)
	}
	if outcome, reason := plan.Outcome(); err == nil && outcome == people.Refuse {
		return &assist.Fault{What: reason, Where: c.File, Err: assist.ErrInvalid}
	}
	return err
}

// printPlan says what an import would do.
func printPlan(ctx context.Context, w io.Writer, plan *people.Plan) error {
	for _, col := range plan.Columns() {
		fmt.Fprintf(w, "column %s: %s (%s)\n", col.Name, col.Meaning, strings.Join(col.Sample, ", "))
	}
	counts := map[people.Kind]int{}
	err := plan.Each(ctx, func(r people.Result) error {
		counts[r.Kind]++
		if r.Kind == people.KindCustomer {
			return nil
		}
		_, err := fmt.Fprintln(w, problemText(r))
		return err
	})
	if err != nil {
		return err
	}
	for _, q := range plan.Questions() {
		fmt.Fprintln(w, questionText(q))
	}
	_, err = fmt.Fprintf(w, "This would take %s; %s merged into others, %s refused, %s. Nothing was kept.\n", say.Count(counts[people.KindCustomer], "customer"),
		say.Count(counts[people.KindDuplicate], "line"), say.Count(counts[people.KindRefused], "line"), say.Count(counts[people.KindWarning], "warning"))
	return err
}
