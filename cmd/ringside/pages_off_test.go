package main

import (
	"slices"
	"testing"

	"ringside/assist/ask"
	"ringside/assist/live"
	"ringside/assist/phone"
	"ringside/assist/settings"
)

// TestWhatIsSwitchedOffInACallStaysOff switches a kind of move off on the card: the next
// call does not show it, and the settings do not tick it.
func TestWhatIsSwitchedOffInACallStaysOff(t *testing.T) {
	d := newDesktop(t)
	if err := d.r.takeSample(t.Context()); err != nil {
		t.Fatal(err)
	}
	d.uncover()
	ring := func(id string) {
		d.r.desk.Ring(phone.Ring{ID: id, From: "0113 496 0123", Phase: phone.Answered, At: d.r.now()})
	}
	ring("one")
	d.until(t, "sorry is due", func() bool { return hasMove(d.win.CallPage().View(), ask.Sorry) })
	v := d.win.CallPage().View()
	d.r.desk.Use(live.Use{Move: live.MoveUse{Move: v.Moves[0].ID, Off: true}})
	d.until(t, "it has gone", func() bool { return !hasMove(d.win.CallPage().View(), ask.Sorry) })
	kept := func() settings.Off {
		s, err := d.r.store.house.db.Settings(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return s.Off
	}
	d.until(t, "it is kept", func() bool { return slices.Equal(kept().Moves, []string{ask.Sorry}) })
	d.r.desk.Use(live.Use{WrapUp: live.WrapUpUse{Done: true}})
	ring("two")
	d.until(t, "the next call", func() bool { return hasMove(d.win.CallPage().View(), ask.Incident) })
	if hasMove(d.win.CallPage().View(), ask.Sorry) {
		t.Error("it is back")
	}
	s := d.chosen
	s.Off = settings.Off{}
	d.save(s)
	d.until(t, "it is switched on again", func() bool { return hasMove(d.win.CallPage().View(), ask.Sorry) })
}
