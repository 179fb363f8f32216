package main

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"ringside/assist"
	"ringside/assist/live"
	"ringside/assist/phone"
	"ringside/assist/settings"
)

func TestARingIsSignalledOnceAndAsTheRepWants(t *testing.T) {
	mary := &live.Card{Customer: assist.Customer{Name: "Mary Shaw"}, Company: assist.Company{Name: "Shaw Gardens"}}
	ring := func(call assist.ID) live.View {
		return live.View{Phase: live.Ringing, Call: call, Who: live.Known, Card: mary}
	}
	second := func(front assist.ID, undisturbed bool) live.View {
		v := live.View{Undisturbed: undisturbed, Others: []live.Waiting{{Call: "2", Title: "Tom Reed", Phase: live.Ringing}}}
		if front != "" {
			v.Phase, v.Call, v.Who, v.Card = live.Ringing, front, live.Known, mary
		}
		return v
	}
	for name, c := range map[string]struct {
		how   settings.OnRing
		here  bool
		views []live.View
		want  []string
	}{
		"notify by default":                {"", false, []live.View{ring("1")}, []string{"beckon", "Mary Shaw: Shaw Gardens"}},
		"once a call":                      {"", false, []live.View{ring("1"), ring("1"), ring("2")}, []string{"beckon", "Mary Shaw: Shaw Gardens", "beckon", "Mary Shaw: Shaw Gardens"}},
		"raise":                            {settings.Raise, false, []live.View{ring("1")}, []string{"raise", "beckon"}},
		"nothing":                          {settings.Nothing, false, []live.View{ring("1")}, nil},
		"the rep looks at it":              {settings.Raise, true, []live.View{ring("1")}, nil},
		"a call that was answered":         {"", false, []live.View{{Phase: live.Talking, Call: "1", Who: live.Known, Card: mary}}, nil},
		"a number":                         {"", false, []live.View{{Phase: live.Ringing, Call: "1", Who: live.Unknown, Ring: phone.Ring{From: "0113"}}}, []string{"beckon", "0113: is calling"}},
		"a name from the phone":            {"", false, []live.View{{Phase: live.Ringing, Call: "1", Who: live.Unknown, Ring: phone.Ring{From: "0113", Name: "Tom"}}}, []string{"beckon", "Tom: is calling"}},
		"withheld":                         {"", false, []live.View{{Phase: live.Ringing, Call: "1", Who: live.Withheld}}, []string{"beckon", "Incoming call: who?: No number came"}},
		"a second call":                    {"", false, []live.View{ring("1"), second("1", false), second("1", false)}, []string{"beckon", "Mary Shaw: Shaw Gardens", "beckon", "Tom Reed: is calling, too"}},
		"a second call comes to the front": {"", false, []live.View{second("1", false), ring("2")}, []string{"beckon", "Mary Shaw: Shaw Gardens", "beckon", "Tom Reed: is calling, too"}},
		"do not disturb":                   {settings.Raise, false, []live.View{second("", true)}, nil},
		"not told yet": {"", false, []live.View{{Phase: live.Ringing, Call: "1", Who: live.Known, Card: &live.Card{Customer: mary.Customer, Untold: "not told yet: “Leeds delivery”"}},
			{Others: []live.Waiting{{Call: "2", Title: "Tom Reed", Phase: live.Ringing, Untold: "not told yet: “Flood”"}}}},
			[]string{"beckon", "Mary Shaw: not told yet: “Leeds delivery”", "beckon", "Tom Reed: not told yet: “Flood”"}},
		"several": {"", false, []live.View{{Phase: live.Ringing, Call: "1", Who: live.Several}}, []string{"beckon", "Who is calling?: is calling"}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			r := ringer{signal: signals{
				raise:  func() error { got = append(got, "raise"); return nil },
				beckon: func() error { got = append(got, "beckon"); return nil },
				notify: func(n *fyne.Notification) { got = append(got, n.Title+": "+n.Content) },
			}}
			for _, v := range c.views {
				r.see(v, c.how, c.here, false)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
