package secret

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/zalando/go-keyring"

	"ringside/assist"
)

func TestBoxOpensWithItsPassphraseOnly(t *testing.T) {
	key := [32]byte{1, 2, 3}
	b, err := Seal(key, "correct horse")
	if err != nil {
		t.Fatal(err)
	}
	if got, err := b.Open("correct horse"); got != key || err != nil {
		t.Errorf("got %x, %v", got, err)
	}
	if got, err := b.Open("Correct horse"); got != [32]byte{} || !errors.Is(err, assist.ErrWrongKey) {
		t.Errorf("got %x, %v", got, err)
	}
	if bytes.Contains(b.Sealed, key[:3]) {
		t.Error("the key can be read")
	}
	other, err := Seal(key, "correct horse")
	if err != nil || bytes.Equal(other.Salt, b.Salt) || bytes.Equal(other.Sealed, b.Sealed) {
		t.Errorf("two boxes are alike, %v", err)
	}
}

func TestBoxThatWasChangedDoesNotOpen(t *testing.T) {
	good, err := Seal([32]byte{1}, "p")
	if err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(b *Box){
		"sealed":    func(b *Box) { b.Sealed[len(b.Sealed)-1] ^= 1 },
		"nonce":     func(b *Box) { b.Sealed[0] ^= 1 },
		"salt":      func(b *Box) { b.Salt[0] ^= 1 },
		"time":      func(b *Box) { b.Time-- },
		"no time":   func(b *Box) { b.Time = 0 },
		"for ever":  func(b *Box) { b.Time = maxTime + 1 },
		"all space": func(b *Box) { b.Memory = maxMemory + 1 },
		"threads":   func(b *Box) { b.Threads = 0 },
		"no salt":   func(b *Box) { b.Salt = nil },
		"short":     func(b *Box) { b.Sealed = b.Sealed[:40] },
	} {
		b := *good
		b.Salt, b.Sealed = bytes.Clone(good.Salt), bytes.Clone(good.Sealed)
		spoil(&b)
		if key, err := b.Open("p"); err == nil || key != [32]byte{} {
			t.Errorf("%s: got %x, %v", name, key, err)
		}
	}
}

func TestKeyUsesTheSystemsKeychain(t *testing.T) {
	keyring.MockInit()
	dir := t.TempDir()
	first, _ := mustKey(t, dir, Options{})
	again, _ := mustKey(t, dir, Options{})
	if first != again {
		t.Error("another key")
	}
	if err := keyring.DeleteAll(service); err != nil {
		t.Fatal(err)
	}
	if _, _, err := Key(context.Background(), dir, Options{}); !errors.Is(err, assist.ErrWrongKey) {
		t.Errorf("got %v", err)
	}
}

func TestKeyCannotBeMadeWhereNothingCanBeWritten(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, _, err := Key(context.Background(), filepath.Join(file, "data"), Options{NoKeychain: true})
	var f *assist.Fault
	if !errors.As(err, &f) || f.Do == "" {
		t.Errorf("got %v", err)
	}
}
