package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"ringside/assist"
	"ringside/assist/live"
	"ringside/storage/backup"
	"ringside/storage/secret"
	"ringside/ui/say"
)

type checkCmd struct {
	JSON bool `name:"json" help:"Print one JSON object."`
}

// Help tells what the list does not.
func (c *checkCmd) Help() string {
	return "Reads every record, compares the journal with the picture of it, and looks through the library and the log of who did what. Exit code 1 when something is wrong."
}

// checked is what was found, as --json prints it.
type checked struct {
	Dir        string              `json:"dir"`
	Key        string              `json:"key"`
	Counts     map[assist.Type]int `json:"counts"`
	Operations uint64              `json:"operations"`
	// Wrong breaks a promise of the store or the library; Remarks are for a trainer.
	Wrong   []string `json:"wrong"`
	Remarks []string `json:"remarks"`
	Backup  string   `json:"backup"` // when the last one was made, in words
}

func (c *checkCmd) Run(p *program) error {
	return p.inHouse(false, func(h *house) error {
		found, err := h.check(p)
		if err != nil {
			return err
		}
		if c.JSON {
			err = json.NewEncoder(p.stdout).Encode(found)
		} else {
			err = printChecked(p, found)
		}
		if err == nil && len(found.Wrong) > 0 {
			return &assist.Fault{What: say.Count(len(found.Wrong), "thing") + " in the data folder are not as they should be", Where: h.dir,
				Do: "Make a copy of the whole folder before you do anything else.", Err: assist.ErrInvalid}
		}
		return err
	})
}

// check looks through the store and the library.
func (h *house) check(p *program) (checked, error) {
	report, err := h.db.Check(p.ctx)
	if err != nil {
		return checked{}, err
	}
	found := checked{Dir: h.dir, Counts: report.Counts, Operations: report.Operations,
		Wrong: append([]string{}, report.Wrong...), Remarks: []string{}}
	key, err := secret.StateOf(h.dir)
	if err != nil {
		return found, err
	}
	found.Key = key.Where
	breaks, err := h.log.Verify(p.ctx)
	if err != nil {
		return found, err
	}
	for _, b := range breaks {
		found.Wrong = append(found.Wrong, b.String()+".")
	}
	answers, err := all[assist.Answer](p.ctx, h.db)
	if err != nil {
		return found, err
	}
	prompts, err := all[assist.Prompt](p.ctx, h.db)
	if err != nil {
		return found, err
	}
	var lib live.Library
	if err := readTalk(p.ctx, h.db, &lib); err != nil {
		return found, err
	}
	team, err := all[assist.Rep](p.ctx, h.db)
	if err != nil {
		return found, err
	}
	for _, r := range (assist.Pack{Answers: answers, Prompts: prompts, Tact: lib.Tact, Subjects: lib.Subjects, Deals: lib.Deals}).Records() {
		if err := r.Validate(); err != nil {
			found.Wrong = append(found.Wrong, sentence(err))
		}
	}
	dir, err := h.backupDir(p.ctx)
	if err != nil {
		return found, err
	}
	files, err := backup.List(dir, h.db.Name())
	if err != nil {
		return found, &assist.Fault{What: "the backups cannot be listed", Where: dir, Err: err}
	}
	found.Backup = lastBackup(files, p.now())
	found.Remarks = append(found.Remarks, libraryRemarks(answers, team, p.now())...)
	return found, nil
}

// libraryRemarks says what a trainer may want to look at.
func libraryRemarks(answers []assist.Answer, team []assist.Rep, now time.Time) (remarks []string) {
	known := map[assist.ID]bool{"": true}
	for _, rep := range team {
		known[rep.ID] = true
	}
	said := map[string]assist.ID{}
	var stale, nobodys, doubles []string
	for _, a := range answers {
		if a.Stale(now) {
			stale = append(stale, string(a.ID))
		}
		if !known[a.Owner] {
			nobodys = append(nobodys, string(a.ID))
		}
		for _, phrase := range a.Phrasings {
			phrase = strings.ToLower(flat(phrase))
			if other, ok := said[phrase]; ok && other != a.ID {
				doubles = append(doubles, fmt.Sprintf("%q leads to %s and to %s", phrase, other, a.ID))
			}
			said[phrase] = a.ID
		}
	}
	for _, r := range []struct {
		what string
		ids  []string
	}{{"to be verified again", stale}, {"with an owner who is not on the team", nobodys}} {
		if len(r.ids) > 0 {
			remarks = append(remarks, say.Count(len(r.ids), "answer")+" "+r.what+": "+few(r.ids))
		}
	}
	return append(remarks, doubles...)
}

// few names the first five.
func few(names []string) string {
	if len(names) <= 5 {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:5], ", "), len(names)-5)
}

func printChecked(p *program, found checked) error {
	fmt.Fprintf(p.stdout, "%s holds %s, in %s.\n%s\n", found.Dir, counted(found.Counts), say.Count(int(found.Operations), "write"), found.Key+"\n"+found.Backup)
	for _, r := range found.Remarks {
		fmt.Fprintf(p.stdout, "To look at: %s.\n", r)
	}
	for _, w := range found.Wrong {
		fmt.Fprintf(p.stdout, "Wrong: %s\n", w)
	}
	if len(found.Wrong) == 0 {
		fmt.Fprintln(p.stdout, "Everything is as it should be.")
	}
	return nil
}
