package polish

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// reader knows one way to write a fact. m is the match and its groups.
type reader struct {
	shape *regexp.Regexp
	read  func(m []string) (fact, bool)
}

const (
	monthNames = `(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?`
	numeral    = `(\d+(?:[.,’' ]\d{3})*(?:[.,]\d+)?)`
	counted    = `(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|` +
		`(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?)`
	spoken   = `((?:a|one) (?:hundred|thousand)|` + counted + `(?: hundred| thousand)?)`
	currency = `(£|\$|€|¥|us\$|gbp|eur|usd|chf|jpy)`
	units    = `(£|€|\$|gbp|eur|usd|chf|jpy|pounds?|quid|euros?|dollars?|francs?|yen|pence|p|cents?|ct)`
)

func shape(s string) *regexp.Regexp { return regexp.MustCompile(`(?i)` + s) }

var listNumber = regexp.MustCompile(`(?m)^[ \t]*(\d{1,2}[.)])[ \t]`)

// readers are asked in this order.
var readers = []reader{
	{shape(`\b(?:https?://|www\.)[^\s<>"“”]+`), func(m []string) (fact, bool) { return key(web, site(m[0])), true }},
	{shape(`[\pL\pN._%+-]+@[\pL\pN-]+(?:\.[\pL\pN-]+)+`), func(m []string) (fact, bool) { return key(mail, strings.ToLower(m[0])), true }},
	{shape(`\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|co\.uk|uk|de|fr|eu|io|example|info)\b(?:/[^\s<>"“”]*)?`), func(m []string) (fact, bool) { return key(web, site(m[0])), true }},
	{shape(`\b(\d{4})-(\d{1,2})-(\d{1,2})\b`), func(m []string) (fact, bool) { return dated(m[1], m[2], m[3]) }},
	{shape(`\b(\d{1,2})(?:st|nd|rd|th|\.)?(?: of)? ` + monthNames + `(?:,? (\d{4})\b)?`), func(m []string) (fact, bool) { return dated(m[3], m[2], m[1]) }},
	{shape(`\b` + monthNames + ` (\d{1,2})(?:st|nd|rd|th)?\b(?:,? (\d{4})\b)?`), func(m []string) (fact, bool) { return dated(m[3], m[1], m[2]) }},
	{shape(`\b(\d{1,2})([./-])(\d{1,2})[./-](\d{4}|\d{2})\b`), eitherOrder},
	{shape(`\b(\d{1,2})/(\d{1,2})\b`), func(m []string) (fact, bool) { return eitherOrder([]string{m[0], m[1], "/", m[2], ""}) }},
	{shape(`\b` + monthNames + ` (\d{4})\b`), func(m []string) (fact, bool) { return dated(m[2], m[1], "") }},
	{shape(`\b(\d{1,2})(?:[:.](\d{2}))? ?(a\.?m\b\.?|p\.?m\b\.?)`), func(m []string) (fact, bool) { return atClock(m[1], m[2], m[3]) }},
	{shape(currency + ` ?` + numeral + `(k|m)?\b`), func(m []string) (fact, bool) { return amount(m[1], m[2], m[3]) }},
	{shape(numeral + `(k|m)? ?` + units + `(?:[^\pL\pN]|$)`), func(m []string) (fact, bool) { return amount(m[3], m[1], m[2]) }},
	{shape(`\b` + spoken + ` ` + units + `\b`), func(m []string) (fact, bool) { return amount(m[2], inFigures(m[1]), "") }},
	{shape(numeral + ` ?(?:%|per ?cent\b)`), func(m []string) (fact, bool) { return values(percent, m[1]) }},
	{shape(`\b` + spoken + ` (?:%|per ?cent\b)`), func(m []string) (fact, bool) { return values(percent, inFigures(m[1])) }},
	{shape(`[+(]*\d(?:[ ().\/-]{0,2}\d){6,}`), func(m []string) (fact, bool) { return phoneNumber(m[0]) }},
	{shape(`\b(\d{1,2}):(\d{2})\b`), func(m []string) (fact, bool) { return atClock(m[1], m[2], "") }},
	{shape(`\b(\d{1,2}) ?(?:o['’]clock\b|uhr\b|h\b)`), func(m []string) (fact, bool) { return atClock(m[1], "", "?") }},
	{shape(`\b(noon|midday|midnight)\b`), func(m []string) (fact, bool) { return named(m[1]), true }},
	{shape(`\b(mon|tues|wednes|thurs|fri|satur|sun)days?\b`), func(m []string) (fact, bool) { return key(weekday, weekdayOf(m[1])), true }},
	{regexp.MustCompile(`\b(Mon|Tues?|Wed|Thurs?|Thu|Fri|Sat|Sun)\b\.?`), func(m []string) (fact, bool) { return key(weekday, weekdayOf(m[1])), true }},
	{shape(`\b(?:in|since|of|by|until|till|from|last|next|this|early|late|mid|every|before|after|end of) ` + monthNames), func(m []string) (fact, bool) { return dated("", m[1], "") }},
	{regexp.MustCompile(`\b(January|February|April|June|July|August|September|October|November|December)\b`), func(m []string) (fact, bool) { return dated("", m[1], "") }},
	{shape(`\b(today|tomorrow|tonight|yesterday|(?:next|last|this) (?:week|month|year|morning|afternoon|evening|weekend))\b`), func(m []string) (fact, bool) { return key(relative, strings.ToLower(m[1])), true }},
	{shape(numeral), func(m []string) (fact, bool) { return values(figure, m[1]) }},
	{shape(`\b` + spoken + `\b`), func(m []string) (fact, bool) { return values(figure, inFigures(m[1])) }},
}

