package replicatest

import (
	"bytes"
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"ringside/storage/replica"
)

func arrivesWhole(t *testing.T, c Carrier) {
	sent := Packets(Ann, 3)
	publish(t, c.Open(t, Ann), sent)
	got := Listen(t, c.Open(t, Ben), nil)
	got.Has(t, sent, 1)
	got.Now(t)
	if n := len(got.Came()); n != len(sent) {
		t.Errorf("%d different packets came, %d were sent", n, len(sent))
	}
}

func emptyIsNow(t *testing.T, c Carrier) {
	got := Listen(t, c.Open(t, Ben), nil)
	got.Now(t)
	if len(got.Came()) > 0 {
		t.Error("something came that nobody has sent")
	}
}

func deliversLater(t *testing.T, c Carrier) {
	ann := c.Open(t, Ann)
	got := Listen(t, c.Open(t, Ben), nil)
	got.Now(t)
	for _, p := range Packets(Ann, 3) {
		publish(t, ann, []replica.Packet{p})
		got.Has(t, []replica.Packet{p}, 1)
	}
}

func resumes(t *testing.T, c Carrier) {
	ann, all := c.Open(t, Ann), Packets(Ann, 6)
	publish(t, ann, all[:3])
	first := Listen(t, c.Open(t, Ben), nil)
	first.Has(t, all[:3], 1)
	first.Now(t)
	first.Stop(t)
	publish(t, ann, all[3:])
	second := Listen(t, c.Open(t, Ben), first.Cursor())
	second.Has(t, all[3:], 1)
	for _, p := range all[:3] {
		if second.Came()[Key(p)] > 0 {
			t.Errorf("%d came a second time", p.From)
		}
	}
	if second.Anew() > 0 {
		t.Error("it is said to begin anew, and nothing was lost")
	}
}

func strangeCursor(t *testing.T, c Carrier) {
	sent := Packets(Ann, 2)
	publish(t, c.Open(t, Ann), sent)
	got := Listen(t, c.Open(t, Ben), replica.Cursor("of another carrier"))
	got.Has(t, sent, 1)
	if got.Anew() == 0 {
		t.Error("nobody said that it begins anew")
	}
}

func arrivesAgain(t *testing.T, c Carrier) {
	ann, sent := c.Open(t, Ann), Packets(Ann, 2)
	publish(t, ann, sent)
	got := Listen(t, c.Open(t, Ben), nil)
	got.Has(t, sent, 1)
	again := Packets(Ann, 2)
	for i := range again {
		again[i].Again = true
	}
	publish(t, ann, again)
	got.Has(t, sent, 2)
}

func heals(t *testing.T, c Carrier) {
	held := Packets(Ann, 2)
	for i := range held {
		held[i].Again = true
	}
	publish(t, c.Open(t, Ben), held)
	Listen(t, c.Open(t, Cem), nil).Has(t, held, 1)
}

func editions(t *testing.T, c Carrier) {
	ann, first := c.Open(t, Ann), Packets(Ann, 1)
	publish(t, ann, first)
	later := Packets(Ann, 1)
	later[0].Edition, later[0].Sealed = 1, []byte("sealed anew")
	publish(t, ann, later)
	Listen(t, c.Open(t, Ben), nil).Has(t, later, 1)
}

func withoutOperations(t *testing.T, c Carrier) {
	sent := []replica.Packet{
		{Member: Ann, From: 1, Sealed: []byte("the team as it was")}, {Member: Ann, From: 1, Sealed: []byte("the team as it is")},
		{Member: Ann, From: 0, Sealed: []byte("before the first")},
	}
	publish(t, c.Open(t, Ann), sent)
	Listen(t, c.Open(t, Ben), nil).Has(t, sent, 1)
}

func many(t *testing.T, c Carrier) {
	var all []replica.Packet
	var wg sync.WaitGroup
	got := Listen(t, c.Open(t, Ann), nil)
	for _, m := range []replica.MemberID{Ben, Cem} {
		sent, by := Packets(m, 300), c.Open(t, m)
		all = append(all, sent...)
		for part := range 3 {
			wg.Go(func() { publish(t, by, sent[part*100:part*100+100]) })
		}
	}
	wg.Wait()
	got.Has(t, all, 1)
	late := Listen(t, c.Open(t, Ann), nil)
	late.Has(t, all, 1)
	late.Now(t)
}

func big(t *testing.T, c Carrier) {
	sent := Packets(Ann, 1)
	sent[0].Sealed = bytes.Repeat([]byte{0, 1, 0xfe, 0xff, '\n'}, 500<<10)
	publish(t, c.Open(t, Ann), sent)
	Listen(t, c.Open(t, Ben), nil).Has(t, sent, 1)
}

