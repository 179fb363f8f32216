package search

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"ringside/assist"
)

func shop() []assist.Answer {
	return []assist.Answer{
		{ID: "charged-twice", Title: "Charged twice", Department: "billing", Say: "One of the two payments goes back to your card.",
			Phrasings: []string{"charged twice for one order", "double payment on my card", "you took the money two times"}},
		{ID: "refund-late", Title: "Refund not there yet", Department: "billing", Say: "A refund takes three working days.",
			Phrasings: []string{"where is my refund", "still waiting for my money back", "refund has not arrived"}},
		{ID: "parcel-late", Title: "Where is my parcel", Department: "delivery", Say: "Let me look at the tracking with you.",
			Phrasings: []string{"where is my parcel", "my order has not come", "delivery is late", "track my order"}},
		{ID: "kettle-leaks", Title: "Leaking kettle", Department: "technical", Products: []string{"Kettle Pro"}, Say: "Descale it, {{customer.call_me}}, then check the seal.",
			Phrasings: []string{"it leaks water", "water comes out at the bottom", "dripping on the table"}},
		{ID: "boiler-leaks", Title: "Leaking boiler", Department: "technical", Products: []string{"Boiler 3"}, Say: "Turn off the tap first.",
			Phrasings: []string{"it leaks water", "water under the boiler", "dripping pipe"}},
		{ID: "leaks", Title: "Something leaks", Department: "technical", Say: "Put a bowl under it and tell me which product it is.",
			Phrasings: []string{"it leaks water", "there is water on the floor"}},
		{ID: "close-account", Title: "Close an account", Department: "account", Say: "I can close it today.",
			Phrasings: []string{"delete my account", "cancel my membership", "I want to leave"}},
	}
}

