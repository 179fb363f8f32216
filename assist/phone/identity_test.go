package phone

import (
	"strings"
	"testing"
)

func TestCallerIsWhoIsTrustedMost(t *testing.T) {
	for _, c := range []struct{ pai, rpid, from, number, name string }{
		{"", "", `"Mary Shaw" <sip:02079460123@pbx.example>;tag=99`, "02079460123", "Mary Shaw"},
		{`"Mary Shaw" <tel:+442079460123>`, "", `<sip:anonymous@anonymous.invalid>;tag=1`, "+442079460123", "Mary Shaw"},
		{`<sip:214@pbx.example>, <tel:+442079460123>`, "", ``, "+442079460123", ""},
		{`<sip:+442079460123@pbx.example;user=phone>`, `<sip:+441134960123@pbx.example>`, `<sip:+441632960123@x>`, "+442079460123", ""},
		{``, `"Anna" <sip:+441134960123@pbx.example>;party=calling;screen=yes;privacy=off`, `<sip:+441632960123@x>`, "+441134960123", "Anna"},
		{``, `"Anna" <sip:+441134960123@pbx.example>;party=calling;privacy=full`, `"Anonymous" <sip:anonymous@anonymous.invalid>`, "", ""},
		{``, ``, `"07700 900123" <sip:anonymous@anonymous.invalid>`, "", ""},
		{``, ``, `"Call 020 7946 0123 now" <sip:mary.shaw@pbx.example>`, "", "Call 020 7946 0123 now"},
		{``, ``, `"Trunk" <sip:trunk7-442079460123@pbx.example>`, "", "Trunk"},
		{``, ``, `"Shaw, Mary \"May\" <the owner>" <sip:%2B442079460123@pbx.example:5060;transport=tcp>;tag=a`, "+442079460123", `Shaw, Mary "May" <the owner>`},
		{``, ``, `Mary Shaw <sip:+442079460123@pbx.example>`, "+442079460123", "Mary Shaw"},
		{``, ``, `sip:+442079460123@pbx.example;tag=x`, "+442079460123", ""},
		{``, ``, `tel:7946-0123;phone-context=+44-20`, "7946-0123;phone-context=+44-20", ""},
		{``, ``, `<tel:+442079460123;ext=12>`, "+442079460123;ext=12", ""},
		{``, ``, `<sip:7946-0123;phone-context=+4420@pbx.example;user=phone>`, "7946-0123;phone-context=+4420", ""},
		{``, ``, `<sip:214:secret@pbx.example>`, "214", ""},
		{``, ``, `<sip:pbx.example>`, "", ""},
		{``, ``, `"Restricted" <sip:restricted@pbx.example>`, "", ""},
		{``, ``, `"Unavailable" <sip:unavailable@pbx.example>`, "", ""},
		{`"" <sip:anonymous@anonymous.invalid>`, ``, `<sip:+442079460123@pbx.example>`, "+442079460123", ""},
		{``, ``, `<https://example.org/020>`, "", ""},
		{``, ``, ``, "", ""},
	} {
		list := func(s string) []string {
			if s == "" {
				return nil
			}
			return []string{s}
		}
		number, name := Caller(list(c.pai), list(c.rpid), list(c.from))
		if number != c.number || name != c.name {
			t.Errorf("PAI %s, RPID %s, From %s: %q %q, want %q %q", c.pai, c.rpid, c.from, number, name, c.number, c.name)
		}
	}
}

func FuzzCaller(f *testing.F) {
	f.Add(`"Mary" <tel:+44>, <sip:1@x>`, `<sip:a@b>;privacy=full`, `"\" <`)
	f.Fuzz(func(t *testing.T, pai, rpid, from string) {
		number, _ := Caller([]string{pai}, []string{rpid}, []string{from})
		if number != "" && digitsOf(plain(number)) == "" {
			t.Errorf("the number %q has no digits", number)
		}
		if user, _, _ := strings.Cut(number, ";"); strings.ContainsAny(user, "abcdefghijklmnopqrstuvwxyz@<>\"") {
			t.Errorf("the number %q has letters", number)
		}
	})
}
