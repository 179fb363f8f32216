package folder

import (
	"cmp"
	"context"
	"errors"
	"hash/fnv"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"
)

const (
	// inTurn is how many of the subfolders in which nothing is missing are looked into in
	// one pass: a copy or another edition may come into any of them.
	inTurn = 32
	// missingTimes is how many passes in a row must miss what was there: a sync program may
	// take away the old before it brings the new.
	missingTimes = 5
	// maxRest is for how many passes a file that is not whole is left alone at most.
	maxRest = 1024
)

// resting is a file that was not whole.
type resting struct {
	ident uint64
	tries int
	until int // the pass in which it is looked at again
	good  int // how many of its frames were whole
}

// packets reads what is new in the subfolders, and reports whether something is gone that
// was there.
func (r *reader) packets(ctx context.Context, root *os.Root) (lost bool, err error) {
	dirs, err := subfolders(root)
	if err != nil {
		return false, err
	}
	there := map[string]bool{}
	var whole []string
	for _, dir := range dirs {
		there[dir] = true
		if d := r.state.Dirs[dir]; d != nil && d.Whole {
			d.missing = 0
			whole = append(whole, dir)
		} else if err := errors.Join(ctx.Err(), r.dir(root, dir)); err != nil {
			return false, err
		}
	}
	for range min(inTurn, len(whole)) {
		r.turn = (r.turn + 1) % len(whole)
		if err := errors.Join(ctx.Err(), r.dir(root, whole[r.turn])); err != nil {
			return false, err
		}
	}
	for dir, d := range r.state.Dirs {
		if !there[dir] && len(d.Had) > 0 {
			d.missing++
		}
		lost = lost || d.missing >= missingTimes
	}
	return lost, nil
}

// subfolders returns packets/<member>/<thousand>, the lower thousands first.
func subfolders(root *os.Root) (dirs []string, err error) {
	members, err := list(root, "packets")
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	for _, m := range members {
		if err != nil {
			return nil, err
		}
		if !m.dir {
			continue
		}
		var parts []entry
		parts, err = list(root, "packets/"+m.name)
		for _, p := range parts {
			if p.dir {
				dirs = append(dirs, "packets/"+m.name+"/"+p.name)
			}
		}
		if errors.Is(err, os.ErrNotExist) {
			err = nil
		}
	}
	slices.SortStableFunc(dirs, func(a, b string) int {
		return cmp.Compare(number(a[strings.LastIndex(a, "/")+1:]), number(b[strings.LastIndex(b, "/")+1:]))
	})
	return dirs, err
}

// dir reads what is new in a subfolder.
func (r *reader) dir(root *os.Root, dir string) error {
	entries, err := list(root, dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil // packets misses it, should it stay away
	}
	if err != nil {
		return err
	}
	d := r.state.Dirs[dir]
	if d == nil {
		d = &dirState{Seen: map[uint64]spans{}}
		r.state.Dirs[dir] = d
	}
	entries = slices.DeleteFunc(entries, func(e entry) bool { return e.dir || r.rests(dir, e) })
	if d.Whole {
		if sumOf(entries) == d.Sum {
			return nil
		}
		d.Whole, r.moved = false, true
	}
	read, err := r.files(root, dir, entries)
	if err != nil {
		return err
	}
	gone := d.keep(entries)
	r.moved = r.moved || gone
	if gone || read || d.missing > 0 {
		d.judge()
	}
	if d.missing == 0 && r.complete(dir, d.Had) {
		r.moved = true
		d.close()
	}
	return nil
}

// rests reports whether a file was not whole and is left alone in this pass.
func (r *reader) rests(dir string, e entry) bool {
	rest, ok := r.rest[dir+"/"+e.name]
	return ok && rest.ident == e.ident && rest.until > r.passes
}

// files reads those that are new, and reports whether one was done with.
func (r *reader) files(root *os.Root, dir string, entries []entry) (read bool, err error) {
	d := r.state.Dirs[dir]
	for _, e := range entries {
		if _, seen := d.Seen[e.ident]; seen {
			continue
		}
		read = r.file(root, dir, e) || read
		if r.full() {
			if err := r.flush(); err != nil {
				return read, err
			}
		}
	}
	return read, nil
}

