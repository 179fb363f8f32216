package storage

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/assist/phone"
	"ringside/storage/journal"
)

func TestHersIsOfEveryTypeThatCanBe(t *testing.T) {
	never := []assist.Type{assist.TypeRep, assist.TypeBlob, assist.TypeAnswer, assist.TypePrompt, assist.TypeTact, assist.TypeSubject,
		assist.TypeDeal, assist.TypeFocus, assist.TypeWebPage, assist.TypeIncident, assist.TypeRevision, assist.TypeApart, assist.TypeDrill, assist.TypeErasure}
	for _, typ := range assist.Types() {
		planted := slices.ContainsFunc(hers(), func(r assist.Record) bool { x, _ := r.Ident(); return x == typ })
		if planted == slices.Contains(never, typ) {
			t.Errorf("is a %s of a customer, or is it not?", typ)
		}
	}
}

func TestTraceFindsEverythingOfOnePerson(t *testing.T) {
	db := open(t, t.TempDir())
	plant(t, db)
	found, err := db.Trace(context.Background(), quilla)
	if err != nil {
		t.Fatal(err)
	}
	want := append(identsOf(hers(), ofRecord), "call own-old-number")
	slices.Sort(want)
	if got := identsOf(found.Own, ofRef); !slices.Equal(got, want) {
		t.Errorf("own: got %q\nwant %q", got, want)
	}
	before, _ := others()
	if got, want := identsOf(found.Unlinked, ofRef), identsOf(before, ofRecord); !slices.Equal(got, want) {
		t.Errorf("unlinked: got %q\nwant %q", got, want)
	}
	if len(found.Mentions) > 0 {
		t.Errorf("mentions %v", found.Mentions)
	}
	twin, err := db.Trace(context.Background(), quillaTwin)
	if err != nil || !slices.Equal(identsOf(twin.Own, ofRef), want) || twin.Customers[0] != quillaTwin {
		t.Errorf("by the record that was merged: %v %v", twin, err)
	}
	if _, err := db.Trace(context.Background(), "nobody"); !errors.Is(err, assist.ErrNotFound) {
		t.Errorf("got %v", err)
	}
}

func TestTraceReportsWhereOthersNameThem(t *testing.T) {
	for text, want := range map[string]bool{
		"Sent it to quilla featherstonehaugh's office": true,
		"Quilla called":                                  false, // there may be other Quillas
		"XQuilla Featherstonehaughs":                     false,
		"ask QUILLA@rareplace.example":                   true,
		"on 0113 496 0777, not on 0113 496 0123":         true,
		"on +44 (113) 496-0777.":                         true,
		"on 0113 496 0778":                               false,
		"the order 99134960777123":                       false,
		"Mr Featherstonehaugh is somebody else entirely": false,
	} {
		db := open(t, t.TempDir())
		plant(t, db)
		save(t, db, assist.Note{ID: "mention", Customer: "jo", At: day, Text: text},
			assist.Customer{ID: "namesake", Name: rareName}) // another person
		found, err := db.Trace(context.Background(), quilla)
		if err != nil || (len(found.Mentions) == 1 && found.Mentions[0].ID == "mention") != want || len(found.Mentions) > 1 {
			t.Errorf("%q: %v %v", text, found.Mentions, err)
		}
	}
}

func TestTraceLeavesWhatIsShared(t *testing.T) {
	db := open(t, t.TempDir())
	plant(t, db)
	save(t, db, assist.Customer{ID: "son", Name: "Ned Featherstonehaugh", Company: "own-household",
		Phones: []assist.Phone{{Raw: "0113 496 0777", E164: rareNumber}}})
	found, err := db.Trace(context.Background(), quilla)
	if err != nil {
		t.Fatal(err)
	}
	for _, shared := range []assist.Ref{{Type: assist.TypeCompany, ID: "own-household"}, {Type: assist.TypeCall, ID: "own-unknown"}} {
		if slices.Contains(found.Own, shared) {
			t.Errorf("%v is her son's too", shared)
		}
		if !slices.Contains(found.Mentions, shared) {
			t.Errorf("%v is not told of", shared)
		}
	}
}

