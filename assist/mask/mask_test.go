package mask

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"
)

func TestCardsAreHiddenHoweverTheyAreWritten(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"card 4111111111111111", "card •••• •••• •••• 1111"},
		{"4111 1111 1111 1111 is hers", "•••• •••• •••• 1111 is hers"},
		{"4111-1111-1111-1111", "•••• •••• •••• 1111"},
		{"4111.1111.1111.1111.", "•••• •••• •••• 1111."},
		{"4111\n1111\n1111\n1111\nthanks", "•••• •••• •••• 1111\nthanks"},
		{"4111 - 1111 - 1111 - 1111", "•••• •••• •••• 1111"},
		{"4111\u00a01111\u20091111–1111", "•••• •••• •••• 1111"},
		{"4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", "•••• •••• •••• 1111"},
		{"4111 11111111 1111", "•••• •••• •••• 1111"},
		{"amex 3782 822463 10005", "amex •••• •••• •••• 0005"},
		{"diners 3056 930902 5904", "diners •••• •••• •••• 5904"},
		{"mastercard 2223003122003222, please", "mastercard •••• •••• •••• 3222, please"},
		{"6205 5000 0000 0000 004", "•••• •••• •••• 0004"},
		{"٤١١١ ١١١١ ١١١١ ١١١١", "•••• •••• •••• 1111"},
		{"４１１１１１１１１１１１１１１１", "•••• •••• •••• 1111"},
		{"visa4111111111111111", "visa•••• •••• •••• 1111"},
		{"4111 1111 1111 1111 exp 12/27 cvv 123", "•••• •••• •••• 1111 exp ••/•• cvv •••"},
		{"4111 1111 1111 1111 12/27 123", "•••• •••• •••• 1111 ••/•• •••"},
		{"4111111111111111, valid until 3/2028, security code is 0123.", "•••• •••• •••• 1111, valid until ••/••, security code is •••."},
		{"CVC: 999, card 4111111111111111", "CVC: •••, card •••• •••• •••• 1111"},
		{"•••• •••• •••• 1111 cvv 123 ok", "•••• •••• •••• 1111 cvv ••• ok"},
		{"gültig bis: •••• •••• •••• 1111 gültig bis 04/29 ", "gültig bis: •••• •••• •••• 1111 gültig bis ••/•• "},
		{"4111111111111111 and 5555555555554444", "•••• •••• •••• 1111 and •••• •••• •••• 4444"},
		{"4111 1111 1111 1111 5555 5555 5555 4444", "•••• •••• •••• 1111 •••• •••• •••• 4444"},
		{"call +44 7700 900123 4111 1111 1111 1111", "call +44 7700 900123 •••• •••• •••• 1111"},
	} {
		if got := Text(c.text, nil); got != c.want {
			t.Errorf("%q\n is kept as %q\n want       %q", c.text, got, c.want)
		}
		if once := Text(c.text, nil); Text(once, nil) != once {
			t.Errorf("%q: hidden twice it is %q", c.text, Text(once, nil))
		}
	}
}

func TestWhatIsNoCardStays(t *testing.T) {
	for _, text := range []string{
		"",
		"call +4111111111111 tomorrow", // E.164, and right by Luhn's check
		"(+ 41 1111 1111 111)",
		"order 4111111111111112",                      // not by Luhn's check
		"order 41111111111111",                        // 14 digits are no Visa
		"order 41111111111111111111",                  // 20 digits
		"DE89 3704 0044 0532 0130 00",                 // IBAN
		"IBAN GB82WEST12345698765432",                 //
		"FR14 2004 1010 0505 0001 3M02 606",           //
		"IE29 AIBK 9311 5212 3456 78",                 //
		"490154203237518",                             // IMEI
		"8944110068155360000",                         // SIM card
		"3f4111111111111111ab2",                       // in a name of letters and digits
		"0.4111111111111111",                          // a fraction
		"0113 496 0123, 0113 496 0124, 0113 496 0125", // phones
		"2026-11-27 12:30:00.123456",
		"on 12/27 code 123",
		"•••• •••• •••• 1111 100 euros",
		"4111 1111 1111",
	} {
		if got := Text(text, nil); got != text {
			t.Errorf("%q is kept as %q", text, got)
		}
	}
}

