package notes

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"ringside/assist/glance"
	"ringside/assist/settings"
	"ringside/ui/async"
	"ringside/ui/widgets"
)

// views are the searches that have names.
type views struct {
	page *Page
	save *widgets.Action
	bar  *fyne.Container
}

func newViews(p *Page) *views {
	v := &views{page: p, bar: widgets.Wrapped(6)}
	v.save = widgets.NewAction(widgets.Plain, "Save this search", "V", p.filters.keys(), v.name)
	v.show()
	return v
}

// show makes a button of every view; the one that is listed is marked.
func (v *views) show() {
	v.bar.Objects = nil
	for _, view := range v.page.data.Views {
		a := widgets.NewAction(widgets.Quiet, view.Name, "", v.page.filters.keys(), func() {
			v.page.ShowQuery(view.Query)
			v.page.toRows()
		})
		a.SetOn(v.page.pinned == nil && view.Query == v.page.asked)
		v.bar.Add(a)
	}
	v.save.Hidden = v.page.pinned != nil || v.page.asked == glance.NoteQuery{}
	v.save.SetLabel("Save this search")
	if _, ok := v.listed(); ok {
		v.save.SetLabel("Rename or delete")
	}
	v.bar.Add(v.save)
	v.bar.Hidden = v.save.Hidden && len(v.bar.Objects) == 1
	v.bar.Refresh()
}

// listed returns the view that is listed.
func (v *views) listed() (int, bool) {
	i := slices.IndexFunc(v.page.data.Views, func(view settings.View) bool { return view.Query == v.page.asked })
	return i, i >= 0
}

// name asks for the name of what is listed.
func (v *views) name() {
	p := v.page
	if p.pinned != nil || p.asked == (glance.NoteQuery{}) {
		return
	}
	at, ok := v.listed()
	if !ok {
		p.asking.open(request{title: "A name for this search. Enter saves it, Esc leaves it.", hint: "Upset customers of this week", keep: v.keep})
		return
	}
	view := p.data.Views[at]
	p.asking.open(request{title: "Another name for this search. Enter saves it, Esc leaves it.", text: view.Name, extra: "Delete the search",
		keep: func(name string) { v.rename(view, name) },
		onExtra: func() {
			v.change(slices.Delete(slices.Clone(p.data.Views), at, at+1), "Deleted: "+view.Name)
		}})
}

// keep saves the search; one of the same name gives way.
func (v *views) keep(name string) {
	list := slices.DeleteFunc(slices.Clone(v.page.data.Views), func(o settings.View) bool { return o.Name == name })
	v.change(append(list, settings.View{Name: name, Query: v.page.asked}), "Saved: "+name)
}

func (v *views) rename(view settings.View, name string) {
	list := slices.DeleteFunc(slices.Clone(v.page.data.Views), func(o settings.View) bool { return o.Name == name && o != view })
	for i, o := range list {
		if o == view {
			list[i].Name = name
		}
	}
	v.change(list, "Renamed: "+name)
}

// change shows other views, has them kept, and can be taken back.
func (v *views) change(list []settings.View, said string) {
	before := v.page.data.Views
	v.put(list)
	v.page.undoable(undo{said: said, do: func() { v.put(before) }})
}

// put shows views and has them kept; when that fails, those of before are back.
func (v *views) put(list []settings.View) {
	p, before := v.page, v.page.data.Views
	p.data.Views = list
	v.show()
	p.split.Arrange()
	p.toRows()
	if p.opt.SaveViews == nil {
		return
	}
	async.Go(p.opt.Post, func(ctx context.Context) error { return p.opt.SaveViews(ctx, list) }, func(err error) {
		if p.refused = err; err != nil {
			p.data.Views = before
			v.show()
		}
		p.sayTrouble()
	})
}
