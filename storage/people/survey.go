package people

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"ringside/assist"
)

// survey is what one look through the whole file tells that no single row does.
type survey struct {
	customers int
	refused   []Result // the first few
	dupOf     map[int]same
	later     map[int][]later // rows to merge into the customer of a line
	nth       map[int]int     // how often name, company and numbers have come, from the second time on
	twin      map[int]int     // the line where they came first
	proofs    map[int]map[order]bool
	unclear   map[int]int // a line with a date that can be read two ways, by column
	hasValue  []bool      // columns with anything in them
}

// later is a row of a person who came before, and the keys in it that belong to a
// third row.
type later struct {
	record
	foreign []string
}

// same says why a row is the same person as an earlier one.
type same struct {
	line int
	by   string
}

// look makes the survey, and settles how the dates of each column are read.
func (p *Plan) look(ctx context.Context) error {
	s := &survey{dupOf: map[int]same{}, later: map[int][]later{}, nth: map[int]int{}, twin: map[int]int{},
		proofs: map[int]map[order]bool{}, unclear: map[int]int{}, hasValue: make([]bool, len(p.columns))}
	p.layout.orders = map[int]order{}
	first := newOwners()
	err := p.stream(ctx, p.glance, func(d *draft, _ int64) error {
		s.values(d.record)
		if d.refused.Reason != "" {
			if len(s.refused) < 10 {
				s.refused = append(s.refused, d.refused)
			}
			return nil
		}
		s.customers++
		s.dates(d)
		s.person(d, first)
		return nil
	})
	if err != nil {
		return err
	}
	p.survey = s
	p.settleDates()
	return nil
}

// glance is what a worker does to a batch in the survey: drafts without numbers,
// with the hashes by which they are told apart.
func (p *Plan) glance() func(context.Context, *batch) {
	rd := p.reader(nil)
	return func(ctx context.Context, b *batch) {
		for i, rec := range b.records {
			d := &b.drafts[i]
			rd.draft(d, rec)
			d.record = rec
			if d.refused.Reason == "" {
				rd.hash(d)
			}
		}
	}
}

func (s *survey) values(rec record) {
	for i := range min(len(rec.cells), len(s.hasValue)) {
		if !s.hasValue[i] {
			text, _ := clean(rec.cells[i])
			s.hasValue[i] = text != ""
		}
	}
}

func (s *survey) dates(d *draft) {
	for _, proof := range d.proves {
		if s.proofs[proof.col] == nil {
			s.proofs[proof.col] = map[order]bool{}
		}
		s.proofs[proof.col][proof.by] = true
	}
	for _, col := range d.unclear {
		if s.unclear[col] == 0 {
			s.unclear[col] = d.line
		}
	}
}

// person finds out whether the row is somebody who came before.
func (s *survey) person(d *draft, o *owners) {
	if d.customer.ID != "" {
		s.ours(d, o)
		return
	}
	if len(d.customer.External)+len(d.customer.Emails) == 0 {
		if first := o.claim(d.keys[0], d.line); first != d.line {
			s.nth[first]++
			s.nth[d.line] = s.nth[first]
			s.twin[d.line] = first
		}
		return
	}
	owner, by := d.line, 0
	for i, key := range d.keys {
		if at, ok := o.find(key); ok && at < owner {
			owner, by = at, i
		}
	}
	var foreign []string
	for i, key := range d.keys {
		if at := o.claim(key, owner); at != owner {
			foreign = append(foreign, keysOf(d.customer)[i])
		}
	}
	if owner != d.line {
		s.repeat(d, same{owner, keysOf(d.customer)[by]}, foreign)
	}
}

// ours is person for a row with an id of our own: that alone tells who it is, for two
// customers may share an address. Rows without such an id can still be this one.
func (s *survey) ours(d *draft, o *owners) {
	if first := o.claim(d.keys[0], d.line); first != d.line {
		s.repeat(d, same{first, string(d.customer.ID)}, nil)
		return
	}
	for _, key := range d.keys[1:] {
		o.claim(key, d.line)
	}
}

// repeat remembers a row of somebody who came before.
func (s *survey) repeat(d *draft, of same, foreign []string) {
	s.dupOf[d.line] = of
	d.record.cells = slices.Clone(d.record.cells)
	s.later[of.line] = append(s.later[of.line], later{d.record, foreign})
	s.customers--
}

