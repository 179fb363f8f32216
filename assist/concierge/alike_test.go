package concierge

import (
	"slices"
	"testing"
	"time"

	"ringside/assist"
)

var now = time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)

// asked are uses of an answer so many hours ago, each by another customer.
func asked(answer assist.ID, hours ...int) (out []Use) {
	for i, h := range hours {
		out = append(out, Use{answer, assist.ID(rune('a' + i)), now.Add(-time.Duration(h) * time.Hour)})
	}
	return out
}

// daily are uses by so many customers on each of ten days before the last.
func daily(answer assist.ID, customers int) (out []Use) {
	for day := range 10 {
		for i := range customers {
			out = append(out, Use{answer, assist.ID(rune('A' + i)), now.Add(-time.Duration(25+24*day) * time.Hour)})
		}
	}
	return out
}

func TestCustomersWithOneTroubleAreFound(t *testing.T) {
	for name, c := range map[string]struct {
		uses []Use
		want string
	}{
		"nobody":                           {nil, ""},
		"two":                              {asked("x", 1, 2), ""},
		"three":                            {asked("x", 3, 1, 2), "a c b"},
		"one who calls four times":         {append(append(asked("x", 1, 2), asked("x", 3, 4)...), asked("x", 5)...), ""},
		"a day ago":                        {asked("x", 1, 2, 24), ""},
		"just within a day":                {asked("x", 1, 2, 23), "c b a"},
		"in the future":                    {asked("x", 1, 2, -1), ""},
		"nobody knows who":                 {append(asked("x", 1, 2), Use{"x", "", now}), ""},
		"no answer":                        {asked("", 1, 2, 3), ""},
		"three, and one a day":             {append(asked("x", 3, 2, 1), daily("x", 1)...), "a b c"},
		"three, and two a day":             {append(asked("x", 3, 2, 1), daily("x", 2)...), ""},
		"four, and two a day":              {append(asked("x", 4, 3, 2, 1), daily("x", 2)...), "a b c d"},
		"three, and others of another":     {append(asked("x", 3, 2, 1), daily("y", 9)...), "a b c"},
		"once much asked, but ten days by": {append(append(asked("x", 3, 2, 1), asked("x", 240, 240, 240, 240, 240)...), daily("y", 1)...), "a b c"},
	} {
		got := Alike(c.uses, now)
		var words string
		if len(got) == 1 {
			words = joined(got[0].Customers)
		}
		if len(got) > 1 || words != c.want {
			t.Errorf("%s: %+v, want %q", name, got, c.want)
		}
	}
}

func TestTheLargestTroubleComesFirst(t *testing.T) {
	uses := slices.Concat(asked("b", 5, 6, 7), asked("c", 1, 2, 3, 4), asked("a", 1, 2, 3))
	slices.Reverse(uses)
	got := Alike(uses, now)
	if len(got) != 3 || got[0].Answer != "c" || got[1].Answer != "a" || got[2].Answer != "b" {
		t.Fatalf("found %+v", got)
	}
	if !got[0].Since.Equal(now.Add(-4 * time.Hour)) {
		t.Errorf("it began %v", got[0].Since)
	}
}
