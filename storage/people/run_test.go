package people

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"ringside/assist"
)

// shelf is a Store in memory.
type shelf struct {
	mu        sync.Mutex
	customers map[assist.ID]assist.Customer
	companies map[assist.ID]assist.Company
	keys      map[string]assist.ID
	pending   []assist.Record
	writes    int
	fail      error // what Add returns
}

func newShelf() *shelf {
	return &shelf{customers: map[assist.ID]assist.Customer{}, companies: map[assist.ID]assist.Company{}, keys: map[string]assist.ID{}}
}

func (s *shelf) FindByKey(_ context.Context, key string) (assist.ID, bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	id, ok := s.keys[key]
	return id, ok, nil
}

func (s *shelf) Customer(_ context.Context, id assist.ID) (assist.Customer, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c, ok := s.customers[id]; ok {
		return c, nil
	}
	return assist.Customer{}, fmt.Errorf("customer %s: %w", id, assist.ErrNotFound)
}

func (s *shelf) Company(_ context.Context, id assist.ID) (assist.Company, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c, ok := s.companies[id]; ok {
		return c, nil
	}
	return assist.Company{}, fmt.Errorf("company %s: %w", id, assist.ErrNotFound)
}

func (s *shelf) Companies(_ context.Context, each func(assist.Company)) (empty bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.companies {
		each(c)
	}
	return len(s.customers)+len(s.companies) == 0, nil
}

func (s *shelf) Bulk(context.Context) Bulk { return s }

func (s *shelf) Add(r assist.Record) error {
	if s.fail != nil {
		return s.fail
	}
	if err := r.Validate(); err != nil {
		return err
	}
	s.pending = append(s.pending, r)
	return nil
}

func (s *shelf) Flush() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range s.pending {
		s.writes++
		switch r := r.(type) {
		case assist.Customer:
			s.customers[r.ID] = r
			for _, key := range keysOf(r) {
				s.keys[key] = r.ID
			}
		case assist.Company:
			s.companies[r.ID] = r
		}
	}
	s.pending = nil
	return nil
}

func (s *shelf) Close() error { return s.Flush() }

func (s *shelf) named(name string) assist.Customer {
	for _, c := range s.customers {
		if c.Name == name {
			return c
		}
	}
	return assist.Customer{}
}

func now() time.Time { return time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC) }

