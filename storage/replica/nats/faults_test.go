package nats_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"ringside/assist"
	"ringside/storage/replica"
	"ringside/storage/replica/nats"
	"ringside/storage/replica/nats/serve"
	"ringside/storage/replica/replicatest"
)

const patience = time.Minute

// publish tries until all is durable, as a desk does.
func publish(t *testing.T, by replica.Transport, packets []replica.Packet) {
	t.Helper()
	var why error
	for end := time.Now().Add(patience); len(packets) > 0; {
		if time.Now().After(end) {
			t.Fatal("not published: ", why)
		}
		n, err := by.Publish(t.Context(), packets)
		packets, why = packets[n:], err
	}
}

// saidOf insists on a fault in words for people that is one of the errors of the package.
func saidOf(t *testing.T, err, want error) {
	t.Helper()
	var f *assist.Fault
	if !errors.As(err, &f) || f.What == "" || !errors.Is(err, want) {
		t.Errorf("it says %v, and means %v", err, want)
	}
}

func listen(ctx context.Context, by replica.Transport, got func(replica.Batch) error) error {
	return by.Listen(ctx, nil, got, func(replica.Said) {})
}

func nothing(replica.Batch) error { return nil }

func TestADeskIsThereBeforeItsServer(t *testing.T) {
	s := planned(t, 1, nil)
	ann, sent := s.open(t, string(replicatest.Ann), serve.Member), replicatest.Packets(replicatest.Ann, 3)
	n, err := ann.Publish(t.Context(), sent)
	if n > 0 {
		t.Errorf("%d are durable on a server that is not there", n)
	}
	saidOf(t, err, nats.ErrAway)
	saidOf(t, listen(t.Context(), ann, nothing), nats.ErrAway)
	saidOf(t, ann.Say(t.Context(), []byte("hello")), nats.ErrAway)
	_, err = ann.Look(t.Context(), "hello/0123456789abcdef")
	saidOf(t, err, nats.ErrAway)
	s.start(t, 0) // nobody makes the stream: the desk does
	publish(t, ann, sent)
	replicatest.Listen(t, ann, nil).Has(t, sent, 1)
}

// TestKilledServersComeBack kills what there is while one publishes and another reads, and
// starts it on the same ports and disks: all that was acknowledged is there, once.
func TestKilledServersComeBack(t *testing.T) {
	for name, nodes := range map[string]int{"one node": 1, "all of three": 3} {
		t.Run(name, func(t *testing.T) {
			s := started(t, nodes)
			ann, sent := s.open(t, string(replicatest.Ann), serve.Member), replicatest.Packets(replicatest.Ann, 400)
			got := replicatest.Listen(t, s.open(t, string(replicatest.Ben), serve.Member), nil)
			done := make(chan struct{})
			go func() {
				defer close(done)
				for i := 0; i < len(sent); i += 20 {
					publish(t, ann, sent[i:i+20])
				}
			}()
			got.Has(t, sent[:60], 1)
			s.killAll()
			for i := range nodes {
				s.start(t, i)
			}
			<-done
			got.Has(t, sent, 1)
			for what, times := range got.Came() {
				if times > 1 {
					t.Errorf("%s came %d times", what, times)
				}
			}
			if got.Anew() > 0 {
				t.Error("it began anew, and nothing was lost")
			}
		})
	}
}

func TestEachOfThreeNodesMayBeKilled(t *testing.T) {
	s := started(t, 3)
	ann, sent := s.open(t, string(replicatest.Ann), serve.Member), replicatest.Packets(replicatest.Ann, 300)
	got := replicatest.Listen(t, s.open(t, string(replicatest.Ben), serve.Member), nil)
	for i := range 3 {
		s.kill(i)
		part := sent[i*100 : i*100+100]
		publish(t, ann, part)
		got.Has(t, part, 1)
		s.start(t, i)
		s.whole(t)
	}
	if got.Anew() > 0 {
		t.Error("it began anew, and nothing was lost")
	}
	for what, times := range got.Came() {
		if times > 1 {
			t.Errorf("%s came %d times", what, times)
		}
	}
}

// TestWhoHasPublishedSeesThatItIsLost: the desk has read nothing yet, but knows what the
// server has acknowledged.
func TestWhoHasPublishedSeesThatItIsLost(t *testing.T) {
	for name, nodes := range map[string]int{"one node": 1, "all of three": 3} {
		t.Run(name, func(t *testing.T) {
			s := started(t, nodes)
			ann, sent := s.open(t, string(replicatest.Ann), serve.Member), replicatest.Packets(replicatest.Ann, 3)
			publish(t, ann, sent)
			s.wipe(t)
			got := replicatest.Listen(t, ann, nil)
			got.Wait(t, "the word that it begins anew", func() bool { return got.Anew() > 0 })
			for i := range sent {
				sent[i].Again = true
			}
			publish(t, ann, sent)
			got.Has(t, sent, 1)
		})
	}
}

