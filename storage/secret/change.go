package secret

import (
	"context"
	"encoding/base64"
	"errors"
	"path/filepath"

	"ringside/assist"
)

// How the key of a store is kept can be changed while the store is open: the key itself
// stays the same.

// State says how the key of a store is kept.
type State struct {
	Where      string // in a sentence for people
	Passphrase bool   // it is sealed with one
	Recovery   bool   // there is a recovery code
	Keychain   bool
}

// StateOf says how the key of the store in dir is kept.
func StateOf(dir string) (State, error) {
	k := keeper{dir: dir, file: filepath.Join(dir, "key.json")}
	n, err := k.read()
	if err != nil || n == nil {
		return State{}, err
	}
	return State{k.sentence(*n), n.Kept == "passphrase", n.Recovery != nil, n.Kept == "keychain"}, nil
}

// NewRecovery makes a recovery code for the store in dir, whose key is known, and returns
// it. The one before opens it no longer. Nobody can show a code a second time.
func NewRecovery(dir string, key [32]byte) (code string, err error) {
	k, n, err := known(dir, key)
	if err != nil {
		return "", err
	}
	code = newCode()
	letters, _ := plainCode(code)
	if n.Recovery, err = Seal(key, letters); err != nil {
		return "", err
	}
	return code, k.write(n)
}

// SetPassphrase seals the key of the store in dir, which is known, with another passphrase;
// with "" it goes back into the keychain, or into its file where there is none. It returns
// in a sentence for people where the key is now.
func SetPassphrase(ctx context.Context, dir string, key [32]byte, passphrase string, opt Options) (where string, err error) {
	k, n, err := known(dir, key)
	if err != nil {
		return "", err
	}
	k.opt, k.ctx = opt.complete(), ctx
	next := note{Version: noteVersion, Check: n.Check, Recovery: n.Recovery}
	switch {
	case passphrase != "":
		next.Kept = "passphrase"
		next.Box, err = Seal(key, passphrase)
	case !k.opt.NoKeychain && k.put(&next, key):
		next.Kept = "keychain"
	default:
		next.Kept, next.Entry, next.Key = "file", "", base64.StdEncoding.EncodeToString(key[:])
	}
	if err != nil {
		return "", err
	}
	if err := k.write(next); err != nil {
		return "", err
	}
	if n.Kept == "keychain" && next.Entry != n.Entry {
		// Left behind, the entry would open the store without the passphrase.
		_, _ = k.ask(func() (string, error) { return "", k.opt.Vault.Delete(n.Entry) })
	}
	return k.sentence(next), nil
}

// Unlocks reports whether words are the passphrase or the recovery code of the store in
// dir. It fails with assist.ErrWrongKey, and says which part of a code is mistyped.
func Unlocks(dir, words string) error {
	k := keeper{dir: dir, file: filepath.Join(dir, "key.json"), opt: Options{Passphrase: words}}
	n, err := k.read()
	if err != nil {
		return err
	}
	if n == nil {
		return k.lost("the file that says where the key is, key.json, is missing")
	}
	if n.Box != nil {
		if _, err := n.Box.Open(words); err == nil {
			return nil
		}
	}
	_, err = k.recover(*n, &assist.Fault{What: "this is neither the passphrase nor the recovery code", Do: "Try again; large and small letters count in a passphrase.", Err: assist.ErrWrongKey})
	return err
}

// known returns what is known of the key of a store that is open.
func known(dir string, key [32]byte) (k keeper, n note, err error) {
	k = keeper{dir: dir, file: filepath.Join(dir, "key.json")}
	there, err := k.read()
	if err != nil {
		return k, n, err
	}
	if there == nil || there.Check != check(key) {
		return k, n, k.lost("key.json is missing, or belongs to another data folder")
	}
	return k, *there, nil
}

// recover opens the key with a recovery code where it could not be had otherwise, which
// failed says. A keychain that has lost its entry gets it back.
func (k keeper) recover(n note, failed error) (key [32]byte, err error) {
	letters, is := plainCode(k.opt.Passphrase)
	if n.Recovery == nil || !is {
		return key, failed
	}
	if err := checkCode(letters); err != nil {
		return key, err
	}
	key, err = n.Recovery.Open(letters)
	if errors.Is(err, assist.ErrWrongKey) {
		return key, &assist.Fault{What: "this recovery code is of another data folder, or a newer one was made", Where: k.dir, Do: "Use the newest one.", Err: err}
	}
	if err != nil || n.Kept != "keychain" || k.opt.NoKeychain || k.ctx == nil {
		return key, err
	}
	if again := n; k.put(&again, key) {
		err = k.write(again)
	}
	return key, err
}
