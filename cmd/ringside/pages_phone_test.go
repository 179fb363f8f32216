package main

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"ringside/assist/live"
	"ringside/assist/phone"
	"ringside/assist/settings"
	"ringside/ui"
	"ringside/ui/panes/look"
)

// settled opens the app on a data folder of the sample team, with the settings page in
// front.
func settled(t *testing.T) *desktop {
	t.Helper()
	dir := t.TempDir()
	p := &program{ctx: t.Context(), now: time.Now}
	own(t)
	if err := sampleHouse(p, dir); err != nil {
		t.Fatal(err)
	}
	d := openDesktop(t, func(ctx context.Context) (*house, error) { return openHouse(ctx, dir, time.Now) })
	d.win.Window().Resize(fyne.NewSize(900, 6000))
	d.until(t, "the store is open", func() bool { return d.chosen.Started })
	d.win.Show(ui.Settings)
	return d
}

func (d *desktop) reads(t *testing.T, want string) {
	t.Helper()
	d.until(t, want, func() bool {
		return strings.Contains(look.Words(d.setup.Object()), want)
	})
}

func TestRingMeOnceTakesTheWayOfAPhoneAndSaysWhatWasHeard(t *testing.T) {
	d := settled(t)
	d.setup.OnTestRing()
	d.until(t, "the card pops", func() bool { return d.r.desk.View().Phase == live.Ringing && d.waits == (awaited{}) })
	d.win.Show(ui.Settings)
	d.reads(t, "Ring heard")
	d.reads(t, "matched nobody")
	if n := d.r.desk.News(); len(n) != 1 || n[0].Ring.Source != phone.FromHook {
		t.Errorf("the news are %+v", n)
	}
}

func TestARingThatIsWaitedForIsMatched(t *testing.T) {
	d := settled(t)
	d.setup.OnWaitRing()
	d.r.Ring(phone.Ring{ID: "1", From: "+44 113 496 0123", Phase: phone.Ringing, At: time.Now(), Source: phone.FromSIP})
	d.until(t, "it is heard", func() bool { return d.waits == (awaited{}) })
	d.win.Show(ui.Settings) // the card has come to the front
	d.reads(t, "matched Mary Shaw")
}

// TestPhonesOfTheNetworkAreLetInAndOut opens the door by the settings page, rings through
// it, renews its token and closes it.
func TestPhonesOfTheNetworkAreLetInAndOut(t *testing.T) {
	d := settled(t)
	s := d.chosen
	s.Phone.LAN = settings.LAN{On: true, Address: "127.0.0.1:0"}
	d.setup.OnSave(s)
	d.reads(t, "It listens on 127.0.0.1:")
	var told stand
	d.r.phone.onTold(func(x stand) { told = x })
	ring := func() int {
		resp, err := http.Get("http://" + told.lan.Address + "/ring?number=01134960123&id=7&state=ringing&token=" + told.token)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		return resp.StatusCode
	}
	if code := ring(); code != http.StatusNoContent {
		t.Fatalf("the door answers %d", code)
	}
	d.until(t, "the card pops", func() bool { v := d.r.desk.View(); return v.Card != nil && v.Card.Customer.Name == "Mary Shaw" })
	old := told
	changed := make(chan stand, 100)
	d.r.phone.onTold(func(x stand) { changed <- x })
	d.setup.OnToken()
	for told.token == "" || told.token == old.token || told.lan.Address == "" {
		select {
		case told = <-changed:
		case <-time.After(20 * time.Second):
			t.Fatalf("there is no other token: %+v", told)
		}
	}
	fresh := told
	told.token = old.token
	if code := ring(); code != http.StatusUnauthorized {
		t.Errorf("with the old token the door answers %d", code)
	}
	s.Phone.LAN.On = false
	d.setup.OnSave(s)
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		if _, err := http.Get("http://" + fresh.lan.Address + "/ring"); err != nil {
			break
		}
		if time.Now().After(end) {
			t.Fatal("the door stays open")
		}
	}
}

func TestTheExtensionIsWatchedAsTheSettingsSay(t *testing.T) {
	d := settled(t)
	s := d.chosen
	s.Phone.SIP = settings.SIP{On: true, Server: "127.0.0.1:9", Extension: "214"}
	d.setup.OnPassword("s3cret")
	d.setup.OnSave(s)
	d.reads(t, "127.0.0.1:9")
	s.Phone.Off = true
	d.setup.OnSave(s)
	d.until(t, "nobody is asked any more", func() bool {
		d.r.phone.lines.mu.Lock()
		defer d.r.phone.lines.mu.Unlock()
		return len(d.r.phone.lines.running) == 0
	})
	d.r.Ring(phone.Ring{ID: "1", From: "0113 496 0123", Phase: phone.Ringing, At: time.Now(), Source: phone.FromHook})
	d.until(t, "the ring is not shown", func() bool { n := d.r.desk.News(); return len(n) > 0 && n[0].Fate == phone.Off })
	if v := d.r.desk.View(); v.Phase != live.Idle {
		t.Errorf("the phone is off, and yet %s", v.Phase)
	}
}

func TestNewsForSupportHidesWhoItIsAbout(t *testing.T) {
	d := settled(t)
	s := d.chosen
	s.Phone.Mask = true
	d.setup.OnSave(s)
	d.until(t, "it is kept", func() bool { return d.chosen.Phone.Mask })
	d.r.Ring(phone.Ring{ID: "1", From: "0113 496 0123", Phase: phone.Ringing, At: time.Now(), Source: phone.FromHook})
	d.until(t, "it is heard", func() bool { n := d.r.desk.News(); return len(n) > 0 && n[0].Known })
	d.setup.OnCopyNews()
	text := d.app.Clipboard().Content()
	if text == "" || strings.Contains(text, "Mary") || strings.Contains(text, "0123") {
		t.Errorf("copied %q", text)
	}
}
