package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"ringside/assist"
	"ringside/storage"
	"ringside/storage/replica"
	"ringside/storage/replica/nats"
	"ringside/storage/replica/nats/serve"
)

// benchDesk is a desk without a window: a store, and its part in a team.
type benchDesk struct {
	b    *syncBench
	name string
	dir  string
	skew time.Duration // of its clock
	pace replica.Pace

	db   *storage.DB
	team *replica.Team
	open func(*replica.Team) (replica.Transport, error)

	rep     *replica.Replica
	carrier replica.Transport
	stop    context.CancelFunc
	running sync.WaitGroup
	ended   error
}

// benchKey is the key of the stores of a bench; there is nothing to hide in them.
var benchKey = [32]byte{'b', 'e', 'n', 'c', 'h'}

func (d *benchDesk) now() time.Time { return time.Now().Add(d.skew) }

// newDesk opens the store of a desk that is in no team yet.
func (b *syncBench) newDesk(name string, skew time.Duration) (*benchDesk, error) {
	dir, err := b.folderOf(name)
	if err != nil {
		return nil, err
	}
	d := &benchDesk{b: b, name: name, dir: dir, skew: skew}
	d.db, err = storage.Open(b.ctx, storage.Options{Dir: dir, Key: benchKey, Now: d.now})
	return d, err
}

// online lets the desk have its carrier.
func (d *benchDesk) online() error {
	if d.rep != nil {
		return nil
	}
	carrier, err := d.open(d.team)
	if err != nil {
		return err
	}
	rep, err := replica.New(replica.Options{Team: d.team, Store: d.db, Carrier: carrier, Pace: d.pace, Now: d.now})
	if err != nil {
		return errors.Join(err, carrier.Close())
	}
	d.rep, d.carrier = rep, carrier
	ctx, stop := context.WithCancel(d.b.ctx)
	d.stop = stop
	d.running.Go(func() { d.ended = rep.Run(ctx) })
	return nil
}

// offline takes the carrier away, as a cable that is pulled.
func (d *benchDesk) offline() error {
	if d.rep == nil {
		return nil
	}
	d.stop()
	d.running.Wait()
	if errors.Is(d.ended, context.Canceled) {
		d.ended = nil
	}
	err := errors.Join(d.ended, d.rep.Close(), d.carrier.Close())
	d.rep, d.carrier, d.ended = nil, nil, nil
	return err
}

func (d *benchDesk) close() error { return errors.Join(d.offline(), d.db.Close()) }

// save keeps records at the desk and tells its replica.
func (d *benchDesk) save(records ...assist.Record) error {
	if err := d.db.Save(d.b.ctx, records...); err != nil {
		return err
	}
	if d.rep != nil {
		d.rep.Wake()
	}
	return nil
}

// patience is how long desks may take to become alike before they count as unequal, however
// busy the machine is. How long they should take is a figure.
const patience = 10 * time.Minute

// alike waits until all desks hold the same, and nothing is on its way.
func (b *syncBench) alike(desks []*benchDesk) (took time.Duration, unequal int, err error) {
	start := time.Now()
	err = b.until("the desks are alike", patience, func() (bool, error) {
		unequal, err = b.unequal(desks)
		if unequal > 0 {
			time.Sleep(100 * time.Millisecond)
		}
		return unequal == 0, err
	})
	if unequal > 0 {
		err = nil
		for _, d := range desks {
			fmt.Fprintln(b.stderr, d.stands())
		}
	}
	return time.Since(start), unequal, err
}

// stands says how it stands with a desk.
func (d *benchDesk) stands() string {
	sum, records, err := d.db.Digest(d.b.ctx)
	if d.rep == nil {
		return fmt.Sprintf("%s: alone; %.12s of %d records, %v", d.name, sum, records, err)
	}
	s := d.rep.Status()
	return fmt.Sprintf("%s: state %d since %v, %v; waiting %d, missing %d, held %v, refused %v; %.12s of %d records, %v",
		d.name, s.State, s.Since.Format(time.TimeOnly), s.Err, s.Waiting, s.Missing, s.Held, s.Refused, sum, records, err)
}

// unequal counts the desks that have not sent all or know of more; when there is none, those
// that hold something else than the first. To sum up what a desk holds takes its time from it.
func (b *syncBench) unequal(desks []*benchDesk) (n int, err error) {
	for _, d := range desks {
		if d.rep == nil {
			continue
		}
		if s := d.rep.Status(); s.Waiting > 0 || s.Missing > 0 {
			n++
		}
	}
	if n > 0 {
		return n, nil
	}
	first := ""
	for i, d := range desks {
		sum, _, err := d.db.Digest(b.ctx)
		if err != nil {
			return 0, err
		}
		if i == 0 {
			first = sum
		}
		if sum != first {
			n++
		}
	}
	return n, nil
}

// natsCarrier opens the carrier of a desk on the servers.
func (n *nodes) natsCarrier(t *replica.Team) (replica.Transport, error) {
	access, err := n.admin.Mint(string(t.Self()), serve.Admin, time.Time{})
	if err != nil {
		return nil, err
	}
	return nats.Open(access)
}

// benchPace asks and answers sooner than in the app: a run has a minute.
var benchPace = replica.Pace{Want: 2 * time.Second, Have: 5 * time.Second, Soon: 300 * time.Millisecond, Jitter: 300 * time.Millisecond, Retry: 100 * time.Millisecond}

// team makes a team of desks, of which the first founds it and lets the others in.
func (b *syncBench) team(count int, skew func(i int) time.Duration, open func(*replica.Team) (replica.Transport, error)) ([]*benchDesk, error) {
	var desks []*benchDesk
	for i := range count {
		d, err := b.newDesk(fmt.Sprint("desk", i), skew(i))
		if err != nil {
			return desks, err
		}
		d.open, d.pace = open, benchPace
		desks = append(desks, d)
	}
	return desks, b.joinAll(desks)
}

// sent reports whether the carrier has all that was written here.
func (d *benchDesk) sent() bool {
	s := d.rep.Status()
	return s.State == replica.Online && s.Waiting == 0
}
