package panes

import (
	"fyne.io/fyne/v2"

	"ringside/ui/widgets"
)

// Fill returns a container that gives every object all the room, the last on top.
func Fill(objects ...fyne.CanvasObject) *fyne.Container {
	return fyne.NewContainerWithLayout(fill{}, objects...)
}

type fill struct{}

// Layout implements fyne.Layout. What is inside is laid out even when its size stays: its
// texts may be others.
func (fill) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.NewPos(0, 0))
		o.Resize(size)
		widgets.Arrange(o)
	}
}

// MinSize implements fyne.Layout.
func (fill) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(240, 160) }
