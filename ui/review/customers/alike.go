package customers

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"ringside/assist"
	"ringside/assist/twin"
	"ringside/ui/say"
	"ringside/ui/widgets"
)

// alike shows what a merge would make: who stays, whose value counts where the records
// differ, and what moves.
func (r *reading) alike() {
	r.keeper = min(r.keeper, len(r.people)-1)
	order := r.order()
	kept, fields := twin.Join(order[0].Customer, customersOf(order[1:]), r.choices)
	r.title.SetText("One person? " + called(kept))
	r.body.Add(text(reasons(r.entry.group)))
	r.buttons(
		r.act("Merge (M)", 'm', func() { r.page.merge(customersOf(r.order()), r.choices) }),
		r.act("Both are right (B)", 'b', func() { r.page.bothRight(r.entry.group.Customers) }),
		r.act("Keep another (K)", 'k', func() { r.keep((r.keeper + 1) % len(r.people)) }))
	r.whoStays()
	r.differs(order, fields)
	r.moves(order)
}

// order are the people with the keeper first.
func (r *reading) order() []Person {
	out := []Person{r.people[r.keeper]}
	for i, p := range r.people {
		if i != r.keeper {
			out = append(out, p)
		}
	}
	return out
}

func customersOf(people []Person) (out []assist.Customer) {
	for _, p := range people {
		out = append(out, p.Customer)
	}
	return out
}

func (r *reading) keep(i int) {
	r.keeper = i
	r.draw(nil)
}

func (r *reading) whoStays() {
	var rows []fyne.CanvasObject
	for i, p := range r.people {
		row := widgets.NewPickRow(widgets.Keys{}, func() { r.keep(i) })
		note := ""
		if i == r.keeper {
			note = "stays"
		}
		row.SetPick(called(p.Customer), joined(counted(p.Life), facts(p.Customer)), note, i == r.keeper)
		rows = append(rows, row)
	}
	r.section("WHO STAYS", rows...)
}

// differs shows a row for every value of a field in which the records differ. A number
// before the field is the key that takes its next value.
func (r *reading) differs(order []Person, fields []twin.Field) {
	key := '1'
	var rows []fyne.CanvasObject
	var alone []string
	for _, f := range fields {
		if f.Chosen < 0 {
			rows = append(rows, widgets.Column(2, muted(fieldWords(f.Name)+": all are kept"), text(strings.Join(f.Kept, ", "))))
			continue
		}
		values := r.values(order, f)
		if words := onlyOne(f); words != "" {
			alone = append(alone, fieldWords(f.Name)+": "+r.worded(order[f.Chosen], f.Name, words))
			continue
		}
		name := fieldWords(f.Name)
		if key <= '9' {
			name = fmt.Sprintf("%s (%c)", name, key)
			r.letters[key] = func() { r.choose(f.Name, values[(slices.IndexFunc(values, value.isChosen)+1)%len(values)].of) }
			key++
		}
		box := widgets.Column(4, muted(name))
		for _, v := range values {
			row := widgets.NewPickRow(widgets.Keys{}, func() { r.choose(f.Name, v.of) })
			row.SetPick(v.words, "", "", v.chosen)
			box.Add(row)
		}
		rows = append(rows, box)
	}
	if len(rows) > 0 {
		r.section("WHERE THEY DIFFER", rows...)
	}
	if len(alone) > 0 {
		r.section("WHAT ONLY ONE OF THEM SAYS, AND IS KEPT", text(strings.Join(alone, "\n")))
	}
}

// onlyOne returns what is kept of a field in which the others say nothing; empty when
// they do, or when "no" is an answer, too.
func onlyOne(f twin.Field) string {
	words := f.Values[f.Chosen]
	for _, v := range f.Values {
		if v != "" && v != words {
			return ""
		}
	}
	if words == "yes" {
		return ""
	}
	return words
}

// value is what one of the records says in a field.
type value struct {
	words  string
	of     assist.ID
	chosen bool
}

func (v value) isChosen() bool { return v.chosen }

// values are the different values of a field, each once.
func (r *reading) values(order []Person, f twin.Field) (out []value) {
	for i, words := range f.Values {
		v := value{words: r.worded(order[i], f.Name, words), of: order[i].ID, chosen: words == f.Values[f.Chosen]}
		if !slices.ContainsFunc(out, func(w value) bool { return w.words == v.words }) {
			out = append(out, v)
		}
	}
	return out
}

// worded is a value in words.
func (r *reading) worded(p Person, field, words string) string {
	switch {
	case words == "" && (field == "do_not_ask" || field == "no_consent" || field == "minor" || field == "unchecked"):
		return "no"
	case words == "":
		return "nothing"
	case field == "company":
		return orElse(p.Company.Name, "a company without a name")
	case field == "since" || field == "advocate":
		if d, err := assist.ParseDate(words); err == nil {
			return say.Date(d)
		}
	}
	return words
}

func (r *reading) choose(field string, of assist.ID) {
	r.choices[field] = of
	r.draw(nil)
}

// moves says what the one who stays gets.
func (r *reading) moves(order []Person) {
	var rows []fyne.CanvasObject
	for _, p := range order[1:] {
		what := counted(p.Life)
		if what == "" {
			what = "nothing but the record itself"
		}
		rows = append(rows, text(say.Sentence(fmt.Sprintf("From %s: %s", called(p.Customer), what))))
	}
	rows = append(rows, muted("Calls from any of their numbers find "+called(order[0].Customer)+" from then on. It can be taken back (U)."))
	r.section("WHAT MOVES", rows...)
}
