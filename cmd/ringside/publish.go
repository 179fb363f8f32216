package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"ringside/assist"
	"ringside/assist/curate"
	"ringside/assist/search"
	"ringside/storage"
	"ringside/ui/library/changes"
	"ringside/ui/library/edit"
)

// editSource is the store as those who write answers need it.
type editSource struct{ r *running }

// me returns who sits here.
func (s editSource) me(ctx context.Context, h *house) (assist.ID, error) {
	set, err := h.db.Settings(ctx)
	if err != nil {
		return "", fmt.Errorf("read the settings: %w", err)
	}
	return set.Me, nil
}

// Keep implements edit.Source. A revision on which somebody else has decided meanwhile
// stays as it is: what is typed is then kept as one of its own.
func (s editSource) Keep(ctx context.Context, records ...assist.Record) error {
	h, err := s.r.store.wait(ctx)
	if err != nil {
		return err
	}
	h.editing.Lock()
	defer h.editing.Unlock()
	for i, r := range records {
		if rev, ok := r.(assist.Revision); ok {
			if records[i], err = s.own(ctx, h, rev); err != nil {
				return err
			}
		}
	}
	return h.db.Save(ctx, records...)
}

// own returns the revision as it is to be kept.
func (s editSource) own(ctx context.Context, h *house, rev assist.Revision) (assist.Revision, error) {
	kept, err := storage.Find[assist.Revision](ctx, h.db, rev.ID)
	switch {
	case errors.Is(err, assist.ErrNotFound):
		return rev, nil
	case err != nil:
		return rev, fmt.Errorf("find the change: %w", err)
	case kept.Open() || kept.Stage == assist.StageDeclined && kept.Judge == kept.By:
		return rev, nil // what its author threw away can be put back
	}
	if rev.By, err = s.me(ctx, h); err != nil {
		return rev, err
	}
	rev.ID = assist.IDFrom("after it was decided", string(rev.ID), string(rev.By))
	if rev.Stage == assist.StageReview {
		rev.Stage = assist.StageDraft
	}
	return rev, nil
}

// Publish implements edit.Source.
func (s editSource) Publish(ctx context.Context, rev assist.Revision) (edit.Outcome, error) {
	h, err := s.r.store.wait(ctx)
	if err != nil {
		return edit.Outcome{}, err
	}
	judge, err := s.me(ctx, h)
	if err != nil {
		return edit.Outcome{}, err
	}
	return s.r.publishRevision(ctx, rev, judge)
}

// publishRevision makes rev.Next the answer, with what others changed since rev.Base, and
// closes the questions that it answers and the flags that it settles: all in one write, or
// nothing. With conflicts nothing is written.
func (r *running) publishRevision(ctx context.Context, rev assist.Revision, judge assist.ID) (out edit.Outcome, err error) {
	h, err := r.store.wait(ctx)
	if err != nil {
		return out, err
	}
	if err := allowed(ctx, h, judge, curate.Publish); err != nil {
		return out, err
	}
	h.editing.Lock()
	defer h.editing.Unlock()
	if rev, err = (editSource{r}).own(ctx, h, rev); err != nil {
		return out, err
	}
	if out, err = together(ctx, h, rev); err != nil || len(out.Conflicts) > 0 {
		return out, err
	}
	if out.Answer.Off && !rev.Next.Off {
		return edit.Outcome{}, outOfUse(ctx, h, out.Answer)
	}
	rev.Next = out.Answer
	rev.Stage, rev.Judge, rev.Decided = assist.StagePublished, judge, h.now()
	records := []assist.Record{rev.Next, rev}
	closing, err := closedWith(ctx, h, rev)
	if err != nil {
		return out, err
	}
	if err := h.db.Save(ctx, append(records, closing...)...); err != nil {
		return out, err
	}
	return out, nil
}

// outOfUse says that a change of an answer would be found by nobody.
func outOfUse(ctx context.Context, h *house, a assist.Answer) error {
	fault := &assist.Fault{What: "this answer was taken out of use meanwhile", Where: a.Title,
		Do: "What you wrote is kept. Bring an earlier version back first.", Err: assist.ErrInvalid}
	if a.Into == "" {
		return fault
	}
	into, err := storage.Find[assist.Answer](ctx, h.db, a.Into)
	if err != nil {
		return fmt.Errorf("find the answer that says it now: %w", err)
	}
	fault.What, fault.Do = "this answer went into another meanwhile", "What you wrote is kept. Write it into “"+into.Title+"”, which says it now."
	return fault
}

