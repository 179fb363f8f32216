package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"ringside/assist"
	"ringside/storage"
	"ringside/storage/pack"
	"ringside/ui/say"
)

// toPack writes the library into a folder, and has the folder remember what it got.
func (c *exportCmd) toPack(p *program) error {
	if c.To == "" || c.To == "-" || c.Only != "" {
		return usage("a pack is written into a folder, as a whole", "Name the folder with --to.")
	}
	to := p.path(c.To)
	return p.inHouse(false, func(h *house) error {
		lib, err := wholeLibrary(p.ctx, h.db)
		if err == nil {
			err = h.perform(p.ctx, actExportPack, func() (int, error) { return wholly(len(lib.Records()), writePack(p.ctx, h.db, to, lib)) })
		}
		if errors.Is(err, assist.ErrInvalid) {
			return &assist.Fault{What: say.Count(listed(p, err), "file") + " in the way, and nothing was written", Where: to, Do: "Do that first, or name a new folder.", Err: err}
		}
		if err != nil {
			return err
		}
		if c.JSON {
			return json.NewEncoder(p.stdout).Encode(map[string]any{"to": to, "answers": len(lib.Answers), "prompts": len(lib.Prompts)})
		}
		_, err = fmt.Fprintf(p.stdout, "Wrote %s to %s.\n", contents(lib), to)
		return err
	})
}

// writePack writes over nothing that the library never had: what somebody changed in the
// folder and did not bring in stays there.
func writePack(ctx context.Context, db *storage.DB, to string, lib assist.Pack) error {
	err := pack.Write(to, lib, func(r assist.Record) bool { return everHad(ctx, db, r) })
	if errors.Is(err, assist.ErrInvalid) {
		return err
	}
	if err == nil {
		err = remember(to, lib)
	}
	if err != nil {
		return cannotExport(to, err)
	}
	return nil
}

// everHad reports whether the library has, or once had, a record of a folder as it stands
// there.
func everHad(ctx context.Context, db *storage.DB, r assist.Record) bool {
	_, had, err := versionOf(ctx, db, r, fingerprint(r))
	return had && err == nil
}
