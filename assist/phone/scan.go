package phone

import (
	"net/url"
	"strings"
	"sync"
	"unicode"

	"github.com/nyaruka/phonenumbers"
)

// scanned is what one look at a text finds before any rule of a country applies.
type scanned struct {
	plus     bool   // a plus stood before the first digit
	digits   string // ASCII
	ext      string
	vanity   string // with letters on the keys: "1800" + "FLOWERS"; empty when there are none
	withheld bool
}

// scan reads the digits, the plus and the extension out of a text. Letters are
// words, not keys of a phone: "020 7946 0123 (office)" has eleven digits.
func scan(text string) scanned {
	text = withoutPoint(strings.TrimSpace(text))
	if s, ok := scanFigures(text); ok {
		return s
	}
	if withheld(text) {
		return scanned{withheld: true}
	}
	body, ext := address(text)
	var s scanned
	if withheld(body) {
		return scanned{withheld: true}
	}
	runes := plain(body)
	if ext == "" {
		runes, ext = cutExtension(runes)
	}
	s.ext = digitsOf(ext)
	runes = cutWords(runes)
	if i := strings.IndexAny(runes, "+0123456789"); i >= 0 {
		s.plus = runes[i] == '+'
	}
	s.digits = digitsOf(runes)
	if s.digits == "" && s.ext != "" { // "ext. 214": the extension is all there is
		s.digits, s.ext = s.ext, ""
	}
	s.vanity = vanity(runes, s.digits)
	return s
}

// withoutPoint undoes what a spreadsheet makes of a number: "2079460123.0".
func withoutPoint(text string) string {
	if whole, ok := strings.CutSuffix(text, ".0"); ok && len(whole) >= minNational && isDigits(strings.TrimPrefix(whole, "+")) {
		return whole
	}
	return text
}

// scanFigures scans a text of figures, blanks and the usual marks only, which has no
// words, extension or address to look for; ok is false for any other text.
func scanFigures(text string) (s scanned, ok bool) {
	first, last, count := -1, 0, 0
	for i := range len(text) {
		switch c := text[i]; {
		case isDigit(c):
			if first < 0 {
				first = i
			}
			last = i
			count++
		case c == '+' && first < 0:
			s.plus = true
		case c != ' ' && c != '-' && c != '(' && c != ')' && c != '.':
			return scanned{}, false
		}
	}
	if count == 0 {
		return scanned{}, false
	}
	s.digits = digitsOf(text[first : last+1])
	return s, true
}

// dialable reports whether the digits are worth asking the numbering plan about:
// a short number is somebody's extension, and "1234" must not become +44 1234.
func (s scanned) dialable(region string) bool {
	switch n := len(s.digits); {
	case s.vanity != "":
		return true
	case s.plus:
		return n >= minNational && n <= 17
	case n == minNational-1: // a whole number with its trunk prefix, or where there is none
		return strings.HasPrefix(s.digits, phonenumbers.GetNddPrefixForRegion(region, true))
	default:
		return n >= minNational && n <= 20
	}
}

// tail reports whether digits that are no valid number are the end of one: nothing says
// which country or area they belong to, and they are too few for a whole number.
func (s scanned) tail(region string) bool {
	if s.plus || s.vanity != "" || len(s.digits) < minNational || len(s.digits) >= longestOf(region) {
		return false
	}
	trunk := phonenumbers.GetNddPrefixForRegion(region, true)
	return !strings.HasPrefix(s.digits, "00") && (trunk == "" || !strings.HasPrefix(s.digits, trunk))
}

// longestOf returns how many digits a number of the region has at most, without its
// country code.
func longestOf(region string) int { return longest()[region] }

var longest = sync.OnceValue(func() map[string]int {
	out := map[string]int{}
	all, err := phonenumbers.MetadataCollection()
	if err != nil {
		return out
	}
	for _, meta := range all.GetMetadata() {
		for _, n := range meta.GetGeneralDesc().GetPossibleLength() {
			out[meta.GetId()] = max(out[meta.GetId()], int(n))
		}
	}
	return out
})

// spellings returns what to ask the numbering plan, the likeliest first. 00 and
// 011 are tried as a plus in every country, for people copy numbers from abroad; and
// so is a number too long for the country, for telephone systems leave the plus out.
func (s scanned) spellings(region string) []string {
	if s.vanity != "" {
		return []string{s.vanity}
	}
	if s.plus {
		if rest, ok := strings.CutPrefix(s.digits, "00"); ok { // "+0044..."
			return []string{"+" + rest}
		}
		return []string{"+" + mexican(s.digits)}
	}
	out := []string{s.digits}
	for _, prefix := range []string{"00", "011"} {
		if rest, ok := strings.CutPrefix(s.digits, prefix); ok && len(rest) >= minNational {
			out = append(out, "+"+mexican(rest))
		}
	}
	if len(s.digits) > longestOf(region) && s.digits[0] != '0' {
		out = append(out, "+"+mexican(s.digits))
	}
	return out
}

