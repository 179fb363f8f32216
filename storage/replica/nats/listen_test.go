package nats

import (
	"bytes"
	"context"
	"reflect"
	"slices"
	"testing"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"ringside/storage/replica"
)

// miscount delivers messages and says after the last of them that there are more, as some
// versions of the server have done.
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

func TestWhatIsSentAgainGoesInBundles(t *testing.T) {
	c := &Carrier{access: Access{Team: "shop"}, member: "aa"}
	var all []replica.Packet
	for i := range 100 {
		all = append(all, replica.Packet{Member: "bb", From: uint64(i + 1), Count: 1, Edition: uint32(i % 3), Sealed: bytes.Repeat([]byte{byte(i)}, 1+i), Again: true})
	}
	all[70].Sealed = make([]byte, bundleBytes) // goes alone
	all[90].Again, all[90].Member = false, "aa"
	var got []replica.Packet
	messages := c.messages(all)
	for _, m := range messages {
		got = append(got, read(m.Subject, m.Header, m.Data)...)
	}
	for i := range got {
		got[i].Again = all[i].Again
	}
	if !reflect.DeepEqual(got, all) {
		t.Error("they came otherwise")
	}
	var sizes []int
	for _, m := range messages {
		sizes = append(sizes, m.packets)
	}
	if want := []int{64, 6, 1, 19, 1, 9}; !slices.Equal(sizes, want) {
		t.Errorf("so many to the message: %v, want %v", sizes, want)
	}
	whole := messages[0]
	for n := range whole.Data {
		read(whole.Subject, whole.Header, whole.Data[:n]) // does not panic
	}
}
