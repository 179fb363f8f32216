package people

import (
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"ringside/storage/csv"
	"ringside/storage/vcard"
)

// record is one row or one card, before it is understood.
type record struct {
	line    int
	cells   []string
	card    *vcard.Card
	refused string // why it cannot be a customer; "" when it may be
	zeros   bool
}

// source gives the records of a file in order. Blank rows are not among them.
type source struct {
	file   *os.File
	table  *csv.Reader
	cards  *vcard.Reader
	layout *layout
	under  int // the line of a header that is not ours; 0 when the rows are ours
}

func (p *Plan) source() (*source, error) {
	f, err := os.Open(p.path)
	if err != nil {
		return nil, p.fault("the file cannot be read any more", "See whether it was moved.")
	}
	s := &source{file: f, layout: &p.layout}
	if p.card {
		s.cards = vcard.NewReader(p.format.Decode(f))
	} else {
		s.table = csv.NewReader(f, p.format)
	}
	return s, nil
}

// offset returns how much of the text has been read.
func (s *source) offset() int64 {
	if s.cards != nil {
		return s.cards.Offset()
	}
	return s.table.Offset()
}

// next returns the next record, or io.EOF behind the last.
func (s *source) next() (record, error) {
	if s.cards != nil {
		return s.nextCard()
	}
	for {
		row, err := s.table.Read()
		if err != nil {
			return record{}, err
		}
		if row.Blank() || row.Line == s.layout.line {
			continue
		}
		r := record{line: row.Line, cells: row.Cells, zeros: row.Zeros, refused: row.Broken}
		if r.refused == "" {
			r.refused = s.notACustomer(row)
		}
		return r, nil
	}
}

func (s *source) nextCard() (record, error) {
	card, err := s.cards.Read()
	if err != nil {
		return record{}, err
	}
	r := record{line: card.Line, card: &card}
	if card.CutOff || card.Broken != "" && len(card.Props) == 0 {
		r.refused = card.Broken
	}
	for _, prop := range card.Props {
		if prop.Name == "KIND" && strings.EqualFold(prop.Text(), "group") {
			r.refused = "this card is a group, not a person"
		}
	}
	return r, nil
}

// notACustomer says why a row that can be read is no customer: titles, headers in
// the middle, totals. It sees the rows in order.
func (s *source) notACustomer(row csv.Row) string {
	switch {
	case row.Line < s.layout.title:
		return "this stands above the column names"
	case s.layout.header == nil:
	case sameCells(row.Cells, s.layout.header):
		s.under = 0
		return "the column names again"
	case looksLikeHeader(row.Cells):
		s.under = row.Line
		return "other column names; the rows below it do not fit the columns of this file. Import them as a file of their own"
	case s.under > 0:
		return "this stands under the other column names of line " + strconv.Itoa(s.under)
	}
	if footer(row.Cells, s.layout.width) {
		return "this is a total or a remark, not a customer"
	}
	return ""
}

func sameCells(a, b []string) bool {
	return slices.EqualFunc(trimRight(a), trimRight(b), func(x, y string) bool {
		return x == y || strings.EqualFold(strings.TrimSpace(x), strings.TrimSpace(y))
	})
}

func trimRight(cells []string) []string {
	for len(cells) > 0 && strings.TrimSpace(cells[len(cells)-1]) == "" {
		cells = cells[:len(cells)-1]
	}
	return cells
}

// looksLikeHeader reports whether nearly all cells are names of columns.
func looksLikeHeader(cells []string) bool {
	n := 0
	for _, cell := range cells {
		if len(cell) > 60 || strings.IndexByte(cell, '@') >= 0 || strings.IndexByte(cell, '+') >= 0 || digitCount(cell) > 4 {
			return false
		}
		if strings.TrimSpace(cell) != "" {
			n++
		}
	}
	return n >= 3 && known(firstFilled(cells)) && names0(cells)*10 >= n*8
}

func firstFilled(cells []string) string {
	for _, cell := range cells {
		if strings.TrimSpace(cell) != "" {
			return cell
		}
	}
	return ""
}

var (
	totalWords  = regexp.MustCompile(`(?i)^(grand |sub ?)?(total|totals|sum|summe|gesamt|gesamtsumme|gesamtanzahl|insgesamt|count|anzahl|records|rows|totaal|totale|suma|subtotal|zwischensumme)( (of )?(records|contacts|customers|rows|count|entries|kunden|datensätze))?\s*[:=]?\s*[\d.,']*( (records|contacts|customers|rows|entries))?$`)
	remarkWords = regexp.MustCompile(`(?i)^(generated (by|on)|exported (by|on|from)|export(ed)? date|report (name|generated|run)|printed (by|on)|copyright|confidential information|\(c\) |© |filtered by|as of |page \d+|end of (report|file|list)|erstellt (am|von)|exportiert|seite \d+|\d[\d.,]* (records?|rows?|contacts?|customers?|entries|kunden|datensätze)\b)`)
)

// footer reports whether a row is the total under a table, or a remark of the
// program that wrote it.
func footer(cells []string, width int) bool {
	n, first := 0, ""
	for _, cell := range cells {
		cell = strings.TrimSpace(cell)
		if cell == "" {
			continue
		}
		if n++; n > 4 {
			return false
		}
		if first == "" {
			first = cell
		} else if strings.Trim(cell, "0123456789.,' ") != "" {
			return false
		}
	}
	if n == 0 || width < 2 {
		return false
	}
	return len(first) < 300 && (totalWords.MatchString(first) || n == 1 && remarkWords.MatchString(first))
}
