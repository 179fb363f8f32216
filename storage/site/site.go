// Package site reads pages of the company's own site as customers read them: the words
// without menus, banners and forms, in Markdown. It reads what is given to it, files or
// bytes that somebody has fetched, and opens no connection.
package site

import (
	"bytes"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"ringside/assist"
)

// MostBytes is how large a page may be.
const MostBytes = 5 << 20

// Document is one page as it was saved or fetched.
type Document struct {
	Where string // the file or the address, for people
	// URL is the address as far as it is known from outside; a page may name its own. Empty
	// when nothing is known.
	URL string
	// Asked is the address that was asked for, where the site led on to URL.
	Asked string
	Type  string // its Content-Type; empty when nobody said
	Body  []byte
}

// Read returns the page that a document shows, looked at at. Its address is the one that
// the page names (canonical, og:url, or what the browser noted when it saved the page),
// else the Document's. It fails with a *assist.Fault in words for people, and then returns
// the address all the same, if it could be found.
func Read(d Document, at time.Time) (assist.WebPage, error) {
	page := assist.WebPage{URL: d.URL, Read: at}
	page.ID = page.Key()
	if err := looksLikeAPage(d); err != nil {
		return page, err
	}
	text, err := letters(d)
	if err != nil {
		return page, err
	}
	doc, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return page, d.fault("this page cannot be read", "Save it again.", err)
	}
	if page.URL = address(doc, d.URL); page.URL == "" {
		return page, d.fault("this page does not say what its address is", "Name the address at which the folder is found.", nil)
	}
	page.ID = page.Key()
	page.Title, page.Text, err = d.words(doc, page.URL)
	if err == nil {
		err = page.Validate()
	}
	return page, err
}

func (d Document) fault(what, do string, err error) *assist.Fault {
	if err == nil {
		err = assist.ErrInvalid
	}
	return &assist.Fault{What: what, Where: d.Where, Do: do, Err: err}
}

var markup = regexp.MustCompile(`(?i)<(!doctype html|html|head|body|title|main|article|div|p|h[1-6])[\s>]`)

// looksLikeAPage refuses what is too large, and what is no HTML.
func looksLikeAPage(d Document) error {
	switch {
	case len(d.Body) > MostBytes:
		return TooLarge(d.Where, MostBytes)
	case len(bytes.TrimSpace(d.Body)) == 0:
		return d.fault("this page is empty", "Save it again.", nil)
	}
	head := d.Body[:min(len(d.Body), 64<<10)]
	kind, _, _ := strings.Cut(strings.ToLower(d.Type), ";")
	switch strings.TrimSpace(kind) {
	case "", "text/html", "application/xhtml+xml", "text/plain", "application/octet-stream":
	default:
		return d.fault(fmt.Sprintf("this is no web page but %s", kind), "Leave it out.", nil)
	}
	if wide := bytes.IndexByte(head, 0) >= 0 && !bytes.HasPrefix(head, []byte("%PDF")); wide {
		head = bytes.ReplaceAll(head, []byte{0}, nil) // UTF-16, or no text at all
	}
	if !markup.Match(head) {
		return d.fault("this is no web page", "Leave it out, or save the page as HTML.", nil)
	}
	return nil
}

// TooLarge is the fault of a page of more than most bytes.
func TooLarge(where string, most int64) *assist.Fault {
	return &assist.Fault{What: fmt.Sprintf("this page is larger than %d MB", most>>20), Where: where,
		Do: "Save the page without its pictures, or leave it out.", Err: assist.ErrInvalid}
}

// savedFrom is what browsers write into a page that they save.
var savedFrom = regexp.MustCompile(`saved from url=\(\d+\)(\S+)`)

// address returns the address that the page has by its own words, else the one that is
// given, else its base.
func address(doc *html.Node, given string) string {
	said := map[string]string{}
	for n := range doc.Descendants() {
		if what, value := names(n); what != "" && said[what] == "" {
			said[what] = value
		}
	}
	for _, what := range []string{"canonical", "og", "saved"} {
		if u := resolved(said[what], said["base"], given); u != "" {
			return u
		}
	}
	if u := resolved(given); u != "" {
		return u
	}
	return resolved(said["base"])
}

// names tells what an element says of the address of the page, if anything.
func names(n *html.Node) (what, value string) {
	switch {
	case n.Type == html.CommentNode:
		if m := savedFrom.FindStringSubmatch(n.Data); m != nil {
			return "saved", m[1]
		}
	case n.DataAtom == atom.Base:
		return "base", attr(n, "href")
	case n.DataAtom == atom.Link && strings.EqualFold(attr(n, "rel"), "canonical"):
		return "canonical", attr(n, "href")
	case n.DataAtom == atom.Meta && attr(n, "property") == "og:url":
		return "og", attr(n, "content")
	}
	return "", ""
}

// resolved returns a web address in full, seen from the first of the places that is one;
// empty when it is none.
func resolved(ref string, from ...string) string {
	u, err := url.Parse(strings.TrimSpace(ref))
	if ref == "" || err != nil {
		return ""
	}
	for _, f := range from {
		if b, err := url.Parse(strings.TrimSpace(f)); err == nil && b.IsAbs() && !u.IsAbs() {
			u = b.ResolveReference(u)
		}
	}
	if !isWeb(u) {
		return ""
	}
	u.Fragment, u.User = "", nil
	return u.String()
}

func isWeb(u *url.URL) bool {
	return (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
