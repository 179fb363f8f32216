package storage

import (
	"maps"
	"slices"
	"sync"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
)

// A note may be only for who wrote it. It stays here then, with the insights that were
// taken from it, whatever was handed out of it before. When it is shared again it is
// written anew, every field: what it said meanwhile stays here for good.

const fieldPrivate = "private"

// private reports whether a note is only for who wrote it.
func (s *state) private() bool { return s != nil && s.index(fieldPrivate) >= 0 }

// confidants are the notes that are private or ever were, which spares looking at all
// others. The picture has a key of each.
type confidants struct {
	mu  sync.Mutex
	ids map[assist.ID]bool
}

func (c *confidants) none() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.ids) == 0
}

func (c *confidants) has(id assist.ID) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.ids[id]
}

// add reports whether it is new.
func (c *confidants) add(id assist.ID) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ids[id] {
		return false
	}
	if c.ids == nil {
		c.ids = map[assist.ID]bool{}
	}
	c.ids[id] = true
	return true
}

func (db *DB) loadConfidants() error {
	return db.picture.View(func(txn *badger.Txn) error {
		it := txn.NewIterator(keysOnly(keyPrivate))
		defer it.Close()
		for it.Rewind(); it.Valid(); it.Next() {
			db.confidants.add(assist.ID(it.Item().Key()[len(keyPrivate):]))
		}
		return nil
	})
}

// confide notes a note that is private, or was.
func (w *writer) confide(c change) error {
	if c.t != assist.TypeNote || c.after.stampOf(fieldPrivate) == (stamp{}) || !w.db.confidants.add(c.id) {
		return nil
	}
	key := append(slices.Clone(keyPrivate), c.id...)
	if err := w.room(int64(len(key)), 0); err != nil {
		return err
	}
	return w.txn.SetEntry(badger.NewEntry(key, nil).WithDiscard())
}

// noteOf returns the note on which a record hangs, if that is private or ever was: a note
// itself, or what an insight was taken from; else nil.
func (db *DB) noteOf(txn *badger.Txn, t assist.Type, id assist.ID) (*state, error) {
	if db.confidants.none() || t != assist.TypeNote && t != assist.TypeInsight {
		return nil, nil
	}
	if t == assist.TypeInsight {
		raw, err := rawState(txn, recordKey(t, id))
		if id = assist.ID(fieldText(raw, "note")); err != nil || id == "" {
			return nil, err
		}
	}
	if !db.confidants.has(id) {
		return nil, nil
	}
	return readState(txn, recordKey(assist.TypeNote, id))
}

// withheld reports whether an operation stays here: the note that it is of, or hangs on, is
// private, or was when this was written.
func (o *outlet) withheld(w op, at stamp) (bool, error) {
	note, err := o.db.noteOf(o.txn, w.t, w.id)
	if err != nil || note == nil {
		return false, err
	}
	return note.private() || at.compare(note.stampOf(fieldPrivate)) < 0, nil
}

// toWrite returns what of a record is to be written, and which other records are too.
func (db *DB) toWrite(txn *badger.Txn, before *state, e encoded) (fs []field, more []encoded, err error) {
	fs = before.diff(e.fields, db.codec.known[e.t], lists[e.t])
	shared := e.t == assist.TypeNote && before.private() && !slices.ContainsFunc(e.fields, func(f field) bool { return f.name == fieldPrivate })
	if shared {
		more, err = db.opened(txn, e.id)
	}
	if before != nil && (shared || e.whole) {
		fs = before.whole(fs)
	}
	return fs, more, err
}

// opened returns what else is to be written when a private note is shared: the insights
// that stayed here with it.
func (db *DB) opened(txn *badger.Txn, note assist.ID) (out []encoded, err error) {
	it := newWalker(txn, []byte{spaceLink, linkInsight})
	defer it.Close()
	err = insightsOf(db, txn, it, note, func(i assist.Insight) error {
		e, err := db.encodeAsIs(i)
		e.whole = true
		out = append(out, e)
		return err
	})
	return out, err
}

// whole returns all that was ever written of a record, as a write of some of it leaves it.
func (s *state) whole(written []field) []field {
	out := slices.Clone(written)
	add := func(f field) {
		if !slices.ContainsFunc(written, func(w field) bool { return w.name == f.name }) {
			out = append(out, f)
		}
	}
	for _, f := range s.fields {
		add(f)
	}
	for _, name := range slices.Sorted(maps.Keys(s.later)) {
		if s.index(name) < 0 {
			add(field{name, []byte{undefined}})
		}
	}
	return out
}
