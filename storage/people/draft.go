package people

import (
	"fmt"
	"regexp"
	"strings"

	"ringside/assist"
	"ringside/assist/phone"
)

// draft is one record as it was understood, before it has an id.
type draft struct {
	record     record // set in the survey only
	line       int
	refused    Result // Reason "" when it is a customer
	customer   assist.Customer
	company    assist.Company
	own        bool // the record brought the customer's own id
	title      string
	last       string
	notes      []string
	about      []string
	warnings   []Result
	numbers    []string         // all cells with numbers, as written: they tell rows apart
	same       same             // the earlier row of the same person
	conflicts  []Result         // what later rows of the same person say otherwise
	stored     *assist.Customer // as the store has it; nil when it does not
	storedFirm *assist.Company
	proves     []proof  // what dates told of their columns
	unclear    []int    // columns with a date that could be read two ways
	keys       []uint64 // in the survey: the hashes of keysOf, or else of identity
}

// proof is what a date tells of all others in its column.
type proof struct {
	col int
	by  order
}

// clear makes the draft ready for another record. The memory of lists that nobody
// has been given is used again.
func (d *draft) clear() {
	*d = draft{numbers: d.numbers[:0], proves: d.proves[:0], unclear: d.unclear[:0], keys: d.keys[:0]}
}

func (d *draft) warn(column, reason string) {
	d.warnings = append(d.warnings, Result{Kind: KindWarning, Line: d.line, Column: column, Reason: reason})
}

// draft understands a record and puts what it says into d.
func (r *reader) draft(d *draft, rec record) {
	d.clear()
	d.line = rec.line
	if rec.refused != "" {
		d.refused = Result{Kind: KindRefused, Line: rec.line, Reason: rec.refused}
		return
	}
	if rec.zeros {
		d.warn("", "zero bytes in this row were dropped; see whether anything is missing")
	}
	if rec.card != nil {
		r.fromCard(d, rec.card)
	} else {
		r.fromRow(d, rec.cells)
	}
	r.finish(d)
}

// finish makes the name, joins the texts and refuses what is nobody.
func (r *reader) finish(d *draft) {
	c := &d.customer
	d.address()
	c.About = d.text()
	reachable := len(c.Phones) > 0 || len(c.Emails) > 0 || len(d.company.Phones) > 0
	if c.Name == "" && reachable && c.ID == "" {
		c.Name = d.company.Name
	}
	if nobody := !reachable && c.Name == ""; nobody && d.refused.Reason == "" {
		d.refuse("there is neither a name nor a phone number nor an e-mail address")
	}
	if mojibake(c.Name) || mojibake(d.company.Name) {
		d.warn("", "letters look as if the file was once saved in another encoding; they are kept as they are")
	}
	if d.company.Name != "" {
		d.company.ID = r.firm(d.company.Name)
		c.Company = d.company.ID
	} else if len(d.company.Phones) > 0 {
		c.Phones, d.company.Phones = append(c.Phones, d.company.Phones...), nil
	}
	if d.refused.Reason == "" {
		r.check(d)
	}
}

// address makes "Mrs Shaw" of the parts of a name.
func (d *draft) address() {
	if c := &d.customer; c.CallMe == "" && d.title != "" && d.last != "" {
		c.CallMe = d.title + " " + d.last
	}
}

// text joins what is kept as text about the customer.
func (d *draft) text() string {
	if len(d.notes)+len(d.about) == 0 {
		return ""
	}
	return strings.Join(append(append([]string{}, d.notes...), d.about...), "\n")
}

// check refuses what the store would not take.
func (r *reader) check(d *draft) {
	if d.sound() {
		return
	}
	c, firm := d.customer, d.company
	c.ID = "x"
	err := c.Validate()
	if c.Name == "" && len(c.Phones) == 0 && r.phones == nil {
		return // there may be a number that has not been read yet
	}
	if err == nil && firm.ID != "" {
		err = firm.Validate()
	}
	if fault, ok := err.(*assist.Fault); ok {
		d.refused = Result{Kind: KindRefused, Line: d.line, Reason: fault.What}
	}
}

// sound is quicker than Validate: a short record with a name has nothing that the
// store would not take. Numbers and addresses were looked at when they were read.
func (d *draft) sound() bool {
	c := &d.customer
	return c.Name != "" && len(c.Name)+len(c.CallMe)+len(c.About)+len(d.company.Name)+len(d.company.About) < 400
}

// phone adds the numbers in a text to a list.
func (r *reader) phone(d *draft, list *[]assist.Phone, column, cell, label string) {
	if cell == "" {
		return
	}
	d.numbers = append(d.numbers, cell)
	if r.phones == nil {
		if len(*list) == 0 && digitCount(cell) > 2 && !isRounded(cell) {
			*list = r.some[:1:1]
		}
		return
	}
	if oneNumber(cell) {
		r.onePhone(d, list, column, written{cell, label})
		return
	}
	for _, part := range strings.Split(cell, ":::") {
		for _, text := range phone.Split(part) {
			r.onePhone(d, list, column, written{text, label})
		}
	}
}

