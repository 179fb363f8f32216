package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/live"
	"ringside/assist/phone"
	"ringside/storage"
)

// incidentApp is an app with four customers in Leeds and a team of two; c0 and c1 have
// spoken with ewa. Its clock stands until it is moved.
type incidentApp struct {
	*deskApp
	incidentSource
	now time.Time
}

func newIncidentApp(t *testing.T) *incidentApp {
	t.Helper()
	own(t)
	a := &incidentApp{deskApp: startApp(t, t.TempDir()), now: time.Now().Truncate(time.Second)}
	t.Cleanup(func() { a.closeApp(t) })
	a.incidentSource.r = a.running
	a.running.now = func() time.Time { return a.now }
	records := []assist.Record{assist.Rep{ID: "ewa", Name: "Ewa"}, assist.Rep{ID: "tom", Name: "Tom"}, assist.Customer{ID: "far", Name: "Far", City: "York"}}
	for n := range 4 {
		id := assist.ID(fmt.Sprint("c", n))
		records = append(records, assist.Customer{ID: id, Name: fmt.Sprint("Customer ", n), City: "Leeds", Phones: []assist.Phone{{Raw: fmt.Sprint("0113 496 000", n)}}})
		if n < 2 {
			records = append(records, assist.Call{ID: assist.NewID(a.now), Customer: id, Rep: "ewa", Started: a.now})
		}
	}
	a.keep(t, records...)
	return a
}

func (a *incidentApp) db() *storage.DB { return a.running.store.house.db }

func (a *incidentApp) keep(t *testing.T, records ...assist.Record) {
	t.Helper()
	if err := a.db().Save(t.Context(), records...); err != nil {
		t.Fatal(err)
	}
}

func (a *incidentApp) save(t *testing.T, i assist.Incident) assist.Incident {
	t.Helper()
	i, err := a.Save(t.Context(), i)
	if err != nil {
		t.Fatal(err)
	}
	return i
}

// people says who is in an incident, with whom, and who knows the latest.
func (a *incidentApp) people(t *testing.T, incident assist.ID) string {
	t.Helper()
	list, err := a.People(t.Context(), incident, "", 100)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, p := range list {
		words := string(p.Customer) + " " + p.Concierge
		if p.Knows {
			words += " knows"
		}
		out = append(out, words)
	}
	return strings.Join(out, ", ")
}

// wantRow compares the first incident of those that are open.
func (a *incidentApp) wantRow(t *testing.T, all, told int) {
	t.Helper()
	d, err := a.Load(t.Context())
	if err != nil || len(d.Open) != 1 || d.Open[0].All != all || d.Open[0].Told != told {
		t.Errorf("the page shows %+v, %v; want %d, %d told", d, err, all, told)
	}
}

func (a *incidentApp) Close(ctx context.Context, id assist.ID) error {
	return a.incidentSource.Close(ctx, id)
}

func TestEverybodyWhomAnIncidentTouchesIsGivenAConcierge(t *testing.T) {
	a := newIncidentApp(t)
	i := a.save(t, assist.Incident{Title: "No power", Cities: []string{"Leeds"}, Updated: a.now, Closed: a.now})
	if i.ID == "" || !i.Opened.Equal(a.now) || !i.Updated.IsZero() || !i.Closed.IsZero() {
		t.Errorf("a new incident is %+v", i)
	}
	if got := a.people(t, i.ID); got != "c0 Ewa, c1 Ewa, c2 Tom, c3 Tom" {
		t.Errorf("in it are %s", got)
	}
	a.wantRow(t, 4, 0)
	list, err := a.People(t.Context(), i.ID, "c1", 1)
	if err != nil || len(list) != 1 || list[0].Customer != "c2" || list[0].Name != "Customer 2" || list[0].Number != "+44 113 496 0002" {
		t.Errorf("behind c1 is %+v, %v", list, err)
	}
	i.Customers = []assist.ID{"far", "nobody"}
	a.save(t, i)
	a.wantRow(t, 5, 0)
}

