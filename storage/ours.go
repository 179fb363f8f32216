package storage

import (
	"cmp"
	"context"
	"slices"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
)

// KudosOf returns what customers praised in a rep, the latest first, at most so many.
// An empty rep means everybody.
func (db *DB) KudosOf(ctx context.Context, rep assist.ID, most int) ([]assist.Kudos, error) {
	return latestOfOurs(ctx, db, oursKudos, most, func(k assist.Kudos) bool { return rep == "" || k.Rep == rep })
}

// FrontLine returns what a rep sees and worries about, the latest first, at most so many.
// An empty rep means everybody.
func (db *DB) FrontLine(ctx context.Context, rep assist.ID, most int) ([]assist.Insight, error) {
	return latestOfOurs(ctx, db, oursFrontLine, most, func(i assist.Insight) bool { return rep == "" || i.Rep == rep })
}

// RemarksFor returns the notes with a remark that a rep has not read yet, each once, the
// latest remark first, at most so many.
func (db *DB) RemarksFor(ctx context.Context, rep assist.ID, most int) ([]assist.Note, error) {
	return latestBehind(ctx, db, remarksOf(rep), most, func(assist.Note) bool { return true })
}

// maxOurs is how many records are looked at for those of one rep.
const maxOurs = 5000

func latestOfOurs[T assist.Record](ctx context.Context, db *DB, kind byte, most int, wanted func(T) bool) ([]T, error) {
	return latestBehind(ctx, db, []byte{spaceOurs, kind}, most, wanted)
}

// latestBehind returns the records to which the keys behind a prefix lead by time.
func latestBehind[T assist.Record](ctx context.Context, db *DB, prefix []byte, most int, wanted func(T) bool) (out []T, err error) {
	err = db.read(func(txn *badger.Txn) error {
		it := txn.NewIterator(keysOnly(prefix))
		defer it.Close()
		looked := 0
		for it.Rewind(); it.Valid() && len(out) < most && looked < maxOurs; it.Next() {
			if err := ctx.Err(); err != nil {
				return err
			}
			looked++
			id, _, ok := cutRef(it.Item().Key()[len(prefix)+8:])
			if !ok {
				continue
			}
			var r T
			found, err := get(db, txn, id, &r)
			if err != nil {
				return err
			}
			if found && wanted(r) {
				out = append(out, r)
			}
		}
		return nil
	})
	return out, err
}

// Answerers returns the calls in which a rep said one of the answers, the latest first,
// at most so many: who may know more of them. It looks at the ids that sort last of each
// answer's calls, and ids that were made here sort by time.
func (db *DB) Answerers(ctx context.Context, answers []assist.ID, most int) (out []assist.Call, err error) {
	err = db.read(func(txn *badger.Txn) error {
		ids, err := lastCalls(ctx, txn, answers, most)
		if err != nil {
			return err
		}
		for _, id := range ids {
			var c assist.Call
			found, err := get(db, txn, id, &c)
			if err != nil {
				return err
			}
			if found {
				out = append(out, c)
			}
		}
		return ctx.Err()
	})
	slices.SortFunc(out, func(a, b assist.Call) int { return cmp.Or(b.Started.Compare(a.Started), cmp.Compare(a.ID, b.ID)) })
	return out, err
}

// lastCalls returns the calls in which one of the answers was said, each once, those
// whose ids sort last.
func lastCalls(ctx context.Context, txn *badger.Txn, answers []assist.ID, most int) (ids []assist.ID, err error) {
	for _, answer := range answers {
		prefix := append(refKey(spaceUse, answer), useSaid)
		opt := keysOnly(prefix)
		opt.Reverse = true
		it := txn.NewIterator(opt)
		it.Seek(append(slices.Clone(prefix), 0xFF))
		for n := 0; it.Valid() && n < most && ctx.Err() == nil; it.Next() {
			if id, _, ok := cutRef(it.Item().Key()[len(prefix):]); ok {
				ids = append(ids, id)
			}
			n++
		}
		it.Close()
	}
	slices.SortFunc(ids, func(a, b assist.ID) int { return cmp.Compare(b, a) })
	ids = slices.Compact(ids)
	return ids[:min(len(ids), max(most, 0))], ctx.Err()
}
