package customers

import (
	"cmp"
	"fmt"
	"strings"

	"ringside/assist"
	"ringside/assist/twin"
	"ringside/ui/panes"
	"ringside/ui/say"
)

// kind is what a row of the list is.
type kind int

const (
	heading kind = iota
	alike
	house
	merged
	person
	company
)

// entry is one row of the list.
type entry struct {
	kind  kind
	key   string
	group twin.Group
	house twin.Household
	merge assist.Merge
	id    assist.ID // of a customer or company
	line  panes.Line
}

// entries lists what is found by the words in the box, or what there is to put in order.
func (p *Page) entries() (out []entry) {
	if !p.box.Empty() {
		for _, f := range p.found {
			e := entry{kind: person, id: f.Customer, key: "p" + string(f.ID), line: panes.Line{Title: orElse(f.Title, "No name yet"), Sub: joined(f.Text, f.Why)}}
			if f.Type == assist.TypeCompany {
				e.kind, e.id, e.line.Badge = company, f.ID, "company"
			}
			out = append(out, e)
		}
		return out
	}
	head := func(words string, n int) {
		if n > 0 {
			out = append(out, entry{line: panes.Line{Heading: true, Title: fmt.Sprintf("%s  %d", words, n)}})
		}
	}
	head("LOOK ALIKE", len(p.data.Found.Groups))
	for _, g := range p.data.Found.Groups {
		badge, tone := sure(g.Grade)
		out = append(out, entry{kind: alike, group: g, key: "g" + string(g.Customers[0]), line: panes.Line{
			Title: p.namesOf(g.Customers), Sub: say.Capital(strings.Join(g.Reasons, ", ")), Badge: badge, Tone: tone}})
	}
	head("HOUSEHOLDS", len(p.data.Found.Households))
	for _, h := range p.data.Found.Households {
		out = append(out, entry{kind: house, house: h, key: "h" + string(h.Members[0]), line: panes.Line{
			Title: h.Name, Sub: p.namesOf(h.Members), Badge: fmt.Sprintf("%d people", len(h.Members))}})
	}
	head("MERGED", len(p.data.Merges))
	for _, m := range p.data.Merges {
		out = append(out, entry{kind: merged, merge: m, key: "m" + string(m.ID), line: panes.Line{
			Title: called(m.After), Sub: fmt.Sprintf("%s are one, %s", say.Count(len(m.Before), "record"), say.Day(m.At, p.opt.Now()))}})
	}
	return out
}

// sure says a grade in a word.
func sure(grade float64) (string, panes.Tone) {
	switch {
	case grade >= .99:
		return "almost certain", panes.Eye
	case grade >= .9:
		return "likely", panes.Own
	}
	return "perhaps", panes.Quiet
}

func (p *Page) namesOf(ids []assist.ID) string {
	var out []string
	for _, id := range ids {
		out = append(out, called(p.data.People[id]))
	}
	return strings.Join(out, ", ")
}

// called is what a customer is called in a list.
func called(c assist.Customer) string {
	number := ""
	if len(c.Phones) > 0 {
		number = c.Phones[0].Raw
	} else if len(c.Emails) > 0 {
		number = c.Emails[0]
	}
	return cmp.Or(c.Name, c.CallMe, number, "No name yet")
}

// joined puts what is there behind one another.
func joined(parts ...string) string {
	var out []string
	for _, s := range parts {
		if s != "" {
			out = append(out, s)
		}
	}
	return strings.Join(out, " · ")
}
