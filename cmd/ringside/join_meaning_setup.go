package main

import (
	"context"
	"fmt"
	"time"

	"ringside/assist"
	"ringside/assist/compose/openai"
	"ringside/assist/search/meaning"
	"ringside/assist/settings"
	"ringside/storage"
	"ringside/ui/async"
	"ringside/ui/say"
	"ringside/ui/setup"
)

// harmless is what the endpoint is asked when the rep wants to try it.
const harmless = "Where is my parcel?"

// joinMeaning joins the part of the settings page about meaning.
func (p *pages) joinMeaning() {
	p.r.meaning.told.onTold(func(sentence string) { p.post(func() { p.setup.SetMeaning(sentence) }) })
	async.Load(p.post, p.r.hasModelKey, func(kept bool, err error) {
		if err == nil {
			p.setup.SetKey("", kept)
		}
	})
	p.setup.OnKey = func(key string) {
		async.Load(p.post, func(ctx context.Context) (string, error) { return p.r.keepModelKey(ctx, key) }, func(where string, err error) {
			if err != nil {
				p.setup.SetTrouble(say.Error(err))
				return
			}
			p.setup.SetKey(where, key != "")
		})
	}
	stop := func() {}
	p.setup.OnTry = func(s settings.Model) {
		stop()
		stop = async.Load(p.post, func(ctx context.Context) (string, error) { return p.r.tryModel(ctx, s) }, func(sentence string, err error) {
			if err != nil {
				sentence = say.Error(err)
			}
			p.setup.SetTried(sentence, err == nil)
		})
	}
	p.setup.OnPreview = func(s settings.Model) {
		async.Load(p.post, func(ctx context.Context) (setup.Leaving, error) { return p.r.leaving(ctx, s) }, func(l setup.Leaving, err error) {
			if err != nil {
				p.setup.SetTried(say.Error(err), false)
				return
			}
			p.setup.SetLeaving(l)
		})
	}
}

// hasModelKey reports whether a key for the endpoint is kept.
func (r *running) hasModelKey(ctx context.Context) (bool, error) {
	h, err := r.store.wait(ctx)
	if err != nil {
		return false, err
	}
	return h.drawer.Has(modelKey), nil
}

// keepModelKey keeps the endpoint's key, or forgets it, and says where it is.
func (r *running) keepModelKey(ctx context.Context, key string) (where string, err error) {
	h, err := r.store.wait(ctx)
	if err != nil {
		return "", err
	}
	if where, err = h.drawer.Keep(ctx, modelKey, key); err == nil {
		r.meaning.chosen()
		r.writer.chosen()
	}
	return where, err
}

// asked returns a client of a model of the endpoint for one question, with the key that
// is kept.
func (r *running) asked(ctx context.Context, s settings.Model, model string) (*openai.Client, error) {
	h, err := r.store.wait(ctx)
	if err != nil {
		return nil, err
	}
	key, err := h.drawer.Read(ctx, modelKey)
	if err != nil {
		return nil, err
	}
	return openai.New(openai.Options{URL: s.URL, Model: model, Key: key, Timeout: time.Minute})
}

// tryModel asks the endpoint about a harmless sentence and says how it went.
func (r *running) tryModel(ctx context.Context, s settings.Model) (string, error) {
	client, err := r.asked(ctx, s, s.Embeddings)
	if err != nil {
		return "", err
	}
	defer client.Close()
	begun := time.Now()
	got, err := client.Embed(ctx, []string{harmless})
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("It works: “%s” came back as %s numbers in %d ms.", harmless, thousands(len(got[0])), time.Since(begun).Milliseconds()), nil
}

// leaving tells, byte for byte, what is sent to the endpoint: for words that a
// customer says, and the first request about the answers. Nothing is sent.
func (r *running) leaving(ctx context.Context, s settings.Model) (l setup.Leaving, err error) {
	client, err := r.asked(ctx, s, s.Embeddings)
	if err != nil {
		return l, err
	}
	h, err := r.store.wait(ctx)
	if err != nil {
		return l, err
	}
	l.Address = client.Address()
	question, err := client.Preview([]string{meaning.Question(harmless)})
	if err != nil {
		return l, err
	}
	l.Question = string(question)
	var texts []string
	for a, err := range storage.List[assist.Answer](ctx, h.db) {
		if err != nil {
			return l, fmt.Errorf("read the answers: %w", err)
		}
		if texts = append(texts, meaning.Text(a)); len(texts) == askBatch {
			break
		}
	}
	if len(texts) > 0 {
		answers, err := client.Preview(texts)
		if err != nil {
			return l, err
		}
		l.Answers = string(answers)
	}
	return l, nil
}

// thousands writes 10000 as 10,000.
func thousands(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
