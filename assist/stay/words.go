package stay

import (
	"cmp"
	"fmt"
	"strings"

	"golang.org/x/text/currency"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// Money writes an amount in the smallest unit of a currency: "£1,234.50". Of a currency
// that is not known, the unit is taken for a hundredth.
func Money(amount int64, code string) string {
	words := message.NewPrinter(language.BritishEnglish)
	sign, scale, symbol := "", 2, code+" "
	if code == "" {
		symbol = ""
	}
	if unit, err := currency.ParseISO(code); err == nil {
		scale, _ = currency.Standard.Rounding(unit)
		if symbol = words.Sprint(currency.NarrowSymbol(unit)); symbol == code {
			symbol += " "
		}
	}
	if amount < 0 {
		sign, amount = "-", -amount
	}
	whole := int64(1)
	for range scale {
		whole *= 10
	}
	out := sign + symbol + words.Sprintf("%d", amount/whole)
	if scale > 0 {
		out += fmt.Sprintf(".%0*d", scale, amount%whole)
	}
	return out
}

func count(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}

// short is the first line of a text, at most 120 letters of it.
func short(s string) string {
	s, _, _ = strings.Cut(strings.TrimSpace(s), "\n")
	if r := []rune(s[:min(len(s), 480)]); len(r) > 120 {
		return string(r[:119]) + "…"
	}
	return strings.Clone(s)
}

func compare(a, b day, first, second string) int {
	return cmp.Or(cmp.Compare(a, b), cmp.Compare(first, second))
}
