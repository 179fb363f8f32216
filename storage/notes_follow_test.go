package storage

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/storage/index"
)

func TestNotesFollowWhatIsSaidBesideThem(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir)
	team(t, db)
	if err := db.Indexed(t.Context()); err != nil {
		t.Fatal(err)
	}
	check := func(when string) {
		t.Helper()
		for name, c := range map[string]struct {
			q    glance.NoteQuery
			want string
		}{
			"a kind that was given later":  {glance.NoteQuery{Kind: assist.KindBoss}, "n1"},
			"the kind from before":         {glance.NoteQuery{Kind: assist.KindCustomer}, "n4"},
			"a company joined later":       {glance.NoteQuery{Company: "beta"}, "n4"},
			"a subject taken out later":    {glance.NoteQuery{Product: "Saw 40"}, "n2"},
			"one taken from no customer":   {glance.NoteQuery{Competitor: "Brackmoor"}, "n3"},
			"an answer said later":         {glance.NoteQuery{Answer: "warranty"}, "n3"},
			"the answer from before":       {glance.NoteQuery{Answer: "late"}, ""},
			"several of them":              {glance.NoteQuery{Kind: assist.KindBoss, Text: "refund", Mood: assist.Upset}, "n1"},
			"what does not go together":    {glance.NoteQuery{Kind: assist.KindBoss, Company: "beta"}, ""},
			"names with other words apart": {glance.NoteQuery{Product: "300 hedge"}, ""},
		} {
			if got := joinIDs(allNotes(t, db, c.q, 2)); got != c.want {
				t.Errorf("%s, %s: %q, want %q", when, name, got, c.want)
			}
		}
	}
	allNotes(t, db, glance.NoteQuery{}, 2)
	save(t, db, assist.Customer{ID: "mary", Name: "Mary Shaw", Company: "acme", Kind: assist.KindBoss},
		assist.Customer{ID: "ben", Name: "Ben Ray", Company: "beta"},
		assist.Insight{ID: "i1", Note: "n2", Customer: "ali", At: firstDay, Intelligence: assist.Market, Text: "likes it", About: assist.AboutProduct, Subject: "saw 40"},
		assist.Insight{ID: "i2", Note: "n3", At: firstDay, Intelligence: assist.Market, Text: "was there", Subject: "Brackmoor"},
		assist.Call{ID: "c2", Started: firstDay, Used: []assist.Used{{Answer: "warranty", Said: true}}})
	check("just saved")
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = open(t, dir)
	check("after a restart")
	if err := db.Indexed(t.Context()); err != nil {
		t.Fatal(err)
	}
	check("from a new segment")
	mustCheck(t, db)
}

