package practice

import (
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringside/assist/practice/fsrs"
	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// judging shows the answer beside the words of the rep, who judges themselves.
type judging struct {
	page                    *Page
	where, line             *widgets.Text
	words, before           *widgets.Text
	title, changed, library *widgets.Text
	steps                   *fyne.Container
	missing                 *widgets.Text
	card                    *card
	grades                  [4]*widgets.Action
	restore                 *widgets.Action
	object                  *fyne.Container
	foot                    *fyne.Container // stays in sight however long the answer is
}

func newJudging(p *Page) *judging {
	j := &judging{page: p,
		where:   widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Muted}),
		line:    widgets.NewText(widgets.Style{Size: theme.Lead}),
		words:   widgets.NewText(widgets.Style{Size: theme.Lead}),
		before:  widgets.NewText(widgets.Style{Colour: theme.Muted}),
		title:   widgets.NewText(widgets.Style{Bold: true}),
		changed: widgets.NewText(widgets.Style{Colour: theme.Amber}),
		library: widgets.NewText(widgets.Style{Size: theme.Lead}),
		steps:   widgets.Column(4),
		missing: widgets.NewText(widgets.Style{Colour: theme.Muted}),
	}
	yours := widgets.Pad(widgets.Even(16), widgets.Column(10, heading("YOU SAID"), j.words, j.missing, j.before))
	j.card = newCard(p, widgets.Column(10, heading("THE LIBRARY SAYS"), j.title, j.changed, j.library, j.steps))
	bar := widgets.Wrapped(8)
	for i := range j.grades {
		g := fsrs.Grade(i + 1)
		j.grades[i] = widgets.NewAction(widgets.Quiet, "", fmt.Sprint(i+1), p.keys(), func() { p.grade(g) })
		bar.Add(j.grades[i])
	}
	j.restore = newUndo(p)
	halt := widgets.NewAction(widgets.Quiet, "Stop", "Esc", p.keys(), p.stop)
	j.object = widgets.Column(16, j.where, j.line, newBeside(yours, j.card))
	j.foot = widgets.Column(0, widgets.Line(), widgets.Pad(widgets.Sides(24, 12), widgets.Column(8,
		widgets.Say(widgets.Style{Bold: true}, "How well did you know it?"), bar, widgets.Wrapped(8, halt, j.restore))))
	return j
}

func heading(words string) fyne.CanvasObject {
	return widgets.Say(widgets.Style{Size: theme.Small, Colour: theme.Muted, Bold: true}, words)
}

func (j *judging) show(r *run) {
	t, now := r.turn(), j.page.opt.Now()
	j.object.Show()
	j.foot.Show()
	j.where.SetText(where(r))
	j.line.SetText("“" + t.Line + "”")
	j.words.SetText(r.words)
	if strings.TrimSpace(r.words) == "" {
		j.words.SetText("Said aloud, or not known.")
	}
	j.before.SetText("")
	if t.Drill.Times > 0 && t.Drill.Words != "" {
		j.before.SetText("The last time: " + t.Drill.Words)
	}
	j.title.SetText(t.Answer.Title)
	j.changed.SetText("")
	if t.Changed {
		j.changed.SetText("Changed since you practised it (" + say.Day(t.Drill.Last, now) + ").")
	}
	j.library.SetText(say.Blanks(t.Answer.Say))
	j.steps.Objects = nil
	for i, step := range t.Answer.Steps {
		j.steps.Add(widgets.Say(widgets.Style{}, fmt.Sprintf("%d.  %s", i+1, say.Blanks(step))))
	}
	j.missing.SetText(hint(t, r.words))
	for i, b := range j.grades {
		g := fsrs.Grade(i + 1)
		when := "once more today"
		if g > fsrs.Again {
			when = until(t.Graded(j.page.data.Me.ID, g, "", now).Due, now)
		}
		b.SetLabel(fmt.Sprintf("%s (%s)", [...]string{"again", "hard", "good", "easy"}[i], when))
	}
	j.restore.Hidden = j.page.last == nil
}

// hint names what was not in the words; empty when there is nothing to name.
func hint(t Turn, words string) string {
	left, steps := t.Missing(words)
	var out []string
	if len(left) > 0 {
		out = append(out, "Also in the answer: "+strings.Join(left, " · ")+".")
	}
	if len(steps) > 0 {
		numbers := make([]string, len(steps))
		for i, n := range steps {
			numbers[i] = fmt.Sprint(n)
		}
		word := "Step "
		if len(steps) > 1 {
			word = "Steps "
		}
		out = append(out, word+list(numbers)+" to do as well.")
	}
	return strings.Join(out, " ")
}

