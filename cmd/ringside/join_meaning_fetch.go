package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"

	"ringside/assist"
	"ringside/assist/compose/openai"
	"ringside/assist/search/meaning"
	"ringside/storage"
)

const (
	lookBatch = 1000 // answers looked up in the store at once
	askBatch  = 16   // answers asked for in one request
)

// textOf is the hash of what a model is given of an answer.
func textOf(a assist.Answer) [32]byte { return sha256.Sum256([]byte(meaning.Text(a))) }

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
	if err := k.look(ctx, part); err != nil {
		return err
	}
	k.read = true
	return nil
}

// lookChanged looks again at the answers that have been written.
func (k *meaningKeeper) lookChanged(ctx context.Context) (err error) {
	k.m.mu.Lock()
	ids := k.m.changed
	k.m.changed = nil
	k.m.mu.Unlock()
	defer func() {
		if err != nil { // the next round looks again
			k.m.mu.Lock()
			defer k.m.mu.Unlock()
			k.m.changed = append(ids, k.m.changed...)
		}
	}()
	var list []assist.Answer
	var gone []assist.ID
	for _, id := range ids {
		a, err := storage.Find[assist.Answer](ctx, k.db, id)
		switch {
		case errors.Is(err, assist.ErrNotFound):
			gone = append(gone, id)
			delete(k.have, id)
			delete(k.refused, id)
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
		if was, ok := k.refused[a.ID]; ok && was == h {
			continue
		}
		delete(k.refused, a.ID)
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
		if k.alone > 0 {
			n, k.alone = 1, k.alone-1
		}
		if err := k.fetch(ctx, k.due[:n]); err != nil {
			if !isRefused(err) || n == 1 && k.setAside(ctx, k.due[0]) != nil {
				return err
			}
			if n > 1 {
				k.alone = n
				continue
			}
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

// isRefused reports whether it may be the texts that the endpoint cannot do with.
func isRefused(err error) bool {
	var r *openai.Refused
	return errors.As(err, &r) || errors.Is(err, assist.ErrInvalid)
}

// setAside lets an answer be without a vector until its text changes, so that it
// keeps no other back. It fails when the endpoint refuses a harmless sentence too: then
// it is not the answer's fault.
func (k *meaningKeeper) setAside(ctx context.Context, id assist.ID) error {
	a, err := storage.Find[assist.Answer](ctx, k.db, id)
	if err != nil {
		return err
	}
	if _, err := k.client().Embed(k.life(), []string{harmless}); err != nil {
		return err
	}
	k.refused[id] = textOf(a)
	return nil
}

// report says how far it is, and whether something else has to be done first.
func (k *meaningKeeper) report() (stop bool) {
	k.m.mu.Lock()
	defer k.m.mu.Unlock()
	ready, all := len(k.have), len(k.have)+len(k.due)
	k.m.stand = fmt.Sprintf("%s of %s answers are ready; the rest is being asked for.", thousands(ready), thousands(all))
	if len(k.due) == 0 {
		k.m.stand = fmt.Sprintf("All answers are ready: %s.", thousands(ready))
		if n := len(k.refused); n > 0 {
			k.m.stand = fmt.Sprintf("All answers but %s are ready: %s. What is left the model cannot read; they may be too long for it.", thousands(n), thousands(ready))
		}
	}
	if k.m.misses == 0 {
		k.m.told.say(k.m.stand)
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
	client, life := k.client(), k.life()
	got, err := client.Embed(life, texts)
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
