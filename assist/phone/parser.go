package phone

import (
	"slices"
	"strconv"
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// Parser does what Parse does, about fifty times faster, for those who read many
// numbers of one region. It belongs to one goroutine, and takes longer to make and
// more memory than Parse.
//
// It knows the common ways to write a number and the patterns of the numbering
// plan; all else it leaves to Parse.
type Parser struct {
	region string
	home   *plan // nil when the region's numbers are left to Parse
	code   string
	idd    string // what is dialled before the code of another country
	trunk  string // what is dialled before a number of the own country
	codes  [1000]*country
}

// country is all that shares one country code. main is the region that the code
// stands for.
type country struct {
	plans []*plan
	main  *plan
}

// plan is the numbering plan of one region.
type plan struct {
	meta    *phonenumbers.PhoneMetadata
	lengths uint32   // bit n: numbers of n digits are possible
	trunks  []string // prefixes of national numbers
	pattern bool     // prefixes are matched by patterns that only Parse knows
	leading bool     // only numbers with certain leading digits are the region's
	lead    *machine // nil when they cannot be tried
	general [maxDigits + 1]*machine
	types   [maxDigits + 1]*machine
	made    uint32 // bit n: general and types were made for n digits
}

// maxDigits is how many digits a number can have.
const maxDigits = 17

// NewParser returns a Parser of a region's numbers, as Parse takes it.
func NewParser(region string) *Parser {
	p := &Parser{region: knownRegion(region)}
	all, err := phonenumbers.MetadataCollection()
	if err != nil {
		return p
	}
	byID := map[string]*phonenumbers.PhoneMetadata{}
	for _, meta := range all.GetMetadata() {
		byID[meta.GetId()] = meta
	}
	for code := range phonenumbers.GetSupportedCallingCodes() {
		if code > 0 && code < len(p.codes) {
			p.codes[code] = newCountry(code, byID)
		}
	}
	home := byID[p.region]
	if idd := home.GetInternationalPrefix(); home != nil && (idd == "00" || idd == "011") {
		p.home, p.idd = newPlan(home), idd
		p.code = strconv.Itoa(int(home.GetCountryCode()))
		if trunk := home.GetNationalPrefix(); trunk != "" && isDigits(trunk) && p.home.hasTrunk(trunk) {
			p.trunk = trunk
		}
	}
	return p
}

// newCountry returns nil when not all of its regions have a plan.
func newCountry(code int, byID map[string]*phonenumbers.PhoneMetadata) *country {
	c := &country{}
	ids := phonenumbers.GetRegionCodesForCountryCode(code)
	for _, id := range ids {
		if meta := byID[id]; meta != nil && id != "001" {
			c.plans = append(c.plans, newPlan(meta))
		}
	}
	if len(c.plans) == 0 || len(c.plans) < len(ids) {
		return nil
	}
	main := phonenumbers.GetRegionCodeForCountryCode(code)
	for _, one := range c.plans {
		if one.meta.GetId() == main {
			c.main = one
		}
	}
	return c
}

func newPlan(meta *phonenumbers.PhoneMetadata) *plan {
	p := &plan{meta: meta}
	for _, n := range meta.GetGeneralDesc().GetPossibleLength() {
		if n >= 0 && n <= maxDigits {
			p.lengths |= 1 << n
		}
	}
	for trunk := range strings.SplitSeq(meta.GetNationalPrefixForParsing(), "|") {
		if !isDigits(trunk) {
			p.pattern = true
		} else if trunk != "" {
			p.trunks = append(p.trunks, trunk)
		}
	}
	if lead := meta.GetLeadingDigits(); lead != "" {
		p.leading, p.lead = true, newMachine(lead)
	}
	return p
}

// Parse returns what the function Parse does.
func (p *Parser) Parse(raw string) Number {
	n := Number{Raw: strings.TrimSpace(raw)}
	s := scan(n.Raw)
	code, national, ok := p.apart(s)
	if !ok {
		return Parse(raw, p.region)
	}
	valid, ok := valid(p.codes[number(code)].plans, national)
	if !ok || !valid && !s.plus {
		return Parse(raw, p.region)
	}
	n.Ext, n.Valid = s.ext, valid
	if n.Digits = s.digits; len(n.Digits) != len(code)+len(national) || !s.plus {
		n.Digits = code + national
	}
	switch {
	case !valid:
	case n.Raw[0] == '+' && n.Raw[1:] == n.Digits:
		n.E164 = n.Raw
	default:
		n.E164 = "+" + n.Digits
		n.Digits = n.E164[1:]
	}
	return n
}

// apart splits a number into country code and national number where there is no
// doubt about either; ok is false where the numbering plan must be asked.
func (p *Parser) apart(s scanned) (code, national string, ok bool) {
	if p.home == nil || s.withheld || s.vanity != "" || len(s.digits) < 8 || len(s.digits) > maxDigits {
		return "", "", false
	}
	digits := s.digits
	abroad := s.plus
	if rest, cut := strings.CutPrefix(digits, p.idd); cut && !s.plus {
		digits, abroad = rest, true
	}
	if abroad {
		return p.abroad(digits)
	}
	return p.atHome(digits)
}

// abroad cuts the country code off.
func (p *Parser) abroad(digits string) (code, national string, ok bool) {
	for n := 1; n <= 3 && n < len(digits); n++ {
		if c := p.codes[number(digits[:n])]; c != nil && c.main != nil && digits[0] != '0' {
			return digits[:n], digits[n:], c.main.ordinary(digits[n:])
		}
	}
	return "", "", false
}

// atHome takes the trunk prefix off a number without a country code.
func (p *Parser) atHome(digits string) (code, national string, ok bool) {
	if strings.HasPrefix(digits, p.code) || strings.HasPrefix(digits, "00") || p.codes[number(p.code)] == nil {
		return "", "", false
	}
	national = strings.TrimPrefix(digits, p.trunk)
	return p.code, national, p.home.ordinary(national)
}

// number reads up to three digits.
func number(digits string) int {
	n := 0
	for i := range len(digits) {
		n = 10*n + int(digits[i]-'0')
	}
	return n
}

// ordinary reports whether a national number is as long as the region's are and does
// not start with what might be a prefix.
func (p *plan) ordinary(national string) bool {
	return national != "" && national[0] != '0' && len(national) <= maxDigits && p.lengths&(1<<len(national)) != 0 && !p.hasTrunk(national)
}

// hasTrunk reports whether the digits start with a prefix of the region's national
// numbers, or may do so: some regions have patterns for it.
func (p *plan) hasTrunk(digits string) bool {
	if p.pattern {
		return true
	}
	for _, trunk := range p.trunks {
		if strings.HasPrefix(digits, trunk) {
			return true
		}
	}
	return false
}

func isDigits(s string) bool { return s == "" || digitsOf(s) == s }

// valid says whether a network gives out such numbers, by the rule of the library:
// the first region whose leading digits or whose types fit decides. ok is false
// when a pattern cannot be tried.
func valid(plans []*plan, national string) (valid, ok bool) {
	for _, one := range plans {
		if one.leading {
			if one.lead == nil {
				return false, false
			}
			if !one.lead.start(national) {
				continue
			}
			return one.typed(national)
		}
		if valid, ok := one.typed(national); valid || !ok {
			return valid, ok
		}
	}
	return false, true
}

// typed reports whether the number is of a type that the region has.
func (p *plan) typed(national string) (typed, ok bool) {
	n := len(national)
	if p.made&(1<<n) == 0 {
		p.made |= 1 << n
		m := p.meta
		p.general[n] = union(n, m.GetGeneralDesc())
		p.types[n] = union(n, m.GetFixedLine(), m.GetMobile(), m.GetTollFree(), m.GetPremiumRate(), m.GetSharedCost(),
			m.GetVoip(), m.GetPersonalNumber(), m.GetPager(), m.GetUan(), m.GetVoicemail())
	}
	if p.general[n] == nil || p.types[n] == nil {
		return false, false
	}
	return p.general[n].whole(national) && p.types[n].whole(national), true
}

// union is the machine for all patterns that have numbers of n digits.
func union(n int, list ...*phonenumbers.PhoneNumberDesc) *machine {
	var patterns []string
	for _, desc := range list {
		if lengths := desc.GetPossibleLength(); len(lengths) > 0 && !slices.Contains(lengths, int32(n)) {
			continue
		}
		if pattern := desc.GetNationalNumberPattern(); pattern != "" {
			patterns = append(patterns, "(?:"+pattern+")")
		}
	}
	if len(patterns) == 0 {
		patterns = []string{`[^\x00-\x{10FFFF}]`}
	}
	return newMachine(strings.Join(patterns, "|"))
}