func key(s sort, k string) fact { return fact{sort: s, key: k} }

func site(s string) string {
	s = strings.ToLower(strings.TrimRight(s, ".,;:!?)]"))
	for _, lead := range []string{"https://", "http://", "www."} {
		s = strings.TrimPrefix(s, lead)
	}
	return strings.TrimRight(s, "/")
}

// dated reads a day of a month, a month of a year or a month; each may be "".
func dated(y, m, d string) (fact, bool) {
	var at calendarDay
	at.year, _ = strconv.Atoi(y)
	at.day, _ = strconv.Atoi(d)
	n, err := strconv.Atoi(m)
	if err != nil {
		n = strings.Index("janfebmaraprmayjunjulaugsepoctnovdec", strings.ToLower(m)[:3])/3 + 1
	}
	at.month = time.Month(n)
	if n < 1 || n > 12 || at.day > 31 || d != "" && at.day == 0 {
		return fact{}, false
	}
	f := fact{sort: day, date: at, key: fmt.Sprintf("%d-%d-%d", at.year, n, at.day)}
	if d == "" {
		f.sort = month
	}
	return f, true
}

// eitherOrder reads 27/11/2026 as both orders allow: who writes 4/5 may mean April or
// May. The order of day and month is taken; the other is what it may mean as well.
func eitherOrder(m []string) (fact, bool) {
	year := m[4]
	if len(year) == 2 {
		year = "20" + year
	}
	f, ok := dated(year, m[3], m[1])
	if !ok {
		return dated(year, m[1], m[3])
	}
	if g, ok := dated(year, m[1], m[3]); ok {
		f.others = append(f.others, g.key)
	}
	return f, true
}

// amount reads a sum of money in the smallest unit.
func amount(unit, number, times string) (fact, bool) {
	unit = strings.ToLower(unit)
	coin, of := 100.0, map[string]string{"£": "gbp", "pound": "gbp", "pounds": "gbp", "quid": "gbp", "$": "usd", "us$": "usd", "dollar": "usd", "dollars": "usd",
		"€": "eur", "euro": "eur", "euros": "eur", "¥": "jpy", "yen": "jpy", "franc": "chf", "francs": "chf", "pence": "gbp", "p": "gbp", "cent": "cent", "cents": "cent", "ct": "cent"}[unit]
	if of == "" {
		of = unit
	}
	switch unit {
	case "pence", "p", "cent", "cents", "ct":
		coin = 1
	}
	f := fact{sort: money}
	for i, v := range valuesOf(number) {
		k := fmt.Sprintf("%s %.0f", of, v*coin*timesOf(times))
		if i == 0 {
			f.key = k
		} else {
			f.others = append(f.others, k)
		}
	}
	return f, f.key != ""
}

