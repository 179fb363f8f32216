package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"ringside/assist"
)

type exportCmd struct {
	To     string `placeholder:"DIR" aliases:"out" help:"The folder to make (with ics: the file), or - for stdout. Without it, a new one here, named by the day."`
	Format string `enum:"jsonl,csv,markdown,md,ics,pack" default:"jsonl" help:"jsonl, csv, markdown, ics for a calendar, or pack for the library alone."`
	Only   string `placeholder:"TYPE" help:"One type of record alone: customers, notes, answers, ..."`
	JSON   bool   `name:"json" help:"Print one JSON object about what was written."`

	Customer string `placeholder:"WHO" help:"One person whole, with every version, into one zip file: an id, a number, an address or the whole name."`
}

// Help tells what the list does not.
func (c *exportCmd) Help() string {
	return "jsonl and csv write one file for each type of record; markdown writes the library as a pack and one page for " +
		"each customer; ics writes one file with the promises that wait, for a calendar to take in; pack writes the library into a folder, new or " +
		"exported to before, where only what has changed is written anew. What is written is there " +
		"whole or not at all, and nothing that is there is written over. What a rep practised is theirs: of others than the one " +
		"who sits here it is written only if they share it. " +
		"The files are readable: keep them as safe as the people in them deserve."
}

// exporter writes records of one format into a folder, or to stdout.
type exporter interface {
	// write takes the records in the order of assist.Types.
	write(assist.Record) error
	close() error
}

func (c *exportCmd) Run(p *program) error {
	types, err := c.types()
	if err != nil {
		return err
	}
	if c.Customer != "" {
		return c.person(p)
	}
	switch c.Format {
	case "ics":
		return c.toCalendar(p, types)
	case "pack":
		return c.toPack(p)
	}
	return p.inHouse(false, func(h *house) error {
		to := p.path(orElse(c.To, "ringside-"+p.now().Format("2006-01-02")))
		var counts map[assist.Type]int
		err := h.perform(p.ctx, c.act(), func() (n int, err error) {
			if c.To == "-" {
				counts, err = c.toStdout(p, h, types)
			} else {
				counts, err = c.toFolder(p, h, to, types)
			}
			return sum(counts), err
		})
		if err != nil || c.To == "-" {
			return err
		}
		if c.JSON {
			return json.NewEncoder(p.stdout).Encode(map[string]any{"to": to, "counts": counts})
		}
		_, err = fmt.Fprintf(p.stdout, "Wrote %s to %s.\n", counted(counts), to)
		return err
	})
}

// act is what this export is for the log.
func (c *exportCmd) act() act {
	if c.Only == "" {
		return actExportAll
	}
	a := actExportAll.saying("everything of one type: " + c.Only)
	if slices.ContainsFunc(ofLibrary, func(t assist.Type) bool { return c.Only == string(t) || c.Only == plural(t) }) {
		a.needs = actExportPack.needs
	}
	return a
}

// ofLibrary are the types that a pack has, which name no customer.
var ofLibrary = []assist.Type{assist.TypeAnswer, assist.TypePrompt, assist.TypeTact, assist.TypeSubject, assist.TypeDeal}

func sum(counts map[assist.Type]int) (n int) {
	for _, c := range counts {
		n += c
	}
	return n
}

// person writes one customer whole.
func (c *exportCmd) person(p *program) error {
	if c.Format != "jsonl" || c.Only != "" || c.To == "-" {
		return usage("one person is written whole, into a file", "Leave --format and --only away, and name a file with --to.")
	}
	return p.inHouse(false, func(h *house) error {
		who, err := h.whom(p.ctx, c.Customer)
		if err != nil {
			return err
		}
		to := p.path(orElse(c.To, personFile(who, p.now())))
		counts, err := h.exportPerson(p.ctx, who.ID, to)
		if err != nil {
			return err
		}
		if c.JSON {
			return json.NewEncoder(p.stdout).Encode(map[string]any{"to": to, "counts": counts})
		}
		_, err = fmt.Fprintf(p.stdout, "Wrote %s to %s.\n", counted(counts), to)
		return err
	})
}

