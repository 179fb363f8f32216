// Package web tells which answers the company's own site may have left behind.
package web

import (
	"cmp"
	"slices"
	"time"

	"ringside/assist"
	"ringside/assist/curate"
)

// Touched is an answer whose page on the site says something else than when the answer
// was verified, or is gone (Page.Gone).
type Touched struct {
	Answer assist.Answer
	Page   assist.WebPage
}

// Look returns the answers that are touched, those whose page changed last first. Answers
// that are Off are left out. Days are those of where the rep is.
func Look(answers []assist.Answer, pages []assist.WebPage, where *time.Location) []Touched {
	byID := make(map[assist.ID]assist.WebPage, len(pages))
	for _, p := range pages {
		byID[p.ID] = p
	}
	var out []Touched
	for _, a := range answers {
		if a.Off || a.Web == "" {
			continue
		}
		if p, ok := byID[key(a)]; ok && (p.Gone || changedSince(p, a, where)) {
			out = append(out, Touched{a, p})
		}
	}
	slices.SortStableFunc(out, func(x, y Touched) int {
		return cmp.Or(y.since().Compare(x.since()), cmp.Compare(x.Answer.ID, y.Answer.ID))
	})
	return out
}

// since is when the answer was left behind.
func (t Touched) since() time.Time {
	if t.Page.Gone {
		return t.Page.Read
	}
	return t.Page.Changed
}

// changedSince reports whether a page changed on a later day than that on which the
// answer was verified: within a day nobody can tell which came first.
func changedSince(p assist.WebPage, a assist.Answer, where *time.Location) bool {
	return !p.Changed.IsZero() && (a.Verified.IsZero() || assist.DateOf(p.Changed.In(where)).Time().After(a.Verified.Time()))
}

// PageOf returns the page that an answer names.
func PageOf(a assist.Answer, pages []assist.WebPage) (assist.WebPage, bool) {
	if a.Web == "" {
		return assist.WebPage{}, false
	}
	id := key(a)
	i := slices.IndexFunc(pages, func(p assist.WebPage) bool { return p.ID == id })
	if i < 0 {
		return assist.WebPage{}, false
	}
	return pages[i], true
}

func key(a assist.Answer) assist.ID { return assist.WebPage{URL: a.Web}.Key() }

// Diff tells what a page says now and did not say before, line by line.
func Diff(before, after assist.WebPage) []curate.Edit {
	return curate.Diff(assist.Answer{Title: before.Title, Say: before.Text}, assist.Answer{Title: after.Title, Say: after.Text})
}
