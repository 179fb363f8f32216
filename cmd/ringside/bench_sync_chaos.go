package main

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"ringside/assist"
	"ringside/storage"
)

const (
	chaosDesks = 10
	chaosCalm  = time.Minute // within which all must be alike again
)

// chaos does to a team what can happen, seed by seed.
func (b *syncBench) chaos() ([]figure, error) {
	seeds, spell := 3, time.Minute
	if b.cmd.Long {
		seeds, spell = 50, 10*time.Minute
	}
	var sum chaosSum
	for i := range seeds {
		one, err := b.chaosOnce(b.seed+uint64(i), spell, i%2 == 1)
		if err != nil {
			return nil, fmt.Errorf("seed %d: %w", b.seed+uint64(i), err)
		}
		fmt.Fprintf(b.stderr, "seed %d: %d notes, %d changes, %d spells offline, %d nodes killed, %d times all, %d parted, wiped %v; alike after %.1f s, unequal %d, lost %d\n",
			b.seed+uint64(i), one.notes, one.changes, one.spells, one.killed, one.allKilled, one.parted, one.wiped, one.calm.Seconds(), one.unequal, one.lost)
		sum.add(one)
	}
	note := fmt.Sprintf("%d desks, %v each: %d notes and %d changes of common records, %d spells offline, %d nodes killed, %d times all, %d times one cut off, %d times all disks wiped; clocks 10 minutes off either way and one a year ahead",
		chaosDesks, spell, sum.notes, sum.changes, sum.spells, sum.killed, sum.allKilled, sum.parted, sum.wipes)
	return []figure{
		{Name: "chaos_seeds", Value: float64(seeds), Note: note},
		{Name: "chaos_lost", Value: float64(sum.lost), Note: "kept on one desk and not on another in the end: must be 0"},
		{Name: "chaos_unequal", Value: float64(sum.unequal), Note: "desks with another digest in the end: must be 0"},
		{Name: "chaos_calm_max_s", Value: sum.calm.Seconds(), Limit: chaosCalm.Seconds(), Note: "from when nothing happened any more until all were alike"},
		{Name: "chaos_year_won", Value: float64(sum.yearWon), Note: "fields of common records that the desk whose clock is a year ahead has won against later writes: must be 0"},
	}, nil
}

// chaosSum counts what was done, and what became of it.
type chaosSum struct {
	notes, changes, spells, killed, allKilled, parted, wipes int
	lost, unequal, yearWon                                   int
	wiped                                                    bool
	calm                                                     time.Duration
}

func (s *chaosSum) add(o chaosSum) {
	s.notes, s.changes, s.spells, s.killed = s.notes+o.notes, s.changes+o.changes, s.spells+o.spells, s.killed+o.killed
	s.allKilled, s.parted, s.lost, s.unequal, s.yearWon = s.allKilled+o.allKilled, s.parted+o.parted, s.lost+o.lost, s.unequal+o.unequal, s.yearWon+o.yearWon
	s.calm = max(s.calm, o.calm)
	if o.wiped {
		s.wipes++
	}
}

// chaosRun is one seed under way.
type chaosRun struct {
	b     *syncBench
	n     *nodes
	desks []*benchDesk
	end   time.Time

	notes, changes, spells atomic.Int64
	killed, all, parted    int
	mu                     sync.Mutex
	kept                   []assist.ID // notes that a desk has said to be kept
}

// skewOf is how wrong the clock of a desk is: ten minutes either way, and one a year.
func skewOf(i int) time.Duration {
	switch {
	case i == 1:
		return 365 * 24 * time.Hour
	case i == 0: // who founds the team
		return 0
	}
	return time.Duration(i-5) * 2 * time.Minute
}

func (b *syncBench) chaosOnce(seed uint64, spell time.Duration, wipe bool) (sum chaosSum, err error) {
	n, err := b.startNodes(3, 1<<30)
	if err != nil {
		return sum, err
	}
	defer n.killAll()
	desks, err := b.team(chaosDesks, skewOf, n.natsCarrier)
	defer func() { err = errors.Join(err, closeDesks(desks)) }()
	if err != nil {
		return sum, err
	}
	c := &chaosRun{b: b, n: n, desks: desks, end: time.Now().Add(spell)}
	var all sync.WaitGroup
	errs := make([]error, chaosDesks+1)
	for i, d := range desks {
		all.Go(func() { errs[i] = c.desk(d, rand.New(rand.NewPCG(seed, uint64(i)))) })
	}
	all.Go(func() { errs[chaosDesks] = c.server(rand.New(rand.NewPCG(seed, 1000))) })
	all.Wait()
	if err := errors.Join(errs...); err != nil {
		return sum, err
	}
	if wipe {
		err = n.wipe()
	} else {
		err = n.startAll()
	}
	for _, d := range desks {
		err = errors.Join(err, d.online())
	}
	if err != nil {
		return sum, err
	}
	sum = chaosSum{notes: int(c.notes.Load()), changes: int(c.changes.Load()), spells: int(c.spells.Load()), killed: c.killed, allKilled: c.all, parted: c.parted, wiped: wipe}
	if sum.calm, sum.unequal, err = b.alike(desks); err != nil {
		return sum, err
	}
	if sum.lost, err = c.lost(); err != nil {
		return sum, err
	}
	sum.yearWon, err = c.yearWon()
	return sum, err
}

