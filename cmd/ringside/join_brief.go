package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/url"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"

	"ringside/assist"
	"ringside/assist/brief"
	"ringside/ui"
	"ringside/ui/async"
	"ringside/ui/panes"
	briefpage "ringside/ui/review/brief"
)

// briefTab makes the page of what customers told us.
func (p *pages) briefTab() panes.Tab {
	page := briefpage.New(briefpage.Options{Load: p.r.brief, Now: p.r.now, Post: p.postTo(ui.Review),
		Write: func(b brief.Brief, form briefpage.Form) ([]byte, error) { return printed(b, string(form)) }})
	page.OnSaveFile = func(name string, data []byte) { p.saveFile(name, data, func(fyne.URI) { p.note(actExportReport, 0) }) }
	page.OnPrint = func(name string, data []byte) {
		p.saveFile(name, data, func(file fyne.URI) {
			p.note(actExportReport, 0)
			p.openFile(file)
		})
	}
	page.OnMail = func(subject, body string) {
		p.mailBrief(subject, body)
		p.note(actExportReport.saying("a report, by mail"), 0)
	}
	return panes.Tab{Name: "Brief", Object: page.Object(), Focus: page.Focus, Reload: page.Reload}
}

// brief makes the brief of the weeks up to today.
func (r *running) brief(ctx context.Context, ask briefpage.Ask) (brief.Brief, error) {
	h, err := r.store.wait(ctx)
	if err != nil {
		return brief.Brief{}, err
	}
	return makeBrief(ctx, h, briefAsk{Weeks: ask.Weeks, Until: r.now(), Hidden: ask.Hidden, Parts: ask.Parts})
}

// mailBrief opens the brief as a letter. One that is too long for the way to the mail
// program waits on the clipboard.
func (p *pages) mailBrief(subject, body string) {
	if _, err := mailto("", subject, body); err != nil {
		p.app.Clipboard().SetContent(body)
		body = "The brief is on the clipboard: paste it here."
	}
	p.mail("", subject, body)
}

// saveFile lets the rep choose where a file is kept, and then does something with it.
func (p *pages) saveFile(name string, data []byte, then func(fyne.URI)) {
	save := dialog.NewFileSave(func(f fyne.URIWriteCloser, err error) {
		if err != nil || f == nil {
			p.win.Fault(err)
			return
		}
		async.Go(p.post, func(context.Context) error {
			_, err := io.Copy(f, bytes.NewReader(data))
			if err = errors.Join(err, f.Close()); err != nil {
				err = &assist.Fault{What: "the file was not written", Where: f.URI().Path(), Do: "Choose another place.", Err: err}
			}
			return err
		}, func(err error) {
			p.win.Fault(err)
			if err == nil && then != nil {
				then(f.URI())
			}
		})
	}, p.win.Window())
	save.SetFileName(name)
	save.Show()
}

// openFile opens a file in the program that the system has for it, from where it can be
// printed.
func (p *pages) openFile(file fyne.URI) {
	if err := p.app.OpenURL(&url.URL{Scheme: "file", Path: file.Path()}); err != nil {
		p.win.Fault(&assist.Fault{What: "no program opened the file", Where: file.Path(), Do: "Open it yourself, and print it from there.", Err: err})
	}
}
