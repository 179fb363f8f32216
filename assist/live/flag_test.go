package live

import (
	"slices"
	"strings"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/phone"
	"ringside/assist/search"
)

// wrong opens the answer about double charges and says that it is wrong.
func wrong(r *rig) View {
	r.use(Use{Answer: "charged-twice"})
	return r.use(Use{Answered: AnsweredUse{Answer: "charged-twice", Wrong: true}})
}

func TestOneKeyFlagsTheAnswerAndTheNextItsSentence(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		call := r.ring("1", marysNumber, phone.Answered).Call
		v := wrong(r)
		f := one[assist.Flag](t, r.store)
		if !v.Open.Wrong || f.Answer != "charged-twice" || f.Call != call || f.Customer != "mary" || f.Rep != "tom" || f.Sentence != "" || f.At.IsZero() {
			t.Fatalf("open %+v, kept %+v", v.Open, f)
		}
		want := []string{"I can see both charges, Mary Shaw.", "Find the order", "Refund the second charge"}
		if !v.Open.Flagging || !slices.Equal(v.Open.Sentences, want) {
			t.Fatalf("sentences %q", v.Open.Sentences)
		}
		v = r.use(Use{Answered: AnsweredUse{Sentence: 1}})
		if g := one[assist.Flag](t, r.store); g.ID != f.ID || g.Sentence != "I can see both charges, {{customer.name}}." || v.Open.Sentence != 1 {
			t.Errorf("kept %+v, shown %+v", g, v.Open.Flagging)
		}
		r.use(Use{Answered: AnsweredUse{Typed: true, Why: "only one is shown "}})
		v = r.use(Use{Answered: AnsweredUse{Done: true}})
		if g := one[assist.Flag](t, r.store); g.Why != "only one is shown" || v.Open.Flagging {
			t.Errorf("kept %+v, shown %+v", g, v.Open.Flagging)
		}
		if want := "Flagged as wrong today by Tom: “I can see both charges, Mary Shaw.” (only one is shown)"; !slices.Contains(v.Open.Warnings, want) {
			t.Errorf("warnings %q", v.Open.Warnings)
		}
	})
}

func TestAFlagIsKeptInOneWriteWithItsCall(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", marysNumber, phone.Answered)
		wrong(r)
		for _, save := range r.store.saves {
			flag := slices.IndexFunc(save, func(x assist.Record) bool { _, ok := x.(assist.Flag); return ok })
			if flag < 0 {
				continue
			}
			marked := slices.ContainsFunc(save, func(x assist.Record) bool {
				d, ok := x.(assist.Draft)
				return ok && len(d.Call.Used) == 1 && d.Call.Used[0].Wrong
			})
			if !marked {
				t.Errorf("the flag was saved without the call: %v", save)
			}
			return
		}
		t.Error("no flag was saved")
	})
}

func TestWhyAnAnswerIsWrongIsKeptHoweverTheRepGoesOn(t *testing.T) {
	for name, on := range map[string]func(r *rig){
		"the call goes on":   func(r *rig) { r.hear("and my parcel") },
		"another answer":     func(r *rig) { r.use(Use{Answer: "late-parcel"}) },
		"the answer is shut": func(r *rig) { r.use(Use{CloseAnswer: true}) },
		"the call is done":   func(r *rig) { r.done() },
		"the app ends":       func(r *rig) { _ = r.stop() },
	} {
		t.Run(name, func(t *testing.T) {
			story(t, func(t *testing.T, r *rig) {
				r.ring("1", marysNumber, phone.Answered)
				wrong(r)
				r.use(Use{Answered: AnsweredUse{Typed: true, Why: "it takes five days"}})
				on(r)
				r.settle()
				if f := one[assist.Flag](t, r.store); f.Why != "it takes five days" || !f.Closed.IsZero() {
					t.Errorf("kept %+v", f)
				}
			})
		})
	}
}

func TestAFlagIsTakenBackWithItsMark(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", marysNumber, phone.Answered)
		wrong(r)
		v := r.use(Use{Answered: AnsweredUse{Answer: "charged-twice", Helped: true}})
		if f := one[assist.Flag](t, r.store); f.Closed.IsZero() || f.By != "tom" || f.Fixed {
			t.Errorf("kept %+v", f)
		}
		if v.Open.Flagging || v.Open.Flagged != "" || len(v.Open.Warnings) != 0 {
			t.Errorf("shown %+v", v.Open)
		}
	})
}

