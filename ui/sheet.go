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
		col.Add(keyLine(call.Key{Name: "Alt+" + string(pageKeys()[i]), Words: string(p) + " page"}))
	}
	if w.opt.OnTeam != nil {
		col.Add(keyLine(call.Key{Name: "Alt+" + string(teamKey), Words: "How it stands with the team"}))
	}
	col.Add(keyLine(call.Key{Name: "Ctrl+PgDn, PgUp", Words: "Next list of the page, the one before"}))
	review, talk := reviewLines(), keyLines("Call", call.Sheet())
	if w.now == Review {
		col.Objects = append(append(col.Objects, review...), talk...)
	} else {
		col.Objects = append(append(col.Objects, talk...), review...)
	}
	w.sheet = openSheet(w.win, "Keys", "Close", col, func() { w.sheet = nil })
}

// reviewLines are the lines of the lists of Review.
func reviewLines() (out []fyne.CanvasObject) {
	for _, l := range reviewKeys {
		out = append(out, keyLines(l.list, l.keys)...)
	}
	return out
}

// keyLines are keys under what they are for.
func keyLines(title string, keys []call.Key) []fyne.CanvasObject {
	out := []fyne.CanvasObject{widgets.Pad(widgets.Edges{Top: 2 * theme.Grid}, widgets.Say(widgets.Style{Bold: true, Colour: theme.Muted}, title))}
	for _, k := range keys {
		out = append(out, keyLine(k))
	}
	return out
}

func keyLine(k call.Key) fyne.CanvasObject {
	return widgets.Pair(110,
		widgets.Say(widgets.Style{Size: theme.Small, Bold: true, Lines: 1}, k.Name),
		widgets.Say(widgets.Style{Lines: 2}, k.Words))
}

func showFault(win fyne.Window, err error) {
	openSheet(win, "That did not work", "Close", widgets.Column(0, widgets.Say(widgets.Style{}, say.Error(err))), nil)
}

// askUnkept asks whether to close though what was typed is not on the disk.
func (w *Window) askUnkept() {
	if w.asking {
		return
	}
	w.asking = true
	anyway := widgets.NewAction(widgets.Quiet, "Quit and lose it", "", widgets.Keys{}, w.shut)
	openSheet(w.win, "Not kept yet", "Stay", widgets.Column(3*theme.Grid, widgets.Say(widgets.Style{},
		"Something you wrote is not on the disk yet. While Ringside stays open, it is kept as soon as that works. Copy what you need before you quit."),
		widgets.Row(2*theme.Grid, nil, anyway)), func() { w.asking = false })
}

// openSheet shows body under a title, with a button that closes it. closed, if any, is
// called once it is gone.
func openSheet(win fyne.Window, title, shutLabel string, body fyne.CanvasObject, closed func()) *sheet {
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
	button := widgets.NewAction(widgets.Quiet, shutLabel, "Esc", keys, shut)
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
