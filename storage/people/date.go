package people

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"ringside/assist"
)

// order says how 3/4/2011 is read.
type order int

const (
	asked      order = iota // nobody knows yet
	dayFirst                // 3 April
	monthFirst              // 4 March
)

// reading is what a text was found to be as a date.
type reading struct {
	date      assist.Date
	problem   string // why there is no date, in words
	ambiguous bool   // a day and a month that could change places
	proves    order  // what this date tells of the others in its column
}

var (
	clockTail = regexp.MustCompile(`[T\s,]+\d{1,2}[:.h]\d{2}.*$`)
	ymd       = regexp.MustCompile(`^(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})\.?$`)
	ym        = regexp.MustCompile(`^(\d{4})[-/.](\d{1,2})$`)
	my        = regexp.MustCompile(`^(\d{1,2})[-/.](\d{4})$`)
	dmy       = regexp.MustCompile(`^(\d{1,2})([-/. ]+)(\d{1,2})[-/. ]+(\d{4}|'?\d{2})$`)
	compact   = regexp.MustCompile(`^(19|20)\d{6}$`)
	year      = regexp.MustCompile(`^(1[89]|20)\d{2}$`)
	serial    = regexp.MustCompile(`^\d{5}([.,]\d+)?$`)
	epoch     = regexp.MustCompile(`^1\d{9}(\d{3})?$`)
)

// readDate reads a date as people and programs write it.
func readDate(text string, by order) reading {
	if isISO(text) {
		return day(text[:4], text[5:7], text[8:])
	}
	if m, ok := figures(text); ok {
		return numeric(m[:], by)
	}
	s := strings.TrimSpace(clockTail.ReplaceAllString(strings.TrimSpace(text), ""))
	if compact.MatchString(s) {
		return day(s[:4], s[4:6], s[6:])
	}
	if m := ymd.FindStringSubmatch(s); m != nil {
		return day(m[1], m[2], m[3])
	}
	if m := ym.FindStringSubmatch(s); m != nil {
		return month(m[1], m[2])
	}
	if m := my.FindStringSubmatch(s); m != nil {
		return month(m[2], m[1])
	}
	if year.MatchString(s) {
		return reading{date: assist.Date{Year: number(s)}}
	}
	if m := dmy.FindStringSubmatch(s); m != nil {
		return numeric(m, by)
	}
	if serial.MatchString(s) {
		return reading{problem: "is a spreadsheet's day number, not a date"}
	}
	if epoch.MatchString(s) {
		return reading{problem: "is a count of seconds, not a date"}
	}
	return named(s)
}

func isISO(s string) bool {
	return len(s) == 10 && s[4] == '-' && s[7] == '-' && isNumber(s[:4]) && isNumber(s[5:7]) && isNumber(s[8:])
}

// figures takes apart what is day, month and year in figures with one sign between
// them, as dmy does with all the ways to write that.
func figures(s string) (m [5]string, ok bool) {
	if len(s) < 6 || len(s) > 10 {
		return m, false
	}
	first := figuresIn(s)
	if first == 0 || first > 2 || s[first] != '/' && s[first] != '-' && s[first] != '.' {
		return m, false
	}
	second := figuresIn(s[first+1:])
	end := first + 1 + second
	if second == 0 || second > 2 || end == len(s) || s[end] != s[first] {
		return m, false
	}
	last := s[end+1:]
	if n := figuresIn(last); n != len(last) || n != 2 && n != 4 {
		return m, false
	}
	return [5]string{s, s[:first], s[first : first+1], s[first+1 : end], last}, true
}

