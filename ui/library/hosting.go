package library

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringside/assist"
	"ringside/ui/widgets"
)

// hosted is what stands in place of the list and the reading pane for a while.
type hosted struct {
	object  fyne.CanvasObject // nil: nothing does
	focus   func(fyne.Canvas)
	new     *widget.Button
	waiting *widget.Button
}

// ShowEditor shows an object in place of the list and the reading pane, until CloseEditor.
// focus gives it the keyboard. What stood there in the same way goes.
func (p *Page) ShowEditor(o fyne.CanvasObject, focus func(fyne.Canvas)) {
	p.unhost()
	p.hosted.object, p.hosted.focus = o, focus
	p.content.Add(o)
	o.Show()
	p.showEmpty()
	p.content.Refresh()
	if c := fyne.CurrentApp().Driver().CanvasForObject(p.content); c != nil {
		focus(c)
	}
}

// CloseEditor brings back the list and the reading pane, as they were.
func (p *Page) CloseEditor() {
	p.unhost()
	p.showEmpty()
	p.content.Refresh()
	if c := fyne.CurrentApp().Driver().CanvasForObject(p.content); c != nil {
		p.Focus(c)
	}
}

// Shows reports whether an object stands in place of the list.
func (p *Page) Shows(o fyne.CanvasObject) bool { return p.hosted.object == o }

func (p *Page) unhost() {
	if p.hosted.object != nil {
		p.content.Remove(p.hosted.object)
		p.hosted.object = nil
	}
}

// SetChanges says how many changes wait: those to be published, and the rep's own drafts.
func (p *Page) SetChanges(n int) {
	p.hosted.new.Hidden, p.hosted.waiting.Hidden = p.OnEdit == nil, p.OnChanges == nil
	p.hosted.waiting.SetText("Changes (D)")
	p.hosted.waiting.Importance = widget.MediumImportance
	if n > 0 {
		p.hosted.waiting.SetText(fmt.Sprintf("Changes: %d (D)", n))
		p.hosted.waiting.Importance = widget.HighImportance
	}
	p.hosted.waiting.Refresh()
	p.reading.change.Hidden = p.OnEdit == nil
	p.split.Arrange()
}

func (p *Page) buildHosted() fyne.CanvasObject {
	p.hosted.new = widget.NewButton("New answer (N)", p.write)
	p.hosted.waiting = widget.NewButton("", p.changes)
	p.hosted.new.Hide()
	p.hosted.waiting.Hide()
	return widgets.Wrapped(8, p.hosted.new, p.hosted.waiting)
}

func (p *Page) edit(answer assist.ID) {
	if p.OnEdit != nil && answer != "" {
		p.OnEdit(answer)
	}
}

func (p *Page) write() {
	if p.OnEdit != nil {
		p.OnEdit("")
	}
}

func (p *Page) changes() {
	if p.OnChanges != nil {
		p.OnChanges()
	}
}
