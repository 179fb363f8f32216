package assist

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"strings"
	"time"
)

// ID names one record among those of its type: 26 lower-case letters and digits
// for records made here, or a short name chosen by a person for answers, prompts
// and reps ("charged-twice").
type ID string

var idText = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// NewID returns a new id. Ids made at a later millisecond sort behind those made
// earlier; the rest is 80 random bits.
func NewID(now time.Time) ID {
	var b [16]byte
	ms := uint64(now.UnixMilli())
	for i := range 6 {
		b[i] = byte(ms >> (40 - 8*i))
	}
	rand.Read(b[6:])
	return ID(idText.EncodeToString(b[:]))
}

// IDFrom returns the id that these words always have: the same words give the
// same id on every machine, so that a second import finds what the first made.
func IDFrom(words ...string) ID {
	sum := sha256.Sum256([]byte(strings.Join(words, "\x00")))
	return ID(idText.EncodeToString(sum[:16]))
}

// Valid reports whether the id can be a key: 1 to 64 of a-z, 0-9, '-', '_' and '.'.
func (id ID) Valid() bool {
	if len(id) == 0 || len(id) > 64 {
		return false
	}
	for _, c := range id {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' && c != '_' && c != '.' {
			return false
		}
	}
	return true
}
