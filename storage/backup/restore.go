package backup

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"time"

	"ringside/assist"
	"ringside/storage/durable"
)

// A store is restored in two steps, so that nothing is lost whenever the program dies: it
// is unpacked into the folder Waiting of the data folder; then Replace says that it is to
// take the place of the store that is there, and Finish, which every start calls, does it.
// Who has the store open then writes it down, and says so by Noted.

const (
	replacing = "replacing" // the file in which Replace names the folder for what was there
	replaced  = "replaced"  // how Finish leaves it for Noted
)

// parts are what a store consists of in the data folder; its part in a team is in no backup,
// since what is put back joins anew. The journal is the last that is moved: while one waits,
// the rest has to be done.
var parts = []string{"key.json", "store.json", "picture", "seek", "erasing", "erased", "team", "audit.log", "secrets.json", "journal"}

// allAside is a file beside what was moved aside, when all of it is.
const allAside = ".whole"

// ownLog stays where it is: what was done here was done, whatever is restored. Only where
// the store has another key can nobody read it any more.
const ownLog = "audit.log"

// Waiting is the folder into which a store is unpacked that is to take the place of the one
// in dir.
func Waiting(dir string) string { return filepath.Join(dir, "restoring") }

// Replace has the store that waits take the place of the one in dir as soon as Finish is
// called, when nobody has it open. It returns the folder into which the present one will go.
func Replace(dir string, now time.Time) (aside string, err error) {
	aside = "before-" + now.Format(stamp)
	if err := durable.Write(filepath.Join(dir, replacing), []byte(aside)); err != nil {
		return "", notWritten(dir, err)
	}
	return filepath.Join(dir, aside), nil
}

// Finish does what Replace has announced, if it has, and reports whether it did. Nobody may
// have the store open.
func Finish(dir string) (done bool, err error) {
	b, err := os.ReadFile(filepath.Join(dir, replacing))
	if errors.Is(err, os.ErrNotExist) {
		return false, nil
	}
	name := strings.TrimSpace(string(b))
	if err != nil || !filepath.IsLocal(name) || !strings.HasPrefix(name, "before-") {
		return false, &assist.Fault{What: "what was to be restored cannot be read", Where: filepath.Join(dir, replacing),
			Do: "Delete this file and restore the backup again.", Err: errors.Join(assist.ErrDamaged, err)}
	}
	if err := swap(dir, filepath.Join(dir, name)); err != nil {
		return false, &assist.Fault{What: "the backup could not take the place of the data folder", Where: dir,
			Do: "Allow writing to the folder, and start again; nothing is lost.", Err: err}
	}
	return true, nil
}

func swap(dir, aside string) error {
	if there(filepath.Join(Waiting(dir), "journal")) {
		if !there(filepath.Join(aside, allAside)) {
			if err := moveAside(dir, aside); err != nil {
				return err
			}
		}
		if err := moveIn(dir); err != nil {
			return err
		}
	}
	if err := errors.Join(os.RemoveAll(Waiting(dir)), durable.SyncDir(dir)); err != nil {
		return err
	}
	return errors.Join(os.Rename(filepath.Join(dir, replacing), filepath.Join(dir, replaced)), durable.SyncDir(dir))
}

// moveAside moves the old store; a key stays where it is when the new store has the same.
func moveAside(dir, aside string) error {
	if err := os.MkdirAll(aside, 0o700); err != nil {
		return err
	}
	for _, p := range parts {
		keeps := p == "key.json" || p == "secrets.json" // unless another comes
		if keeps && !there(filepath.Join(Waiting(dir), p)) || !there(filepath.Join(dir, p)) || p == ownLog && !there(filepath.Join(Waiting(dir), "key.json")) {
			continue
		}
		if err := os.Rename(filepath.Join(dir, p), filepath.Join(aside, p)); err != nil {
			return err
		}
	}
	return errors.Join(os.WriteFile(filepath.Join(aside, allAside), nil, 0o600), durable.SyncDir(aside), durable.SyncDir(dir))
}

func moveIn(dir string) error {
	for _, p := range parts {
		if p == ownLog && there(filepath.Join(dir, p)) {
			continue
		}
		if there(filepath.Join(Waiting(dir), p)) {
			if err := os.Rename(filepath.Join(Waiting(dir), p), filepath.Join(dir, p)); err != nil {
				return err
			}
		}
	}
	return durable.SyncDir(dir)
}

func there(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// Announced reports whether Replace was called and Finish has something to do.
func Announced(dir string) bool { return there(filepath.Join(dir, replacing)) }

// Done reports whether Finish has put a store in place that Noted was not called for.
func Done(dir string) bool { return there(filepath.Join(dir, replaced)) }

// Noted says that the log tells of what Finish did.
func Noted(dir string) error { return os.Remove(filepath.Join(dir, replaced)) }
