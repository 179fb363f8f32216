package main

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"ringside/assist"
	"ringside/storage/replica"
	"ringside/storage/replica/nats"
	"ringside/storage/replica/nats/serve"
	"ringside/ui/team"
)

type teamCmds struct {
	Serve  teamServeCmd  `cmd:"" help:"Set up a server for a team: write its configuration, keys and unit."`
	Check  teamCheckCmd  `cmd:"" help:"Prove what the running server of a team lets whom do, and that it keeps what it takes."`
	Start  teamStartCmd  `cmd:"" help:"Found a team on a server, or in a folder."`
	Invite teamInviteCmd `cmd:"" help:"Invite a desk: prints an invitation to send and six words to say."`
	Join   teamJoinCmd   `cmd:"" help:"Join a team by an invitation and its six words."`
	Status teamStatusCmd `cmd:"" default:"1" help:"Show how it stands: who is here, what waits, what was refused."`
	Sent   teamSentCmd   `cmd:"" help:"Show what leaves this desk: the last packets, or what is in one of them beside its bytes."`
	Admin  teamAdminCmd  `cmd:"" help:"Let a desk decide, too, who is in the team; with --not no more."`
	Remove teamRemoveCmd `cmd:"" help:"Take a desk out of the team: it reads nothing that is written from then on."`
	Leave  teamLeaveCmd  `cmd:"" help:"Take this desk out of its team; what it has stays here."`
}

type teamServeCmd struct {
	Dir   string   `arg:"" placeholder:"DIR" help:"A new folder for what is written; or that of a server, to which a team is added."`
	Team  []string `required:"" placeholder:"NAME" help:"The team's name: letters, digits and hyphens. Several: each has a stream and a file of its own."`
	Host  []string `placeholder:"HOST" help:"By which name or number desks reach a new server. Three of them: three nodes, on machines that do not fail together."`
	Port  int      `default:"4222" help:"The port for desks."`
	Route int      `default:"6222" help:"The port for the other nodes."`
	Room  int      `default:"10" placeholder:"GB" help:"How much of its disk each team may take."`
	Shard int      `help:"Spread many teams over this many streams, instead of one for each."`
	Same  bool     `help:"The nodes are on one machine, at ports that follow each other: to try it out."`
}

func (c *teamServeCmd) Run(p *program) error {
	plan := serve.Plan{Folder: p.path(c.Dir), MaxBytes: int64(c.Room) << 30, Shards: c.Shard}
	for _, name := range c.Team {
		plan.Teams = append(plan.Teams, strings.ToLower(name))
	}
	if len(c.Host) == 0 {
		return p.addTeams(plan)
	}
	for i, host := range c.Host {
		n := serve.Node{Hosts: []string{host}, Port: c.Port, Route: c.Route}
		if c.Same {
			n.Port, n.Route = c.Port+i, c.Route+i
		}
		plan.Nodes = append(plan.Nodes, n)
	}
	made, err := plan.Write()
	if err != nil {
		return err
	}
	for _, a := range made {
		if err := p.giveKeys(plan.Folder, a); err != nil {
			return err
		}
	}
	for i := range plan.Nodes {
		node := plan.NodeFolder(i + 1)
		fmt.Fprintf(p.stdout, "On %s, with nats-server 2.15 in /usr/local/bin:\n  sudo cp %s /etc/systemd/system/\n  sudo systemctl enable --now ringside-nats\nOr to try it out: (cd %s && nats-server -c nats-server.conf)\n\n",
			c.Host[i], filepath.Join(node, "ringside-nats.service"), node)
	}
	fmt.Fprintln(p.stdout, "Then: ringside team check, and in the app Settings, Team, Start on a server.")
	return nil
}

