package curate

import (
	"slices"

	"ringside/assist"
)

// Appoint returns a rep of the team with another role, as by wants it. The first admin is
// who names themselves; from then on only admins may. The last admin stays while there
// are trainers, so that somebody can say who is what. What is not to be fails with a
// *assist.Fault.
func Appoint(by assist.ID, team []assist.Rep, rep assist.ID, role assist.Role) (assist.Rep, error) {
	who, ok := member(team, rep)
	if !ok {
		return who, &assist.Fault{What: "there is no such rep", Where: string(rep), Err: assist.ErrNotFound}
	}
	me, sits := member(team, by)
	admins := admins(team)
	refuse := func(what, do string) (assist.Rep, error) {
		return who, &assist.Fault{What: what, Do: do, Err: assist.ErrInvalid}
	}
	switch {
	case !sits:
		return refuse("nobody has said who sits here", "Say who you are first.")
	case !May(me, team, Govern):
		return refuse("only an admin may say who may do what", "Ask one of them.")
	case len(admins) == 0 && (rep != by || role != assist.RoleAdmin):
		return refuse("there is no admin yet", "Make yourself the admin first; then you can give roles to others.")
	case role != assist.RoleAdmin && len(admins) == 1 && admins[0].ID == rep && slices.ContainsFunc(team, isTrainer):
		return refuse("somebody has to be the admin while there are trainers", "Make another rep an admin first.")
	}
	if who.Role = role; role == assist.RoleRep {
		who.Role = ""
	}
	return who, who.Validate()
}

func member(team []assist.Rep, id assist.ID) (assist.Rep, bool) {
	i := slices.IndexFunc(team, func(r assist.Rep) bool { return r.ID == id })
	if i < 0 {
		return assist.Rep{}, false
	}
	return team[i], true
}

func admins(team []assist.Rep) []assist.Rep {
	return slices.DeleteFunc(slices.Clone(team), func(r assist.Rep) bool { return r.Role != assist.RoleAdmin })
}

func isTrainer(r assist.Rep) bool { return r.Role == assist.RoleTrainer }
