package main

import (
	"encoding/json"
	"fmt"

	"ringside/assist"
	"ringside/storage/pack"
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
			err = writePack(to, lib)
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

func writePack(to string, lib assist.Pack) error {
	if err := pack.Write(to, lib); err != nil {
		return cannotExport(to, err)
	}
	if err := remember(to, lib); err != nil {
		return cannotExport(to, err)
	}
	return nil
}
