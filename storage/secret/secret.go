// Package secret finds the one key that a store is encrypted with: in the system's
// keychain, else in a file sealed with a passphrase, else in a file that only its
// owner can read. It makes a key for a new store and never for one that exists.
//
// A Drawer keeps what else must not lie about: the keys to services that the user
// named, in the keychain, else sealed under the store's key.
package secret

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/zalando/go-keyring"

	"ringside/assist"
	"ringside/storage/durable"
)

// service is the name of our entries in the keychain.
const service = "Ringside"

// Options say where a key may be kept.
type Options struct {
	// NoKeychain leaves the system's keychain alone: for a data folder on a stick.
	NoKeychain bool
	// Passphrase seals the key where there is no keychain, and opens it; a recovery code
	// in its place opens it, too. Empty means none was given.
	Passphrase string
	// Timeout is how long the keychain may take to answer, a question to the user
	// included; 0 means 10 seconds.
	Timeout time.Duration
	// Vault is the keychain; nil means the system's.
	Vault Vault
}

func (opt Options) complete() Options {
	if opt.Timeout == 0 {
		opt.Timeout = 10 * time.Second
	}
	if opt.Vault == nil {
		opt.Vault = system{}
	}
	return opt
}

// Vault is a keychain: it keeps short texts by name. Get and Delete fail with
// ErrNoEntry when there is nothing under the name.
type Vault interface {
	Get(name string) (string, error)
	Set(name, value string) error
	Delete(name string) error
}

// ErrNoEntry: the keychain works and has no such entry.
var ErrNoEntry = keyring.ErrNotFound

// system is the keychain of the operating system.
type system struct{}

func (system) Get(name string) (string, error) { return keyring.Get(service, name) }
func (system) Set(name, value string) error    { return keyring.Set(service, name, value) }
func (system) Delete(name string) error        { return keyring.Delete(service, name) }

// Key returns the key of the store in the data folder dir, and where it is kept, in
// a sentence for people. When the folder holds no store yet, it makes a key and keeps
// it. When the folder holds a store whose key cannot be found, it fails with
// assist.ErrWrongKey and says what to do: no new key could open that store.
func Key(ctx context.Context, dir string, opt Options) (key [32]byte, where string, err error) {
	opt = opt.complete()
	k := keeper{opt: opt, ctx: ctx, dir: dir, file: filepath.Join(dir, "key.json")}
	note, err := k.read()
	if err != nil {
		return key, "", err
	}
	if note == nil {
		if k.storeExists() {
			return key, "", k.lost("the file that says where the key is, key.json, is missing")
		}
		rand.Read(key[:])
		where, err = k.keep(key)
		return key, where, err
	}
	return k.open(*note)
}

// Adopt keeps a key that is known already, of a store that came from elsewhere, in the
// folder dir, which holds no key yet, and says where.
func Adopt(ctx context.Context, dir string, key [32]byte, opt Options) (where string, err error) {
	return keeper{opt: opt.complete(), ctx: ctx, dir: dir, file: filepath.Join(dir, "key.json")}.keep(key)
}

// Opens reports whether a key is the one of the store in dir.
func Opens(dir string, key [32]byte) bool {
	n, err := keeper{file: filepath.Join(dir, "key.json")}.read()
	return err == nil && n != nil && n.Check == check(key)
}

// Boxes returns the boxes in which the key of the store in dir is sealed, for a backup to
// carry along: none when it lies in the keychain or open in its file alone.
func Boxes(dir string) (boxes []Box, err error) {
	n, err := keeper{file: filepath.Join(dir, "key.json")}.read()
	if err != nil || n == nil {
		return nil, err
	}
	for _, b := range []*Box{n.Box, n.Recovery} {
		if b != nil {
			boxes = append(boxes, *b)
		}
	}
	return boxes, nil
}

// Sealed reports whether the key of the store in dir is sealed with a passphrase, so
// that Key needs it in its Options.
func Sealed(dir string) bool {
	n, err := keeper{file: filepath.Join(dir, "key.json")}.read()
	return err == nil && n != nil && n.Kept == "passphrase"
}