func TestEverybodyWhoOpensAFlaggedAnswerIsWarned(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		lib := library()
		flag := assist.Flag{ID: "f", Answer: "charged-twice", Rep: "anna", At: time.Now(), Sentence: "Refund the second charge"}
		gone := assist.Flag{ID: "g", Answer: "charged-twice", Rep: "anna", At: time.Now(), Sentence: "It takes three days."}
		lib.Flags = map[assist.ID][]assist.Flag{"charged-twice": {gone, flag}}
		r.desk.SetLibrary(lib)
		r.ring("1", marysNumber, phone.Answered)
		v := r.hear("charged twice")
		if got := v.Answers.Hits[0].Flagged; got != "flagged as wrong today by Anna" {
			t.Errorf("in the list: %q", got)
		}
		v = r.use(Use{Answer: "charged-twice"})
		if want := []string{"Flagged as wrong today by Anna: “Refund the second charge”"}; !slices.Equal(v.Open.Warnings, want) {
			t.Errorf("warnings %q, want %q: a sentence that is gone needs none", v.Open.Warnings, want)
		}
		r.desk.SetLibrary(library()) // it was settled meanwhile
		if v = r.settle(); len(v.Open.Warnings) != 0 {
			t.Errorf("warnings %q of what is settled", v.Open.Warnings)
		}
	})
}

func TestAFlagOfAStrangersCallBecomesTheirs(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", strangers, phone.Answered)
		wrong(r)
		r.use(Use{Caller: "paul"})
		if f := one[assist.Flag](t, r.store); f.Customer != "paul" {
			t.Errorf("kept %+v", f)
		}
	})
}

func TestAFlagThatWasSettledMeanwhileStaysSettled(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", strangers, phone.Answered)
		wrong(r)
		f := one[assist.Flag](t, r.store)
		lib := library()
		lib.Flags = map[assist.ID][]assist.Flag{f.Answer: {f}}
		r.desk.SetLibrary(lib)
		r.settle()
		r.desk.SetLibrary(library()) // its owner has closed it
		r.settle()
		r.use(Use{Caller: "paul"})
		r.use(Use{Answered: AnsweredUse{Typed: true, Why: "late words"}})
		r.use(Use{Answered: AnsweredUse{Done: true}})
		if g := one[assist.Flag](t, r.store); g != f {
			t.Errorf("it was written back: %+v", g)
		}
	})
}

func TestAPageChangedOnTheDayOfVerifyingWhereTheRepIs(t *testing.T) {
	summer := time.FixedZone("", 2*3600)
	a := assist.Answer{Verified: assist.Date{Year: 2026, Month: 6, Day: 10}}
	for changed, later := range map[string]bool{
		"2026-06-10T21:59:00Z": false, // still the 10th there
		"2026-06-10T22:01:00Z": true,
		"2026-06-09T22:30:00Z": false,
	} {
		at, err := time.Parse(time.RFC3339, changed)
		if err != nil {
			t.Fatal(err)
		}
		if got := changedSince(assist.WebPage{Changed: at}, a, summer); got != later {
			t.Errorf("changed %s: %v", changed, got)
		}
	}
}

