package site

import (
	"bytes"
	"compress/gzip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html/charset"

	"ringside/assist"
)

// MostMapBytes is how large a sitemap may be when it is unpacked: what sitemaps.org allows.
const MostMapBytes = 50 << 20

// Sitemap reads a sitemap: the addresses of pages, or of further sitemaps when it is an
// index. It may be XML or a plain list of addresses, and packed with gzip. where is for
// people. It fails with a *assist.Fault.
func Sitemap(body []byte, where string) (pages, maps []string, err error) {
	fault := func(what string, err error) error {
		return &assist.Fault{What: what, Where: where, Do: "A sitemap lists the addresses of pages, as sitemaps.org says.",
			Err: errors.Join(assist.ErrInvalid, err)}
	}
	if bytes.HasPrefix(body, []byte{0x1f, 0x8b}) {
		z, err := gzip.NewReader(bytes.NewReader(body))
		if err == nil {
			body, err = io.ReadAll(io.LimitReader(z, MostMapBytes+1))
		}
		if err != nil {
			return nil, nil, fault("this sitemap cannot be unpacked", err)
		}
	}
	if len(body) > MostMapBytes {
		return nil, nil, fault(fmt.Sprintf("this sitemap is larger than %d MB", MostMapBytes>>20), nil)
	}
	if text := bytes.TrimSpace(bytes.TrimPrefix(body, []byte("\ufeff"))); !bytes.HasPrefix(text, []byte("<")) {
		pages = addresses(strings.Fields(string(text)))
		if len(pages) == 0 {
			return nil, nil, fault("this is no sitemap", nil)
		}
		return pages, nil, nil
	}
	var read struct {
		XMLName xml.Name
		Pages   []string `xml:"url>loc"`
		Maps    []string `xml:"sitemap>loc"`
	}
	d := xml.NewDecoder(bytes.NewReader(body))
	d.CharsetReader = charset.NewReaderLabel
	if err := d.Decode(&read); err != nil {
		return nil, nil, fault("this sitemap cannot be read", err)
	}
	if name := read.XMLName.Local; name != "urlset" && name != "sitemapindex" {
		return nil, nil, fault("this is no sitemap", nil)
	}
	pages, maps = addresses(read.Pages), addresses(read.Maps)
	if len(pages)+len(maps) == 0 {
		return nil, nil, fault("this sitemap names no page", nil)
	}
	return pages, maps, nil
}

// addresses keeps what is an address, each once.
func addresses(list []string) (out []string) {
	seen := map[string]bool{}
	for _, s := range list {
		if u := resolved(s); u != "" && !seen[u] {
			seen[u] = true
			out = append(out, u)
		}
	}
	return out
}
