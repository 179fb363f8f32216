package storage

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/settings"
)

func TestWhatOneDeskWritesIsOnTheOther(t *testing.T) {
	a, b := desk(t, t.TempDir(), 0), desk(t, t.TempDir(), 0)
	save(t, a, teamRecords()...)
	m := mary()
	for _, city := range []string{"York", "", "Hull"} {
		m.City = city
		save(t, a, m)
	}
	bodies, _ := outgoing(t, a, Mark{}, false)
	takeIn(t, b, bodies)
	sameDigest(t, a, b)
	got, err := Find[assist.Customer](t.Context(), b, m.ID)
	if err != nil || got.City != "Hull" {
		t.Errorf("%+v, %v", got, err)
	}
	mustCheck(t, b)
	if r := mustCheck(t, b); r.Operations != 0 {
		t.Errorf("%d operations of others count as own", r.Operations)
	}
	if back, _ := outgoing(t, b, Mark{}, false); len(back) != 0 {
		t.Error("what came from others goes out again")
	}
	if all, _ := outgoing(t, b, Mark{}, true); len(all) != 1 {
		t.Errorf("all of it is in %d runs", len(all))
	}
}

func TestWhatIsPrivateStays(t *testing.T) {
	db := desk(t, t.TempDir(), 0)
	if err := db.SaveSettings(t.Context(), settings.Machine{Me: "jo"}); err != nil {
		t.Fatal(err)
	}
	for _, r := range goldenRecords() {
		if typ, _ := r.Ident(); private(typ) {
			save(t, db, r)
		}
	}
	runs, err := db.Outgoing(t.Context(), Mark{}, true, 10)
	if err != nil || len(runs) != 1 || runs[0].Ops != 0 || runs[0].Next != markAt(db.journal.End()) {
		t.Errorf("%+v, %v", runs, err)
	}
	if again, err := db.Outgoing(t.Context(), runs[0].Next, true, 10); err != nil || len(again) != 0 {
		t.Errorf("%+v, %v", again, err)
	}
}

func TestRunsHaveNoMoreThanTheyMay(t *testing.T) {
	db := desk(t, t.TempDir(), 0)
	var list []assist.Record
	for i := range 450 {
		list = append(list, assist.Note{ID: assist.ID(fmt.Sprint("n", i)), At: day, Text: "short"})
	}
	save(t, db, list...)
	for i := range 150 {
		save(t, db, assist.Note{ID: assist.ID(fmt.Sprint("single", i)), At: day, Text: "short"})
	}
	save(t, db, assist.Note{ID: "long1", At: day, Text: strings.Repeat("x", 200<<10)}, assist.Note{ID: "long2", At: day, Text: strings.Repeat("x", 300<<10)})
	var ops []int
	var at Mark
	for {
		runs, err := db.Outgoing(t.Context(), at, false, 2)
		if err != nil {
			t.Fatal(err)
		}
		if len(runs) == 0 {
			break
		}
		for _, s := range runs {
			ops, at = append(ops, s.Ops), s.Next
		}
	}
	if fmt.Sprint(ops) != "[200 200 200 1 1]" {
		t.Errorf("the runs have %v operations", ops)
	}
}

func TestALocalWriteWinsOverWhatItOverwrites(t *testing.T) {
	a, b := desk(t, t.TempDir(), 365*24*time.Hour), desk(t, t.TempDir(), 0)
	m := mary()
	save(t, a, m)
	bodies, _ := outgoing(t, a, Mark{}, false)
	takeIn(t, b, bodies)
	m.City = "York"
	save(t, b, m)
	if b.clock > latestClock(time.Now()) {
		t.Error("the clock went along")
	}
	bodies, _ = outgoing(t, b, Mark{}, false)
	takeIn(t, a, bodies)
	sameDigest(t, a, b)
	if got, err := Find[assist.Customer](t.Context(), a, m.ID); err != nil || got.City != "York" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestWhatIsHandedOutCanBeReadWriteByWrite(t *testing.T) {
	db := desk(t, t.TempDir(), 0)
	m := mary()
	save(t, db, m)
	_, next := outgoing(t, db, Mark{}, false)
	m.City, m.Company = "Hull", ""
	save(t, db, m, assist.Note{ID: "n1", Customer: m.ID, At: day, Text: "The pump hums."})
	bodies, _ := outgoing(t, db, next, false)
	writes, err := db.Writes(bodies[0])
	if err != nil || len(writes) != 2 {
		t.Fatalf("%+v, %v", writes, err)
	}
	says := func(w Write) string {
		out := string(w.Of.Type) + "/" + string(w.Of.ID)
		for _, f := range w.Fields {
			out += fmt.Sprintf(" %s=%s", f.Name, f.Value)
		}
		return out
	}
	if got, want := says(writes[0]), `customer/`+string(m.ID)+` city="Hull" company=null`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got, want := says(writes[1]), `note/n1 at="`+day.Format(time.RFC3339Nano)+`" id="n1" text="The pump hums." customer="`+string(m.ID)+`"`; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if at := writes[0].At; time.Since(at).Abs() > time.Minute {
		t.Errorf("written at %v", at)
	}
	if _, err := db.Writes([]byte("garbage")); err == nil {
		t.Error("garbage is read")
	}
}
