package mask

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"ringside/assist"
	"ringside/assist/glance"
)

var known = PrivateOf(glance.Profile{
	Customer: assist.Customer{Name: "Mary Shaw", CallMe: "Mrs Shaw", City: "Leeds", Address: "12 Mill Lane\nLeeds LS1 4AP",
		Phones: []assist.Phone{{Raw: "0113 496 0123", E164: "+441134960123"}}, Emails: []string{"mary@shaw.example"}, External: []string{"hubspot:A77"}},
	Company: assist.Company{Name: "Shaw & Sons Gardens Ltd", Web: "https://www.shaw.example/", Phones: []assist.Phone{{Raw: "4821"}}},
}, "Tom Reed", "José Núñez")

func TestWhatIsPrivateIsMasked(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{"Nothing here.", "Nothing here."},
		{"Mary Shaw rang.", "[name 1] rang."},
		{"Mary Shaw rang. MARY SHAW, mary shaw and Mary  Shaw, too.", "[name 1] rang. [name 1a], [name 1b] and [name 1c], too."},
		{"Mary's parcel, Mary’s bill, MARY!", "[name 1]'s parcel, [name 1]’s bill, [name 1a]!"},
		{"Mrs Shaw of Shaw & Sons Gardens Ltd", "[name 1] of [name 2]"},
		{"Tom asked Mary.", "[name 1] asked [name 2]."},
		{"José, Jose and NÚÑEZ", "[name 1], [name 1a] and [name 1b]"},
		{"tom-tom, Tomorrow, Shawl, Maryland", "tom-tom, Tomorrow, Shawl, Maryland"},
		{"a reed by the mill, shaw", "a reed by the mill, shaw"},
		{"Call 0113 496 0123 or +44 113 496-0123.", "Call [number 1] or [number 1a]."},
		{"Call (0113) 496 0123 ext. 12 now", "Call [number 1] now"},
		{"Try 020 7946 0999.", "Try [number 1]."},
		{"Ring ٠١١٣٤٩٦٠١٢٣ now", "Ring [number 1] now"},
		{"Extension 4821, id A77", "Extension [number 1], id [number 2]"},
		{"Order TF-20231, #4821 and 1002345", "Order [number 1], [number 2] and [number 3]"},
		{"IBAN GB29 NWBK 6016 1331 9268 19.", "IBAN [number 1]."},
		{"Card 4111 1111 1111 1111", "Card [number 1]"},
		{"Write to mary@shaw.example or Tom.Reed@x-y.example.", "Write to [email 1] or [email 2]."},
		{"See shaw.example or https://www.shaw.example/ now", "See [place 1] or [place 2] now"},
		{"12 Mill Lane, Leeds", "[place 1], [place 2]"},
		{"12 mill lane, LEEDS, LS1 4AP; Mill Lane", "[place 1], [place 2], [place 3]; [place 1a]"},
		{"Leeds LS1 4AP", "[place 1]"},
		// What the model needs stays.
		{"It costs £12500 or 20000 EUR, by 2026-11-18 or 18.11.2026, 2011-2026, at 15:00, 20%, 3 pm.", "It costs £12500 or 20000 EUR, by 2026-11-18 or 18.11.2026, 2011-2026, at 15:00, 20%, 3 pm."},
		{"due 2026-11-18 15:00", "due 2026-11-18 15:00"},
		{"The Kettle 3000 has 2 blades.", "The Kettle 3000 has 2 blades."},
		// A token that stood there already is one to put back.
		{"Mary wrote [name 1] and [Number-7].", "[name 1] wrote [text 1] and [text 2]."},
		{"[name 12345678] [Mary]", "[name [number 1]] [[name 1]]"},
	} {
		got, m := Mask(c.text, known)
		if got != c.want {
			t.Errorf("%q\n got %q\nwant %q", c.text, got, c.want)
		}
		if back := m.Back(got); back != c.text {
			t.Errorf("%q came back as %q", c.text, back)
		}
	}
}

func TestCommonWordsAreNoNames(t *testing.T) {
	for _, c := range []struct {
		names      []string
		text, want string
	}{
		{[]string{"May Mark"}, "You may mark the box. May I? Mark it.", "You may mark the box. [name 1] I? [name 1a] it."},
		{[]string{"Will"}, "I will ask Will.", "I will ask [name 1]."},
		{[]string{"Bo"}, "bo and Bo", "bo and [name 1]"},
		{[]string{"Priya"}, "priya and Priya", "[name 1] and [name 1a]"},
		{[]string{"The Garden Company"}, "The company has a garden. The Garden Company", "The company has a garden. [name 1]"},
		{[]string{"王伟"}, "王伟先生您好", "[name 1]先生您好"},
		{[]string{"Åsa Öberg"}, "ÅSA ÖBERG, Åsas, Asa", "[name 1], Åsas, [name 1a]"},
		{[]string{"", " ", "-", "."}, "- . a", "- . a"},
		{[]string{"Jean-Luc O'Neil"}, "Jean and O'Neil, Luc", "[name 1] and [name 1a], [name 1b]"},
	} {
		if got, _ := Mask(c.text, Private{Names: c.names}); got != c.want {
			t.Errorf("%v in %q\n got %q\nwant %q", c.names, c.text, got, c.want)
		}
	}
}

