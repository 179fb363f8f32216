package say

import (
	"fmt"
	"strings"
	"time"

	"ringside/assist/phone"
)

// News writes one piece of news from a phone on one line, for a list: when, who told,
// what, and what came of it. With mask nobody can be recognised by it.
func News(n phone.News, mask bool) string {
	parts := []string{n.Heard.Format("15:04:05"), teller(n.Ring.Source), string(n.Ring.Phase), from(n.Ring, mask), string(n.Fate)}
	if n.Ring.Outgoing {
		parts[2] += " (we call)"
	}
	if n.Known {
		parts = append(parts, "matched "+name(n.Title, mask))
	}
	if took := took(n); took != "" {
		parts = append(parts, took)
	}
	return strings.Join(parts, "  ·  ")
}

// Heard says of a ring that was waited for what was heard: "Ring heard 12 ms ago from
// +44 113 496 0123, matched Mary Shaw."
func Heard(n phone.News, mask bool) string {
	words := "Ring heard"
	if took := took(n); took != "" {
		words += " " + took + " ago"
	}
	words += " from " + from(n.Ring, mask)
	switch {
	case n.Known:
		words += ", matched " + name(n.Title, mask)
	case n.Fate == phone.Came || n.Fate == phone.WentOn:
		words += ", nobody we know"
	default:
		words += ", and not shown: " + string(n.Fate)
	}
	return words + "."
}

// took is how long the news was on its way; empty when the teller did not say.
func took(n phone.News) string {
	ms := n.Heard.Sub(n.Ring.At).Round(time.Millisecond).Milliseconds()
	if n.Ring.At.IsZero() || ms < 0 {
		return ""
	}
	return fmt.Sprintf("%d ms", ms)
}

func from(r phone.Ring, mask bool) string {
	if r.From == "" {
		return "a hidden number"
	}
	number := r.From
	if n := phone.Parse(number, ""); n.E164 != "" && strings.HasPrefix(number, "+") {
		number = n.Show()
	}
	if mask {
		return phone.Masked(number)
	}
	return number
}

func name(title string, mask bool) string {
	if mask {
		return "a customer"
	}
	return title
}

func teller(t phone.Teller) string {
	switch t {
	case phone.FromHook:
		return "a program here"
	case phone.FromLAN:
		return "the network"
	case phone.FromSIP:
		return "SIP"
	case phone.ByHand:
		return "by hand"
	}
	return "somebody"
}
