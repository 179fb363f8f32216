package main

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"ringside/storage/audit"
	"ringside/ui"
	"ringside/ui/async"
	"ringside/ui/safety"
)

// kindNames are the kinds of the log as its part of the settings calls them.
var kindNames = map[audit.Kind]string{audit.Import: "Imports", audit.Export: "Exports", audit.Erasure: "Erasures", audit.Merge: "Merges", audit.Key: "Keys",
	audit.Role: "Roles and seats", audit.Setting: "Settings", audit.Backup: "Backups", audit.Restore: "Restores", audit.Team: "The team"}

// logPart makes the part of the settings with who did what.
func (p *pages) logPart() safety.Part {
	var kinds []safety.LogKind
	for _, k := range audit.Kinds() {
		kinds = append(kinds, safety.LogKind{Kind: string(k), Name: kindNames[k]})
	}
	l := safety.NewLog(kinds)
	l.Now = p.r.now
	post, asked := p.postTo(ui.Settings), 0
	l.OnLoad = func(ask safety.LogAsk) {
		asked++
		this := asked
		async.Load(post, func(ctx context.Context) (safety.LogPage, error) { return p.r.logPage(ctx, ask) }, func(page safety.LogPage, err error) {
			if err != nil {
				p.win.Fault(err)
			} else if this == asked { // or something else was asked for meanwhile
				l.Set(page)
			}
		})
	}
	l.OnSave = func(ask safety.LogAsk) {
		async.Load(post, func(ctx context.Context) (string, error) { return p.r.logText(ctx, ask) }, func(text string, err error) {
			if err != nil {
				p.win.Fault(err)
				return
			}
			p.saveText("ringside-log-"+day(p.r.now())+".txt", text)
		})
	}
	return safety.Part{Object: l.Object(), Reload: l.Reload}
}

// note writes in the log what the window itself did.
func (p *pages) note(a act, n int) {
	async.Go(p.post, func(ctx context.Context) error {
		h, err := p.r.store.wait(ctx)
		if err != nil {
			return err
		}
		return h.note(ctx, a, n)
	}, p.win.Fault)
}

// logPage reads what is asked for of the log.
func (r *running) logPage(ctx context.Context, ask safety.LogAsk) (p safety.LogPage, err error) {
	h, err := r.store.wait(ctx)
	if err != nil {
		return p, err
	}
	who := map[string]bool{}
	most := ask.Most
	if most == 0 {
		most = allEntries
	}
	list, err := h.log.Entries(func(e audit.Entry) bool {
		who[whoDid(e)] = true
		return (ask.Kind == "" || ask.Kind == string(e.Kind)) && (ask.Who == "" || ask.Who == whoDid(e)) && !e.At.Before(ask.From)
	}, 0, allEntries)
	breaks, broken := h.log.Verify(ctx)
	if err = errors.Join(err, broken); err != nil {
		return p, err
	}
	for _, e := range list[:min(len(list), most)] {
		p.Entries = append(p.Entries, safety.LogEntry{At: e.At, Who: whoDid(e), What: capital(entryWords(e))})
	}
	for _, b := range breaks {
		p.Changed = append(p.Changed, capital(b.String())+".")
	}
	p.More, p.Who = len(list) > most, slices.Sorted(maps.Keys(who))
	return p, nil
}

// logText is what is asked for as a text, a line each.
func (r *running) logText(ctx context.Context, ask safety.LogAsk) (string, error) {
	p, err := r.logPage(ctx, ask)
	lines := p.Changed
	for _, e := range p.Entries {
		lines = append(lines, logLine(e.At, e.Who, e.What))
	}
	return strings.Join(lines, "\n") + "\n", err
}