// absent fails the test when anything of hers is left in a data folder that nobody has open.
func absent(t *testing.T, dir string) {
	t.Helper()
	for word, where := range finds(t, dir, rareWords()) {
		t.Errorf("%q is still in %s", word, where)
	}
	j, err := journal.Open(journal.Options{Dir: filepath.Join(dir, "journal"), Key: testKey})
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	ids := [][]byte{[]byte(quilla), []byte(quillaTwin)}
	in := func(b []byte) bool { return bytes.Contains(b, ids[0]) || bytes.Contains(b, ids[1]) }
	if err := j.Read(journal.Position{}, func(_ journal.Position, payload []byte) error {
		p, err := decodePack(payload)
		for _, o := range p.ops {
			if o.t != assist.TypeErasure && (in(appendFields(nil, o.fields)) || in([]byte(o.id))) {
				t.Errorf("the journal still has her id in the %s %s", o.t, o.id)
			}
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	pictures(t, dir, func(key, value []byte) {
		if !bytes.HasPrefix(key, typeKey(assist.TypeErasure)) && (in(key) || in(value)) {
			t.Errorf("the picture still has her id under %q", key)
		}
	})
}

// unfindable fails the test when an open store finds anything of hers.
func unfindable(t *testing.T, db *DB) {
	t.Helper()
	ctx := context.Background()
	for _, text := range []string{rareName, "Featherstonehaugh", rareAddress, rareNumber, rareWord, "0777"} {
		if got, err := db.Seek(ctx, glance.Seek{Text: text}); err != nil || len(got) > 0 {
			t.Errorf("%s is found: %v %v", text, got, err)
		}
	}
	if got, err := db.FindByNumber(ctx, phone.Parse(rareNumber, "GB")); err != nil || len(got) > 0 {
		t.Errorf("by number: %v %v", got, err)
	}
	if _, ok, err := db.FindByKey(ctx, "email:"+rareAddress); ok || err != nil {
		t.Errorf("by address: %v %v", ok, err)
	}
	if _, err := db.Profile(ctx, quilla); !errors.Is(err, assist.ErrNotFound) {
		t.Errorf("profile: %v", err)
	}
	for _, r := range hers() {
		typ, id := r.Ident()
		if _, err := db.History(ctx, typ, id); !errors.Is(err, assist.ErrNotFound) {
			t.Errorf("history of the %s %s: %v", typ, id, err)
		}
	}
	for _, id := range []assist.ID{quilla, quillaTwin} {
		e, err := Find[assist.Erasure](ctx, db, id)
		if err != nil || e.By != "ben" || !e.At.Equal(day) {
			t.Errorf("%+v %v", e, err)
		}
		if yes, err := db.Erased(ctx, id); !yes || err != nil {
			t.Errorf("%s counts as erased: %v %v", id, yes, err)
		}
	}
}

// unharmed fails the test when others' records are not as they must be.
func unharmed(t *testing.T, db *DB, before map[string][]string) {
	t.Helper()
	mustCheck(t, db)
	now := versions(t, db)
	_, after := others()
	for _, r := range untouched() {
		typ, id := r.Ident()
		name := string(typ) + " " + string(id)
		was, is := before[name], now[name]
		if id == "note-of-jo" { // its first version was given to her
			if was, is = was[:1], is[:1]; len(now[name]) != 2 {
				t.Errorf("%s has %d versions", name, len(now[name]))
			}
		}
		if !slices.Equal(was, is) {
			t.Errorf("%s was %s\nand is %s", name, was, is)
		}
	}
	for _, r := range after {
		typ, id := r.Ident()
		want, _ := json.Marshal(r)
		list, err := db.History(context.Background(), typ, id)
		if err != nil {
			t.Fatal(err)
		}
		got, _ := json.Marshal(list[0].Record)
		if !bytes.Equal(got, want) {
			t.Errorf("%s %s is %s\nwant %s", typ, id, got, want)
		}
		if len(list) != len(before[string(typ)+" "+string(id)]) {
			t.Errorf("%s %s has %d versions", typ, id, len(list))
		}
	}
}

func TestEraseLeavesNothingOfThePersonAndEverythingOfOthers(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir)
	plant(t, db)
	if err := db.Indexed(context.Background()); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(dir, "picture.bad-20200101-000000"), 0o700); err != nil {
		t.Fatal(err)
	}
	before := versions(t, db)
	if got, err := db.Seek(context.Background(), glance.Seek{Text: rareWord}); err != nil || len(got) == 0 {
		t.Fatalf("the test would prove nothing: %v %v", got, err)
	}
	var last [2]int
	found := erase(t, db, func(done, all int) { last = [2]int{done, all} })
	if last[0] != last[1] || last[1] == 0 {
		t.Errorf("progress ends at %v", last)
	}
	if len(found.Own) != len(hers())+1 || len(found.Customers) != 2 {
		t.Errorf("%+v", found)
	}
	unfindable(t, db)
	unharmed(t, db, before)
	if err := db.Indexed(context.Background()); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	absent(t, dir)
	for _, name := range []string{"picture.bad-20200101-000000", markerFile} {
		if _, err := os.Stat(filepath.Join(dir, name)); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s is still there", name)
		}
	}
	db = open(t, dir)
	unfindable(t, db)
	unharmed(t, db, before)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(dir, "picture")); err != nil {
		t.Fatal(err)
	}
	db = open(t, dir)
	unfindable(t, db)
	unharmed(t, db, before)
}

