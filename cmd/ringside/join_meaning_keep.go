package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"time"

	"ringside/assist"
	"ringside/assist/compose/openai"
	"ringside/assist/search/meaning"
	"ringside/storage"
	"ringside/storage/secret"
	"ringside/ui/say"
)

// modelKey is the name under which the endpoint's key is kept.
const modelKey = "model key"

const (
	lookBatch = 1000 // answers looked up in the store at once
	askBatch  = 16   // answers asked for in one request
)

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
	read    bool                   // the whole library has been looked at
}

type chosenModel struct {
	settings assist.ModelSettings
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
}

// begin forgets what is known of the answers.
func (k *meaningKeeper) begin() {
	k.have, k.due, k.waiting, k.read = map[assist.ID][32]byte{}, nil, map[assist.ID]bool{}, false
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

// textOf is the hash of what a model is given of an answer.
func textOf(a assist.Answer) [32]byte { return sha256.Sum256([]byte(meaning.Text(a))) }

// choose makes a client of what the settings say now, or none.
func (k *meaningKeeper) choose(ctx context.Context) error {
	k.m.mu.Lock()
	renew := k.m.renew
	k.m.mu.Unlock()
	if !renew {
		return nil
	}
	s, err := k.db.Settings(ctx)
	if err != nil {
		return err
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
	m.renew, m.misses, m.rest = false, 0, time.Time{}
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
	m.say(m.stand)
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

// lookAll looks at the whole library once: what the store keeps is taken from there.
func (k *meaningKeeper) lookAll(ctx context.Context) error {
	if k.read {
		return nil
	}
	part := make([]assist.Answer, 0, lookBatch)
	for a, err := range storage.List[assist.Answer](ctx, k.db) {
		if err != nil {
			return fmt.Errorf("read the answers: %w", err)
		}
		if part = append(part, a); len(part) == lookBatch {
			if err := k.look(ctx, part); err != nil {
				return err
			}
			part = part[:0]
		}
	}
	k.read = true
	return k.look(ctx, part)
}

// lookChanged looks again at the answers that have been written.
func (k *meaningKeeper) lookChanged(ctx context.Context) error {
	k.m.mu.Lock()
	ids := k.m.changed
	k.m.changed = nil
	k.m.mu.Unlock()
	var list []assist.Answer
	var gone []assist.ID
	for _, id := range ids {
		a, err := storage.Find[assist.Answer](ctx, k.db, id)
		switch {
		case errors.Is(err, assist.ErrNotFound):
			gone = append(gone, id)
			delete(k.have, id)
		case err != nil:
			return fmt.Errorf("read an answer: %w", err)
		default:
			list = append(list, a)
		}
	}
	k.publish(nil, gone)
	return k.look(ctx, list)
}

// look takes the vectors of these answers from the store, and notes which have to be
// asked for. Answers whose text is what it was are passed over.
func (k *meaningKeeper) look(ctx context.Context, answers []assist.Answer) error {
	hashes := map[assist.ID][32]byte{}
	var ids []assist.ID
	var texts [][32]byte
	for _, a := range answers {
		h := textOf(a)
		if was, ok := k.have[a.ID]; ok && was == h {
			continue
		}
		hashes[a.ID] = h
		ids, texts = append(ids, a.ID), append(texts, h)
	}
	if len(ids) == 0 {
		return nil
	}
	kept, err := k.db.Vectors(ctx, k.client().String(), texts)
	if err != nil {
		return err
	}
	var vectors []meaning.Vector
	var gone []assist.ID
	for _, id := range ids {
		if v := kept[hashes[id]]; v != nil {
			vectors = append(vectors, meaning.Vector{Answer: id, Values: v})
			k.have[id] = hashes[id]
			continue
		}
		if !k.waiting[id] {
			k.due, k.waiting[id] = append(k.due, id), true
		}
		gone = append(gone, id)
		delete(k.have, id)
	}
	k.publish(vectors, gone)
	return nil
}

func (k *meaningKeeper) publish(vectors []meaning.Vector, gone []assist.ID) {
	if len(vectors)+len(gone) == 0 {
		return
	}
	k.m.mu.Lock()
	defer k.m.mu.Unlock()
	k.m.set = k.m.set.With(vectors, gone...)
}

// fetchDue asks for what is missing, a few answers at a time, until the settings
// change. What has come is kept at once.
func (k *meaningKeeper) fetchDue(ctx context.Context) error {
	for len(k.due) > 0 {
		if k.report() {
			k.m.stir()
			return nil
		}
		n := min(len(k.due), askBatch)
		if err := k.fetch(ctx, k.due[:n]); err != nil {
			return err
		}
		for _, id := range k.due[:n] {
			delete(k.waiting, id)
		}
		k.due = k.due[n:]
	}
	if k.report() {
		k.m.stir()
		return nil
	}
	texts := make([][32]byte, 0, len(k.have))
	for _, h := range k.have {
		texts = append(texts, h)
	}
	return k.db.KeepOnlyVectors(ctx, k.client().String(), texts)
}

// report says how far it is, and whether something else has to be done first.
func (k *meaningKeeper) report() (stop bool) {
	k.m.mu.Lock()
	defer k.m.mu.Unlock()
	ready, all := len(k.have), len(k.have)+len(k.due)
	k.m.stand = fmt.Sprintf("%s of %s answers are ready; the rest is being asked for.", thousands(ready), thousands(all))
	if len(k.due) == 0 {
		k.m.stand = fmt.Sprintf("All answers are ready: %s.", thousands(ready))
	}
	if k.m.misses == 0 {
		k.m.say(k.m.stand)
	}
	return k.m.renew || k.m.wrong
}

// fetch asks for the vectors of these answers as they are now.
func (k *meaningKeeper) fetch(ctx context.Context, ids []assist.ID) error {
	var list []assist.ID
	var texts []string
	for _, id := range ids {
		a, err := storage.Find[assist.Answer](ctx, k.db, id)
		if errors.Is(err, assist.ErrNotFound) {
			continue
		}
		if err != nil {
			return fmt.Errorf("read an answer: %w", err)
		}
		list, texts = append(list, id), append(texts, meaning.Text(a))
	}
	if len(list) == 0 {
		return nil
	}
	client := k.client()
	got, err := client.Embed(ctx, texts)
	if err != nil {
		return err
	}
	kept := make(map[[32]byte][]float32, len(list))
	vectors := make([]meaning.Vector, len(list))
	for i, id := range list {
		h := sha256.Sum256([]byte(texts[i]))
		kept[h], k.have[id] = got[i], h
		vectors[i] = meaning.Vector{Answer: id, Values: got[i]}
	}
	k.m.mu.Lock()
	k.m.misses = 0
	k.m.wrong = k.m.wrong || k.m.set.Len() > 0 && k.m.set.Near(got[0]) == nil
	k.m.mu.Unlock()
	k.publish(vectors, nil)
	return k.db.KeepVectors(ctx, client.String(), kept)
}
