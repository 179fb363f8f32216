package search

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"ringside/assist"
)

func TestAChangedAnswerIsFoundAsItIsNow(t *testing.T) {
	ix := Build(shop())
	a := shop()[0]
	a.Title, a.Phrasings = "Lend a wheelbarrow", []string{"can I borrow a wheelbarrow", "wheelbarrow for the weekend"}
	next := ix.With([]assist.Answer{a})
	if r := find(t, next, Query{Text: "borrow a wheelbarrow "}); r.State != Show || r.Hits[0].Answer.ID != a.ID {
		t.Errorf("%s %v", r.State, ids(r))
	}
	for _, old := range shop()[0].Phrasings {
		for _, h := range find(t, next, Query{Text: old + " ", Limit: 99}).Hits {
			if h.Answer.ID == a.ID && h.Answer.Title != a.Title {
				t.Errorf("%q still finds %q", old, h.Answer.Title)
			}
		}
	}
	if r := find(t, ix, Query{Text: "borrow a wheelbarrow "}); slices.Contains(ids(r), string(a.ID)) && r.State == Show {
		t.Error("the index that it was made from has changed")
	}
}

func TestARemovedAnswerIsNotFound(t *testing.T) {
	a := shop()[0]
	q := Query{Text: a.Phrasings[0] + " ", Limit: 99}
	for name, ix := range map[string]*Index{
		"built":           Build(shop()).With(nil, a.ID),
		"changed before":  Build(shop()).With([]assist.Answer{a}).With(nil, a.ID),
		"changed at once": Build(shop()).With([]assist.Answer{a}, a.ID),
	} {
		if r := find(t, ix, q); slices.Contains(ids(r), string(a.ID)) {
			t.Errorf("%s: it is still among %v", name, ids(r))
		}
		if r := find(t, ix.With([]assist.Answer{a}), q); len(r.Hits) == 0 || r.Hits[0].Answer.ID != a.ID {
			t.Errorf("%s: it does not come back: %v", name, ids(r))
		}
	}
}

func TestAnEmptyIndexCanGrow(t *testing.T) {
	var ix Index
	for name, empty := range map[string]*Index{"zero": &ix, "of nothing": Build(nil)} {
		grown := empty.With(shop())
		if r := find(t, grown, Query{Text: "charged twice"}); len(r.Hits) == 0 {
			t.Errorf("%s: nothing is found", name)
		}
		if r := find(t, empty, Query{Text: "charged twice"}); len(r.Hits) != 0 {
			t.Errorf("%s: it has changed itself", name)
		}
	}
}

// A change must not turn the ranking over: where the same answers lie, in the index
// as built or among the late ones, their order hardly moves.
func TestWhereAnAnswerLiesHardlyMatters(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	built := Build(shop())
	same, all := 0, 0
	for range 20 {
		var moved []assist.Answer
		for _, a := range shop() {
			if random.IntN(4) == 0 {
				moved = append(moved, a)
			}
		}
		ix := built.With(moved)
		if ix.Late() != len(moved) {
			t.Fatalf("%d are late, want %d", ix.Late(), len(moved))
		}
		for _, text := range []string{"charged twice ", "refund", "where is my order ", "leak", "delete my account ", "cha"} {
			want, got := find(t, built, Query{Text: text}), find(t, ix, Query{Text: text})
			all++
			if len(want.Hits) == len(got.Hits) && (len(want.Hits) == 0 || want.Hits[0].Answer.ID == got.Hits[0].Answer.ID) {
				same++
			} else {
				t.Logf("%q with %d late: %v, built: %v", text, len(moved), ids(got), ids(want))
			}
		}
	}
	if same*20 < all*19 {
		t.Errorf("%d of %d searches are the same", same, all)
	}
}

func TestManyChangesInAnyOrderEndTheSame(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	now := map[assist.ID]assist.Answer{}
	for _, a := range shop() {
		now[a.ID] = a
	}
	ix := Build(shop())
	for i := range 60 {
		a := shop()[random.IntN(len(shop()))]
		if random.IntN(3) == 0 {
			ix = ix.With(nil, a.ID)
			delete(now, a.ID)
			continue
		}
		a.Title = fmt.Sprintf("Version%d", i)
		ix = ix.With([]assist.Answer{a})
		now[a.ID] = a
	}
	for _, a := range shop() {
		got, ok := ix.Answer(a.ID)
		if want, there := now[a.ID]; ok != there || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %q, %t, want %q", a.ID, got.Title, ok, want.Title)
		}
	}
	got := map[assist.ID]assist.Answer{}
	for n, p := range ix.parts() {
		for d, a := range p.answers {
			if n > 0 || !ix.gone[int32(d)] {
				if _, twice := got[a.ID]; twice {
					t.Errorf("%s is there twice", a.ID)
				}
				got[a.ID] = a
			}
		}
	}
	if !reflect.DeepEqual(got, now) {
		t.Errorf("%d answers, want %d", len(got), len(now))
	}
}
