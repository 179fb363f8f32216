package past

import (
	"bytes"
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
	"ringside/storage/csv"
	"ringside/storage/people"
)

// Options are what a file itself does not tell.
type Options struct {
	Region     string             // where a number without a country code belongs
	MonthFirst *bool              // whether 3/4 is March 4; nil: ask when the file does not tell
	Comma      *bool              // whether 1,234 is one and a bit; nil: ask when the file does not tell
	Currency   string             // of amounts that name none: "GBP"
	Zone       *time.Location     // of times that name none; nil: this machine's
	Columns    map[string]Meaning // what columns hold, by their names
	Now        func() time.Time   // nil: time.Now
}

// Problem is a row that is not taken, or something to know of one that is.
type Problem struct {
	Line    int    // in the file, the first being 1; 0: it is about the whole file
	Column  string // its name; empty when it is about the whole row
	Reason  string // in words
	Refused bool   // the row is not taken
}

// Question is what must be answered before the file can be kept.
type Question struct {
	Text, Do string
}

// File is a file that was looked through. It belongs to one goroutine.
type File struct {
	Name      string
	Kind      Kind
	Columns   []Column
	Problems  []Problem
	Questions []Question
	opt       Options
	entries   []*entry
	by        map[Meaning][]int
}

// Rows returns how many orders, notes or calls the file holds.
func (f *File) Rows() int { return len(f.entries) }

// Refused returns how many rows are not taken.
func (f *File) Refused() (n int) {
	for _, p := range f.Problems {
		if p.Refused {
			n++
		}
	}
	return n
}

// headSize is how much of a file is looked at to recognise it.
const headSize = 256 << 10

// Open looks a file through to its end. What is no table, or has no columns that could
// hold such records, gives an *assist.Fault that says what to do.
func Open(ctx context.Context, path string, kind Kind, opt Options) (*File, error) {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if opt.Zone == nil {
		opt.Zone = time.Local
	}
	f := &File{Name: filepath.Base(path), Kind: kind, opt: opt, by: map[Meaning][]int{}}
	file, err := os.Open(path)
	if err != nil {
		return nil, &assist.Fault{What: "the file cannot be read", Where: path, Do: "Check the name, and that you may open it.", Err: errors.Join(assist.ErrNotFound, err)}
	}
	defer file.Close()
	head := make([]byte, headSize)
	n, err := io.ReadFull(file, head)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return nil, f.fault("the file cannot be read", "Choose a file, and copy it to this machine if it is elsewhere.")
	}
	head = head[:n]
	format := csv.Detect(head, func(cell string) bool { return len(cell) < 100 && kind.meaningOf(cell) != Unknown })
	text, _ := io.ReadAll(format.Decode(bytes.NewReader(head)))
	if what, do := people.Foreign(head, text); what != "" {
		return nil, f.fault(what, strings.ReplaceAll(do, "the customers", "the "+string(kind)))
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return nil, fmt.Errorf("import %s: %w", kind, err)
	}
	rows, err := f.table(ctx, csv.NewReader(file, format))
	if err == nil {
		err = f.read(ctx, rows)
	}
	if err != nil {
		return nil, err
	}
	return f, nil
}

func (f *File) fault(what, do string) error {
	return &assist.Fault{What: what, Where: f.Name, Do: do, Err: assist.ErrInvalid}
}

// table reads all rows and finds the columns.
func (f *File) table(ctx context.Context, r *csv.Reader) (rows []csv.Row, err error) {
	for {
		row, err := r.Read()
		if err == io.EOF {
			break
		}
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, &assist.Fault{What: "the file could not be read to its end, and nothing was kept", Where: f.Name, Do: "Try again.", Err: err}
		}
		switch {
		case row.Blank():
		case row.Broken != "":
			f.refuse(row.Line, "", row.Broken)
		case f.Columns == nil && len(rows) < 20 && !f.isHeader(row.Cells):
			rows = append(rows, row)
		case f.Columns == nil:
			for _, above := range rows {
				f.refuse(above.Line, "", "this stands above the column names")
			}
			rows = nil
			f.columns(row.Cells)
		default:
			rows = append(rows, row)
		}
	}
	if f.Columns == nil {
		return nil, f.fault("no names of columns were recognised", "Put the names of the columns in the first line, or say what they hold: --column 'NAME=date'.")
	}
	return rows, f.complete(rows)
}

// isHeader reports whether two cells or more are names of columns.
func (f *File) isHeader(cells []string) bool {
	n := 0
	for _, cell := range cells {
		if _, told := f.told(cell); told || f.Kind.meaningOf(cell) != Unknown {
			n++
		}
	}
	return n >= 2
}

func (f *File) told(name string) (Meaning, bool) {
	for told, m := range f.opt.Columns {
		if strings.EqualFold(strings.TrimSpace(told), people.Plain(name)) {
			return m, true
		}
	}
	return "", false
}

// columns gives each column its meaning. What was told stands before what was found.
func (f *File) columns(header []string) {
	told := map[Meaning]bool{}
	for _, cell := range header {
		c := Column{Name: people.Plain(cell)}
		if c.Meaning, c.told = f.told(cell); !c.told {
			c.Meaning = f.Kind.meaningOf(cell)
		}
		told[c.Meaning] = told[c.Meaning] || c.told
		f.Columns = append(f.Columns, c)
	}
	for i := range f.Columns {
		c := &f.Columns[i]
		if !c.told && told[c.Meaning] && !slices.Contains(several, c.Meaning) {
			c.Meaning = Skip
		}
		f.by[c.Meaning] = append(f.by[c.Meaning], i)
	}
}

// complete takes samples, and asks for what must be known before rows can be read.
func (f *File) complete(rows []csv.Row) error {
	for _, row := range rows {
		for i, cell := range row.Cells {
			if i < len(f.Columns) && len(f.Columns[i].Sample) < 3 && people.Plain(cell) != "" {
				f.Columns[i].Sample = append(f.Columns[i].Sample, people.Plain(cell))
			}
		}
	}
	for name := range f.opt.Columns {
		if !slices.ContainsFunc(f.Columns, func(c Column) bool { return strings.EqualFold(c.Name, strings.TrimSpace(name)) }) {
			return f.fault("there is no column "+name, "The columns are: "+f.names(nil)+".")
		}
	}
	need := map[Kind][]Meaning{Orders: {mDate}, Notes: {mDate, mText}, Calls: {mDate}}[f.Kind]
	for _, m := range need {
		if len(f.by[m]) == 0 {
			return f.fault("no column was recognised as the "+string(m), "Say which it is: --column 'NAME="+string(m)+"'. The columns are: "+f.names(nil)+".")
		}
	}
	for _, m := range f.Kind.Meanings() {
		if at := f.by[m]; len(at) > 1 && !slices.Contains(several, m) {
			f.Questions = append(f.Questions, Question{"The columns " + f.names(at) + " could each be the " + string(m) + ".", "Say which it is: --column 'NAME=" + string(m) + "'."})
		}
	}
	for _, i := range f.by[Unknown] {
		if c := f.Columns[i]; len(c.Sample) > 0 {
			f.Problems = append(f.Problems, Problem{Column: c.Name, Reason: "it is not known what this column holds, and it is left out"})
		}
	}
	return nil
}

func (f *File) names(at []int) string {
	var out []string
	for i, c := range f.Columns {
		if at == nil || slices.Contains(at, i) {
			out = append(out, c.Name)
		}
	}
	return strings.Join(out, ", ")
}

func (f *File) refuse(line int, column, reason string) {
	f.Problems = append(f.Problems, Problem{line, column, reason, true})
}