func find(t testing.TB, ix *Index, q Query) Result {
	t.Helper()
	r, err := ix.Find(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func ids(r Result) (out []string) {
	for _, h := range r.Hits {
		out = append(out, string(h.Answer.ID))
	}
	return out
}

func TestFindsWhatCustomersSay(t *testing.T) {
	ix := Build(shop())
	for text, want := range map[string]string{
		"I was charged twice ":              "charged-twice",
		"they have charged my card twice":   "charged-twice",
		"chargd twise":                      "charged-twice",
		"CHARGED TWICE!!":                   "charged-twice",
		"refunds":                           "refund-late",
		"I'm waiting for a refund":          "refund-late",
		"wheres my parcle":                  "parcel-late",
		"tracking":                          "parcel-late",
		"membersh":                          "close-account",
		"dele":                              "close-account",
		"water drips from the kettle":       "kettle-leaks",
		"the boiler is leaking":             "boiler-leaks",
		"mein Geld, I want my money back 🙂": "refund-late",
	} {
		if got := ids(find(t, ix, Query{Text: text})); len(got) == 0 || got[0] != want {
			t.Errorf("%q: got %v, want %s first", text, got, want)
		}
	}
}

func TestEveryKeyBringsTheAnswerNearer(t *testing.T) {
	ix := Build(shop())
	text := "delivery is late"
	for n := 3; n <= len(text); n++ {
		if got := ids(find(t, ix, Query{Text: text[:n]})); len(got) == 0 || got[0] != "parcel-late" {
			t.Errorf("after %q: %v", text[:n], got)
		}
	}
}

func TestSaysNothingWhenNothingFits(t *testing.T) {
	ix := Build(shop())
	for _, text := range []string{"", " ", "\x00", "🙂🙂", "?!", "the", "how do I", "what is the weather in paris",
		"what is the weather in paris ", "tell me a joke about lawyers", strings.Repeat("\xff", 10_000)} {
		if r := find(t, ix, Query{Text: text}); r.State != None || len(r.Hits) != 0 {
			t.Errorf("%q: %s %v", text, r.State, ids(r))
		}
	}
}

func TestAGoodFitIsShownAndAWeakOneDimmed(t *testing.T) {
	ix := Build(shop())
	if r := find(t, ix, Query{Text: "charged twice for one order"}); r.State != Show {
		t.Errorf("a phrasing of the library is %s", r.State)
	}
	if r := find(t, ix, Query{Text: "my neighbour bought a kettle in a shop in town last summer "}); r.State == Show {
		t.Errorf("one word of ten is shown: %v", ids(r))
	}
}

func TestProductsRaiseAndNeverHide(t *testing.T) {
	ix := Build(shop())
	for product, want := range map[string]string{"Boiler 3": "boiler-leaks", " kettle  pro ": "kettle-leaks"} {
		r := find(t, ix, Query{Text: "it leaks water", Products: []string{"Lamp", product}})
		if got := ids(r); len(got) < 3 || got[0] != want || got[1] != "leaks" {
			t.Errorf("with %s: %v, want %s and then the general one", product, got, want)
		}
		if why := r.Hits[0].Why; !strings.Contains(strings.ToLower(why), "they own the "+productKey(product)) {
			t.Errorf("why: %q", why)
		}
	}
	r := find(t, ix, Query{Text: "the boiler is leaking", Products: []string{"Lamp"}})
	if got := strings.Join(ids(r), " "); !strings.Contains(got, "boiler-leaks") {
		t.Errorf("hidden: %v", got)
	}
}

func TestWhySaysWhatFits(t *testing.T) {
	ix := Build(shop())
	for text, want := range map[string]string{
		"charged twice for an order ":       "customers ask: 'charged twice for one order'",
		"two times they took the money ":    "customers ask: 'you took the money two times'",
		"close ":                            "title says 'close'",
		"should I check the descaling seal": "the answer says 'descale', 'check', 'seal'",
		"membrship ":                        "spelt like 'membership'",
		"chargd twise ":                     "spelt like 'charged', 'twice'",
	} {
		r := find(t, ix, Query{Text: text})
		if len(r.Hits) == 0 || r.Hits[0].Why != want {
			t.Errorf("%q: %+v, want why %q", text, r.Hits, want)
		}
	}
}

func TestStaleAndDraftAnswersSinkAndSayWhy(t *testing.T) {
	now := time.Date(2026, 11, 18, 12, 0, 0, 0, time.UTC)
	answer := func(id assist.ID, change func(*assist.Answer)) assist.Answer {
		a := assist.Answer{ID: id, Title: "Opening hours", Say: "From 9 to 5."}
		change(&a)
		return a
	}
	ix := Build([]assist.Answer{
		answer("a-draft", func(a *assist.Answer) { a.Draft = true }),
		answer("b-never", func(a *assist.Answer) { a.VerifyEvery = 30 }),
		answer("c-old", func(a *assist.Answer) { a.VerifyEvery, a.Verified = 10, assist.Date{Year: 2026, Month: 11, Day: 3} }),
		answer("d-older", func(a *assist.Answer) { a.VerifyEvery, a.Verified = 10, assist.Date{Year: 2024, Month: 11, Day: 3} }),
		answer("e-good", func(a *assist.Answer) { a.VerifyEvery, a.Verified = 90, assist.Date{Year: 2026, Month: 11, Day: 3} }),
		{ID: "other", Title: "Something else", Say: "Else."},
	})
	r := find(t, ix, Query{Text: "opening hours ", Now: now})
	if got, want := fmt.Sprint(ids(r)), "[e-good b-never c-old d-older a-draft]"; got != want {
		t.Errorf("order %s, want %s", got, want)
	}
	for i, want := range []string{"'hours'", "; never verified", "; not verified for 15 days", "; not verified for 745 days", "; a draft"} {
		if h := r.Hits[i]; !strings.HasSuffix(h.Why, want) || h.Stale != (i >= 1 && i <= 3) {
			t.Errorf("%s: why %q, stale %v; want %q at the end", h.Answer.ID, h.Why, h.Stale, want)
		}
	}
	if r = find(t, ix, Query{Text: "opening hours "}); r.Hits[0].Stale {
		t.Error("stale without a now")
	}
}

func TestEqualAnswersComeByIdAndOrderOfInputIsForgotten(t *testing.T) {
	var same []assist.Answer
	for i := range 30 {
		same = append(same, assist.Answer{ID: assist.ID(fmt.Sprintf("a%02d", i)), Title: "Opening hours", Say: "From 9 to 5"})
	}
	same = append(same, shop()...)
	q := Query{Text: "opening hours", Limit: 8}
	want := find(t, Build(same), q)
	if got := fmt.Sprint(ids(want)); got != "[a00 a01 a02 a03 a04 a05 a06 a07]" {
		t.Fatalf("got %s", got)
	}
	for seed := range uint64(5) {
		rand.New(rand.NewPCG(seed, 1)).Shuffle(len(same), func(i, j int) { same[i], same[j] = same[j], same[i] })
		if got := find(t, Build(same), q); !reflect.DeepEqual(got, want) {
			t.Fatalf("shuffled: %v", ids(got))
		}
	}
}

func TestOddLibraries(t *testing.T) {
	var none *Index = &Index{}
	for name, ix := range map[string]*Index{
		"zero":  none,
		"empty": Build(nil),
		"blank": Build([]assist.Answer{{}, {ID: "x"}, {ID: "y", Phrasings: []string{"", "\x00", "🙂"}, Products: []string{""}, Steps: []string{""}}}),
		"twice": Build([]assist.Answer{{ID: "x", Title: "first hours"}, {ID: "x", Title: "second hours"}, {ID: "y", Title: "else"}}),
		"one":   Build(shop()[:1]),
	} {
		for _, text := range []string{"", "hours", "charged twice", "🙂"} {
			r := find(t, ix, Query{Text: text, Products: []string{"", "x"}, Limit: -1})
			if name == "twice" && text == "hours" && (len(r.Hits) != 1 || r.Hits[0].Answer.Title != "first hours") {
				t.Errorf("of two with one id: %+v", r)
			}
			if name == "one" && text == "charged twice" && len(r.Hits) != 1 {
				t.Errorf("a library of one finds %v", r)
			}
		}
	}
}

func TestOfALongTextTheEndCounts(t *testing.T) {
	ix := Build(shop())
	long := strings.Repeat("my kettle is leaking all day long and ", 300) + strings.Repeat("so ", 60) + "I was charged twice for one order "
	if got := ids(find(t, ix, Query{Text: long})); len(got) == 0 || got[0] != "charged-twice" {
		t.Errorf("got %v", got)
	}
}

func TestStopsWhenTheContextEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if r, err := Build(shop()).Find(ctx, Query{Text: "refund"}); !errors.Is(err, context.Canceled) || len(r.Hits) != 0 {
		t.Errorf("got %v, %v", r, err)
	}
}

func TestManyMayAskAtOnce(t *testing.T) {
	ix := Build(shop())
	want := find(t, ix, Query{Text: "where is my parcel"})
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 50 {
				if got, err := ix.Find(context.Background(), Query{Text: "where is my parcel"}); err != nil || !reflect.DeepEqual(got, want) {
					t.Errorf("got %v, %v", ids(got), err)
				}
				_, _ = ix.Find(context.Background(), Query{Text: "it leaks", Products: []string{"Kettle Pro"}})
			}
		})
	}
	all.Wait()
}