// written is a number as it stands, with its label.
type written struct{ raw, label string }

var (
	rounded = regexp.MustCompile(`^[+-]?\d+([.,]\d+)?[eE][+-]?\d+$`)
	float   = regexp.MustCompile(`^\d{5,}[.,]0+$`)
)

// oneNumber reports whether a cell has nothing in it that could part two numbers.
func oneNumber(cell string) bool {
	for i := range len(cell) {
		switch c := cell[i]; {
		case c >= '0' && c <= '9', c == '+', c == ' ', c == '-', c == '(', c == ')', c == '.':
		default:
			return false
		}
	}
	return cell[0] != ' ' && cell[len(cell)-1] != ' '
}

func isRounded(s string) bool {
	return strings.ContainsAny(s, "eE") && rounded.MatchString(s)
}

func (r *reader) onePhone(d *draft, list *[]assist.Phone, column string, p written) {
	text := p.raw
	if isRounded(text) {
		d.warn(column, fmt.Sprintf("a spreadsheet has rounded this number to %s: its digits are lost, so it is left out", text))
		return
	}
	if strings.ContainsAny(text, ".,") && float.MatchString(text) {
		text = text[:strings.IndexAny(text, ".,")]
	}
	n := r.phones.Parse(text)
	switch {
	case n.Withheld:
		return
	case len(n.Digits) < 3:
		d.warn(column, fmt.Sprintf("%q is not a phone number and is left out", short(text)))
		return
	case len(n.Digits) > 20 || len(text) > 200:
		d.warn(column, fmt.Sprintf("%q is too long for a phone number and is left out", short(text)))
		return
	case r.lostZero(text, n):
		d.warn(column, fmt.Sprintf("%s seems to have lost its first 0 in a spreadsheet; it is kept as written and will be recognised", text))
	}
	for _, have := range *list {
		if have.E164 == n.E164 && (n.E164 != "" || r.phones.Parse(have.Raw).Digits == n.Digits) {
			return
		}
	}
	*list = append(*list, assist.Phone{Raw: text, E164: n.E164, Label: p.label})
}

// lostZero reports whether a number looks as if a spreadsheet had taken its first 0.
func (r *reader) lostZero(text string, n phone.Number) bool {
	return r.trunk == "0" && text == onlyDigits(text) && text[0] != '0' && len(text) >= 9 &&
		len(n.Digits) > len(text) && strings.HasSuffix(n.Digits, text)
}

func onlyDigits(s string) string {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return ""
		}
	}
	return s
}

func short(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "..."
	}
	return s
}

// emails adds the addresses in a text.
func (r *reader) emails(d *draft, column, cell string) {
	if cell == "" {
		return
	}
	if mail, ok := address(cell); ok {
		if !has(d.customer.Emails, mail) {
			d.customer.Emails = append(d.customer.Emails, mail)
		}
		return
	}
	good, bad := addresses(cell)
	for _, mail := range good {
		if !has(d.customer.Emails, mail) {
			d.customer.Emails = append(d.customer.Emails, mail)
		}
	}
	for _, text := range bad {
		d.warn(column, fmt.Sprintf("%q is not an e-mail address and is left out", short(text)))
	}
}

// since takes a date; what cannot be known is left empty and said.
func (r *reader) since(d *draft, col int, column, cell string) {
	by := asked
	if r.layout != nil {
		by = r.layout.orders[col]
	}
	got := readDate(cell, by)
	if got.proves != asked {
		d.proves = append(d.proves, proof{col, got.proves})
	}
	if got.ambiguous {
		d.unclear = append(d.unclear, col)
	}
	if got.problem != "" {
		d.warn(column, fmt.Sprintf("%q %s; the date is left empty", short(cell), got.problem))
		return
	}
	if dayNumber(got.date) > r.now.number && got.date.Year > 0 && !(got.date.Month == 0 && got.date.Year == r.now.Year) {
		d.warn(column, got.date.String()+" is still to come; it is kept as written")
	}
	if d.customer.Since.IsZero() {
		d.customer.Since = got.date
	}
}

// today is a day and its dayNumber.
type today struct {
	assist.Date
	number int
}

// dayNumber orders dates by the first day that they can be.
func dayNumber(d assist.Date) int {
	return (d.Year*16+max(int(d.Month), 1))*32 + max(d.Day, 1)
}

func has(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

func digitCount(s string) int {
	n := 0
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			n++
		}
	}
	return n
}

func digitsOnly(s string) string {
	return strings.Map(func(c rune) rune {
		if c < '0' || c > '9' {
			return -1
		}
		return c
	}, s)
}
