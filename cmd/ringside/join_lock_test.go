package main

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/live"
	"ringside/assist/phone"
	"ringside/assist/phone/handoff"
	"ringside/storage/secret"
	"ringside/ui/panes/look"
)

func TestALockedWindowHidesEverythingAndShowsThatThePhoneRings(t *testing.T) {
	d := newDesktop(t)
	if err := d.r.takeSample(t.Context()); err != nil {
		t.Fatal(err)
	}
	d.uncover()
	if _, err := d.r.setPassphrase(t.Context(), "four old words"); err != nil {
		t.Fatal(err)
	}
	d.lockNow()
	d.lockNow() // twice is once
	d.r.desk.Ring(phone.Ring{ID: "one", From: "0113 496 0123", Phase: phone.Ringing, At: d.r.now()})
	shown := func() string { return look.Words(d.locked.window.Content()) }
	d.until(t, "the ring is seen", func() bool { return strings.Contains(shown(), "The phone rings.") })
	if words := shown(); strings.Contains(words, "Mary") || strings.Contains(words, "0113") {
		t.Errorf("it says who: %s", words)
	}
	var out, said strings.Builder
	if code := d.r.Run(t.Context(), handoff.Command{Args: []string{"search", "mary"}}, &out, &said); code != exitStore || strings.Contains(out.String(), "Mary") {
		t.Errorf("a command reads behind the lock: code %d, %s%s", code, out.String(), said.String())
	}
	if v, ok := d.r.View().(live.View); !ok || v.Card != nil || v.Ring.From != "" {
		t.Errorf("the door shows who is on the line: %+v", v)
	}
	d.locked.page.OnUnlock("four cold words")
	d.until(t, "they are wrong", func() bool { return strings.Contains(shown(), "neither the passphrase nor the recovery code") })
	d.locked.page.OnUnlock("four old words")
	d.until(t, "it is open", func() bool { return d.locked == nil })
	if code := d.r.Run(t.Context(), handoff.Command{Args: []string{"search", "mary"}}, &out, &said); code != exitOK {
		t.Errorf("code %d: %s", code, said.String())
	}
	d.until(t, "the call is there", func() bool { return d.win.CallPage().View().Card != nil })
}

func TestAStartThatAsksCanBeLeftInACall(t *testing.T) {
	dir := t.TempDir()
	if _, _, err := secret.Key(t.Context(), dir, secret.Options{NoKeychain: true, Passphrase: "four old words"}); err != nil {
		t.Fatal(err)
	}
	asked := make(chan struct{}, 2)
	var r *running
	r = startRunning(t.Context(), func(ctx context.Context) (*house, error) {
		return openAsking(ctx, dir, func(words string) (*house, error) {
			p := &program{ctx: ctx, now: time.Now, key: secret.Options{NoKeychain: true, Passphrase: words}}
			return openOrJoin(ctx, p, dir, nil, storeNews{})
		}, func(why error, reply func(string)) error {
			return r.await(dir, func() {
				if asked <- struct{}{}; len(asked) == 1 {
					reply("four cold words") // and it must not join itself through its own door
				}
			})
		})
	}, time.Now, events{show: func() {}, opened: func(*house, error) {}})
	r.Ring(phone.Ring{ID: "one", From: "0113 496 0123", Phase: phone.Answered, At: time.Now()})
	for range 2000 {
		if len(asked) == 2 && r.desk.View().Call != "" {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	if len(asked) != 2 || r.desk.View().Call == "" {
		t.Fatalf("asked %d times", len(asked))
	}
	if err := r.Close(); err != nil && !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestAStartAsksUntilTheWordsOpenTheNotes(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	if _, _, err := secret.Key(ctx, dir, secret.Options{NoKeychain: true, Passphrase: "four old words"}); err != nil {
		t.Fatal(err)
	}
	open := func(words string) (*house, error) {
		_, _, err := secret.Key(ctx, dir, secret.Options{NoKeychain: true, Passphrase: words})
		return &house{dir: dir}, err
	}
	answers := []string{"four cold words", "four old words", "never asked"}
	h, err := openAsking(ctx, dir, open, func(why error, reply func(string)) error {
		if !errors.Is(why, assist.ErrWrongKey) {
			t.Errorf("it asks for %v", why)
		}
		reply(answers[0])
		answers = answers[1:]
		return nil
	})
	if err != nil || h == nil || len(answers) != 1 {
		t.Errorf("%v; left %q", err, answers)
	}
	other := t.TempDir() // where no words would help
	if _, err := openAsking(ctx, other, func(string) (*house, error) { return nil, assist.ErrWrongKey },
		func(error, func(string)) error { t.Error("it asks in vain"); return nil }); !errors.Is(err, assist.ErrWrongKey) {
		t.Error(err)
	}
	ended, end := context.WithCancel(ctx)
	if _, err := openAsking(ended, dir, open, func(error, func(string)) error { end(); return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("the window was closed: %v", err)
	}
}
