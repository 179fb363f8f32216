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

const unheard = "my card shows the parcel sum double"

// said opens an answer by words that it does not have, and says it.
func said(r *rig, words string, id assist.ID) View {
	r.hear(words)
	r.use(Use{Answer: id})
	return r.use(Use{Answered: AnsweredUse{Answer: id, Said: true}})
}

// finds is an index that finds one answer by all words.
type finds struct{ answer assist.Answer }

func (f finds) Answer(id assist.ID) (assist.Answer, bool) { return f.answer, id == f.answer.ID }

func TestSayingAnAnswerOffersTheWordsThatFoundIt(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", marysNumber, phone.Answered)
		v := said(r, unheard, "late-parcel")
		if !v.Open.Said || v.Learn == nil || *v.Learn != (Learn{Answer: "late-parcel", Title: "The parcel is late", Words: unheard}) {
			t.Fatalf("open %+v, learn %+v", v.Open, v.Learn)
		}
		v = r.use(Use{Learn: LearnUse{Words: "  the parcel sum is\ndouble "}})
		if v.Learn == nil || !v.Learn.Taken || v.Learn.Words != "the parcel sum is double" {
			t.Fatalf("learn %+v", v.Learn)
		}
		r.rest()
		a := one[assist.Answer](t, r.store)
		if got := a.Phrasings; !slices.Equal(got, append(slices.Clone(answers[1].Phrasings), "the parcel sum is double")) {
			t.Errorf("phrasings %q", got)
		}
		changed := slices.Clone(answers)
		changed[1] = a
		r.desk.SetLibrary(Library{Index: search.Build(changed), Prompts: prompts})
		if v = r.hear("the parcel sum is double"); v.Answers.Hits[0].ID != "late-parcel" || v.Learn != nil {
			t.Errorf("found %+v, learn %+v", v.Answers.Hits, v.Learn)
		}
		if v = said(r, "The parcel sum is double!", "late-parcel"); v.Learn != nil {
			t.Errorf("a wording that is there is offered again: %+v", v.Learn)
		}
	})
}

func TestWordingsGoToTheTrainersWhenTheTeamWantsThat(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.desk.SetReview(true)
		call := r.ring("1", marysNumber, phone.Answered).Call
		if v := said(r, unheard, "late-parcel"); v.Learn == nil || !v.Learn.Review {
			t.Fatalf("learn %+v", v.Learn)
		}
		if v := r.use(Use{Learn: LearnUse{Words: unheard}}); !v.Learn.Taken || !v.Learn.Review {
			t.Errorf("learn %+v", v.Learn)
		}
		r.rest()
		p := one[assist.Proposal](t, r.store)
		if p.Answer != "late-parcel" || p.Phrasing != unheard || p.Call != call || p.Rep != "tom" || !p.Closed.IsZero() || p.At.IsZero() {
			t.Errorf("proposed %+v", p)
		}
		if n := len(kept[assist.Answer](r.store)); n != 0 {
			t.Errorf("%d answers were changed", n)
		}
	})
}

func TestTwoWordingsAfterOneAnotherAreBothKept(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", marysNumber, phone.Answered)
		for _, words := range []string{unheard, "parcel went to my neighbour"} {
			said(r, words, "late-parcel")
			r.use(Use{Learn: LearnUse{Words: words}})
			r.use(Use{CloseAnswer: true})
		}
		r.desk.SetLibrary(library()) // one that was read before both
		r.rest()
		said(r, "parcel never came here", "late-parcel")
		r.use(Use{Learn: LearnUse{Words: "parcel never came here"}})
		r.rest()
		if a := one[assist.Answer](t, r.store); len(a.Phrasings) != len(answers[1].Phrasings)+3 {
			t.Errorf("phrasings %q", a.Phrasings)
		}
	})
}

