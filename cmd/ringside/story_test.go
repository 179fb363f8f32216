package main

import (
	"context"
	"io"
	"strings"
	"testing"
	"time"

	"ringside/assist/live"
)

// sampleRig is a rig with the sample team in its data folder and the app open.
func sampleRig(t *testing.T) *rig {
	r := newRig(t)
	t.Setenv("RINGSIDE_NO_KEYCHAIN", "1")
	p := &program{ctx: context.Background(), stdin: strings.NewReader(""), stdout: io.Discard, stderr: io.Discard, now: time.Now}
	if err := sampleHouse(p, r.data); err != nil {
		t.Fatal(err)
	}
	r.start()
	return r
}

// TestOneCallFromRingToTheNextMorning is the story of one call, by keyboard, in a
// real window: and then the power goes.
func TestOneCallFromRingToTheNextMorning(t *testing.T) {
	r := sampleRig(t)
	r.run("ring", "+44 7700 900201", "--id", "one")
	v := r.sees("the card pops", func(v live.View) bool { return v.Card != nil })
	if v.Card.Customer.Name != "Ibrahim Diallo" || v.Phase != live.Ringing || len(v.Prompts) == 0 {
		t.Fatalf("the card is of %q, %s, with %d prompts", v.Card.Customer.Name, v.Phase, len(v.Prompts))
	}
	r.waitTitle("Ibrahim Diallo")

	r.run("ring", "+44 7700 900201", "--id", "one", "--state", "answered")
	r.press("ctrl+f")
	r.write("battery only lasts ten minutes")
	v = r.sees("answers come", func(v live.View) bool {
		return v.Heard == "battery only lasts ten minutes" && len(v.Answers.Hits) > 0
	})
	if v.Answers.Hits[0].ID != "battery-runs-out-fast" || v.Answers.Hits[0].Why == "" {
		t.Fatalf("the first answer is %+v", v.Answers.Hits[0])
	}
	r.press("Return")
	v = r.sees("the answer is open", func(v live.View) bool { return v.Open != nil })
	if strings.Contains(v.Open.Say, "{{") {
		t.Errorf("a blank was left: %s", v.Open.Say)
	}

	r.press("alt+a")
	v = r.sees("the question was asked", func(v live.View) bool { return v.Reply != nil })
	kind := v.Reply.Intelligence
	r.write("From you mostly, the rest at the market")
	r.press("Return")
	r.sees("the reply is kept", func(v live.View) bool { return v.Reply == nil })

	r.press("ctrl+j")
	r.write("Battery runs down. I'll call you back on Friday at 3")
	v = r.sees("the promise is offered", func(v live.View) bool {
		return v.Promise != nil && v.Note.Saved && strings.HasSuffix(v.Note.Text, "at 3")
	})
	if v.Promise.Due.Weekday() != time.Friday || v.Promise.Due.Hour() != 15 {
		t.Fatalf("the promise is for %v", v.Promise.Due)
	}
	due := v.Promise.Due
	r.press("ctrl+p")
	r.sees("the promise is kept", func(v live.View) bool { return len(v.Made) == 1 && v.Promise == nil })

	r.run("ring", "+44 7700 900201", "--id", "one", "--state", "ended")
	r.sees("wrap-up", func(v live.View) bool { return v.WrapUp != nil })
	r.press("ctrl+Return")
	r.sees("the desk is free", func(v live.View) bool { return v.Phase == live.Idle })

	r.kill()
	r.start()
	r.run("ring", "+44 7700 900201", "--id", "two")
	v = r.sees("all of it is there", func(v live.View) bool { return v.Card != nil })
	if len(v.Card.Promises) == 0 {
		t.Error("the promise is gone")
	}
	if len(v.Card.Last) == 0 || !strings.Contains(v.Card.Last[0].Text, "Battery runs down") {
		t.Errorf("the last contact is %+v", v.Card.Last)
	}
	known := false
	for _, f := range v.Card.Known {
		known = known || f.Intelligence == kind && strings.Contains(f.Text, "the rest at the market")
	}
	if !known {
		t.Errorf("what was said is not among %+v", v.Card.Known)
	}
	out := r.run("export", "--format", "jsonl", "--to", "-")
	for _, want := range []string{due.Format("2006-01-02T15"), `"answer":"battery-runs-out-fast"`, `"wrapped_up":true`} {
		if !strings.Contains(out, want) {
			t.Errorf("the export lacks %s", want)
		}
	}
}

