package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strings"

	"ringside/storage/past"
	"ringside/ui/say"
)

type importHistoryCmd struct {
	File     string            `arg:"" help:"A table: CSV or TSV, as other programs write it."`
	DryRun   bool              `help:"Keep nothing; say what would become of it."`
	JSON     bool              `name:"json" help:"Print one JSON object."`
	Region   string            `placeholder:"GB" help:"The country of numbers without a country code; else the settings', else the system's."`
	Dates    string            `enum:",dmy,mdy" default:"" placeholder:"dmy|mdy" help:"Whether 3/4 is 3 April (dmy) or March 4 (mdy), where the file does not tell."`
	Decimal  string            `enum:",point,comma" default:"" placeholder:"point|comma" help:"What stands before the pence, where the file does not tell."`
	Currency string            `placeholder:"GBP" help:"The currency of amounts that name none."`
	Column   map[string]string `placeholder:"NAME=MEANING" help:"What a column holds: --column 'Datum=date'. May be given again."`
}

// The commands differ in what the file holds.
type (
	importOrdersCmd struct{ importHistoryCmd }
	importNotesCmd  struct{ importHistoryCmd }
	importCallsCmd  struct{ importHistoryCmd }
)

func (c *importOrdersCmd) Run(p *program) error { return c.run(p, past.Orders) }
func (c *importNotesCmd) Run(p *program) error  { return c.run(p, past.Notes) }
func (c *importCallsCmd) Run(p *program) error  { return c.run(p, past.Calls) }

// Help tells what the list does not.
func (c *importOrdersCmd) Help() string { return helpOf(past.Orders) }

// Help tells what the list does not.
func (c *importNotesCmd) Help() string { return helpOf(past.Notes) }

// Help tells what the list does not.
func (c *importCallsCmd) Help() string { return helpOf(past.Calls) }

func helpOf(kind past.Kind) string {
	var names []string
	for _, m := range kind.Meanings() {
		names = append(names, string(m))
	}
	return "Import the customers first: each row is given to the customer with its id, e-mail address, number or exact name, and is kept without one where none fits. " +
		"Every line that is not taken is listed with its reason, and a second import of the same file changes nothing.\n\nMeanings of a column: " + strings.Join(names, ", ") + "."
}

var currencyCode = regexp.MustCompile(`^[A-Z]{3}$`)

func (c *importHistoryCmd) options(kind past.Kind) (past.Options, error) {
	opt := past.Options{Region: strings.ToUpper(c.Region), Currency: strings.ToUpper(c.Currency), Columns: map[string]past.Meaning{}}
	if c.Region != "" && len(opt.Region) != 2 {
		return opt, usage(fmt.Sprintf("--region %q is not a country's two letters", c.Region), "Write GB, DE, US ...")
	}
	if c.Currency != "" && !currencyCode.MatchString(opt.Currency) {
		return opt, usage(fmt.Sprintf("--currency %q is not a code of three letters", c.Currency), "Write GBP, EUR, USD ...")
	}
	if c.Dates != "" {
		first := c.Dates == "mdy"
		opt.MonthFirst = &first
	}
	if c.Decimal != "" {
		comma := c.Decimal == "comma"
		opt.Comma = &comma
	}
	for name, meaning := range c.Column {
		found := false
		for _, m := range append(kind.Meanings(), past.Unknown) {
			if strings.EqualFold(string(m), strings.TrimSpace(meaning)) {
				opt.Columns[name], found = m, true
			}
		}
		if !found {
			return opt, usage(fmt.Sprintf("no column can mean %q", meaning), fmt.Sprintf("ringside import %s --help lists the meanings.", kind))
		}
	}
	return opt, nil
}

