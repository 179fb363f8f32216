package main

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ringside/assist"
	"ringside/storage"
)

// TestAPackComesBackWithBothSidesChanges changes different places of one answer in the
// folder and in the library, and other answers in one of them only.
func TestAPackComesBackWithBothSidesChanges(t *testing.T) {
	own(t)
	a := startApp(t, t.TempDir())
	defer a.closeApp(t)
	ctx, h, dir := t.Context(), a.store.house, t.TempDir()
	base := assist.Answer{ID: "both", Title: "Both", Department: "sales", Say: "One.\nTwo.\nThree."}
	mine, theirs := base, base
	mine.ID, theirs.ID = "mine", "theirs"
	save := func(records ...assist.Record) {
		t.Helper()
		if err := h.db.Save(ctx, records...); err != nil {
			t.Fatal(err)
		}
	}
	save(base, mine, theirs)
	lib, err := wholeLibrary(ctx, h.db)
	if err == nil {
		err = writePack(ctx, h.db, dir, lib)
	}
	if err != nil {
		t.Fatal(err)
	}
	edit := func(id, old, new string) {
		t.Helper()
		name := filepath.Join(dir, "en/sales", id+".md")
		text, err := os.ReadFile(name)
		if err == nil && !strings.Contains(string(text), old) {
			t.Fatalf("%s is not in %s", old, text)
		}
		if err == nil {
			err = os.WriteFile(name, []byte(strings.Replace(string(text), old, new, 1)), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	edit("both", "Three.", "Four.")
	edit("theirs", "One.", "Uno.")
	base.Phrasings = []string{"made here"}
	mine.Title = "Mine alone"
	save(base, mine)
	if said, err := a.say(ctx, []string{"import", "pack", dir}); err != nil || !strings.Contains(said, "Merged, since both sides had changed them: Both.") ||
		!strings.Contains(said, "kept: Mine alone.") || !strings.Contains(said, "\n1 taken") {
		t.Errorf("said %q, %v", said, err)
	}
	got := func(id assist.ID) assist.Answer {
		t.Helper()
		x, err := storage.Find[assist.Answer](ctx, h.db, id)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	if x := got("both"); x.Say != "One.\nTwo.\nFour." || !slices.Equal(x.Phrasings, base.Phrasings) {
		t.Errorf("both is %+v", x)
	}
	if x := got("mine"); x.Title != "Mine alone" {
		t.Errorf("mine is %+v", x)
	}
	if x := got("theirs"); x.Say != "Uno.\nTwo.\nThree." {
		t.Errorf("theirs is %+v", x)
	}
}

func TestAFolderThatChangesWhileItIsReadIsNotTaken(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "a.md")
	if err := os.WriteFile(name, []byte("---\ntitle: A\ndepartment: d\n---\nWords.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.Mkdir(filepath.Join(dir, ".git"), 0o700), os.WriteFile(filepath.Join(dir, ".git/index"), []byte("x"), 0o600)); err != nil {
		t.Fatal(err)
	}
	before := stamps(dir)
	if err := errors.Join(os.WriteFile(filepath.Join(dir, ".git/index"), []byte("git writes"), 0o600), os.WriteFile(filepath.Join(dir, ".a.md.swp"), nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	if after := stamps(dir); firstOther(before, after) != "" {
		t.Errorf("%v is no part of the pack", after)
	}
	if err := os.WriteFile(name, []byte("other"), 0o600); err != nil {
		t.Fatal(err)
	}
	if after := stamps(dir); firstOther(before, after) != name {
		t.Errorf("%v %v", before, after)
	}
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
	if firstOther(before, stamps(dir)) != name {
		t.Error("a file that is gone is not seen")
	}
}

func TestALinkThatLeadsOutOfThePackIsNotRead(t *testing.T) {
	secret, dir := filepath.Join(t.TempDir(), "secret.md"), t.TempDir()
	if err := os.WriteFile(secret, []byte("---\ntitle: A\ndepartment: d\n---\nSecret.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(secret, filepath.Join(dir, "a.md")); err != nil {
		t.Skip("no links here: ", err)
	}
	if p, err := readPack(dir); err == nil || len(p.Answers) > 0 {
		t.Errorf("read %+v, %v", p, err)
	}
}

func TestAMemoryThatCannotBeReadIsSaid(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, packMemory), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := readMemory(dir); !errors.Is(err, assist.ErrInvalid) || !strings.Contains(err.Error(), packMemory) {
		t.Error(err)
	}
	if m, err := readMemory(t.TempDir()); m != nil || err != nil {
		t.Errorf("%v, %v", m, err)
	}
}
