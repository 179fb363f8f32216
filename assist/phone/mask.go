package phone

import (
	"strings"
	"unicode"
)

// Masked returns a number of which only the last two digits can be read,
// "+•• ••• ••• ••23", for lists that others may see. What has no more than two digits
// shows none of them.
func Masked(number string) string {
	left := 0
	for _, r := range number {
		if unicode.IsDigit(r) {
			left++
		}
	}
	shown := 2
	if left <= shown {
		shown = 0
	}
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsDigit(r):
			if left--; left < shown {
				return r
			}
			return '•'
		case unicode.IsLetter(r):
			return '•'
		}
		return r
	}, number)
}