// addTeams adds teams to a server that runs, and says how it comes to know of them.
func (p *program) addTeams(plan serve.Plan) error {
	nodes, err := serve.Add(plan.Folder, plan.Teams, func(a serve.Authority) error { return p.giveKeys(plan.Folder, a) })
	if err != nil {
		return err
	}
	for i, host := range nodes {
		fmt.Fprintf(p.stdout, "On %s, when %s is there in place of the one before:\n  sudo systemctl reload ringside-nats\nOr where it was started to try it out: nats-server --signal reload\n\n",
			host, filepath.Join(plan.NodeFolder(i+1), "nats-server.conf"))
	}
	fmt.Fprintln(p.stdout, "Nobody is cut off by it. Then: ringside team check, and in the app Settings, Team, Start on a server.")
	return nil
}

// giveKeys writes the file for a team's first desk, and shows its words.
func (p *program) giveKeys(dir string, a serve.Authority) error {
	file, words, err := writeServerFile(dir, a)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "The file for the first desk of %s: %s\nIts words, which are shown once: %s\n\n", a.Access.Team, file, words)
	return nil
}

// writeServerFile writes what admins of a team need, sealed with words.
func writeServerFile(dir string, a serve.Authority) (file, words string, err error) {
	content, err := json.Marshal(a)
	if err != nil {
		return "", "", err
	}
	text, words, err := replica.SealWithWords(content)
	if err != nil {
		return "", "", err
	}
	file = filepath.Join(dir, "ringside-team-"+a.Access.Team+".server")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		return "", "", &assist.Fault{What: "the file for the first desk cannot be written", Where: file, Do: "Make room, and begin again.", Err: err}
	}
	return file, words, nil
}

type teamCheckCmd struct {
	File  string   `arg:"" placeholder:"FILE" help:"The file that ringside team serve has written."`
	Words []string `arg:"" placeholder:"WORD" help:"Its six words."`
}

func (c *teamCheckCmd) Run(p *program) error {
	a, err := openServerFile(p.path(c.File), strings.Join(c.Words, " "))
	if err != nil {
		return err
	}
	if err := ensure(p.ctx, a); err != nil {
		return err
	}
	bad := 0
	for _, f := range a.Check(p.ctx) {
		mark := "ok"
		switch {
		case f.Unproved:
			mark = "not proved"
		case !f.OK:
			mark, bad = "NOT SO", bad+1
		}
		fmt.Fprintf(p.stdout, "%-10s  %s  %s\n", mark, f.What, f.Detail)
	}
	if bad > 0 {
		return &assist.Fault{What: fmt.Sprintf("%d things are not as they must be", bad), Where: strings.Join(a.Access.URLs, ", "), Do: "Set the server up anew with ringside team serve.", Err: assist.ErrInvalid}
	}
	return nil
}

// ensure has the server make the team's stream, if it has none yet.
func ensure(ctx context.Context, a serve.Authority) error {
	access, err := a.Mint("owner", serve.Owner, time.Time{})
	if err != nil {
		return err
	}
	way, err := nats.Open(access)
	if err != nil {
		return err
	}
	defer way.Close()
	return way.Ensure(ctx)
}

// openServerFile opens what writeServerFile has written.
func openServerFile(path, words string) (a serve.Authority, err error) {
	text, err := readSealed(path)
	if err != nil {
		return a, err
	}
	content, err := replica.OpenWithWords(text, words)
	if err != nil {
		return a, err
	}
	if err := json.Unmarshal(content, &a); err != nil || a.Account == "" {
		return a, &assist.Fault{What: "this is no file of a team's server", Do: "Take the one that ringside team serve has written.", Err: assist.ErrInvalid}
	}
	return a, nil
}

type teamStartCmd struct {
	Name   string   `required:"" help:"What the team is called."`
	Server string   `placeholder:"FILE" help:"The file that ringside team serve has written."`
	Words  []string `arg:"" optional:"" placeholder:"WORD" help:"The six words of that file."`
	Folder string   `placeholder:"DIR" help:"In place of a server: a folder that all desks have, of a share, a sync program or a stick."`
}

