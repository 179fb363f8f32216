package main

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ringside/assist"
	"ringside/storage/journal"
)

// The folder where the list of the erased would lie need not be there: what the present
// store knows of erasures counts.
func TestWhoWasErasedDoesNotComeBackWithABackupOnAStick(t *testing.T) {
	own(t)
	dir, stick := filepath.Join(t.TempDir(), "data"), t.TempDir()
	in := func(work func(*house)) {
		t.Helper()
		h, err := openHouse(t.Context(), dir, time.Now)
		if err != nil {
			t.Fatal(err)
		}
		work(h)
		if err := h.Close(); err != nil {
			t.Fatal(err)
		}
	}
	must := func(words ...string) string {
		t.Helper()
		code, out, said := ringside(t, append([]string{"--data", dir}, words...)...)
		if code != exitOK {
			t.Fatalf("ringside %s: %d %s", strings.Join(words, " "), code, said)
		}
		return out
	}
	in(func(h *house) {
		if err := h.db.Save(t.Context(), assist.Customer{ID: "mary", Name: "Mary Quillfeather"},
			assist.Note{ID: "n", Customer: "mary", At: noon, Text: "likes tea"}, assist.Customer{ID: "tom", Name: "Tom Lee"}); err != nil {
			t.Fatal(err)
		}
	})
	must("backup", stick)
	must("erase", "mary", "--yes")
	files, err := filepath.Glob(filepath.Join(stick, "ringside-*"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%v %v", files, err)
	}
	if out := must("restore", files[0], "--yes"); !strings.Contains(out, "1 customer who was erased since") {
		t.Errorf("restore says %q", out)
	}
	var key [32]byte
	in(func(h *house) {
		key = h.drawer.Key
		if erased, err := h.db.Erased(t.Context(), "mary"); !erased || err != nil {
			t.Errorf("erased: %v %v", erased, err)
		}
	})
	j, err := journal.Open(journal.Options{Dir: filepath.Join(dir, "journal"), Key: key})
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	tom := false
	if err := j.Read(journal.Position{}, func(_ journal.Position, payload []byte) error {
		for _, planted := range []string{"Quillfeather", "likes tea"} {
			if strings.Contains(string(payload), planted) {
				t.Errorf("the journal has %q", planted)
			}
		}
		tom = tom || strings.Contains(string(payload), "Tom Lee")
		return nil
	}); err != nil || !tom {
		t.Errorf("tom is there: %v, %v", tom, err)
	}
}
