package handoff_test

import (
	"net/http"
	"strings"
	"testing"

	"ringside/assist/phone"
	"ringside/assist/phone/handoff"
	"ringside/assist/settings"
)

// sent is what a phone makes of a line: its own words are replaced, and some add the number.
func sent(line string) string {
	return strings.NewReplacer("${caller.uri}", "sip:02079460123@pbx.example", "${caller.name}", "Mary", "${caller.id}", "77",
		"$n", "02079460123", "$d", "Mary", "$c", "77", "NUMBER", "02079460123", "NAME", "Mary", "CALL", "77").Replace(line)
}

func TestEveryLineForAProgramTellsOfTheCall(t *testing.T) {
	wants := map[string]phone.Phase{"ringing": phone.Ringing, "answered": phone.Answered, "ended": phone.Ended}
	for _, h := range handoff.Hooks("ringside") {
		if h.Where == "" || len(h.Lines) == 0 {
			t.Errorf("%s says nothing", h.Phone)
		}
		for _, l := range h.Lines {
			words := strings.Fields(strings.ReplaceAll(sent(l.Text), `"`, ""))
			switch {
			case h.Phone == "3CX":
				words = []string{"/N:C", "/C:02079460123", "/T:I", "/I:77"}
			case h.Phone == "MicroSIP":
				words = append(words[2:], "02079460123")
			case words[0] == "ringside":
				words = words[2:]
			}
			r, err := handoff.Words(words)
			if err != nil {
				t.Errorf("%s, %s: %v", h.Phone, l.When, err)
				continue
			}
			if phone.Parse(r.From, "GB").E164 != "+442079460123" {
				t.Errorf("%s, %s: the number is %q", h.Phone, l.When, r.From)
			}
			for word, want := range wants {
				if strings.Contains(l.Text, word) && r.Phase != want {
					t.Errorf("%s, %s: it is %s", h.Phone, l.When, r.Phase)
				}
			}
		}
	}
}

func TestProgramWithABlankInItsPathIsQuoted(t *testing.T) {
	for _, h := range handoff.Hooks("/opt/my programs/ringside") {
		if l := h.Lines[0].Text; !strings.HasPrefix(l, `"/opt/my programs/ringside"`) && !strings.HasPrefix(l, "ringside://") {
			t.Errorf("%s: %s", h.Phone, l)
		}
	}
}

func TestEveryAddressForTheNetworkTellsOfTheCall(t *testing.T) {
	address, out, _ := openLAN(t, settings.LAN{})
	for _, h := range handoff.LANHooks("http://"+address, token) {
		for i, l := range h.Lines {
			at := strings.NewReplacer("$remote", "02079460123", "$display_remote", "Mary", "$call_id", "7", "$call-id", "8", "$local", "214").Replace(l.Text)
			if len(h.Lines) == 1 {
				at += "&event=newCall&from=02079460123&to=214&direction=in&callId=9"
			}
			resp, err := http.Get(at)
			if err != nil {
				t.Fatal(err)
			}
			resp.Body.Close()
			if resp.StatusCode != 204 || i < 3 && len(out) != 1 {
				t.Errorf("%s, %s: %s, %d rings", h.Phone, l.When, resp.Status, len(out))
			}
			for len(out) > 0 {
				if r := <-out; r.From != "02079460123" || r.To != "214" {
					t.Errorf("%s, %s: %+v", h.Phone, l.When, r)
				}
			}
		}
	}
}

func TestAFormOfTheAdminsOwn(t *testing.T) {
	for _, c := range []struct {
		args []string
		want phone.Ring
	}{
		{[]string{"--as", "{state} {number} {name}", "connected", "214", "Mary Shaw", "more"}, phone.Ring{From: "214", Name: "Mary Shaw", Phase: phone.Answered}},
		{[]string{"--as=caller={number} ev={state} <{id}>", "ev=end", "x=1", "<9>", "caller=02079460123"}, phone.Ring{ID: "9", From: "02079460123", Phase: phone.Ended}},
		{[]string{"--as", "n:{number} {direction}", "out", "n:214"}, phone.Ring{From: "214", Phase: phone.Ringing, Outgoing: true}},
		{[]string{"--as", "{number}", ""}, phone.Ring{Phase: phone.Ringing}},
		{[]string{"--as", "{name}", "Mary", "--number", "214"}, phone.Ring{From: "214", Name: "Mary", Phase: phone.Ringing}},
	} {
		if got, err := handoff.Words(c.args); err != nil || got != c.want {
			t.Errorf("%q: %+v, %v, want %+v", c.args, got, err, c.want)
		}
	}
	for _, form := range []string{"{colour}", "number", "{number"} {
		if _, err := handoff.Words([]string{"--as", form, "214"}); err == nil || !strings.Contains(err.Error(), "{number}") {
			t.Errorf("%q: %v", form, err)
		}
	}
}
