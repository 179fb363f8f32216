package phone

import "unicode"

// Masked hides a number but for its last two digits, for eyes that need not know it:
// "+•• ••• ••• ••23". Letters are hidden, too.
func Masked(number string) string {
	runes := []rune(number)
	shown := 0
	for i := len(runes) - 1; i >= 0; i-- {
		switch {
		case unicode.IsDigit(runes[i]):
			if shown++; shown > 2 {
				runes[i] = '•'
			}
		case unicode.IsLetter(runes[i]):
			runes[i] = '•'
		}
	}
	if shown <= 2 { // so short that its end is all of it
		for i, r := range runes {
			if unicode.IsDigit(r) {
				runes[i] = '•'
			}
		}
	}
	return string(runes)
}
