package compare

import (
	"math"
	"strings"
)

// value is something in a sentence that can be another: 5 working days, £4.99, 31 January.
type value struct {
	unit     string // time (seconds), money, percent, clock (minutes), date (days of the year), weekday (bits), kg ..., or "#" and a stem
	lo, hi   float64
	ranged   bool   // written as a range: 2 to 3
	about    bool   // "about", "roughly"
	role     string // what the same unit can be besides: a limit ("from £60"), a rate ("every 3 months", "a year")
	currency string // "" is unknown
	work     bool   // working days
	half     bool   // a time of day that may be before or after noon
	year     int    // of a date; 0 is unknown
	tokens   [2]int // which tokens it is
	text     string // as it is written
}

const day = 24 * 60 * 60

// comparable reports whether two values could be in each other's place.
func (v value) comparable(w value) bool {
	return v.unit == w.unit && v.role == w.role && (v.currency == w.currency || v.currency == "" || w.currency == "")
}

// same reports whether two comparable values say the same: "2 weeks" is "14 days", "about
// 40 minutes" is "45 minutes", and a sum within a range is no other.
func (v value) same(w value) bool {
	switch {
	case v.unit == "weekday":
		a, b := int(v.lo), int(w.lo)
		return a&b != 0 && (!v.ranged || !w.ranged || a == b)
	case v.year != w.year && v.year != 0 && w.year != 0:
		return false
	case v.unit == "clock" && (v.half || w.half):
		return v.sameClock(w)
	case v.work != w.work:
		v, w = v.calendar(), w.calendar()
	}
	return v.meets(w)
}

// meets compares values as spans of a line: a single one with what it may be within, two
// ranges by whether they share half of what they span.
func (v value) meets(w value) bool {
	if v.ranged && w.ranged {
		overlap := math.Min(v.hi, w.hi) - math.Max(v.lo, w.lo)
		return overlap >= 0 && overlap >= .5*(math.Max(v.hi, w.hi)-math.Min(v.lo, w.lo))
	}
	slack := 1e-9
	if v.about || w.about {
		slack = .2
	}
	slack *= math.Max(v.hi, w.hi)
	return v.lo <= w.hi+slack && w.lo <= v.hi+slack
}

// sameClock compares times that may be before or after noon.
func (v value) sameClock(w value) bool {
	twelve := func(m float64) float64 { return math.Mod(m, 720) }
	if v.ranged == w.ranged {
		return twelve(v.lo) == twelve(w.lo) && twelve(v.hi) == twelve(w.hi)
	}
	if !v.ranged {
		v, w = w, v
	}
	return v.lo <= w.lo && w.lo <= v.hi || v.lo <= w.lo+720 && w.lo+720 <= v.hi || twelve(v.lo) == twelve(w.lo) || twelve(v.hi) == twelve(w.lo)
}

// calendar returns working days as the days that they may be, with a weekend or two.
func (v value) calendar() value {
	if v.work {
		v.hi = v.hi*7/5 + 2*day
	}
	return v
}

// scales are the units that have one: how much of the first each is.
var scales = map[string]struct {
	unit   string
	lo, hi float64
}{
	"second": {"time", 1, 1}, "minute": {"time", 60, 60}, "hour": {"time", 3600, 3600}, "day": {"time", day, day}, "night": {"time", day, day},
	"week": {"time", 7 * day, 7 * day}, "fortnight": {"time", 14 * day, 14 * day}, "month": {"time", 28 * day, 31 * day}, "year": {"time", 365 * day, 366 * day},
	"percent": {"percent", 1, 1},
	"gram":    {"kg", .001, .001}, "kg": {"kg", 1, 1}, "tonne": {"kg", 1000, 1000},
	"mm": {"m", .001, .001}, "cm": {"m", .01, .01}, "metre": {"m", 1, 1}, "km": {"m", 1000, 1000}, "mile": {"m", 1609, 1610},
	"ml": {"l", .001, .001}, "litre": {"l", 1, 1}, "volt": {"volt", 1, 1}, "watt": {"watt", 1, 1}, "degree": {"degree", 1, 1},
	"mb": {"mb", 1, 1}, "gb": {"mb", 1000, 1024}, "tb": {"mb", 1e6, 1024 * 1024},
}

// unitNames are the ways in which units are written.
var unitNames = names(map[string]string{
	"second": "second seconds sec secs", "minute": "minute minutes min mins", "hour": "hour hours hr hrs h", "day": "day days", "night": "night nights",
	"week": "week weeks wk wks", "fortnight": "fortnight fortnights", "month": "month months mth mths", "year": "year years yr yrs",
	"percent": "% percent pc", "gram": "g gram grams gramme grammes", "kg": "kg kgs kilo kilos kilogram kilograms kilogramme kilogrammes", "tonne": "tonne tonnes",
	"mm": "mm millimetre millimetres", "cm": "cm centimetre centimetres centimeter centimeters", "metre": "m metre metres meter meters",
	"km": "km kilometre kilometres kilometer kilometers", "mile": "mile miles", "ml": "ml millilitre millilitres", "litre": "l litre litres liter liters",
	"volt": "v volt volts", "watt": "w watt watts", "degree": "° degree degrees", "mb": "mb megabyte megabytes", "gb": "gb gigabyte gigabytes", "tb": "tb terabyte terabytes",
})

// currencies are the ways in which money is written; a sub-unit is a hundredth.
var currencies = names(map[string]string{
	"gbp": "£ gbp pound pounds quid", "eur": "€ eur euro euros", "usd": "$ usd dollar dollars", "jpy": "¥ jpy yen", "inr": "₹ inr rupee rupees",
	"chf": "chf franken", "pln": "pln zł zloty", "sek": "sek", "dkk": "dkk", "nok": "nok", "kr": "kr", "gbp/100": "p pence penny", "/100": "cent cents",
})

// numberWords are figures as English writes them.
var numberWords = map[string]float64{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
	"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "dozen": 12}

func names(by map[string]string) map[string]string {
	out := map[string]string{}
	for name, written := range by {
		for _, w := range strings.Fields(written) {
			out[w] = name
		}
	}
	return out
}

// set makes a set of words.
func set(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}
