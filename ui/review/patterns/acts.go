package patterns

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2/widget"
)

// setActs puts in the buttons of what is in front.
func (r *reading) setActs() {
	r.acts.Objects = nil
	p := r.page
	if r.entry.more > 0 {
		r.acts.Add(widget.NewButton(r.entry.line.Title, p.toggle))
		return
	}
	if p.OnCopy != nil {
		r.acts.Add(widget.NewButton("Copy as text (C)", p.copy))
	}
	if p.OnNote != nil {
		r.acts.Add(widget.NewButton("Open the latest note (O)", p.openLatest))
	}
}

// letter acts on a letter that was typed while the list has the keyboard.
func (p *Page) letter(l rune) {
	if l == 'n' {
		p.toggle()
		return
	}
	e, ok := p.chosen()
	if !ok || e.more > 0 {
		return
	}
	switch l {
	case 'c':
		p.copy()
	case 'o':
		p.openLatest()
	case 'p':
		p.reading.chart.SavePNG()
	case 's':
		p.reading.chart.SaveSVG()
	case 'm':
		if p.reading.more.Visible() {
			p.reading.load()
		}
	}
}

// openLatest opens the note of the latest quote that has one.
func (p *Page) openLatest() {
	for _, q := range p.reading.quotes {
		if q.Note != "" && p.OnNote != nil {
			p.OnNote(q.Note)
			return
		}
	}
}

// copy hands the pattern over as text: its sentence, the quotes that are shown, and how it
// is made.
func (p *Page) copy() {
	e, ok := p.chosen()
	if !ok || e.more > 0 || p.OnCopy == nil {
		return
	}
	f := e.pattern
	var b strings.Builder
	fmt.Fprintf(&b, "%s.\nEvidence: %s.\n", f.Sentence, f.Grade)
	for _, q := range p.reading.quotes {
		if q.Words != "" {
			fmt.Fprintf(&b, "\n“%s” (%s)", strings.TrimSpace(q.Words), p.who(q))
		}
	}
	fmt.Fprintf(&b, "\n\nHow it is made: %s\n", f.How)
	p.OnCopy(b.String())
}
