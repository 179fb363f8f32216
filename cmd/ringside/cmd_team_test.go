package main

import (
	"strings"
	"syscall"
	"testing"
)

// TestATeamIsAddedToAServerThatRuns by the command that it was set up with.
func TestATeamIsAddedToAServerThatRuns(t *testing.T) {
	r := teamRig(t, "Ann", false)
	s := newTeamServer(t, r)
	r.wait("it runs", func() bool {
		_, err := r.try(append([]string{"team", "check", s.file}, s.words...)...)
		return err == nil
	})
	out := r.run("team", "serve", s.dir, "--team", "Harbour")
	words := strings.Fields(sixWords.FindString(out))
	if !strings.Contains(out, "systemctl reload ringside-nats") || len(words) != 6 {
		t.Fatal(out)
	}
	if err := s.cmd.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	file := strings.Replace(s.file, "shop", "harbour", 1)
	r.wait("the new team is there", func() bool { _, err := r.try(append([]string{"team", "check", file}, words...)...); return err == nil })
	r.run(append([]string{"team", "check", s.file}, s.words...)...)
	if out, err := r.try("team", "serve", s.dir, "--team", "harbour"); err == nil || !strings.Contains(out, "on this server already") {
		t.Error(out)
	}
	r.run(append([]string{"team", "start", "--name", "Harbour", "--server", file}, words...)...)
	if out := r.run("team", "invite"); !strings.Contains(out, "RINGSIDE+") {
		t.Error(out)
	}
}
