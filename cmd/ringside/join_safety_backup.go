package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	folders "fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/widget"

	"ringside/assist"
	"ringside/storage"
	"ringside/storage/backup"
	"ringside/ui/async"
	"ringside/ui/safety"
	"ringside/ui/say"
)

// backupPart joins the part of the Safety page that makes backups.
func (p *pages) backupPart() safety.Part {
	b := safety.NewBackups()
	p.backups = b
	b.Now = p.r.now
	reload := func() { async.Load(p.post, p.r.backupState, p.showBackups) }
	b.OnBackUp = func() { p.backUpNow(b) }
	b.OnFolder = func() {
		dialog.ShowFolderOpen(func(folder fyne.ListableURI, err error) {
			if err != nil || folder == nil {
				p.win.Fault(err)
				return
			}
			s := p.chosen
			s.Backups = folder.Path()
			p.save(s)
			reload()
		}, p.win.Window())
	}
	b.OnRestore = func() { p.chooseBackup(b) }
	return safety.Part{Object: b.Object(), Reload: reload}
}

// chooseBackup lets the rep pick a backup, from the folder where they are.
func (p *pages) chooseBackup(b *safety.Backups) {
	choice := dialog.NewFileOpen(func(f fyne.URIReadCloser, err error) {
		if err != nil || f == nil {
			p.win.Fault(err)
			return
		}
		f.Close()
		p.showRestore(b, f.URI().Path(), "")
	}, p.win.Window())
	if dir, err := folders.ListerForURI(folders.NewFileURI(backupsIn(p.dir, p.chosen.Backups))); err == nil {
		choice.SetLocation(dir)
	}
	choice.SetFilter(backupFiles{})
	choice.Resize(fyne.NewSize(760, 480))
	choice.Show()
	choice.SetView(dialog.ListView) // names are long; Fyne forgets it before
}

// backupFiles are the files that may be backups.
type backupFiles struct{}

// Matches implements storage.FileFilter of Fyne.
func (backupFiles) Matches(f fyne.URI) bool { return backup.Is(f.Name()) }

func (p *pages) showBackups(s safety.BackupState, err error) {
	if err != nil {
		p.backups.SetSaid(say.Error(err))
		return
	}
	p.backups.SetState(s)
}

func (p *pages) backUpNow(b *safety.Backups) {
	b.SetBusy("The backup is being made and read back…")
	async.Load(p.post, func(ctx context.Context) (backup.About, error) {
		h, err := p.r.store.wait(ctx)
		if err != nil {
			return backup.About{}, err
		}
		_, about, err := h.backUp(ctx, "")
		return about, err
	}, func(about backup.About, err error) {
		b.SetBusy("")
		if err != nil {
			b.SetSaid(say.Error(err))
			return
		}
		b.SetSaid("Backed up: " + counted(about.Counts) + ".")
		p.safety.Reload()
	})
}

// showRestore unpacks a backup, shows what it holds and what is here, and asks. One that the
// key of this store does not open, as of another machine, needs words that do.
func (p *pages) showRestore(b *safety.Backups, path, secretWords string) {
	b.SetBusy("The backup is being read…")
	waits := &restoring{path: path, dir: p.dir}
	async.Load(p.post, func(ctx context.Context) (string, error) {
		h, err := p.r.store.wait(ctx)
		if err != nil {
			return "", err
		}
		if err := h.may(ctx, actRestore.needs); err != nil {
			return "", err
		}
		waits.key, waits.present = backup.Key{Store: h.drawer.Key}, h.db
		if secretWords != "" {
			waits.key = backup.Key{Words: secretWords}
		}
		if err := waits.unpack(ctx); err != nil {
			return "", err
		}
		here, err := storage.Inspect(ctx, p.dir, h.drawer.Key)
		if err != nil {
			return "", errors.Join(err, waits.drop())
		}
		return fmt.Sprintf("The backup of %s holds %s.\n\nHere are now %s, in %s.\n\n%sWhat is here is moved into a folder of its own. Ringside starts again.",
			waits.about.Made.Local().Format("Monday 2 January 2006, 15:04"), counted(waits.about.Counts), counted(here.Counts), say.Count(int(here.Operations), "write"), erasedAgain(len(waits.erased))), nil
	}, func(words string, err error) {
		b.SetBusy("")
		if err != nil {
			b.SetSaid(say.Error(err))
			if errors.Is(err, assist.ErrWrongKey) {
				p.askBackupWords(func(typed string) { p.showRestore(b, path, typed) })
			}
			return
		}
		p.waiting = waits
		b.OnLeave = func() {
			p.waiting = nil
			b.SetSaid("Nothing was changed.")
			async.Go(p.post, func(context.Context) error { return waits.drop() }, p.trouble)
		}
		b.OnPut = func() { p.putBackup(waits) }
		b.Ask(words)
	})
}

