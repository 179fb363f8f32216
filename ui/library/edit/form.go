package edit

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"ringside/assist"
	"ringside/ui/panes"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// How much the longer boxes take: far more than is ever said, and few enough that every
// key is quick. What is longer is shown cut, and stays as it is.
const (
	mostSaid  = 8000
	mostLines = 12000
)

// form is where the answer stands to be changed.
type form struct {
	e *Editor

	title, say, asked, department, also, products *widgets.Entry
	language, every, web                          *widgets.Entry
	aloud, owner, deputy, rota                    *widgets.Action
	steps                                         *steps
	gain                                          *widgets.Text

	grow  []*growing
	last  *widgets.Entry // had the keyboard last
	base  assist.Answer  // as it was shown
	shown map[*widgets.Entry]string

	isInternal            bool
	ownerID, deputyID     assist.ID
	rotaIDs               []assist.ID
	measured              *panes.Measured
	scroll                *widgets.Tall
	blank, pickDepartment *widgets.Action
	pickAlso, pickProduct *widgets.Action
}

func newForm(e *Editor) *form {
	f := &form{e: e, shown: map[*widgets.Entry]string{}}
	f.title = f.box("What it is about", 1)
	f.say = f.box("What a rep says: Markdown, with blanks", 6)
	f.say.Most = mostSaid
	f.asked = f.box("How customers ask this, one per line", 4)
	f.asked.Most = mostLines
	f.department = f.box("Billing", 1)
	f.also = f.box("Delivery, Repairs", 1)
	f.products = f.box("Hedge 300, Saw 12", 1)
	f.language = f.box("en", 1)
	f.every = f.box("days, such as 90; empty: it does not go stale", 1)
	f.web = f.box("https://…", 1)
	f.gain = widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Amber})
	f.steps, f.last = newSteps(f), f.title
	f.build()
	return f
}

func (f *form) build() {
	press := func(words, key string, do func()) *widgets.Action {
		return widgets.NewAction(widgets.Quiet, words, key, f.e.keys(), do)
	}
	f.blank = press("Blank…", "Ctrl+B", f.offerBlanks)
	f.aloud = press("", "Ctrl+I", f.turnAloud)
	f.owner = press("", "", func() { f.chooseRep(f.owner, &f.ownerID, "Nobody") })
	f.deputy = press("", "", func() { f.chooseRep(f.deputy, &f.deputyID, "Nobody") })
	f.rota = press("", "", f.chooseRota)
	f.pickDepartment = press("…", "", func() {
		departments, _ := f.known()
		f.pick(f.pickDepartment, f.department, departments, false)
	})
	f.pickAlso = press("…", "", func() {
		departments, _ := f.known()
		f.pick(f.pickAlso, f.also, departments, true)
	})
	f.pickProduct = press("…", "", func() {
		_, products := f.known()
		f.pick(f.pickProduct, f.products, products, true)
	})
	all := widgets.Column(10,
		newField("Title", f.title),
		newField("Words to say", widgets.Column(8, f.say, widgets.Wrapped(8, f.blank, f.aloud))),
		newField("What to do", f.steps.object),
		newField("Customers ask", widgets.Column(6, f.asked, f.gain)),
		newField("Department", beside(f.department, f.pickDepartment)),
		newField("Also said by", beside(f.also, f.pickAlso)),
		newField("Products", beside(f.products, f.pickProduct)),
		newField("Answers for it", widgets.Wrapped(8, f.owner, f.deputy, f.rota)),
		newField("Verify every", f.every), newField("Web page", f.web), newField("Language", f.language))
	f.grow = []*growing{{box: f.say, least: 5, to: 12}, {box: f.asked, least: 3, to: 12}}
	f.measured = panes.Most(680, widgets.Pad(widgets.Sides(20, 12), all))
	f.scroll = widgets.NewTall(f.measured)
}

// fit gives every box as many rows as it needs.
func (f *form) fit() {
	changed := false
	for _, g := range f.grow {
		changed = g.fit() || changed
	}
	for _, one := range f.steps.list {
		changed = one.grow.fit() || changed
	}
	if changed {
		f.arrange()
	}
}

func beside(box, button fyne.CanvasObject) fyne.CanvasObject {
	return widgets.Row(6, box, box, button)
}

// box returns a box of the form.
func (f *form) box(hint string, rows int) *widgets.Entry {
	e := widgets.NewEntry(hint, rows, f.e.keys())
	e.OnTyped = func(string) {
		f.fit()
		f.e.changed()
	}
	e.OnEntered = func() {
		f.last = e
		f.steps.at = nil
		if f.scroll != nil {
			f.scroll.Reveal(e, 40, 40)
		}
	}
	return e
}

// show puts an answer into the boxes.
func (f *form) show(a assist.Answer) {
	f.base = a
	f.put(f.title, a.Title)
	f.put(f.say, a.Say)
	f.put(f.asked, strings.Join(a.Phrasings, "\n"))
	f.put(f.department, a.Department)
	f.put(f.also, strings.Join(a.Also, ", "))
	f.put(f.products, strings.Join(a.Products, ", "))
	f.put(f.language, a.Language)
	f.put(f.web, a.Web)
	f.put(f.every, "")
	if a.VerifyEvery > 0 {
		f.put(f.every, strconv.Itoa(a.VerifyEvery))
	}
	f.isInternal, f.ownerID, f.deputyID, f.rotaIDs = a.Internal, a.Owner, a.Deputy, slices.Clone(a.Rota)
	f.steps.show(a)
	f.name()
	f.fit()
}

