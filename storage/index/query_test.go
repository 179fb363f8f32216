package index

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"
)

func FuzzParse(f *testing.F) {
	for _, s := range []string{"", "Mary Shaw", "0113 496 0123", "a@b.c", "@", "+", "ß'’", "\xff\x00", strings.Repeat("x ", 5000)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, numbers := range []Numbers{nil, plainNumbers} {
			q := Parse(text, numbers)
			if len(q.words) > maxWords {
				t.Fatalf("%d words", len(q.words))
			}
			d := Doc{Names: []string{text}, Texts: []string{text}, Mails: []string{text}}
			h, _ := q.Look(d.Terms())
			if at := h.In(text); at < 0 || at > len(text) || at < len(text) && utf8.ValidString(text) && !utf8.RuneStart(text[at]) {
				t.Fatalf("found at %d of %d", at, len(text))
			}
		}
	})
}

// shape tells what a query was taken for: #number, @address or word, and the full name.
func shape(q Query) string {
	var out []string
	for _, w := range q.words {
		mark := ""
		if len(w.ways) > 0 {
			switch w.ways[0].space {
			case spaceNumber:
				mark = "#"
			case spaceMail:
				mark = "@"
			}
		}
		out = append(out, mark+w.typed)
	}
	if q.full != "" {
		out = append(out, "="+q.full)
	}
	return strings.Join(out, "|")
}

func TestTypedTextIsTakenApart(t *testing.T) {
	for _, c := range [][2]string{
		{"Mary Shaw", "mary|shaw|=mary shaw"}, {"Shaw, Mary", "shaw|mary|=mary shaw"}, {"mary MARY", "mary|=mary mary"}, {"O'Brien", "obrien|=obrien"},
		{"0113 496 0123", "#0113 496 0123"}, {"+44 (0)113 496-0123", "#+44 (0)113 496-0123"}, {"0113.496.0123", "#0113.496.0123"}, {"0113/4960123", "#0113/4960123"},
		{"+4", "#+4"}, {"+", ""}, {"tel: 0113 496 0123", "#tel: 0113 496 0123"}, {"0113 496 0123 x12", "#0113 496 0123 x12"}, {"0113 496 0123 ext. 2", "#0113 496 0123 ext. 2"},
		{"Maria 0113 496 0123", "maria|#0113 496 0123"}, {"0113 496 0123 Maria", "#0113 496 0123|maria"},
		{"12 34", "12|34|=12 34"}, {"x200", "x200|=x200"}, {"route 66", "route|66|=66 route"}, {"12-34", "12|34|=12 34"},
		{"mary@example.org", "@mary@example.org"}, {"<Mary@Example.org>", "@mary@example.org"}, {"@example", "@example"}, {"@", ""}, {"Mary mary@x.y", "mary|@mary@x.y"},
		{"❤️ Ann", "ann|=ann"}, {"☎️ 0113 496 0123", "#0113 496 0123"}, {"  \t ", ""}, {"", ""}, {"\x00\x01", ""}, {"🙂", ""}, {"\u00a0Ann\u00a0Lee", "ann|lee|=ann lee"},
	} {
		if got := shape(Parse(c[0], plainNumbers)); got != c[1] {
			t.Errorf("%q: %s, want %s", c[0], got, c[1])
		}
	}
}

func TestAddressOfFiguresStaysAnAddressAtEveryKey(t *testing.T) {
	address := "123456789@qq.com"
	for n := strings.Index(address, "@") + 1; n <= len(address); n++ {
		if got := shape(Parse(address[:n], plainNumbers)); got != "@"+address[:n] {
			t.Errorf("%q is %s", address[:n], got)
		}
	}
}

func TestNotesKnowNoNumbersOnlyWords(t *testing.T) {
	for _, c := range [][2]string{
		{"0113 496 0123", "0113|496|0123|=0113 0123 496"}, {"mary@example.org", "mary|example|org|=example mary org"}, {"+44", "44|=44"},
	} {
		if got := shape(Parse(c[0], nil)); got != c[1] {
			t.Errorf("%q: %s, want %s", c[0], got, c[1])
		}
	}
}

func TestEightDifferentWordsCount(t *testing.T) {
	q := Parse("a b a c d e f g h i j", nil)
	if got := shape(q); got != "a|b|c|d|e|f|g|h" {
		t.Errorf("got %s", got)
	}
	if got := shape(Parse("a b c d e f g h", nil)); !strings.HasSuffix(got, "=a b c d e f g h") {
		t.Errorf("eight words are no full name: %s", got)
	}
}

