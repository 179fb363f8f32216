package storage

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"ringside/assist"
)

// find reads a record that must be there.
func find[T assist.Record](t testing.TB, db *DB, id assist.ID) T {
	t.Helper()
	r, err := Find[T](t.Context(), db, id)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// pair are two desks that have the same, and tell each other what they replaced.
func pair(t *testing.T, records ...assist.Record) (a, b *DB) {
	t.Helper()
	a, b = desk(t, t.TempDir(), 0), desk(t, t.TempDir(), time.Second)
	a.SetShared(true)
	b.SetShared(true)
	save(t, a, records...)
	talk(t, a, b)
	return a, b
}

func TestWhatTwoDesksPutIntoAListAtOnceIsAllThere(t *testing.T) {
	at := func(minute int) time.Time { return day.Add(time.Duration(minute) * time.Minute) }
	mobile, work, home := assist.Phone{Raw: "0113 496 0001", E164: "+441134960001", Label: "mobile"}, assist.Phone{Raw: "0113 496 0002", E164: "+441134960002"}, assist.Phone{Raw: "who knows"}
	note := assist.Note{ID: "n", At: day, Text: "She called.", Tags: []string{"first"}, Remarks: []assist.Remark{{By: "jo", At: at(1), Text: "One."}}}
	who := assist.Customer{ID: "c", Name: "Mary", Phones: []assist.Phone{mobile}, Emails: []string{"m@example.org"}}
	trouble := assist.Incident{ID: "i", Title: "Late", Opened: day}
	a, b := pair(t, note, who, trouble)

	n, c, i := note, who, trouble
	n.Tags = []string{"first", "by a"}
	n.Remarks = append(slices.Clone(n.Remarks), assist.Remark{By: "ann", At: at(3), Text: "Three."})
	c.Phones, c.Emails, c.Relations = append(slices.Clone(c.Phones), work), nil, []assist.Relation{{To: "d", Who: "her son"}}
	i.Customers = []assist.ID{"c"}
	save(t, a, n, c, i)
	n, c, i = note, who, trouble
	n.Tags = []string{"first", "by b"}
	n.Remarks = append(slices.Clone(n.Remarks), assist.Remark{By: "ben", At: at(2), Text: "Two."})
	c.Phones, c.Emails, c.Relations = append(slices.Clone(c.Phones), home), []string{"m@example.org", "b@example.org"}, []assist.Relation{{To: "e", Who: "her aunt"}}
	i.Customers = []assist.ID{"d"}
	save(t, b, n, c, i)
	talk(t, a, b)
	sameDigest(t, a, b)
	for _, db := range []*DB{a, b} {
		n, c, i := find[assist.Note](t, db, "n"), find[assist.Customer](t, db, "c"), find[assist.Incident](t, db, "i")
		if len(n.Tags) != 3 || n.Tags[0] != "first" || !slices.Contains(n.Tags, "by a") || !slices.Contains(n.Tags, "by b") {
			t.Errorf("the tags are %q", n.Tags)
		}
		var said []string
		for _, r := range n.Remarks {
			said = append(said, r.Text)
		}
		if strings.Join(said, " ") != "One. Two. Three." {
			t.Errorf("the remarks are %q", said)
		}
		if len(c.Phones) != 3 || c.Phones[0] != mobile || !slices.Contains(c.Phones, work) || !slices.Contains(c.Phones, home) ||
			!slices.Equal(c.Emails, []string{"b@example.org"}) || len(c.Relations) != 2 || len(i.Customers) != 2 {
			t.Errorf("%+v, %+v", c, i)
		}
		if found := clashes(t, db); len(found) > 0 {
			t.Errorf("they clash: %+v", found)
		}
		mustCheck(t, db)
	}
	if x, y := find[assist.Note](t, a, "n"), find[assist.Note](t, b, "n"); !reflect.DeepEqual(x, y) {
		t.Errorf("%+v at one desk, %+v at the other", x, y)
	}
}

// Two desks that had never heard of each other made the same record, as imports do.
func TestARecordThatTwoDesksHaveMadeHasTheListsOfBoth(t *testing.T) {
	a, b := desk(t, t.TempDir(), 0), desk(t, t.TempDir(), 0)
	save(t, a, assist.Customer{ID: "c", Name: "Mary", Emails: []string{"same@example.org", "a@example.org"}})
	save(t, b, assist.Customer{ID: "c", Name: "Mary", Emails: []string{"same@example.org", "b@example.org"}})
	talk(t, a, b)
	sameDigest(t, a, b)
	for _, db := range []*DB{a, b} {
		if got := find[assist.Customer](t, db, "c").Emails; len(got) != 3 || got[0] != "same@example.org" {
			t.Errorf("%q", got)
		}
	}
}

func TestOneItemWrittenAtTwoDesksAtOnce(t *testing.T) {
	note := assist.Note{ID: "n", At: day, Text: "She called.", Tags: []string{"vip", "late"}}
	number := assist.Phone{Raw: "0113 496 0001", E164: "+441134960001", Label: "mobile"}
	who := assist.Customer{ID: "c", Name: "Mary", Phones: []assist.Phone{number}}
	a, b := pair(t, note, who)
	gone := note
	gone.Tags = []string{"late"}
	save(t, a, gone)
	save(t, b, gone)
	talk(t, a, b)
	if found := clashes(t, a); len(found) > 0 {
		t.Errorf("both took it out, and clash: %+v", found)
	}
	save(t, a, note)
	save(t, a, gone)
	save(t, b, note) // later: its clock is ahead
	talk(t, a, b)
	if got := find[assist.Note](t, a, "n").Tags; !slices.Contains(got, "vip") {
		t.Errorf("what was put in last is not there: %q", got)
	}
	worked := who
	worked.Phones = []assist.Phone{{Raw: number.Raw, E164: number.E164, Label: "work"}}
	save(t, a, worked)
	worked.Phones = []assist.Phone{{Raw: number.Raw, E164: number.E164, Label: "home"}}
	save(t, b, worked)
	talk(t, a, b)
	sameDigest(t, a, b)
	for _, db := range []*DB{a, b} {
		if got := find[assist.Note](t, db, "n").Tags; !slices.Equal(got, find[assist.Note](t, a, "n").Tags) {
			t.Errorf("%q", got)
		}
		if got := find[assist.Customer](t, db, "c").Phones; len(got) != 1 || got[0].Label != "home" {
			t.Errorf("%+v", got)
		}
	}
	found := clashes(t, a)
	i := slices.IndexFunc(found, func(c Clash) bool { return c.Field == "phones" })
	if i < 0 || found[i].Part == "" || found[i].OursCounts || !strings.Contains(string(found[i].Ours), `"work"`) || !strings.Contains(string(found[i].Theirs), `"home"`) ||
		strings.HasPrefix(string(found[i].Ours), "[") {
		t.Fatalf("%+v", found)
	}
	if err := a.Settle(t.Context(), found[i], true); err != nil {
		t.Fatal(err)
	}
	talk(t, a, b)
	sameDigest(t, a, b)
	if got := find[assist.Customer](t, b, "c").Phones; len(got) != 1 || got[0].Label != "work" {
		t.Errorf("%+v", got)
	}
	for _, db := range []*DB{a, b} {
		if slices.ContainsFunc(clashes(t, db), func(c Clash) bool { return c.Field == "phones" }) {
			t.Error("it is settled and clashes")
		}
	}
}

// Whatever is done with a list at one desk, it is kept as it was saved; and a change of one
// item writes no other.
func TestAListIsKeptAsItWasSaved(t *testing.T) {
	dir := t.TempDir()
	db := desk(t, dir, 0)
	r := rand.New(rand.NewPCG(5, 6))
	note := assist.Note{ID: "n", At: day, Text: "She called."}
	tags := []string{"a", "b", "c", "a", "d", "e", "f"}
	for round := range 400 {
		note.Tags = nil
		for _, i := range r.Perm(len(tags))[:r.IntN(len(tags)+1)] {
			note.Tags = append(note.Tags, tags[i])
		}
		save(t, db, note)
		if got := find[assist.Note](t, db, "n"); !reflect.DeepEqual(got.Tags, note.Tags) {
			t.Fatalf("round %d: %q, then %q", round, note.Tags, got.Tags)
		}
	}
	if versions, err := db.History(t.Context(), assist.TypeNote, "n"); err != nil || !reflect.DeepEqual(versions[0].Record, find[assist.Note](t, db, "n")) {
		t.Errorf("%+v, %v", versions[0], err)
	}
	note.Tags = []string{"1", "2", "3", "4"}
	save(t, db, note)
	for _, next := range [][]string{{"1", "2", "new", "3", "4"}, {"4", "1", "2", "new", "3"}, {"4", "1", "new", "3"}, {"1", "new", "3", "4"}} {
		_, from := outgoing(t, db, Mark{}, false)
		note.Tags = next
		save(t, db, note)
		bodies, _ := outgoing(t, db, from, false)
		in, err := db.codec.readBody(bodies[0])
		if err != nil || len(in) != 1 || len(in[0].ops) != 1 || len(in[0].ops[0].fields) != 1 {
			t.Errorf("%q: %v, %v", next, in, err)
		}
	}
	mustCheck(t, db)
}

func TestALongListIsWrittenWholeAndMergesAllTheSame(t *testing.T) {
	trouble := assist.Incident{ID: "i", Title: "Late", Opened: day}
	for i := range 3000 {
		trouble.Customers = append(trouble.Customers, assist.ID(fmt.Sprint("c", i)))
	}
	a, b := pair(t, trouble)
	x, y := trouble, trouble
	x.Customers = append(slices.Clone(x.Customers), "by a")
	y.Customers = append(slices.Clone(y.Customers)[1:], "by b")
	save(t, a, x)
	save(t, b, y)
	talk(t, a, b)
	sameDigest(t, a, b)
	got := find[assist.Incident](t, a, "i").Customers
	if len(got) != 3001 || slices.Contains(got, "c0") || !slices.Contains(got, "by a") || !slices.Contains(got, "by b") {
		t.Errorf("%d customers", len(got))
	}
	x.Customers = slices.Clone(trouble.Customers[:2])
	for i := range 2000 {
		x.Customers = append(x.Customers, assist.ID(fmt.Sprint("d", i)))
	}
	save(t, a, x)
	talk(t, a, b)
	sameDigest(t, a, b)
	for _, db := range []*DB{a, b} {
		if got := find[assist.Incident](t, db, "i").Customers; !slices.Equal(got, x.Customers) {
			t.Errorf("%d customers are left of %d", len(got), len(x.Customers))
		}
		mustCheck(t, db)
	}
}

// A version that knows nothing of items has written the whole list, before and after.
func TestAWholeListOfAnOlderVersion(t *testing.T) {
	a, b := pair(t)
	older := func(db *DB, tags ...string) {
		t.Helper()
		n := assist.Note{ID: "n", At: day, Text: "She called.", Tags: tags}
		raw, err := db.codec.enc.Marshal(n)
		if err != nil {
			t.Fatal(err)
		}
		in := items{b: raw}
		fs := in.fields()
		p := &pack{device: [8]byte{9}, n: 1, clock: nextClock(0, time.Now().Add(time.Duration(len(tags))*time.Second)), taken: true, ops: []op{{t: assist.TypeNote, id: "n", fields: fs}}}
		for _, db := range []*DB{a, b} {
			takeIn(t, db, [][]byte{encodeBody([]*pack{p})})
		}
	}
	older(a, "one", "two")
	n := find[assist.Note](t, a, "n")
	if !slices.Equal(n.Tags, []string{"one", "two"}) {
		t.Fatalf("%q", n.Tags)
	}
	x, y := n, n
	x.Tags = []string{"two", "by a"}
	y.Tags = []string{"one", "two", "by b"}
	save(t, a, x)
	save(t, b, y)
	talk(t, a, b)
	sameDigest(t, a, b)
	if got := find[assist.Note](t, a, "n").Tags; len(got) != 3 || got[0] != "two" {
		t.Errorf("%q", got)
	}
	older(a, "one", "two", "three") // it does not see that "one" was taken out
	sameDigest(t, a, b)
	for _, db := range []*DB{a, b} {
		got := find[assist.Note](t, db, "n").Tags
		if slices.Sort(got); !slices.Equal(got, []string{"by a", "by b", "three", "two"}) {
			t.Errorf("%q", got)
		}
		mustCheck(t, db)
	}
}

func TestNothingOfWhoIsErasedStaysInTheListsOfOthers(t *testing.T) {
	m, other := mary(), assist.Customer{ID: "son", Name: "Tom", Relations: []assist.Relation{{To: mary().ID, Who: "his mother"}}}
	trouble := assist.Incident{ID: "i", Title: "Late", Opened: day, Customers: []assist.ID{"son", m.ID}}
	note := assist.Note{ID: "n", Customer: "son", At: day, Text: "He called.", Links: []assist.Ref{{Type: assist.TypeCustomer, ID: m.ID}}}
	hers := assist.Note{ID: "hers", Customer: m.ID, At: day, Text: "She called.", Tags: []string{"quixotic"}, Remarks: []assist.Remark{{By: "jo", At: day, Text: "Quixotic."}}}
	dir := t.TempDir()
	a := desk(t, dir, 0)
	save(t, a, m, other, trouble, note, hers)
	bodies, _ := outgoing(t, a, Mark{}, false)
	trace, err := a.Trace(t.Context(), m.ID)
	if err != nil || len(trace.Unlinked) != 3 {
		t.Errorf("%+v, %v", trace, err)
	}
	if _, err := a.Erase(t.Context(), m.ID, "jo", time.Now(), nil); err != nil {
		t.Fatal(err)
	}
	b := desk(t, t.TempDir(), 0)
	erased, _ := outgoing(t, a, Mark{}, false)
	takeIn(t, b, erased)
	takeIn(t, b, bodies) // what was sent before comes late
	for _, db := range []*DB{a, b} {
		c, i, n := find[assist.Customer](t, db, "son"), find[assist.Incident](t, db, "i"), find[assist.Note](t, db, "n")
		if len(c.Relations) > 0 || !slices.Equal(i.Customers, []assist.ID{"son"}) || len(n.Links) > 0 {
			t.Errorf("%+v, %+v, %+v", c, i, n)
		}
		mustCheck(t, db)
	}
	sameDigest(t, a, b)
	save(t, a, trouble) // somebody has it open still
	if i := find[assist.Incident](t, a, "i"); !slices.Equal(i.Customers, []assist.ID{"son"}) {
		t.Errorf("%+v", i)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(dir, "picture")); err != nil {
		t.Fatal(err)
	}
	a = desk(t, dir, 0)
	if i := find[assist.Incident](t, a, "i"); !slices.Equal(i.Customers, []assist.ID{"son"}) {
		t.Errorf("%+v", i)
	}
}

func TestAFieldThatIsNoItemIsRefused(t *testing.T) {
	db := desk(t, t.TempDir(), 0)
	for _, raw := range [][]byte{{0}, appendText(nil, "tag"), append(appendHead(nil, majorArray, 1), 0), append(appendHead(appendHead(nil, majorArray, 2), majorUint, 1), 0)} {
		p := &pack{device: [8]byte{9}, n: 1, clock: 1, taken: true, ops: []op{{t: assist.TypeNote, id: "n", fields: []field{{"tags/x", raw}}}}}
		if err := db.TakeIn(t.Context(), [][]byte{encodeBody([]*pack{p})}); err == nil {
			t.Errorf("%x was taken in", raw)
		}
	}
	if _, records, err := db.Digest(t.Context()); records > 0 || err != nil {
		t.Errorf("%d, %v", records, err)
	}
}
