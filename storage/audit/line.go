package audit

import (
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"

	"golang.org/x/crypto/chacha20poly1305"
)

// A line is base64 of a nonce and the sealed JSON of an entry and of the hash of the line
// before.
type sealed struct {
	Before string `json:"before,omitempty"`
	Entry
}

var label = []byte("ringside audit v1")

// sealer returns the cipher of the log; its key says nothing of the store's.
func sealer(key [32]byte) (cipher.AEAD, error) {
	k, err := hkdf.Key(sha256.New, key[:], nil, string(label), chacha20poly1305.KeySize)
	if err != nil {
		return nil, err
	}
	return chacha20poly1305.NewX(k)
}

func sealLine(aead cipher.AEAD, before string, e Entry) ([]byte, error) {
	plain, err := json.Marshal(sealed{before, e})
	if err != nil {
		return nil, err
	}
	nonce := make([]byte, chacha20poly1305.NonceSizeX)
	rand.Read(nonce)
	return base64.RawStdEncoding.AppendEncode(nil, aead.Seal(nonce, nonce, plain, label)), nil
}

// openLine returns the entry of a line and the hash of the line before it; ok is false
// when this key has sealed no such line.
func openLine(aead cipher.AEAD, line []byte) (e Entry, before string, ok bool) {
	b, err := base64.RawStdEncoding.Strict().AppendDecode(nil, line)
	if err != nil || len(b) < chacha20poly1305.NonceSizeX {
		return e, "", false
	}
	plain, err := aead.Open(nil, b[:chacha20poly1305.NonceSizeX], b[chacha20poly1305.NonceSizeX:], label)
	if err != nil {
		return e, "", false
	}
	var s sealed
	if json.Unmarshal(plain, &s) != nil {
		return e, "", false
	}
	return s.Entry, s.Before, true
}

func hashOf(line []byte) string {
	sum := sha256.Sum256(line)
	return hex.EncodeToString(sum[:])
}
