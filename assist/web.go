package assist

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"path"
	"strings"
	"time"
)

// WebPage is a page of the company's own site, as customers may have read it.
type WebPage struct {
	ID      ID        `json:"id"` // Key of its address
	URL     string    `json:"url"`
	Title   string    `json:"title"`
	Text    string    `json:"text"`             // what it says, in Markdown, without menus
	Read    time.Time `json:"read"`             // when we looked last
	Changed time.Time `json:"changed,omitzero"` // when we first saw it say what it says now; zero: it has since our first look
	Gone    bool      `json:"gone,omitempty"`   // it was not there when we looked last
}

// Ident implements Record.
func (p WebPage) Ident() (Type, ID) { return TypeWebPage, p.ID }

// Validate reports whether the page can be kept: its own id, an address, a title and
// a time.
func (p WebPage) Validate() error {
	var v check
	v.that(p.ID == p.Key(), "id", "is not that of the address")
	v.line("url", p.URL, true)
	v.line("title", p.Title, true)
	v.text("text", p.Text, false)
	v.at("read", p.Read)
	return v.fault(TypeWebPage, p.ID)
}

// Hash is the same as long as the page says the same.
func (p WebPage) Hash() string {
	sum := sha256.Sum256([]byte(p.Title + "\x00" + p.Text))
	return hex.EncodeToString(sum[:16])
}

// Key is the id of the page at URL: the same page has the same id however its address is
// written (scheme, "www.", "index.html", a slash at the end, a fragment).
func (p WebPage) Key() ID {
	address := strings.TrimSpace(p.URL)
	u, err := url.Parse(address)
	if err != nil {
		return IDFrom("page", address)
	}
	if u.Host == "" && u.Scheme == "" { // "example.org/help"
		if v, err := url.Parse("https://" + address); err == nil {
			u = v
		}
	}
	where := u.Path
	if base := path.Base(where); base == "index.html" || base == "index.htm" {
		where = path.Dir(where)
	}
	return IDFrom("page", strings.TrimPrefix(strings.ToLower(u.Host), "www."), strings.Trim(where, "/"), u.RawQuery)
}
