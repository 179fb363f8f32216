package storage

import (
	"cmp"
	"strings"

	"github.com/dgraph-io/badger/v4"
	"golang.org/x/text/unicode/norm"

	"ringside/assist"
	"ringside/storage/index"
)

// The sorts of facets of a note. They are in segments: another meaning is another
// seekVersion.
const (
	byCustomer   = 'c'
	byCompany    = 'f' // of the customer
	byKind       = 'k' // of the customer
	byRep        = 'r'
	byTag        = 't'
	bySubject    = 's' // of the insights that were taken from it
	byAnswer     = 'a' // said in the call that it was written in
	byMood       = 'm' // in that call
	byUnreviewed = 'u'
)

// beside is what stands in other records and tells of a note.
type beside struct {
	kind     assist.Kind // empty when there is no such customer
	company  assist.ID
	mood     assist.Mood
	said     []assist.ID
	subjects []string
}

// textsOf returns what a note says: its text, what was added to it, and its tags.
func textsOf(n assist.Note) []string {
	out := []string{n.Text}
	for _, r := range n.Remarks {
		out = append(out, r.Text)
	}
	return append(out, n.Tags...)
}

// facetsOf returns under what a note is filed.
func facetsOf(n assist.Note, b beside) (out []string) {
	add := func(kind byte, value string) {
		if value != "" {
			out = append(out, index.Facet(kind, value))
		}
	}
	add(byCustomer, string(n.Customer))
	add(byCompany, string(b.company))
	add(byKind, string(b.kind))
	add(byRep, string(n.Rep))
	add(byMood, string(b.mood))
	for _, t := range n.Tags {
		add(byTag, foldTag(t))
	}
	for _, id := range b.said {
		add(byAnswer, string(id))
	}
	for _, s := range b.subjects {
		add(bySubject, foldName(s))
	}
	if n.Reviewed.IsZero() {
		out = append(out, index.Facet(byUnreviewed, ""))
	}
	return out
}

// foldTag is a tag however it is written.
func foldTag(s string) string {
	return norm.NFC.String(strings.ToLower(strings.Join(strings.Fields(s), " ")))
}

// foldName is the name of a subject however it is written.
func foldName(s string) string { return cmp.Or(strings.Join(index.Spelt(s), " "), foldTag(s)) }

// facets returns under what a note is filed as everything stands now.
func (db *DB) facets(txn *badger.Txn, n assist.Note) ([]string, error) {
	var b beside
	if n.Customer != "" {
		var c assist.Customer
		found, err := get(db, txn, n.Customer, &c)
		if err != nil {
			return nil, err
		}
		if found {
			b.kind, b.company = cmp.Or(c.Kind, assist.KindCustomer), c.Company
		}
	}
	if n.Call != "" {
		var c assist.Call
		if _, err := get(db, txn, n.Call, &c); err != nil {
			return nil, err
		}
		b.mood, b.said = c.Mood, said(c.Used)
	}
	links := newWalker(txn, []byte{spaceLink, linkInsight})
	defer links.Close()
	var err error
	b.subjects, err = subjectsOf(db, txn, links, n.ID)
	return facetsOf(n, b), err
}

func said(used []assist.Used) (out []assist.ID) {
	for _, u := range used {
		if u.Said {
			out = append(out, u.Answer)
		}
	}
	return out
}

// subjectsOf returns what the insights of a note are about.
func subjectsOf(db *DB, txn *badger.Txn, links *walker, note assist.ID) (out []string, err error) {
	err = insightsOf(db, txn, links, note, func(i assist.Insight) error {
		if i.Subject != "" {
			out = append(out, i.Subject)
		}
		return nil
	})
	return out, err
}

// insightsOf calls each with the insights that were taken from a note.
func insightsOf(db *DB, txn *badger.Txn, links *walker, note assist.ID, each func(assist.Insight) error) error {
	prefix := linksOf(linkInsight, note)
	for links.to(prefix); links.ValidForPrefix(prefix); links.Next() {
		id, _, ok := cutRef(links.Item().Key()[len(prefix):])
		if !ok {
			continue
		}
		var i assist.Insight
		found, err := get(db, txn, id, &i)
		if err == nil && found {
			err = each(i)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// notesOf, with a customer's id, names all notes of theirs.
const notesOf assist.Type = "notes of a customer"

// fileOf is what of a customer their notes are filed under.
type fileOf struct {
	Kind    assist.Kind `json:"kind"`
	Company assist.ID   `json:"company"`
}

func (f fileOf) kind() assist.Kind { return cmp.Or(f.Kind, assist.KindCustomer) }

// filesNotes reports whether a field of a customer is in fileOf.
func filesNotes(f field) bool { return f.name == "kind" || f.name == "company" }

// refiled reports whether the notes of a customer are filed under something else than
// before.
func (db *DB) refiled(c change) bool {
	var before, after fileOf
	if c.before == nil {
		return true
	}
	err := db.codec.dec.Unmarshal(c.before.raw, &before)
	if err == nil {
		err = db.codec.dec.Unmarshal(c.after.raw, &after)
	}
	return err != nil || before != after
}

// facets files a note as everything stands now.
func (a *absorber) facets(k *kept) (err error) {
	if k == nil {
		return nil
	}
	if n, ok := k.record.(assist.Note); ok {
		k.doc.Facets, err = a.db.facets(a.txn, n)
	}
	return err
}

// call looks at the caller, who was spoken to, and at the notes of the call, which are found
// by what was said in it.
func (a *absorber) call(id assist.ID) error {
	var c assist.Call
	if _, err := get(a.db, a.txn, id, &c); err != nil {
		return err
	}
	if err := a.behind(linksOf(linkNote, id), 0); err != nil {
		return err
	}
	return a.look(named{assist.TypeCustomer, c.Customer})
}

// notes looks at all notes of a customer.
func (a *absorber) notes(customer assist.ID) error {
	for _, kind := range []byte{childNote, childHeard} {
		if err := a.behind(append(refKey(spaceChild, customer), kind), 8); err != nil {
			return err
		}
	}
	return nil
}

// behind looks at the notes to which keys lead, so many bytes behind a prefix. Of very many
// notes a new segment is made.
func (a *absorber) behind(prefix []byte, skip int) error {
	var ids []assist.ID
	it := a.txn.NewIterator(keysOnly(prefix))
	for it.Rewind(); it.Valid() && len(ids) <= maxMembers; it.Next() {
		if id, _, ok := cutRef(it.Item().Key()[len(prefix)+skip:]); ok {
			ids = append(ids, id)
		}
	}
	it.Close()
	if len(ids) > maxMembers {
		a.db.seek.shelves[assist.TypeNote].stale = true
		return nil
	}
	for _, id := range ids {
		if err := a.look(named{assist.TypeNote, id}); err != nil {
			return err
		}
	}
	return nil
}