func (c *teamStartCmd) Run(p *program) error {
	if (c.Server == "") == (c.Folder == "") {
		return usage("a team is founded on a server or in a folder", "Name one of --server and --folder.")
	}
	return p.inCrew(func(t *crew) error {
		if c.Folder != "" {
			return t.startFolder(p.ctx, p.path(c.Folder), c.Name)
		}
		return t.startServer(p.ctx, p.path(c.Server), strings.Join(c.Words, " "), c.Name)
	})
}

// inCrew does something with this desk's part in a team.
func (p *program) inCrew(do func(*crew) error) error {
	return p.inHouse(true, func(h *house) error {
		if p.house == nil {
			if err := h.crew.start(); err != nil {
				return err
			}
		}
		return do(h.crew)
	})
}

type teamInviteCmd struct {
	To string `placeholder:"FILE" help:"Write the invitation into this file, in place of printing it."`
}

func (c *teamInviteCmd) Run(p *program) error {
	return p.inCrew(func(t *crew) error {
		if err := t.invite(p.ctx); err != nil {
			return err
		}
		s, err := t.state(p.ctx)
		if err != nil {
			return err
		}
		if c.To == "" {
			fmt.Fprintln(p.stdout, s.Invitation.Text)
		} else if err := os.WriteFile(p.path(c.To), []byte(s.Invitation.Text), 0o600); err != nil {
			return fmt.Errorf("write the invitation: %w", err)
		}
		fmt.Fprintf(p.stdout, "The words, to be said and not to be sent with it: %s\nIt is good for one desk, until %s, while Ringside runs here.\n",
			s.Invitation.Words, s.Invitation.Expires.Local().Format("Monday 15:04"))
		return nil
	})
}

type teamJoinCmd struct {
	File  string        `arg:"" placeholder:"FILE" help:"The invitation."`
	Words []string      `arg:"" placeholder:"WORD" help:"Its six words."`
	Wait  time.Duration `default:"2m" help:"How long to wait for the desk that invites."`
}

func (c *teamJoinCmd) Run(p *program) error {
	return p.inCrew(func(t *crew) error {
		ctx, stop := context.WithTimeout(p.ctx, c.Wait)
		defer stop()
		if err := t.join(ctx, p.path(c.File), strings.Join(c.Words, " ")); err != nil {
			return err
		}
		fmt.Fprintln(p.stdout, "This desk is in the team. What the team has comes while Ringside runs.")
		return nil
	})
}

type teamStatusCmd struct {
	JSON bool `name:"json" help:"As JSON."`
}

func (c *teamStatusCmd) Run(p *program) error {
	return p.inCrew(func(t *crew) error {
		s, err := t.state(p.ctx)
		if err != nil {
			return err
		}
		if c.JSON {
			s.Invitation.Words, s.Invitation.Text = "", "" // they open the team
			return json.NewEncoder(p.stdout).Encode(s)
		}
		p.printTeam(s)
		return nil
	})
}

func (p *program) printTeam(s team.State) {
	if !s.On() {
		fmt.Fprintln(p.stdout, "This desk is in no team: nothing leaves it.")
		return
	}
	words, _ := team.SignWords(s, p.now())
	fmt.Fprintf(p.stdout, "%s  %s  %s\n", s.Name, s.Carrier, words)
	for _, d := range s.Devices {
		last := "never seen"
		if !d.Last.IsZero() {
			last = d.Last.Local().Format("2 Jan 15:04")
		}
		switch {
		case d.Removed:
			last = "removed"
		case d.Me:
			last = "this desk"
		case d.Here:
			last = "here"
		}
		if d.Admin && !d.Removed {
			last += ", admin"
		}
		fmt.Fprintf(p.stdout, "%s  %s  %s\n", d.ID, d.Name, last)
	}
	if s.InviteAt != "" {
		fmt.Fprintln(p.stdout, team.InvitedAt(s))
	}
	for _, u := range s.Unsent {
		fmt.Fprintf(p.stdout, "%s: %s\n", u.What, u.Why)
	}
	for _, r := range s.Refused {
		fmt.Fprintf(p.stdout, "refused from %s: %s\n", r.From, r.Why)
	}
}

