package brief_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"ringside/assist/brief"
	"ringside/assist/chart"
)

func people() []brief.Person {
	return []brief.Person{
		{Is: "Customer", Names: []string{"Mary Shaw", "Mary"}, Places: []string{"4 Orchard Row"}, Numbers: []string{"0113 496 0123"}},
		{Is: "Customer", Names: []string{"George Whitlock", "Mr Whitlock"}},
		{Is: "Customer", Names: []string{"Hannah Whitlock"}},
		{Is: "Rep", Names: []string{"Ewa Nowak"}},
		{Is: "Company", Names: []string{"Shaw Gardens"}},
	}
}

func named() brief.Brief {
	return brief.Brief{Title: "What customers told us", Team: "Thornfell", From: ago(6), Until: thursday, Sections: []brief.Section{{
		Title:      "For Mary Shaw",
		Paragraphs: []string{"Written by Ewa Nowak."},
		Figures:    []brief.Figure{{Label: "Calls of Mary Shaw", Value: "14", How: "from 20 November 2026; 1,234 before"}},
		Claims: []brief.Claim{{Says: "Mary's hedge comes first.", Basis: brief.Basis{N: 9},
			Quotes: []brief.Quote{{Words: "I am Mary, MARY SHAW, of Shaw Gardens. Ring 0113 496 0123 or 07700 900999, or write to mary@shawgardens.example or 4 Orchard Row.", Who: "Mary Shaw, Leeds", At: thursday, Ref: "written by Ewa Nowak"}}}},
		Charts: []chart.Chart{
			chart.Bars{Title: "Mary Shaw", Sentence: "Mary Shaw", Rows: []chart.Value{{Label: "George Whitlock", Value: 3}}},
			chart.Trend{Points: []chart.Value{{Label: "Mary Shaw"}}},
			chart.Grid{Rows: []string{"Ewa Nowak"}, Columns: []string{"Billing"}},
			chart.Timeline{Events: []chart.Event{{Text: "Mary Shaw called"}}},
		},
		Quotes: []brief.Quote{{Words: "Whitlock told Mr Whitlock, not Hannah Whitlock. It may rain. [name 1]", Who: "George Whitlock"}},
	}}}
}

func TestHiddenNamesAreTheSameEverywhere(t *testing.T) {
	b := brief.Hide(named(), people())
	s := b.Sections[0]
	for got, want := range map[string]string{
		s.Title:                                     "For Customer 1",
		s.Paragraphs[0]:                             "Written by Rep 1.",
		s.Figures[0].Label:                          "Calls of Customer 1",
		s.Claims[0].Says:                            "Customer 1's hedge comes first.",
		s.Claims[0].Quotes[0].Who:                   "Customer 1, Leeds",
		s.Claims[0].Quotes[0].Ref:                   "written by Rep 1",
		s.Claims[0].Quotes[0].Words:                 "I am Customer 1, Customer 1, of Company 1. Ring [number] or [number], or write to [e-mail] or [address].",
		s.Charts[0].(chart.Bars).Rows[0].Label:      "Customer 2",
		s.Charts[3].(chart.Timeline).Events[0].Text: "Customer 1 called",
		s.Quotes[0].Words:                           "a customer told Customer 2, not Customer 3. It may rain. [name 1]",
		s.Quotes[0].Who:                             "Customer 2",
		s.Figures[0].How:                            "from 20 November 2026; 1,234 before",
		b.Title + b.Team:                            "What customers told usThornfell",
	} {
		if got != want {
			t.Errorf("it says %q, want %q", got, want)
		}
	}
	all := fmt.Sprint(b)
	for _, name := range []string{"Mary", "MARY", "Shaw", "Whitlock", "Hannah", "Nowak", "Orchard", "496", "900999", "@"} {
		if strings.Contains(all, name) {
			t.Errorf("%q is still there: %s", name, all)
		}
	}
}

func TestHidingLeavesTheBriefItselfAlone(t *testing.T) {
	b := named()
	before := fmt.Sprint(b)
	brief.Hide(b, people())
	if fmt.Sprint(b) != before {
		t.Error("the brief with names was changed")
	}
}

func TestWhatIsNoNameStays(t *testing.T) {
	b := brief.Compose(inputs())
	for i := range b.Sections {
		b.Sections[i].Quotes = nil
	}
	if got, want := fmt.Sprint(brief.Hide(b, nil)), fmt.Sprint(b); got != want {
		at := 0
		for at < len(want) && at < len(got) && got[at] == want[at] {
			at++
		}
		t.Errorf("figures were cut: %q became %q", want[at:min(at+80, len(want))], got[at:min(at+80, len(got))])
	}
}

func TestATextThatHoldsTheSeparatorBreaksNothing(t *testing.T) {
	b := named()
	b.Sections[0].Quotes[0].Words = "a\n\x00\nb"
	b.Sections[0].Paragraphs = slices.Repeat([]string{"\x00"}, 3)
	if got := brief.Hide(b, people()).Sections[0].Quotes[0].Who; got != "Customer 2" {
		t.Errorf("the texts are out of step: %q", got)
	}
}
