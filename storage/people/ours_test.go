package people

import (
	"context"
	"reflect"
	"strings"
	"testing"

	"ringside/assist"
)

const oursHead = "Ringside ID,Full name,Company name,Job title,Phone 1,Phone 1 label,Phone 2,Phone 2 label,E-mail 1,Customer since,City,Address,Language,Notes," +
	"Kind,Call me,Owns,Likes,External,Do not ask,Not checked,No consent,Minor,Deals,Advocate since\n"

const oursRows = `mary-shaw,Mary Shaw,Acorn Ltd,owner,+441134960123 ext. 12,Fax,12-34 or 12-35,,mary@x.example,2019-04,Leeds,"1 High Street, Leeds",en,"Two
lines",prospect,Mrs Shaw,Hedge 300 since 2024-04; Cub 50 (Brackmoor),Short calls,hubspot:12; file:3,yes,,yes,yes,first-year,2025-06-01
tom,Tom Shaw,Acorn Ltd,,+441134960123,,,,mary@x.example,,,,,,,,,,,,,,,,
unnamed,,Acorn Ltd,,+441134960199,,,,,,,,,,,,,,,,yes,,,,
`

func TestOurOwnTableComesBackWhole(t *testing.T) {
	s := newShelf()
	path := write(t, "customers.csv", oursHead+oursRows)
	if q := open(t, path).Questions(); len(q) > 0 {
		t.Errorf("asked: %+v", q)
	}
	if r := run(t, s, path); r.Added != 3 || r.Refused+r.Warnings+r.Duplicate != 0 {
		t.Fatalf("%+v", r)
	}
	firm := assist.IDFrom("company", "acorn ltd")
	want := assist.Customer{ID: "mary-shaw", Kind: assist.KindProspect, Name: "Mary Shaw", CallMe: "Mrs Shaw", Company: firm, Role: "owner",
		Phones: []assist.Phone{{Raw: "+441134960123 ext. 12", E164: "+441134960123", Label: "Fax"}, {Raw: "12-34 or 12-35"}},
		Emails: []string{"mary@x.example"}, Since: assist.Date{Year: 2019, Month: 4}, City: "Leeds", Address: "1 High Street, Leeds", Language: "en",
		Owns:  []assist.Product{{Name: "Hedge 300", Since: assist.Date{Year: 2024, Month: 4}}, {Name: "Cub 50", Maker: "Brackmoor"}},
		Likes: "Short calls", About: "Two\nlines", External: []string{"hubspot:12", "file:3"}, DoNotAsk: true,
		NoConsent: true, Minor: true, Deals: []assist.ID{"first-year"}, Advocate: assist.Date{Year: 2025, Month: 6, Day: 1}}
	if got := s.customers["mary-shaw"]; !reflect.DeepEqual(got, want) {
		t.Errorf("Mary = %+v\nwant   %+v", got, want)
	}
	if tom := s.customers["tom"]; tom.Name != "Tom Shaw" || len(tom.Emails) != 1 {
		t.Errorf("two who share an address: %+v", tom)
	}
	if u := s.customers["unnamed"]; u.Name != "" || !u.Unchecked || u.Company != firm {
		t.Errorf("one without a name: %+v", u)
	}
	writes := s.writes
	if r := run(t, s, path); r.Unchanged != 3 || r.Added+r.Changed+r.Companies+r.Warnings != 0 || s.writes != writes {
		t.Errorf("again: %+v", r)
	}
}

func TestOurOwnTableChangesNothingThatAPersonWroteOtherwise(t *testing.T) {
	s := newShelf()
	s.pending = []assist.Record{
		assist.Company{ID: "acorn", Name: "Acorn  Ltd"},
		assist.Customer{ID: "mary-shaw", Name: "Mary  Shaw", Company: "acorn", Emails: []string{"Mary@X.example"}, Address: "1 High Street\nLeeds",
			About: "One\u00a0blank\r\nand more", Likes: "tea\nand cake", Owns: []assist.Product{{Name: "Hedge 300"}}},
	}
	s.Flush()
	path := write(t, "customers.csv", "Ringside ID,Full name,Company name,E-mail 1,Address,Notes,Owns,Likes\n"+
		"mary-shaw,Mary  Shaw,Acorn  Ltd,mary@x.example,\"1 High Street\nLeeds\",\"One\u00a0blank\r\nand more\",Hedge 300,\"tea\nand cake\"\n")
	if r := run(t, s, path); r.Unchanged != 1 || r.Added+r.Changed+r.Companies+r.Warnings != 0 || s.writes != 2 {
		t.Errorf("%+v, %d writes", r, s.writes)
	}
	other := write(t, "other.csv", "Ringside ID,Full name,Kind,Owns,Do not ask\nmary-shaw,Mary Shaw,partner,Cub 50 (Brackmoor),yes\n")
	r := run(t, s, other)
	mary := s.customers["mary-shaw"]
	if r.Changed != 1 || mary.Kind != assist.KindPartner || !mary.DoNotAsk || mary.Owns[0].Name != "Hedge 300" {
		t.Errorf("%+v: %+v", r, mary)
	}
	if r.Warnings != 1 || !strings.Contains(r.Problems[0].Reason, "what they own") {
		t.Errorf("%+v", r.Problems)
	}
}

