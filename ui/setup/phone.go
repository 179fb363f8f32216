package setup

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ringside/assist/settings"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// Hook says how a phone is set up to tell of its calls.
type Hook struct {
	Phone string
	Where string // in that phone's settings
	Lines []HookLine
}

// HookLine is what is to be pasted there.
type HookLine struct {
	When string // which of the phone's events it is for
	Text string
}

// phones is the part of the settings page about the ways in which calls come.
type phones struct {
	p *Page

	listen, groups, links *widget.Check
	mine                  *field
	read, linkWords       *widgets.Text
	programs              *hookList
	sip                   *sipPart
	lan                   *lanPart
	heard                 *heardPart
	all                   fyne.CanvasObject
}

func newPhones(p *Page) *phones {
	f := &phones{p: p, read: muted(""), linkWords: muted("")}
	f.listen = widget.NewCheck("Listen to the phone", func(on bool) {
		f.change(func(s *settings.Phone) { s.Off = !on })
	})
	f.groups = widget.NewCheck("Ring for calls to a queue or a group, too", func(on bool) {
		f.change(func(s *settings.Phone) { s.Groups = on })
	})
	f.mine = newField("like 214, 0113 496 0214", f.mineTyped)
	f.links = widget.NewCheck("Open ringside: links with Ringside", func(on bool) {
		if !p.quiet && p.OnLinks != nil {
			p.OnLinks(on)
		}
	})
	f.programs = newHookList(p, "Choose your phone")
	f.sip, f.lan, f.heard = newSIPPart(f), newLANPart(f), newHeardPart(f)
	for _, box := range append([]*field{f.mine, f.lan.address, f.lan.from}, f.sip.fields()...) {
		box.entered = p.reveal
	}
	f.all = widgets.Column(22,
		section("The phone", "Ringside is told of calls; it never makes or takes one. With nothing set up, type or paste the number when the phone rings.",
			f.listen, labelled("Your own numbers and extensions; empty: all calls are yours", f.mine), f.read, f.groups),
		part("Programs on this computer", "A phone that runs a program or opens an address when it rings tells of its calls. Paste the line into its settings.",
			f.programs.all, f.links, f.linkWords),
		f.sip.all, f.lan.all, f.heard.all)
	return f
}

// part is one way in: its name, what it does, and what is chosen.
func part(name, means string, parts ...fyne.CanvasObject) fyne.CanvasObject {
	return widgets.Column(6, append([]fyne.CanvasObject{widgets.Say(widgets.Style{Bold: true}, name), muted(means)}, parts...)...)
}

// change makes one change to the settings of the phone and reports them.
func (f *phones) change(do func(*settings.Phone)) {
	f.p.change(func(s *settings.Machine) { do(&s.Phone) })
}

// show shows what is chosen.
func (f *phones) show(s settings.Phone) {
	f.listen.SetChecked(!s.Off)
	f.groups.SetChecked(s.Groups)
	f.mine.show(strings.Join(s.Mine, ", "))
	f.sip.show(s.SIP)
	f.lan.show(s.LAN)
	f.heard.mask.SetChecked(s.Mask)
	f.words(s)
}

// words says how the own numbers are read.
func (f *phones) words(s settings.Phone) {
	var read []string
	for _, n := range s.Mine {
		if f.p.ReadNumber != nil {
			n = f.p.ReadNumber(n, f.p.choices.Settings.Region)
		}
		read = append(read, n)
	}
	f.read.SetText("")
	if len(read) > 0 {
		f.read.SetText("read as " + strings.Join(read, "  ·  "))
	}
}

func (f *phones) mineTyped() {
	next := listed(f.mine.Text)
	if f.p.quiet || slices.Equal(next, f.p.choices.Settings.Phone.Mine) {
		return
	}
	f.change(func(s *settings.Phone) { s.Mine = next })
	f.words(f.p.choices.Settings.Phone)
	f.p.arrange()
}

// listed cuts what stands between commas.
func listed(text string) (out []string) {
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// hookList lets a phone be chosen, and shows what to paste where.
type hookList struct {
	p      *Page
	hooks  []Hook
	choose *widget.Select
	where  *widgets.Text
	lines  *fyne.Container
	all    fyne.CanvasObject
}

func newHookList(p *Page, hint string) *hookList {
	h := &hookList{p: p, where: muted(""), lines: widgets.Column(8)}
	h.choose = widget.NewSelect(nil, func(string) { h.shown() })
	h.choose.PlaceHolder = hint
	h.all = widgets.Column(6, h.choose, h.where, h.lines)
	return h
}

func (h *hookList) set(hooks []Hook) {
	h.hooks = hooks
	names := make([]string, len(hooks))
	for i, k := range hooks {
		names[i] = k.Phone
	}
	h.choose.SetOptions(names)
	h.shown()
}

func (h *hookList) shown() {
	h.lines.RemoveAll()
	h.where.SetText("")
	i := slices.IndexFunc(h.hooks, func(k Hook) bool { return k.Phone == h.choose.Selected })
	if i >= 0 {
		h.where.SetText(h.hooks[i].Where)
		for _, l := range h.hooks[i].Lines {
			text := newPaper(44)
			text.setText(l.Text)
			copied := widget.NewButtonWithIcon("", base.ContentCopyIcon(), func() { h.p.copy(l.Text) })
			h.lines.Add(widgets.Column(2, small(l.When), widgets.Row(8, text, text, copied)))
		}
	}
	h.p.arrange()
}

// copy puts a text onto the clipboard.
func (p *Page) copy(text string) {
	if p.OnCopy != nil {
		p.OnCopy(text)
	}
}

// told shows a sentence of a way in: good news or trouble.
func told(t *widgets.Text, sentence string, good bool) {
	t.SetText(sentence)
	t.SetColour(theme.Good)
	if !good {
		t.SetColour(theme.Late)
	}
}
