package panes

import (
	"fyne.io/fyne/v2"

	"ringside/ui/widgets"
)

// Fill returns a container that gives every object all the room, the last on top.
func Fill(objects ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: fill{}, Objects: objects}
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

// Front returns a container that gives all the room to the object that is shown. The others
// are laid out when they come to the front: a window is made of many that nobody has seen yet.
func Front(objects ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: front{}, Objects: objects}
}

type front struct{ fill }

// Layout implements fyne.Layout.
func (l front) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		if o.Visible() {
			l.fill.Layout([]fyne.CanvasObject{o}, size)
		}
	}
}
