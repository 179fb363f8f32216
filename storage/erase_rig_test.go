package storage

import (
	"bytes"
	"context"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
	"ringside/storage/index"
	"ringside/storage/journal"
)

// Quilla is the person who is erased in these tests. What she is called, and what she
// said, stands nowhere else.
const (
	quilla      = assist.ID("erased-1")
	quillaTwin  = assist.ID("erased-2") // another record of her, merged into the first
	rareName    = "Quilla Featherstonehaugh"
	rareNumber  = "+441134960777"
	rareAddress = "quilla@rareplace.example"
	rareWord    = "zyzzogeton"
)

// rareWords are what must be nowhere any more, as it may stand on the disk.
func rareWords() []string {
	digits := rareNumber[1:]
	back := []byte(digits)
	slices.Reverse(back)
	return []string{"Quilla", "quilla", "Featherstonehaugh", "featherstonehaugh", digits, string(back), "0113 496 0777",
		"rareplace", rareWord, "own-"} // the ids of what is hers begin so
}

// hers is a record of every type that can be of a person, and of what others keep of her.
// Words of hers stand in every field that has room for them.
func hers() []assist.Record {
	at := day.Add(time.Minute)
	twin := assist.Customer{ID: quillaTwin, Name: rareName, About: rareWord, Into: quilla}
	her := assist.Customer{ID: quilla, Name: rareName, CallMe: "Ms Featherstonehaugh", Company: "own-household", City: rareWord,
		Phones: []assist.Phone{{Raw: "0113 496 0777", E164: rareNumber}}, Emails: []string{rareAddress}, About: rareWord, Likes: rareWord,
		External: []string{"hubspot:" + rareWord}, Owns: []assist.Product{{Name: rareWord}}}
	call := assist.Call{ID: "own-call", Customer: quilla, From: rareNumber, Started: at, Used: []assist.Used{{Answer: "refunds", Heard: rareWord, At: at}}}
	return []assist.Record{
		assist.Company{ID: "own-household", Name: "Featherstonehaugh, " + rareWord, Phones: []assist.Phone{{Raw: "0113 496 0777", E164: rareNumber}}},
		her, twin, call,
		assist.Call{ID: "own-unknown", From: "0113 496 0777", Started: at}, // nobody noticed that it was her
		assist.Note{ID: "own-note", Customer: quilla, Call: call.ID, At: at, Text: rareWord,
			Tags: []string{rareWord}, Remarks: []assist.Remark{{At: at, Text: rareWord}}},
		assist.Note{ID: "own-note-of-call", Call: call.ID, At: at, Text: rareWord}, // and nobody's
		assist.Note{ID: "own-note-of-twin", Customer: quillaTwin, At: at, Text: rareWord},
		assist.Promise{ID: "own-promise", Customer: quilla, Text: rareWord, Made: at, Due: at},
		assist.Insight{ID: "own-insight", Customer: quilla, At: at, Intelligence: assist.Market, Text: rareWord, Source: rareWord},
		assist.Insight{ID: "own-insight-of-note", Note: "own-note", At: at, Intelligence: assist.Market, Text: rareWord},
		assist.Asked{ID: "own-asked", Customer: quilla, Prompt: "p", Reply: assist.ReplyAsked, Way: rareWord, At: at},
		assist.Gap{ID: "own-gap", Customer: quilla, Call: call.ID, Text: rareWord, At: at},
		assist.Gap{ID: "own-gap-of-call", Call: call.ID, Text: rareWord, At: at},
		assist.Draft{ID: call.ID, At: at, Call: call, Note: rareWord, Heard: rareWord, Reply: rareWord, Done: true},
		assist.Proposal{ID: "own-proposal", Answer: "refunds", Phrasing: "what Featherstonehaugh said: " + rareWord, Call: call.ID, At: at},
		assist.Question{ID: "own-question", Answer: "refunds", Text: "quilla wants " + rareWord, Call: call.ID, At: at},
		assist.Affected{ID: assist.Affected{Incident: "flood", Customer: quilla}.Key(), Incident: "flood", Customer: quilla, At: at},
		assist.Kudos{ID: "own-kudos", Rep: "jo", Customer: quilla, At: at, Words: rareWord},
		assist.Flag{ID: "own-flag", Answer: "refunds", Why: rareWord, Customer: quilla, At: at},
		assist.Order{ID: "own-order", Customer: quilla, At: at, Number: rareWord, Products: []string{rareWord}},
		assist.Merge{ID: "own-merge", Keeper: quilla, Before: []assist.Customer{her, twin}, At: at,
			Moved: map[assist.ID][]assist.Ref{quillaTwin: {{Type: assist.TypeNote, ID: "own-note-of-twin"}}}},
	}
}

