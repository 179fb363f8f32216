package secret

import (
	"crypto/rand"
	"errors"

	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/chacha20poly1305"

	"ringside/assist"
)

// Box is a key sealed with a passphrase or a recovery code: argon2id and XChaCha20-Poly1305.
type Box struct {
	Time    uint32 `json:"argon2_time"`
	Memory  uint32 `json:"argon2_kib"`
	Threads uint8  `json:"argon2_threads"`
	Salt    []byte `json:"salt"`
	Sealed  []byte `json:"key"` // nonce, then the sealed key
}

// What a box may ask for: a damaged file must not take all memory or the whole day.
const (
	maxTime   = 32
	maxMemory = 1 << 20 // KiB
)

var boxFor = []byte("ringside key v1")

// Seal seals a key with a passphrase, or other words.
func Seal(key [32]byte, passphrase string) (*Box, error) {
	b := &Box{Time: 3, Memory: 64 << 10, Threads: 4, Salt: make([]byte, 16)}
	rand.Read(b.Salt)
	aead, err := chacha20poly1305.NewX(b.derive(passphrase))
	if err != nil {
		return nil, err
	}
	nonce := make([]byte, chacha20poly1305.NonceSizeX)
	rand.Read(nonce)
	b.Sealed = aead.Seal(nonce, nonce, key[:], boxFor)
	return b, nil
}

func (b *Box) derive(passphrase string) []byte {
	return argon2.IDKey([]byte(passphrase), b.Salt, b.Time, b.Memory, b.Threads, chacha20poly1305.KeySize)
}

// Unlock is Open for words that people type: a passphrase, or a recovery code in whatever
// way it is written.
func (b *Box) Unlock(words string) (key [32]byte, err error) {
	key, err = b.Open(words)
	if letters, is := plainCode(words); is && letters != words && errors.Is(err, assist.ErrWrongKey) {
		return b.Open(letters)
	}
	return key, err
}

// Open fails with assist.ErrWrongKey when it is another passphrase, and with
// assist.ErrDamaged when the box makes no sense.
func (b *Box) Open(passphrase string) (key [32]byte, err error) {
	if b.Time == 0 || b.Time > maxTime || b.Memory > maxMemory || b.Threads == 0 ||
		len(b.Salt) < 8 || len(b.Sealed) != chacha20poly1305.NonceSizeX+len(key)+chacha20poly1305.Overhead {
		return key, assist.ErrDamaged
	}
	aead, err := chacha20poly1305.NewX(b.derive(passphrase))
	if err != nil {
		return key, err
	}
	nonce := b.Sealed[:chacha20poly1305.NonceSizeX]
	plain, err := aead.Open(nil, nonce, b.Sealed[len(nonce):], boxFor)
	if err != nil {
		return key, assist.ErrWrongKey
	}
	copy(key[:], plain)
	return key, nil
}
