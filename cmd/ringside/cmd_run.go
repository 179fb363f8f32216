package main

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"strings"
	"time"

	"ringside/assist"
	"ringside/assist/phone"
	"ringside/assist/phone/handoff"
	"ringside/assist/settings"
	"ringside/cmd/crash"
)

type runCmd struct {
	Ring string `hidden:"" help:"A call, as JSON, that the phone told of while no app was open."`
}

// turn is how long a start waits for another one that has the folder but no door yet.
const turn = 8 * time.Second

func (c *runCmd) Run(p *program) error {
	if p.house != nil {
		return usage("the app is open already", "")
	}
	var call *phone.Ring
	if c.Ring != "" {
		call = &phone.Ring{}
		if err := json.Unmarshal([]byte(c.Ring), call); err != nil {
			return usage("--ring is not a call as JSON", "Use: ringside ring NUMBER.")
		}
	}
	dir, err := p.dataDir()
	if err != nil {
		return err
	}
	if err := joinStarting(p.ctx, dir, call, p.now); !errors.Is(err, assist.ErrNotFound) {
		return err
	}
	if over(call) {
		return nil
	}
	if err := needScreen(os.Getenv); err != nil {
		return withoutScreen(p, dir, err)
	}
	started, err := startHere(dir)
	if err != nil {
		return err
	}
	defer started()
	_ = crash.Watch(dir, versionLine()) // without it there is no report of a crash, and all else works
	return runWindow(p, dir, call, nil)
}

// joinFirst hands a start over to the app that has the folder open: it takes the
// call, or comes to the front. assist.ErrNotFound: there is none.
func joinFirst(ctx context.Context, dir string, call *phone.Ring) error {
	client, err := handoff.Find(dir)
	if err != nil {
		return err
	}
	if call != nil {
		return client.Ring(ctx, *call)
	}
	return client.Show(ctx)
}

// errJoined: another start was quicker, and has taken over what this one was for.
var errJoined = errors.New("another Ringside is open")

// openOrJoin opens the house. When another start is just opening it, it waits for
// that one's door and hands over.
func openOrJoin(ctx context.Context, p *program, dir string, call *phone.Ring, tell storeNews) (*house, error) {
	for end := time.Now().Add(turn); ; {
		h, err := openHouseTelling(ctx, dir, p.now, p.key, tell)
		if err == nil {
			return h, nil
		}
		if errors.Is(err, assist.ErrWrongKey) {
			return nil, err // whoever asks for the key has the door open: it may be this one
		}
		if joinFirst(ctx, dir, call) == nil {
			return nil, errJoined
		}
		if !errors.Is(err, assist.ErrInUse) || time.Now().After(end) {
			return nil, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// withoutScreen says what is wrong with the folder, if something is, before it says
// that there is no screen.
func withoutScreen(p *program, dir string, noScreen error) error {
	if _, err := os.Lstat(dir); err != nil {
		return noScreen
	}
	h, err := p.open(dir)
	if err != nil {
		return err
	}
	return errors.Join(noScreen, h.Close())
}

// regionOf returns where numbers without a country code belong.
func regionOf(s settings.Machine) string {
	if s.Region != "" {
		return s.Region
	}
	return regionFrom(os.Getenv)
}

// locale returns the system's locale, "en_GB.UTF-8"; "" when it has none.
func locale(env func(string) string) string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if l := env(name); l != "" {
			return l
		}
	}
	return ""
}

// regionFrom reads the region from the system's locale, "en_GB.UTF-8"; GB when it
// does not say.
func regionFrom(env func(string) string) string {
	name, _, _ := strings.Cut(locale(env), ".")
	name, _, _ = strings.Cut(name, "@")
	_, region, _ := strings.Cut(strings.ReplaceAll(name, "-", "_"), "_")
	if len(region) != 2 || strings.Trim(region, letters) != "" {
		return "GB"
	}
	return strings.ToUpper(region)
}

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
