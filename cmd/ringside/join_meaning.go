package main

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"ringside/assist"
	"ringside/assist/compose/openai"
	"ringside/assist/search/meaning"
	"ringside/ui/say"
)

// embedder turns texts into vectors of length 1; *openai.Client is one.
type embedder interface {
	Embed(ctx context.Context, texts []string) ([][]float32, error)
	String() string
	Close()
}

// meaner joins the model that the user named to the desk: it knows what the answers
// mean and finds out what a question means. While it is off it has no client, and
// nothing here can open a connection. Any goroutine may call Near; it implements
// live.Meaner.
//
// What customers say is asked about once they pause, and remembered for the latest
// questions, in memory alone.
type meaner struct {
	told   standing
	now    func() time.Time
	times  meaningTimes
	wake   chan struct{} // holds something when the keeper has work
	asking sync.WaitGroup

	mu      sync.Mutex
	ctx     context.Context // of the running app; nil before run
	life    context.Context // of what is asked; ends when the settings change
	end     context.CancelFunc
	client  embedder     // nil: off
	set     *meaning.Set // never nil
	recent  recent
	flying  int       // questions on their way
	rest    time.Time // the endpoint is left alone until then
	misses  int       // failures in a row
	wrong   bool      // the kept vectors are of another model than the one that answers
	renew   bool      // the settings or the key have changed
	changed []assist.ID
	stand   string // how it stands when nothing is wrong
}

// meaningTimes are how patient a meaner is.
type meaningTimes struct {
	pause    time.Duration // a question waits this long for the next key
	question time.Duration // a question may take this long; later than the list needs it, it is remembered
	again    time.Duration // after a first failure; doubled with each further one
	longest  time.Duration // but no longer than this
}

const mostFlying = 2

func newMeaner(now func() time.Time) *meaner {
	return &meaner{now: now, wake: make(chan struct{}, 1), set: &meaning.Set{}, stand: meaningOff, told: standing{sentence: meaningOff},
		times: meaningTimes{pause: 100 * time.Millisecond, question: 20 * time.Second, again: 10 * time.Second, longest: 5 * time.Minute}}
}

const meaningOff = "Off. Nothing leaves this machine."

// Near implements live.Meaner. It waits for a moment before it asks, so that a rep
// who types on has not sent every letter of it. An endpoint that failed is left alone
// for a while.
func (m *meaner) Near(ctx context.Context, text string) (func(assist.ID) (float32, bool), error) {
	text = meaning.Question(text)
	if near, known := m.known(text); known {
		return near, nil
	}
	pause := time.NewTimer(m.times.pause)
	defer pause.Stop()
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-pause.C:
	}
	done := m.ask(text)
	if done == nil {
		return nil, nil
	}
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-done:
	}
	near, _ := m.known(text)
	return near, nil
}

// known reports what can be said without asking: what the latest questions mean, and
// nothing at all while nothing may be asked.
func (m *meaner) known(text string) (near func(assist.ID) (float32, bool), known bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if text == "" || m.client == nil || m.set.Len() == 0 {
		return nil, true
	}
	if v := m.recent.find(text); v != nil {
		return m.set.Near(v), true
	}
	return nil, m.now().Before(m.rest)
}

// ask sends a question on its way, beside the caller: a model that is just being
// loaded would never be ready if it were given up with each key. done is closed when
// it is back; nil: it was not asked.
func (m *meaner) ask(text string) (done chan struct{}) {
	m.mu.Lock()
	defer m.mu.Unlock()
	client := m.client
	if client == nil || m.life.Err() != nil || m.flying >= mostFlying || m.now().Before(m.rest) {
		return nil
	}
	m.flying++
	m.asking.Add(1)
	life := m.life
	done = make(chan struct{})
	go func() {
		defer m.asking.Done()
		defer close(done)
		ctx, cancel := context.WithTimeout(life, m.times.question)
		defer cancel()
		vectors, err := client.Embed(ctx, []string{text})
		m.answered(client, text, vectors, err)
	}()
	return done
}

// answered takes in what a question came back with.
func (m *meaner) answered(client embedder, text string, vectors [][]float32, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.flying--
	switch {
	case client != m.client || m.life.Err() != nil || errors.Is(err, context.Canceled):
	case err != nil:
		m.failed(err)
	default:
		m.misses = 0
		m.told.say(m.stand)
		m.recent.put(text, vectors[0])
		if m.set.Len() > 0 && m.set.Near(vectors[0]) == nil {
			m.wrong = true
			m.stir()
		}
	}
}

// failed says what went wrong and leaves the endpoint alone for a while. The caller
// holds mu.
func (m *meaner) failed(err error) {
	wait := min(m.times.again<<min(m.misses, 10), m.times.longest)
	m.misses++
	var busy *openai.Busy
	if errors.As(err, &busy) && busy.Wait > 0 {
		wait = busy.Wait
	}
	var f *assist.Fault
	if errors.Is(err, context.DeadlineExceeded) && !errors.As(err, &f) {
		err = &assist.Fault{What: "the model takes too long to answer", Err: err}
	}
	m.rest = m.now().Add(wait)
	m.told.say(say.Error(err) + " Searching by words goes on; the model is tried again by itself.")
}

// chosen tells that the settings or the key may have changed.
func (m *meaner) chosen() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.renew = true
	if m.end != nil {
		m.end() // off means off at once
	}
	m.stir()
}

// follow tells that these answers have changed.
func (m *meaner) follow(answers ...assist.ID) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.client != nil {
		m.changed = append(m.changed, answers...)
		m.stir()
	}
}

func (m *meaner) stir() {
	select {
	case m.wake <- struct{}{}:
	default:
	}
}

// recent remembers what the latest questions mean, the latest first.
type recent []question

type question struct {
	text   string
	vector []float32
}

const mostRecent = 64

func (r recent) find(text string) []float32 {
	i := slices.IndexFunc(r, func(q question) bool { return q.text == text })
	if i < 0 {
		return nil
	}
	q := r[i]
	copy(r[1:i+1], r[:i])
	r[0] = q
	return q.vector
}

func (r *recent) put(text string, vector []float32) {
	if r.find(text) != nil {
		(*r)[0].vector = vector
		return
	}
	*r = slices.Insert(*r, 0, question{text, vector})
	*r = (*r)[:min(len(*r), mostRecent)]
}
