package phone

import (
	"slices"
	"strconv"
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// Parser does what Parse does, about twenty times faster, for those who read many
// numbers of one region. It belongs to one goroutine, and takes longer to make and
// more memory than Parse.
//
// It knows the common ways to write a number and the patterns of the numbering
// plan; all else it leaves to Parse.
type Parser struct {
	region string
	home   *phonenumbers.PhoneMetadata
	main   map[string]*plan // by country code
	plans  map[string][]*plan
}

// plan is the numbering plan of one region.
type plan struct {
	meta    *phonenumbers.PhoneMetadata
	lead    *machine         // nil when every number of the code may be the region's
	general map[int]*machine // by how many digits a number has
	types   map[int]*machine
}

// NewParser returns a Parser of a region's numbers, as Parse takes it.
func NewParser(region string) *Parser {
	p := &Parser{region: knownRegion(region), main: map[string]*plan{}, plans: map[string][]*plan{}}
	all, err := phonenumbers.MetadataCollection()
	if err != nil {
		return p
	}
	byID := map[string]*phonenumbers.PhoneMetadata{}
	for _, meta := range all.GetMetadata() {
		byID[meta.GetId()] = meta
	}
	p.home = byID[p.region]
	for code := range phonenumbers.GetSupportedCallingCodes() {
		key := strconv.Itoa(code)
		var plans []*plan
		for _, id := range phonenumbers.GetRegionCodesForCountryCode(code) {
			if meta := byID[id]; meta != nil && id != "001" {
				plans = append(plans, newPlan(meta))
			}
		}
		if len(plans) == 0 || len(plans) < len(phonenumbers.GetRegionCodesForCountryCode(code)) {
			continue
		}
		p.plans[key] = plans
		for _, one := range plans {
			if one.meta.GetId() == phonenumbers.GetRegionCodeForCountryCode(code) {
				p.main[key] = one
			}
		}
	}
	return p
}

func newPlan(meta *phonenumbers.PhoneMetadata) *plan {
	p := &plan{meta: meta, general: map[int]*machine{}, types: map[int]*machine{}}
	if lead := meta.GetLeadingDigits(); lead != "" {
		p.lead = newMachine(lead)
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
	valid, ok := valid(p.plans[code], national)
	if !ok {
		return Parse(raw, p.region)
	}
	n.Ext, n.Digits, n.Valid = s.ext, code+national, valid
	if valid {
		n.E164 = "+" + n.Digits
	}
	return n
}

// apart splits a number into country code and national number where there is no
// doubt about either; ok is false where the numbering plan must be asked.
func (p *Parser) apart(s scanned) (code, national string, ok bool) {
	if p.home == nil || s.withheld || s.vanity != "" || len(s.digits) < 8 || len(s.digits) > 17 {
		return "", "", false
	}
	digits := s.digits
	idd := p.home.GetInternationalPrefix()
	if idd != "00" && idd != "011" {
		return "", "", false
	}
	abroad := s.plus
	if rest, cut := strings.CutPrefix(digits, idd); cut && !s.plus {
		digits, abroad = rest, true
	}
	if abroad {
		code, national = p.code(digits)
		main := p.main[code]
		return code, national, main != nil && ordinary(main.meta, national)
	}
	return p.atHome(digits)
}

// atHome takes the trunk prefix off a number without a country code.
func (p *Parser) atHome(digits string) (code, national string, ok bool) {
	code = strconv.Itoa(int(p.home.GetCountryCode()))
	if strings.HasPrefix(digits, code) || strings.HasPrefix(digits, "00") || strings.HasPrefix(digits, "011") || p.plans[code] == nil {
		return "", "", false
	}
	national = digits
	if trunk := p.home.GetNationalPrefix(); trunk != "" && isDigits(trunk) && hasTrunk(p.home, trunk) {
		national = strings.TrimPrefix(digits, trunk)
	}
	return code, national, ordinary(p.home, national)
}

// code cuts the country code off; "" when there is none.
func (p *Parser) code(digits string) (code, national string) {
	for n := 1; n <= 3 && n < len(digits); n++ {
		if _, ok := p.main[digits[:n]]; ok {
			return digits[:n], digits[n:]
		}
	}
	return "", ""
}

// ordinary reports whether a national number is as long as the region's are and does
// not start with what might be a prefix.
func ordinary(meta *phonenumbers.PhoneMetadata, national string) bool {
	return national != "" && national[0] != '0' && !hasTrunk(meta, national) &&
		slices.Contains(meta.GetGeneralDesc().GetPossibleLength(), int32(len(national)))
}

// hasTrunk reports whether the digits start with a prefix of the region's national
// numbers, or may do so: some regions have patterns for it.
func hasTrunk(meta *phonenumbers.PhoneMetadata, digits string) bool {
	for trunk := range strings.SplitSeq(meta.GetNationalPrefixForParsing(), "|") {
		if !isDigits(trunk) || trunk != "" && strings.HasPrefix(digits, trunk) {
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
		if one.meta.GetLeadingDigits() != "" {
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
	if _, made := p.types[n]; !made {
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
