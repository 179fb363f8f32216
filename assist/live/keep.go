package live

import (
	"context"
	"errors"
	"slices"
	"time"

	"ringside/assist"
	"ringside/assist/mask"
)

// pack is a set of records that are saved together, and the drafts among them.
type pack struct {
	what    string // for people: what is not saved when it fails
	records []assist.Record
	drafts  []savedDraft
}

type savedDraft struct {
	t    *talk
	rev  uint64
	note string
	held bool // something is still kept back
}

// keeper knows what is not durable yet. One pack is saved at a time, in order, so
// that an older text can never win over a newer one.
type keeper struct {
	waiting []pack
	busy    bool
	failing bool
	retry   time.Time
}

// mark notes that something of the call is not durable.
func (d *Desk) mark(t *talk) {
	if t.idle() {
		return
	}
	now := time.Now()
	t.draft.rev++
	t.draft.last = now
	if t.draft.first.IsZero() {
		t.draft.first = now
	}
	d.keeper.retry = time.Time{}
}

// due is when the draft of a call must be saved; zero when it need not be.
func (d *Desk) due(t *talk) time.Time {
	if t.draft.rev == t.draft.saved || t.gone || !t.worth() {
		return time.Time{}
	}
	if t.draft.held == t.draft.rev {
		return t.draft.last.Add(hold)
	}
	due := t.draft.last.Add(pause)
	if most := t.draft.first.Add(atMost); most.Before(due) {
		due = most
	}
	return due
}

// draftOf is the draft of a call as it stands, without the end of a card number that is
// being typed: the number is hidden when it is whole, and what lay on the disk before it
// was would tell most of it. A number at which typing rests for long is none.
func (d *Desk) draftOf(t *talk) (assist.Draft, savedDraft) {
	r := assist.Draft{ID: t.call.ID, At: d.now(), Call: t.call, Note: t.note, Private: t.private, Heard: t.heard}
	if t.reply != nil {
		r.Reply, r.Prompt = t.reply.Text, t.reply.Prompt
	}
	held := false
	if time.Since(t.draft.last) < hold && d.ctx.Err() == nil {
		for _, text := range []*string{&r.Note, &r.Heard, &r.Reply} {
			whole := *text
			*text = mask.Unfinished(whole, nil)
			held = held || *text != whole
		}
	}
	return r, savedDraft{t, t.draft.rev, r.Note, held}
}

// save keeps records at once, and the draft of the call with them.
func (d *Desk) save(what string, t *talk, records ...assist.Record) {
	p := pack{what: what, records: records}
	if !t.gone && t.worth() {
		r, s := d.draftOf(t)
		if r.Validate() == nil {
			p.records = append(slices.Clip(records), r)
			p.drafts = []savedDraft{s}
			d.saving(t)
		}
	}
	d.keeper.waiting = append(d.keeper.waiting, p)
	d.keeper.retry = time.Time{}
	d.changed = true
}

// saving notes that what is there now is on its way to the disk.
func (d *Desk) saving(t *talk) {
	t.draft.first = time.Time{}
	t.drafted = true
}

// keep saves the next pack beside the desk, if there is one and its time has come.
func (d *Desk) keep() {
	k := &d.keeper
	if k.busy || k.failing && time.Now().Before(k.retry) {
		return
	}
	p, ok := d.nextPack(time.Now())
	if !ok {
		d.changed = d.changed || k.failing
		k.failing, d.trouble.save = false, ""
		return
	}
	k.busy = true
	ctx, store := context.WithoutCancel(d.ctx), d.cfg.Store
	d.beside(func() event { return saved{p, store.Save(ctx, p.records...)} })
}

// nextPack is what waits longest, else the drafts that are due at now.
func (d *Desk) nextPack(now time.Time) (pack, bool) {
	if len(d.keeper.waiting) > 0 {
		return d.keeper.waiting[0], true
	}
	p := pack{what: "Your note"}
	for _, t := range d.talks {
		due := d.due(t)
		if due.IsZero() || !d.keeper.failing && due.After(now) {
			continue
		}
		r, s := d.draftOf(t)
		if err := r.Validate(); err != nil {
			t.draft.saved = t.draft.rev
			d.trouble.refused = refusal("Your note", err)
			d.changed = true
			continue
		}
		p.records, p.drafts = append(p.records, r), append(p.drafts, s)
		d.saving(t)
	}
	return p, len(p.records) > 0
}

// saved is the outcome of a pack.
type saved struct {
	pack
	err error
}

func (s saved) apply(d *Desk) {
	k := &d.keeper
	k.busy = false
	d.changed = true
	head := len(k.waiting) > 0 && len(s.records) > 0 && same(k.waiting[0], s.pack)
	if s.err != nil {
		k.failing, k.retry = true, time.Now().Add(again)
		d.trouble.save = sentence(s.what+" is not on disk yet", s.err) + " It stays here, and saving is tried again every 2 seconds."
		if head && errors.Is(s.err, assist.ErrInvalid) {
			k.waiting = append(k.waiting[1:], k.waiting[0])
		}
		for _, sd := range s.drafts {
			sd.t.draft.first = sd.t.draft.last
		}
		return
	}
	k.failing = false
	d.trouble.save = ""
	if head {
		k.waiting = k.waiting[1:]
	}
	d.settleDrafts(s.drafts)
}

func (d *Desk) settleDrafts(drafts []savedDraft) {
	for _, s := range drafts {
		if s.held {
			s.t.draft.held = max(s.t.draft.held, s.rev)
		} else {
			s.t.draft.saved = max(s.t.draft.saved, s.rev)
		}
		s.t.draft.note = s.note
	}
}

// same reports whether two packs are one: packs are never empty and never share
// their records.
func same(a, b pack) bool { return &a.records[0] == &b.records[0] }

// arm sets the alarm for what has to be done next without any event.
func (d *Desk) arm(alarm *time.Timer) {
	next := d.askAt
	sooner := func(at time.Time) {
		if !at.IsZero() && (next.IsZero() || at.Before(next)) {
			next = at
		}
	}
	for _, t := range d.talks {
		sooner(t.rest)
		sooner(t.resting)
		sooner(t.looksAgain())
		if t != d.front && t.rings() {
			sooner(t.rung.Add(longestRing))
		}
	}
	if !d.keeper.busy {
		if d.keeper.failing {
			sooner(d.keeper.retry)
		} else {
			for _, t := range d.talks {
				sooner(d.due(t))
			}
		}
	}
	if next.IsZero() {
		alarm.Stop()
		return
	}
	alarm.Reset(max(time.Until(next), 0))
}

// flush saves, in front of everybody, what is left. It tries everything and
// returns what went wrong.
func (d *Desk) flush() error {
	ctx, stop := context.WithTimeout(context.WithoutCancel(d.ctx), lastWait)
	defer stop()
	var wrong error
	try := func(p pack) {
		if err := d.cfg.Store.Save(ctx, p.records...); err != nil {
			wrong = errors.Join(wrong, err)
			return
		}
		d.settleDrafts(p.drafts)
	}
	for _, p := range d.keeper.waiting {
		try(p)
	}
	d.keeper.waiting = nil
	d.keeper.failing = true // whatever is not durable is due now
	if p, ok := d.nextPack(time.Now()); ok {
		try(p)
	}
	return wrong
}

// valid reports whether the records can be kept, and tells the rep when not.
func (d *Desk) valid(what string, records ...assist.Record) bool {
	for _, r := range records {
		if err := r.Validate(); err != nil {
			d.trouble.refused = refusal(what, err)
			d.changed = true
			return false
		}
	}
	return true
}
