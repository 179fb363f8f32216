package main

import (
	"context"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/assist/phone"
	"ringside/storage"
)

// opening is a house that is being opened beside the window, so that the window
// need not wait for a keychain or a disk. Whoever needs the store waits here; on
// the window's goroutine nobody may.
type opening struct {
	ready chan struct{} // closed when house or err is set
	house *house
	err   error
}

func newOpening() *opening { return &opening{ready: make(chan struct{})} }

// begin opens the house and tells then, on this goroutine, how it went.
func (o *opening) begin(open func() (*house, error), then func(*house, error)) {
	o.house, o.err = open()
	close(o.ready)
	then(o.house, o.err)
}

// wait returns the house when it is open, or why it is not.
func (o *opening) wait(ctx context.Context) (*house, error) {
	select {
	case <-o.ready: // even when ctx has ended: last words must get through
		return o.house, o.err
	default:
	}
	select {
	case <-o.ready:
		return o.house, o.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// open returns the house if it is open by now.
func (o *opening) open() *house {
	select {
	case <-o.ready:
		return o.house
	default:
		return nil
	}
}

// The methods of live.Store: the desk can take a call while the store opens.

// FindByNumber is storage.DB's.
func (o *opening) FindByNumber(ctx context.Context, n phone.Number) ([]glance.Match, error) {
	h, err := o.wait(ctx)
	if err != nil {
		return nil, err
	}
	return h.db.FindByNumber(ctx, n)
}

// Profile is storage.DB's.
func (o *opening) Profile(ctx context.Context, customer assist.ID) (glance.Profile, error) {
	h, err := o.wait(ctx)
	if err != nil {
		return glance.Profile{}, err
	}
	return h.db.Profile(ctx, customer)
}

// Save is storage.DB's.
func (o *opening) Save(ctx context.Context, records ...assist.Record) error {
	h, err := o.wait(ctx)
	if err != nil {
		return err
	}
	return h.db.Save(ctx, records...)
}

// Drafts is storage.DB's.
func (o *opening) Drafts(ctx context.Context) ([]assist.Draft, error) {
	h, err := o.wait(ctx)
	if err != nil {
		return nil, err
	}
	return h.db.Drafts(ctx)
}

// Seek is storage.DB's.
func (o *opening) Seek(ctx context.Context, s glance.Seek) ([]glance.Found, error) {
	h, err := o.wait(ctx)
	if err != nil {
		return nil, err
	}
	return h.db.Seek(ctx, s)
}

// Read implements live.Reader for what Seek finds.
func (o *opening) Read(ctx context.Context, t assist.Type, id assist.ID) (assist.Record, error) {
	h, err := o.wait(ctx)
	if err != nil {
		return nil, err
	}
	switch t {
	case assist.TypeCustomer:
		return h.db.Standing(ctx, id)
	case assist.TypeCompany:
		return storage.Find[assist.Company](ctx, h.db, id)
	case assist.TypeNote:
		return storage.Find[assist.Note](ctx, h.db, id)
	case assist.TypePromise:
		return storage.Find[assist.Promise](ctx, h.db, id)
	case assist.TypeInsight:
		return storage.Find[assist.Insight](ctx, h.db, id)
	case assist.TypeKudos:
		return storage.Find[assist.Kudos](ctx, h.db, id)
	case assist.TypePrompt:
		return storage.Find[assist.Prompt](ctx, h.db, id)
	}
	return nil, &assist.Fault{What: "this cannot be looked at", Where: string(t) + " " + string(id), Err: assist.ErrNotFound}
}
