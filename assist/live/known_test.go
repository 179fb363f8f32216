package live

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/ask"
	"ringside/assist/phone"
)

func TestPraiseOfAStrangerIsOfWhoTheyTurnOutToBe(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		knowing(r)
		r.ring("1", strangers, phone.Answered)
		r.hear("Anna was brilliant last week, please thank her.")
		r.rest()
		r.use(Use{Catch: CatchUse{Keep: true}})
		r.use(Use{Caller: "mary"})
		if k := one[assist.Kudos](t, r.store); k.Customer != "mary" {
			t.Errorf("kept %+v", k)
		}
		r.use(Use{Caller: "paul"})
	})
}

func TestWhatTheStoreDoesNotHaveYetOutlivesARefresh(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		knowing(r)
		v := r.ring("1", marysNumber, phone.Answered)
		r.note("She loves her Brackmoor, it starts first pull.")
		r.rest()
		r.store.unsaved(errors.New("the disk is full"))
		r.use(Use{Catch: CatchUse{Keep: true}})
		r.use(doneWith(r.desk.View(), ask.Sorry))
		for _, o := range v.Prompts {
			r.use(Use{Prompt: PromptUse{Prompt: o.Prompt, Reply: assist.ReplyNever}})
		}
		before := r.settle()
		r.desk.Refresh()
		after := r.settle()
		if len(before.Card.Known) != 1 || len(after.Card.Known) != 1 || slices.Contains(kindsOf(after), ask.Sorry) {
			t.Errorf("known %+v, moves %v", after.Card.Known, kindsOf(after))
		}
		for _, o := range after.Prompts {
			if slices.ContainsFunc(v.Prompts, func(p Offer) bool { return p.Prompt == o.Prompt }) {
				t.Errorf("%s is offered again", o.Prompt)
			}
		}
		r.store.unsaved(nil)
		time.Sleep(again + time.Second)
	}, lateForMary)
}

func TestWhoIsNoCustomerAnyMoreHasNothingToBeTold(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		if v := r.ring("1", marysNumber, phone.Answered); len(v.Moves) == 0 {
			t.Fatal("nothing to do")
		}
		r.use(Use{Letter: LetterUse{Open: true}})
		r.store.mu.Lock()
		delete(r.store.records, "customer mary")
		r.store.numbers = map[string][]assist.ID{}
		r.store.mu.Unlock()
		r.desk.Refresh()
		if v := r.settle(); v.Who == Known || len(v.Moves) != 0 || v.Quiet != "" || v.Letter != nil {
			t.Errorf("moves %+v, quiet %q, letter %+v", v.Moves, v.Quiet, v.Letter)
		}
	}, lateForMary)
}

func TestWhoDidNotAgreeIsNotRemembered(t *testing.T) {
	shy := mary
	shy.NoConsent = true
	story(t, func(t *testing.T, r *rig) {
		knowing(r)
		r.ring("1", marysNumber, phone.Answered)
		r.note("She loves her Brackmoor, it starts first pull.")
		if v := r.rest(); v.Catch != nil {
			t.Errorf("it is offered: %+v", v.Catch)
		}
		r.use(Use{Catch: CatchUse{Keep: true}})
		v := r.use(Use{Catch: CatchUse{Keep: true}})
		if n := len(kept[assist.Insight](r.store)); n != 0 || v.Catch != nil || v.Trouble == "" {
			t.Errorf("%d are kept, trouble %q", n, v.Trouble)
		}
		r.note("I told my sister about you and she bought one too.")
		if v = r.rest(); v.Catch != nil {
			t.Errorf("it is offered: %+v", v.Catch)
		}
		r.note("Anna was brilliant last week, please thank her.")
		if v = r.rest(); v.Catch == nil || v.Catch.Kind != CatchPraise {
			t.Errorf("praise is for us: %+v", v.Catch)
		}
	}, shy)
	story(t, func(t *testing.T, r *rig) {
		knowing(r)
		r.ring("1", strangers, phone.Answered)
		r.note("She loves her Brackmoor, it starts first pull.")
		r.rest()
		r.use(Use{Catch: CatchUse{Keep: true}})
		r.use(Use{Caller: "mary"})
		if i := one[assist.Insight](t, r.store); i.Customer != "" {
			t.Errorf("it has become theirs: %+v", i)
		}
	}, shy)
}