// keeper is one search for a key.
type keeper struct {
	opt  Options
	ctx  context.Context
	dir  string
	file string
}

// note is the content of key.json: where the key is, or the key itself.
type note struct {
	Version int `json:"version"`
	// Kept is "keychain", "passphrase" or "file".
	Kept string `json:"kept"`
	// Entry is the name in the keychain.
	Entry string `json:"entry,omitempty"`
	// Check tells the right key from another without giving it away.
	Check string `json:"check"`
	Key   string `json:"key,omitempty"`
	Box   *Box   `json:"sealed,omitempty"`
	// Recovery is the key sealed with the recovery code, wherever else it is kept.
	Recovery *Box `json:"recovery,omitempty"`
}

const noteVersion = 1

func (k keeper) read() (*note, error) {
	b, err := os.ReadFile(k.file)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, &assist.Fault{What: "the key file cannot be read", Where: k.file, Do: "Allow reading it.", Err: err}
	}
	var n note
	if err := json.Unmarshal(b, &n); err != nil {
		return nil, &assist.Fault{What: "the key file is damaged", Where: k.file,
			Do: "Put back the key file that was here before.", Err: errors.Join(assist.ErrDamaged, err)}
	}
	if n.Version > noteVersion {
		return nil, &assist.Fault{What: "the key file was written by a newer version of Ringside", Where: k.file,
			Do: "Install the newest version.", Err: assist.ErrNewer}
	}
	return &n, nil
}

// storeExists reports whether there is a store that some key has been used for.
func (k keeper) storeExists() bool {
	for _, name := range []string{"store.json", filepath.Join("journal", "00000001.seg"), "picture"} {
		if _, err := os.Stat(filepath.Join(k.dir, name)); err == nil {
			return true
		}
	}
	return false
}

// lost is the answer when no key is found for a store that exists.
func (k keeper) lost(what string) error {
	return &assist.Fault{What: "the key of this data folder was not found: " + what, Where: k.dir,
		Do:  "Unlock the keychain, or put back key.json from a backup. Nothing in the folder has been changed.",
		Err: assist.ErrWrongKey}
}

// keep keeps a key in the best place there is.
func (k keeper) keep(key [32]byte) (where string, err error) {
	if err := os.MkdirAll(k.dir, 0o700); err != nil {
		return "", &assist.Fault{What: "the data folder cannot be made", Where: k.dir,
			Do: "Name a folder that you may write to.", Err: errors.Join(assist.ErrReadOnly, err)}
	}
	n := note{Version: noteVersion, Check: check(key)}
	switch {
	case !k.opt.NoKeychain && k.put(&n, key):
		n.Kept = "keychain"
	case k.opt.Passphrase != "":
		n.Kept = "passphrase"
		if n.Box, err = Seal(key, k.opt.Passphrase); err != nil {
			return "", fmt.Errorf("seal key: %w", err)
		}
	default:
		n.Kept, n.Key = "file", base64.StdEncoding.EncodeToString(key[:])
	}
	if n.Kept != "keychain" {
		n.Entry = ""
	}
	if there, err := k.read(); there != nil || err != nil {
		return "", errors.Join(errors.New("there is a key already"), err)
	}
	return k.sentence(n), k.write(n)
}

// write writes key.json so that it is there as before or as wanted, whatever dies.
func (k keeper) write(n note) error {
	b, err := json.MarshalIndent(n, "", "\t")
	if err == nil {
		err = durable.Write(k.file, append(b, '\n'))
	}
	if err != nil {
		return &assist.Fault{What: "the key file cannot be written", Where: k.file,
			Do: "Allow writing to the folder, or name another one.", Err: errors.Join(assist.ErrReadOnly, err)}
	}
	return nil
}

// put writes the key into the keychain and reads it back; only what was read back counts.
func (k keeper) put(n *note, key [32]byte) bool {
	var name [8]byte
	rand.Read(name[:])
	entry := "data folder " + hex.EncodeToString(name[:])
	n.Entry = entry
	value := base64.StdEncoding.EncodeToString(key[:])
	back, err := k.ask(func() (string, error) {
		if err := k.opt.Vault.Set(entry, value); err != nil {
			return "", err
		}
		return k.opt.Vault.Get(entry)
	})
	return err == nil && back == value
}

