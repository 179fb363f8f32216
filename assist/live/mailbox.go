package live

import "sync"

// event is one thing that the desk has to deal with: a verb of the rep, or the
// outcome of work that was done beside the desk.
type event interface{ apply(d *Desk) }

// newer is an event that makes an earlier one of its kind pointless.
type newer interface{ replaces(older event) bool }

// turn marks the verbs that texts must not overtake: what is typed before one of
// them may belong to another call than what is typed after it.
type turn interface{ turns() }

// mailbox holds events in the order in which they came, without a bound and
// without ever blocking the sender.
type mailbox struct {
	mu      sync.Mutex
	waiting []event
	closed  bool
	ready   chan struct{} // holds one token while something waits
}

func newMailbox() *mailbox { return &mailbox{ready: make(chan struct{}, 1)} }

// put adds e, or puts it in the place of the waiting text that it replaces.
func (m *mailbox) put(e event) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return
	}
	if i := m.place(e); i >= 0 {
		m.waiting[i] = e
	} else {
		m.waiting = append(m.waiting, e)
	}
	select {
	case m.ready <- struct{}{}:
	default:
	}
}

// place finds the waiting event that e replaces, and gives -1 when there is none.
func (m *mailbox) place(e event) int {
	n, ok := e.(newer)
	if !ok {
		return -1
	}
	for i := len(m.waiting) - 1; i >= 0; i-- {
		if n.replaces(m.waiting[i]) {
			return i
		}
		if _, ok := m.waiting[i].(turn); ok {
			return -1
		}
	}
	return -1
}

// takeAll returns what waits, in order.
func (m *mailbox) takeAll() []event {
	m.mu.Lock()
	defer m.mu.Unlock()
	all := m.waiting
	m.waiting = nil
	return all
}

// close makes every later put a no-op.
func (m *mailbox) close() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.closed, m.waiting = true, nil
}
