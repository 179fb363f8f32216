package people

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"ringside/assist"
)

func TestOwnersKeepTheFirstLineOfEveryHash(t *testing.T) {
	o := newOwners()
	hash := func(i int) uint64 { return uint64(i) << 31 } // all in a few rows of slots
	for i := range 5000 {
		if _, ok := o.find(hash(i)); ok {
			t.Fatalf("%d is there before it came", i)
		}
		if first := o.claim(hash(i), i+2); first != i+2 {
			t.Fatalf("%d came first on line %d", i, first)
		}
	}
	for i := range 5000 {
		if at, ok := o.find(hash(i)); !ok || at != i+2 || o.claim(hash(i), 9_000_000) != i+2 {
			t.Fatalf("%d is on line %d", i, at)
		}
	}
}

func TestResultsMayBeKept(t *testing.T) {
	var b strings.Builder
	b.WriteString("Name,Email,Phone,Company,Notes\n")
	const rows = 12 * batchSize
	for i := range rows {
		fmt.Fprintf(&b, "P%d,p%d@x.example,0113 496 %04d,Acorn %d,\"note %d,\nmore\"\n", i, i, i, i/7, i)
	}
	var kept []Result
	err := open(t, write(t, "many.csv", b.String())).Each(context.Background(), func(r Result) error { kept = append(kept, r); return nil })
	if err != nil || len(kept) != rows {
		t.Fatalf("%d results, %v", len(kept), err)
	}
	for i, r := range kept {
		want := fmt.Sprintf("%d P%d p%d@x.example 0113 496 %04d Acorn %d note %d,\nmore", 2+2*i, i, i, i, i/7, i)
		got := fmt.Sprintf("%d %s %s %s %s %s", r.Line, r.Customer.Name, r.Customer.Emails[0], r.Customer.Phones[0].Raw, r.Company.Name, r.Notes)
		if got != want {
			t.Fatalf("result %d is\n%q, want\n%q", i, got, want)
		}
	}
}

// blind is a store that must not be looked through.
type blind struct{ *shelf }

var errLooked = errors.New("somebody looked")

func (blind) FindByKey(context.Context, string) (assist.ID, bool, error) { return "", false, errLooked }
func (blind) Customer(context.Context, assist.ID) (assist.Customer, error) {
	return assist.Customer{}, errLooked
}
func (blind) Company(context.Context, assist.ID) (assist.Company, error) {
	return assist.Company{}, errLooked
}

func TestAnEmptyStoreIsNotLookedThrough(t *testing.T) {
	s := blind{newShelf()}
	p := open(t, "testdata/hubspot.csv")
	if r, err := p.Run(context.Background(), s, nil); err != nil || r.Added != 3 || r.Companies != 2 {
		t.Fatalf("%+v, %v", r, err)
	}
	if _, err := p.Run(context.Background(), s, nil); !errors.Is(err, errLooked) {
		t.Errorf("a store with customers was not looked through: %v", err)
	}
}

func TestAStoredCompanyIsKeptByTheFirstImport(t *testing.T) {
	s := newShelf()
	id := assist.IDFrom("company", "acorn ltd")
	s.pending = []assist.Record{assist.Company{ID: id, Name: "Acorn Ltd", About: "pays late"}}
	s.Flush()
	run(t, s, "testdata/hubspot.csv")
	if got := s.companies[id]; got.About != "pays late" {
		t.Errorf("%+v", got)
	}
}