// others is what is of others and points to what is hers, as it is before and as it must
// be behind.
func others() (before, after []assist.Record) {
	at := day.Add(2 * time.Minute)
	m, flood := mary(), assist.Incident{ID: "flood", Title: "Flood", Opened: at, Customers: []assist.ID{quilla, mary().ID}, Companies: []assist.ID{"own-household"}}
	m.Relations = []assist.Relation{{To: quilla, Who: "her neighbour"}, {To: "jo", Who: "her husband"}}
	note := assist.Note{ID: "note-of-mary", Customer: m.ID, Call: "own-call", At: at, Text: "Mary likes short calls",
		Links: []assist.Ref{{Type: assist.TypeNote, ID: "own-note"}, {Type: assist.TypeCustomer, ID: "jo"}}}
	q := assist.Question{ID: "question", Answer: "refunds", Text: "when does money come back", Call: "own-call", At: at}
	p := assist.Proposal{ID: "proposal", Answer: "refunds", Phrasing: "money come back", Call: "own-call", At: at}
	front := assist.Insight{ID: "front", Call: "own-call", At: at, Intelligence: assist.FrontLine, Text: "the form is too long"}
	rev := assist.Revision{ID: "rev", Answer: "refunds", Next: assist.Answer{ID: "refunds"}, At: at, Stage: assist.StageDraft,
		Gaps: []assist.ID{"own-gap"}, Flags: []assist.ID{"own-flag", "flag-of-mary"}}
	before = []assist.Record{m, flood, note, q, p, front, rev}
	m.Relations, flood.Customers, flood.Companies = m.Relations[1:], flood.Customers[1:], nil
	note.Call, note.Links = "", note.Links[1:]
	q.Call, p.Call, front.Call = "", "", ""
	rev.Gaps, rev.Flags = nil, rev.Flags[1:]
	return before, []assist.Record{m, flood, note, q, p, front, rev}
}

// untouched is what has nothing to do with her.
func untouched() []assist.Record {
	at := day.Add(3 * time.Minute)
	jo := assist.Customer{ID: "jo", Name: "Jo Pine", Company: "acme", Phones: []assist.Phone{{Raw: "0113 496 0555", E164: "+441134960555"}}}
	jane := assist.Customer{ID: "jane", Name: "Jane Pine", Into: "jo"}
	return []assist.Record{acme(), jo, jane,
		assist.Merge{ID: "merge", Keeper: "jo", Before: []assist.Customer{jo, jane}, At: at},
		assist.Rep{ID: "ben", Name: "Ben"},
		assist.Answer{ID: "refunds", Title: "Refunds", Department: "billing", Say: "Within five days."},
		assist.Call{ID: "call-of-jo", Customer: "jo", From: "+441134960555", Started: at, Shown: []assist.ID{"refunds"}},
		assist.Call{ID: "call-of-nobody", From: "+441134960999", Started: at},
		assist.Note{ID: "note-of-jo", Customer: "jo", Call: "call-of-jo", At: at, Text: "refund"},
		assist.Promise{ID: "promise-of-jo", Customer: "jo", Text: "call back", Made: at, Due: at},
		assist.Draft{ID: "draft-of-jo", At: at, Call: assist.Call{ID: "draft-of-jo", Customer: "jo", Started: at}, Note: "half a"},
		assist.Flag{ID: "flag-of-mary", Answer: "refunds", Customer: mary().ID, At: at},
		assist.Affected{ID: assist.Affected{Incident: "flood", Customer: mary().ID}.Key(), Incident: "flood", Customer: mary().ID, At: at},
	}
}

// plant fills a store: everything twice over, so that there are older versions, with her
// number and name of before in them.
func plant(t *testing.T, db *DB) {
	t.Helper()
	before, _ := others()
	old := assist.Customer{ID: quilla, Name: "Quilla " + rareWord, Phones: []assist.Phone{{Raw: "0113 496 0888", E164: "+441134960888"}}}
	save(t, db, old, assist.Call{ID: "own-old-number", Outgoing: true, To: "+441134960888", Started: day},
		assist.Note{ID: "note-of-jo", Customer: quilla, At: day, Text: "given to the wrong customer at first"})
	save(t, db, untouched()...)
	save(t, db, hers()...)
	save(t, db, before...)
	for _, r := range hers() {
		switch r := r.(type) { // an older version of what is hers by its words alone
		case assist.Note:
			r.Text += " " + rareWord
			save(t, db, r)
		case assist.Promise:
			r.Text += " " + rareWord
			save(t, db, r)
		}
	}
	m := mary()
	m.City = "York"
	m.Relations = []assist.Relation{{To: quilla, Who: "her neighbour"}, {To: "jo", Who: "her husband"}}
	save(t, db, m)
	m.City = "Leeds"
	save(t, db, m)
}

