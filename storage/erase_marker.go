package storage

import (
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/crypto/chacha20poly1305"

	"ringside/assist"
	"ringside/storage/durable"
)

// marker says in a file of the data folder that an erasure was begun. It holds ids alone,
// sealed, and is there until all is done.
type marker struct {
	Erasures []assist.Erasure
	Gone     []assist.Ref
}

const (
	markerFile = "erasing"
	// goneFile holds, sealed too, the ids of all records that erasures have taken out: what
	// is of them on its way between replicas is known by nothing else.
	goneFile = "erased"
)

func (m marker) gone() gone {
	g := gone{}
	for _, r := range m.Gone {
		g[named{r.Type, r.ID}] = true
	}
	return g
}

func (db *DB) markerSeal() (cipher.AEAD, error) {
	key, err := hkdf.Key(sha256.New, db.opt.Key[:], nil, "ringside erasing v1", 32)
	if err != nil {
		return nil, err
	}
	return chacha20poly1305.NewX(key)
}

// write writes the marker; when it returns the erasure will be finished, whatever dies.
func (m marker) write(db *DB) error { return m.writeTo(db, markerFile) }

func (m marker) writeTo(db *DB, name string) error {
	seal, err := db.markerSeal()
	if err != nil {
		return err
	}
	b, err := db.codec.enc.Marshal(m)
	if err != nil {
		return err
	}
	nonce := make([]byte, chacha20poly1305.NonceSizeX)
	rand.Read(nonce)
	if err := durable.Write(filepath.Join(db.opt.Dir, name), seal.Seal(nonce, nonce, b, nil)); err != nil {
		return notWritable(db.opt.Dir, err)
	}
	return nil
}

// readMarker returns the marker of an erasure that was begun; ok is false when there is
// none.
func (db *DB) readMarker() (m marker, ok bool, err error) { return db.readMarkerOf(markerFile) }

func (db *DB) readMarkerOf(name string) (m marker, ok bool, err error) {
	path := filepath.Join(db.opt.Dir, name)
	b, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return m, false, nil
	}
	if err != nil {
		return m, false, fmt.Errorf("read what is being erased: %w", err)
	}
	seal, err := db.markerSeal()
	if err != nil {
		return m, false, err
	}
	if err = errors.New("it is too short"); len(b) > seal.NonceSize() {
		if b, err = seal.Open(nil, b[:seal.NonceSize()], b[seal.NonceSize():], nil); err == nil {
			err = db.codec.dec.Unmarshal(b, &m)
		}
	}
	if err != nil {
		return m, false, &assist.Fault{What: "what is being erased cannot be read", Where: path,
			Do: "Move this file away and erase the customer again.", Err: errors.Join(assist.ErrDamaged, err)}
	}
	return m, true, nil
}

// dropMarker ends an erasure: of what was taken out the ids are kept.
func (db *DB) dropMarker(m marker) error {
	all, _, err := db.readMarkerOf(goneFile)
	if err != nil {
		return err
	}
	known := all.gone()
	for _, r := range m.Gone {
		if !known[named{r.Type, r.ID}] {
			all.Gone = append(all.Gone, r)
		}
	}
	if err := all.writeTo(db, goneFile); err != nil {
		return err
	}
	ids := all.gone()
	db.erased.ids.Store(&ids)
	if err := os.Remove(filepath.Join(db.opt.Dir, markerFile)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("end the erasure: %w", err)
	}
	return durable.SyncDir(db.opt.Dir)
}

// markerOf makes the marker of what was found.
func markerOf(x *tracer, by assist.ID, at time.Time) (m marker) {
	for _, id := range x.found.Customers {
		m.Erasures = append(m.Erasures, assist.Erasure{ID: id, By: by, At: at})
	}
	for n := range x.own {
		m.Gone = append(m.Gone, assist.Ref{Type: n.t, ID: n.id})
	}
	return m
}
