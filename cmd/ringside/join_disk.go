package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"ringside/storage"
	"ringside/ui"
)

// lookEvery is how often the app looks how much room the disk has left.
const lookEvery = 5 * time.Second

// watchDisk tells what the rep should know of the disk and of the place of the data
// folder, now and whenever the words for it change, until ctx ends.
func (h *house) watchDisk(ctx context.Context, tell func([]ui.Warning)) {
	place := placeWarnings(storage.PlaceOf(h.dir), h.dir)
	var told []ui.Warning
	for tick := time.NewTicker(lookEvery); ; {
		warnings := append(roomWarnings(h.db.Room(ctx), h.dir), place...)
		if !slices.Equal(warnings, told) {
			told = warnings
			tell(warnings)
		}
		select {
		case <-ctx.Done():
			tick.Stop()
			return
		case <-tick.C:
		}
	}
}

// roomWarnings says how the disk stands, when it is not well.
func roomWarnings(r storage.Room, dir string) []ui.Warning {
	left := bytesLeft(r.Free)
	switch r.Level {
	case storage.Little:
		return []ui.Warning{{Name: "disk little", Text: left + " are left on the disk that your notes are on (" + dir + "). Free some space soon."}}
	case storage.Spent:
		return []ui.Warning{{Name: "disk spent", Text: "The disk that your notes are on is nearly full: " + left + " are left (" + dir +
			"). Free some space now, or soon nothing can be kept."}}
	case storage.Full:
		return []ui.Warning{{Name: "disk full", Late: true, Text: "The disk that your notes are on is full (" + dir +
			"). Calls and reading go on. What you write stays in its box and is kept as soon as you free some space."}}
	}
	return nil
}

// placeWarnings says what may go wrong where the data folder lies.
func placeWarnings(p storage.Place, dir string) (list []ui.Warning) {
	if p.Synced != "" {
		list = append(list, ui.Warning{Name: "place " + p.Synced, Lasting: true, Text: "Your notes are in a folder that " + p.Synced +
			" carries to other computers (" + dir + "). It can mix up what is open. Start Ringside with --data and a folder of this computer alone."})
	}
	if p.Share != "" {
		list = append(list, ui.Warning{Name: "place " + p.Share, Lasting: true, Text: "Your notes are on a network share (" + dir +
			"). When it goes away, nothing can be kept. Start Ringside with --data and a folder of this computer."})
	}
	return list
}

// bytesLeft writes a size as the rep's file manager does, never more than there is.
func bytesLeft(n uint64) string {
	if n < 1<<30 {
		return fmt.Sprintf("%d MB", n>>20)
	}
	return fmt.Sprintf("%d.%d GB", n>>30, n%(1<<30)*10>>30)
}