// versions is every version of every record, by type and id, as JSON, the latest first.
func versions(t *testing.T, db *DB) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	err := db.read(func(txn *badger.Txn) error {
		it := txn.NewIterator(badger.IteratorOptions{Prefix: []byte{spaceRecord}})
		defer it.Close()
		for it.Rewind(); it.Valid(); it.Next() {
			typ, id := typeOf(it.Item().KeyCopy(nil))
			list, err := db.History(context.Background(), typ, id)
			if err != nil {
				return err
			}
			for _, v := range list {
				b, err := json.Marshal(v)
				if err != nil {
					return err
				}
				out[string(typ)+" "+string(id)] = append(out[string(typ)+" "+string(id)], string(b))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// finds looks for words in everything of a data folder that nobody has open: the bytes of
// its files, every payload of the journal, every key and value of the picture with all of
// its versions, and what the segments of Seek lead to. It returns where each is found.
func finds(t *testing.T, dir string, words []string) map[string]string {
	t.Helper()
	found := map[string]string{}
	look := func(where string, b []byte) {
		for _, w := range words {
			if bytes.Contains(b, []byte(w)) {
				found[w] += " " + where
			}
		}
	}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		look("the bytes of "+e.Name(), b)
		look("the name "+e.Name(), []byte(e.Name()))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	j, err := journal.Open(journal.Options{Dir: filepath.Join(dir, "journal"), Key: testKey})
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	if err := j.Read(journal.Position{}, func(_ journal.Position, payload []byte) error {
		look("journal", payload)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	pictures(t, dir, func(key, value []byte) {
		look(fmt.Sprintf("picture key %q", key[:1]), key)
		look("picture "+fmt.Sprintf("%q", key[:min(len(key), 12)]), value)
	})
	segments(t, dir, words, look)
	return found
}

// pictures calls f with everything that is in the pictures of a data folder.
func pictures(t *testing.T, dir string, f func(key, value []byte)) {
	t.Helper()
	key, err := hkdf.Key(sha256.New, testKey[:], nil, "ringside picture v1", 32)
	if err != nil {
		t.Fatal(err)
	}
	names, err := filepath.Glob(filepath.Join(dir, "picture*", "*", "MANIFEST"))
	if err != nil || len(names) == 0 {
		t.Fatal("no picture", err)
	}
	for _, name := range names {
		p, err := badger.Open(pictureOptions(filepath.Dir(name), key))
		if err != nil {
			t.Fatal(err)
		}
		err = p.View(func(txn *badger.Txn) error {
			it := txn.NewIterator(badger.IteratorOptions{AllVersions: true, PrefetchValues: true})
			defer it.Close()
			for it.Rewind(); it.Valid(); it.Next() {
				if err := it.Item().Value(func(b []byte) error { f(it.Item().Key(), b); return nil }); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := p.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// segments seeks the words in the segments of a data folder.
func segments(t *testing.T, dir string, words []string, look func(where string, b []byte)) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, seekFolder, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		s, err := index.Open(name, testKey)
		if err != nil {
			t.Fatal(name, err)
		}
		for _, w := range words {
			search := s.Search(index.Parse(w, nil), 100)
			for tier := index.Sure; tier <= index.Inside; tier++ {
				err := search.Tier(context.Background(), tier, func(key string, _ int64) (bool, error) {
					look(filepath.Base(name)+" leads to "+key, []byte(w))
					return true, nil
				})
				if err != nil {
					t.Fatal(err)
				}
			}
		}
		s.Close()
	}
}

// copyOf copies a data folder as it lies there, as if its program had died now. Badger's
// files are mostly holes, which stay holes.
func copyOf(t *testing.T, dir string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "copy")
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(dir, path)
		switch {
		case os.IsNotExist(err):
			return nil // gone meanwhile
		case err != nil:
			return err
		case e.IsDir():
			return os.MkdirAll(filepath.Join(to, rel), 0o700)
		}
		err = copyHoles(path, filepath.Join(to, rel))
		if os.IsNotExist(err) {
			return nil
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return to
}

func copyHoles(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	defer out.Close()
	b, empty := make([]byte, 1<<20), make([]byte, 1<<20)
	for at := int64(0); ; {
		n, err := in.ReadAt(b, at)
		if !bytes.Equal(b[:n], empty[:n]) {
			if _, err := out.WriteAt(b[:n], at); err != nil {
				return err
			}
		}
		if at += int64(n); err == io.EOF {
			return out.Truncate(at)
		}
		if err != nil {
			return err
		}
	}
}

func erase(t *testing.T, db *DB, progress func(done, all int)) Trace {
	t.Helper()
	found, err := db.Erase(context.Background(), quilla, "ben", day, progress)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// identsOf returns the types and ids of records.
func identsOf[R any](list []R, ident func(R) (assist.Type, assist.ID)) (out []string) {
	for _, r := range list {
		t, id := ident(r)
		out = append(out, string(t)+" "+string(id))
	}
	slices.Sort(out)
	return out
}

func ofRef(r assist.Ref) (assist.Type, assist.ID)       { return r.Type, r.ID }
func ofRecord(r assist.Record) (assist.Type, assist.ID) { return r.Ident() }
