package main

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ringside/assist"
)

// sums are the bytes of every file in a folder, by name.
func sums(t *testing.T, dir string) map[string][32]byte {
	t.Helper()
	out := map[string][32]byte{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			out[name+"/"] = [32]byte{}
			return err
		}
		b, err := os.ReadFile(filepath.Join(dir, name))
		out[name] = sha256.Sum256(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestAStoreOfANewerVersionIsRefusedAndLeftAsItIs(t *testing.T) {
	for name, c := range map[string]struct {
		file  string
		newer func([]byte) []byte
	}{
		"store.json": {"store.json", func(b []byte) []byte { return bytes.Replace(b, []byte(`"format":1`), []byte(`"format":99`), 1) }},
		"key.json":   {"key.json", func(b []byte) []byte { return bytes.Replace(b, []byte(`"version":1`), []byte(`"version":99`), 1) }},
		"journal":    {"journal/00000001.seg", func(b []byte) []byte { b[4], b[5] = 99, 0; return b }}, // the version stands behind RSJ1
	} {
		dir := storeOf(t, assist.Customer{ID: "mary", Name: "Mary Shaw"})
		path := filepath.Join(dir, filepath.FromSlash(c.file))
		before, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		after := c.newer(bytes.ReplaceAll(bytes.Clone(before), []byte(`": 1`), []byte(`":1`)))
		if bytes.Equal(before, after) {
			t.Fatalf("%s: nothing was changed of %q", name, before)
		}
		if err := os.WriteFile(path, after, 0o600); err != nil {
			t.Fatal(err)
		}
		was := sums(t, dir)
		_, err = openHouse(t.Context(), dir, time.Now)
		if !errors.Is(err, assist.ErrNewer) || !strings.Contains(sentence(err), "written by a newer version of Ringside") || !strings.Contains(sentence(err), "Install the newest version") {
			t.Errorf("%s: %v", name, err)
		}
		for _, command := range [][]string{{"check"}, {"export", "--to", "-"}, {"import", "customers", filepath.Join(t.TempDir(), "none.csv")}, {"run"}} {
			if code, _, said := ringside(t, append([]string{"--data", dir}, command...)...); code == exitOK {
				t.Errorf("%s: %v went well: %s", name, command, said)
			}
		}
		if now := sums(t, dir); !maps.Equal(now, was) {
			t.Errorf("%s: the folder was changed: %v, then %v", name, now, was)
		}
	}
}
