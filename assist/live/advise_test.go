package live

import (
	"slices"
	"strings"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/ask"
	"ringside/assist/phone"
	"ringside/assist/search"
	"ringside/assist/settings"
)

// kindsOf lists the kinds of the moves.
func kindsOf(v View) (out []string) {
	for _, m := range v.Moves {
		out = append(out, m.Kind)
	}
	return out
}

// bubble is when a story begins.
var bubble = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

var lateForMary = assist.Promise{ID: "late", Customer: "mary", Rep: "anna", Text: "Send the blade", Made: bubble.AddDate(0, 0, -9), Due: bubble.AddDate(0, 0, -2), AllDay: true}

func TestAnUpsetCustomerIsNotAskedButToldSorry(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		v := r.ring("1", marysNumber, phone.Answered)
		if len(v.Prompts) == 0 || v.Quiet != "" {
			t.Fatalf("nothing is asked of somebody who is well: %q", v.Quiet)
		}
		v = r.use(Use{Mood: assist.Upset})
		if len(v.Prompts) != 0 || v.Quiet == "" || v.Mood != assist.Upset || !slices.Contains(kindsOf(v), ask.Sorry) {
			t.Errorf("upset: prompts %v, quiet %q, moves %v", v.Prompts, v.Quiet, v.Moves)
		}
		if v = r.use(Use{Mood: assist.Upset}); len(v.Prompts) == 0 || v.Mood != "" || slices.Contains(kindsOf(v), ask.Sorry) {
			t.Errorf("the mark cannot be taken back: %+v", v.Moves)
		}
		r.use(Use{Mood: assist.Hurried})
		r.done()
		if c := one[assist.Call](t, r.store); c.Mood != assist.Hurried {
			t.Errorf("the call remembers %q", c.Mood)
		}
	})
}

func TestWordsInTheNoteTakeQuestionsAwayOnceTypingRests(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", marysNumber, phone.Answered)
		v := r.note("Her husband passed away last week")
		if len(v.Prompts) == 0 {
			t.Fatal("the question goes while the rep types")
		}
		r.rest()
		if v = r.desk.View(); len(v.Prompts) != 0 || !strings.Contains(v.Quiet, "passed away") {
			t.Errorf("prompts %+v, why %q", v.Prompts, v.Quiet)
		}
	})
}

func TestALatePromiseIsToldFirstAndOnceSaidTheyKnow(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.store.put(lateForMary)
		v := r.ring("1", marysNumber, phone.Answered)
		if len(v.Moves) == 0 || v.Moves[0].Kind != ask.Sorry || !strings.Contains(v.Moves[0].Why, "Anna") || v.Moves[0].Why == "" {
			t.Fatalf("moves %+v", v.Moves)
		}
		if strings.Contains(strings.Join(v.Card.Brief, " "), "blade") {
			t.Errorf("the brief says it again: %v", v.Card.Brief)
		}
		v = r.use(Use{Move: MoveUse{Move: v.Moves[0].ID, Reply: assist.ReplyDone}})
		if slices.Contains(kindsOf(v), ask.Sorry) {
			t.Errorf("it stays: %+v", v.Moves)
		}
		p, a := one[assist.Promise](t, r.store), one[assist.Asked](t, r.store)
		if p.Told.IsZero() || !p.Open() || a.Reply != assist.ReplyDone {
			t.Errorf("promise %+v, asked %+v", p, a)
		}
		if v.Quiet == "" {
			t.Error("the promise is still late, and a question comes")
		}
		if v = r.use(Use{Keep: "late"}); v.Quiet != "" || len(v.Prompts) == 0 {
			t.Errorf("the promise is kept, and still %q", v.Quiet)
		}
	})
}