type teamSentCmd struct {
	Packet string `arg:"" optional:"" placeholder:"NUMBER" help:"Which one, as the list without it shows."`
	To     string `placeholder:"FILE" help:"Write its bytes into this file, exactly as they leave, in place of printing them."`
}

func (c *teamSentCmd) Run(p *program) error {
	return p.inCrew(func(t *crew) error {
		list, err := t.sent(p.ctx)
		if err != nil {
			return err
		}
		if c.Packet == "" && c.To == "" {
			for _, k := range list {
				fmt.Fprintf(p.stdout, "%s  %s\n", k.ID, team.PacketWords(k, p.now()))
			}
			return nil
		}
		i := slices.IndexFunc(list, func(k team.Packet) bool { return k.ID == c.Packet })
		if i < 0 {
			return &assist.Fault{What: "this is none of the last packets", Where: c.Packet, Do: "Take a number that ringside team sent shows.", Err: assist.ErrNotFound}
		}
		if c.To != "" {
			if err := os.WriteFile(p.path(c.To), list[i].Sealed, 0o600); err != nil {
				return fmt.Errorf("write the packet: %w", err)
			}
			return nil
		}
		return p.printPacket(t, list[i])
	})
}

// printPacket prints what is in a packet, and its bytes.
func (p *program) printPacket(t *crew, k team.Packet) error {
	fmt.Fprintln(p.stdout, team.PacketWords(k, p.now()))
	if k.Body != nil {
		list, err := t.inside(p.ctx, k)
		if err != nil {
			return err
		}
		for _, r := range list {
			fmt.Fprintln(p.stdout, r.What)
			for _, f := range r.Fields {
				fmt.Fprintf(p.stdout, "  %s: %s\n", f.Name, strings.ReplaceAll(f.Value, "\n", "\n    "))
			}
		}
	}
	_, err := fmt.Fprint(p.stdout, hex.Dump(k.Sealed))
	return err
}

type teamRemoveCmd struct {
	Desk string `arg:"" placeholder:"DESK" help:"Its id or name, as ringside team shows it."`
}

func (c *teamRemoveCmd) Run(p *program) error {
	return p.inCrew(func(t *crew) error {
		desk, err := deskCalled(p.ctx, t, c.Desk)
		if err != nil {
			return err
		}
		return t.remove(p.ctx, desk)
	})
}

type teamAdminCmd struct {
	Desk string `arg:"" placeholder:"DESK" help:"Its id or name, as ringside team shows it."`
	Not  bool   `help:"It decides no more."`
}

func (c *teamAdminCmd) Run(p *program) error {
	return p.inCrew(func(t *crew) error {
		desk, err := deskCalled(p.ctx, t, c.Desk)
		if err != nil {
			return err
		}
		return t.setAdmin(p.ctx, desk, !c.Not)
	})
}

// deskCalled returns the id of the desk of the team with this id or name.
func deskCalled(ctx context.Context, t *crew, name string) (string, error) {
	s, err := t.state(ctx)
	if err != nil {
		return "", err
	}
	var found []string
	for _, d := range s.Devices {
		if (d.ID == name || strings.EqualFold(d.Name, name)) && !d.Removed {
			found = append(found, d.ID)
		}
	}
	if len(found) != 1 {
		return "", &assist.Fault{What: fmt.Sprintf("%d desks of the team are called so", len(found)), Where: name, Do: "Take an id that ringside team shows.", Err: assist.ErrNotFound}
	}
	return found[0], nil
}

type teamLeaveCmd struct{}

func (c *teamLeaveCmd) Run(p *program) error {
	return p.inCrew(func(t *crew) error { return t.leave(p.ctx) })
}
