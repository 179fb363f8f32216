package replica

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"ringside/assist"
	"ringside/storage"
)

// Store is what a replica needs of the store; *storage.DB has it.
type Store interface {
	// Outgoing returns what was written here behind a mark, in runs.
	Outgoing(ctx context.Context, from storage.Mark, all bool, runs int) ([]storage.Share, error)
	// TakeIn merges what others wrote; it is durable when it returns.
	TakeIn(ctx context.Context, bodies [][]byte) error
	Timing
	Erasing
}

// Timing is the part of a store that has to do with clocks.
type Timing interface {
	// Latest returns the time of the latest stamp that was given here and not taken back.
	Latest() time.Time
	// Recast gives writes behind a mark whose stamps lie in the future those of now.
	Recast(ctx context.Context, from storage.Mark, now time.Time) (bool, error)
	// SetOffset tells the carrier's clock minus this machine's.
	SetOffset(d time.Duration)
}

// Erasing is the part of a store that has to do with erasures.
type Erasing interface {
	// Strip returns a body as the store would hand it out now: without what belongs to
	// customers who are erased here, and, if it is the store's own, with the stamps that
	// Recast has given. The number of its operations stays; changed says whether it differs.
	Strip(ctx context.Context, body []byte, own bool) (clean []byte, changed bool, err error)
	// Erasures returns how many customers were erased for good.
	Erasures() int
}

// Pace says how long a replica waits for what. The zero Pace is that of the app.
type Pace struct {
	Want   time.Duration // between two looks for what is missing; 30 s
	Have   time.Duration // between two messages that say what is here when nothing changes; 1 min
	Soon   time.Duration // before a change of it is said; 2 s
	Jitter time.Duration // for every desk that is here: within that one of those who can answer does; 1 s
	Retry  time.Duration // first wait after a failure; each one more doubles it, up to 60 times; 0.5 s
}

func (p Pace) complete() Pace {
	for at, d := range map[*time.Duration]time.Duration{&p.Want: 30 * time.Second, &p.Have: time.Minute, &p.Soon: 2 * time.Second,
		&p.Jitter: time.Second, &p.Retry: 500 * time.Millisecond} {
		if *at == 0 {
			*at = d
		}
	}
	return p
}

// Options say whose replica it is.
type Options struct {
	Team     *Team
	Store    Store
	Carrier  Transport
	Pace     Pace
	Now      func() time.Time // this machine's clock; nil is the real one
	OnStatus func(Status)     // is told when something has changed, at most some times a second; may be nil
	OnSaid   func(Live)       // is told what a colleague says; may be nil
}

// Replica keeps a store like those of the team. Its methods may be called from any
// goroutine; none of them waits for the carrier unless it says so.
type Replica struct {
	opt   Options
	team  *Team
	self  MemberID
	shelf *shelf

	sealing sync.Mutex // held while own numbers are given out
	taking  sync.Mutex // held while packets are taken in
	wake    chan struct{}
	unsent  chan struct{}
	due     chan struct{}
	said    chan struct{}
	dirty   chan struct{}
	changed chan struct{}

	mu      sync.Mutex // guards what follows
	rosters *rosters
	roster  rosterFrom
	keys    keyring
	offset  time.Duration
	timed   bool                 // something has come since the start: what it told of the time counts
	sentAt  map[uint64]time.Time // by the first number: when an own packet was handed over
	held    map[uint64]heldPacket
	peers   map[MemberID]*peer
	owed    map[packetKey]time.Time
	replay  *replay
	heard   map[[8]byte]time.Time
	answers map[string][32]byte // by invitation: for whom and which roster its welcome is
	refused []Refusal
	link    link
	fault   error // what hinders this desk
	twin    bool  // its name is used elsewhere: it sends nothing
}

// packetKey names a packet.
type packetKey struct {
	member  MemberID
	from    uint64
	edition uint32
}

// New opens the replica of a desk; Run starts it. The folder is locked by the store that
// is open in it.
func New(opt Options) (*Replica, error) {
	opt.Pace = opt.Pace.complete()
	if opt.Now == nil {
		opt.Now = time.Now
	}
	r := &Replica{opt: opt, team: opt.Team, self: opt.Team.Self(), keys: opt.Team.keys(),
		wake: make(chan struct{}, 1), unsent: make(chan struct{}, 1), due: make(chan struct{}, 1), said: make(chan struct{}, 1), dirty: make(chan struct{}, 1), changed: make(chan struct{}, 1),
		sentAt: map[uint64]time.Time{}, held: map[uint64]heldPacket{}, peers: map[MemberID]*peer{}, owed: map[packetKey]time.Time{}, heard: map[[8]byte]time.Time{}, answers: map[string][32]byte{}}
	var err error
	if r.shelf, err = openShelf(r.team.dir, r.team.packets, r.self); err != nil {
		return nil, err
	}
	if err := r.loadRosters(); err != nil {
		r.shelf.close()
		return nil, err
	}
	at := r.shelf.at()
	for id, seen := range at.Seen {
		r.peer(id).seen = seen
	}
	if r.offset = at.Offset; r.offset != 0 {
		r.opt.Store.SetOffset(r.offset)
	}
	return r, nil
}

// Wake tells that something was written to the store.
func (r *Replica) Wake() { kick(r.wake) }

func kick(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// Run sends and takes in until ctx ends or this desk is removed from the team, which it
// returns as a fault. What goes wrong with the carrier is in the status and tried again.
func (r *Replica) Run(ctx context.Context) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	r.setLink(func(l *link) { l.state = Offline })
	defer r.setLink(func(l *link) { *l = link{trimmed: l.trimmed} })
	for try := 0; ; try++ { // what lay here before is sealed before the first of others comes
		err := r.gather(ctx)
		if err == nil {
			break
		}
		r.stumble(err)
		if !r.rest(ctx, try, nil) {
			return context.Cause(ctx)
		}
	}
	var all sync.WaitGroup
	for _, part := range []func(context.Context){r.send, r.publish, r.listen, r.repair, r.speak, r.tidy, r.tellStatus} {
		all.Go(func() { part(ctx) })
	}
	all.Go(func() {
		for ctx.Err() == nil {
			if err := r.gone(); err != nil {
				stop(err)
			}
			r.rest(ctx, 0, nil)
		}
	})
	<-ctx.Done()
	all.Wait()
	return errors.Join(r.shelf.flush(), context.Cause(ctx))
}

// Close ends what New has opened, after Run has returned. The carrier stays open.
func (r *Replica) Close() error {
	if err := r.shelf.close(); err != nil {
		return fmt.Errorf("close replica: %w", err)
	}
	return nil
}

// rest waits after the try-th failure, with jitter, or until early is kicked; false says
// that ctx has ended.
func (r *Replica) rest(ctx context.Context, try int, early <-chan struct{}) bool {
	wait := r.opt.Pace.Retry * time.Duration(min(1<<min(try, 6), 60))
	t := time.NewTimer(wait/2 + rand.N(wait))
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-early:
	case <-t.C:
	}
	return ctx.Err() == nil
}

// gone returns the fault that ends a replica: its desk was removed.
func (r *Replica) gone() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if me, ok := r.roster.Member(r.self); ok && !me.here() {
		return &assist.Fault{What: "this desk was removed from the team", Do: "What it had stays here; ask an admin to invite it again.", Err: assist.ErrInvalid}
	}
	return nil
}

func (r *Replica) corrected() time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.opt.Now().Add(r.offset)
}

// stumble keeps an error that hinders this desk, for the status.
func (r *Replica) stumble(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.twin {
		r.fault = err
	}
	kick(r.changed)
}
