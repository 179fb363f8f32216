package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"ringside/assist"
	"ringside/ui/say"
)

type importPackCmd struct {
	Dir    string `arg:"" help:"The folder with the pack's Markdown files."`
	DryRun bool   `help:"Say what would become of it, and keep nothing."`
	JSON   bool   `name:"json" help:"Print one JSON object."`
}

// Help tells what the list does not.
func (c *importPackCmd) Help() string {
	return "Every file is checked first. When one is wrong, all that is wrong is listed by file and line and nothing is kept. " +
		"A folder that the library was exported to comes back with what was changed there; what was changed here meanwhile stays, and where both changed one thing both versions are kept."
}

func (c *importPackCmd) Run(p *program) error {
	dir := p.path(c.Dir)
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return &assist.Fault{What: "this is not a folder", Where: dir, Do: "Name the folder that holds the pack's Markdown files.",
			Err: errors.Join(assist.ErrNotFound, err)}
	}
	base, err := readMemory(dir)
	if err != nil {
		return err
	}
	taken, err := readPack(dir)
	if err != nil {
		return refused(p, "the pack", dir, err)
	}
	if len(taken.Records()) == 0 {
		return &assist.Fault{What: "nothing of a pack is in this folder", Where: dir,
			Do: "A pack holds Markdown files, one an answer.", Err: assist.ErrInvalid}
	}
	if err := tried(p, taken.Tact); err != nil {
		return err
	}
	return p.inHouse(true, func(h *house) error {
		h.editing.Lock()
		defer h.editing.Unlock()
		in, err := weighPack(p.ctx, h, taken, base)
		if err == nil && !c.DryRun {
			err = h.perform(p.ctx, actImportPack, func() (int, error) { return wholly(in.Taken, in.keep(p.ctx, h, dir)) })
		}
		if err != nil {
			return err
		}
		return c.report(p, taken, in)
	})
}

// report says what became of the pack.
func (c *importPackCmd) report(p *program, taken assist.Pack, in incoming) error {
	if c.JSON {
		return json.NewEncoder(p.stdout).Encode(map[string]any{"pack": taken.Name, "answers": len(taken.Answers), "prompts": len(taken.Prompts),
			"tact": len(taken.Tact), "subjects": len(taken.Subjects), "deals": len(taken.Deals), "questions": len(taken.Questions), "library": in})
	}
	words := contents(taken) + " are in the library now."
	if c.DryRun {
		words = contents(taken) + " would be in the library; nothing was kept."
	}
	words += fmt.Sprintf("\n%d taken, %d as they were.", in.Taken, in.Same)
	for _, more := range []struct {
		says string
		list []string
	}{
		{"Merged, since both sides had changed them", in.Merged},
		{"Changed here and in the folder: ours stands, and the folder’s waits under Changes", in.Review},
		{"Changed here and in the folder: ours stands, and the folder’s is in the folder alone", in.Left},
		{"Changed here since the export, so kept", in.Kept},
		{"No longer on the page of rules, so switched off", in.Off},
		{"Not in the folder any more, and still in the library", in.Gone},
	} {
		if len(more.list) > 0 {
			words += "\n" + more.says + ": " + upTo(mostNamed, more.list) + "."
		}
	}
	_, err := fmt.Fprintln(p.stdout, words)
	return err
}

const mostNamed = 12 // titles in a sentence

// upTo names the first n of a list, and says how many follow.
func upTo(n int, list []string) string {
	if len(list) <= n {
		return strings.Join(list, ", ")
	}
	return strings.Join(list[:n], ", ") + fmt.Sprintf(" and %d more", len(list)-n)
}

// contents says what is in a pack: "2 answers and 1 prompt".
func contents(p assist.Pack) string {
	parts := []string{say.Count(len(p.Answers), "answer"), say.Count(len(p.Prompts), "prompt")}
	for _, more := range []struct {
		n    int
		word string
	}{{len(p.Tact), "rule of tact"}, {len(p.Subjects), "name"}, {len(p.Deals), "deal"}, {len(p.Questions), "saved question"}} {
		if more.n > 0 {
			parts = append(parts, strings.Replace(say.Count(more.n, more.word), "rule of tacts", "rules of tact", 1))
		}
	}
	last := len(parts) - 1
	return strings.Join(parts[:last], ", ") + " and " + parts[last]
}

// refused lists every fault of what was to be taken in, one a line.
func refused(p *program, what, where string, err error) error {
	return &assist.Fault{What: say.Count(listed(p, err), "fault") + " in " + what + ", and nothing was kept", Where: where,
		Do: "Mend them and try again.", Err: assist.ErrInvalid}
}

// listed prints every fault of an error, one a line, and returns how many there are.
func listed(p *program, err error) int {
	faults := []error{err}
	var several interface{ Unwrap() []error }
	if errors.As(err, &several) {
		faults = several.Unwrap()
	}
	for _, f := range faults {
		fmt.Fprintln(p.stderr, sentence(f))
	}
	return len(faults)
}
