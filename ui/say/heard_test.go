package say_test

import (
	"testing"
	"time"

	"ringside/assist/phone"
	"ringside/ui/say"
)

func TestHeardSaysWhatCameOfIt(t *testing.T) {
	ring := phone.Ring{From: "0113 496 0123", Phase: phone.Ringing, Source: phone.FromHook}
	with := func(do func(*phone.Ring)) phone.Ring {
		r := ring
		do(&r)
		return r
	}
	for want, n := range map[string]say.HeardNews{
		"Ring heard 12 ms after it was sent, from +44 113 496 0123 (hook), matched Mary Shaw": {
			Ring: ring, Fate: phone.Came, Title: "Mary Shaw", Known: true, Took: 12*time.Millisecond + 400*time.Microsecond},
		"Ring heard 12 ms after it was sent, from +•• ••• ••• ••23 (hook), matched M•••": {
			Ring: ring, Fate: phone.Came, Title: "Mary Shaw", Known: true, Took: 12 * time.Millisecond, Masked: true},
		"Ring heard 1 ms after it was sent, from +44 113 496 0123 (hook), matched nobody": {
			Ring: ring, Fate: phone.Came, Title: "+44 113 496 0123", Took: time.Microsecond},
		"Ring heard, from no number (hook)": {
			Ring: with(func(r *phone.Ring) { r.From = "anonymous" }), Fate: phone.Came, Title: "No number came"},
		"Ring heard, from Shop floor (hook)": {
			Ring: with(func(r *phone.Ring) { r.From, r.Name = "", "Shop floor" }), Fate: phone.Came, Title: "Shop floor"},
		"Ring heard, from S••• (hook)": {
			Ring: with(func(r *phone.Ring) { r.From, r.Name = "", "Shop floor" }), Fate: phone.Came, Masked: true},
		"Answer heard 31 s after it was sent, to +44 113 496 0123, not for this desk": {
			Ring: with(func(r *phone.Ring) { r.Phase, r.Outgoing, r.Source = phone.Answered, true, "" }), Fate: phone.NotMine, Took: 31 * time.Second},
		"End heard, from +44 113 496 0123 (sip), the call went on, matched Mary Shaw": {
			Ring: with(func(r *phone.Ring) { r.Phase, r.Source = phone.Ended, phone.FromSIP }), Fate: phone.WentOn, Title: "Mary Shaw", Known: true},
		"Missed call heard, from 214 (lan), told before": {
			Ring: with(func(r *phone.Ring) { r.Phase, r.From, r.Source = phone.Missed, "214", phone.FromLAN }), Fate: phone.ToldBefore},
	} {
		if got := say.Heard(n); got != want {
			t.Errorf("says  %s\nwant  %s", got, want)
		}
	}
}
