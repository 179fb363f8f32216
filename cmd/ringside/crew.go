package main

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"ringside/assist"
	"ringside/storage"
	"ringside/storage/replica"
	"ringside/storage/replica/folder"
	"ringside/storage/replica/nats"
	"ringside/storage/replica/nats/serve"
	"ringside/ui/team"
)

// crew is this desk's part in a team: the carrier, the replica that keeps the store like
// those of the others, and who may join. A desk that is in no team has one too. Its methods
// may be called from any goroutine.
type crew struct {
	h *house

	life    context.Context // ends with stop
	die     context.CancelFunc
	acting  sync.Mutex    // one founds, joins or leaves at a time
	news    chan struct{} // something was written to the store
	brought chan struct{} // and that by others

	mu         sync.Mutex // guards what follows
	told       func()     // how it stands has changed; any goroutine
	team       *replica.Team
	rep        *replica.Replica
	carrier    carrier
	end        func() error // ends what runs
	fault      error        // why nothing runs
	invitation team.Invitation
	invited    string // the id of that invitation
	calls      calls
	online     bool // as it was told last
}

// carrier is what a team's packets travel by, and where guests meet an admin.
type carrier interface {
	replica.Transport
	replica.Meeting
}

// shippedTypes are of what comes with the program.
var shippedTypes = []assist.Type{assist.TypeAnswer, assist.TypePrompt, assist.TypeTact, assist.TypeSubject, assist.TypeDeal, assist.TypeQuestion}

// The address of a folder begins so; all others are of servers.
const folderAddress = "folder:"

func newCrew(h *house) *crew {
	c := &crew{h: h, told: func() {}, news: make(chan struct{}, 1), brought: make(chan struct{}, 1)}
	c.calls.new, c.calls.came, c.calls.asked = make(chan struct{}, 1), make(chan struct{}, 1), make(chan struct{}, 1)
	c.life, c.die = context.WithCancel(context.Background())
	return c
}

// watch has told called when how it stands has changed.
func (c *crew) watch(told func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.told = told
}

func (c *crew) tell() {
	c.mu.Lock()
	told := c.told
	c.mu.Unlock()
	told()
}

// start lets the desk take part in its team, if it is in one, until stop.
func (c *crew) start() error {
	c.acting.Lock()
	defer c.acting.Unlock()
	return c.begin()
}

// begin is start for who holds c.acting.
func (c *crew) begin() error {
	t, err := replica.OpenTeam(c.h.dir, c.h.drawer.Key)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = c.run(t)
	}
	c.mu.Lock()
	c.fault = err
	c.mu.Unlock()
	c.tell()
	return err
}

// run opens the carrier and the replica of the team.
func (c *crew) run(t *replica.Team) error {
	address, credentials := t.Carrier()
	way, err := openCarrier(address, credentials, t.Self())
	if err != nil {
		return err
	}
	rep, err := replica.New(replica.Options{Team: t, Store: c.store(), Carrier: way, Now: c.h.now,
		OnStatus: c.stands, OnSaid: c.hear})
	if err != nil {
		return errors.Join(err, way.Close())
	}
	c.h.db.SetShared(true)
	ctx, stop := context.WithCancel(c.life)
	var all sync.WaitGroup
	unwatch := c.h.db.Watch(func(t assist.Type, _ assist.ID) {
		if rep.Wake(); t != assist.TypeDraft {
			knock(c.news)
		}
	})
	all.Go(func() {
		if err := rep.Run(ctx); err != nil && ctx.Err() == nil {
			c.mu.Lock()
			c.fault = err
			c.mu.Unlock()
			c.tell()
		}
	})
	all.Go(func() { c.admit(ctx, rep, way, t) })
	all.Go(func() { c.speak(ctx, rep) })
	c.mu.Lock()
	defer c.mu.Unlock()
	c.team, c.rep, c.carrier = t, rep, way
	c.end = func() error {
		unwatch()
		stop()
		all.Wait()
		return errors.Join(rep.Close(), way.Close())
	}
	return nil
}

