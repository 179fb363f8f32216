package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/live"
	"ringside/assist/phone"
	"ringside/assist/settings"
)

// take plays one call of a sample customer, from the ring to wrap-up.
func (a *deskApp) take(t *testing.T, from, note string) {
	t.Helper()
	id := string(assist.NewID(time.Now()))
	a.desk.Ring(phone.Ring{ID: id, From: from, Phase: phone.Answered, At: time.Now()})
	v := a.view(t, func(v live.View) bool { return v.Phase == live.Talking && v.Card != nil })
	a.desk.Note(note)
	a.view(t, func(v live.View) bool { return v.Note.Saved && v.Note.Text == note })
	a.desk.Ring(phone.Ring{ID: id, From: from, Phase: phone.Ended, At: time.Now()})
	a.desk.Use(live.Use{WrapUp: live.WrapUpUse{Done: true, Disposition: "Answered"}})
	a.view(t, func(w live.View) bool { return w.Call != v.Call })
}

func TestExportHasNoUnfinishedNoteOfAFinishedCall(t *testing.T) {
	own(t)
	a := startApp(t, t.TempDir())
	if err := a.takeSample(t.Context()); err != nil {
		t.Fatal(err)
	}
	a.take(t, demoNumber, "wants the blue one")
	a.closeApp(t)
	out := filepath.Join(t.TempDir(), "out")
	for _, format := range []string{"jsonl", "csv", "md"} {
		to := out + "-" + format
		code, said, errs := ringside(t, "--data", a.dir, "export", "--format", format, "--to", to)
		if code != 0 {
			t.Fatalf("exit code %d: %s", code, errs)
		}
		if strings.Contains(said, "draft") {
			t.Errorf("%s: the export counts a draft where no call is unfinished: %s", format, said)
		}
		left, err := filepath.Glob(filepath.Join(to, "draft*"))
		if err != nil || len(left) > 0 {
			t.Errorf("%s: %q was written, %v", format, left, err)
		}
	}
	pages, err := filepath.Glob(out + "-md/customers/*/*.md")
	if err != nil || len(pages) == 0 {
		t.Fatalf("no page of a customer: %v", err)
	}
	found := false
	for _, p := range pages {
		b, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		found = found || strings.Contains(string(b), "wants the blue one")
	}
	if !found {
		t.Error("the note is on no page")
	}
}

func TestSampleTeamIsFoundWhateverTheLocale(t *testing.T) {
	own(t)
	t.Setenv("LC_ALL", "en_US.UTF-8")
	a := startApp(t, t.TempDir())
	defer a.closeApp(t)
	if err := a.takeSample(t.Context()); err != nil {
		t.Fatal(err)
	}
	if s, err := a.settings(t.Context()); err != nil || s.Region != "GB" || s.Me == "" || !s.Started {
		t.Errorf("settings after the sample: %+v, %v", s, err)
	}
	ringside(t, "ring", "--data", a.dir, "07700 900201")
	a.view(t, func(v live.View) bool { return v.Who == live.Known })
}

func TestCallThatOpensTheAppIsReadInTheRepsRegion(t *testing.T) {
	own(t)
	t.Setenv("LC_ALL", "en_GB.UTF-8")
	dir := t.TempDir()
	h, err := openHouse(t.Context(), dir, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.db.SaveSettings(t.Context(), settings.Machine{Region: "US", Started: true}); err != nil {
		t.Fatal(err)
	}
	joe := assist.Customer{ID: "joe", Name: "Joe", Phones: []assist.Phone{{Raw: "+1 212 555 0123", E164: "+12125550123"}}}
	if err := h.db.Save(t.Context(), joe); err != nil {
		t.Fatal(err)
	}
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	a := startApp(t, dir, phone.Ring{ID: "1", From: "(212) 555-0123", Phase: phone.Ringing, At: time.Now()})
	defer a.closeApp(t)
	a.view(t, func(v live.View) bool { return v.Card != nil && v.Card.Customer.Name == "Joe" })
}
