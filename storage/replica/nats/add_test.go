package nats_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"ringside/assist"
	"ringside/storage/replica/nats/serve"
	"ringside/storage/replica/replicatest"
)

// TestATeamIsAddedToARunningServer which reads its configuration anew: nobody of the team that is there notices.
func TestATeamIsAddedToARunningServer(t *testing.T) {
	for _, nodes := range []int{1, 3} {
		s := started(t, nodes)
		mine := replicatest.Packets(replicatest.Ann, 2)
		publish(t, s.open(t, string(replicatest.Ann), serve.Member), mine)
		other := *s
		hosts, err := serve.Add(s.plan.Folder, []string{"harbour"}, func(a serve.Authority) error { other.admin = a; return nil })
		if err != nil || len(hosts) != nodes {
			t.Fatal(hosts, err)
		}
		for _, node := range s.nodes {
			if err := node.Process.Signal(syscall.SIGHUP); err != nil {
				t.Fatal(err)
			}
		}
		other.ensure(t)
		theirs := replicatest.Packets(replicatest.Ben, 2)
		publish(t, other.open(t, string(replicatest.Ben), serve.Member), theirs)
		got := replicatest.Listen(t, s.open(t, string(replicatest.Cem), serve.Member), nil)
		got.Has(t, mine, 1)
		got.Now(t)
		if len(got.Came()) != len(mine) {
			t.Error("what the new team has sent came")
		}
		s.whole(t)
		for _, f := range other.admin.Check(t.Context()) {
			if !f.OK && !f.Unproved {
				t.Errorf("%s: %s", f.What, f.Detail)
			}
		}
		s.killAll() // what was taken in without a restart is there after one
		for i := range s.nodes {
			s.start(t, i)
		}
		s.ensure(t)
		other.ensure(t)
		replicatest.Listen(t, other.open(t, string(replicatest.Cem), serve.Member), nil).Has(t, theirs, 1)
	}
}

func TestAddingATeamTouchesNothingElse(t *testing.T) {
	p := serve.Plan{Folder: t.TempDir(), Teams: []string{"shop"}, MaxBytes: 1 << 30, Nodes: []serve.Node{{Hosts: []string{"sync.example.com"}}}}
	if _, err := p.Write(); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(p.NodeFolder(1), "nats-server.conf")
	config, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	config = append(config, "# by hand\n"...)
	if err := os.WriteFile(name, config, 0o600); err != nil {
		t.Fatal(err)
	}
	var a serve.Authority
	hand := func(made serve.Authority) error { a = made; return nil }
	nodes, err := serve.Add(p.Folder, []string{"harbour"}, hand)
	if err != nil || !slices.Equal(nodes, []string{"sync.example.com"}) {
		t.Fatal(nodes, err)
	}
	if a.Operator != "" || len(a.System) > 0 || a.Access.Team != "harbour" || len(a.Access.URLs) != 1 {
		t.Errorf("the new team gets %+v", a)
	}
	after, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(config)) {
		if !strings.Contains(line, "max_file_store") && !strings.Contains(string(after), line) {
			t.Errorf("gone: %s", line)
		}
	}
	if info, err := os.Stat(name); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	for team, want := range map[string]error{"harbour": fs.ErrExist, "shop": fs.ErrExist, "*": assist.ErrInvalid} {
		var f *assist.Fault
		if _, err := serve.Add(p.Folder, []string{team}, hand); !errors.As(err, &f) || f.Do == "" || !errors.Is(err, want) {
			t.Errorf("%s: %v", team, err)
		}
	}
	if _, err := serve.Add(t.TempDir(), []string{"harbour"}, hand); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("an empty folder: %v", err)
	}
	if _, err := serve.Add(p.Folder, []string{"quay"}, func(serve.Authority) error { return fs.ErrPermission }); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("nobody takes the keys: %v", err)
	}
	if last, _ := os.ReadFile(name); string(last) != string(after) {
		t.Error("the configuration has a team whose keys nobody has")
	}
}
