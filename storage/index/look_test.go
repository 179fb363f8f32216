package index

import (
	"fmt"
	"strings"
	"testing"
)

var shaw = Doc{
	Key: "shaw", Names: []string{"Mary Shaw"}, Texts: []string{"wants a refund"}, More: []string{"Acme Ltd", "unit 7b"},
	Mails: []string{"Mary.Anne@Example.org"}, Numbers: []Number{{"441134960123", "1134960123"}},
}

func TestLookSaysWhatEachWordFits(t *testing.T) {
	for typed, want := range map[string]string{
		"mary":               "1 mary:1:mary:words",
		"mar":                "2 mar:2:mary:words",
		"acm":                "3 acm:3:acme:words",
		"7b":                 "3 7b:3:7b:words",
		"anne":               "3 anne:3:anne@example.org:mail",
		"examp":              "3 examp:3:example.org:mail",
		"hawk haw":           "6 hawk:6::words haw:4:shaw:words",
		"refnud":             "5 refnud:5:refund:words",
		"0113 496":           "2 0113 496:2:1134960123:number",
		"49 60 12":           "6 49 60 12:6::words",
		"960123":             "2 960123:2:441134960123:number:tail",
		"0113 496 0123":      "0 0113 496 0123:0:441134960123:number",
		"mary refund zzz":    "6 mary:1:mary:words refund:1:refund:words zzz:6::words",
		"shaw mary":          "0 shaw:1:shaw:words mary:1:mary:words",
		"mary@":              "6 mary@:6::words",
		"anne@example.org":   "0 anne@example.org:0:anne@example.org:mail",
		"mary.anne@example.": "2 mary.anne@example.:2:mary.anne@example.org:mail",
	} {
		h, _ := Parse(typed, plainNumbers).Look(shaw.Terms())
		out := []string{fmt.Sprint(h.Tier)}
		for _, f := range h.Words {
			one := fmt.Sprintf("%s:%d:%s:%s", f.Typed, f.Tier, f.Term, []string{"words", "mail", "number"}[f.Kind])
			if f.Tail {
				one += ":tail"
			}
			out = append(out, one)
		}
		if got := strings.Join(out, " "); got != want {
			t.Errorf("%q: %s, want %s", typed, got, want)
		}
	}
}

func TestOneWordMayBeMissingWhenTheOthersFitWell(t *testing.T) {
	for typed, want := range map[string]bool{
		"mary": true, "mary zzz": true, "zzz mary": true, "mary shaw zzz": true, "mary zzz yyy": false, "zzz": false, "haw zzz": false, "shwa zzz": false,
		"a zzz": false, "ma zzz": false, "mar zzz": true, "mary haw zzz": false,
	} {
		if _, ok := Parse(typed, plainNumbers).Look(shaw.Terms()); ok != want {
			t.Errorf("%q: %v", typed, ok)
		}
	}
}

func TestHitTellsWhereInATextItIs(t *testing.T) {
	for _, c := range []struct {
		typed, text string
		want        int
	}{
		{"refund", "She wants a refund, a refund.", 12}, {"ref", "She wants a refund", 12}, {"zzz", "She wants a refund", 0}, {"wants refund", "A refund she wants", 2},
		{"muller", "Für Müller", 5}, {"she", "She wants", 0}, {"obrien", "an O'Brien", 3}, {"refund", "", 0},
	} {
		h, _ := Parse(c.typed, nil).Look(Doc{Texts: []string{c.text}}.Terms())
		if got := h.In(c.text); got != c.want {
			t.Errorf("%q in %q: %d, want %d", c.typed, c.text, got, c.want)
		}
	}
	if got := (Hit{}).In("anything"); got != 0 {
		t.Errorf("no hit is at %d", got)
	}
}
