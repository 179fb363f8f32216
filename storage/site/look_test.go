package site

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"ringside/assist"
)

func page(words string) *fstest.MapFile {
	return &fstest.MapFile{Data: []byte("<html><body><h1>A page</h1><p>" + words + " and so on, as pages of a shop do.</p></body></html>")}
}

func addressesOf(pages []assist.WebPage) string {
	var out []string
	for _, p := range pages {
		out = append(out, strings.TrimPrefix(p.URL, "https://example.org/"))
	}
	return strings.Join(out, " ")
}

func lookAt(t *testing.T, fsys fs.FS, base string, at time.Time) *Look {
	t.Helper()
	l, err := Folder(context.Background(), fsys, base, at)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func after(n News) []assist.WebPage { return slices.Concat(n.New, n.Changed, n.Same, n.Gone) }

func TestASecondLookTellsWhatIsNewChangedAndGone(t *testing.T) {
	const base = "https://example.org/help/"
	first := fstest.MapFS{"same.html": page("We deliver in 3 days"), "other.html": page("It costs £5"), "gone.html": page("We sell seeds"),
		"broken.html": page("It is here"), "sub/index.html": page("A list")}
	kept := after(lookAt(t, first, base, noon).News(nil, noon))
	if len(kept) != 5 {
		t.Fatalf("kept %s", addressesOf(kept))
	}
	elsewhere, _ := Read(Document{Where: "x", URL: "https://example.org/shop/x", Body: page("Elsewhere").Data}, noon)
	kept = append(kept, elsewhere)

	later := noon.Add(24 * time.Hour)
	second := fstest.MapFS{"same.html": page("We deliver in 3 days"), "other.html": page("It costs £6"), "new.html": page("We sell bulbs"),
		"broken.html": &fstest.MapFile{Data: []byte("%PDF-")}, "sub/index.html": page("A list")}
	n := lookAt(t, second, base, later).News(kept, later)
	got := []string{addressesOf(n.New), addressesOf(n.Changed), addressesOf(n.Same), addressesOf(n.Gone)}
	want := []string{"help/new.html", "help/other.html", "help/same.html help/sub/index.html", "help/gone.html"}
	if !slices.Equal(got, want) || len(n.Faults) != 1 {
		t.Errorf("got %q, want %q; faults %v", got, want, n.Faults)
	}
	if p := n.Changed[0]; !p.Changed.Equal(later) || !p.Read.Equal(later) {
		t.Errorf("changed %v", p.Changed)
	}
	if p := n.Same[0]; !p.Changed.IsZero() || !p.Read.Equal(later) {
		t.Errorf("the same page has changed: %v", p.Changed)
	}
	if p := n.Gone[0]; !p.Gone || !strings.Contains(p.Text, "seeds") {
		t.Errorf("what is gone lost its text: %+v", p)
	}
	if len(n.Records()) != 5 {
		t.Errorf("%d records", len(n.Records()))
	}

	kept = after(n)
	third := later.Add(24 * time.Hour)
	n = lookAt(t, first, base, third).News(kept, third)
	if p := n.Same[slices.IndexFunc(n.Same, func(p assist.WebPage) bool { return strings.Contains(p.URL, "gone") })]; p.Gone {
		t.Error("a page that is back is still gone")
	}
	if p := n.Changed[0]; !p.Changed.Equal(third) {
		t.Errorf("changed back: %v", p.Changed)
	}
}

func TestALookThatSawNothingTakesNothingAway(t *testing.T) {
	kept := after(lookAt(t, fstest.MapFS{"a.html": page("One")}, "https://example.org/", noon).News(nil, noon))
	n := lookAt(t, fstest.MapFS{"b.html": &fstest.MapFile{Data: []byte("words")}}, "https://example.org/", noon).News(kept, noon)
	if len(n.Gone) > 0 || len(n.Faults) != 1 {
		t.Errorf("gone %v, faults %v", n.Gone, n.Faults)
	}
}

func TestWithoutAnAddressNothingIsGone(t *testing.T) {
	kept := after(lookAt(t, fstest.MapFS{"a.html": page("One")}, "https://example.org/", noon).News(nil, noon))
	own := &fstest.MapFile{Data: []byte(`<html><head><link rel="canonical" href="https://example.org/b"></head><body><p>Eight words are enough for a page of ours.</p></body></html>`)}
	n := lookAt(t, fstest.MapFS{"b.html": own}, "", noon).News(kept, noon)
	if len(n.Gone) > 0 || addressesOf(n.New) != "b" {
		t.Errorf("gone %v, new %v", n.Gone, n.New)
	}
}

func TestAPageThatIsNotFoundOrIsAnotherNowIsGone(t *testing.T) {
	kept := after(lookAt(t, fstest.MapFS{"a.html": page("One"), "b.html": page("Two"), "c.html": page("Three")}, "https://example.org/", noon).News(nil, noon))
	l := &Look{}
	l.Failed("https://example.org/a.html", &assist.Fault{What: "it is not there", Err: assist.ErrNotFound})
	l.Failed("https://example.org/b.html", errors.New("too slow"))
	l.Add(Document{Where: "c", URL: "https://example.org/c.html", Body: []byte(`<html><head><link rel=canonical href="/d"></head><body><p>Eight words are enough for a page of ours.</p></body></html>`)}, noon)
	n := l.News(kept, noon)
	if addressesOf(n.Gone) != "a.html c.html" || addressesOf(n.New) != "d" || len(n.Faults) != 2 {
		t.Errorf("gone %q, new %q, faults %v", addressesOf(n.Gone), addressesOf(n.New), n.Faults)
	}
}

func TestTwoFilesOfOnePage(t *testing.T) {
	l := lookAt(t, fstest.MapFS{"a/index.html": page("One"), "a.html": page("x"), "copy.html": &fstest.MapFile{Data: []byte(
		`<html><head><link rel=canonical href="a/"></head><body><h1>A page</h1><p>Another and so on, as pages of a shop do.</p></body></html>`)}}, "https://example.org/", noon)
	n := l.News(nil, noon)
	if len(n.New) != 2 || len(n.Faults) != 1 || !strings.Contains(n.Faults[0].Error(), "the same page as a/index.html") {
		t.Errorf("new %q, faults %v", addressesOf(n.New), n.Faults)
	}
}

// moving is a folder that changes after a file was opened.
type moving struct {
	fstest.MapFS
	then func(fstest.MapFS)
}

func (m moving) Open(name string) (fs.File, error) {
	f, err := m.MapFS.Open(name)
	if strings.HasSuffix(name, ".html") {
		m.then(m.MapFS)
	}
	return f, err
}

func TestAFolderThatChangesWhileItIsReadIsNotTaken(t *testing.T) {
	for what, then := range map[string]func(fstest.MapFS){
		"grows":   func(m fstest.MapFS) { m["c.html"] = page("Three") },
		"shrinks": func(m fstest.MapFS) { delete(m, "b.html") },
		"changes": func(m fstest.MapFS) { m["a.html"] = page("Something else") },
	} {
		_, err := Folder(context.Background(), moving{fstest.MapFS{"a.html": page("One"), "b.html": page("Two")}, then}, "https://example.org", noon)
		if err == nil || !strings.Contains(err.Error(), "changed while it was read") {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestAFolderThatCannotServeSaysWhy(t *testing.T) {
	stopped, stop := context.WithCancel(context.Background())
	stop()
	if _, err := Folder(stopped, fstest.MapFS{"a.html": page("One")}, "", noon); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
	for _, c := range []struct {
		fsys       fs.FS
		base, says string
	}{
		{fstest.MapFS{"a.txt": page("One")}, "", "no web page in this folder"},
		{os.DirFS("testdata/nowhere"), "", "cannot be read"},
		{fstest.MapFS{"a.html": page("One")}, "help", "no address of a web site"},
		{fstest.MapFS{"a.html": page("One")}, "ftp://example.org", "no address of a web site"},
	} {
		if _, err := Folder(context.Background(), c.fsys, c.base, noon); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%v, want %q", err, c.says)
		}
	}
}

func TestAHugeFileIsNotReadWhole(t *testing.T) {
	l := lookAt(t, fstest.MapFS{"a.html": page("One"), "huge.html": &fstest.MapFile{Data: make([]byte, 50<<20)}}, "https://example.org/", noon)
	if n := l.News(nil, noon); len(n.New) != 1 || len(n.Faults) != 1 || !strings.Contains(n.Faults[0].Error(), "larger than 5 MB (huge.html)") {
		t.Errorf("%v", n.Faults)
	}
}

func TestTheSavedSiteComesInWhole(t *testing.T) {
	n := lookAt(t, os.DirFS("testdata/pages"), "https://www.example.org/", noon).News(nil, noon)
	if len(n.New) != 8 || len(n.Faults) > 0 {
		t.Errorf("%d pages: %s, %v", len(n.New), addressesOf(n.New), n.Faults)
	}
	n = lookAt(t, os.DirFS("testdata/refused"), "https://www.example.org/", noon).News(nil, noon)
	if len(n.New) != 0 || len(n.Faults) != 6 {
		t.Errorf("%s, %v", addressesOf(n.New), n.Faults)
	}
}
