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
	l := r.layout
	first := func(m Meaning) string {
		for _, i := range l.by[m] {
			if cells[i] != "" {
				return oneLine(cells[i])
			}
		}
		return ""
	}
	c := &d.customer
	d.last, d.title = first(mLast), first(mTitle)
	c.Name = first(mName)
	if c.Name == "" {
		c.Name = join(" ", first(mFirst), first(mMiddle), d.last, first(mSuffix))
	}
	c.CallMe, c.Role, c.City, c.Language = first(mCallMe), first(mRole), first(mCity), first(mLanguage)
	c.Address = first(mAddress)
	if street, state, post := first(mStreet), first(mState), first(mPostcode); c.Address == "" && street+state+post != "" {
		c.Address = join(", ", street, c.City, state, post, first(mCountry))
	}
	d.company.Name = first(mCompany)
	if d.company.Name != "" {
		d.company.Web = first(mWeb)
	} else if web := first(mWeb); web != "" {
		d.about = append(d.about, "Web: "+web)
	}
	if id := first(mID); id != "" {
		c.External = []string{r.external(id)}
	}
	r.numbers(d, cells)
	r.remarks(d, cells)
}

// remarks reads dates, notes and what is kept as text.
func (r *reader) remarks(d *draft, cells []string) {
	l, c := r.layout, &d.customer
	for _, i := range l.by[mSince] {
		if cells[i] != "" && c.Since.IsZero() {
			r.since(d, i, r.columns[i].Name, cells[i])
		}
	}
	for _, i := range l.by[mNotes] {
		if cells[i] != "" {
			d.notes = append(d.notes, cells[i])
		}
	}
	for _, m := range []Meaning{mAbout, mFax} {
		for _, i := range l.by[m] {
			if cells[i] != "" {
				d.about = append(d.about, r.columns[i].Name+": "+oneLine(cells[i]))
			}
		}
	}
}

// external names an id so that the same id of another program is another one. A
// column of its own name, such as "Customer ID", is its own program.
func (r *reader) external(id string) string {
	maker := r.layout.maker
	if maker == "file" {
		maker = strings.ReplaceAll(fold(r.columns[r.layout.by[mID][0]].Name), " ", "-")
	}
	return maker + ":" + strings.TrimSuffix(id, ".0")
}

// numbers reads the phone and e-mail columns.
func (r *reader) numbers(d *draft, cells []string) {
	l := r.layout
	for _, i := range l.by[mPhone] {
		label := l.labels[i]
		if l.groups[i] != "" {
			for _, j := range l.by[mPhoneLabel] {
				if l.groups[j] == l.groups[i] && cells[j] != "" {
					label = strings.ToLower(strings.Trim(cells[j], "* "))
				}
			}
		}
		if strings.Contains(label, "fax") {
			if cells[i] != "" {
				d.about = append(d.about, "Fax: "+oneLine(cells[i]))
			}
			continue
		}
		r.phone(d, &d.customer.Phones, r.columns[i].Name, cells[i], label)
	}
	for _, i := range l.by[mSwitch] {
		r.phone(d, &d.company.Phones, r.columns[i].Name, cells[i], "switchboard")
	}
	for _, i := range l.by[mEmail] {
		r.emails(d, r.columns[i].Name, cells[i])
	}
}

// cells returns the cleaned cells of a row, one for each column; ok is false when
// the row does not fit the columns and was refused.
func (r *reader) cells(d *draft, raw []string) (cells []string, ok bool) {
	width := len(r.columns)
	cells = make([]string, max(width, len(raw)))
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
	for _, i := range r.layout.by[mEmail] {
		if cells[i] != "" && !strings.Contains(cells[i], "@") {
			return true
		}
	}
	for _, i := range r.layout.by[mPhone] {
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
