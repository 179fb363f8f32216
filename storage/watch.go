package storage

import "ringside/assist"

// watcher is one who watches.
type watcher struct{ told func(assist.Type, assist.ID) }

// Watch has told called with every record that is written from now on, and with an empty
// type when an import has brought more than can be told one by one. told is called while
// the store waits: it must be quick, and may not use the store. stop ends it.
func (db *DB) Watch(told func(assist.Type, assist.ID)) (stop func()) {
	db.told.Lock()
	defer db.told.Unlock()
	if db.watchers == nil {
		db.watchers = map[*watcher]struct{}{}
	}
	w := &watcher{told}
	db.watchers[w] = struct{}{}
	return func() {
		db.told.Lock()
		defer db.told.Unlock()
		delete(db.watchers, w)
	}
}

// tell tells those who watch. The caller holds db.told.
func (db *DB) tell(t assist.Type, id assist.ID) {
	for w := range db.watchers {
		w.told(t, id)
	}
}

// tellAll tells those who watch that an import has landed.
func (db *DB) tellAll() {
	db.told.Lock()
	defer db.told.Unlock()
	db.tell("", "")
}
