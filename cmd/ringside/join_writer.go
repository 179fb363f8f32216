package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"sync"
	"time"

	"ringside/assist"
	"ringside/assist/compose/openai"
	"ringside/assist/settings"
	"ringside/storage"
	"ringside/storage/secret"
	"ringside/ui/say"
)

// writer joins the model that the user named to whoever has drafts polished. While it
// is off nothing here can open a connection. Any goroutine may call its methods; none
// but Polish waits.
type writer struct {
	clock func() time.Time
	again time.Duration // an endpoint from which nothing came is left alone so long
	wake  chan struct{} // holds something when the settings have to be read
	told  standing

	mu     sync.Mutex
	model  settings.Model  // the latest that was chosen
	client *openai.Client  // nil: no model that writes is named
	life   context.Context // of what is being written; ends when the model changes
	end    context.CancelCauseFunc
	turn   int       // how often something was chosen
	rest   time.Time // the endpoint is left alone until then
	last   error     // why
}

const (
	writerOff = "Off. No draft leaves this machine."
	// mostTokens bounds what is written: a long letter, and the thoughts of a model that
	// thinks first.
	mostTokens = 2_000
)

// errWriterOff is what Polish returns while no model may write.
var errWriterOff = &assist.Fault{What: "no model polishes drafts", Do: "Name one in Settings, and switch it on there.", Err: assist.ErrInvalid}

func newWriter(now func() time.Time) *writer {
	w := &writer{clock: now, again: 10 * time.Second, wake: make(chan struct{}, 1), told: standing{sentence: writerOff}}
	w.life, w.end = context.WithCancelCause(context.Background())
	w.end(errWriterOff)
	return w
}

// Ready reports whether Polish would ask the model now: it is on, and has not just
// failed.
func (w *writer) Ready() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.life.Err() == nil && !w.resting()
}

// Quiet returns what the page on which a draft stands may say of a model that is on and
// is left alone for now: "busy" or "no answer". Otherwise it is empty.
func (w *writer) Quiet() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	var busy *openai.Busy
	switch {
	case w.life.Err() != nil || !w.resting():
		return ""
	case errors.As(w.last, &busy):
		return "busy"
	}
	return "no answer"
}

// Preview returns the very bytes that Polish would send. Nothing is sent, and it need
// not be on.
func (w *writer) Preview(system, text string) ([]byte, error) {
	w.mu.Lock()
	client := w.client
	w.mu.Unlock()
	if client == nil {
		return nil, errWriterOff
	}
	return client.PreviewWrite(toWrite(system, text))
}

// Polish has the model write, and waits for it; each is called on this goroutine with
// all that has come so far. The text is whole when err is nil, and only then. When ctx
// ends, err is its cause; when the model is switched off meanwhile, it is over at once.
// An endpoint from which nothing came is not asked again for a while: until then the
// same error comes back.
func (w *writer) Polish(ctx context.Context, system, text string, each func(string)) (whole string, err error) {
	w.mu.Lock()
	client, life := w.client, w.life
	err = context.Cause(life)
	if err == nil && w.resting() {
		err = w.last
	}
	w.mu.Unlock()
	if err != nil {
		return "", err
	}
	ctx, end := context.WithCancelCause(ctx)
	defer end(nil)
	defer context.AfterFunc(life, func() { end(context.Cause(life)) })()
	whole, err = client.Write(ctx, toWrite(system, text), each)
	if ctx.Err() == nil {
		w.came(life, whole, err)
	}
	return whole, err
}

func toWrite(system, text string) openai.Prompt {
	return openai.Prompt{System: system, Text: text, Most: mostTokens}
}

// came takes in how it went.
func (w *writer) came(life context.Context, text string, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case life.Err() != nil || errors.Is(err, assist.ErrInvalid): // another model is chosen; nothing was asked
	case err == nil:
		w.rest, w.last = time.Time{}, nil
		w.told.say(w.stands())
	default:
		var refused *openai.Refused
		if text == "" && !errors.As(err, &refused) {
			w.rest, w.last = w.clock().Add(w.patience(err)), err
		}
		w.told.say(say.Error(err) + " Drafts stay as they are.")
	}
}

// patience is how long an endpoint that failed is left alone.
func (w *writer) patience(err error) time.Duration {
	var busy *openai.Busy
	if errors.As(err, &busy) && busy.Wait > 0 {
		return busy.Wait
	}
	return w.again
}

// resting reports whether the endpoint is left alone. The caller holds mu.
func (w *writer) resting() bool { return w.clock().Before(w.rest) }

// stands says what is on. The caller holds mu.
func (w *writer) stands() string {
	host := w.model.URL
	if u, err := url.Parse(host); err == nil && u.Host != "" {
		host = u.Host
	}
	return fmt.Sprintf("On: %s at %s.", w.model.Writer, host)
}

// follow tells what the settings say now. What is being written goes on if that is not
// about it.
func (w *writer) follow(m settings.Model) {
	w.mu.Lock()
	was := w.model
	w.model = m
	w.mu.Unlock()
	if was.URL != m.URL || was.Writer != m.Writer || was.Writes != m.Writes {
		w.chosen()
	}
}

// chosen tells that the settings or the key may have changed: what is being written
// ends at once, and nothing is, until run has read them.
func (w *writer) chosen() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.turn++
	w.end(errWriterOff)
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

// run reads the settings and the key when they have changed, until ctx ends; so does
// what is being written then.
func (w *writer) run(ctx context.Context, db *storage.DB, drawer secret.Drawer) {
	for w.chosen(); ; {
		select {
		case <-ctx.Done():
			w.mu.Lock()
			defer w.mu.Unlock()
			w.end(context.Cause(ctx))
			if w.client != nil {
				w.client.Close()
			}
			return
		case <-w.wake:
			w.choose(ctx, db, drawer)
		}
	}
}

// choose makes a client of what the settings say now, or none.
func (w *writer) choose(ctx context.Context, db *storage.DB, drawer secret.Drawer) {
	w.mu.Lock()
	turn := w.turn
	w.mu.Unlock()
	s, err := db.Settings(ctx)
	opt := openai.Options{URL: s.Model.URL, Model: s.Model.Writer}
	if err == nil && s.Model.Writes {
		opt.Key, err = drawer.Read(ctx, modelKey)
	}
	var client *openai.Client
	if err == nil && s.Model.WriterNamed() {
		client, err = openai.New(opt)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if turn != w.turn || ctx.Err() != nil { // it has changed again
		return
	}
	if w.client != nil {
		w.client.Close()
	}
	w.model, w.client, w.rest, w.last = s.Model, client, time.Time{}, nil
	switch {
	case err != nil:
		w.told.say(say.Error(err) + " Drafts stay as they are.")
	case client != nil && s.Model.Writes:
		w.life, w.end = context.WithCancelCause(ctx)
		w.told.say(w.stands())
	default:
		w.told.say(writerOff)
	}
}
