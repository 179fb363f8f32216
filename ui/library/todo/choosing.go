package todo

import (
	"context"

	"fyne.io/fyne/v2"

	"ringside/ui/async"
	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// choosing is the small box in which the answer is found that has it already.
type choosing struct {
	page   *Page
	of     entry
	entry  *widgets.Entry
	says   *widgets.Text
	rows   [6]*widgets.PickRow
	hits   []Hit
	now    int
	box    *fyne.Container
	cancel func()
}

func newChoosing(p *Page) *choosing {
	c := &choosing{page: p, says: widgets.NewText(widgets.Style{Colour: theme.Muted}), cancel: func() {}}
	c.entry = widgets.NewEntry("Words of the answer", 1, widgets.Keys{Key: c.key})
	c.entry.OnTyped = c.find
	col := widgets.Column(6, widgets.Say(widgets.Style{Bold: true}, "Which answer has it? Enter takes the marked one, Esc leaves it."), c.entry, c.says)
	for i := range c.rows {
		c.rows[i] = widgets.NewPickRow(widgets.Keys{Key: c.key}, func() { c.take(i) })
		col.Add(c.rows[i])
	}
	c.box = widgets.On(widgets.NewGround(theme.AccentPale, "", 8), widgets.Even(12), col)
	c.box.Hide()
	return c
}

func (c *choosing) key(o fyne.CanvasObject, ev *fyne.KeyEvent) bool {
	switch ev.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		c.take(c.now)
	case fyne.KeyEscape:
		c.hide()
		c.page.toRows()
	case fyne.KeyDown:
		c.mark(c.now + 1)
	case fyne.KeyUp:
		c.mark(c.now - 1)
	default:
		return widgets.PassKey(o, ev)
	}
	return true
}

// open shows the box for a question, with the question's words in it.
func (c *choosing) open(e entry) {
	c.of = e
	c.box.Show()
	c.entry.SetShown(oneLine(e.need.Text))
	c.find(c.entry.Text)
	c.page.split.Read(true)
	c.page.reading.arrange()
	if canvas := canvasOf(c.page.content); canvas != nil {
		canvas.Focus(c.entry)
	}
}

func (c *choosing) hide() {
	c.cancel()
	if c.box.Visible() {
		c.box.Hide()
		c.page.reading.arrange()
	}
}

func (c *choosing) find(words string) {
	c.cancel()
	if words == "" {
		c.show(nil, "")
		return
	}
	c.cancel = async.Load(c.page.opt.Post,
		func(ctx context.Context) ([]Hit, error) { return c.page.opt.Find(ctx, words) },
		func(hits []Hit, err error) {
			says := say.Error(err)
			if says == "" && len(hits) == 0 {
				says = "No answer fits these words."
			}
			c.show(hits, says)
		})
}

func (c *choosing) show(hits []Hit, says string) {
	c.hits = hits[:min(len(hits), len(c.rows))]
	c.says.SetText(says)
	c.mark(0)
	c.page.reading.arrange()
}

// mark puts the mark on a row.
func (c *choosing) mark(i int) {
	c.now = max(min(i, len(c.hits)-1), 0)
	for i, r := range c.rows {
		if r.Hidden = i >= len(c.hits); r.Hidden {
			continue
		}
		key := ""
		if i == c.now {
			key = "Enter"
		}
		r.SetPick(c.hits[i].Title, c.hits[i].Why, key, i == c.now)
	}
	c.page.reading.arrange()
}

// take gives the question to an answer.
func (c *choosing) take(i int) {
	if i >= len(c.hits) {
		return
	}
	id := c.hits[i].ID
	c.hide()
	c.page.hasIt(c.of, id)
}
