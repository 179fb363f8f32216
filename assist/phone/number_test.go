package phone

import (
	"testing"

	"ringside/assist"
)

func TestParseReadsOneNumberInManySpellings(t *testing.T) {
	for _, c := range []struct{ raw, region, e164, ext string }{
		{"+44 20 7946 0123", "US", "+442079460123", ""},
		{"020 7946 0123", "GB", "+442079460123", ""},
		{"(020) 7946 0123", "GB", "+442079460123", ""},
		{"(020) 7946-0123", "GB", "+442079460123", ""},
		{"020.7946.0123", "GB", "+442079460123", ""},
		{"020-7946-0123", "", "+442079460123", ""},
		{"02079460123", "gb", "+442079460123", ""},
		{"442079460123", "GB", "+442079460123", ""},
		{"+44 (0)20 7946 0123", "GB", "+442079460123", ""},
		{"+44 (0) 20 7946 0123", "DE", "+442079460123", ""},
		{"(+44) 020 7946 0123", "US", "+442079460123", ""},
		{"0044 20 7946 0123", "GB", "+442079460123", ""},
		{"0044 (0)20 7946 0123", "GB", "+442079460123", ""},
		{"0044 20 7946 0123", "US", "+442079460123", ""},
		{"011 44 20 7946 0123", "US", "+442079460123", ""},
		{"+0044 20 7946 0123", "GB", "+442079460123", ""},
		{"020\u00a07946\u00a00123", "GB", "+442079460123", ""},
		{"\u202a+44 20 7946 0123\u202c", "GB", "+442079460123", ""},
		{"020‑7946–0123", "GB", "+442079460123", ""},
		{"０２０ ７９４６ ０１２３", "GB", "+442079460123", ""},
		{"＋４４ ２０ ７９４６ ０１２３", "GB", "+442079460123", ""},
		{"+٤٤ ٢٠ ٧٩٤٦ ٠١٢٣", "GB", "+442079460123", ""},
		{"۰۲۰ ۷۹۴۶ ۰۱۲۳", "GB", "+442079460123", ""},
		{"020 7946 0123 (office)", "GB", "+442079460123", ""},
		{"(home) 020 7946 0123", "GB", "+442079460123", ""},
		{"Tel: 020 7946 0123", "GB", "+442079460123", ""},
		{"'+442079460123", "GB", "+442079460123", ""},
		{"tel:+44-20-7946-0123", "GB", "+442079460123", ""},
		{"TEL:02079460123", "GB", "+442079460123", ""},
		{"tel:7946-0123;phone-context=+44-20", "US", "+442079460123", ""},
		{"callto://+442079460123", "GB", "+442079460123", ""},
		{"sip:+442079460123@pbx.example;user=phone", "GB", "+442079460123", ""},
		{"sips:%2B442079460123@10.0.0.1:5061", "GB", "+442079460123", ""},
		{`"Mary Shaw" <sip:02079460123@pbx.example>;tag=99`, "GB", "+442079460123", ""},
		{"tel:+442079460123;ext=123", "GB", "+442079460123", "123"},
		{"020 7946 0123;ext=123", "GB", "+442079460123", "123"},
		{"020 7946 0123 x123", "GB", "+442079460123", "123"},
		{"020 7946 0123x123", "GB", "+442079460123", "123"},
		{"020 7946 0123 ext. 123", "GB", "+442079460123", "123"},
		{"020 7946 0123 EXT 123", "GB", "+442079460123", "123"},
		{"020 7946 0123, extension 123", "GB", "+442079460123", "123"},
		{"020 7946 0123 (ext 123)", "GB", "+442079460123", "123"},
		{"020 7946 0123 #123", "GB", "+442079460123", "123"},
		{"(212) 555-0123", "US", "+12125550123", ""},
		{"1-212-555-0123", "US", "+12125550123", ""},
		{"+1 (212) 555 0123", "GB", "+12125550123", ""},
		{"1-800-FLOWERS", "US", "+18003569377", ""},
		{"0113 496 0123", "GB", "+441134960123", ""},
		{"030 23125 123", "DE", "+493023125123", ""},
		{"+39 (0)6 6982 1234", "IT", "+390669821234", ""},
		{"+39 06 6982 1234", "GB", "+390669821234", ""},
		{"01 99 00 12 34", "FR", "+33199001234", ""},
	} {
		n := Parse(c.raw, c.region)
		if n.E164 != c.e164 || n.Ext != c.ext || !n.Valid || n.Withheld {
			t.Errorf("Parse(%q, %q) = %+v, want %s ext %q", c.raw, c.region, n, c.e164, c.ext)
		}
	}
}