// until is how long it is to a day, in words.
func until(due, now time.Time) string {
	y, m, d := now.Date()
	today := time.Date(y, m, d, 0, 0, 0, 0, now.Location())
	switch days := int(due.Sub(today).Hours()/24 + 0.5); {
	case days < 60:
		return say.Count(days, "day")
	case days < 360:
		return say.Count((days+15)/30, "month")
	}
	return "a year"
}

// card is the library's answer on a ground of its own. It takes the keyboard, so that
// Enter, which showed it, does not judge it, too.
type card struct {
	widget.BaseWidget
	page   *Page
	ground *widgets.Ground
	inside *fyne.Container
}

func newCard(p *Page, o fyne.CanvasObject) *card {
	c := &card{page: p, ground: widgets.NewGround(theme.Raised, theme.Hairline, 8)}
	c.inside = widgets.On(c.ground, widgets.Even(16), o)
	c.ExtendBaseWidget(c)
	return c
}

// HeightFor implements widgets.Flow.
func (c *card) HeightFor(width float32) float32 { return widgets.HeightFor(c.inside, width) }

// Arrange lays the inside out again.
func (c *card) Arrange() {
	c.inside.Resize(c.Size())
	widgets.Arrange(c.inside)
}

// Resize implements fyne.CanvasObject.
func (c *card) Resize(size fyne.Size) {
	c.BaseWidget.Resize(size)
	c.Arrange()
}

// CreateRenderer implements fyne.Widget.
func (c *card) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(c.inside) }

// FocusGained implements fyne.Focusable.
func (c *card) FocusGained() { c.ground.SetColours(theme.Raised, theme.Accent) }

// FocusLost implements fyne.Focusable.
func (c *card) FocusLost() { c.ground.SetColours(theme.Raised, theme.Hairline) }

// TypedRune implements fyne.Focusable.
func (c *card) TypedRune(r rune) { c.page.rune(r) }

// TypedKey implements fyne.Focusable.
func (c *card) TypedKey(ev *fyne.KeyEvent) { c.page.key(c, ev) }

// beside puts two things side by side, and below one another where it is narrow.
type beside struct {
	widget.BaseWidget
	one, two fyne.CanvasObject
}

const besideFrom = 640

func newBeside(one, two fyne.CanvasObject) *beside {
	b := &beside{one: one, two: two}
	b.ExtendBaseWidget(b)
	return b
}

// HeightFor implements widgets.Flow.
func (b *beside) HeightFor(width float32) float32 {
	if width < besideFrom {
		return widgets.HeightFor(b.one, width) + widgets.HeightFor(b.two, width)
	}
	return max(widgets.HeightFor(b.one, b.first(width)), widgets.HeightFor(b.two, width-b.first(width)))
}

func (b *beside) first(width float32) float32 { return width * 0.42 }

// Arrange lays both out again.
func (b *beside) Arrange() {
	size := b.Size()
	if size.Width < besideFrom {
		h := widgets.HeightFor(b.one, size.Width)
		put(b.one, 0, 0, size.Width, h)
		put(b.two, 0, h, size.Width, size.Height-h)
		return
	}
	first := b.first(size.Width)
	put(b.one, 0, 0, first, size.Height)
	put(b.two, first, 0, size.Width-first, size.Height)
}

// Resize implements fyne.CanvasObject.
func (b *beside) Resize(size fyne.Size) {
	b.BaseWidget.Resize(size)
	b.Arrange()
}

// MinSize implements fyne.CanvasObject.
func (b *beside) MinSize() fyne.Size { return fyne.NewSize(200, b.HeightFor(max(b.Size().Width, 200))) }

// CreateRenderer implements fyne.Widget.
func (b *beside) CreateRenderer() fyne.WidgetRenderer {
	return &renderer{func() []fyne.CanvasObject { return []fyne.CanvasObject{b.one, b.two} }, b.Arrange, b.MinSize}
}

// put moves o and lays its inside out, whatever its size was.
func put(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
	widgets.Arrange(o)
}

// renderer is that of a widget that lays its inside out itself.
type renderer struct {
	objects func() []fyne.CanvasObject
	arrange func()
	least   func() fyne.Size
}

// Layout implements fyne.WidgetRenderer.
func (r *renderer) Layout(fyne.Size) { r.arrange() }

// MinSize implements fyne.WidgetRenderer.
func (r *renderer) MinSize() fyne.Size { return r.least() }

// Refresh implements fyne.WidgetRenderer.
func (r *renderer) Refresh() {
	for _, o := range r.objects() {
		o.Refresh()
	}
}

// Objects implements fyne.WidgetRenderer.
func (r *renderer) Objects() []fyne.CanvasObject { return r.objects() }

// Destroy implements fyne.WidgetRenderer.
func (r *renderer) Destroy() {}
