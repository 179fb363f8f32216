package questions

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringside/assist"
	"ringside/ui/async"
	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// form is where a new question is typed, and where the answer of any is found by words.
type form struct {
	page *Page
	of   assist.Question // whose answer is chosen; the zero one: a new question

	title, says, fault *widgets.Text
	asked              *fyne.Container // the box of the words
	words, find        *widgets.Entry
	rows               [6]*widgets.PickRow
	hits               []Hit
	now                int
	move               *widget.Button
	offer              func() // moves the words from another answer; nil: they are nowhere else
	box                *fyne.Container
	cancel             func()
}

func newForm(p *Page) *form {
	f := &form{page: p, cancel: func() {}, title: widgets.NewText(widgets.Style{Bold: true}),
		says: widgets.NewText(widgets.Style{Colour: theme.Muted}), fault: widgets.NewText(widgets.Style{Colour: theme.Late})}
	f.words = widgets.NewEntry("The customer’s words, without names", 1, widgets.Keys{Key: f.key})
	f.words.OnTyped = func(string) { f.look() }
	f.find = widgets.NewEntry("Words of the answer", 1, widgets.Keys{Key: f.key})
	f.find.OnTyped = func(string) { f.look() }
	f.move = widget.NewButton("", func() { f.take(f.now) })
	f.move.Importance = widget.HighImportance
	small := widgets.Style{Size: theme.Small, Bold: true}
	f.asked = widgets.Column(2, widgets.Say(small, "What was asked"), f.words)
	col := widgets.Column(8, f.title, f.asked, widgets.Column(2, widgets.Say(small, "The answer that it must find"), f.find), f.fault, widgets.Row(0, nil, f.move), f.says)
	for i := range f.rows {
		f.rows[i] = widgets.NewPickRow(widgets.Keys{Key: f.key}, func() { f.pick(i) })
		col.Add(f.rows[i])
	}
	f.box = widgets.On(widgets.NewGround(theme.AccentPale, "", 8), widgets.Even(12), col)
	f.box.Hide()
	f.move.Hide()
	return f
}

func (f *form) key(o fyne.CanvasObject, ev *fyne.KeyEvent) bool {
	switch ev.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		f.take(f.now)
	case fyne.KeyEscape:
		f.hide()
	case fyne.KeyDown:
		f.mark(f.now + 1)
	case fyne.KeyUp:
		f.mark(f.now - 1)
	default:
		return widgets.PassKey(o, ev)
	}
	return true
}

// begin opens the form for a new question. Words that were typed and not kept are still
// there.
func (f *form) begin() {
	f.title.SetText("A new question. Enter saves it for the marked answer, Esc leaves it.")
	f.open(assist.Question{}, f.words)
}

// choose opens the form for another answer of a question.
func (f *form) choose(q assist.Question) {
	f.title.SetText("Which answer must it find? Enter takes the marked one, Esc leaves it.")
	f.open(q, f.find)
}

func (f *form) open(q assist.Question, at *widgets.Entry) {
	f.of = q
	f.find.SetShown("")
	f.asked.Hidden = q.ID != ""
	f.box.Show()
	f.look()
	f.page.split.Read(true)
	f.page.reading.scroll.ScrollToTop()
	f.page.focus(at)
}

// left closes the form when another question has come to the front.
func (f *form) left(id assist.ID) {
	if f.box.Visible() && f.of.ID != id {
		f.close()
	}
}

// hide closes the form and gives the keyboard to the list.
func (f *form) hide() {
	f.close()
	if f.page.chosen().key() == "" {
		f.page.split.Read(false)
	}
	f.page.toRows()
}

func (f *form) close() {
	f.cancel()
	f.box.Hide()
	f.page.reading.arrange()
}

// look finds answers by their own words, else by those of the question.
func (f *form) look() {
	f.cancel()
	f.refuse("")
	words := cmp.Or(oneLine(f.find.Text), oneLine(f.question().Text))
	if words == "" {
		f.show(nil, "")
		return
	}
	f.cancel = async.Load(f.page.opt.Post, func(ctx context.Context) ([]Hit, error) { return f.page.opt.Source.Find(ctx, words) },
		func(hits []Hit, err error) {
			says := say.Error(err)
			if says == "" && len(hits) == 0 {
				says = "No answer fits these words. Try words of its title."
			}
			f.show(hits, says)
		})
}

func (f *form) show(hits []Hit, says string) {
	f.hits = hits[:min(len(hits), len(f.rows))]
	f.says.SetText(says)
	f.mark(0)
}

// mark puts the mark on a row.
func (f *form) mark(i int) {
	if f.offer != nil {
		f.refuse("")
	}
	f.now = max(min(i, len(f.hits)-1), 0)
	for i, r := range f.rows {
		if r.Hidden = i >= len(f.hits); r.Hidden {
			continue
		}
		key := ""
		if i == f.now {
			key = "Enter"
		}
		r.SetPick(f.hits[i].Title, f.hits[i].Why, key, i == f.now)
	}
	f.page.reading.arrange()
}

// pick marks a row and takes it.
func (f *form) pick(i int) {
	f.mark(i)
	f.take(i)
}

// question is the question as it would be kept, without its answer.
func (f *form) question() assist.Question {
	q := f.of
	if q.ID == "" {
		q.Text = oneLine(f.words.Text)
	}
	return q
}

// take saves the question for an answer, or says why it cannot be.
func (f *form) take(i int) {
	if f.page.saving {
		return
	}
	if f.offer != nil {
		f.offer()
		return
	}
	q := f.question()
	switch {
	case q.Text == "":
		f.refuse("Type what the customer asked.")
		f.page.focus(f.words)
		return
	case i >= len(f.hits):
		f.refuse("Find the answer first: type words of it.")
		f.page.focus(f.find)
		return
	}
	hit := f.hits[i]
	if other, ok := f.page.same(q.Text, q.ID); ok {
		f.twice(other, hit)
		return
	}
	before := f.of
	if q.Answer = hit.ID; q.ID == "" {
		now := f.page.opt.Now()
		q.ID, q.At, q.By = assist.NewID(now), now, f.page.data.Me
	}
	f.save(before, q, fmt.Sprintf("Must find “%s”", hit.Title))
}

// twice says that the words are saved already, and offers to move them.
func (f *form) twice(other assist.Question, hit Hit) {
	after := other
	after.Answer, after.Off = hit.ID, false
	words, said := "Move them (Enter)", fmt.Sprintf("Moved to “%s”", hit.Title)
	switch {
	case other.Answer != hit.ID:
		f.refuse(fmt.Sprintf("These words are saved already: they must find “%s”. They can be moved to “%s”.", f.page.title(other.Answer), hit.Title))
	case !other.Off:
		f.refuse("These words are saved already for this answer.")
		return
	default:
		f.refuse("These words are saved already for this answer, and switched off.")
		words, said = "Ask them again (Enter)", "Asked again"
	}
	f.offer = func() { f.save(other, after, said) }
	f.move.SetText(words)
	f.move.Show()
	f.page.reading.arrange()
}

// save keeps the question; what was typed goes when that is done.
func (f *form) save(before, after assist.Question, said string) {
	f.page.change(before, after, said, func(err error) {
		if err != nil {
			f.refuse(say.Error(err))
			return
		}
		if f.of.ID == "" {
			f.words.SetShown("")
		}
		f.hide()
	})
}

// refuse says what is wrong; nothing takes back what was said and offered.
func (f *form) refuse(words string) {
	f.fault.SetText(words)
	f.offer = nil
	f.move.Hide()
	f.page.reading.arrange()
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
