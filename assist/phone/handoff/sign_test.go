package handoff_test

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"ringside/assist"
	"ringside/assist/phone/handoff"
)

func TestSignIsForThisUserOnly(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows keeps no mode bits")
	}
	dir := open(t, &desk{})
	info, err := os.Stat(filepath.Join(dir, "door.json"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v; want 0600", info.Mode(), err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".door-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestFindKnowsADoorThatIsGone(t *testing.T) {
	ln, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	gone := ln.Addr().String()
	ln.Close()
	other := httptest.NewServer(http.NotFoundHandler()) // another program has the port now
	defer other.Close()
	for name, sign := range map[string]string{
		"nobody listens":  fmt.Sprintf(`{"addr":%q,"token":"x"}`, gone),
		"another program": fmt.Sprintf(`{"addr":%q,"token":"x"}`, strings.TrimPrefix(other.URL, "http://")),
		"half a file":     `{"addr":"127.0.`,
		"no address":      `{}`,
		"nonsense":        `{"addr":"not an address","token":"x"}`,
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, "door.json"), []byte(sign), 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := handoff.Find(dir); !errors.Is(err, assist.ErrNotFound) {
				t.Errorf("Find: %v, want ErrNotFound", err)
			}
		})
	}
	if _, err := handoff.Find(t.TempDir()); !errors.Is(err, assist.ErrNotFound) {
		t.Errorf("no door.json: %v, want ErrNotFound", err)
	}
}

func TestNewDoorReplacesAStaleSign(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "door.json"), []byte(`{"addr":"127.0.0.1:1","token":"x","pid":1}`), 0o600); err != nil {
		t.Fatal(err)
	}
	door, err := handoff.Open(dir, &desk{})
	if err != nil {
		t.Fatal(err)
	}
	defer door.Close()
	find(t, dir)
}

func TestCloseLeavesTheSignOfAnotherDoor(t *testing.T) {
	dir := t.TempDir()
	first, err := handoff.Open(dir, &desk{})
	if err != nil {
		t.Fatal(err)
	}
	second, err := handoff.Open(dir, &desk{})
	if err != nil {
		t.Fatal(err)
	}
	defer second.Close()
	first.Close()
	find(t, dir)
}

func TestOpenSaysWhenTheFolderCannotBeWritten(t *testing.T) {
	if _, err := handoff.Open(filepath.Join(t.TempDir(), "missing"), &desk{}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("Open: %v, want the file system's reason", err)
	}
}
