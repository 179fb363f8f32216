package main

import (
	"bytes"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ringside/assist"
)

func TestWhatLeavesADeskIsReadInWordsBesideItsBytes(t *testing.T) {
	own(t)
	dir, meet, file := filepath.Join(t.TempDir(), "data"), t.TempDir(), filepath.Join(t.TempDir(), "packet")
	must := func(words ...string) string {
		t.Helper()
		code, out, said := ringside(t, append([]string{"--data", dir}, words...)...)
		if code != exitOK {
			t.Fatalf("ringside %s: %d %s", strings.Join(words, " "), code, said)
		}
		return out
	}
	h, err := openHouse(t.Context(), dir, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	err = h.db.Save(t.Context(), assist.Customer{ID: "mary", Name: "Mary Quillfeather", CallMe: "Mrs Quillfeather"}, assist.Note{ID: "n", Customer: "mary", At: noon, Text: "likes tea"},
		assist.Blob{ID: assist.Blob{Data: []byte("picture")}.Key(), Data: []byte("picture")})
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	must("team", "start", "--name", "Two of us", "--folder", meet)
	if h, err = openHouse(t.Context(), dir, time.Now); err != nil {
		t.Fatal(err)
	}
	if err := h.crew.start(); err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		if list, err := h.crew.sent(t.Context()); err != nil || time.Now().After(end) {
			t.Fatalf("%+v, %v", list, err)
		} else if len(list) > 1 && !list[0].Waiting {
			break
		}
	}
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	list := must("team", "sent")
	number, _, _ := strings.Cut(list, " ") // of the newest
	if !strings.Contains(list, "Who is in the team") {
		t.Errorf("%q", list)
	}
	words := must("team", "sent", number)
	for _, want := range []string{"customer: Mary Quillfeather", "To be called: Mrs Quillfeather", "note: likes tea", "Customer: Mary Quillfeather", "Words: likes tea", "a file of 7 bytes"} {
		if !strings.Contains(words, want) {
			t.Errorf("%q is not in:\n%s", want, words)
		}
	}
	must("team", "sent", number, "--to", file)
	sealed, err := os.ReadFile(file)
	if err != nil || !bytes.HasPrefix(sealed, []byte("RP")) || !strings.Contains(words, hex.Dump(sealed)) {
		t.Errorf("%x, %v", sealed, err)
	}
	carried := false
	_ = filepath.WalkDir(meet, func(path string, _ os.DirEntry, err error) error {
		b, _ := os.ReadFile(path)
		carried = carried || bytes.Contains(b, sealed)
		return err
	})
	if !carried {
		t.Error("these bytes are not in the team's folder")
	}
}
