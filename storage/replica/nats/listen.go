package nats

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"ringside/storage/replica"
)

// place is what a cursor holds: the last message that was read. That the stream has the
// very same one there says that its history is still the one that was read.
type place struct {
	Created  time.Time // when the stream was made
	Sequence uint64
	ID       string
}

func (p place) cursor() replica.Cursor {
	if p.Sequence == 0 {
		return nil
	}
	written, err := json.Marshal(p)
	if err != nil {
		return nil // cannot be: a time, a number and a text
	}
	return written
}

const (
	batchPackets = 256
	batchBytes   = 4 << 20
	fetchBytes   = 16 << 20
	idle         = 5 * time.Minute // after which the server drops a consumer of who is gone
	heartbeat    = 2 * time.Second // how often a server says that it is there while it has nothing to send
	lull         = 3 * heartbeat   // in which a server that is there would have sent what it has; a missing heartbeat is noticed before
)

// Listen delivers until ctx ends, got fails, or the server is gone: then who asked comes
// back with the last cursor, and what the server has is compared with it.
func (c *Carrier) Listen(ctx context.Context, from replica.Cursor, got func(replica.Batch) error, said func(replica.Said)) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	defer context.AfterFunc(c.closed, func() { stop(ErrClosed) })()
	l := &listening{Carrier: c, got: got}
	if err := l.hear(said); err != nil {
		return c.fault(err)
	}
	defer l.live.Unsubscribe() //nolint:errcheck // the connection may be gone
	err := l.run(ctx, from)
	if l.own != nil {
		return l.own
	}
	if cause := context.Cause(ctx); cause != nil {
		err = cause
	}
	return c.fault(err)
}

// listening is one run of Listen.
type listening struct {
	*Carrier
	calls sync.Mutex // got and said are called one after the other
	got   func(replica.Batch) error
	live  *nats.Subscription
	at    place
	own   error // of got
	heard int   // messages since the server was last asked
}

func (l *listening) hear(said func(replica.Said)) (err error) {
	l.live, err = l.conn.Subscribe("live."+l.access.Team+".*", func(m *nats.Msg) {
		member := replica.MemberID(m.Subject[strings.LastIndexByte(m.Subject, '.')+1:])
		if member == l.member {
			return
		}
		l.calls.Lock()
		defer l.calls.Unlock()
		said(replica.Said{Member: member, Sealed: m.Data, At: time.Now()})
	})
	return err
}

func (l *listening) give(b replica.Batch) error {
	l.calls.Lock()
	defer l.calls.Unlock()
	b.Cursor = l.at.cursor()
	l.own = l.got(b)
	return l.own
}

// What ends a delivery, to begin another.
var (
	errOther   = errors.New("another history") // the message at the cursor is not the one that was read there
	errRestart = errors.New("delivery interrupted")
)

func (l *listening) run(ctx context.Context, from replica.Cursor) error {
	same := len(from) == 0 || json.Unmarshal(from, &l.at) == nil && l.at.Sequence > 0
	for {
		if !same {
			l.at = place{}
			if err := l.give(replica.Batch{Anew: true}); err != nil {
				return err
			}
		}
		l.heard = 0
		err := l.session(ctx)
		same = !errors.Is(err, errOther)
		again := errors.Is(err, errRestart) && l.heard > 0
		if l.own != nil || ctx.Err() != nil || same && !again {
			return err
		}
	}
}

// session asks what the server has, and reads on.
func (l *listening) session(ctx context.Context) error {
	stream, err := l.stream(ctx)
	if err != nil {
		return err
	}
	if err := l.sameHistory(ctx, stream); err != nil {
		return err
	}
	return l.deliver(ctx, stream)
}

// sameHistory compares what can be compared before anything is read.
func (l *listening) sameHistory(ctx context.Context, stream jetstream.Stream) error {
	info := stream.CachedInfo()
	if l.at.Sequence > 0 && (!info.Created.Equal(l.at.Created) || info.State.LastSeq < l.at.Sequence) {
		return errOther
	}
	l.mu.Lock()
	mine := l.acked
	l.mu.Unlock()
	if mine.sequence == 0 {
		return nil
	}
	var last *jetstream.RawStreamMsg
	err := l.asked(ctx, func(ctx context.Context) (err error) {
		last, err = stream.GetLastMsgForSubject(ctx, l.ownSubject())
		if errors.Is(err, jetstream.ErrMsgNotFound) {
			return nil
		}
		return err
	})
	if err != nil {
		return err
	}
	if last == nil || last.Sequence < mine.sequence || last.Sequence == mine.sequence && last.Header.Get(jetstream.MsgIDHeader) != mine.id {
		l.mu.Lock()
		l.acked = acked{} // said once
		l.mu.Unlock()
		return errOther
	}
	return nil
}

