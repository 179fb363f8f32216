package index

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func words(text string) string {
	var out []string
	eachWord(text, func(w []byte) { out = append(out, string(w)) })
	return strings.Join(out, " ")
}

func TestWordsAreComparedWithoutCaseAndAccents(t *testing.T) {
	for text, want := range map[string]string{
		"Mary SHAW": "mary shaw", "Müller-Lüdenscheidt": "muller ludenscheidt", "Weiß": "weiss", "STRASSE": "strasse", "Łódź": "lodz",
		"Søren Ærø": "soren aero", "O'Brien O’Neill": "obrien oneill", "Ｆｕｌｌ": "full", "e\u0301t\u00e9": "ete", "王小明": "王 小 明", "x200, y": "x200 y",
		"Đặng": "dang", "Иванов": "иванов", "İstanbul ılık": "istanbul ilik", "a_b": "a b", "": "", "🙂": "", "\xff": "",
		"ﬁnd": "find", "½": "", strings.Repeat("a", 60): strings.Repeat("a", 40),
	} {
		if got := words(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestNamesOfManyPlacesAreFoldedAsPeopleTypeThem(t *testing.T) {
	for _, c := range [][2]string{
		{"Zoë Brontë", "zoe bronte"}, {"François Lefèvre", "francois lefevre"}, {"María-José Núñez", "maria jose nunez"}, {"Åse Ångström", "ase angstrom"},
		{"Jiří Dvořák", "jiri dvorak"}, {"Nguyễn Thị Hồng", "nguyen thi hong"}, {"Şükrü Çağlar", "sukru caglar"}, {"Þór Sigurðsson", "thor sigurdsson"},
		{"D’Angelo", "dangelo"}, {"Ó Súilleabháin", "o suilleabhain"}, {"d`Arc n´Dour", "darc ndour"}, {"Ħamrun", "hamrun"}, {"Œuvre", "oeuvre"},
		{"Ἀριστοτέλης", "αριστοτελης"}, {"ΑΘΗΝΑ", "αθηνα"}, {"Ёлкин Й", "елкин и"}, {"محمد", "محمد"}, {"ＡＢＣ１２", "abc12"},
		{"株式会社トヨタ", "株 式 会 社 ト ヨ タ"}, {"Acme株Ltd", "acme 株 ltd"}, {"AT&T", "at t"}, {"3M", "3m"}, {"ｶﾞﾝ", "カ ン"}, {"ガン", "カ ン"}, {"ﬀ", "ff"},
	} {
		if got := words(c[0]); got != c[1] {
			t.Errorf("%q: %q, want %q", c[0], got, c[1])
		}
	}
}

func TestPicturesAndControlCharactersAreGaps(t *testing.T) {
	for _, c := range [][2]string{
		{"Anna🙂Bell", "anna bell"}, {"👩‍💼 Ann 👍🏽", "ann"}, {"a\x00b\tc\r\nd\x7fe", "a b c d e"}, {"\u200bAnn\ufeff", "ann"}, {"🇬🇧", ""}, {"a\xffb", "a b"},
		{"\u202eAnn\u202c", "ann"}, {"…—–", ""}, {"''’", ""}, {"❤️", ""}, {"Ann ❤️", "ann"}, {"☎️ 12", "12"}, {"葛󠄀西", "葛 西"}, {"1️⃣", "1"},
	} {
		if got := words(c[0]); got != c[1] {
			t.Errorf("%q: %q, want %q", c[0], got, c[1])
		}
	}
}

func TestWordsTellWhereTheyBegin(t *testing.T) {
	for text, want := range map[string]string{
		"Mary Shaw": "mary 0, shaw 5", "  é-b": "e 2, b 5", "O'Brien x": "obrien 0, x 8", "王小x": "王 0, 小 3, x 6", "🙂a": "a 4", "x王": "x 0, 王 1", "\xffb": "b 1",
	} {
		var got []string
		eachWordAt(text, func(w []byte, at int) { got = append(got, fmt.Sprintf("%s %d", w, at)) })
		if strings.Join(got, ", ") != want {
			t.Errorf("%q: %v, want %s", text, got, want)
		}
	}
}

func TestOneWordOfTenThousandLettersCountsByItsFirstForty(t *testing.T) {
	for _, letter := range []string{"x", "é", "ж", "ﷺ", "한"} {
		long, short := words(strings.Repeat(letter, 10_000)), words(strings.Repeat(letter, longestWord))
		if long != short || long == "" || strings.Contains(long, " ") {
			t.Errorf("%s: %d bytes, of forty letters %d", letter, len(long), len(short))
		}
	}
	if n := len(strings.Fields(words(strings.Repeat("ab ", 10_000)))); n != 10_000 {
		t.Errorf("%d words of 10,000", n)
	}
}

// letters returns some letters of every script.
func letters(r *rand.Rand, n int) []rune {
	var out []rune
	for len(out) < n {
		if c := rune(r.IntN(0x30000)); unicode.IsLetter(c) && !unicode.In(c, unicode.Han, unicode.Hangul) || c < 0x500 && unicode.IsLetter(c) {
			out = append(out, c)
		}
	}
	return out
}

func TestWhatWasFoldedStaysAsItIs(t *testing.T) {
	for _, c := range letters(rand.New(rand.NewPCG(5, 5)), 20_000) {
		if isSign(c) {
			continue // one sign may stand for two words
		}
		once := words(string(c))
		if twice := words(once); once != twice {
			t.Errorf("%U %q: %q, then %q", c, c, once, twice)
		}
		if !utf8.ValidString(once) {
			t.Errorf("%U: %q is no text", c, once)
		}
	}
}

func TestAccentsMayBeLettersOfTheirOwn(t *testing.T) {
	for _, name := range []string{"Zoë", "Nguyễn Thị Hồng", "Ångström", "Jiří", "Ἀριστοτέλης", "Йод", "김철수", "ガンダム", "がぱ"} {
		if a, b := words(norm.NFC.String(name)), words(norm.NFD.String(name)); a != b || a == "" {
			t.Errorf("%s: composed %q, taken apart %q", name, a, b)
		}
	}
}

func TestAddressesAreComparedWithoutWhatStandsAroundThem(t *testing.T) {
	for typed, want := range map[string]string{
		"<Mary@Example.ORG>,": "mary@example.org", " a@b \r\n": "a@b", `"q@x.y";`: "q@x.y", "(a@b)": "a@b", "a@b.": "a@b.", "": "", "<>": "", "Ä@Ö.DE": "ä@ö.de",
	} {
		if got := foldMail(typed); got != want {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
}
