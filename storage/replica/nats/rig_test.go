package nats_test

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	client "github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"ringside/storage/replica"
	"ringside/storage/replica/nats"
	"ringside/storage/replica/nats/serve"
	"ringside/storage/replica/replicatest"
)

// servers is a real team's server of one or three nodes, as it is set up for people.
type servers struct {
	plan  serve.Plan
	teams []serve.Authority
	admin serve.Authority // of the first team
	nodes []*exec.Cmd
	out   []*bytes.Buffer
}

const team = "shop"

func freePort(t testing.TB) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// planned sets servers up without starting them.
func planned(t testing.TB, nodes int, change func(*serve.Plan)) *servers {
	t.Helper()
	if os.Getenv("RINGSIDE_NATS_SERVER") == "" {
		t.Skip("RINGSIDE_NATS_SERVER does not say where nats-server is (make nats-server builds it)")
	}
	s := &servers{plan: serve.Plan{Folder: t.TempDir(), Teams: []string{team}, MaxBytes: 512 << 20}, nodes: make([]*exec.Cmd, nodes), out: make([]*bytes.Buffer, nodes)}
	for range nodes {
		s.plan.Nodes = append(s.plan.Nodes, serve.Node{Hosts: []string{"127.0.0.1"}, Port: freePort(t), Route: freePort(t)})
	}
	if change != nil {
		change(&s.plan)
	}
	authorities, err := s.plan.Write()
	if err != nil {
		t.Fatal(err)
	}
	s.teams, s.admin = authorities, authorities[0]
	t.Cleanup(func() {
		for i := range s.nodes {
			s.kill(i)
			if t.Failed() {
				t.Logf("node %d: %s", i+1, tail(s.out[i]))
			}
		}
	})
	return s
}

func tail(b *bytes.Buffer) []byte {
	if b == nil {
		return nil
	}
	return b.Bytes()[max(0, b.Len()-4000):]
}

// started sets servers up and has the stream made.
func started(t testing.TB, nodes int) *servers {
	t.Helper()
	s := planned(t, nodes, nil)
	s.startAll(t)
	return s
}

func (s *servers) start(t testing.TB, node int) {
	t.Helper()
	cmd := exec.Command(os.Getenv("RINGSIDE_NATS_SERVER"), "-c", "nats-server.conf")
	s.out[node] = &bytes.Buffer{}
	cmd.Dir, cmd.Stdout, cmd.Stderr = s.plan.NodeFolder(node+1), s.out[node], s.out[node]
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	s.nodes[node] = cmd
}

func (s *servers) startAll(t testing.TB) {
	t.Helper()
	for i := range s.nodes {
		s.start(t, i)
	}
	s.ensure(t)
}

// ensure waits until the servers have made their stream.
func (s *servers) ensure(t testing.TB) {
	t.Helper()
	admin := s.open(t, "admin", serve.Admin)
	for end := time.Now().Add(time.Minute); ; time.Sleep(100 * time.Millisecond) {
		err := admin.Ensure(t.Context())
		if err == nil {
			return
		}
		if time.Now().After(end) {
			t.Fatal("the stream is not made: ", err)
		}
	}
}

// kill ends a node at once, as a crash does.
func (s *servers) kill(node int) {
	if s.nodes[node] != nil {
		s.nodes[node].Process.Kill() //nolint:errcheck // it may have ended
		s.nodes[node].Wait()         //nolint:errcheck // it was killed
		s.nodes[node] = nil
	}
}

func (s *servers) killAll() {
	for i := range s.nodes {
		s.kill(i)
	}
}

// wipe takes all from the disks of all nodes.
func (s *servers) wipe(t testing.TB) {
	t.Helper()
	s.killAll()
	for i := range s.nodes {
		if err := os.RemoveAll(filepath.Join(s.plan.NodeFolder(i+1), "jetstream")); err != nil {
			t.Fatal(err)
		}
	}
	for i := range s.nodes {
		s.start(t, i)
	}
}

func (s *servers) access(t testing.TB, name string, rights serve.Rights) nats.Access {
	t.Helper()
	access, err := s.admin.Mint(name, rights, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	return access
}

func (s *servers) open(t testing.TB, name string, rights serve.Rights) *nats.Carrier {
	t.Helper()
	c, err := nats.Open(s.access(t, name, rights))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

// carriers returns what makes a carrier that is empty: each is another team on the same
// servers.
func carriers(t *testing.T, nodes int) func(*testing.T) replicatest.Carrier {
	s := planned(t, nodes, func(p *serve.Plan) {
		p.MaxBytes = 64 << 20
		for i := range 20 {
			p.Teams = append(p.Teams, fmt.Sprintf("team-%02d", i))
		}
	})
	s.startAll(t)
	next := 0
	return func(t *testing.T) replicatest.Carrier {
		next++
		one := *s
		one.admin = s.teams[next]
		one.ensure(t)
		return one.carrier()
	}
}

func (s *servers) carrier() replicatest.Carrier {
	return replicatest.Carrier{
		Open:  func(t *testing.T, m replica.MemberID) replica.Transport { return s.open(t, string(m), serve.Member) },
		Admin: func(t *testing.T) replica.Transport { return s.open(t, "admin", serve.Admin) },
		Lose:  func(t *testing.T) { s.wipe(t) },
		Guest: func(t *testing.T, invitation string) replica.Meeting { return s.open(t, invitation, serve.Guest) },
	}
}

// raw connects with the plain client, as a program of somebody's own would.
func (s *servers) raw(t *testing.T, name string, rights serve.Rights) *client.Conn {
	t.Helper()
	access, roots := s.access(t, name, rights), x509.NewCertPool()
	roots.AppendCertsFromPEM(access.CA)
	conn, err := client.Connect(strings.Join(access.URLs, ","), client.UserCredentialBytes(access.Credentials), client.CustomInboxPrefix("_INBOX_"+name), client.Secure(&tls.Config{RootCAs: roots}))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(conn.Close)
	return conn
}

// asOwner does what only who runs the server can.
func (s *servers) asOwner(t *testing.T, do func(jetstream.JetStream) error) {
	t.Helper()
	js, err := jetstream.New(s.raw(t, "owner", serve.Owner))
	if err == nil {
		err = do(js)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// whole waits until all nodes have all of the stream.
func (s *servers) whole(t *testing.T) {
	t.Helper()
	for end := time.Now().Add(time.Minute); ; time.Sleep(200 * time.Millisecond) {
		bad := failing(s.admin.Check(t.Context()))
		if len(bad) == 0 {
			return
		}
		if time.Now().After(end) {
			t.Fatal("the nodes do not come together: ", bad)
		}
	}
}

func (s *servers) disk(node int) string { return filepath.Join(s.plan.NodeFolder(node+1), "jetstream") }

func (s *servers) copyDisk(t *testing.T, node int) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "jetstream")
	if err := os.CopyFS(to, os.DirFS(s.disk(node))); err != nil {
		t.Fatal(err)
	}
	return to
}

func (s *servers) putDisk(t *testing.T, node int, from string) {
	t.Helper()
	if err := os.RemoveAll(s.disk(node)); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(s.disk(node), os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
}
