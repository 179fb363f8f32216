package site

import (
	"bytes"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"codeberg.org/readeck/go-readability/v2"
	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/base"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/commonmark"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/strikethrough"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/table"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

const (
	fewWords  = 60      // a page with a password box and fewer than these is a login
	hardlyAny = 8       // words that are no text
	mostText  = 100_000 // bytes that a WebPage holds
)

// words returns the title and the main text of a page, in Markdown. The document is
// changed.
func (d Document) words(doc *html.Node, address string) (title, text string, err error) {
	login, browser := asksPassword(doc), needsBrowser(doc)
	where, _ := url.Parse(address)
	unwrap(doc, func(n *html.Node) bool { return n.DataAtom == atom.Button && headed(n) })
	tidy(doc)
	article, readErr := readability.FromDocument(doc, where)
	title = article.Title()
	main := mainPart(doc)
	all := count(main)
	switch {
	case login && all < fewWords:
		return "", "", d.fault("this page is behind a login", "Ringside reads what every customer can read: leave it out, or save the page itself.", nil)
	case all < hardlyAny && browser:
		return "", "", d.fault("this page shows its text only to a browser", "Open it in a browser and save it from there as a complete web page.", nil)
	case all < hardlyAny:
		return "", "", d.fault("there is no text on this page", "Leave it out.", nil)
	}
	// Readability is made for articles, and takes tables of prices and lists of questions
	// for what stands around one. It is believed when it kept most of the words.
	if readErr == nil && article.Node != nil {
		if kept := count(article.Node); kept*5 >= all*3 {
			main = article.Node
		}
	}
	if h := firstHeading(doc); h != "" {
		title = h
	}
	unwrap(main, func(n *html.Node) bool { return n.DataAtom == atom.A })
	if text, err = markdown(main); err != nil {
		return "", "", d.fault("this page cannot be read", "Save it again.", err)
	}
	text = withoutTitle(text, title)
	if len(text) > mostText {
		return "", "", d.fault("there is more text on this page than Ringside keeps of one (100 kB)", "Leave it out.", nil)
	}
	return line(title, address), text, nil
}

// asksPassword reports whether there is a box for a password.
func asksPassword(doc *html.Node) bool {
	for n := range doc.Descendants() {
		if n.DataAtom == atom.Input && strings.EqualFold(attr(n, "type"), "password") {
			return true
		}
	}
	return false
}

// needsBrowser reports whether scripts are to write the page.
func needsBrowser(doc *html.Node) bool {
	for n := range doc.Descendants() {
		if n.DataAtom == atom.Script && !strings.Contains(attr(n, "type"), "json") {
			return true
		}
	}
	return false
}

// around are the elements that are not what a page says.
var around = []atom.Atom{atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Iframe, atom.Object, atom.Nav, atom.Aside,
	atom.Form, atom.Input, atom.Select, atom.Textarea, atom.Button, atom.Dialog, atom.Svg, atom.Img, atom.Picture, atom.Video, atom.Audio, atom.Canvas}

var (
	aroundRoles = []string{"navigation", "banner", "contentinfo", "dialog", "alertdialog", "search", "complementary"}
	aroundNames = regexp.MustCompile(`(?i)(^|[\s_-])(cookies?|consent|gdpr|breadcrumbs?|menu|navbar|sidebar|skip-?link|sr-only)($|[\s_-])`)
)

// tidy takes out of a page what it does not say: menus, banners, forms, pictures.
func tidy(doc *html.Node) {
	var out []*html.Node
	for n := range doc.Descendants() {
		if n.Type == html.CommentNode || n.Type == html.ElementNode && isAround(n) {
			out = append(out, n)
		}
	}
	for _, n := range out {
		n.Parent.RemoveChild(n)
	}
}

// unwrap puts what is in some elements in their place.
func unwrap(root *html.Node, which func(*html.Node) bool) {
	var found []*html.Node
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && which(n) {
			found = append(found, n)
		}
	}
	for _, n := range found {
		for c := n.FirstChild; c != nil; c = n.FirstChild {
			n.RemoveChild(c)
			n.Parent.InsertBefore(c, n)
		}
		n.Parent.RemoveChild(n)
	}
}