// complete reports whether a subfolder holds all the numbers that belong there; the first of
// them may be in the last packet of the one before.
func (r *reader) complete(dir string, cover spans) bool {
	slash := strings.LastIndex(dir, "/")
	k, err := strconv.ParseUint(dir[slash+1:], 10, 50)
	if err != nil {
		return false
	}
	if k > 0 {
		if before := r.state.Dirs[dir[:slash+1]+strconv.FormatUint(k-1, 10)]; before != nil {
			cover = union(cover, before.Had)
		}
	}
	return cover.holds(span{From: max(1, k*perDir), To: (k + 1) * perDir})
}

// file reads one and hands over its packets, and reports whether it is done with. What is
// not whole is looked at again, ever more rarely while it stays as it is; the frames of it
// that are whole count at once.
func (r *reader) file(root *os.Root, dir string, e entry) (read bool) {
	name := dir + "/" + e.name
	frames, whole, err := readFile(root, name)
	frames = slices.DeleteFunc(frames, foreign)
	if err != nil || !whole || len(frames) == 0 {
		old := r.rest[name]
		if old.ident != e.ident {
			old.tries = 0
		}
		if len(frames) > old.good {
			r.deliver(frames)
		}
		r.rest[name] = resting{e.ident, old.tries + 1, r.passes + min(1<<min(old.tries, 20), maxRest), max(old.good, len(frames))}
		return false
	}
	delete(r.rest, name)
	member := strings.Split(dir, "/")[1]
	var held spans
	for _, f := range frames {
		if safe(f.name) == strings.ToLower(member) {
			held = append(held, f.span())
		}
	}
	d := r.state.Dirs[dir]
	d.Seen[e.ident] = union(held)
	d.Had = union(d.Had, held)
	r.deliver(frames)
	r.moved = true
	return true
}

// entry is a file or a folder that may be ours.
type entry struct {
	name  string
	dir   bool
	size  int64
	ident uint64 // another one when anything is written to the file
}

// list returns what is in a folder, without what is empty and what a sync program is still
// writing, by the number that the name begins with.
func list(root *os.Root, dir string) (entries []entry, err error) {
	d, err := root.Open(dir)
	if err != nil {
		return nil, err
	}
	defer d.Close()
	all, err := d.ReadDir(-1)
	if err != nil {
		return nil, err
	}
	for _, e := range all {
		if unfinished(e.Name()) {
			continue
		}
		if e.IsDir() {
			entries = append(entries, entry{name: e.Name(), dir: true})
			continue
		}
		info, err := e.Info()
		if err != nil || info.Mode()&(fs.ModeSymlink|fs.ModeDevice|fs.ModeNamedPipe|fs.ModeSocket) != 0 || info.Size() == 0 {
			continue // gone again, or nothing to read
		}
		entries = append(entries, entry{e.Name(), false, info.Size(), identify(info)})
	}
	slices.SortFunc(entries, func(a, b entry) int {
		return cmp.Or(cmp.Compare(number(a.name), number(b.name)), cmp.Compare(a.name, b.name))
	})
	return entries, nil
}

func identify(info fs.FileInfo) uint64 {
	h := fnv.New64a()
	h.Write([]byte(info.Name() + "/" + strconv.FormatInt(info.Size(), 36) + "/" + strconv.FormatInt(info.ModTime().UnixNano(), 36)))
	return h.Sum64()
}

func sumOf(entries []entry) (sum uint64) {
	for _, e := range entries {
		sum ^= e.ident
	}
	return sum
}

// unfinished reports whether a name is one that sync programs give to what they are still
// writing, or keep for themselves.
func unfinished(name string) bool {
	name = strings.ToLower(name)
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~") || strings.HasSuffix(name, "~") ||
		strings.HasSuffix(name, ".tmp") || strings.HasSuffix(name, ".part") || strings.HasSuffix(name, ".partial")
}

// number is what a name begins with; names that begin with none come last.
func number(name string) uint64 {
	end := strings.IndexFunc(name, func(r rune) bool { return r < '0' || r > '9' })
	if end < 0 {
		end = len(name)
	}
	n, err := strconv.ParseUint(name[:end], 10, 64)
	if err != nil {
		return 1<<64 - 1
	}
	return n
}
