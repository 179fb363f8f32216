package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// damage spoils one file at a time in a copy of a store that was not closed.
func (b *durableBench) damage() ([]figure, error) {
	whole := &sufferer{durableBench: b, program: b.self, dir: filepath.Join(b.tmp, "whole")}
	if err := whole.write(2*time.Second, whole.leave); err != nil { // with tables
		return nil, err
	}
	if err := whole.write(time.Second, whole.kill); err != nil { // and what is in none yet
		return nil, err
	}
	files, err := filesOf(whole.dir)
	if err != nil {
		return nil, err
	}
	tries, silent, died, refused := b.times(50, 500), 0, 0, 0
	var told []string
	for i := range tries {
		s := &sufferer{durableBench: b, program: b.self, dir: filepath.Join(b.tmp, "damaged"), next: whole.next}
		if err := os.CopyFS(s.dir, os.DirFS(whole.dir)); err != nil {
			return nil, err
		}
		what, err := b.spoil(s.dir, files[b.r.IntN(len(files))], i%3)
		if err != nil {
			return nil, err
		}
		switch f := s.look(); {
		case f.code != exitOK && f.code != exitStore:
			died++
			told = append(told, fmt.Sprintf("%s: died with %d, %s", what, f.code, f.said))
		case f.code == exitStore:
			refused++
		case len(f.lost) > 0:
			silent++
			told = append(told, what+": "+f.lost[0])
		}
		if err := os.RemoveAll(s.dir); err != nil {
			return nil, err
		}
	}
	return []figure{
		{Name: "damaged_tries", Value: float64(tries), Note: fmt.Sprintf("of %d kinds of file; %d starts said what is damaged and left everything as it was, all others had every note", kinds(files), refused)},
		{Name: "damaged_silent", Value: float64(silent), Note: "opened with something missing or wrong, or not sound: must be 0"},
		{Name: "damaged_died", Value: float64(died), Note: "must be 0. " + strings.Join(told[:min(len(told), 3)], "; ")},
	}, nil
}

// filesOf lists what a store consists of, but for its lock.
func filesOf(dir string) (files []string, err error) {
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() && !slices.Contains([]string{"lock", "LOCK"}, d.Name()) {
			files = append(files, strings.TrimPrefix(path, dir+string(filepath.Separator)))
		}
		return err
	})
	return files, err
}

func kinds(files []string) int {
	seen := map[string]bool{}
	for _, f := range files {
		seen[filepath.Dir(f)+filepath.Ext(f)] = true
	}
	return len(seen)
}

// spoil turns a bit round, makes zeros of 4 KB, or cuts a file short, and says which.
func (b *durableBench) spoil(dir, file string, how int) (what string, err error) {
	f, err := os.OpenFile(filepath.Join(dir, file), os.O_RDWR, 0)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	info, err := f.Stat()
	if err != nil || info.Size() == 0 {
		return file + " is empty", err
	}
	at := b.r.Int64N(info.Size())
	what = fmt.Sprintf("%s at %d of %d", file, at, info.Size())
	switch how {
	case 0:
		var one [1]byte
		if _, err := f.ReadAt(one[:], at); err != nil {
			return "", err
		}
		one[0] ^= 1 << b.r.IntN(8)
		_, err = f.WriteAt(one[:], at)
		return "a bit of " + what, err
	case 1:
		_, err = f.WriteAt(make([]byte, min(4096, info.Size()-at)), at)
		return "zeros in " + what, err
	}
	return "cut short " + what, f.Truncate(at)
}
