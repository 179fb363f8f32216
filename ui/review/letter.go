package review

import (
	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ringside/assist/ledger"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// letter is the draft to the customer below a promise: an update before it is due, and
// when it will be late the word that says so before they find out.
type letter struct {
	page          *Page
	of            *Promise
	text          Letter
	why           *widgets.Text
	subject, body *widgets.Text
	box           *fyne.Container
}

func newLetter(p *Page) *letter {
	l := &letter{page: p,
		why:     widgets.NewText(widgets.Style{Size: theme.Small, Bold: true}),
		subject: widgets.NewText(widgets.Style{Bold: true}),
		body:    widgets.NewText(widgets.Style{}),
	}
	l.box = widgets.On(widgets.NewGround(theme.Raised, theme.Hairline, 8), widgets.Even(16), widgets.Column(12,
		l.why, l.subject, l.body, widgets.Wrapped(6,
			widget.NewButtonWithIcon("Copy (C)", base.ContentCopyIcon(), l.copy),
			widget.NewButtonWithIcon("E-mail (E)", base.MailComposeIcon(), l.mail),
			widget.NewButtonWithIcon("Save as a file…", base.DocumentSaveIcon(), l.save))))
	l.box.Hide()
	return l
}

// show writes the letter for a promise; nil hides it.
func (l *letter) show(p *Promise) {
	l.of, l.text = p, Letter{}
	if p != nil {
		l.text = l.page.opt.Draft(*p)
		words, tone := letterWords(ledger.LetterOf(p.Promise, l.page.opt.Now()))
		l.why.SetText(words)
		l.why.SetColour(tone)
	}
	l.subject.SetText(l.text.Subject)
	l.body.SetText(l.text.Body)
	l.box.Hidden = l.text == Letter{}
}

func letterWords(kind ledger.Letter) (string, fyne.ThemeColorName) {
	switch kind {
	case ledger.IsBroken:
		return "TELL THEM THAT IT WILL NOT BE KEPT", theme.Late
	case ledger.IsLate:
		return "TELL THEM THAT IT IS LATE", theme.Late
	case ledger.IsMoved:
		return "TELL THEM THAT IT HAS MOVED", theme.Amber
	case ledger.MayBeLate:
		return "SAY IT BEFORE IT IS LATE", theme.Amber
	}
	return "AN UPDATE BEFORE THEY ASK", theme.Muted
}

func (l *letter) copy() {
	if l.has() && l.page.OnCopy != nil {
		l.page.OnCopy(l.text.Subject + "\n\n" + l.text.Body)
	}
}

func (l *letter) mail() {
	if l.has() && l.page.OnMail != nil {
		l.page.OnMail(l.of.Email, l.text.Subject, l.text.Body)
	}
}

func (l *letter) save() {
	if l.has() && l.page.OnSaveText != nil {
		l.page.OnSaveText("letter.txt", l.text.Subject+"\n\n"+l.text.Body)
	}
}

func (l *letter) has() bool { return l.of != nil && l.box.Visible() }