func TestParseKnowsWhatIsNoNumber(t *testing.T) {
	for _, raw := range []string{"", "  ", "anonymous", "Anonymous", "PRIVATE", "unknown", "Withheld", "-",
		"sip:anonymous@anonymous.invalid", `"Anonymous" <sip:anonymous@anonymous.invalid>`, "(unknown)"} {
		if n := Parse(raw, "GB"); !n.Withheld || n.Keys() != nil || n.E164 != "" {
			t.Errorf("Parse(%q) = %+v, want withheld", raw, n)
		}
	}
	for _, raw := range []string{"ask Mary", "+"} {
		if n := Parse(raw, "GB"); n.Withheld || n.Digits != "" || n.Keys() != nil {
			t.Errorf("Parse(%q) = %+v, want no digits and not withheld", raw, n)
		}
	}
}

func TestShortExtensionsMatchOnlyThemselves(t *testing.T) {
	for _, raw := range []string{"214", "ext. 214", "x214", " 2-1-4 ", "sip:214@pbx"} {
		n := Parse(raw, "GB")
		if n.Valid || n.E164 != "" || len(n.Keys()) != 1 || n.Keys()[0] != "214" {
			t.Errorf("Parse(%q) = %+v keys %v, want the one key 214", raw, n, n.Keys())
		}
	}
	for _, region := range []string{"GB", "US", "DE", "FR"} {
		if n := Parse("1234", region); n.Valid || n.Keys()[0] != "1234" {
			t.Errorf("Parse(1234, %s) = %+v, want an extension", region, n)
		}
	}
}

func TestInvalidNumbersShareAKeyHoweverWritten(t *testing.T) {
	for _, same := range [][]string{
		{"07700 900123", "+44 7700 900123", "+44 (0)7700 900123", "00447700900123", "447700900123", "7700900123"},
		{"0378 12345", "+44 378 12345", "+44 (0)378 12345", "0044 378 12345"},
		{"01632 960 123", "+441632960123", "0044 1632 960123", "01632960123"},
		{"020 0000 00001", "+44 20 0000 00001", "+44 (0)20 0000 00001"},
		{"020 7946 0123 4567", "+44 20 7946 0123 4567", "+44 (0)20 7946 0123 4567", "0044 20 7946 0123 4567"},
	} {
		want := Parse(same[0], "GB").Keys()[0]
		for _, raw := range same {
			if got := Parse(raw, "GB").Keys(); len(got) == 0 || got[len(got)-1] != want {
				t.Errorf("keys of %q = %v, want %s as for %q", raw, got, want, same[0])
			}
		}
	}
}

func TestNearMissesShareNoKey(t *testing.T) {
	for _, pair := range [][2]string{
		{"020 7946 0123", "020 7946 0124"},
		{"020 7946 0123", "7946 0123"},
		{"020 7946 0123", "+1 20 7946 0123"},
		{"07700 900123", "07700 900124"},
		{"214", "0214"},
		{"214", "+44 214"},
		{"1234", "+44 1234"},
		{"020 7946 0123", "0123"},
		{"+1 212 555 0123", "+44 212 555 0123"},
	} {
		seen := map[string]bool{}
		for _, k := range Parse(pair[0], "GB").Keys() {
			seen[k] = true
		}
		for _, k := range Parse(pair[1], "GB").Keys() {
			if seen[k] {
				t.Errorf("%q and %q share the key %s", pair[0], pair[1], k)
			}
		}
	}
}

