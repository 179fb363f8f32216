package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"ringside/assist"
	"ringside/storage/replica"
)

// newcomer is how a desk presents itself to a team.
func (d *benchDesk) newcomer() replica.Newcomer {
	return replica.Newcomer{Name: d.name, Rep: assist.ID(d.name), Device: d.db.Device()}
}

// joinAll has the first desk found a team and lets the others in, each by an invitation.
func (b *syncBench) joinAll(desks []*benchDesk) (err error) {
	if desks[0].team, err = replica.Found(desks[0].dir, benchKey, "Bench", desks[0].newcomer()); err != nil {
		return err
	}
	if err := desks[0].online(); err != nil {
		return err
	}
	for _, d := range desks[1:] {
		if err := b.join(desks[0], d); err != nil {
			return fmt.Errorf("%s joins: %w", d.name, err)
		}
		if err := d.online(); err != nil {
			return err
		}
	}
	return nil
}

// join lets a desk into the team of an admin's.
func (b *syncBench) join(admin, d *benchDesk) error {
	at, ok := admin.carrier.(replica.Meeting)
	if !ok {
		return errors.New("the carrier has no place to meet")
	}
	text, words, err := admin.rep.Invite(func(string, time.Time) (string, []byte, error) { return "bench", nil, nil })
	if err != nil {
		return err
	}
	inv, err := replica.OpenInvitation(text, words)
	if err != nil {
		return err
	}
	ctx, stop := context.WithTimeout(b.ctx, time.Minute)
	defer stop()
	var letting sync.WaitGroup
	letting.Go(func() {
		for ctx.Err() == nil {
			_, _ = admin.rep.Admit(ctx, at, func(replica.Member) (string, []byte, error) { return "bench", nil, nil }) // tried again
			select {
			case <-ctx.Done():
			case <-time.After(100 * time.Millisecond):
			}
		}
	})
	d.team, err = replica.Join(ctx, at, inv, d.newcomer(), d.dir, benchKey)
	stop()
	letting.Wait()
	return err
}
