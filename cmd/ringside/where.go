package main

import (
	"errors"
	"path/filepath"

	"ringside/assist"
)

// errNoFolder: the system does not say where a user's data belongs.
var errNoFolder = errors.New("no data folder")

// dataDir returns the system's place for a user's local data. Its parent need not
// exist. It is never a folder that the system carries to other machines.
func dataDir(goos string, env func(string) string) (string, error) {
	var base, name, missing string
	switch goos {
	case "windows":
		base, name, missing = env("LOCALAPPDATA"), "Ringside", "LOCALAPPDATA"
	case "darwin":
		base, name, missing = under(env("HOME"), "Library", "Application Support"), "Ringside", "HOME"
	default:
		base, name, missing = env("XDG_DATA_HOME"), "ringside", "HOME"
		if !filepath.IsAbs(base) {
			base = under(env("HOME"), ".local", "share")
		}
	}
	if base == "" {
		return "", &assist.Fault{What: "the system does not say where your data belongs: " + missing + " is not set",
			Do: "Name a folder with --data DIR.", Err: errNoFolder}
	}
	return filepath.Join(base, name), nil
}

func under(home string, rest ...string) string {
	if home == "" {
		return ""
	}
	return filepath.Join(append([]string{home}, rest...)...)
}
