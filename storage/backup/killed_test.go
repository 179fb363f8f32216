package backup

import (
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ringside/storage"
)

// desk is the name of the store in names of files.
const desk = "5709e001"

// slowly is set for the process that is killed: the folder that it makes a backup in.
const slowly = "BACKUP_TEST_FOLDER"

func reopen(t *testing.T, dir string) *storage.DB {
	t.Helper()
	db, err := storage.Open(t.Context(), storage.Options{Dir: dir, Key: storeKey})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func TestMain(m *testing.M) {
	if dir := os.Getenv(slowly); dir != "" {
		writeSlowly(dir)
		return
	}
	os.Exit(m.Run())
}

func writeSlowly(dir string) {
	db, err := storage.Open(context.Background(), storage.Options{Dir: filepath.Join(dir, "data"), Key: storeKey})
	if err != nil {
		panic(err)
	}
	_, err = Write(context.Background(), filepath.Join(dir, Name(desk, morning)), slow{db}, Key{Store: storeKey}, morning)
	if err != nil {
		panic(err)
	}
}

// slow is a store that is copied slowly.
type slow struct{ *storage.DB }

func (s slow) Copy(ctx context.Context, each func(string, int64, io.Reader) error) (storage.Copied, error) {
	return s.DB.Copy(ctx, func(name string, size int64, from io.Reader) error {
		time.Sleep(30 * time.Millisecond)
		return each(name, size, from)
	})
}

func TestABackupThatIsKilledHasNoFinalName(t *testing.T) {
	for _, after := range []time.Duration{0, 5, 20, 40, 80} {
		dir := t.TempDir()
		if err := shop(t, filepath.Join(dir, "data")).Close(); err != nil {
			t.Fatal(err)
		}
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), slowly+"="+dir)
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		for left := ""; left == ""; time.Sleep(time.Millisecond) {
			entries, err := os.ReadDir(dir)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range entries {
				if strings.HasPrefix(e.Name(), ".making-") {
					left = e.Name()
				}
			}
		}
		time.Sleep(after * time.Millisecond)
		child.Process.Kill()
		child.Wait()
		list, err := List(dir, desk)
		if err != nil || len(list) > 1 {
			t.Fatalf("%v %v", list, err)
		}
		if len(list) == 1 { // it was done before it was killed: then it is whole
			if _, err := Unpack(t.Context(), list[0].Path, filepath.Join(t.TempDir(), "data"), Key{Store: storeKey}); err != nil {
				t.Error(err)
			}
			continue
		}
		path := filepath.Join(dir, Name(desk, morning))
		if _, err := Write(t.Context(), path, reopen(t, filepath.Join(dir, "data")), Key{Store: storeKey}, morning); err != nil {
			t.Fatal(err)
		}
		if err := Tidy(dir, desk, time.Now().AddDate(0, 0, 2)); err != nil {
			t.Fatal(err)
		}
		if entries, _ := os.ReadDir(dir); len(entries) != 2 { // the backup and the data
			t.Errorf("there lie %v", entries)
		}
	}
}
