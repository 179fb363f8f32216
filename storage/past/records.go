package past

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"ringside/assist"
)

// order reads an order, or a further line of one. It returns why it is not taken.
func (r *reader) order(e *entry, no string, when moment) string {
	total, line := r.cell(r.row, mValue), r.cell(r.row, mLine)
	products := slices.Compact(r.cells(r.row, mProduct))
	o := assist.Order{At: when.at, Number: no, Source: r.Name, Currency: strings.ToUpper(r.cell(r.row, mCurrency))}
	for _, p := range products {
		if p = strings.Join(strings.Fields(p), " "); !slices.Contains(o.Products, p) {
			o.Products = append(o.Products, p)
		}
	}
	if no == "" && total == "" && line == "" && len(products) == 0 {
		return "there is neither a number nor a product nor a value"
	}
	text := total
	if e.lines = total == "" && line != ""; e.lines {
		text = line
	}
	if problem := r.money(&o, text); problem != "" {
		return problem
	}
	o.ID = r.id(e, no, when, fmt.Sprint(o.Value), strings.Join(o.Products, "\x01"))
	e.record = o
	if first := r.seen[o.ID]; first != nil && no != "" {
		e.record = nil
		return first.further(o, text != "", e.lines)
	}
	return ""
}

// money gives an order its value and currency. It returns why it cannot.
func (r *reader) money(o *assist.Order, text string) (problem string) {
	if o.Currency != "" && !letters.MatchString(o.Currency) {
		return o.Currency + " is not the code of a currency"
	}
	if text == "" {
		return ""
	}
	s := readSum(text)
	if s.currency != "" && o.Currency != "" && s.currency != o.Currency {
		return text + " is in another currency than the row, " + o.Currency
	}
	o.Currency = cmp.Or(o.Currency, s.currency, r.opt.Currency)
	if o.Value, problem = s.smallest(r.comma, o.Currency); problem != "" {
		return text + " " + problem
	}
	return ""
}

// further adds a further line of an order to it.
func (e *entry) further(o assist.Order, valued, lines bool) string {
	have := e.record.(assist.Order)
	switch {
	case valued && (lines != e.lines || o.Currency != have.Currency), valued && !lines && o.Value != have.Value:
		return fmt.Sprintf("order %s has another value in line %d. Where a column holds the value of one line of an order, say so: --column 'NAME=%s'", o.Number, e.line, mLine)
	case valued && lines:
		have.Value += o.Value
	case !slices.ContainsFunc(o.Products, func(p string) bool { return !slices.Contains(have.Products, p) }):
		return fmt.Sprintf("this is the same as line %d", e.line)
	}
	for _, p := range o.Products {
		if !slices.Contains(have.Products, p) {
			have.Products = append(have.Products, p)
		}
	}
	if err := have.Validate(); err != nil {
		return err.Error()
	}
	e.record = have
	return ""
}

// note reads a note.
func (r *reader) note(e *entry, no string, when moment) string {
	n := assist.Note{At: when.at, Text: strings.Join(r.cells(r.row, mText), "\n"), Tags: r.tags()}
	if n.Text == "" {
		return "there is no text"
	}
	n.ID = r.id(e, no, when, n.Text)
	e.record = n
	return ""
}

func (r *reader) tags() (out []string) {
	for _, cell := range r.cells(r.row, mTags) {
		for _, tag := range strings.FieldsFunc(cell, func(c rune) bool { return c == ',' || c == ';' || c == '|' }) {
			if tag = strings.ToLower(strings.TrimSpace(tag)); tag != "" && !slices.Contains(out, tag) {
				out = append(out, tag)
			}
		}
	}
	return out
}

// call reads a call, and the note of it. A call that is over has nothing left to wrap up.
func (r *reader) call(e *entry, no string, when moment) string {
	way := strings.ToLower(r.cell(r.row, mWay))
	c := assist.Call{Started: when.at, Disposition: r.cell(r.row, mOutcome), WrappedUp: true}
	missed := strings.Contains(strings.ToLower(way+" "+c.Disposition), "miss") || strings.Contains(strings.ToLower(c.Disposition), "no answer")
	for _, word := range []string{"out", "ausgehend", "saliente", "sortant", "uscita", "placed", "dialled", "dialed"} {
		c.Outgoing = c.Outgoing || strings.Contains(way, word)
	}
	if len(e.who.numbers) > 0 && c.Outgoing {
		c.To = e.who.numbers[len(e.who.numbers)-1]
	} else if len(e.who.numbers) > 0 {
		c.From = e.who.numbers[0]
	}
	text := r.cell(r.row, mLength)
	if took, ok := readLength(text); ok {
		c.Ended = c.Started.Add(took)
		if took > 0 && !missed {
			c.Answered = c.Started
		}
	} else if text != "" {
		return text + " is not the length of a call"
	}
	c.ID = r.id(e, no, when, way, text)
	if words := strings.Join(r.cells(r.row, mText), "\n"); words != "" {
		e.note = &assist.Note{ID: assist.IDFrom("note of", string(c.ID)), Call: c.ID, At: c.Started, Text: words, Tags: r.tags()}
	}
	e.record = c
	return ""
}
