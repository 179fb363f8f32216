package people

import (
	"strings"

	"ringside/assist"
)

// ours reads what only the table has that this program exports. The id is the
// customer's own: with it the row is that customer and nobody else.
func (r *reader) ours(d *draft, cells []string) {
	c := &d.customer
	if cell, column := r.cell(r.by.ownID, cells); cell != "" {
		if id := assist.ID(cell); id.Valid() {
			c.ID, d.own = id, true
		} else {
			d.warn(column, "this is not an id of Ringside; the row is read without it")
		}
	}
	if cell, column := r.cell(r.by.kind, cells); cell != "" {
		if kind, ok := kindNamed(cell); ok {
			c.Kind = kind
		} else {
			d.warn(column, "a customer cannot be of the kind "+cell+"; it is left out")
		}
	}
	cell, _ := r.cell(r.by.owns, cells)
	c.Owns = readProducts(cell)
	c.Likes, _ = r.cell(r.by.likes, cells)
	cell, _ = r.cell(r.by.external, cells)
	for _, id := range parts(cell) {
		if !has(c.External, id) {
			c.External = append(c.External, id)
		}
	}
	c.DoNotAsk, c.Unchecked = r.yes(d, r.by.doNotAsk, cells), r.yes(d, r.by.unchecked, cells)
	r.oursOfTalk(d, cells)
}

// oursOfTalk reads what a table of ours tells of how a customer is talked with.
func (r *reader) oursOfTalk(d *draft, cells []string) {
	c := &d.customer
	c.NoConsent, c.Minor = r.yes(d, r.by.noConsent, cells), r.yes(d, r.by.minor, cells)
	cell, column := r.cell(r.by.deals, cells)
	for _, id := range parts(cell) {
		if deal := assist.ID(id); deal.Valid() {
			c.Deals = append(c.Deals, deal)
		} else {
			d.warn(column, "this is not an id of Ringside; it is left out")
		}
	}
	cell, column = r.cell(r.by.advocate, cells)
	var err error
	if c.Advocate, err = assist.ParseDate(cell); err != nil {
		d.warn(column, "this is not a day; it is left out")
	}
}

// cell returns what the first column of a meaning holds, and the name of the column.
func (r *reader) cell(columns []int, cells []string) (text, column string) {
	if len(columns) == 0 {
		return "", ""
	}
	return cells[columns[0]], r.columns[columns[0]].Name
}

func (r *reader) yes(d *draft, columns []int, cells []string) bool {
	cell, column := r.cell(columns, cells)
	switch strings.ToLower(cell) {
	case "yes", "y", "true", "1", "x", "ja", "oui":
		return true
	case "", "no", "false", "0":
		return false
	}
	d.warn(column, "this is neither yes nor no; it is left out")
	return false
}

// ourPhone reads one number, for our own tables have one in each column.
func (r *reader) ourPhone(d *draft, col int, cell, label string) {
	if cell == "" {
		return
	}
	d.numbers = append(d.numbers, cell)
	if r.phones == nil {
		d.customer.Phones = r.some[:1:1]
		return
	}
	r.onePhone(d, &d.customer.Phones, r.columns[col].Name, written{cell, label})
}

func kindNamed(name string) (assist.Kind, bool) {
	for _, k := range assist.Kinds() {
		if strings.EqualFold(string(k), name) {
			return k, true
		}
	}
	return "", false
}

// Products writes what a customer owns in one cell of a table: "Hedge 300 since
// 2024-04; Cub 50 (Brackmoor)". An import reads all of it back.
func Products(owned []assist.Product) string {
	var out []string
	for _, p := range owned {
		text := p.Name
		if !p.Ours() || strings.HasSuffix(text, ")") { // a bracket in the name is no maker
			text += " (" + p.Maker + ")"
		}
		if !p.Since.IsZero() {
			text += sinceWord + p.Since.String()
		}
		out = append(out, text)
	}
	return List(out)
}

// List writes several texts in one cell of a table, with semicolons between them. An
// import reads them back, also when there are semicolons in them.
func List(texts []string) string {
	mark := strings.NewReplacer(`\`, `\\`, ";", `\;`)
	var out strings.Builder
	for i, text := range texts {
		if i > 0 {
			out.WriteString("; ")
		}
		mark.WriteString(&out, text)
	}
	return out.String()
}

const sinceWord = " since "

// readProducts reads what Products has written.
func readProducts(cell string) (out []assist.Product) {
	for _, text := range parts(cell) {
		if p := readProduct(text); p.Name != "" {
			out = append(out, p)
		}
	}
	return out
}

// parts reads what List has written.
func parts(cell string) (out []string) {
	var text strings.Builder
	take := func() {
		if part := oneLine(strings.TrimSpace(text.String())); part != "" {
			out = append(out, part)
		}
		text.Reset()
	}
	for i := 0; i < len(cell); i++ {
		switch c := cell[i]; {
		case c == '\\' && i+1 < len(cell) && (cell[i+1] == ';' || cell[i+1] == '\\'):
			i++
			text.WriteByte(cell[i])
		case c == ';':
			take()
		default:
			text.WriteByte(c)
		}
	}
	take()
	return out
}

func readProduct(text string) (p assist.Product) {
	if at := strings.LastIndex(text, sinceWord); at > 0 {
		if day, err := assist.ParseDate(text[at+len(sinceWord):]); err == nil {
			text, p.Since = text[:at], day
		}
	}
	p.Name = text
	if at := lastBracket(text); at > 0 && text[at-1] == ' ' {
		p.Name, p.Maker = strings.TrimSpace(text[:at]), strings.TrimSpace(text[at+1:len(text)-1])
	}
	return p
}

// lastBracket returns where the bracket opens that the text ends with; -1 when it
// ends with none.
func lastBracket(text string) int {
	if !strings.HasSuffix(text, ")") {
		return -1
	}
	depth := 0
	for i := len(text) - 1; i >= 0; i-- {
		switch text[i] {
		case ')':
			depth++
		case '(':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}
