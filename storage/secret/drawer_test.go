package secret

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ringside/assist"
)

const what = "model key"

func drawer(dir string, opt Options) Drawer {
	return Drawer{Dir: dir, Key: [32]byte{7, 7, 7}, Options: opt}
}

func mustKeep(t *testing.T, d Drawer, value string) string {
	t.Helper()
	where, err := d.Keep(t.Context(), what, value)
	if err != nil {
		t.Fatal(err)
	}
	return where
}

func reads(t *testing.T, d Drawer, want string) {
	t.Helper()
	if got, err := d.Read(t.Context(), what); got != want || err != nil {
		t.Errorf("read %q, %v, want %q", got, err, want)
	}
}

func inFile(t *testing.T, dir string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, "secrets.json"))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestDrawerKeepsInTheKeychainWhenThereIsOne(t *testing.T) {
	dir, v := t.TempDir(), newVault()
	d := drawer(dir, Options{Vault: v})
	if where := mustKeep(t, d, "sk-1"); !strings.Contains(where, "keychain") {
		t.Errorf("said %q", where)
	}
	reads(t, d, "sk-1")
	mustKeep(t, d, "sk-2")
	reads(t, d, "sk-2")
	if !d.Has(what) || d.Has("other") {
		t.Error("does not know what it has")
	}
	if b := inFile(t, dir); bytes.Contains(b, []byte("sk-2")) || len(v.entries) != 1 {
		t.Errorf("file %s, keychain %v", b, v.entries)
	}
	mustKeep(t, d, "")
	reads(t, d, "")
	if len(v.entries) != 0 || d.Has(what) {
		t.Errorf("the keychain still has %v", v.entries)
	}
}

func TestDrawerSealsInTheFolderWhereThereIsNoKeychain(t *testing.T) {
	for name, opt := range map[string]Options{
		"left alone": {NoKeychain: true},
		"broken":     {Vault: &vault{err: errors.New("no daemon")}},
		"forgetful":  {Vault: &vault{entries: map[string]string{}, forget: true}},
		"silent":     {Vault: &vault{entries: map[string]string{}, wait: make(chan struct{})}, Timeout: 10 * time.Millisecond},
	} {
		dir := t.TempDir()
		d := drawer(dir, opt)
		reads(t, d, "")
		if where := mustKeep(t, d, "sk-very-secret"); !strings.Contains(where, "sealed") {
			t.Errorf("%s: said %q", name, where)
		}
		reads(t, drawer(dir, Options{NoKeychain: true}), "sk-very-secret")
		if b := inFile(t, dir); bytes.Contains(b, []byte("very-secret")) {
			t.Errorf("%s: it can be read in %s", name, b)
		}
		if info, err := os.Stat(d.file()); err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: others can read the file: %v %v", name, info.Mode(), err)
		}
		mustKeep(t, d, "")
		reads(t, d, "")
	}
}

func TestDrawerMovesFromTheFolderToTheKeychainAndBack(t *testing.T) {
	dir, v := t.TempDir(), newVault()
	mustKeep(t, drawer(dir, Options{NoKeychain: true}), "one")
	mustKeep(t, drawer(dir, Options{Vault: v}), "two")
	reads(t, drawer(dir, Options{Vault: v}), "two")
	if b := inFile(t, dir); bytes.Contains(b, []byte(`"sealed"`)) {
		t.Errorf("the older one is still there: %s", b)
	}
	v.forget = true // it keeps nothing new
	mustKeep(t, drawer(dir, Options{Vault: v}), "three")
	reads(t, drawer(dir, Options{NoKeychain: true}), "three")
	if len(v.entries) != 0 {
		t.Errorf("the keychain still has %v", v.entries)
	}
}

func TestDrawerDoesNotAskTheKeychainForWhatItWasNeverGiven(t *testing.T) {
	v := &vault{wait: make(chan struct{})} // whoever asks waits for ever
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	if got, err := drawer(t.TempDir(), Options{Vault: v, Timeout: time.Hour}).Read(ctx, what); got != "" || err != nil {
		t.Errorf("read %q, %v", got, err)
	}
}

func TestDrawersOfTwoFoldersDoNotShare(t *testing.T) {
	v := newVault()
	a, b := drawer(t.TempDir(), Options{Vault: v}), drawer(t.TempDir(), Options{Vault: v})
	b.Key[0]++
	mustKeep(t, a, "of a")
	mustKeep(t, b, "of b")
	reads(t, a, "of a")
	reads(t, b, "of b")
}

func TestDrawerSaysWhatIsWrong(t *testing.T) {
	dir, v := t.TempDir(), newVault()
	mustKeep(t, drawer(dir, Options{Vault: v}), "x")
	fails := func(name string, d Drawer, want error) {
		t.Helper()
		got, err := d.Read(t.Context(), what)
		var f *assist.Fault
		if got != "" || !errors.As(err, &f) || f.Do == "" || want != nil && !errors.Is(err, want) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	fails("entry gone", drawer(dir, Options{Vault: newVault()}), ErrNoEntry)
	fails("keychain left alone", drawer(dir, Options{NoKeychain: true}), nil)
	mustKeep(t, drawer(dir, Options{NoKeychain: true}), "sealed")
	other := drawer(dir, Options{NoKeychain: true})
	other.Key[5]++
	fails("another store's key", other, assist.ErrDamaged)
	sealed := inFile(t, dir)
	for name, b := range map[string][]byte{"half": sealed[:len(sealed)/2], "empty": nil,
		"cut": bytes.Replace(sealed, []byte(`"sealed": "`), []byte(`"sealed": "AAAA`), 1), "short": []byte(`{"version":1,"entries":{"model key":{"kept":"sealed"}}}`)} {
		if err := os.WriteFile(drawer(dir, Options{}).file(), b, 0o600); err != nil {
			t.Fatal(err)
		}
		fails(name, drawer(dir, Options{NoKeychain: true}), assist.ErrDamaged)
	}
	if err := os.WriteFile(drawer(dir, Options{}).file(), []byte(`{"version":2}`), 0o600); err != nil {
		t.Fatal(err)
	}
	fails("newer", drawer(dir, Options{NoKeychain: true}), assist.ErrNewer)
	nowhere := drawer(filepath.Join(dir, "missing", "folder"), Options{NoKeychain: true})
	if _, err := nowhere.Keep(t.Context(), what, "x"); !errors.Is(err, assist.ErrReadOnly) {
		t.Errorf("nowhere to write: %v", err)
	}
}
