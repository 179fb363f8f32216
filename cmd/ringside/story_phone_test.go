package main

import (
	"context"
	"encoding/json"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/live"
	"ringside/assist/phone"
	"ringside/assist/settings"
	"ringside/cmd/siprig"
)

const myExtension = "214"

// phoneRig is a rig with the sample team whose phone is an extension of a real telephone
// system.
func phoneRig(t *testing.T) (*rig, *siprig.Rig, *siprig.Phone) {
	t.Helper()
	if name := siprig.Missing(); name != "" {
		if os.Getenv("RINGSIDE_NEED_PHONE") != "" {
			t.Fatalf("%s is missing: run .ci/need test", name)
		}
		t.Skipf("%s is missing: run .ci/need test", name)
	}
	system, err := siprig.Start(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(system.Stop)
	desk, err := system.Phone(myExtension)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(desk.Close)
	r := newRig(t)
	t.Setenv("RINGSIDE_NO_KEYCHAIN", "1")
	p := &program{ctx: context.Background(), stdin: strings.NewReader(""), stdout: io.Discard, stderr: io.Discard, now: time.Now}
	if err := sampleHouse(p, r.data); err != nil {
		t.Fatal(err)
	}
	watchInstead(t, r.data, settings.Phone{SIP: settings.SIP{On: true, Server: system.Server(), Domain: siprig.Domain, Extension: myExtension}})
	r.start()
	return r, system, desk
}

// watchInstead chooses how the phone of a data folder is listened to, as the settings page
// does.
func watchInstead(t *testing.T, dir string, s settings.Phone) {
	t.Helper()
	ctx := context.Background()
	h, err := openHouse(ctx, dir, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	all, err := h.db.Settings(ctx)
	if err == nil {
		all.Phone = s
		err = h.db.SaveSettings(ctx, all)
	}
	if err == nil {
		_, err = h.drawer.Keep(ctx, sipPassword, siprig.Password)
	}
	if err == nil {
		err = h.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
}

// ringsFrom calls the rep until the card pops: at the first call the watch may only begin.
func (r *rig) ringsFrom(system *siprig.Rig, number, name string) *siprig.Call {
	r.Helper()
	call, err := system.Call(myExtension, siprig.From{Number: number})
	if err == nil {
		err = call.Rings()
	}
	if err != nil {
		r.Fatal(err)
	}
	r.sees("it rings from "+name, func(v live.View) bool {
		return v.Phase == live.Ringing && v.Card != nil && v.Card.Customer.Name == name
	})
	return call
}

// calls returns the calls in the store, the latest last.
func (r *rig) calls() (out []assist.Call) {
	r.Helper()
	for line := range strings.Lines(r.run("export", "--format", "jsonl", "--to", "-")) {
		var row struct {
			Type   string      `json:"type"`
			Record assist.Call `json:"record"`
		}
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			r.Fatalf("%v in %s", err, line)
		}
		if row.Type == string(assist.TypeCall) && time.Since(row.Record.Started) < time.Hour {
			out = append(out, row.Record)
		}
	}
	return out
}

// TestCallsOfARealTelephoneSystem rings, is answered and hung up; is missed; is declined;
// and two customers call at once. The right cards come, and what is kept is what happened.
func TestCallsOfARealTelephoneSystem(t *testing.T) {
	r, system, desk := phoneRig(t)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	r.wait("the extension is watched", func() bool {
		call, err := system.Call(myExtension, siprig.From{Number: "+441632960111"})
		must(err)
		must(call.Rings())
		time.Sleep(300 * time.Millisecond)
		seen := r.view().Phase == live.Ringing
		must(call.GiveUp())
		return seen
	})
	r.sees("the desk is free", func(v live.View) bool { return v.Phase == live.Idle })

	call := r.ringsFrom(system, "+447700900201", "Ibrahim Diallo")
	desk.Answer()
	must(call.Answered())
	v := r.sees("it is answered", func(v live.View) bool { return v.Phase == live.Talking })
	first := v.Call
	time.Sleep(2 * time.Second)

	second, err := system.Call(myExtension, siprig.From{Number: "+441134960123"})
	must(err)
	must(second.Rings())
	r.press("ctrl+j")
	r.write("first note")
	v = r.sees("the second call waits and the note stays", func(v live.View) bool {
		return len(v.Others) == 1 && v.Others[0].Title == "Mary Shaw" && v.Note.Text == "first note" && v.Note.Saved
	})
	if v.Call != first || v.Others[0].Phase != live.Ringing {
		t.Errorf("in front is %s, beside %+v", v.Call, v.Others)
	}
	must(second.GiveUp())
	r.sees("the second call is gone", func(v live.View) bool { return len(v.Others) == 0 && v.Call == first })
	must(call.HangUp())
	r.sees("wrap-up", func(v live.View) bool { return v.WrapUp != nil })
	r.press("ctrl+Return")
	r.sees("the desk is free again", func(v live.View) bool { return v.Phase == live.Idle })

	declined := r.ringsFrom(system, "+447700900201", "Ibrahim Diallo")
	desk.Decline()
	if err := declined.Answered(); err == nil {
		t.Error("a declined call was answered")
	}
	r.sees("a declined call leaves the desk", func(v live.View) bool { return v.Phase == live.Idle })

	got := r.calls()
	if len(got) != 3 {
		t.Fatalf("%d calls are kept, want 3: %+v", len(got), got)
	}
	var talked, missed []assist.Call
	for _, c := range got {
		if c.Answered.IsZero() {
			missed = append(missed, c)
		} else {
			talked = append(talked, c)
		}
	}
	if len(talked) != 1 || talked[0].ID != first || talked[0].Ended.Sub(talked[0].Answered) < 2*time.Second || phone.Parse(talked[0].From, "GB").E164 != "" && !strings.Contains(talked[0].From, "7700900201") {
		t.Errorf("the call that was answered is kept as %+v", talked)
	}
	for _, c := range missed {
		if c.Disposition != "Missed" || c.Ended.Before(c.Started) || c.Ended.Sub(c.Started) > 30*time.Second || c.Customer == "" {
			t.Errorf("a call that nobody took is kept as %+v", c)
		}
	}
}
