package setup

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringside/ui/say"
	"ringside/ui/widgets"
)

// Kind is what a file holds, in the plural of its word.
type Kind string

// The kinds of files.
const (
	Customers Kind = "customers"
	Orders    Kind = "orders"
	Notes     Kind = "notes"
	Calls     Kind = "calls"
)

func kinds() []Kind { return []Kind{Customers, Orders, Notes, Calls} }

// Past reports whether it is what customers did before: orders, notes or calls.
func (k Kind) Past() bool { return k == Orders || k == Notes || k == Calls }

// count is "1 customer", "1,234 customers".
func (k Kind) count(n int) string {
	if n == 1 {
		return "1 " + string(k[:len(k)-1])
	}
	return say.Thousands(n) + " " + string(k)
}

// kindBar is where the rep says what the file holds.
type kindBar struct {
	page    *Import
	buttons []*widget.Button
	object  *fyne.Container
}

func newKindBar(p *Import) *kindBar {
	b := &kindBar{page: p}
	row := widgets.Wrapped(8)
	for _, k := range kinds() {
		button := widget.NewButton(say.Capital(string(k)), func() { p.setKind(k) })
		b.buttons = append(b.buttons, button)
		row.Add(button)
	}
	b.object = widgets.Column(6, muted("What does the file hold?"), row)
	return b
}

func (b *kindBar) mark() {
	for i, k := range kinds() {
		b.buttons[i].Importance = widget.MediumImportance
		if k == b.page.kind {
			b.buttons[i].Importance = widget.HighImportance
		}
		b.buttons[i].Refresh()
	}
}

// setKind says what the file holds. A file that is open already is looked at anew.
func (p *Import) setKind(k Kind) {
	if p.state != choosing && p.state != asking || k == p.kind {
		return
	}
	p.kind = k
	p.trouble("")
	if p.state == asking {
		p.Open(p.path)
		return
	}
	p.show(choosing)
}

// begin says how to begin.
func (p *Import) begin() {
	v := &p.parts
	v.title.SetText("Bring your " + string(p.kind))
	v.about.SetText("")
	if p.kind.Past() {
		v.about.SetText("Bring the customers first: each row is given to the customer with its id, e-mail address, number or exact name.")
	}
}

// ended says what came in.
func (p *Import) ended() []string {
	o := p.outcome
	refused := say.Thousands(len(o.Refused)) + " rows or values not taken"
	if len(o.Refused) == 1 {
		refused = "1 row or value not taken"
	}
	merged := " added to customers who were here"
	if p.kind.Past() {
		merged = " now have their customer"
	}
	return []string{p.file(), say.Thousands(o.Merged) + merged, say.Thousands(o.Unchanged) + " unchanged", refused}
}

// rowsWord is what the file holds, with how much where that is known: some questions come
// before the rows can be read.
func (p *Import) rowsWord() string {
	if p.picture.Rows == 0 && p.questions() > 0 {
		return string(p.kind)
	}
	return p.kind.count(p.picture.Rows)
}

// ask is what is asked about a column, and the words and the meaning of the first reply.
func (p *Import) ask(c Column) (text, reply, meaning string) {
	if c.May != "" {
		return fmt.Sprintf("Is “%s” the %s? Another column could be it. It holds values like %s.", c.Name, c.May, samples(c)), "Yes, it is", c.May
	}
	return fmt.Sprintf("What is “%s”? It holds values like %s.", c.Name, samples(c)), "Keep as a note", p.picture.AsNote
}

// settle sets what a column holds; of several that could be the same the others are left
// out.
func (p *Import) settle(c Column, meaning string) {
	for i, other := range p.picture.Columns {
		if c.May != "" && other.May == c.May && other.Name != c.Name {
			p.chosen.Meanings[other.Name] = p.picture.KeepOut
			p.picture.Columns[i].Ask = false
		}
	}
	p.mean(c.Name, meaning)
}
