package phone

import (
	"strings"
	"unicode/utf8"
)

const (
	longestNumber = 40 // letters of a number as people write it
	mostDigits    = 15 // of a number that no network gives out; a bank card has 16
)

// Whole reads a text that is a phone number and nothing else, as one that was copied; false for
// what only looks like one: dates, prices, bank cards, order numbers with letters.
func Whole(text, region string) (Number, bool) {
	text = strings.TrimSpace(text)
	if utf8.RuneCountInString(text) > longestNumber {
		return Number{}, false
	}
	n := Parse(text, region)
	written := strings.TrimSpace(strings.TrimPrefix(text, "tel:"))
	if n.Ext != "" {
		written = strings.TrimRight(written, n.Ext+" .:extEXTnsio#,;-")
	}
	if n.Withheld || strings.ContainsFunc(written, unwritten) || otherwise(written) {
		return n, false
	}
	count := len(digitsOnly(written))
	return n, n.Valid || count >= minNational && count <= mostDigits
}

// unwritten reports whether no number has this letter in it.
func unwritten(r rune) bool { return !strings.ContainsRune("+0123456789 \u00a0()-./", r) }

func digitsOnly(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

// otherwise reports whether these digits are a day, a price or an address of the
// network.
func otherwise(s string) bool {
	for _, mark := range []string{"-", ".", "/"} {
		parts := strings.Split(s, mark)
		switch {
		case len(parts) == 3 && day(parts):
			return true
		case mark != "." || strings.Trim(s, "0123456789.") != "":
		case len(parts) == 2 && len(parts[1]) == 2, len(parts) == 4 && widest(parts) <= 3:
			return true
		}
	}
	return false
}

// day reports whether the three are a day, a month and a year, in some order.
func day(parts []string) bool {
	if digitsOnly(strings.Join(parts, "")) != strings.Join(parts, "") {
		return false
	}
	first, middle, last := len(parts[0]), len(parts[1]), len(parts[2])
	return middle <= 2 && (first == 4 && last <= 2 || first <= 2 && (last == 4 || last == 2))
}

func widest(parts []string) (n int) {
	for _, p := range parts {
		n = max(n, len(p))
	}
	return n
}
