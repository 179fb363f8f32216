package setup_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"ringside/assist/settings"
	"ringside/ui/panes/look"
	"ringside/ui/setup"
)

// last is what was chosen about the phone at last.
func (e *endpoint) last(t *testing.T) settings.Phone {
	t.Helper()
	if len(e.saved) == 0 {
		t.Fatal("nothing was reported")
	}
	s := e.saved[len(e.saved)-1]
	if err := s.Validate(); err != nil {
		t.Error(err)
	}
	return s.Phone
}

func hookList() []setup.Hook {
	return []setup.Hook{{Phone: "Zoiper", Where: "Settings, Automation.", Lines: []setup.HookLine{
		{When: "The phone rings", Text: "ringside ring NUMBER --state ringing"}, {When: "The call is over", Text: "ringside ring NUMBER --state ended"}}},
		{Phone: "Bria", Where: "Where it opens an address.", Lines: []setup.HookLine{{When: "All", Text: "ringside://call?number=NUMBER"}}}}
}

func TestPhoneThatIsNotListenedToShowsNothingElse(t *testing.T) {
	e := newEndpoint(t)
	test.Tap(e.check(t, "Listen to the phone"))
	if !e.last(t).Off {
		t.Error("still listens")
	}
	look.Hides(t, e.o, "My numbers", "Watch my extension", "What was heard", "Ring me once")
	test.Tap(e.check(t, "Listen to the phone"))
	look.Reads(t, e.o, "My numbers", "Watch my extension (SIP)", "Phones of the network", "What was heard")
	look.Hides(t, e.o, "Server", "Address to listen on", "Copy for support")
}

func TestOwnNumbersAreSeveralAndShownAsRead(t *testing.T) {
	e := newEndpoint(t)
	e.fill(t, "0113 496 0214", "214,  0113 496 0214 ,")
	if want := []string{"214", "0113 496 0214"}; !reflect.DeepEqual(e.last(t).Mine, want) {
		t.Errorf("kept %q", e.last(t).Mine)
	}
	look.Reads(t, e.o, "Read as DE:214, DE:0113 496 0214.")
	test.Tap(e.check(t, "queue or group"))
	test.Tap(e.check(t, "Mask numbers"))
	if s := e.last(t); !s.Groups || !s.Mask || len(s.Mine) != 2 {
		t.Errorf("kept %+v", s)
	}
}

func TestChosenProgramShowsWhatToPaste(t *testing.T) {
	e := newEndpoint(t)
	var copied []string
	var links []bool
	e.page.OnCopy = func(s string) { copied = append(copied, s) }
	e.page.OnLinks = func(on bool) { links = append(links, on) }
	look.Hides(t, e.o, "Which phone do you use?")
	e.page.SetHooks(hookList())
	look.Find(t, e.o, func(s *widget.Select) bool { return s.PlaceHolder == "Which phone do you use?" }).SetSelected("Zoiper")
	look.Reads(t, e.o, "Settings, Automation.", "The phone rings", "The call is over")
	look.Press(t, e.o, "Copy")
	if !reflect.DeepEqual(copied, []string{"ringside ring NUMBER --state ringing"}) {
		t.Errorf("copied %q", copied)
	}
	e.page.SetLinks(true, "Links are opened here.")
	look.Reads(t, e.o, "Links are opened here.")
	if len(links) != 0 {
		t.Error("showing the state of links was reported as a choice")
	}
	test.Tap(e.check(t, "ringside: links"))
	if !reflect.DeepEqual(links, []bool{false}) {
		t.Errorf("reported %v", links)
	}
}

func TestExtensionIsWatchedOnceItHasAName(t *testing.T) {
	e := newEndpoint(t)
	var passwords []string
	e.page.OnPassword = func(s string) { passwords = append(passwords, s) }
	test.Tap(e.check(t, "Watch my extension"))
	if len(e.saved) > 0 {
		t.Fatalf("reported %+v", e.saved)
	}
	look.Reads(t, e.o, "It begins when", "It never rings.")
	e.fill(t, "pbx.example", "pbx.example")
	e.page.SetChoices(setup.Choices{Settings: e.saved[len(e.saved)-1]}) // what was kept comes back while the rest is filled in
	look.Reads(t, e.o, "Extension", "Password")
	e.fill(t, "your own phone, like 214", "214")
	if want := (settings.SIP{On: true, Server: "pbx.example", Extension: "214"}); e.last(t).SIP != want {
		t.Errorf("kept %+v", e.last(t).SIP)
	}
	look.Find(t, e.o, func(s *widget.Select) bool { return s.Selected == "UDP" }).SetSelected("TLS")
	test.Tap(e.check(t, "one more phone"))
	if s := e.last(t).SIP; s.Transport != "tls" || !s.Register {
		t.Errorf("kept %+v", s)
	}
	e.page.SetSIP("Signed in. The extension is free.", true)
	look.Reads(t, e.o, "The extension is free.")
	e.fill(t, "The extension’s password", " secret ")
	look.Press(t, e.o, "Keep")
	e.page.SetPassword("Kept in the keychain.", true)
	look.Reads(t, e.o, "Kept in the keychain.")
	look.Press(t, e.o, "Forget")
	if !reflect.DeepEqual(passwords, []string{" secret ", ""}) {
		t.Errorf("reported %q", passwords)
	}
}

