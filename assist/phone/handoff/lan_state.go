package handoff

import (
	"slices"
	"strings"
	"time"
)

const latest = 10 // senders that State tells of

// State says what the door for the local network does, for the page that shows it.
type State struct {
	Address string   // where it listens; empty while it does not
	Err     error    // why it does not, when it should: an *assist.Fault
	From    []string // who may post; empty means anybody with the token
	Senders []Sender // the last ten, the newest first
}

// Sender is a machine that knocked.
type Sender struct {
	Addr    string    // its address, without the port
	At      time.Time // when it knocked last
	Refused string    // why it was sent away; empty when it was let in
	Times   int       // how often it got this answer
}

// String says whether it listens, where, and who may post.
func (s State) String() string {
	switch {
	case s.Err != nil:
		return s.Err.Error()
	case s.Address == "":
		return "It does not listen."
	case len(s.From) == 0:
		return "It listens on " + s.Address + ". Whoever has the token may post."
	}
	return "It listens on " + s.Address + ". With the token, these may post: " + strings.Join(s.From, ", ") + "."
}

// change changes the state and tells of it, in order.
func (l *LAN) change(how func(*State)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	how(&l.state)
	told := l.state
	told.Senders = slices.Clone(told.Senders)
	l.report(told)
}

// knocked keeps who knocked. The same answer to the same sender is counted.
func (s *State) knocked(addr, refused string, at time.Time) {
	i := slices.IndexFunc(s.Senders, func(x Sender) bool { return x.Addr == addr && x.Refused == refused })
	seen := Sender{Addr: addr, Refused: refused}
	if i >= 0 {
		seen = s.Senders[i]
		s.Senders = slices.Delete(s.Senders, i, i+1)
	}
	seen.At, seen.Times = at, seen.Times+1
	s.Senders = slices.Insert(s.Senders, 0, seen)
	s.Senders = s.Senders[:min(len(s.Senders), latest)]
}
