package team

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ringside/assist"
	"ringside/ui/panes/look"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

var noon = time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC)

// desk is a page in a window of its own, and what the page asked for.
type desk struct {
	*testing.T
	*Page
	win   fyne.Window
	did   []string
	reply func(error) // of what was asked for last

	packets func([]Packet, error) // shows what has left
	inside  func([]Record, error) // and what is in one
}

var roomy = fyne.NewSize(824, 6000) // all of the page is seen

func newDesk(t *testing.T, size fyne.Size, s State) *desk {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.Of(theme.Light))
	d := &desk{T: t}
	did := func(reply func(error), words ...string) {
		d.did, d.reply = append(d.did, strings.Join(words, "|")), reply
	}
	d.Page = New(Acts{
		StartServer: func(path, words, name string, reply func(error)) { did(reply, "server", path, words, name) },
		StartFolder: func(path, name string, reply func(error)) { did(reply, "folder", path, name) },
		Join: func(invitation, words string, reply func(error)) func() {
			did(reply, "join", invitation, words)
			return func() { did(nil, "stop") }
		},
		TryNow:   func(reply func(error)) { did(reply, "try") },
		Settle:   func(clash string, ours bool, reply func(error)) { did(reply, "settle", clash, fmt.Sprint(ours)) },
		Invite:   func(reply func(error)) { did(reply, "invite") },
		Remove:   func(device string, reply func(error)) { did(reply, "remove", device) },
		SetAdmin: func(device string, admin bool, reply func(error)) { did(reply, "admin", device, fmt.Sprint(admin)) },
		Leave:    func(reply func(error)) { did(reply, "leave") },
		File:     func(chosen func(string)) { chosen("/media/stick/team.txt") },
		Folder:   func(chosen func(string)) { chosen("/mnt/share") },
		Copy:     func(text string) { did(nil, "copy", text) },
		Save:     func(name, text string) { did(nil, "save", name, text) },
		Sent:     func(show func([]Packet, error)) { did(nil, "sent"); d.packets = show },
		Inside:   func(of Packet, show func([]Record, error)) { did(nil, "inside", of.ID); d.inside = show },
	})
	d.Now = func() time.Time { return noon }
	d.win = test.NewTempWindow(t, d.Object())
	d.win.SetPadded(false)
	d.win.Resize(size)
	d.SetState(s)
	return d
}

func (d *desk) button(words string) *widgets.Action {
	d.Helper()
	return look.Find(d, d.Object(), func(a *widgets.Action) bool { return strings.HasPrefix(a.Label(), words) })
}

func (d *desk) press(words string) {
	d.Helper()
	test.Tap(d.button(words))
}

func (d *desk) reads(words ...string) {
	d.Helper()
	look.Reads(d, d.Object(), words...)
}

func (d *desk) hides(words ...string) {
	d.Helper()
	look.Hides(d, d.Object(), words...)
}

// wants fails the test unless the page has asked for just this since the last time.
func (d *desk) wants(did ...string) {
	d.Helper()
	if !slices.Equal(d.did, did) {
		d.Errorf("asked for %q, want %q", d.did, did)
	}
	d.did = nil
}

// typed types into what has the keyboard.
func (d *desk) typed(words string) {
	d.Helper()
	e, ok := d.win.Canvas().Focused().(*widgets.Entry)
	if !ok {
		d.Fatalf("%T has the keyboard, and no box", d.win.Canvas().Focused())
	}
	test.Type(e, words)
}

func (d *desk) key(names ...fyne.KeyName) {
	for _, n := range names {
		d.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: n})
	}
}

// keyboard is the label of the button that has the keyboard, or "box".
func (d *desk) keyboard() string {
	switch f := d.win.Canvas().Focused().(type) {
	case *widgets.Action:
		return f.Label()
	case *widgets.Entry:
		return "box"
	}
	return ""
}

