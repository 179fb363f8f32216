package handoff

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"

	"ringside/assist"
)

// sign is what door.json says: where the door is and what opens it.
type sign struct {
	Addr  string `json:"addr"`
	Token string `json:"token"`
	PID   int    `json:"pid"`
}

func signPath(dir string) string { return filepath.Join(dir, "door.json") }

// writeSign puts the sign up in one step: a reader sees the old one or the new one,
// never half of it. os.CreateTemp makes the file with mode 0600.
func writeSign(dir string, s sign) error {
	b, err := json.Marshal(s)
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, ".door-*")
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), signPath(dir))
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}

// readSign returns assist.ErrNotFound when there is no sign, none that can be read,
// or none that makes sense: whatever is wrong with the folder shows when it is opened.
func readSign(dir string) (sign, error) {
	var s sign
	b, err := os.ReadFile(signPath(dir))
	if err != nil {
		return s, errors.Join(assist.ErrNotFound, err)
	}
	if json.Unmarshal(b, &s) != nil || s.Addr == "" || s.Token == "" {
		return s, assist.ErrNotFound
	}
	return s, nil
}

// removeSign takes the sign down if it is still ours.
func removeSign(dir, token string) {
	if s, err := readSign(dir); err == nil && s.Token == token {
		os.Remove(signPath(dir))
	}
}
