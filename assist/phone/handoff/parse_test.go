package handoff_test

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"ringside/assist"
	"ringside/assist/phone"
	"ringside/assist/phone/handoff"
)

func TestParseReadsWhatPhonesWrite(t *testing.T) {
	ringing := func(from, name string) phone.Ring {
		return phone.Ring{From: from, Name: name, Phase: phone.Ringing}
	}
	for text, want := range map[string]phone.Ring{
		"+44 113 496 0123":                          ringing("+44 113 496 0123", ""),
		"tel:+44-113-496-0123":                      ringing("+44-113-496-0123", ""),
		"TEL:+441134960123;ext=12":                  ringing("+441134960123;ext=12", ""),
		"tel:7042;phone-context=example.com":        ringing("7042", ""),
		"tel:%2B441134960123":                       ringing("+441134960123", ""),
		"callto://+441134960123?call":               ringing("+441134960123", ""),
		"sip:+441134960123@pbx.example;user=phone":  ringing("+441134960123", ""),
		"sips:+441134960123:secret@pbx.example":     ringing("+441134960123", ""),
		"sip:7042":                                  ringing("7042", ""),
		`"Mary Shaw" <sip:+441134960123@pbx>;tag=1`: ringing("+441134960123", "Mary Shaw"),
		"anonymous":                                 ringing("anonymous", ""),
		"":                                          ringing("", ""),
		"ringside://call?number=%2B441134960123&name=Mary+Shaw&state=answered&id=7&to=12": {
			ID: "7", From: "+441134960123", Name: "Mary Shaw", To: "12", Phase: phone.Answered},
		"ringside:call?number=0113": ringing("0113", ""),
		"0113\x00\n4960123":         ringing("01134960123", ""),
	} {
		got, err := handoff.Parse(text)
		if err != nil || got != want {
			t.Errorf("Parse(%q) = %+v, %v; want %+v", text, got, err, want)
		}
	}
}

func TestParseRefusesWhatIsNoCall(t *testing.T) {
	for _, text := range []string{"https://example.com/", "ringside://erase?all=1", "ringside://call?number=1&state=dancing", "ringside://%zz"} {
		_, err := handoff.Parse(text)
		if !errors.Is(err, assist.ErrInvalid) {
			t.Errorf("Parse(%q): error %v, want ErrInvalid", text, err)
		}
	}
}

func TestWordsReadsHooks(t *testing.T) {
	for words, want := range map[string]phone.Ring{
		"+441134960123": {From: "+441134960123", Phase: phone.Ringing},
		"--number 0113 --name Mary --state ended --id 9": {From: "0113", Name: "Mary", ID: "9", Phase: phone.Ended},
		"--state=ANSWERED --verbose 0113 extra":          {From: "0113", Phase: phone.Answered},
		"/N:S /C:+441134960123 /T:I /I:55":               {From: "+441134960123", ID: "55", Phase: phone.Ringing},
		"/N:C /C:0113 /T:O /I:55":                        {From: "0113", ID: "55", Phase: phone.Answered, Outgoing: true},
		"/n:E /c:0113":                                   {From: "0113", Phase: phone.Ended},
		"incoming call tel:0113":                         {From: "0113", Phase: phone.Ringing},
		"anonymous":                                      {From: "anonymous", Phase: phone.Ringing},
		"-- 0113":                                        {From: "0113", Phase: phone.Ringing},
		"ringside://call?number=0113&state=ended":        {From: "0113", Phase: phone.Ended},
		"ringside://call?number=0113&id=4 --id 5":        {From: "0113", ID: "5", Phase: phone.Ringing},
		"--name Mary --number":                           {Name: "Mary", Phase: phone.Ringing},
	} {
		got, err := handoff.Words(strings.Fields(words))
		if err != nil || got != want {
			t.Errorf("Words(%s) = %+v, %v; want %+v", words, got, err, want)
		}
	}
	if got, err := handoff.Words([]string{"", "--name", "Mary"}); err != nil || got.From != "" || got.Name != "Mary" {
		t.Errorf("an empty number: %+v, %v; want a withheld caller with a name", got, err)
	}
	for _, words := range [][]string{nil, {"--name", "Mary"}, {"0113", "--state", "dancing"}} {
		if _, err := handoff.Words(words); !errors.Is(err, assist.ErrInvalid) {
			t.Errorf("Words(%q): error %v, want ErrInvalid", words, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"tel:+44;ext=1", "sip:a@b", `"M" <sip:1@b>`, "ringside://call?number=1&state=e", "callto://", "<>:", "%%"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r, err := handoff.Parse(text)
		if err != nil {
			if !errors.Is(err, assist.ErrInvalid) {
				t.Fatalf("error %v is not ErrInvalid", err)
			}
			return
		}
		if r.Phase == "" {
			t.Fatal("a call without a phase")
		}
		for _, s := range []string{r.ID, r.From, r.Name, r.To} {
			if len(s) > 200 || !utf8.ValidString(s) || strings.ContainsAny(s, "\x00\n\r\t\x1b") {
				t.Fatalf("not tidy: %q", s)
			}
		}
	})
}
