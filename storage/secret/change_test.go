package secret

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zalando/go-keyring"

	"ringside/assist"
)

var noKeychain = Options{NoKeychain: true}

func TestARecoveryCodeOpensWhatThePassphraseWouldAndTheKeychainHasLost(t *testing.T) {
	keyring.MockInit()
	ctx := context.Background()
	for name, opt := range map[string]Options{"keychain": {}, "passphrase": {NoKeychain: true, Passphrase: "correct horse"}} {
		dir := t.TempDir()
		key, _ := mustKey(t, dir, opt)
		code, err := NewRecovery(dir, key)
		if err != nil || len(strings.Split(code, "-")) != codeGroups {
			t.Fatalf("%s: %q %v", name, code, err)
		}
		if b, _ := os.ReadFile(filepath.Join(dir, "key.json")); strings.Contains(string(b), code[:5]) {
			t.Error("the code can be read in key.json")
		}
		if err := keyring.DeleteAll(service); err != nil {
			t.Fatal(err)
		}
		lost := opt
		lost.Passphrase = ""
		if _, _, err := Key(ctx, dir, lost); !errors.Is(err, assist.ErrWrongKey) {
			t.Errorf("%s: %v", name, err)
		}
		lost.Passphrase = " " + strings.ToUpper(strings.ReplaceAll(code, "-", "  ")) + "\n"
		if got, _, err := Key(ctx, dir, lost); err != nil || got != key {
			t.Errorf("%s: %v", name, err)
		}
		if err := Unlocks(dir, code); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if name == "keychain" { // which has its entry again
			if got, _, err := Key(ctx, dir, Options{}); err != nil || got != key {
				t.Errorf("%v", err)
			}
		}
		if _, err := NewRecovery(dir, key); err != nil {
			t.Fatal(err)
		}
		if err := Unlocks(dir, code); !errors.Is(err, assist.ErrWrongKey) {
			t.Errorf("%s: the old code still opens it: %v", name, err)
		}
	}
}

func TestASlipOfThePenIsFoundAndNamed(t *testing.T) {
	dir := t.TempDir()
	key, _ := mustKey(t, dir, noKeychain)
	code, err := NewRecovery(dir, key)
	if err != nil {
		t.Fatal(err)
	}
	found, tried := 0, 0
	for i := range len(code) {
		if code[i] == '-' {
			continue
		}
		next := codeLetter[(strings.IndexByte(codeLetter, code[i])+7)%32]
		err := Unlocks(dir, code[:i]+string(next)+code[i+1:])
		if !errors.Is(err, assist.ErrWrongKey) {
			t.Fatalf("letter %d: %v", i, err)
		}
		tried++
		if strings.Contains(err.Error(), "group "+string(rune('1'+i/6))) {
			found++
		}
	}
	if found < tried*9/10 { // one in 32 letters checks as well as the right one
		t.Errorf("%d of %d slips were found", found, tried)
	}
	if err := Unlocks(dir, strings.NewReplacer("0", "O", "1", "l").Replace(code)); err != nil {
		t.Errorf("letters that look alike: %v", err)
	}
}

func TestAPassphraseIsSetChangedAndTakenAway(t *testing.T) {
	keyring.MockInit()
	ctx, dir := context.Background(), t.TempDir()
	key, _ := mustKey(t, dir, Options{})
	opens := func(passphrase string) bool {
		got, _, err := Key(ctx, dir, Options{Passphrase: passphrase})
		return err == nil && got == key
	}
	for _, p := range []string{"first", "second"} {
		where, err := SetPassphrase(ctx, dir, key, p, Options{})
		if err != nil || !strings.Contains(where, "sealed with your passphrase") {
			t.Fatalf("%q %v", where, err)
		}
	}
	if !opens("second") || opens("first") || opens("") {
		t.Error("not the last passphrase opens it, or not that alone")
	}
	if s, err := StateOf(dir); err != nil || !s.Passphrase || s.Recovery || s.Keychain {
		t.Errorf("%+v %v", s, err)
	}
	if boxes, err := Boxes(dir); err != nil || len(boxes) != 1 {
		t.Errorf("%d boxes, %v", len(boxes), err)
	}
	if _, err := SetPassphrase(ctx, dir, key, "", Options{}); err != nil {
		t.Fatal(err)
	}
	if s, _ := StateOf(dir); !s.Keychain || !opens("") {
		t.Errorf("%+v", s)
	}
	if _, err := SetPassphrase(ctx, dir, [32]byte{9}, "mine now", Options{}); !errors.Is(err, assist.ErrWrongKey) {
		t.Errorf("somebody else's key: %v", err)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 1 {
		t.Errorf("left behind: %v", entries)
	}
}

func TestAnEntryInTheKeychainThatWouldOpenAPassphraseIsTakenAway(t *testing.T) {
	keyring.MockInit()
	ctx, dir := context.Background(), t.TempDir()
	key, _ := mustKey(t, dir, Options{})
	n, err := keeper{file: filepath.Join(dir, "key.json")}.read()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := SetPassphrase(ctx, dir, key, "p", Options{}); err != nil {
		t.Fatal(err)
	}
	if _, err := keyring.Get(service, n.Entry); !errors.Is(err, keyring.ErrNotFound) {
		t.Errorf("the entry is still there: %v", err)
	}
}
