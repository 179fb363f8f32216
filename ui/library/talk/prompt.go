package talk

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ringside/assist"
	"ringside/ui/async"
	"ringside/ui/panes"
	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// promptForm is where a question is written. What is typed is a draft of the page at once.
type promptForm struct {
	page *Page
	now  assist.Prompt
	fill bool // the boxes are being filled, and nobody types

	topic, ask, after, language *widgets.Entry
	about                       *widget.Select
	kinds                       []*widget.Check // of assist.Kinds
	fared, fault                *widgets.Text
	replies                     *fyne.Container
	keep, undo, off             *widget.Button
	measured                    *panes.Measured
	scroll                      *widgets.Tall
	object                      *fyne.Container
	cancel                      func()
}

func newPromptForm(p *Page) *promptForm {
	f := &promptForm{page: p, cancel: func() {}}
	f.topic, f.ask = f.box("saw, next year, neighbours", 1), f.box("One way to ask a line: never a script", 4)
	f.after, f.language = f.box("cheaper, switch, other shop", 1), f.box("en", 1)
	var names []string
	for _, i := range append(assist.Intelligences(), assist.FrontLine) {
		names = append(names, aboutWords(i))
	}
	f.about = widget.NewSelect(names, func(string) { f.typed("") })
	kinds := widgets.Wrapped(8)
	for _, k := range assist.Kinds() {
		c := widget.NewCheck(string(k), func(bool) { f.typed("") })
		f.kinds = append(f.kinds, c)
		kinds.Add(c)
	}
	f.fared = widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Muted})
	f.fault = widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Late})
	f.replies = widgets.Column(6)
	field := func(label, hint string, o fyne.CanvasObject) fyne.CanvasObject {
		col := widgets.Column(2, widgets.Say(widgets.Style{Size: theme.Small, Bold: true}, label), o)
		if hint != "" {
			col.Add(widgets.Say(widgets.Style{Size: theme.Small, Colour: theme.Muted}, hint))
		}
		return col
	}
	all := widgets.Column(12, f.fared,
		field("About", "", f.about),
		field("Topic", "One or two words. Once it is known of a customer, the question is not asked again.", f.topic),
		field("Ways to ask", "One a line. Each is offered in turn, for the rep to say in their own words.", f.ask),
		field("Comes first after", "Words of the customer that make it the next question.", f.after),
		field("Who is asked", "Nobody ticked: everybody.", kinds),
		field("Language", "Empty: English.", f.language), f.replies)
	f.measured = panes.Most(680, widgets.Pad(widgets.Sides(24, 16), all))
	f.scroll = widgets.NewTall(f.measured)
	f.keep = widget.NewButtonWithIcon("Save (Ctrl+S)", base.DocumentSaveIcon(), f.save)
	f.keep.Importance = widget.HighImportance
	f.undo = widget.NewButtonWithIcon("As it was", base.ContentUndoIcon(), f.takeBack)
	f.off = widget.NewButton("", f.turnOff)
	foot := widgets.On(widgets.NewGround(theme.Ground, "", 0), widgets.Sides(24, 10), widgets.Column(8, f.fault, widgets.Wrapped(8, f.keep, f.undo, f.off)))
	f.object = widgets.ColumnFilled(0, f.scroll, f.scroll, widgets.Line(), foot)
	f.object.Hide()
	return f
}

func (f *promptForm) box(hint string, rows int) *widgets.Entry {
	e := widgets.NewEntry(hint, rows, f.page.keys())
	e.OnTyped = f.typed
	return e
}

// show puts a question into the boxes; a box that shows it already keeps its cursor.
func (f *promptForm) show(q assist.Prompt) {
	if q.ID != f.now.ID {
		f.scroll.ScrollToTop()
		f.readReplies(q.ID)
		f.fault.SetText("")
	}
	f.now, f.fill = q, true
	f.topic.SetShown(q.Topic)
	if !slices.Equal(q.Ask, lines(f.ask.Text)) {
		f.ask.SetShown(strings.Join(q.Ask, "\n"))
	}
	if !slices.Equal(q.After, commas(f.after.Text)) {
		f.after.SetShown(strings.Join(q.After, ", "))
	}
	f.language.SetShown(q.Language)
	f.about.SetSelected(aboutWords(q.Intelligence))
	for i, k := range assist.Kinds() {
		f.kinds[i].SetChecked(slices.Contains(q.Kinds, k))
	}
	f.fill = false
	f.say()
}

// typed takes what stands in the boxes into the draft.
func (f *promptForm) typed(string) {
	if f.fill {
		return
	}
	q := f.now
	q.Topic, q.Language = strings.TrimSpace(f.topic.Text), strings.TrimSpace(f.language.Text)
	q.Ask, q.After = lines(f.ask.Text), commas(f.after.Text)
	for _, i := range append(assist.Intelligences(), assist.FrontLine) {
		if aboutWords(i) == f.about.Selected {
			q.Intelligence = i
		}
	}
	q.Kinds = nil
	for i, k := range assist.Kinds() {
		if f.kinds[i].Checked {
			q.Kinds = append(q.Kinds, k)
		}
	}
	f.change(q)
}

