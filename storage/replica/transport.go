package replica

import (
	"context"
	"time"
)

// Packet is one sealed run of operations of one member, as it lies on a carrier: nobody
// who lacks the team's key can read it, and nobody but the member can have made it.
type Packet struct {
	Member MemberID
	// From is the number of its first operation among all that the member has sent, and
	// Count how many there are. Numbers are dense: what is missing can be asked for.
	From, Count uint64
	// Edition is 0 for what was first sent; whoever must take a person out of what they
	// once sent seals it anew under the next one, which takes the place of those before.
	Edition uint32
	Sealed  []byte
	// Again says that somebody sends what they hold of another, or once more: the
	// carrier must not take it for a copy of what it has.
	Again bool
}

// Arrival is a packet as a carrier delivers it.
type Arrival struct {
	Packet
	At time.Time // by the carrier's clock; zero when it has none
}

// Cursor is how far a replica has read a carrier; only the carrier knows what it means.
// nil is the beginning.
type Cursor []byte

// Batch is what came, in the carrier's order, which need not be the members'.
type Batch struct {
	Arrivals []Arrival
	Cursor   Cursor // behind the last of them
	// Anew says, before the first packets of it, that the carrier begins from its first
	// one: it is not the one that the cursor was for, or has lost what it had.
	Anew bool
	// Now says that this is all the carrier has at present.
	Now bool
}

// Said is a message that no carrier keeps: who has what, who is on the phone.
type Said struct {
	Member MemberID
	Sealed []byte
	At     time.Time
}

// Transport carries packets between the members of a team. It may lose them, double
// them, delay them and change their order, and is never trusted: what comes is checked
// by who asked for it. Its methods may be called from any goroutine.
type Transport interface {
	// Publish hands packets over, in order, and returns how many of the first the carrier
	// has made durable. What it has not acknowledged may have landed all the same and is
	// published again.
	Publish(ctx context.Context, packets []Packet) (durable int, err error)

	// Listen delivers what the carrier has behind the cursor, and then what comes, until
	// ctx ends or the carrier is gone. got and said are called one after the other; an
	// error of got ends Listen and is returned.
	Listen(ctx context.Context, from Cursor, got func(Batch) error, said func(Said)) error

	// Say sends a message to who listens at this moment; a carrier without such a thing
	// keeps the newest of each member for a while.
	Say(ctx context.Context, sealed []byte) error

	// Forget asks the carrier to delete what it has of these packets; only an admin's may
	// be allowed to. A carrier that cannot returns an error that wraps errors.ErrUnsupported.
	Forget(ctx context.Context, packets []Packet) error

	// Close ends it.
	Close() error
}

// Meeting is where a desk that is no member yet and an admin leave each other sealed
// messages. A place is a short name of lower-case letters, digits, "-" and "/", as
// "hello/3f9a"; it holds the newest of what was left there, and is forgotten after some
// days.
type Meeting interface {
	// Leave puts a message at a place, in place of what was there.
	Leave(ctx context.Context, place string, sealed []byte) error
	// Look returns what lies there; nil and no error when there is nothing.
	Look(ctx context.Context, place string) ([]byte, error)
}
