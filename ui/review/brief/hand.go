package brief

import (
	"context"

	"fyne.io/fyne/v2"

	"ringside/assist/brief"
	"ringside/ui/async"
	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// write writes what is shown, and hands it to then.
func (p *Page) write(form Form, then func(name string, data []byte)) {
	if !p.loaded || then == nil {
		return
	}
	b := p.shown
	async.Load(p.opt.Post, func(context.Context) ([]byte, error) { return p.opt.Write(b, form) }, func(data []byte, err error) {
		if err != nil {
			p.say(say.Error(err), theme.Late)
			return
		}
		then(name(b, form), data)
	})
}

// name is what the file of a brief is called unless the rep names it otherwise.
func name(b brief.Brief, form Form) string {
	return "ringside-brief-" + b.Until.Format("2006-01-02") + "." + string(form)
}

func (p *Page) saveAs(form Form) { p.write(form, p.OnSaveFile) }

func (p *Page) print() { p.write(HTML, p.OnPrint) }

func (p *Page) mail() {
	if p.OnMail == nil {
		return
	}
	subject := p.shown.Title + ": " + brief.Span(p.shown.From, p.shown.Until)
	p.write(Markdown, func(_ string, data []byte) { p.OnMail(subject, string(data)) })
}

// letter acts on a letter that was typed while one of the page's buttons has the keyboard.
func (p *Page) letter(r rune) bool {
	if i := int(r - '1'); i >= 0 && i < len(periods) {
		p.period(periods[i].weeks)
		return true
	}
	do := map[rune]func(){'p': func() { p.saveAs(PDF) }, 'h': func() { p.saveAs(HTML) }, 'm': func() { p.saveAs(Markdown) },
		'r': p.print, 'e': p.mail, 'n': p.hide}[r]
	if do != nil {
		do()
	}
	return do != nil
}

// key scrolls.
func (p *Page) key(o fyne.CanvasObject, ev *fyne.KeyEvent) bool {
	switch ev.Name {
	case fyne.KeyPageDown, fyne.KeyDown:
		p.scroll.Page(1)
	case fyne.KeyPageUp, fyne.KeyUp:
		p.scroll.Page(-1)
	case fyne.KeyHome:
		p.scroll.ScrollToTop()
	default:
		return widgets.PassKey(o, ev)
	}
	return true
}
