package storage

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/assist/phone"
	"ringside/assist/twin"
)

// The records of one person: mary, and two others.
func second() assist.Customer {
	return assist.Customer{ID: assist.IDFrom("second"), Name: "M Shaw", City: "York", Phones: []assist.Phone{{Raw: "07700 900123", E164: "+447700900123"}},
		External: []string{"hubspot:77"}, Owns: []assist.Product{{Name: "Hedge 300"}}, Company: "works"}
}

func third() assist.Customer {
	return assist.Customer{ID: "third", Name: "Mary Shaw-Becker", Emails: []string{"becker@example.org"},
		Relations: []assist.Relation{{To: assist.IDFrom("second"), Who: "the same"}}}
}

// lifeOf is one record of every type that names a customer.
func lifeOf(c, prefix assist.ID) []assist.Record {
	id := func(s assist.ID) assist.ID { return prefix + s }
	place := assist.Affected{Incident: "flood", Customer: c, Concierge: "tom", At: day}
	place.ID = place.Key()
	return []assist.Record{
		assist.Call{ID: id("call"), Customer: c, Started: day, WrappedUp: true},
		assist.Note{ID: id("note"), Customer: c, At: day.Add(time.Hour), Text: "wants the long trimmer"},
		assist.Note{ID: id("heard"), Customer: c, At: day, Text: "loves hedges", Intelligence: assist.Relationship},
		assist.Promise{ID: id("open"), Customer: c, Made: day, Due: day.AddDate(0, 0, 3), Text: "send the manual"},
		assist.Promise{ID: id("kept"), Customer: c, Made: day, Kept: day.AddDate(0, 0, 1), Text: "call back"},
		assist.Insight{ID: id("insight"), Customer: c, At: day, Intelligence: assist.Market, Text: "buys in spring"},
		assist.Asked{ID: id("asked"), Customer: c, At: day, Prompt: "garden", Reply: assist.ReplyAsked},
		place,
		assist.Order{ID: id("order"), Customer: c, At: day, Number: string(prefix)},
		assist.Kudos{ID: id("kudos"), Customer: c, Rep: "jo", At: day, Words: "so patient"},
		assist.Gap{ID: id("gap"), Customer: c, At: day, Text: "does it float"},
		assist.Flag{ID: id("flag"), Customer: c, Answer: "float", At: day},
		assist.Draft{ID: id("draft"), At: day, Call: assist.Call{ID: id("draft"), Customer: c, Started: day}, Note: "half a"},
	}
}

// persons saves mary with all that she has, two other records of hers with theirs, and who
// names them.
func persons(t testing.TB, db *DB) {
	t.Helper()
	m, s, th := mary(), second(), third()
	save(t, db, acme(), assist.Company{ID: "works", Name: "Works", Phones: []assist.Phone{{Raw: "01904 496 000", E164: "+441904496000"}}}, m, s, th)
	save(t, db, assist.Incident{ID: "flood", Title: "Flood", Opened: day, Customers: []assist.ID{s.ID, "somebody"}},
		assist.Incident{ID: "late", Title: "Late", Opened: day, Customers: []assist.ID{m.ID, s.ID, th.ID}},
		assist.Customer{ID: "tim", Name: "Tim", Relations: []assist.Relation{{To: s.ID, Who: "his mother"}, {To: m.ID, Who: "his aunt"}}})
	save(t, db, lifeOf(s.ID, "s-")...)
	save(t, db, lifeOf(th.ID, "t-")...)
	save(t, db, lifeOf(m.ID, "m-")[:4]...) // and no place in the flood
}

