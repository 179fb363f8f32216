package replica

import (
	"bytes"
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"ringside/assist"
)

func TestWrongWordsDoNotOpenAnInvitation(t *testing.T) {
	h := newHub(1)
	ann := founds(t, h, "Ann")
	text, words, err := ann.r.Invite(hubAccess("hub", nil))
	if err != nil {
		t.Fatal(err)
	}
	if n := len(strings.Fields(words)); n != codeWords {
		t.Errorf("the code is %q", words)
	}
	_, others, _ := ann.r.Invite(hubAccess("hub", nil))
	for _, typed := range []string{others, "one two three", strings.Replace(words, strings.Fields(words)[0], "xyzzy", 1), ""} {
		if _, err := OpenInvitation(text, typed); !isFault(err) || !errors.Is(err, assist.ErrWrongKey) {
			t.Errorf("%q: %v", typed, err)
		}
	}
	short := ""
	for _, w := range strings.Fields(words) {
		short += " - " + strings.ToUpper(w[:min(4, len(w))])
	}
	if inv, err := OpenInvitation("\n"+text, short); err != nil || inv.Team != "Tackle shop" || inv.From != "Ann" {
		t.Errorf("four letters of each word: %+v, %v", inv, err)
	}
}

// TestAnInvitationComesThroughTheMail with what mail programs put between its lines, and
// what people write around it.
func TestAnInvitationComesThroughTheMail(t *testing.T) {
	h := newHub(1)
	ann := founds(t, h, "Ann")
	text, words, err := ann.r.Invite(hubAccess("hub", []byte("guest")))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Fields(text)
	if long := slices.MaxFunc(lines, func(a, b string) int { return len(a) - len(b) }); len(long) > 76 {
		t.Errorf("a line has %d letters", len(long))
	}
	for name, came := range map[string]string{
		"whole":             text,
		"without its lines": strings.Join(lines, ""),
		"with spaces":       "  " + strings.Join(strings.Split(strings.Join(lines, ""), ""), " "),
		"as a reply":        "Hello C++ friends,\r\n\r\n> > " + strings.Join(lines, "\r\n> > ") + "\r\n\r\nREGARDS, ANN\r\n",
		"quoted-printable":  strings.Join(lines, "=\r\n"),
	} {
		if !IsSpelt(came) {
			t.Errorf("%s: it is taken for a path", name)
		}
		if inv, err := OpenInvitation(came, words); err != nil || inv.From != "Ann" || string(inv.Credentials) != "guest" {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, came := range map[string]string{
		"half":            text[:len(text)/2],
		"without an end":  strings.TrimSuffix(strings.TrimSpace(text), "+"),
		"a line missing":  strings.Join(append(slices.Clone(lines[:2]), lines[3:]...), "\n"),
		"a letter other":  strings.Replace(text, lines[1], strings.Map(func(c rune) rune { return 'A' + (c-'A'+1)%2 }, lines[1]), 1),
		"nothing":         "",
		"something else":  "-----BEGIN AGE ENCRYPTED FILE-----",
		"only its begin":  "RINGSIDE+",
		"its begin, end":  "RINGSIDE++",
		"hardly anything": "RINGSIDE+AAAA+",
	} {
		if _, err := OpenInvitation(came, words); !isFault(err) || !errors.Is(err, assist.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, path := range []string{"/home/ann/ringside-invitation.txt", `C:\Users\Ann\RINGSIDE-invitation.txt`} {
		if IsSpelt(path) {
			t.Errorf("%s is taken for an invitation", path)
		}
	}
}

func isFault(err error) bool {
	var f *assist.Fault
	return errors.As(err, &f)
}

// invites makes an invitation and opens it.
func (d *desk) invites() *Invitation {
	d.t.Helper()
	text, words, err := d.r.Invite(hubAccess("hub", []byte("guest")))
	if err != nil {
		d.t.Fatal(err)
	}
	inv, err := OpenInvitation(text, words)
	if err != nil {
		d.t.Fatal(err)
	}
	return inv
}

// asks says hello and waits for a moment.
func (d *desk) asks(l *line, inv *Invitation) (*Team, error) {
	ctx, stop := context.WithTimeout(context.Background(), 30*time.Millisecond)
	defer stop()
	return Join(ctx, l, inv, d.who(), d.dir, storeKey)
}

func TestAnInvitationIsGoodForOneDesk(t *testing.T) {
	h := newHub(1)
	ann := founds(t, h, "Ann")
	inv, guest := ann.invites(), h.line("")
	tom, eve := newDesk(t, "Tom", 0), newDesk(t, "Eve", 0)
	if _, err := tom.asks(guest, inv); !isFault(err) {
		t.Fatalf("before anybody answers: %v", err)
	}
	joined, err := ann.r.Admit(t.Context(), guest, func(m Member) (string, []byte, error) { return "hub:2", []byte("for " + m.Name), nil })
	if err != nil || len(joined) != 1 || joined[0].Name != "Tom" || joined[0].Admin {
		t.Fatalf("%+v, %v", joined, err)
	}
	if _, err := eve.asks(guest, inv); !isFault(err) || !strings.Contains(err.Error(), "used by another desk") {
		t.Errorf("a second desk: %v", err)
	}
	team, err := tom.asks(guest, inv)
	if err != nil {
		t.Fatal(err)
	}
	if at, cred := team.Carrier(); at != "hub:2" || string(cred) != "for Tom" {
		t.Errorf("%q, %q", at, cred)
	}
	late := newDesk(t, "Late", 0)
	stranger, err := joining(inv, late.dir, storeKey)
	if err != nil {
		t.Fatal(err)
	}
	m, _ := stranger.asMember(late.who(), time.Now())
	if err := stranger.leaveHello(t.Context(), guest, inv, m); err != nil { // without looking
		t.Fatal(err)
	}
	if joined, err := ann.r.Admit(t.Context(), guest, free); err != nil || len(joined) != 0 {
		t.Errorf("%+v, %v", joined, err)
	}
	if list := ann.r.Status().Refused; len(list) != 1 || list[0].Why != errUsed.Error() {
		t.Errorf("%+v", list)
	}
	again, err := OpenTeam(tom.dir, storeKey)
	if err != nil || again.Self() != team.Self() || again.ID() != ann.team.ID() {
		t.Errorf("%+v, %v", again, err)
	}
	if _, err := OpenTeam(tom.dir, [32]byte{9}); !errors.Is(err, assist.ErrWrongKey) {
		t.Errorf("under another key: %v", err)
	}
}

func TestADeskThatWasNotLetInIsInNoTeam(t *testing.T) {
	h := newHub(1)
	ann := founds(t, h, "Ann")
	tom, guest := newDesk(t, "Tom", 0), h.line("")
	if _, err := tom.asks(guest, ann.invites()); !isFault(err) {
		t.Fatal(err)
	}
	if _, err := OpenTeam(tom.dir, storeKey); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("it waits still: %v", err)
	}
	if _, err := Found(tom.dir, storeKey, "Another", tom.who()); err != nil {
		t.Errorf("it founds a team in place of that: %v", err)
	}
	if _, err := tom.asks(guest, ann.invites()); !isFault(err) || !strings.Contains(err.Error(), "in a team already") {
		t.Errorf("it is in that team: %v", err)
	}
}

func TestAnInvitationExpires(t *testing.T) {
	h := newHub(1)
	ann := founds(t, h, "Ann")
	inv, guest := ann.invites(), h.line("")
	tom := newDesk(t, "Tom", 0)
	if _, err := tom.asks(guest, inv); !isFault(err) {
		t.Fatal(err)
	}
	ann.halt()
	ann.skew = 25 * time.Hour
	ann.start()
	if joined, err := ann.r.Admit(t.Context(), guest, free); err != nil || len(joined) != 0 {
		t.Errorf("a day later: %+v, %v", joined, err)
	}
	inv.Until = time.Now().Add(-time.Minute)
	if _, err := tom.asks(guest, inv); !isFault(err) || !strings.Contains(err.Error(), "was good until") {
		t.Errorf("%v", err)
	}
	text, err := inv.seal("abandon ability able about above absent")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := OpenInvitation(text, "abandon ability able about above absent"); !isFault(err) || !strings.Contains(err.Error(), "was good until") {
		t.Errorf("%v", err)
	}
}

func TestWhoIsRemovedReadsNoMore(t *testing.T) {
	h, ann, tom := pair(t)
	eve := ann.lets(h, newDesk(t, "Eve", 0))
	alike(t, ann, tom, eve)
	if err := tom.r.Remove(eve.team.Self()); !isFault(err) || !strings.Contains(err.Error(), "Ask Ann") {
		t.Errorf("who is no admin: %v", err)
	}
	eve.line.plug(false)
	number := eve.r.shelf.ownNext()
	eve.writes("late", "Nowhere") // nobody knows of it when she is removed
	waitFor(t, "it is sealed", func() bool { return eve.r.shelf.ownNext() > number })
	if err := ann.r.Remove(eve.team.Self()); err != nil {
		t.Fatal(err)
	}
	ann.writes("secret", "Whitby")
	waitFor(t, "Tom has it", func() bool { return tom.city("secret") == "Whitby" })
	before := eve.r.roster.Key
	eve.line.plug(true)
	select {
	case err := <-eve.ended:
		if !isFault(err) || !strings.Contains(err.Error(), "was removed from the team") {
			t.Errorf("%v", err)
		}
		eve.ended <- nil
	case <-time.After(20 * time.Second):
		t.Fatal("she is not told")
	}
	if got := eve.city("secret"); got != "" {
		t.Errorf("she reads %q", got)
	}
	eve.r.mu.Lock()
	for id := range eve.r.keys {
		if id != before {
			t.Error("she has a new key of the team")
		}
	}
	eve.r.mu.Unlock()
	late := eve.r.shelf.own()
	if err := eve.r.shelf.each(late[len(late)-1:], func(_ uint64, rec record) error { h.put(rec.packet(false)); return nil }); err != nil {
		t.Fatal(err)
	}
	waitFor(t, "what she sent later is refused", func() bool {
		for _, f := range tom.r.Status().Refused {
			if f.Why == errRemoved.Error() && f.Member == eve.team.Self() {
				return true
			}
		}
		return false
	})
	if tom.city("late") != "" {
		t.Error("it counts")
	}
	new := ann.lets(h, newDesk(t, "Fay", 0)) // reads what was sealed under either key
	alike(t, ann, tom, new)
}

func TestTwoAdminsAtOnceComeToOneRoster(t *testing.T) {
	h, ann, tom := pair(t)
	if err := ann.r.SetAdmin(tom.team.Self(), true); err != nil {
		t.Fatal(err)
	}
	waitFor(t, "Tom is an admin", func() bool { r := tom.r.Roster(); m, _ := r.Member(tom.team.Self()); return m.Admin })
	bob, cid := ann.lets(h, newDesk(t, "Bob", 0)), ann.lets(h, newDesk(t, "Cid", 0))
	alike(t, ann, tom, bob, cid)
	waitFor(t, "Tom has the roster", func() bool { return tom.r.Roster().Version == ann.r.Roster().Version })
	ann.line.plug(false)
	tom.line.plug(false)
	if err := errors.Join(ann.r.Remove(bob.team.Self()), tom.r.Remove(cid.team.Self())); err != nil {
		t.Fatal(err)
	}
	ann.line.plug(true)
	tom.line.plug(true)
	waitFor(t, "one roster", func() bool {
		a, b := ann.r.Roster(), tom.r.Roster()
		gone := 0
		for _, m := range a.Members {
			if !m.here() {
				gone++
			}
		}
		return a.Key == b.Key && a.Version == b.Version && gone == 2
	})
	ann.writes("c5", "Selby")
	waitFor(t, "they understand each other", func() bool { return tom.city("c5") == "Selby" })
}

// TestANewcomerStaysWhenItsRosterDoesNotHold: the other admin, whose roster holds, has removed
// somebody at that moment, so that there is a new key which the newcomer was not given.
func TestANewcomerStaysWhenItsRosterDoesNotHold(t *testing.T) {
	for _, removes := range []bool{false, true} {
		h, holds, lets := pair(t)
		if err := holds.r.SetAdmin(lets.team.Self(), true); err != nil {
			t.Fatal(err)
		}
		waitFor(t, "both are admins", func() bool { r := lets.r.Roster(); m, _ := r.Member(lets.team.Self()); return m.Admin })
		bob := holds.lets(h, newDesk(t, "Bob", 0))
		alike(t, holds, lets, bob)
		waitFor(t, "both have the roster", func() bool { return holds.r.Roster().Version == lets.r.Roster().Version })
		if holds.team.Self() > lets.team.Self() {
			holds, lets = lets, holds
		}
		holds.line.plug(false)
		eve := lets.lets(h, newDesk(t, "Eve", 0))
		eve.writes("c1", "Whitby")
		alike(t, lets, eve)
		if removes {
			if err := holds.r.Remove(bob.team.Self()); err != nil {
				t.Fatal(err)
			}
		} else if err := holds.r.SetAdmin(bob.team.Self(), true); err != nil {
			t.Fatal(err)
		}
		holds.line.plug(true)
		waitFor(t, "one roster with both changes", func() bool {
			a, b, c := holds.r.Roster(), lets.r.Roster(), eve.r.Roster()
			_, in := a.Member(eve.team.Self())
			m, _ := a.Member(bob.team.Self())
			return in && m.here() != removes && a.Version == b.Version && b.Version == c.Version && a.Key == b.Key && b.Key == c.Key
		})
		eve.writes("c2", "Selby")
		holds.writes("c3", "Filey")
		alike(t, holds, lets, eve)
		eve.crash()
		eve.writes("c4", "Goole")
		alike(t, holds, lets, eve)
	}
}

func TestAHelloIsAnsweredOnceForEachRoster(t *testing.T) {
	h := newHub(1)
	ann := founds(t, h, "Ann")
	inv, guest := ann.invites(), h.line("")
	tom := newDesk(t, "Tom", 0)
	if _, err := tom.asks(guest, inv); !isFault(err) {
		t.Fatal(err)
	}
	place, answers := "welcome/"+inv.ID, 0
	admit := func(why string, want int) {
		t.Helper()
		if _, err := ann.r.Admit(t.Context(), guest, func(Member) (string, []byte, error) { answers++; return "hub", nil, nil }); err != nil {
			t.Fatal(err)
		}
		if answers != want {
			t.Errorf("%s: %d answers, not %d", why, answers, want)
		}
	}
	admit("the first", 1)
	admit("nothing is new", 1)
	h.set(func(h *hub) { delete(h.places, place) })
	admit("the carrier has lost it", 2)
	admit("nothing is new since", 2)
	if err := ann.r.changeRoster(false, func(*Roster) error { return nil }); err != nil {
		t.Fatal(err)
	}
	admit("there is another roster", 3)
	team, err := tom.asks(guest, inv)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(team.own.Root, ann.r.roster.packet) {
		t.Error("it begins with an older roster")
	}
}
