package storage

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"os"
	"path/filepath"

	"ringside/assist"
)

// seenFile, beside the pictures, says how many records the journal had when one was last
// added. It is written after the journal and not synced: it may tell of fewer records than
// there are, and never of more, unless the end of the journal was lost.
const seenFile = "seen"

// seen is the store, the number of the last record, and a checksum of both.
func (db *DB) seen(seq uint64) []byte {
	store := db.journal.Store()
	b := binary.BigEndian.AppendUint64(store[:], seq)
	return binary.BigEndian.AppendUint32(b, crc32.Checksum(b, castagnoli))
}

// openSeen begins to note what the journal has.
func (db *DB) openSeen() (err error) {
	db.sight, err = os.OpenFile(filepath.Join(db.pictureRoot(), seenFile), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return notWritable(db.opt.Dir, err)
	}
	db.see(db.journal.End().Seq)
	return nil
}

// see notes a record. What fails leaves an older note, which is no less true.
func (db *DB) see(seq uint64) { _, _ = db.sight.WriteAt(db.seen(seq), 0) }

func (db *DB) closeSeen() error {
	if db.sight == nil {
		return nil
	}
	err := db.sight.Close()
	db.sight = nil
	return err
}

// checkSeen fails when records of the journal that were once there are missing. A note
// that is not readable, or another store's, says nothing.
func (db *DB) checkSeen() error {
	b, err := os.ReadFile(filepath.Join(db.pictureRoot(), seenFile))
	if err != nil || len(b) != 28 {
		return nil
	}
	seq := binary.BigEndian.Uint64(b[16:])
	if !bytes.Equal(b, db.seen(seq)) || seq <= db.journal.End().Seq {
		return nil
	}
	return db.endMissing()
}

// endMissing says that the journal once had more records.
func (db *DB) endMissing() error {
	if err := db.journal.Altered(); err != nil {
		return err
	}
	return &assist.Fault{What: "the end of the journal is missing", Where: db.opt.Dir,
		Do: "Restore a backup: ringside restore FILE. Keep this folder; it can be searched for what is missing.", Err: assist.ErrDamaged}
}