// TestBadNewsIsToldFirst rings a customer to whom a promise is late, in an incident:
// both stand first, and no question is offered.
func TestBadNewsIsToldFirst(t *testing.T) {
	r := sampleRig(t)
	r.run("ring", "0113 496 0123", "--id", "one", "--name", "Shaw Gardens")
	r.waitTitle("Mary Shaw")
	v := r.sees("bad news first", func(v live.View) bool { return v.Card != nil })
	if len(v.Card.Promises) == 0 || !v.Card.Promises[0].Late || len(v.Card.Incidents) == 0 {
		t.Errorf("promises %+v, incidents %d", v.Card.Promises, len(v.Card.Incidents))
	}
	if len(v.Prompts) != 0 || v.Quiet == "" {
		t.Errorf("prompts %+v, and why not: %q", v.Prompts, v.Quiet)
	}
	if len(v.Moves) < 2 || !strings.Contains(v.Moves[0].Text, "sorry") || !strings.Contains(v.Moves[1].Text, "before they ask") {
		t.Errorf("what to do first: %+v", v.Moves)
	}
}

// TestWhatWasTypedSurvivesThePowerCut types a note, pulls the plug a second after
// the last key, and goes on where the rep was.
func TestWhatWasTypedSurvivesThePowerCut(t *testing.T) {
	r := sampleRig(t)
	r.run("ring", "0113 496 0123", "--id", "one", "--state", "answered")
	r.sees("the card pops", func(v live.View) bool { return v.Card != nil })
	r.press("ctrl+j")
	r.write("Mary is waiting for two Hedge 300")
	time.Sleep(time.Second)
	r.kill()
	r.start()
	v := r.sees("the draft is offered", func(v live.View) bool { return len(v.Unfinished) == 1 })
	if !strings.Contains(v.Unfinished[0].Title, "Mary Shaw") {
		t.Errorf("it is offered as %q", v.Unfinished[0].Title)
	}
	r.press("ctrl+Tab")
	v = r.sees("it is back", func(v live.View) bool { return v.Card != nil })
	if v.Note.Text != "Mary is waiting for two Hedge 300" {
		t.Errorf("the note is %q", v.Note.Text)
	}
}

// TestAnUnknownCallerLeavesNothingBehind but becomes a customer with one key.
func TestAnUnknownCallerLeavesNothingBehind(t *testing.T) {
	r := sampleRig(t)
	count := func() int {
		return strings.Count(r.run("export", "--format", "jsonl", "--to", "-"), `"unchecked":true`)
	}
	r.run("ring", "+44 7700 900999", "--id", "one")
	r.sees("unknown", func(v live.View) bool { return v.Who == live.Unknown })
	r.run("ring", "+44 7700 900999", "--id", "one", "--state", "ended")
	r.sees("gone", func(v live.View) bool { return v.Phase == live.Idle || v.WrapUp != nil })
	before := count()
	r.run("ring", "+44 7700 900998", "--id", "two")
	r.sees("unknown again", func(v live.View) bool { return v.Who == live.Unknown && strings.Contains(v.Ring.From, "998") })
	r.press("ctrl+n")
	v := r.sees("a customer", func(v live.View) bool { return v.Card != nil })
	if !v.Card.Customer.Unchecked {
		t.Error("nobody has looked at this customer yet, but it does not say so")
	}
	if after := count(); after != before+1 {
		t.Errorf("%d new customers, want 1", after-before)
	}
}