// here is a team in which something of everything is so.
func here() State {
	return State{Sign: Waiting, Since: noon.Add(-time.Hour), Name: "Harrow Garden Tools", Carrier: "nats://sync.example.com over TLS", Waiting: 3,
		Unsent: []Unsent{{"a note about Mary Shaw", "the server does not answer", noon.Add(-time.Hour)}},
		Devices: []Device{
			{ID: "me", Name: "desk-4", Rep: "Ewa Kos", Me: true, Admin: true, Here: true},
			{ID: "tom", Name: "tom-laptop", Rep: "Tom Reed", Last: noon.Add(-26 * time.Hour), Behind: 1200, ClockOff: 365 * 24 * time.Hour},
			{ID: "ann", Name: "front", Rep: "Ann Okafor", Here: true},
			{ID: "old", Name: "old-pc", Removed: true, Last: noon.AddDate(0, -2, 0), ClockOff: time.Hour},
		},
		Clashes: []Clash{
			{ID: "c1", What: "Mary Shaw", Field: "Likes", Ours: "to be told early, by phone, never by post", Theirs: "to be told early, by post, never at work", OursBy: "Ewa Kos", TheirsBy: "Tom Reed", At: noon.Add(-2 * time.Hour)},
			{ID: "c2", What: "Late parcel", Field: "Words to say", Ours: "It is late.", Theirs: "", OursBy: "Ewa Kos", TheirsBy: "Ann Okafor", At: noon.Add(-3 * time.Hour)},
		},
		Refused:    []Refused{{"it was not signed by a member", "an unknown device", noon.Add(-5 * time.Hour)}},
		Erasures:   []Erased{{"Customer 7kq2", 2, 3}, {"Customer 9xw4", 3, 3}},
		Invitation: Invitation{Words: "apple river candle north seven lamp", Text: "ringside-invitation:abc", Expires: noon.Add(20 * time.Hour)},
		MayGovern:  true}
}

func TestWithoutATeamThePageSaysWhatSyncIsAndWhatItIsNot(t *testing.T) {
	d := newDesk(t, roomy, State{})
	d.reads("Sync is off", "what one of you writes is with the others in a moment", "that only your desks can read", "It is not a backup",
		"Join a team", "Start a team on a server", "Start a team in a folder")
	d.hides("Devices", "Leave the team", "Try now", "The six words")
	d.press(opensShared)
	d.reads("Shared with the team", "Promises and incidents", "Reps and their roles", "Stays on this desk", "Drafts that were not sent", "The log of who did what")
	d.win.Canvas().Focus(d.button(shutsShared))
	d.key(fyne.KeyEscape)
	d.hides("Stays on this desk")
}

func TestATeamIsJoinedWithAnInvitationAndSixWords(t *testing.T) {
	d := newDesk(t, roomy, State{})
	d.press("Join…")
	d.typed(" ringside-invitation:abc ")
	d.press("Join")
	d.reads("Type the six words that you were told.")
	d.typed("Apple river-candle, north ")
	d.key(fyne.KeyReturn)
	d.reads("An invitation has 6 words; here are 4.")
	d.wants()
	d.typed("seven lamp")
	d.key(fyne.KeyReturn, fyne.KeyReturn)
	d.wants("join|ringside-invitation:abc|apple river candle north seven lamp")
	d.reads("Joining: the desk that made the invitation has to let this one in")
	d.reply(&assist.Fault{What: "the words do not fit this invitation", Do: "Ask for them once more."})
	d.reads("The words do not fit this invitation. Ask for them once more.")
	d.hides("Joining:")
	d.key(fyne.KeyReturn)
	d.wants("join|ringside-invitation:abc|apple river candle north seven lamp")
	d.reply(nil)
	d.SetState(State{Sign: AllHere, Name: "Harrow"})
	d.reads("Harrow", "All here")
	d.hides("Sync is off", "Join a team")
	d.SetState(State{})
	d.press("Join…")
	for _, e := range d.off.join.boxes {
		if e.Text != "" {
			t.Errorf("%q is left in a box", e.Text)
		}
	}
}

func TestJoiningIsGivenUpByEscape(t *testing.T) {
	d := newDesk(t, roomy, State{})
	d.press("Join…")
	d.typed("ringside-invitation:abc")
	d.press("Join")
	d.typed("apple river candle north seven lamp")
	d.key(fyne.KeyReturn, fyne.KeyEscape)
	d.wants("join|ringside-invitation:abc|apple river candle north seven lamp", "stop")
	d.hides("Joining:", "The six words")
	d.press("Join…")
	d.reads("The six words")
}

func TestAnInvitationIsDroppedOnThePage(t *testing.T) {
	d := newDesk(t, roomy, State{})
	if !d.Drop("/home/ewa/invitation.txt") {
		t.Fatal("it is not taken")
	}
	d.typed("apple river candle north seven lamp")
	d.key(fyne.KeyReturn)
	d.wants("join|/home/ewa/invitation.txt|apple river candle north seven lamp")
	d.SetState(here())
	if d.Drop("/home/ewa/invitation.txt") {
		t.Error("a desk in a team takes another invitation")
	}
}

