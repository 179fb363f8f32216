//go:build !windows && !darwin

package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

const desktopFile = "ringside-links.desktop"

// desktopPath is where a desktop looks for the programs of this user.
func desktopPath() (string, error) {
	dir, err := dataDir("linux", os.Getenv)
	if err != nil {
		return "", err
	}
	return filepath.Join(filepath.Dir(dir), "applications", desktopFile), nil
}

func register(schemes []string) error {
	path, err := desktopPath()
	if err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return cannotLink(path, err)
	}
	var types []string
	for _, s := range schemes {
		types = append(types, "x-scheme-handler/"+s)
	}
	text := "[Desktop Entry]\nType=Application\nName=Ringside\nNoDisplay=true\nTerminal=false\n" +
		"Exec=" + desktopQuote(self) + " %u\nMimeType=" + strings.Join(types, ";") + ";\n"
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return cannotLink(path, err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		return cannotLink(path, err)
	}
	if _, err := exec.LookPath("xdg-mime"); err != nil {
		return nil // this desktop asks the file itself
	}
	if out, err := exec.Command("xdg-mime", append([]string{"default", desktopFile}, types...)...).CombinedOutput(); err != nil {
		return cannotLink("xdg-mime", errors.Join(err, errors.New(strings.TrimSpace(string(out)))))
	}
	return nil
}

// desktopQuote writes a path as a desktop file wants it.
func desktopQuote(path string) string {
	quoted := strings.NewReplacer(`\`, `\\\\`, `"`, `\\"`, "`", "\\\\`", `$`, `\\$`, `%`, `%%`).Replace(path)
	return `"` + quoted + `"`
}

func unregister() error {
	path, err := desktopPath()
	if err != nil {
		return err
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return cannotLink(path, err)
	}
	return nil
}

func registered() (schemes []string, err error) {
	path, err := desktopPath()
	if err != nil {
		return nil, err
	}
	text, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	} else if err != nil {
		return nil, cannotLink(path, err)
	}
	for line := range strings.Lines(string(text)) {
		types, ok := strings.CutPrefix(strings.TrimSpace(line), "MimeType=")
		for _, kind := range strings.Split(types, ";") {
			if scheme, found := strings.CutPrefix(kind, "x-scheme-handler/"); ok && found {
				schemes = append(schemes, scheme)
			}
		}
	}
	slices.Sort(schemes)
	return schemes, nil
}
