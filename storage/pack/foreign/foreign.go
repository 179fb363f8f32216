// Package foreign reads what other tools export - snippets, macros, cards, tables - as
// answers. It reads bytes and nothing else; what becomes of the answers is for the caller.
package foreign

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"regexp"
	"strings"

	"ringside/assist"
	"ringside/storage/csv"
)

// Format is the tool that wrote a file, or how it is written when any tool may have.
type Format string

// The formats. Zendesk and Guru are read as a table and as JSON.
const (
	TextExpander Format = "textexpander"
	Zendesk      Format = "zendesk"
	Guru         Format = "guru"
	Espanso      Format = "espanso"
	Table        Format = "table"
	JSON         Format = "json"
)

// Read reads the answers of a file, in its order. Without a format the file is looked at
// (Detect). Each answer is a draft that Validate accepts, with an id made of its title, no
// id twice; its department is "imported" when the file names none; Owner is the ID of the
// name that the file gives, which need not be one of a rep. HTML becomes Markdown, and the
// blanks of other tools become ours, or [their name] where we have none. A Zendesk macro
// that says nothing, and only sets fields, is no answer and is left out.
//
// When anything is wrong there are no answers, and the error joins one *assist.Fault for
// each thing, with the file, the line and the column.
func Read(name string, data []byte, from Format) ([]assist.Answer, error) {
	r := &reader{name: path.Base(name), from: from}
	if bytes.HasPrefix(data, []byte("PK\x03\x04")) || bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")) {
		r.wrong(0, "", "this is a spreadsheet's or a writer's own file", "Save it as CSV and import that.")
		return nil, errors.Join(r.faults...)
	}
	if from == "" {
		r.from = Detect(name, data)
	}
	var entries []entry
	switch {
	case r.from == Espanso:
		entries = r.espanso(data)
	case r.from == JSON || isJSON(name, data):
		entries = r.json(data)
	default:
		entries = r.table(data)
	}
	answers := r.answers(entries)
	if len(answers) == 0 && len(r.faults) == 0 {
		r.wrong(0, "", "there is no answer in this file", "")
	}
	if len(r.faults) > 0 {
		return nil, errors.Join(r.faults...)
	}
	return answers, nil
}

var matches = regexp.MustCompile(`(?m)^matches:\s*(#.*)?\r?$`)

// Detect says which tool wrote a file, by the end of its name and what is in it. What is
// not recognised is taken for a Table.
func Detect(name string, data []byte) Format {
	switch ext := strings.ToLower(path.Ext(name)); {
	case ext == ".yml", ext == ".yaml":
		return Espanso
	case isJSON(name, data):
		return shapeOf(data)
	case ext != ".csv" && ext != ".tsv" && matches.Match(data):
		return Espanso
	}
	return tableOf(csv.NewReader(bytes.NewReader(data), dialect(data)))
}

// entry is one thing of a file that is to be an answer.
type entry struct {
	line  int
	cells []cell // in the order of the file
}

// cell is what a file says under one name.
type cell struct {
	column string // as the file calls it
	means  meaning
	rank   int // the lower, the rather is it meant
	text   string
}

// reader reads one file.
type reader struct {
	name   string
	from   Format
	faults []error
}

// wrong notes a fault. Line 0 is the whole file; the column may be empty.
func (r *reader) wrong(line int, column, what, do string) {
	where := r.name
	if line > 0 {
		where += fmt.Sprintf(":%d", line)
	}
	if column != "" {
		where += ", column " + column
	}
	r.faults = append(r.faults, &assist.Fault{What: what, Where: where, Do: do, Err: assist.ErrInvalid})
}
