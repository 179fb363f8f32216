package nats_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"ringside/storage/replica/nats/serve"
)

func failing(found []serve.Finding) map[string]string {
	bad := map[string]string{}
	for _, f := range found {
		if !f.OK {
			bad[f.What] = f.Detail
		}
	}
	return bad
}

func TestAServerThatWasSetUpPassesTheCheck(t *testing.T) {
	for _, nodes := range []int{1, 3} {
		found := started(t, nodes).admin.Check(t.Context())
		if len(found) < 28 {
			t.Errorf("%d things were tried only", len(found))
		}
		for what, why := range failing(found) {
			t.Errorf("%d nodes: %s: %s", nodes, what, why)
		}
	}
}

func TestTheCheckSeesWhatIsWrong(t *testing.T) {
	s := planned(t, 1, nil)
	name := filepath.Join(s.plan.NodeFolder(1), "nats-server.conf")
	config, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(strings.Replace(string(config), "sync_interval: always", "", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	s.startAll(t)

	// Somebody lets messages age, and gives every member an admin's rights.
	s.asOwner(t, func(js jetstream.JetStream) error {
		wanted := s.admin.Access.Stream.Packets()
		wanted.MaxAge, wanted.Duplicates = time.Hour, time.Minute
		_, err := js.UpdateStream(t.Context(), wanted)
		return err
	})
	s.admin.Keys[serve.Member] = s.admin.Keys[serve.Admin]
	bad := failing(s.admin.Check(t.Context()))
	for _, what := range []string{
		"what is acknowledged is on the disk (sync_interval: always)", "it stores as it must", "a member cannot delete a packet", "a member cannot welcome anybody",
	} {
		if bad[what] == "" {
			t.Errorf("it does not see: %s", what)
		}
		delete(bad, what)
	}
	for what, why := range bad {
		t.Errorf("it sees what is not: %s: %s", what, why)
	}
}

func TestTheCheckSeesAServerThatIsAway(t *testing.T) {
	if len(failing(planned(t, 1, nil).admin.Check(t.Context()))) == 0 {
		t.Error("nothing runs, and nothing is found")
	}
}

func TestATeamOnAServerOfOthersIsToldWhatItCannotProve(t *testing.T) {
	unproved := 0
	for _, f := range started(t, 1).admin.ForTeam().Check(t.Context()) {
		if f.Unproved {
			unproved++
		} else if !f.OK {
			t.Errorf("%s: %s", f.What, f.Detail)
		}
	}
	if unproved != 3 {
		t.Errorf("%d things are unproved", unproved)
	}
}
