package main

import (
	"context"
	"fmt"
	"time"

	"fyne.io/fyne/v2"

	"ringside/assist"
	"ringside/assist/ledger"
	"ringside/storage"
	"ringside/ui"
	"ringside/ui/async"
	"ringside/ui/say"
)

const (
	// remindEvery is how often the promises are looked at.
	remindEvery = 20 * time.Second
	// mostReminders at once are told one by one; more are one sentence.
	mostReminders = 2
	prefReminded  = "promises.reminded"
)

// reminder tells the rep of their promises by the system's notifications. It remembers
// when it last told something, over restarts too, so that nothing is told twice.
type reminder struct {
	notify func(*fyne.Notification)
	prefs  fyne.Preferences
	quiet  bool      // a call is in front, or the rep is not to be disturbed: later
	upTo   time.Time // everything up to here was told; zero: nothing since the start
}

// since returns what was told, now or before the start.
func (r *reminder) since(me assist.ID) since {
	if !r.upTo.IsZero() {
		return since{me: me, told: r.upTo}
	}
	told, err := time.Parse(time.RFC3339Nano, r.prefs.String(prefReminded))
	if err != nil {
		told = time.Time{}
	}
	return since{me, told, true}
}

// tell shows the notices of all that came up to now.
func (r *reminder) tell(notices []notice, now time.Time) {
	for _, n := range notices {
		r.notify(fyne.NewNotification(n.title, n.words))
	}
	if len(notices) > 0 || r.upTo.IsZero() {
		r.prefs.SetString(prefReminded, now.Format(time.RFC3339Nano))
	}
	r.upTo = now
}

// notice is what a notification says.
type notice struct{ title, words string }

// followPromises looks at the promises now and from then on.
func (p *pages) followPromises() {
	again := func() { async.After(p.post, remindEvery, p.followPromises) }
	now := p.r.now()
	if p.chosen.NoReminders {
		p.remind.upTo = now
	}
	if p.remind.quiet || p.chosen.NoReminders {
		again()
		return
	}
	s := p.remind.since(p.chosen.Me)
	async.Load(p.post, func(ctx context.Context) ([]notice, error) {
		h, err := p.r.store.wait(ctx)
		if err != nil {
			return nil, err
		}
		return s.notices(ctx, h.db, now)
	}, func(notices []notice, err error) {
		again()
		if err != nil || p.remind.quiet { // a store that cannot be read is said where the rep looks at it
			return
		}
		p.remind.tell(notices, now)
		if len(notices) > 0 && p.win.Page() == ui.Review {
			p.reviews.Reload()
		}
	})
}

// since is what a rep was told of already.
type since struct {
	me    assist.ID
	told  time.Time
	start bool
}

// notices returns what the rep is to be told at now. At the start that is one sentence
// about all that waits, once a day, and again only when something has come since.
func (s since) notices(ctx context.Context, db *storage.DB, now time.Time) ([]notice, error) {
	if s.told.After(now) {
		s.told = now // the clock was set back
	}
	from, until := ledger.Reach(s.told, now)
	if s.start {
		from = time.Time{}
	}
	late, today := 0, 0
	var mine []assist.Promise
	for p, err := range db.Due(ctx, from, until) {
		if err != nil {
			return nil, fmt.Errorf("read the promises: %w", err)
		}
		if p.Rep != s.me || !p.Open() || p.Due.IsZero() {
			continue
		}
		switch ledger.GroupOf(p, now) {
		case ledger.Late:
			late++
		case ledger.Today:
			today++
		}
		mine = append(mine, p)
	}
	reminders := ledger.Reminders(mine, s.told, now)
	if s.start {
		if len(reminders) == 0 && assist.DateOf(s.told.In(now.Location())) == assist.DateOf(now) {
			return nil, nil
		}
		return summary(late, today), nil
	}
	if len(reminders) > mostReminders {
		return summary(counts(reminders)), nil
	}
	names := newNaming(db)
	out := make([]notice, 0, len(reminders))
	for _, r := range reminders {
		out = append(out, noticeOf(r, names.customer(ctx, r.Promise.Customer), now))
	}
	return out, nil
}

func counts(reminders []ledger.Reminder) (late, today int) {
	for _, r := range reminders {
		if r.Why == ledger.NowLate {
			late++
		} else {
			today++
		}
	}
	return late, today
}

// summary is one sentence about many promises: "3 promises are late, 2 are due today."
// There is none about none.
func summary(late, today int) []notice {
	words := ""
	switch {
	case late == 0 && today == 0:
		return nil
	case late == 0:
		words = say.Count(today, "promise") + are(today) + "due today."
	case today == 0:
		words = say.Count(late, "promise") + are(late) + "late."
	default:
		words = fmt.Sprintf("%s%slate, %d%sdue today.", say.Count(late, "promise"), are(late), today, are(today))
	}
	return []notice{{"Your promises", words}}
}

func are(n int) string {
	if n == 1 {
		return " is "
	}
	return " are "
}

func noticeOf(r ledger.Reminder, customer string, now time.Time) notice {
	clock := say.Clock(ledger.At(r.Promise, now.Location()))
	title := ""
	switch {
	case r.Why == ledger.DueToday:
		title = "Promised for today"
	case r.Why == ledger.Soon:
		title = "Promised for " + clock
	case r.Promise.AllDay:
		title = say.Count(max(-ledger.DaysTo(r.Promise, now), 1), "day") + " late"
	default:
		title = "Late since " + clock
	}
	if customer != "" {
		title += ": " + customer
	}
	return notice{title, r.Promise.Text}
}
