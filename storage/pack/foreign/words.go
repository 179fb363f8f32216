package foreign

import (
	"regexp"
	"slices"
	"strings"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/base"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/commonmark"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/strikethrough"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/table"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

var tags = regexp.MustCompile(`(?i)</?(?:p|br|div|span|ul|ol|li|b|i|u|strong|em|a|h[1-6]|table|tr|td|blockquote|pre|code|img|font)(?:\s[^<>]*)?/?>`)

// markdown returns a text in Markdown. What has tags of HTML is HTML, too.
func markdown(text string, isHTML bool) (string, error) {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	if !isHTML && !tags.MatchString(text) {
		return text, nil
	}
	if !strings.ContainsAny(text, "<&") {
		return text, nil
	}
	doc, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return "", err
	}
	linkPictures(doc)
	c := converter.NewConverter(converter.WithEscapeMode(converter.EscapeModeDisabled), converter.WithPlugins(base.NewBasePlugin(),
		commonmark.NewCommonmarkPlugin(), strikethrough.NewStrikethroughPlugin(), table.NewTablePlugin(table.WithHeaderPromotion(true))))
	b, err := c.ConvertNode(doc)
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "\u00a0", " ").Replace(string(b)), err
}

// linkPictures puts a link in the place of each picture, so that showing an answer fetches
// nothing.
func linkPictures(doc *html.Node) {
	var found []*html.Node
	for n := range doc.Descendants() {
		if n.DataAtom == atom.Img {
			found = append(found, n)
		}
	}
	for _, n := range found {
		name, src := "picture", ""
		for _, a := range n.Attr {
			switch {
			case a.Key == "alt" && strings.TrimSpace(a.Val) != "":
				name = oneLine(a.Val)
			case a.Key == "src" && strings.HasPrefix(a.Val, "http"):
				src = a.Val
			}
		}
		text := &html.Node{Type: html.TextNode, Data: name}
		if src == "" {
			text.Data = "[" + name + "]"
			n.Parent.InsertBefore(text, n)
		} else {
			link := &html.Node{Type: html.ElementNode, Data: "a", DataAtom: atom.A, Attr: []html.Attribute{{Key: "href", Val: src}}}
			link.AppendChild(text)
			n.Parent.InsertBefore(link, n)
		}
		n.Parent.RemoveChild(n)
	}
}

var (
	braces   = regexp.MustCompile(`\{\{([^{}]*)\}\}`)
	brackets = regexp.MustCompile(`\[\[([^\[\]]*)\]\]`)
	percent  = regexp.MustCompile(`%(?:fill(?:text|area|popup|part|top)?:(?:name=)?([^:%\n]*)[^%\n]*|(?:snippet|key):([^%\n]*))%|%fillpartend%|%(clipboard)|%\|`)
)

// blanks puts ours in the place of another tool's blanks. Which we do not have stay
// visible, as [their name].
func (r *reader) blanks(text string) string {
	if r.from == TextExpander {
		text = percent.ReplaceAllStringFunc(text, func(s string) string {
			m := percent.FindStringSubmatch(s)
			return blank(m[1] + m[2] + m[3])
		})
	}
	for _, form := range []*regexp.Regexp{braces, brackets} {
		text = form.ReplaceAllStringFunc(text, func(s string) string {
			name, _, _ := strings.Cut(s[2:len(s)-2], "|") // Zendesk's filters
			return blank(name)
		})
	}
	return text
}

// ours are the blanks that Ringside fills.
var ours = strings.Fields("customer.name customer.call_me customer.company customer.years product rep.name promise.due today")

// theirs are what other tools call a name, folded.
var theirs = map[string]string{
	"customer.name": "name fullname customer customername customerfullname client clientname contactname yourname recipientname " +
		"requestername ticketrequestername ticketrequesterfullname recipient",
	"customer.call_me": "firstname customerfirstname clientfirstname contactfirstname requesterfirstname ticketrequesterfirstname",
	"rep.name":         "agentname currentusername myname repname",
}

// blank is a blank by the name that another tool gives it.
func blank(name string) string {
	name = oneLine(name)
	if slices.Contains(ours, strings.ToLower(name)) {
		return "{{" + strings.ToLower(name) + "}}"
	}
	for _, our := range ours {
		if slices.Contains(strings.Fields(theirs[our]), folded(name)) {
			return "{{" + our + "}}"
		}
	}
	if name == "" {
		return ""
	}
	return "[" + name + "]"
}
