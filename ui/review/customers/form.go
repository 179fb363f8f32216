package customers

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"ringside/assist"
	"ringside/assist/phone"
	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// form is where the fields of a customer are changed.
type form struct {
	page *Page
	of   Person

	lines  []line
	checks []check
	kind   *widget.Select
	fault  *widgets.Text
	foot   *fyne.Container // below the fault
	box    *fyne.Container
}

// line is a field that is typed.
type line struct {
	*widgets.Entry
	read  func(p Person) string
	write func(c *assist.Customer, typed, region string) error
}

// check is a field that is set or not.
type check struct {
	*widget.Check
	of func(c *assist.Customer) *bool
}

func newForm(p *Page) *form {
	f := &form{page: p, fault: widgets.NewText(widgets.Style{Colour: theme.Late})}
	col := widgets.Column(8, widgets.Say(widgets.Style{Bold: true}, "Change the record. Ctrl+Enter keeps it, Esc leaves it."))
	text := func(name, hint string, rows int, of func(c *assist.Customer) *string) {
		f.add(col, name, hint, rows, func(p Person) string { return *of(&p.Customer) }, func(c *assist.Customer, typed, _ string) error {
			*of(c) = typed
			return nil
		})
		f.lines[len(f.lines)-1].Keys.Cards = p.opt.Cards
	}
	text("Name", "Mary Shaw", 1, func(c *assist.Customer) *string { return &c.Name })
	text("To be called", "Mrs Shaw", 1, func(c *assist.Customer) *string { return &c.CallMe })
	f.kind = widget.NewSelect(kinds(), nil)
	col.Add(labelled("Kind", f.kind))
	f.add(col, "Company or household", "Shaw Gardens", 1, func(p Person) string { return p.Company.Name }, func(*assist.Customer, string, string) error { return nil })
	text("Place in the company", "owner", 1, func(c *assist.Customer) *string { return &c.Role })
	f.add(col, "Numbers, one a line", "07700 900123 mobile", 3, func(p Person) string { return phonesText(p.Phones) }, writePhones)
	f.add(col, "E-mail addresses, one a line", "mary@example.org", 2, func(p Person) string { return strings.Join(p.Emails, "\n") }, writeEmails)
	text("City", "Leeds", 1, func(c *assist.Customer) *string { return &c.City })
	text("Address", "3 Elm Row", 1, func(c *assist.Customer) *string { return &c.Address })
	f.add(col, "Customer since", "2011-03", 1, func(p Person) string { return p.Since.String() }, func(c *assist.Customer, typed, _ string) (err error) {
		c.Since, err = assist.ParseDate(typed)
		return err
	})
	text("Language", "en", 1, func(c *assist.Customer) *string { return &c.Language })
	text("Likes", "told early, by phone", 2, func(c *assist.Customer) *string { return &c.Likes })
	text("About", "", 3, func(c *assist.Customer) *string { return &c.About })
	f.check(col, "Does not want to be asked", func(c *assist.Customer) *bool { return &c.DoNotAsk })
	f.check(col, "No consent to keep what they tell", func(c *assist.Customer) *bool { return &c.NoConsent })
	f.check(col, "Not of age", func(c *assist.Customer) *bool { return &c.Minor })
	save := widget.NewButton("Keep (Ctrl+Enter)", f.save)
	save.Importance = widget.HighImportance
	col.Add(f.fault)
	f.foot = widgets.Wrapped(8, save, widget.NewButton("Leave (Esc)", f.hide))
	col.Add(f.foot)
	f.box = widgets.On(widgets.NewGround(theme.AccentPale, "", 8), widgets.Even(12), col)
	f.box.Hide()
	return f
}

func labelled(name string, o fyne.CanvasObject) fyne.CanvasObject {
	return widgets.Column(2, widgets.Say(widgets.Style{Size: theme.Small, Bold: true}, name), o)
}

func (f *form) add(col *fyne.Container, name, hint string, rows int, read func(Person) string, write func(*assist.Customer, string, string) error) {
	e := widgets.NewEntry(hint, rows, widgets.Keys{Key: f.key, Shortcut: f.shortcut})
	e.OnEntered = func() { f.page.reading.scroll.Reveal(e, 40, 40) }
	f.lines = append(f.lines, line{e, read, write})
	col.Add(labelled(name, e))
}

func (f *form) check(col *fyne.Container, name string, of func(*assist.Customer) *bool) {
	c := widget.NewCheck(name, nil)
	f.checks = append(f.checks, check{c, of})
	col.Add(c)
}

func kinds() (out []string) {
	for _, k := range assist.Kinds() {
		out = append(out, string(k))
	}
	return out
}

// companyLine is the place of the company among the lines.
const companyLine = 2

func (f *form) key(o fyne.CanvasObject, ev *fyne.KeyEvent) bool {
	switch {
	case ev.Name == fyne.KeyEscape:
		f.hide()
	case (ev.Name == fyne.KeyReturn || ev.Name == fyne.KeyEnter) && !f.many(o):
		f.save()
	default:
		return widgets.PassKey(o, ev)
	}
	return true
}

