package handoff_test

import (
	"errors"
	"strings"
	"testing"

	"ringside/assist"
	"ringside/assist/phone"
	"ringside/assist/phone/handoff"
)

func TestTemplateReadsAPhonesOwnWords(t *testing.T) {
	for name, c := range map[string]struct {
		words []string
		want  phone.Ring
	}{
		"one after the other": {[]string{"--as", "{state} {number} {name}", "Connected", "0113", "Mary Shaw"},
			phone.Ring{From: "0113", Name: "Mary Shaw", Phase: phone.Answered}},
		"with words around them, in any order": {[]string{"--as", "caller={number} ev={state} leg={id}", "EV=hangup", "x=9", "caller=0113", "leg=7", "more"},
			phone.Ring{ID: "7", From: "0113", Phase: phone.Ended}},
		"two in one word":    {[]string{"--as={number}@{to}", "0113@214"}, phone.Ring{From: "0113", To: "214", Phase: phone.Ringing}},
		"a word of its own":  {[]string{"--as", "incoming {number}", "incoming", "0113"}, phone.Ring{From: "0113", Phase: phone.Ringing}},
		"options before it":  {[]string{"--state", "ended", "--as", "{name} {number}", "Mary", "0113"}, phone.Ring{From: "0113", Name: "Mary", Phase: phone.Ended}},
		"an address":         {[]string{"--as", "{number}", `"Mary" <sip:0113@pbx>`}, phone.Ring{From: "0113", Name: "Mary", Phase: phone.Ringing}},
		"a ready one":        {[]string{"--as", "3CX", "/T:O", "/N:E", "/C:0113", "/I:5"}, phone.Ring{ID: "5", From: "0113", Phase: phone.Ended, Outgoing: true}},
		"a withheld number":  {[]string{"--as", "{state} {number}", "ringing", ""}, phone.Ring{Phase: phone.Ringing}},
		"a direction":        {[]string{"0113", "--direction", "outbound"}, phone.Ring{From: "0113", Phase: phone.Ringing, Outgoing: true}},
		"the last direction": {[]string{"--direction=out", "0113", "--direction", "in"}, phone.Ring{From: "0113", Phase: phone.Ringing}},
	} {
		got, err := handoff.Words(c.words)
		if err != nil || got != c.want {
			t.Errorf("%s: %+v, %v; want %+v", name, got, err, c.want)
		}
	}
}

func TestTemplateThatCannotBeReadIsSaid(t *testing.T) {
	for _, words := range [][]string{
		{"--as"}, {"--as", "{state}", "ringing"}, {"--as", "{number} {colour}", "0113"}, {"--as", "{number} {/c}", "0113"}, {"--as", "4cx", "0113"},
		{"--as", "caller={number}", "called=0113"},
	} {
		if _, err := handoff.Words(words); !errors.Is(err, assist.ErrInvalid) {
			t.Errorf("Words(%q): error %v, want ErrInvalid", words, err)
		}
	}
}

func TestEveryPhonesWordForAState(t *testing.T) {
	for word, want := range map[string]phone.Phase{
		"newCall": phone.Ringing, "Incoming Call": phone.Ringing, "alerting": phone.Ringing,
		"answer": phone.Answered, "Establish_Call": phone.Answered, "established": phone.Answered,
		"hangup": phone.Ended, "Terminate Call": phone.Ended, "disconnected": phone.Ended,
		"missed-call": phone.Missed, "noAnswer": phone.Missed, "answered elsewhere": phone.Elsewhere,
	} {
		got, err := handoff.Words([]string{"0113", "--state", word})
		if err != nil || got.Phase != want {
			t.Errorf("%s: %s, %v; want %s", word, got.Phase, err, want)
		}
	}
}

func FuzzTemplate(f *testing.F) {
	f.Add("{state} {number}", "ringing\x000113")
	f.Add("a={number}{to} (x", "a=1\x00(x")
	f.Add("\xe8 {number}", "0113")
	f.Fuzz(func(t *testing.T, template, words string) {
		r, err := handoff.Words(append([]string{"--as", template}, strings.Split(words, "\x00")...))
		if err != nil && !errors.Is(err, assist.ErrInvalid) {
			t.Fatalf("error %v is not ErrInvalid", err)
		}
		if err == nil && r.Phase == "" {
			t.Fatal("a call without a phase")
		}
	})
}