func TestAnyImportFindsTheCompanyByItsName(t *testing.T) {
	s := newShelf()
	s.pending = []assist.Record{assist.Company{ID: "acorn", Name: "Acorn Ltd"}}
	s.Flush()
	path := write(t, "new.csv", "Name,Company,Email\nJo,ACORN LTD,jo@x.example\n")
	if r := run(t, s, path); r.Added != 1 || r.Companies != 0 || s.named("Jo").Company != "acorn" || len(s.companies) != 1 {
		t.Errorf("%+v: %+v, %v", r, s.customers, s.companies)
	}
}

func TestOneIDOfOursIsOneCustomer(t *testing.T) {
	s := newShelf()
	path := write(t, "twice.csv", "Ringside ID,Full name,E-mail 1,Kind,Do not ask\nmary,Mary,m@x.example,,\nmary,Mary,second@x.example,,\nNot An Id,Jo,j@x.example,giant,perhaps\n,Mary,m@x.example,,\n")
	r := run(t, s, path)
	if r.Added != 2 || r.Duplicate != 2 || len(s.customers["mary"].Emails) != 2 {
		t.Errorf("%+v: %+v", r, s.customers)
	}
	var told []string
	for _, p := range r.Problems {
		told = append(told, p.Reason)
	}
	for _, want := range []string{"the same id mary as in line 2", "not an id of Ringside", "of the kind giant", "neither yes nor no", "address m@x.example as in line 2"} {
		if !strings.Contains(strings.Join(told, "\n"), want) {
			t.Errorf("%q is not told: %q", want, told)
		}
	}
}

func TestOurColumnsMeanNothingInTablesOfOthers(t *testing.T) {
	p := open(t, write(t, "other.csv", "Name,Email,Kind,Likes\nMary,m@x.example,giant,tea\n"))
	for _, c := range p.Columns()[2:] {
		if c.Meaning != Unknown {
			t.Errorf("%s is taken for %s", c.Name, c.Meaning)
		}
	}
	err := p.Each(context.Background(), func(r Result) error {
		if r.Customer.Likes+string(r.Customer.Kind) != "" {
			t.Errorf("%+v", r.Customer)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestProductsComeBackFromOneCell(t *testing.T) {
	for _, owned := range [][]assist.Product{
		nil,
		{{Name: "Hedge 300"}},
		{{Name: "Hedge 300", Since: assist.Date{Year: 2024}}, {Name: "Cub 50", Maker: "Brackmoor", Since: assist.Date{Year: 2024, Month: 4, Day: 2}}},
		{{Name: "Saw (old)"}, {Name: "Saw (old)", Maker: "Toft (UK)"}},
		{{Name: `Oil; 2 l \`}, {Name: `a\;b`}, {Name: "Since since", Maker: "x; y"}},
	} {
		if got := readProducts(Products(owned)); !reflect.DeepEqual(got, owned) {
			t.Errorf("%q = %+v, want %+v", Products(owned), got, owned)
		}
	}
}

func TestWhatATableTellsOfATalkIsCheckedAndOnlyAdds(t *testing.T) {
	s := newShelf()
	s.pending = []assist.Record{assist.Customer{ID: "mary", Name: "Mary", Minor: true, Deals: []assist.ID{"first-year"}, Advocate: assist.Date{Year: 2024}}}
	s.Flush()
	path := write(t, "customers.csv", "Ringside ID,Full name,No consent,Minor,Deals,Advocate since\n"+
		"mary,Mary,yes,no,first-year; second-year; NOT ONE,2025-06-01\ntom,Tom,perhaps,,,soon\n")
	r := run(t, s, path)
	if r.Changed != 1 || r.Added != 1 || r.Warnings != 3 {
		t.Errorf("%+v", r)
	}
	want := assist.Customer{ID: "mary", Name: "Mary", NoConsent: true, Minor: true, Deals: []assist.ID{"first-year", "second-year"}, Advocate: assist.Date{Year: 2024}}
	if got := s.customers["mary"]; !reflect.DeepEqual(got, want) {
		t.Errorf("Mary = %+v\nwant   %+v", got, want)
	}
	if tom := s.customers["tom"]; tom.NoConsent || !tom.Advocate.IsZero() {
		t.Errorf("Tom = %+v", tom)
	}
}
