package twin_test

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/twin"
	"ringside/assist/twin/planted"
)

func find(t *testing.T, opt twin.Options, list ...assist.Customer) twin.Found {
	t.Helper()
	f, err := twin.Find(t.Context(), list, opt)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func phones(numbers ...string) (out []assist.Phone) {
	for _, n := range numbers {
		label := ""
		if strings.HasPrefix(strings.ReplaceAll(n, " ", ""), "07") {
			label = "mobile"
		}
		out = append(out, assist.Phone{Raw: n, Label: label})
	}
	return out
}

// mary is a customer of whom all is known.
func mary() assist.Customer {
	return assist.Customer{ID: "mary", Name: "Mary Shaw", City: "Leeds", Address: "3 Elm Row, Leeds", Phones: phones("07700 900123", "0113 496 0123"),
		Emails: []string{"mary.shaw@example.org"}, Since: assist.Date{Year: 2010}}
}

func TestTwoRecordsOfOnePersonAreFound(t *testing.T) {
	for name, c := range map[string]struct {
		other assist.Customer
		why   string
	}{
		"number in another writing":    {assist.Customer{Name: "Mary Shaw", Phones: []assist.Phone{{Raw: "+44 (0)7700 900123", Label: "cell"}}}, "same mobile number"},
		"mail in another writing":      {assist.Customer{Name: "Mary Shaw", Emails: []string{"Mary.Shaw+orders@Example.org"}}, "same e-mail address"},
		"a slip in the last name":      {assist.Customer{Name: "Mary Shwa", Phones: phones("01134960123"), City: "Leeds"}, "names differ by a letter"},
		"names that change places":     {assist.Customer{Name: "Shaw Mary", Phones: phones("01134960123"), City: "Leeds"}, "first and last name change places"},
		"last name first":              {assist.Customer{Name: "SHAW, Mrs Mary", Emails: []string{"mary.shaw@example.org"}}, "same name"},
		"short for the name":           {assist.Customer{Name: "Polly Shaw", Phones: phones("07700900123")}, "Mary may be Polly"},
		"an initial":                   {assist.Customer{Name: "M. Shaw", Emails: []string{"mary.shaw@example.org"}}, "same last name and initial"},
		"another last name":            {assist.Customer{Name: "Mary Becker", Phones: phones("07700900123"), Emails: []string{"mary.shaw@example.org"}}, "same first name"},
		"two last names":               {assist.Customer{Name: "Mary Shaw-Becker", Phones: phones("07700900123")}, "same name, once with Becker"},
		"street written short, a slip": {assist.Customer{Name: "Mary Shaw", Address: "3 Elm Row", City: "Leeds", Phones: phones("0113 496 0123")}, "same street and house"},
		"nobody wrote the name":        {assist.Customer{Phones: phones("07700900123"), City: "Leeds"}, "same mobile number"},
	} {
		c.other.ID = "other"
		f := find(t, twin.Options{}, mary(), c.other)
		if len(f.Groups) != 1 || !slices.Equal(f.Groups[0].Customers, []assist.ID{"mary", "other"}) {
			t.Errorf("%s: not found: %+v", name, f)
		} else if !slices.Contains(f.Groups[0].Reasons, c.why) {
			t.Errorf("%s: the reasons are %q", name, f.Groups[0].Reasons)
		}
	}
}

func TestANumberIsTheSameWithAndWithoutItsCountry(t *testing.T) {
	other := assist.Customer{ID: "other", Name: "Mary Shaw", Phones: []assist.Phone{{Raw: "+44 7700 900123", E164: "+447700900123"}}}
	if f := find(t, twin.Options{Region: "US"}, mary(), other); len(f.Groups) != 1 || !slices.Contains(f.Groups[0].Reasons, "same mobile number") {
		t.Errorf("found %+v", f.Groups)
	}
}

func TestTwoPeopleAreNotOneHoweverMuchTheyShare(t *testing.T) {
	son := mary()
	son.Since, son.Phones, son.Emails = assist.Date{Year: 2024}, phones("07700 900456", "0113 496 0123"), []string{"m.shaw2@example.org"}
	junior, senior := mary(), mary()
	junior.Name, senior.Name, senior.ID = "John Shaw Jr", "John Shaw Sr", "senior"
	for name, pair := range map[string][2]assist.Customer{
		"of one household":            {mary(), {Name: "Tom Shaw", Phones: phones("0113 496 0123"), City: "Leeds", Address: "3 Elm Row"}},
		"sisters":                     {mary(), {Name: "Marya Shaw", Address: "77 Long Lane", City: "York"}},
		"namesakes in one city":       {mary(), {Name: "Mary Shaw", City: "Leeds", Address: "9 Oak Lane", Phones: phones("07700 900999")}},
		"of one name and house":       {mary(), son},
		"father and son":              {senior, junior},
		"one name and the same city":  {mary(), {Name: "Mary Becker", City: "Leeds"}},
		"a couple with one address":   {mary(), {Name: "Tom Shaw", Phones: phones("07700 900123"), Emails: []string{"mary.shaw@example.org"}}},
		"somebody at the switchboard": {mary(), {Name: "Ann Hill", Phones: phones("0113 496 0123")}},
	} {
		pair[1].ID = "other"
		if f := find(t, twin.Options{}, pair[0], pair[1]); len(f.Groups) != 0 {
			t.Errorf("%s: %+v", name, f.Groups)
		}
	}
}

func TestThreeRecordsAreOneGroup(t *testing.T) {
	second := assist.Customer{ID: "a2", Name: "M Shaw", Emails: []string{"mary.shaw@example.org"}}
	third := assist.Customer{ID: "a1", Name: "Mary Shaw", Phones: phones("07700900123")}
	f := find(t, twin.Options{}, third, second, mary())
	if len(f.Groups) != 1 || !slices.Equal(f.Groups[0].Customers, []assist.ID{"mary", "a1", "a2"}) {
		t.Errorf("found %+v", f.Groups)
	}
	if g := f.Groups[0].Grade; g <= .8 || g > 1 {
		t.Errorf("graded %v", g)
	}
}

func TestAnInitialBetweenTwoPeopleBelongsToNeither(t *testing.T) {
	house := func(id assist.ID, name string) assist.Customer {
		return assist.Customer{ID: id, Name: name, Address: "3 Elm Row", City: "Leeds", Phones: phones("0113 496 0123")}
	}
	f := find(t, twin.Options{}, house("john", "John Shaw"), house("jane", "Jane Shaw"), house("j", "J Shaw"))
	if len(f.Groups) != 0 {
		t.Errorf("found %+v", f.Groups)
	}
}

func TestAHouseholdIsOfferedOnce(t *testing.T) {
	house := func(id assist.ID, name, number string) assist.Customer {
		return assist.Customer{ID: id, Name: name, Address: "3 Elm Row, Leeds", City: "Leeds", Phones: phones("0113 496 0123", number)}
	}
	tom, ann, tim := house("tom", "Tom McShaw", "07700900001"), house("ann", "Ann McShaw", "07700900002"), house("tim", "Tim McShaw", "07700900003")
	f := find(t, twin.Options{}, tom, ann, tim)
	want := []twin.Household{{Name: "McShaw, 3 Elm Row", Members: []assist.ID{"ann", "tim", "tom"}, Phones: phones("0113 496 0123"),
		Reasons: []string{"same last name", "same number", "same street and house"}}}
	if !reflect.DeepEqual(f.Households, want) || len(f.Groups) != 0 {
		t.Errorf("found %+v", f)
	}
	tom.Company, ann.Company, tim.Company = "h", "h", "h"
	if f := find(t, twin.Options{}, tom, ann, tim); len(f.Households) != 0 {
		t.Errorf("they are of one household already: %+v", f.Households)
	}
}

func TestASwitchboardIsNobodysOwnNumber(t *testing.T) {
	var list []assist.Customer
	for i, last := range strings.Fields("Hill Becker Okafor Singh Rossi Novak Khan Jones Larsen Silva Chen Murphy") {
		list = append(list, assist.Customer{ID: assist.ID(fmt.Sprint("c", i)), Name: "Mary " + last, Phones: phones("0113 496 0999"), Company: "works"})
	}
	if f := find(t, twin.Options{}, list...); len(f.Groups)+len(f.Households) != 0 {
		t.Errorf("found %+v", f)
	}
	two := []assist.Customer{{ID: "a", Name: "Ann Hill", Phones: phones("0113 496 0999")}, {ID: "b", Name: "Ann Hilll", Phones: phones("0113 496 0999")}}
	works := assist.Company{ID: "works", Name: "Works", Phones: phones("0113 496 0999")}
	own, shared := find(t, twin.Options{}, two...), find(t, twin.Options{Companies: []assist.Company{works}}, two...)
	if len(own.Groups) != 1 || len(shared.Groups) == 1 && shared.Groups[0].Grade >= own.Groups[0].Grade {
		t.Errorf("with a number of their own %+v, with a switchboard's %+v", own.Groups, shared.Groups)
	}
}

func TestWhoIsApartOrGoneIsNotOffered(t *testing.T) {
	other := mary()
	other.ID = "other"
	apart := twin.Apart("other", "mary", "jo", time.Now())
	if err := apart.Validate(); err != nil {
		t.Error(err)
	}
	if f := find(t, twin.Options{Apart: []assist.Apart{apart}}, mary(), other); len(f.Groups) != 0 {
		t.Errorf("somebody said that both are right: %+v", f)
	}
	if f := find(t, twin.Options{Apart: []assist.Apart{twin.Together("mary", "other", "jo", time.Now())}}, mary(), other); len(f.Groups) != 1 {
		t.Errorf("that was taken back: %+v", f)
	}
	other.Into = "mary"
	if f := find(t, twin.Options{}, mary(), other); len(f.Groups) != 0 {
		t.Errorf("one went into the other: %+v", f)
	}
}

func TestTheOrderOfTheCustomersDoesNotMatter(t *testing.T) {
	w := planted.Make(5, 2000, 200)
	a := find(t, twin.Options{Companies: w.Companies}, w.Customers...)
	slices.Reverse(w.Customers)
	if b := find(t, twin.Options{Companies: w.Companies}, w.Customers...); !reflect.DeepEqual(a, b) {
		t.Error("the other way round something else was found")
	}
}

func TestFindTellsHowFarItIsAndCanBeBrokenOff(t *testing.T) {
	w := planted.Make(6, 1000, 100)
	last, all := -1, 0
	find(t, twin.Options{Progress: func(done, of int) { last, all = done, of }}, w.Customers...)
	if last != all || all == 0 {
		t.Errorf("it ended at %d of %d", last, all)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := twin.Find(ctx, w.Customers, twin.Options{}); err != context.Canceled {
		t.Errorf("broken off with %v", err)
	}
}

// The bars are those of the benchmark. These seeds are not those that the weights were
// chosen on.
func TestPlantedDuplicatesAreFoundAndNobodyElse(t *testing.T) {
	for _, seed := range []uint64{7001, 7002} {
		w := planted.Make(seed, 10_000, 500)
		found := w.Judge(find(t, twin.Options{Companies: w.Companies}, w.Customers...).Groups)
		if p, r := found.Precision(), found.Recall(); p < .98 || r < .95 {
			t.Errorf("seed %d: precision %.3f, recall %.3f", seed, p, r)
		}
	}
}

func BenchmarkFind(b *testing.B) {
	for _, n := range []int{10_000, 200_000} {
		w := planted.Make(9, n, n/20)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				if _, err := twin.Find(b.Context(), w.Customers, twin.Options{Companies: w.Companies}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
