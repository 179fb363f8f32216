package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"ringside/assist"
	"ringside/storage"
	"ringside/storage/pack/foreign"
	"ringside/ui/say"
)

type importAnswersCmd struct {
	File   string `arg:"" help:"The file that the other tool exported."`
	From   string `enum:",textexpander,zendesk,guru,espanso,table,json" default:"" placeholder:"TOOL" help:"textexpander, zendesk, guru, espanso, table or json, where the file does not tell."`
	DryRun bool   `help:"Say what would become of it, and keep nothing."`
	JSON   bool   `name:"json" help:"Print one JSON object."`
}

// Help tells what the list does not.
func (c *importAnswersCmd) Help() string {
	return "Every answer comes as a draft, for a trainer to look at. When anything is wrong, all that is wrong is listed by file, line and column and nothing is kept. " +
		"The same export of a later day brings what is new in it; what was changed here meanwhile stays."
}

func (c *importAnswersCmd) Run(p *program) error {
	file := p.path(c.File)
	data, err := os.ReadFile(file)
	if err != nil {
		return &assist.Fault{What: "the file cannot be read", Where: file, Do: "Look whether it is there and may be read.", Err: errors.Join(assist.ErrNotFound, err)}
	}
	answers, err := foreign.Read(file, data, foreign.Format(c.From))
	if err != nil {
		return refused(p, "the file", file, err)
	}
	return p.inHouse(true, func(h *house) error {
		in, err := weighAnswers(p.ctx, h, file, answers)
		if err == nil && !c.DryRun && len(in.records) > 0 {
			err = h.perform(p.ctx, actImportAnswers, func() (int, error) { return wholly(in.Taken, h.db.Save(p.ctx, in.records...)) })
		}
		if err != nil {
			return err
		}
		return c.report(p, in)
	})
}

// report says what became of the answers.
func (c *importAnswersCmd) report(p *program, in brought) error {
	if c.JSON {
		return json.NewEncoder(p.stdout).Encode(in)
	}
	took, end := " taken as drafts", ""
	if in.Taken == 1 {
		took = " taken as a draft"
	}
	if c.DryRun {
		took, end = strings.Replace(took, "taken", "would be taken", 1), " Nothing was kept."
	}
	words := fmt.Sprintf("%s%s, %d as they were, %d changed here and kept.%s", say.Count(in.Taken, "answer"), took, in.Same, len(in.Kept), end)
	if len(in.Kept) > 0 {
		words += "\nKept: " + strings.Join(in.Kept, ", ") + "."
	}
	if len(in.Strangers) > 0 {
		words += "\nNobody here is called " + strings.Join(in.Strangers, " or ") + ", so these answers have no owner."
	}
	_, err := fmt.Fprintln(p.stdout, words)
	return err
}

// brought is what another tool's file makes of the library.
type brought struct {
	Taken     int      `json:"taken"`     // new, or changed in the file only
	Same      int      `json:"same"`      // in the library as the file has them
	Kept      []string `json:"kept"`      // changed here, or in both: ours stands
	Strangers []string `json:"strangers"` // owners who are none of us

	records []assist.Record // to be kept, in one write
	name    string          // of the file
	origin  string          // the same for the same export of another day
}

// weighAnswers compares what another tool's file has with the library. Nothing is kept.
func weighAnswers(ctx context.Context, h *house, file string, answers []assist.Answer) (brought, error) {
	in := brought{Kept: []string{}, Strangers: []string{}, name: filepath.Base(file)}
	in.origin = strings.Join(strings.FieldsFunc(strings.ToLower(in.name), func(c rune) bool { return !unicode.IsLetter(c) }), " ")
	reps, err := all[assist.Rep](ctx, h.db)
	if err != nil {
		return in, fmt.Errorf("read who is in the team: %w", err)
	}
	set, err := h.db.Settings(ctx)
	if err != nil {
		return in, fmt.Errorf("read the settings: %w", err)
	}
	for _, a := range answers {
		in.own(&a, reps)
		if err := in.weigh(ctx, h, a, set.Me); err != nil {
			return in, err
		}
	}
	return in, nil
}

// own gives an answer the rep whom the file calls its owner.
func (in *brought) own(a *assist.Answer, reps []assist.Rep) {
	if a.Owner == "" {
		return
	}
	i := slices.IndexFunc(reps, func(r assist.Rep) bool { return r.ID == a.Owner || foreign.ID(r.Name) == a.Owner })
	if i >= 0 {
		a.Owner = reps[i].ID
		return
	}
	if !slices.Contains(in.Strangers, string(a.Owner)) {
		in.Strangers = append(in.Strangers, string(a.Owner))
	}
	a.Owner = ""
}

// weigh decides on one answer. What a file brought is remembered as a version that was
// published, which names the file in the history of the answer, too.
func (in *brought) weigh(ctx context.Context, h *house, theirs assist.Answer, me assist.ID) error {
	for _, id := range []assist.ID{theirs.ID, in.aside(theirs.ID)} {
		theirs.ID = id
		ours, err := findAny(ctx, h.db, theirs)
		if err != nil {
			return err
		}
		memory := assist.IDFrom("import", in.origin, string(id))
		last, err := storage.Find[assist.Revision](ctx, h.db, memory)
		if err != nil && !errors.Is(err, assist.ErrNotFound) {
			return fmt.Errorf("find what was imported: %w", err)
		}
		known := err == nil
		switch {
		case ours != nil && fingerprint(ours) == theirs.Fingerprint():
			in.Same++
		case ours == nil, known && fingerprint(ours) == last.Next.Fingerprint():
			in.Taken++
			in.records = append(in.records, theirs, assist.Revision{ID: memory, Answer: id, Next: theirs, By: me, At: h.now(),
				Stage: assist.StagePublished, Judge: me, Decided: h.now(), Why: "Imported from " + in.name})
		case known:
			in.Kept = append(in.Kept, nameOf(ours))
		default:
			continue // an answer from elsewhere has this id
		}
		return nil
	}
	in.Kept = append(in.Kept, theirs.Title) // it came back by a pack, which does not tell where it is from
	return nil
}

// aside is the id for an answer whose own an answer from elsewhere has.
func (in *brought) aside(id assist.ID) assist.ID {
	return id[:min(len(id), 51)] + "-" + assist.IDFrom("import", in.origin, string(id))[:8]
}
