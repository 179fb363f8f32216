package index

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
)

// named makes a record of each name, the first the latest.
func named(names ...string) (docs []Doc) {
	for i, n := range names {
		docs = append(docs, Doc{Key: fmt.Sprintf("%05d", i), At: int64(len(names) - i), Names: []string{n}})
	}
	return docs
}

// page asks for the first records, as one who shows a page does.
func page(t testing.TB, s *Segment, q Query, size int) (out []string) {
	t.Helper()
	search := s.Search(q, size)
	for tier := Sure; tier <= Most && len(out) < size; tier++ {
		err := search.Tier(context.Background(), tier, func(key string, _ int64) (bool, error) {
			out = append(out, fmt.Sprint(tier, " ", key))
			return len(out) < size, nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func TestTiersComeInOrderAndTheLatestFirstInEach(t *testing.T) {
	docs := []Doc{
		{Key: "sure", At: 1, Names: []string{"anna"}}, {Key: "exact", At: 2, Names: []string{"Anna Bell"}}, {Key: "begins", At: 3, Names: []string{"Annabel"}},
		{Key: "beside", At: 4, More: []string{"Anna Ltd"}}, {Key: "inside", At: 5, Names: []string{"Johanna"}}, {Key: "typo", At: 6, Names: []string{"Amna"}},
		{Key: "other", At: 7, Names: []string{"Bob"}}, {Key: "exact later", At: 8, Texts: []string{"anna called"}}, {Key: "inside earlier", At: -3, Names: []string{"Susanna"}},
	}
	want := "[0 sure 1 exact later 1 exact 2 begins 3 beside 4 inside 4 inside earlier 5 typo]"
	for range 3 {
		rand.New(rand.NewPCG(1, 1)).Shuffle(len(docs), func(i, k int) { docs[i], docs[k] = docs[k], docs[i] })
		if got := fmt.Sprint(ask(t, build(t, docs), Parse("anna", nil))); got != want {
			t.Fatalf("got %s, want %s", got, want)
		}
	}
}

func TestRecordsOfOneTimeComeByKey(t *testing.T) {
	docs := []Doc{{Key: "b", Names: []string{"x"}}, {Key: "c", Names: []string{"x"}}, {Key: "a", Names: []string{"x"}}}
	if got := fmt.Sprint(ask(t, build(t, docs), Parse("x", nil))); got != "[0 a 0 b 0 c]" {
		t.Errorf("got %s", got)
	}
}

func TestAllWordsButOneComeLastAndOnlyWithAWordThatSaysSomething(t *testing.T) {
	s := build(t, named("Mary Jones", "Mary Shaw", "Shaw", "Ed Li", "Maryland Oy"))
	for typed, want := range map[string]string{
		"mary shaw":     "[0 00001 6 00000 6 00002 6 00004]",
		"mary zzz":      "[6 00000 6 00001 6 00004]",
		"ed zz":         "[]",
		"ed shaw":       "[6 00001 6 00002]",
		"mary zzz yyy":  "[]",
		"mary shaw zzz": "[6 00001]",
		"zzz yyy":       "[]",
	} {
		if got := fmt.Sprint(ask(t, s, Parse(typed, nil))); got != want {
			t.Errorf("%q: %s, want %s", typed, got, want)
		}
	}
}

func TestVisitorStopsTheSearchAtOnce(t *testing.T) {
	s := build(t, named("Ann A", "Ann B", "Ann C", "Ann D"))
	for stop := 1; stop <= 4; stop++ {
		visits := 0
		err := s.Search(Parse("ann", nil), 10).Tier(context.Background(), Exact, func(string, int64) (bool, error) {
			visits++
			return visits < stop, nil
		})
		if err != nil || visits != stop {
			t.Errorf("stopped at %d: %d visits, %v", stop, visits, err)
		}
	}
	sentinel := errors.New("no more")
	err := s.Search(Parse("ann", nil), 10).Tier(context.Background(), Exact, func(string, int64) (bool, error) { return true, sentinel })
	if !errors.Is(err, sentinel) {
		t.Errorf("the visitor's error comes back as %v", err)
	}
}

func TestRecordIsVisitedOnceInAllTiers(t *testing.T) {
	docs := named("Anna Annabel Johanna Amna", "Anna", "Johanna Anna")
	for i := range docs {
		docs[i].More, docs[i].Mails = []string{"Anna Ltd"}, []string{"anna@anna.org"}
	}
	got := ask(t, build(t, docs), Parse("anna", plainNumbers))
	if fmt.Sprint(got) != "[0 00001 1 00000 1 00002]" {
		t.Errorf("got %v", got)
	}
}

func TestSearchEndsWithItsContext(t *testing.T) {
	s := build(t, named("Ann", "Joanne"))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, typed := range []string{"ann", "oann", "jaonne", "ann zz"} {
		search, stopped := s.Search(Parse(typed, nil), 10), false
		for tier := Sure; tier <= Most; tier++ {
			err := search.Tier(ctx, tier, func(key string, _ int64) (bool, error) {
				t.Errorf("%q visits %s", typed, key)
				return true, nil
			})
			stopped = stopped || errors.Is(err, context.Canceled)
		}
		if !stopped {
			t.Errorf("%q does not notice", typed)
		}
	}
}

func TestClosedSegmentGivesAnError(t *testing.T) {
	s := build(t, named("Ann"))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	err := s.Search(Parse("ann", nil), 1).Tier(context.Background(), Sure, func(string, int64) (bool, error) { return true, nil })
	if err == nil || errors.Is(err, ErrDamaged) {
		t.Errorf("got %v", err) // a file that is closed is not to be made anew
	}
}

func TestSegmentOfNothingFindsNothing(t *testing.T) {
	s := build(t, nil)
	for _, typed := range []string{"", "a", "anna", "anna bell", "0113 496 0123", "a@b"} {
		if got := ask(t, s, Parse(typed, plainNumbers)); len(got) != 0 {
			t.Errorf("%q: %v", typed, got)
		}
	}
	if s.Len() != 0 {
		t.Errorf("it holds %d", s.Len())
	}
}

func TestSearchGoesOverTheEdgeOfABlock(t *testing.T) {
	for _, n := range []int{blockDocs - 1, blockDocs, blockDocs + 1} {
		docs := make([]Doc, n)
		for i := range docs {
			docs[i] = Doc{Key: fmt.Sprint(i), At: int64(n - i)}
			if i%5000 == 0 || i >= n-2 {
				docs[i].Texts = []string{"rare"}
			}
			if i%64 == 0 || i >= n-2 {
				docs[i].More = []string{"some"}
			}
		}
		docs[n-1].Names = []string{"Last Shaw"}
		s, naive := build(t, docs), oneByOne(docs)
		for typed, want := range map[string]int{"rare": n/5000 + 3, "shaw": 1, "last shaw": 1, "some shaw": blockDocs/64 + 2, "some rare": -1} {
			q := Parse(typed, nil)
			got, one := page(t, s, q, n), naive(q)
			if !slices.Equal(got, one) {
				t.Errorf("%d records, %q: %d %v, one by one %d %v", n, typed, len(got), first(got), len(one), first(one))
			}
			if want > 0 && len(got) != want {
				t.Errorf("%d records, %q: %d, want %d", n, typed, len(got), want)
			}
		}
	}
}

func TestOneTypedWordHasAnExactFirstPage(t *testing.T) {
	var names []string
	for i := range 300 {
		names = append(names, "xq"+string(rune('a'+i%26))+string(rune('a'+i/26))+"joann")
	}
	rand.New(rand.NewPCG(2, 2)).Shuffle(len(names), func(i, k int) { names[i], names[k] = names[k], names[i] })
	docs := named(names...)
	s := build(t, docs)
	for _, typed := range []string{"joann", "oan", "xqaajoamn"} {
		q := Parse(typed, nil)
		got, want := page(t, s, q, 6), naive(docs, q)
		if want = want[:min(6, len(want))]; !slices.Equal(got, want) || len(got) == 0 {
			t.Errorf("%q: %v, want %v", typed, got, want)
		}
	}
}

func TestOneOfSeveralTypedWordsStandsForTheLatestThirtyTwo(t *testing.T) {
	var names []string
	for i := range maxSpread + 8 {
		names = append(names, "x"+string(rune('a'+i%26))+string(rune('a'+i/26))+"oann Shaw")
	}
	got := ask(t, build(t, named(names...)), Parse("oann shaw", nil))
	inside := slices.DeleteFunc(slices.Clone(got), func(s string) bool { return !strings.HasPrefix(s, "4 ") })
	if len(inside) != maxSpread || inside[0] != "4 00000" || inside[maxSpread-1] != fmt.Sprintf("4 %05d", maxSpread-1) {
		t.Errorf("%d inside: %v", len(inside), first(inside))
	}
	if len(got) != len(names) {
		t.Errorf("%d of %d are found at all", len(got), len(names))
	}
}

func TestWordsThatOnlyBeginSoLeaveRoomForThoseInside(t *testing.T) {
	names := []string{}
	for i := range 2 * maxSpread {
		names = append(names, "Ann"+string(rune('a'+i%26))+string(rune('a'+i/26))+" Bell")
	}
	s := build(t, named(append(names, "Joanne Lee")...))
	for _, typed := range []string{"ann lee", "lee ann"} {
		if got := page(t, s, Parse(typed, nil), 1); len(got) != 1 || got[0] != fmt.Sprintf("4 %05d", len(names)) {
			t.Errorf("%q: %v", typed, got)
		}
	}
}

func TestFirstPageIsTheBeginningOfAll(t *testing.T) {
	r := rand.New(rand.NewPCG(77, 1))
	docs := randomDocs(r, 1000)
	s, naive, compared := build(t, docs), oneByOne(docs), 0
	for range 60 {
		q := Parse(randomText(r, docs), plainNumbers)
		if tooMany(s, q) {
			continue
		}
		want := naive(q)
		for _, size := range []int{1, 6, 40} {
			got := page(t, s, q, size)
			plain := len(q.words) > 1 || len(want) < size || strings.Compare(want[min(size, len(want))-1], "4") < 0
			if plain && !slices.Equal(got, want[:min(size, len(want))]) {
				t.Errorf("%v, %d: %v, want %v", q, size, first(got), first(want))
			}
			if plain {
				compared++
			}
		}
	}
	if compared < 60 {
		t.Errorf("only %d were compared", compared)
	}
}

func TestManySearchesAtOnceFindWhatOneFinds(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 6))
	docs := randomDocs(r, 500)
	typed := make([]string, 20)
	for i := range typed {
		typed[i] = randomText(r, docs)
	}
	alone, s := build(t, docs), build(t, docs)
	want := make([][]string, len(typed))
	for i, text := range typed {
		want[i] = ask(t, alone, Parse(text, plainNumbers))
	}
	var all sync.WaitGroup
	for worker := range 6 {
		all.Go(func() {
			for i := range typed {
				i = (i + worker*3) % len(typed)
				if got := ask(t, s, Parse(typed[i], plainNumbers)); !slices.Equal(got, want[i]) {
					t.Errorf("%q: %v, alone %v", typed[i], first(got), first(want[i]))
				}
			}
		})
	}
	all.Wait()
}
