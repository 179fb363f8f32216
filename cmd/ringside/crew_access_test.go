package main

import (
	"testing"
	"time"

	"ringside/storage/replica"
)

// TestTheDeskThatCanInviteIsNamed on those that cannot.
func TestTheDeskThatCanInviteIsNamed(t *testing.T) {
	team, err := replica.Found(t.TempDir(), [32]byte{1}, "Harrow", replica.Newcomer{Name: "Ewa"})
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	roster := replica.Roster{Members: []replica.Member{{ID: "1", Name: "Ewa", Joined: now}, {ID: "2", Name: "Tom", Joined: now.Add(-time.Hour)}}}
	for want, set := range map[string]func() error{
		"Tom": func() error { return team.SetCarrier("tls://sync.example.com:4222", nil) },
		"":    func() error { return team.SetCarrier(folderAddress+"/srv/team", nil) },
	} {
		if err := set(); err != nil {
			t.Fatal(err)
		}
		if got := inviteAt(team, roster); got != want {
			t.Errorf("it names %q, not %q", got, want)
		}
	}
	if err := team.SetCarrier("tls://sync.example.com:4222", nil); err != nil {
		t.Fatal(err)
	}
	if err := team.SetAuthority([]byte("{}")); err != nil {
		t.Fatal(err)
	}
	if got := inviteAt(team, roster); got != "" {
		t.Errorf("the desk that can is sent to %q", got)
	}
}
