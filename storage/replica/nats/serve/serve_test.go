package serve_test

import (
	"bytes"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/jwt/v2"

	"ringside/assist"
	"ringside/storage/replica/nats/serve"
)

func plan(t *testing.T, nodes int) serve.Plan {
	p := serve.Plan{Folder: t.TempDir(), Teams: []string{"shop"}, MaxBytes: 1 << 30}
	for i := range nodes {
		p.Nodes = append(p.Nodes, serve.Node{Hosts: []string{fmt.Sprintf("team%d.example.com", i+1), "192.0.2.7"}})
	}
	return p
}

func written(t *testing.T, p serve.Plan) []serve.Authority {
	t.Helper()
	a, err := p.Write()
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// TestTheServerReadsWhatIsWritten: the real one looks at each node's configuration.
func TestTheServerReadsWhatIsWritten(t *testing.T) {
	server := os.Getenv("RINGSIDE_NATS_SERVER")
	if server == "" {
		t.Skip("RINGSIDE_NATS_SERVER does not say where nats-server is (make nats-server builds it)")
	}
	for _, nodes := range []int{1, 3} {
		p := plan(t, nodes)
		written(t, p)
		for i := range nodes {
			cmd := exec.Command(server, "-t", "-c", "nats-server.conf")
			cmd.Dir = p.NodeFolder(i + 1)
			if said, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("node %d of %d: %v: %s", i+1, nodes, err, said)
			}
		}
	}
}

func TestKeysAreNobodyElses(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no modes of files")
	}
	p := plan(t, 1)
	written(t, p)
	for _, name := range []string{"node-1/nats-server.conf", "node-1/server-key.pem", "ca-key.pem"} {
		info, err := os.Stat(filepath.Join(p.Folder, name))
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s has the mode %v", name, info.Mode())
		}
	}
}

func TestAServersKeysAreNotWrittenOver(t *testing.T) {
	p := plan(t, 1)
	written(t, p)
	before, err := os.ReadFile(filepath.Join(p.NodeFolder(1), "server-key.pem"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Write(); !errors.Is(err, fs.ErrExist) {
		t.Errorf("it says %v", err)
	}
	after, err := os.ReadFile(filepath.Join(p.NodeFolder(1), "server-key.pem"))
	if err != nil || !bytes.Equal(before, after) {
		t.Errorf("the key is another: %v", err)
	}
}

func TestWhatCannotBeAServerIsRefused(t *testing.T) {
	for name, spoil := range map[string]func(*serve.Plan){
		"two nodes":            func(p *serve.Plan) { p.Nodes = append(p.Nodes, p.Nodes[0]) },
		"no node":              func(p *serve.Plan) { p.Nodes = nil },
		"a node without hosts": func(p *serve.Plan) { p.Nodes[0].Hosts = nil },
		"no team":              func(p *serve.Plan) { p.Teams = nil },
		"a team of all teams":  func(p *serve.Plan) { p.Teams = []string{"*"} },
		"a team in two parts":  func(p *serve.Plan) { p.Teams = []string{"a.b"} },
		"no room":              func(p *serve.Plan) { p.MaxBytes = 0 },
	} {
		p := plan(t, 1)
		spoil(&p)
		var f *assist.Fault
		if _, err := p.Write(); !errors.As(err, &f) || f.Do == "" {
			t.Errorf("%s: %v", name, err)
		}
		if left, _ := os.ReadDir(p.Folder); len(left) > 0 {
			t.Errorf("%s: something was written", name)
		}
	}
}

func TestACertificateIsForAllAddressesOfItsNode(t *testing.T) {
	p := plan(t, 3)
	authority := written(t, p)[0]
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(authority.Access.CA) {
		t.Fatal("no certificate of the authority")
	}
	for i := range 3 {
		data, err := os.ReadFile(filepath.Join(p.NodeFolder(i+1), "server.pem"))
		if err != nil {
			t.Fatal(err)
		}
		block, _ := pem.Decode(data)
		certificate, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			t.Fatal(err)
		}
		for _, host := range p.Nodes[i].Hosts {
			if _, err := certificate.Verify(x509.VerifyOptions{DNSName: host, Roots: roots, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny}}); err != nil {
				t.Errorf("node %d as %s: %v", i+1, host, err)
			}
		}
		if _, err := certificate.Verify(x509.VerifyOptions{DNSName: "elsewhere.example.com", Roots: roots}); err == nil {
			t.Errorf("node %d may be anybody", i+1)
		}
	}
}

// TestAnAuthoritySurvivesItsFile: what an admin's desk has read gives the same user the same
// key, or nobody could be removed.
func TestAnAuthoritySurvivesItsFile(t *testing.T) {
	authority := written(t, plan(t, 1))[0]
	kept, err := json.Marshal(authority)
	if err != nil {
		t.Fatal(err)
	}
	var again serve.Authority
	if err := json.Unmarshal(kept, &again); err != nil {
		t.Fatal(err)
	}
	key := func(a serve.Authority, name string) string {
		t.Helper()
		access, err := a.Mint(name, serve.Member, time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		token, err := jwt.ParseDecoratedJWT(access.Credentials)
		if err != nil {
			t.Fatal(err)
		}
		user, err := jwt.DecodeUserClaims(token)
		if err != nil {
			t.Fatal(err)
		}
		if user.Name != name || user.IssuerAccount != a.Account {
			t.Errorf("it is %s of %s", user.Name, user.IssuerAccount)
		}
		return user.Subject
	}
	if key(authority, "ann") != key(again, "ann") {
		t.Error("the key is another")
	}
	if key(authority, "ann") == key(authority, "ben") {
		t.Error("two members have one key")
	}
}

func TestADamagedAuthorityIsSaid(t *testing.T) {
	var f *assist.Fault
	if _, err := (serve.Authority{}).Mint("ann", serve.Member, time.Time{}); !errors.As(err, &f) {
		t.Errorf("it says %v", err)
	}
}

// TestTeamsAreSpreadOverShards: evenly, and each for good.
func TestTeamsAreSpreadOverShards(t *testing.T) {
	p := plan(t, 1)
	p.Shards, p.Teams = 16, nil
	for i := range 320 {
		p.Teams = append(p.Teams, fmt.Sprintf("team-%d", i))
	}
	first := written(t, p)
	p.Folder = t.TempDir()
	count := map[string]int{}
	for i, a := range written(t, p) {
		if a.Access.Team != p.Teams[i] || !strings.HasPrefix(a.Access.Stream.Name, "ops-shard-") {
			t.Errorf("team %s: %s in %s", p.Teams[i], a.Access.Team, a.Access.Stream.Name)
		}
		if a.Access.Stream != first[i].Access.Stream {
			t.Errorf("%s was in %s and is in %s", p.Teams[i], first[i].Access.Stream.Name, a.Access.Stream.Name)
		}
		count[a.Access.Stream.Name]++
	}
	for name, n := range count {
		if n < 5 || n > 45 {
			t.Errorf("%s has %d of 320 teams", name, n)
		}
	}
	if len(count) != 16 {
		t.Errorf("%d of 16 shards are used", len(count))
	}
}
