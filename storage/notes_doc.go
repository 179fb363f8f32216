package storage

import (
	"slices"
	"strings"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
	"ringside/storage/index"
)

// The sorts of facets of a note.
const (
	byCustomer   = 'c'
	byRep        = 'r'
	byKind       = 'k'
	byTag        = 't'
	byAnswer     = 'a'
	byMood       = 'm'
	byUnreviewed = 'u'
)

// noteDoc returns by what a note can be found: what it says, what was added to it, and
// facets of it, of its call and of its customer's kind.
func noteDoc(n assist.Note, call assist.Call, kind assist.Kind) index.Doc {
	d := index.Doc{Key: string(n.ID), At: micros(n.At), Texts: []string{n.Text}, Facets: []string{index.Facet(byRep, string(n.Rep))}}
	for _, r := range n.Remarks {
		d.Texts = append(d.Texts, r.Text)
	}
	for _, t := range n.Tags {
		d.Texts = append(d.Texts, t)
		d.Facets = append(d.Facets, index.Facet(byTag, foldTag(t)))
	}
	if n.Customer != "" {
		d.Facets = append(d.Facets, index.Facet(byCustomer, string(n.Customer)), index.Facet(byKind, string(usualKind(kind))))
	}
	if n.Reviewed.IsZero() {
		d.Facets = append(d.Facets, index.Facet(byUnreviewed, ""))
	}
	for _, u := range call.Used {
		if u.Said {
			d.Facets = append(d.Facets, index.Facet(byAnswer, string(u.Answer)))
		}
	}
	if call.Mood != "" {
		d.Facets = append(d.Facets, index.Facet(byMood, string(call.Mood)))
	}
	return d
}

func usualKind(k assist.Kind) assist.Kind {
	if k == "" {
		return assist.KindCustomer
	}
	return k
}

// foldTag is a tag as people may write it anyhow.
func foldTag(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

// keptNote reads what a note is found by; k holds the note already.
func (db *DB) keptNote(txn *badger.Txn, n assist.Note, k *kept) error {
	var c assist.Customer
	var call assist.Call
	if n.Customer != "" {
		if _, err := get(db, txn, n.Customer, &c); err != nil {
			return err
		}
	}
	if n.Call != "" {
		if _, err := get(db, txn, n.Call, &call); err != nil {
			return err
		}
	}
	k.customer, k.doc = titleOf(c), noteDoc(n, call, c.Kind)
	return nil
}

// talks reads what the notes of a store need of calls and customers, for the builder of a
// segment: one call after the other, and of customers those of an unusual kind.
type talks struct {
	db    *DB
	txn   *badger.Txn
	kinds map[assist.ID]assist.Kind
}

func (t *talks) doc(n assist.Note) (index.Doc, error) {
	if t.kinds == nil {
		if err := t.readKinds(); err != nil {
			return index.Doc{}, err
		}
	}
	var call assist.Call
	if n.Call != "" {
		if _, err := get(t.db, t.txn, n.Call, &call); err != nil {
			return index.Doc{}, err
		}
	}
	return noteDoc(n, call, t.kinds[n.Customer]), nil
}

func (t *talks) readKinds() error {
	t.kinds = map[assist.ID]assist.Kind{}
	it := t.txn.NewIterator(badger.IteratorOptions{Prefix: typeKey(assist.TypeCustomer), PrefetchValues: true, PrefetchSize: 100})
	defer it.Close()
	for it.Rewind(); it.Valid(); it.Next() {
		var c struct {
			ID   assist.ID   `json:"id"`
			Kind assist.Kind `json:"kind"`
		}
		if err := t.db.decode(it.Item(), &c); err != nil {
			return err
		}
		if c.Kind != usualKind("") && c.Kind != "" {
			t.kinds[c.ID] = c.Kind
		}
	}
	return nil
}

// callsNotes looks at the notes of a call that has changed: they are found by what was said
// in it. A caller whom nobody knew has none that are found so.
func (a *absorber) callsNotes(c assist.Call) error {
	if c.Customer == "" {
		return nil
	}
	var notes []assist.ID
	whose := refKey(spaceChild, c.Customer)
	for _, kind := range []byte{childNote, childHeard} {
		prefix := append(slices.Clone(whose), kind)
		it := a.txn.NewIterator(keysOnly(prefix))
		for it.Rewind(); it.Valid(); it.Next() {
			rest := it.Item().Key()[len(whose):]
			if at, ok := contactAt(rest); !ok || at < micros(c.Started) {
				break // the latest come first, and these are from before the call
			}
			if id, _, ok := cutRef(rest[9:]); ok {
				notes = append(notes, id)
			}
		}
		it.Close()
	}
	for _, id := range notes {
		if err := a.look(named{assist.TypeNote, id}); err != nil {
			return err
		}
	}
	return nil
}
