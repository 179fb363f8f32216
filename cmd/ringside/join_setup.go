package main

import (
	"cmp"
	"context"
	"fmt"
	"reflect"

	"ringside/assets"
	"ringside/assist"
	"ringside/assist/curate"
	"ringside/assist/settings"
	"ringside/storage/pack"
)

// settings returns what the rep chose for this machine.
func (r *running) settings(ctx context.Context) (settings.Machine, error) {
	h, err := r.store.wait(ctx)
	if err != nil {
		return settings.Machine{}, err
	}
	return h.db.Settings(ctx)
}

// saveSettings keeps them and tells the desk.
func (r *running) saveSettings(ctx context.Context, s settings.Machine) error {
	h, err := r.store.wait(ctx)
	if err != nil {
		return err
	}
	if err := h.saveSettings(ctx, s); err != nil {
		return err
	}
	r.meaning.chosen()
	r.writer.follow(s.Model)
	return r.readTeam(ctx, h)
}

// saveSettings keeps them. What opens this machine wider is not for everybody, and of that
// and of who sits here the log tells.
func (h *house) saveSettings(ctx context.Context, s settings.Machine) error {
	before, err := h.db.Settings(ctx)
	if err != nil {
		return fmt.Errorf("read the settings: %w", err)
	}
	save := func() (int, error) {
		if err := h.db.SaveSettings(ctx, s); err != nil {
			return 0, fmt.Errorf("keep the settings: %w", err)
		}
		return 0, nil
	}
	if opens(before, s) {
		err = h.perform(ctx, actOpen, save)
	} else {
		_, err = save()
	}
	if err == nil && s.Me != before.Me {
		err = h.note(ctx, actSit.about(before.Me), 0)
	}
	return err
}

// opens reports whether settings let more out of this machine, or more in, than those
// before: an endpoint that may be asked, a door to the network, changes of the library that
// nobody looks at first.
func opens(before, now settings.Machine) bool {
	asks := now.Model != before.Model && (now.Model.On || now.Model.Writes)
	listens := now.Phone.LAN.On && !reflect.DeepEqual(now.Phone.LAN, before.Phone.LAN)
	return asks || listens || before.Review && !now.Review
}

// takeSample fills the store with the sample team; the rep sits in the seat of its
// first rep, unless they have one.
func (r *running) takeSample(ctx context.Context) error {
	h, err := r.store.wait(ctx)
	if err != nil {
		return err
	}
	if err := h.addSample(ctx); err != nil {
		return err
	}
	r.desk.Refresh()
	return r.readTeam(ctx, h)
}

// sampleRegion is where the numbers of the sample team belong, whatever the system's
// locale is.
const sampleRegion = "GB"

// addSample keeps the sample team and answers the first-run page.
func (h *house) addSample(ctx context.Context) error {
	records, err := pack.Sample(assets.Sample(), h.now())
	if err != nil {
		return fmt.Errorf("read the sample team: %w", err)
	}
	if err := h.db.Save(ctx, records...); err != nil {
		return fmt.Errorf("keep the sample team: %w", err)
	}
	for _, rec := range records {
		if i, ok := rec.(assist.Incident); ok && i.Closed.IsZero() {
			if err := givePlaces(ctx, h.db, i, h.now()); err != nil {
				return fmt.Errorf("give everybody a place in the incident: %w", err)
			}
		}
	}
	s, err := h.db.Settings(ctx)
	if err != nil {
		return fmt.Errorf("read the settings: %w", err)
	}
	s.Started, s.Region = true, cmp.Or(s.Region, sampleRegion)
	for _, rec := range records {
		if rep, ok := rec.(assist.Rep); ok && s.Me == "" {
			s.Me = rep.ID
		}
	}
	if err := h.db.SaveSettings(ctx, s); err != nil {
		return fmt.Errorf("keep the settings: %w", err)
	}
	return nil
}

// startEmpty answers the first-run page with nothing.
func (r *running) startEmpty(ctx context.Context) error {
	s, err := r.settings(ctx)
	if err != nil {
		return err
	}
	s.Started = true
	return r.saveSettings(ctx, s)
}

// addRep keeps a new rep, who sits here from now on.
func (r *running) addRep(ctx context.Context, name string, s settings.Machine) (assist.ID, error) {
	h, err := r.store.wait(ctx)
	if err != nil {
		return "", err
	}
	rep := assist.Rep{ID: assist.NewID(h.now()), Name: name}
	if err := h.db.Save(ctx, rep); err != nil {
		return "", fmt.Errorf("keep the rep: %w", err)
	}
	s.Me = rep.ID
	return rep.ID, r.saveSettings(ctx, s)
}

// giveRole keeps another role of a rep, if who sits here may give it.
func (r *running) giveRole(ctx context.Context, rep assist.ID, role assist.Role) error {
	h, err := r.store.wait(ctx)
	if err != nil {
		return err
	}
	h.editing.Lock()
	defer h.editing.Unlock()
	s, err := h.db.Settings(ctx)
	if err != nil {
		return fmt.Errorf("read the settings: %w", err)
	}
	team, err := all[assist.Rep](ctx, h.db)
	if err != nil {
		return fmt.Errorf("read the team: %w", err)
	}
	who, err := curate.Appoint(s.Me, team, rep, role)
	if err != nil {
		return err
	}
	err = h.perform(ctx, actAppoint.saying(string(role)).about(rep), func() (int, error) { return 0, h.db.Save(ctx, who) })
	if err != nil {
		return fmt.Errorf("keep the role: %w", err)
	}
	return r.readTeam(ctx, h)
}
