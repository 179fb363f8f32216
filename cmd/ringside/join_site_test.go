package main

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	fynetest "fyne.io/fyne/v2/test"

	"ringside/assist"
	"ringside/storage"
	"ringside/storage/site"
	"ringside/ui/panes/look"
)

func TestTheWindowLooksAtTheSiteOnlyWhenAsked(t *testing.T) {
	own(t)
	s := newHelpSite(t)
	a := startApp(t, t.TempDir())
	defer a.closeApp(t)
	if shown, err := a.sitePages(t.Context()); err != nil || len(shown.pages) > 0 || len(shown.answers) == 0 {
		t.Fatalf("%d pages, %d answers, %v", len(shown.pages), len(shown.answers), err)
	}
	if len(s.asked) > 0 {
		t.Fatal("the site was asked before anybody wanted it")
	}
	online := func(address string) (siteNews, error) {
		return a.takeSite(t.Context(), func(ctx context.Context, h *house) (*site.Look, error) { return h.lookOnline(ctx, address) })
	}
	n, err := online(s.URL + "/sitemap.xml")
	if err != nil || len(n.New) != 2 || len(n.refusals()) != 1 || !strings.HasPrefix(n.refusals()[0], "The sitemap lists 2 pages of other sites") {
		t.Fatalf("%s %v %v", n.sentence(), n.refusals(), err)
	}
	if n, err = online(s.URL + "/help/old"); err != nil || len(n.Same) != 1 {
		t.Errorf("a single page: %s %v", n.sentence(), err)
	}

	h, err := a.store.wait(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	answer := assist.Answer{ID: "refund-days", Title: "When is my money back?", Department: "Billing", Say: "Within five days.", Web: s.URL + "/help/refund"}
	if err := h.db.Save(t.Context(), answer); err != nil {
		t.Fatal(err)
	}
	s.mu.Lock()
	s.pages["/help/refund"] = "We send the money back within ten working days."
	s.mu.Unlock()
	if n, err = online(""); err != nil || len(n.Changed) != 1 || len(n.Same) != 1 || len(n.touched) != 1 || !strings.Contains(n.sentence(), "1 answer has a page") {
		t.Errorf("a second look: %s %v", n.sentence(), err)
	}
	versions, err := a.siteVersions(t.Context(), n.Changed[0].ID)
	if err != nil || len(versions) < 2 || !strings.Contains(versions[0].Text, "ten") || !strings.Contains(versions[len(versions)-1].Text, "five") {
		t.Errorf("versions %v, %v", versions, err)
	}
	s.Close()
	if _, err = online(""); err == nil {
		t.Error("a site that is not there was read")
	}
	if p, err := storage.Find[assist.WebPage](t.Context(), h.db, n.Changed[0].ID); err != nil || p.Gone {
		t.Errorf("a site that could not be reached took a page away: %v, %v", p.Gone, err)
	}
}

func TestASitemapIsToldFromAPage(t *testing.T) {
	for address, want := range map[string]bool{"https://example.org/sitemap.xml": true, "https://example.org/map.xml.gz": true, "https://example.org/sitemaps/help?x=1": true,
		"https://example.org/urls.txt": true, "https://example.org/help": false, "https://example.org": false, "::": false} {
		if isSitemap(address) != want {
			t.Errorf("%s: %v", address, !want)
		}
	}
}

func TestTheListOfTheSiteIsFilledByALook(t *testing.T) {
	s := newHelpSite(t)
	d := newDesktop(t)
	var shown assist.ID
	tab := d.siteTab(func(id assist.ID) { shown = id })
	w := fynetest.NewTempWindow(t, tab.Object)
	w.Resize(fyne.NewSize(1200, 700))
	answer := assist.Answer{ID: "refund-days", Title: "When is my money back?", Department: "Billing", Say: "Within five days.", Web: s.URL + "/help/refund"}
	if err := d.r.store.house.db.Save(t.Context(), answer); err != nil {
		t.Fatal(err)
	}
	look.Press(t, tab.Object, "Bring pages…")
	fynetest.Type(w.Canvas().Focused(), s.URL+"/help/refund")
	look.Press(t, tab.Object, "Look at the site")
	d.until(t, "the page is listed", func() bool { return strings.Contains(look.Words(tab.Object), "When is my money back? (A)") })
	look.Reads(t, tab.Object, "1 page: 1 new", "We send the money back")
	look.Press(t, tab.Object, "When is my money back?")
	if shown != answer.ID {
		t.Errorf("showed %q", shown)
	}
}

func TestAPageThatWasNotLookedAtForLongestComesFirst(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2026, 11, n, 0, 0, 0, 0, time.UTC) }
	got := unseenFirst([]assist.WebPage{{URL: "b", Read: day(2)}, {URL: "c", Read: day(3)}, {URL: "a", Read: day(1)}})
	if !slices.Equal(got, []string{"a", "b", "c"}) {
		t.Errorf("looks at %q", got)
	}
}
