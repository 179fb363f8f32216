package team

import (
	"slices"
	"strings"
	"testing"

	"ringside/ui/marked"
)

// found are the words of a text that are marked, however it is broken into lines.
func found(l letters, lines ...string) (out []string) {
	for i, spans := range l.in(lines) {
		for _, s := range spans {
			out = append(out, lines[i][s.From:s.To])
		}
	}
	return out
}

func TestWordsThatDifferAreMarked(t *testing.T) {
	for _, c := range []struct {
		ours, theirs     string
		inOurs, inTheirs []string
	}{
		{"call her early", "call her early", nil, nil},
		{"call her early", "call her late please", []string{"early"}, []string{"late please"}},
		{"a b c d e", "a x c e", []string{"b", "d"}, []string{"x"}},
		{"", "new words", nil, []string{"new words"}},
		{"שלום לכולם", "שלום לך", []string{"לכולם"}, []string{"לך"}},
		{"twice twice", "twice", []string{"twice"}, nil},
	} {
		ours, theirs := differing(c.ours, c.theirs)
		if got := found(ours, c.ours); !slices.Equal(got, c.inOurs) {
			t.Errorf("%q against %q marks %q, want %q", c.ours, c.theirs, got, c.inOurs)
		}
		if got := found(theirs, c.theirs); !slices.Equal(got, c.inTheirs) {
			t.Errorf("%q against %q marks %q, want %q", c.theirs, c.ours, got, c.inTheirs)
		}
	}
}

func TestMarksFollowTheLinesOfTheText(t *testing.T) {
	ours, _ := differing("one two threefour five six", "one six")
	if got := found(ours, "one two", "three", "four five", "six"); !slices.Equal(got, []string{"two", "three", "four five"}) {
		t.Errorf("marked %q", got)
	}
}

func TestVeryLongTextsAreMarkedBetweenWhatTheyShare(t *testing.T) {
	body := strings.Repeat("x y ", mostCompared)
	ours, _ := differing("start "+body+"end", "start "+strings.Repeat("y x ", mostCompared)+"end")
	if want := (letters{{From: 5, To: 5 + 2*mostCompared}}); !slices.Equal([]marked.Span(ours), []marked.Span(want)) {
		t.Errorf("marked %v, want %v", ours, want)
	}
}
