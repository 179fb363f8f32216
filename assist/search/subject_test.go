package search

import (
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"ringside/assist"
)

func TestWhatIsNamedWinsOverWhatIsOwnedAndHidesNothing(t *testing.T) {
	ix := Build(shop())
	r := find(t, ix, Query{Text: "it leaks water ", Products: []string{"Boiler 3"}, Named: []string{"kettle pro"}, All: true})
	if got := strings.Join(ids(r)[:3], " "); got != "kettle-leaks leaks boiler-leaks" {
		t.Errorf("order %s", got)
	}
	if r.Hits[0].Why != "customers ask: 'it leaks water'; it is about the Kettle Pro" {
		t.Errorf("why %q", r.Hits[0].Why)
	}
}

func TestAProductIsSpottedInTheTalk(t *testing.T) {
	ix := Build(shop())
	for earlier, want := range map[string]string{
		"I bought the boiler 3 from you":             "boiler-leaks",
		"my bioler 3 is new":                         "boiler-leaks",
		"about my cattle pro":                        "kettle-leaks",
		"first the boiler 3, and now the kettel pro": "kettle-leaks",
		"first the kettle pro, and now my Boiler 3":  "boiler-leaks",
		"hello": "leaks",
		strings.Repeat("so and so ", 5_000) + "boiler": "leaks",
	} {
		r := find(t, ix, Query{Text: "it leaks water ", Earlier: earlier})
		if got := ids(r); len(got) == 0 || got[0] != want {
			t.Errorf("after %.40q: %v, want %s first", earlier, got, want)
			continue
		}
		if spoken := strings.Contains(r.Hits[0].Why, "they speak of the "); spoken != (want != "leaks") {
			t.Errorf("after %.40q: why %q", earlier, r.Hits[0].Why)
		}
	}
}

func TestANameInALateAnswerIsSpottedToo(t *testing.T) {
	ix := Build(shop()).With([]assist.Answer{{ID: "lamp-leaks", Title: "Leaking lamp", Products: []string{"Glowworm"}, Say: "Oh.", Phrasings: []string{"it leaks water"}}})
	r := find(t, ix, Query{Text: "it leaks water ", Earlier: "my glowwurm is new"})
	if got := ids(r); len(got) == 0 || got[0] != "lamp-leaks" {
		t.Errorf("found %v", got)
	}
}

func TestWhatIsOpenRaisesAnswersThatSpeakOfIt(t *testing.T) {
	ix := Build(shop())
	plain := find(t, ix, Query{Text: "it leaks water "})
	r := find(t, ix, Query{Text: "it leaks water ", About: []string{"", "Call back about the dripping pipe of the boiler"}})
	if ids(plain)[0] == "boiler-leaks" || ids(r)[0] != "boiler-leaks" {
		t.Errorf("before %v, with what is open %v", ids(plain), ids(r))
	}
	if want := "; open with them: 'Call back about the dripping pipe of the boiler'"; !strings.HasSuffix(r.Hits[0].Why, want) {
		t.Errorf("why %q", r.Hits[0].Why)
	}
	if !slices.Contains(ids(r), "leaks") {
		t.Errorf("hidden: %v", ids(r))
	}
}

func TestOneCommonWordOfWhatIsOpenRaisesNothing(t *testing.T) {
	ix := Build(shop())
	plain := find(t, ix, Query{Text: "it leaks water "})
	for _, open := range []string{"Boiler Rotherham Ltd", "Mrs Payments-Okonkwo of Kettle Lane", "the boiler"} {
		r := find(t, ix, Query{Text: "it leaks water ", About: []string{open}})
		if raised := open == "the boiler"; reflect.DeepEqual(r, plain) == raised {
			t.Errorf("%q: %v", open, r.Hits)
		}
	}
}

func TestSpellingCountsEdits(t *testing.T) {
	for _, p := range []struct {
		x, y  string
		edits float64
	}{{"kettle", "kettle", 0}, {"kettel", "kettle", 1}, {"ketle", "kettle", 1}, {"cattle", "kettle", 2}, {"kettlé", "kettle", 1}, {"kettles", "kettle", 1}} {
		want := 1 - p.edits/float64(max(len([]rune(p.x)), len(p.y)))
		if got := float64(spelling([]rune(p.x), []rune(p.y))); math.Abs(got-want) > 1e-6 {
			t.Errorf("%q and %q: %.3f, want %.3f", p.x, p.y, got, want)
		}
	}
	for _, p := range [][2]string{{"boiler", "kettle"}, {"k", "kettle"}, {strings.Repeat("k", 60), strings.Repeat("k", 60)}} {
		if got := spelling([]rune(p[0]), []rune(p[1])); got >= leastLike {
			t.Errorf("%q and %q are alike: %.2f", p[0], p[1], got)
		}
	}
}
