package serve

import (
	"bytes"
	_ "embed" // the templates
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/user"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"text/template"
	"time"

	"ringside/assist"
	"ringside/storage/replica/nats"
)

// Plan is a server to be set up.
type Plan struct {
	Folder string   // what is written goes here, a folder for each node
	Teams  []string // the ids of the teams it is for
	Nodes  []Node   // one, or three on machines that do not fail together
	// MaxBytes is how much of each node's disk a stream may take.
	MaxBytes int64
	// Shards is over how many streams the teams are spread; 0: each has one of its own.
	Shards int
}

// Node is a machine that a server runs on.
type Node struct {
	Hosts       []string // by which desks reach it, the first is told to them; all are in its certificate
	Port, Route int      // for desks, and for the other nodes; 0: 4222 and 6222
	Home        string   // the folder of it on that machine; "": where it is written
	User        string   // who it runs as there, and whose the folder is; "": who writes it
}

//go:embed nats-server.conf
var configText string

//go:embed ringside-nats.service
var unitText string

var (
	configTemplate = template.Must(template.New("config").Parse(configText))
	unitTemplate   = template.Must(template.New("unit").Parse(unitText))
	teamName       = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,62}$`)
)

// NodeFolder is where what belongs on a node is written; the nodes are counted from 1.
func (p Plan) NodeFolder(node int) string {
	return filepath.Join(p.Folder, "node-"+strconv.Itoa(node))
}

// Write makes keys, certificates, a configuration and a systemd unit for each node, and
// returns what the admins of each team need. It never writes over a server's keys.
func (p Plan) Write() ([]Authority, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	p, err := p.filled()
	if err != nil {
		return nil, p.failed(err)
	}
	ca, err := newAuthority(time.Now())
	if err != nil {
		return nil, p.failed(err)
	}
	access := nats.Access{CA: ca.certificate}
	for _, n := range p.Nodes {
		access.URLs = append(access.URLs, "tls://"+net.JoinHostPort(n.Hosts[0], strconv.Itoa(n.Port)))
	}
	accounts, err := p.accounts(access)
	if err != nil {
		return nil, p.failed(err)
	}
	for i := range p.Nodes {
		if err := p.writeNode(i, ca, accounts); err != nil {
			return nil, p.failed(err)
		}
	}
	// For a node that is added or moved to another address, and for teams that are added.
	if err := write(filepath.Join(p.Folder, "ca-key.pem"), ca.key, 0o600); err != nil {
		return nil, p.failed(err)
	}
	if err := p.keep(access, accounts).save(p.Folder); err != nil {
		return nil, p.failed(err)
	}
	return accounts.teams, nil
}

func (p Plan) check() error {
	wrong := func(what, do string) error { return &assist.Fault{What: what, Do: do, Err: assist.ErrInvalid} }
	if len(p.Nodes) != 1 && len(p.Nodes) != 3 {
		return wrong(fmt.Sprintf("a team's server cannot have %d nodes", len(p.Nodes)), "Take one, or three: two cannot outvote each other.")
	}
	if err := checkNames(p.Teams); err != nil {
		return err
	}
	for _, n := range p.Nodes {
		if len(n.Hosts) == 0 {
			return wrong("a node has no address", "Say by which name or number the desks reach it.")
		}
	}
	if p.MaxBytes < 1<<20 {
		return wrong("the streams have no room", "Give them at least 1 MB.")
	}
	if _, err := os.Stat(filepath.Join(p.NodeFolder(1), "nats-server.conf")); !errors.Is(err, fs.ErrNotExist) {
		return &assist.Fault{What: "there is a team's server in this folder already", Where: p.Folder, Do: "Take another folder: its keys are not written over. To add a team to it, leave out --host.", Err: fs.ErrExist}
	}
	return nil
}

func checkNames(teams []string) error {
	if len(teams) == 0 {
		return &assist.Fault{What: "no team is named", Do: "Name the team that the server is for.", Err: assist.ErrInvalid}
	}
	for _, team := range teams {
		if !teamName.MatchString(team) {
			return &assist.Fault{What: fmt.Sprintf("%q cannot be the name of a team", team), Do: "Take lower-case letters, digits and hyphens, at most 63.", Err: assist.ErrInvalid}
		}
	}
	return nil
}

// filled puts in what need not be said.
func (p Plan) filled() (Plan, error) {
	p.Nodes = slices.Clone(p.Nodes)
	writer, err := user.Current()
	if err != nil {
		return p, err
	}
	for i := range p.Nodes {
		n := &p.Nodes[i]
		if n.Port == 0 {
			n.Port = 4222
		}
		if n.Route == 0 {
			n.Route = 6222
		}
		if n.Home == "" {
			if n.Home, err = filepath.Abs(p.NodeFolder(i + 1)); err != nil {
				return p, err
			}
		}
		if n.User == "" {
			n.User = writer.Username
		}
	}
	return p, nil
}

func (p Plan) failed(err error) error {
	return &assist.Fault{What: "the team's server could not be set up", Where: p.Folder, Do: "Empty the folder, or take another.", Err: err}
}

// told is what the templates are filled with.
type told struct {
	Name     string
	Node     Node
	Routes   []string
	MaxFile  int64
	Packet   int
	Accounts *accounts
	Teams    []string
}

// Operator, System and Tokens are what the configuration says of accounts.
func (t told) Operator() string          { return t.Accounts.operatorJWT }
func (t told) System() string            { return t.Accounts.system }
func (t told) Tokens() map[string]string { return t.Accounts.tokens }

func (p Plan) writeNode(i int, ca *identity, who *accounts) error {
	node := p.Nodes[i]
	streams := int64(max(p.Shards, 1))
	if p.Shards == 0 {
		streams = int64(len(p.Teams))
	}
	t := told{Name: "ringside-" + strconv.Itoa(i+1), Node: node, Packet: nats.MaxPacket, Accounts: who, Teams: p.Teams,
		MaxFile: streams*(p.MaxBytes+nats.MeetingRoom) + 64<<20}
	for j, other := range p.Nodes {
		if len(p.Nodes) > 1 && j != i {
			t.Routes = append(t.Routes, "tls://"+net.JoinHostPort(other.Hosts[0], strconv.Itoa(other.Route)))
		}
	}
	var config, unit bytes.Buffer
	if err := errors.Join(configTemplate.Execute(&config, t), unitTemplate.Execute(&unit, t)); err != nil {
		return err
	}
	server, err := ca.server(node.Hosts, time.Now())
	if err != nil {
		return err
	}
	folder := p.NodeFolder(i + 1)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	return errors.Join(
		write(filepath.Join(folder, "nats-server.conf"), config.Bytes(), 0o600),
		write(filepath.Join(folder, "ringside-nats.service"), unit.Bytes(), 0o644),
		write(filepath.Join(folder, "ca.pem"), ca.certificate, 0o644),
		write(filepath.Join(folder, "server.pem"), server.certificate, 0o644),
		write(filepath.Join(folder, "server-key.pem"), server.key, 0o600),
	)
}

// write makes a file that must not be there yet.
func write(name string, data []byte, mode fs.FileMode) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Sync(), f.Close())
}
