package live

import (
	"time"

	"ringside/assist"
	"ringside/assist/compose"
)

// siteOf says what the customer may just have read of an answer on our own site, and
// what to mind: the page has changed since the answer was verified, or is gone. Both are
// empty when nothing is known of a page.
func (d *Desk) siteOf(a assist.Answer, now time.Time) (read, mind string) {
	if a.Web == "" {
		return "", ""
	}
	p, ok := d.library.Pages[assist.WebPage{URL: a.Web}.Key()]
	switch {
	case !ok:
		return "", ""
	case p.Gone:
		return "", "Our site no longer has the page “" + p.Title + "”: it was gone " + on(p.Read, now) + "."
	case changedSince(p, a, now.Location()):
		mind = "Our site says something else since " + compose.Ago(p.Changed, now) + ": compare before you say it."
	}
	return "The customer may just have read this on our site: “" + p.Title + "”, read " + on(p.Read, now) + ".", mind
}

// changedSince reports whether a page says something else since the answer was verified.
// Whoever verified it on the day of the change, where they are, has seen the page as it is
// now.
func changedSince(p assist.WebPage, a assist.Answer, where *time.Location) bool {
	return !p.Changed.IsZero() && (a.Verified.IsZero() || assist.DateOf(p.Changed.In(where)).Time().After(a.Verified.Time()))
}
