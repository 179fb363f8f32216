package main

import (
	"context"
	"errors"
	"fmt"

	"ringside/assist"
	"ringside/assist/curate"
	"ringside/storage/audit"
)

// act is what somebody does with the data of the house as a whole: the log of who did
// what tells of it, and roles decide who may.
type act struct {
	kind  audit.Kind
	what  string     // names nobody
	needs curate.Act // who may: Suggest is everybody
	of    assist.ID  // the customer whom it is about, or the rep
}

// The acts.
var (
	actImportCustomers = act{audit.Import, "customers", curate.Bring, ""}
	actImportOrders    = act{audit.Import, "orders", curate.Bring, ""}
	actImportNotes     = act{audit.Import, "notes", curate.Bring, ""}
	actImportCalls     = act{audit.Import, "calls", curate.Bring, ""}
	actImportPack      = act{audit.Import, "a pack", curate.Publish, ""}
	actImportRules     = act{audit.Import, "rules of tact", curate.Publish, ""}
	actImportSite      = act{audit.Import, "pages of the site", curate.Publish, ""}
	actImportAnswers   = act{audit.Import, "answers, as drafts", curate.Suggest, ""}

	actExportAll      = act{audit.Export, "everything", curate.Keep, ""}
	actExportPack     = act{audit.Export, "a pack", curate.Suggest, ""}
	actExportCalendar = act{audit.Export, "promises, as a calendar", curate.Suggest, ""}
	actExportPerson   = act{audit.Export, "one person", curate.Suggest, ""}
	actExportReport   = act{audit.Export, "a report", curate.Suggest, ""}

	actErase = act{audit.Erasure, "one person", curate.Keep, ""}
	actMerge = act{audit.Merge, "records of one person", curate.Suggest, ""}
	actPart  = act{audit.Merge, "a merge was taken back", curate.Suggest, ""}

	actSit     = act{audit.Role, "sits here from now on", curate.Suggest, ""}
	actAppoint = act{audit.Role, "", curate.Govern, ""} // what is the role
	actOpen    = act{audit.Setting, "opened wider: an endpoint, a door or the review of changes", curate.Keep, ""}

	actFound  = act{audit.Team, "founded a team", curate.Keep, ""}
	actJoin   = act{audit.Team, "joined a team", curate.Suggest, ""}
	actLeave  = act{audit.Team, "left the team", curate.Keep, ""}
	actInvite = act{audit.Team, "invited a desk", curate.Govern, ""}
	actRemove = act{audit.Team, "removed a desk from the team", curate.Govern, ""}
	actRaise  = act{audit.Team, "let a desk decide who is in the team", curate.Govern, ""}
	actLower  = act{audit.Team, "lets a desk decide no more who is in the team", curate.Govern, ""}

	actChangeKey = act{audit.Key, "", curate.Keep, ""} // what is the key
	actBackUp    = act{audit.Backup, "the whole store", curate.Suggest, ""}
	actRestore   = act{audit.Restore, "a backup", curate.Keep, ""}
)

// about is the act, done to somebody.
func (a act) about(who assist.ID) act {
	a.of = who
	return a
}

// saying is the act in other words.
func (a act) saying(what string) act {
	a.what = what
	return a
}

// perform does what who sits here may do, and writes in the log what was done, also where
// it was stopped in the middle. do returns how many records it was about. This is the one
// way to an act: the window and the commands both come here.
func (h *house) perform(ctx context.Context, a act, do func() (n int, err error)) error {
	if err := h.may(ctx, a.needs); err != nil {
		return err
	}
	n, err := do()
	if err != nil && n == 0 {
		return err
	}
	if noted := h.note(ctx, a, n); noted != nil {
		return errors.Join(err, noted)
	}
	return err
}

// wholly is how many records are kept by a write that keeps all or none.
func wholly(n int, err error) (int, error) {
	if err != nil {
		return 0, err
	}
	return n, nil
}

// may is nil when who sits here may do this.
func (h *house) may(ctx context.Context, needs curate.Act) error {
	me, team, err := h.sitting(ctx)
	if err != nil {
		return err
	}
	if curate.May(me, team, needs) {
		return nil
	}
	return onlyFor(needs)
}

// onlyFor says who may do this.
func onlyFor(needs curate.Act) error {
	who := "admins"
	if needs == curate.Publish || needs == curate.Bring {
		who = "trainers and admins"
	}
	return &assist.Fault{What: "only " + who + " may do this, and nothing was done", Do: "Ask one of them.", Err: assist.ErrInvalid}
}

// note writes in the log that who sits here did something to n records. It is written also
// when ctx has ended: it was done.
func (h *house) note(ctx context.Context, a act, n int) error {
	ctx = context.WithoutCancel(ctx)
	me, _, err := h.sitting(ctx)
	if err == nil {
		err = h.log.Add(ctx, audit.Entry{At: h.now(), Rep: me.ID, Name: me.Name, Kind: a.kind, What: a.what, Of: a.of, Count: n})
	}
	if err != nil {
		return fmt.Errorf("it was done, but the log of who did what does not say so: %w", err)
	}
	return nil
}

// sitting returns who sits here, and the team.
func (h *house) sitting(ctx context.Context) (me assist.Rep, team []assist.Rep, err error) {
	set, err := h.db.Settings(ctx)
	if err != nil {
		return me, nil, fmt.Errorf("read the settings: %w", err)
	}
	if team, err = all[assist.Rep](ctx, h.db); err != nil {
		return me, nil, fmt.Errorf("read the team: %w", err)
	}
	return member(team, set.Me), team, nil
}
