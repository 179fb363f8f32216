package handoff_test

import (
	"strings"
	"testing"

	"ringside/assist/phone"
	"ringside/assist/phone/handoff"
)

// TestEverySoftphoneIsUnderstood fills each line as the phone does and reads it as the
// program would.
func TestEverySoftphoneIsUnderstood(t *testing.T) {
	mary := phone.Ring{From: "+441134960123", Name: "Mary Shaw", Phase: phone.Ringing}
	bare := phone.Ring{From: "+441134960123", Phase: phone.Ringing}
	said := map[string][]phone.Ring{
		"MicroSIP":    {bare, {From: bare.From, Phase: phone.Answered}, {From: bare.From, Phase: phone.Ended}},
		"Zoiper":      {bare},
		"Jitsi":       {mary},
		"innovaphone": {mary},
	}
	hooks := handoff.Hooks(`C:\Program Files\Ringside\ringside.exe`)
	for _, h := range hooks {
		for i, want := range said[h.Phone] {
			line := h.Lines[len(h.Lines)-len(said[h.Phone])+i].Text
			line = strings.NewReplacer("{phone}", bare.From, "${caller.uri}", "sip:"+bare.From+"@pbx", "${caller.name}", mary.Name,
				"$n", bare.From, "$d", mary.Name).Replace(line)
			if h.Phone == "MicroSIP" {
				line += " " + bare.From
			}
			words := split(line)
			for len(words) > 0 && words[0] != "ring" {
				words = words[1:]
			}
			if len(words) == 0 {
				t.Errorf("%s: no ring in %s", h.Phone, line)
				continue
			}
			if got, err := handoff.Words(words[1:]); err != nil || got != want {
				t.Errorf("%s: %s\nis %+v, %v; want %+v", h.Phone, line, got, err, want)
			}
		}
		delete(said, h.Phone)
	}
	if len(said) > 0 {
		t.Errorf("there is no hook for %v", said)
	}
}

func TestThreeCXNamesTheNumberOnlyOnce(t *testing.T) {
	for words, want := range map[string]phone.Ring{
		"/N:S /C:0113 /T:I /I:55": {ID: "55", From: "0113", Phase: phone.Ringing},
		"/N:C /T:I /I:55":         {ID: "55", Phase: phone.Answered},
		"/N:E /T:I /I:55":         {ID: "55", Phase: phone.Ended},
	} {
		if got, err := handoff.Words(strings.Fields(words)); err != nil || got != want {
			t.Errorf("%s: %+v, %v; want %+v", words, got, err, want)
		}
	}
}

func TestURLNamesThisMachine(t *testing.T) {
	for address, want := range map[string]string{
		"192.168.1.20:8765": "http://192.168.1.20:8765/ring?token=a%26b",
		"[fe80::1]:8765":    "http://[fe80::1]:8765/ring?token=a%26b",
		"192.168.1.20":      "http://192.168.1.20/ring?token=a%26b",
	} {
		if got := handoff.URL(address, "a&b"); got != want {
			t.Errorf("URL(%s) = %s, want %s", address, got, want)
		}
	}
	for _, address := range []string{":8765", "0.0.0.0:8765", "[::]:8765"} {
		if got := handoff.URL(address, "a"); !strings.HasSuffix(got, ":8765/ring?token=a") || strings.Contains(got, "//:") || strings.Contains(got, "0.0.0.0") || strings.Contains(got, "[::]") {
			t.Errorf("URL(%s) = %s, want an address of this machine", address, got)
		}
	}
}

// split cuts a line into words as a command line does.
func split(line string) (words []string) {
	quoted, word := false, ""
	for _, c := range line + " " {
		switch {
		case c == '"':
			quoted = !quoted
		case c == ' ' && !quoted:
			words, word = append(words, word), ""
		default:
			word += string(c)
		}
	}
	return words
}
