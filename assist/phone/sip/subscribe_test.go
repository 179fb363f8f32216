package sip

import (
	"fmt"
	"testing"

	"github.com/emiago/sipgo/sip"
)

// notify is a NOTIFY of the subscription, as the telephone system writes it.
func notify(t *testing.T, u *subscription, seq int, version int, kind string) *sip.Request {
	t.Helper()
	body := fmt.Sprintf(`<dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info" version="%d" state="%s" entity="sip:214@x"></dialog-info>`, version, kind)
	text := fmt.Sprintf("NOTIFY sip:214@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK%d\r\nFrom: <sip:214@x>;tag=theirs\r\nTo: <sip:214@x>;tag=%s\r\n"+
		"Call-ID: %s\r\nCSeq: %d NOTIFY\r\nEvent: dialog\r\nSubscription-State: active\r\nContent-Type: application/dialog-info+xml\r\nContent-Length: %d\r\n\r\n%s",
		seq, u.tag, u.callID, seq, len(body), body)
	msg, err := sip.ParseMessage([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return msg.(*sip.Request)
}

// TestNewestNotifyCountsWhateverItsVersion: a system that was replaced counts its versions
// from the beginning, and only the order of its requests says what is newer.
func TestNewestNotifyCountsWhateverItsVersion(t *testing.T) {
	u := newSubscription(&session{news: make(chan news, 10), lost: make(chan struct{}, 1)})
	for _, c := range []struct {
		seq, version int
		kind         string
		heard        bool
	}{
		{1, 5, "full", true},
		{3, 0, "full", true},
		{2, 6, "full", false},   // overtaken, and all of it is in the newer one
		{2, 6, "partial", true}, // overtaken, but nobody else says it
	} {
		before := len(u.s.news)
		if code := u.notified(notify(t, u, c.seq, c.version, c.kind)); code != 200 {
			t.Fatalf("it is answered with %d", code)
		}
		if heard := len(u.s.news) > before; heard != c.heard {
			t.Errorf("request %d, version %d, %s: heard is %v", c.seq, c.version, c.kind, heard)
		}
	}
}

func TestNotifyOfAStrangerIsRefused(t *testing.T) {
	u := newSubscription(&session{news: make(chan news, 10), lost: make(chan struct{}, 1)})
	if code := u.notified(notify(t, u, 1, 1, "full")); code != 200 {
		t.Fatalf("ours is answered with %d", code)
	}
	other := newSubscription(u.s)
	if code := u.notified(notify(t, other, 2, 2, "full")); code != 481 {
		t.Errorf("that of another subscription is answered with %d", code)
	}
	forged := notify(t, u, 2, 2, "full")
	forged.From().Params.Add("tag", "stranger")
	if code := u.notified(forged); code != 481 {
		t.Errorf("that of another server is answered with %d", code)
	}
}
