package curate

import (
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/glance"
)

func at(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 12, 0, 0, 0, time.UTC) }

func TestTheTurnGoesRound(t *testing.T) {
	a := assist.Answer{Rota: []assist.ID{"ann", "ben", "cem"}, VerifyEvery: 10, Owner: "nobody"}
	a.Verified = assist.DateOf(at(2026, 1, 1))
	first := OwnerOn(a, at(2026, 1, 1))
	if got := OwnerOn(a, at(2026, 1, 10)); got != first {
		t.Errorf("the turn of %s ends early: %s", first, got)
	}
	if got := OwnerOn(a, at(2026, 1, 11)); got == first {
		t.Errorf("%s has the turn for ever", got)
	}
	had := map[assist.ID]int{}
	for range 9 { // verified on the last day of each turn
		had[OwnerOn(a, a.Verified.Time().AddDate(0, 0, 9))]++
		a.Verified = assist.DateOf(a.Verified.Time().AddDate(0, 0, 10))
	}
	if had["ann"] != 3 || had["ben"] != 3 || had["cem"] != 3 {
		t.Errorf("turns are not equal: %v", had)
	}
}

func TestSomebodyAlwaysOwnsAnAnswerOfAGroup(t *testing.T) {
	for name, a := range map[string]assist.Answer{
		"never verified":     {Rota: []assist.ID{"ann", "ben"}},
		"verified in future": {Rota: []assist.ID{"ann", "ben"}, Verified: day(2030, 1, 1), VerifyEvery: 7},
		"verified long ago":  {Rota: []assist.ID{"ann", "ben"}, Verified: day(1950, 1, 1)},
		"one alone":          {Rota: []assist.ID{"ann"}, Verified: day(2026, 1, 1)},
	} {
		for _, now := range []time.Time{{}, at(2026, 5, 5)} {
			if got := OwnerOn(a, now); got == "" || got != OwnerOn(a, now) {
				t.Errorf("%s: owner %q", name, got)
			}
		}
	}
	if got := OwnerOn(assist.Answer{Owner: "tom"}, at(2026, 5, 5)); got != "tom" {
		t.Errorf("without a group the owner is %q", got)
	}
}

func TestUsageSpeaksForAnAnswer(t *testing.T) {
	now := at(2026, 6, 30)
	stale := assist.Answer{VerifyEvery: 90, Verified: day(2026, 1, 1)}
	fresh := assist.Answer{VerifyEvery: 90, Verified: day(2026, 6, 1)}
	nearly := assist.Answer{VerifyEvery: 90, Verified: day(2026, 4, 5)}
	draft := stale
	draft.Draft = true
	for _, c := range []struct {
		a      assist.Answer
		counts glance.Counts
		flags  int
		words  string
		ok     bool
	}{
		{stale, glance.Counts{Said: 31}, 0, "said 31 times, flagged 0", true},
		{nearly, glance.Counts{Said: 31}, 0, "said 31 times, flagged 0", true},
		{stale, glance.Counts{Said: 31}, 2, "said 31 times, flagged 2", false},
		{stale, glance.Counts{Said: 31, Wrong: 1}, 0, "said 31 times, wrong 1, flagged 0", false},
		{stale, glance.Counts{Said: 1}, 0, "said once, flagged 0", false},
		{stale, glance.Counts{Shown: 9}, 0, "never said, flagged 0", false},
		{fresh, glance.Counts{Said: 31}, 0, "said 31 times, flagged 0", false},
		{draft, glance.Counts{Said: 31}, 0, "said 31 times, flagged 0", false},
		{assist.Answer{}, glance.Counts{Said: 31}, 0, "said 31 times, flagged 0", false},
	} {
		if words, ok := Renewal(c.a, c.counts, c.flags, now); words != c.words || ok != c.ok {
			t.Errorf("%+v, %d flags: %q %v, want %q %v", c.counts, c.flags, words, ok, c.words, c.ok)
		}
	}
}

func TestRolesSayWhoMayDoWhat(t *testing.T) {
	rep := assist.Rep{ID: "rep"}
	trainer := assist.Rep{ID: "trainer", Role: assist.RoleTrainer}
	admin := assist.Rep{ID: "admin", Role: assist.RoleAdmin}
	named := assist.Rep{ID: "named", Role: assist.RoleRep}
	for _, c := range []struct {
		who                      assist.Rep
		team                     []assist.Rep
		suggest, publish, govern bool
	}{
		{rep, nil, true, true, true},
		{named, []assist.Rep{rep, named}, true, true, true},
		{rep, []assist.Rep{rep, trainer}, true, false, false},
		{trainer, []assist.Rep{rep, trainer}, true, true, true},
		{rep, []assist.Rep{rep, admin}, true, false, false},
		{trainer, []assist.Rep{trainer, admin}, true, true, false},
		{admin, []assist.Rep{trainer, admin}, true, true, true},
		{assist.Rep{}, []assist.Rep{admin}, true, false, false},
	} {
		for act, want := range map[Act]bool{Suggest: c.suggest, Publish: c.publish, Govern: c.govern} {
			if got := May(c.who, c.team, act); got != want {
				t.Errorf("%q in a team of %d may %s: %v", c.who.ID, len(c.team), act, got)
			}
		}
	}
}
