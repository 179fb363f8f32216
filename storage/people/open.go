package people

import (
	"bytes"
	"context"
	"errors"
	"hash/maphash"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf8"

	"ringside/assist"
	"ringside/storage/csv"
)

// Options are what a file itself does not tell.
type Options struct {
	Region string // where a number without a country code belongs: "GB", which is also the default
	// MonthFirst answers whether 3/4 is 4 March. nil: ask when the file does not tell.
	MonthFirst *bool
	// Meanings answers columns by their name, before the file is looked through.
	Meanings map[string]Meaning
	Now      func() time.Time // nil: time.Now
}

// headSize is how much of a file is looked at to recognise it.
const headSize = 256 << 10

// Plan is a file that has been looked through and can be imported. It belongs to
// one goroutine.
type Plan struct {
	path    string
	size    int64
	opt     Options
	now     assist.Date
	card    bool // vCards, not a table
	format  csv.Format
	layout  layout
	survey  *survey
	columns []Column
	stale   bool // something was answered since the last look
	mails   maphash.Seed
	others  maphash.Seed
}

// Open recognises a file and looks through it once. What is no table and no vCard,
// or holds no customers, gives a *assist.Fault that says what to do.
func Open(path string, opt Options) (*Plan, error) {
	if opt.Region == "" {
		opt.Region = "GB"
	}
	if opt.Now == nil {
		opt.Now = time.Now
	}
	p := &Plan{path: path, opt: opt, now: assist.DateOf(opt.Now()), mails: maphash.MakeSeed(), others: maphash.MakeSeed()}
	head, err := p.head()
	if err != nil {
		return nil, err
	}
	p.format = csv.Detect(head, known)
	if what, do := foreign(head); what != "" {
		return nil, p.fault(what, do)
	}
	text, _ := io.ReadAll(p.format.Decode(bytes.NewReader(head)))
	if p.card = isCard(text); !p.card {
		if binary(text) {
			return nil, p.fault("this is not a text file", "Save the customers as CSV or vCard in the program that they come from.")
		}
		if err := p.findColumns(text); err != nil {
			return nil, err
		}
	}
	if err := p.look(context.Background()); err != nil {
		return nil, err
	}
	if p.survey.customers == 0 && len(p.survey.refused) == 0 {
		return nil, p.fault("there are no customers in this file", "Export it again and see that rows are chosen.")
	}
	return p, nil
}

func (p *Plan) fault(what, do string) error {
	return &assist.Fault{What: what, Where: filepath.Base(p.path), Do: do, Err: assist.ErrInvalid}
}

// head returns the start of the file.
func (p *Plan) head() ([]byte, error) {
	info, err := os.Stat(p.path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil, &assist.Fault{What: "there is no such file", Where: p.path, Do: "Check the name.", Err: assist.ErrNotFound}
	case err != nil:
		return nil, &assist.Fault{What: "the file cannot be read", Where: p.path, Do: "Check that you may open it.", Err: err}
	case info.IsDir():
		return nil, p.fault("this is a folder", "Choose the file in it.")
	}
	p.size = info.Size()
	f, err := os.Open(p.path)
	if err != nil {
		return nil, &assist.Fault{What: "the file cannot be read", Where: p.path, Do: "Check that you may open it.", Err: err}
	}
	defer f.Close()
	head := make([]byte, headSize)
	n, err := io.ReadFull(f, head)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return nil, &assist.Fault{What: "the file cannot be read", Where: p.path, Do: "Copy it to this machine and try again.", Err: err}
	}
	if head = head[:n]; len(bytes.Trim(head, "\x00 \t\r\n\ufeff")) == 0 {
		return nil, p.fault("the file is empty", "Export it again.")
	}
	return head, nil
}

// foreign recognises files of other kinds by their first bytes.
func foreign(head []byte) (what, do string) {
	const saveAs = "Open it in the program that made it and save it as CSV."
	for _, kind := range []struct{ magic, what, do string }{
		{"PK\x03\x04", "this is a workbook or a zip archive, not a table of text", "Open it in a spreadsheet and save it as CSV, or unpack it first."},
		{"PK\x05\x06", "this is an empty zip archive", "Unpack it and choose the CSV file in it."},
		{"\xd0\xcf\x11\xe0", "this is an old Excel or Outlook file, not a table of text", saveAs},
		{"%PDF", "this is a PDF", "Export the customers as CSV; a PDF is for reading only."},
		{"MZ", "this is a program, not a table", "Choose the file with the customers."},
		{"\x7fELF", "this is a program, not a table", "Choose the file with the customers."},
		{"\x89PNG", "this is a picture", "Choose the file with the customers."},
		{"\xff\xd8\xff", "this is a picture", "Choose the file with the customers."},
		{"GIF8", "this is a picture", "Choose the file with the customers."},
		{"RIFF", "this is a picture or a sound", "Choose the file with the customers."},
		{"\x1f\x8b", "this file is packed (gzip)", "Unpack it first."},
		{"7z\xbc\xaf", "this file is packed (7-Zip)", "Unpack it first."},
		{"Rar!", "this file is packed (RAR)", "Unpack it first."},
		{"BZh", "this file is packed (bzip2)", "Unpack it first."},
		{"SQLite format 3", "this is a database", "Export the customers from its program as CSV."},
		{"{\\rtf", "this is a text document", "Put the customers in a spreadsheet and save it as CSV."},
		{"!BDN", "this is an Outlook data file", "Export the contacts from Outlook as CSV."},
	} {
		if bytes.HasPrefix(head, []byte(kind.magic)) && (kind.magic != "MZ" || bytes.IndexByte(head, 0) >= 0) {
			return kind.what, kind.do
		}
	}
	start := strings.ToLower(string(bytes.TrimLeft(bytes.TrimPrefix(head[:min(len(head), 512)], []byte("\ufeff")), " \t\r\n")))
	for _, tag := range []string{"<!doctype html", "<html", "<table", "<head"} {
		if strings.HasPrefix(start, tag) {
			return "this is a web page", "Open it in a spreadsheet and save it as CSV."
		}
	}
	if strings.HasPrefix(start, "<?xml") {
		return "this is XML, not a table", saveAs
	}
	if strings.HasPrefix(start, "{\"") || strings.HasPrefix(start, "[{") || strings.HasPrefix(start, "{\n") || strings.HasPrefix(start, "[\n") {
		return "this is JSON, not a table", "Export the customers as CSV or vCard."
	}
	return "", ""
}

// binary reports whether the text has more control bytes than damage explains.
func binary(text []byte) bool {
	odd := 0
	for _, c := range text {
		if c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0 || c == 0x7f {
			odd++
		}
	}
	zeros := bytes.Count(text, []byte{0})
	return odd > 4+len(text)/100 || zeros > len(text)/4 || !utf8.Valid(text) && zeros > len(text)/20
}

func isCard(text []byte) bool {
	for line := range bytes.FieldsFuncSeq(text[:min(len(text), 8<<10)], func(c rune) bool { return c == '\r' || c == '\n' }) {
		line = bytes.TrimSpace(bytes.TrimPrefix(line, []byte("\ufeff")))
		if bytes.EqualFold(line, []byte("BEGIN:VCARD")) {
			return true
		}
	}
	return false
}
