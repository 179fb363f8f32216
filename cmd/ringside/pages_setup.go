package main

import (
	"context"
	"net/url"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"

	"ringside/assist"
	"ringside/assist/phone"
	"ringside/assist/settings"
	"ringside/ui"
	"ringside/ui/async"
	"ringside/ui/say"
	"ringside/ui/setup"
	"ringside/ui/theme"
)

// choices joins the settings page.
func (p *pages) choices() {
	p.setup.OnSave = p.save
	p.setup.OnNewRep = p.newRep
	p.setup.OnRole = p.giveRole
	p.setup.OnBeside = p.win.SetNarrow
	p.setup.OnLook = func(l theme.Look) { p.win.SetLook(l) }
	p.setup.OnOpenFolder = func() {
		if err := p.app.OpenURL(&url.URL{Scheme: "file", Path: filepath.ToSlash(p.dir)}); err != nil {
			p.setup.SetTrouble(say.Error(err))
		}
	}
	p.setup.OnImport = func() { p.importFile("") }
	p.setup.OnCopy = func(text string) { p.app.Clipboard().SetContent(text) }
	p.joinMeaning()
	p.joinWriter()
	p.joinPhone()
	p.setup.ReadNumber = func(raw, region string) string { return phone.Parse(raw, region).Show() }
}

func (p *pages) save(s settings.Machine) {
	p.chosen, p.win.CallPage().Region = s, s.Region
	p.saves++
	p.saving++
	async.Go(p.post, func(ctx context.Context) error { return p.r.saveSettings(ctx, s) }, func(err error) {
		p.saving--
		if err != nil {
			p.reload(func() { p.setup.SetTrouble(say.Error(err)) }) // what stands is shown again
			return
		}
		p.setup.SetSaved("Kept.")
	})
}

// offer has the window offer what who sits here may do.
func (p *pages) offer() {
	may := func(a act) bool { return p.may(a.needs) }
	p.win.Bar(ui.Barred{Import: !may(actImportCustomers), Export: !may(actExportAll), PackIn: !may(actImportPack)})
	if p.library.OnImport = p.choosePack; !may(actImportPack) {
		p.library.OnImport = nil
	}
}

// switchedOff keeps what the rep has switched off in a call.
func (p *pages) switchedOff(o settings.Off) {
	s := p.chosen
	s.Off = o
	p.save(s)
	p.showChoices()
}

func (p *pages) newRep(name string) {
	s := p.chosen
	async.Load(p.post, func(ctx context.Context) (assist.ID, error) { return p.r.addRep(ctx, name, s) }, func(_ assist.ID, err error) {
		if err != nil {
			p.setup.SetTrouble(say.Error(err))
			return
		}
		p.reload(func() { p.setup.SetSaved("Kept.") })
	})
}

// giveRole gives a rep another role, if that may be.
func (p *pages) giveRole(rep assist.ID, role assist.Role) {
	async.Go(p.post, func(ctx context.Context) error { return p.r.giveRole(ctx, rep, role) }, func(err error) {
		p.reload(func() {
			if err != nil {
				p.setup.SetTrouble(say.Error(err))
				return
			}
			p.setup.SetSaved("Kept.")
		})
	})
}

// askFirst asks a new user how to begin.
func (p *pages) askFirst() {
	first := setup.NewFirst(p.dir, p.key)
	begin := func(work func(context.Context) error, then func()) {
		first.SetBusy(true)
		async.Go(p.post, work, func(err error) {
			first.SetBusy(false)
			if err != nil {
				first.SetTrouble(say.Error(err))
				return
			}
			p.uncover()
			p.reload(then)
		})
	}
	first.OnSample = func() { begin(p.r.takeSample, nil) }
	first.OnEmpty = func() { begin(p.r.startEmpty, nil) }
	first.OnImport = func() { begin(p.r.startEmpty, func() { p.importFile("") }) }
	p.cover(first)
}

// importFile opens the page on which customers come in, with a file if there is one.
func (p *pages) importFile(path string) {
	if !p.may(actImportCustomers.needs) {
		p.win.Fault(onlyFor(actImportCustomers.needs))
		return
	}
	page := setup.NewImport(importer{p.r}, p.post)
	page.OnDone = func(int) {
		p.uncover()
		p.turned(p.win.Page())
	}
	page.OnChoose = func() {
		dialog.ShowFileOpen(func(f fyne.URIReadCloser, err error) {
			if err != nil || f == nil {
				p.win.Fault(err)
				return
			}
			f.Close()
			page.Open(f.URI().Path())
		}, p.win.Window())
	}
	p.cover(page)
	page.Open(path)
}
