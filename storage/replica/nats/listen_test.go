package nats

import (
	"context"
	"testing"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"ringside/storage/replica"
)

// miscount delivers messages and says after the last of them that there are more, as
// servers have done that were killed and came back.
type miscount struct {
	jetstream.MessagesContext
	sequence, last uint64
	ended          bool
}

func (m *miscount) Next(...jetstream.NextOpt) (jetstream.Msg, error) {
	if m.sequence == m.last {
		if m.ended {
			return nil, jetstream.ErrMsgIteratorClosed
		}
		m.ended = true
		return nil, nats.ErrTimeout
	}
	m.sequence++
	return counted{sequence: m.sequence}, nil
}

type counted struct {
	jetstream.Msg
	sequence uint64
}

func (c counted) Metadata() (*jetstream.MsgMetadata, error) {
	return &jetstream.MsgMetadata{Sequence: jetstream.SequencePair{Consumer: c.sequence, Stream: c.sequence}, NumPending: 7}, nil
}
func (counted) Headers() nats.Header { return nil }
func (counted) Subject() string      { return "ops.shop.00" }
func (counted) Data() []byte         { return []byte{1} }

func TestWhatAServerCountsWrongIsHandedOnAllTheSame(t *testing.T) {
	arrived, now := 0, false
	r := &reader{listening: &listening{Carrier: &Carrier{closed: context.Background()}, got: func(b replica.Batch) error {
		arrived, now = arrived+len(b.Arrivals), b.Now
		return nil
	}}}
	_ = r.readAll(&miscount{last: 3}) // which ends as the delivery does
	if arrived != 3 || !now || r.at.Sequence != 3 {
		t.Errorf("%d packets arrived, all: %v, read to %d", arrived, now, r.at.Sequence)
	}
}