// allowed is nil when the rep may do this.
func allowed(ctx context.Context, h *house, rep assist.ID, act curate.Act) error {
	team, err := all[assist.Rep](ctx, h.db)
	if err != nil {
		return fmt.Errorf("read the team: %w", err)
	}
	if !curate.May(member(team, rep), team, act) {
		return &assist.Fault{What: "only trainers can publish or decline a change", Do: "Send it to be reviewed.", Err: assist.ErrInvalid}
	}
	return nil
}

func member(team []assist.Rep, id assist.ID) assist.Rep {
	for _, rep := range team {
		if rep.ID == id {
			return rep
		}
	}
	return assist.Rep{ID: id}
}

// together puts a revision and the answer as it stands now together.
func together(ctx context.Context, h *house, rev assist.Revision) (out edit.Outcome, err error) {
	out.Answer = rev.Next
	out.Answer.Draft = false
	now, err := storage.Find[assist.Answer](ctx, h.db, rev.Answer)
	if errors.Is(err, assist.ErrNotFound) {
		return out, nil
	}
	if err != nil {
		return out, fmt.Errorf("find the answer: %w", err)
	}
	if now.Fingerprint() == rev.Base {
		return out, nil
	}
	past, err := h.db.History(ctx, assist.TypeAnswer, rev.Answer)
	if err != nil {
		return out, fmt.Errorf("read the versions of the answer: %w", err)
	}
	base := assist.Answer{ID: rev.Answer} // where nobody knows what By began with
	for _, v := range past {
		if a, ok := v.Record.(assist.Answer); ok && a.Fingerprint() == rev.Base {
			base = a
			break
		}
	}
	ours := out.Answer
	now.Draft, base.Draft = false, false
	out.Answer, out.Conflicts = curate.Merge(base, ours, now)
	out.Other, _ = curate.Merge(base, now, ours)
	out.Merged = true
	out.Theirs, out.By = now, past[0].Rep
	return out, nil
}

// closedWith returns the questions and the flags that a revision closes, as they are then.
// Those that are closed already stay as they are.
func closedWith(ctx context.Context, h *house, rev assist.Revision) (out []assist.Record, err error) {
	for _, id := range rev.Gaps {
		g, err := storage.Find[assist.Gap](ctx, h.db, id)
		switch {
		case errors.Is(err, assist.ErrNotFound):
			continue
		case err != nil:
			return nil, fmt.Errorf("find the question: %w", err)
		case g.Closed.IsZero():
			g.Closed, g.Answer = rev.Decided, rev.Answer
			out = append(out, g)
		}
	}
	for _, id := range rev.Flags {
		f, err := storage.Find[assist.Flag](ctx, h.db, id)
		switch {
		case errors.Is(err, assist.ErrNotFound):
			continue
		case err != nil:
			return nil, fmt.Errorf("find the flag: %w", err)
		case f.Closed.IsZero():
			f.Closed, f.By, f.Fixed = rev.Decided, rev.Judge, true
			out = append(out, f)
		}
	}
	return out, nil
}

// Decline implements changes.Source.
func (s editSource) Decline(ctx context.Context, id assist.ID, words string) error {
	h, err := s.r.store.wait(ctx)
	if err != nil {
		return err
	}
	judge, err := s.me(ctx, h)
	if err == nil {
		err = allowed(ctx, h, judge, curate.Publish)
	}
	if err != nil {
		return err
	}
	h.editing.Lock()
	defer h.editing.Unlock()
	rev, err := storage.Find[assist.Revision](ctx, h.db, id)
	if err != nil {
		return fmt.Errorf("find the change: %w", err)
	}
	if rev.Stage != assist.StageReview {
		return &assist.Fault{What: "this change is not to be reviewed any more", Do: "Look at the list again.", Err: assist.ErrInvalid}
	}
	rev.Stage, rev.Judge, rev.Decided, rev.Verdict = assist.StageDeclined, judge, h.now(), words
	return h.db.Save(ctx, rev)
}

