package storage

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"

	"ringside/assist"
	"ringside/storage/journal"
)

// Place says what is special about where a data folder lies.
type Place struct {
	Share  string // what kind of share on the network it lies on; empty: a disk of this computer
	Synced string // the program that carries it to other computers; empty: none that is known
}

// PlaceOf looks where a data folder lies. It may wait for a share that does not answer.
func PlaceOf(dir string) Place {
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		dir = real
	}
	return Place{Share: share(dir), Synced: syncedBy(dir)}
}

// syncMarks are files and folders that a program leaves at the top of what it syncs.
var syncMarks = map[string]string{
	".849C9593-D756-4E56-8D6E-42412F2A707B": "OneDrive",
	".dropbox":                              "Dropbox",
	".dropbox.cache":                        "Dropbox",
	".stfolder":                             "Syncthing",
	".nextcloudsync.log":                    "Nextcloud",
	".owncloudsync.log":                     "ownCloud",
	".sync_*.db":                            "Nextcloud",
	"._sync_*.db":                           "Nextcloud",
	".tmp.driveupload":                      "Google Drive",
	".tmp.drivedownload":                    "Google Drive",
}

// syncNames are how folders begin that a program syncs, in small letters.
var syncNames = []struct{ begins, program string }{
	{"onedrive", "OneDrive"}, {"dropbox", "Dropbox"}, {"nextcloud", "Nextcloud"}, {"owncloud", "ownCloud"},
	{"google drive", "Google Drive"}, {"googledrive", "Google Drive"}, {"icloud drive", "iCloud"}, {"iclouddrive", "iCloud"},
	{"com~apple~clouddocs", "iCloud"}, {"mobile documents", "iCloud"}, {"syncthing", "Syncthing"},
}

// syncedBy returns the program that syncs a folder; empty when none is recognised.
func syncedBy(dir string) string {
	for {
		for mark, program := range syncMarks {
			if found, _ := filepath.Glob(filepath.Join(literal(dir), mark)); len(found) > 0 {
				return program
			}
		}
		name := strings.ToLower(filepath.Base(dir))
		for _, n := range syncNames {
			rest, ok := strings.CutPrefix(name, n.begins)
			if ok && (rest == "" || strings.ContainsAny(rest[:1], " -(.")) {
				return n.program
			}
		}
		up := filepath.Dir(dir)
		if up == dir {
			return ""
		}
		dir = up
	}
}

// literal is a path as a pattern that fits nothing but it.
func literal(path string) string {
	if runtime.GOOS == "windows" {
		return path // has no way to say so, and none of the letters but [
	}
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(path)
}

// checkName refuses a path that the system would not keep as it is written.
func checkName(goos, dir string) error {
	if goos != "windows" {
		return nil
	}
	for _, part := range strings.FieldsFunc(dir, func(r rune) bool { return r == '\\' || r == '/' }) {
		if part != "." && part != ".." && strings.TrimRight(part, " .") != part {
			return &assist.Fault{What: "Windows keeps no folder whose name ends in a blank or a dot", Where: dir,
				Do: "Name another folder.", Err: assist.ErrInvalid}
		}
	}
	return nil
}

func notWritable(dir string, err error) error {
	switch {
	case journal.Full(err):
		return diskFull(dir, err)
	case errors.Is(err, syscall.ENAMETOOLONG):
		return &assist.Fault{What: "the path of the data folder is too long", Where: dir,
			Do: "Name a shorter one.", Err: errors.Join(assist.ErrReadOnly, err)}
	}
	return &assist.Fault{What: "the data folder cannot be written", Where: dir,
		Do: "Allow writing to it, or name another folder.", Err: errors.Join(assist.ErrReadOnly, err)}
}

// Prepare makes a data folder and checks that files can be written in it. On a full disk
// that takes the ballast. It fails with assist.ErrReadOnly, ErrInvalid or ErrDiskFull.
func Prepare(dir string) error {
	if err := checkName(runtime.GOOS, dir); err != nil {
		return err
	}
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		return &assist.Fault{What: "the data folder is a file", Where: dir, Do: "Name a folder instead.", Err: assist.ErrInvalid}
	}
	err := tryDir(dir)
	if journal.Full(err) && giveUpBallast(dir) == nil {
		err = tryDir(dir)
	}
	if err != nil {
		return notWritable(dir, err)
	}
	return nil
}

func tryDir(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, ".writable-*")
	if err != nil {
		return err
	}
	_, err = f.WriteString("x")
	return errors.Join(err, f.Close(), os.Remove(f.Name()))
}
