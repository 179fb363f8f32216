package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ringside/assist"
	"ringside/storage/secret"
)

func sealedFolder(t *testing.T, passphrase string) string {
	t.Helper()
	dir := t.TempDir()
	h, err := openHouseWith(t.Context(), dir, time.Now, secret.Options{NoKeychain: true, Passphrase: passphrase})
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestSealedFolderAsksForItsPassphraseOnce(t *testing.T) {
	own(t)
	dir := sealedFolder(t, "correct horse")
	for _, c := range []struct {
		typed string
		fails error
		want  error
	}{
		{"correct horse", nil, nil},
		{"Correct horse", nil, assist.ErrWrongKey},
		{"", nil, assist.ErrWrongKey},
		{"", context.Canceled, context.Canceled},
	} {
		var asked []string
		p := &program{ctx: t.Context(), now: time.Now, key: secret.Options{NoKeychain: true},
			ask: func(_ context.Context, q string) (string, error) { asked = append(asked, q); return c.typed, c.fails }}
		h, err := p.open(dir)
		if !errors.Is(err, c.want) {
			t.Errorf("typed %q: %v, want %v", c.typed, err, c.want)
		}
		if len(asked) != 1 || !strings.Contains(asked[0], dir) {
			t.Errorf("typed %q: asked %q", c.typed, asked)
		}
		if h != nil {
			h.Close()
		}
	}
}

func TestNobodyIsAskedForAPassphraseThatIsNotNeeded(t *testing.T) {
	own(t)
	ask := func(context.Context, string) (string, error) {
		t.Error("somebody was asked")
		return "", nil
	}
	sealed, open := sealedFolder(t, "correct horse"), filepath.Join(t.TempDir(), "new")
	for _, c := range []struct {
		dir string
		key secret.Options
	}{{sealed, secret.Options{Passphrase: "correct horse"}}, {open, secret.Options{NoKeychain: true}}, {open, secret.Options{}}} {
		p := &program{ctx: t.Context(), now: time.Now, key: c.key, ask: ask}
		h, err := p.open(c.dir)
		if err != nil {
			t.Fatal(err)
		}
		if err := h.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestSealedFolderSaysHowToOpenItWhereNobodyCanBeAsked(t *testing.T) {
	own(t)
	dir := sealedFolder(t, "correct horse")
	code, _, said := ringside(t, "--data", dir, "check")
	if code != exitStore || !strings.Contains(said, "RINGSIDE_PASSPHRASE") {
		t.Errorf("exit code %d, said %q", code, said)
	}
	t.Setenv("RINGSIDE_PASSPHRASE", "correct horse")
	if code, _, said := ringside(t, "--data", dir, "check"); code != 0 {
		t.Errorf("with the passphrase: exit code %d, said %q", code, said)
	}
}

func TestOnlyATerminalIsAsked(t *testing.T) {
	pipe, other, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer pipe.Close()
	defer other.Close()
	if terminalAsker(pipe, os.Stderr) != nil || terminalAsker(strings.NewReader("x"), os.Stderr) != nil {
		t.Error("what is no terminal is asked")
	}
}

func TestProgressLineLeavesNothingBehind(t *testing.T) {
	var to strings.Builder
	l := progressLine{to: &to, on: true}
	l.Say("10 records")
	l.Say("11 records") // too soon to be read
	l.Done()
	if got := to.String(); got != "\r10 records\r          \r" {
		t.Errorf("wrote %q", got)
	}
	to.Reset()
	off := progressLine{to: &to}
	off.Say("10 records")
	off.Done()
	if to.Len() > 0 {
		t.Errorf("an unwatched line wrote %q", to.String())
	}
}