// Versions implements edit.Source.
func (s editSource) Versions(ctx context.Context, answer assist.ID) (out []edit.Version, err error) {
	h, err := s.r.store.wait(ctx)
	if err != nil {
		return nil, err
	}
	past, err := h.db.History(ctx, assist.TypeAnswer, answer)
	if err != nil {
		return nil, fmt.Errorf("read the versions of the answer: %w", err)
	}
	names := map[string]assist.Revision{} // by what was published
	err = eachOf(ctx, h.db, func(rev assist.Revision) error {
		if rev.Answer == answer && rev.Stage == assist.StagePublished {
			names[rev.Next.Fingerprint()] = rev
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the changes: %w", err)
	}
	for _, v := range past {
		a, ok := v.Record.(assist.Answer)
		if !ok {
			continue // a newer program wrote it
		}
		one := edit.Version{Answer: a, At: v.At, By: v.Rep}
		if rev, ok := names[a.Fingerprint()]; ok {
			one.Why, one.By = rev.Why, rev.By
		}
		out = append(out, one)
	}
	return out, nil
}

// Blob implements edit.Source.
func (s editSource) Blob(ctx context.Context, id assist.ID) ([]byte, error) {
	h, err := s.r.store.wait(ctx)
	if err != nil {
		return nil, err
	}
	b, err := storage.Find[assist.Blob](ctx, h.db, id)
	return b.Data, err
}

// Prove implements edit.Source and changes.Source.
func (s editSource) Prove(ctx context.Context, rev assist.Revision) (out edit.Proof, err error) {
	h, err := s.r.store.wait(ctx)
	if err != nil {
		return out, err
	}
	lib, err := h.shelf.library(ctx)
	if err != nil {
		return out, err
	}
	asked, err := all[assist.Question](ctx, h.db)
	if err != nil {
		return out, fmt.Errorf("read the saved questions: %w", err)
	}
	next := rev.Next
	next.Draft = false
	if ix, ok := lib.Index.(*search.Index); ok {
		if out.Change, err = curate.Try(ctx, ix, asked, next); err != nil {
			return out, err
		}
	}
	out.Others, err = othersAt(ctx, h, rev)
	return out, err
}

// othersAt returns who else is changing the answer of a revision: since they began, or
// since they sent it.
func othersAt(ctx context.Context, h *house, rev assist.Revision) (out []edit.Other, err error) {
	err = eachOf(ctx, h.db, func(other assist.Revision) error {
		if other.Answer != rev.Answer || other.ID == rev.ID || !other.Open() || other.By == rev.By {
			return nil
		}
		o := edit.Other{By: other.By, Since: other.At, Sent: other.Stage == assist.StageReview}
		if past, err := h.db.History(ctx, assist.TypeRevision, other.ID); err == nil && !o.Sent {
			o.Since = past[len(past)-1].At
		}
		out = append(out, o)
		return nil
	})
	return out, err
}

// decidedFor is how long an author sees what became of a change.
const decidedFor = 30 * 24 * time.Hour

// Changes implements changes.Source.
func (s editSource) Changes(ctx context.Context) (out []changes.Row, err error) {
	h, err := s.r.store.wait(ctx)
	if err != nil {
		return nil, err
	}
	me, err := s.me(ctx, h)
	if err != nil {
		return nil, err
	}
	err = eachOf(ctx, h.db, func(rev assist.Revision) error {
		own := rev.By == me
		lately := own && rev.Judge != me && h.now().Sub(rev.Decided) < decidedFor
		if rev.Stage == assist.StageReview || own && rev.Stage == assist.StageDraft || lately && !rev.Open() {
			out = append(out, changes.Row{Revision: rev})
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the changes: %w", err)
	}
	for i := range out {
		a, err := storage.Find[assist.Answer](ctx, h.db, out[i].Answer)
		if err != nil && !errors.Is(err, assist.ErrNotFound) {
			return nil, fmt.Errorf("find the answer: %w", err)
		}
		out[i].Now = a
	}
	slices.SortStableFunc(out, func(a, b changes.Row) int { return b.At.Compare(a.At) })
	return out, nil
}
