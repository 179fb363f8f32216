package secret

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ringside/assist"
)

// vault is a keychain that a test can break.
type vault struct {
	entries map[string]string
	err     error // what every call fails with
	forget  bool  // Set seems to work and keeps nothing
	wait    chan struct{}
}

func (v *vault) Get(name string) (string, error) {
	if v.wait != nil {
		<-v.wait
	}
	if v.err != nil {
		return "", v.err
	}
	value, ok := v.entries[name]
	if !ok {
		return "", ErrNoEntry
	}
	return value, nil
}

func (v *vault) Set(name, value string) error {
	if v.err == nil && !v.forget {
		v.entries[name] = value
	}
	return v.err
}

func (v *vault) Delete(name string) error {
	if _, err := v.Get(name); err != nil {
		return err
	}
	delete(v.entries, name)
	return nil
}

func newVault() *vault { return &vault{entries: map[string]string{}} }

func mustKey(t *testing.T, dir string, opt Options) ([32]byte, string) {
	t.Helper()
	key, where, err := Key(context.Background(), dir, opt)
	if err != nil {
		t.Fatal(err)
	}
	return key, where
}

func TestKeyIsTheSameAgainWhereverItIsKept(t *testing.T) {
	for name, opt := range map[string]Options{
		"keychain":     {Vault: newVault()},
		"passphrase":   {NoKeychain: true, Passphrase: "correct horse"},
		"only you can": {NoKeychain: true},
	} {
		dir := filepath.Join(t.TempDir(), "new")
		first, where := mustKey(t, dir, opt)
		again, _ := mustKey(t, dir, opt)
		if first != again || first == [32]byte{} {
			t.Errorf("%s: %x then %x", name, first, again)
		}
		if !strings.Contains(where, name) {
			t.Errorf("%s: said %q", name, where)
		}
		info, err := os.Stat(filepath.Join(dir, "key.json"))
		if err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: others can read the key file: %v %v", name, info.Mode(), err)
		}
	}
}

func TestKeyFilesDifferBetweenFolders(t *testing.T) {
	a, _ := mustKey(t, t.TempDir(), Options{NoKeychain: true})
	b, _ := mustKey(t, t.TempDir(), Options{NoKeychain: true})
	if a == b {
		t.Error("two stores have one key")
	}
}

func TestKeyInKeychainIsNotInTheFolder(t *testing.T) {
	dir, v := t.TempDir(), newVault()
	mustKey(t, dir, Options{Vault: v})
	b, err := os.ReadFile(filepath.Join(dir, "key.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, value := range v.entries {
		if strings.Contains(string(b), value) {
			t.Error("the key file holds the key")
		}
	}
}

func TestKeyFallsBackToAFileWhenTheKeychainDoesNotKeepIt(t *testing.T) {
	for name, v := range map[string]*vault{
		"broken":    {entries: map[string]string{}, err: errors.New("no daemon")},
		"forgetful": {entries: map[string]string{}, forget: true},
		"silent":    {entries: map[string]string{}, wait: make(chan struct{})},
	} {
		dir := t.TempDir()
		first, where := mustKey(t, dir, Options{Vault: v, Timeout: 20 * time.Millisecond})
		if !strings.Contains(where, "only you can read") {
			t.Errorf("%s: said %q", name, where)
		}
		again, _ := mustKey(t, dir, Options{Vault: newVault()})
		if first != again {
			t.Errorf("%s: another key", name)
		}
		if v.wait != nil {
			close(v.wait)
		}
	}
}

func TestKeyIsNeverMadeAnewForAStoreThatExists(t *testing.T) {
	dir, v := t.TempDir(), newVault()
	mustKey(t, dir, Options{Vault: v})
	if err := os.WriteFile(filepath.Join(dir, "store.json"), []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	refused := func(name string, opt Options) {
		t.Helper()
		_, _, err := Key(context.Background(), dir, opt)
		var f *assist.Fault
		if !errors.Is(err, assist.ErrWrongKey) || !errors.As(err, &f) || f.Do == "" {
			t.Errorf("%s: got %v", name, err)
		}
	}
	refused("entry gone", Options{Vault: newVault()})
	refused("keychain gone", Options{Vault: &vault{err: errors.New("no daemon")}})
	if err := os.Remove(filepath.Join(dir, "key.json")); err != nil {
		t.Fatal(err)
	}
	refused("key file gone", Options{Vault: v})
	if _, err := os.Stat(filepath.Join(dir, "key.json")); err == nil {
		t.Error("a new key file was made for an old store")
	}
}

func TestKeyRefusesAnotherPassphrase(t *testing.T) {
	dir := t.TempDir()
	mustKey(t, dir, Options{NoKeychain: true, Passphrase: "correct horse"})
	for _, p := range []string{"", "correct  horse"} {
		if _, _, err := Key(context.Background(), dir, Options{NoKeychain: true, Passphrase: p}); !errors.Is(err, assist.ErrWrongKey) {
			t.Errorf("%q: got %v", p, err)
		}
	}
}

func TestKeyReportsADamagedFile(t *testing.T) {
	dir := t.TempDir()
	mustKey(t, dir, Options{NoKeychain: true})
	path := filepath.Join(dir, "key.json")
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for name, bad := range map[string][]byte{
		"empty":     nil,
		"half":      good[:len(good)/2],
		"other key": []byte(strings.Replace(string(good), `"key": "`, `"key": "AAAA`, 1)),
		"nowhere":   []byte(`{"version":1}`),
		"newer":     []byte(`{"version":9}`),
		"huge":      []byte(`{"version":1,"kept":"passphrase","sealed":{"argon2_time":4000000000,"argon2_kib":4000000000,"argon2_threads":1,"salt":"AAAAAAAAAAAAAAAA"}}`),
	} {
		if err := os.WriteFile(path, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		_, _, err := Key(context.Background(), dir, Options{NoKeychain: true, Passphrase: "x"})
		var f *assist.Fault
		if !errors.As(err, &f) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestKeyGivesUpWithItsContext(t *testing.T) {
	dir, v := t.TempDir(), newVault()
	mustKey(t, dir, Options{Vault: v})
	v.wait = make(chan struct{})
	defer close(v.wait)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, _, err := Key(ctx, dir, Options{Vault: v}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestKeyIsNotMadeBesideAnyPartOfAStore(t *testing.T) {
	for name, refuse := range map[string]bool{"store.json": true, "journal/00000001.seg": true, "picture/1/MANIFEST": true,
		"journal/notes.txt": false, "lock": false} {
		dir := t.TempDir()
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		_, _, err := Key(context.Background(), dir, Options{Vault: newVault()})
		if refused := errors.Is(err, assist.ErrWrongKey); refused != refuse || !refuse && err != nil {
			t.Errorf("%s: got %v", name, err)
		}
		if _, err := os.Stat(filepath.Join(dir, "key.json")); (err == nil) == refuse {
			t.Errorf("%s: the key file: %v", name, err)
		}
	}
}