func TestWhatIsToldMustBeToldAnewWhenItChanges(t *testing.T) {
	a := newIncidentApp(t)
	i := a.save(t, assist.Incident{Title: "No power", Cities: []string{"Leeds"}})
	pass := func() { a.now = a.now.Add(time.Hour) }
	pass()
	if err := a.Tell(t.Context(), i.ID, "c0", "c2", "far"); err != nil {
		t.Fatal(err)
	}
	a.wantRow(t, 4, 2)
	if got := a.people(t, i.ID); got != "c1 Ewa, c3 Tom, c0 Ewa knows, c2 Tom knows" {
		t.Errorf("in it are %s", got)
	}
	pass()
	i.Title, i.Every = "No power in Leeds", 4
	if i = a.save(t, i); !i.Updated.IsZero() {
		t.Errorf("a better title is no news: %+v", i)
	}
	a.wantRow(t, 4, 2)
	for _, change := range []func(){func() { i.What = "A line fell" }, func() { i.Why = "A tree" }, func() { i.Doing = "We mend it" }, func() { i.FixedBy = a.now.Add(5 * time.Hour) }} {
		pass()
		change()
		if i = a.save(t, i); !i.Updated.Equal(a.now) {
			t.Errorf("changed at %v, updated at %v", a.now, i.Updated)
		}
		a.wantRow(t, 4, 0)
		if err := a.Tell(t.Context(), i.ID, "c3"); err != nil {
			t.Fatal(err)
		}
		a.wantRow(t, 4, 1)
	}
}

func TestAnIncidentThatIsOverStaysOver(t *testing.T) {
	a := newIncidentApp(t)
	i := a.save(t, assist.Incident{Title: "No power", Cities: []string{"Leeds"}})
	if err := a.Tell(t.Context(), i.ID, "c0"); err != nil {
		t.Fatal(err)
	}
	a.now = a.now.Add(time.Hour)
	over := a.now
	for range 2 { // the second time changes nothing
		if err := a.Close(t.Context(), i.ID); err != nil {
			t.Fatal(err)
		}
		a.now = a.now.Add(time.Hour)
	}
	i.Why = "A tree"
	i = a.save(t, i) // by a page that has not heard
	a.keep(t, assist.Customer{ID: "c9", Name: "New", City: "Leeds"})
	a.save(t, i)
	d, err := a.Load(t.Context())
	if err != nil || len(d.Open) != 0 || len(d.Closed) != 1 || !d.Closed[0].Closed.Equal(over) || d.Closed[0].All != 4 || d.Closed[0].Told != 0 || d.Closed[0].Why != "A tree" {
		t.Errorf("the page shows %+v, %v", d, err)
	}
}

func TestThoseWhoseRepLeftAreGivenAnotherAndWhatTheyWereToldStays(t *testing.T) {
	a := newIncidentApp(t)
	i := a.save(t, assist.Incident{Title: "No power", Cities: []string{"Leeds"}})
	for _, c := range []assist.ID{"c2", "c3"} {
		p, err := storage.Find[assist.Affected](t.Context(), a.db(), assist.Affected{Incident: i.ID, Customer: c}.Key())
		if err != nil {
			t.Fatal(err)
		}
		p.Concierge, p.Told = "gone", a.now
		a.keep(t, p)
	}
	a.keep(t, assist.Customer{ID: "c4", Name: "New", City: "Leeds"})
	before := a.now
	a.now = a.now.Add(time.Hour)
	a.save(t, i)
	if got := a.people(t, i.ID); got != "c0 Ewa, c1 Ewa, c4 Ewa, c2 Tom knows, c3 Tom knows" {
		t.Errorf("in it are %s", got)
	}
	p, err := storage.Find[assist.Affected](t.Context(), a.db(), assist.Affected{Incident: i.ID, Customer: "c0"}.Key())
	if err != nil || !p.At.Equal(before) {
		t.Errorf("who was in it is new again: %+v, %v", p, err)
	}
}

func TestTheCardOfWhoIsInAnIncidentShowsItAtOnce(t *testing.T) {
	a := newIncidentApp(t)
	a.desk.Ring(phone.Ring{ID: "1", From: "0113 496 0000", Phase: phone.Ringing, At: time.Now()})
	waitFor(a.desk, func(v live.View) bool { return v.Card != nil && len(v.Card.Incidents) == 0 })
	i := a.save(t, assist.Incident{Title: "No power", Cities: []string{"Leeds"}})
	waitFor(a.desk, func(v live.View) bool { return v.Card != nil && len(v.Card.Incidents) == 1 })
	if err := a.Close(t.Context(), i.ID); err != nil {
		t.Fatal(err)
	}
	waitFor(a.desk, func(v live.View) bool { return v.Card != nil && len(v.Card.Incidents) == 0 })
}

