package main

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"ringside/storage/replica/nats"
	"ringside/storage/replica/nats/serve"
)

// nodes are the real servers of a team, on this machine.
type nodes struct {
	b     *syncBench
	plan  serve.Plan
	admin serve.Authority
	run   []*exec.Cmd
}

// benchTeam is what the team is called on its server.
const benchTeam = "bench"

// startNodes sets servers up and starts them.
func (b *syncBench) startNodes(count int, maxBytes int64) (*nodes, error) {
	n, err := b.planNodes(count, maxBytes)
	if err != nil {
		return nil, err
	}
	return n, n.startAll()
}

// planNodes sets servers up.
func (b *syncBench) planNodes(count int, maxBytes int64) (*nodes, error) {
	dir, err := b.folderOf("server")
	if err != nil {
		return nil, err
	}
	n := &nodes{b: b, run: make([]*exec.Cmd, count)}
	n.plan = serve.Plan{Folder: dir, Teams: []string{benchTeam}, MaxBytes: maxBytes}
	for range count {
		node := serve.Node{Hosts: []string{"127.0.0.1"}}
		if node.Port, err = freePort(); err == nil {
			node.Route, err = freePort()
		}
		if err != nil {
			return nil, err
		}
		n.plan.Nodes = append(n.plan.Nodes, node)
	}
	made, err := n.plan.Write()
	if err != nil {
		return nil, err
	}
	n.admin = made[0]
	return n, nil
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

func (n *nodes) start(i int) error {
	dir := n.plan.NodeFolder(i + 1)
	logs, err := os.OpenFile(filepath.Join(dir, "log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer logs.Close()
	cmd := exec.Command(n.b.path(n.b.cmd.Server), "-c", "nats-server.conf")
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, logs, logs
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("start the server: %w", err)
	}
	n.run[i] = cmd
	return nil
}

// startAll starts the nodes that do not run, and waits until they have their stream.
func (n *nodes) startAll() error {
	for i, cmd := range n.run {
		if cmd == nil {
			if err := n.start(i); err != nil {
				return err
			}
		}
	}
	access, err := n.admin.Mint("admin", serve.Admin, time.Time{})
	if err != nil {
		return err
	}
	c, err := nats.Open(access)
	if err != nil {
		return err
	}
	defer c.Close()
	var last error
	err = n.b.until("the server has its stream", time.Minute, func() (bool, error) {
		last = c.Ensure(n.b.ctx)
		return last == nil, nil
	})
	if err != nil {
		fmt.Fprintf(n.b.stderr, "node 1 says: %s\n", n.said(0))
		return fmt.Errorf("%w: %w", err, last)
	}
	return nil
}

// said is the end of what a node has logged.
func (n *nodes) said(i int) []byte {
	b, err := os.ReadFile(filepath.Join(n.plan.NodeFolder(i+1), "log"))
	if err != nil {
		return nil
	}
	return b[max(0, len(b)-2000):]
}

// kill ends a node as a crash does.
func (n *nodes) kill(i int) {
	if n.run[i] != nil {
		_ = n.run[i].Process.Kill() // it may have ended
		_ = n.run[i].Wait()
		n.run[i] = nil
	}
}

func (n *nodes) killAll() {
	for i := range n.run {
		n.kill(i)
	}
}

// store is where a node has what it keeps.
func (n *nodes) store(i int) string { return filepath.Join(n.plan.NodeFolder(i+1), "jetstream") }

// wipe takes all disks from the nodes, and starts them anew.
func (n *nodes) wipe() error {
	n.killAll()
	for i := range n.run {
		if err := os.RemoveAll(n.store(i)); err != nil {
			return err
		}
	}
	return n.startAll()
}
