package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/live"
	"ringside/assist/settings"
)

// teamRig is a rig with the app open, at which somebody of this name sits. Only the first desk
// of a team has customers yet.
func teamRig(t *testing.T, name string, sample bool) *rig {
	r := newRig(t)
	t.Setenv("RINGSIDE_NO_KEYCHAIN", "1")
	p := &program{ctx: context.Background(), stdin: strings.NewReader(""), stdout: io.Discard, stderr: io.Discard, now: time.Now}
	if sample {
		if err := sampleHouse(p, r.data); err != nil {
			t.Fatal(err)
		}
	} else {
		h, err := openHouse(p.ctx, r.data, p.now)
		if err != nil {
			t.Fatal(err)
		}
		me := assist.Rep{ID: assist.IDFrom("rep", name), Name: name}
		set := settings.Machine{Me: me.ID, Region: "GB", Started: true}
		if err := h.db.Save(p.ctx, me); err != nil {
			t.Fatal(err)
		}
		if err := h.db.SaveSettings(p.ctx, set); err != nil {
			t.Fatal(err)
		}
		if err := h.Close(); err != nil {
			t.Fatal(err)
		}
	}
	r.start()
	return r
}

// try runs a command that may fail.
func (r *rig) try(args ...string) (string, error) {
	out, err := r.ringside(append(args, "--data", r.data)...).CombinedOutput()
	return string(out), err
}

// teamServer is a real server, as ringside team serve sets it up.
type teamServer struct {
	*testing.T
	dir, file string
	words     []string
	cmd       *exec.Cmd
	said      bytes.Buffer
}

var sixWords = regexp.MustCompile(`([a-z]+ ){5}[a-z]+\n`)

func newTeamServer(t *testing.T, r *rig) *teamServer {
	t.Helper()
	if os.Getenv("RINGSIDE_NATS_SERVER") == "" {
		t.Skip("RINGSIDE_NATS_SERVER does not say where nats-server is (make nats-server builds it)")
	}
	port, err := freePort()
	if err != nil {
		t.Fatal(err)
	}
	s := &teamServer{T: t, dir: filepath.Join(t.TempDir(), "server")}
	out := r.run("team", "serve", s.dir, "--team", "shop", "--host", "127.0.0.1", "--port", strconv.Itoa(port), "--room", "1")
	s.file, s.words = filepath.Join(s.dir, "ringside-team-shop.server"), strings.Fields(sixWords.FindString(out))
	if len(s.words) != 6 {
		t.Fatalf("no six words in %q", out)
	}
	t.Cleanup(s.kill)
	s.start()
	return s
}

func (s *teamServer) start() {
	s.Helper()
	s.cmd = exec.Command(os.Getenv("RINGSIDE_NATS_SERVER"), "-c", "nats-server.conf")
	s.cmd.Dir, s.cmd.Stdout, s.cmd.Stderr = filepath.Join(s.dir, "node-1"), &s.said, &s.said
	if err := s.cmd.Start(); err != nil {
		s.Fatal(err)
	}
}

func (s *teamServer) kill() {
	if s.cmd != nil {
		_ = s.cmd.Process.Kill()
		_ = s.cmd.Wait()
		s.cmd = nil
	}
}

// invited has a desk join the team of another by an invitation.
func (r *rig) invited(by *rig) {
	r.Helper()
	file := filepath.Join(r.home, "invitation.txt")
	words := strings.Fields(sixWords.FindString(by.run("team", "invite", "--to", file)))
	r.run(append([]string{"team", "join", file}, words...)...)
}

// knows waits until a desk has something among all that it holds.
func (r *rig) knows(what string) {
	r.Helper()
	r.wait(what, func() bool { return strings.Contains(r.run("export", "--format", "jsonl", "--to", "-"), what) })
}

func promised(v live.View, what string) bool {
	if v.Card == nil {
		return false
	}
	for _, p := range v.Card.Promises {
		if strings.Contains(p.Text, what) {
			return true
		}
	}
	return false
}

