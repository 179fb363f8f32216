package people

import (
	"bytes"
	"io"
	"regexp"
	"strconv"
	"strings"

	"ringside/assist/phone"
	"ringside/storage/csv"
)

// Column is one column of a table and what it is taken for.
type Column struct {
	Name    string
	Sample  []string // up to three cells that are not empty
	Meaning Meaning
	Sure    bool // recognised by its name, or set by a person
}

// layout is how a table is read: where its header is and which cells hold what.
type layout struct {
	header []string // the cells of the header; nil when the table has none
	line   int      // of the header; 0 when there is none
	title  int      // rows above this line are titles
	width  int
	orders map[int]order // how the dates of a column are read
	maker  string        // the program, for ids: "hubspot"; ours is "ringside"
	by     map[Meaning][]int
	groups []string // the running number in each column's name
	labels []string // the label of each column's phones
}

// headerRows is how far down a header is looked for.
const headerRows = 25

// maxColumns is more than any program exports.
const maxColumns = 1000

// findColumns finds the header and gives every column its meaning.
func (p *Plan) findColumns(text []byte) error {
	rows := sampleRows(text, p.format.Comma)
	if len(rows) == 0 {
		return p.fault("no row of this file can be read", "Export it again.")
	}
	at := headerOf(rows)
	unnamed := at < 0 && p.strangeHeader(rows)
	if unnamed {
		at = 0
	}
	p.layout = layout{}
	body := rows
	if at >= 0 {
		p.layout.header, p.layout.line = rows[at].Cells, rows[at].Line
		p.layout.title, p.layout.width = rows[at].Line, len(rows[at].Cells)
		body = rows[at+1:]
	}
	if at >= 0 && at == len(rows)-1 && len(text) < headSize/4 {
		return p.fault("there are column names but no customers in this file", "Export it again and see that rows are chosen.")
	}
	p.layout.maker = maker(p.layout.header)
	if at < 0 {
		p.layout.width = widest(body)
	}
	if p.layout.width > maxColumns {
		return p.fault("this table has too many columns", "Choose the file with the customers, or leave the columns out that are not about them.")
	}
	p.columns = make([]Column, p.layout.width)
	for i := range p.columns {
		p.columns[i] = p.column(i, body)
	}
	p.settle()
	if !p.layout.somebody() && len(p.opt.Meanings) == 0 && (at < 0 || unnamed) {
		return p.fault("no column of this file holds names, phone numbers or e-mail addresses", "Choose the file with the customers, or name its columns in the first row.")
	}
	return nil
}

// headerOf returns which row is the header, -1 when none looks like one.
func headerOf(rows []csv.Row) int {
	at, best := -1, 0
	for i, row := range rows[:min(len(rows), headerRows)] {
		if n := names0(row.Cells); n > best {
			at, best = i, n
		}
	}
	if at >= 0 && best == 1 && best*3 < filled(rows[at].Cells) && !namesSomebody(rows[at].Cells) {
		return -1
	}
	return at
}

func widest(rows []csv.Row) int {
	width := 0
	for _, row := range rows {
		width = max(width, len(row.Cells))
	}
	return width
}

// somebody reports whether a column tells who a row is.
func (l *layout) somebody() bool {
	for _, m := range []Meaning{mName, mFirst, mLast, mPhone, mEmail, mCompany} {
		if len(l.by[m]) > 0 {
			return true
		}
	}
	return false
}

// namesSomebody reports whether a header has a column that tells a person.
func namesSomebody(cells []string) bool {
	for _, cell := range cells {
		switch meaningOf(cell) {
		case mName, mFirst, mLast, mPhone, mEmail:
			return true
		}
	}
	return false
}

// strangeHeader reports whether the first row is a header with names that nobody
// knows: words only, above columns of numbers or addresses.
func (p *Plan) strangeHeader(rows []csv.Row) bool {
	if len(rows) < 2 || filled(rows[0].Cells) < len(rows[0].Cells) {
		return false
	}
	for _, cell := range rows[0].Cells {
		if strings.ContainsAny(cell, "@0123456789") {
			return false
		}
	}
	for i := range rows[0].Cells {
		var cells []string
		for _, row := range rows[1:] {
			if i < len(row.Cells) && row.Cells[i] != "" {
				cells = append(cells, row.Cells[i])
			}
		}
		if m := p.guess(cells); m == mPhone || m == mEmail {
			return true
		}
	}
	return false
}

func sampleRows(text []byte, comma byte) []csv.Row {
	r := csv.NewReader(bytes.NewReader(text), csv.Format{Encoding: csv.UTF8, Comma: comma})
	var rows []csv.Row
	for len(rows) < 1000 {
		row, err := r.Read()
		if err == io.EOF {
			break
		}
		if err == nil && row.Broken == "" && !row.Blank() {
			rows = append(rows, row)
		}
	}
	return rows
}

// names0 counts the cells that are names of columns; a row with a number or an
// address in it is no header.
func names0(cells []string) int {
	n := 0
	for _, cell := range cells {
		if _, isMail := address(cell); isMail || len(digitsOnly(cell)) > 4 {
			return 0
		}
		if known(cell) {
			n++
		}
	}
	return n
}

func filled(cells []string) int {
	n := 0
	for _, cell := range cells {
		if strings.TrimSpace(cell) != "" {
			n++
		}
	}
	return n
}