func (c *importHistoryCmd) run(p *program, kind past.Kind) error {
	opt, err := c.options(kind)
	if err != nil {
		return err
	}
	return p.inHouse(true, func(h *house) error {
		s, err := h.db.Settings(p.ctx)
		if err != nil {
			return err
		}
		if opt.Region == "" {
			opt.Region = s.Region
		}
		if opt.Region == "" {
			opt.Region = regionFrom(os.Getenv)
		}
		opt.Now = h.now
		file, err := past.Open(p.ctx, p.path(c.File), kind, opt)
		if err != nil {
			return err
		}
		c.sayFile(p, file)
		shown := progressLine{to: p.stderr, on: p.progress}
		report, err := c.keep(p.ctx, h, file, func(done, total int) { shown.Say(fmt.Sprintf("%d of %d", done, total)) })
		shown.Done()
		if err != nil {
			return err
		}
		return c.say(p, file, report)
	})
}

// keep keeps what was read, unless it is a dry run.
func (c *importHistoryCmd) keep(ctx context.Context, h *house, file *past.File, progress func(done, total int)) (report past.Report, err error) {
	if c.DryRun {
		return file.Keep(ctx, h.db, true, progress)
	}
	return h.importPast(ctx, file, progress)
}

// importPast brings in what a team had of its customers before.
func (h *house) importPast(ctx context.Context, file *past.File, progress func(done, total int)) (report past.Report, err error) {
	err = h.perform(ctx, actsOfPast[file.Kind], func() (int, error) {
		report, err = file.Keep(ctx, h.db, false, progress)
		return report.Added + report.Changed, err
	})
	return report, err
}

var actsOfPast = map[past.Kind]act{past.Orders: actImportOrders, past.Notes: actImportNotes, past.Calls: actImportCalls}

// mostLines is how many problems are listed one by one.
const mostLines = 10_000

// sayFile says how the file was read, and what of it is not taken.
func (c *importHistoryCmd) sayFile(p *program, f *past.File) {
	if c.JSON {
		return
	}
	for _, col := range f.Columns {
		if c.DryRun {
			fmt.Fprintf(p.stdout, "column %s: %s (%s)\n", col.Name, col.Meaning, strings.Join(col.Sample, ", "))
		}
	}
	for i, problem := range f.Problems {
		if i == mostLines {
			fmt.Fprintf(p.stderr, "... and %d more.\n", len(f.Problems)-i)
			break
		}
		fmt.Fprintln(p.stderr, f.Name+whereIn(problem)+": "+problem.Reason)
	}
	for _, q := range f.Questions {
		fmt.Fprintln(p.stderr, "To ask: "+q.Text+" "+q.Do)
	}
}

func whereIn(problem past.Problem) (where string) {
	if problem.Line > 0 {
		where = fmt.Sprintf(", line %d", problem.Line)
	}
	if problem.Column != "" {
		where += ", column " + problem.Column
	}
	if problem.Refused {
		where += ": refused"
	}
	return where
}

// say reports the import.
func (c *importHistoryCmd) say(p *program, f *past.File, r past.Report) error {
	if c.JSON {
		return json.NewEncoder(p.stdout).Encode(map[string]any{"kind": f.Kind, "kept": !c.DryRun, "added": r.Added, "changed": r.Changed, "unchanged": r.Unchanged,
			"refused": f.Refused(), "without_customer": r.Nobody, "several_customers": r.Several, "without_rep": r.NoRep, "problems": f.Problems})
	}
	verb := "Imported"
	if c.DryRun {
		verb = "This would take"
	}
	fmt.Fprintf(p.stdout, "%s %s: %d new, %d now with their customer, %d as they were; %s refused.\n", verb, say.Count(f.Rows(), strings.TrimSuffix(string(f.Kind), "s")),
		r.Added, r.Changed, r.Unchanged, say.Count(f.Refused(), "line"))
	if r.Nobody > 0 {
		fmt.Fprintf(p.stdout, "%d without a customer: nobody here has that id, address, number or name; for %d of them several have it.\n", r.Nobody, r.Several)
	}
	if r.NoRep > 0 {
		fmt.Fprintf(p.stdout, "%d without a rep: nobody in the team, or more than one, has that name.\n", r.NoRep)
	}
	if c.DryRun {
		fmt.Fprintln(p.stdout, "Nothing was kept.")
	}
	return nil
}
