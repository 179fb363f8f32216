package site

import (
	"bytes"
	"compress/gzip"
	"strings"
	"testing"
)

func packed(t *testing.T, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const (
	urls = `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc> https://example.org/help/a?x=1&amp;y=2 </loc><lastmod>2026-11-01</lastmod><image:image><image:loc>https://example.org/a.png</image:loc></image:image></url>
<url><loc>https://example.org/help/b</loc></url><url><loc>https://example.org/help/b</loc></url><url><loc>mailto:me</loc></url></urlset>`
	index = `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>https://example.org/one.xml.gz</loc></sitemap>
<sitemap><loc>https://example.org/two.xml</loc></sitemap></sitemapindex>`
)

func TestASitemapNamesPagesOrFurtherMaps(t *testing.T) {
	for name, c := range map[string]struct {
		body        []byte
		pages, maps string
	}{
		"pages":  {[]byte(urls), "https://example.org/help/a?x=1&y=2 https://example.org/help/b", ""},
		"packed": {packed(t, urls), "https://example.org/help/a?x=1&y=2 https://example.org/help/b", ""},
		"index":  {[]byte(index), "", "https://example.org/one.xml.gz https://example.org/two.xml"},
		"list":   {[]byte("\ufeffhttps://example.org/a\r\nhttps://example.org/b\r\n"), "https://example.org/a https://example.org/b", ""},
	} {
		pages, maps, err := Sitemap(c.body, "sitemap.xml")
		if err != nil || strings.Join(pages, " ") != c.pages || strings.Join(maps, " ") != c.maps {
			t.Errorf("%s: %q %q %v", name, pages, maps, err)
		}
	}
}

func TestWhatIsNoSitemapIsRefused(t *testing.T) {
	for says, body := range map[string][]byte{
		"no sitemap":         []byte("<html><body>Not found</body></html>"),
		"cannot be read":     []byte(urls[:200]),
		"names no page":      []byte("<urlset></urlset>"),
		"this is no sitemap": []byte("hello there"),
		"unpacked":           packed(t, urls)[:40],
		"larger than 50 MB":  packed(t, strings.Repeat(" ", 51<<20)),
	} {
		if _, _, err := Sitemap(body, "sitemap.xml"); err == nil || !strings.Contains(err.Error(), says) || !strings.Contains(err.Error(), "sitemap.xml") {
			t.Errorf("%v, want %q", err, says)
		}
	}
}

func TestBelowComparesFoldersNotLetters(t *testing.T) {
	for _, c := range []struct {
		address, base string
		want          bool
	}{
		{"https://www.example.org/help/a", "http://example.org/help/", true},
		{"https://example.org/help", "https://example.org/help/", true},
		{"https://example.org/helpdesk", "https://example.org/help", false},
		{"https://example.com/help/a", "https://example.org/help", false},
		{"https://example.org/", "https://example.org", true},
	} {
		if got := Below(c.address, c.base); got != c.want {
			t.Errorf("%s below %s: %v", c.address, c.base, got)
		}
	}
}
