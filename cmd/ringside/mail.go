package main

import (
	"net/url"
	"strings"

	"ringside/assist"
)

// longestMail is how long an address of a letter may be: longer ones are cut off by
// mail programs and by Windows without a word.
const longestMail = 2000

// mailto is the address that opens a letter in the system's mail program (RFC 6068). A
// letter that does not fit is a Fault that says so.
func mailto(to, subject, body string) (*url.URL, error) {
	body = strings.ReplaceAll(strings.ReplaceAll(body, "\r\n", "\n"), "\n", "\r\n")
	escape := func(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }
	u := &url.URL{Scheme: "mailto", Opaque: strings.ReplaceAll(url.PathEscape(strings.TrimSpace(to)), "%40", "@"),
		RawQuery: "subject=" + escape(subject) + "&body=" + escape(body)}
	if len(u.String()) > longestMail {
		return nil, &assist.Fault{What: "this letter is too long to be handed to the mail program", Do: "Copy it and paste it into a new mail.",
			Err: assist.ErrInvalid}
	}
	return u, nil
}

// mail opens a letter in the system's mail program.
func (p *pages) mail(to, subject, body string) {
	u, err := mailto(to, subject, body)
	if err == nil {
		err = p.app.OpenURL(u)
	}
	if err != nil {
		p.win.Fault(err)
	}
}
