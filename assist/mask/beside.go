package mask

import (
	"regexp"
	"slices"
	"strings"
)

const near = 60 // bytes between a card and what belongs to it

var (
	hidden = regexp.MustCompile(`•••• •••• •••• \d{4}`)

	// expires begins where a card ends.
	expires = regexp.MustCompile(`(?i)^[\s,;:.()|-]*(?:(?:exp(?:iry|ires|iration|\.)?|valid(?:\s+(?:until|thru|through|to))?|until|thru|date|gültig(?:\s+bis)?|bis|val(?:ide|ida|id)?|scad(?:enza)?|vence|caduca|exp\.?\s*date)[\s:.]*){0,2}((?:0?[1-9]|1[0-2])\s?[/.\-]\s?(?:20)?\d\d)`)
	// code begins where an expiry date ends.
	code = regexp.MustCompile(`^[\s,;/|-]{1,3}(\d{3,4})`)
	// coded is a security code that says that it is one.
	coded = regexp.MustCompile(`(?i)(?:\bcv[vcn]2?\b|\bcsc\b|\bcid\b|security\s+(?:code|number)|sicherheitscode|prüf(?:ziffer|nummer)|kartenprüfnummer|cryptogramme|c[oó]d(?:igo|ice)\s+de\s+segur\w+|\bcode\b)[\s:=#.-]*(?:is|ist|number|no\.?|nr\.?)?[\s:=#.-]*(\d{3,4})`)
)

// beside adds the expiry dates and the security codes that belong to the cards, found now or
// hidden before.
func beside(text string, cards []Found, spared *Spared, typing bool) []Found {
	b := besides{text, spared, typing, cards}
	for _, c := range append(slices.Clone(cards), hiddenBefore(text)...) {
		b.date(c)
		b.code(c)
	}
	slices.SortFunc(b.found, func(a, b Found) int { return a.From - b.From })
	return b.found
}

// hiddenBefore are the cards that stand in the text without their numbers.
func hiddenBefore(text string) (out []Found) {
	if !strings.Contains(text, "••••") {
		return nil
	}
	for _, at := range hidden.FindAllStringIndex(text, -1) {
		out = append(out, Found{From: at[0], To: at[1], Key: text[at[1]-4 : at[1]]})
	}
	return out
}

// besides collects what stands beside cards.
type besides struct {
	text   string
	spared *Spared
	typing bool
	found  []Found
}

// add takes a place, unless it is a part of something longer or is taken already.
func (b *besides) add(card Found, from, to int, shown string) {
	key := card.Key[len(card.Key)-4:] + " " + b.text[from:to]
	switch {
	case to < len(b.text) && ascii(b.text[to]), b.typing && to == len(b.text), b.spared.Has(key):
	case slices.ContainsFunc(b.found, func(f Found) bool { return from < f.To && f.From < to }):
	default:
		b.found = append(b.found, Found{from, to, shown, key})
	}
}

// date looks for an expiry date behind a card, and for the code behind that.
func (b *besides) date(c Found) {
	end := c.To
	if at := expires.FindStringSubmatchIndex(b.text[end:]); at != nil {
		b.add(c, end+at[2], end+at[3], "••/••")
		end += at[3]
	} else if at := strings.Index(b.text[end:min(len(b.text), end+near)], "••/••"); at >= 0 {
		end += at + len("••/••")
	}
	if at := code.FindStringSubmatchIndex(b.text[end:]); at != nil && end > c.To {
		b.add(c, end+at[2], end+at[3], "•••")
	}
}

// code looks for a code that says that it is one, before the card and behind it.
func (b *besides) code(c Found) {
	from, to := max(0, c.From-near), min(len(b.text), c.To+near)
	for _, at := range coded.FindAllStringSubmatchIndex(b.text[from:to], -1) {
		b.add(c, from+at[2], from+at[3], "•••")
	}
}
