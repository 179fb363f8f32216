package phone

import (
	"strings"
	"unicode"
)

// Split cuts a cell that holds several numbers, "020 7946 0123 / 07700 900123",
// into one text for each. A cell with one number comes back alone; an empty cell
// gives nothing. "020 7946 0123/4" is two numbers that differ in their last digits.
func Split(cell string) []string {
	if two := alternative(cell); two != nil {
		return two
	}
	parts := strings.FieldsFunc(strings.ReplaceAll(cell, " ::: ", "\n"), func(c rune) bool {
		return strings.ContainsRune("/|,;\n\r·•、，；／｜", c)
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
		for _, word := range []string{" or ", " and ", " oder ", " und ", " ou ", " & ", " + "} {
			part = strings.ReplaceAll(part, word, "\n")
		}
		if countDigits(part) > maxDigits { // no number is so long
			part = strings.NewReplacer(" - ", "\n", " – ", "\n", "  ", "\n", "\t", "\n").Replace(part)
		}
		for one := range strings.SplitSeq(part, "\n") {
			out = append(out, labelled(one)...)
		}
	}
	return out
}

func whole(cell string) []string {
	if cell = strings.TrimSpace(cell); cell != "" {
		return []string{cell}
	}
	return nil
}

// labelled cuts between two numbers at the word that one of them has, "H: 01632 960123
// W: 020 7946 0123", or at the plus of the second.
func labelled(text string) (out []string) {
	if strings.ContainsAny(text, "@=<%") {
		return []string{text}
	}
	count, start, before, left := 0, 0, ' ', countDigits(text)
	for i, c := range text {
		word := unicode.IsLetter(c) && !unicode.IsLetter(before)
		switch {
		case unicode.IsDigit(c):
			count++
			left--
		case count < minNational || left < minNational:
		case word && isExtWord(strings.ToLower(firstWord(text[i:]))):
			return append(out, text[start:])
		case c == '+' && before == ' ', word:
			at := i
			if end := i + len(firstWord(text[i:])); word && strings.HasPrefix(text[end:], ")") {
				at = end + 1
			}
			out = append(out, text[start:at])
			count, start = 0, at
		}
		before = c
	}
	return append(out, text[start:])
}

func firstWord(text string) string {
	if i := strings.IndexFunc(text, func(c rune) bool { return !unicode.IsLetter(c) }); i >= 0 {
		return text[:i]
	}
	return text
}

func countDigits(text string) int { return len(digitsOf(plain(text))) }

// alternative reads a second number of which only the last digits are written, behind
// the one slash of the cell.
func alternative(cell string) []string {
	first, last, ok := strings.Cut(strings.TrimSpace(cell), "/")
	first, last = strings.TrimSpace(first), strings.Trim(last, " -")
	if !ok || last == "" || len(last) > 2 || !isDigits(last) || !endsInDigit(first) || countDigits(first) < minWhole {
		return nil
	}
	s, ok := scanFigures(first)
	if !ok || !isDigits(first[len(first)-len(last):]) || len(s.digits) < minWhole {
		return nil
	}
	return []string{first, first[:len(first)-len(last)] + last}
}
