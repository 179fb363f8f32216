package pack

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"ringside/assist"
)

// anything is a library that once had all that can lie in a folder.
func anything(assist.Record) bool { return true }

// thatOf knows the records of a pack just as they are in it.
func thatOf(p assist.Pack) func(assist.Record) bool {
	all := Tidy(p).Records()
	return func(r assist.Record) bool {
		for _, k := range all {
			if reflect.DeepEqual(k, r) {
				return true
			}
		}
		return false
	}
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	full := filepath.Join(dir, filepath.FromSlash(name))
	if err := errors.Join(os.MkdirAll(filepath.Dir(full), 0o755), os.WriteFile(full, []byte(text), 0o644)); err != nil {
		t.Fatal(err)
	}
}

func TestWriteDoesNotWriteOverWhatSomebodyChanged(t *testing.T) {
	p := withFiles()
	const page = "en/billing/charged-twice.md"
	for name, change := range map[string]func(t *testing.T, dir string) (where string){
		"words": func(t *testing.T, dir string) string {
			write(t, dir, page, strings.Replace(tree(t, dir)[page], "I can see both.", "Mine.", 1))
			return page
		},
		"words that are wrong": func(t *testing.T, dir string) string {
			write(t, dir, page, "---\ntitel: X\n---\n")
			return page
		},
		"a picture": func(t *testing.T, dir string) string {
			write(t, dir, "en/billing/charged-twice/sums.txt", "other sums")
			return "en/billing/charged-twice/sums.txt"
		},
		"a huge picture": func(t *testing.T, dir string) string {
			write(t, dir, "en/billing/charged-twice/sums.txt", strings.Repeat("x", mostBytes+1))
			return "en/billing/charged-twice/sums.txt"
		},
		"a page of rules": func(t *testing.T, dir string) string {
			write(t, dir, "en/tact.md", "## Mine\n\nSay.\n\n- when: words\n- words: a\n- quiet: offers\n")
			return "en/tact.md"
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			p := p
			p.Tact = []assist.Tact{{ID: "t", Title: "T", When: assist.WhenWords, Words: []string{"a"}, Quiet: []assist.Part{assist.Offers}, Say: "S."}}
			if err := Write(dir, p, nil); err != nil {
				t.Fatal(err)
			}
			where := change(t, dir)
			before, was := tree(t, dir), thatOf(p)
			p.Answers = append([]assist.Answer(nil), p.Answers...)
			p.Answers[0].Title, p.Tact = "New", append([]assist.Tact{{ID: "n", Title: "N", When: assist.WhenHurried, Quiet: []assist.Part{assist.Offers}, Say: "N."}}, p.Tact...)
			err := Write(dir, p, was)
			if !errors.Is(err, assist.ErrInvalid) || !strings.Contains(err.Error(), where) || !strings.Contains(err.Error(), "changed in the folder") {
				t.Errorf("%v", err)
			}
			if !reflect.DeepEqual(tree(t, dir), before) {
				t.Error("something was written all the same")
			}
		})
	}
}

func TestAnAnswerMovesWithItsPictures(t *testing.T) {
	dir, p := t.TempDir(), withFiles()
	if err := Write(dir, p, nil); err != nil {
		t.Fatal(err)
	}
	known := thatOf(p)
	p.Answers[0].Department = "sales"
	if err := Write(dir, p, known); err != nil {
		t.Fatal(err)
	}
	for name := range tree(t, dir) {
		if strings.HasPrefix(name, "en/billing") {
			t.Errorf("%s was left", name)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "en/billing")); !errors.Is(err, fs.ErrNotExist) {
		t.Error("an empty folder was left")
	}
	if got, err := Read(os.DirFS(dir)); err != nil || len(got.Answers) != 1 || len(got.Answers[0].Files) != 4 {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestAPictureThatNoAnswerShowsAnyMoreGoes(t *testing.T) {
	dir, p := t.TempDir(), withFiles()
	if err := Write(dir, p, nil); err != nil {
		t.Fatal(err)
	}
	write(t, dir, "en/billing/charged-twice/notes.txt", "of somebody else")
	known := thatOf(p)
	p.Answers[0].Files = p.Answers[0].Files[:1]
	if err := Write(dir, p, known); err != nil {
		t.Fatal(err)
	}
	var left []string
	for name := range tree(t, dir) {
		if strings.HasPrefix(name, "en/billing/charged-twice/") {
			left = append(left, filepath.Base(name))
		}
	}
	if len(left) != 2 || !strings.Contains(strings.Join(left, " "), "notes.txt") || !strings.Contains(strings.Join(left, " "), "form -new-.pdf") {
		t.Errorf("%q are there", left)
	}
}

// denied is a folder of which a part may not be read.
type denied struct {
	fstest.MapFS
	name string
}

func (d denied) Open(name string) (fs.File, error) {
	if name == d.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return d.MapFS.Open(name)
}
func (d denied) ReadFile(name string) ([]byte, error) { return fs.ReadFile(struct{ fs.FS }{d}, name) }
func (d denied) ReadDir(name string) ([]fs.DirEntry, error) {
	return fs.ReadDir(struct{ fs.FS }{d}, name)
}

func TestWhatMayNotBeReadIsToldWithAllTheRest(t *testing.T) {
	files := fstest.MapFS{"en/d/a.md": md("---\ntitel: A\n---\nA.\n"), "en/d/b.md": md("---\ntitle: B\n---\nB.\n"), "en/e/c.md": md("no")}
	for _, name := range []string{"en/d/b.md", "en/d"} {
		_, err := Read(denied{files, name})
		if err == nil || !strings.Contains(err.Error(), "you may not read this ("+name+")") || !strings.Contains(err.Error(), "en/e/c.md:1") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestALinkThatLeadsOutIsNamed(t *testing.T) {
	out, dir := t.TempDir(), t.TempDir()
	write(t, out, "secret.md", "---\ntitle: S\n---\nSecret.\n")
	write(t, dir, "en/d/a.md", "---\ntitle: A\n---\nA.\n")
	write(t, dir, "en/d/b.md", "no front")
	for name, to := range map[string]string{"en/d/link.md": filepath.Join(out, "secret.md"), "en/more": out, "en/here": filepath.Join(dir, "en/d"),
		"en/d/lost.md": "nowhere.md", "en/d/fine.md": "a.md"} {
		if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
			t.Skip("no links here: ", err)
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	p, err := Read(root.FS())
	if err == nil || len(p.Answers) > 0 {
		t.Fatalf("%+v, %v", p, err)
	}
	for _, name := range []string{"en/d/link.md", "en/more", "en/here", "en/d/lost.md"} {
		if !strings.Contains(err.Error(), "is not followed ("+name+")") {
			t.Errorf("%s is not named in %v", name, err)
		}
	}
	if !strings.Contains(err.Error(), "en/d/b.md:1") || strings.Contains(err.Error(), "fine.md") || strings.Contains(err.Error(), "Secret") {
		t.Error(err)
	}
}

func TestWhatIsNoFileIsNotWaitedFor(t *testing.T) {
	_, err := Read(fstest.MapFS{"en/d/a.md": {Mode: fs.ModeNamedPipe}})
	if err == nil || !strings.Contains(err.Error(), "no ordinary file") {
		t.Error(err)
	}
}
