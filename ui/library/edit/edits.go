package edit

import (
	"fyne.io/fyne/v2"

	"ringside/assist"
	"ringside/assist/curate"
	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// Edits shows what differs between two versions of an answer: what goes with a minus, what
// comes with a plus, in colours of their own. name tells reps by name; "" shows the id.
func Edits(list []curate.Edit, name func(assist.ID) string) *fyne.Container {
	out := widgets.Column(4)
	if len(list) == 0 {
		out.Add(widgets.Say(widgets.Style{Colour: theme.Muted}, "Nothing differs."))
	}
	field := ""
	for _, e := range list {
		if e.Field != field {
			field = e.Field
			out.Add(widgets.Pad(widgets.Edges{Top: 6}, widgets.Heading(say.Capital(field))))
		}
		side(out, "−", told(e.Field, e.Before, name), theme.LatePale)
		side(out, "+", told(e.Field, e.After, name), theme.AccentPale)
	}
	return out
}

func side(out *fyne.Container, mark, text string, ground fyne.ThemeColorName) {
	if text == "" {
		return
	}
	out.Add(widgets.On(widgets.NewGround(ground, "", 4), widgets.Sides(8, 4),
		widgets.Pair(20, widgets.Say(widgets.Style{Bold: true}, mark), widgets.Say(widgets.Style{}, text))))
}

// told says a value in words: reps are told by their names.
func told(field, value string, name func(assist.ID) string) string {
	switch field {
	case "owner", "deputy", "owner in turn":
		if n := name(assist.ID(value)); n != "" && value != "" {
			return n
		}
	}
	return value
}
