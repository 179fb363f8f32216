package text

import (
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// eachLetter calls f with every letter and digit of Unicode.
func eachLetter(f func(r rune)) {
	for r := rune(0x21); r <= unicode.MaxRune; r++ {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			f(r)
		}
	}
}

func TestEveryLetterOfLatinLosesItsAccents(t *testing.T) {
	eachLetter(func(r rune) {
		pieces := []rune(norm.NFD.String(string(r)))
		if len(pieces) < 2 || pieces[0] >= 0x80 {
			return
		}
		if got, _ := words(For(""), string(r)); got != string(unicode.ToLower(pieces[0])) {
			t.Errorf("%c is read as %q, want %c", r, got, unicode.ToLower(pieces[0]))
		}
	})
}

func TestEveryLetterIsReadAlikeHoweverItIsWritten(t *testing.T) {
	eachLetter(func(r rune) {
		want, _ := words(For(""), string(r))
		if want == "" && !apostrophe(r) && strings.ContainsFunc(norm.NFKD.String(string(r)), func(p rune) bool { return unicode.IsLetter(p) && !joiner(p) && !accent(p) }) {
			t.Errorf("%c (%U) is left out", r, r)
		}
		for _, form := range []norm.Form{norm.NFC, norm.NFD, norm.NFKC} {
			if got, _ := words(For(""), form.String(string(r))); got != want {
				t.Errorf("%c (%U) is read as %q, and taken apart as %q", r, r, want, got)
			}
		}
		if again, _ := words(For(""), strings.ReplaceAll(want, "|", " ")); again != want {
			t.Errorf("%c (%U) is read as %q, and that as %q", r, r, want, again)
		}
	})
}

func TestTheCaseOfLettersDoesNotMatter(t *testing.T) {
	eachLetter(func(r rune) {
		lower := unicode.ToLower(r)
		if lower == r || r > 0x24FF {
			return
		}
		want, _ := words(For(""), string(lower))
		if got, _ := words(For(""), string(r)); got != want {
			t.Errorf("%c is read as %q, %c as %q", r, got, lower, want)
		}
	})
}

func TestDigitsOfEveryScriptAreOne(t *testing.T) {
	for _, twelve := range []string{"12", "１２", "١٢", "۱۲", "१२", "১২", "੧੨", "૧૨", "୧୨", "௧௨", "౧౨", "೧೨", "൧൨", "๑๒", "໑໒", "༡༢", "၁၂", "១២", "𝟏𝟐"} {
		if got, _ := words(For(""), twelve); got != "12" {
			t.Errorf("%s is read as %q", twelve, got)
		}
	}
}

func TestAccentsOnTheirOwnAreNoWords(t *testing.T) {
	for _, text := range []string{"\u0301", " \u0301 ", "❤\ufe0f", "1\ufe0f\u20e3", "\u0640", "\u200d", "´", "'", "ʼ", "\u3099", "\u0e34", "{{\u0301}}"} {
		got, _ := words(For("fr"), text)
		if strings.Trim(got, "1") != "" {
			t.Errorf("%q has the words %q", text, got)
		}
	}
}

func TestPlainLettersAreThoseThatStayAsTheyAre(t *testing.T) {
	n := 0
	eachLetter(func(r rune) {
		if !plain(r) {
			return
		}
		n++
		if got, _ := words(For(""), string(r)); got != string(r) || same(r) != r || spelt(r) != "" || norm.NFKD.String(string(r)) != string(r) || unicode.ToLower(r) != r {
			t.Errorf("%c is not plain: it is read as %q", r, got)
		}
	})
	if n < 100 {
		t.Errorf("%d letters are plain", n)
	}
}
