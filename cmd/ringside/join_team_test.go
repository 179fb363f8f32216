package main

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"ringside/assist"
	"ringside/storage"
	"ringside/ui"
	"ringside/ui/panes/look"
	"ringside/ui/setup"
	"ringside/ui/team"
	"ringside/ui/widgets"
)

func (d *desktop) pressTeam(t *testing.T, words string) {
	t.Helper()
	test.Tap(look.Find(t, d.teamwork.Object(), func(a *widgets.Action) bool { return strings.HasPrefix(a.Label(), words) }))
}

func TestWithoutSyncTheTeamTabSaysThatItIsOff(t *testing.T) {
	d := newDesktop(t)
	d.uncover()
	d.openTeam()
	if d.win.Page() != ui.Settings {
		t.Fatalf("%s is in front", d.win.Page())
	}
	look.Reads(t, d.settings.Object(), "Sync is off", "Join a team")
	d.pressTeam(t, "Start in a folder…")
	d.teamwork.Drop("/invitation.txt")
	look.Reads(t, d.settings.Object(), "The six words")
}

func TestHowItStandsWithTheTeamIsShownOnThePageAndInTheFrame(t *testing.T) {
	d := newDesktop(t)
	d.uncover()
	standing := team.State{Sign: team.Offline, Since: d.r.now().Add(-time.Minute), Name: "Harrow", Clashes: []team.Clash{{ID: "c1", What: "Mary"}}}
	settled, tried := "", 0
	acts := &d.r.teamwork
	acts.state = func(context.Context) (team.State, error) { return standing, nil }
	acts.settle = func(_ context.Context, clash string, ours bool) error {
		settled, standing.Clashes = clash, nil
		return nil
	}
	acts.tryNow = func(context.Context) error { tried++; return errors.New("no way there") }
	d.showTeamwork()
	shown := func() string { return look.Words(d.win.Window().Content()) }
	d.until(t, "the sign is in the frame", func() bool { return strings.Contains(shown(), "Offline since ") })
	d.openTeam()
	d.until(t, "the team is shown", func() bool { return strings.Contains(shown(), "Harrow") && strings.Contains(shown(), "Team 1") })
	d.pressTeam(t, "Keep ours")
	d.until(t, "it is settled", func() bool { return settled == "c1" && !strings.Contains(shown(), "Keep ours") })
	if strings.Contains(shown(), "Team 1") {
		t.Error("the tab says that something waits")
	}
	d.pressTeam(t, "Try now")
	d.until(t, "it is tried", func() bool { return tried == 1 && strings.Contains(shown(), "No way there.") })
}

// TestWhatAColleagueWroteComesIntoTheListInFront has a second store write what the first one
// takes in as from the team.
func TestWhatAColleagueWroteComesIntoTheListInFront(t *testing.T) {
	d := newDesktop(t)
	d.over.(*setup.First).OnEmpty()
	d.until(t, "the window", func() bool { return d.over == nil && d.chosen.Started })
	other, err := openHouse(t.Context(), t.TempDir(), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	var at storage.Mark
	writes := func(records ...assist.Record) {
		t.Helper()
		if err := other.db.Save(t.Context(), records...); err != nil {
			t.Fatal(err)
		}
		runs, err := other.db.Outgoing(t.Context(), at, false, 100)
		if err != nil {
			t.Fatal(err)
		}
		var bodies [][]byte
		for _, s := range runs {
			if at = s.Next; s.Ops > 0 {
				bodies = append(bodies, s.Body)
			}
		}
		if err := d.r.store.open().crew.store().TakeIn(t.Context(), bodies); err != nil {
			t.Fatal(err)
		}
	}
	comes := func(words string) {
		t.Helper()
		d.until(t, words, func() bool { return strings.Contains(look.Words(d.win.Window().Content()), words) })
	}
	now := time.Now().UTC()
	writes(assist.Customer{ID: "mary", Name: "Mary Shaw"})
	d.win.Show(ui.Review)
	for tab, r := range map[string]assist.Record{
		tabPromises: assist.Promise{ID: "p", Customer: "mary", Text: "sends the leaflet", Made: now, Due: now.Add(48 * time.Hour)},
		tabNotes:    assist.Note{ID: "n", Customer: "mary", At: now, Text: "prefers mornings"},
		"Questions": assist.Gap{ID: "g", Customer: "mary", Text: "does it float", At: now},
	} {
		d.reviews.Show(tab)
		writes(r)
		switch r := r.(type) {
		case assist.Promise:
			comes(r.Text)
		case assist.Note:
			comes(r.Text)
		case assist.Gap:
			comes(r.Text)
		}
	}
	d.win.Show(ui.Library)
	writes(assist.Answer{ID: "float", Title: "Does it float, they ask", Department: "Sales", Say: "It does."})
	d.until(t, "the answer", func() bool {
		return slices.ContainsFunc(d.answers, func(a assist.Answer) bool { return a.ID == "float" })
	})
	d.win.Show(ui.Incidents)
	writes(assist.Incident{ID: "i", Title: "Parcels are late in Leeds", Opened: now})
	comes("Parcels are late in Leeds")
}
