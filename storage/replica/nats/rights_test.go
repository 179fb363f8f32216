package nats_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	client "github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"ringside/storage/replica/nats/serve"
	"ringside/storage/replica/replicatest"
)

// TestAConsumerIsNoWayAroundTheRights: whoever may make a consumer says where the server
// delivers to, and the rights of subjects do not look at that. A member who stores
// requests as packets, and has them delivered to the server itself or in another's
// name, must get nowhere.
func TestAConsumerIsNoWayAroundTheRights(t *testing.T) {
	s := started(t, 1)
	stream, own := s.admin.Access.Stream.Name, "ops."+team+"."+string(replicatest.Ann)
	ann, ben := s.raw(t, string(replicatest.Ann), serve.Member), s.raw(t, string(replicatest.Ben), serve.Member)
	heard, err := ben.SubscribeSync("live." + team + ".*")
	if err != nil {
		t.Fatal(err)
	}
	for i := range 4 {
		m := client.NewMsg(own)
		m.Header.Set("Nats-Request-Info", fmt.Sprintf(`{"acc":%q,"start":"2026-11-27T07:10:31Z"}`, s.admin.Account))
		if i > 0 { // deleting a stream takes an empty request
			m.Data = fmt.Appendf(nil, `{"seq":%d}`, i)
		}
		if err := ann.PublishMsg(m); err != nil {
			t.Fatal(err)
		}
	}
	for i, to := range []string{
		"$JS.API.STREAM.MSG.DELETE." + stream, "$JS.API.STREAM.PURGE." + stream, "$JS.API.STREAM.DELETE." + stream,
		"live." + team + "." + string(replicatest.Cem), "ops." + team + "." + string(replicatest.Ben), "join." + team + ".welcome.0123456789abcdef",
	} {
		request := fmt.Sprintf(`{"stream_name":%q,"config":{"name":"x%d","filter_subject":%q,"deliver_subject":%q,"ack_policy":"explicit","deliver_policy":"all"}}`, stream, i, own, to)
		if _, err := ann.Request(fmt.Sprintf("$JS.API.CONSUMER.CREATE.%s.x%d.%s", stream, i, own), []byte(request), 5*time.Second); err != nil {
			t.Fatal(err)
		}
	}
	if m, err := heard.NextMsg(2 * time.Second); err == nil {
		t.Errorf("%s was said in another's name", m.Data)
	}
	s.asOwner(t, func(js jetstream.JetStream) error {
		packets, err := js.Stream(t.Context(), stream)
		if err != nil {
			return err
		}
		if n := packets.CachedInfo().State.Msgs; n != 4 {
			t.Errorf("%d of 4 packets are there", n)
		}
		meeting, err := js.Stream(t.Context(), s.admin.Access.Stream.MeetingName())
		if err != nil {
			return err
		}
		if n := meeting.CachedInfo().State.Msgs; n != 0 {
			t.Errorf("%d messages lie where guests are welcomed", n)
		}
		return nil
	})
}

// TestAConsumerOfAnotherTeamCannotBeMade: neither under the name of one's own subjects.
func TestAConsumerOfAnotherTeamCannotBeMade(t *testing.T) {
	s := planned(t, 1, func(p *serve.Plan) { p.Teams, p.Shards = []string{team, "other"}, 1 })
	s.startAll(t)
	stream, conn := s.admin.Access.Stream.Name, s.raw(t, string(replicatest.Ann), serve.Member)
	for _, filter := range []string{`"filter_subject":"ops.other.>"`, `"filter_subjects":["ops.other.>"]`, `"filter_subject":"ops.shop.>","filter_subjects":["ops.other.>"]`, `"deliver_policy":"all"`} {
		request := fmt.Sprintf(`{"stream_name":%q,"config":{"name":"x","ack_policy":"none",%s}}`, stream, filter)
		m, err := conn.Request("$JS.API.CONSUMER.CREATE."+stream+".x.ops.shop.>", []byte(request), 5*time.Second)
		if err != nil {
			t.Fatal(err)
		}
		var answer struct{ Error *struct{ Description string } }
		if err := json.Unmarshal(m.Data, &answer); err != nil || answer.Error == nil {
			t.Errorf("%s: %s", filter, m.Data)
		}
	}
}