// put shows a text in a box, or its beginning when the box takes no more.
func (f *form) put(e *widgets.Entry, text string) {
	if e.Most > 0 && utf8.RuneCountInString(text) > e.Most {
		text = string([]rune(text)[:e.Most-60]) + "… (too long to be changed here)"
		e.Disable()
	} else if e.Disabled() {
		e.Enable()
	}
	if e.Text != text {
		e.SetShown(text)
		e.ToTop()
	} else {
		e.SetText(text) // which forgets what could be taken back: it was of another answer
	}
	f.shown[e] = text
}

// answer returns the answer that was shown, with what was changed in the form since.
func (f *form) answer() assist.Answer {
	a := f.base
	set := func(e *widgets.Entry, read func(string)) {
		if e.Text != f.shown[e] {
			read(e.Text)
		}
	}
	set(f.title, func(s string) { a.Title = oneLine(s) })
	set(f.say, func(s string) { a.Say = strings.TrimRight(s, " \n") })
	set(f.asked, func(s string) { a.Phrasings = listed(s, "\n") })
	set(f.department, func(s string) { a.Department = oneLine(s) })
	set(f.also, func(s string) { a.Also = listed(s, ",;\n") })
	set(f.products, func(s string) { a.Products = listed(s, ",;\n") })
	set(f.language, func(s string) { a.Language = oneLine(s) })
	set(f.web, func(s string) { a.Web = strings.TrimSpace(s) })
	set(f.every, func(s string) { a.VerifyEvery = digits(s) })
	a.Internal, a.Owner, a.Deputy = f.isInternal, f.ownerID, f.deputyID
	if !slices.Equal(a.Rota, f.rotaIDs) {
		a.Rota = f.rotaIDs
	}
	steps, files := f.steps.answer()
	if !slices.Equal(a.Steps, steps) {
		a.Steps = steps
	}
	if !slices.Equal(a.Files, files) {
		a.Files = files
	}
	return a
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// digits reads the number that stands in s, whatever else does; 0 when there is none.
func digits(s string) int {
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil || n < 0 || n > 100000 {
		return 0
	}
	return n
}

// listed reads a list whose things are parted by any of these letters, each thing once.
func listed(s, parted string) []string {
	var out []string
	for _, x := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(parted, r) }) {
		if x = oneLine(x); x != "" && !slices.ContainsFunc(out, func(y string) bool { return strings.EqualFold(x, y) }) {
			out = append(out, x)
		}
	}
	return out
}

// trouble says what in the form cannot be kept as it stands; empty when all can.
func (f *form) trouble() string {
	s := strings.TrimSpace(f.every.Text)
	if n, err := strconv.Atoi(s); s != "" && (err != nil || n < 0 || n > 100000) {
		return "“" + s + "” is not a number of days. Write a whole number such as 90, or leave “Verify every” empty."
	}
	return ""
}

// lacking says what has to be written before the answer can be published, and where; nil
// when all of it is there.
func (f *form) lacking() (string, *widgets.Entry) {
	for _, need := range []struct {
		box  *widgets.Entry
		says string
	}{{f.title, "It needs a title."}, {f.say, "It needs words to say."}, {f.department, "It needs a department."}} {
		if strings.TrimSpace(need.box.Text) == "" {
			return need.says, need.box
		}
	}
	return "", nil
}

// enter gives the keyboard to a box, in sight.
func (f *form) enter(box *widgets.Entry) {
	if c := f.e.canvas(); c != nil && f.e.front == writing {
		c.Focus(box)
		f.scroll.Reveal(box, 8, 8)
	}
}

// name shows on the buttons what is chosen.
func (f *form) name() {
	f.aloud.SetLabel("May be said aloud")
	if f.isInternal {
		f.aloud.SetLabel("For us only")
	}
	f.aloud.SetOn(f.isInternal)
	f.owner.SetLabel("Owner: " + f.rep(f.ownerID))
	f.deputy.SetLabel("Deputy: " + f.rep(f.deputyID))
	turn := "In turn: nobody"
	if len(f.rotaIDs) > 0 {
		var names []string
		for _, id := range f.rotaIDs {
			names = append(names, f.e.name(id))
		}
		turn = "In turn: " + strings.Join(names, ", ")
	}
	f.rota.SetLabel(turn)
	f.arrange()
}

func (f *form) rep(id assist.ID) string {
	if id == "" {
		return "nobody"
	}
	return f.e.name(id)
}

func (f *form) turnAloud() {
	f.isInternal = !f.isInternal
	f.name()
	f.e.changed()
}

// known are the departments and the products that the library has.
func (f *form) known() (departments, products []string) {
	if f.e.opt.Known == nil {
		return nil, nil
	}
	return f.e.opt.Known()
}

func (f *form) arrange() {
	f.measured.Arrange()
	widgets.Arrange(f.scroll)
}
