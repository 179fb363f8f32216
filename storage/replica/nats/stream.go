package nats

import (
	"context"
	"errors"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// Stream is where the packets of a team are kept, alone or with those of other teams.
type Stream struct {
	Name     string
	Replicas int   // 1, or 3 on three servers
	MaxBytes int64 // when it is full it takes no more; nothing old is dropped
}

// What a stream of packets and a meeting place hold at most in one message: a file of an
// answer has 2 MB.
const (
	MaxPacket   = 4 << 20
	maxMeeting  = 64 << 10
	meetingDays = 7
	// MeetingRoom is how much of the server's room the meeting place of a stream may take.
	MeetingRoom = 64 << 20
)

// Packets is how the stream must be set; a check compares what the server has with it.
// Messages can be deleted, since an erased person must not stay on the server; who may do
// it is a matter of rights.
func (s Stream) Packets() jetstream.StreamConfig {
	return jetstream.StreamConfig{
		Name: s.Name, Subjects: []string{"ops.>"}, Storage: jetstream.FileStorage, Replicas: s.Replicas,
		Retention: jetstream.LimitsPolicy, Discard: jetstream.DiscardNew, MaxBytes: s.MaxBytes, MaxMsgSize: MaxPacket,
		MaxMsgs: -1, MaxMsgsPerSubject: -1, MaxConsumers: -1,
		Duplicates: 10 * time.Minute, DenyPurge: true, AllowDirect: true,
	}
}

// Meeting is how the place beside it must be set where guests and admins meet.
func (s Stream) Meeting() jetstream.StreamConfig {
	return jetstream.StreamConfig{
		Name: s.MeetingName(), Subjects: []string{"join.>"}, Storage: jetstream.FileStorage, Replicas: s.Replicas,
		Retention: jetstream.LimitsPolicy, Discard: jetstream.DiscardOld, MaxBytes: MeetingRoom, MaxMsgSize: maxMeeting,
		MaxMsgs: -1, MaxMsgsPerSubject: 1, MaxConsumers: -1, MaxAge: meetingDays * 24 * time.Hour,
		Duplicates: 2 * time.Minute, AllowDirect: true,
	}
}

// MeetingName names it.
func (s Stream) MeetingName() string { return s.Name + "-join" }

// Ensure makes the streams if the server has none: at first, and when it has lost all. One
// that is there is left as it is.
func (c *Carrier) Ensure(ctx context.Context) error {
	for _, want := range []jetstream.StreamConfig{c.access.Stream.Packets(), c.access.Stream.Meeting()} {
		err := c.asked(ctx, func(ctx context.Context) error {
			// A server that has started anew refuses to make what it has, for want of room.
			_, err := c.js.Stream(ctx, want.Name)
			if !isMissing(err) {
				return err
			}
			_, err = c.js.CreateStream(ctx, want)
			if errors.Is(err, jetstream.ErrStreamNameAlreadyInUse) {
				return nil
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// stream asks for the state of the stream, and makes the stream where there is none.
func (c *Carrier) stream(ctx context.Context) (stream jetstream.Stream, err error) {
	look := func(ctx context.Context) (err error) {
		stream, err = c.js.Stream(ctx, c.access.Stream.Name)
		return err
	}
	err = c.asked(ctx, look)
	if !isMissing(err) {
		return stream, err
	}
	if err := c.Ensure(ctx); err != nil {
		return nil, err
	}
	return stream, c.asked(ctx, look)
}

func isMissing(err error) bool {
	var api *jetstream.APIError
	return errors.As(err, &api) && api.ErrorCode == jetstream.JSErrCodeStreamNotFound
}
