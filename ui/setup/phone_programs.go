package setup

import (
	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ringside/ui/widgets"
)

// Hook says how one phone is told to tell of its calls.
type Hook struct {
	Phone string
	Where string // where its settings take the lines
	Lines []HookLine
}

// HookLine is what to paste for one thing that happens.
type HookLine struct {
	When string // "The phone rings"
	Text string
}

// hooks lets the rep choose a phone, and shows what to paste there.
type hooks struct {
	p      *Page
	list   []Hook
	phone  *widget.Select
	where  *widgets.Text
	lines  *fyne.Container
	chosen fyne.CanvasObject
	all    *fyne.Container
}

func newHooks(p *Page, ask string) *hooks {
	h := &hooks{p: p, where: muted(""), lines: widgets.Column(8)}
	h.phone = widget.NewSelect(nil, func(string) { h.show() })
	h.phone.PlaceHolder = ask
	h.chosen = widgets.Column(8, h.where, h.lines)
	h.all = widgets.Column(8, h.phone, h.chosen)
	h.set(nil)
	return h
}

// set changes the phones; the one that was chosen stays so.
func (h *hooks) set(list []Hook) {
	h.list = list
	names := make([]string, len(list))
	for i, k := range list {
		names[i] = k.Phone
	}
	h.phone.Options = names
	h.all.Hidden = len(list) == 0
	h.show()
}

func (h *hooks) show() {
	h.lines.RemoveAll()
	h.chosen.Hide()
	for _, k := range h.list {
		if k.Phone != h.phone.Selected {
			continue
		}
		h.where.SetText(k.Where)
		for _, l := range k.Lines {
			h.lines.Add(h.slip(l.When, l.Text))
		}
		h.chosen.Show()
	}
	h.p.arrange()
}

// slip shows text to be pasted elsewhere, with a button that copies it.
func (h *hooks) slip(name, text string) fyne.CanvasObject {
	return slip(h.p, small(name), newSlip(text), func() string { return text })
}

func slip(p *Page, name, paper fyne.CanvasObject, text func() string) fyne.CanvasObject {
	button := widget.NewButtonWithIcon("Copy", base.ContentCopyIcon(), func() {
		if p.OnCopy != nil {
			p.OnCopy(text())
		}
	})
	return widgets.Column(2, name, widgets.Row(8, paper, paper, button))
}

// programs is the way in for phones that are programs of this computer.
type programs struct {
	*hooks
	links  *widget.Check
	linked *widgets.Text
	quiet  bool
	all    fyne.CanvasObject
}

func newPrograms(p *Page) *programs {
	w := &programs{hooks: newHooks(p, "Which phone do you use?"), linked: muted("")}
	w.links = widget.NewCheck("Open ringside: links with Ringside", func(on bool) {
		if !w.quiet && p.OnLinks != nil {
			p.OnLinks(on)
		}
	})
	w.all = part("Programs on this computer", "A phone that is a program here tells Ringside of its calls by a line that you paste into its settings. Nothing is opened to the network.",
		w.hooks.all, w.links, w.linked)
	return w
}

// SetHooks shows the phones that are programs of this computer.
func (p *Page) SetHooks(list []Hook) { p.line.programs.set(list) }

// SetLinks says whether this system opens ringside: links with us, and what became of
// the wish that it does, or does not.
func (p *Page) SetLinks(on bool, sentence string) {
	w := p.line.programs
	w.quiet = true
	w.links.SetChecked(on)
	w.quiet = false
	w.linked.SetText(sentence)
	p.arrange()
}
