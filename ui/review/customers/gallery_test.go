package customers

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"

	"ringside/assist"
	"ringside/ui/panes/look"
)

// views are the states of the page that must look right.
func views(d *desk, see func(name string)) {
	see("alike")
	d.choose("hmary")
	see("household")
	d.page.Open("mary")
	d.settle()
	see("customer")
	for range 3 {
		d.page.reading.scroll.Page(1)
		see("customer further down")
	}
	d.page.reading.letter('c')
	d.settle()
	see("form")
	d.page.reading.form.hide()
	d.page.reading.letter('r')
	d.page.reading.relate.find.SetTyped("tim")
	d.settle()
	see("relation")
	d.page.reading.relate.hide()
	d.page.reading.letter('x')
	see("erasing")
}

func full() Options {
	return Options{Export: func(context.Context, assist.ID) (string, error) { return "", nil },
		Erase: func(context.Context, assist.ID, string) error { return nil }}
}

func TestNothingIsCutOffOrLiesOnAnother(t *testing.T) {
	for _, size := range []fyne.Size{wide, slim} {
		d := newDesk(t, size, full())
		p := d.store.people["mary"]
		p.Name = "Maria Magdalena Featherstonehaugh-Cholmondeley of Market Harborough"
		d.store.people["mary"] = p
		d.page.Reload()
		d.settle()
		look.Apart(t, d.page.Object(), size, "the list")
		d.page.split.Read(true)
		views(d, func(name string) { look.Apart(t, d.page.Object(), size, name) })
	}
}

// TestGallery saves what the page looks like, when RINGSIDE_GALLERY names a folder.
func TestGallery(t *testing.T) {
	look.Gallery(t)
	for name, size := range map[string]fyne.Size{"wide": wide, "slim": slim} {
		d := newDesk(t, size, full())
		n := 0
		if size == slim {
			look.Picture(t, d.w, "customers-slim-list")
			d.page.split.Read(true)
		}
		views(d, func(string) {
			n++
			look.Picture(t, d.w, "customers-"+name+"-"+string(rune('0'+n)))
		})
	}
}