func TestWhatNeedNotBeLearnedIsNotOffered(t *testing.T) {
	full := answers[1]
	full.Phrasings = slices.Repeat([]string{"x"}, mostPhrasings)
	for name, c := range map[string]struct {
		words string
		do    func(r *rig)
	}{
		"a title":           {"the parcel is late!", nil},
		"a phrasing":        {"Where is my parcel?", nil},
		"one word":          {"parcel", nil},
		"short words":       {"it is my parcel", nil},
		"it was not found":  {"", nil},
		"only her name":     {"parcel shaw 0113 4960123", nil},
		"a full answer":     {unheard, func(r *rig) { r.desk.SetLibrary(Library{Index: search.Build([]assist.Answer{full})}) }},
		"taken back":        {unheard, nil},
		"wrong":             {unheard, nil},
		"another is opened": {unheard, nil},
	} {
		t.Run(name, func(t *testing.T) {
			story(t, func(t *testing.T, r *rig) {
				if c.do != nil {
					c.do(r)
				}
				r.ring("1", marysNumber, phone.Answered)
				v := said(r, c.words, "late-parcel")
				switch name {
				case "taken back":
					v = r.use(Use{Answered: AnsweredUse{Answer: "late-parcel", Said: true}})
				case "wrong":
					v = r.use(Use{Answered: AnsweredUse{Answer: "late-parcel", Wrong: true}})
				case "another is opened":
					v = r.use(Use{Answer: "charged-twice"})
				}
				if v.Learn != nil {
					t.Errorf("offered %+v", v.Learn)
				}
				if v = r.use(Use{Learn: LearnUse{Words: "nobody offered this"}}); v.Learn != nil {
					t.Errorf("took %+v", v.Learn)
				}
				r.rest()
				if n := len(kept[assist.Answer](r.store)); n != 0 {
					t.Error("an answer was changed")
				}
			})
		})
	}
}

func TestAWordingTellsNothingOfTheCustomer(t *testing.T) {
	for heard, want := range map[string]string{
		"charged twice for order 4411-B":         "charged twice for order",
		"mary shaw was charged twice":            "was charged twice",
		"Mary's order, Shaw’s card":              "order, card",
		"mail to mary@shaw.example again please": "mail to again please",
		"0113 496 0123":                          "",
		strings.Repeat("long ", 100):             strings.TrimSpace(strings.Repeat("long ", 40)),
	} {
		if got := wording(heard, mary); got != want {
			t.Errorf("%q becomes %q, want %q", heard, got, want)
		}
	}
	for name, c := range map[string]struct{ heard, want string }{
		"Anne Shaw-Reed": {"the shaw-reed order of anne-shaw", "the order of"},
		"Seán O'Brien":   {"sean obrien's parcel, says O’Brien", "parcel, says"},
		"田中 美咲":          {"田中です 荷物が届きません", "です 荷物が届きません"},
		"!!":             {"late !! again", "late !! again"},
	} {
		if got := wording(c.heard, assist.Customer{Name: name}); got != c.want {
			t.Errorf("%s: %q becomes %q, want %q", name, c.heard, got, c.want)
		}
	}
}

func TestARefusedWordingIsNotKept(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", marysNumber, phone.Answered)
		said(r, unheard, "late-parcel")
		if v := r.use(Use{Learn: LearnUse{Refuse: true}}); v.Learn != nil || v.Open == nil || !v.Open.Said {
			t.Errorf("learn %+v, open %+v", v.Learn, v.Open)
		}
		said(r, "parcel went to my neighbour", "late-parcel")
		if v := r.use(Use{Learn: LearnUse{Words: strings.Repeat("x", 600)}}); v.Learn == nil || v.Learn.Taken || !strings.Contains(v.Trouble, "longer than") {
			t.Errorf("learn %+v, trouble %q", v.Learn, v.Trouble)
		}
		if v := r.use(Use{Learn: LearnUse{Words: "x"}}); v.Trouble != "" {
			t.Errorf("trouble stays: %q", v.Trouble)
		}
	})
}

