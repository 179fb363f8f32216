package replica

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"math/rand/v2"
	"slices"
	"sync"
	"time"
)

// hub is a carrier in memory that does to packets what carriers can do.
type hub struct {
	mu     sync.Mutex
	rng    *rand.Rand
	unkind bool // drops, doubles, delays, changes the order
	down   bool
	epoch  uint64
	log    []Arrival
	lines  map[*line]bool
	places map[string][]byte
	sends  int // packets that were published
	forgot []Packet
	holds  bool // it deletes nothing for now
	late   bool // the next that is published lands and is read, and nobody says so; once more it is a copy
}

func newHub(seed uint64) *hub {
	return &hub{rng: rand.New(rand.NewPCG(seed, 1)), epoch: 1, lines: map[*line]bool{}, places: map[string][]byte{}}
}

var errDown = errors.New("the carrier is down")

func (h *hub) chance(of int) bool { return h.unkind && h.rng.IntN(of) == 0 }

// wipe lets the carrier lose all it has.
func (h *hub) wipe() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.log, h.epoch = nil, h.epoch+1
}

// lose lets it lose one packet unseen.
func (h *hub) lose() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.log) > 0 {
		h.log[h.rng.IntN(len(h.log))].Sealed = nil
	}
}

func (h *hub) set(change func(h *hub)) {
	h.mu.Lock()
	defer h.mu.Unlock()
	change(h)
}

// put lays something onto the carrier as anybody who has access could.
func (h *hub) put(p Packet) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.log = append(h.log, Arrival{p, time.Now()})
}

func (h *hub) isLate() (late bool) {
	h.set(func(h *hub) { late, h.late = h.late, false })
	return late
}

func (h *hub) hasLocked(p Packet) bool {
	return slices.ContainsFunc(h.log, func(a Arrival) bool { return bytes.Equal(a.Sealed, p.Sealed) })
}

func (h *hub) packets() (out []Packet) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, a := range h.log {
		if a.Sealed != nil {
			out = append(out, a.Packet)
		}
	}
	return out
}

// line is one desk's way to the hub.
type line struct {
	hub  *hub
	self MemberID
	mu   sync.Mutex
	off  bool
	lag  time.Duration // behind what the hub has
	said []Said
}

func (h *hub) line(self MemberID) *line {
	l := &line{hub: h, self: self}
	h.set(func(h *hub) { h.lines[l] = true })
	return l
}

func (l *line) plug(in bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.off = !in
}

func (l *line) gone() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.hub.mu.Lock()
	defer l.hub.mu.Unlock()
	return l.off || l.hub.down
}

func (l *line) Publish(_ context.Context, packets []Packet) (int, error) {
	if l.gone() {
		return 0, errDown
	}
	h := l.hub
	if h.isLate() {
		for _, p := range packets {
			h.put(p)
		}
		time.Sleep(50 * time.Millisecond)
		return 0, errDown
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	for i, p := range packets {
		if !p.Again && h.hasLocked(p) {
			continue
		}
		if h.chance(10) {
			return i, errDown // or it has landed all the same
		}
		h.sends++
		a := Arrival{p, time.Now()}
		if h.chance(20) {
			h.log = append(h.log, a)
			return i, errDown
		}
		for range 1 + h.rng.IntN(2) {
			h.log = append(h.log, a)
			if n := len(h.log); n > 1 && h.chance(4) { // behind what nobody may have read yet
				h.log[n-1], h.log[n-2] = h.log[n-2], h.log[n-1]
			}
			if !h.chance(8) {
				break
			}
		}
	}
	return len(packets), nil
}

func (l *line) read(at Cursor) (b Batch, cursor Cursor) {
	h := l.hub
	h.mu.Lock()
	defer h.mu.Unlock()
	epoch, index := uint64(0), uint64(0)
	if len(at) == 16 {
		epoch, index = binary.BigEndian.Uint64(at), binary.BigEndian.Uint64(at[8:])
	}
	if epoch != h.epoch || index > uint64(len(h.log)) {
		b.Anew, index = at != nil, 0
	}
	all := uint64(len(h.log))
	for l.lag > 0 && all > index && time.Since(h.log[all-1].At) < l.lag {
		all--
	}
	end := min(index+uint64(1+h.rng.IntN(40)), all)
	for _, a := range h.log[index:end] {
		if a.Sealed != nil {
			b.Arrivals = append(b.Arrivals, a)
		}
	}
	if h.unkind {
		h.rng.Shuffle(len(b.Arrivals), func(i, j int) { b.Arrivals[i], b.Arrivals[j] = b.Arrivals[j], b.Arrivals[i] })
	}
	b.Now = end == all
	b.Cursor = binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(nil, h.epoch), end)
	return b, b.Cursor
}

func (l *line) Listen(ctx context.Context, from Cursor, got func(Batch) error, said func(Said)) error {
	for first := true; ctx.Err() == nil; first = false {
		if l.gone() {
			return errDown
		}
		b, next := l.read(from)
		if first || b.Anew || len(b.Arrivals) > 0 {
			if err := got(b); err != nil {
				return err
			}
		}
		from = next
		l.mu.Lock()
		heard := l.said
		l.said = nil
		l.mu.Unlock()
		for _, s := range heard {
			said(s)
		}
		time.Sleep(time.Millisecond)
	}
	return ctx.Err()
}

func (l *line) Say(_ context.Context, sealed []byte) error {
	if l.gone() {
		return errDown
	}
	l.hub.mu.Lock()
	var others []*line
	for o := range l.hub.lines {
		if o != l && !l.hub.chance(5) {
			others = append(others, o)
		}
	}
	l.hub.mu.Unlock()
	for _, o := range others {
		o.mu.Lock()
		o.said = append(o.said, Said{Member: l.self, Sealed: sealed})
		o.mu.Unlock()
	}
	return nil
}

func (l *line) Forget(_ context.Context, packets []Packet) error {
	l.hub.mu.Lock()
	defer l.hub.mu.Unlock()
	if l.hub.holds {
		return errDown
	}
	l.hub.forgot = append(l.hub.forgot, packets...)
	for i, a := range l.hub.log {
		for _, p := range packets {
			if a.Member == p.Member && a.From == p.From && a.Edition <= p.Edition {
				l.hub.log[i].Sealed = nil
			}
		}
	}
	return nil
}

func (l *line) Close() error {
	l.hub.set(func(h *hub) { delete(h.lines, l) })
	return nil
}

func (l *line) Leave(_ context.Context, place string, sealed []byte) error {
	l.hub.set(func(h *hub) { h.places[place] = sealed })
	return nil
}

func (l *line) Look(_ context.Context, place string) ([]byte, error) {
	l.hub.mu.Lock()
	defer l.hub.mu.Unlock()
	return l.hub.places[place], nil
}
