package pack

import (
	"bytes"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"

	"ringside/assist"
)

// left looks at what lies under dir before the files are written there. It returns those
// that go, and a fault for each whose content nobody else has.
func left(dir string, p assist.Pack, files map[string][]byte, known func(assist.Record) bool) (gone []string, err error) {
	l := lying{fsys: os.DirFS(dir), files: files, known: known, now: map[string]bool{}}
	for _, rec := range p.Records() {
		l.now[seenKey(rec)] = true
	}
	for _, pattern := range []string{questionsFile, tactFile, "*/" + tactFile, "*/*/*.md"} {
		old, err := fs.Glob(l.fsys, pattern)
		if err != nil {
			return nil, err
		}
		for _, name := range old {
			if err := l.look(name); err != nil {
				return nil, err
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if path.Ext(name) != ".md" && name != nameFile && name != questionsFile {
			l.picture(name)
		}
	}
	return l.gone, errors.Join(l.faults...)
}

// lying is what lies in a folder in which a pack is to be written.
type lying struct {
	fsys   fs.FS
	files  map[string][]byte // that are to be written
	known  func(assist.Record) bool
	now    map[string]bool // the records that are to be written
	gone   []string
	faults []error
}

// look decides on one file: it stays, is written over, goes, or is in the way.
func (l *lying) look(name string) error {
	next, kept := l.files[name]
	data, err := fs.ReadFile(l.fsys, name)
	if err != nil || bytes.Equal(data, next) {
		return err
	}
	f, r := &file{name: name}, reader{fsys: l.fsys, seen: map[string]string{}, blobs: map[assist.ID]string{}}
	r.record(f, data)
	records := r.pack.Records()
	if !kept && (len(f.faults) > 0 || slices.ContainsFunc(records, func(rec assist.Record) bool { return !l.pictureOrNow(rec) })) {
		return nil // a stranger
	}
	if len(f.faults) > 0 || l.known == nil || slices.ContainsFunc(records, func(rec assist.Record) bool { return !l.known(rec) }) {
		l.inTheWay(name)
		return nil
	}
	if !kept {
		l.gone = append(l.gone, name)
	}
	for _, a := range r.pack.Answers {
		l.pictures(name, a)
	}
	return nil
}

func (l *lying) inTheWay(name string) {
	l.faults = append(l.faults, &assist.Fault{What: "this file was changed in the folder, and would be written over", Where: name,
		Do: "Bring the folder in first; what is not taken then, write into the library by hand and remove the file. Or name a new folder.", Err: assist.ErrInvalid})
}

// picture decides on the bytes that lie where a picture is to be written.
func (l *lying) picture(name string) {
	info, err := fs.Stat(l.fsys, name)
	if err != nil {
		return // nothing is there, or Put says why not
	}
	var b assist.Blob
	if info.Size() <= mostBytes {
		b.Data, _ = fs.ReadFile(l.fsys, name)
		b.ID = b.Key()
	}
	if !bytes.Equal(b.Data, l.files[name]) && (l.known == nil || !l.known(b)) {
		l.inTheWay(name)
	}
}

func (l *lying) pictureOrNow(rec assist.Record) bool {
	_, picture := rec.(assist.Blob)
	return picture || l.now[seenKey(rec)]
}

// pictures has the files go that an answer of the folder shows and the written one does not.
func (l *lying) pictures(at string, a assist.Answer) {
	for _, x := range a.Files {
		name := path.Join(path.Dir(at), string(a.ID), x.Name)
		if _, kept := l.files[name]; !kept && !slices.Contains(l.gone, name) {
			l.gone = append(l.gone, name)
		}
	}
}
