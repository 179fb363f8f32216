package curate

import (
	"errors"
	"strings"
	"testing"

	"ringside/assist"
)

func TestRolesAreGivenByAdminsAndTheFirstNamesThemselves(t *testing.T) {
	const none, rep, trainer, admin = assist.Role(""), assist.RoleRep, assist.RoleTrainer, assist.RoleAdmin
	for _, c := range []struct {
		name          string
		ann, tom, ben assist.Role // as they are
		by, whom      assist.ID
		gets          assist.Role
		refused       string
	}{
		{"the first admin", none, none, none, "ann", "ann", admin, ""},
		{"nobody makes another the first admin", none, none, none, "ann", "tom", admin, "no admin yet"},
		{"no trainer before an admin", none, none, none, "ann", "ann", trainer, "no admin yet"},
		{"a trainer without an admin becomes one", none, trainer, none, "tom", "tom", admin, ""},
		{"a rep beside a trainer does not", none, trainer, none, "ann", "ann", admin, "only an admin"},
		{"an admin makes a trainer", admin, none, none, "ann", "tom", trainer, ""},
		{"an admin makes an admin", admin, none, none, "ann", "tom", admin, ""},
		{"a trainer makes nobody anything", admin, trainer, none, "tom", "ben", trainer, "only an admin"},
		{"a rep neither", admin, none, none, "tom", "tom", admin, "only an admin"},
		{"a trainer is a rep again", admin, trainer, none, "ann", "tom", rep, ""},
		{"the last admin stays while there are trainers", admin, trainer, none, "ann", "ann", rep, "has to be the admin"},
		{"one of two admins may go", admin, admin, trainer, "ann", "ann", rep, ""},
		{"without trainers the last admin may go", admin, none, none, "ann", "ann", rep, ""},
		{"nobody sits here", admin, none, none, "", "tom", trainer, "who sits here"},
		{"who is not there", admin, none, none, "ann", "eve", trainer, "no such rep"},
		{"no such role", admin, none, none, "ann", "tom", "king", "role"},
	} {
		team := []assist.Rep{{ID: "ann", Name: "Ann", Role: c.ann}, {ID: "tom", Name: "Tom", Role: c.tom}, {ID: "ben", Name: "Ben", Role: c.ben}}
		got, err := Appoint(c.by, team, c.whom, c.gets)
		if c.refused != "" {
			var fault *assist.Fault
			if !errors.As(err, &fault) || !strings.Contains(fault.What, c.refused) {
				t.Errorf("%s: %v, want %q", c.name, err, c.refused)
			}
			continue
		}
		want := c.gets
		if want == rep {
			want = none
		}
		if err != nil || got.ID != c.whom || got.Role != want {
			t.Errorf("%s: %+v, %v", c.name, got, err)
		}
	}
}
