package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"
)

type benchSyncCmd struct {
	Server string   `placeholder:"FILE" help:"The nats-server to start; make nats-server builds one."`
	Long   bool     `help:"As for a night: 50 seeds of 10 minutes."`
	Notes  int      `default:"100000" help:"How many notes are handed over."`
	Only   []string `enum:"speed,live,chaos,heal,order,plain,folder" placeholder:"PART" help:"Measure only this: speed, live, chaos, heal, order, plain, folder."`
	Seed   uint64   `help:"The first seed of chaos; each run says its own."`
	Peer   string   `placeholder:"DIR" help:"The folder of the peer with its packages installed, docs/bench/pouch, to be measured in the same run."`
	JSON   bool     `name:"json" help:"One figure a line, as JSON."`
}

// Help tells what the list does not.
func (c *benchSyncCmd) Help() string {
	return "Desks with stores of their own are kept alike over a real server of three nodes that syncs every write, started here, and over a folder. " +
		"Then everything is done to it that can happen: desks go away and come back, their clocks are wrong, nodes are killed, stopped and lose their disks. " +
		"Whatever was said to be kept on one desk must be on all of them in the end; every figure with lost, unequal or hits in its name must be 0."
}

func (c *benchSyncCmd) Run(p *program) error {
	if p.house != nil {
		return usage("bench does not run inside the app", "Close the app first, so that it does not disturb the figures.")
	}
	figures, err := benchSync(p, c)
	if err != nil {
		return fmt.Errorf("bench sync: %w", err)
	}
	return printFigures(p.stdout, c.JSON, figures)
}

// syncBench is a bench of a team that is kept alike, in a temporary folder.
type syncBench struct {
	*program
	cmd  *benchSyncCmd
	tmp  string
	seed uint64
	made int // folders
}

func benchSync(p *program, c *benchSyncCmd) ([]figure, error) {
	seed := c.Seed
	if seed == 0 {
		seed = uint64(p.now().UnixNano())
	}
	fmt.Fprintln(p.stderr, "seed", seed)
	return benchIn(func(tmp string) ([]figure, error) {
		b := &syncBench{program: p, cmd: c, tmp: tmp, seed: seed}
		return p.measure(asked(c.Only, []namedPart{
			{"order", benchPart{"taking operations in, in any order", b.orders}},
			{"folder", benchPart{"keeping two desks alike over a folder", b.folder}},
			b.onServer("speed", "handing notes over", b.speed),
			b.onServer("live", "one change, from desk to desk", b.live),
			b.onServer("plain", "looking for what can be read", b.plain),
			b.onServer("heal", "cutting the power of the server", b.heal),
			b.onServer("chaos", "doing to it what can happen", b.chaos),
		}))
	})
}

// onServer is a part that needs a server, and is skipped without one.
func (b *syncBench) onServer(name, says string, run func() ([]figure, error)) namedPart {
	if b.cmd.Server == "" {
		says, run = "", func() ([]figure, error) {
			return []figure{{Name: name, Skipped: "no server was named with --server"}}, nil
		}
	}
	return namedPart{name, benchPart{says, run}}
}

// folderOf makes a new folder in the temporary one.
func (b *syncBench) folderOf(name string) (string, error) {
	b.made++
	dir := filepath.Join(b.tmp, fmt.Sprintf("%s-%d", name, b.made))
	return dir, os.MkdirAll(dir, 0o700)
}

// random returns what chance brings in one part of the bench.
func (b *syncBench) random(part uint64) *rand.Rand { return rand.New(rand.NewPCG(b.seed, part)) }

// until waits for something to hold, and says what did not.
func (b *syncBench) until(what string, limit time.Duration, holds func() (bool, error)) error {
	ctx, stop := context.WithTimeout(b.ctx, limit)
	defer stop()
	for {
		ok, err := holds()
		if ok || err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("did not happen within %v: %s", limit, what)
		case <-time.After(2 * time.Millisecond):
		}
	}
}