func TestAPictureFromBeforeTheLinksGetsThem(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir)
	team(t, db)
	err := db.picture.Update(func(txn *badger.Txn) error {
		if err := txn.Delete(linkKey(linkNote, "c1", "n1")); err != nil {
			return err
		}
		return txn.Delete(keyLinks)
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	mustCheck(t, open(t, dir))
}

func TestRemarksStandTheLatestFirstAndEachNoteOnce(t *testing.T) {
	db := open(t, t.TempDir())
	for i := range 4 {
		n := assist.Note{ID: assist.ID(fmt.Sprint("n", i)), At: firstDay, Text: "x"}
		for k := range 2 {
			n.Remarks = append(n.Remarks, assist.Remark{For: "ann", Text: "look", At: firstDay.Add(time.Duration(10-i+k) * time.Hour)})
		}
		n.Remarks = append(n.Remarks, assist.Remark{For: "an", Text: "look", At: firstDay.Add(time.Duration(i) * time.Hour)}, assist.Remark{Text: "a correction", At: firstDay})
		save(t, db, n)
	}
	for _, c := range []struct {
		rep  assist.ID
		most int
		want string
	}{{"ann", 9, "n0 n1 n2 n3"}, {"an", 9, "n3 n2 n1 n0"}, {"ann", 2, "n0 n1"}, {"tom", 9, ""}, {"", 9, ""}, {"ann", 0, ""}} {
		if got, err := db.RemarksFor(t.Context(), c.rep, c.most); err != nil || idsOf(got) != c.want {
			t.Errorf("%d for %q: %s, %v, want %s", c.most, c.rep, idsOf(got), err, c.want)
		}
	}
	mustCheck(t, db)
}

func TestEveryNoteWithAPartOfManyWordsIsReached(t *testing.T) {
	db := open(t, t.TempDir())
	var want []assist.ID
	bulk := db.Bulk(t.Context())
	for i := range 700 {
		id := assist.ID(fmt.Sprintf("n%03d", i))
		want = append(want, id)
		if err := bulk.Add(assist.Note{ID: id, At: firstDay.Add(-time.Duration(i) * time.Hour), Text: "the " + word(i) + "shire" + word(i) + " parcel"}); err != nil {
			t.Fatal(err)
		}
	}
	if err := bulk.Close(); err != nil {
		t.Fatal(err)
	}
	if err := db.Indexed(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"shire", "shire parcel"} {
		if got := allNotes(t, db, glance.NoteQuery{Text: text}, 50); !slices.Equal(got, want) {
			t.Errorf("%q: %d notes, want %d", text, len(got), len(want))
		}
	}
}

// word is a word of letters, another one for each number.
func word(i int) string {
	return strings.Map(func(r rune) rune { return r - '0' + 'k' }, fmt.Sprint(i+1000))
}

func TestNothingThatIsTypedReachesAFacet(t *testing.T) {
	db := open(t, t.TempDir())
	save(t, db, assist.Note{ID: "n1", Rep: "tomtomtom", At: firstDay, Text: "x", Tags: []string{"🙂"}})
	for pass := range 2 {
		for _, text := range []string{"tomtomtom", "artomtomtom", "rtomtomtom", "atomtomtom", "tomtomtmo", "\x01rtomtomtom", "🙂", "..."} {
			if got := joinIDs(allNotes(t, db, glance.NoteQuery{Text: text}, 5)); got != "" {
				t.Errorf("pass %d, %q finds %s", pass, text, got)
			}
		}
		if got := joinIDs(allNotes(t, db, glance.NoteQuery{Tag: " 🙂"}, 5)); got != "n1" {
			t.Errorf("the tag finds %q", got)
		}
		if err := db.Indexed(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

func TestTheLastWordOfALongNoteIsFound(t *testing.T) {
	db := open(t, t.TempDir())
	var text strings.Builder
	for i := 0; text.Len() < 990_000; i++ {
		fmt.Fprint(&text, word(i%8000), " ")
	}
	save(t, db, assist.Note{ID: "big", At: firstDay, Text: text.String() + "needle"})
	for pass := range 2 {
		if got := joinIDs(allNotes(t, db, glance.NoteQuery{Text: "needle"}, 5)); got != "big" {
			t.Errorf("pass %d: found %q", pass, got)
		}
		if err := db.Indexed(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

// whole is a small store that is held beside the real one.
type whole struct {
	r         *rand.Rand
	customers map[assist.ID]assist.Customer
	calls     map[assist.ID]assist.Call
	notes     map[assist.ID]assist.Note
	insights  map[assist.ID]assist.Insight
}

func (w *whole) pick(list ...string) string { return list[w.r.IntN(len(list))] }
func (w *whole) id(kind string, n int) assist.ID {
	return assist.ID(fmt.Sprint(kind, w.r.IntN(n)))
}

// write makes a record, another one or one that is there, and keeps it.
func (w *whole) write() assist.Record {
	switch w.r.IntN(6) {
	case 0:
		c := assist.Customer{ID: w.id("c", 6), Name: "Ann", Kind: assist.Kind(w.pick("", "boss", "prospect")), Company: assist.ID(w.pick("", "acme", "beta"))}
		w.customers[c.ID] = c
		return c
	case 1:
		c := assist.Call{ID: w.id("call", 12), Customer: w.id("c", 6), Started: firstDay, Mood: assist.Mood(w.pick("", "upset", "hurried"))}
		c.Used = []assist.Used{{Answer: w.id("a", 3), At: firstDay, Said: w.r.IntN(2) > 0}}
		w.calls[c.ID] = c
		return c
	case 2:
		i := assist.Insight{ID: w.id("i", 12), Note: w.id("n", 60), At: firstDay, Intelligence: assist.Market, Text: "x", Subject: w.pick("", "GreenBarn", "Saw 40")}
		w.insights[i.ID] = i
		return i
	}
	n := assist.Note{ID: w.id("n", 60), Rep: w.id("r", 2), At: firstDay.Add(time.Duration(w.r.IntN(900)) * time.Hour),
		Text: w.pick("parcel", "parcels", "saw 40", "sew", "barn") + " " + w.pick("refund", "greenbarn", "40 saw", "late")}
	if w.r.IntN(4) > 0 {
		n.Customer = w.id("c", 6)
	}
	if w.r.IntN(2) > 0 {
		n.Call = w.id("call", 12)
	}
	if w.r.IntN(2) > 0 {
		n.Reviewed = firstDay
	}
	if w.r.IntN(2) > 0 {
		n.Tags = []string{w.pick("VIP", "Legal", "vip")}
	}
	if w.r.IntN(4) == 0 {
		n.Remarks = []assist.Remark{{At: firstDay, Text: w.pick("a Saw 40", "refunded")}}
	}
	w.notes[n.ID] = n
	return n
}

func (w *whole) query() (q glance.NoteQuery) {
	some := func() bool { return w.r.IntN(6) == 0 }
	if w.r.IntN(2) > 0 {
		q.Text = w.pick("parcel", "refund", "efun", "parcle", "late parcel", "ate refund", "saw", "vip")
	}
	if some() {
		q.Customer = w.id("c", 7)
	}
	if some() {
		q.Company = assist.ID(w.pick("acme", "beta", "none"))
	}
	if some() {
		q.Kind = assist.Kind(w.pick("customer", "boss", "partner"))
	}
	if some() {
		q.Product = w.pick("Saw 40", "saw-40")
	}
	if some() {
		q.Competitor = "GreenBarn"
	}
	if some() {
		q.Answer = w.id("a", 4)
	}
	if some() {
		q.Mood = assist.Upset
	}
	if some() {
		q.Tag = w.pick("vip", "LEGAL")
	}
	if some() {
		q.Until = assist.DateOf(firstDay.AddDate(0, 0, w.r.IntN(40)))
	}
	q.Unreviewed = some()
	return q
}

// fits looks whether a note fits, field by field.
func (w *whole) fits(n assist.Note, q glance.NoteQuery) bool {
	c, known := w.customers[n.Customer]
	kind := string(c.Kind)
	if known && kind == "" {
		kind = "customer"
	}
	call, tag, named := w.calls[n.Call], q.Tag == "", func(name string) bool {
		for _, i := range w.insights {
			if i.Note == n.ID && name != "" && strings.EqualFold(i.Subject, strings.ReplaceAll(name, "-", " ")) {
				return true
			}
		}
		text := " " + strings.ToLower(n.Text) + " "
		for _, r := range n.Remarks {
			text += ". " + strings.ToLower(r.Text) + " "
		}
		return strings.Contains(text, " "+strings.ToLower(strings.ReplaceAll(name, "-", " "))+" ")
	}
	for _, t := range n.Tags {
		tag = tag || strings.EqualFold(t, q.Tag)
	}
	answered := q.Answer == "" || slices.ContainsFunc(call.Used, func(u assist.Used) bool { return u.Said && u.Answer == q.Answer })
	return (q.Customer == "" || n.Customer == q.Customer) && (q.Company == "" || c.Company == q.Company) && (q.Kind == "" || kind == string(q.Kind)) &&
		(q.Product == "" || named(q.Product)) && (q.Competitor == "" || named(q.Competitor)) && answered && tag &&
		(q.Mood == "" || call.Mood == q.Mood) && (!q.Unreviewed || n.Reviewed.IsZero()) && (q.Until.IsZero() || n.At.Before(q.Until.Time().AddDate(0, 0, 1)))
}

// all are the notes that fit, in order.
func (w *whole) all(q glance.NoteQuery) (out []assist.ID) {
	words := index.Parse(q.Text, nil)
	var list []place
	for _, n := range w.notes {
		hit, ok := words.Look(index.Doc{Texts: textsOf(n)}.Terms())
		if (ok || q.Text == "") && w.fits(n, q) {
			list = append(list, place{hit.Tier, n.At.UnixMicro(), n.ID})
		}
	}
	slices.SortFunc(list, place.compare)
	for _, p := range list {
		out = append(out, p.id)
	}
	return out
}

func TestFiltersAgreeWithALookAtEveryRecord(t *testing.T) {
	dir, w := t.TempDir(), &whole{rand.New(rand.NewPCG(3, 9)), map[assist.ID]assist.Customer{}, map[assist.ID]assist.Call{}, map[assist.ID]assist.Note{}, map[assist.ID]assist.Insight{}}
	db := open(t, dir)
	for step := range 500 {
		save(t, db, w.write())
		switch w.r.IntN(100) {
		case 0, 1:
			if err := db.Indexed(context.Background()); err != nil {
				t.Fatal(err)
			}
		case 2:
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			db = open(t, dir)
		}
		for range 3 {
			q := w.query()
			if got, want := allNotes(t, db, q, 1+w.r.IntN(9)), w.all(q); !slices.Equal(got, want) {
				t.Fatalf("step %d, %+v:\n%q\nwant\n%q", step, q, got, want)
			}
		}
	}
}