func errorEnds(t *testing.T, c Carrier) {
	publish(t, c.Open(t, Ann), Packets(Ann, 1))
	ctx, done := context.WithTimeout(t.Context(), patience)
	defer done()
	refused := errors.New("refused")
	got := func(b replica.Batch) error {
		if len(b.Arrivals) == 0 {
			return nil
		}
		return refused
	}
	if err := c.Open(t, Ben).Listen(ctx, nil, got, func(replica.Said) {}); !errors.Is(err, refused) {
		t.Errorf("listening ended with %v", err)
	}
}

func ends(t *testing.T, c Carrier) {
	by := c.Open(t, Ben)
	got := Listen(t, by, nil)
	got.Now(t)
	got.Stop(t)

	ended, ready := make(chan error, 1), make(chan struct{})
	go func() {
		var once sync.Once
		ended <- by.Listen(context.Background(), nil, func(b replica.Batch) error {
			if b.Now {
				once.Do(func() { close(ready) })
			}
			return nil
		}, func(replica.Said) {})
	}()
	<-ready
	if err := by.Close(); err != nil {
		t.Error(err)
	}
	select {
	case <-ended:
	case <-time.After(patience):
		t.Error("listening goes on after the transport is closed")
	}
	if n, err := by.Publish(t.Context(), Packets(Ben, 1)); err == nil || n > 0 {
		t.Errorf("a closed transport has published %d: %v", n, err)
	}
}

func says(t *testing.T, c Carrier) {
	ann := c.Open(t, Ann)
	got := Listen(t, c.Open(t, Ben), nil)
	got.Now(t)
	for _, word := range []string{"on the phone", "free again"} {
		if err := ann.Say(t.Context(), []byte(word)); err != nil {
			t.Fatal(err)
		}
		got.Wait(t, "the message", func() bool {
			got.mu.Lock()
			defer got.mu.Unlock()
			for _, s := range got.said {
				if s.Member == Ann && string(s.Sealed) == word {
					return true
				}
			}
			return false
		})
	}
}

func forgets(t *testing.T, c Carrier) {
	sent := Packets(Ann, 3)
	publish(t, c.Open(t, Ann), sent)
	old := make([]replica.Packet, 2)
	for i, p := range sent[:2] { // who asks may not have them any more
		old[i] = replica.Packet{Member: p.Member, From: p.From, Count: p.Count, Edition: p.Edition}
	}
	err := c.Admin(t).Forget(t.Context(), old)
	if errors.Is(err, errors.ErrUnsupported) {
		t.Skip("the carrier keeps what it has")
	}
	if err != nil {
		t.Fatal(err)
	}
	got := Listen(t, c.Open(t, Ben), nil)
	got.Has(t, sent[2:], 1)
	got.Now(t)
	for _, p := range sent[:2] {
		if got.Came()[Key(p)] > 0 {
			t.Errorf("%d is not forgotten", p.From)
		}
	}
}

func loses(t *testing.T, c Carrier) {
	ann, all := c.Open(t, Ann), Packets(Ann, 6)
	publish(t, ann, all[:3])
	ben := c.Open(t, Ben)
	first := Listen(t, ben, nil)
	first.Has(t, all[:3], 1)
	first.Now(t)
	first.Stop(t)
	c.Lose(t)
	publish(t, ann, all[3:])
	second := Listen(t, ben, first.Cursor())
	second.Has(t, all[3:], 1)
	if second.Anew() == 0 {
		t.Error("nobody said that it begins anew")
	}
	for i := range all {
		all[i].Again = true
	}
	publish(t, ann, all[:3])
	second.Has(t, all[:3], 1)
}

func meets(t *testing.T, c Carrier) {
	if c.Guest == nil {
		t.Skip("the carrier has no meeting place")
	}
	const id = "0123456789abcdef"
	guest, admin := c.Guest(t, id), c.Admin(t).(replica.Meeting)
	look := func(who replica.Meeting, place string) []byte {
		t.Helper()
		lies, err := who.Look(t.Context(), place)
		if err != nil {
			t.Fatal(err)
		}
		return lies
	}
	leave := func(who replica.Meeting, place, what string) {
		t.Helper()
		if err := who.Leave(t.Context(), place, []byte(what)); err != nil {
			t.Fatal(err)
		}
		end := time.Now().Add(patience)
		for string(look(admin, place)) != what { // a folder may need its time
			if time.Now().After(end) {
				t.Fatalf("%q does not come to lie at %s", what, place)
			}
			time.Sleep(50 * time.Millisecond)
		}
	}
	if lies := look(admin, "hello/"+id); lies != nil {
		t.Errorf("nobody was there, and %q lies there", lies)
	}
	leave(guest, "hello/"+id, "first")
	leave(guest, "hello/"+id, "hello")
	if lies := look(guest, "welcome/"+id); lies != nil {
		t.Errorf("nobody has welcomed, and %q lies there", lies)
	}
	leave(admin, "welcome/"+id, "welcome")
	if lies := look(guest, "welcome/"+id); string(lies) != "welcome" {
		t.Errorf("the guest sees %q", lies)
	}
}
