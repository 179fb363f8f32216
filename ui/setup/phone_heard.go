package setup

import (
	"strings"

	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ringside/assist/settings"
	"ringside/ui/widgets"
)

// heardPart shows what was heard of the phone, and tries whether it is.
type heardPart struct {
	f            *phones
	ring, listen *widget.Button
	tested       *widgets.Text
	mask         *widget.Check
	news         *paper
	lines        string
	copied       *widget.Button
	all          fyne.CanvasObject
}

const nothingHeard = "Nothing yet. Call yourself, or press “Ring me once”."

func newHeardPart(f *phones) *heardPart {
	h := &heardPart{f: f, tested: widgets.NewText(widgets.Style{}), news: newPaper(168)}
	h.ring = widget.NewButtonWithIcon("Ring me once", base.MediaPlayIcon(), func() { call(f.p.OnTestRing) })
	h.listen = widget.NewButtonWithIcon("Wait for a ring", base.HistoryIcon(), func() { call(f.p.OnWaitRing) })
	h.mask = widget.NewCheck("Hide numbers and names in this list", func(on bool) {
		f.change(func(s *settings.Phone) { s.Mask = on })
	})
	h.copied = widget.NewButtonWithIcon("Copy for support", base.ContentCopyIcon(), func() { f.p.copy(h.lines) })
	h.all = part("Is it heard?", "“Ring me once” takes the way that a program on this computer takes. “Wait for a ring” listens for a minute: call yourself from another phone.",
		widgets.Wrapped(8, h.ring, h.listen), h.tested,
		small("The last 50 pieces of news, the newest first"), h.news, widgets.Wrapped(8, h.copied), h.mask)
	h.set(nil)
	return h
}

func (h *heardPart) set(lines []string) {
	text := strings.Join(lines, "\n")
	if text == h.lines && text != "" {
		return
	}
	h.lines = text
	if text == "" {
		text = nothingHeard
	}
	h.news.setText(text)
	enable(h.lines != "", h.copied)
}
