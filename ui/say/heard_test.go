package say

import (
	"strings"
	"testing"
	"time"

	"ringside/assist/phone"
)

func TestNewsOfAPhoneInWords(t *testing.T) {
	at := time.Date(2026, 11, 26, 14, 3, 7, 0, time.UTC)
	mary := phone.News{Ring: phone.Ring{From: "+441134960123", Phase: phone.Ringing, At: at, Source: phone.FromHook}, Heard: at.Add(12 * time.Millisecond), Fate: phone.Came, Title: "Mary Shaw", Known: true}
	stranger := mary
	stranger.Known, stranger.Title, stranger.Ring.From = false, "", ""
	late := stranger
	late.Fate, late.Ring.From = phone.TooLate, "020 7946 0123"
	for _, c := range []struct {
		news phone.News
		mask bool
		want string
	}{
		{mary, false, "Ring heard 12 ms ago from +44 113 496 0123, matched Mary Shaw."},
		{mary, true, "Ring heard 12 ms ago from +•• ••• ••• ••23, matched a customer."},
		{stranger, false, "Ring heard 12 ms ago from a hidden number, nobody we know."},
		{late, false, "Ring heard 12 ms ago from 020 7946 0123, and not shown: too late: the call is over."},
	} {
		if got := Heard(c.news, c.mask); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
	if got, want := News(mary, false), "14:03:07  ·  a program here  ·  ringing  ·  +44 113 496 0123  ·  a call came  ·  matched Mary Shaw  ·  12 ms"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := News(mary, true); strings.Contains(got, "Mary") || strings.Contains(got, "0123") {
		t.Errorf("masked, and yet %q", got)
	}
}
