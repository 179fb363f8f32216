// Package phone reads the numbers that people and phones write, and holds the
// words in which a phone tells of its calls.
package phone

import (
	"context"
	"time"
)

// Phase is what has just happened to a call.
type Phase string

// The phases of a call as a phone reports them. A source may report only some.
const (
	Ringing   Phase = "ringing"
	Answered  Phase = "answered"
	Elsewhere Phase = "elsewhere" // answered at another desk
	Missed    Phase = "missed"
	Ended     Phase = "ended"
)

// Ring is one piece of news of a call: what a phone, a hook, the command line or
// the rep's own typing tells the desk.
type Ring struct {
	// ID is the call's name at its source, the same in every phase. Empty: the
	// desk takes From for it.
	ID       string    `json:"id,omitempty"`
	From     string    `json:"from,omitempty"` // the other party's number as it came; empty when withheld
	Name     string    `json:"name,omitempty"` // what the phone calls them, if it does
	To       string    `json:"to,omitempty"`   // our number or extension
	Phase    Phase     `json:"phase"`
	Outgoing bool      `json:"outgoing,omitempty"`
	At       time.Time `json:"at"` // when the source learnt of it
	// Source says who told. It decides whether two names may be one call, and whether
	// an answer was given here.
	Source Teller `json:"source,omitempty"`
}

// Teller is where news of a call comes from.
type Teller string

// Who tells of calls. The empty Teller is somebody who does not say.
const (
	FromHook Teller = "hook" // a program of this machine
	FromLAN  Teller = "lan"  // a phone or a telephone system of the network
	FromSIP  Teller = "sip"  // the telephone system, asked about the rep's own extension
	ByHand   Teller = "hand" // the rep
)

// Source tells of calls until its context ends. It sends every ring to out in the
// order in which it learnt of them, with an ID that is the same in all phases of a
// call, blocks while out is full, and returns nil when ctx ends. A phase comes once, and
// again only with a number that was missing; what was over before the source began to
// watch is not told of.
type Source interface {
	Watch(ctx context.Context, out chan<- Ring) error
}