func TestModelsWriteTokensTheirOwnWay(t *testing.T) {
	_, m := Mask("Mary Shaw, Mary, 0113 496 0123", known)
	for text, want := range map[string]string{
		"[Name 1]":            "Mary Shaw",
		"[NAME 1A]'s":         "Mary's",
		"[ name 1 ]":          "Mary Shaw",
		"[name-1], [name_1a]": "Mary Shaw, Mary",
		"[name1]":             "Mary Shaw",
		"[number #1]":         "0113 496 0123",
		"[name 2] [name 1z]":  "[name 2] [name 1z]", // nobody gave these
		"name 1":              "name 1",
		"[name one]":          "[name one]",
		"[name 1":             "[name 1",
		"[[name 1]]":          "[Mary Shaw]",
	} {
		if got := m.Back(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if got := (Masks{}).Back("[name 1]"); got != "[name 1]" {
		t.Errorf("the zero Masks gave %q", got)
	}
}

func TestStreamsNeverShowHalfAToken(t *testing.T) {
	_, m := Mask("Mary Shaw, Mary, Leeds, 0113 496 0123", known)
	text := "Hello [Name 1], [[name 1a] [name 9] [no [number 1]! [" + strings.Repeat("x", 60) + "] [place 1]'s [name"
	want := m.Back(text)
	for step := 1; step <= len(text); step++ {
		u := m.Stream()
		got := ""
		for i := 0; i < len(text); i += step {
			shown := u.Write(text[i:min(i+step, len(text))])
			got += shown
			if strings.Contains(strings.ReplaceAll(got, "[name 9]", ""), "[name 1") || strings.HasSuffix(shown, "[num") {
				t.Fatalf("in steps of %d it shows %q", step, got)
			}
		}
		if got += u.Flush(); got != want {
			t.Fatalf("in steps of %d:\n got %q\nwant %q", step, got, want)
		}
	}
}

func TestTokensAreFound(t *testing.T) {
	got := Tokens("a [name 1a] [Name 01] [number 2] [x 1]")
	if len(got) != 3 || got[0].Thing != "name 1" || got[1].Thing != "name 1" || got[2].Thing != "number 2" || got[0].From != 2 || got[0].To != 11 {
		t.Errorf("%+v", got)
	}
}

func TestManyNumbersKeepTheirTokens(t *testing.T) {
	var b strings.Builder
	for i := range 60_000 {
		b.WriteString("order ")
		b.WriteString(strings.Repeat("1", 5))
		b.WriteByte(byte('0' + i%10))
		b.WriteString(string(rune('0'+i/10%10)) + string(rune('0'+i/100%10)) + string(rune('0'+i/1000%10)) + string(rune('0'+i/10000%10)) + ", Mary.\n")
	}
	masked, m := Mask(b.String(), known)
	if m.Back(masked) != b.String() {
		t.Error("it does not come back")
	}
	if strings.Contains(masked, "Mary") || regexp.MustCompile(`11111\d{5}`).MatchString(masked) {
		t.Error("something is left")
	}
}

func TestHugeFieldsEnd(t *testing.T) {
	huge := strings.Repeat("Ab Cd, Ef\n", 10_000)
	text := strings.Repeat("ab Ab cd Cd [", 20_000)
	masked, m := Mask(text, Private{Names: []string{huge}, Places: []string{huge}, Numbers: []string{huge}})
	if m.Back(masked) != text {
		t.Error("it does not come back")
	}
}

func FuzzMask(f *testing.F) {
	f.Add("Mary Shaw's [name 1] 0113 496 0123 and m@x.example", "Mary Shaw", "Leeds")
	f.Add("[Name-01 ] MARY [[text 1]", "Mary", "[text")
	f.Add("ſhaw SHAW İ", "Shaw İ", "ß")
	f.Fuzz(func(t *testing.T, text, who, where string) {
		masked, m := Mask(text, Private{Names: []string{who}, Places: []string{where}, Numbers: []string{where}})
		if back := m.Back(masked); back != text {
			t.Fatalf("%q with %q, %q\nmasked %q\n back %q", text, who, where, masked, back)
		}
		u := m.Stream()
		var got strings.Builder
		for i := range len(masked) {
			got.WriteString(u.Write(masked[i : i+1]))
		}
		got.WriteString(u.Flush())
		if got.String() != text {
			t.Fatalf("streamed: %q, want %q", got.String(), text)
		}
		// A whole name of at least three letters is gone where it stood as a word.
		if name := strings.Join(strings.Fields(who), " "); utf8.ValidString(text) && regexp.MustCompile(`^[A-Z][a-z]{2,}( [A-Z][a-z]{2,})?$`).MatchString(name) && !ordinary[strings.ToLower(name)] {
			if at := regexp.MustCompile(`(^|[^\pL\pN\pM])` + name + `($|[^\pL\pN\pM])`).FindString(stripped(masked)); at != "" {
				t.Fatalf("%q is left in %q", at, masked)
			}
		}
	})
}

// stripped is a text without tokens, whose own words may be a name, too.
func stripped(masked string) string { return tokens.ReplaceAllString(masked, "|") }

func BenchmarkMask(b *testing.B) {
	text := strings.Repeat("Mary Shaw of Leeds rang from 0113 496 0123 about order TF-20231, write to mary@shaw.example. ", 50)
	for b.Loop() {
		Mask(text, known)
	}
}
