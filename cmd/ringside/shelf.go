package main

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"ringside/assist"
	"ringside/assist/live"
	"ringside/assist/search"
	"ringside/storage"
)

// shelf is where the library stands while the house is open. What is written is
// seen at once, by a small change of the index; how people ask is learned anew when
// writing has come to rest. Its methods may be called from any goroutine.
type shelf struct {
	db *storage.DB
	// written hears from follow which answers were written; nil: nobody does.
	written func(answers ...assist.ID)

	mu      sync.Mutex
	lib     live.Library
	built   bool
	learned bool
	missed  storage.Changes // could not be read when they were taken
}

// library returns the library as it is, reading it the first time.
func (s *shelf) library(ctx context.Context) (live.Library, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.read(ctx)
}

func (s *shelf) read(ctx context.Context) (live.Library, error) {
	if s.built {
		return s.lib, nil
	}
	s.db.TakeChanges() // what is read now has them
	lib, err := readLibrary(ctx, s.db)
	if err == nil {
		s.lib, s.built = lib, true
	}
	return lib, err
}

// learnedLibrary returns the library with all that can be learned from it, for who
// can wait for that.
func (s *shelf) learnedLibrary(ctx context.Context) (live.Library, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	lib, err := s.read(ctx)
	if err != nil || s.learned {
		return lib, err
	}
	if lib.Index, err = learn(ctx, lib.Index); err == nil {
		s.lib, s.learned = lib, true
	}
	return lib, err
}

func learn(ctx context.Context, f live.Finder) (live.Finder, error) {
	if t, ok := f.(interface {
		Train(context.Context) (*search.Index, error)
	}); ok {
		return t.Train(ctx)
	}
	return f, nil
}

// refresh takes in what has been written since it last did, and says what that was.
func (s *shelf) refresh(ctx context.Context) (c storage.Changes, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	lib, err := s.read(ctx)
	if err != nil {
		return c, err
	}
	c = both(s.missed, s.db.TakeChanges())
	s.missed = storage.Changes{}
	defer func() {
		if err != nil {
			s.missed = c
		}
	}()
	if len(c.Answers) > atOnce {
		if lib, err = readLibrary(ctx, s.db); err == nil { // with all the rest
			s.learned = false
		}
	} else {
		lib.Index, err = s.with(ctx, lib.Index, c.Answers)
	}
	if err == nil && c.Prompts {
		lib.Prompts, err = all[assist.Prompt](ctx, s.db)
	}
	if err == nil && c.Talk {
		err = readTalk(ctx, s.db, &lib)
	}
	if err == nil && c.Flags {
		err = readFlags(ctx, s.db, &lib)
	}
	if err == nil && c.Pages {
		err = readPages(ctx, s.db, &lib)
	}
	if err == nil {
		s.lib = lib
	}
	return c, err
}

func both(x, y storage.Changes) storage.Changes {
	ids := slices.Concat(x.Answers, y.Answers)
	slices.Sort(ids)
	return storage.Changes{Answers: slices.Compact(ids), Prompts: x.Prompts || y.Prompts, Reps: x.Reps || y.Reps,
		Talk: x.Talk || y.Talk, Flags: x.Flags || y.Flags, Pages: x.Pages || y.Pages}
}

// stands returns the library as it is now.
func (s *shelf) stands() live.Library {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.lib
}

// atOnce is how many answers may change before the whole library is read again.
const atOnce = 500

// with brings answers in an index to how the store has them.
func (s *shelf) with(ctx context.Context, f live.Finder, ids []assist.ID) (live.Finder, error) {
	if len(ids) == 0 {
		return f, nil
	}
	var changed []assist.Answer
	var gone []assist.ID
	for _, id := range ids {
		a, err := storage.Find[assist.Answer](ctx, s.db, id)
		switch {
		case err != nil && !errors.Is(err, assist.ErrNotFound):
			return f, fmt.Errorf("read the answers: %w", err)
		case err != nil || a.Off:
			gone = append(gone, id)
		default:
			changed = append(changed, a)
		}
	}
	return f.(*search.Index).With(changed, gone...), nil
}

// adopt puts a library that was learned beside in the place of the one that stands,
// with what was written in the meantime. It fails when there is none, or when it is
// out of date by too much.
func (s *shelf) adopt(ctx context.Context, learned live.Finder, since []assist.ID) (live.Library, error) {
	if learned == nil || len(since) > atOnce {
		return live.Library{}, errors.New("the library has to be learned again")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	f, err := s.with(ctx, learned, since)
	if err == nil {
		s.lib.Index, s.learned = f, true
	}
	return s.lib, err
}

// rest is how long nothing must be written before what changed is learned.
const rest = 2 * time.Second

// follow keeps the library up to date until ctx ends: it tells of each new one, and
// that the team has changed.
func (s *shelf) follow(ctx context.Context, tell func(live.Library), team func()) {
	quiet := time.NewTimer(rest / 4) // the window opens first
	defer quiet.Stop()
	var beside sync.WaitGroup
	defer beside.Wait()
	done := make(chan live.Finder, 1)
	var since []assist.ID // written while it is being learned
	learning := false
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.db.Changed():
			c, err := s.refresh(ctx)
			if err != nil {
				continue // what stands can still be searched
			}
			if c.Reps {
				team()
			}
			if s.written != nil {
				s.written(c.Answers...)
			}
			if !inLibrary(c) {
				continue
			}
			tell(s.stands())
			if since = append(since, c.Answers...); len(c.Answers) > 0 && !learning {
				quiet.Reset(rest)
			}
		case <-quiet.C:
			learning, since = true, nil
			beside.Go(func() { done <- s.learnAnew(ctx) })
		case f := <-done:
			learning = false
			debug.SetGCPercent(gcPercentOpen)
			debug.FreeOSMemory() // learning leaves much behind
			if len(since) > 0 {
				quiet.Reset(rest)
			}
			if lib, err := s.adopt(ctx, f, slices.Clone(since)); err == nil {
				tell(lib)
			}
		}
	}
}

// inLibrary reports whether any of the changes is seen in the library.
func inLibrary(c storage.Changes) bool {
	return len(c.Answers) > 0 || c.Prompts || c.Talk || c.Flags || c.Pages
}

// learnAnew returns an index that knows all that the store has now, or nil when it
// cannot be had.
func (s *shelf) learnAnew(ctx context.Context) live.Finder {
	answers, err := all[assist.Answer](ctx, s.db)
	if err != nil {
		return nil
	}
	f, err := learn(ctx, search.Build(findable(answers)))
	if err != nil {
		return nil
	}
	return f
}
