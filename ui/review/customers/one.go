package customers

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringside/assist"
	"ringside/assist/twin"
	"ringside/ui/say"
	"ringside/ui/widgets"
)

// one shows a customer whole.
func (r *reading) one() {
	p := r.people[0]
	r.title.SetText(called(p.Customer))
	r.buttons(r.acts(p)...)
	for _, box := range []fyne.CanvasObject{r.form.box, r.relate.box, r.erasing.box} {
		r.body.Add(box)
	}
	r.card(p)
	r.belongs(p)
	r.relations(p)
	r.merges(p)
	r.body.Add(r.life.show(p))
	r.changes(p)
}

func (r *reading) acts(p Person) (out []*widget.Button) {
	out = append(out, r.act("Change (C)", 'c', func() { r.form.begin(p) }), r.act("Add a relation (R)", 'r', func() { r.relate.begin(p) }))
	if r.page.opt.Export != nil {
		out = append(out, r.act("Export everything (E)", 'e', func() { r.page.export(p.Customer) }))
	}
	if r.page.opt.Erase != nil && r.page.data.MayErase {
		out = append(out, r.act("Erase for good… (X)", 'x', func() { r.erasing.begin(p.Customer) }))
	}
	return out
}

// card shows the fields that say something.
func (r *reading) card(p Person) {
	var rows []fyne.CanvasObject
	row := func(name, words string) {
		if words != "" {
			rows = append(rows, widgets.Pair(150, muted(name), text(words)))
		}
	}
	c := p.Customer
	row("To be called", c.CallMe)
	row("Kind", string(c.Kind))
	row("Company", joined(p.Company.Name, c.Role))
	for _, n := range c.Phones {
		row("Number", joined(n.Raw, n.Label))
	}
	row("E-mail", strings.Join(c.Emails, ", "))
	row("Lives", joined(c.Address, c.City))
	row("Customer since", say.Date(c.Since))
	row("Language", c.Language)
	for _, o := range c.Owns {
		row("Owns", joined(o.Name, o.Maker))
	}
	row("Likes", c.Likes)
	row("About", c.About)
	row("Take care", list(cares(c)))
	row("Other programs", strings.Join(c.External, ", "))
	r.body.Add(widgets.Column(6, rows...))
}

// cares are what a rep must heed.
func cares(c assist.Customer) (out []string) {
	for _, x := range []struct {
		on    bool
		words string
	}{{c.DoNotAsk, "does not want to be asked"}, {c.NoConsent, "did not agree that we keep what they tell"}, {c.Minor, "is not of age"},
		{c.Unchecked, "was made in a call and not filled in yet"}} {
		if x.on {
			out = append(out, x.words)
		}
	}
	return out
}

// belongs shows who else is of the company or household.
func (r *reading) belongs(p Person) {
	if len(p.Members) == 0 {
		return
	}
	const most = 8
	var rows []fyne.CanvasObject
	for _, c := range p.Members[:min(len(p.Members), most)] {
		rows = append(rows, r.link(c, c.Role))
	}
	if more := len(p.Members) - most; more > 0 {
		rows = append(rows, muted(fmt.Sprintf("and %d more", more)))
	}
	r.section("ALSO OF "+strings.ToUpper(p.Company.Name), rows...)
}

// relations shows whom the customer names, and who names them.
func (r *reading) relations(p Person) {
	var rows []fyne.CanvasObject
	for i, rel := range p.Relations {
		row := r.link(p.People[rel.To], rel.Who)
		gone := widget.NewButton("Remove", func() {
			after := p.Customer
			after.Relations = slices.Delete(slices.Clone(after.Relations), i, i+1)
			r.page.save(p.Customer, after, p.Company.Name, p.Company.Name, "Relation removed: "+rel.Who, nil)
		})
		rows = append(rows, widgets.Row(8, row, row, gone))
	}
	for _, c := range p.Related {
		for _, rel := range c.Relations {
			if rel.To == p.ID {
				rows = append(rows, r.link(c, "says: "+rel.Who))
			}
		}
	}
	if len(rows) > 0 {
		r.section("RELATIONS", rows...)
	}
}

func (r *reading) merges(p Person) {
	var rows []fyne.CanvasObject
	for _, m := range p.Merges {
		words := text(say.Sentence(fmt.Sprintf("%s were made one, %s", say.Count(len(m.Before), "record"), say.Day(m.At, r.page.opt.Now()))))
		rows = append(rows, widgets.Row(8, words, words, widget.NewButton("Take it back", func() { r.page.partNow(m) })))
	}
	if len(rows) > 0 {
		r.section("MERGED", rows...)
	}
}

// changes shows what became of the record: what changed, when, and by whom.
func (r *reading) changes(p Person) {
	const most = 30
	var rows []fyne.CanvasObject
	for i, v := range p.Versions[:min(len(p.Versions), most)] {
		by := orElse(r.page.data.Names[v.Rep], string(v.Rep))
		if by != "" {
			by = " by " + by
		}
		now := r.page.opt.Now()
		head := say.Capital(say.Day(v.At, now)) + ", " + say.Clock(v.At.In(now.Location())) + by
		words := "The record was made."
		if i+1 < len(p.Versions) {
			words = r.edits(p, twin.Diff(p.Versions[i+1].Customer, v.Customer))
		}
		rows = append(rows, widgets.Column(0, muted(head), text(words)))
	}
	if len(rows) > 0 {
		r.section("CHANGES OF THE RECORD", rows...)
	}
}

// edits says changes in words, a line each.
func (r *reading) edits(p Person, list []twin.Edit) string {
	var lines []string
	for _, e := range list {
		name, before, after := fieldWords(e.Field), r.worded(p, e.Field, e.Before), r.worded(p, e.Field, e.After)
		switch {
		case e.Field == "into" && e.After != "":
			lines = append(lines, "Merged into another record")
		case e.Field == "into":
			lines = append(lines, "Stands for themselves again")
		case e.Before == "":
			lines = append(lines, name+": "+after)
		case e.After == "":
			lines = append(lines, name+": “"+before+"” taken away")
		default:
			lines = append(lines, name+": “"+before+"” became “"+after+"”")
		}
	}
	return strings.Join(lines, "\n")
}