func TestKeysOfTakesTheKeptE164(t *testing.T) {
	kept := assist.Phone{Raw: "212 555 0123 x9", E164: "+12125550123"}
	if got := KeysOf(kept, "GB"); len(got) != 2 || got[0] != "12125550123x9" || got[1] != "12125550123" {
		t.Errorf("keys = %v", got)
	}
	if got := KeysOf(assist.Phone{Raw: "07700 900123"}, "GB"); len(got) != 1 || got[0] != "447700900123" {
		t.Errorf("keys without E164 = %v", got)
	}
}

func TestShowIsForPeople(t *testing.T) {
	for raw, want := range map[string]string{
		"0113 496 0123":        "+44 113 496 0123",
		"0113 496 0123 ext 12": "+44 113 496 0123 ext. 12",
		" 214 ":                "214",
		"ask Mary":             "ask Mary",
	} {
		if got := Parse(raw, "GB").Show(); got != want {
			t.Errorf("Show of %q = %q, want %q", raw, got, want)
		}
	}
}

func TestSplitFindsEveryNumberOfACell(t *testing.T) {
	for cell, want := range map[string][]string{
		"020 7946 0123 / 07700 900123":               {"020 7946 0123", "07700 900123"},
		"+442079460123 ::: +447700900123":            {"+442079460123", "+447700900123"},
		"020 7946 0123; 07700 900123, 0113 496 0123": {"020 7946 0123", "07700 900123", "0113 496 0123"},
		"020 7946 0123 or 07700 900123":              {"020 7946 0123", "07700 900123"},
		"020 7946 0123\n07700 900123":                {"020 7946 0123", "07700 900123"},
		"0211/4960123":                               {"0211/4960123"},
		"020 7946 0123;ext=12":                       {"020 7946 0123;ext=12"},
		"020 7946 0123, ext 12":                      {"020 7946 0123, ext 12"},
		" 214 ":                                      {"214"},
		" ":                                          nil,
	} {
		got := Split(cell)
		if len(got) != len(want) {
			t.Errorf("Split(%q) = %q, want %q", cell, got, want)
			continue
		}
		for i := range got {
			if got[i] != want[i] {
				t.Errorf("Split(%q) = %q, want %q", cell, got, want)
			}
		}
	}
}

func FuzzNumber(f *testing.F) {
	for _, s := range []string{"020 7946 0123", "tel:+44;ext=1", "x", "1-800-FLOWERS", "<", "%2B", "٤٤", ";phone-context=+"} {
		f.Add(s, "GB")
	}
	gb := NewParser("GB")
	f.Fuzz(func(t *testing.T, raw, region string) {
		n := Parse(raw, region)
		if fast, slow := gb.Parse(raw), Parse(raw, "GB"); fast != slow {
			t.Fatalf("%q: the parser gives %+v, Parse gives %+v", raw, fast, slow)
		}
		if n.Valid != (n.E164 != "") {
			t.Fatalf("%q: valid and E164 disagree: %+v", raw, n)
		}
		if len(n.Digits) >= 2 && len(n.Keys()) == 0 {
			t.Fatalf("%q has digits and no key: %+v", raw, n)
		}
		if n.Valid {
			again := Parse(n.E164, region)
			if again.E164 != n.E164 || again.Keys()[0] != n.Digits {
				t.Fatalf("%q gives %s, which gives %+v", raw, n.E164, again)
			}
		}
		for _, part := range Split(raw) {
			if part == "" {
				t.Fatalf("Split(%q) has an empty part", raw)
			}
		}
	})
}

func BenchmarkParse(b *testing.B) {
	for b.Loop() {
		Parse("020 7946 0123", "GB")
	}
}
