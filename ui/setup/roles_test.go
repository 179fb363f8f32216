package setup_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringside/assist"
	"ringside/ui/panes/look"
	"ringside/ui/setup"
)

type given struct {
	rep  assist.ID
	role assist.Role
}

// withRoles is the page for Tom, with a team of three.
func withRoles(t *testing.T, ann, tom assist.Role) (*setup.Page, *[]given) {
	t.Helper()
	app(t)
	s := newSettings()
	var gave []given
	s.page.OnRole = func(rep assist.ID, role assist.Role) { gave = append(gave, given{rep, role}) }
	c := choices()
	c.Reps = []assist.Rep{{ID: "ann", Name: "Ann Okafor", Role: ann}, {ID: "tom", Name: "Tom Baker", Role: tom}, {ID: "jo", Name: "Jo Pike"}}
	s.page.SetChoices(c)
	window(t, s.page.Object(), fyne.NewSize(800, 4600))
	if len(gave) > 0 {
		t.Fatalf("showing who is what gave %v", gave)
	}
	return s.page, &gave
}

func TestWhileNobodyHasARoleEverybodyMayEverything(t *testing.T) {
	p, gave := withRoles(t, "", "")
	look.Reads(t, p.Object(), "everybody may do everything")
	look.Hides(t, p.Object(), "Trainer: publishes")
	look.Press(t, p.Object(), "Make me the admin")
	if len(*gave) != 1 || (*gave)[0] != (given{"tom", assist.RoleAdmin}) {
		t.Errorf("gave %v", *gave)
	}
}

func TestWhoHasNotSaidWhoTheyAreCannotBeAdmin(t *testing.T) {
	p, _ := withRoles(t, "", "")
	c := choices()
	c.Settings.Me = ""
	p.SetChoices(c)
	look.Reads(t, p.Object(), "say who sits here first")
	look.Hides(t, p.Object(), "Make me the admin")
}

func TestAnAdminGivesRoles(t *testing.T) {
	p, gave := withRoles(t, assist.RoleTrainer, assist.RoleAdmin)
	look.Reads(t, p.Object(), "Admin: Tom Baker. Trainer: Ann Okafor. All others suggest changes.")
	look.Hides(t, p.Object(), "Make me the admin", "Only an admin")
	role := look.Find(t, p.Object(), func(r *widget.RadioGroup) bool { return r.Options[0] == "Rep: suggests changes" })
	if !role.Disabled() {
		t.Error("a role can be given to nobody")
	}
	who := look.Find(t, p.Object(), func(s *widget.Select) bool { return len(s.Options) == 3 })
	who.SetSelectedIndex(0)
	if role.Disabled() || role.Selected != "Trainer: publishes them" || len(*gave) > 0 {
		t.Errorf("shows %q, gave %v", role.Selected, *gave)
	}
	role.SetSelected("Rep: suggests changes")
	who.SetSelectedIndex(2)
	role.SetSelected("Admin: also gives roles")
	if len(*gave) != 2 || (*gave)[0] != (given{"ann", assist.RoleRep}) || (*gave)[1] != (given{"jo", assist.RoleAdmin}) {
		t.Errorf("gave %v", *gave)
	}
}

func TestOthersSeeWhoIsAdmin(t *testing.T) {
	p, _ := withRoles(t, assist.RoleAdmin, assist.RoleTrainer)
	look.Reads(t, p.Object(), "Admin: Ann Okafor. Trainer: Tom Baker.", "Only an admin may change this.")
	look.Hides(t, p.Object(), "Make me the admin", "Admin: also gives roles")
}

func TestRolesLieOnNothingElse(t *testing.T) {
	p, _ := withRoles(t, assist.RoleTrainer, assist.RoleAdmin)
	for _, size := range []fyne.Size{wide, slim, fyne.NewSize(380, 4800)} {
		window(t, p.Object(), size)
		look.Apart(t, p.Object(), size, "roles")
	}
}

func TestWhoMayNotBringCustomersIsNotOfferedIt(t *testing.T) {
	for _, c := range []struct {
		ann, tom assist.Role
		offered  bool
	}{{"", "", true}, {assist.RoleAdmin, "", false}, {assist.RoleAdmin, assist.RoleTrainer, true}, {assist.RoleTrainer, "", true}, {"", assist.RoleAdmin, true}} {
		p, _ := withRoles(t, c.ann, c.tom)
		if c.offered {
			look.Reads(t, p.Object(), "Bring customers…")
		} else {
			look.Hides(t, p.Object(), "Bring customers…")
		}
	}
}