// TestATeamOfThreeGoesOnWhenItsServerIsWiped is the story of a team: one founds it, two
// join; a promise made on one desk is on the open card of another; the server is killed in
// mid-call and loses its disk; one desk is removed and reads no more.
func TestATeamOfThreeGoesOnWhenItsServerIsWiped(t *testing.T) {
	tom := teamRig(t, "Tom", true)
	server := newTeamServer(t, tom)
	tom.run(append([]string{"team", "check", server.file}, server.words...)...)
	tom.run(append([]string{"team", "start", "--name", "Harrow Tools", "--server", server.file}, server.words...)...)
	ewa, cem := teamRig(t, "Ewa Neu", false), teamRig(t, "Cem Aydin", false)
	ewa.invited(tom)
	cem.invited(tom)
	ewa.knows("Shaw Gardens")

	ewa.run("ring", "0113 496 0123", "--id", "hers", "--state", "answered")
	ewa.sees("the card of a customer who came with the team", func(v live.View) bool { return v.Card != nil && v.Card.Customer.Name == "Mary Shaw" })
	tom.run("ring", "0113 496 0123", "--id", "his", "--state", "answered")
	tom.sees("the same card", func(v live.View) bool { return v.Card != nil })
	tom.press("ctrl+j")
	tom.write("She wants the quiet one. I'll send her the leaflet on Friday")
	tom.sees("the promise is offered", func(v live.View) bool { return v.Promise != nil })
	tom.press("ctrl+p")
	start := time.Now()
	ewa.sees("the promise of a colleague on the open card", func(v live.View) bool { return promised(v, "leaflet") })
	t.Logf("it took %v, most of it asking", time.Since(start))
	ewa.picture("Tom is on the phone with her")

	server.kill()
	if err := os.RemoveAll(filepath.Join(server.dir, "node-1", "jetstream")); err != nil {
		t.Fatal(err)
	}
	tom.press("ctrl+j")
	tom.write(" and asks for anthracite")
	tom.sees("he goes on", func(v live.View) bool { return strings.HasSuffix(v.Note.Text, "anthracite") && v.Note.Saved })
	tom.press("ctrl+Return")
	tom.sees("wrap-up", func(v live.View) bool { return v.WrapUp != nil })
	tom.press("ctrl+Return")
	tom.sees("the desk is free", func(v live.View) bool { return v.Phase == live.Idle })
	ewa.press("ctrl+j")
	ewa.write("Prefers a call before noon")
	ewa.sees("she goes on", func(v live.View) bool { return v.Note.Text == "Prefers a call before noon" && v.Note.Saved })
	ewa.press("ctrl+Return")
	ewa.sees("wrap-up", func(v live.View) bool { return v.WrapUp != nil })
	ewa.press("ctrl+Return")
	ewa.sees("her desk is free", func(v live.View) bool { return v.Phase == live.Idle })
	ewa.picture("offline is said")
	server.start()
	ewa.knows("anthracite")
	tom.knows("before noon")
	cem.knows("anthracite")
	cem.knows("before noon")

	tom.run("team", "admin", deskOf(t, tom, "Ewa Neu"))
	ewa.wait("her desk is an admin's", func() bool { return strings.Contains(ewa.run("team"), "this desk, admin") })
	tom.run("team", "remove", deskOf(t, tom, "Cem Aydin"))
	tom.run("ring", "0113 496 0123", "--id", "next", "--state", "answered")
	tom.sees("the next call", func(v live.View) bool { return v.Card != nil })
	tom.press("ctrl+j")
	tom.write("Between us: zirconium")
	tom.sees("the note", func(v live.View) bool { return v.Note.Saved })
	tom.press("ctrl+Return")
	tom.sees("wrap-up", func(v live.View) bool { return v.WrapUp != nil })
	tom.press("ctrl+Return")
	ewa.knows("zirconium")
	cem.wait("it is told that it was removed", func() bool { return strings.Contains(cem.run("team"), "removed") })
	cem.picture("removed")
	if strings.Contains(cem.run("export", "--format", "jsonl", "--to", "-"), "zirconium") {
		t.Error("a desk that was removed reads on")
	}
}

// deskOf is the id of the desk at which somebody sits.
func deskOf(t *testing.T, at *rig, who string) string {
	t.Helper()
	for _, line := range strings.Split(at.run("team"), "\n") {
		if strings.Contains(line, who) {
			return strings.Fields(line)[0]
		}
	}
	t.Fatal(who, "is not in the team")
	return ""
}

// TestAStickKeepsTwoDesksAlikeThatNeverMeet: a folder is carried from one machine to the
// other and back, and lies at another place on each.
func TestAStickKeepsTwoDesksAlikeThatNeverMeet(t *testing.T) {
	ann, ben := teamRig(t, "Ann", true), teamRig(t, "Ben Hill", false)
	atAnn, atBen := filepath.Join(ann.home, "stick"), filepath.Join(ben.home, "media", "usb")
	if err := os.MkdirAll(filepath.Dir(atBen), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(atAnn, 0o700); err != nil {
		t.Fatal(err)
	}
	carry := func(from, to string) {
		t.Helper()
		if err := os.Rename(from, to); err != nil {
			t.Fatal(err)
		}
	}
	ann.run("team", "start", "--name", "Two of us", "--folder", atAnn)
	words := strings.Fields(sixWords.FindString(ann.run("team", "invite", "--to", filepath.Join(ann.home, "copy"))))
	carry(atAnn, atBen)
	join := append([]string{"team", "join", "--wait", "8s", filepath.Join(atBen, invitationFile)}, words...)
	if out, err := ben.try(join...); err == nil || !strings.Contains(out, "no answer") {
		t.Fatalf("joining before anybody could answer: %v, %s", err, out)
	}
	carry(atBen, atAnn)
	ann.wait("Ben is let in", func() bool { return strings.Contains(ann.run("team"), "Ben Hill") })
	time.Sleep(time.Second) // the answer is written behind the roster
	carry(atAnn, atBen)
	ben.run(join...)
	ben.knows("Shaw Gardens")
	ben.run("ring", "0113 496 0123", "--id", "one", "--state", "answered")
	ben.sees("the card that came on the stick", func(v live.View) bool { return v.Card != nil && v.Card.Customer.Name == "Mary Shaw" })
	ben.press("ctrl+j")
	ben.write("She likes the stick")
	ben.sees("the note", func(v live.View) bool { return v.Note.Saved && v.Note.Text != "" })
	ben.press("ctrl+Return")
	ben.sees("wrap-up", func(v live.View) bool { return v.WrapUp != nil })
	ben.press("ctrl+Return")
	ben.wait("all is on the stick", func() bool { return strings.Contains(ben.run("team"), "All here") })
	carry(atBen, atAnn)
	ann.knows("She likes the stick")
}