// TestAServerThatLostItsEndIsReadAnew: a copy of its disk of yesterday is put back.
func TestAServerThatLostItsEndIsReadAnew(t *testing.T) {
	s := started(t, 1)
	ann, sent := s.open(t, string(replicatest.Ann), serve.Member), replicatest.Packets(replicatest.Ann, 6)
	publish(t, ann, sent[:3])
	s.kill(0)
	old := s.copyDisk(t, 0)
	s.start(t, 0)
	publish(t, ann, sent[3:])
	got := replicatest.Listen(t, s.open(t, string(replicatest.Ben), serve.Member), nil)
	got.Has(t, sent, 1)
	got.Stop(t)
	s.kill(0)
	s.putDisk(t, 0, old)
	s.start(t, 0)

	// Another desk writes as much as was lost: numbers alone would not tell.
	cem := replicatest.Packets(replicatest.Cem, 3)
	publish(t, s.open(t, string(replicatest.Cem), serve.Member), cem)
	again := replicatest.Listen(t, s.open(t, string(replicatest.Ben), serve.Member), got.Cursor())
	again.Has(t, cem, 1)
	if again.Anew() == 0 {
		t.Error("nobody said that it begins anew")
	}
	mine := replicatest.Listen(t, ann, nil)
	mine.Wait(t, "the word that what was published is gone", func() bool { return mine.Anew() > 0 })
}

func TestARemovedMemberIsCutOffAndStaysOut(t *testing.T) {
	s := started(t, 1)
	access := s.access(t, string(replicatest.Ann), serve.Member)
	ann, err := nats.Open(access)
	if err != nil {
		t.Fatal(err)
	}
	defer ann.Close()
	ended, heard := make(chan error, 1), make(chan struct{}, 8)
	go func() {
		ended <- listen(t.Context(), ann, func(replica.Batch) error { heard <- struct{}{}; return nil })
	}()
	<-heard
	if err := s.admin.Revoke(t.Context(), string(replicatest.Ann)); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-ended:
		saidOf(t, err, nats.ErrNotIn)
	case <-time.After(patience):
		t.Fatal("a removed member goes on listening")
	}
	out := func(c *nats.Carrier) {
		t.Helper()
		n, err := c.Publish(t.Context(), replicatest.Packets(replicatest.Ann, 1))
		if n > 0 {
			t.Error("a removed member publishes")
		}
		saidOf(t, err, nats.ErrNotIn)
	}
	out(ann)
	s.kill(0)
	s.start(t, 0)
	publish(t, s.open(t, string(replicatest.Ben), serve.Member), replicatest.Packets(replicatest.Ben, 1))
	c, err := nats.Open(access)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	out(c)
	out(ann) // it goes on trying, and says why it fails
}

// TestAServerThatLooksTheSameIsReadAnew: all is lost, and one sends the first packets once
// more, in the old order, so that each has its old place and id.
func TestAServerThatLooksTheSameIsReadAnew(t *testing.T) {
	s := started(t, 1)
	sent := replicatest.Packets(replicatest.Ann, 3)
	publish(t, s.open(t, string(replicatest.Ann), serve.Member), sent)
	got := replicatest.Listen(t, s.open(t, string(replicatest.Ben), serve.Member), nil)
	got.Has(t, sent, 1)
	got.Stop(t)
	s.wipe(t)
	publish(t, s.open(t, string(replicatest.Ann), serve.Member), sent)
	again := replicatest.Listen(t, s.open(t, string(replicatest.Ben), serve.Member), got.Cursor())
	again.Has(t, sent, 1)
	if again.Anew() == 0 {
		t.Error("nobody said that it begins anew")
	}
}

func TestAnInvitationEnds(t *testing.T) {
	s := started(t, 1)
	access, err := s.admin.Mint("0123456789abcdef", serve.Guest, time.Now().Add(-time.Second))
	if err != nil {
		t.Fatal(err)
	}
	guest, err := nats.Open(access)
	if err != nil {
		t.Fatal(err)
	}
	defer guest.Close()
	saidOf(t, guest.Leave(t.Context(), "hello/0123456789abcdef", []byte("hello")), nats.ErrNotIn)
}

func TestRefusalsAreSaidAtOnceAndInWords(t *testing.T) {
	s := started(t, 1)
	publish(t, s.open(t, string(replicatest.Ann), serve.Member), replicatest.Packets(replicatest.Ann, 1))
	ben := s.open(t, string(replicatest.Ben), serve.Member)
	err := ben.Forget(t.Context(), replicatest.Packets(replicatest.Ann, 1))
	saidOf(t, err, nats.ErrDenied)
	saidOf(t, err, errors.ErrUnsupported)
	if want := "does not permit this: $JS.API.STREAM.MSG.DELETE." + s.admin.Access.Stream.Name; !strings.Contains(err.Error(), want) {
		t.Errorf("%q does not say %q", err, want)
	}
	saidOf(t, ben.Leave(t.Context(), "welcome/0123456789abcdef", []byte("in")), nats.ErrDenied)
	guest := s.open(t, "0123456789abcdef", serve.Guest)
	_, err = guest.Publish(t.Context(), replicatest.Packets("0123456789abcdef", 1))
	saidOf(t, err, nats.ErrDenied)
	_, err = guest.Look(t.Context(), "welcome/fedcba9876543210")
	saidOf(t, err, nats.ErrDenied)
	saidOf(t, listen(t.Context(), guest, nothing), nats.ErrDenied)
}