func (f *promptForm) change(q assist.Prompt) {
	f.now = q
	f.page.drafts[q.ID] = q
	if reflect.DeepEqual(q, f.page.kept(q.ID)) {
		delete(f.page.drafts, q.ID)
	}
	f.fault.SetText("")
	f.page.reline()
	f.say()
}

// kept returns a question as it is kept; the zero one when it is new.
func (p *Page) kept(id assist.ID) assist.Prompt {
	for _, q := range p.data.Prompts {
		if q.ID == id {
			return q
		}
	}
	return assist.Prompt{}
}

// reline shows anew what the rows say; one that has moved keeps the choice.
func (p *Page) reline() {
	key := p.key()
	p.shown = p.entries(p.box.Text)
	if i := slices.IndexFunc(p.shown, func(e entry) bool { return e.key == key }); p.rows.Count() == len(p.shown) && i == p.rows.Chosen() {
		p.rows.Refresh()
		return
	}
	p.list(key)
}

// say shows what can be done, and how the question fared.
func (f *promptForm) say() {
	_, typed := f.page.drafts[f.now.ID]
	enable(f.keep, typed && !f.page.saving)
	enable(f.undo, typed)
	f.off.SetText("Switch it off (O in the list)")
	if f.now.Off {
		f.off.SetText("Offer it again (O in the list)")
	}
	f.off.Hidden = f.page.kept(f.now.ID).ID == ""
	f.fared.SetText(faredLine(f.page.data.Fared[f.now.ID]))
	f.measured.Arrange()
	widgets.Arrange(f.object)
}

func enable(b fyne.Disableable, on bool) {
	if on {
		b.Enable()
	} else {
		b.Disable()
	}
}

func faredLine(f Fared) string {
	if f == (Fared{}) {
		return "Not offered in a call yet"
	}
	return fmt.Sprintf("In calls: asked %d, not now %d, never %d", f.Asked, f.NotNow, f.Never)
}

func (f *promptForm) save() {
	q := f.now
	if _, typed := f.page.drafts[q.ID]; !typed {
		return
	}
	if lack := lacking(q); lack != "" {
		f.fault.SetText(lack)
		f.say()
		return
	}
	before := f.page.kept(q.ID)
	f.page.keep(func(ctx context.Context) error { return f.page.opt.Source.SavePrompt(ctx, before, q) }, func(err error) {
		if err == nil && reflect.DeepEqual(f.page.drafts[q.ID], q) {
			delete(f.page.drafts, q.ID)
		}
		f.fault.SetText(say.Error(err))
		f.say()
	})
	f.say()
}

// lacking says what a question needs before it can be kept; empty when nothing.
func lacking(q assist.Prompt) string {
	switch {
	case q.Topic == "":
		return "It needs a topic: one or two words for what it asks about."
	case len(q.Ask) == 0:
		return "It needs at least one way to ask."
	}
	return ""
}

// takeBack forgets what was typed; a new question goes away.
func (f *promptForm) takeBack() {
	delete(f.page.drafts, f.now.ID)
	f.page.list(string(f.now.ID))
}

// turnOff switches the question off, or on again. It is kept at once, with nothing else.
func (f *promptForm) turnOff() {
	before := f.page.kept(f.now.ID)
	if before.ID == "" || f.page.saving {
		return
	}
	after := before
	after.Off = !after.Off
	f.page.keep(func(ctx context.Context) error { return f.page.opt.Source.SavePrompt(ctx, before, after) }, func(err error) {
		if d, typed := f.page.drafts[after.ID]; typed && err == nil {
			d.Off = after.Off
			f.page.drafts[after.ID] = d
		}
		f.fault.SetText(say.Error(err))
		f.say()
	})
}

// readReplies shows what customers said to the question.
func (f *promptForm) readReplies(id assist.ID) {
	f.cancel()
	f.replies.Objects = nil
	f.cancel = async.Load(f.page.opt.Post, func(ctx context.Context) ([]assist.Note, error) { return f.page.opt.Source.Replies(ctx, id) },
		func(list []assist.Note, err error) {
			if err != nil || len(list) == 0 {
				return // the question can be written without
			}
			f.replies.Add(widgets.Say(widgets.Style{Size: theme.Small, Colour: theme.Muted, Bold: true}, "WHAT CUSTOMERS SAID"))
			for _, n := range list {
				f.replies.Add(widgets.Say(widgets.Style{}, "“"+n.Text+"”, "+say.Day(n.At, f.page.opt.Now())))
			}
			f.measured.Arrange()
			widgets.Arrange(f.object)
		})
}

// lines reads one thing a line; nil when there is none.
func lines(s string) []string { return parts(s, "\n") }

// commas reads a list with commas.
func commas(s string) []string { return parts(s, ",") }

func parts(s, by string) (out []string) {
	for _, x := range strings.Split(s, by) {
		if x = strings.Join(strings.Fields(x), " "); x != "" {
			out = append(out, x)
		}
	}
	return out
}
