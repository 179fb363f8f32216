package setup

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringside/assist"
	"ringside/assist/curate"
	"ringside/ui/widgets"
)

var roleNames = []named[assist.Role]{
	{assist.RoleRep, "Rep: suggests changes", ""},
	{assist.RoleTrainer, "Trainer: publishes them", ""},
	{assist.RoleAdmin, "Admin: also gives roles", ""},
}

// roles says who may do what with the library.
type roles struct {
	page  *Page
	all   fyne.CanvasObject
	words *widgets.Text
	first *widget.Button
	who   *widget.Select
	role  *widget.RadioGroup
}

func newRoles(p *Page) *roles {
	r := &roles{page: p, words: widgets.NewText(widgets.Style{})}
	r.first = widget.NewButton("Make me the admin", func() { r.give(p.choices.Settings.Me, assist.RoleAdmin) })
	r.who = widget.NewSelect(nil, func(string) { r.showRole() })
	r.who.PlaceHolder = "Whose role?"
	r.role = widget.NewRadioGroup(names(roleNames), func(name string) {
		if i := r.who.SelectedIndex(); i >= 0 {
			r.give(p.choices.Reps[i].ID, by(roleNames, func(n named[assist.Role]) bool { return n.name == name }).is)
		}
	})
	r.role.Required = true
	r.all = section("Who may do what", "Everybody may use the library and suggest changes to it. Trainers also bring customers and answers in; only admins export everything, erase somebody, or open this computer to a service.", r.words, widgets.Row(0, nil, r.first), r.who, r.role)
	return r
}

// give reports a role that somebody shall have.
func (r *roles) give(rep assist.ID, role assist.Role) {
	if !r.page.quiet && r.page.OnRole != nil {
		r.page.OnRole(rep, role)
	}
}

// may reports whether who sits here may do this.
func (c Choices) may(act curate.Act) bool {
	me := assist.Rep{ID: c.Settings.Me}
	for _, r := range c.Reps {
		if r.ID == me.ID {
			me = r
		}
	}
	return curate.May(me, c.Reps, act)
}

// show shows who is what; the choice of whose role is looked at stays.
func (r *roles) show(c Choices) {
	admins, trainers := namesWith(c.Reps, assist.RoleAdmin), namesWith(c.Reps, assist.RoleTrainer)
	var me assist.Rep
	options := make([]string, len(c.Reps))
	for i, rep := range c.Reps {
		options[i] = rep.Name
		if rep.ID == c.Settings.Me {
			me = rep
		}
	}
	may := me.ID != "" && c.may(curate.Govern)
	r.words.SetText(roleWords(admins, trainers, me, may))
	r.first.Hidden = len(admins) > 0 || !may
	r.who.Options = options
	r.who.Hidden = len(admins) == 0 || !may
	r.role.Hidden = r.who.Hidden
	r.who.Refresh()
	r.showRole()
}

// showRole shows the role of the rep who is chosen.
func (r *roles) showRole() {
	was := r.page.quiet
	r.page.quiet = true
	defer func() { r.page.quiet = was }()
	i := r.who.SelectedIndex()
	if i < 0 || i >= len(r.page.choices.Reps) {
		r.role.Disable()
		return
	}
	r.role.Enable()
	role := r.page.choices.Reps[i].Role
	r.role.SetSelected(by(roleNames, func(n named[assist.Role]) bool { return n.is == role }).name)
}

func namesWith(team []assist.Rep, role assist.Role) (out []string) {
	for _, r := range team {
		if r.Role == role {
			out = append(out, r.Name)
		}
	}
	return out
}

// roleWords says who is what, and who may change that.
func roleWords(admins, trainers []string, me assist.Rep, may bool) string {
	if len(admins)+len(trainers) == 0 {
		text := "Nobody is a trainer or an admin, so everybody may do everything. "
		if me.ID == "" {
			return text + "To change that, say who sits here first."
		}
		return text + "To change that, make yourself the admin: then changes wait for a trainer or an admin."
	}
	text := ""
	if len(admins) > 0 {
		text = "Admin: " + strings.Join(admins, ", ") + ". "
	}
	if len(trainers) > 0 {
		text += "Trainer: " + strings.Join(trainers, ", ") + ". "
	}
	text += "All others suggest changes."
	if !may {
		text += " Only an admin may change this."
	}
	return text
}