func TestAFullServerKeepsWhatItHas(t *testing.T) {
	s := planned(t, 1, func(p *serve.Plan) { p.MaxBytes = 1 << 20 })
	s.startAll(t)
	ann, sent := s.open(t, string(replicatest.Ann), serve.Member), replicatest.Packets(replicatest.Ann, 30)
	for i := range sent {
		sent[i].Sealed = append(sent[i].Sealed, make([]byte, 100<<10)...)
	}
	durable, err := ann.Publish(t.Context(), sent)
	saidOf(t, err, nats.ErrFull)
	if durable == 0 || durable == len(sent) {
		t.Fatalf("%d of 3 MB are durable in 1 MB", durable)
	}
	got := replicatest.Listen(t, ann, nil)
	got.Has(t, sent[:durable], 1)
	if err := s.admin.Enlarge(t.Context(), 16<<20); err != nil {
		t.Fatal(err)
	}
	publish(t, ann, sent[durable:])
	got.Has(t, sent, 1)
}

func TestAPacketThatIsTooBigIsRefused(t *testing.T) {
	s := started(t, 1)
	ann, sent := s.open(t, string(replicatest.Ann), serve.Member), replicatest.Packets(replicatest.Ann, 3)
	sent[1].Sealed = make([]byte, 10<<20)
	n, err := ann.Publish(t.Context(), sent)
	saidOf(t, err, nats.ErrTooBig)
	if n != 1 {
		t.Errorf("%d are durable, one is before that which is too big", n)
	}
	publish(t, ann, sent[2:])
}

func TestAnotherServerIsNotTrusted(t *testing.T) {
	s, other := started(t, 1), planned(t, 1, nil)
	access := s.access(t, string(replicatest.Ann), serve.Member)
	access.CA = other.admin.Access.CA
	c, err := nats.Open(access)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := c.Publish(t.Context(), replicatest.Packets(replicatest.Ann, 1)); err == nil || errors.Is(err, nats.ErrAway) {
		t.Errorf("it says %v", err)
	}
}

func TestTeamsOfOneStreamDoNotSeeEachOther(t *testing.T) {
	s := planned(t, 1, func(p *serve.Plan) { p.Teams, p.Shards = []string{team, "other"}, 1 })
	s.startAll(t)
	if a, b := s.teams[0].Access.Stream.Name, s.teams[1].Access.Stream.Name; a != b {
		t.Fatalf("they lie in %s and %s", a, b)
	}
	mine, theirs := replicatest.Packets(replicatest.Ann, 2), replicatest.Packets(replicatest.Ben, 2)
	publish(t, s.open(t, string(replicatest.Ann), serve.Member), mine)
	other := *s
	other.admin = s.teams[1].ForTeam()
	publish(t, other.open(t, string(replicatest.Ben), serve.Member), theirs)
	got := replicatest.Listen(t, s.open(t, string(replicatest.Cem), serve.Member), nil)
	got.Has(t, mine, 1)
	got.Now(t)
	if len(got.Came()) != len(mine) {
		t.Error("what another team has sent came")
	}
	saidOf(t, other.open(t, "admin", serve.Admin).Forget(t.Context(), theirs), nats.ErrDenied)
	saidOf(t, other.admin.Revoke(t.Context(), string(replicatest.Ben)), nats.ErrDenied)
	if _, err := other.admin.Mint("owner", serve.Owner, time.Time{}); err == nil {
		t.Error("a team of others' server owns the stream")
	}
	for _, f := range other.admin.Check(t.Context()) {
		if !f.OK && !f.Unproved {
			t.Errorf("%s: %s", f.What, f.Detail)
		}
	}
}

func TestUnusableAccessIsSaid(t *testing.T) {
	s := planned(t, 1, nil)
	good := s.access(t, string(replicatest.Ann), serve.Member)
	for name, spoil := range map[string]func(*nats.Access){
		"no credentials": func(a *nats.Access) { a.Credentials = nil },
		"no certificate": func(a *nats.Access) { a.CA = []byte("none") },
		"no team":        func(a *nats.Access) { a.Team = "" },
		"a wild team":    func(a *nats.Access) { a.Team = "*" },
		"no address":     func(a *nats.Access) { a.URLs = []string{"://"} },
	} {
		bad := good
		spoil(&bad)
		c, err := nats.Open(bad)
		var f *assist.Fault
		if !errors.As(err, &f) {
			t.Errorf("%s: %v", name, err)
		}
		if c != nil {
			c.Close()
		}
	}
}
