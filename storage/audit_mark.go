package storage

import (
	"context"
	"errors"

	"ringside/assist"
	"ringside/storage/audit"
)

// auditID is the id of the record that says how far the log of who did what goes. It is
// one of the settings: of this machine, and seen by nothing but the store.
const auditID = "audit"

// AuditMark implements audit.Keeper.
func (db *DB) AuditMark(ctx context.Context) (audit.Mark, error) {
	c, err := Find[chosen](ctx, db, auditID)
	if errors.Is(err, assist.ErrNotFound) {
		err = nil
	}
	return c.Audit, err
}

// KeepAuditMark implements audit.Keeper.
func (db *DB) KeepAuditMark(ctx context.Context, m audit.Mark) error {
	return db.Save(ctx, chosen{Audit: m})
}