func merge3(t testing.TB, db *DB) assist.Merge {
	t.Helper()
	kept, _ := twin.Join(mary(), []assist.Customer{second(), third()}, nil)
	m, err := db.MergeCustomers(context.Background(), kept, []assist.ID{second().ID, "third"}, "jo", day)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// entries are all index entries of the picture.
func entries(t testing.TB, db *DB) (out []string) {
	t.Helper()
	if err := db.land(); err != nil {
		t.Fatal(err)
	}
	db.mu.Lock()
	defer db.mu.Unlock()
	db.settle()
	err := db.picture.View(func(txn *badger.Txn) error {
		it := txn.NewIterator(keysOnly(nil))
		defer it.Close()
		for it.Rewind(); it.Valid(); it.Next() {
			if k := it.Item().Key(); k[0] != spaceRecord && k[0] != spaceSelf {
				out = append(out, string(k))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// shown is how all records look, by type and id, but for merges.
func shown(t testing.TB, db *DB) map[assist.Ref]string {
	t.Helper()
	out := map[assist.Ref]string{}
	for _, typ := range assist.Types() {
		err := db.read(func(txn *badger.Txn) error {
			it := txn.NewIterator(keysOnly(typeKey(typ)))
			defer it.Close()
			for it.Rewind(); it.Valid(); it.Next() {
				ref := assist.Ref{Type: typ, ID: assist.ID(it.Item().Key()[2:])}
				r, err := db.recordOf(txn, ref)
				if err != nil {
					return err
				}
				if a, ok := r.(assist.Affected); ok && a.Into != "" || typ == assist.TypeMerge {
					continue
				}
				b, err := json.Marshal(r)
				out[ref] = string(b)
				if err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func unchanged(t testing.TB, got, want map[assist.Ref]string) {
	t.Helper()
	for ref, w := range want {
		if got[ref] != w {
			t.Errorf("the %s %s is\n%s, was\n%s", ref.Type, ref.ID, got[ref], w)
		}
	}
	for ref := range got {
		if want[ref] == "" {
			t.Errorf("the %s %s is more: %s", ref.Type, ref.ID, got[ref])
		}
	}
}

func who(t testing.TB, db *DB, number string) (out []assist.ID) {
	t.Helper()
	list, err := db.FindByNumber(context.Background(), phone.Parse(number, "GB"))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range list {
		out = append(out, m.Customer.ID)
	}
	return out
}

func found(t testing.TB, db *DB, words string) (out []assist.ID) {
	t.Helper()
	list, err := db.Seek(context.Background(), glance.Seek{Text: words, Types: []assist.Type{assist.TypeCustomer}, Limit: 20})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range list {
		out = append(out, f.ID)
	}
	slices.Sort(out)
	return out
}

func keyed(t testing.TB, db *DB, key string) assist.ID {
	t.Helper()
	id, _, err := db.FindByKey(context.Background(), key)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// isMerged looks at everything by which a customer is found.
func isMerged(t *testing.T, db *DB) {
	t.Helper()
	m := mary().ID
	for _, number := range []string{"0113 496 0123", "07700 900123"} {
		if got := who(t, db, number); !slices.Equal(got, []assist.ID{m}) {
			t.Errorf("%s rings: %v", number, got)
		}
	}
	for _, key := range []string{"hubspot:12", "hubspot:77", "email:becker@example.org", "email:mary@example.org"} {
		if got := keyed(t, db, key); got != m {
			t.Errorf("%s leads to %q", key, got)
		}
	}
	if got := found(t, db, "shaw"); !slices.Equal(got, []assist.ID{m}) {
		t.Errorf("found %v", got)
	}
	if got := who(t, db, "01904 496 000"); len(got) != 0 {
		t.Errorf("the switchboard of a company that was not chosen leads to %v", got)
	}
	for _, id := range []assist.ID{m, second().ID, "third"} {
		p, err := db.Profile(context.Background(), id)
		if err != nil || p.Customer.ID != m || len(p.Promises) != 3 || len(p.Ended) != 2 || len(p.Calls) != 3 || len(p.Notes) != 3 ||
			len(p.Heard) != 3 || len(p.Insights) != 2 || len(p.Asked) != 2 || len(p.Affected) != 1 || len(p.Incidents) != 2 {
			t.Errorf("the profile of %s: %+v %v", id, p, err)
		}
	}
	all, _, err := db.AffectedCount(context.Background(), assist.Incident{ID: "flood", Opened: day})
	if err != nil || all != 1 {
		t.Errorf("%d have a place in the flood: %v", all, err)
	}
	late, err := Find[assist.Incident](context.Background(), db, "late")
	if err != nil || !slices.Equal(late.Customers, []assist.ID{m}) {
		t.Errorf("the incident names %v %v", late.Customers, err)
	}
	tim, err := Find[assist.Customer](context.Background(), db, "tim")
	if err != nil || !slices.Equal(tim.Relations, []assist.Relation{{To: m, Who: "his mother"}, {To: m, Who: "his aunt"}}) {
		t.Errorf("Tim's relations: %v %v", tim.Relations, err)
	}
}

func TestAfterAMergeAllLeadsToTheKeeper(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir)
	persons(t, db)
	found(t, db, "shaw") // what is sought by is in memory now, and must follow
	before := shown(t, db)
	m := merge3(t, db)
	if err := m.Validate(); err != nil || len(m.Before) != 3 || len(m.Moved[second().ID]) != 13+2+1 || len(m.Moved["third"]) != 13+1 {
		t.Errorf("the merge says: %v %d %d", err, len(m.Moved[second().ID]), len(m.Moved["third"]))
	}
	isMerged(t, db)
	mustCheck(t, db)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = open(t, dir)
	isMerged(t, db)
	mustCheck(t, db)
	if _, err := db.UndoMerge(context.Background(), m.ID, day); err != nil {
		t.Fatal(err)
	}
	unchanged(t, shown(t, db), before)
}

func TestTakingAMergeBackLeavesEverythingAsItWas(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir)
	persons(t, db)
	found(t, db, "shaw")
	before, keys := shown(t, db), entries(t, db)
	m := merge3(t, db)
	p, err := db.UndoMerge(context.Background(), m.ID, day)
	if err != nil || p.Stayed != 0 || p.Back != 16+14 {
		t.Errorf("%+v %v", p, err)
	}
	for range 2 {
		unchanged(t, shown(t, db), before)
		if got := entries(t, db); !slices.Equal(got, keys) {
			t.Errorf("%d index entries, were %d", len(got), len(keys))
		}
		if got := found(t, db, "shaw"); len(got) != 3 {
			t.Errorf("found %v", got)
		}
		if got := who(t, db, "07700 900123"); !slices.Equal(got, []assist.ID{second().ID}) {
			t.Errorf("rings: %v", got)
		}
		mustCheck(t, db)
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		db = open(t, dir)
	}
	if _, err := db.UndoMerge(context.Background(), m.ID, day); !errors.Is(err, assist.ErrInvalid) {
		t.Errorf("taken back twice: %v", err)
	}
	merge3(t, db) // and it can be done again
	isMerged(t, db)
	mustCheck(t, db)
}

func TestWhatWasWrittenSinceAMergeStaysWithTheKeeper(t *testing.T) {
	db := open(t, t.TempDir())
	persons(t, db)
	m := merge3(t, db)
	ctx := context.Background()
	kept, err := Find[assist.Customer](ctx, db, mary().ID)
	if err != nil {
		t.Fatal(err)
	}
	kept.CallMe, kept.Emails = "Mary", append(kept.Emails, "new@example.org")
	note, err := Find[assist.Note](ctx, db, "s-note")
	if err != nil {
		t.Fatal(err)
	}
	note.Tags = []string{"trimmer"}
	save(t, db, kept, note, assist.Note{ID: "since", Customer: kept.ID, At: day, Text: "since the merge"},
		assist.Note{ID: "elsewhere", Customer: "tim", At: day, Text: "for Tim"})
	moved, err := Find[assist.Call](ctx, db, "t-call")
	if err != nil {
		t.Fatal(err)
	}
	moved.Customer = "tim"
	save(t, db, moved)
	if p, err := db.UndoMerge(ctx, m.ID, day); err != nil || p.Stayed != 1 {
		t.Errorf("%+v %v", p, err)
	}
	now, err := Find[assist.Customer](ctx, db, mary().ID)
	want := mary()
	want.CallMe, want.Emails = "Mary", append(want.Emails, "new@example.org")
	if err != nil || !reflect.DeepEqual(now, want) {
		t.Errorf("the keeper is %+v, want %+v", now, want)
	}
	for id, owner := range map[assist.ID]assist.ID{"since": mary().ID, "s-note": second().ID, "t-note": "third"} {
		if n, err := Find[assist.Note](ctx, db, id); err != nil || n.Customer != owner || id == "s-note" && len(n.Tags) != 1 {
			t.Errorf("the note %s: %+v %v", id, n, err)
		}
	}
	if c, err := Find[assist.Call](ctx, db, "t-call"); err != nil || c.Customer != "tim" {
		t.Errorf("a call that was given to somebody else since: %+v %v", c, err)
	}
	mustCheck(t, db)
}

func TestACallThatBeganBeforeAMergeWritesToTheKeeper(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir)
	persons(t, db)
	m := merge3(t, db)
	stale := second()
	stale.CallMe = "Mrs Shaw"
	write := func(prefix assist.ID) {
		list := lifeOf(second().ID, prefix)
		save(t, db, append(list, stale)...)
		for _, r := range list {
			if typ, id := r.Ident(); typ != assist.TypeAffected {
				now, err := db.record(typ, id)
				if err != nil || !concerns(now, mary().ID) {
					t.Errorf("the %s %s was lost: %+v %v", typ, id, now, err)
				}
			}
		}
	}
	write("live-")
	b := db.Bulk(context.Background())
	if err := errors.Join(b.Add(assist.Order{ID: "imported", Customer: "third", At: day}), b.Close()); err != nil {
		t.Fatal(err)
	}
	if o, err := Find[assist.Order](context.Background(), db, "imported"); err != nil || o.Customer != mary().ID {
		t.Errorf("the order: %+v %v", o, err)
	}
	if c, err := Find[assist.Customer](context.Background(), db, stale.ID); err != nil || c.Into != mary().ID || c.CallMe != "Mrs Shaw" {
		t.Errorf("who was merged stands for themselves: %+v %v", c, err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = open(t, dir)
	write("again-")
	mustCheck(t, db)
	if _, err := db.UndoMerge(context.Background(), m.ID, day); err != nil {
		t.Fatal(err)
	}
	save(t, db, assist.Note{ID: "own", Customer: second().ID, At: day, Text: "their own again"})
	if n, err := Find[assist.Note](context.Background(), db, "own"); err != nil || n.Customer != second().ID {
		t.Errorf("%+v %v", n, err)
	}
	mustCheck(t, db)
}

// record reads a record of any type.
func (db *DB) record(typ assist.Type, id assist.ID) (r assist.Record, err error) {
	err = db.read(func(txn *badger.Txn) error {
		r, err = db.recordOf(txn, assist.Ref{Type: typ, ID: id})
		return err
	})
	return r, err
}

func TestAKeeperCanBeMergedAgain(t *testing.T) {
	db := open(t, t.TempDir())
	persons(t, db)
	ctx := context.Background()
	before := shown(t, db)
	kept, _ := twin.Join(second(), []assist.Customer{third()}, nil)
	first, err := db.MergeCustomers(ctx, kept, []assist.ID{"third"}, "jo", day)
	if err != nil {
		t.Fatal(err)
	}
	all, _ := twin.Join(mary(), []assist.Customer{kept}, nil)
	last, err := db.MergeCustomers(ctx, all, []assist.ID{second().ID}, "jo", day)
	if err != nil {
		t.Fatal(err)
	}
	isMerged(t, db)
	save(t, db, assist.Note{ID: "late", Customer: "third", At: day, Text: "through two merges"})
	if n, err := Find[assist.Note](ctx, db, "late"); err != nil || n.Customer != mary().ID {
		t.Errorf("%+v %v", n, err)
	}
	if _, err := db.UndoMerge(ctx, first.ID, day); !errors.Is(err, assist.ErrInvalid) {
		t.Errorf("the first merge was taken back below the second: %v", err)
	}
	for _, id := range []assist.ID{last.ID, first.ID} {
		if _, err := db.UndoMerge(ctx, id, day); err != nil {
			t.Fatal(err)
		}
		mustCheck(t, db)
	}
	after := shown(t, db)
	delete(after, assist.Ref{Type: assist.TypeNote, ID: "late"})
	unchanged(t, after, before)
}

func TestWhoIsGoneOrNotThereCannotBeMerged(t *testing.T) {
	db := open(t, t.TempDir())
	persons(t, db)
	merge3(t, db)
	before := maps.Clone(shown(t, db))
	tim := assist.Customer{ID: "tim", Name: "Tim"}
	for name, c := range map[string]struct {
		kept   assist.Customer
		others []assist.ID
		want   error
	}{
		"gone":           {tim, []assist.ID{"third"}, assist.ErrInvalid},
		"keeper gone":    {third(), []assist.ID{"tim"}, assist.ErrInvalid},
		"nobody":         {tim, []assist.ID{"nobody"}, assist.ErrNotFound},
		"oneself":        {tim, []assist.ID{"tim"}, assist.ErrInvalid},
		"twice":          {mary(), []assist.ID{"tim", "tim"}, assist.ErrInvalid},
		"without others": {tim, nil, assist.ErrInvalid},
		"no customer":    {assist.Customer{ID: "tim"}, []assist.ID{mary().ID}, assist.ErrInvalid},
	} {
		if _, err := db.MergeCustomers(context.Background(), c.kept, c.others, "jo", day); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	unchanged(t, shown(t, db), before)
}

func TestAPlaceInAnIncidentIsOneAfterAMerge(t *testing.T) {
	db := open(t, t.TempDir())
	persons(t, db)
	ctx := context.Background()
	own := assist.Affected{Incident: "flood", Customer: mary().ID, At: day.Add(time.Hour)}
	own.ID = own.Key()
	save(t, db, own)
	if err := db.Tell(ctx, "flood", day.Add(2*time.Hour), second().ID); err != nil {
		t.Fatal(err)
	}
	before := shown(t, db)
	m := merge3(t, db)
	got, err := Find[assist.Affected](ctx, db, own.ID)
	if err != nil || got.Concierge != "tom" || !got.At.Equal(day) || !got.Told.Equal(day.Add(2*time.Hour)) {
		t.Errorf("the place is %+v %v", got, err)
	}
	if err := db.Tell(ctx, "flood", day.Add(5*time.Hour), second().ID); err != nil { // has no place now
		t.Error(err)
	}
	if _, err := db.UndoMerge(ctx, m.ID, day); err != nil {
		t.Fatal(err)
	}
	unchanged(t, shown(t, db), before)
	mustCheck(t, db)
}

func TestALifeIsWholeAndTheLatestFirst(t *testing.T) {
	db := open(t, t.TempDir())
	persons(t, db)
	ctx := context.Background()
	m := merge3(t, db)
	for _, id := range []assist.ID{mary().ID, "third"} {
		life, err := db.Life(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		count := map[assist.Type]int{}
		for i, x := range life {
			count[x.Type]++
			if i > 0 && x.At.After(life[i-1].At) {
				t.Errorf("%v comes behind %v", x, life[i-1])
			}
		}
		want := map[assist.Type]int{assist.TypeCall: 3, assist.TypeNote: 6, assist.TypePromise: 5, assist.TypeInsight: 2, assist.TypeAsked: 2,
			assist.TypeAffected: 1, assist.TypeOrder: 2, assist.TypeKudos: 2, assist.TypeGap: 2, assist.TypeFlag: 2, assist.TypeMerge: 1}
		if !maps.Equal(count, want) {
			t.Errorf("the life of %s has %v, want %v", id, count, want)
		}
		var refs []assist.Ref
		for _, x := range life {
			refs = append(refs, x.Ref)
		}
		list, err := db.Records(ctx, append(refs, assist.Ref{Type: assist.TypeNote, ID: "gone"}))
		if err != nil || len(list) != len(life) {
			t.Errorf("%d records of %d: %v", len(list), len(life), err)
		}
	}
	if _, err := db.UndoMerge(ctx, m.ID, day); err != nil {
		t.Fatal(err)
	}
	if life, err := db.Life(ctx, "third"); err != nil || len(life) != 13-1 { // but for the draft
		t.Errorf("%d moments: %v", len(life), err)
	}
}

func TestMembersAndRelationsAreFound(t *testing.T) {
	db := open(t, t.TempDir())
	persons(t, db)
	ctx := context.Background()
	ids := func(list []assist.Customer, err error) (out []assist.ID) {
		if err != nil {
			t.Error(err)
		}
		for _, c := range list {
			out = append(out, c.ID)
		}
		return out
	}
	if got := ids(db.Members(ctx, "works")); !slices.Equal(got, []assist.ID{second().ID}) {
		t.Errorf("members %v", got)
	}
	if got := ids(db.Related(ctx, second().ID)); !slices.Equal(got, []assist.ID{"third", "tim"}) {
		t.Errorf("related %v", got)
	}
	merge3(t, db)
	if got := ids(db.Members(ctx, "works")); len(got) != 0 {
		t.Errorf("members %v", got)
	}
	if got := ids(db.Related(ctx, mary().ID)); !slices.Equal(got, []assist.ID{"tim"}) {
		t.Errorf("related %v", got)
	}
}

func TestAMergeIsThereWhenThePictureIsMadeAnew(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir)
	persons(t, db)
	before := shown(t, db)
	m := merge3(t, db)
	for range 2 {
		if err := errors.Join(db.Close(), os.RemoveAll(filepath.Join(dir, "picture"))); err != nil {
			t.Fatal(err)
		}
		db = open(t, dir)
		isMerged(t, db)
	}
	if _, err := db.UndoMerge(context.Background(), m.ID, day); err != nil {
		t.Fatal(err)
	}
	unchanged(t, shown(t, db), before)
	mustCheck(t, db)
}

func TestNobodyFindsOrTouchesWhoIsGoneInALargeStore(t *testing.T) {
	db := open(t, t.TempDir())
	persons(t, db)
	found(t, db, "shaw")
	merge3(t, db)
	if err := db.buildShelf(context.Background(), assist.TypeCustomer, false); err != nil {
		t.Fatal(err)
	}
	isMerged(t, db)
	got, err := db.Touched(context.Background(), assist.Incident{ID: "x", Title: "x", Opened: day, Cities: []string{"York"}, Products: []string{"Hedge 300"}})
	if err != nil || !slices.Equal(got, []assist.ID{mary().ID}) {
		t.Errorf("touched: %v %v", got, err)
	}
}

// BenchmarkMerge merges a customer of 2,000 notes, and takes it back, in a store of 20,000
// open questions of others.
func BenchmarkMerge(b *testing.B) {
	db := open(b, b.TempDir())
	persons(b, db)
	bulk := db.Bulk(b.Context())
	for i := range 20_000 {
		id := assist.IDFrom("gap", string(rune(i)))
		if err := bulk.Add(assist.Gap{ID: id, Customer: assist.IDFrom("somebody", string(rune(i))), At: day, Text: "does it float"}); err != nil {
			b.Fatal(err)
		}
	}
	for i := range 2_000 {
		if err := bulk.Add(assist.Note{ID: assist.IDFrom("note", string(rune(i))), Customer: second().ID, At: day.Add(time.Duration(i) * time.Hour), Text: "wants the long trimmer"}); err != nil {
			b.Fatal(err)
		}
	}
	if err := bulk.Close(); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		m := merge3(b, db)
		if _, err := db.UndoMerge(b.Context(), m.ID, day); err != nil {
			b.Fatal(err)
		}
	}
}

// TestAnImportBesideAMergeWritesToTheKeeper merges pairs while an import brings notes of
// all of them: none is left with somebody whose place another has taken.
func TestAnImportBesideAMergeWritesToTheKeeper(t *testing.T) {
	const pairs, rounds = 40, 400
	db := open(t, t.TempDir())
	keeper := func(i int) assist.ID { return assist.IDFrom("keeper", strconv.Itoa(i)) }
	other := func(i int) assist.ID { return assist.IDFrom("other", strconv.Itoa(i)) }
	for i := range pairs {
		save(t, db, assist.Customer{ID: keeper(i), Name: "Mary"}, assist.Customer{ID: other(i), Name: "M"})
	}
	imported := make(chan error)
	go func() {
		bulk := db.Bulk(context.Background())
		for n := range rounds * pairs {
			if err := bulk.Add(assist.Note{ID: assist.IDFrom("note", strconv.Itoa(n)), Customer: other(n % pairs), At: day, Text: "came"}); err != nil {
				break
			}
		}
		imported <- bulk.Close()
	}()
	for i := range pairs {
		if _, err := db.MergeCustomers(context.Background(), assist.Customer{ID: keeper(i), Name: "Mary"}, []assist.ID{other(i)}, "jo", day); err != nil {
			t.Error(err)
		}
	}
	if err := <-imported; err != nil {
		t.Fatal(err)
	}
	lost, all := 0, 0
	for n, err := range List[assist.Note](context.Background(), db) {
		if err != nil {
			t.Fatal(err)
		}
		if all++; db.keeperOf(n.Customer) != n.Customer {
			lost++
		}
	}
	if lost > 0 || all != rounds*pairs {
		t.Errorf("%d of %d notes are of somebody who stands no more", lost, all)
	}
}
