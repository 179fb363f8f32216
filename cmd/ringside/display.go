package main

import (
	"errors"
	"runtime"

	"ringside/assist"
)

// errNoDisplay: there is no screen for a window.
var errNoDisplay = errors.New("no display")

// needScreen returns a Fault where a window cannot be shown.
func needScreen(env func(string) string) error {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" || env("DISPLAY") != "" {
		return nil
	}
	return &assist.Fault{What: "there is no screen to open the window on: DISPLAY is not set",
		Do: "Start Ringside from your desktop; search, import, export and check work without a screen.", Err: errNoDisplay}
}
