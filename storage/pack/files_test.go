package pack

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"ringside/assist"
)

func blob(data string) assist.Blob {
	b := assist.Blob{Data: []byte(data)}
	b.ID = b.Key()
	return b
}

func withFiles() assist.Pack {
	picture, form := blob("a picture"), blob("a form")
	return assist.Pack{Name: "With files", Blobs: []assist.Blob{picture, form}, Answers: []assist.Answer{{
		ID: "charged-twice", Title: "Charged twice", Department: "billing", Also: []string{"accounts"}, Deputy: "ann", Rota: []assist.ID{"ann", "tom"},
		Off: true, Into: "other", Say: "I can see both.", Steps: []string{"Open the list", "Look for two equal sums"},
		Files: []assist.File{{Name: "form (new).pdf", Blob: form.ID}, {Name: "payment list.png", Blob: picture.ID, Step: 1},
			{Name: "payment list.png", Blob: picture.ID, Step: 2}, {Name: "sums.txt", Blob: form.ID, Step: 2}},
	}}}
}

func TestFilesOfAnAnswerTravelBesideIt(t *testing.T) {
	dir, p := t.TempDir(), withFiles()
	if err := Write(dir, p, nil); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dir, "en/billing/charged-twice.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"\n[form -new-.pdf](charged-twice/form%20-new-.pdf)\n", "1. Open the list ![payment list.png](charged-twice/payment%20list.png)\n",
		"2. Look for two equal sums ![2-payment list.png](charged-twice/2-payment%20list.png) [sums.txt](charged-twice/sums.txt)\n"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	got, err := Read(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	want := withFiles()
	want.Answers[0].Files[0].Name, want.Answers[0].Files[2].Name = "form -new-.pdf", "2-payment list.png"
	if !reflect.DeepEqual(got.Answers, want.Answers) || len(got.Blobs) != 2 {
		t.Errorf("read %+v\nwant %+v, and %d files", got.Answers, want.Answers, len(got.Blobs))
	}
	again := t.TempDir()
	if err := Write(again, got, nil); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"en/billing/charged-twice.md", "en/billing/charged-twice/sums.txt"} {
		a, _ := os.ReadFile(filepath.Join(dir, name))
		b, err := os.ReadFile(filepath.Join(again, name))
		if err != nil || string(a) != string(b) {
			t.Errorf("%s is other the second time, %v", name, err)
		}
	}
}

func TestAFileThatCannotComeIsNamedWithItsLine(t *testing.T) {
	page := "---\ntitle: Charged twice\n---\nWords.\n\n## Steps\n\n1. Look ![x](charged-twice/x.png)\n"
	for name, c := range map[string]struct {
		more fstest.MapFS
		says string
	}{
		"missing":   {nil, "cannot be read"},
		"too large": {fstest.MapFS{"en/d/charged-twice/x.png": {Data: make([]byte, 50<<20)}}, "has 50 MB"},
		"empty":     {fstest.MapFS{"en/d/charged-twice/x.png": {}}, "is empty"},
	} {
		fsys := fstest.MapFS{"en/d/charged-twice.md": md(page)}
		for k, v := range c.more {
			fsys[k] = v
		}
		p, err := Read(fsys)
		var fault *assist.Fault
		if !errors.As(err, &fault) || fault.Where != "en/d/charged-twice.md:8" || !strings.Contains(fault.What, c.says) || fault.Do == "" || len(p.Answers) > 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestMarkdownAmongTheFilesIsNoAnswer(t *testing.T) {
	p, err := Read(fstest.MapFS{"en/d/a.md": md("---\ntitle: A\n---\nWords.\n\n[notes.md](a/notes.md)\n"), "en/d/a/notes.md": md("no front matter")})
	if err != nil || len(p.Answers) != 1 || len(p.Answers[0].Files) != 1 || p.Answers[0].Say != "Words." {
		t.Errorf("%+v, %v", p, err)
	}
}

func TestOtherLinksStayInTheWords(t *testing.T) {
	say := "See [our page](https://example.org/a) and ![this](other/x.png)\n[up](../secret.txt)\n[deep](a/b/c.txt)"
	p, err := Read(fstest.MapFS{"en/d/a.md": md("---\ntitle: A\n---\n" + say + "\n")})
	if err != nil || p.Answers[0].Say != say || len(p.Answers[0].Files) > 0 {
		t.Errorf("%+v, %v", p, err)
	}
}

func TestAPageThatIsNoTextSaysWhere(t *testing.T) {
	_, err := Read(fstest.MapFS{"en/d/a.md": md("---\ntitle: A\n---\nGr\xfc\xdfe\n")})
	if err == nil || !strings.Contains(err.Error(), "en/d/a.md:4") || !strings.Contains(err.Error(), "UTF-8") {
		t.Error(err)
	}
}

func TestAnAnswerWhoseFileIsLostStopsTheWriting(t *testing.T) {
	p := withFiles()
	p.Blobs = p.Blobs[:1]
	dir := t.TempDir()
	if err := Write(dir, p, nil); !errors.Is(err, assist.ErrNotFound) {
		t.Error(err)
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("%v was written", left)
	}
}
