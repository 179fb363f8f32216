package main

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"ringside/assist"
	"ringside/ui"
	"ringside/ui/panes/look"
)

// offered are the words of the menu "File".
func (d *desktop) offered() (out []string) {
	for _, item := range d.win.Window().MainMenu().Items[0].Items {
		out = append(out, item.Label)
	}
	return out
}

func TestTheWindowOffersWhatARoleMay(t *testing.T) {
	d := newDesktop(t)
	ctx, h := t.Context(), d.r.store.house
	if err := d.r.takeSample(ctx); err != nil {
		t.Fatal(err)
	}
	d.uncover()
	sits := func(role, other assist.Role) {
		t.Helper()
		s, err := h.db.Settings(ctx)
		if err == nil {
			err = h.db.Save(ctx, assist.Rep{ID: s.Me, Name: "Me", Role: role}, assist.Rep{ID: "boss", Name: "Boss", Role: other})
		}
		if err != nil {
			t.Fatal(err)
		}
		read := false
		d.reload(func() { read = true })
		d.until(t, "the team is read", func() bool { return read })
	}
	const customers, everything, pack = "Import from a file…", "Export…", "Bring answers from a folder…"
	for _, c := range []struct {
		role, other assist.Role
		offers      []string
	}{
		{"", "", []string{customers, everything, pack}},
		{"", assist.RoleAdmin, nil},
		{assist.RoleTrainer, assist.RoleAdmin, []string{customers, pack}},
		{assist.RoleAdmin, "", []string{customers, everything, pack}},
	} {
		sits(c.role, c.other)
		for _, words := range []string{customers, everything, pack} {
			if got, want := slices.Contains(d.offered(), words), slices.Contains(c.offers, words); got != want {
				t.Errorf("%q beside %q: %s is offered: %t", c.role, c.other, words, got)
			}
		}
		data, err := (&customerSource{r: d.r}).Look(ctx, nil)
		if err != nil || data.MayErase != slices.Contains(c.offers, everything) {
			t.Errorf("%q beside %q may erase: %t, %v", c.role, c.other, data.MayErase, err)
		}
	}
}

func TestTheLogIsReadInSettings(t *testing.T) {
	d := newDesktop(t)
	if err := d.r.takeSample(t.Context()); err != nil {
		t.Fatal(err)
	}
	d.uncover()
	if _, err := d.r.say(t.Context(), []string{"export", "--to", t.TempDir() + "/out"}); err != nil {
		t.Fatal(err)
	}
	d.win.Window().Resize(fyne.NewSize(1000, 3000)) // the log is the last on the page
	d.win.Show(ui.Settings)
	d.settings.Show(tabSafety)
	d.until(t, "the export is shown", func() bool { return strings.Contains(look.Words(d.settings.Object()), "Export: everything (") })
}
