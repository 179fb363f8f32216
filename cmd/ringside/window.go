package main

import (
	"context"
	"errors"
	"os"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ringside/assets"
	"ringside/assist/live"
	"ringside/assist/phone"
	"ringside/ui/async"
	"ringside/ui/call"
	"ringside/ui/native"
	"ringside/ui/say"
	"ringside/ui/theme"
)

// newApp returns the Fyne app with its name, look and icon. Its preferences keep
// only what is cosmetic.
func newApp() fyne.App {
	if l := locale(os.Getenv); l == "" || l == "C" || l == "POSIX" || strings.HasPrefix(l, "C.") {
		os.Setenv("LC_ALL", "en_GB.UTF-8") // Fyne cannot read the C locale and says so on stderr
	}
	app.SetMetadata(fyne.AppMetadata{ID: appID, Name: appName, Version: appVersion, Build: appBuild})
	a := app.NewWithID(appID)
	a.SetIcon(fyne.NewStaticResource("icon.png", assets.Icon))
	a.Settings().SetTheme(theme.New())
	return a
}

// runWindow shows the window at once, opens the store beside it, and returns when
// the window was closed and all is kept.
func runWindow(p *program, dir string, ring *phone.Ring) error {
	a := newApp()
	w := a.NewWindow(appName)
	var failed error // belongs to the window's goroutine
	r := startRunning(p.ctx, func(ctx context.Context) (*house, error) {
		return openOrJoin(ctx, p, dir, ring)
	}, p.now, events{
		show: func() { fyne.Do(func() { raise(w) }) },
		opened: func(_ *house, err error) {
			fyne.Do(func() {
				if err != nil {
					failed = err
					showFault(a, w, err)
				}
			})
		},
	})
	if ring != nil {
		r.desk.Ring(*ring)
	}
	page := call.New(r.desk)
	w.SetContent(page.Object())
	w.Resize(fyne.NewSize(1280, 720))
	async.Views(r.ctx, r.desk.Views(), async.Window, func(v live.View) { page.SetView(v) })
	defer context.AfterFunc(p.ctx, func() { fyne.Do(a.Quit) })()
	w.ShowAndRun()
	closed := r.Close()
	if errors.Is(failed, errJoined) || errors.Is(failed, context.Canceled) {
		failed = nil
	}
	if failed != nil {
		return failed
	}
	return closed
}

// raise brings the window to the front because somebody asked for it.
func raise(w fyne.Window) {
	w.Show()
	w.RequestFocus()
	_ = native.Of(w).Raise() // where the system cannot, RequestFocus was all there is
}

// showFault shows in place of everything else why the store cannot be opened.
func showFault(a fyne.App, w fyne.Window, err error) {
	if errors.Is(err, errJoined) {
		a.Quit()
		return
	}
	text := widget.NewLabel(say.Error(err))
	text.Wrapping = fyne.TextWrapWord
	w.SetContent(container.NewBorder(nil, widget.NewButton("Quit", a.Quit), nil, nil, text))
}
