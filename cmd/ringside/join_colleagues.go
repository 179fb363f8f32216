package main

import (
	"context"

	"ringside/assist"
)

// The methods of live.Colleagues: the desk asks for them while the store opens, too.

// Answerers is storage.DB's.
func (o *opening) Answerers(ctx context.Context, answers []assist.ID, most int) ([]assist.Call, error) {
	h, err := o.wait(ctx)
	if err != nil {
		return nil, err
	}
	return h.db.Answerers(ctx, answers, most)
}

// KudosOf is storage.DB's.
func (o *opening) KudosOf(ctx context.Context, rep assist.ID, most int) ([]assist.Kudos, error) {
	h, err := o.wait(ctx)
	if err != nil {
		return nil, err
	}
	return h.db.KudosOf(ctx, rep, most)
}

// FrontLine is storage.DB's.
func (o *opening) FrontLine(ctx context.Context, rep assist.ID, most int) ([]assist.Insight, error) {
	h, err := o.wait(ctx)
	if err != nil {
		return nil, err
	}
	return h.db.FrontLine(ctx, rep, most)
}

// Asked is storage.DB's.
func (o *opening) Asked(ctx context.Context, who assist.ID) ([]assist.Asked, error) {
	h, err := o.wait(ctx)
	if err != nil {
		return nil, err
	}
	return h.db.Asked(ctx, who)
}
