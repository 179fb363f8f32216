package main

import (
	"path/filepath"
	"testing"
	"time"

	"ringside/assist"
)

func TestTheListOfNotesCanBeMeasured(t *testing.T) {
	own(t)
	h, err := openHouse(t.Context(), filepath.Join(t.TempDir(), "data"), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	if err := h.db.Save(t.Context(), assist.Note{ID: "n", At: time.Now(), Text: "The hedge trimmer leaks"}); err != nil {
		t.Fatal(err)
	}
	figures, err := benchNotesPage(&program{ctx: t.Context(), now: time.Now}, h, []string{"leak", "rep:nobody x"})
	if err != nil || len(figures) != 2 || figures[1].Name != "key_to_list_p99_ms" || figures[1].Value <= 0 {
		t.Errorf("%+v, %v", figures, err)
	}
}
