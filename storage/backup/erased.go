package backup

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"

	"filippo.io/age"

	"ringside/assist"
	"ringside/storage/durable"
)

// Who was erased after a backup was made must stay erased when it is restored: their ids,
// and nothing else of them, lie sealed beside the backups.

const erasedPrefix = "erased-"

// erasedPath names the list of one store: several desks may have one folder for theirs.
func erasedPath(dir string, key Key) string {
	sum := sha256.Sum256(append([]byte("ringside erased name v1"), key.Store[:]...))
	return filepath.Join(dir, erasedPrefix+hex.EncodeToString(sum[:4])+Suffix)
}

// KeepErased adds customers to those that must be erased again when a backup of this folder
// is restored.
func KeepErased(dir string, key Key, customers []assist.ID) error {
	known, err := Erased(dir, key)
	if err != nil {
		return err
	}
	all := slices.Compact(slices.Sorted(slices.Values(slices.Concat(known, customers))))
	if len(all) == len(known) {
		return nil
	}
	b, err := json.Marshal(all)
	if err != nil {
		return err
	}
	var sealed bytes.Buffer
	w, err := age.Encrypt(&sealed, key)
	if err != nil {
		return err
	}
	_, err = w.Write(b)
	if err = errors.Join(err, w.Close()); err != nil {
		return err
	}
	if err := durable.Write(erasedPath(dir, key), sealed.Bytes()); err != nil {
		return notWritten(dir, err)
	}
	return nil
}

// Erased returns the customers that must be erased again when a backup of this folder is
// restored; none when the folder has no such list.
func Erased(dir string, key Key) (customers []assist.ID, err error) {
	path := erasedPath(dir, key)
	f, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, &assist.Fault{What: "who was erased cannot be read", Where: path, Do: "Allow reading it.", Err: err}
	}
	defer f.Close()
	id := key.identity()
	r, err := age.Decrypt(f, id)
	if err != nil {
		return nil, id.why(path, err)
	}
	b, err := io.ReadAll(r)
	if err == nil {
		err = json.Unmarshal(b, &customers)
	}
	if err != nil {
		return nil, &assist.Fault{What: "the list of who was erased is damaged", Where: path,
			Do: "Delete it, and erase them again once the backup is restored.", Err: errors.Join(assist.ErrDamaged, err)}
	}
	return customers, nil
}