// stop ends taking part; what was sealed and not sent waits for the next start.
func (c *crew) stop() error {
	c.die()
	c.acting.Lock()
	defer c.acting.Unlock()
	return c.halt()
}

func (c *crew) halt() error {
	c.mu.Lock()
	end := c.end
	c.team, c.rep, c.carrier, c.end, c.fault, c.online = nil, nil, nil, nil, nil, false
	c.mu.Unlock()
	if end == nil {
		return nil
	}
	return end()
}

// follow has fresh called soon after news, until ctx ends: what comes together is shown
// together.
func follow(ctx context.Context, news <-chan struct{}, soon time.Duration, fresh func()) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-news:
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(soon):
		}
		fresh()
	}
}

// heeding is the store for the replica: it tells that something has come.
type heeding struct {
	*storage.DB
	told chan struct{}
}

// TakeIn implements replica.Store.
func (t heeding) TakeIn(ctx context.Context, bodies [][]byte) error {
	defer knock(t.told)
	return t.DB.TakeIn(ctx, bodies)
}

// store is what the replica keeps like those of the others.
func (c *crew) store() replica.Store { return heeding{c.h.db, c.brought} }

// knock tells who waits; who is awake already hears it too.
func knock(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// openCarrier opens what an address names.
func openCarrier(address string, credentials []byte, self replica.MemberID) (carrier, error) {
	if dir, ok := strings.CutPrefix(address, folderAddress); ok {
		return folder.Open(dir, self), nil
	}
	access, err := nats.Unpack(credentials)
	if err != nil {
		return nil, err
	}
	return nats.Open(access)
}

// newcomer is how this desk presents itself.
func (c *crew) newcomer(ctx context.Context) (replica.Newcomer, error) {
	me, _, err := c.h.sitting(ctx)
	if err != nil {
		return replica.Newcomer{}, err
	}
	host, _ := os.Hostname() // a desk without a name of its own is known by who sits there
	name := strings.TrimSpace(host)
	if me.Name != "" {
		name = strings.Trim(me.Name+", "+host, ", ")
	}
	if name == "" {
		name = "A desk"
	}
	return replica.Newcomer{Name: name, Rep: me.ID, Device: c.h.db.Device()}, nil
}

// startServer founds a team on a server: path is of the file that `ringside team serve`
// wrote, and words what it printed.
func (c *crew) startServer(ctx context.Context, path, words, name string) error {
	authority, err := openServerFile(path, words)
	if err != nil {
		return err
	}
	content, err := json.Marshal(authority)
	if err != nil {
		return err
	}
	return c.found(ctx, name, func(t *replica.Team) error {
		access, err := authority.Mint(string(t.Self()), serve.Admin, time.Time{})
		if err != nil {
			return err
		}
		if err := ensure(ctx, authority); err != nil {
			return err
		}
		credentials, err := access.Pack()
		if err != nil {
			return err
		}
		return errors.Join(t.SetAuthority(content), t.SetCarrier(strings.Join(access.URLs, ", "), credentials))
	})
}

// startFolder founds a team in a folder.
func (c *crew) startFolder(ctx context.Context, path, name string) error {
	return c.found(ctx, name, func(t *replica.Team) error {
		dir, err := filepath.Abs(path)
		if err != nil {
			return err
		}
		if err := folder.Prepare(dir); err != nil {
			return err
		}
		return t.SetCarrier(folderAddress+dir, nil)
	})
}

// found makes a team of this desk alone; reach gives it its carrier.
func (c *crew) found(ctx context.Context, name string, reach func(*replica.Team) error) error {
	return c.enter(ctx, actFound, func(_ context.Context, who replica.Newcomer) error {
		t, err := replica.Found(c.h.dir, c.h.drawer.Key, name, who)
		if err != nil {
			return err
		}
		if err := reach(t); err != nil {
			return errors.Join(err, t.Leave())
		}
		return nil
	})
}

// join takes an invitation, or the path of a file with one, and waits until an admin's desk
// has let this one in.
func (c *crew) join(ctx context.Context, invitation, words string) error {
	dir := ""
	if !replica.IsSpelt(invitation) {
		text, err := readSealed(invitation)
		if err != nil {
			return err
		}
		dir, invitation = filepath.Dir(invitation), text
	}
	inv, err := replica.OpenInvitation(invitation, words)
	if err != nil {
		return err
	}
	inFolder := inv.Carrier == folderAddress
	if inFolder { // it may lie elsewhere on this machine
		if dir == "" {
			return &assist.Fault{What: "this team meets in a folder", Do: "Choose the invitation in that folder, where it lies too.", Err: assist.ErrInvalid}
		}
		inv.Carrier += dir
	}
	at, err := openCarrier(inv.Carrier, inv.Credentials, replica.MemberID(inv.ID))
	if err != nil {
		return err
	}
	defer at.Close()
	return c.enter(ctx, actJoin, func(ctx context.Context, who replica.Newcomer) error {
		// Before it is in the team: one that dies in between would bring the shipped library.
		if err := c.h.db.StepBack(ctx, shippedTypes...); err != nil {
			return err
		}
		t, err := replica.Join(ctx, at, inv, who, c.h.dir, c.h.drawer.Key)
		if err != nil {
			return err
		}
		if inFolder {
			err = t.SetCarrier(inv.Carrier, nil)
		}
		return err
	})
}

// enter brings this desk into a team, and begins.
func (c *crew) enter(ctx context.Context, a act, do func(context.Context, replica.Newcomer) error) error {
	c.acting.Lock()
	defer c.acting.Unlock()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	defer context.AfterFunc(c.life, stop)()
	who, err := c.newcomer(ctx)
	if err != nil {
		return err
	}
	return c.h.perform(ctx, a, func() (int, error) {
		if err := do(ctx, who); err != nil {
			return 0, err
		}
		return 1, c.begin()
	})
}

// leave takes this desk out of its team; what it has stays here.
func (c *crew) leave(ctx context.Context) error {
	c.acting.Lock()
	defer c.acting.Unlock()
	t, err := replica.OpenTeam(c.h.dir, c.h.drawer.Key)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return c.h.perform(ctx, actLeave, func() (int, error) {
		err := errors.Join(c.halt(), t.Leave())
		c.h.db.SetShared(false)
		c.tell()
		return 1, err
	})
}

// present returns what runs, or why nothing does.
func (c *crew) present() (*replica.Replica, *replica.Team, carrier, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.rep != nil {
		return c.rep, c.team, c.carrier, nil
	}
	if c.fault != nil {
		return nil, nil, nil, c.fault
	}
	return nil, nil, nil, &assist.Fault{What: "this desk is in no team", Do: "Start one or join one first.", Err: assist.ErrInvalid}
}

// tryNow looks for what waits.
func (c *crew) tryNow(context.Context) error {
	rep, _, _, err := c.present()
	if err == nil {
		rep.Wake()
	}
	return err
}

// remove takes a desk out of the team, and out of its server.
func (c *crew) remove(ctx context.Context, device string) error {
	rep, t, _, err := c.present()
	if err != nil {
		return err
	}
	return c.h.perform(ctx, actRemove, func() (int, error) {
		if err := rep.Remove(replica.MemberID(device)); err != nil {
			return 0, err
		}
		return 1, revoke(ctx, t, device)
	})
}

// setAdmin lets a desk decide who is in the team, or no more.
func (c *crew) setAdmin(ctx context.Context, device string, admin bool) error {
	rep, _, _, err := c.present()
	if err != nil {
		return err
	}
	act := actLower
	if admin {
		act = actRaise
	}
	return c.h.perform(ctx, act, func() (int, error) { return 1, rep.SetAdmin(replica.MemberID(device), admin) })
}

// revoke closes the team's server to a desk that was removed. It reads nothing new there
// in any case: the team has another key.
func revoke(ctx context.Context, t *replica.Team, device string) error {
	a, err := authorityOf(t)
	if err != nil || a.Operator == "" {
		return nil // a folder, or who runs the server does it
	}
	return a.Revoke(ctx, device)
}
