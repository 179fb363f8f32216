package phone

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/nyaruka/phonenumbers"
)

// spelled writes random digits in the ways that people do.
func spelled(r *rand.Rand, code int, example string) string {
	digits := []byte(example)
	for range r.IntN(6) {
		digits[len(digits)-1-r.IntN(min(7, len(digits)))] = byte('0' + r.IntN(10))
	}
	if r.IntN(10) == 0 {
		digits[r.IntN(len(digits))] = byte('0' + r.IntN(10))
	}
	if r.IntN(10) == 0 {
		digits = digits[:len(digits)-1]
	}
	if r.IntN(20) == 0 {
		digits = append(digits, '7')
	}
	national := string(digits)
	switch r.IntN(8) {
	case 0:
		return "0" + national
	case 1:
		return national
	case 2:
		return fmt.Sprintf("00%d%s", code, national)
	case 3:
		return fmt.Sprintf("+%d (0)%s", code, national)
	case 4:
		return fmt.Sprintf("%d%s", code, national)
	case 5:
		return "1" + national
	case 6:
		return fmt.Sprintf("011 %d %s ext 12", code, national)
	}
	return fmt.Sprintf("+%d %s", code, national)
}

func TestParserAgreesWithParse(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	regions := []string{"GB", "US", "DE", "FR", "IT", "CA", "AU", "BR", "IE", "NL", "ES", "IN", "JP", "AR", "CH", "ZA", "GG"}
	parsers := map[string]*Parser{}
	for _, region := range regions {
		parsers[region] = NewParser(region)
	}
	var all []string
	for region := range phonenumbers.GetSupportedRegions() {
		all = append(all, region)
	}
	types := []phonenumbers.PhoneNumberType{phonenumbers.FIXED_LINE, phonenumbers.MOBILE, phonenumbers.TOLL_FREE, phonenumbers.VOIP}
	valid := 0
	for range 20_000 {
		home := regions[r.IntN(len(regions))]
		from := home
		if r.IntN(2) == 0 {
			from = all[r.IntN(len(all))]
		}
		ex := phonenumbers.GetExampleNumberForType(from, types[r.IntN(len(types))])
		if ex == nil {
			continue
		}
		raw := spelled(r, int(ex.GetCountryCode()), strconv.FormatUint(ex.GetNationalNumber(), 10))
		want, got := Parse(raw, home), parsers[home].Parse(raw)
		if got != want {
			t.Fatalf("%q in %s:\n got %+v\nwant %+v", raw, home, got, want)
		}
		if want.Valid {
			valid++
		}
	}
	if valid < 4_000 {
		t.Errorf("only %d numbers were valid: the test is blind", valid)
	}
}

func TestParserAgreesWhereAnAreaCodeLooksLikeAWayAbroad(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	valid := 0
	for _, region := range []string{"GB", "US", "DE", "IT"} {
		p := NewParser(region)
		for range 600 {
			raw := fmt.Sprintf("011%d %d", r.IntN(10), r.IntN(100_000_000))
			want := Parse(raw, region)
			if got := p.Parse(raw); got != want {
				t.Fatalf("%q in %s:\n got %+v\nwant %+v", raw, region, got, want)
			}
			if want.Valid {
				valid++
			}
		}
	}
	if valid < 100 {
		t.Errorf("only %d numbers were valid: the test is blind", valid)
	}
}

func TestOldMobilesOfMexicoAreTheNewOnes(t *testing.T) {
	for _, region := range []string{"MX", "GB", "US"} {
		p := NewParser(region)
		for _, raw := range []string{"+52 1 55 1234 5678", "5215512345678", "00 52 1 55 1234 5678", "+52 55 1234 5678"} {
			if n := p.Parse(raw); n.E164 != "+525512345678" || n != Parse(raw, region) {
				t.Errorf("%q in %s is %+v, by Parse %+v", raw, region, n, Parse(raw, region))
			}
		}
	}
}

func BenchmarkParser(b *testing.B) {
	p := NewParser("GB")
	for b.Loop() {
		p.Parse("020 7946 0123")
	}
}

func BenchmarkNewParser(b *testing.B) {
	for b.Loop() {
		NewParser("GB")
	}
}
