package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"ringside/assist"
	"ringside/storage"
	"ringside/storage/pack"
)

// readPack reads a folder that nobody changes meanwhile. What it holds outside itself, by
// links, is not read.
func readPack(dir string) (assist.Pack, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return assist.Pack{}, cannotReadFolder(dir, err)
	}
	defer root.Close()
	before := stamps(dir)
	p, err := pack.Read(root.FS())
	if name := firstOther(before, stamps(dir)); name != "" {
		return assist.Pack{}, &assist.Fault{What: "the file was changed while the folder was read", Where: name,
			Do: "Try again when nobody writes there.", Err: assist.ErrInvalid}
	}
	if errors.Is(err, fs.ErrPermission) && !errors.Is(err, assist.ErrInvalid) { // of the folder itself
		return p, cannotReadFolder(dir, err)
	}
	return p, err
}

func cannotReadFolder(dir string, err error) error {
	return &assist.Fault{What: "this folder cannot be read: " + reason(err), Where: dir, Do: "Give yourself the right to read it, or copy it to another place.", Err: err}
}

// firstOther returns the first name that is not the same in both; empty when all are.
func firstOther(a, b map[string]string) (first string) {
	for _, m := range []map[string]string{a, b} {
		for name := range m {
			if a[name] != b[name] && (first == "" || name < first) {
				first = name
			}
		}
	}
	return first
}

// stamps tells by size and time of each file whether it has changed. Names that begin with a
// dot are no part of a pack: git writes there.
func stamps(dir string) map[string]string {
	out := map[string]string{}
	_ = filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return nil // pack.Read says so
		case strings.HasPrefix(d.Name(), ".") && name != dir && d.IsDir():
			return fs.SkipDir
		case strings.HasPrefix(d.Name(), "."), d.IsDir():
			return nil
		}
		if info, err := d.Info(); err == nil {
			out[name] = fmt.Sprint(info.Size(), " ", info.ModTime().UnixNano())
		}
		return nil
	})
	return out
}

// wholeLibrary is the library as a pack. The bytes of files that no answer has stay out.
func wholeLibrary(ctx context.Context, db *storage.DB) (p assist.Pack, err error) {
	var errs [6]error
	p.Answers, errs[0] = all[assist.Answer](ctx, db)
	p.Prompts, errs[1] = all[assist.Prompt](ctx, db)
	p.Tact, errs[2] = rulesInForce(ctx, db)
	p.Subjects, errs[3] = all[assist.Subject](ctx, db)
	p.Deals, errs[4] = all[assist.Deal](ctx, db)
	p.Questions, errs[5] = all[assist.Question](ctx, db)
	if err := errors.Join(errs[:]...); err != nil {
		return p, fmt.Errorf("read the library: %w", err)
	}
	seen := map[assist.ID]bool{}
	for _, a := range p.Answers {
		for _, f := range a.Files {
			if seen[f.Blob] {
				continue
			}
			seen[f.Blob] = true
			b, err := storage.Find[assist.Blob](ctx, db, f.Blob)
			if err != nil {
				return p, fmt.Errorf("read the file %s of %s: %w", f.Name, a.Title, err)
			}
			p.Blobs = append(p.Blobs, b)
		}
	}
	return p, nil
}