func TestFourHundredLettersAreRead(t *testing.T) {
	if got := shape(Parse(strings.Repeat(" ", 10_000)+"ann", nil)); got != "ann|=ann" {
		t.Errorf("behind blanks: %s", got)
	}
	full := firstRunes(strings.Repeat("é ", 200), maxTyped-4) + " end"
	if got := shape(Parse(full, nil)); !strings.HasPrefix(got, "e|end") {
		t.Errorf("the last of four hundred is not read: %s", got)
	}
	if got := shape(Parse("é"+full, nil)); !strings.HasPrefix(got, "ee|e|en") || strings.Contains(got, "end") {
		t.Errorf("more than four hundred are read: %s", got)
	}
	for _, text := range []string{strings.Repeat("é", 10_000), strings.Repeat("1", 10_000), strings.Repeat("a@", 5_000), strings.Repeat("\xff", 10_000)} {
		for _, w := range Parse(text, plainNumbers).words {
			if utf8.RuneCountInString(w.typed) > maxTyped {
				t.Errorf("%.10q: a word of %d bytes", text, len(w.typed))
			}
		}
	}
}

func TestFirstRunesCutsBetweenLetters(t *testing.T) {
	for _, c := range []struct {
		text string
		n    int
		want string
	}{{"", 3, ""}, {"abc", 0, ""}, {"abc", 2, "ab"}, {"abc", 3, "abc"}, {"abc", 9, "abc"}, {"жук", 2, "жу"}, {"🙂🙂", 1, "🙂"}} {
		if got := firstRunes(c.text, c.n); got != c.want {
			t.Errorf("%d of %q: %q", c.n, c.text, got)
		}
	}
}

func TestEmptyQueryFindsNothing(t *testing.T) {
	for _, text := range []string{"", " ", "@", "+", "🙂", "...", "\x00"} {
		q := Parse(text, plainNumbers)
		if !q.Empty() {
			t.Errorf("%q is not empty: %s", text, shape(q))
		}
		if _, ok := q.Look(Doc{Names: []string{"Mary " + text}, Mails: []string{text}}.Terms()); ok {
			t.Errorf("%q fits", text)
		}
	}
	if Parse("a", nil).Empty() {
		t.Error("one letter is empty")
	}
}

func TestNumberIsFoundHoweverItIsWritten(t *testing.T) {
	terms := Doc{Names: []string{"Maria Shaw"}, Numbers: []Number{{"441134960123", "1134960123"}}}.Terms()
	for typed, want := range map[string]Tier{
		"01134960123": Sure, "0113 496 0123": Sure, "(0113) 496-0123": Sure, "0113.496.0123": Sure, "0113/496/0123": Sure, "tel: 0113 496 0123": Sure,
		"\u00a00113\u00a0496\u00a00123 ": Sure, "+44 113 496 0123": Begins, "441134": Begins, "01134": Begins, "113": Begins, "960123": Begins,
		"maria 0113 496 0123": Exact,
	} {
		h, ok := Parse(typed, plainNumbers).Look(terms)
		if !ok || h.Tier != want {
			t.Errorf("%q: %v in tier %d, want %d", typed, ok, h.Tier, want)
		}
	}
	for _, typed := range []string{"123", "0114", "01134960124", "4960", "0113 496 0123 9"} {
		if h, ok := Parse(typed, plainNumbers).Look(terms); ok {
			t.Errorf("%q fits: %+v", typed, h)
		}
	}
}

func TestPatternsFitInTheirOwnSpaceOnly(t *testing.T) {
	for _, c := range []struct {
		p    pattern
		term string
		want bool
	}{
		{pattern{mode: whole, space: 'n', text: "ann"}, "nann", true}, {pattern{mode: whole, space: 'n', text: "ann"}, "nanna", false},
		{pattern{mode: whole, space: 'n', text: "ann"}, "oann", false}, {pattern{mode: beginning, space: 'n', text: "ann"}, "nanna", true},
		{pattern{mode: beginning, space: 'n', text: "ann"}, "njoann", false}, {pattern{mode: inside, space: 'n', text: "ann"}, "njoanne", true},
		{pattern{mode: inside, space: 'n', text: "ann"}, "nan", false}, {pattern{mode: typo, space: 'n', text: "anna"}, "nanan", true},
		{pattern{mode: typo, space: 'o', text: "anna"}, "nanan", false},
	} {
		if got := c.p.fits(c.term); got != c.want {
			t.Errorf("%+v for %q: %v", c.p, c.term, got)
		}
	}
}

func TestWaysOfAWordComeBestFirst(t *testing.T) {
	for _, typed := range []string{"mary", "x200", "1134", "01134960123", "жук", "mary@x"} {
		for _, w := range Parse(typed, plainNumbers).words {
			last := Sure
			for _, p := range w.ways {
				if p.tier < last && p.tier != Begins {
					t.Errorf("%s: %s comes behind tier %d", typed, fmt.Sprint(p), last)
				}
				last = p.tier
			}
		}
	}
}
