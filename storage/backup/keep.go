package backup

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// How many backups are kept.
const (
	days  = 7
	weeks = 4
)

// stamp is the time in a backup's name.
const stamp = "2006-01-02-150405"

// Name is what a backup of a store that is made now is called: several desks may have one
// folder for theirs.
func Name(store string, now time.Time) string { return prefix(store) + now.Format(stamp) + Suffix }

func prefix(store string) string { return "ringside-" + store + "-" }

// File is a backup in a folder.
type File struct {
	Path string
	Made time.Time // as its name says, in the zone of this machine
	Size int64
}

// Is reports whether a file has a name as backups have. The list of who was erased, which
// lies beside them, has not.
func Is(name string) bool {
	return strings.HasSuffix(name, Suffix) && !strings.HasPrefix(name, erasedPrefix)
}

// List returns the backups of a store in a folder that have names as Name gives them, the
// latest first. A folder that is not there holds none.
func List(dir, store string) ([]File, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	var out []File
	for _, e := range entries {
		name, whole := strings.CutSuffix(e.Name(), Suffix)
		name, ours := strings.CutPrefix(name, prefix(store))
		at, bad := time.ParseInLocation(stamp, name, time.Local)
		if info, gone := e.Info(); whole && ours && bad == nil && gone == nil {
			out = append(out, File{filepath.Join(dir, e.Name()), at, info.Size()})
		}
	}
	slices.SortFunc(out, func(a, b File) int { return b.Made.Compare(a.Made) })
	return out, err
}

// Surplus returns which of the backups need not be kept: neither the latest of one of the
// last 7 days on which there is any, nor of one of the last 4 weeks.
func Surplus(files []File) (out []File) {
	files = slices.SortedFunc(slices.Values(files), func(a, b File) int { return b.Made.Compare(a.Made) })
	day, week := map[string]bool{}, map[[2]int]bool{}
	for _, f := range files {
		d := f.Made.Format(time.DateOnly)
		year, n := f.Made.ISOWeek()
		w := [2]int{year, n}
		keep := !day[d] && len(day) < days || !week[w] && len(week) < weeks
		day[d], week[w] = true, true
		if !keep {
			out = append(out, f)
		}
	}
	return out
}

// Tidy removes of a store what Surplus names, and what a backup has left that was not
// finished a day ago.
func Tidy(dir, store string, now time.Time) error {
	files, err := List(dir, store)
	if err != nil {
		return err
	}
	var errs []error
	for _, f := range Surplus(files) {
		errs = append(errs, os.Remove(f.Path))
	}
	for _, left := range []string{".making-*", ".reading-*"} {
		found, _ := filepath.Glob(filepath.Join(dir, left))
		for _, name := range found {
			if info, err := os.Stat(name); err == nil && now.Sub(info.ModTime()) > 24*time.Hour {
				errs = append(errs, os.RemoveAll(name))
			}
		}
	}
	return errors.Join(errs...)
}