func TestWhatIsPlantedIsFoundBeforeItIsErased(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir)
	plant(t, db)
	if err := db.Indexed(context.Background()); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	found := finds(t, dir, rareWords())
	for _, w := range rareWords() {
		if found[w] == "" {
			t.Errorf("%q is nowhere", w)
		}
	}
	for _, where := range []string{"journal", "picture", "picture key \"n\"", "picture key \"k\"", "leads to"} {
		if !slices.ContainsFunc(rareWords(), func(w string) bool { return strings.Contains(found[w], where) }) {
			t.Errorf("nothing is found in the %s", where)
		}
	}
}

func TestErasedCannotComeBack(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	db := open(t, dir)
	plant(t, db)
	erase(t, db, nil)
	before := versions(t, db)
	refused := func(r assist.Record) bool {
		switch r := r.(type) {
		case assist.Customer, assist.Merge:
			return true
		case assist.Call:
			return r.Customer != ""
		}
		b, _ := json.Marshal(r)
		return bytes.Contains(b, []byte(`"customer":"`+string(quilla))) || bytes.Contains(b, []byte(`"customer":"`+string(quillaTwin)))
	}
	for again := range 2 {
		bulk := db.Bulk(ctx)
		for _, r := range hers() {
			typ, id := r.Ident()
			if !refused(r) {
				continue
			}
			if err := db.Save(ctx, r); !errors.Is(err, assist.ErrInvalid) {
				t.Errorf("%d: the %s %s was saved: %v", again, typ, id, err)
			}
			if err := bulk.Add(r); !errors.Is(err, assist.ErrInvalid) {
				t.Errorf("%d: the %s %s was imported: %v", again, typ, id, err)
			}
		}
		pointing, after := others()
		for i, r := range pointing { // what others have to say is taken, without the pointer to her
			typ, id := r.Ident()
			save(t, db, r, r)
			got := history(t, db, r)[0].Record
			a, _ := json.Marshal(got)
			if bytes.Contains(a, []byte(quilla)) {
				t.Errorf("the %s %s is %s", typ, id, a)
			}
			save(t, db, after[i])
		}
		if err := bulk.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := db.Erase(ctx, quilla, "ben", day, nil); !errors.Is(err, assist.ErrNotFound) {
			t.Errorf("erased again: %v", err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		db = open(t, dir)
	}
	if now := versions(t, db); len(now) != len(before) {
		t.Errorf("there are %d records, there were %d", len(now), len(before))
	}
}

// lengthen makes the journal so long that it has several files more.
func lengthen(t *testing.T, db *DB, name string) {
	t.Helper()
	text := strings.Repeat("a long note of others. ", 100)
	for i := range 20 {
		save(t, db, assist.Note{ID: assist.ID(fmt.Sprint(name, i)), Customer: "jo", At: day, Text: text + fmt.Sprint(i)})
	}
}

func openSplit(t *testing.T, dir string) *DB {
	t.Helper()
	db, err := Open(context.Background(), Options{Dir: dir, Key: testKey, Region: "GB", segment: 10_000})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// spread plants her into several files of the journal.
func spread(t *testing.T, db *DB) {
	t.Helper()
	plant(t, db)
	lengthen(t, db, "first-")
	save(t, db, assist.Note{ID: "own-late", Customer: quilla, At: day, Text: rareWord})
	lengthen(t, db, "second-")
	save(t, db, assist.Note{ID: "own-latest", Customer: quilla, At: day, Text: rareWord})
}

func TestEraseIsFinishedWhereverTheProgramDies(t *testing.T) {
	dir := t.TempDir()
	db := openSplit(t, dir)
	spread(t, db)
	if err := db.Indexed(context.Background()); err != nil {
		t.Fatal(err)
	}
	before := versions(t, db)
	var dead []string
	last := -1
	erase(t, db, func(done, all int) {
		if done/10 != last/10 || done == last || done >= all-1 { // what is told between the steps repeats itself
			dead = append(dead, copyOf(t, dir))
		}
		last = done
	})
	if len(dead) < 10 {
		t.Fatalf("only %d moments", len(dead))
	}
	t.Logf("%d moments", len(dead))
	for i, dir := range dead {
		db, err := Open(context.Background(), Options{Dir: dir, Key: testKey, Region: "GB"})
		if err != nil {
			t.Fatalf("moment %d: %v", i, err)
		}
		unfindable(t, db)
		unharmed(t, db, before)
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		absent(t, dir)
		if t.Failed() {
			t.Fatalf("moment %d of %d", i, len(dead))
		}
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
	}
}

func TestEraseThatWasCancelledIsFinishedLater(t *testing.T) {
	for name, finish := range map[string]func(*testing.T, *DB, string) *DB{
		"by the next start": func(t *testing.T, db *DB, dir string) *DB {
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			return open(t, dir)
		},
		"by the next start, without a picture": func(t *testing.T, db *DB, dir string) *DB {
			if err := errors.Join(db.Close(), os.RemoveAll(filepath.Join(dir, "picture"))); err != nil {
				t.Fatal(err)
			}
			return open(t, dir)
		},
		"by the next erasure": func(t *testing.T, db *DB, _ string) *DB {
			save(t, db, assist.Customer{ID: "next", Name: "Next"})
			if _, err := db.Erase(context.Background(), "next", "ben", day, nil); err != nil {
				t.Fatal(err)
			}
			return db
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			db := openSplit(t, dir)
			spread(t, db)
			before := versions(t, db)
			ctx, stop := context.WithCancel(context.Background())
			_, err := db.Erase(ctx, quilla, "ben", day, func(done, all int) {
				if done > all/4 { // some of the journal is rewritten
					stop()
				}
			})
			if !errors.Is(err, context.Canceled) {
				t.Fatalf("got %v", err)
			}
			if r, err := db.Check(context.Background()); err != nil || len(r.Wrong) == 0 {
				t.Errorf("check says nothing of it: %v %v", r.Wrong, err)
			}
			if err := db.Save(context.Background(), hers()[5]); !errors.Is(err, assist.ErrInvalid) {
				t.Errorf("something of hers can be saved meanwhile: %v", err)
			}
			db = finish(t, db, dir)
			unfindable(t, db)
			unharmed(t, db, before)
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			absent(t, dir)
		})
	}
}

func TestEraseGoesOnBesideReadersAndWriters(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	db := openSplit(t, dir)
	spread(t, db)
	before := versions(t, db)
	n := 0
	erase(t, db, func(done, all int) {
		n++
		id := assist.ID("during-" + time.Duration(n).String())
		save(t, db, assist.Note{ID: id, Customer: "jo", At: day, Text: "written meanwhile"})
		if _, err := db.Profile(ctx, "jo"); err != nil {
			t.Error(err)
		}
		if err := db.Save(ctx, assist.Note{ID: "own-during", Customer: quilla, At: day, Text: rareWord}); !errors.Is(err, assist.ErrInvalid) {
			t.Errorf("at %d of %d something of hers was saved: %v", done, all, err)
		}
	})
	if n < 10 {
		t.Fatalf("only %d writes", n)
	}
	unharmed(t, db, before)
	for i := range n {
		if _, err := Find[assist.Note](ctx, db, assist.ID("during-"+time.Duration(i+1).String())); err != nil {
			t.Error(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	absent(t, dir)
	db = open(t, dir)
	unfindable(t, db)
	unharmed(t, db, before)
}

func TestEraseLooksAgainWhenSomethingOfThemIsWritten(t *testing.T) {
	db := open(t, t.TempDir())
	plant(t, db)
	txn, done, seen, err := db.freeze()
	if err != nil {
		t.Fatal(err)
	}
	x, err := db.trace(context.Background(), txn, quilla)
	done()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		r    assist.Record
		late bool
	}{
		{assist.Note{ID: "n", Customer: "jo", At: day, Text: "of another"}, false},
		{hers()[5], false}, // it goes anyhow
		{assist.Note{ID: "own-new", Customer: quilla, At: day, Text: "new"}, true},
		{assist.Gap{ID: "own-new", Call: "own-call", At: day, Text: "new"}, true},
		{assist.Customer{ID: "third", Name: "Q", Into: quilla}, true},
	} {
		save(t, db, c.r)
		if late, err := x.late(seen.end); late != c.late || err != nil {
			t.Errorf("%v: late %v, %v", c.r, late, err)
		}
		seen.end = db.journal.End()
	}
}

// TestAMergeOfOthersForgetsWhoWasErased: what two records were like before they were made
// one is kept with the merge, and with it whom they named.
func TestAMergeOfOthersForgetsWhoWasErased(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir)
	mother := []assist.Relation{{To: "gone", Who: "her mother Zyzzogeta"}, {To: "aunt", Who: "her aunt"}}
	k := assist.Customer{ID: "k", Name: "K", Relations: mother}
	save(t, db, assist.Customer{ID: "gone", Name: "Zyzzogeta Shaw", Relations: []assist.Relation{{To: "o", Who: "her child"}}}, assist.Customer{ID: "aunt", Name: "Ann"}, k,
		assist.Customer{ID: "o", Name: "O", Relations: mother[:1]})
	m, err := db.MergeCustomers(t.Context(), k, []assist.ID{"o"}, "jo", day)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Erase(t.Context(), "gone", "jo", day, nil); err != nil {
		t.Fatal(err)
	}
	for _, when := range []string{"at once", "after the next start"} {
		got, err := Find[assist.Merge](t.Context(), db, m.ID)
		if err != nil {
			t.Fatal(err)
		}
		if b, err := json.Marshal(got); err != nil || bytes.Contains(b, []byte("gone")) || bytes.Contains(b, []byte("Zyzzogeta")) || !slices.Equal(got.After.Relations, mother[1:]) {
			t.Errorf("%s: %s %v", when, b, err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		db = open(t, dir)
	}
	if _, err := db.UndoMerge(t.Context(), m.ID, day); err != nil {
		t.Error(err)
	}
}