func timesOf(letter string) float64 {
	switch strings.ToLower(letter) {
	case "k":
		return 1000
	case "m":
		return 1e6
	}
	return 1
}

// values reads a number as each of the values that it may have.
func values(s sort, number string) (fact, bool) {
	all := valuesOf(number)
	if len(all) == 0 {
		return fact{}, false
	}
	f := fact{sort: s, key: plainly(all[0])}
	for _, v := range all[1:] {
		f.others = append(f.others, plainly(v))
	}
	return f, true
}

func plainly(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// valuesOf reads digits with points and commas as both customs allow: "1.250" is
// 1250 in Germany and 1.25 in Britain.
func valuesOf(number string) (out []float64) {
	number = strings.Map(func(r rune) rune {
		if r == ' ' || r == '’' || r == '\'' || unicode.IsSpace(r) {
			return -1
		}
		return r
	}, number)
	british := strings.ReplaceAll(number, ",", "")
	german := strings.ReplaceAll(strings.ReplaceAll(number, ".", ""), ",", ".")
	for _, s := range []string{british, german} {
		if v, err := strconv.ParseFloat(s, 64); err == nil && (len(out) == 0 || out[0] != v) {
			out = append(out, v)
		}
	}
	return out
}

// numbersIn returns the values that stand in a fact, for figures that are told alone.
func numbersIn(s sort, k string) []string {
	switch s {
	case web, mail, weekday, relative:
		return nil
	case money: // in the smallest unit
		_, v, _ := strings.Cut(k, " ")
		n, _ := strconv.ParseFloat(v, 64)
		return []string{plainly(n / 100), plainly(n)}
	case clock:
		n, _ := strconv.Atoi(k)
		return []string{strconv.Itoa(n / 60), strconv.Itoa((n/60+11)%12 + 1), strconv.Itoa(n % 60)}
	case day, month:
		return strings.Split(k, "-")
	}
	return []string{k}
}

func phoneNumber(wrote string) (fact, bool) {
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, wrote)
	return key(telephone, digits), len(digits) <= 20
}

// atClock reads a time of day in minutes. half is am, pm, "" for 24 hours, or "?" where
// it may be either.
func atClock(hour, minute, half string) (fact, bool) {
	h, _ := strconv.Atoi(hour)
	m, _ := strconv.Atoi(minute)
	if h > 24 || m > 59 {
		return fact{}, false
	}
	switch half = strings.ToLower(half); {
	case half == "?":
		f := key(clock, strconv.Itoa(h%24*60+m))
		if h < 12 {
			f.others = []string{strconv.Itoa((h+12)*60 + m)}
		}
		return f, true
	case half == "":
		return key(clock, strconv.Itoa(h%24*60+m)), true
	case h > 12:
		return fact{}, false
	case half[0] == 'p':
		return key(clock, strconv.Itoa((h%12+12)*60+m)), true
	}
	return key(clock, strconv.Itoa(h%12*60+m)), true
}

func named(word string) fact {
	if strings.EqualFold(word, "midnight") {
		return key(clock, "0")
	}
	return key(clock, strconv.Itoa(12*60))
}

func weekdayOf(begins string) string {
	for d := time.Sunday; d <= time.Saturday; d++ {
		if strings.EqualFold(d.String()[:2], begins[:2]) {
			return d.String()
		}
	}
	return ""
}

// inFigures reads a number in words: "twenty-one" is "21".
func inFigures(words string) string {
	units := strings.Fields("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
	tens := strings.Fields("- - twenty thirty forty fifty sixty seventy eighty ninety")
	total := 0
	for _, w := range strings.FieldsFunc(strings.ToLower(words), func(r rune) bool { return r == ' ' || r == '-' }) {
		for n, u := range units {
			if w == u {
				total += n
			}
		}
		for n, u := range tens {
			if w == u {
				total += 10 * n
			}
		}
		switch w {
		case "a":
			total++
		case "hundred":
			total *= 100
		case "thousand":
			total *= 1000
		}
	}
	return strconv.Itoa(total)
}
