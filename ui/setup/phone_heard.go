package setup

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ringside/ui/widgets"
)

// News is one thing that was heard of a call, in words.
type News struct {
	At    time.Time
	Words string
	Good  bool // something came of it
}

// heard is the test of the phone, and the list of what was heard last.
type heard struct {
	test, wait, copy *widget.Button
	tested, nothing  *widgets.Text
	list             *paper
	listed           fyne.CanvasObject
	all              fyne.CanvasObject
}

func newHeard(l *line) *heard {
	p := l.p
	w := &heard{tested: widgets.NewText(widgets.Style{}), nothing: muted("Nothing was heard yet."), list: newPaper(200)}
	w.test = widget.NewButtonWithIcon("Ring me once", base.MediaPlayIcon(), func() { call(p.OnTestRing) })
	w.wait = widget.NewButtonWithIcon("Wait for a ring", base.SearchIcon(), func() {
		p.SetTested("Waiting for a ring, for a minute: call your own number now.", true)
		call(p.OnWaitRing)
	})
	w.copy = widget.NewButtonWithIcon("Copy for support", base.ContentCopyIcon(), func() { call(p.OnCopyNews) })
	w.listed = widgets.Column(8, w.list, widgets.Wrapped(8, w.copy))
	w.all = widgets.Column(20,
		part("Try it", "“Ring me once” makes a ring in the same way as a phone that is a program. Or call yourself.",
			widgets.Wrapped(8, w.test, w.wait), w.tested),
		part("What was heard", "The last 50 things that phones told, the latest first. They are forgotten when Ringside closes.",
			l.mask, w.nothing, w.listed))
	w.set(nil)
	return w
}

func (w *heard) set(news []News) {
	w.nothing.Hidden = len(news) > 0
	setHidden(w.listed, len(news) == 0)
	lines := make([]string, len(news))
	for i, n := range news {
		lines[i] = n.At.Format("15:04:05") + "  " + n.Words
	}
	w.list.faint = func(line int) bool { return line < len(news) && !news[line].Good }
	w.list.setText(strings.Join(lines, "\n"))
}

// SetTested says what became of a test ring, or of the ring that was waited for.
func (p *Page) SetTested(sentence string, good bool) {
	stands(p.line.heard.tested, sentence, good)
	p.arrange()
	p.reveal(p.line.heard.tested)
}

// SetNews shows what was heard last, the latest first.
func (p *Page) SetNews(news []News) {
	p.line.heard.set(news)
	p.arrange()
}
