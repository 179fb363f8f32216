package folder

import (
	"cmp"
	"context"
	"errors"
	"os"
	"slices"
	"strconv"

	"ringside/assist"
	"ringside/storage/replica"
)

// A file below smallFile is put together with others into one of up to bundleSize.
const smallFile, bundleSize = 1 << 20, 4 << 20

// Trim puts together what every present member has taken in: the small files of a subfolder
// become a few larger ones. Nothing is removed, because somebody who joins later, or comes
// back with an old stick, reads everything from the folder. A member does so with its own
// packets only, so that two never work on the same files.
func (f *Folder) Trim(ctx context.Context, through map[replica.MemberID]uint64) error {
	return f.writing(func(w *writer) error {
		dir := "packets/" + safe(string(f.self))
		parts, err := list(w.root, dir)
		if errors.Is(err, os.ErrNotExist) {
			return nil
		}
		for _, p := range parts {
			k, bad := strconv.ParseUint(p.name, 10, 50)
			if bad != nil || !p.dir || (k+1)*perDir-1 > through[f.self] {
				continue
			}
			if err = errors.Join(ctx.Err(), w.together(dir+"/"+p.name)); err != nil {
				break
			}
		}
		return err
	})
}

// together puts the small files of a subfolder together.
func (w *writer) together(dir string) error {
	entries, err := list(w.root, dir)
	if err != nil {
		return err
	}
	small := 0
	for _, e := range entries {
		if !e.dir && e.size < smallFile {
			small++
		}
	}
	if small < 2 {
		return nil
	}
	frames, from := w.gather(dir, entries)
	if len(from) < 2 {
		return nil
	}
	slices.SortStableFunc(frames, func(a, b frame) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.edition, b.edition)) })
	written, err := w.bundles(dir, frames)
	if err != nil {
		return err
	}
	for _, name := range from {
		if !written[name] {
			if err := w.root.Remove(dir + "/" + name); err != nil {
				return err
			}
		}
	}
	w.touched[dir] = true
	return w.sync()
}

// gather returns the frames of the small files that lie in no larger one, each once, and
// the names of these files. Files in which anything else is are left alone.
func (w *writer) gather(dir string, entries []entry) (frames []frame, from []string) {
	held := map[[16]byte]bool{}
	slices.SortStableFunc(entries, func(a, b entry) int { return cmp.Compare(b.size, a.size) }) // the larger ones first
	for _, e := range entries {
		its, whole, err := readFile(w.root, dir+"/"+e.name)
		if e.dir || err != nil || !whole || slices.ContainsFunc(its, foreign) {
			continue
		}
		small := e.size < smallFile
		if small {
			from = append(from, e.name)
		}
		for _, f := range its {
			if small && !held[f.sum] {
				frames = append(frames, f)
			}
			held[f.sum] = true
		}
	}
	return frames, from
}

func foreign(f frame) bool { return f.kind != kindPacket && f.kind != kindGone }

// bundles writes frames into files of about bundleSize, and returns their names when they
// have been read back as they should be.
func (w *writer) bundles(dir string, frames []frame) (names map[string]bool, err error) {
	names = map[string]bool{}
	for len(frames) > 0 {
		n, size := 0, 0
		for n < len(frames) && (n == 0 || size+len(frames[n].sealed) <= bundleSize) {
			size += len(frames[n].sealed)
			n++
		}
		name := bundleName(frames[:n]) + ".pkt"
		if err := w.bundle(dir, frames[:n]); err != nil {
			return nil, err
		}
		if ok, err := same(w.root, dir+"/"+name, encode(frames[:n])); !ok {
			return nil, &assist.Fault{What: "a file does not read as it was written", Where: name,
				Do: "Look at the disk of the team's folder; nothing was deleted.", Err: errors.Join(assist.ErrDamaged, err)}
		}
		names[name] = true
		frames = frames[n:]
	}
	return names, w.sync()
}
