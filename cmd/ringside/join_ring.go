package main

import (
	"fyne.io/fyne/v2"

	"ringside/assist"
	"ringside/assist/live"
	"ringside/assist/settings"
	"ringside/ui"
)

// signals are how the window makes itself noticed; native.Window and fyne.App do the
// work. None of it takes the keyboard.
type signals struct {
	raise  func() error
	beckon func() error // marks the window in the task bar
	notify func(*fyne.Notification)
}

// ringer makes the window noticed once for every call that rings.
type ringer struct {
	signal signals
	rings  map[assist.ID]bool // the calls that ring
}

// see looks at a new View. here says that the rep has the window in front of them,
// so that nothing need be done; locked, that nobody may read who rings.
func (r *ringer) see(v live.View, how settings.OnRing, here, locked bool) {
	before := r.rings
	r.rings = map[assist.ID]bool{}
	if v.Phase == live.Ringing && v.Who != live.Nobody {
		r.rings[v.Call] = true
		if !before[v.Call] && !here {
			r.tell(how, locked, caller(v), ringWords(v))
		}
	}
	for _, w := range v.Others {
		if w.Phase != live.Ringing {
			continue
		}
		r.rings[w.Call] = true
		if !before[w.Call] && !here && !v.Undisturbed {
			r.tell(how, locked, w.Title, orElse(w.Untold, "is calling, too"))
		}
	}
}

func (r *ringer) tell(how settings.OnRing, locked bool, who, words string) {
	if locked {
		who, words = "The phone rings", appName+" is locked."
	}
	switch how {
	case settings.Nothing:
	case settings.Raise:
		_ = r.signal.raise() // where the system cannot, the mark in the task bar is left
		_ = r.signal.beckon()
	default:
		_ = r.signal.beckon()
		r.signal.notify(fyne.NewNotification(who, words))
	}
}

// caller is the title of a notification: who rings.
func caller(v live.View) string {
	if title := ui.Title(v); v.Card != nil || v.Who == live.Several {
		return title[:len(title)-len(" - "+appName)]
	}
	if v.Ring.Name != "" {
		return v.Ring.Name
	}
	return orElse(v.Ring.From, "Incoming call: who?")
}

func ringWords(v live.View) string {
	switch {
	case v.Card != nil && v.Card.Untold != "":
		return v.Card.Untold
	case v.Card != nil:
		return orElse(v.Card.Company.Name, "is calling")
	case v.Who == live.Withheld:
		return "No number came"
	}
	return "is calling"
}
