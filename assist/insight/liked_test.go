package insight_test

import (
	"testing"

	"ringside/assist"
	"ringside/assist/insight"
)

func patternOf(kind insight.Kind, f assist.Feeling, subject, matter string, customers int, g insight.Grade) insight.Pattern {
	return insight.Pattern{Theme: insight.Theme{Group: insight.Competitive, Kind: kind, Feeling: f, About: assist.AboutCompetitor, Subject: subject, Matter: matter},
		Name: subject, Customers: customers, Grade: g}
}

func TestWhatCustomersLikeIsSaidInOneLineAndOnlyWhereThereIsEnough(t *testing.T) {
	l := insight.LikedOf([]insight.Pattern{
		patternOf(insight.Felt, assist.Love, "Veldkraft", "comfort", 7, insight.Early),
		patternOf(insight.Felt, assist.Love, "Veldkraft", "weight", 6, insight.Early),
		patternOf(insight.Felt, assist.Love, "Veldkraft", "colour", 5, insight.Early),
		patternOf(insight.Felt, assist.Wish, "Veldkraft", "price", 5, insight.Some),
		patternOf(insight.Felt, assist.Hate, "Brackmoor", "noise", 9, insight.Strong),
		patternOf(insight.Felt, assist.Love, "Orrin", "lines", 3, insight.NotYet),
		patternOf(insight.Named, "", "Halden", "price", 8, insight.Early),
		patternOf(insight.Felt, assist.Love, "Halden", "", 9, insight.Early),
	})
	for subject, want := range map[string]string{
		"veldkraft ": "loved for comfort (7) and weight (6); wished: price (5)", "Brackmoor": "", "Orrin": "", "Halden": "", "": "", "nobody": "",
	} {
		if got := l.Of(subject); got != want {
			t.Errorf("%q: %q, want %q", subject, got, want)
		}
	}
	for topic, want := range map[string]string{"Price": "8 customers told us; most of Halden", "lines": "", "noise": "9 customers told us; most of Brackmoor"} {
		if got := l.Told(assist.Competitive, topic); got != want {
			t.Errorf("%q: %q, want %q", topic, got, want)
		}
	}
	if l.Told(assist.Market, "price") != "" || (insight.Liked{}).Of("Halden") != "" {
		t.Error("something is said of what nothing is known of")
	}
}