// askBackupWords asks for what opens a backup of another machine.
func (p *pages) askBackupWords(then func(string)) {
	box := widget.NewPasswordEntry()
	ask := dialog.NewForm("This backup has another key", "Open", "Cancel",
		[]*widget.FormItem{widget.NewFormItem("Passphrase or recovery code", box)}, func(open bool) {
			if open && box.Text != "" {
				then(box.Text)
			}
		}, p.win.Window())
	box.OnSubmitted = func(string) { ask.Submit() }
	ask.Resize(fyne.NewSize(560, 0))
	ask.Show()
	p.win.Window().Canvas().Focus(box)
}

func (p *pages) putBackup(waits *restoring) {
	p.waiting = nil
	p.backups.SetBusy("The backup is being put in place…")
	async.Go(p.post, func(ctx context.Context) error {
		h, err := p.r.store.wait(ctx)
		if err != nil {
			return err
		}
		if _, err = waits.replace(ctx, h.drawer.Options, h.now); err != nil {
			err = errors.Join(err, waits.drop())
		}
		return err
	}, func(err error) {
		p.backups.SetBusy("")
		if err != nil {
			p.backups.SetSaid(say.Error(err))
			return
		}
		p.again = true
		p.app.Quit()
	})
}

// startAgain starts the app anew in a data folder, when this one has ended.
func startAgain(dir string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	cmd := exec.Command(self, "--data", dir)
	detach(cmd)
	if err := cmd.Start(); err != nil {
		return &assist.Fault{What: "Ringside could not start again by itself", Where: self, Do: "Start it.", Err: err}
	}
	return cmd.Process.Release()
}

// backupState says what there is of backups.
func (r *running) backupState(ctx context.Context) (s safety.BackupState, err error) {
	h, err := r.store.wait(ctx)
	if err != nil {
		return s, err
	}
	if s.Folder, err = h.backupDir(ctx); err != nil {
		return s, err
	}
	files, err := backup.List(s.Folder, h.db.Name())
	if err != nil {
		return s, &assist.Fault{What: "the backups cannot be listed", Where: s.Folder, Do: "Plug the folder in, or choose another one.", Err: err}
	}
	if s.Kept = len(files); s.Kept > 0 {
		s.Last = files[0].Made
	}
	key, err := h.backupKey()
	s.Sealed = len(key.Boxes) > 0
	s.Same = sameDisk(h.dir, s.Folder) || strings.HasPrefix(s.Folder, h.dir+string(filepath.Separator))
	return s, err
}

// daily makes a backup a day, and says what went wrong.
func (p *pages) daily(h *house) {
	p.r.beside.Go(func() {
		p.r.backDaily(p.r.ctx, h, func(err error) {
			p.post(func() {
				if err != nil {
					p.backups.SetSaid("The daily backup failed: " + say.Error(err))
					p.app.SendNotification(fyne.NewNotification("No backup today", say.Error(err)))
				}
				async.Load(p.post, p.r.backupState, p.showBackups)
			})
		})
	})
}
