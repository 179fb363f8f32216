package backup

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"ringside/assist"
)

func TestABackupOnAFullDiskLeavesNothingAndSaysSo(t *testing.T) {
	db := shop(t, t.TempDir())
	for i := range 100 {
		if err := db.Save(t.Context(), assist.Note{ID: assist.ID(fmt.Sprint("long", i)), Customer: "c1", At: morning, Text: strings.Repeat("late ", 200)}); err != nil {
			t.Fatal(err)
		}
	}
	_, about := made(t, db, Key{Store: storeKey})
	for name, room := range map[string]int64{"for half of the file": about.Size / 2, "for the file and not for reading it back": about.Size * 3 / 2} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if err := syscall.Mount("ringside-test", dir, "tmpfs", 0, fmt.Sprint("size=", room)); err != nil {
				t.Skipf("a disk of its own cannot be mounted here: %v", err)
			}
			t.Cleanup(func() {
				if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
					t.Error(err)
				}
			})
			_, err := Write(t.Context(), filepath.Join(dir, Name(desk, morning)), db, Key{Store: storeKey}, morning)
			if !errors.Is(err, assist.ErrDiskFull) {
				t.Errorf("got %v", err)
			}
			if left, _ := os.ReadDir(dir); len(left) > 0 {
				t.Errorf("it has left %v", left)
			}
			if err := db.Save(t.Context(), assist.Customer{ID: "after", Name: "After"}); err != nil {
				t.Error(err)
			}
		})
	}
}
