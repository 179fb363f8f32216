package main

import (
	"strings"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/live"
	"ringside/assist/settings"
)

// seated is a store at which somebody sits.
func seated(t *testing.T, dir, name string) *house {
	t.Helper()
	h, err := openHouse(t.Context(), dir, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.Close() })
	me := assist.Rep{ID: assist.IDFrom("rep", name), Name: name}
	if err := h.db.Save(t.Context(), me); err != nil {
		t.Fatal(err)
	}
	if err := h.db.SaveSettings(t.Context(), settings.Machine{Me: me.ID, Region: "GB", Started: true}); err != nil {
		t.Fatal(err)
	}
	return h
}

func TestADeskThatStartsLearnsAtOnceWhoIsOnThePhone(t *testing.T) {
	t.Setenv("RINGSIDE_NO_KEYCHAIN", "1")
	server := newTeamServer(t, newRig(t))
	tom, dir := seated(t, t.TempDir(), "Tom Reed"), t.TempDir()
	if err := tom.crew.startServer(t.Context(), server.file, strings.Join(server.words, " "), "Harrow"); err != nil {
		t.Fatal(err)
	}
	if err := tom.crew.invite(t.Context()); err != nil {
		t.Fatal(err)
	}
	s, err := tom.crew.state(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ewa := seated(t, dir, "Ewa Kos")
	if err := ewa.crew.join(t.Context(), s.Invitation.Text, s.Invitation.Words); err != nil {
		t.Fatal(err)
	}
	if err := ewa.Close(); err != nil {
		t.Fatal(err)
	}
	tom.crew.seeDesk(live.View{Phase: live.Talking, Call: "call", Card: &live.Card{Customer: assist.Customer{ID: "mary", Name: "Mary Shaw"}}})
	said := func() bool {
		select {
		case <-tom.crew.calls.new:
			tom.crew.calls.new <- struct{}{}
			return false
		default:
			return true
		}
	}
	for !said() { // before she comes: she does not hear that
		time.Sleep(5 * time.Millisecond)
	}
	if ewa, err = openHouse(t.Context(), dir, time.Now); err != nil {
		t.Fatal(err)
	}
	defer ewa.Close()
	if err := ewa.crew.start(); err != nil {
		t.Fatal(err)
	}
	for start := time.Now(); ewa.crew.busy(t.Context(), "mary") == ""; time.Sleep(10 * time.Millisecond) {
		if time.Since(start) > sayAgain/2 {
			t.Fatal("she is not told before it is said again by itself")
		}
	}
	if words := ewa.crew.busy(t.Context(), "mary"); !strings.Contains(words, "is on the phone with them now") {
		t.Errorf("%q", words)
	}
}
