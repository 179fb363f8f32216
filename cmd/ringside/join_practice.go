package main

import (
	"context"
	"errors"
	"fmt"

	"ringside/assist"
	"ringside/assist/compose/mask"
	"ringside/assist/practice"
	"ringside/storage"
	"ringside/ui"
	page "ringside/ui/practice"
)

// joinPractice makes the page on which reps practise.
func (p *pages) joinPractice() {
	p.practice = page.New(page.Options{Source: practiceSource{p.r}, Now: p.r.now, Post: p.postTo(ui.Practice),
		OnSettings: func() { p.win.Show(ui.Settings) }})
	p.practice.OnPicture = func(name string, data []byte) { p.saveFile(name, data, nil) }
}

// practiceSource reads what is practised, and keeps how it went.
type practiceSource struct{ r *running }

// Load implements page.Source.
func (s practiceSource) Load(ctx context.Context) (d page.Data, err error) {
	h, err := s.r.store.wait(ctx)
	if err != nil {
		return d, err
	}
	set, err := h.db.Settings(ctx)
	if err != nil {
		return d, fmt.Errorf("read the settings: %w", err)
	}
	k, err := readKnown(ctx, h.db)
	if err != nil {
		return d, err
	}
	now := s.r.now()
	for _, r := range k.Team {
		if r.ID == set.Me {
			d.Me = r
		}
	}
	d.Answers = len(k.Answers)
	d.Chart = practice.Team(k, d.Me.ID, now)
	if d.Me.ID == "" {
		return d, nil
	}
	d.Later = practice.Later(k, d.Me.ID, now)
	for _, i := range practice.Next(k, d.Me.ID, now) {
		t, err := turnOf(ctx, h.db, i, k.Team)
		if err != nil {
			return d, err
		}
		d.Turns = append(d.Turns, t)
	}
	return d, nil
}

// readKnown reads what is known of the library and the team, and goes through all calls.
func readKnown(ctx context.Context, db *storage.DB) (k practice.Known, err error) {
	if k.Answers, err = all[assist.Answer](ctx, db); err != nil {
		return k, fmt.Errorf("read the answers: %w", err)
	}
	if k.Questions, err = all[assist.Question](ctx, db); err != nil {
		return k, fmt.Errorf("read the saved questions: %w", err)
	}
	if k.Team, err = all[assist.Rep](ctx, db); err != nil {
		return k, fmt.Errorf("read the team: %w", err)
	}
	if k.Drills, err = all[assist.Drill](ctx, db); err != nil {
		return k, fmt.Errorf("read what was practised: %w", err)
	}
	err = eachOf(ctx, db, func(c assist.Call) error {
		k.Tally.Add(c)
		return nil
	})
	if err != nil {
		return k, fmt.Errorf("read the calls: %w", err)
	}
	return k, nil
}

// turnOf finds what the customer says, without what is private of them and of the team.
func turnOf(ctx context.Context, db *storage.DB, i practice.Item, team []assist.Rep) (page.Turn, error) {
	var private mask.Private
	var own mask.Own
	if who := i.Heard.Customer; who != "" {
		profile, err := db.Profile(ctx, who)
		switch {
		case errors.Is(err, assist.ErrNotFound):
			i.Heard = practice.Heard{} // erased; what they said goes with them
		case err != nil:
			return page.Turn{}, fmt.Errorf("read the customer: %w", err)
		}
		names := make([]string, len(team))
		for n, r := range team {
			names[n] = r.Name
		}
		private, own = mask.PrivateOf(profile, names...), mask.OwnOf(profile.Customer)
	}
	return page.Turn{Item: i, Line: i.Line(private, own)}, nil
}

// Keep implements page.Source.
func (s practiceSource) Keep(ctx context.Context, d assist.Drill) error {
	h, err := s.r.store.wait(ctx)
	if err != nil {
		return err
	}
	if err := h.db.Save(ctx, d); err != nil {
		return fmt.Errorf("keep what was practised: %w", err)
	}
	return nil
}

// Share implements page.Source.
func (s practiceSource) Share(ctx context.Context, rep assist.ID, on bool) error {
	h, err := s.r.store.wait(ctx)
	if err != nil {
		return err
	}
	h.editing.Lock()
	defer h.editing.Unlock()
	r, err := storage.Find[assist.Rep](ctx, h.db, rep)
	if err != nil {
		return fmt.Errorf("find the rep: %w", err)
	}
	r.Shared = on
	if err := h.db.Save(ctx, r); err != nil {
		return fmt.Errorf("keep what is shared: %w", err)
	}
	return nil
}
