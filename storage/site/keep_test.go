package site

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"ringside/assist"
	"ringside/storage"
)

// keep saves what a look brought in a store on disk, and returns what the store then has.
func keep(t *testing.T, db *storage.DB, l *Look, at time.Time) (News, []assist.WebPage) {
	t.Helper()
	var kept []assist.WebPage
	read := func() {
		kept = nil
		for p, err := range storage.List[assist.WebPage](t.Context(), db) {
			if err != nil {
				t.Fatal(err)
			}
			kept = append(kept, p)
		}
	}
	read()
	n := l.News(kept, at)
	if err := db.Save(t.Context(), n.Records()...); err != nil {
		t.Fatal(err)
	}
	read()
	return n, kept
}

func openStore(t *testing.T) *storage.DB {
	t.Helper()
	db, err := storage.Open(t.Context(), storage.Options{Dir: t.TempDir(), Key: [32]byte{1}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

func TestWhatAPageSaidBeforeStaysInTheStore(t *testing.T) {
	const base = "https://example.org/"
	db := openStore(t)
	said := []string{"Refunds take three days", "Refunds take three days", "Refunds take five days", "Refunds take three days"}
	var kept []assist.WebPage
	for i, words := range said {
		at := noon.AddDate(0, 0, i)
		_, kept = keep(t, db, lookAt(t, fstest.MapFS{"refunds.html": page(words)}, base, at), at)
	}
	if len(kept) != 1 || !kept[0].Changed.Equal(noon.AddDate(0, 0, 3)) || !kept[0].Read.Equal(noon.AddDate(0, 0, 3)) {
		t.Fatalf("kept %+v", kept)
	}
	versions, err := db.History(t.Context(), assist.TypeWebPage, kept[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, v := range versions {
		p := v.Record.(assist.WebPage)
		texts = append(texts, strings.TrimSuffix(p.Text, " and so on, as pages of a shop do."))
	}
	slices.Reverse(texts)
	if !slices.Equal(texts, said) {
		t.Errorf("the history says %q", texts)
	}
}

func TestAPageThatIsGoneComesBack(t *testing.T) {
	const base = "https://example.org/help"
	db := openStore(t)
	both, one := fstest.MapFS{"a.html": page("One"), "b.html": page("Two")}, fstest.MapFS{"a.html": page("One")}
	keep(t, db, lookAt(t, both, base, noon), noon)
	goneIn := func(kept []assist.WebPage) (out []string) {
		for _, p := range kept {
			if p.Gone {
				out = append(out, p.URL)
			}
		}
		return out
	}
	n, kept := keep(t, db, lookAt(t, one, base, noon.AddDate(0, 0, 1)), noon.AddDate(0, 0, 1))
	if want := []string{"https://example.org/help/b.html"}; !slices.Equal(goneIn(kept), want) || len(n.Gone) != 1 {
		t.Errorf("gone %v", goneIn(kept))
	}
	if n, _ = keep(t, db, lookAt(t, one, base, noon.AddDate(0, 0, 2)), noon.AddDate(0, 0, 2)); len(n.Gone) != 0 {
		t.Error("what is gone is told of twice")
	}
	n, kept = keep(t, db, lookAt(t, both, base, noon.AddDate(0, 0, 3)), noon.AddDate(0, 0, 3))
	if len(goneIn(kept)) > 0 || len(n.Same) != 2 || len(kept) != 2 {
		t.Errorf("%v are still gone; same %s", goneIn(kept), addressesOf(n.Same))
	}
}

func TestAFolderOnDiskIsReadAsItIs(t *testing.T) {
	dir := t.TempDir()
	body := page("We deliver in three days").Data
	elsewhere := filepath.Join(t.TempDir(), "secret.html")
	for _, name := range []string{filepath.Join(dir, "My page.HTML"), filepath.Join(dir, "deep", "er", "index.htm"), filepath.Join(dir, "notes.txt"), elsewhere} {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, body, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(elsewhere, filepath.Join(dir, "link.html")); err != nil {
		t.Skip("this system has no links")
	}
	n := lookAt(t, os.DirFS(dir), "https://example.org/help?x=1#y", noon).News(nil, noon)
	if got := addressesOf(n.New); got != "help/My%20page.HTML help/deep/er/index.htm" || len(n.Faults) > 0 {
		t.Errorf("read %q, faults %v", got, n.Faults)
	}
}

func TestTheSamePageUnderManyAddressesIsOne(t *testing.T) {
	const head = `<html><head><link rel="canonical" href="`
	const rest = `"></head><body><h1>A page</h1><p>Eight words are enough for a page of ours.</p></body></html>`
	fsys := fstest.MapFS{}
	for i, address := range []string{"https://www.example.org/help/", "http://example.org/help", "https://EXAMPLE.org/help/index.html", "https://example.org/help#top"} {
		fsys[string(rune('a'+i))+".html"] = &fstest.MapFile{Data: []byte(head + address + rest)}
	}
	l, err := Folder(context.Background(), fsys, "", noon)
	if err != nil {
		t.Fatal(err)
	}
	if n := l.News(nil, noon); len(n.New) != 1 || len(n.Faults) > 0 {
		t.Errorf("%d pages, faults %v", len(n.New), n.Faults)
	}
}

func TestFaultsStandInOneOrder(t *testing.T) {
	var l Look
	for _, name := range []string{"c.html", "a.html", "b.html"} {
		l.Failed("", &assist.Fault{What: "this page is empty", Where: name})
	}
	var got []string
	for _, f := range l.News(nil, noon).Faults {
		got = append(got, f.(*assist.Fault).Where)
	}
	if want := []string{"a.html", "b.html", "c.html"}; !slices.Equal(got, want) {
		t.Errorf("in the order %v", got)
	}
}