func FuzzFind(f *testing.F) {
	built := Build(shop())
	learned, err := built.Train(context.Background())
	if err != nil {
		f.Fatal(err)
	}
	for _, s := range []string{"", "charged twice", "refu", "\x00\xff", "🙂 'à’ {{x}} {{", "bioler 3 leaks", strings.Repeat("a", 500), strings.Repeat("it leaks ", 1_200)} {
		f.Add(s, "Kettle Pro", "about the bioler", 3)
	}
	f.Fuzz(func(t *testing.T, text, product, earlier string, limit int) {
		for _, q := range []Query{
			{Text: text, Limit: limit},
			{Text: text, Products: []string{product}, Earlier: earlier, About: []string{earlier}, Limit: limit, Explain: true},
			{Text: text, Named: []string{product}, Limit: limit, Language: product},
		} {
			for _, ix := range []*Index{built, learned} {
				r := find(t, ix, q)
				if limit > 0 && len(r.Hits) > limit || (r.State == None) != (len(r.Hits) == 0) || r.Sure < 0 || r.Sure > 1 {
					t.Fatalf("%q: %s, %.2f, with %d hits of %d", text, r.State, r.Sure, len(r.Hits), limit)
				}
				for i, h := range r.Hits {
					if h.Why == "" || !(h.Score > 0) || i > 0 && h.Score > r.Hits[i-1].Score {
						t.Fatalf("%q: hit %d is %+v", text, i, h)
					}
				}
				if again := find(t, ix, q); !reflect.DeepEqual(r, again) {
					t.Fatalf("%q: %v and then %v", text, ids(r), ids(again))
				}
			}
		}
	})
}
