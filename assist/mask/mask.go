// Package mask finds payment card numbers in what people type, with the expiry date
// and the security code beside them, so that they are hidden before anything is kept.
//
// A card number has the beginning and the length of a brand, passes Luhn's check, and
// is written in one piece or in groups as people write cards: with blanks, dashes, dots
// or new lines between them, in the digits of any script. A phone number behind a "+"
// and an IBAN are none. One number in ten of the right beginning and length passes
// by chance: that is what Spared is for.
package mask

import (
	"strings"
	"unicode/utf8"
)

// Found is a place in a text that must not be kept: bytes From to To.
type Found struct {
	From, To int
	Shown    string // what stands there instead
	// Key is what Spared knows it by: the digits of a card.
	Key string
}

// Find returns what must not be kept of text, in order. A number that spared has is
// none; nil has none. While somebody is typing, what touches the end of the text counts
// only when no brand could go on there.
func Find(text string, spared *Spared, typing bool) []Found {
	if !worth(text) {
		return nil
	}
	var out, banks []Found
	for i, r := range runsOf(text) {
		if i == 0 {
			banks = ibans(text)
		}
		out = append(out, r.cards(text, banks)...)
	}
	kept := out[:0]
	for _, f := range out {
		if !spared.Has(f.Key) && !(typing && f.To == len(text) && mayGoOn(f.Key)) {
			kept = append(kept, f)
		}
	}
	return beside(text, kept, spared, typing)
}

// Hide returns text with what was found in it hidden.
func Hide(text string, found []Found) string {
	if len(found) == 0 {
		return text
	}
	var b strings.Builder
	at := 0
	for _, f := range found {
		b.WriteString(text[at:f.From])
		b.WriteString(f.Shown)
		at = f.To
	}
	b.WriteString(text[at:])
	return b.String()
}

// Text returns text as it may be kept.
func Text(text string, spared *Spared) string { return Hide(text, Find(text, spared, false)) }

// Unfinished returns the beginning of text without the digits that may be the rest of a
// card number that is still being typed at its end: ten digits of it stay, which tell
// no more than a receipt does.
func Unfinished(text string, spared *Spared) string {
	if !worth(text) {
		return text
	}
	runs := runsOf(text)
	if len(runs) == 0 {
		return text
	}
	r := runs[len(runs)-1]
	if strings.TrimRight(text[r.to():], " -") != "" || r.phone(text, len(r.digits)) || len(r.digits) <= told || len(r.digits) > longest {
		return text
	}
	if number := r.number(0, len(r.digits)); !begins(number) || spared.Has(number) {
		return text
	}
	return text[:r.digits[told].from]
}

const (
	told     = 10 // digits of a card that is being typed that may be kept
	shortest = 12 // digits of a card
	longest  = 19
)

// worth reports whether there can be a card in the text: most notes have not enough
// digits, and are not looked at any further.
func worth(text string) bool {
	digits := 0
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c >= '0' && c <= '9':
			digits++
		case c >= utf8.RuneSelf:
			digits++ // it may be one of another script, or the mark of what was hidden before
		}
		if digits > told {
			return true
		}
	}
	return false
}