func TestTheRepsOwnAnswerIsNotLostToAPhoneCall(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.desk.cfg.Colleagues = ours{r.store}
		knowing(r)
		r.desk.SetTeam(me, []assist.Rep{me, anna}, "GB")
		r.settle()
		r.use(Use{Prompt: PromptUse{Prompt: "worry", Reply: assist.ReplyAsked}})
		r.use(Use{Prompt: PromptUse{Prompt: "worry", Reply: assist.ReplyAsked, Said: "Brackmoor has"}})
		r.desk.Ring(phone.Ring{ID: "1", From: marysNumber, Phase: phone.Ringing, At: time.Now()})
		v := r.use(Use{Prompt: PromptUse{Prompt: "worry", Reply: assist.ReplyAsked, Said: "Brackmoor has us"}})
		if v.Phase != Ringing || v.Reply != nil {
			t.Errorf("in the call: %+v", v.Reply)
		}
		r.ring("1", marysNumber, phone.Missed)
		if v = r.settle(); v.Reply == nil || v.Reply.Text != "Brackmoor has us" {
			t.Fatalf("after the call: %+v", v.Reply)
		}
		r.desk.SetTeam(me, []assist.Rep{me, anna}, "GB")
		if v = r.settle(); v.Reply == nil || v.Reply.Text != "Brackmoor has us" {
			t.Errorf("after the team was read: %+v", v.Reply)
		}
		r.desk.SetTeam(anna, []assist.Rep{me, anna}, "GB")
		if v = r.settle(); v.Reply != nil || len(v.Prompts) != 1 {
			t.Errorf("Anna sits here now: %+v, %+v", v.Reply, v.Prompts)
		}
	})
}

func TestTheRepIsNotAskedTwiceWhileTheirAnswerIsSaved(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.desk.cfg.Colleagues = ours{r.store}
		knowing(r)
		r.desk.SetTeam(me, []assist.Rep{me, anna}, "GB")
		r.settle()
		r.store.unsaved(errors.New("the disk is full"))
		r.use(Use{Prompt: PromptUse{Prompt: "worry", Reply: assist.ReplyNotNow}})
		r.desk.SetTeam(me, []assist.Rep{me, anna}, "GB")
		if v := r.settle(); len(v.Prompts) != 0 {
			t.Errorf("asked again: %+v", v.Prompts)
		}
		r.store.unsaved(nil)
		time.Sleep(again + time.Second)
	})
}

func TestASentenceThatGoesOnIsNotOfferedAgain(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		knowing(r)
		r.ring("1", marysNumber, phone.Answered)
		r.note("She loves her Brackmoor.")
		if v := r.rest(); v.Catch == nil {
			t.Fatal("nothing is caught")
		}
		r.use(Use{Catch: CatchUse{Refuse: true}})
		r.note("She loves her Brackmoor, it starts first pull.")
		if v := r.rest(); v.Catch != nil {
			t.Errorf("offered again: %+v", v.Catch)
		}
		r.note("She loves her Brackmoor, it starts first pull. She hates the Brackmoor shop.")
		if v := r.rest(); v.Catch == nil {
			t.Error("what is new is not offered")
		}
	})
}

func TestAChoiceIsForTheCallThatWasSeen(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		knowing(r)
		marys := r.ring("1", marysNumber, phone.Answered).Call
		r.use(Use{Letter: LetterUse{Open: true}})
		r.note("She loves her Brackmoor, it starts first pull.")
		r.rest()
		r.use(Use{Found: FoundUse{Type: assist.TypeCustomer, ID: "paul", Call: true}})
		pauls := r.use(Use{NextCall: true}).Call
		if pauls == marys {
			t.Fatal("Paul's call is not in front")
		}
		r.use(Use{Letter: LetterUse{Open: true}})
		r.desk.UseIn(marys, Use{Letter: LetterUse{Typed: true, Body: "Dear Mary"}})
		r.desk.UseIn(marys, Use{Mood: assist.Upset})
		r.desk.UseIn(marys, Use{Catch: CatchUse{Keep: true}})
		r.desk.UseIn("gone", Use{Mood: assist.Hurried})
		v := r.settle()
		if v.Call != pauls || v.Mood != "" || v.Letter.Body == "Dear Mary" || one[assist.Insight](t, r.store).Customer != "mary" {
			t.Errorf("Paul's call: mood %q, letter %q", v.Mood, v.Letter.Body)
		}
		r.desk.HearIn(marys, "Do you sell tractors?")
		r.desk.UseIn(marys, Use{FindOut: true})
		if r.settle(); one[assist.Gap](t, r.store).Customer != "mary" {
			t.Errorf("Mary's question: %+v", one[assist.Gap](t, r.store))
		}
		r.desk.UseIn("", Use{People: "paul"})
		r.desk.UseIn("gone", Use{WrapUp: WrapUpUse{Done: true}})
		if v = r.settle(); v.Call != pauls || v.People.For != "paul" {
			t.Errorf("Done of a call that has gone, and then %s, people %+v", v.Call, v.People)
		}
		if v = r.use(Use{Call: marys}); v.Mood != assist.Upset || v.Letter.Body != "Dear Mary" {
			t.Errorf("Mary's call: mood %q, letter %q", v.Mood, v.Letter.Body)
		}
	})
}

