package practice_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringside/assist"
	"ringside/ui/panes/look"
	"ringside/ui/widgets"
)

func TestTheChartShowsMeAndThoseWhoShare(t *testing.T) {
	d := newDesk(t, wide, func(s *source) {
		for _, who := range []assist.ID{"ewa", "jo"} {
			s.known.Tally.Add(assist.Call{Rep: who, Used: []assist.Used{{Answer: "blade", Said: true}}})
		}
		s.known.Tally.Add(assist.Call{Rep: "jo", Used: []assist.Used{{Answer: "charged-twice", Said: true}}})
	})
	d.other()
	d.see("Department", "You", "Ewa Nowak", "Only one can", "Nobody can", "Billing", "Repairs", "1 colleague does not share a row")
	d.unseen("Jo\n", "Begin", "Of 1 answer")
	check := look.Find[*widget.Check](t, d.page.Object(), nil)
	d.w.Canvas().Focus(check)
	d.letters(" ")
	if !slices.Equal(d.shared, []bool{true}) {
		t.Errorf("shared %v", d.shared)
	}
	d.set(func() { d.refuse = errors.New("the disk is full") })
	d.letters(" ")
	if d.see("The disk is full."); !check.Checked {
		t.Error("what was not kept is shown as if it were")
	}
	d.other()
	d.see("Begin")
}

func TestTheChartHasWhatWasPractisedJustNow(t *testing.T) {
	d := newDesk(t, slim, nil)
	d.key(fyne.KeyReturn)
	d.key(fyne.KeyReturn)
	d.letters("3")
	d.other()
	d.see("Of 1 answer: You 1 · Ewa Nowak 0")
	d.other()
	d.see("2 of about 3")
}

func TestTheChartIsCardsBesideThePhone(t *testing.T) {
	d := newDesk(t, slim, func(s *source) {
		s.known.Tally.Add(assist.Call{Rep: "jo", Used: []assist.Used{{Answer: "blade", Said: true}}})
	})
	d.other()
	d.see("Repairs", "Of 1 answer: You 0 · Ewa Nowak 0", "Only one can: 1", "Nobody can: 1")
	d.unseen("Department\n")
	look.Apart(t, d.page.Object(), slim, "the chart")
	d.w.Resize(wide)
	d.see("Department\n")
	d.unseen("Of 1 answer")
	look.Apart(t, d.page.Object(), wide, "the chart")
}

func TestTheMapIsHandedOutAsAPicture(t *testing.T) {
	d := newDesk(t, wide, nil)
	var saved []string
	d.page.OnPicture = func(name string, data []byte) { saved = append(saved, fmt.Sprint(name, len(data) > 0)) }
	d.other()
	for _, label := range []string{"PNG", "SVG"} {
		look.Find(t, d.page.Object(), func(a *widgets.Action) bool { return a.Label() == label }).Tapped(nil)
	}
	if want := []string{"who-can-answer-what-by-department.pngtrue", "who-can-answer-what-by-department.svgtrue"}; !slices.Equal(saved, want) {
		t.Errorf("saved %q", saved)
	}
}