func (f *form) shortcut(s fyne.Shortcut) bool {
	c, ok := s.(*desktop.CustomShortcut)
	if ok = ok && c.KeyName == fyne.KeyReturn && c.Modifier == fyne.KeyModifierShortcutDefault; ok {
		f.save()
	}
	return ok
}

// many reports whether Enter begins a new line there.
func (f *form) many(o fyne.CanvasObject) bool {
	e, ok := o.(*widgets.Entry)
	return ok && e.MultiLine
}

// begin opens the form with the fields as they stand.
func (f *form) begin(p Person) {
	if f.box.Visible() && f.of.ID == p.ID {
		f.page.focus(f.lines[0].Entry)
		return
	}
	f.of = p
	for _, l := range f.lines {
		l.SetShown(l.read(p))
	}
	for _, c := range f.checks {
		c.SetChecked(*c.of(&p.Customer))
	}
	f.kind.SetSelected(orElse(string(p.Kind), string(assist.KindCustomer)))
	f.fault.SetText("")
	f.box.Show()
	f.page.reading.turn(f.lines[0].Entry)
}

func (f *form) close() { f.box.Hide() }

// hide closes the form and gives the keyboard to the list.
func (f *form) hide() {
	f.close()
	f.page.reading.arrange()
	f.page.toRows()
}

// typed is the customer as the form says, and what is wrong with that.
func (f *form) typed() (assist.Customer, error) {
	c := f.of.Customer
	for _, l := range f.lines {
		words := strings.TrimSpace(l.Text)
		if !l.MultiLine {
			words = strings.Join(strings.Fields(words), " ")
		}
		if err := l.write(&c, words, f.page.opt.Region()); err != nil {
			return c, err
		}
	}
	for _, x := range f.checks {
		*x.of(&c) = x.Checked
	}
	if k := assist.Kind(f.kind.Selected); k != assist.KindCustomer || c.Kind != "" {
		c.Kind = k
	}
	c.Unchecked = false
	return c, c.Validate()
}

func (f *form) save() {
	after, err := f.typed()
	if err != nil {
		f.refuse(err)
		return
	}
	firm := strings.TrimSpace(f.lines[companyLine].Text)
	f.page.save(f.of.Customer, after, firm, f.of.Company.Name, "Changed: "+called(after), func(err error) {
		if err != nil {
			f.refuse(err)
			return
		}
		f.hide()
	})
}

// refuse says, where it is seen, why the form cannot be kept.
func (f *form) refuse(err error) {
	f.fault.SetText(say.Error(err))
	f.page.reading.arrange()
	f.page.reading.scroll.Reveal(f.foot, 80, 20) // the fault itself, never drawn before, has no place yet
}

// phonesText writes numbers a line each, with what they are behind them.
func phonesText(list []assist.Phone) string {
	var out []string
	for _, p := range list {
		out = append(out, strings.TrimSpace(p.Raw+" "+p.Label))
	}
	return strings.Join(out, "\n")
}

// writePhones reads numbers. One that stands as before stays as it is.
func writePhones(c *assist.Customer, typed, region string) error {
	var out []assist.Phone
	for l := range strings.Lines(typed) {
		if l = strings.TrimSpace(l); l == "" {
			continue
		}
		if at := slices.IndexFunc(c.Phones, func(p assist.Phone) bool { return phonesText([]assist.Phone{p}) == l }); at >= 0 {
			out = append(out, c.Phones[at])
			continue
		}
		p := readPhone(l, region)
		if n := phone.Kept(p, region); len(n.Digits) < 3 {
			return &assist.Fault{What: "“" + l + "” is no telephone number", Do: "Write one number a line, with figures.", Err: assist.ErrInvalid}
		}
		out = append(out, p)
	}
	c.Phones = out
	return nil
}

// readPhone reads one number with a word behind it that says what it is.
func readPhone(words, region string) assist.Phone {
	p := assist.Phone{Raw: words}
	if at := strings.LastIndexByte(words, ' '); at > 0 {
		if label := words[at+1:]; !strings.ContainsAny(label, "0123456789") && strings.ContainsAny(words[:at], "0123456789") {
			p.Raw, p.Label = strings.TrimSpace(words[:at]), label
		}
	}
	p.E164 = phone.Parse(p.Raw, region).E164
	return p
}

func writeEmails(c *assist.Customer, typed, _ string) error {
	c.Emails = nil
	for l := range strings.Lines(typed) {
		l = strings.TrimSpace(l)
		box, host, ok := strings.Cut(l, "@")
		switch {
		case l == "":
			continue
		case !ok || box == "" || !strings.Contains(host, ".") || strings.ContainsAny(l, " ,;"):
			return &assist.Fault{What: "“" + l + "” is no e-mail address", Do: "Write one address a line.", Err: assist.ErrInvalid}
		}
		c.Emails = append(c.Emails, l)
	}
	return nil
}