func TestWhatCameOfAnAnswerIsKeptWithTheCall(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		mark := func(u AnsweredUse) *Open {
			u.Answer = "charged-twice"
			return r.use(Use{Answered: u}).Open
		}
		call := r.ring("1", marysNumber, phone.Answered).Call
		r.hear("charged twice")
		r.use(Use{Answer: "charged-twice"})
		if o := mark(AnsweredUse{Helped: true}); !o.Said || !o.Helped {
			t.Errorf("helped: %+v", o)
		}
		if o := mark(AnsweredUse{Wrong: true}); !o.Said || o.Helped || !o.Wrong {
			t.Errorf("wrong: %+v", o)
		}
		if o := mark(AnsweredUse{Helped: true}); !o.Helped || o.Wrong {
			t.Errorf("helped after all: %+v", o)
		}
		if o := mark(AnsweredUse{Said: true}); o.Said || o.Helped {
			t.Errorf("taken back: %+v", o)
		}
		mark(AnsweredUse{Said: true})
		r.use(Use{Answered: AnsweredUse{Answer: "late-parcel", Said: true}}) // it is not open
		r.rest()
		draft := one[assist.Draft](t, r.store)
		if u := draft.Call.Used; len(u) != 1 || !u[0].Said || u[0].Helped || u[0].Wrong {
			t.Errorf("the draft has %+v", u)
		}

		again := run(t, r.store) // the first desk is as good as dead
		again.settle()
		if v := again.use(Use{Call: call}); v.Phase != Wrapping {
			t.Fatalf("view is %s", text(t, v))
		}
		if v := again.use(Use{Answer: "charged-twice"}); !v.Open.Said {
			t.Errorf("the mark is gone: %+v", v.Open)
		}
		again.done()
		again.rest()
		if u := one[assist.Call](t, r.store).Used; len(u) != 1 || !u[0].Said {
			t.Errorf("the call has %+v", u)
		}
		if err := again.stop(); err != nil {
			t.Error(err)
		}
	})
}

func TestSayingAnAnswerAtAnIdleDeskBeginsACall(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		v := r.hear("charged twice")
		if v = r.use(Use{Answer: "charged-twice"}); v.Phase != Idle || v.Open == nil {
			t.Fatalf("looking an answer up is no call: %s", text(t, v))
		}
		v = r.use(Use{Answered: AnsweredUse{Answer: "charged-twice", Said: true}})
		if v.Phase != Talking || v.Open == nil || !v.Open.Said || v.Heard != "charged twice" {
			t.Fatalf("view is %s", text(t, v))
		}
		r.done()
		r.rest()
		c := one[assist.Call](t, r.store)
		if len(c.Used) != 1 || c.Used[0].Heard != "charged twice" || !c.Used[0].Said || !slices.Contains(c.Shown, "charged-twice") {
			t.Errorf("kept %+v", c)
		}
	})
}

func TestAnAnswerOfTheLibraryThatWasSaidIsWorthKeeping(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", "", phone.Answered)
		if v := said(r, "", "late-parcel"); v.Learn != nil || !v.Open.Said {
			t.Fatalf("view is %s", text(t, v))
		}
		r.done()
		r.rest()
		if c := one[assist.Call](t, r.store); len(c.Used) != 1 || !c.Used[0].Said {
			t.Errorf("kept %+v", c)
		}
	})
}

func TestShownAreTheAnswersThatStoodWhenTypingRested(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", marysNumber, phone.Answered)
		shown := func() []assist.ID {
			drafts := kept[assist.Draft](r.store)
			if len(drafts) == 0 {
				return nil
			}
			return drafts[0].Call.Shown
		}
		for _, words := range []string{"p", "pa", "par"} {
			r.hear(words)
			time.Sleep(250 * time.Millisecond)
			r.settle()
		}
		if got := shown(); len(got) != 0 {
			t.Fatalf("shown while typing: %v", got)
		}
		r.hear("where is my parcel")
		time.Sleep(301 * time.Millisecond)
		r.settle()
		if got := shown(); !slices.Equal(got, []assist.ID{"late-parcel"}) {
			t.Errorf("shown %v", got)
		}
		r.hear("charged twice")
		r.use(Use{Answer: "charged-twice"}) // opened without a rest
		r.hear("where is my parcel")
		r.rest()
		r.done()
		r.rest()
		if got := one[assist.Call](t, r.store).Shown; !slices.Equal(got, []assist.ID{"late-parcel", "charged-twice"}) {
			t.Errorf("shown %v", got)
		}
	})
}

func TestACallRemembersFiftyShownAnswers(t *testing.T) {
	d := New(Config{})
	tk := d.newTalk(time.Now())
	for i := range 60 {
		tk.hits = []search.Hit{{Answer: assist.Answer{ID: assist.ID(strings.Repeat("a", i+1))}}}
		d.seen(tk)
		d.seen(tk)
	}
	if n := len(tk.call.Shown); n != mostSeen || tk.call.Shown[0] != "a" {
		t.Errorf("%d are remembered", n)
	}
}
