package phone

import (
	"strings"
	"unicode"
)

// maxExt is the longest extension that is still one: what is longer is another
// number.
const maxExt = 7

// minWhole is how many digits a number has when what follows it, behind a comma or a
// word, is no part of it.
const minWhole = 9

// cutExtension splits "020 7946 0123 ext. 12" behind the number. The word must
// stand between the digits of the number and those of the extension.
func cutExtension(text string) (number, ext string) {
	end := strings.TrimRight(text, " .)]#")
	start := len(end)
	for start > 0 && (isDigit(end[start-1]) || end[start-1] == ' ' && start > 1 && isDigit(end[start-2])) {
		start--
	}
	tail := strings.TrimSpace(end[start:])
	if tail == "" || len(digitsOf(tail)) > maxExt {
		return text, ""
	}
	head := strings.TrimRight(end[:start], " .:=")
	if rest := strings.TrimRight(head, ",;~pPwW "); rest != head && endsInDigit(rest) && len(digitsOf(rest)) >= minWhole {
		return rest, tail // a phone waits there before it dials on
	}
	word := len(head)
	for word > 0 && isWordByte(head[word-1]) {
		word--
	}
	if !isExtWord(strings.ToLower(head[word:])) {
		return text, ""
	}
	return head[:word], tail
}

func isExtWord(word string) bool {
	switch word {
	case "x", "#", "ext", "extn", "extension", "xtn", "durchwahl", "dw", "poste", "int", "interno", "anexo", "ramal", "доб", "toestel":
		return true
	}
	return false
}

func endsInDigit(text string) bool { return text != "" && isDigit(text[len(text)-1]) }

// cutWords takes away what is said behind a number, with the digits in it: "020 7946
// 0123 (desk 2)", "020 7946 0123 24h".
func cutWords(text string) string {
	count := 0
	for i, c := range text {
		switch {
		case c >= '0' && c <= '9':
			count++
		case count < minWhole || !unicode.IsLetter(c):
		case len(digitsOf(text[i:])) >= minNational:
			return text
		default:
			number := strings.TrimRight(text[:i], "0123456789")
			if len(digitsOf(number)) >= minWhole && i-len(number) <= 2 && strings.HasSuffix(number, " ") {
				return number
			}
			return text[:i]
		}
	}
	return text
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isWordByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '#' || c >= 0x80
}

// vanity returns the number with its letters, "1-800-FLOWERS", when the digits
// alone are too few to be one and capitals complete it; else "". The numbering
// plan turns the letters into keys.
func vanity(text, digits string) string {
	first := strings.IndexFunc(text, notPunctuation)
	if first < 0 || !isDigit(text[first]) || len(digits) < 3 || len(digits) >= minNational {
		return ""
	}
	letters := 0
	for i := range len(text) {
		switch c := text[i]; {
		case c >= 'A' && c <= 'Z':
			letters++
		case c >= 'a' && c <= 'z' || c >= 0x80:
			return ""
		}
	}
	if letters < 3 || letters+len(digits) < 10 || letters+len(digits) > 13 {
		return ""
	}
	return text
}

func notPunctuation(c rune) bool {
	return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= 0x80
}
