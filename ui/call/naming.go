package call

import (
	"strings"

	"ringside/assist/live"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

const nameHint = "Name of the caller, then Enter"

// addMake adds what turns an unknown caller into somebody: the list of those who
// share the number, and a box for a new name.
func (w *person) addMake() {
	p := w.p
	col := widgets.Column(theme.Grid)
	for i := range mostChoices {
		r := widgets.NewPickRow(p.keys(), func() { p.choose(i) })
		w.choices = append(w.choices, r)
		col.Objects = append(col.Objects, r)
	}
	w.rest = widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Muted, Lines: 1})
	w.name = widgets.NewEntry(nameHint, 1, p.keys())
	w.name.OnSubmitted = func(string) { p.nameCaller() }
	w.add = widgets.NewAction(widgets.Quiet, "New customer", "Ctrl+N", p.keys(), p.newCustomer)
	w.make = widgets.Column(2*theme.Grid, col, w.rest, w.name, widgets.Wrapped(0, w.add))
	w.head.Objects = append(w.head.Objects, widgets.Pad(widgets.Edges{Top: 2 * theme.Grid}, w.make))
}

func (w *person) setMake(v live.View) {
	several := v.Who == live.Several
	w.make.Hidden = v.Call == "" || v.Who == live.Known && !w.nameless(v)
	w.add.Hidden = v.Who == live.Known
	hint := nameHint
	if v.Who == live.Withheld {
		hint = "Number or name of the caller, then Enter"
	}
	if w.name.PlaceHolder != hint {
		w.name.SetPlaceHolder(hint)
	}
	for i, r := range w.choices {
		if r.Hidden = !several || i >= len(v.Choices); r.Hidden {
			continue
		}
		c := v.Choices[i]
		tail := ""
		if c.Tail {
			tail = "only the last digits fit"
		}
		r.SetPick(c.Name, join("  ·  ", tail, c.Company, c.Last), string(rune('1'+i)), false)
	}
	w.rest.SetText("")
	if several {
		w.rest.SetText(more(len(v.Choices) - mostChoices))
	}
}

// nameless reports whether the caller is a customer who was made in a call, with
// no name but what the phone or the desk has given.
func (w *person) nameless(v live.View) bool {
	if v.Who != live.Known || v.Card == nil || !v.Card.Customer.Unchecked {
		return false
	}
	name := v.Card.Customer.Name
	return name == "" || name == strings.TrimSpace(v.Ring.Name) || w.naming == v.Call
}

// newCustomer makes a customer of a caller whom nobody knows, at once and with the
// name that there is, and puts the keyboard into the box for a better one.
func (p *Page) newCustomer() {
	switch p.view.Who {
	case live.Unknown, live.Withheld, live.Several:
		name := strings.TrimSpace(p.who.name.Text)
		if name == "" {
			name = " "
		}
		p.who.naming = p.view.Call
		p.desk.Use(live.Use{NewCustomer: name})
	case live.Known:
		if !p.who.nameless(p.view) {
			return
		}
	default:
		return
	}
	p.focus(p.who.name)
}

// nameCaller takes the name in the box, or the number where none came, and goes on with what the customer says.
func (p *Page) nameCaller() {
	name := strings.TrimSpace(p.who.name.Text)
	p.who.naming = ""
	switch {
	case p.view.Who == live.Withheld && digits(name) >= leastDigits:
		p.who.name.SetShown("")
		p.desk.Use(live.Use{Number: name})
	case name != "":
		p.desk.Use(live.Use{NewCustomer: name})
	case p.view.Who != live.Known:
		p.desk.Use(live.Use{NewCustomer: " "})
	}
	p.focus(p.hear.entry)
}
