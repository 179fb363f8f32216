package storage

import (
	"bytes"
	"encoding/hex"
	"errors"
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
	"ringside/assist/glance"
)

// Operations of three desks on few records and fields, with deletions, clocks far apart and
// creations that come last: whatever the order, and whatever comes twice, every desk ends
// with the same.
func TestOperationsInAnyOrderAndTwiceEndAlike(t *testing.T) {
	const cases = 10_000
	r := rand.New(rand.NewPCG(1, 2))
	for i := range cases {
		packs := randomPacks(r)
		want := merged(packs)
		for range 3 {
			again := slices.Clone(packs)
			for range r.IntN(4) {
				again = append(again, packs[r.IntN(len(packs))])
			}
			r.Shuffle(len(again), func(i, j int) { again[i], again[j] = again[j], again[i] })
			if got := merged(again); got != want {
				t.Fatalf("case %d: %s, then %s", i, want, got)
			}
		}
	}
	t.Logf("order_cases %d", cases)
}

func randomPacks(r *rand.Rand) (out []*pack) {
	clocks := [3]uint64{1 << 20, 1 << 20, 1 << 40}
	for range 2 + r.IntN(8) {
		d := r.IntN(3)
		p := &pack{device: [8]byte{byte(d)}, clock: clocks[d] + uint64(r.IntN(3)), rep: fmt.Sprint(d), taken: true}
		for range 1 + r.IntN(3) {
			id := assist.ID(fmt.Sprint("n", r.IntN(3)))
			var fs []field
			for _, name := range []string{"id", "text", "rep"} {
				value := fmt.Sprint(r.IntN(3))
				switch n := r.IntN(4); {
				case name == "id" && n < 2:
					fs = append(fs, field{name, appendText(nil, string(id))})
				case name != "id" && n == 0:
					fs = append(fs, field{name, []byte{undefined}})
				case name != "id" && n < 3:
					fs = append(fs, field{name, appendText(nil, value)})
				}
			}
			fs = append(fs, randomItems(r)...)
			if len(fs) > 0 {
				p.ops = append(p.ops, op{t: assist.TypeNote, id: id, fields: fs})
			}
		}
		clocks[d] = p.clock + uint64(len(p.ops))
		if len(p.ops) > 0 {
			out = append(out, p)
		}
	}
	if out == nil {
		return randomPacks(r)
	}
	return out
}

// randomItems are changes of the tags and remarks of a note, as this version writes them and
// as older ones did.
func randomItems(r *rand.Rand) (out []field) {
	l := lists[assist.TypeNote]["tags"]
	tags := make([][]byte, 3)
	for i := range tags {
		tags[i] = appendText(nil, fmt.Sprint("tag", i))
	}
	if r.IntN(6) == 0 {
		n := r.IntN(len(tags) + 1)
		out = append(out, field{"tags", append(appendHead(nil, majorArray, uint64(n)), bytes.Join(tags[:n], nil)...)})
	}
	for _, tag := range tags {
		x := item{name: l.name("tags", tag, 0), rank: uint64(r.IntN(3)), raw: tag}
		switch r.IntN(4) {
		case 0:
			x.raw = nil
			fallthrough
		case 1:
			out = append(out, x.field())
		}
	}
	if r.IntN(3) == 0 {
		remark := appendFields(nil, []field{{"at", appendText(nil, fmt.Sprint("2026-11-27T10:0", r.IntN(3), ":00Z"))}, {"text", appendText(nil, fmt.Sprint(r.IntN(3)))}})
		out = append(out, apart(assist.TypeNote, []field{{"remarks", append(appendHead(nil, majorArray, 1), remark...)}})...)
	}
	return out
}

// merged is the digest of the records that packs make, and what their lists are.
func merged(packs []*pack) string {
	states := map[assist.ID]*state{}
	for _, p := range packs {
		for i, o := range p.ops {
			states[o.id], _ = o.onto(states[o.id], p.stamp(i), p.rep)
		}
	}
	var total [32]byte
	var shown []string
	for id, s := range states {
		for i, c := range s.sum(assist.TypeNote, id) {
			total[i] ^= c
		}
		for name, l := range lists[assist.TypeNote] {
			shown = append(shown, fmt.Sprintf("%s %x", id, inOne(name, l.items(name, s.fields)).raw))
		}
	}
	slices.Sort(shown)
	return fmt.Sprint(hex.EncodeToString(total[:]), shown)
}