// headed reports whether a button is what a heading says, as in lists of questions that
// open.
func headed(n *html.Node) bool {
	for p := range n.Ancestors() {
		switch p.DataAtom {
		case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Dt, atom.Summary:
			return true
		}
	}
	return false
}

func isAround(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Html, atom.Body, atom.Main, atom.Article:
		return false
	case atom.Header, atom.Footer: // of the page; that of its main part belongs to it
		for p := range n.Ancestors() {
			if p.DataAtom == atom.Article || p.DataAtom == atom.Main {
				return false
			}
		}
		return true
	}
	return slices.Contains(around, n.DataAtom) || slices.Contains(aroundRoles, attr(n, "role")) || attr(n, "aria-hidden") == "true" ||
		aroundNames.MatchString(attr(n, "id")) || aroundNames.MatchString(attr(n, "class"))
}

// mainPart returns what the page itself calls its main part, else all of its body.
func mainPart(doc *html.Node) *html.Node {
	var main, article, body *html.Node
	articles := 0
	for n := range doc.Descendants() {
		switch {
		case (n.DataAtom == atom.Main || attr(n, "role") == "main") && main == nil:
			main = n
		case n.DataAtom == atom.Article:
			article = n
			articles++
		case n.DataAtom == atom.Body:
			body = n
		}
	}
	switch {
	case main != nil && count(main) >= hardlyAny:
		return main
	case articles == 1 && count(article) >= hardlyAny:
		return article
	case body != nil:
		return body
	}
	return doc
}

// count returns how many words are written below a node.
func count(root *html.Node) (words int) {
	for n := range root.Descendants() {
		if n.Type == html.TextNode {
			words += len(strings.Fields(n.Data))
		}
	}
	return words
}

// firstHeading returns the heading of the page, when there is one and no other of its
// rank.
func firstHeading(doc *html.Node) (text string) {
	n := 0
	for h := range doc.Descendants() {
		if h.DataAtom == atom.H1 {
			text = plain(h)
			n++
		}
	}
	if n != 1 {
		return ""
	}
	return text
}

func plain(root *html.Node) string {
	var parts []string
	for n := range root.Descendants() {
		if n.Type == html.TextNode {
			parts = append(parts, n.Data)
		}
	}
	return strings.Join(strings.Fields(strings.Join(parts, "")), " ")
}

func markdown(n *html.Node) (string, error) {
	c := converter.NewConverter(converter.WithEscapeMode(converter.EscapeModeDisabled), converter.WithPlugins(base.NewBasePlugin(),
		commonmark.NewCommonmarkPlugin(), strikethrough.NewStrikethroughPlugin(),
		table.NewTablePlugin(table.WithHeaderPromotion(true), table.WithSkipEmptyRows(true), table.WithCellPaddingBehavior(table.CellPaddingBehaviorMinimal))))
	b, err := c.ConvertNode(n)
	return plainSigns.Replace(string(bytes.TrimSpace(b))), err
}

// plainSigns undoes what Markdown would need only where HTML may stand in it.
var plainSigns = strings.NewReplacer("&lt;", "<", "&gt;", ">")

// withoutTitle leaves out a first line that only says the title again.
func withoutTitle(text, title string) string {
	first, rest, _ := strings.Cut(text, "\n")
	if strings.EqualFold(strings.TrimSpace(strings.TrimLeft(first, "# ")), title) {
		return strings.TrimSpace(rest)
	}
	return text
}

// line makes a title of one line; a page without one is called by its address.
func line(title, address string) string {
	const most = 200
	title = strings.Join(strings.Fields(title), " ")
	if title == "" {
		title = address
	}
	if r := []rune(title); len(r) > most {
		title = string(r[:most-1]) + "…"
	}
	return title
}
