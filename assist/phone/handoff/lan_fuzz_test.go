package handoff

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"ringside/assist/settings"
)

func FuzzLAN(f *testing.F) {
	f.Add("number=0113&state=ringing", "application/json", `{"event":"hangup","cause":1,"from":null}`)
	f.Add("number=sip: 44;x=1", "application/x-www-form-urlencoded", "to=%zz&callId=;")
	f.Fuzz(func(t *testing.T, query, kind, body string) {
		l, err := NewLAN(settings.LAN{Address: ":1"}, "token", nil)
		if err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequest("POST", "/ring", strings.NewReader(body))
		r.URL.RawQuery = query
		r.Header.Set("Content-Type", kind)
		code, why := l.take(r, time.Now())
		if (code == 204) != (why == "") {
			t.Fatalf("status %d with the reason %q", code, why)
		}
		select {
		case ring := <-l.news:
			if ring.ID == "" || !knownPhase(ring.Phase) || len(ring.From) > maxWord {
				t.Fatalf("it tells %+v", ring)
			}
		default:
		}
	})
}
