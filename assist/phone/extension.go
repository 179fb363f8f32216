package phone

import "strings"

// maxExt is the longest extension that is still one: what is longer is another
// number.
const maxExt = 7

// cutExtension splits "020 7946 0123 ext. 12" behind the number. The word must
// stand between the digits of the number and those of the extension.
func cutExtension(text string) (number, ext string) {
	end := strings.TrimRight(text, " .)]")
	start := len(end)
	for start > 0 && (isDigit(end[start-1]) || end[start-1] == ' ' && start > 1 && isDigit(end[start-2])) {
		start--
	}
	tail := strings.TrimSpace(end[start:])
	if tail == "" || len(digitsOf(tail)) > maxExt {
		return text, ""
	}
	head := strings.TrimRight(end[:start], " .:=")
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

// Split cuts a cell that holds several numbers, "020 7946 0123 / 07700 900123",
// into one text for each. A cell with one number comes back alone; an empty cell
// gives nothing.
func Split(cell string) []string {
	parts := strings.FieldsFunc(strings.ReplaceAll(cell, " ::: ", "\n"), func(c rune) bool {
		return c == '/' || c == '|' || c == ',' || c == ';' || c == '\n' || c == '\r' || c == '·' || c == '•'
	})
	var out []string
	for _, part := range wordParts(parts) {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	for _, part := range out {
		// "0211/4960123" and "020 7946 0123;ext=12" are one number, not two.
		if len(digitsOf(plain(part))) < minNational {
			return whole(cell)
		}
	}
	if len(out) < 2 {
		return whole(cell)
	}
	return out
}

// wordParts cuts further at "or", "and" and "oder" between two numbers.
func wordParts(parts []string) (out []string) {
	for _, part := range parts {
		for _, word := range []string{" or ", " and ", " oder ", " und ", " ou ", " & "} {
			part = strings.ReplaceAll(part, word, "\n")
		}
		out = append(out, strings.Split(part, "\n")...)
	}
	return out
}

func whole(cell string) []string {
	if cell = strings.TrimSpace(cell); cell != "" {
		return []string{cell}
	}
	return nil
}
