package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"ringside/assist/live"
	"ringside/assist/phone"
	"ringside/assist/phone/handoff"
)

func TestNewsOfACallReachesAnAppThatIsStarting(t *testing.T) {
	own(t)
	for state, want := range map[string]live.Phase{"answered": live.Talking, "ended": live.Wrapping} {
		dir := t.TempDir()
		started, err := startHere(dir)
		if err != nil {
			t.Fatal(err)
		}
		told := make(chan int, 1)
		go func() {
			code, _, _ := ringside(t, "--data", dir, "run", "--ring", `{"id":"7","from":"01134960123","phase":"`+state+`"}`)
			told <- code
		}()
		a := startApp(t, dir, phone.Ring{ID: "7", From: "01134960123", Phase: phone.Ringing, At: time.Now()})
		if code := <-told; code != 0 {
			t.Errorf("%s: exit code %d", state, code)
		}
		a.view(t, func(v live.View) bool { return v.Phase == want && v.Ring.From == "01134960123" })
		a.closeApp(t)
		started()
		if _, err := os.Stat(startPath(dir)); err == nil {
			t.Error("the app that has started still says that it starts")
		}
	}
}

func TestAStartThatWasKilledHoldsNobodyUp(t *testing.T) {
	dir := t.TempDir()
	if starting(dir, time.Now()) {
		t.Error("nobody starts in an empty folder")
	}
	for what, pid := range map[string]string{"a process that is gone": "999999999", "nonsense": "x"} {
		if err := os.WriteFile(startPath(dir), []byte(pid), 0o600); err != nil {
			t.Fatal(err)
		}
		if starting(dir, time.Now()) {
			t.Errorf("%s still starts", what)
		}
	}
	if _, err := startHere(dir); err != nil {
		t.Fatal(err)
	}
	if !starting(dir, time.Now()) || starting(dir, time.Now().Add(time.Minute)) {
		t.Error("a start lasts a short while")
	}
}

// TestTwoRingsOpenOneWindow rings twice while no app is open, in a real window.
func TestTwoRingsOpenOneWindow(t *testing.T) {
	r := newRig(t)
	t.Cleanup(func() { endApp(r) })
	r.run("ring", "01134960123", "--id", "7")
	r.run("ring", "01134960123", "--id", "7", "--state", "answered")
	r.run("ring", "01134960124", "--id", "8")
	var v live.View
	r.wait("the app opens", func() bool { _, err := handoff.Find(r.data); return err == nil })
	r.wait("both calls are there", func() bool { v = r.view(); return v.Phase == live.Talking && len(v.Others) == 1 })
	r.waitTitle("Ringside")
	windows, err := r.tool("xdotool", "search", "--onlyvisible", "--name", "Ringside")
	if err != nil || len(strings.Fields(windows)) != 1 {
		t.Errorf("the windows are %q, %v; want one", windows, err)
	}
}

// endApp ends the app that a hook has started, by the number in its door's sign.
func endApp(r *rig) {
	b, err := os.ReadFile(filepath.Join(r.data, "door.json"))
	if err != nil {
		return
	}
	var s struct{ PID int }
	if json.Unmarshal(b, &s) != nil || s.PID <= 1 {
		return
	}
	if p, err := os.FindProcess(s.PID); err == nil {
		_ = p.Kill()
	}
	for alive(s.PID) {
		if b, err := os.ReadFile("/proc/" + strconv.Itoa(s.PID) + "/stat"); err != nil || strings.Contains(string(b), ") Z ") {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
}
