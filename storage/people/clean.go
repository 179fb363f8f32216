package people

import (
	"strings"
	"unicode"

	"ringside/storage/csv"
)

// clean returns a cell as people mean it: without the tricks of spreadsheets,
// invisible characters and the words that mean "nothing". fault names a
// spreadsheet's error value.
func clean(cell string) (text, fault string) {
	if cell == "" {
		return "", ""
	}
	text = strings.TrimSpace(visible(csv.Restore(cell)))
	if len(text) > 12 || text == "" || !mayBeNothing(text[0]) {
		return text, ""
	}
	switch strings.ToLower(text) {
	case "#n/a", "#ref!", "#name?", "#value!", "#div/0!", "#null!", "#num!", "#spill!", "#calc!", "#error!", "#nv", "#wert!", "#bezug!", "err:508", "err:509", "err:502":
		return "", text
	case "n/a", "-", "--", "---", "–", "—", "null", "(null)", "none", "nil", "nan", "(blank)", "(none)", "undefined", `\n`, "k.a.", "n.a.", ".", "?":
		return "", ""
	}
	return text, ""
}

// mayBeNothing reports whether a word for "nothing" or an error value may begin with
// this byte.
func mayBeNothing(first byte) bool {
	switch first {
	case '#', 'e', 'E', 'n', 'N', '-', '(', 'u', 'U', '\\', 'k', 'K', '.', '?':
		return true
	}
	return first >= 0x80
}

// visible drops what cannot be seen and turns every kind of blank into a plain one.
func visible(s string) string {
	plain := true
	for i := range len(s) {
		if c := s[i]; c >= 0x80 || c < 0x20 || c == 0x7f {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	return strings.Map(func(c rune) rune {
		switch {
		case c == '\n' || c == '\t':
			return c
		case c == '\r':
			return '\n'
		case unicode.IsSpace(c):
			return ' '
		case unicode.IsControl(c) || unicode.Is(unicode.Cf, c) && c != '\u200d' && c != '\u200c':
			return -1
		}
		return c
	}, s)
}

// oneLine puts a text on one line with single blanks.
func oneLine(s string) string {
	if !strings.ContainsAny(s, "\n\t") && !strings.Contains(s, "  ") {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// mojibake reports whether a text looks as if UTF-8 was once read as another
// encoding: "MÃ¼ller".
func mojibake(s string) bool {
	if isASCII(s) {
		return false
	}
	if strings.ContainsRune(s, '\ufffd') {
		return true
	}
	for _, sign := range []string{"Ã¼", "Ã¶", "Ã¤", "ÃŸ", "Ã©", "Ã¨", "Ã¡", "Ã³", "Ã±", "Ã§", "Ã–", "Ãœ", "Ã„", "â€™", "â€œ", "â€“", "Ã­", "Ãº", "Ãª"} {
		if strings.Contains(s, sign) {
			return true
		}
	}
	return false
}

// address returns the e-mail address that a text is, in lower case; ok is false
// when it is none.
func address(s string) (mail string, ok bool) {
	if plainAddress(s) {
		return s, true
	}
	s = strings.ToLower(strings.TrimSpace(s))
	if i := strings.LastIndexByte(s, '<'); i >= 0 {
		s = s[i+1:]
	}
	s = strings.Trim(strings.TrimPrefix(strings.Trim(s, "<>\"'"), "mailto:"), " .,;<>")
	at := strings.IndexByte(s, '@')
	if at <= 0 || at != strings.LastIndexByte(s, '@') || len(s) > 254 || at > 64 {
		return s, false
	}
	if strings.ContainsAny(s, " \t\n,;:()[]\"\\<>|") || strings.HasPrefix(s, ".") || s[at-1] == '.' || strings.Contains(s, "..") {
		return s, false
	}
	return s, domain(s[at+1:])
}

// plainAddress reports whether a text is an address in small letters with nothing
// around it, as nearly all are. Others are looked at more closely.
func plainAddress(s string) bool {
	at := strings.IndexByte(s, '@')
	if at <= 0 || at > 64 || len(s) > 254 {
		return false
	}
	dot := strings.LastIndexByte(s, '.')
	return dot > at+1 && dot <= len(s)-3 && dotted(s[:at], "-_+") && dotted(s[at+1:], "")
}

// dotted reports whether a text is words of small letters, digits and the marks,
// with single dots between them.
func dotted(s, marks string) bool {
	word := false
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9', c != '.' && strings.IndexByte(marks, c) >= 0:
			word = true
		case c == '.' && word:
			word = false
		default:
			return false
		}
	}
	return word
}

// domain reports whether a text can be what stands behind the @.
func domain(s string) bool {
	dot := strings.LastIndexByte(s, '.')
	if dot <= 0 || dot > len(s)-3 || strings.HasPrefix(s, "-") || strings.HasSuffix(s, "-") {
		return false
	}
	for _, c := range s {
		if !unicode.IsLetter(c) && !unicode.IsDigit(c) && c != '-' && c != '.' {
			return false
		}
	}
	return true
}

// addresses splits a cell into the e-mail addresses in it and what is none.
func addresses(cell string) (good, bad []string) {
	if cell == "" {
		return nil, nil
	}
	if mail, ok := address(cell); ok {
		return []string{mail}, nil
	}
	parts := strings.FieldsFunc(strings.ReplaceAll(cell, " ::: ", "\n"), func(c rune) bool {
		return c == ',' || c == ';' || c == '\n' || c == '|' || c == ' ' || c == '/'
	})
	for _, part := range parts {
		if mail, ok := address(part); ok {
			good = append(good, mail)
		} else if strings.Contains(part, "@") || len(parts) == 1 {
			bad = append(bad, strings.TrimSpace(part))
		}
	}
	if len(good) == 0 && len(bad) == 0 {
		bad = []string{strings.TrimSpace(cell)}
	}
	return good, bad
}
