package twin_test

import (
	"reflect"
	"slices"
	"testing"

	"ringside/assist"
	"ringside/assist/twin"
)

func pair() (keeper, other assist.Customer) {
	keeper = assist.Customer{ID: "k", Name: "Mary Shaw", City: "Leeds", Phones: phones("0113 496 0123"), Emails: []string{"mary@example.org"}, Unchecked: true,
		Relations: []assist.Relation{{To: "o", Who: "the same"}, {To: "tom", Who: "her husband"}}}
	other = assist.Customer{ID: "o", Name: "M Shaw", CallMe: "Mrs Shaw", City: "York", Phones: phones("0113 496 0123", "07700 900123"),
		Emails: []string{"Mary@Example.org", "m@example.org"}, DoNotAsk: true, Deals: []assist.ID{"spring"}, Relations: []assist.Relation{{To: "tom", Who: "her husband"}}}
	return keeper, other
}

func TestJoinKeepsTheKeepersWordsAndAllLists(t *testing.T) {
	keeper, other := pair()
	kept, fields := twin.Join(keeper, []assist.Customer{other}, nil)
	want := assist.Customer{ID: "k", Name: "Mary Shaw", CallMe: "Mrs Shaw", City: "Leeds", Phones: phones("0113 496 0123", "07700 900123"),
		Emails: []string{"mary@example.org", "m@example.org"}, DoNotAsk: true, Deals: []assist.ID{"spring"},
		Relations: []assist.Relation{{To: "tom", Who: "her husband"}}}
	if !reflect.DeepEqual(kept, want) {
		t.Errorf("kept %+v, want %+v", kept, want)
	}
	var names []string
	for _, f := range fields {
		names = append(names, f.Name)
		if f.Name == "name" && (!slices.Equal(f.Values, []string{"Mary Shaw", "M Shaw"}) || f.Chosen != 0) || f.Name == "call_me" && f.Chosen != 1 || f.Name == "phones" && (f.Chosen != -1 || !slices.Equal(f.Kept, []string{"0113 496 0123", "07700 900123"})) {
			t.Errorf("%+v", f)
		}
	}
	if !slices.Equal(names, []string{"name", "call_me", "city", "do_not_ask", "unchecked", "phones", "emails", "deals", "relations"}) {
		t.Errorf("they differ in %q", names)
	}
}

func TestAChoiceCountsForItsFieldAlone(t *testing.T) {
	keeper, other := pair()
	kept, _ := twin.Join(keeper, []assist.Customer{other}, twin.Choices{"city": "o", "do_not_ask": "k"})
	if kept.City != "York" || kept.DoNotAsk || kept.Name != "Mary Shaw" || kept.ID != "k" {
		t.Errorf("kept %+v", kept)
	}
}

func TestPartIsTheWayBack(t *testing.T) {
	keeper, other := pair()
	kept, _ := twin.Join(keeper, []assist.Customer{other}, twin.Choices{"city": "o"})
	if got := twin.Part(keeper, kept, kept); !reflect.DeepEqual(got, keeper) && len(twin.Diff(got, keeper)) != 0 {
		t.Errorf("parted %+v, was %+v", got, keeper)
	}
	now := kept
	now.Role, now.City = "owner", "Hull"
	now.Phones = append(slices.Clone(now.Phones), phones("0114 496 0000")...)
	now.Emails = now.Emails[1:] // the keeper's own was taken away since
	got := twin.Part(keeper, kept, now)
	if got.Role != "owner" || got.City != "Hull" || !reflect.DeepEqual(got.Phones, phones("0113 496 0123", "0114 496 0000")) || got.Emails != nil || got.CallMe != "" {
		t.Errorf("parted %+v", got)
	}
}

func TestDiffTellsListsPartByPart(t *testing.T) {
	a, b := pair()
	b.Emails = nil
	got := twin.Diff(a, b)
	for _, want := range []twin.Edit{{"name", "Mary Shaw", "M Shaw"}, {"call_me", "", "Mrs Shaw"}, {"do_not_ask", "", "yes"}, {"phones", "", "07700 900123"},
		{"emails", "mary@example.org", ""}} {
		if !slices.Contains(got, want) {
			t.Errorf("%v is not told in %v", want, got)
		}
	}
	if d := twin.Diff(a, a); len(d) != 0 {
		t.Errorf("of one and the same: %v", d)
	}
}
