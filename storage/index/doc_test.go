package index

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestRecordIsFoundUnderTheseTerms(t *testing.T) {
	for _, c := range []struct {
		doc  Doc
		want string
	}{
		{Doc{}, ""},
		{Doc{Names: []string{"Mary Shaw"}}, "fmary shaw|nmary|nshaw"},
		{Doc{Names: []string{"Shaw, Mary", "Mary"}}, "fmary|fmary shaw|nmary|nshaw"},
		{Doc{Names: []string{"Unit 7B"}}, "N7b|f7b unit|nunit"},
		{Doc{Texts: []string{"Call Mary, call!"}}, "ncall|nmary"},
		{Doc{More: []string{"Acme 24 Ltd"}}, "O24|oacme|oltd"},
		{Doc{Mails: []string{"Mary.Shaw-Lee@Mail.Example.org"}}, "elee@mail.example.org|email.example.org|emary.shaw-lee@mail.example.org|eshaw-lee@mail.example.org"},
		{Doc{Mails: []string{"mary"}}, "emary"},
		{Doc{Mails: []string{"mary@"}}, "emary@"},
		{Doc{Mails: []string{"", "a\x00b@c", strings.Repeat("a", 201)}}, ""},
		{Doc{Numbers: []Number{{"4412", "12"}}}, "p4412|q12|t2144"},
		{Doc{Numbers: []Number{{"4412", ""}, {"", ""}}}, "p4412|t2144"},
		{Doc{Names: []string{"🙂", "...", ""}}, ""},
		{Doc{Names: []string{"a b c d e f g h i"}}, "na|nb|nc|nd|ne|nf|ng|nh|ni"},
	} {
		if got := strings.Join(c.doc.Terms(), "|"); got != c.want {
			t.Errorf("%+v: %s, want %s", c.doc, got, c.want)
		}
	}
}

func TestTermsAreSortedAndOnce(t *testing.T) {
	for _, d := range randomDocs(newRand(4), 200) {
		d.Texts = append(d.Texts, d.Names...)
		terms := d.Terms()
		if !slices.IsSorted(terms) || len(slices.Compact(slices.Clone(terms))) != len(terms) {
			t.Fatalf("%v", terms)
		}
	}
}

func TestRecordOfEndlessTextKeepsItsFirstWords(t *testing.T) {
	var text strings.Builder
	for i := range 3 * maxTerms {
		fmt.Fprintf(&text, "w%d ", i)
	}
	d := Doc{Key: "long", Texts: []string{text.String()}, More: []string{"Acme"}, Numbers: []Number{{"441134960123", ""}}}
	terms := d.Terms()
	if len(terms) > maxTerms+2 || !slices.Contains(terms, "Nw0") || slices.Contains(terms, fmt.Sprintf("Nw%d", maxTerms)) {
		t.Errorf("%d terms", len(terms))
	}
	s := build(t, []Doc{d})
	for typed, want := range map[string]int{"w0": 1, fmt.Sprintf("w%d", maxTerms-1): 1, fmt.Sprintf("w%d", 2*maxTerms): 0, "0113 496 0123": 1} {
		if got := ask(t, s, Parse(typed, plainNumbers)); len(got) != want {
			t.Errorf("%q: %v", typed, got)
		}
	}
}

func TestFullNameKnowsNoOrder(t *testing.T) {
	for name, want := range map[string]string{
		"Mary Shaw": "mary shaw", "SHAW, mary": "mary shaw", "": "", "🙂": "", "Ann": "ann", "van der Berg, Jan": "berg der jan van", "b a b": "a b b",
	} {
		if got := fullName(name); got != want {
			t.Errorf("%q: %q", name, got)
		}
	}
}
