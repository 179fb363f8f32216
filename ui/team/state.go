package team

import (
	"slices"
	"time"
)

// Sign is how it stands with the other desks, in one word.
type Sign int

// The signs. The zero Sign is that of a desk that belongs to no team.
const (
	Off Sign = iota
	AllHere
	Waiting // something written here is not with the carrier yet
	Offline // the carrier cannot be reached
)

// State is all that the page shows. Lists stand in the order in which they are given.
type State struct {
	Sign    Sign
	Since   time.Time // of the sign
	Name    string    // of the team
	Carrier string    // "nats://sync.example.com over TLS", or the path of the folder
	Waiting int       // changes that are not sent yet

	Unsent     []Unsent
	Devices    []Device
	Clashes    []Clash
	Refused    []Refused
	Erasures   []Erased
	Invitation Invitation // the last one made here; the zero Invitation: none
	MayGovern  bool       // who sits here may invite and remove
	InviteAt   string     // the desk that alone can let others into the server, where that is another
}

// On reports whether this desk belongs to a team.
func (s State) On() bool { return s.Sign != Off }

// removed reports whether somebody has taken this desk out of the team.
func (s State) removed() bool {
	return slices.ContainsFunc(s.Devices, func(d Device) bool { return d.Me && d.Removed })
}

// ToSettle are the clashes that somebody here can decide: a desk that is no longer in the
// team decides for nobody.
func (s State) ToSettle() []Clash {
	if s.removed() {
		return nil
	}
	return s.Clashes
}

// Unsent is something written here that the others do not have.
type Unsent struct {
	What, Why string
	Since     time.Time
}

// Device is a computer of the team.
type Device struct {
	ID, Name, Rep   string
	Me, Admin, Here bool
	Last            time.Time     // when it was last here; zero: never yet
	Behind          int           // changes of others that it has not taken in
	ClockOff        time.Duration // its clock minus the carrier's
	Removed         bool
}

// Clash is a field that two desks wrote without knowing of one another. Both versions are
// kept; the page asks which one counts.
type Clash struct {
	ID               string
	What, Field      string // the record and its field, in words
	Ours, Theirs     string
	OursBy, TheirsBy string
	At               time.Time
}

// Refused is something that came and was not taken in.
type Refused struct {
	Why, From string
	At        time.Time
}

// Erased is a customer whose erasure travels. They are not named: Customer is an id, or
// words that tell nothing of them.
type Erased struct {
	Customer      string
	Confirmed, Of int // devices
}

// Invitation lets one desk join the team, once.
type Invitation struct {
	Words   string // the six, to be told and not to be sent
	Text    string // what is sent
	Expires time.Time
	UsedBy  string // empty: nobody has used it
	UsedAt  time.Time
}

// Packet is something that left this desk, or waits to.
type Packet struct {
	ID             string
	At             time.Time
	Writes         int
	Again, Waiting bool   // sealed anew, in place of one before; not sent yet
	Sealed         []byte // exactly what leaves
	Body           []byte // what is sealed in it, for Acts.Inside; nil: it says who is in the team
}

// Record is a change in a packet, in words.
type Record struct {
	What, By string
	Fields   []Field
}

// Field is what a field was given; an empty Value: it was emptied.
type Field struct{ Name, Value string }
