package notes

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"

	"ringside/assist/glance"
	"ringside/assist/sift"
	"ringside/ui/widgets"
)

// filters are the chips of what notes are sifted by, and the words that begin one.
type filters struct {
	page              *Page
	chips, menu       *fyne.Container
	back, more, forMe *widgets.Action
	set               []sift.Field // in the order of the chips
}

func newFilters(p *Page) *filters {
	f := &filters{page: p, chips: widgets.Wrapped(6), menu: widgets.Wrapped(6)}
	f.more = widgets.NewAction(widgets.Quiet, "Filter…", "F", f.keys(), f.toggle)
	f.back = widgets.NewAction(widgets.Quiet, "Back", "B", f.keys(), p.back)
	f.forMe = widgets.NewAction(widgets.Quiet, "For you", "M", f.keys(), f.showForMe)
	f.forMe.Hide()
	for _, field := range sift.Fields() {
		f.menu.Add(widgets.NewAction(widgets.Quiet, field.Label(), string(field)+":", f.keys(), func() { f.begin(field) }))
	}
	f.menu.Hide()
	f.show(nil)
	return f
}

// keys are those of the chips: the letters of the page, and Escape to the list.
func (f *filters) keys() widgets.Keys {
	return widgets.Keys{
		Rune: func(r rune) bool {
			f.page.letter(r)
			return true
		},
		Key: func(o fyne.CanvasObject, ev *fyne.KeyEvent) bool {
			if ev.Name == fyne.KeyEscape {
				f.menu.Hide()
				f.page.split.Arrange()
				f.page.toRows()
				return true
			}
			return widgets.PassKey(o, ev)
		},
	}
}

// show makes a chip of every field that is set.
func (f *filters) show(names map[sift.Field]string) {
	f.set = nil
	f.back.Hidden = len(f.page.past) == 0
	f.chips.Objects = []fyne.CanvasObject{f.back, f.more, f.forMe}
	if pin := f.page.pinned; pin != nil {
		f.chips.Add(widgets.NewAction(widgets.Quiet, pin.label, "×", f.keys(), f.page.unpin))
	}
	for _, field := range sift.Fields() {
		if name, ok := names[field]; ok {
			f.set = append(f.set, field)
			words := field.Label() + ": " + name
			if field == sift.Is {
				words = field.Label()
			}
			chip := widgets.NewAction(widgets.Quiet, words, "×", f.keys(), func() { f.page.sift(field, "") })
			chip.SetOn(true)
			f.chips.Add(chip)
		}
	}
	f.chips.Refresh()
}

func (f *filters) setForMe(n int) {
	f.forMe.Hidden = n == 0
	f.forMe.SetLabel("For you " + fmt.Sprint(n))
}

// takeLast takes the last chip away. It reports whether there was one.
func (f *filters) takeLast() bool {
	switch {
	case f.page.pinned != nil:
		f.page.unpin()
	case len(f.set) > 0:
		f.page.sift(f.set[len(f.set)-1], "")
	default:
		return false
	}
	return true
}

// toggle shows the words that begin a filter, or hides them.
func (f *filters) toggle() {
	f.menu.Hidden = !f.menu.Hidden
	f.page.split.Arrange()
	if !f.menu.Hidden {
		f.page.focus(f.menu.Objects[0].(*widgets.Action))
	}
}

// begin types the beginning of a filter.
func (f *filters) begin(field sift.Field) {
	f.menu.Hide()
	if field == sift.Is { // it has one value only
		f.page.sift(field, sift.Unreviewed)
		f.page.focus(f.page.box)
		return
	}
	typed := f.page.box.Text
	if typed != "" && typed[len(typed)-1] != ' ' {
		typed += " "
	}
	f.page.pinned = nil
	f.page.box.SetTyped(typed + string(field) + ":")
	f.page.focus(f.page.box)
}

// showForMe lists the notes with a comment for who sits here.
func (f *filters) showForMe() {
	p := f.page
	p.leave()
	p.pin("Comments for you", func(ctx context.Context) ([]glance.NoteFound, error) {
		d, err := p.opt.Source.Open(ctx)
		return d.ForMe, err
	})
	p.toRows()
}

// unpin goes back to what is sifted by.
func (p *Page) unpin() {
	p.pinned = nil
	p.find(0)
}
