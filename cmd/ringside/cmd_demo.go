package main

import (
	"errors"
	"fmt"
	"os"
	"time"

	"ringside/assist/settings"
)

type demoCmd struct {
	Pictures string `placeholder:"DIR" help:"Save a picture of every step there, and end after the call."`
}

// Run opens the app on the sample team, in a folder of its own that is gone
// afterwards, and plays one call that the user can take over at any moment.
func (c *demoCmd) Run(p *program) (err error) {
	if p.house != nil {
		return usage("demo does not run inside the app", "")
	}
	if err := needScreen(os.Getenv); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "ringside-demo-")
	if err != nil {
		return fmt.Errorf("make a folder for the demo: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	if err := os.Setenv("RINGSIDE_NO_KEYCHAIN", "1"); err != nil { // the key of a folder that goes away
		return err
	}
	if err := sampleHouse(p, dir); err != nil {
		return err
	}
	play := &player{program: p, pause: 2500 * time.Millisecond, letter: 70 * time.Millisecond}
	if c.Pictures != "" {
		play.pictures, play.pause, play.letter = p.path(c.Pictures), 500*time.Millisecond, 40*time.Millisecond
		if err := os.MkdirAll(play.pictures, 0o755); err != nil {
			return fmt.Errorf("make the folder for the pictures: %w", err)
		}
	} else {
		fmt.Fprintln(p.stdout, "This is the sample team; nothing here is kept. Touch a key or the mouse to take over the call.")
	}
	if err := runWindow(p, dir, nil, play.run); err != nil {
		return err
	}
	return play.failed
}

// sampleHouse makes a store with the sample team.
func sampleHouse(p *program, dir string) error {
	h, err := openHouse(p.ctx, dir, p.now)
	if err != nil {
		return err
	}
	err = h.db.SaveSettings(p.ctx, settings.Machine{Region: sampleRegion, Me: "ewa"})
	if err == nil {
		err = h.addSample(p.ctx)
	}
	return errors.Join(err, h.Close())
}