func TestATeamIsStartedOnAServer(t *testing.T) {
	d := newDesk(t, roomy, State{})
	d.press("Start on a server…")
	d.press("Start the team")
	d.reads("Choose the file that “ringside team serve” wrote.")
	d.press("Choose the file…")
	d.press("Start the team")
	d.reads("Type the words that were printed with it.")
	d.typed("some words")
	d.key(fyne.KeyReturn)
	d.reads("Give the team a name.")
	d.typed("Harrow")
	d.key(fyne.KeyReturn)
	d.wants("server|/media/stick/team.txt|some words|Harrow")
	d.reads("Starting: the server is being asked…")
	d.key(fyne.KeyEscape) // it goes on
	d.reads("Starting: the server is being asked…")
	d.reply(errors.New("no route"))
	d.reads("No route.")
	d.key(fyne.KeyEscape)
	d.hides("No route.", "The words that were printed")
	if d.keyboard() != "Start on a server…" {
		t.Errorf("%q has the keyboard", d.keyboard())
	}
}

func TestATeamIsStartedInAFolder(t *testing.T) {
	d := newDesk(t, roomy, State{})
	d.press("Start on a server…")
	d.press("Start in a folder…")
	d.hides("The words that were printed")
	d.press("Choose the folder…")
	d.key(fyne.KeyReturn)
	d.reads("Give the team a name.")
	d.typed("Harrow")
	d.key(fyne.KeyReturn)
	d.wants("folder|/mnt/share|Harrow")
	d.reply(nil)
}

func TestWhatIsNotSentIsToldAndTried(t *testing.T) {
	d := newDesk(t, roomy, here())
	d.reads("Harrow Garden Tools", "By nats://sync.example.com over TLS", "3 changes of this desk waiting to be sent since today, 11:00.",
		"A note about Mary Shaw", "The server does not answer. Since today, 11:00.")
	d.press("Try now")
	d.press("Try now")
	d.wants("try")
	d.reads("Trying…")
	d.reply(errors.New("the server does not answer"))
	d.reads("The server does not answer.")
	s := here()
	s.Sign, s.Unsent, s.Waiting = AllHere, nil, 0
	d.SetState(s)
	d.reads("All here since today, 11:00.")
	d.hides("Try now", "does not answer")
	s.Sign = Offline
	d.SetState(s)
	d.reads("Offline since today, 11:00. You work on as always", "Try now")
}

func TestADeskThatWasRemovedIsToldHowToComeBack(t *testing.T) {
	s := here()
	s.Sign, s.Devices = Offline, []Device{{ID: "d1", Name: "Front desk", Me: true, Removed: true}}
	d := newDesk(t, roomy, s)
	d.reads("This desk was removed from the team.", "join it by a new invitation", "Leave the team…")
	d.hides("Offline since", "as soon as there is a way", "Try now", "waiting")
	if got, warn := SignWords(s, noon); got != "Not in the team" || !warn {
		t.Errorf("the sign: %q", got)
	}
}

func TestDevicesTellWhenTheyWereHereAndWhoseClockIsWrong(t *testing.T) {
	d := newDesk(t, roomy, here())
	d.reads("This computer  ·  admin", "Last here yesterday, 10:00  ·  1,200 behind", "Here now", "Removed: it reads nothing new",
		"The clock of Tom Reed’s computer is a year ahead: their changes wait until it is put right.")
	if n := strings.Count(look.Words(d.Object()), "ahead"); n != 1 {
		t.Errorf("%d clocks are told of", n)
	}
	for off, want := range map[time.Duration]string{
		time.Minute:              "",
		5 * time.Minute:          "The clock of Tom Reed’s computer is 5 minutes ahead. Nothing waits for it, but its times are wrong.",
		-3 * time.Hour:           "The clock of Tom Reed’s computer is 3 hours behind. Nothing waits for it, but its times are wrong.",
		26 * time.Hour:           "The clock of Tom Reed’s computer is a day ahead: their changes wait until it is put right.",
		59 * time.Minute:         "The clock of Tom Reed’s computer is an hour ahead: their changes wait until it is put right.",
		3 * 365 * 24 * time.Hour: "The clock of Tom Reed’s computer is 3 years ahead: their changes wait until it is put right.",
	} {
		if got := clockWords(Device{Rep: "Tom Reed", ClockOff: off}); got != want {
			t.Errorf("%v: %q, want %q", off, got, want)
		}
	}
	if got := clockWords(Device{Me: true, ClockOff: time.Hour}); got != "The clock of this computer is an hour ahead: your changes wait until it is put right." {
		t.Error(got)
	}
}