// deliver reads from the message at the cursor on, and checks that it is that one.
func (l *listening) deliver(ctx context.Context, stream jetstream.Stream) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	consumer, err := l.consumer(ctx)
	if err != nil {
		return err
	}
	defer l.drop(consumer.CachedInfo().Name)
	if consumer.CachedInfo().NumPending == 0 {
		if l.at.Sequence > 0 {
			return errOther
		}
		if err := l.give(replica.Batch{Now: true}); err != nil {
			return err
		}
	}
	messages, err := consumer.Messages(jetstream.PullMaxBytes(fetchBytes), jetstream.PullExpiry(30*time.Second), jetstream.PullHeartbeat(heartbeat))
	if err != nil {
		return err
	}
	defer messages.Stop()
	defer context.AfterFunc(ctx, messages.Stop)()
	lost := l.conn.StatusChanged(nats.RECONNECTING, nats.CLOSED)
	defer l.conn.RemoveStatusListener(lost)
	go func() { // what a server that was away may have lost is looked at before more is read
		select {
		case <-lost:
			stop()
		case <-ctx.Done():
		}
	}()
	reader := &reader{listening: l, created: stream.CachedInfo().Created, check: l.at.Sequence > 0}
	return reader.readAll(messages)
}

func (l *listening) consumer(ctx context.Context) (consumer jetstream.Consumer, err error) {
	wanted := jetstream.ConsumerConfig{
		FilterSubject: l.allOps(), AckPolicy: jetstream.AckNonePolicy, MaxDeliver: 1, MemoryStorage: true, Replicas: 1, InactiveThreshold: idle,
		DeliverPolicy: jetstream.DeliverAllPolicy,
	}
	if l.at.Sequence > 0 {
		wanted.DeliverPolicy, wanted.OptStartSeq = jetstream.DeliverByStartSequencePolicy, l.at.Sequence
	}
	return consumer, l.asked(ctx, func(ctx context.Context) (err error) {
		consumer, err = l.js.CreateConsumer(ctx, l.access.Stream.Name, wanted)
		return err
	})
}

// drop spares the server a consumer that nobody reads; it would drop it later by itself.
func (l *listening) drop(name string) {
	if l.conn.IsConnected() {
		l.conn.Publish("$JS.API.CONSUMER.DELETE."+l.access.Stream.Name+"."+name, nil) //nolint:errcheck
	}
}

// reader makes batches of messages.
type reader struct {
	*listening
	created time.Time
	check   bool   // the next one is that at the cursor
	count   uint64 // of the consumer: they are dense, a gap is a loss on the way
	batch   replica.Batch
	bytes   int
	last    place
	current bool // all was handed on that the server had
}

// readAll hands on what comes until the delivery ends.
func (r *reader) readAll(messages jetstream.MessagesContext) error {
	for {
		m, err := messages.Next(jetstream.NextMaxWait(lull))
		switch {
		case errors.Is(err, nats.ErrTimeout):
			err = r.silence()
		case err != nil:
			err = errors.Join(errRestart, err)
		default:
			err = r.take(m)
		}
		if err != nil {
			return err
		}
	}
}

func (r *reader) take(m jetstream.Msg) error {
	about, err := m.Metadata()
	if err != nil {
		return err
	}
	r.heard++
	if r.count++; about.Sequence.Consumer != r.count {
		return errRestart
	}
	id := m.Headers().Get(jetstream.MsgIDHeader)
	if r.check {
		r.check = false
		if about.Sequence.Stream != r.at.Sequence || id != r.at.ID {
			return errOther
		}
	} else {
		for _, p := range read(m.Subject(), m.Headers(), m.Data()) {
			r.batch.Arrivals = append(r.batch.Arrivals, replica.Arrival{Packet: p, At: about.Timestamp})
		}
		r.bytes += len(m.Data())
		r.last = place{r.created, about.Sequence.Stream, id}
	}
	r.current = about.NumPending == 0
	if !r.current && len(r.batch.Arrivals) < batchPackets && r.bytes < batchBytes {
		return nil
	}
	return r.hand()
}

// silence takes a server at its deeds that says there is more and sends nothing: it counts
// what is to come beside the messages, and some versions have counted wrong.
func (r *reader) silence() error {
	switch {
	case r.check:
		return errRestart
	case r.current:
		return nil
	}
	r.current = true
	return r.hand()
}

// hand hands on what has gathered.
func (r *reader) hand() error {
	if len(r.batch.Arrivals) > 0 {
		r.at = r.last
	}
	b := r.batch
	b.Now = r.current
	r.batch, r.bytes = replica.Batch{}, 0
	return r.give(b)
}