// mexican takes out the 1 that stood between Mexico's code and the number of a mobile
// until 2019: telephone systems and address books still have it.
func mexican(digits string) string {
	if rest, ok := strings.CutPrefix(digits, "521"); ok && len(rest) == 10 {
		return "52" + rest
	}
	return digits
}

func withheld(text string) bool {
	switch strings.ToLower(strings.Trim(text, " \"'<>()[].-_")) {
	case "", "anonymous", "anonymous@anonymous.invalid", "private", "private number", "unknown", "unknown number",
		"unknown caller", "withheld", "number withheld", "unavailable", "restricted", "blocked", "no caller id",
		"no number", "not available", "hidden", "caller id withheld", "asserted", "n/a":
		return true
	}
	return false
}

// address takes the number out of a URI or a "name <address>": tel:, sip:, sips:,
// callto:. Its ;ext= comes apart, its ;phone-context= goes in front.
func address(text string) (body, ext string) {
	if i := strings.LastIndexByte(text, '<'); i >= 0 {
		text, _, _ = strings.Cut(text[i+1:], ">")
	}
	text, uri := withoutScheme(text)
	if !uri && !strings.Contains(text, ";") {
		return text, ""
	}
	if plainText, err := url.PathUnescape(text); err == nil && uri {
		text = plainText
	}
	body, params, _ := strings.Cut(text, ";")
	for _, param := range strings.Split(params, ";") {
		key, value, _ := strings.Cut(param, "=")
		value, _, _ = strings.Cut(value, "@")
		switch strings.ToLower(strings.TrimSpace(key)) {
		case "ext":
			ext = value
		case "phone-context":
			if strings.HasPrefix(value, "+") && !strings.HasPrefix(body, "+") {
				body = value + body
			}
		}
	}
	if uri {
		body = userOf(body, strings.Contains(text, "@"))
	}
	return body, ext
}

// withoutScheme takes tel: and the like away; uri says whether the text is an address
// of a kind, also without.
func withoutScheme(text string) (rest string, uri bool) {
	lower := strings.ToLower(text)
	for _, scheme := range []string{"tel:", "sips:", "sip:", "callto:"} {
		if strings.HasPrefix(lower, scheme) {
			return strings.TrimPrefix(text[len(scheme):], "//"), true
		}
	}
	return text, strings.Contains(text, "@")
}

// userOf returns what stands before the host of an address. A name there has no digits
// that could be dialled.
func userOf(body string, hasHost bool) string {
	body, _, _ = strings.Cut(body, "@")
	body, _, _ = strings.Cut(body, "?")
	if number, _ := cutExtension(plain(body)); hasHost && !onlyNumber(number) {
		return withoutDigits(body)
	}
	return body
}

// withoutDigits leaves of the name of somebody's address what is no number:
// "trunk7" has no digits that could be dialled.
func withoutDigits(name string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsDigit(c) {
			return -1
		}
		return c
	}, name)
}

// alike are the signs that are written for those of a keyboard.
var alike = map[rune]rune{'＋': '+', '﹢': '+', '⁺': '+', '（': '(', '）': ')', '＃': '#', '×': 'x', 'ｘ': 'x', 'Ｘ': 'x', '～': '~'}

// plain turns every script's digits into ASCII ones and every plus and blank into
// the plain one. What cannot be seen is dropped.
func plain(text string) string {
	ascii := true
	for i := range len(text) {
		if text[i] >= 0x80 {
			ascii = false
			break
		}
	}
	if ascii {
		return text
	}
	return strings.Map(func(c rune) rune {
		switch {
		case c < 0x80:
			return c
		case alike[c] != 0:
			return alike[c]
		case unicode.Is(unicode.Nd, c):
			return '0' + digitValue(c)
		case unicode.IsSpace(c) || unicode.Is(unicode.Pd, c):
			return ' '
		case unicode.Is(unicode.Cf, c):
			return -1
		}
		return c
	}, text)
}

// digitValue relies on Unicode's promise that the digits of a script follow one
// another from 0 to 9; blocks of several such runs begin at a multiple of ten.
func digitValue(c rune) rune {
	for _, r := range unicode.Nd.R16 {
		if lo, hi := rune(r.Lo), rune(r.Hi); c >= lo && c <= hi {
			return (c - lo) % 10
		}
	}
	for _, r := range unicode.Nd.R32 {
		if lo, hi := rune(r.Lo), rune(r.Hi); c >= lo && c <= hi {
			return (c - lo) % 10
		}
	}
	return 0
}

func digitsOf(text string) string {
	all := len(text) > 0
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			all = false
			break
		}
	}
	if all {
		return text
	}
	var short [32]byte
	out := short[:0]
	for i := range len(text) {
		if text[i] >= '0' && text[i] <= '9' {
			out = append(out, text[i])
		}
	}
	return string(out)
}