func TestAPromiseIsForTheCallThatWasSeen(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		marys := r.ring("1", marysNumber, phone.Answered).Call
		r.use(Use{Found: FoundUse{Type: assist.TypeCustomer, ID: "paul", Call: true}})
		r.use(Use{NextCall: true})
		r.desk.PromiseIn(marys, PromiseUse{Text: "Send the blade", Due: bubble.AddDate(0, 0, 3)})
		r.desk.PromiseIn("gone", PromiseUse{Text: "Send the moon", Due: bubble.AddDate(0, 0, 3)})
		if r.settle(); one[assist.Promise](t, r.store).Customer != "mary" {
			t.Errorf("kept %+v", one[assist.Promise](t, r.store))
		}
	})
}

// mute are colleagues of whom the store says nothing until ctx ends.
type mute struct{ ours }

func (mute) Answerers(ctx context.Context, _ []assist.ID, _ int) ([]assist.Call, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}

func TestWhoIsLookedForInVainKeepsNobodyWaiting(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.desk.cfg.Colleagues = mute{ours{r.store}}
		r.ring("1", marysNumber, phone.Answered)
		r.hear("charged twice")
		r.use(Use{Help: PaperUse{Make: true}})
		time.Sleep(grace)
		if v := r.settle(); v.Helpers == nil || !v.Helpers.Looking {
			t.Errorf("helpers %+v", v.Helpers)
		}
		for range 3 {
			r.use(Use{Help: PaperUse{Close: true}})
			if v := r.use(Use{Help: PaperUse{Make: true}}); v.Trouble != "" {
				t.Errorf("trouble %q", v.Trouble)
			}
			time.Sleep(grace)
		}
		if r.settle(); r.desk.running != 1 {
			t.Errorf("%d still look", r.desk.running)
		}
		begun := time.Now()
		if err := r.stop(); err != nil || time.Since(begun) >= lastWait {
			t.Errorf("left after %v with %v", time.Since(begun), err)
		}
	})
}

func TestAnUnfinishedCallComesBackWithItsMoodAndReply(t *testing.T) {
	store := newMemory(mary, paul)
	synctestStory(t, store, func(t *testing.T, r *rig) {
		knowing(r)
		v := r.ring("1", marysNumber, phone.Answered)
		r.use(Use{Prompt: PromptUse{Prompt: v.Prompts[0].Prompt, Reply: assist.ReplyAsked}})
		r.use(Use{Prompt: PromptUse{Prompt: v.Prompts[0].Prompt, Reply: assist.ReplyAsked, Said: "She loves her Brackmoor."}})
		r.use(Use{Mood: assist.Hurried})
		r.rest()
		r.use(Use{Catch: CatchUse{Keep: true}})
	})
	synctestStory(t, store, func(t *testing.T, r *rig) {
		knowing(r)
		v := r.settle()
		v = r.use(Use{Call: v.Unfinished[0].Call})
		if v = r.rest(); v.Mood != assist.Hurried || v.Reply == nil || v.Reply.Text != "She loves her Brackmoor." {
			t.Errorf("mood %q, reply %+v", v.Mood, v.Reply)
		}
		v = r.done()
		if one[assist.Call](t, r.store).Mood != assist.Hurried || v.Phase != Idle {
			t.Errorf("kept %+v", one[assist.Call](t, r.store))
		}
	})
}
