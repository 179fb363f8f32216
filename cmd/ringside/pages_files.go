package main

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"

	"ringside/assist"
	"ringside/assist/phone/handoff"
	"ringside/ui/async"
)

// choosePack lets the rep pick a pack's folder and takes it into the library.
func (p *pages) choosePack() {
	p.chooseFolder(func(dir string) []string { return []string{"import", "pack", "--", dir} }, p.loadLibrary)
}

// exportPack lets the rep pick a folder for the library: one that it was written to before,
// or one in which a new folder is made.
func (p *pages) exportPack() {
	p.chooseFolder(func(dir string) []string {
		if _, err := os.Stat(filepath.Join(dir, packMemory)); err != nil {
			dir = filepath.Join(dir, "ringside-library")
		}
		return []string{"export", "--format", "pack", "--to", dir}
	}, nil)
}

// saveText lets the rep choose where a text is kept as a file.
func (p *pages) saveText(name, text string) { p.saveFile(name, []byte(text), nil) }

// chooseExport lets the rep pick where a new folder with everything shall be.
func (p *pages) chooseExport() {
	p.chooseFolder(func(dir string) []string {
		return []string{"export", "--to", filepath.Join(dir, "ringside-"+p.r.now().Format("2006-01-02-150405"))}
	}, nil)
}

// chooseFolder asks for a folder, runs a command of the command line with it, and
// shows what the command said.
func (p *pages) chooseFolder(command func(dir string) []string, after func()) {
	dialog.ShowFolderOpen(func(folder fyne.ListableURI, err error) {
		if err != nil || folder == nil {
			p.win.Fault(err)
			return
		}
		args := command(folder.Path())
		async.Load(p.post, func(ctx context.Context) (string, error) { return p.r.say(ctx, args) }, func(said string, err error) {
			if err != nil {
				p.win.Fault(err)
				return
			}
			dialog.ShowInformation("Done", said, p.win.Window())
			if after != nil {
				after()
			}
		})
	}, p.win.Window())
}

// say runs a command and returns what it said, or what went wrong in its words.
func (r *running) say(ctx context.Context, args []string) (string, error) {
	var out, errs strings.Builder
	if code := r.Run(ctx, handoff.Command{Args: args}, io.Writer(&out), &errs); code != exitOK {
		return "", &assist.Fault{What: strings.TrimPrefix(strings.TrimSpace(errs.String()), "ringside: "), Err: exited(code)}
	}
	return strings.TrimSpace(out.String()), nil
}