func (c *exportCmd) types() ([]assist.Type, error) {
	if c.Only == "" {
		return assist.Types(), nil
	}
	for _, t := range assist.Types() {
		if c.Only == string(t) || c.Only == plural(t) {
			return []assist.Type{t}, nil
		}
	}
	return nil, usage(fmt.Sprintf("there is no type of record called %q", c.Only), "Try customers, calls, notes, promises or answers.")
}

func (c *exportCmd) toStdout(p *program, h *house, types []assist.Type) (map[assist.Type]int, error) {
	switch {
	case c.Format == "jsonl":
		return c.writeAll(p, h, types, &lineExporter{one: p.stdout, bare: len(types) == 1})
	case c.Format == "csv" && len(types) == 1:
		return c.writeAll(p, h, types, &tableExporter{p: p, h: h, one: p.stdout})
	}
	return nil, usage("only jsonl, or one type of record as csv, can go to stdout", "Name a folder with --to, or add --only.")
}

// toFolder writes into a new folder beside the one that is wanted and gives it its
// name when all is there.
func (c *exportCmd) toFolder(p *program, h *house, to string, types []assist.Type) (map[assist.Type]int, error) {
	if err := mustBeFree(to); err != nil {
		return nil, err
	}
	tmp, err := os.MkdirTemp(filepath.Dir(to), ".ringside-export-*") // 0700
	if err != nil {
		return nil, cannotExport(to, err)
	}
	defer os.RemoveAll(tmp)
	counts, err := c.writeAll(p, h, types, c.exporter(p, h, tmp))
	if err != nil {
		return nil, err
	}
	os.Remove(to) // only an empty folder goes
	if err := os.Rename(tmp, to); err != nil {
		return nil, cannotExport(to, err)
	}
	return counts, nil
}

func (c *exportCmd) exporter(p *program, h *house, dir string) exporter {
	switch c.Format {
	case "csv":
		return &tableExporter{p: p, h: h, dir: dir}
	case "markdown", "md":
		return &pageExporter{p: p, h: h, dir: dir}
	}
	return &lineExporter{dir: dir}
}

func (c *exportCmd) writeAll(p *program, h *house, types []assist.Type, e exporter) (counts map[assist.Type]int, err error) {
	counts = map[assist.Type]int{}
	shown := progressLine{to: p.stderr, on: p.progress && c.To != "-"}
	defer shown.Done()
	mayBeSeen, err := shared(p.ctx, h.db)
	if err != nil {
		return counts, errors.Join(err, e.close())
	}
	for _, t := range types {
		err := eachRecord(p.ctx, h.db, t, func(r assist.Record) error {
			if d, ok := r.(assist.Drill); ok && !mayBeSeen[d.Rep] {
				return nil
			}
			counts[t]++
			shown.Say(fmt.Sprintf("%d %s", counts[t], plural(t)))
			return e.write(r)
		})
		if err != nil {
			return counts, errors.Join(err, e.close())
		}
	}
	return counts, e.close()
}

func mustBeFree(to string) error {
	left, err := os.ReadDir(to)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil
	case err != nil:
		return cannotExport(to, err)
	case len(left) > 0:
		return &assist.Fault{What: "this folder is not empty, and an export writes over nothing", Where: to, Do: "Name a new folder."}
	}
	return nil
}

func cannotExport(to string, err error) error {
	return &assist.Fault{What: "the export cannot be written: " + reason(err), Where: to, Do: "Name another folder with --to.", Err: err}
}

// reason is the last part of a file error: the folder is named beside it.
func reason(err error) string {
	if path := (*os.PathError)(nil); errors.As(err, &path) {
		return path.Err.Error()
	}
	if link := (*os.LinkError)(nil); errors.As(err, &link) {
		return link.Err.Error()
	}
	return err.Error()
}

// sortedKeys is for the same order every time.
func sortedKeys[K ~string, V any](m map[K]V) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
