package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringside/ui/call"
	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// sheet is a panel over the window, closed by Esc, Enter or its button.
type sheet struct{ pop *widget.PopUp }

// ShowKeys shows the sheet of keys, or closes it.
func (w *Window) ShowKeys() {
	if w.sheet != nil {
		w.sheet.close()
		w.sheet = nil
		return
	}
	col := widgets.Column(theme.Grid + 2)
	for i, p := range Pages() {
		col.Objects = append(col.Objects, keyLine(call.Key{Name: "Alt+" + string(pageKeys()[i]), Words: string(p) + " page"}))
	}
	col.Objects = append(col.Objects, keyLine(call.Key{Name: "Ctrl+PgDn, PgUp", Words: "Next list of the Library, the one before"}))
	for _, k := range call.Sheet() {
		col.Objects = append(col.Objects, keyLine(k))
	}
	w.sheet = openSheet(w.win, "Keys", col, func() { w.sheet = nil })
}

func keyLine(k call.Key) fyne.CanvasObject {
	return widgets.Pair(110,
		widgets.Say(widgets.Style{Size: theme.Small, Bold: true, Lines: 1}, k.Name),
		widgets.Say(widgets.Style{Lines: 2}, k.Words))
}

func showFault(win fyne.Window, err error) {
	openSheet(win, "That did not work", widgets.Column(0, widgets.Say(widgets.Style{}, say.Error(err))), nil)
}

// openSheet shows body under a title. closed, if any, is called once it is gone.
func openSheet(win fyne.Window, title string, body fyne.CanvasObject, closed func()) *sheet {
	s := &sheet{}
	shut := func() {
		s.close()
		if closed != nil {
			closed()
		}
	}
	keys := widgets.Keys{Key: func(_ fyne.CanvasObject, ev *fyne.KeyEvent) bool {
		if ev.Name == fyne.KeyEscape || ev.Name == fyne.KeyF1 {
			shut()
		}
		return true
	}}
	button := widgets.NewAction(widgets.Quiet, "Close", "Esc", keys, shut)
	head := widgets.Say(widgets.Style{Size: theme.Title, Bold: true, Lines: 1}, title)
	tall := widgets.NewTall(body)
	all := widgets.ColumnFilled(3*theme.Grid, tall, widgets.Row(2*theme.Grid, head, head, button), tall)
	s.pop = widget.NewModalPopUp(widgets.Pad(widgets.Even(4*theme.Grid), all), win.Canvas())
	room := win.Canvas().Size()
	width := min(room.Width-32, 440)
	need := widgets.HeightFor(body, width-56) + 110
	s.pop.Resize(fyne.NewSize(width, min(need, room.Height-32)))
	s.pop.Show()
	win.Canvas().Focus(button)
	return s
}

func (s *sheet) close() { s.pop.Hide() }
