package web

import (
	"slices"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/curate"
)

func page(url string, changed time.Time, gone bool) assist.WebPage {
	p := assist.WebPage{URL: url, Title: "A page", Text: "Words.", Read: day(20), Changed: changed, Gone: gone}
	p.ID = p.Key()
	return p
}

func day(d int) time.Time { return time.Date(2026, 11, d, 15, 0, 0, 0, time.UTC) }

func answer(id assist.ID, url string, verified int) assist.Answer {
	a := assist.Answer{ID: id, Title: "T", Department: "D", Say: "S", Web: url}
	if verified > 0 {
		a.Verified = assist.Date{Year: 2026, Month: 11, Day: verified}
	}
	return a
}

func TestAnAnswerIsTouchedByWhatChangedAfterItWasVerified(t *testing.T) {
	pages := []assist.WebPage{page("https://www.example.org/help/changed/", day(10), false), page("https://example.org/help/same", time.Time{}, false),
		page("https://example.org/help/gone", time.Time{}, true), page("https://example.org/help/new", day(12), false)}
	off := answer("off", "https://example.org/help/gone", 3)
	off.Off = true
	got := Look([]assist.Answer{
		answer("before", "http://example.org/help/changed/index.html", 9),
		answer("that-day", "https://example.org/help/changed", 10),
		answer("later", "https://example.org/help/changed", 11),
		answer("never", "https://example.org/help/new#top", 0),
		answer("same", "https://example.org/help/same", 0),
		answer("gone", "example.org/help/gone", 30),
		answer("none", "", 0),
		answer("elsewhere", "https://example.com/help/changed", 1),
		off,
	}, pages, time.UTC)
	var ids []assist.ID
	for _, touched := range got {
		ids = append(ids, touched.Answer.ID)
		if p, ok := PageOf(touched.Answer, pages); !ok || p.ID != touched.Page.ID {
			t.Errorf("%s: page %s", touched.Answer.ID, touched.Page.URL)
		}
	}
	if want := []assist.ID{"gone", "never", "before"}; !slices.Equal(ids, want) {
		t.Errorf("touched %v, want %v", ids, want)
	}
}

func TestAPageChangedOnTheDayOfVerifyingWhereTheRepIs(t *testing.T) {
	auckland, honolulu := time.FixedZone("NZDT", 13*3600), time.FixedZone("HST", -10*3600)
	for name, c := range map[string]struct {
		changed time.Time
		where   *time.Location
		touched bool
	}{
		"the evening of that day in Honolulu":    {time.Date(2026, 11, 10, 22, 0, 0, 0, honolulu), honolulu, false},
		"the morning after in Honolulu":          {time.Date(2026, 11, 11, 0, 0, 0, 0, honolulu), honolulu, true},
		"the morning of the next in Auckland":    {time.Date(2026, 11, 11, 8, 0, 0, 0, auckland), auckland, true},
		"the last minute of it in Auckland":      {time.Date(2026, 11, 10, 23, 59, 0, 0, auckland), auckland, false},
		"kept in UTC, and looked at in Auckland": {time.Date(2026, 11, 10, 11, 0, 0, 0, time.UTC), auckland, true},
	} {
		pages := []assist.WebPage{page("https://example.org/help", c.changed, false)}
		got := Look([]assist.Answer{answer("a", "https://example.org/help", 10)}, pages, c.where)
		if (len(got) == 1) != c.touched {
			t.Errorf("%s: touched %v, want %v", name, got, c.touched)
		}
	}
}

func TestAnAnswerWithoutAPageHasNone(t *testing.T) {
	pages := []assist.WebPage{page("https://example.org/", time.Time{}, false)}
	for _, a := range []assist.Answer{answer("a", "", 0), answer("b", "https://example.org/b", 0)} {
		if p, ok := PageOf(a, pages); ok {
			t.Errorf("%s: %s", a.ID, p.URL)
		}
	}
}

func TestDiffTellsTheLinesThatAreNotTheSame(t *testing.T) {
	before, after := page("https://example.org/", time.Time{}, false), page("https://example.org/", day(3), false)
	before.Text = "# Prices\n\nUp to 5 kg £3.95\n\nUp to 20 kg £7.95"
	after.Text = "# Prices\n\nUp to 5 kg £4.95\n\nUp to 20 kg £7.95\n\nFree from £50"
	after.Title = "Other prices"
	got := Diff(before, after)
	want := []curate.Edit{{Field: "title", Before: "A page", After: "Other prices"}}
	if len(got) < 2 || !slices.ContainsFunc(got, func(e curate.Edit) bool { return e.Before == want[0].Before && e.After == want[0].After }) {
		t.Fatalf("got %+v", got)
	}
	if !slices.ContainsFunc(got, func(e curate.Edit) bool { return e.Before == "Up to 5 kg £3.95" && e.After == "Up to 5 kg £4.95" }) {
		t.Errorf("got %+v", got)
	}
	if len(Diff(after, after)) != 0 {
		t.Error("a page differs from itself")
	}
}