// keysOf returns the texts of which one is enough to be the same person.
func keysOf(c assist.Customer) []string {
	keys := make([]string, 0, len(c.External)+len(c.Emails))
	keys = append(keys, c.External...)
	for _, mail := range c.Emails {
		keys = append(keys, "email:"+mail)
	}
	return keys
}

// identity is what tells a row without id and address from others.
func (d *draft) identity() string { return string(d.appendIdentity(nil)) }

func (d *draft) appendIdentity(to []byte) []byte {
	to = append(append(to, strings.ToLower(d.customer.Name)...), 0)
	to = append(append(to, strings.ToLower(d.company.Name)...), 0)
	for _, number := range d.numbers {
		for i := range len(number) {
			if c := number[i]; c >= '0' && c <= '9' {
				to = append(to, c)
			}
		}
		to = append(to, ' ')
	}
	return to
}

// settleDates decides for each column with dates how they are read.
func (p *Plan) settleDates() {
	for col := range p.survey.unclear {
		proofs := p.survey.proofs[col]
		switch {
		case proofs[dayFirst] && !proofs[monthFirst]:
			p.layout.orders[col] = dayFirst
		case proofs[monthFirst] && !proofs[dayFirst]:
			p.layout.orders[col] = monthFirst
		case p.opt.MonthFirst != nil && *p.opt.MonthFirst:
			p.layout.orders[col] = monthFirst
		case p.opt.MonthFirst != nil:
			p.layout.orders[col] = dayFirst
		}
	}
}

// Columns returns the columns of a table; a file of vCards has none.
func (p *Plan) Columns() []Column { return append([]Column{}, p.columns...) }

// SetMeaning says what column i holds, in the order of Columns. It takes effect
// with the next Each or Run.
func (p *Plan) SetMeaning(i int, m Meaning) {
	if i < 0 || i >= len(p.columns) {
		return
	}
	p.columns[i].Meaning, p.columns[i].Sure = m, true
	p.layout.by = map[Meaning][]int{}
	for i, c := range p.columns {
		p.layout.by[c.Meaning] = append(p.layout.by[c.Meaning], i)
	}
	p.stale = true
}

// SetMonthFirst says whether 3/4 is 4 March. It takes effect with the next Each or
// Run, for columns where no date tells.
func (p *Plan) SetMonthFirst(yes bool) {
	p.opt.MonthFirst = &yes
	p.stale = true
}

// Questions returns what must be asked; none when the file tells all.
func (p *Plan) Questions() []Question {
	var out []Question
	if !p.card && p.layout.header == nil {
		out = append(out, Question{Text: "The first row holds no column names. Is every column taken for what it is?"})
	}
	for i, c := range p.columns {
		switch {
		case c.Sure && c.Meaning != Unknown || i < len(p.survey.hasValue) && !p.survey.hasValue[i]:
		case c.Meaning == Unknown && c.Sure: // somebody has said so
		case c.Meaning == Unknown:
			out = append(out, Question{Column: c.Name, Text: fmt.Sprintf("What is in the column %q? Until you say, it is left out.", c.Name), Choices: choices()})
		case p.layout.header != nil:
			out = append(out, Question{Column: c.Name, Text: fmt.Sprintf("Is the column %q the %s?", c.Name, c.Meaning), Choices: choices()})
		}
	}
	for i, c := range p.columns {
		if line, ok := p.survey.unclear[i]; ok && p.layout.orders[i] == asked {
			out = append(out, Question{Column: c.Name, Text: fmt.Sprintf("In %q, as in line %d, which comes first, the day or the month?", c.Name, line), Choices: []string{"day", "month"}})
		}
	}
	return out
}

func choices() []string {
	var out []string
	for _, m := range Meanings() {
		out = append(out, string(m))
	}
	return out
}

// Outcome says whether the file can be imported, and why not, or what is asked
// first.
func (p *Plan) Outcome() (Outcome, string) {
	if p.survey.customers == 0 {
		reason := "no row of this file is a customer"
		if len(p.survey.refused) > 0 {
			reason += fmt.Sprintf("; line %d: %s", p.survey.refused[0].Line, p.survey.refused[0].Reason)
		}
		return Refuse, reason
	}
	if q := p.Questions(); len(q) > 0 {
		var texts []string
		for _, one := range q {
			texts = append(texts, one.Text)
		}
		return Ask, strings.Join(texts, " ")
	}
	return Accept, ""
}
