package past

import (
	"regexp"
	"strings"
)

// marks are the signs and words of currencies. A sign that several countries share names
// none.
var marks = map[string]string{"£": "GBP", "€": "EUR", "$": "", "¥": "", "EURO": "EUR", "EUROS": "EUR", "FR": "", "KR": "", "US$": "USD", "CA$": "CAD", "A$": "AUD",
	"C$": "CAD", "ZŁ": "PLN", "SFR": "CHF", "₹": "INR", "₺": "TRY", "₩": "KRW"}

// Decimals by ISO 4217, where they are not two.
var decimals = map[string]int{"JPY": 0, "KRW": 0, "CLP": 0, "ISK": 0, "VND": 0, "XAF": 0, "XOF": 0, "XPF": 0, "UGX": 0, "PYG": 0, "RWF": 0,
	"KWD": 3, "BHD": 3, "OMR": 3, "JOD": 3, "TND": 3, "IQD": 3, "LYD": 3}

// sum is an amount of money as it was written.
type sum struct {
	minus    bool
	figures  string // digits, with the points, commas and blanks between them
	currency string
	problem  string // why it is no amount, in words
}

var (
	amount  = regexp.MustCompile(`^[0-9][0-9.,' ]*$|^[.,][0-9]+$`)
	letters = regexp.MustCompile(`^[A-Z]{3}$`)
)

// readSum takes sign and currency off an amount.
func readSum(text string) (s sum) {
	t := strings.ToUpper(strings.NewReplacer("−", "-", "–", "-", "’", "'", "\u00a0", " ", "\u202f", " ").Replace(strings.TrimSpace(text)))
	if inner, ok := strings.CutPrefix(t, "("); ok && strings.HasSuffix(inner, ")") {
		t, s.minus = strings.TrimSuffix(inner, ")"), true
	}
	t = strings.TrimSuffix(strings.TrimSuffix(t, ".--"), ".-") // as the Swiss write whole francs
	for range 3 {
		t = strings.TrimSpace(t)
		if rest, ok := strings.CutPrefix(t, "-"); ok && !s.minus {
			t, s.minus = rest, true
		} else if rest, ok := strings.CutSuffix(t, "-"); ok && !s.minus {
			t, s.minus = rest, true
		} else {
			t = s.currencyOff(strings.TrimPrefix(t, "+"))
		}
	}
	if s.figures = strings.TrimSpace(t); !amount.MatchString(s.figures) {
		s.problem = "is not an amount of money"
	}
	return s
}

// currencyOff takes the name of a currency off either end.
func (s *sum) currencyOff(t string) string {
	isFigure := func(c rune) bool { return c >= '0' && c <= '9' || strings.ContainsRune(".,'-", c) }
	from, to := strings.IndexFunc(t, isFigure), strings.LastIndexFunc(t, isFigure)
	if from < 0 {
		return t
	}
	for _, word := range []string{strings.TrimSpace(t[:from]), strings.TrimSpace(t[to+1:])} {
		code, known := marks[word]
		switch {
		case word == "":
			continue
		case !known && letters.MatchString(word):
			code = word
		case !known:
			return t
		}
		if s.currency == "" {
			s.currency = code
		} else if code != "" && code != s.currency {
			return t // two currencies
		}
	}
	return t[from : to+1]
}

// comma tells what an amount shows of its column: whether the comma parts the pence.
// known is false where it shows nothing; open says that it must be known to read it.
func (s sum) comma() (is, known, open bool) {
	f := s.figures
	dot, comma := strings.LastIndexByte(f, '.'), strings.LastIndexByte(f, ',')
	dots, commas := strings.Count(f, "."), strings.Count(f, ",")
	switch {
	case dot < 0 && comma < 0:
		return false, false, false
	case dot >= 0 && comma >= 0:
		return comma > dot, true, false
	case dots > 1:
		return true, true, false
	case commas > 1:
		return false, true, false
	}
	last := max(dot, comma)
	if len(f)-last-1 == 3 && last > 0 && last <= 3 && f[0] != '0' && !strings.ContainsAny(f, "' ") {
		return false, false, true // 1,234 may be a thousand or one and a bit
	}
	return comma >= 0, true, false
}

// smallest returns the amount in the smallest unit of its currency; problem says in words
// why there is none.
func (s sum) smallest(comma bool, currency string) (value int64, problem string) {
	if s.problem != "" {
		return 0, s.problem
	}
	mark, group := byte('.'), byte(',')
	if comma {
		mark, group = group, mark
	}
	whole, part := s.figures, ""
	if at := strings.IndexByte(whole, mark); at >= 0 {
		whole, part = whole[:at], whole[at+1:]
	}
	if !grouped(whole, group) || strings.Trim(part, "0123456789") != "" {
		return 0, "is not written as the other amounts of this column"
	}
	places, ok := decimals[currency]
	if !ok {
		places = 2
	}
	if len(part) > places && strings.Trim(part[places:], "0") != "" {
		return 0, "has more places behind the point than the currency has"
	}
	part = (part + "000")[:places]
	for _, c := range whole + part {
		if c < '0' || c > '9' {
			continue
		}
		if value = value*10 + int64(c-'0'); value > 1e15 {
			return 0, "is more money than can be meant"
		}
	}
	if s.minus {
		value = -value
	}
	return value, ""
}

// grouped reports whether the figures stand in groups of three, or in none.
func grouped(whole string, group byte) bool {
	groups := strings.FieldsFunc(whole, func(c rune) bool { return c == rune(group) || c == ' ' || c == '\'' })
	for i, g := range groups {
		if strings.Trim(g, "0123456789") != "" || i > 0 && len(g) != 3 || i == 0 && len(groups) > 1 && len(g) > 3 {
			return false
		}
	}
	return len(groups) > 0 || whole == ""
}
