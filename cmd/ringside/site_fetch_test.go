package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"ringside/assist"
)

// helpSite is a company's site on this machine. Its pages can be changed between looks.
type helpSite struct {
	*httptest.Server
	mu    sync.Mutex
	pages map[string]string // text by path
	asked []*http.Request
}

// counter counts how many pages are asked for at once.
type counter struct {
	mu        sync.Mutex
	now, most int
}

func (c *counter) RoundTrip(req *http.Request) (*http.Response, error) {
	c.mu.Lock()
	c.now++
	c.most = max(c.most, c.now)
	c.mu.Unlock()
	defer func() { c.mu.Lock(); c.now--; c.mu.Unlock() }()
	return http.DefaultTransport.RoundTrip(req)
}

func newHelpSite(t *testing.T) *helpSite {
	t.Helper()
	s := &helpSite{pages: map[string]string{"/help/refund": "We send the money back within five working days.",
		"/help/delivery": "We deliver within three working days, and it costs £3.95."}}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

func (s *helpSite) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	s.mu.Lock()
	s.asked = append(s.asked, req)
	text, ok := s.pages[req.URL.Path]
	s.mu.Unlock()
	switch req.URL.Path {
	case "/help/staff":
		http.Redirect(w, req, "/login?next=/help/staff", http.StatusFound)
	case "/help/old":
		http.Redirect(w, req, "/help/refund", http.StatusMovedPermanently)
	case "/help/away":
		http.Redirect(w, req, "http://partner.invalid/help", http.StatusFound)
	case "/help/sso":
		http.Redirect(w, req, "http://accounts.invalid/", http.StatusFound)
	case "/help/round":
		http.Redirect(w, req, "/help/round", http.StatusFound)
	case "/help/closed":
		w.WriteHeader(http.StatusUnauthorized)
	case "/help/forbidden":
		w.WriteHeader(http.StatusForbidden)
	case "/help/busy":
		w.WriteHeader(http.StatusServiceUnavailable)
	case "/help/broken":
		w.WriteHeader(http.StatusInternalServerError)
	case "/help/slow":
		<-req.Context().Done()
	case "/help/huge":
		http.SetCookie(w, &http.Cookie{Name: "track", Value: "1"})
		for range 700 {
			_, _ = w.Write([]byte(strings.Repeat("<p>much</p>", 1000)))
		}
	case "/help/leaflet":
		w.Header().Set("Content-Type", "application/pdf")
		_, _ = w.Write([]byte("%PDF-1.7"))
	case "/sitemap.xml":
		fmt.Fprintf(w, "<sitemapindex><sitemap><loc>%s/help.xml</loc></sitemap><sitemap><loc>http://partner.invalid/map.xml</loc></sitemap></sitemapindex>", s.URL)
	case "/help.xml":
		fmt.Fprintf(w, "<urlset><url><loc>%[1]s/help/refund</loc></url><url><loc>%[1]s/help/delivery</loc></url><url><loc>http://partner.invalid/x</loc></url></urlset>", s.URL)
	default:
		if !ok {
			http.NotFound(w, req)
			return
		}
		fmt.Fprintf(w, "<html><head><title>%s</title></head><body><p>%s</p></body></html>", req.URL.Path, text)
	}
}

func at(noon time.Time) func() time.Time { return func() time.Time { return noon } }

var lookDay = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