// The same with real stores: three desks write to the same records, and three others take
// all of it in, in pieces, in other orders and twice, one of them closed in between.
func TestStoresThatHaveTheSameAreAlike(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	var writers []*DB
	for _, skew := range []time.Duration{0, -10 * time.Minute, 10 * time.Minute} {
		writers = append(writers, desk(t, t.TempDir(), skew))
	}
	seen := make([]Mark, 3)
	var bodies [][]byte
	for range 60 {
		d := r.IntN(3)
		writeSomething(t, r, writers[d])
		if r.IntN(3) > 0 {
			continue
		}
		fresh, next := outgoing(t, writers[d], seen[d], false)
		seen[d] = next
		bodies = append(bodies, fresh...)
		takeIn(t, writers[r.IntN(3)], fresh)
	}
	for d, db := range writers {
		fresh, _ := outgoing(t, db, seen[d], false)
		bodies = append(bodies, fresh...)
	}
	for _, db := range writers {
		takeIn(t, db, bodies)
	}
	sameDigest(t, writers...)
	for range 5 {
		all := append(slices.Clone(bodies), bodies[r.IntN(len(bodies))])
		r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		dir, half := t.TempDir(), len(all)/2
		db := desk(t, dir, 0)
		for _, b := range all[:half] {
			takeIn(t, db, [][]byte{b})
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		db = desk(t, dir, 0)
		takeIn(t, db, all[half:])
		sameDigest(t, writers[0], db)
		mustCheck(t, db)
	}
}

func writeSomething(t *testing.T, r *rand.Rand, db *DB) {
	t.Helper()
	id := fmt.Sprint(r.IntN(6))
	word := fmt.Sprint("word", r.IntN(100))
	switch r.IntN(4) {
	case 0:
		n, _ := Find[assist.Note](t.Context(), db, assist.ID("n"+id)) // of which there may be a part
		n.ID, n.Customer, n.At = assist.ID("n"+id), mary().ID, day
		if n.Text = word; len(n.Tags) > 0 && r.IntN(3) == 0 {
			n.Tags = slices.Delete(n.Tags, 0, 1)
		} else {
			n.Tags = append(n.Tags, word)
		}
		n.Remarks = append(n.Remarks, assist.Remark{By: "jo", At: day.Add(time.Duration(r.IntN(100)) * time.Second), Text: word})
		save(t, db, n)
	case 1:
		save(t, db, assist.Customer{ID: assist.ID("c" + id), Name: "Jo", City: word, Company: "acme"})
	case 2:
		save(t, db, assist.Promise{ID: assist.ID("p" + id), Customer: mary().ID, Text: word, Made: day, Due: day})
	case 3:
		save(t, db, assist.Customer{ID: assist.ID("c" + id), Name: word})
	}
}

// What is taken in is durable, and the journal alone is enough: a picture that is lost is
// made anew with it, whatever came first.
func TestWhatWasTakenInIsThereAfterAKillAndInANewPicture(t *testing.T) {
	a, dir := desk(t, t.TempDir(), 0), t.TempDir()
	save(t, a, teamRecords()...)
	m := mary()
	save(t, a, m)
	m.City = "York"
	save(t, a, m)
	b := desk(t, dir, 0)
	save(t, b, acme())
	bodies, _ := outgoing(t, a, Mark{}, false)
	slices.Reverse(bodies)
	takeIn(t, b, bodies)
	save(t, b, assist.Note{ID: "own", Customer: m.ID, At: day, Text: "own"})
	want := sum(t, b)

	killed := t.TempDir() // what a kill leaves: the files as they are at this moment
	if err := os.CopyFS(killed, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	rebuilt := t.TempDir()
	if err := os.CopyFS(rebuilt, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(rebuilt, "picture")); err != nil {
		t.Fatal(err)
	}
	for _, d := range []string{killed, rebuilt} {
		db := desk(t, d, 0)
		if got := sum(t, db); got != want {
			t.Errorf("the digest is %.8s, then %.8s", got, want)
		}
		if r := mustCheck(t, db); r.Operations != 2 {
			t.Errorf("%d operations are its own", r.Operations)
		}
		save(t, db, assist.Note{ID: "more", Customer: m.ID, At: day, Text: "more"})
		mustCheck(t, db)
	}
	if r, err := Inspect(t.Context(), dir, testKey); err != nil || len(r.Wrong) > 0 || r.Operations != 2 || r.Counts[assist.TypeCustomer] != 4 {
		t.Errorf("%+v, %v", r, err)
	}
}

// More than leapBytes are put in order first, when the picture is made anew.
func TestANewPictureOfMuchThatWasTakenIn(t *testing.T) {
	a, dir := desk(t, t.TempDir(), 0), t.TempDir()
	var first [][]byte
	at := Mark{}
	for round := range 2 {
		var list []assist.Record
		for i := range 1500 {
			list = append(list, assist.Note{ID: assist.ID(fmt.Sprint("n", i)), Customer: mary().ID, At: day, Text: fmt.Sprint(round, string(bytes.Repeat([]byte("long text "), 200)))})
		}
		save(t, a, list...)
		bodies, next := outgoing(t, a, at, false)
		first, at = append(bodies, first...), next // the later comes first
	}
	b := desk(t, dir, 0)
	takeIn(t, b, first)
	sameDigest(t, a, b)
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(dir, "picture")); err != nil {
		t.Fatal(err)
	}
	b = desk(t, dir, 0)
	sameDigest(t, a, b)
	mustCheck(t, b)
}

func TestHistoryTellsWhoWroteElsewhere(t *testing.T) {
	a, b := desk(t, t.TempDir(), 0), desk(t, t.TempDir(), 0)
	a.rep, b.rep = "ann", "ben"
	m := mary()
	save(t, a, m)
	bodies, at := outgoing(t, a, Mark{}, false)
	takeIn(t, b, bodies)
	m.City = "York"
	save(t, b, m)
	more, _ := outgoing(t, b, Mark{}, false)
	takeIn(t, a, more)
	if again, _ := outgoing(t, a, at, false); len(again) != 0 {
		t.Error("it goes back where it came from")
	}
	for _, db := range []*DB{a, b} {
		got := history(t, db, m)
		if len(got) != 2 || got[0].Rep != "ben" || got[1].Rep != "ann" ||
			got[0].Device != hexDevice(b.journal.Device()) || got[1].Device != hexDevice(a.journal.Device()) {
			t.Errorf("%+v", got)
		}
	}
}

func TestWhoWatchesIsToldOfWhatComesIn(t *testing.T) {
	a, b := desk(t, t.TempDir(), 0), desk(t, t.TempDir(), 0)
	answer := assist.Answer{ID: "refunds", Title: "Refunds", Department: "billing", Say: "Within five days."}
	save(t, a, mary(), answer)
	told := map[assist.ID]bool{}
	defer b.Watch(func(_ assist.Type, id assist.ID) { told[id] = true })()
	bodies, _ := outgoing(t, a, Mark{}, false)
	takeIn(t, b, bodies)
	if !told[mary().ID] || !told["refunds"] {
		t.Errorf("told of %v", told)
	}
	if c := b.TakeChanges(); !slices.Equal(c.Answers, []assist.ID{"refunds"}) {
		t.Errorf("%+v", c)
	}
	clear(told)
	before := b.journal.End()
	takeIn(t, b, bodies)
	if len(told) > 0 || b.journal.End() != before {
		t.Errorf("what comes again is told of, or kept again: %v", told)
	}
}

func TestABodyThatIsNotAsItMustBeIsRefusedWhole(t *testing.T) {
	text := func(s string) []byte { return appendText(nil, s) }
	note := op{t: "note", id: "good", fields: []field{{"id", text("good")}, {"text", text("x")}}}
	body := func(ops ...op) []byte {
		return encodeBody([]*pack{{device: [8]byte{9}, n: 1, clock: 1 << 30, rep: "eve", taken: true, ops: append([]op{note}, ops...)}})
	}
	long := make([]byte, maxRecord+1)
	good := body()
	a := desk(t, t.TempDir(), 0)
	if err := a.TakeIn(t.Context(), [][]byte{good}); err != nil {
		t.Fatal(err)
	}
	bad := map[string][]byte{
		"nothing":       nil,
		"garbage":       []byte("garbage"),
		"cut":           good[:len(good)-1],
		"more behind":   append(slices.Clone(good), 0),
		"no pack":       {0x82, 1, 0x81, 0},
		"settings":      body(op{t: typeSettings, id: "this", fields: []field{{"me", text("eve")}}}),
		"draft":         body(op{t: assist.TypeDraft, id: "d", fields: []field{{"id", text("d")}}}),
		"drill":         body(op{t: assist.TypeDrill, id: "d", fields: []field{{"id", text("d")}}}),
		"no type":       body(op{t: "No\x00te", id: "d", fields: []field{{"id", text("d")}}}),
		"no id":         body(op{t: "note", fields: []field{{"text", text("d")}}}),
		"other id":      body(op{t: "note", id: "a", fields: []field{{"id", text("b")}}}),
		"id deleted":    body(op{t: "note", id: "a", fields: []field{{"id", []byte{undefined}}}}),
		"NUL in id":     body(op{t: "note", id: "a\x00b", fields: []field{{"id", text("a\x00b")}}}),
		"field twice":   body(op{t: "note", id: "a", fields: []field{{"text", text("b")}, {"text", text("c")}}}),
		"wrong type":    body(op{t: "note", id: "a", fields: []field{{"text", []byte{1}}}}),
		"no time":       body(op{t: "note", id: "a", fields: []field{{"at", text("now")}}}),
		"long customer": body(op{t: "note", id: "a", fields: []field{{"customer", text(string(long[:300]))}}}),
		"long":          body(op{t: "note", id: "a", fields: []field{{"text", text(string(long))}}}),
		"void with":     body(op{id: "a"}),
		"clock":         encodeBody([]*pack{{clock: 1 << 63, taken: true, ops: []op{note}}}),
		"own pack":      encodeBody([]*pack{{clock: 1, ops: []op{note}}}),
		"recast":        encodeBody([]*pack{{clock: 1, recast: []moved{{1, 1, 1, 1}}, ops: []op{note}}}),
	}
	for name, b := range bad {
		db := desk(t, t.TempDir(), 0)
		err := db.TakeIn(t.Context(), [][]byte{b, good})
		var refused *TakeInError
		if !errors.As(err, &refused) || len(refused.Refused) != 1 || refused.Refused[0] == nil || !errors.Is(err, assist.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
		sameDigest(t, a, db)
		mustCheck(t, db)
	}
	newer := append([]byte{0x82, bodyVersion + 1}, good[2:]...)
	if err := a.TakeIn(t.Context(), [][]byte{newer}); !errors.Is(err, assist.ErrNewer) {
		t.Errorf("a newer body: %v", err)
	}
}

func TestTypesAndFieldsOfANewerVersionAreKeptAndPassedOn(t *testing.T) {
	a, b := desk(t, t.TempDir(), 0), desk(t, t.TempDir(), 0)
	takeIn(t, a, [][]byte{encodeBody([]*pack{{device: [8]byte{9}, n: 1, clock: 1 << 30, taken: true, ops: []op{
		{t: "hologram", id: "h", fields: []field{{"id", appendText(nil, "h")}, {"mood", []byte{1}}}},
		{t: "note", id: "n", fields: []field{{"id", appendText(nil, "n")}, {"smell", appendText(nil, "roses")}}},
	}}})})
	bodies, _ := outgoing(t, a, Mark{}, true)
	takeIn(t, b, bodies)
	sameDigest(t, a, b)
	if _, records, err := b.Digest(t.Context()); records != 2 || err != nil {
		t.Errorf("%d records, %v", records, err)
	}
	mustCheck(t, b)
}

// A note that was changed before it came is a note with an id and what is known of it.
func TestAChangeThatComesBeforeWhatItChanges(t *testing.T) {
	a, b := desk(t, t.TempDir(), 0), desk(t, t.TempDir(), 0)
	n := assist.Note{ID: "n", Customer: mary().ID, At: day, Text: "first"}
	save(t, a, n)
	first, at := outgoing(t, a, Mark{}, false)
	n.Text = "second"
	save(t, a, n)
	second, _ := outgoing(t, a, at, false)
	takeIn(t, b, second)
	if got, err := Find[assist.Note](t.Context(), b, "n"); err != nil || got.ID != "n" || got.Text != "second" {
		t.Errorf("%+v, %v", got, err)
	}
	mustCheck(t, b)
	takeIn(t, b, first)
	sameDigest(t, a, b)
	got, err := Find[assist.Note](t.Context(), b, "n")
	if err != nil || !reflect.DeepEqual(got.Customer, n.Customer) || got.Text != "second" {
		t.Errorf("%+v, %v", got, err)
	}
	mustCheck(t, b)
}

func TestAFieldThatIsSpelledOtherwiseIsAnotherField(t *testing.T) {
	db := desk(t, t.TempDir(), 0)
	save(t, db, assist.Note{ID: "n", At: day, Text: "ours"})
	takeIn(t, db, [][]byte{encodeBody([]*pack{{device: [8]byte{9}, n: 1, clock: 1 << 61, taken: true, ops: []op{
		{t: "note", id: "n", fields: []field{{"teXt", appendText(nil, "theirs")}}}}}})})
	if got, err := Find[assist.Note](t.Context(), db, "n"); err != nil || got.Text != "ours" {
		t.Errorf("%+v, %v", got, err)
	}
	mustCheck(t, db)
}

func TestRecordsTakenInAmidAnImport(t *testing.T) {
	a, b := desk(t, t.TempDir(), 0), desk(t, t.TempDir(), 0)
	m := mary()
	m.City = "York"
	save(t, a, m)
	bodies, _ := outgoing(t, a, Mark{}, false)
	bulk := b.Bulk(t.Context())
	for i := range 3000 {
		company, c := benchCustomer(i)
		for _, r := range []assist.Record{company, c} {
			if err := bulk.Add(r); err != nil {
				t.Fatal(err)
			}
		}
		if i == 1500 {
			takeIn(t, b, bodies)
		}
	}
	m.City = "Hull"
	if err := bulk.Add(m); err != nil {
		t.Fatal(err)
	}
	if err := bulk.Close(); err != nil {
		t.Fatal(err)
	}
	mustCheck(t, b)
	if got, err := Find[assist.Customer](t.Context(), b, m.ID); err != nil || got.City != "Hull" {
		t.Errorf("%+v, %v", got, err)
	}
	back, _ := outgoing(t, b, Mark{}, false)
	takeIn(t, a, back)
	sameDigest(t, a, b)
}

func TestAClosedStoreTakesNothingIn(t *testing.T) {
	db := desk(t, t.TempDir(), 0)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	for _, bodies := range [][][]byte{nil, {[]byte("garbage")}} {
		if err := db.TakeIn(t.Context(), bodies); !errors.Is(err, os.ErrClosed) {
			t.Errorf("got %v", err)
		}
	}
	if _, err := db.Outgoing(t.Context(), Mark{}, false, 1); !errors.Is(err, os.ErrClosed) {
		t.Errorf("got %v", err)
	}
	if _, _, err := db.Digest(t.Context()); !errors.Is(err, os.ErrClosed) {
		t.Errorf("got %v", err)
	}
}

// Nobody who saves, reads, seeks or hands out waits for the end of what comes in.
func TestWorkGoesOnWhileMuchComesIn(t *testing.T) {
	a, b := desk(t, t.TempDir(), 0), desk(t, t.TempDir(), 0)
	var list []assist.Record
	for i := range 4000 {
		list = append(list, assist.Note{ID: assist.ID(fmt.Sprint("n", i)), Customer: mary().ID, At: day, Text: "from a"})
	}
	save(t, a, append(list, mary())...)
	bodies, _ := outgoing(t, a, Mark{}, false)
	done := make(chan error)
	go func() { done <- b.TakeIn(t.Context(), bodies) }()
	saved := 0
	for ended := false; !ended; saved++ {
		select {
		case err := <-done:
			if err != nil {
				t.Fatal(err)
			}
			ended = true
		default:
		}
		save(t, b, assist.Note{ID: assist.ID(fmt.Sprint("n", saved%5000)), Customer: mary().ID, At: day, Text: fmt.Sprint("from b ", saved)})
		if _, err := b.Seek(t.Context(), glance.Seek{Text: "mary", Limit: 3}); err != nil {
			t.Fatal(err)
		}
		if _, err := b.Outgoing(t.Context(), Mark{}, true, 2); err != nil {
			t.Fatal(err)
		}
		sum(t, b)
	}
	mustCheck(t, b)
	talk(t, a, b)
	sameDigest(t, a, b)
	t.Logf("%d writes meanwhile", saved)
}

// A body that nobody made is refused, or what it holds can be kept and counted.
func FuzzTakeIn(f *testing.F) {
	a := desk(f, f.TempDir(), 0)
	save(f, a, teamRecords()...)
	bodies, _ := outgoing(f, a, Mark{}, false)
	for _, b := range bodies {
		f.Add(b[:min(len(b), 4000)])
	}
	f.Add(encodeBody([]*pack{{device: [8]byte{9}, n: 1, clock: 1 << 30, taken: true, ops: []op{{t: "note", id: "n", fields: []field{{"text", appendText(nil, "x")}}}}}}))
	db := desk(f, f.TempDir(), 0)
	f.Fuzz(func(t *testing.T, b []byte) {
		if packs, err := db.codec.readBody(b); err != nil {
			if !refusal(err) {
				t.Fatal(err)
			}
			return
		} else if _, err := db.codec.readBody(encodeBody(bare(packs))); err != nil {
			t.Fatalf("what was read cannot be handed on: %v", err)
		}
		if err := db.TakeIn(t.Context(), [][]byte{b}); err != nil {
			t.Fatal(err)
		}
		mustCheck(t, db)
	})
}

func bare(packs []incoming) (out []*pack) {
	for _, p := range packs {
		out = append(out, p.pack)
	}
	return out
}

// A body is refused as a whole, and so is the erasure in it: what others wrote of the
// customer is not left out.
func TestAnErasureInARefusedBodyErasesNobody(t *testing.T) {
	a, b := desk(t, t.TempDir(), 0), desk(t, t.TempDir(), 0)
	m := mary()
	save(t, a, m)
	good, _ := outgoing(t, a, Mark{}, false)
	device := b.journal.Device()
	device[0]++
	long := field{"text", appendText(nil, strings.Repeat("x", maxRecord-1000))}
	other := field{"say", appendText(nil, strings.Repeat("x", maxRecord-1000))}
	var ops []op
	for _, f := range []field{long, other, {"more", other.raw}, {"most", other.raw}} {
		ops = append(ops, op{t: "later", id: "n", fields: []field{f}})
	}
	fs, err := b.codec.fields(assist.Erasure{ID: m.ID, By: "eve", At: day})
	if err != nil {
		t.Fatal(err)
	}
	ops = append(ops, op{t: assist.TypeErasure, id: m.ID, fields: fs})
	bad := encodeBody([]*pack{{device: device, n: 1, clock: nextClock(0, day), ops: ops, taken: true}})
	var some *TakeInError
	if err := b.TakeIn(t.Context(), [][]byte{bad, good[0]}); !errors.As(err, &some) || len(some.Refused) != 1 || some.Refused[0] == nil {
		t.Fatal(err)
	}
	if _, err := Find[assist.Customer](t.Context(), b, m.ID); err != nil {
		t.Error(err)
	}
	if n := b.Erasures(); n != 0 {
		t.Errorf("%d erasures", n)
	}
	sameDigest(t, a, b)
}
