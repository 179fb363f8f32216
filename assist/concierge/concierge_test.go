package concierge

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"ringside/assist"
)

// team returns reps by name.
func team(names ...assist.ID) (out []assist.Rep) {
	for _, n := range names {
		out = append(out, assist.Rep{ID: n, Name: string(n)})
	}
	return out
}

func crowd(n int, knows func(i int) []assist.ID) []Place {
	out := make([]Place, n)
	for i := range out {
		out[i] = Place{Customer: assist.ID(fmt.Sprintf("c%06d", i)), Knows: knows(i)}
	}
	return out
}

func loads(ids []assist.ID) map[assist.ID]int {
	out := map[assist.ID]int{}
	for _, id := range ids {
		out[id]++
	}
	return out
}

func joined(ids []assist.ID) string {
	var words []string
	for _, id := range ids {
		words = append(words, string(id))
	}
	return strings.Join(words, " ")
}

func nobody(int) []assist.ID { return nil }

func TestWhoKnowsACustomerLooksAfterThem(t *testing.T) {
	who := []Place{
		{Customer: "a", Knows: []assist.ID{"tom"}},
		{Customer: "b", Knows: []assist.ID{"gone", "ewa"}},
		{Customer: "c", Concierge: "ewa", Knows: []assist.ID{"tom"}},
		{Customer: "d", Concierge: "gone", Knows: []assist.ID{"ida"}},
		{Customer: "e"},
	}
	got := Assign(who, team("tom", "ewa", "ida"))
	if joined(got[:4]) != "tom ewa ewa ida" || loads(got)["ewa"] != 2 || got[4] == "" {
		t.Errorf("the concierges are %v", got)
	}
}

func TestNobodyIsGivenMoreThanTheFairShareAndALittle(t *testing.T) {
	reps := make([]assist.Rep, 40)
	for i := range reps {
		reps[i].ID = assist.ID(fmt.Sprintf("r%02d", i))
	}
	for name, c := range map[string]struct {
		n     int
		knows func(int) []assist.ID
	}{
		"nobody knows anybody":            {100_000, nobody},
		"everybody knows one rep":         {100_000, func(int) []assist.ID { return []assist.ID{"r07"} }},
		"everybody knows two":             {1000, func(int) []assist.ID { return []assist.ID{"r07", "r08"} }},
		"most know the first few":         {5000, func(i int) []assist.ID { return []assist.ID{reps[i%7].ID, reps[i%11].ID} }},
		"fewer customers than reps":       {3, func(int) []assist.ID { return []assist.ID{"r07"} }},
		"one":                             {1, nobody},
		"those who know have left":        {900, func(int) []assist.ID { return []assist.ID{"left", "", "long"} }},
		"one customer names a rep thrice": {2, func(int) []assist.ID { return []assist.ID{"r01", "r01", "r01"} }},
	} {
		got := Assign(crowd(c.n, c.knows), reps)
		l, most, sum := loads(got), Most(c.n, 40), 0
		for id, n := range l {
			if sum += n; n > most || id == "" {
				t.Errorf("%s: %q has %d, the most is %d", name, id, n, most)
			}
		}
		if sum != c.n {
			t.Errorf("%s: %d of %d have a concierge", name, sum, c.n)
		}
		if again := Assign(crowd(c.n, c.knows), reps); !slices.Equal(got, again) {
			t.Errorf("%s: a second run gives others", name)
		}
	}
	l := loads(Assign(crowd(100_000, func(int) []assist.ID { return []assist.ID{"r07"} }), reps))
	if l["r07"] != 2750 {
		t.Errorf("the rep whom everybody knows has %d, not the fair 2500 and a tenth", l["r07"])
	}
	for id, n := range l {
		if id != "r07" && (n < 2493 || n > 2494) {
			t.Errorf("%s has %d of what is left", id, n)
		}
	}
}

func TestAssignTakesAnyTeam(t *testing.T) {
	if got := Assign(crowd(3, nobody), nil); joined(got) != "  " {
		t.Errorf("no reps: %q", got)
	}
	if got := Assign([]Place{{Customer: "a", Concierge: "gone"}}, team("")); got[0] != "" {
		t.Errorf("a rep without an id: %q", got)
	}
	if got := Assign(nil, team("tom")); len(got) != 0 {
		t.Errorf("no customers: %v", got)
	}
	if got := loads(Assign(crowd(1000, nobody), team("tom"))); got["tom"] != 1000 {
		t.Errorf("one rep: %v", got)
	}
	if got := loads(Assign(crowd(10, nobody), team("tom", "tom", "ewa"))); got["tom"] != 5 || got["ewa"] != 5 {
		t.Errorf("a rep who is listed twice: %v", got)
	}
}

func TestALaterRunMovesOnlyThoseWhoseRepLeft(t *testing.T) {
	who := crowd(300, func(i int) []assist.ID { return []assist.ID{[]assist.ID{"tom", "ewa", "ida"}[i%3]} })
	first := Assign(who, team("tom", "ewa", "ida"))
	for i := range who {
		who[i].Concierge = first[i]
	}
	who = append(who, crowd(90, nobody)...)
	second := Assign(who, team("ewa", "ida", "jo"))
	for i, before := range first {
		if before != "tom" && second[i] != before {
			t.Fatalf("%s went from %s to %s", who[i].Customer, before, second[i])
		}
	}
	if l := loads(second); l["tom"] != 0 || l["jo"] != 130 || l["ewa"] != 130 || l["ida"] != 130 {
		t.Errorf("the loads are %v", l)
	}
	who = crowd(100, nobody)
	for i := range who[:90] {
		who[i].Concierge = "tom"
	}
	if l := loads(Assign(who, team("tom", "ewa"))); l["tom"] != 90 || l["ewa"] != 10 {
		t.Errorf("a rep who has more than his share: %v", l)
	}
}

func TestSmallIncidentsDoNotAllGoToTheFirstRep(t *testing.T) {
	l := map[assist.ID]int{}
	for i := range 100 {
		l[Assign(crowd(i+1, nobody)[i:], team("tom", "ewa", "ida", "jo"))[0]]++
	}
	for _, id := range []assist.ID{"tom", "ewa", "ida", "jo"} {
		if l[id] < 10 {
			t.Errorf("%s has %d of 100 incidents of one customer: %v", id, l[id], l)
		}
	}
}

func BenchmarkAssign(b *testing.B) {
	reps := make([]assist.Rep, 40)
	for i := range reps {
		reps[i].ID = assist.ID(fmt.Sprintf("r%02d", i))
	}
	who := crowd(100_000, func(i int) []assist.ID { return []assist.ID{reps[i%7].ID, reps[i%40].ID} })
	for b.Loop() {
		Assign(who, reps)
	}
}
