package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

type benchDurableCmd struct {
	Long      bool     `help:"As for a night: 1,000 kills, 500 power cuts of either kind, 500 damaged files."`
	NoMsync   string   `name:"no-msync" placeholder:"FILE" help:"A ringside whose memory maps are never synced, as on Windows; make nomsync builds one."`
	Customers int      `default:"1000000" help:"How many customers the store holds that is opened and asked."`
	Only      []string `enum:"kill,cut,nomsync,damage,full,plain,open" placeholder:"PART" help:"Measure only this: kill, cut, nomsync, damage, full, plain, open."`
	JSON      bool     `name:"json" help:"One figure a line, as JSON."`
}

// Help tells what the list does not.
func (c *benchDurableCmd) Help() string {
	return "A program of its own keeps notes and says of each that it is kept; then it is killed, or the disk under it loses its power " +
		"(ext4 and xfs in a file, shut down without writing their logs out: this needs root), or the disk is filled to the last byte, or a file is damaged. " +
		"Whatever was said to be kept must be there afterwards, word for word. Cycles that must have run stand beside those that lost something; " +
		"every figure with lost, silent, died or hits in its name must be 0."
}

func (c *benchDurableCmd) Run(p *program) error {
	if p.house != nil {
		return usage("bench does not run inside the app", "Close the app first, so that it does not disturb the figures.")
	}
	figures, err := benchDurable(p, c)
	if err != nil {
		return fmt.Errorf("bench durable: %w", err)
	}
	return printFigures(p.stdout, c.JSON, figures)
}

// durableBench puts stores through what a desk can suffer, in a temporary folder.
type durableBench struct {
	*program
	cmd  *benchDurableCmd
	tmp  string
	self string // this program
	r    *rand.Rand
}

// times is how often a part is repeated: for the build server, or for a night.
func (b *durableBench) times(short, long int) int {
	if b.cmd.Long {
		return long
	}
	return short
}

func benchDurable(p *program, c *benchDurableCmd) ([]figure, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	seed := uint64(p.now().UnixNano())
	fmt.Fprintln(p.stderr, "seed", seed)
	return benchIn(func(tmp string) ([]figure, error) {
		b := &durableBench{program: p, cmd: c, tmp: tmp, self: self, r: rand.New(rand.NewPCG(seed, 8))}
		return p.measure(asked(c.Only, []namedPart{
			{"kill", benchPart{"killing who writes", b.kills}},
			{"cut", benchPart{"cutting the power", b.cuts}},
			{"nomsync", benchPart{"cutting the power where memory maps are not synced", b.noMsync}},
			{"damage", benchPart{"damaging files", b.damage}},
			{"full", benchPart{"filling disks", b.full}},
			{"plain", benchPart{"looking for what can be read", b.plain}},
			{"open", benchPart{"opening a large store", b.open}},
		}))
	})
}

// between returns a random time.
func (b *durableBench) between(least, most time.Duration) time.Duration {
	return least + time.Duration(b.r.Int64N(int64(most-least)))
}

// kills kills who writes, at random and also who recovers.
func (b *durableBench) kills() ([]figure, error) {
	s := &sufferer{durableBench: b, program: b.self, dir: filepath.Join(b.tmp, "killed")}
	cycles := b.times(50, 1000)
	for i := range cycles {
		if err := s.write(b.between(20*time.Millisecond, 900*time.Millisecond), s.kill); err != nil {
			return nil, err
		}
		if i%3 == 0 {
			if err := s.killReader(b.between(5*time.Millisecond, 300*time.Millisecond)); err != nil {
				return nil, err
			}
		}
		if err := s.read(); err != nil {
			return nil, err
		}
	}
	return append(s.figures("kill", cycles), figure{Name: "kill_open_max_ms", Value: ms(slices.Max(s.opened)), Limit: 3000, Note: "the slowest start behind a kill, the program's own start not counted"}), nil
}

// figures say how many times a sufferer suffered, and what was lost.
func (s *sufferer) figures(name string, cycles int) []figure {
	return []figure{
		{Name: name + "_cycles", Value: float64(cycles), Note: fmt.Sprintf("%d notes were acknowledged", s.next)},
		{Name: name + "_lost", Value: float64(s.lost), Note: "acknowledged and not there, or not as written, or the store not sound: must be 0" + strings.Join(append([]string{""}, s.told...), "; ")},
	}
}
