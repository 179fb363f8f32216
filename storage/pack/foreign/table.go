package foreign

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"ringside/storage/csv"
)

// dialect recognises how a table is written.
func dialect(data []byte) csv.Format {
	return csv.Detect(data[:min(len(data), 64<<10)], func(s string) bool { _, ok := named[folded(s)]; return ok })
}

// tableOf says which tool wrote a table, by its first row. A table without names of columns
// is TextExpander's when it begins with what can be typed to get the words.
func tableOf(rows *csv.Reader) Format {
	first, err := rows.Read()
	for err == nil && first.Blank() {
		first, err = rows.Read()
	}
	head := map[string]bool{}
	for _, c := range first.Cells {
		head[folded(c)] = true
	}
	switch {
	case head["commentvalue"] || head["commentvaluehtml"] || head["title"] && head["actions"]:
		return Zendesk
	case head["cardtitle"] || head["verificationstate"] || head["verifier"]:
		return Guru
	case head["abbreviation"]:
		return TextExpander
	}
	if isSnippet(first.Cells) {
		return TextExpander
	}
	return Table
}

// isSnippet reports whether a row begins with what can be typed to get its words.
func isSnippet(cells []string) bool {
	bare := len(cells) == 2 || len(cells) == 3
	for _, c := range cells {
		bare = bare && named[folded(c)].means == ""
	}
	return bare && cells[0] != "" && !strings.ContainsAny(strings.TrimSpace(cells[0]), " \n")
}

// isHead reports whether a row names columns: one for the words, and one to call them by.
func isHead(cells []string) bool {
	has := map[meaning]bool{}
	for _, c := range cells {
		if c, ok := named[folded(c)]; ok {
			has[c.means] = true
		}
	}
	return (has[say] || has[rich] || has[actions]) && (has[title] || has[short])
}

// table reads a table. The first row that is not blank names the columns.
func (r *reader) table(data []byte) (out []entry) {
	rows := csv.NewReader(bytes.NewReader(data), dialect(data))
	var head []string
	var columns []cell
	for {
		row, err := rows.Read()
		if err != nil {
			if !errors.Is(err, io.EOF) {
				r.wrong(0, "", "this file cannot be read: "+err.Error(), "")
			}
			return out
		}
		switch {
		case row.Broken != "":
			r.wrong(row.Line, "", row.Broken, "Mend the row, or save the table anew.")
			continue
		case row.Blank():
			continue
		case head == nil && r.from == TextExpander && !isHead(row.Cells):
			head = []string{"abbreviation", "content", "label"}
			columns = r.columns(row.Line, head)
		case head == nil:
			head = row.Cells
			if columns = r.columns(row.Line, head); columns == nil {
				return nil
			}
			continue
		}
		if more := row.Cells[min(len(head), len(row.Cells)):]; strings.TrimSpace(strings.Join(more, "")) != "" {
			r.wrong(row.Line, "", fmt.Sprintf("this row has %d cells, and there are %d columns", len(row.Cells), len(head)),
				"Put quotes around a text with the delimiter in it.")
			continue
		}
		e := entry{line: row.Line}
		for i, c := range columns {
			if c.means != "" && i < len(row.Cells) {
				c.text = row.Cells[i]
				e.cells = append(e.cells, c)
			}
		}
		out = append(out, e)
	}
}

// columns says what the columns are about, one cell a column; nil when they do not do.
func (r *reader) columns(line int, head []string) []cell {
	columns := make([]cell, len(head))
	for i, name := range head {
		columns[i], _ = r.meant(name)
		same := slices.IndexFunc(columns[:i], func(c cell) bool { return c.means == say && columns[i].means == say })
		if same >= 0 && r.from != Zendesk {
			r.wrong(line, columns[i].column, "this column and "+columns[same].column+" both have the words to say", "Leave one of them, or give it another name.")
			return nil
		}
	}
	if !isHead(head) {
		r.wrong(line, "", "the columns are not named, or none has a title or the words to say",
			"Name them in the first row: title and answer; department, phrasings, steps, products, web, owner, language, verified and internal may follow.")
		return nil
	}
	return columns
}
