package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"ringside/assist"
	"ringside/assist/compose/openai"
	"ringside/assist/search/meaning"
	"ringside/assist/settings"
	"ringside/storage"
	"ringside/storage/secret"
	"ringside/ui/say"
)

// modelKey is the name under which the endpoint's key is kept.
const modelKey = "model key"

// meaningKeeper keeps a meaner's vectors up to date, beside everything else. It
// belongs to one goroutine.
type meaningKeeper struct {
	m      *meaner
	db     *storage.DB
	drawer secret.Drawer

	now     chosenModel            // what the client was made of
	have    map[assist.ID][32]byte // the text, hashed, whose vector is in the set
	due     []assist.ID            // answers that have to be asked for, in this order
	waiting map[assist.ID]bool     // the same
	alone   int                    // so many of them one by one: one of them was refused
	refused map[assist.ID][32]byte // the text, hashed, that the model cannot read
	read    bool                   // the whole library has been looked at
}

type chosenModel struct {
	settings settings.Model
	key      string
}

// run brings the vectors up to date whenever there is something to do, until ctx
// ends.
func (m *meaner) run(ctx context.Context, db *storage.DB, drawer secret.Drawer) {
	m.mu.Lock()
	m.ctx, m.renew = ctx, true
	m.mu.Unlock()
	k := &meaningKeeper{m: m, db: db, drawer: drawer}
	k.begin()
	for ctx.Err() == nil {
		var later <-chan time.Time
		if wait := k.round(ctx); wait > 0 {
			later = time.After(wait)
		}
		select {
		case <-ctx.Done():
		case <-m.wake:
		case <-later:
		}
	}
	client := k.client() // whoever asks behind this sees that ctx has ended
	m.asking.Wait()
	if client != nil {
		client.Close()
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.end != nil {
		m.end()
	}
}

// begin forgets what is known of the answers.
func (k *meaningKeeper) begin() {
	k.have, k.due, k.waiting, k.read = map[assist.ID][32]byte{}, nil, map[assist.ID]bool{}, false
	k.alone, k.refused = 0, map[assist.ID][32]byte{}
}

// round does what is to be done. When not all of it could be, it says how long to
// wait for the next try.
func (k *meaningKeeper) round(ctx context.Context) (wait time.Duration) {
	err := k.choose(ctx)
	if err == nil && k.client() != nil {
		if err = k.distrust(ctx); err == nil {
			err = k.lookAll(ctx)
		}
		if err == nil {
			err = k.lookChanged(ctx)
		}
		if err == nil {
			if wait := k.resting(); wait > 0 && len(k.due) > 0 {
				return wait
			}
			err = k.fetchDue(ctx)
		}
	}
	if err == nil || ctx.Err() != nil {
		return 0
	}
	if errors.Is(err, context.Canceled) { // the settings have changed
		return time.Millisecond
	}
	k.m.mu.Lock()
	k.m.failed(err)
	k.m.mu.Unlock()
	return max(k.resting(), time.Millisecond)
}

// resting returns how long the endpoint is still left alone.
func (k *meaningKeeper) resting() time.Duration {
	k.m.mu.Lock()
	defer k.m.mu.Unlock()
	return k.m.rest.Sub(k.m.now())
}

func (k *meaningKeeper) client() embedder {
	k.m.mu.Lock()
	defer k.m.mu.Unlock()
	return k.m.client
}

// life ends when the settings change, and with it what is being asked.
func (k *meaningKeeper) life() context.Context {
	k.m.mu.Lock()
	defer k.m.mu.Unlock()
	return k.m.life
}

// choose makes a client of what the settings say now, or none.
func (k *meaningKeeper) choose(ctx context.Context) error {
	k.m.mu.Lock()
	renew := k.m.renew
	k.m.renew = false // from here on another change counts again
	k.m.mu.Unlock()
	if !renew {
		return nil
	}
	s, err := k.db.Settings(ctx)
	if err != nil {
		k.m.mu.Lock()
		defer k.m.mu.Unlock()
		k.m.renew = true
		return fmt.Errorf("read the settings: %w", err)
	}
	next := chosenModel{settings: s.Model}
	var client embedder
	if s.Model.On {
		if next.key, err = k.drawer.Read(ctx, modelKey); err == nil {
			client, err = newEmbedder(next)
		}
	} else {
		next = chosenModel{}
	}
	if err == nil && k.client() != nil && next == k.now {
		client.Close()
		client = k.client()
	}
	k.use(client, next, err)
	return nil
}

func newEmbedder(c chosenModel) (embedder, error) {
	client, err := openai.New(openai.Options{URL: c.settings.URL, Model: c.settings.Embeddings, Key: c.key})
	if err != nil {
		return nil, err // not a nil *Client in an embedder
	}
	return client, nil
}

// use takes a client, or none because of err or because it is off. Another client
// begins anew.
func (k *meaningKeeper) use(client embedder, c chosenModel, err error) {
	m := k.m
	m.mu.Lock()
	defer m.mu.Unlock()
	m.misses, m.rest = 0, time.Time{}
	if m.end != nil {
		m.end()
	}
	m.life, m.end = context.WithCancel(m.ctx)
	if client != nil && client == m.client {
		return
	}
	if m.client != nil {
		m.client.Close()
	}
	m.client, m.set, m.recent, m.changed = client, &meaning.Set{}, nil, nil
	k.now = c
	k.begin()
	m.stand = meaningOff
	switch {
	case err != nil:
		m.stand = say.Error(err) + " Searching by words goes on."
	case client != nil:
		m.stand = "Looking at what is known already…"
	}
	m.told.say(m.stand)
}

// distrust forgets all vectors when another model answers than the one that made
// them, by the same name.
func (k *meaningKeeper) distrust(ctx context.Context) error {
	k.m.mu.Lock()
	wrong := k.m.wrong
	k.m.wrong = false
	if wrong {
		k.m.set = &meaning.Set{}
	}
	k.m.mu.Unlock()
	if !wrong {
		return nil
	}
	k.begin()
	return k.db.KeepOnlyVectors(ctx, "", nil)
}
