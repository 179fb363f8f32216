package secret

import (
	"crypto/rand"

	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/chacha20poly1305"

	"ringside/assist"
)

// box is a key sealed with a passphrase: argon2id and XChaCha20-Poly1305.
type box struct {
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

func seal(key [32]byte, passphrase string) (*box, error) {
	b := &box{Time: 3, Memory: 64 << 10, Threads: 4, Salt: make([]byte, 16)}
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

func (b *box) derive(passphrase string) []byte {
	return argon2.IDKey([]byte(passphrase), b.Salt, b.Time, b.Memory, b.Threads, chacha20poly1305.KeySize)
}

// open fails with assist.ErrWrongKey when it is another passphrase, and with
// assist.ErrDamaged when the box makes no sense.
func (b *box) open(passphrase string) (key [32]byte, err error) {
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
