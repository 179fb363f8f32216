package people

import (
	"strings"

	"ringside/storage/vcard"
)

// fromCard reads the properties of a vCard.
func (r *reader) fromCard(d *draft, card *vcard.Card) {
	if card.Broken != "" {
		d.warn("", card.Broken+"; what is there is taken")
	}
	labels := map[string]string{}
	for _, p := range card.Props {
		if p.Name == "X-ABLABEL" && p.Group != "" {
			labels[p.Group] = strings.ToLower(strings.Trim(p.Text(), "_$!<>"))
		}
	}
	for _, line := range card.Odd {
		d.warnings = append(d.warnings, Result{Kind: KindWarning, Line: line, Reason: "this line of the card cannot be read and is left out"})
	}
	full, structured := "", ""
	for _, p := range card.Props {
		switch p.Name {
		case "FN":
			full = one(full, p.Text())
		case "N":
			parts := append(texts(p.Parts()), "", "", "", "", "")
			d.last, d.title = parts[0], parts[3]
			structured = join(" ", parts[1], parts[2], parts[0], parts[4])
		case "TEL":
			r.tel(d, p, labels[p.Group])
		case "EMAIL":
			r.emails(d, "EMAIL", text(p.Text()))
		default:
			r.other(d, p)
		}
	}
	if d.customer.Name = full; full == "" {
		d.customer.Name = structured
	}
}

// one keeps the first text that is not empty, tidied.
func one(have, s string) string {
	if have != "" {
		return have
	}
	return oneLine(text(s))
}

func text(s string) string {
	s, _ = clean(s)
	return s
}

func texts(list []string) []string {
	for i := range list {
		list[i] = oneLine(text(list[i]))
	}
	return list
}

// other reads what is neither name nor number.
func (r *reader) other(d *draft, p vcard.Prop) {
	c := &d.customer
	switch p.Name {
	case "ORG":
		parts := texts(p.Parts())
		d.company.Name = one(d.company.Name, parts[0])
		if unit := join(", ", parts[1:]...); unit != "" {
			d.about = append(d.about, "Department: "+unit)
		}
	case "TITLE", "ROLE":
		c.Role = one(c.Role, p.Text())
	case "NICKNAME":
		c.CallMe = one(c.CallMe, p.Text())
	case "NOTE":
		if note := text(p.Text()); note != "" {
			d.notes = append(d.notes, note)
		}
	case "ADR":
		parts := append(texts(p.Parts()), "", "", "", "", "", "", "")
		c.City = one(c.City, parts[3])
		c.Address = one(c.Address, join(", ", parts[0], parts[1], parts[2], parts[3], parts[4], parts[5], parts[6]))
	case "LANG":
		c.Language = one(c.Language, p.Text())
	case "UID":
		if id := one("", p.Text()); id != "" && len(c.External) == 0 && len(id) < 200 {
			c.External = []string{"vcard:" + id}
		}
	case "BDAY":
		d.about = append(d.about, "Birthday: "+one("", p.Text()))
	case "URL":
		d.about = append(d.about, "Web: "+one("", p.Text()))
	}
}

// tel reads a number; a fax number is kept as text.
func (r *reader) tel(d *draft, p vcard.Prop, label string) {
	value := oneLine(text(p.Text()))
	if p.Has("FAX") || strings.Contains(label, "fax") {
		d.about = append(d.about, "Fax: "+value)
		return
	}
	if p.Has("PAGER") {
		d.about = append(d.about, "Pager: "+value)
		return
	}
	if label == "" {
		switch {
		case p.Has("CELL", "IPHONE"):
			label = "mobile"
		case p.Has("HOME"):
			label = "home"
		case p.Has("WORK"):
			label = "work"
		}
	}
	r.phone(d, &d.customer.Phones, "TEL", value, label)
}
