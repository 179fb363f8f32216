package live

import (
	"strings"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/assist/phone"
)

var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

func TestCardTellsTheLatestContactsOnce(t *testing.T) {
	ago := func(days int) time.Time { return noon.AddDate(0, 0, -days) }
	tk := idleTalk()
	tk.call.ID = "running"
	tk.profile = glance.Profile{Customer: mary,
		Calls: []assist.Call{{ID: "running", Started: noon}, {ID: "c1", Started: ago(1), Rep: "anna", Disposition: "Answered"},
			{ID: "c2", Started: ago(3), Outgoing: true}, {ID: "c3", Started: ago(400)}},
		Notes: []assist.Note{{ID: "n0", Call: "running", At: noon, Text: "now"}, {ID: "n1", Call: "c1", At: ago(1), Rep: "anna", Text: "asked for\n a refund"},
			{ID: "n2", At: ago(2), Rep: "tom", Text: strings.Repeat("very ", 40) + "long"}}}
	names := func(id assist.ID) string { return map[assist.ID]string{"anna": "Anna"}[id] }
	last := cardOf(tk, names, noon).Last
	if len(last) != 3 {
		t.Fatalf("contacts %+v", last)
	}
	if last[0].Text != "asked for a refund" || last[0].By != "Anna" || last[0].When != "yesterday" {
		t.Errorf("first %+v", last[0])
	}
	if n := len(last[1].Text); n > 130 || !strings.HasSuffix(last[1].Text, " very ...") || last[1].By != "" {
		t.Errorf("second %+v", last[1])
	}
	if last[2].Text != "We called" {
		t.Errorf("third %+v", last[2])
	}
}

func TestCardTellsWhatIsKnownByKindAndSource(t *testing.T) {
	var heard []assist.Note
	for i := range 8 {
		heard = append(heard, assist.Note{ID: assist.ID('a' + rune(i)), At: noon.AddDate(0, 0, -10-i), Intelligence: assist.Market, Text: "dry season", Rep: "anna"})
	}
	p := glance.Profile{Heard: append(heard, assist.Note{ID: "drawn", At: noon, Intelligence: assist.Competitive, Text: "raw words"}),
		Insights: []assist.Insight{{ID: "i1", Note: "drawn", At: noon, Intelligence: assist.Competitive, Text: "uses a Stihl", Source: "said in a call", Rep: "tom"},
			{ID: "i2", At: noon, Intelligence: assist.Relationship, Text: "likes to be called"}}}
	names := func(id assist.ID) string { return map[assist.ID]string{"anna": "Anna", "tom": "Tom"}[id] }
	got := facts(p, names, noon)
	if len(got) != 1+mostFacts+1 {
		t.Fatalf("facts %+v", got)
	}
	if got[0].Text != "uses a Stihl" || got[0].Source != "said in a call, today, Tom" {
		t.Errorf("first %+v", got[0])
	}
	if got[1].Source != "said on 11 Nov to Anna" {
		t.Errorf("second %+v", got[1])
	}
	if last := got[len(got)-1]; last.Source != "noted, today" {
		t.Errorf("last %+v", last)
	}
}

func TestVerifiedSaysHowFreshAnAnswerIs(t *testing.T) {
	for _, c := range []struct {
		on    assist.Date
		every int
		want  string
	}{
		{assist.Date{}, 0, ""},
		{assist.Date{}, 30, "never verified"},
		{assist.Date{Year: 2026, Month: 11, Day: 3}, 30, "verified 3 Nov 2026"},
		{assist.Date{Year: 2026, Month: 9, Day: 3}, 30, "not verified for 79 days"},
		{assist.Date{Year: 2026, Month: 9}, 0, "verified Sep 2026"},
		{assist.Date{Year: 2025}, 0, "verified 2025"},
	} {
		if got := verified(assist.Answer{Verified: c.on, VerifyEvery: c.every}, noon); got != c.want {
			t.Errorf("%v every %d: %q, want %q", c.on, c.every, got, c.want)
		}
	}
}

func TestAnswerSpeaksOfTheLatestPromise(t *testing.T) {
	tk := idleTalk()
	if p := spokenOf(tk); p.ID != "" {
		t.Errorf("got %+v", p)
	}
	tk.profile.Promises = []assist.Promise{{ID: "old"}}
	if p := spokenOf(tk); p.ID != "old" {
		t.Errorf("got %+v", p)
	}
	tk.made = []assist.Promise{{ID: "first"}, {ID: "kept", Kept: noon}}
	if p := spokenOf(tk); p.ID != "first" {
		t.Errorf("got %+v", p)
	}
}

func TestFinishedCallsAreForgottenInTheEnd(t *testing.T) {
	var f finished
	for i := range 3 * remembered {
		f.add([]string{"id " + strings.Repeat("x", i)}, noon)
	}
	if len(f.ends) != remembered || len(f.order) != remembered {
		t.Errorf("%d ends, %d names", len(f.ends), len(f.order))
	}
	late := phone.Ring{ID: strings.Repeat("x", 3*remembered-1), Phase: phone.Ringing, At: noon.Add(time.Minute)}
	if f.allows("id "+late.ID, late) {
		t.Error("late news opens a call")
	}
	late.At = noon.Add(2 * time.Hour)
	if !f.allows("id "+late.ID, late) {
		t.Error("a name that is used again hours later opens no call")
	}
}
