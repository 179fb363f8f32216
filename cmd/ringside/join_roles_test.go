package main

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"ringside/assist"
	"ringside/storage"
	"ringside/ui"
	"ringside/ui/panes/look"
)

func TestARoleIsKeptOrTheReasonIsSaid(t *testing.T) {
	d := newDesktop(t)
	if err := d.r.takeSample(t.Context()); err != nil {
		t.Fatal(err)
	}
	d.uncover()
	read := false
	d.reload(func() { read = true })
	d.until(t, "the team is read", func() bool { return read && len(d.team) > 1 })
	me := d.chosen.Me
	other := d.team[0].ID
	if other == me {
		other = d.team[1].ID
	}
	role := func(id assist.ID) assist.Role {
		rep, err := storage.Find[assist.Rep](t.Context(), d.r.store.house.db, id)
		if err != nil {
			t.Fatal(err)
		}
		return rep.Role
	}
	d.win.Window().Resize(fyne.NewSize(1200, 6000))
	d.win.Show(ui.Settings)
	d.giveRole(other, assist.RoleTrainer)
	d.until(t, "the refusal is said", func() bool { return strings.Contains(look.Words(d.setup.Object()), "There is no admin yet.") })
	if role(other) != "" {
		t.Error("the role was given all the same")
	}
	d.giveRole(me, assist.RoleAdmin)
	d.until(t, "the first admin is shown", func() bool { return strings.Contains(look.Words(d.setup.Object()), "Admin: "+d.repName(me)) })
	d.giveRole(other, assist.RoleTrainer)
	d.until(t, "the trainer is shown", func() bool { return strings.Contains(look.Words(d.setup.Object()), "Trainer: "+d.repName(other)) })
	if role(me) != assist.RoleAdmin || role(other) != assist.RoleTrainer {
		t.Errorf("kept %q and %q", role(me), role(other))
	}
}
