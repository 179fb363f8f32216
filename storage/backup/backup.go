// Package backup copies a store into one sealed file, and a store out of it. The file is
// in the format of age: it opens with the key of the store, or with the passphrase or the
// recovery code of the boxes that lie in its head, and nothing in it can be altered, left
// out or cut off unseen.
//
// A backup counts when it was read back and compared with the store. One that does not
// count has no final name.
package backup

import (
	"archive/tar"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"filippo.io/age"

	"ringside/assist"
	"ringside/storage"
	"ringside/storage/durable"
)

// Suffix is how the name of every backup ends.
const Suffix = ".ringside-backup"

// Source is a store that is copied; storage.DB is one.
type Source interface {
	Copy(ctx context.Context, each func(name string, size int64, from io.Reader) error) (storage.Copied, error)
}

// About says what a backup holds.
type About struct {
	Made       time.Time           `json:"made"`
	Operations uint64              `json:"operations"`
	Digest     string              `json:"digest"`           // of all that was written, see storage.Copied
	Erased     []assist.ID         `json:"erased,omitempty"` // customers who were erased before
	Counts     map[assist.Type]int `json:"-"`                // records, as they were counted when it was read
	Size       int64               `json:"-"`                // of the file, in bytes
}

const aboutFile = "about.json" // the last of the file

// Write makes a backup of a store in path, whose folder must exist, reads it back, and
// returns what it holds. Until all that has gone well there is nothing at path, or what was
// there before. boxes may be nil; see Key. It fails with assist.ErrDiskFull when there is no
// room for it twice: it is unpacked beside to be read.
func Write(ctx context.Context, path string, from Source, key Key, now time.Time) (About, error) {
	f, err := os.CreateTemp(filepath.Dir(path), ".making-*")
	if err != nil {
		return About{}, notWritten(path, err)
	}
	defer os.Remove(f.Name())
	about, err := seal(ctx, f, from, key, now)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return About{}, notWritten(path, err)
	}
	read, err := verify(ctx, f.Name(), key)
	if err != nil {
		return About{}, fmt.Errorf("the backup was not good when it was read back: %w", err)
	}
	if read.Operations != about.Operations || read.Digest != about.Digest {
		return About{}, &assist.Fault{What: fmt.Sprintf("the backup holds %d writes of %d, or others", read.Operations, about.Operations), Where: path, Err: assist.ErrDamaged}
	}
	if err := errors.Join(os.Rename(f.Name(), path), durable.SyncDir(filepath.Dir(path))); err != nil {
		return About{}, notWritten(path, err)
	}
	return read, nil
}

func seal(ctx context.Context, to io.Writer, from Source, key Key, now time.Time) (About, error) {
	sealed, err := age.Encrypt(to, key)
	if err != nil {
		return About{}, err
	}
	files := tar.NewWriter(sealed)
	add := func(name string, size int64, r io.Reader) error {
		if err := files.WriteHeader(&tar.Header{Name: name, Size: size, Mode: 0o600}); err != nil {
			return err
		}
		_, err := io.Copy(files, r)
		return err
	}
	copied, err := from.Copy(ctx, add)
	if err != nil {
		return About{}, err
	}
	about := About{Made: now.UTC().Truncate(time.Second), Operations: copied.Operations, Digest: copied.Digest, Erased: copied.Erased}
	b, err := json.Marshal(about)
	if err != nil {
		return About{}, err
	}
	return about, errors.Join(add(aboutFile, int64(len(b)), strings.NewReader(string(b))), files.Close(), sealed.Close())
}

// verify unpacks a backup beside it and reads every record.
func verify(ctx context.Context, path string, key Key) (About, error) {
	scratch, err := os.MkdirTemp(filepath.Dir(path), ".reading-*")
	if err != nil {
		return About{}, notWritten(path, err)
	}
	defer os.RemoveAll(scratch)
	return Unpack(ctx, path, filepath.Join(scratch, "data"), key)
}