func TestASparedNumberStaysAsItWasTyped(t *testing.T) {
	var s Spared
	text := "order 4111-1111-1111-1111, card 5555555555554444"
	s.Add(Find(text, &s, false)[0].Key)
	if got, want := Text(text, &s), "order 4111-1111-1111-1111, card •••• •••• •••• 4444"; got != want {
		t.Errorf("kept as %q, want %q", got, want)
	}
	hashes := s.Fresh()
	if len(hashes) != 1 || strings.Contains(hashes[0], "4111") {
		t.Errorf("kept as %v", hashes)
	}
	if again := s.Fresh(); len(again) != 1 {
		t.Error("they are forgotten before they were kept")
	}
	s.Keep(len(hashes))
	if again := s.Fresh(); again != nil {
		t.Error("they are fresh a second time")
	}
	if !NewSpared(hashes).Has("4111111111111111") {
		t.Error("it is forgotten")
	}
}

func TestANumberThatMayGoOnWaits(t *testing.T) {
	typed := func(text string) string { return Hide(text, Find(text, nil, true)) }
	for text, want := range map[string]string{
		"4111111111111111":       "•••• •••• •••• 1111", // a Visa ends here
		"378282246310005":        "•••• •••• •••• 0005",
		"4222222222222":          "4222222222222", // three more may come
		"4222222222222 ":         "•••• •••• •••• 2222 ",
		"4111111111111111 12/27": "•••• •••• •••• 1111 12/27", // 2027
		"•••• •••• •••• 1111 12/27 ":       "•••• •••• •••• 1111 ••/•• ",
		"•••• •••• •••• 1111 ••/•• 123":    "•••• •••• •••• 1111 ••/•• 123",
		"•••• •••• •••• 1111 cvc 123, and": "•••• •••• •••• 1111 cvc •••, and",
	} {
		if got := typed(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

func TestTheRestOfACardThatIsBeingTypedWaits(t *testing.T) {
	for text, want := range map[string]string{
		"card 4111 1111 1111 11": "card 4111 1111 11",
		"card 411111111111111":   "card 4111111111",
		"card 4111111111 ":       "card 4111111111 ",
		"order 123456789012345":  "order 123456789012345", // no brand begins so
		"+4915123456789":         "+4915123456789",
		"4111 1111 1111 11 and":  "4111 1111 1111 11 and",
	} {
		if got := Unfinished(text, nil); got != want {
			t.Errorf("of %q is kept %q, want %q", text, got, want)
		}
	}
}

// TestPrecisionAndRecall measures sentences with cards and with what looks like cards, from a
// seed of its own each time. Order numbers of a card's length and beginning are counted
// apart: one in ten passes every check that there is.
func TestPrecisionAndRecall(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	if s := os.Getenv("RINGSIDE_SEED"); s != "" {
		fmt.Sscan(s, &seed)
	}
	g := planted{rand.New(rand.NewPCG(seed, 8))}
	const n = 20_000
	var found, leaked, falsely int
	for range n {
		text, number := g.card()
		got := Find(text, nil, false)
		if len(got) > 0 && got[0].Key == number {
			found++
		} else {
			t.Logf("missed in %q: %q", text, number)
		}
		if strings.Contains(Text(text, nil), number[:len(number)-4]) {
			leaked++
		}
		if text = g.none(); len(Find(text, nil, false)) > 0 {
			falsely++
			if falsely < 10 {
				t.Logf("falsely in %q", text)
			}
		}
	}
	alike := 0
	for range n {
		alike += len(Find("order "+fmt.Sprintf("4%015d", g.Int64N(1e15)), nil, false))
	}
	recall, precision := float64(found)/n, float64(found)/float64(found+falsely)
	fmt.Printf("seed %d: recall %.4f, precision %.4f (%d cards, %d texts without one); of order numbers of 16 digits that begin with 4, %.1f%% are taken for cards\n",
		seed, recall, precision, n, n, 100*float64(alike)/n)
	if recall < 0.999 || precision < 0.99 || leaked > 0 {
		t.Errorf("recall %.4f, precision %.4f, %d leaked", recall, precision, leaked)
	}
}

// planted makes texts whose content is known.
type planted struct{ *rand.Rand }

func (g planted) digits(n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte('0' + g.IntN(10))
	}
	return string(b)
}

func (g planted) pick(of ...string) string { return of[g.IntN(len(of))] }

// number is a card number of any brand, with its check digit.
func (g planted) number() string {
	b := brands[g.IntN(len(brands))]
	var from, to int
	fmt.Sscan(b.from, &from)
	fmt.Sscan(b.to, &to)
	begin := fmt.Sprint(from + g.IntN(to-from+1))
	body := begin + g.digits(b.lengths[g.IntN(len(b.lengths))]-len(begin)-1)
	for d := '0'; ; d++ {
		if luhn(body + string(d)) {
			return body + string(d)
		}
	}
}

func (g planted) card() (text, number string) {
	number = g.number()
	size := g.IntN(4)
	var b strings.Builder
	between := g.pick(" ", "-", ".", "\n", "\u00a0", "–", "  ", " - ")
	zero := []rune{'0', '0', '0', '0', '٠', '०', '０', '𝟎'}[g.IntN(8)]
	for i, r := range number {
		if i > 0 && size > 0 && i%([]int{0, 4, 4, 1}[size]) == 0 {
			b.WriteString(between)
		}
		b.WriteRune(zero + r - '0')
	}
	before := g.pick("", "card ", "She paid with ", "Karte: ", "2 orders, ", "on 3 March: ", "visa", "call +44 7700 900123, card ", "£12.50 from ")
	after := g.pick("", ".", ", please", " is hers", " exp 12/27", " 04/29 123", "\ncvv 123", " (Visa)", " on Friday at 3")
	return before + b.String() + after, number
}

// none is a text without a card that has many digits.
func (g planted) none() string {
	switch g.IntN(10) {
	case 0:
		return "call +" + fmt.Sprint(1+g.IntN(9)) + g.digits(9+g.IntN(5)) + " back"
	case 1:
		return "+44 " + g.digits(4) + " " + g.digits(6) + " or +1 " + g.digits(3) + "-" + g.digits(3) + "-" + g.digits(4)
	case 2:
		return "order " + g.pick("1", "7", "9", "0") + g.digits(8+g.IntN(13))
	case 3:
		return "order 4" + g.digits(g.IntN(12)) + ", paid"
	case 4:
		return "IBAN " + g.iban() + " of hers"
	case 5:
		return "0" + g.digits(3) + " " + g.digits(3) + " " + g.digits(4) + ", 0" + g.digits(10)
	case 6:
		return "parcel 1Z" + g.digits(16) + " came on 2026-11-" + fmt.Sprint(10+g.IntN(18)) + " 12:30"
	case 7:
		return fmt.Sprintf("id %x-%x", g.Uint64(), g.Uint64())
	case 8:
		return fmt.Sprintf("£%d.%02d of £%d,%03d.00, due 3/12/2026 and 4/12/2026", g.IntN(5000), g.IntN(100), g.IntN(100), g.IntN(1000))
	}
	return "at " + fmt.Sprint(1_700_000_000_000+g.Int64N(1e11)) + " version " + g.digits(1) + "." + g.digits(2) + "." + g.digits(3)
}

// iban is an account number with right check digits: German, British or Irish.
func (g planted) iban() string {
	country, bank := g.pick("DE", "GB", "IE", "NL"), ""
	switch country {
	case "DE":
		bank = g.digits(18)
	case "NL":
		bank = "ABNA" + g.digits(10)
	default:
		bank = "WEST" + g.digits(14)
	}
	rest := 0
	for _, c := range []byte(bank + country + "00") {
		if upper(c) {
			rest = (rest*100 + int(c-'A') + 10) % 97
		} else {
			rest = (rest*10 + int(c-'0')) % 97
		}
	}
	whole := country + fmt.Sprintf("%02d", 98-rest) + bank
	if g.IntN(2) == 0 {
		return whole
	}
	var b strings.Builder
	for i, r := range whole {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}

func BenchmarkNote(b *testing.B) {
	plain := strings.Repeat("She was charged twice for order 20418 on 3 March and wants 12.50 back by Friday. ", 12)
	for name, text := range map[string]string{"1 KB without": plain, "1 KB with a card": plain + "4111 1111 1111 1111 exp 12/27 cvv 123"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				Find(text, nil, true)
			}
		})
	}
}

func FuzzText(f *testing.F) {
	f.Add("4111 1111 1111 1111 exp 12/27 cvv 123")
	f.Add("DE89 3704 0044 0532 0130 00 •••• •••• •••• 1111 ٤١١١")
	f.Fuzz(func(t *testing.T, text string) {
		at := 0
		for _, found := range Find(text, nil, false) {
			if found.From < at || found.To <= found.From || found.To > len(text) {
				t.Fatalf("%q: %+v behind %d", text, found, at)
			}
			at = found.To
		}
		if !strings.HasPrefix(text, Unfinished(text, nil)) {
			t.Fatalf("%q: %q is no beginning", text, Unfinished(text, nil))
		}
	})
}
