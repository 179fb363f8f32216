package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ringside/assist/live"
)

// TestThePowerGoesInMidCallAndTheRepGoesOn has the data on a disk of its own: it loses its
// power while the rep types, with nothing written out that was not synced. The rep starts
// again, the same customer rings, and all that was said is there, and found.
func TestThePowerGoesInMidCallAndTheRepGoesOn(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("a disk of its own needs root")
	}
	r := newRig(t)
	d := diskFile{file: filepath.Join(r.home, "disk.img"), at: filepath.Join(r.home, "disk")}
	if err := d.try("ext4"); err != nil {
		t.Skipf("no disk of its own can be made here: %v", err)
	}
	if err := d.mount(); err != nil {
		t.Fatal(err)
	}
	r.Cleanup(func() {
		r.kill()
		if err := d.unmount(); err != nil {
			t.Error(err)
		}
	})
	r.data = filepath.Join(d.at, "data")
	t.Setenv("RINGSIDE_NO_KEYCHAIN", "1")
	p := &program{ctx: t.Context(), stdin: strings.NewReader(""), stdout: io.Discard, stderr: io.Discard, now: time.Now}
	if err := sampleHouse(p, r.data); err != nil {
		t.Fatal(err)
	}
	r.start()

	r.run("ring", "+44 7700 900201", "--id", "one")
	r.sees("the card pops", func(v live.View) bool { return v.Card != nil })
	r.run("ring", "+44 7700 900201", "--id", "one", "--state", "answered")
	r.press("ctrl+j")
	r.write("Quizzleberry said the charger hums. I'll call you back on Friday at 3")
	r.sees("the promise is offered", func(v live.View) bool { return v.Promise != nil && v.Note.Saved })
	r.press("ctrl+p")
	r.sees("the promise is made", func(v live.View) bool { return len(v.Made) == 1 })
	r.write(", he is patient")
	r.sees("the last words are safe", func(v live.View) bool { return v.Note.Saved && strings.HasSuffix(v.Note.Text, "he is patient") })

	if err := d.cut(r.app.Process); err != nil {
		t.Fatal(err)
	}
	r.kill()
	if err := d.unmount(); err != nil {
		t.Fatal(err)
	}
	if err := d.mount(); err != nil {
		t.Fatal(err)
	}

	r.start()
	r.sees("the call is offered", func(v live.View) bool { return len(v.Unfinished) == 1 })
	r.press("ctrl+Tab")
	v := r.sees("it is back", func(v live.View) bool { return v.Card != nil })
	if !strings.HasSuffix(v.Note.Text, "he is patient") {
		t.Errorf("the note is %q", v.Note.Text)
	}
	r.press("ctrl+Return")
	r.sees("the desk is free", func(v live.View) bool { return v.Phase == live.Idle && len(v.Unfinished) == 0 })

	r.run("ring", "+44 7700 900201", "--id", "two")
	v = r.sees("the same customer rings again", func(v live.View) bool { return v.Card != nil })
	if len(v.Card.Promises) == 0 {
		t.Error("the promise is gone")
	}
	if out := r.run("search", "quizzleberry"); !strings.Contains(out, "Quizzleberry said the charger hums") {
		t.Errorf("what was typed before the cut is not found: %s", out)
	}
	files := 0
	err := filepath.WalkDir(r.home, func(path string, e os.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() || path == d.file {
			return err
		}
		files++
		b, err := os.ReadFile(path)
		if strings.Contains(strings.ToLower(string(b)), "quizzleberry") {
			t.Errorf("what the customer said can be read in %s", path)
		}
		return err
	})
	if err != nil || files < 10 {
		t.Errorf("only %d files were looked at: %v", files, err)
	}
}
