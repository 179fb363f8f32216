package serve

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"

	"github.com/nats-io/nkeys"

	"ringside/assist"
	"ringside/storage/durable"
	"ringside/storage/replica/nats"
)

// kept is what is left in the folder of a server for teams that are added later.
type kept struct {
	Operator string      // seed
	Access   nats.Access // without a team
	MaxBytes int64
	Shards   int
	Nodes    []string // by the first address of each
	Teams    []string
}

func (p Plan) keep(access nats.Access, who *accounts) kept {
	k := kept{Operator: who.teams[0].Operator, Access: access, MaxBytes: p.MaxBytes, Shards: p.Shards, Teams: p.Teams}
	for _, n := range p.Nodes {
		k.Nodes = append(k.Nodes, n.Hosts[0])
	}
	return k
}

const keptFile = "server-keys.json"

func (k kept) save(folder string) error {
	content, err := json.MarshalIndent(k, "", "\t")
	if err != nil {
		return err
	}
	return durable.Write(filepath.Join(folder, keptFile), content)
}

func readKept(folder string) (k kept, err error) {
	content, err := os.ReadFile(filepath.Join(folder, keptFile))
	if err == nil {
		err = json.Unmarshal(content, &k)
	}
	if err != nil {
		return k, &assist.Fault{What: "there is no team's server in this folder that a team can be added to", Where: folder,
			Do: "Take the folder in which the server was set up; to set up a new one, say by which name desks reach it (--host).", Err: err}
	}
	return k, nil
}

// Add gives more teams a place on a server that was set up in a folder. It changes nothing
// of the teams that are there: each new one gets an account of its own in the configuration
// of every node, which has to read it anew. hand takes what the admins of a team need,
// before the configuration is changed; with the teams of others on the server that is
// without the right to remove members. It returns the nodes by their addresses.
func Add(folder string, teams []string, hand func(Authority) error) (nodes []string, err error) {
	if err := checkNames(teams); err != nil {
		return nil, err
	}
	k, err := readKept(folder)
	if err != nil {
		return nil, err
	}
	if k.Shards > 0 {
		return nil, &assist.Fault{What: "a team cannot be added to a server whose teams lie in common streams", Where: folder, Do: "Set up a server for it in another folder.", Err: assist.ErrInvalid}
	}
	for i, team := range teams {
		if slices.Contains(k.Teams, team) || slices.Contains(teams[:i], team) {
			return nil, &assist.Fault{What: fmt.Sprintf("the team %s is on this server already", team), Where: folder, Do: "Take another name: its keys are not written over.", Err: fs.ErrExist}
		}
	}
	failed := func(err error) error {
		return &assist.Fault{What: "the team could not be added to the server", Where: folder, Do: "Look whether the folder can be written to, and try again.", Err: err}
	}
	tokens, err := k.admit(teams, hand)
	if err != nil {
		return nil, failed(err)
	}
	p := Plan{Folder: folder}
	for i := range k.Nodes {
		if err := k.enlarge(filepath.Join(p.NodeFolder(i+1), "nats-server.conf"), tokens); err != nil {
			return nil, failed(err)
		}
	}
	k.Teams = append(k.Teams, teams...)
	if err := k.save(folder); err != nil {
		return nil, failed(err)
	}
	return k.Nodes, nil
}

// admit makes an account for each team, and returns their lines of the configuration.
func (k kept) admit(teams []string, hand func(Authority) error) (lines []string, err error) {
	operator, err := nkeys.FromSeed([]byte(k.Operator))
	if err != nil {
		return nil, err
	}
	p := Plan{Nodes: make([]Node, len(k.Nodes)), MaxBytes: k.MaxBytes}
	for _, team := range teams {
		s, err := p.newShard("ops-"+team, team)
		if err != nil {
			return nil, err
		}
		access := k.Access
		access.Team, access.Stream = team, s.stream
		a, err := s.admit(Authority{Access: access})
		if err != nil {
			return nil, err
		}
		token, err := s.claims.Encode(operator)
		if err != nil {
			return nil, err
		}
		lines = append(lines, "  "+s.claims.Subject+": "+token)
		if err := hand(a); err != nil {
			return nil, err
		}
	}
	return lines, nil
}

var (
	roomLine   = regexp.MustCompile(`(?m)^(\s*max_file_store: )(\d+)\s*$`)
	tokensLine = regexp.MustCompile(`(?m)^resolver_preload \{\s*$`)
)

// enlarge adds accounts to a configuration, and the room for their streams. What else was
// changed in it by hand stays.
func (k kept) enlarge(name string, lines []string) error {
	config, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	room, tokens := roomLine.FindSubmatchIndex(config), tokensLine.FindIndex(config)
	if room == nil || tokens == nil {
		return errors.New("the configuration has no max_file_store or no resolver_preload in lines of their own")
	}
	bytes, err := strconv.ParseInt(string(config[room[4]:room[5]]), 10, 64)
	if err != nil {
		return err
	}
	bytes += int64(len(lines)) * (k.MaxBytes + nats.MeetingRoom)
	out := slices.Clone(config[:room[4]])
	out = append(strconv.AppendInt(out, bytes, 10), config[room[5]:tokens[1]]...)
	for _, line := range lines {
		out = append(out, "\n"+line...)
	}
	return durable.Write(name, append(out, config[tokens[1]:]...))
}