// column recognises column i, by its name or, in a table without names, by what
// is in it.
func (p *Plan) column(i int, body []csv.Row) Column {
	c := Column{Name: "column " + strconv.Itoa(i+1)}
	var cells []string
	for _, row := range body {
		if i >= len(row.Cells) {
			continue
		}
		if text, _ := clean(row.Cells[i]); text != "" {
			cells = append(cells, text)
		}
	}
	c.Sample = cells[:min(3, len(cells))]
	if p.layout.header != nil {
		if name := oneLine(strings.TrimSpace(visible(csv.Restore(p.layout.header[i])))); name != "" {
			c.Name = name
		}
		c.Meaning = meaningOf(c.Name)
		if m, ok := ofOurs[fold(c.Name)]; ok && p.layout.maker == ours {
			c.Meaning = m
		}
		if strings.HasPrefix(c.Name, "column ") {
			c.Meaning = Unknown
		}
		c.Sure = c.Meaning != Unknown
		if unnamed := names0(p.layout.header) == 0; unnamed {
			c.Meaning = p.guess(cells)
		}
	} else {
		c.Meaning = p.guess(cells)
	}
	if m, ok := p.opt.Meanings[c.Name]; ok {
		c.Meaning, c.Sure = m, true
	}
	return c
}

// guess says what the cells of a column without a name look like.
func (p *Plan) guess(cells []string) Meaning {
	mails, phones, dates, words := 0, 0, 0, 0
	for _, cell := range cells {
		_, isMail := address(cell)
		switch n := phone.Parse(cell, p.opt.Region); {
		case isMail:
			mails++
		case readDate(cell, dayFirst).problem == "":
			dates++
		case len(n.Digits) >= 7 && len(n.Digits)*2 >= len(cell):
			phones++
		case len(strings.Fields(cell)) >= 2 && len(strings.Fields(cell)) <= 4 && !strings.ContainsAny(cell, "0123456789"):
			words++
		}
	}
	switch most := len(cells)*2/3 + 1; {
	case len(cells) == 0:
		return Skip
	case mails >= most:
		return mEmail
	case phones >= most:
		return mPhone
	case dates >= most:
		return mSince
	case words >= most:
		return mName
	}
	return Unknown
}

// settle decides what depends on other columns, and lists the columns by meaning.
func (p *Plan) settle() {
	has := map[Meaning]int{}
	for _, c := range p.columns {
		has[c.Meaning]++
	}
	l := &p.layout
	l.by = map[Meaning][]int{}
	l.groups, l.labels = make([]string, len(p.columns)), make([]string, len(p.columns))
	guessedName := false
	for i := range p.columns {
		c := &p.columns[i]
		name := fold(c.Name)
		if _, set := p.opt.Meanings[c.Name]; !set {
			c.Meaning = beside(has, c.Meaning, name)
		}
		if c.Meaning == mName && !c.Sure && guessedName {
			c.Meaning = Unknown // of two columns with words only the first is taken for the name
		}
		guessedName = guessedName || c.Meaning == mName
		if l.header == nil && c.Meaning == Skip {
			c.Sure = true // empty
		}
		l.by[c.Meaning] = append(l.by[c.Meaning], i)
		l.groups[i], l.labels[i] = digits.FindString(c.Name), label(name)
	}
	sinceFirst(l, p.columns)
}

// beside returns what a column means beside the others: "Name" beside "Vorname" is
// the last name, "Title" beside "Job Title" is Mr or Mrs.
func beside(has map[Meaning]int, m Meaning, name string) Meaning {
	switch {
	case m == mName && has[mFirst] > 0 && has[mLast] == 0 && (name == "name" || name == "naam"):
		return mLast
	case m == mRole && name == "title" && has[mRole] > 1:
		return mTitle
	}
	return m
}

var digits = regexp.MustCompile(`\d+`)

// sinceFirst puts a column that says "customer since" before one that says when
// the entry was made.
func sinceFirst(l *layout, columns []Column) {
	list := l.by[mSince]
	for i, col := range list {
		if name := fold(columns[col].Name); strings.Contains(name, "since") || strings.Contains(name, "seit") || strings.Contains(name, "depuis") {
			list[0], list[i] = list[i], list[0]
			return
		}
	}
}

// label returns what kind of line a column's numbers are: mobile, home or work.
func label(name string) string {
	for _, kind := range []struct{ words, label string }{
		{"mobile cell cellphone handy handynummer mobil mobilnummer mobiltelefon portable movil celular cellulare mobiel gsm iphone", "mobile"},
		{"home privat private domicile casa", "home"},
		{"work business office bureau geschaftlich direct buro", "work"},
	} {
		for _, word := range strings.Fields(kind.words) {
			if strings.Contains(" "+name+" ", " "+word+" ") {
				return kind.label
			}
		}
	}
	return ""
}

// ours is the maker of the tables that this program exports.
const ours = "ringside"

// maker tells which program wrote a header, so that its ids are not taken for
// another's.
func maker(header []string) string {
	has := map[string]bool{}
	for _, cell := range header {
		has[strings.TrimSpace(cell)] = true
	}
	switch {
	case has["Ringside ID"]:
		return ours
	case has["Record ID"]:
		return "hubspot"
	case has["Record Id"]:
		return "zoho"
	case has["Contact ID"] || has["Account ID"]:
		return "salesforce"
	case has["Person - ID"] || has["Person - Name"]:
		return "pipedrive"
	}
	return "file"
}