func write(t testing.TB, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func open(t testing.TB, path string) *Plan {
	t.Helper()
	p, err := Open(path, Options{Now: now})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func run(t testing.TB, s *shelf, path string) Report {
	t.Helper()
	r, err := open(t, path).Run(context.Background(), s, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestRunKeepsCustomersAndCompanies(t *testing.T) {
	s := newShelf()
	r := run(t, s, "testdata/hubspot.csv")
	if r.Added != 3 || r.Duplicate != 1 || r.Companies != 2 || r.Rows != 4 {
		t.Errorf("report %+v", r)
	}
	mary := s.named("Mary Shaw")
	if len(mary.Phones) != 3 || mary.Phones[1].Label != "mobile" || mary.External[0] != "hubspot:101" || mary.Company == "" {
		t.Errorf("Mary = %+v", mary)
	}
	if s.companies[mary.Company].Name != "Acorn Ltd" {
		t.Errorf("companies = %v", s.companies)
	}
}

func TestASecondImportChangesNothing(t *testing.T) {
	files, _ := filepath.Glob("testdata/*.[ctv][sc][vf]")
	if len(files) < 8 {
		t.Fatalf("only %d files", len(files))
	}
	s := newShelf()
	for _, f := range files {
		run(t, s, f)
	}
	before, writes := len(s.customers), s.writes
	for _, f := range files {
		if r := run(t, s, f); r.Added != 0 || r.Changed != 0 || r.Companies != 0 {
			t.Errorf("%s: %+v", f, r)
		}
	}
	if len(s.customers) != before || s.writes != writes {
		t.Errorf("%d customers, then %d; %d writes, then %d", before, len(s.customers), writes, s.writes)
	}
}

func TestRunNeverOverwritesWhatAPersonEdited(t *testing.T) {
	s := newShelf()
	edited := assist.Customer{ID: "mary", Name: "Mary Shaw-Hill", CallMe: "Mary", City: "York", Emails: []string{"mary.shaw@acorn.example"},
		Phones: []assist.Phone{{Raw: "+441134960123", E164: "+441134960123"}}}
	s.pending = []assist.Record{edited}
	s.Flush()
	r := run(t, s, "testdata/hubspot.csv")
	got := s.customers["mary"]
	if got.Name != edited.Name || got.City != "York" || got.CallMe != "Mary" {
		t.Errorf("overwritten: %+v", got)
	}
	if len(got.Phones) != 3 || got.Role != "Buyer" || len(got.External) != 2 || got.Since.Year != 2011 {
		t.Errorf("nothing gained: %+v", got)
	}
	if r.Changed != 1 || r.Added != 2 {
		t.Errorf("report %+v", r)
	}
	told := false
	for _, p := range r.Problems {
		told = told || p.Kind == KindWarning && strings.Contains(p.Reason, "Mary Shaw-Hill") && p.Line == 2
	}
	if !told {
		t.Errorf("the two names were not reported: %+v", r.Problems)
	}
}

func TestTwoRowsOfOneStoredCustomerAreBothAdded(t *testing.T) {
	s := newShelf()
	s.pending = []assist.Record{assist.Customer{ID: "mary", Name: "Mary", Emails: []string{"a@x.example", "b@x.example"}}}
	s.Flush()
	run(t, s, write(t, "a.csv", "Name,Email,Phone\nMary,a@x.example,0113 496 0123\nMary,b@x.example,0113 496 0124\n"))
	if got := s.customers["mary"]; len(got.Phones) != 2 {
		t.Errorf("Mary = %+v", got)
	}
}

func TestRunStopsWhenToldAndSaysWhatWasDone(t *testing.T) {
	var b strings.Builder
	b.WriteString("Name,Email\n")
	for i := range 20_000 {
		fmt.Fprintf(&b, "Person %d,p%d@x.example\n", i, i)
	}
	p := open(t, write(t, "many.csv", b.String()))
	ctx, cancel := context.WithCancel(context.Background())
	s := newShelf()
	r, err := p.Run(ctx, s, func(now Progress) {
		if now.Rows >= 4000 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("err = %v", err)
	}
	if r.Added == 0 || r.Added >= 20_000 || r.Added != len(s.customers) {
		t.Errorf("report says %d, the store has %d", r.Added, len(s.customers))
	}
	again, err := p.Run(context.Background(), s, nil)
	if err != nil || again.Added+again.Unchanged != 20_000 || len(s.customers) != 20_000 {
		t.Errorf("taken up again: %+v, %v", again, err)
	}
}

func TestRunReportsAFailingStore(t *testing.T) {
	s := newShelf()
	s.fail = assist.ErrDiskFull
	r, err := open(t, "testdata/hubspot.csv").Run(context.Background(), s, nil)
	if !errors.Is(err, assist.ErrDiskFull) {
		t.Errorf("report %+v, err %v", r, err)
	}
}

func TestProgressReachesTheEnd(t *testing.T) {
	var last Progress
	if _, err := open(t, "testdata/google.csv").Run(context.Background(), newShelf(), func(p Progress) { last = p }); err != nil {
		t.Fatal(err)
	}
	if last.Bytes != last.Total || last.Total == 0 || last.Rows != 1 {
		t.Errorf("%+v", last)
	}
}

func TestTwoFilesThatCountFromOneAreNotMixed(t *testing.T) {
	s := newShelf()
	one := write(t, "one.csv", "ID,Name,Phone\n1,Mary Shaw,0113 496 0123\n")
	two := write(t, "two.csv", "ID,Name,Phone\n1,Tom Okafor,0113 496 0124\n")
	run(t, s, one)
	run(t, s, two)
	if len(s.customers) != 2 || len(s.named("Mary Shaw").Phones) != 1 {
		t.Fatalf("%+v", s.customers)
	}
	for _, path := range []string{one, two} {
		if r := run(t, s, path); r.Added != 0 || r.Changed != 0 {
			t.Errorf("%s again: %+v", filepath.Base(path), r)
		}
	}
}

func TestAnEditedNameIsStillTheSameCustomer(t *testing.T) {
	s := newShelf()
	path := write(t, "one.csv", "ID,Name,Phone\n1,Mary Shaw,0113 496 0123\n")
	run(t, s, path)
	mary := s.named("Mary Shaw")
	mary.Name = "Mary Shaw-Hill"
	s.pending = []assist.Record{mary}
	s.Flush()
	if r := run(t, s, path); r.Added != 0 || s.customers[mary.ID].Name != "Mary Shaw-Hill" {
		t.Errorf("%+v", r)
	}
}

func TestManyNotesOfOnePersonDoNotStopTheImport(t *testing.T) {
	var b strings.Builder
	b.WriteString("Name,Email,Notes\n")
	for i := range 30 {
		fmt.Fprintf(&b, "Mary,m@x.example,%d %s\n", i, strings.Repeat("x", 9_000))
	}
	b.WriteString("Jo,j@x.example,short\n")
	s := newShelf()
	path := write(t, "notes.csv", b.String())
	r := run(t, s, path)
	if r.Added != 2 || r.Duplicate != 29 || r.Warnings == 0 {
		t.Errorf("%d added, %d duplicates, %d warnings", r.Added, r.Duplicate, r.Warnings)
	}
	if n := len(s.named("Mary").About); n < 80_000 || n > 100_000 {
		t.Errorf("%d bytes are kept of Mary's notes", n)
	}
	if r := run(t, s, path); r.Added != 0 || r.Changed != 0 {
		t.Errorf("again: %d added, %d changed", r.Added, r.Changed)
	}
}
