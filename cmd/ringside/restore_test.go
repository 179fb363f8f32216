package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ringside/assist"
	"ringside/storage/audit"
	"ringside/storage/backup"
	"ringside/storage/secret"
)

// backedUp makes a backup of a store, and returns it.
func backedUp(t *testing.T, dir string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "one"+backup.Suffix)
	if code, _, said := ringside(t, "--data", dir, "backup", file); code != exitOK {
		t.Fatalf("backup: %d %s", code, said)
	}
	return file
}

// What is restored because the folder is damaged must not be stopped by that damage.
func TestABackupIsRestoredOverADamagedStore(t *testing.T) {
	own(t)
	dir := bigHouse(t)
	file := backedUp(t, dir)
	damageTables(t, dir)
	code, out, said := ringside(t, "--data", dir, "restore", "--yes", file)
	if code != exitOK || !strings.Contains(out, "Restored.") {
		t.Errorf("restore: %d %s %s", code, out, said)
	}
}

func TestNobodyIsErasedFromWhatABackupIsAboutToReplace(t *testing.T) {
	dir := storeOf(t, assist.Customer{ID: "mary", Name: "Mary Shaw"})
	file := backedUp(t, dir)
	a := startApp(t, dir)
	if code, _, said := ringside(t, "--data", dir, "restore", "--yes", file); code != exitOK {
		t.Fatalf("restore: %d %s", code, said)
	}
	if err := a.eraseCustomer(t.Context(), "mary", nil); err == nil || !strings.Contains(err.Error(), "start") {
		t.Errorf("the erasure: %v", err)
	}
	a.closeApp(t)
	h, err := openHouse(t.Context(), dir, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	if _, err := h.erase(t.Context(), "mary", nil, nil); err != nil {
		t.Errorf("behind the start: %v", err)
	}
}

// Between looking at a backup and putting it in place there may be an erasure.
func TestWhoWasErasedWhileABackupWasLookedAtStaysErased(t *testing.T) {
	dir := storeOf(t, assist.Customer{ID: "mary", Name: "Mary Shaw"}, assist.Customer{ID: "tom", Name: "Tom Lee"})
	file := backedUp(t, dir)
	h, err := openHouse(t.Context(), dir, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	r := &restoring{path: file, dir: dir, key: backup.Key{Store: h.drawer.Key}, present: h.db}
	if err := r.unpack(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := h.erase(t.Context(), "mary", nil, nil); err != nil {
		t.Fatal(err)
	}
	_, err = r.replace(t.Context(), h.drawer.Options, time.Now)
	if err := errors.Join(err, h.Close()); err != nil {
		t.Fatal(err)
	}
	if h, err = openHouse(t.Context(), dir, time.Now); err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	if left, err := all[assist.Customer](t.Context(), h.db); err != nil || len(left) != 1 || left[0].ID != "tom" {
		t.Errorf("%v %v", left, err)
	}
}

func TestARestoreThatFailsLeavesNothingBehind(t *testing.T) {
	dir := storeOf(t, assist.Customer{ID: "mary", Name: "Mary Shaw"})
	file := backedUp(t, dir)
	if code, _, said := ringside(t, "--data", dir, "erase", "mary", "--yes"); code != exitOK {
		t.Fatal(said)
	}
	if code, _, said := ringside(t, "--data", dir, "backup"); code != exitOK { // which lists whom was erased
		t.Fatal(said)
	}
	lists, err := filepath.Glob(filepath.Join(dir, "backups", "erased-*"))
	if err != nil || len(lists) != 1 {
		t.Fatal(lists, err)
	}
	if err := os.WriteFile(lists[0], []byte("noise"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, _ := ringside(t, "--data", dir, "restore", "--yes", file); code == exitOK {
		t.Error("it was restored without knowing who was erased")
	}
	if _, err := os.Stat(backup.Waiting(dir)); err == nil {
		t.Error("what was unpacked is still there")
	}
}

func TestWordsForWhoIsErasedAgain(t *testing.T) {
	for n, want := range map[int]string{0: "", 1: "1 customer who was erased since will be erased from it.\n", 3: "3 customers who were erased since will be erased from it.\n"} {
		if got := erasedAgain(n); got != want {
			t.Errorf("%d: %q", n, got)
		}
	}
}

// A start that asks for the passphrase opens the folder twice: it is put in place by the
// first, and written down by the second.
func TestARestoreIsInTheLogThoughThePassphraseWasMissingAtFirst(t *testing.T) {
	dir := storeOf(t, assist.Customer{ID: "mary", Name: "Mary Shaw"})
	file := backedUp(t, dir)
	const words = "four old words"
	h, err := openHouse(t.Context(), dir, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.setPassphrase(t.Context(), words); err != nil {
		t.Fatal(err)
	}
	r := &restoring{path: file, dir: dir, key: backup.Key{Store: h.drawer.Key}, present: h.db}
	err = r.unpack(t.Context())
	if err == nil {
		_, err = r.replace(t.Context(), h.drawer.Options, time.Now)
	}
	if err = errors.Join(err, h.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := openHouse(t.Context(), dir, time.Now); !errors.Is(err, assist.ErrWrongKey) {
		t.Fatalf("without the passphrase: %v", err)
	}
	for range 2 { // and not once more by the start behind it
		h, err = openHouseWith(t.Context(), dir, time.Now, secret.Options{NoKeychain: true, Passphrase: words})
		if err != nil {
			t.Fatal(err)
		}
		log, err := h.log.Entries(func(e audit.Entry) bool { return e.Kind == audit.Restore }, 0, 9)
		if err := errors.Join(err, h.Close()); err != nil || len(log) != 1 {
			t.Errorf("the log has %d restores, %v", len(log), err)
		}
	}
}

// What a desk has sent since a backup was made has its numbers: put back, it joins anew.
func TestADeskThatIsRestoredIsInNoTeam(t *testing.T) {
	dir := storeOf(t, assist.Customer{ID: "mary", Name: "Mary Shaw"})
	file := backedUp(t, dir)
	if code, _, said := ringside(t, "--data", dir, "team", "start", "--name", "Us", "--folder", t.TempDir()); code != exitOK {
		t.Fatal(said)
	}
	if code, _, said := ringside(t, "--data", dir, "restore", "--yes", file); code != exitOK {
		t.Fatal(said)
	}
	if code, out, said := ringside(t, "--data", dir, "team"); code != exitOK || !strings.Contains(out, "in no team") {
		t.Error(out, said)
	}
}
