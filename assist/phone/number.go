package phone

import (
	"strconv"
	"strings"

	"github.com/nyaruka/phonenumbers"

	"ringside/assist"
)

// minNational is how many digits a number without a country code needs before it
// is more than somebody's extension.
const minNational = 7

// Number is a phone number as it was written, and what could be understood of it.
type Number struct {
	Raw    string // as it was written, trimmed
	E164   string // "+441134960123"; empty when it cannot be dialled
	Digits string // the digits that decide whether two numbers are equal, without a plus
	Ext    string // the extension behind a switchboard, digits only
	Valid  bool   // some network has given out numbers of this shape
	// Tail: only the end of a number is known, "7946 0123": its country or area code was
	// left out. Digits are those that were written.
	Tail bool
	// Withheld: the caller hid the number, or there is none.
	Withheld bool
}

// Parse reads a number as people, phones and programs write it. It never fails:
// what is no number keeps its Raw text and the digits that are in it. The region,
// two letters such as "GB", says where a number without a country code belongs; an
// empty or unknown region means GB. Words such as "anonymous" and an empty text
// give a Number that is Withheld.
func Parse(raw, region string) Number {
	n := Number{Raw: strings.TrimSpace(raw)}
	s := scan(n.Raw)
	if s.withheld {
		n.Withheld = true
		return n
	}
	n.Ext = s.ext
	n.Digits = s.digits
	if s.digits == "" {
		return n
	}
	if region = knownRegion(region); !s.dialable(region) {
		return n
	}
	for _, try := range s.spellings(region) {
		p, err := phonenumbers.Parse(try, region)
		if err != nil {
			continue
		}
		if phonenumbers.IsValidNumber(p) {
			n.E164, n.Valid = phonenumbers.Format(p, phonenumbers.E164), true
			n.Digits = n.E164[1:]
			return n
		}
	}
	if n.Tail = s.tail(region); !n.Tail {
		n.Digits = lenient(s, region)
	}
	return n
}

// Keys returns the texts under which a number is indexed and looked up, the most
// exact first: digits and extension, then the digits alone. Two spellings of one
// number share a key, whether it is valid or not. There are none for a number that
// is withheld or has no digits.
func (n Number) Keys() []string {
	switch {
	case n.Withheld || n.Digits == "":
		return nil
	case n.Ext != "":
		return []string{n.Digits + "x" + n.Ext, n.Digits}
	}
	return []string{n.Digits}
}

// Kept reads a number that is kept. Its E164 counts when there is one; else its Raw
// text is read as Parse does.
func Kept(p assist.Phone, region string) Number {
	if p.E164 == "" {
		return Parse(p.Raw, region)
	}
	return Number{Raw: p.Raw, E164: p.E164, Digits: strings.TrimPrefix(p.E164, "+"), Ext: scan(p.Raw).ext, Valid: true}
}

// KeysOf returns the keys under which a kept number is indexed.
func KeysOf(p assist.Phone, region string) []string { return Kept(p, region).Keys() }

// Trunk returns what people of the region dial before a number of their own
// country, "0" in GB, "1" in US; "" where there is no such digit.
func Trunk(region string) string {
	return phonenumbers.GetNddPrefixForRegion(knownRegion(region), true)
}

// Show returns the number as people write it between countries,
// "+44 113 496 0123 ext. 12", or Raw when it cannot be dialled.
func (n Number) Show() string {
	if n.E164 == "" {
		return n.Raw
	}
	p, err := phonenumbers.Parse(n.E164, "ZZ")
	if err != nil {
		return n.E164
	}
	text := phonenumbers.Format(p, phonenumbers.INTERNATIONAL)
	if n.Ext != "" {
		text += " ext. " + n.Ext
	}
	return text
}

// lenient returns the digits by which a number that no network gives out is still
// told from others: with its country code, however it was written.
func lenient(s scanned, region string) string {
	if len(s.digits) < minNational {
		return s.digits
	}
	for _, try := range s.spellings(region) {
		if p, err := phonenumbers.Parse(try, region); err == nil && phonenumbers.IsPossibleNumber(p) {
			return dropTrunk(strings.TrimPrefix(phonenumbers.Format(p, phonenumbers.E164), "+"))
		}
	}
	if s.plus {
		return dropTrunk(s.digits)
	}
	if rest, ok := strings.CutPrefix(s.digits, "00"); ok {
		return dropTrunk(rest)
	}
	code := strconv.Itoa(phonenumbers.GetCountryCodeForRegion(region))
	rest := s.digits
	if ndd := phonenumbers.GetNddPrefixForRegion(region, true); ndd != "" {
		rest = strings.TrimPrefix(rest, ndd)
	}
	return code + rest
}

// dropTrunk takes the trunk prefix out of a number that begins with a country
// code, "440207..." written for +44 (0)207.
func dropTrunk(digits string) string {
	for n := 1; n <= 3 && n < len(digits); n++ {
		code, _ := strconv.Atoi(digits[:n])
		if !phonenumbers.GetSupportedCallingCodes()[code] {
			continue
		}
		ndd := phonenumbers.GetNddPrefixForRegion(phonenumbers.GetRegionCodeForCountryCode(code), true)
		if !strings.HasPrefix(ndd, "0") { // "8" and "1" may be the number's own
			return digits
		}
		return digits[:n] + strings.TrimPrefix(digits[n:], ndd)
	}
	return digits
}

func knownRegion(region string) string {
	region = strings.ToUpper(strings.TrimSpace(region))
	if phonenumbers.GetCountryCodeForRegion(region) == 0 {
		return "GB"
	}
	return region
}