func TestTheOpenAnswerSaysWhatToMindAndWhoseItIs(t *testing.T) {
	at := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC) // as the bubble begins
	a := assist.Answer{ID: "returns", Title: "Returns", Department: "Returns", Also: []string{"Sales"}, Say: "Thirty days.", Owner: "anna", Deputy: "tom",
		Phrasings: []string{"send it back"}, Web: "https://www.example.org/returns/", Verified: assist.DateOf(at.AddDate(0, 0, -40)), VerifyEvery: 30}
	key := assist.WebPage{URL: "example.org/returns"}.Key()
	page := assist.WebPage{ID: key, URL: "example.org/returns", Title: "How to return", Read: at.AddDate(0, 0, -3)}
	since := func(days int) assist.WebPage { p := page; p.Changed = at.AddDate(0, 0, days); return p }
	gone := page
	gone.Gone = true
	const read = "The customer may just have read this on our site: “How to return”, read on 29 Dec 1999."
	for name, c := range map[string]struct {
		pages map[assist.ID]assist.WebPage
		site  string
		mind  string
	}{
		"no page is known":          {nil, "", ""},
		"the page stands":           {map[assist.ID]assist.WebPage{key: page}, read, ""},
		"changed before":            {map[assist.ID]assist.WebPage{key: since(-41)}, read, ""},
		"changed on that day":       {map[assist.ID]assist.WebPage{key: since(-40)}, read, ""},
		"changed after":             {map[assist.ID]assist.WebPage{key: since(-4)}, read, "Our site says something else since 28 Dec 1999: compare before you say it."},
		"it is no longer there":     {map[assist.ID]assist.WebPage{key: gone}, "", "Our site no longer has the page “How to return”: it was gone on 29 Dec 1999."},
		"another page of the house": {map[assist.ID]assist.WebPage{"other": page}, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			story(t, func(t *testing.T, r *rig) {
				r.desk.SetLibrary(Library{Index: search.Build([]assist.Answer{a}), Pages: c.pages})
				v := r.use(Use{Answer: "returns"})
				want := []string{"Not verified for 40 days: check before you say it."}
				if c.mind != "" {
					want = append(want, c.mind)
				}
				if v.Open.Site != c.site || !slices.Equal(v.Open.Warnings, want) {
					t.Errorf("site %q, warnings %q", v.Open.Site, v.Open.Warnings)
				}
				if v.Open.Owner != "Anna" || v.Open.Deputy != "Tom" || !slices.Equal(v.Open.Also, a.Also) || v.Open.Verified != "not verified for 40 days" {
					t.Errorf("open %+v", v.Open)
				}
			})
		})
	}
}

func TestTheOwnerOfAnAnswerIsWhoseTurnItIs(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		a := answers[1]
		a.Rota, a.VerifyEvery, a.Verified = []assist.ID{"anna", "tom"}, 30, assist.DateOf(time.Now())
		seen := map[string]bool{}
		for range 2 {
			r.desk.SetLibrary(Library{Index: search.Build([]assist.Answer{a})})
			seen[r.use(Use{Answer: a.ID}).Open.Owner] = true
			time.Sleep(30 * 24 * time.Hour)
		}
		if !seen["Anna"] || !seen["Tom"] {
			t.Errorf("asked were %v", seen)
		}
	})
}

func TestAnAnswerThatWentIntoAnotherLeadsThere(t *testing.T) {
	off := func(id, into assist.ID) assist.Answer {
		return assist.Answer{ID: id, Title: "Old", Department: "d", Say: "s", Off: true, Into: into}
	}
	story(t, func(t *testing.T, r *rig) {
		if v := r.use(Use{Answer: "older"}); v.Open == nil || v.Open.ID != "late-parcel" {
			t.Errorf("open %+v", v.Open)
		}
		for _, id := range []assist.ID{"round", "alone", "nobody"} {
			r.use(Use{CloseAnswer: true})
			if v := r.use(Use{Answer: id}); v.Open != nil {
				t.Errorf("%s opened %+v", id, v.Open)
			}
		}
	}, off("older", "old"), off("old", "late-parcel"), off("round", "about"), off("about", "round"), off("alone", ""))
}

func TestACallThatUsedAnAnswerThatIsOffKeepsWorking(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", marysNumber, phone.Answered)
		r.hear("charged twice")
		r.use(Use{Answer: "charged-twice"})
		r.desk.SetLibrary(Library{Index: search.Build(answers[1:]), Prompts: prompts})
		v := r.use(Use{Answered: AnsweredUse{Answer: "charged-twice", Said: true}})
		if v.Open == nil || !v.Open.Said || !strings.Contains(v.Open.Say, "Mary Shaw") {
			t.Fatalf("open %+v", v.Open)
		}
		r.done()
		if c := one[assist.Call](t, r.store); len(c.Used) != 1 || !c.Used[0].Said {
			t.Errorf("kept %+v", c)
		}
	})
}

func TestAFlagThatATrainerHasSettledStaysSettled(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", strangers, phone.Answered)
		wrong(r)
		f := one[assist.Flag](t, r.store)
		lib := library()
		lib.Flags = map[assist.ID][]assist.Flag{f.Answer: {f}}
		r.desk.SetLibrary(lib)
		settled := f
		settled.Closed, settled.By = f.At.Add(time.Minute), "anna"
		if err := r.store.Save(t.Context(), settled); err != nil {
			t.Fatal(err)
		}
		r.desk.SetLibrary(library())
		r.use(Use{Caller: "paul"})
		if g := one[assist.Flag](t, r.store); g.Closed.IsZero() || g.By != "anna" {
			t.Errorf("kept %+v", g)
		}
	})
}