// Unpack puts the store of a backup into dir, which must not exist yet, reads every record
// of it, and returns what there is. When it fails dir is gone again. It fails with
// assist.ErrWrongKey, assist.ErrNewer, or assist.ErrDamaged, which says what of the file is
// not as it was written.
func Unpack(ctx context.Context, path, dir string, key Key) (about About, err error) {
	f, err := os.Open(path)
	if err != nil {
		return About{}, &assist.Fault{What: "the backup cannot be read", Where: path, Err: err}
	}
	defer f.Close()
	if err := os.MkdirAll(filepath.Join(dir, "journal"), 0o700); err != nil {
		return About{}, notWritten(dir, err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(dir))
		}
	}()
	id := key.identity()
	opened, err := age.Decrypt(f, id)
	if err != nil {
		return About{}, id.why(path, err)
	}
	if about, err = unpack(ctx, opened, dir); err == nil {
		err = errors.Join(durable.SyncDir(filepath.Join(dir, "journal")), durable.SyncDir(dir))
	}
	if err != nil {
		return About{}, spoilt(path, err)
	}
	report, err := storage.Inspect(ctx, dir, id.store)
	switch {
	case err != nil:
		return About{}, spoilt(path, err)
	case len(report.Wrong) > 0:
		return About{}, spoilt(path, errors.New(report.Wrong[0]))
	case report.Operations != about.Operations || report.Digest != about.Digest:
		return About{}, spoilt(path, fmt.Errorf("it holds %d writes of %d, or others", report.Operations, about.Operations))
	}
	about.Operations, about.Counts = report.Operations, report.Counts
	if info, err := f.Stat(); err == nil {
		about.Size = info.Size()
	}
	return about, nil
}

// unpack writes the files; that the last of them is there says that the file is whole.
func unpack(ctx context.Context, from io.Reader, dir string) (about About, err error) {
	whole := false
	for files := tar.NewReader(from); ; {
		h, err := files.Next()
		switch {
		case errors.Is(err, io.EOF) && whole:
			_, err := io.Copy(io.Discard, from) // to where age says that it ends
			return about, err
		case err != nil:
			return about, err
		case ctx.Err() != nil:
			return about, ctx.Err()
		case h.Name == aboutFile:
			if err := json.NewDecoder(files).Decode(&about); err != nil {
				return about, err
			}
			whole = true
		case h.Name == "erasing" || h.Name == "erased" || h.Name == "audit.log" || h.Name == "secrets.json" || filepath.Dir(h.Name) == "journal" && filepath.IsLocal(h.Name):
			if err := writeSynced(filepath.Join(dir, filepath.FromSlash(h.Name)), files); err != nil {
				return about, err
			}
		default:
			return about, fmt.Errorf("it holds %q, which does not belong there", h.Name)
		}
	}
}

func writeSynced(path string, from io.Reader) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, from)
	return errors.Join(err, f.Sync(), f.Close())
}

// spoilt says that a backup is not as it was written, unless it is something else.
func spoilt(path string, err error) error {
	for _, other := range []error{assist.ErrNewer, assist.ErrDiskFull, context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, other) {
			return err
		}
	}
	if storage.DiskFull(err) {
		return notWritten(path, err)
	}
	return &assist.Fault{What: "this backup is damaged or was cut short", Where: path,
		Do: "Take another one; this one can bring nothing back.", Err: errors.Join(assist.ErrDamaged, err)}
}

func notWritten(path string, err error) error {
	var known *assist.Fault
	switch {
	case errors.As(err, &known), errors.Is(err, context.Canceled):
		return err
	case storage.DiskFull(err):
		return &assist.Fault{What: "there is no room for a backup", Where: filepath.Dir(path),
			Do: "Free some space, or choose another folder.", Err: errors.Join(assist.ErrDiskFull, err)}
	}
	return &assist.Fault{What: "the backup cannot be written", Where: path, Do: "Allow writing to the folder, or choose another one.", Err: err}
}
