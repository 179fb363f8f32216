package main

import (
	"fyne.io/fyne/v2"

	"ringside/ui/panes"
	"ringside/ui/safety"
)

// The lists of the Settings page.
const (
	tabDesk   = "This desk"
	tabSafety = "Safety"
	tabTeam   = "Team"
)

// joinSettings makes the room of the settings.
func (p *pages) joinSettings() {
	p.settings = panes.NewRoom(
		panes.Tab{Name: tabDesk, Object: p.setup.Object(), Focus: p.setup.Focus, Reload: func() {
			p.reload(nil)
			p.followNews()
		}},
		p.safetyTab(),
		p.teamTab(),
	)
}

// safetyTab is what keeps the notes from getting lost and from getting read: each part is
// one line here.
func (p *pages) safetyTab() panes.Tab {
	p.safety = safety.New(
		p.keysPart(),
		p.backupPart(),
		p.logPart(),
	)
	return panes.Tab{Name: tabSafety, Object: p.safety.Object(), Focus: func(fyne.Canvas) {}, Reload: p.safety.Reload}
}