func TestPagesThatCannotBeReadAreListedAndTheOthersKept(t *testing.T) {
	s := newHelpSite(t)
	reader := newSiteReader(at(lookDay))
	atOnce := &counter{}
	reader.client.Timeout, reader.client.Transport = 500*time.Millisecond, atOnce
	want := map[string]string{"/help/staff": "behind a login", "/help/sso": "behind a login", "/help/closed": "behind a login", "/help/forbidden": "may be behind a login",
		"/help/away": "another site, partner.invalid", "/help/round": "on and on", "/help/nothing": "no such page", "/help/busy": "too busy", "/help/broken": "500",
		"/help/slow": "too long", "/help/huge": "larger than 5 MB", "/help/leaflet": "application/pdf"}
	addresses := []string{s.URL + "/help/refund", s.URL + "/help/delivery"}
	for path := range want {
		addresses = append(addresses, s.URL+path)
	}
	told := 0
	reader.read = func(n, all int) { told = n }
	look, err := reader.look(t.Context(), addresses)
	if err != nil {
		t.Fatal(err)
	}
	n := look.News(nil, lookDay)
	if len(n.New) != 2 || len(n.Faults) != len(want) || told != len(addresses) {
		t.Errorf("%d pages, %d told, faults %v", len(n.New), told, n.Faults)
	}
	for path, says := range want {
		found := false
		for _, f := range n.Faults {
			var fault *assist.Fault
			found = found || errors.As(f, &fault) && fault.Where == s.URL+path && strings.Contains(fault.What, says)
		}
		if !found {
			t.Errorf("%s is not said to be %q: %v", path, says, n.Faults)
		}
	}
	if atOnce.most > pagesAtOnce {
		t.Errorf("%d pages were asked for at once", atOnce.most)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, req := range s.asked {
		if !strings.HasPrefix(req.UserAgent(), "Ringside/") || len(req.Cookies()) > 0 {
			t.Errorf("%s: as %q with cookies %v", req.URL, req.UserAgent(), req.Cookies())
		}
		if req.URL.Path == "/login" {
			t.Error("the login was asked for")
		}
	}
}

func TestAMovedPageIsKeptWhereItIsNow(t *testing.T) {
	s := newHelpSite(t)
	old := assist.WebPage{URL: s.URL + "/help/old", Title: "Old", Text: "Words.", Read: lookDay}
	old.ID = old.Key()
	look, err := newSiteReader(at(lookDay)).look(t.Context(), []string{old.URL})
	if err != nil {
		t.Fatal(err)
	}
	n := look.News([]assist.WebPage{old}, lookDay)
	if len(n.New) != 1 || n.New[0].URL != s.URL+"/help/refund" || len(n.Gone) != 1 {
		t.Errorf("new %v, gone %v, faults %v", n.New, n.Gone, n.Faults)
	}
}

func TestASitemapIsReadWithWhatIsKeptOfItsSite(t *testing.T) {
	s := newHelpSite(t)
	var kept []assist.WebPage
	for _, address := range []string{s.URL + "/help/refund", s.URL + "/help/removed", "https://elsewhere.invalid/a"} {
		p := assist.WebPage{URL: address, Title: "A page", Text: "Words.", Read: lookDay}
		p.ID = p.Key()
		kept = append(kept, p)
	}
	look, err := newSiteReader(at(lookDay)).lookBySitemap(t.Context(), s.URL+"/sitemap.xml", nil, kept)
	if err != nil {
		t.Fatal(err)
	}
	n := look.News(kept, lookDay)
	if len(n.New) != 1 || len(n.Changed) != 1 || len(n.Gone) != 1 || n.Gone[0].URL != s.URL+"/help/removed" {
		t.Errorf("new %v, changed %v, gone %v", n.New, n.Changed, n.Gone)
	}
	if len(n.Faults) != 2 || !strings.Contains(n.Faults[0].Error()+n.Faults[1].Error(), "2 pages of other sites") {
		t.Errorf("faults %v", n.Faults)
	}
}

func TestASitemapThatIsNoneFails(t *testing.T) {
	s := newHelpSite(t)
	for _, path := range []string{"/help/refund", "/nothing.xml", "/help/huge"} {
		if _, err := newSiteReader(at(lookDay)).lookBySitemap(t.Context(), s.URL+path, nil, nil); err == nil {
			t.Errorf("%s is taken for a sitemap", path)
		}
	}
	elsewhere := []byte("<urlset><url><loc>http://partner.invalid/x</loc></url></urlset>")
	if _, err := newSiteReader(at(lookDay)).lookBySitemap(t.Context(), s.URL+"/map.xml", elsewhere, nil); err == nil || !strings.Contains(err.Error(), "no page of its own site") {
		t.Errorf("%v", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, req := range s.asked {
		if strings.Contains(req.Host, "partner") {
			t.Errorf("asked %s", req.Host)
		}
	}
}

func TestALookEndsWhenNobodyAnswersOrItIsCancelled(t *testing.T) {
	s := newHelpSite(t)
	s.Close()
	var addresses []string
	for i := range 100 {
		addresses = append(addresses, fmt.Sprintf("%s/%d", s.URL, i))
	}
	reader := newSiteReader(at(lookDay))
	tried := 0
	reader.read = func(n, _ int) { tried = n }
	if _, err := reader.look(t.Context(), addresses); err == nil || !strings.Contains(err.Error(), "cannot be reached") || tried > 20 {
		t.Errorf("%v after %d pages", err, tried)
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if _, err := reader.look(stopped, addresses); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestNoMoreThanFiveHundredPagesAreRead(t *testing.T) {
	s := newHelpSite(t)
	addresses := make([]string, mostPages+20)
	for i := range addresses {
		addresses[i] = fmt.Sprintf("%s/help/refund?%d", s.URL, i)
	}
	look, err := newSiteReader(at(lookDay)).look(t.Context(), addresses)
	if err != nil {
		t.Fatal(err)
	}
	if n := look.News(nil, lookDay); len(n.New) != mostPages || len(n.Faults) != 1 || !strings.Contains(n.Faults[0].Error(), "these are 520 pages") {
		t.Errorf("%d pages, faults %v", len(n.New), n.Faults)
	}
}

func TestTheCommandKeepsWhatTheSiteSaysAndTellsWhatChanged(t *testing.T) {
	own(t)
	s := newHelpSite(t)
	data := filepath.Join(t.TempDir(), "data")
	run := func(want int, args ...string) string {
		t.Helper()
		code, said, errs := ringside(t, append([]string{"--data", data, "import", "site"}, args...)...)
		if code != want {
			t.Fatalf("%v: exit code %d: %s", args, code, errs)
		}
		return said + errs
	}
	said := run(0, "--dry-run", "--sitemap", s.URL+"/sitemap.xml")
	if !strings.Contains(said, "2 new") || !strings.Contains(said, "Nothing was kept.") {
		t.Errorf("said %s", said)
	}
	if said = run(0, "--sitemap", s.URL+"/sitemap.xml"); !strings.Contains(said, "new      "+s.URL+"/help/refund") || !strings.Contains(said, "2 new") {
		t.Errorf("said %s", said)
	}
	s.mu.Lock()
	s.pages["/help/refund"] = "We send the money back within ten working days."
	delete(s.pages, "/help/delivery")
	s.mu.Unlock()
	said = run(0, s.URL+"/help/refund", s.URL+"/help/delivery", s.URL+"/help/staff")
	for _, want := range []string{"changed  " + s.URL + "/help/refund", "gone     " + s.URL + "/help/delivery", "refused: this page is behind a login", "1 changed"} {
		if !strings.Contains(said, want) {
			t.Errorf("does not say %q: %s", want, said)
		}
	}
	if said = run(1, s.URL+"/help/staff"); !strings.Contains(said, "no page could be read") {
		t.Errorf("said %s", said)
	}
}
