package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"ringside/assist"
)

// benchPack measures how long a library takes to go out to an empty folder, and to come from
// there into an empty store. It fails when a second export is another.
func benchPack(b *callBench, answers []assist.Answer) ([]figure, error) {
	from, err := openHouse(b.ctx, filepath.Join(b.tmp, "pack-from"), b.now)
	if err != nil {
		return nil, err
	}
	defer from.Close()
	bulk := from.db.Bulk(b.ctx)
	for _, a := range answers {
		err = errors.Join(err, bulk.Add(a))
	}
	if err := errors.Join(err, bulk.Close()); err != nil {
		return nil, err
	}
	dir, again := filepath.Join(b.tmp, "pack"), filepath.Join(b.tmp, "pack-again")
	out, err := timed(func() error { return exportPack(b.ctx, from, dir) })
	if err != nil {
		return nil, err
	}
	if err := errors.Join(exportPack(b.ctx, from, again), sameFolders(dir, again)); err != nil {
		return nil, err
	}
	to, err := openHouse(b.ctx, filepath.Join(b.tmp, "pack-to"), b.now)
	if err != nil {
		return nil, err
	}
	defer to.Close()
	in, err := timed(func() error { return importPack(b.ctx, to, dir) })
	if err != nil {
		return nil, err
	}
	note := fmt.Sprintf("%d answers, each a file", len(answers))
	return []figure{
		{Name: "pack_export_s", Value: out.Seconds(), Limit: 5, Note: note + "; the second export is the same, byte for byte"},
		{Name: "pack_import_s", Value: in.Seconds(), Limit: 5, Note: note + "; read, compared and durable"},
	}, nil
}

func timed(work func() error) (time.Duration, error) {
	start := time.Now()
	err := work()
	return time.Since(start), err
}

func exportPack(ctx context.Context, h *house, dir string) error {
	lib, err := wholeLibrary(ctx, h.db)
	if err != nil {
		return err
	}
	return writePack(ctx, h.db, dir, lib)
}

func importPack(ctx context.Context, h *house, dir string) error {
	base, err := readMemory(dir)
	if err != nil {
		return err
	}
	p, err := readPack(dir)
	if err != nil {
		return err
	}
	in, err := weighPack(ctx, h, p, base)
	if err != nil {
		return err
	}
	return in.keep(ctx, h, dir)
}

// sameFolders fails unless both folders hold the same files with the same bytes.
func sameFolders(a, b string) error {
	files := 0
	err := filepath.WalkDir(a, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		rel, err := filepath.Rel(a, name)
		if err != nil {
			return err
		}
		one, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		two, err := os.ReadFile(filepath.Join(b, rel))
		if err == nil && !bytes.Equal(one, two) {
			err = fmt.Errorf("%s is another the second time", rel)
		}
		return err
	})
	if err == nil && files == 0 {
		err = fmt.Errorf("%s is empty", a)
	}
	return err
}
