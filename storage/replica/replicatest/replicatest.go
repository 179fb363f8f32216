// Package replicatest says what is asked of every carrier: a leaf runs Run in its tests,
// against the real thing.
package replicatest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"ringside/storage/replica"
)

// Carrier is one team's carrier under test, empty at first.
type Carrier struct {
	// Open returns a new transport of a member of the team; the same name is the same member.
	Open func(t *testing.T, member replica.MemberID) replica.Transport
	// Admin returns a new transport of an admin, who may forget packets and who meets guests.
	Admin func(t *testing.T) replica.Transport
	// Lose takes all from the carrier that it keeps, while transports are open, and has it
	// ready again when it returns.
	Lose func(t *testing.T)
	// Guest returns the meeting place as one sees it who is invited by this invitation;
	// nil when the carrier has none.
	Guest func(t *testing.T, invitation string) replica.Meeting
}

// The members of the tests.
const (
	Ann replica.MemberID = "a1a1a1a1a1a1a1a1"
	Ben replica.MemberID = "b2b2b2b2b2b2b2b2"
	Cem replica.MemberID = "c3c3c3c3c3c3c3c3"
)

// Run tests a carrier; fresh makes an empty one.
func Run(t *testing.T, fresh func(t *testing.T) Carrier) {
	for _, test := range []struct {
		name string
		run  func(*testing.T, Carrier)
	}{
		{"what is published arrives whole", arrivesWhole},
		{"an empty carrier says that this is all", emptyIsNow},
		{"what comes later is delivered to who listens", deliversLater},
		{"a cursor goes on where it was, in another transport too", resumes},
		{"a cursor of nothing known begins anew", strangeCursor},
		{"sent again it arrives again", arrivesAgain},
		{"what another holds arrives in the name of who made it", heals},
		{"a later edition arrives beside the first", editions},
		{"packets without operations are all kept", withoutOperations},
		{"many members publish many packets at once", many},
		{"a packet of two and a half megabytes arrives", big},
		{"an error of who takes it ends listening", errorEnds},
		{"listening ends with its context and with the transport", ends},
		{"a message reaches who listens", says},
		{"what is forgotten is delivered no more", forgets},
		{"a carrier that lost all is read anew and takes all again", loses},
		{"a guest and an admin meet", meets},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, fresh(t)) })
	}
}

// Packets makes n packets of a member, numbered from 1, whose content names them.
func Packets(member replica.MemberID, n int) []replica.Packet {
	const ops = 200
	packets := make([]replica.Packet, n)
	for i := range packets {
		from := uint64(i)*ops + 1
		packets[i] = replica.Packet{Member: member, From: from, Count: ops, Sealed: fmt.Appendf(nil, "%s from %d\x00\xff", member, from)}
	}
	return packets
}

// publish hands all over and insists that all is durable.
func publish(t *testing.T, by replica.Transport, packets []replica.Packet) {
	t.Helper()
	ctx, done := context.WithTimeout(t.Context(), patience)
	defer done()
	// What a carrier that has just been away did not take is tried again, as the desks do.
	for len(packets) > 0 {
		n, err := by.Publish(ctx, packets)
		if n < len(packets) && err == nil {
			t.Errorf("%d of %d are durable, and no error says why", n, len(packets))
			return
		}
		if ctx.Err() != nil {
			t.Errorf("not published after %v: %v", patience, err)
			return
		}
		packets = packets[n:]
		if err != nil {
			time.Sleep(50 * time.Millisecond)
		}
	}
}
