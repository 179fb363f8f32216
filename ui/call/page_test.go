package call_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ringside/assist"
	"ringside/assist/live"
	"ringside/assist/phone"
	"ringside/ui/call"
	"ringside/ui/cards"
	"ringside/ui/theme"
)

// desk writes down what the page tells it.
type desk struct {
	rings    []phone.Ring
	heard    []string
	uses     []live.Use
	in       assist.ID // the call that the latest use was told for
	notes    []string
	promises []live.PromiseUse
}

func (d *desk) Ring(r phone.Ring)                        { d.rings = append(d.rings, r) }
func (d *desk) HearIn(_ assist.ID, s string)             { d.heard = append(d.heard, s) }
func (d *desk) UseIn(in assist.ID, u live.Use)           { d.uses, d.in = append(d.uses, u), in }
func (d *desk) NoteIn(_ assist.ID, s string)             { d.notes = append(d.notes, s) }
func (d *desk) PromiseIn(_ assist.ID, p live.PromiseUse) { d.promises = append(d.promises, p) }

// stage is a page in a window without a screen.
type stage struct {
	*desk
	page *call.Page
	win  fyne.Window
}

func open(t *testing.T, size fyne.Size, look theme.Look) *stage {
	t.Helper()
	test.NewTempApp(t)
	test.ApplyTheme(t, theme.Of(look))
	s := &stage{desk: &desk{}}
	s.page = call.New(s.desk, &cards.Cards{})
	s.win = test.NewTempWindow(t, s.page.Object())
	s.win.SetPadded(false)
	s.win.Resize(size)
	return s
}
