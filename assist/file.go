package assist

import (
	"crypto/sha256"
	"strconv"
)

const maxFile = 2 << 20 // bytes of a picture or another file of an answer

// File is a picture or another file that belongs to an answer.
type File struct {
	Name string `json:"name"`           // "payment-list.png"
	Blob ID     `json:"blob"`           // its bytes
	Step int    `json:"step,omitempty"` // of Answer.Steps, from 1; 0 means the answer as a whole
}

// Blob is the bytes of a file, kept once however many answers show it.
type Blob struct {
	ID   ID     `json:"id"` // Key of Data
	Data []byte `json:"data"`
}

// Key is the id under which these bytes are kept.
func (b Blob) Key() ID {
	sum := sha256.Sum256(b.Data)
	return ID(idText.EncodeToString(sum[:16]))
}

// Ident implements Record.
func (b Blob) Ident() (Type, ID) { return TypeBlob, b.ID }

// Validate reports whether the bytes can be kept: some, and not more than 2 MB.
func (b Blob) Validate() error {
	var v check
	v.that(b.ID == b.Key(), "id", "is not that of the bytes")
	v.that(len(b.Data) > 0, "data", "is missing")
	v.that(len(b.Data) <= maxFile, "data", "is larger than "+strconv.Itoa(maxFile>>20)+" MB")
	return v.fault(TypeBlob, b.ID)
}