// figuresIn returns how many figures a text begins with.
func figuresIn(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

// numeric reads day, month and year in figures. Dots are only written day first.
func numeric(m []string, by order) reading {
	a, b, y := number(m[1]), number(m[3]), fullYear(m[4])
	if strings.Contains(m[2], ".") {
		return day(y, m[3], m[1])
	}
	switch {
	case a > 12 && b > 12 || a == 0 || b == 0:
		return reading{problem: "is a day that no calendar has"}
	case a > 12:
		r := day(y, m[3], m[1])
		r.proves = dayFirst
		return r
	case b > 12:
		r := day(y, m[1], m[3])
		r.proves = monthFirst
		return r
	case a == b || by == dayFirst:
		r := day(y, m[3], m[1])
		r.ambiguous = a != b
		return r
	case by == monthFirst:
		r := day(y, m[1], m[3])
		r.ambiguous = true
		return r
	}
	return reading{ambiguous: true, problem: "could be day/month or month/day"}
}

// named reads a date with the month as a word, in any order.
func named(s string) reading {
	var parts spoken
	for _, word := range strings.FieldsFunc(strings.ToLower(s), func(c rune) bool { return strings.ContainsRune(" ,.-/'", c) }) {
		if !parts.take(word) {
			return reading{problem: "is not a date"}
		}
	}
	switch {
	case parts.month == 0:
		return reading{problem: "is not a date"}
	case parts.year == "":
		return reading{problem: "has no year"}
	case parts.day == "":
		return reading{date: assist.Date{Year: number(parts.year), Month: parts.month}}
	}
	return day(parts.year, strconv.Itoa(int(parts.month)), parts.day)
}

// spoken is what the words of a date have told so far.
type spoken struct {
	year, day string
	month     time.Month
}

// take reads one word; ok is false when it has no place in a date.
func (p *spoken) take(word string) (ok bool) {
	if filler(word) || weekday(word) {
		return true
	}
	if m := monthOf(word); m != 0 && p.month == 0 {
		p.month = m
		return true
	}
	digits := strings.TrimRight(word, "stndrhère")
	switch {
	case p.year == "" && len(word) == 4 && year.MatchString(word):
		p.year = word
	case p.day == "" && len(digits) <= 2 && isNumber(digits):
		p.day = digits
	case p.year == "" && len(digits) == 2 && isNumber(digits):
		p.year = fullYear(digits)
	default:
		return false
	}
	return true
}

func filler(word string) bool {
	return word == "" || word == "of" || word == "the" || word == "de" || word == "del"
}

// monthOf knows the months by their first letters in the languages of the column
// names: three letters or more, no accents needed.
func monthOf(word string) time.Month {
	word = fold(word)
	if len(word) < 3 {
		return 0
	}
	for i, list := range [12]string{
		"january januar janvier enero gennaio januari", "february februar fevrier febrero febbraio februari feber",
		"march marz maerz mars marzo maart mrz", "april avril abril aprile avr abr", "may mai mayo maggio mei",
		"june juni juin junio giugno", "july juli juillet julio luglio", "august aout agosto augustus ago",
		"september septembre septiembre settembre", "october oktober octobre octubre ottobre okt", "november novembre noviembre",
		"december dezember decembre diciembre dicembre dez dic",
	} {
		for _, full := range strings.Fields(list) {
			if strings.HasPrefix(full, word) && (len(word) >= 4 || full[:3] == word) {
				return time.Month(i + 1)
			}
		}
	}
	if word == "sept" {
		return time.September
	}
	return 0
}

func weekday(word string) bool {
	for _, d := range []string{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"} {
		if len(word) >= 3 && strings.HasPrefix(d, word) {
			return true
		}
	}
	return false
}

func day(y, m, d string) reading {
	date := assist.Date{Year: number(y), Month: time.Month(number(m)), Day: number(d)}
	if date.Month < 1 || date.Month > 12 || date.Day < 1 || date.Day > 28 && assist.DateOf(date.Time()) != date {
		return reading{problem: "is a day that no calendar has"}
	}
	if date.Year < 1800 {
		return reading{problem: "is too long ago to be meant"}
	}
	return reading{date: date}
}

func month(y, m string) reading {
	r := day(y, m, "1")
	r.date.Day = 0
	return r
}

// fullYear takes 11 for 2011 and 87 for 1987.
func fullYear(s string) string {
	s = strings.TrimPrefix(s, "'")
	if len(s) != 2 {
		return s
	}
	if number(s) < 60 {
		return "20" + s
	}
	return "19" + s
}

func isNumber(s string) bool {
	_, err := strconv.Atoi(s)
	return err == nil
}

func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}
