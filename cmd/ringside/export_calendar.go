package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"ringside/assist"
	"ringside/storage/ical"
)

// toCalendar writes the promises that wait as one calendar file.
func (c *exportCmd) toCalendar(p *program, types []assist.Type) error {
	if !slices.Contains(types, assist.TypePromise) {
		return usage("a calendar holds promises", "Leave --only away, or choose another --format.")
	}
	return p.inHouse(false, func(h *house) error {
		promises, err := forCalendar(p.ctx, h)
		if err != nil {
			return err
		}
		var b bytes.Buffer
		n, err := ical.Write(&b, promises, p.now())
		if err != nil {
			return err
		}
		to := p.path(orElse(c.To, "ringside-"+p.now().Format("2006-01-02")+".ics"))
		err = h.perform(p.ctx, actExportCalendar, func() (int, error) {
			if c.To == "-" {
				_, err := p.stdout.Write(b.Bytes())
				return n, err
			}
			return wholly(n, writeNew(to, b.Bytes()))
		})
		if err != nil || c.To == "-" {
			return err
		}
		if c.JSON {
			return json.NewEncoder(p.stdout).Encode(map[string]any{"to": to, "counts": map[assist.Type]int{assist.TypePromise: n}})
		}
		_, err = fmt.Fprintf(p.stdout, "Wrote %s to %s.\n", counted(map[assist.Type]int{assist.TypePromise: n}), to)
		return err
	})
}

// forCalendar reads the promises that wait.
func forCalendar(ctx context.Context, h *house) ([]ical.Promise, error) {
	names := newNaming(h.db)
	var out []ical.Promise
	for q, err := range h.db.Due(ctx, time.Time{}, time.Time{}) {
		if err != nil {
			return nil, fmt.Errorf("read the promises: %w", err)
		}
		out = append(out, ical.Promise{Promise: q, CustomerName: names.customer(ctx, q.Customer), RepName: names.rep(ctx, q.Rep)})
	}
	return out, nil
}

// writeNew writes a file for its user alone, whole or not at all, and over nothing.
func writeNew(to string, b []byte) error {
	switch _, err := os.Lstat(to); {
	case err == nil:
		return &assist.Fault{What: "something has this name, and an export writes over nothing", Where: to, Do: "Name a new file."}
	case !errors.Is(err, os.ErrNotExist):
		return cannotExport(to, err)
	}
	tmp, err := os.CreateTemp(filepath.Dir(to), ".ringside-export-*") // 0600
	if err != nil {
		return cannotExport(to, err)
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.Write(b)
	if err = errors.Join(err, tmp.Close()); err == nil {
		err = os.Rename(tmp.Name(), to)
	}
	if err != nil {
		return cannotExport(to, err)
	}
	return nil
}