// ask calls the keychain beside the caller and gives up after the timeout: it may
// be waiting for a window that nobody sees.
func (k keeper) ask(call func() (string, error)) (string, error) {
	type answer struct {
		value string
		err   error
	}
	done := make(chan answer, 1)
	go func() {
		v, err := call()
		done <- answer{v, err}
	}()
	limit := time.NewTimer(k.opt.Timeout)
	defer limit.Stop()
	select {
	case a := <-done:
		return a.value, a.err
	case <-limit.C:
		return "", errors.New("the keychain did not answer")
	case <-k.ctx.Done():
		return "", k.ctx.Err()
	}
}

// open gets the key from where the note says it is.
func (k keeper) open(n note) (key [32]byte, where string, err error) {
	switch n.Kept {
	case "keychain":
		key, err = k.fromKeychain(n)
	case "passphrase":
		key, err = k.fromBox(n)
	case "file":
		key, err = decode(n.Key)
	default:
		err = errors.New("it says nothing of where the key is")
	}
	if errors.Is(err, assist.ErrWrongKey) && k.opt.Passphrase != "" {
		key, err = k.recover(n, err)
	}
	var fault *assist.Fault
	switch {
	case errors.As(err, &fault), k.ctx.Err() != nil && errors.Is(err, k.ctx.Err()):
		return key, "", err
	case err != nil, check(key) != n.Check:
		return [32]byte{}, "", &assist.Fault{What: "the key file is damaged or belongs to another data folder", Where: k.file,
			Do: "Put back the key file that was here before.", Err: errors.Join(assist.ErrWrongKey, err)}
	}
	return key, k.sentence(n), nil
}

func (k keeper) fromKeychain(n note) (key [32]byte, err error) {
	value, err := k.ask(func() (string, error) { return k.opt.Vault.Get(n.Entry) })
	switch {
	case errors.Is(err, ErrNoEntry):
		return key, k.lost("the keychain has no entry \"" + n.Entry + "\"")
	case err != nil && k.ctx.Err() != nil:
		return key, err
	case err != nil:
		return key, k.lost("the keychain cannot be asked")
	}
	return decode(value)
}

func (k keeper) fromBox(n note) (key [32]byte, err error) {
	if n.Box == nil {
		return key, errors.New("the sealed key is missing")
	}
	if k.opt.Passphrase == "" {
		return key, &assist.Fault{What: "this data folder needs its passphrase", Where: k.dir,
			Do:  "Set RINGSIDE_PASSPHRASE to the one that was chosen when the folder was made, or start Ringside in a terminal, where it asks.",
			Err: assist.ErrWrongKey}
	}
	key, err = n.Box.Open(k.opt.Passphrase)
	if errors.Is(err, assist.ErrWrongKey) {
		return key, &assist.Fault{What: "this is not the passphrase of the data folder", Where: k.dir,
			Do: "Try again; large and small letters count.", Err: err}
	}
	return key, err
}

func (k keeper) sentence(n note) string {
	switch n.Kept {
	case "keychain":
		return "The key to your notes is in this computer's keychain, as \"" + service + ", " + n.Entry + "\"."
	case "passphrase":
		return "The key to your notes is sealed with your passphrase, in " + k.file + "."
	}
	return "The key to your notes is in " + k.file + ", which only you can read; whoever copies the whole folder can read the notes."
}

func decode(text string) (key [32]byte, err error) {
	b, err := base64.StdEncoding.DecodeString(text)
	if err == nil && len(b) != len(key) {
		err = errors.New("the key has the wrong length")
	}
	if err != nil {
		return key, err
	}
	copy(key[:], b)
	return key, nil
}

// check is a name for a key from which the key cannot be found.
func check(key [32]byte) string {
	sum := sha256.Sum256(append([]byte("ringside key check v1"), key[:]...))
	return hex.EncodeToString(sum[:8])
}
