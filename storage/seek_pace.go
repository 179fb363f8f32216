package storage

import (
	"context"
	"sync/atomic"
	"time"
)

// pace lets whoever works in the background rest as long as it has worked.
type pace struct {
	ctx     context.Context
	manners bool
	hurry   *atomic.Int32 // above 0 somebody waits, and there is no rest
	steps   int
	since   time.Time
}

func (p *pace) step() error {
	if p.steps++; p.steps%512 != 0 {
		return nil
	}
	if err := p.ctx.Err(); err != nil || !p.manners || p.hurry.Load() > 0 {
		return err
	}
	if !p.since.IsZero() {
		rest := time.NewTimer(min(time.Since(p.since), 100*time.Millisecond))
		defer rest.Stop()
		select {
		case <-p.ctx.Done():
			return p.ctx.Err()
		case <-rest.C:
		}
	}
	p.since = time.Now()
	return nil
}

// paced is a sorter with manners.
type paced struct {
	*sorter
	pace *pace
}

// Add implements index.Sorter.
func (p *paced) Add(key, value []byte) error {
	if err := p.pace.step(); err != nil {
		return err
	}
	return p.add(key, value)
}

// Each implements index.Sorter.
func (p *paced) Each(f func(key, value []byte) error) error {
	m, err := p.merge()
	if err != nil {
		return err
	}
	defer m.close()
	for m.key() != nil {
		if err := p.pace.step(); err != nil {
			return err
		}
		if err := f(m.key(), m.top.value); err != nil {
			return err
		}
		if err := m.next(); err != nil {
			return err
		}
	}
	return nil
}

// Remove implements index.Sorter.
func (p *paced) Remove() error { return p.remove() }
