package storage

import (
	"context"

	"ringside/assist"
)

// EraseDue finishes the erasures that came in from other replicas and could not be carried
// out at once: the program died, or the disk was full. It is quick when there are none.
func (db *DB) EraseDue(ctx context.Context) error {
	var list []assist.Erasure
	for e, err := range List[assist.Erasure](ctx, db) {
		if err != nil {
			return err
		}
		list = append(list, e)
	}
	return db.EraseAgain(ctx, list)
}
