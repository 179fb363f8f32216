package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"ringside/assist/live"
	"ringside/assist/settings"
	"ringside/cmd/siprig"
)

const (
	sipCalls     = 100
	sipExtension = "214"
	sipPatience  = 10 * time.Second
)

// watched measures real calls of a real telephone system, from the moment at which the
// caller's INVITE goes out until the View with the card is out. A call counts as seen when
// the desk knows how it went on, too: answered and ended, missed, or declined.
func (b *callBench) watched() (figures []figure, err error) {
	names := []string{"invite_to_view_p99_ms", "sip_calls_seen"}
	if missing := siprig.Missing(); missing != "" {
		return []figure{{Name: names[0], Skipped: missing + " is missing"}, {Name: names[1], Skipped: missing + " is missing"}}, nil
	}
	dir := filepath.Join(b.tmp, "sip")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	system, err := siprig.Start(dir)
	if err != nil {
		return nil, err
	}
	defer system.Stop()
	ours, err := system.Phone(sipExtension)
	if err != nil {
		return nil, err
	}
	defer ours.Close()
	r, err := b.openDesk(settings.Phone{SIP: settings.SIP{On: true, Server: system.Server(), Domain: siprig.Domain, Extension: sipExtension}})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	if err := watches(r); err != nil {
		return nil, err
	}
	var times []time.Duration
	seen := 0
	for i := range sipCalls {
		took, right, err := oneCall(r.desk, system, ours, i, b.n)
		if err != nil {
			return nil, fmt.Errorf("call %d: %w", i+1, err)
		}
		if took > 0 {
			times = append(times, took)
		}
		if right {
			seen++
		}
	}
	return []figure{
		{Name: names[0], Value: percentile(times, .99), Limit: 50, Note: fmt.Sprintf("%d calls of a real system on loopback, p50 %.1f", len(times), percentile(times, .5))},
		{Name: names[1], Value: float64(seen), Note: fmt.Sprintf("of %d; a third each answered, given up, declined", sipCalls)},
	}, nil
}

// watches waits until the extension is watched.
func watches(r *running) error {
	good := make(chan struct{}, 1)
	r.phone.onTold(func(s stand) {
		if s.sip.Good {
			select {
			case good <- struct{}{}:
			default:
			}
		}
	})
	select {
	case <-good:
		return nil
	case <-time.After(sipPatience):
		return errors.New("the telephone system lets nobody watch")
	}
}

// oneCall makes a call and plays it to its end.
func oneCall(desk *live.Desk, system *siprig.Rig, ours *siprig.Phone, i, customers int) (took time.Duration, right bool, err error) {
	number := benchNumber(i * 7919 % customers)
	call, err := system.Call(sipExtension, siprig.From{Number: number})
	if err != nil {
		return 0, false, err
	}
	if !comes(desk, func(v live.View) bool { return v.Card != nil && v.Phase == live.Ringing && v.Ring.From == number }) {
		return 0, false, nil
	}
	took = time.Since(call.Sent)
	if err := call.Rings(); err != nil {
		return 0, false, err
	}
	free := func(v live.View) bool { return v.Phase == live.Idle }
	switch i % 3 {
	case 0:
		ours.Answer()
		right = comes(desk, func(v live.View) bool { return v.Phase == live.Talking })
		if err := call.HangUp(); err != nil {
			return 0, false, err
		}
		right = comes(desk, func(v live.View) bool { return v.Phase == live.Wrapping }) && right
		desk.Use(live.Use{WrapUp: live.WrapUpUse{Discard: true}})
		comes(desk, free)
	case 1:
		if err := call.GiveUp(); err != nil {
			return 0, false, err
		}
		right = comes(desk, free)
	default:
		ours.Decline()
		right = comes(desk, free)
		_ = call.Answered() // how it was refused is not our matter
		call.Close()
	}
	return took, right, nil
}

// comes reports whether the desk shows this within the patience of a caller.
func comes(desk *live.Desk, want func(live.View) bool) bool {
	late := time.NewTimer(sipPatience)
	defer late.Stop()
	for v := desk.View(); !want(v); {
		select {
		case v = <-desk.Views():
		case <-late.C:
			return false
		}
	}
	return true
}
