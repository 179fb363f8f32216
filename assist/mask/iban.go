package mask

// ibans returns where the numbers of bank accounts stand: two letters, two digits and up
// to 30 more, in groups or not, whose check digits are right.
func ibans(text string) []Found {
	var out []Found
	for i := 0; i+15 <= len(text); i++ {
		if !upper(text[i]) || !upper(text[i+1]) || !ascii(text[i+2]) || !ascii(text[i+3]) || i > 0 && (upper(text[i-1]) || ascii(text[i-1])) {
			continue
		}
		if to := ibanEnd(text, i); to > 0 {
			out = append(out, Found{From: i, To: to})
			i = to - 1
		}
	}
	return out
}

// ibanEnd returns where the longest account number that begins here ends, 0 when there is
// none. Its check: the first four signs put behind the rest, letters as 10 to 35, the
// rest of a division by 97 is 1.
func ibanEnd(text string, from int) (end int) {
	rest, signs := 0, 0
	add := func(rest int, c byte) int {
		if upper(c) {
			return (rest*100 + int(c-'A') + 10) % 97
		}
		return (rest*10 + int(c-'0')) % 97
	}
	for i := from; i < len(text) && signs < 34; i++ {
		c := text[i]
		if c == ' ' || c == '-' {
			continue
		}
		if !upper(c) && !ascii(c) {
			break
		}
		if signs++; signs > 4 {
			rest = add(rest, c)
		}
		if signs < 15 {
			continue
		}
		whole := rest
		for _, c := range []byte(text[from : from+4]) {
			whole = add(whole, c)
		}
		if whole == 1 {
			end = i + 1
		}
	}
	return end
}

func upper(c byte) bool { return c >= 'A' && c <= 'Z' }

func ascii(c byte) bool { return c >= '0' && c <= '9' }