// desk writes notes and changes records that all change, and goes away and comes back.
func (c *chaosRun) desk(d *benchDesk, r *rand.Rand) error {
	away := time.Time{}
	for i := 0; time.Now().Before(c.end); i++ {
		if err := c.write(d, r, i); err != nil {
			return err
		}
		switch {
		case d.rep == nil && time.Now().After(away):
			if err := d.online(); err != nil {
				return err
			}
		case d.rep != nil && r.IntN(400) == 0:
			if err := d.offline(); err != nil {
				return err
			}
			c.spells.Add(1)
			away = time.Now().Add(time.Second + time.Duration(r.IntN(7000))*time.Millisecond)
		}
		time.Sleep(time.Duration(5+r.IntN(30)) * time.Millisecond)
	}
	return nil
}

func (c *chaosRun) write(d *benchDesk, r *rand.Rand, i int) error {
	if r.IntN(3) > 0 {
		note := syncNote(i)
		note.ID = assist.IDFrom(d.name, fmt.Sprint(i))
		if err := d.save(note); err != nil {
			return err
		}
		c.notes.Add(1)
		c.mu.Lock()
		defer c.mu.Unlock()
		c.kept = append(c.kept, note.ID)
		return nil
	}
	c.changes.Add(1)
	id := crowdID("common", r.IntN(100))
	common, err := storage.Find[assist.Customer](c.b.ctx, d.db, id)
	if errors.Is(err, assist.ErrNotFound) {
		common, err = assist.Customer{ID: id, Name: "Common"}, nil
	}
	if err != nil {
		return err
	}
	words := fmt.Sprintf("%s %d", d.name, i)
	switch r.IntN(4) {
	case 0:
		common.City = words
	case 1:
		common.Likes = words
	case 2:
		common.Name = words
	case 3:
		common.City = ""
	}
	return d.save(common)
}

// server kills nodes, all of them sometimes, or cuts one off for a while.
func (c *chaosRun) server(r *rand.Rand) error {
	for {
		time.Sleep(2*time.Second + time.Duration(r.IntN(4000))*time.Millisecond)
		if time.Now().After(c.end) {
			return nil
		}
		i := r.IntN(len(c.n.run))
		switch r.IntN(4) {
		case 0, 1:
			c.n.kill(i)
			c.killed++
		case 2:
			c.n.killAll()
			c.all++
		case 3:
			c.n.part(i, true)
			time.Sleep(time.Second + time.Duration(r.IntN(2000))*time.Millisecond)
			c.n.part(i, false)
			c.parted++
			continue
		}
		time.Sleep(time.Duration(r.IntN(1500)) * time.Millisecond)
		for i, run := range c.n.run {
			if run == nil {
				if err := c.n.start(i); err != nil {
					return err
				}
			}
		}
	}
}

// lost counts notes that were kept on one desk and that another has not.
func (c *chaosRun) lost() (n int, err error) {
	for _, d := range c.desks {
		for _, id := range c.kept {
			_, err := storage.Find[assist.Note](c.b.ctx, d.db, id)
			if errors.Is(err, assist.ErrNotFound) {
				n++
			} else if err != nil {
				return n, err
			}
		}
	}
	return n, nil
}

// yearWon has the first desk change every common record, and counts those at which the
// others still see something else: stamps of the future would win.
func (c *chaosRun) yearWon() (n int, err error) {
	last := c.desks[len(c.desks)-1]
	for i := range 100 {
		id := crowdID("common", i)
		if err := c.desks[0].save(assist.Customer{ID: id, Name: "In the end", City: "Leeds"}); err != nil {
			return 0, err
		}
	}
	if _, _, err := c.b.alike(c.desks); err != nil {
		return 0, err
	}
	for i := range 100 {
		common, err := storage.Find[assist.Customer](c.b.ctx, last.db, crowdID("common", i))
		if err != nil {
			return 0, err
		}
		if common.Name != "In the end" || common.City != "Leeds" {
			n++
		}
	}
	return n, nil
}
