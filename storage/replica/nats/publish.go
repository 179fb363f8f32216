package nats

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
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

// window is how many messages are on their way at once.
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

// A server makes a message durable on every node before the next, so what is sent again, which
// may be all that a team has ever written, goes many packets to the message.
const (
	bundlePackets = 64
	bundleBytes   = 256 << 10
)

// message is some packets as they go to the server.
type message struct {
	*nats.Msg
	packets int
}

// messages writes packets as they go to the server, in order.
func (c *Carrier) messages(packets []replica.Packet) (out []message) {
	for len(packets) > 0 {
		n, weight := 1, len(packets[0].Sealed)
		for packets[0].Again && n < min(len(packets), bundlePackets) && packets[n].Again && weight+len(packets[n].Sealed) <= bundleBytes {
			weight += len(packets[n].Sealed)
			n++
		}
		out = append(out, message{c.message(packets[:n]), n})
		packets = packets[n:]
	}
	return out
}

// message is one packet, or a bundle of those that are sent again: each with its length (4)
// before it. Its id is the same whenever it is published, so that the server keeps one; what
// is sent again gets an id of its own.
func (c *Carrier) message(packets []replica.Packet) *nats.Msg {
	first := packets[0]
	id, subject := name(first), c.ownSubject()
	if first.Again {
		id += ":" + nuid.Next()
	}
	if first.Again || first.Member != c.member {
		subject = c.healSubject()
	}
	m := nats.NewMsg(subject)
	m.Data = first.Sealed
	if len(packets) > 1 {
		m.Data = nil
		for _, p := range packets {
			m.Data = append(binary.BigEndian.AppendUint32(m.Data, uint32(len(p.Sealed))), p.Sealed...)
		}
	}
	list := make([]string, len(packets))
	for i, p := range packets {
		list[i] = numbers(p)
	}
	m.Header.Set(headerPacket, strings.Join(list, between))
	m.Header.Set(jetstream.MsgIDHeader, id)
	return m
}

// between stands between the numbers of the packets of a bundle.
const between = ","

// read is the reverse of message. What no desk has made comes out with no numbers, and is
// refused by who checks packets.
func read(subject string, header nats.Header, data []byte) (packets []replica.Packet) {
	sender := replica.MemberID("")
	if parts := strings.Split(subject, "."); len(parts) > 2 {
		sender = replica.MemberID(parts[2])
	}
	list := strings.Split(header.Get(headerPacket), between)
	for _, written := range list[:min(len(list), bundlePackets)] {
		sealed := data
		if len(list) > 1 {
			if len(data) < 4 || uint64(len(data)-4) < uint64(binary.BigEndian.Uint32(data)) {
				return append(packets, replica.Packet{Member: sender, Sealed: data})
			}
			end := 4 + binary.BigEndian.Uint32(data)
			sealed, data = data[4:end], data[end:]
		}
		packets = append(packets, numbered(replica.Packet{Member: sender, Sealed: sealed}, written))
	}
	return packets
}

// numbered reads what numbers has written.
func numbered(p replica.Packet, written string) replica.Packet {
	parts := strings.Split(written, ":")
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

// Publish hands packets over, a window of messages at a time. What is not acknowledged in
// time may have landed: it is published again by who asked, and has the same id.
func (c *Carrier) Publish(ctx context.Context, packets []replica.Packet) (durable int, err error) {
	if err := c.connected(ctx); err != nil {
		return 0, err
	}
	c.forgetRefusals() // what was not permitted may be by now
	var waiting []sent
	for messages := c.messages(packets); durable < len(packets); {
		for len(messages) > 0 && len(waiting) < window {
			future, err := c.js.PublishMsgAsync(messages[0].Msg)
			if err != nil {
				n, _ := c.settle(ctx, waiting)
				return durable + n, c.missing(ctx, err)
			}
			waiting, messages = append(waiting, sent{future, messages[0].packets}), messages[1:]
		}
		if err := c.settled(ctx, waiting[0]); err != nil {
			return durable, c.missing(ctx, err)
		}
		durable, waiting = durable+waiting[0].packets, waiting[1:]
	}
	return durable, nil
}

// sent is a message that the server has yet to acknowledge.
type sent struct {
	jetstream.PubAckFuture
	packets int
}

// settle waits for all of them and returns how many of the first packets are durable.
func (c *Carrier) settle(ctx context.Context, waiting []sent) (packets int, err error) {
	for _, s := range waiting {
		if err := c.settled(ctx, s); err != nil {
			return packets, err
		}
		packets += s.packets
	}
	return packets, nil
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
