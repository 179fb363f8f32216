package folder

import (
	"context"
	"errors"
	"os"
	"path"
	"strings"
	"time"
)

// leftFor is how long what was left for somebody is kept.
const leftFor = 14 * 24 * time.Hour

// placeFile is the file for a place.
func placeFile(place string) (dir, name string) {
	dir = "join"
	for part := range strings.SplitSeq(path.Dir(place), "/") {
		if part != "." {
			dir += "/" + safe(part)
		}
	}
	return dir, safe(path.Base(place)) + ".pkt"
}

// Leave puts a message at a place. What lies there for longer than two weeks is deleted.
func (f *Folder) Leave(ctx context.Context, place string, sealed []byte) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return f.writing(func(w *writer) error {
		dir, name := placeFile(place)
		left := frame{kind: kindLeft, name: place, from: uint64(time.Now().UnixMilli()), sealed: sealed}
		if err := left.check(); err != nil {
			return err
		}
		if err := w.file(dir+"/"+name, left.encode(nil), true); err != nil {
			return err
		}
		w.clear(dir)
		return w.sync()
	})
}

// clear deletes what has been left for too long.
func (w *writer) clear(dir string) {
	entries, _ := list(w.root, dir)
	for _, e := range entries {
		frames, _, _ := readFile(w.root, dir+"/"+e.name)
		if len(frames) == 1 && frames[0].kind == kindLeft && time.Since(time.UnixMilli(int64(frames[0].from))) > leftFor {
			_ = w.root.Remove(dir + "/" + e.name) // who comes next tries again
		}
	}
}

// Look returns the newest message that lies at a place, in whatever file.
func (f *Folder) Look(ctx context.Context, place string) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	root, _, err := f.open()
	if err != nil {
		return nil, err
	}
	defer root.Close()
	dir, _ := placeFile(place)
	entries, err := list(root, dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fault(f.dir, err)
	}
	var newest frame
	for _, e := range entries {
		frames, _, _ := readFile(root, dir+"/"+e.name) // what is not whole yet comes later
		for _, left := range frames {
			if left.kind == kindLeft && left.name == place && left.from >= newest.from {
				newest = left
			}
		}
	}
	return newest.sealed, nil
}