func TestADeviceIsRemovedAfterItWasSaidWhatThatMeans(t *testing.T) {
	d := newDesk(t, roomy, here())
	asks := 0
	look.Walk(d.Object(), func(o fyne.CanvasObject, _, _ look.Area) {
		if a, ok := o.(*widgets.Action); ok && a.Label() == "Remove…" {
			asks++
		}
	})
	if asks != 2 {
		t.Errorf("%d devices can be removed, want those of the two others", asks)
	}
	d.press("Remove…")
	d.reads("Remove “tom-laptop”? It reads nothing that is written from now on. What it has it keeps")
	if d.keyboard() != "Leave it as it is" {
		t.Errorf("%q has the keyboard", d.keyboard())
	}
	d.key(fyne.KeyReturn)
	d.hides("What it has it keeps")
	d.wants()
	d.press("Remove…")
	d.press("Remove it")
	d.wants("remove|tom")
	d.reads("Removing: the other desks get a new key…")
	d.reply(nil)
	d.hides("What it has it keeps")
	s := here()
	s.MayGovern = false
	d.SetState(s)
	d.hides("Remove…", "Invite somebody")
}

func TestADeviceIsMadeAnAdminsAndNoMore(t *testing.T) {
	d := newDesk(t, roomy, here())
	d.hides("Admin no more…")
	d.press("Make admin…")
	d.reads("can then decide, too, who is in the team")
	d.press("Make it an admin’s")
	d.wants("admin|tom|true")
	d.reply(nil)
	s := here()
	for i := range s.Devices {
		s.Devices[i].Admin = true
	}
	d.SetState(s)
	d.hides("Make admin…")
	d.press("Admin no more…")
	d.press("It is no admin’s any more")
	d.wants("admin|tom|false")
	d.reply(nil)
}

func TestAClashIsComparedAndSettled(t *testing.T) {
	d := newDesk(t, roomy, here())
	d.reads("Mary Shaw\n", "Likes  ·  today, 10:00", "Ewa Kos", "Tom Reed", "never by post", "never at work", "(empty)")
	first := d.clashes.rows["c1"]
	if o, th := first.ours.text.Marks(), first.theirs.text.Marks(); o != 2 || th != 2 {
		t.Errorf("%d words of ours and %d of theirs are marked, want phone and by post, post and at work", o, th)
	}
	d.press("Take theirs")
	d.wants("settle|c1|false")
	d.reply(errors.New("it has changed again"))
	d.reads("It has changed again.")
	d.win.Canvas().Focus(d.button("Keep ours"))
	d.key(fyne.KeyReturn)
	d.wants("settle|c1|true")
	d.reply(nil)
	s := here()
	s.Clashes = s.Clashes[1:]
	d.SetState(s)
	d.hides("Likes  ·  today, 10:00")
	if d.keyboard() == "" || !seen(d.all, d.at) {
		t.Error("the keyboard is lost with what had it")
	}
	for i := range 9 {
		s.Clashes = append(s.Clashes, Clash{ID: fmt.Sprint(i), What: "Mary", Field: "city"})
	}
	d.SetState(s)
	d.reads("And 5 more after these.")
}

func TestTheKeyboardStaysWhenTheStateChanges(t *testing.T) {
	d := newDesk(t, roomy, here())
	take := d.button("Take theirs")
	d.win.Canvas().Focus(take)
	s := here()
	s.Clashes = append([]Clash{{ID: "c0", What: "Another", Field: "one"}}, s.Clashes...)
	s.Devices[1].Here = true
	d.SetState(s)
	if d.win.Canvas().Focused() != fyne.Focusable(take) || !seen(d.all, take) {
		t.Error("the keyboard has gone elsewhere")
	}
}