func TestCustomersWithOneTroubleAreSuggestedUnlessTheyAreInAnIncident(t *testing.T) {
	a := newIncidentApp(t)
	a.keep(t, assist.Answer{ID: "no-power", Title: "The power is gone", Department: "Care", Say: "I am sorry."})
	for n, c := range []assist.ID{"c0", "c1", "c2", "c3", "far", "", "c0"} {
		at := a.now.Add(time.Duration(n-10) * time.Hour)
		a.keep(t, assist.Call{ID: assist.NewID(at), Customer: c, Started: at, Used: []assist.Used{{Answer: "no-power", At: at}, {Answer: "deleted", At: at}}})
	}
	a.keep(t, assist.Incident{ID: "york", Title: "Late post", Opened: a.now, Cities: []string{"York"}})
	d, err := a.Load(t.Context())
	if err != nil || len(d.Maybe) != 2 || d.Maybe[0].Title != "deleted" || d.Maybe[1].Title != "The power is gone" {
		t.Fatalf("suggested are %+v, %v", d.Maybe, err)
	}
	m := d.Maybe[1]
	if !slices.Equal(m.Customers, []assist.ID{"c0", "c1", "c2", "c3"}) || strings.Join(m.Names, ", ") != "Customer 0, Customer 1, Customer 2, Customer 3" ||
		!m.Since.Equal(a.now.Add(-10*time.Hour)) {
		t.Errorf("suggested is %+v", m)
	}
	a.save(t, assist.Incident{Title: m.Title, Opened: m.Since, Customers: m.Customers[:2]})
	if d, err = a.Load(t.Context()); err != nil || len(d.Maybe) != 0 {
		t.Errorf("of four two are in an incident: %+v, %v", d.Maybe, err)
	}
}

func TestAnIncidentThatCannotBeKeptSaysWhy(t *testing.T) {
	a := newIncidentApp(t)
	if _, err := a.Save(t.Context(), assist.Incident{}); !errors.Is(err, assist.ErrInvalid) {
		t.Errorf("no title: %v", err)
	}
	if _, err := a.Save(t.Context(), assist.Incident{ID: "gone", Title: "Gone"}); !errors.Is(err, assist.ErrNotFound) {
		t.Errorf("an incident that is gone: %v", err)
	}
	if err := a.Close(t.Context(), "gone"); !errors.Is(err, assist.ErrNotFound) {
		t.Errorf("closing one that is gone: %v", err)
	}
	if _, err := a.People(t.Context(), "gone", "", 10); !errors.Is(err, assist.ErrNotFound) {
		t.Errorf("who is in one that is gone: %v", err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := a.Save(ended, assist.Incident{Title: "No power", Cities: []string{"Leeds"}}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if d, err := a.Load(t.Context()); err != nil || len(d.Open) != 0 {
		t.Errorf("kept nevertheless: %+v, %v", d, err)
	}
}

// fading is a context that ends when it was asked so often whether it has.
type fading struct {
	context.Context
	left atomic.Int64
}

func (f *fading) Err() error {
	if f.left.Add(-1) < 0 {
		return context.Canceled
	}
	return nil
}

func TestASaveThatWasCutShortIsMadeWholeByTheNext(t *testing.T) {
	a := newIncidentApp(t)
	short, whole := 0, false
	for n := int64(0); !whole; n++ {
		ctx := &fading{Context: t.Context()}
		ctx.left.Store(n)
		i, err := a.Save(ctx, assist.Incident{Title: "No power", Cities: []string{"Leeds"}})
		if whole = err == nil; i.ID == "" {
			continue
		}
		if !whole {
			short++
		}
		a.save(t, i)
		if got := a.people(t, i.ID); strings.Count(got, "Ewa") != 2 || strings.Count(got, "Tom") != 2 {
			t.Errorf("cut short after %d: in it are %s", n, got)
		}
	}
	if short < 5 {
		t.Errorf("only %d were cut short behind the keeping of the incident", short)
	}
}

func TestBenchIncidentMeasuresTheWholeWay(t *testing.T) {
	b := &callBench{program: &program{ctx: t.Context(), stderr: io.Discard}, tmp: t.TempDir()}
	figures, err := benchIncident(b, 1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"incident_assign_ms", "incident_find_ms", "incident_save_ms", "incident_open_ms"} {
		if value(t, figures, name) <= 0 {
			t.Errorf("%s was not measured", name)
		}
	}
}
