package nats

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nuid"

	"ringside/storage/replica"
)

// window is how many packets are on their way at once.
const window = 64

// acked is the last of the member's own packets that the server has acknowledged: if it
// has none as new, it has lost what it had.
type acked struct {
	id       string
	sequence uint64
}

// headerPacket says which packet a message holds.
const headerPacket = "Ringside"

// numbers writes what is outside of the sealed part: member:from+count:edition.
func numbers(p replica.Packet) string {
	return fmt.Sprintf("%s:%d+%d:%d", p.Member, p.From, p.Count, p.Edition)
}

// name is the same for the same packet, whoever sends it. Packets that bring no operations
// may have the same numbers and not be the same.
func name(p replica.Packet) string {
	sum := sha256.Sum256(p.Sealed)
	return numbers(p) + ":" + hex.EncodeToString(sum[:8])
}

// message is the packet as it goes to the server. Its id is the same whenever it is
// published, so that the server keeps one; what is sent again gets an id of its own.
func (c *Carrier) message(p replica.Packet) *nats.Msg {
	id, subject := name(p), c.ownSubject()
	if p.Again {
		id += ":" + nuid.Next()
	}
	if p.Again || p.Member != c.member {
		subject = c.healSubject()
	}
	m := nats.NewMsg(subject)
	m.Header.Set(headerPacket, numbers(p))
	m.Header.Set(jetstream.MsgIDHeader, id)
	m.Data = p.Sealed
	return m
}

// read is the reverse of message. What no desk has made comes out with no numbers, and is
// refused by who checks packets.
func read(subject string, header nats.Header, data []byte) replica.Packet {
	p := replica.Packet{Sealed: data}
	if parts := strings.Split(subject, "."); len(parts) > 2 {
		p.Member = replica.MemberID(parts[2])
	}
	parts := strings.Split(header.Get(headerPacket), ":")
	if len(parts) != 3 {
		return p
	}
	first, ops, _ := strings.Cut(parts[1], "+")
	from, err1 := strconv.ParseUint(first, 10, 64)
	count, err2 := strconv.ParseUint(ops, 10, 64)
	edition, err3 := strconv.ParseUint(parts[2], 10, 32)
	if errors.Join(err1, err2, err3) == nil {
		p.Member, p.From, p.Count, p.Edition = replica.MemberID(parts[0]), from, count, uint32(edition)
	}
	return p
}

// Publish hands packets over, a window of them at a time. What is not acknowledged in time
// may have landed: it is published again by who asked, and has the same id.
func (c *Carrier) Publish(ctx context.Context, packets []replica.Packet) (int, error) {
	if err := c.connected(ctx); err != nil {
		return 0, err
	}
	c.forgetRefusals() // what was not permitted may be by now
	var (
		waiting []jetstream.PubAckFuture
		durable int
	)
	for sent := 0; durable < len(packets); durable++ {
		for sent < len(packets) && sent-durable < window {
			future, err := c.js.PublishMsgAsync(c.message(packets[sent]))
			if err != nil {
				n, _ := c.settle(ctx, waiting)
				return durable + n, c.missing(ctx, err)
			}
			waiting = append(waiting, future)
			sent++
		}
		if err := c.settled(ctx, waiting[0]); err != nil {
			return durable, c.missing(ctx, err)
		}
		waiting = waiting[1:]
	}
	return durable, nil
}

// settle waits for all of them and returns how many of the first are durable.
func (c *Carrier) settle(ctx context.Context, waiting []jetstream.PubAckFuture) (int, error) {
	for i, future := range waiting {
		if err := c.settled(ctx, future); err != nil {
			return i, err
		}
	}
	return len(waiting), nil
}

// settled waits for one acknowledgement.
func (c *Carrier) settled(ctx context.Context, future jetstream.PubAckFuture) error {
	for {
		no, bell := c.refusals()
		if no.of(future.Msg().Subject) {
			return no.fault
		}
		select {
		case ack := <-future.Ok():
			c.keep(future.Msg(), ack)
			return nil
		case err := <-future.Err():
			return err
		case <-bell:
		case <-c.closed.Done():
			return ErrClosed
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (c *Carrier) keep(m *nats.Msg, ack *jetstream.PubAck) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if m.Subject == c.ownSubject() && !ack.Duplicate {
		c.acked = acked{id: m.Header.Get(jetstream.MsgIDHeader), sequence: ack.Sequence}
	}
}

// missing makes the stream anew when that is why nobody answers.
func (c *Carrier) missing(ctx context.Context, err error) error {
	if !errors.Is(err, nats.ErrNoResponders) && !errors.Is(err, jetstream.ErrNoStreamResponse) {
		return c.fault(err)
	}
	if _, lost := c.stream(ctx); lost != nil {
		return lost
	}
	return c.fault(err)
}
