package storage

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"hash/maphash"
	"io"
	"os"
	"path/filepath"

	"ringside/assist"
	"ringside/storage/journal"
)

// Copied says what Copy has given away.
type Copied struct {
	Operations uint64
	Digest     string      // of all packs of the journal, as Report has it
	Erased     []assist.ID // customers who were erased for good, in no order
}

// sealedBeside are the sealed files of a data folder beside the journal: that of an erasure that
// is not finished, and what others keep there: the log of who did what, and the keys to services.
var sealedBeside = []string{markerFile, goneFile, "audit.log", "secrets.json"}

// Name is what the store is called among others: 8 letters and figures, the same for ever.
func (db *DB) Name() string {
	id := db.journal.Store()
	return hex.EncodeToString(id[:4])
}

// Copy gives to each every file that the store is made of, as it was at one moment: its
// name within the data folder with slashes, its size, and what is in it, encrypted as it
// lies there. The key is not among them. Saves go on meanwhile; imports and erasures wait.
func (db *DB) Copy(ctx context.Context, each func(name string, size int64, from io.Reader) error) (c Copied, err error) {
	db.bulk.Lock()
	defer db.bulk.Unlock()
	if err := db.landHeld(); err != nil {
		return c, err
	}
	db.mu.Lock()
	err = db.usable()
	at := db.mark()
	db.mu.Unlock()
	if err != nil {
		return c, err
	}
	c.Operations = at.n
	if c.Digest, err = db.digest(ctx, at.end); err != nil {
		return c, fmt.Errorf("copy the store: %w", err)
	}
	for r := range db.erased.set() {
		c.Erased = append(c.Erased, r.id)
	}
	err = db.journal.Copy(at.end, func(name string, size int64, from io.Reader) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		return each("journal/"+name, size, from)
	})
	for _, name := range sealedBeside {
		if err == nil { // behind the journal: a line of the log more than that knows of is no gap
			err = copyFile(db.opt.Dir, name, each)
		}
	}
	if err != nil {
		return c, fmt.Errorf("copy the store: %w", err)
	}
	return c, nil
}

// digest sums up the journal up to a place.
func (db *DB) digest(ctx context.Context, to journal.Position) (string, error) {
	d := newDigest()
	err := db.journal.Read(journal.Position{}, func(after journal.Position, payload []byte) error {
		if after.Seq <= to.Seq {
			d.add(payload)
		}
		return ctx.Err()
	})
	return d.String(), err
}

// digest sums up packs of the journal in their order.
type digest struct{ sum hash.Hash }

func newDigest() digest { return digest{sha256.New()} }

func (d digest) add(payload []byte) {
	var size [8]byte
	binary.LittleEndian.PutUint64(size[:], uint64(len(payload)))
	d.sum.Write(size[:])
	d.sum.Write(payload)
}

func (d digest) String() string { return hex.EncodeToString(d.sum.Sum(nil)) }

// copyFile gives a file away, if it is there.
func copyFile(dir, name string, each func(name string, size int64, from io.Reader) error) error {
	b, err := os.ReadFile(filepath.Join(dir, name))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return each(name, int64(len(b)), bytes.NewReader(b))
}

// Inspect reads a store that nobody has open, from its journal alone, and changes nothing:
// how many records of each type there are, and how many operations. It fails with
// assist.ErrWrongKey, assist.ErrNewer or assist.ErrDamaged.
func Inspect(ctx context.Context, dir string, key [32]byte) (Report, error) {
	j, err := journal.Open(journal.Options{Dir: filepath.Join(dir, "journal"), Key: key})
	if err != nil {
		return Report{}, err
	}
	defer j.Close()
	if err := j.Altered(); err != nil {
		return Report{}, err
	}
	r := Report{Counts: map[assist.Type]int{}}
	sum := newDigest()
	seen, seed := map[uint64]struct{}{}, maphash.MakeSeed() // 64 bits of each: a count may be one short once in a million stores
	err = j.Read(journal.Position{}, func(_ journal.Position, payload []byte) error {
		p, err := decodePack(payload)
		if err != nil {
			return err
		}
		sum.add(payload)
		if p.own() {
			if p.n != r.Operations+1 && len(r.Wrong) == 0 {
				r.Wrong = append(r.Wrong, fmt.Sprintf("operation %d is followed by %d", r.Operations, p.n))
			}
			r.Operations = p.n + uint64(len(p.ops)) - 1
		}
		for _, o := range p.ops {
			k := maphash.Comparable(seed, named{o.t, o.id})
			if _, known := seen[k]; !known && !o.void() {
				seen[k] = struct{}{}
				r.Counts[o.t]++
			}
		}
		return ctx.Err()
	})
	r.Digest = sum.String()
	return r, err
}