func TestDoorToTheNetworkSaysWhatItOpens(t *testing.T) {
	e := newEndpoint(t)
	tokens := 0
	var copied string
	e.page.OnToken = func() { tokens++ }
	e.page.OnCopy = func(s string) { copied = s }
	look.Reads(t, e.o, "This opens a port of this computer to the network")
	test.Tap(e.check(t, "Open the door"))
	if want := (settings.LAN{On: true, Address: ":8765"}); !reflect.DeepEqual(e.last(t).LAN, want) {
		t.Errorf("kept %+v", e.last(t).LAN)
	}
	look.Hides(t, e.o, "New token")
	e.page.SetLAN(setup.LAN{Sentence: "Open at 192.168.1.20:8765.", Good: true, Token: "abc", Hooks: hookList(), Senders: []string{"192.168.1.5"}})
	look.Reads(t, e.o, "Open at 192.168.1.20:8765.", "Heard from 192.168.1.5.")
	look.Press(t, e.o, "New token")
	look.Press(t, e.o, "Copy")
	if tokens != 1 || copied != "abc" {
		t.Errorf("%d new tokens, copied %q", tokens, copied)
	}
	e.fill(t, "192.168.1.5", "192.168.1.5, 10.0.0.0/8")
	if from := e.last(t).LAN.From; !reflect.DeepEqual(from, []string{"192.168.1.5", "10.0.0.0/8"}) {
		t.Errorf("kept %q", from)
	}
}

func fiftyNews() (news []setup.News) {
	at := time.Date(2026, 11, 26, 10, 0, 0, 0, time.UTC)
	for i := range 50 {
		news = append(news, setup.News{At: at.Add(-time.Duration(i) * time.Minute), Good: i%3 > 0,
			Words: fmt.Sprintf("Ring heard %d ms after it was sent, from +44 113 496 0123 (hook), matched Mary Shaw", i+1)})
	}
	return news
}

func TestWhatWasHeardIsListedTestedAndCopied(t *testing.T) {
	e := newEndpoint(t)
	var told []string
	e.page.OnCopyNews = func() { told = append(told, "copy") }
	e.page.OnWaitRing = func() { told = append(told, "wait") }
	look.Reads(t, e.o, "Nothing was heard yet.")
	e.page.SetNews(fiftyNews())
	look.Hides(t, e.o, "Nothing was heard yet.")
	grid := look.Find(t, e.o, func(g *widget.TextGrid) bool { return strings.HasPrefix(g.Text(), "10:00:00  Ring heard 1 ms") })
	if n := strings.Count(grid.Text(), " heard "); n != 50 {
		t.Errorf("%d are listed", n)
	}
	look.Press(t, e.o, "Copy for support")
	look.Press(t, e.o, "Wait for a ring")
	look.Reads(t, e.o, "Waiting for a ring")
	e.page.SetTested("Nothing was heard for a minute.", false)
	look.Reads(t, e.o, "Nothing was heard for a minute.")
	if got := strings.Join(told, ","); got != "copy,wait" {
		t.Errorf("reported %s", got)
	}
}

// everything opens all that the page has about the phone.
func everything(p *setup.Page) {
	c := choices()
	c.Settings.Phone = settings.Phone{Mine: []string{"214", "0113 496 0214"}, SIP: settings.SIP{On: true, Server: "pbx.example", Extension: "214"},
		LAN: settings.LAN{On: true, Address: ":8765"}}
	p.SetChoices(c)
	p.SetHooks(hookList())
	p.SetSIP("Signed in. The extension is free.", true)
	p.SetPassword("The password is in the keychain of this system.", true)
	p.SetLAN(setup.LAN{Sentence: "The port is taken by another program. Choose another one.", Token: "k3J9-aPq2-77xZ-4Lw8-k3J9-aPq2-77xZ-4Lw8", Hooks: hookList(), Senders: []string{"192.168.1.5"}})
	p.SetTested("Ring heard 12 ms after it was sent, from +44 113 496 0123 (hook), matched Mary Shaw.", true)
	p.SetNews(fiftyNews())
}

func TestNothingOfThePhoneOverlaps(t *testing.T) {
	app(t)
	for _, size := range []fyne.Size{wide, slim, tiny, fyne.NewSize(800, 6000), fyne.NewSize(380, 6000)} {
		s := newSettings()
		o := s.page.Object()
		w := window(t, o, size)
		everything(s.page)
		for _, list := range []string{"Which phone do you use?", "Which phone or system?"} {
			if size.Height == 6000 {
				look.Find(t, o, func(x *widget.Select) bool { return x.PlaceHolder == list }).SetSelected("Zoiper")
			}
		}
		look.Apart(t, o, w.Canvas().Size(), fmt.Sprint(size))
	}
}
