package sip

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/emiago/sipgo/sip"

	"ringside/assist/phone"
	"ringside/assist/settings"
)

// FuzzMessage hands over whatever comes in a datagram as a session does.
func FuzzMessage(f *testing.F) {
	for _, lines := range [][]string{
		{"NOTIFY sip:214@10.0.0.2 SIP/2.0", "Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK1", "From: <sip:214@pbx>;tag=p", "To: <sip:214@pbx>;tag=us",
			"Call-ID: watch", "CSeq: 2 NOTIFY", "Subscription-State: terminated;reason=timeout", "Content-Type: application/dialog-info+xml", "Content-Length: 0", "", ""},
		{"INVITE sip:214@10.0.0.2 SIP/2.0", "Via: SIP/2.0/TCP [::1]", "From: \"Mary \\\" Shaw\" <tel:+441134960123;x=1>;tag=m", "To: sip:999@pbx", "Call-ID: 1",
			"P-Asserted-Identity: \"M\" <sip:+44@x>, tel:0113", "Remote-Party-ID: <sip:a@b>;privacy=full", "CSeq: 1 INVITE", "", ""},
		{"SIP/2.0 423 Interval Too Brief", "Via: SIP/2.0/UDP h", "From: <sip:a@b>", "To: <sip:a@b>;tag=x", "Call-ID: watch", "CSeq: 1 SUBSCRIBE",
			"Min-Expires: 99999999999999999999", "Retry-After: -1", "Record-Route: <sip:p;lr>, <sip:q>", "Contact: *", "", ""},
	} {
		f.Add([]byte(strings.Join(lines, "\r\n")))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		m, err := sip.ParseMessage(raw)
		if err != nil {
			return
		}
		s := &session{opt: Options{SIP: settings.SIP{Extension: "214"}}, domain: "pbx", news: make(chan news, waiting), lost: make(chan struct{}, 1)}
		u, r := newSubscription(s), newRegistration(s)
		u.callID, u.tag = "watch", "us"
		switch m := m.(type) {
		case *sip.Request:
			_ = sip.NewResponseFromRequest(m, u.notified(m), "OK", nil)
			r.invited(m)
		case *sip.Response:
			if due := again(m, time.Hour); due.Before(time.Now()) {
				t.Errorf("asked again at %v", due)
			}
			_, _, _ = routeOf(m), stale(m), waitFor(m, refused{code: m.StatusCode})
		}
		close(s.news)
		w, out := New(Options{}), make(chan phone.Ring, 1000)
		for n := range s.news {
			_ = w.tell(context.Background(), n, out)
		}
	})
}
