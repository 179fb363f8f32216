package secret

import (
	"context"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/crypto/chacha20poly1305"

	"ringside/assist"
	"ringside/storage/durable"
)

// Drawer keeps short secrets by name beside a store. They are in the keychain when
// there is one that keeps them, else in the file secrets.json of the data folder,
// sealed under the store's key. Its methods may wait for the keychain; one at a time.
type Drawer struct {
	Dir     string   // the data folder
	Key     [32]byte // the store's
	Options Options
}

// drawn is the content of secrets.json. An entry in the keychain is noted too, so
// that the keychain is asked for nothing that was never put there.
type drawn struct {
	Version int               `json:"version"`
	Entries map[string]placed `json:"entries"`
}

// placed is where one secret is.
type placed struct {
	Kept   string `json:"kept"` // "keychain" or "sealed"
	Sealed []byte `json:"sealed,omitempty"`
}

// Keep keeps a secret under a name in place of the one before, and says where, in a
// sentence for people. An empty value forgets it.
func (d Drawer) Keep(ctx context.Context, name, value string) (where string, err error) {
	file, err := d.read()
	if err != nil {
		return "", err
	}
	k := d.keeper(ctx)
	was, had := file.Entries[name]
	switch {
	case value == "":
		delete(file.Entries, name)
		where = "No key is kept."
	case !k.opt.NoKeychain && k.store(d.entry(name), value):
		file.Entries[name] = placed{Kept: "keychain"}
		where = "The key is in this computer’s keychain."
	default:
		sealed, err := d.seal(name, value)
		if err != nil {
			return "", err
		}
		file.Entries[name] = placed{"sealed", sealed}
		where = "The key is sealed in your data folder."
	}
	if now := file.Entries[name]; had && was.Kept == "keychain" && now.Kept != "keychain" && !k.opt.NoKeychain {
		// What the keychain does not give up stays under its lock.
		_, _ = k.ask(func() (string, error) { return "", k.opt.Vault.Delete(d.entry(name)) })
	}
	return where, d.write(file)
}

// Has reports whether a secret is kept under the name. It does not ask the keychain.
func (d Drawer) Has(name string) bool {
	file, err := d.read()
	_, ok := file.Entries[name]
	return err == nil && ok
}

// Read returns the secret under a name; "" when there is none. It asks the keychain
// only for what it was given.
func (d Drawer) Read(ctx context.Context, name string) (string, error) {
	file, err := d.read()
	if err != nil {
		return "", err
	}
	at, ok := file.Entries[name]
	if !ok {
		return "", nil
	}
	if at.Kept == "sealed" {
		return d.open(name, at.Sealed)
	}
	k := d.keeper(ctx)
	if k.opt.NoKeychain {
		return "", d.gone(name, errors.New("the keychain is left alone"))
	}
	value, err := k.ask(func() (string, error) { return k.opt.Vault.Get(d.entry(name)) })
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	if err != nil {
		return "", d.gone(name, err)
	}
	return value, nil
}

func (d Drawer) gone(name string, err error) error {
	return &assist.Fault{What: "the " + name + " is in the keychain, which does not give it", Where: d.Dir,
		Do: "Unlock the keychain, or put the key in again.", Err: err}
}

func (d Drawer) keeper(ctx context.Context) keeper {
	return keeper{opt: d.Options.complete(), ctx: ctx, dir: d.Dir, file: d.file()}
}

func (d Drawer) file() string { return filepath.Join(d.Dir, "secrets.json") }

// entry is the name in the keychain: two data folders do not share a secret.
func (d Drawer) entry(name string) string { return name + " " + check(d.Key) }

// store writes into the keychain; only what was read back counts.
func (k keeper) store(entry, value string) bool {
	back, err := k.ask(func() (string, error) {
		if err := k.opt.Vault.Set(entry, value); err != nil {
			return "", err
		}
		return k.opt.Vault.Get(entry)
	})
	return err == nil && back == value
}

func (d Drawer) read() (drawn, error) {
	file := drawn{Version: 1, Entries: map[string]placed{}}
	b, err := os.ReadFile(d.file())
	if errors.Is(err, os.ErrNotExist) {
		return file, nil
	}
	if err == nil {
		err = json.Unmarshal(b, &file)
	}
	switch {
	case err != nil:
		return file, d.damaged(err)
	case file.Version > 1:
		return file, &assist.Fault{What: "the file of keys was written by a newer version of Ringside", Where: d.file(),
			Do: "Install the newest version.", Err: assist.ErrNewer}
	case file.Entries == nil:
		file.Entries = map[string]placed{}
	}
	return file, nil
}

func (d Drawer) damaged(err error) error {
	return &assist.Fault{What: "the file of keys cannot be read", Where: d.file(),
		Do: "Delete the file and put the keys in again.", Err: errors.Join(assist.ErrDamaged, err)}
}

// write replaces the file as a whole.
func (d Drawer) write(file drawn) error {
	b, err := json.MarshalIndent(file, "", "\t")
	if err != nil {
		return fmt.Errorf("keep key: %w", err)
	}
	if err := durable.Write(d.file(), append(b, '\n')); err != nil {
		return &assist.Fault{What: "the file of keys cannot be written", Where: d.file(),
			Do: "Allow writing to the data folder.", Err: errors.Join(assist.ErrReadOnly, err)}
	}
	return nil
}

// lock returns the cipher of this drawer; its key says nothing of the store's.
func (d Drawer) lock() (cipher.AEAD, error) {
	key, err := hkdf.Key(sha256.New, d.Key[:], nil, "ringside drawer v1", chacha20poly1305.KeySize)
	if err != nil {
		return nil, err
	}
	return chacha20poly1305.NewX(key)
}

func (d Drawer) seal(name, value string) ([]byte, error) {
	aead, err := d.lock()
	if err != nil {
		return nil, fmt.Errorf("seal key: %w", err)
	}
	nonce := make([]byte, chacha20poly1305.NonceSizeX)
	rand.Read(nonce)
	return aead.Seal(nonce, nonce, []byte(value), []byte(name)), nil
}

func (d Drawer) open(name string, sealed []byte) (string, error) {
	aead, err := d.lock()
	if err != nil {
		return "", fmt.Errorf("open key: %w", err)
	}
	if len(sealed) < chacha20poly1305.NonceSizeX {
		return "", d.damaged(errors.New("too short"))
	}
	nonce, rest := sealed[:chacha20poly1305.NonceSizeX], sealed[chacha20poly1305.NonceSizeX:]
	value, err := aead.Open(nil, nonce, rest, []byte(name))
	if err != nil {
		return "", d.damaged(err)
	}
	return string(value), nil
}
