package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"ringside/assist"
	"ringside/storage"
	"ringside/ui"
)

func TestWordsForTheDisk(t *testing.T) {
	for _, c := range []struct {
		room storage.Room
		want string
		late bool
	}{
		{storage.Room{Free: 5 << 30}, "", false},
		{storage.Room{Level: storage.Little, Free: 1<<30 + 1<<29 - 1}, "1.4 GB are left on the disk that your notes are on (/data). Free some space soon.", false},
		{storage.Room{Level: storage.Spent, Free: 90 << 20}, "nearly full: 90 MB are left (/data)", false},
		{storage.Room{Level: storage.Full, Free: 0}, "stays in its box and is kept as soon as", true},
	} {
		got := roomWarnings(c.room, "/data")
		if c.want == "" {
			if len(got) != 0 {
				t.Errorf("%+v: %v", c.room, got)
			}
			continue
		}
		if len(got) != 1 || !strings.Contains(got[0].Text, c.want) || got[0].Late != c.late {
			t.Errorf("%+v: %v", c.room, got)
		}
	}
}

func TestAFolderThatIsSyncedIsToldOfAndWorks(t *testing.T) {
	own(t)
	dir := filepath.Join(t.TempDir(), "Dropbox", "data")
	h, err := openHouse(t.Context(), dir, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	var told []ui.Warning
	h.watchDisk(ctx, func(list []ui.Warning) { told = list; stop() })
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	if last := told[len(told)-1]; !last.Lasting || !strings.Contains(last.Text, "Dropbox carries to other computers ("+dir) {
		t.Errorf("%+v", told)
	}
}

func TestAStartInAFolderThatCannotBeWrittenSaysSo(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := startHere(filepath.Join(file, "data"))
	var f *assist.Fault
	if !errors.As(err, &f) || f.Do == "" || exitCode(t.Context(), err) != exitStore {
		t.Errorf("%v, exit code %d", err, exitCode(t.Context(), err))
	}
}

func TestNoHomeIsSaidClearly(t *testing.T) {
	for _, name := range []string{"HOME", "XDG_DATA_HOME", "LOCALAPPDATA"} {
		t.Setenv(name, "")
	}
	var out, wrong strings.Builder
	if code := Run(t.Context(), []string{"run"}, strings.NewReader(""), &out, &wrong); code != exitStore {
		t.Errorf("exit code %d", code)
	}
	missing := "HOME"
	if runtime.GOOS == "windows" {
		missing = "LOCALAPPDATA"
	}
	if got := wrong.String(); !strings.Contains(got, missing+" is not set") || !strings.Contains(got, "--data") {
		t.Errorf("it says %q", got)
	}
}

func TestWhereAllIsWellNothingIsTold(t *testing.T) {
	own(t)
	h, err := openHouse(t.Context(), t.TempDir(), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	if r := h.db.Room(t.Context()); r.Level != storage.Plenty {
		t.Skip("this disk is nearly full")
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	h.watchDisk(ctx, func(list []ui.Warning) { t.Errorf("told of %v", list) })
}
