package mask

import "strings"

// brand is a range of card numbers: those that begin with from to to, both of the same
// length.
type brand struct {
	from, to string
	lengths  []int
}

var long = []int{16, 17, 18, 19}

// brands are the beginnings that the card schemes have published.
var brands = []brand{
	{"4", "4", []int{13, 16, 19}},     // Visa
	{"51", "55", []int{16}},           // Mastercard
	{"2221", "2720", []int{16}},       // Mastercard
	{"34", "34", []int{15}},           // American Express
	{"37", "37", []int{15}},           // American Express
	{"300", "305", []int{14, 16, 19}}, // Diners Club
	{"3095", "3095", []int{14, 16, 19}},
	{"36", "36", []int{14, 16, 19}},
	{"38", "39", []int{14, 16, 19}},
	{"3528", "3589", long},          // JCB
	{"6011", "6011", []int{16, 19}}, // Discover
	{"644", "649", []int{16, 19}},
	{"65", "65", []int{16, 19}},
	{"62", "62", long},                                      // UnionPay
	{"81", "81", long},                                      // UnionPay, RuPay
	{"50", "50", []int{12, 13, 14, 15, 16, 17, 18, 19}},     // Maestro, Verve, Elo
	{"56", "58", []int{12, 13, 14, 15, 16, 17, 18, 19}},     // Maestro
	{"6304", "6304", []int{12, 13, 14, 15, 16, 17, 18, 19}}, // Maestro
	{"6390", "6390", []int{12, 13, 14, 15, 16, 17, 18, 19}},
	{"67", "67", []int{12, 13, 14, 15, 16, 17, 18, 19}},
	{"60", "60", []int{16}},       // RuPay, Hipercard
	{"636", "637", []int{16, 19}}, // InterPayment, InstaPayment, Elo
	{"2200", "2204", long},        // Mir
	{"9792", "9792", []int{16}},   // Troy
	{"8600", "8600", []int{16}},   // Uzcard
	{"9860", "9860", []int{16}},   // Humo
}

// isCard reports whether the digits have a brand's beginning and length, and pass
// Luhn's check.
func isCard(number string) bool {
	if len(number) < shortest || len(number) > longest || !luhn(number) {
		return false
	}
	for _, b := range brands {
		if b.has(number) && b.fits(len(number)) {
			return true
		}
	}
	return false
}

// begins reports whether the digits can be the beginning of a card number that is longer.
func begins(number string) bool {
	for _, b := range brands {
		if b.has(number) && len(number) < b.lengths[len(b.lengths)-1] {
			return true
		}
	}
	return false
}

// mayGoOn reports whether somebody who has typed this card number may be in the midst of
// a longer one. At 14 to 16 digits hardly any brand's cards go on.
func mayGoOn(number string) bool {
	switch len(number) {
	case 16:
		return false
	case 15, 14: // Amex and Diners end here
		return number[0] != '3'
	}
	return begins(number)
}

func (b brand) has(number string) bool {
	n := len(b.from)
	return len(number) >= n && strings.Compare(number[:n], b.from) >= 0 && strings.Compare(number[:n], b.to) <= 0
}

func (b brand) fits(length int) bool {
	for _, l := range b.lengths {
		if l == length {
			return true
		}
	}
	return false
}

// luhn is the check digit that all cards have.
func luhn(number string) bool {
	sum := 0
	for i := range len(number) {
		d := int(number[len(number)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}
