package backup

import (
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"os"
	"strconv"

	"filippo.io/age"
	"golang.org/x/crypto/chacha20poly1305"

	"ringside/assist"
	"ringside/storage/secret"
)

// Version of what a backup holds; a newer one is refused.
const Version = 1

// Key seals and opens backups. It is an age.Recipient: the file's own key is sealed under
// one that is derived from the store's, and beside it lie the boxes of the store's key.
type Key struct {
	Store [32]byte     // zero when only Words are known
	Boxes []secret.Box // of the store's key, for machines that do not have it
	Words string       // a passphrase or a recovery code that opens one of the boxes
}

const (
	sealedStanza = "ringside-backup"
	boxStanza    = "ringside-box"
)

// Wrap implements age.Recipient.
func (k Key) Wrap(file []byte) ([]*age.Stanza, error) {
	aead, err := k.sealer()
	if err != nil {
		return nil, err
	}
	nonce := make([]byte, aead.NonceSize())
	rand.Read(nonce)
	out := []*age.Stanza{{Type: sealedStanza, Args: []string{strconv.Itoa(Version)}, Body: aead.Seal(nonce, nonce, file, nil)}}
	for _, b := range k.Boxes {
		text, err := json.Marshal(b)
		if err != nil {
			return nil, err
		}
		out = append(out, &age.Stanza{Type: boxStanza, Body: text})
	}
	return out, nil
}

func (k Key) sealer() (cipher.AEAD, error) {
	key, err := hkdf.Key(sha256.New, k.Store[:], nil, "ringside backup v1", chacha20poly1305.KeySize)
	if err != nil {
		return nil, err
	}
	return chacha20poly1305.NewX(key)
}

func (k Key) identity() *identity { return &identity{key: k, store: k.Store} }

// identity opens one file, and learns the store's key from its boxes when it must.
type identity struct {
	key    Key
	store  [32]byte
	newer  bool
	locked bool // the store's key is not known and no box opens
}

// Unwrap implements age.Identity.
func (i *identity) Unwrap(stanzas []*age.Stanza) ([]byte, error) {
	i.findStore(stanzas)
	for _, s := range stanzas {
		if s.Type != sealedStanza {
			continue
		}
		if v, err := strconv.Atoi(append(s.Args, "")[0]); err != nil || v > Version {
			i.newer = true
			return nil, assist.ErrNewer
		}
		aead, err := Key{Store: i.store}.sealer()
		if err != nil {
			return nil, err
		}
		if n := aead.NonceSize(); len(s.Body) > n {
			if file, err := aead.Open(nil, s.Body[:n], s.Body[n:], nil); err == nil {
				return file, nil
			}
		}
		i.locked = true
	}
	return nil, age.ErrIncorrectIdentity
}

func (i *identity) findStore(stanzas []*age.Stanza) {
	if i.key.Words == "" || i.key.Store != [32]byte{} {
		return
	}
	for _, s := range stanzas {
		var b secret.Box
		if s.Type != boxStanza || json.Unmarshal(s.Body, &b) != nil {
			continue
		}
		if key, err := b.Unlock(i.key.Words); err == nil {
			i.store = key
			return
		}
	}
}

// why says for people why a file did not open.
func (i *identity) why(path string, err error) error {
	switch {
	case i.newer:
		return &assist.Fault{What: "this backup was made by a newer version of Ringside", Where: path, Do: "Install the newest version.", Err: assist.ErrNewer}
	case i.locked && i.key.Words != "":
		return &assist.Fault{What: "neither this passphrase nor this recovery code opens the backup", Where: path,
			Do: "Use the one that was in use when the backup was made; large and small letters count.", Err: assist.ErrWrongKey}
	case i.locked:
		return &assist.Fault{What: "the key of this data folder does not open the backup", Where: path,
			Do: "Give the passphrase or the recovery code that was in use when it was made.", Err: assist.ErrWrongKey}
	}
	return &assist.Fault{What: "this is no backup, or it is damaged", Where: path, Do: "Take another file.", Err: errors.Join(assist.ErrDamaged, err)}
}

// StoreKey returns the key of the store that a backup is of: the one that is known, or the
// one of a box that the words open. It fails as Unpack does.
func StoreKey(path string, key Key) ([32]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return [32]byte{}, &assist.Fault{What: "the backup cannot be read", Where: path, Err: err}
	}
	defer f.Close()
	id := key.identity()
	if _, err := age.Decrypt(f, id); err != nil {
		return [32]byte{}, id.why(path, err)
	}
	return id.store, nil
}
