package nats

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/nats-io/nats.go/jetstream"

	"ringside/assist"
	"ringside/storage/replica"
)

// Say sends a message to who listens at this moment.
func (c *Carrier) Say(ctx context.Context, sealed []byte) error {
	if err := c.connected(ctx); err != nil {
		return err
	}
	return c.fault(c.conn.Publish(c.liveSubject(), sealed))
}

// Forget deletes what the server has of these packets and overwrites it on its disks, with
// what else lies in the same bundle: who misses that asks the other desks. The server lets
// only admins do so, and only where no other team lies in the same stream.
func (c *Carrier) Forget(ctx context.Context, packets []replica.Packet) error {
	stream, err := c.stream(ctx)
	if err != nil {
		return err
	}
	unwanted := make(map[string]bool, len(packets))
	for _, p := range packets {
		unwanted[numbers(p)] = true
	}
	sequences, err := c.find(ctx, unwanted)
	if err != nil {
		return err
	}
	for _, n := range sequences {
		err := c.asked(ctx, func(ctx context.Context) error {
			err := stream.SecureDeleteMsg(ctx, n)
			if errors.Is(err, jetstream.ErrMsgNotFound) {
				return nil
			}
			return err
		})
		if errors.Is(err, ErrDenied) {
			var f *assist.Fault
			errors.As(err, &f)
			return &assist.Fault{What: f.What, Where: f.Where, Do: f.Do, Err: errors.Join(ErrDenied, errors.ErrUnsupported)}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// find returns where messages lie that hold these packets, whoever has sent them.
func (c *Carrier) find(ctx context.Context, unwanted map[string]bool) (sequences []uint64, err error) {
	var consumer jetstream.Consumer
	err = c.asked(ctx, func(ctx context.Context) (err error) {
		consumer, err = c.js.CreateConsumer(ctx, c.access.Stream.Name, jetstream.ConsumerConfig{
			FilterSubject: c.allOps(), AckPolicy: jetstream.AckNonePolicy, MemoryStorage: true, Replicas: 1, InactiveThreshold: idle, HeadersOnly: true,
		})
		return err
	})
	if err != nil || consumer.CachedInfo().NumPending == 0 {
		return nil, err
	}
	messages, err := consumer.Messages()
	if err != nil {
		return nil, c.fault(err)
	}
	defer messages.Stop()
	for {
		m, err := messages.Next(jetstream.NextContext(ctx))
		if err != nil {
			return nil, c.fault(err)
		}
		about, err := m.Metadata()
		if err != nil {
			return nil, c.fault(err)
		}
		if slices.ContainsFunc(strings.Split(m.Headers().Get(headerPacket), between), func(n string) bool { return unwanted[n] }) {
			sequences = append(sequences, about.Sequence.Stream)
		}
		if about.NumPending == 0 {
			return sequences, nil
		}
	}
}

func (c *Carrier) joinSubject(place string) string {
	return "join." + c.access.Team + "." + strings.ReplaceAll(place, "/", ".")
}

// Leave puts a message at a place, in place of what was there.
func (c *Carrier) Leave(ctx context.Context, place string, sealed []byte) error {
	return c.asked(ctx, func(ctx context.Context) error {
		_, err := c.js.Publish(ctx, c.joinSubject(place), sealed)
		return err
	})
}

// Look returns what lies at a place; nil when nothing does.
func (c *Carrier) Look(ctx context.Context, place string) (sealed []byte, err error) {
	return sealed, c.asked(ctx, func(ctx context.Context) error {
		m, err := c.conn.RequestWithContext(ctx, "$JS.API.DIRECT.GET."+c.access.Stream.MeetingName()+"."+c.joinSubject(place), nil)
		if err != nil {
			return err
		}
		switch status := m.Header.Get("Status"); status {
		case "":
			sealed = m.Data
		case "404":
		default:
			return &jetstream.APIError{Description: "status " + status + " " + m.Header.Get("Description")}
		}
		return nil
	})
}