func TestWhoIsToldOfAnIncidentHasAPlaceInIt(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.store.put(assist.Incident{ID: "flood", Title: "Flood", Opened: bubble.Add(-time.Hour), Customers: []assist.ID{"mary"}},
			assist.Call{ID: "before", Customer: "mary", Rep: "anna", Started: bubble.AddDate(0, -1, 0)})
		r.desk.SetTeam(me, []assist.Rep{me, anna}, "GB")
		r.ring("0", strangers, phone.Answered)
		v := r.ring("1", marysNumber, phone.Ringing)
		if len(v.Others) != 1 || v.Others[0].Untold != "not told yet: “Flood”" {
			t.Errorf("while it rings: %+v", v.Others)
		}
		v = r.use(Use{Call: v.Others[0].Call})
		i := slices.Index(kindsOf(v), ask.Incident)
		if i < 0 || v.Card.Untold == "" {
			t.Fatalf("moves %+v", v.Moves)
		}
		v = r.use(Use{Move: MoveUse{Move: v.Moves[i].ID, Reply: assist.ReplyDone}})
		a := one[assist.Affected](t, r.store)
		if a.Incident != "flood" || a.Customer != "mary" || a.Concierge != "anna" || a.Told.IsZero() {
			t.Errorf("their place is %+v", a)
		}
		if slices.Contains(kindsOf(v), ask.Incident) || v.Card.Untold != "" {
			t.Error("they are to be told again")
		}
	})
}

func TestAKindOfMoveIsSwitchedOffForGood(t *testing.T) {
	store := newMemory(mary, lateForMary)
	synctestStory(t, store, func(t *testing.T, r *rig) {
		var off []string
		r.desk.cfg.OnOff = func(o settings.Off) { off = o.Moves }
		v := r.ring("1", marysNumber, phone.Answered)
		v = r.use(Use{Move: MoveUse{Move: v.Moves[0].ID, Off: true}})
		if slices.Contains(kindsOf(v), ask.Sorry) || !slices.Equal(off, []string{ask.Sorry}) {
			t.Errorf("moves %v, told %v", kindsOf(v), off)
		}
		if !strings.Contains(strings.Join(v.Card.Brief, " "), "blade") {
			t.Error("nobody says that the promise is late")
		}
		r.done()
		if v = r.ring("2", marysNumber, phone.Answered); slices.Contains(kindsOf(v), ask.Sorry) {
			t.Error("it is back in the next call")
		}
		r.desk.SetOff(settings.Off{})
		if v = r.settle(); !slices.Contains(kindsOf(v), ask.Sorry) {
			t.Error("it cannot be switched on again")
		}
	})
}

func TestAQuestionFollowsFromWhatWasJustSaid(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		follow := assist.Prompt{ID: "vans", Intelligence: assist.Market, Topic: "vans", Ask: []string{"How many vans will it be?"}, After: []string{"van*"}}
		r.desk.SetLibrary(Library{Index: search.Build(answers), Prompts: append(slices.Clone(prompts), follow)})
		v := r.ring("1", marysNumber, phone.Answered)
		if slices.ContainsFunc(v.Prompts, func(o Offer) bool { return o.Prompt == "vans" }) {
			t.Fatal("it is asked before anybody spoke of vans")
		}
		r.note("She buys a third van next year.")
		r.rest()
		if v = r.desk.View(); len(v.Prompts) == 0 || v.Prompts[0].Prompt != "vans" || !strings.Contains(v.Prompts[0].Why, "third van") {
			t.Errorf("prompts %+v", v.Prompts)
		}
	})
}

func TestALongCallIsLeftInPeace(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		if v := r.ring("1", marysNumber, phone.Answered); len(v.Prompts) == 0 {
			t.Fatal("nothing is asked")
		}
		time.Sleep(26 * time.Minute)
		if v := r.settle(); len(v.Prompts) != 0 || !strings.Contains(v.Quiet, "long") {
			t.Errorf("after 26 minutes: %+v, %q", v.Prompts, v.Quiet)
		}
	})
}

func TestAMoveThatIsNotThereIsIgnored(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		v := r.ring("1", marysNumber, phone.Answered)
		if got := r.use(Use{Move: MoveUse{Move: "nonsense", Reply: assist.ReplyDone}}); got.Seq != v.Seq || len(kept[assist.Asked](r.store)) != 0 {
			t.Error("it did something")
		}
	})
}
