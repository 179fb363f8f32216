package replica

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"ringside/assist"
	"ringside/storage"
)

var storeKey = [32]byte{3, 1, 4}

// quick is a pace at which a test need not wait.
var quick = Pace{Want: 40 * time.Millisecond, Have: 100 * time.Millisecond, Soon: 5 * time.Millisecond, Jitter: 10 * time.Millisecond, Retry: 4 * time.Millisecond}

// desk is a store with its replica.
type desk struct {
	t     testing.TB
	name  string
	dir   string
	db    *storage.DB
	team  *Team
	line  *line
	r     *Replica
	skew  time.Duration
	pace  Pace
	stop  context.CancelFunc
	ended chan error

	mu   sync.Mutex
	live []Live
	n    int
}

// newDesk opens a store; join or found make it part of a team, and start runs it.
func newDesk(t testing.TB, name string, skew time.Duration) *desk {
	t.Helper()
	d := &desk{t: t, name: name, dir: t.TempDir(), skew: skew, pace: quick}
	d.open()
	t.Cleanup(func() {
		d.halt()
		d.db.Close()
	})
	return d
}

func (d *desk) now() time.Time { return time.Now().Add(d.skew) }

func (d *desk) open() {
	d.t.Helper()
	var err error
	if d.db, err = storage.Open(context.Background(), storage.Options{Dir: d.dir, Key: storeKey, Now: d.now}); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) who() Newcomer {
	return Newcomer{Name: d.name, Rep: assist.ID(strings.ToLower(d.name)), Device: "00"}
}

// founds begins a team on a hub.
func founds(t testing.TB, h *hub, name string) *desk {
	t.Helper()
	d := newDesk(t, name, 0)
	var err error
	if d.team, err = Found(d.dir, storeKey, "Tackle shop", d.who()); err != nil {
		t.Fatal(err)
	}
	d.line = h.line(d.team.Self())
	d.start()
	return d
}

func (d *desk) start() {
	d.t.Helper()
	var err error
	d.r, err = New(Options{Team: d.team, Store: d.db, Carrier: d.line, Pace: d.pace, Now: d.now,
		OnSaid: func(l Live) { d.mu.Lock(); d.live = append(d.live, l); d.mu.Unlock() }})
	if err != nil {
		d.t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	d.stop, d.ended = stop, make(chan error, 1)
	r := d.r
	go func() { d.ended <- r.Run(ctx) }()
}

// halt ends the replica as the app does.
func (d *desk) halt() {
	if d.stop == nil {
		return
	}
	d.stop()
	if err := <-d.ended; err != nil && !errors.Is(err, context.Canceled) && !errors.Is(err, assist.ErrInvalid) {
		d.t.Errorf("%s: %v", d.name, err)
	}
	if err := d.r.Close(); err != nil {
		d.t.Error(err)
	}
	d.stop = nil
}

// lets admits a new desk, which joins by an invitation of d.
func (d *desk) lets(h *hub, n *desk) *desk {
	d.t.Helper()
	inv, err := d.r.invite(hubAccess("hub", nil))
	if err != nil {
		d.t.Fatal(err)
	}
	guest := h.line("")
	defer guest.Close()
	joined := make(chan error, 1)
	go func() {
		var err error
		n.team, err = Join(context.Background(), guest, inv, n.who(), n.dir, storeKey)
		joined <- err
	}()
	for {
		if _, err := d.r.Admit(context.Background(), d.line, free); err != nil {
			d.t.Fatal(err)
		}
		select {
		case err := <-joined:
			if err != nil {
				d.t.Fatal(err)
			}
			n.line = h.line(n.team.Self())
			n.start()
			return n
		case <-time.After(10 * time.Millisecond):
		}
	}
}

func free(Member) (string, []byte, error) { return "hub", nil, nil }

// writes saves a customer with a city, and a note beside.
func (d *desk) writes(id, city string) {
	d.t.Helper()
	d.n++
	c := assist.Customer{ID: assist.ID(id), Name: "Quillfeather", City: city}
	n := assist.Note{ID: assist.ID(fmt.Sprintf("n-%s-%d", strings.ToLower(d.name), d.n)), Customer: c.ID, At: time.Now().UTC(), Text: "heard " + city}
	if err := d.db.Save(context.Background(), c, n); err != nil {
		d.t.Fatal(err)
	}
	d.r.Wake()
}

func (d *desk) digest() string {
	d.t.Helper()
	sum, n, err := d.db.Digest(context.Background())
	if err != nil {
		d.t.Fatal(err)
	}
	return fmt.Sprintf("%.12s of %d", sum, n)
}

func (d *desk) city(id string) string {
	d.t.Helper()
	c, err := storage.Find[assist.Customer](context.Background(), d.db, assist.ID(id))
	if err != nil && !errors.Is(err, assist.ErrNotFound) {
		d.t.Fatal(err)
	}
	return c.City
}

// waitFor waits until something is so; what says what it is.
func waitFor(t testing.TB, what string, so func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !so(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("in vain: %s", what)
		}
	}
}

// alike waits until all stores have the same and nothing waits.
func alike(t testing.TB, desks ...*desk) {
	t.Helper()
	for end := time.Now().Add(40 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		sums := map[string]bool{}
		all := ""
		for _, d := range desks {
			sums[d.digest()] = true
			s := d.r.Status()
			all += fmt.Sprintf("%s: %s waiting %d missing %d held %v refused %v %v\n", d.name, d.digest(), s.Waiting, s.Missing, s.Held, s.Refused, s.Err)
			if s.Waiting > 0 || s.Missing > 0 {
				sums[d.name] = true
			}
		}
		if len(sums) == 1 {
			return
		}
		if time.Now().After(end) {
			for _, d := range desks {
				for i := range 12 {
					all += d.city(fmt.Sprint("c", i)) + ", "
				}
				all += fmt.Sprintf("%v\n", d.r.shelf.have())
			}
			t.Fatalf("the stores stay different:\n%s", all)
		}
	}
}

// crash ends the replica at whatever it is doing: from one moment on nothing more reaches
// its files. Then the desk starts again.
func (d *desk) crash() {
	d.t.Helper()
	d.r.shelf.journal.Close()
	d.stop()
	<-d.ended
	d.stop = nil
	if err := d.db.Close(); err != nil {
		d.t.Fatal(err)
	}
	d.open()
	var err error
	if d.team, err = OpenTeam(d.dir, storeKey); err != nil {
		d.t.Fatal(err)
	}
	d.start()
}

// hubAccess is where guests meet the admin.
func hubAccess(carrier string, credentials []byte) Access {
	return func(string, time.Time) (string, []byte, error) { return carrier, credentials, nil }
}