func TestAnInvitationIsMadeAndShown(t *testing.T) {
	s := here()
	s.Invitation = Invitation{}
	d := newDesk(t, roomy, s)
	d.hides("Copy the invitation")
	d.press("Make an invitation")
	d.wants("invite")
	d.reads("Making it…")
	d.reply(nil)
	d.SetState(here())
	d.reads("It works once, until tomorrow, 8:00.", "apple river candle north seven lamp", "Never send them with it")
	if len(d.invite.code.Objects) != 1 {
		t.Error("there is no QR code")
	}
	d.press("Copy the invitation")
	d.press("Save it as a file…")
	d.wants("copy|ringside-invitation:abc", "save|ringside-invitation.txt|ringside-invitation:abc")
	d.reads("Copied.")
	s = here()
	s.Invitation.UsedBy, s.Invitation.UsedAt = "Ann’s laptop", noon.Add(-time.Minute)
	d.SetState(s)
	d.reads("Used by Ann’s laptop, today, 11:59. It cannot be used again.")
	d.hides("Copy the invitation", "apple river")
	s.Invitation.UsedBy, s.Invitation.Expires = "", noon
	d.SetState(s)
	d.reads("It has expired, today, 12:00. Nobody has used it.")
	d.hides("Copy the invitation", "apple river")
}

func TestAnAdminWhoCannotInviteIsToldWhoCan(t *testing.T) {
	s := here()
	s.Invitation, s.InviteAt = Invitation{}, "Ann’s laptop"
	d := newDesk(t, roomy, s)
	d.reads("Invitations are made at Ann’s laptop, where the team was founded")
	d.hides("Make an invitation")
	d.SetState(here())
	d.reads("Make an invitation")
	d.hides("where the team was founded")
}

func TestErasuresAndWhatWasRefusedAreTold(t *testing.T) {
	d := newDesk(t, roomy, here())
	d.reads("Customer 7kq2: confirmed by 2 of 3 devices. The others erase it when they are here again.", "Customer 9xw4: erased on all 3 devices.",
		"It was not signed by a member.", "From an unknown device, today, 7:00")
	s := here()
	s.Erasures, s.Refused = nil, slices.Repeat(s.Refused, 11)
	d.SetState(s)
	d.hides("Erased for good")
	d.reads("And 3 more.")
}

func TestTheTeamIsLeftAfterItWasSaidWhatThatMeans(t *testing.T) {
	d := newDesk(t, roomy, here())
	d.press("Leave the team…")
	d.reads("This desk keeps all that it has")
	d.key(fyne.KeyEscape)
	d.hides("This desk keeps all that it has")
	if d.keyboard() != "Leave the team…" {
		t.Errorf("%q has the keyboard", d.keyboard())
	}
	d.key(fyne.KeyReturn)
	d.press("Leave the team")
	d.wants("leave")
	d.reply(nil)
	d.SetState(State{})
	d.reads("Sync is off")
	d.hides("Leave the team")
}

func TestTheSignIsShort(t *testing.T) {
	for want, s := range map[string]State{
		"":                        {},
		"All here":                {Sign: AllHere},
		"1,203 waiting":           {Sign: Waiting, Waiting: 1203},
		"Offline since 9:12":      {Sign: Offline, Since: noon.Add(-168 * time.Minute)},
		"Offline since yesterday": {Sign: Offline, Since: noon.Add(-20 * time.Hour)},
		"Offline since 3 Nov":     {Sign: Offline, Since: noon.AddDate(0, 0, -24)},
	} {
		got, warn := SignWords(s, noon)
		if got != want || warn != (s.Sign == Offline) {
			t.Errorf("%q (warns: %t), want %q", got, warn, want)
		}
	}
}

func TestADeskIsNamedOnce(t *testing.T) {
	s := here()
	s.Devices[1].Name, s.Devices[2].Name, s.Devices[2].Rep = "Tom Reed, tom-laptop", "ANN", "Ann"
	d := newDesk(t, roomy, s)
	d.reads("\ndesk-4\nEwa Kos\nThis computer", "\nTom Reed, tom-laptop\nLast here", "\nANN\nHere now")
}

func TestADeskThatWasRemovedHasNothingToDecideAndKnowsNothingOfOthers(t *testing.T) {
	s := here()
	s.Devices[0].Removed = true
	d := newDesk(t, roomy, s)
	d.hides("Written twice", "Keep ours", "behind", "Here now")
	d.reads("Last here yesterday, 10:00")
	if n := len(s.ToSettle()); n != 0 {
		t.Errorf("%d to settle", n)
	}
	if n := len(here().ToSettle()); n != 2 {
		t.Errorf("%d to settle in the team", n)
	}
}
