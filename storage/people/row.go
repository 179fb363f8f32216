package people

import (
	"fmt"
	"strings"
)

// fromRow reads the cells of a row by the layout.
func (r *reader) fromRow(d *draft, raw []string) {
	cells, ok := r.cells(d, raw)
	if !ok {
		return
	}
	first := func(columns []int) string {
		for _, i := range columns {
			if cells[i] != "" {
				return oneLine(cells[i])
			}
		}
		return ""
	}
	by, c := &r.by, &d.customer
	d.last, d.title = first(by.last), first(by.title)
	c.Name = first(by.name)
	if c.Name == "" {
		c.Name = join(" ", first(by.first), first(by.middle), d.last, first(by.suffix))
	}
	c.CallMe, c.Role, c.City, c.Language = first(by.callMe), first(by.role), first(by.city), first(by.language)
	c.Address = first(by.address)
	if street, state, post := first(by.street), first(by.state), first(by.postcode); c.Address == "" && (street != "" || state != "" || post != "") {
		c.Address = join(", ", street, c.City, state, post, first(by.country))
	}
	d.company.Name = first(by.company)
	if d.company.Name != "" {
		d.company.Web = first(by.web)
	} else if web := first(by.web); web != "" {
		d.about = append(d.about, "Web: "+web)
	}
	if id := first(by.id); id != "" {
		c.External = []string{r.maker + ":" + strings.TrimSuffix(id, ".0")}
	}
	if len(r.by.ownID) > 0 {
		r.ours(d, cells)
	}
	r.numbers(d, cells)
	r.remarks(d, cells)
}

// remarks reads dates, notes and what is kept as text.
func (r *reader) remarks(d *draft, cells []string) {
	for _, i := range r.by.since {
		if cells[i] != "" && d.customer.Since.IsZero() {
			r.since(d, i, r.columns[i].Name, cells[i])
		}
	}
	for _, i := range r.by.notes {
		if cells[i] != "" {
			d.notes = append(d.notes, cells[i])
		}
	}
	for _, i := range r.by.texts {
		if cells[i] != "" {
			d.about = append(d.about, r.columns[i].Name+": "+oneLine(cells[i]))
		}
	}
}

// numbers reads the phone and e-mail columns.
func (r *reader) numbers(d *draft, cells []string) {
	l := r.layout
	for _, i := range r.by.phone {
		label := l.labels[i]
		if l.groups[i] != "" {
			for _, j := range r.by.phoneLabel {
				if l.groups[j] == l.groups[i] && cells[j] != "" {
					label = strings.Trim(cells[j], "* ")
				}
			}
		}
		if len(r.by.ownID) > 0 {
			r.ourPhone(d, i, cells[i], label)
			continue
		}
		label = strings.ToLower(label)
		if strings.Contains(label, "fax") {
			if cells[i] != "" {
				d.about = append(d.about, "Fax: "+oneLine(cells[i]))
			}
			continue
		}
		r.phone(d, &d.customer.Phones, r.columns[i].Name, cells[i], label)
	}
	for _, i := range r.by.switchboard {
		r.phone(d, &d.company.Phones, r.columns[i].Name, cells[i], "switchboard")
	}
	for _, i := range r.by.email {
		r.emails(d, r.columns[i].Name, cells[i])
	}
}

// cells returns the cleaned cells of a row, one for each column; ok is false when
// the row does not fit the columns and was refused. They are good until the next
// row.
func (r *reader) cells(d *draft, raw []string) (cells []string, ok bool) {
	width := len(r.columns)
	for len(r.room) < max(width, len(raw)) {
		r.room = append(r.room, "")
	}
	cells = r.room[:max(width, len(raw))]
	clear(cells[len(raw):])
	extra := false
	for i, cell := range raw {
		text, fault := clean(cell)
		cells[i] = text
		if fault != "" && i < width {
			d.warn(r.columns[i].Name, fault+" is a spreadsheet's error, not a value; it is left out")
		}
		extra = extra || i >= width && text != ""
	}
	few := len(raw) < width
	if !few && !extra {
		return cells, true
	}
	reason := fmt.Sprintf("this row has %d cells and the table has %d columns", len(raw), width)
	if r.shifted(cells[:width]) {
		d.refuse(reason + "; its values stand in the wrong columns")
		return nil, false
	}
	if extra {
		reason += fmt.Sprintf("; left out: %q", short(join(" ", cells[width:]...)))
	}
	d.warn("", reason)
	return cells, true
}

// shifted reports whether values stand in columns where they cannot belong, the
// mark of a delimiter too many or too few.
func (r *reader) shifted(cells []string) bool {
	for _, i := range r.by.email {
		if cells[i] != "" && !strings.Contains(cells[i], "@") {
			return true
		}
	}
	for _, i := range r.by.phone {
		if cells[i] != "" && !strings.ContainsAny(cells[i], "0123456789") {
			return true
		}
	}
	for i, c := range r.columns {
		switch c.Meaning {
		case mName, mFirst, mLast, mCompany, mPhone, mCity, mSince:
			if _, isMail := address(cells[i]); isMail {
				return true
			}
		}
	}
	return false
}

func (d *draft) refuse(reason string) {
	d.refused = Result{Kind: KindRefused, Line: d.line, Reason: reason}
}

// join joins the texts that are not empty.
func join(sep string, parts ...string) string {
	kept := make([]string, 0, len(parts))
	for _, part := range parts {
		if part != "" {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, sep)
}
