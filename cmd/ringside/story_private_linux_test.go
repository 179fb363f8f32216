package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"ringside/assist"
	"ringside/assist/live"
	"ringside/assist/settings"
)

// The words of the private story. They stand nowhere else.
const (
	plantedName    = "Quillabeth Featherstonehaugh"
	plantedNumber  = "+441134960777"
	plantedNote    = "zyzzogeton"
	plantedPromise = "quaggaberry"
	plantedHeard   = "wobblefrond"
	plantedCard    = "4111111111111111"
	falseAlarm     = "4222222222222" // an order, right by every check of a card
	plantedView    = "plimsollwort"
	plantedPicture = "grumblethatch"
)

// TestNobodyReadsWhatIsKeptAndNothingIsSent is a call with everything of the network
// switched off, and no network. What was typed is found by search, and stands in no file, in
// no log and on no socket; a card that was typed and one that was pasted are nowhere at all.
func TestNobodyReadsWhatIsKeptAndNothingIsSent(t *testing.T) {
	if unplugged(t) {
		return
	}
	r := newRig(t)
	temporary := filepath.Join(r.home, "tmp")
	if err := os.Mkdir(temporary, 0o700); err != nil {
		t.Fatal(err)
	}
	r.env = append(r.env, "TMPDIR="+temporary)
	r.fill(func(h *house) error {
		ctx := context.Background()
		s, err := h.db.Settings(ctx)
		s.Views = append(s.Views, settings.View{Name: plantedView})
		picture := assist.Blob{Data: []byte("a picture")}
		picture.ID = picture.Key()
		return errors.Join(err, h.db.SaveSettings(ctx, s), h.db.Save(ctx, picture,
			assist.Answer{ID: "planted", Title: "A picture", Department: "billing", Say: "See it.", Files: []assist.File{{Name: plantedPicture + ".png", Blob: picture.ID}}},
			assist.Customer{ID: "planted", Name: plantedName, About: plantedNote, Phones: []assist.Phone{{Raw: plantedNumber, E164: plantedNumber}}}))
	})
	r.sits("ewa")
	r.onlyTheDoor("idle")
	r.run("ring", plantedNumber, "--state", "answered")
	r.sees("her card", func(v live.View) bool { return v.Card != nil && v.Card.Customer.Name == plantedName })
	r.press("ctrl+f")
	r.write(plantedHeard + " charged twice")
	r.press("ctrl+j")
	r.write("order " + falseAlarm + ", ")
	r.sees("an order number is hidden", func(v live.View) bool { return strings.Contains(v.Note.Text, "•••• 2222, ") })
	r.press("alt+j")
	r.sees("it is back as it was typed", func(v live.View) bool { return v.Note.Text == "order "+falseAlarm+", " && v.Note.Saved })
	r.write(plantedNote + ". I'll send the " + plantedPromise + " on Friday. Card " + plantedCard + " exp 12/27, cvv 987. ")
	r.sees("the card is hidden", func(v live.View) bool {
		return strings.Contains(v.Note.Text, "•••• •••• •••• 1111 exp ••/••, cvv •••. ") && v.Note.Saved
	})
	r.onlyTheDoor("in a call")
	found := r.run("search", plantedName)
	if !strings.Contains(found, plantedName) {
		t.Errorf("she is not found: %s", found)
	}
	r.press("ctrl+p")
	r.press("ctrl+Return")
	r.rests()
	r.press("ctrl+Return")
	r.sees("the call is done", func(v live.View) bool { return v.Phase == live.Idle })
	r.canBeSeen()
	r.nowhere("while it runs")
	r.press("ctrl+q")
	_ = r.app.Wait()
	r.app = nil
	r.nowhere("after its end")
	r.breaksDown()
	r.inHouse(func(ctx context.Context, h *house) error {
		notes, err := all[assist.Note](ctx, h.db)
		kept := slices.IndexFunc(notes, func(n assist.Note) bool { return strings.Contains(n.Text, plantedNote) })
		if kept < 0 || !strings.Contains(notes[kept].Text, falseAlarm) || strings.Contains(notes[kept].Text, plantedCard) {
			t.Errorf("of %d notes %d is that of the story: %+v", len(notes), kept, notes)
		}
		return err
	})
}

// breaksDown lets the app break down in a call: the report has nothing of the customer, and
// is told once at the next start.
func (r *rig) breaksDown() {
	r.Helper()
	r.start()
	r.run("ring", plantedNumber, "--state", "answered")
	r.sees("her card again", func(v live.View) bool { return v.Card != nil && v.Card.Customer.Name == plantedName })
	_ = r.app.Process.Signal(syscall.SIGQUIT) // the runtime ends with the stacks of all
	_ = r.app.Wait()
	r.app = nil
	report := filepath.Join(r.data, "crash.txt")
	r.wait("the crash is reported", func() bool { _, err := os.Stat(report); return err == nil })
	r.nowhere("after a crash")
	if b, _ := os.ReadFile(report); !bytes.Contains(b, []byte(".runWindow(")) {
		r.Errorf("the report is\n%s", b)
	}
	r.start()
	r.wait("the report was told", func() bool { _, err := os.Stat(report); return err != nil })
	r.rests()
	r.picture("the crash is told")
	r.kill()
}

// onlyTheDoor wants the app to have one socket of the network: that of its local door.
func (r *rig) onlyTheDoor(when string) {
	r.Helper()
	inodes := map[string]bool{}
	links, err := filepath.Glob(fmt.Sprintf("/proc/%d/fd/*", r.app.Process.Pid))
	if err != nil || len(links) == 0 {
		r.Fatalf("no files of the app: %v", err)
	}
	for _, l := range links {
		to, _ := os.Readlink(l)
		inodes[strings.TrimSuffix(strings.TrimPrefix(to, "socket:["), "]")] = true
	}
	var own []string
	for _, table := range []string{"tcp", "tcp6", "udp", "udp6", "raw", "raw6"} {
		b, _ := os.ReadFile(fmt.Sprintf("/proc/%d/net/%s", r.app.Process.Pid, table))
		for _, line := range strings.Split(string(b), "\n") {
			if f := strings.Fields(line); len(f) > 9 && inodes[f[9]] && f[3] == "0A" || len(f) > 9 && inodes[f[9]] && !strings.HasPrefix(f[2], "0100007F:") {
				own = append(own, table+" "+f[1]+" "+f[2])
			}
		}
	}
	if len(own) != 1 || !strings.HasPrefix(own[0], "tcp 0100007F:") {
		r.Errorf("%s its sockets are %q, want the local door alone", when, own)
	}
}

// nowhere wants no word of the story in any file of the home, the data, preferences, cache and
// temporary files included, or in what the app has printed.
func (r *rig) nowhere(when string) {
	r.Helper()
	files, hits := r.plain()
	for _, h := range hits {
		r.Errorf("%s %s", when, h)
	}
	if files < 5 {
		r.Errorf("only %d files were looked at", files)
	}
}

// plain returns how many files were looked at, and where words of the story stand as they
// were typed.
func (r *rig) plain() (files int, hits []string) {
	words := []string{"Quillabeth", "Featherstonehaugh", plantedNumber[1:], plantedNote, plantedPromise, plantedHeard, plantedCard, plantedView, plantedPicture}
	look := func(where string, b []byte) {
		for _, w := range words {
			if bytes.Contains(bytes.ToLower(b), []byte(strings.ToLower(w))) || bytes.Contains(b, utf16Of(w)) {
				hits = append(hits, fmt.Sprintf("%q stands in %s", w, where))
			}
		}
	}
	_ = filepath.WalkDir(r.home, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return nil
		}
		if b, err := os.ReadFile(path); err == nil {
			files++
			look(path, append([]byte(path+"\n"), b...))
		}
		return nil
	})
	look("what the app printed", r.stderr.Bytes())
	return files, hits
}

// canBeSeen wants a word that lies open to be found, as text and as Windows writes it.
func (r *rig) canBeSeen() {
	r.Helper()
	open := filepath.Join(r.home, "open.txt")
	if err := os.WriteFile(open, append(utf16Of(plantedNote), plantedPromise...), 0o600); err != nil {
		r.Fatal(err)
	}
	if _, hits := r.plain(); len(hits) < 2 {
		r.Errorf("two words lie open, and found is %q", hits)
	}
	if err := os.Remove(open); err != nil {
		r.Fatal(err)
	}
}

// utf16Of is how Windows and some toolkits write a word.
func utf16Of(w string) []byte {
	var b []byte
	for _, c := range []byte(w) {
		b = append(b, c, 0)
	}
	return b
}
