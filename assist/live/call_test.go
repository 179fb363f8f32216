package live

import (
	"strings"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/phone"
)

func TestCardPopsInOnePicture(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		before := r.desk.View().Seq
		v := r.ring("1", marysNumber, phone.Ringing)
		if v.Phase != Ringing || v.Who != Known || v.Card == nil || v.Card.Customer.Name != "Mary Shaw" {
			t.Fatalf("the card did not pop: %s", text(t, v))
		}
		if v.Seq != before+1 {
			t.Errorf("it took %d pictures, want 1", v.Seq-before)
		}
		if len(v.Prompts) == 0 || len(v.Prompts) > 2 || v.Prompts[0].Why == "" {
			t.Errorf("prompts are %v", v.Prompts)
		}
		if got := strings.Join(v.Card.Owns, ", "); got != "Hedge 300, MS 170 (Stihl)" {
			t.Errorf("owns %q", got)
		}
	})
}

func TestCallersWhoAreNotOne(t *testing.T) {
	earlier := assist.Call{ID: "c1", Customer: "jane", Started: time.Date(1999, 12, 20, 9, 0, 0, 0, time.UTC)}
	for _, c := range []struct {
		name, from string
		who        Who
		choices    int
	}{
		{"unknown", strangers, Unknown, 0},
		{"withheld", "anonymous", Withheld, 0},
		{"no number", "", Withheld, 0},
		{"several", reedsNumber, Several, 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			story(t, func(t *testing.T, r *rig) {
				v := r.ring("1", c.from, phone.Ringing)
				if v.Who != c.who || len(v.Choices) != c.choices || v.Card != nil || len(v.Prompts) != 0 {
					t.Fatalf("view is %s", text(t, v))
				}
				if c.choices == 2 && (v.Choices[0].Customer != "jane" || v.Choices[0].Last != "spoke with us on 20 Dec 1999" && v.Choices[0].Last != "spoke with us on 20 Dec") {
					t.Errorf("the latest contact is not first: %+v", v.Choices)
				}
				r.ring("1", c.from, phone.Answered)
				r.ring("1", c.from, phone.Ended)
				if v := r.done(); v.Phase != Idle {
					t.Errorf("the desk is not idle: %s", text(t, v))
				}
				r.rest()
				if len(r.store.saves) != 0 {
					t.Errorf("a caller who was not used left %v", r.store.saves)
				}
			}, earlier)
		})
	}
}

func TestChoiceMakesCallerKnown(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", reedsNumber, phone.Ringing)
		if v := r.use(Use{Caller: "mary"}); v.Who != Several {
			t.Errorf("a customer who was not offered was taken: %s", text(t, v))
		}
		v := r.use(Use{Caller: "paul"})
		if v.Who != Known || v.Card.Customer.ID != "paul" || v.Choices != nil {
			t.Errorf("view is %s", text(t, v))
		}
	})
}

func TestOldNewsIsIgnored(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		if v := r.ring("ghost", marysNumber, phone.Ended); v.Phase != Idle {
			t.Errorf("a ghost: %s", text(t, v))
		}
		r.ring("1", marysNumber, phone.Ringing)
		r.ring("1", marysNumber, phone.Answered)
		seq := r.desk.View().Seq
		r.ring("1", marysNumber, phone.Ringing)
		r.ring("1", marysNumber, phone.Answered)
		if v := r.desk.View(); v.Phase != Talking || v.Seq != seq || len(v.Others) != 0 {
			t.Errorf("old news changed the desk: %s", text(t, v))
		}
		r.ring("1", marysNumber, phone.Ended)
		r.done()
		for _, p := range []phone.Phase{phone.Ringing, phone.Answered, phone.Ended} {
			if v := r.ring("1", marysNumber, p); v.Phase != Idle {
				t.Errorf("%s after the end opened %s", p, text(t, v))
			}
		}
	})
}

func TestNumberWithoutIDMayCallAgain(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		first := r.ring("", marysNumber, phone.Ringing).Call
		r.ring("", "0113 4960123", phone.Ended)
		if v := r.desk.View(); v.Phase != Wrapping || v.Call != first {
			t.Fatalf("the end was not understood: %s", text(t, v))
		}
		time.Sleep(time.Minute)
		if v := r.ring("", marysNumber, phone.Ringing); v.Phase != Ringing || v.Call == first || len(v.Others) != 1 {
			t.Errorf("the second call: %s", text(t, v))
		}
	})
}

func TestTwoSourcesTellOfOneCall(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.ring("sip-1", marysNumber, phone.Ringing)
		time.Sleep(time.Second)
		v := r.ring("hook-1", "01134960123", phone.Ringing)
		if len(v.Others) != 0 {
			t.Errorf("the call is there twice: %s", text(t, v))
		}
		if v := r.ring("hook-1", "01134960123", phone.Answered); v.Phase != Talking {
			t.Errorf("phase %s", v.Phase)
		}
		if v := r.ring("sip-1", marysNumber, phone.Ended); v.Phase != Wrapping {
			t.Errorf("phase %s", v.Phase)
		}
	})
}

func TestNumberThatComesLaterPopsTheCard(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", "anonymous", phone.Ringing)
		if v := r.ring("1", marysNumber, phone.Ringing); v.Who != Known || v.Phase != Ringing {
			t.Errorf("view is %s", text(t, v))
		}
	})
}

func TestMissedCallGoesAwayByItself(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", marysNumber, phone.Ringing)
		if v := r.ring("1", marysNumber, phone.Missed); v.Phase != Idle {
			t.Fatalf("still there: %s", text(t, v))
		}
		r.rest()
		c := one[assist.Call](t, r.store)
		if c.Customer != "mary" || c.Disposition != "Missed" || c.Ended.IsZero() {
			t.Errorf("kept %+v", c)
		}
		if n := len(kept[assist.Draft](r.store)); n != 0 {
			t.Errorf("%d drafts of a missed call", n)
		}
	})
}

func TestMissedCallAfterPutOffQuestionIsNotUnfinished(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		v := r.ring("1", marysNumber, phone.Ringing)
		r.use(Use{Prompt: PromptUse{Prompt: v.Prompts[0].Prompt, Reply: assist.ReplyNotNow}})
		r.rest()
		r.ring("1", marysNumber, phone.Missed)
		r.rest()
		if left, _ := r.store.Drafts(t.Context()); len(left) != 0 {
			t.Errorf("left %+v", left)
		}
	})
}

func TestCallTakenElsewhereLeavesNothing(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", marysNumber, phone.Ringing)
		if v := r.ring("1", marysNumber, phone.Elsewhere); v.Phase != Idle {
			t.Fatalf("still there: %s", text(t, v))
		}
		r.rest()
		if len(r.store.saves) != 0 {
			t.Errorf("left %v", r.store.saves)
		}
	})
}

func TestTypingMeansTalking(t *testing.T) {
	for name, do := range map[string]func(r *rig){
		"note":   func(r *rig) { r.note("she is upset") },
		"words":  func(r *rig) { r.hear("parcel") },
		"answer": func(r *rig) { r.use(Use{Answer: "late-parcel"}) },
	} {
		t.Run(name, func(t *testing.T) {
			story(t, func(t *testing.T, r *rig) {
				r.ring("1", marysNumber, phone.Ringing)
				do(r)
				if v := r.desk.View(); v.Phase != Talking {
					t.Errorf("phase %s", v.Phase)
				}
				if v := r.ring("1", marysNumber, phone.Missed); v.Phase != Wrapping {
					t.Errorf("what was done went away with the ring: phase %s", v.Phase)
				}
			})
		})
	}
}

func TestSecondCallNeverTakesTheScreen(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		first := r.ring("1", marysNumber, phone.Answered).Call
		r.hear("charged twice")
		r.note("two charges on 3 Nov")
		v := r.ring("2", reedsNumber, phone.Ringing)
		if v.Call != first || len(v.Others) != 1 || v.Others[0].Phase != Ringing {
			t.Fatalf("view is %s", text(t, v))
		}
		v = r.use(Use{NextCall: true})
		if v.Call == first || v.Who != Several || v.Note.Text != "" || v.Heard != "" {
			t.Fatalf("view is %s", text(t, v))
		}
		time.Sleep(2 * time.Second)
		r.note("wants a quote")
		v = r.use(Use{Call: first})
		if v.Note.Text != "two charges on 3 Nov" || v.Heard != "charged twice" || len(v.Answers.Hits) == 0 || v.Card == nil {
			t.Errorf("the first call lost something: %s", text(t, v))
		}
		if v = r.use(Use{NextCall: true}); v.Note.Text != "wants a quote" {
			t.Errorf("the second call lost its note: %s", text(t, v))
		}
	})
}

func TestRingWhileWrappingComesToTheFrontAndLetsTheNoteReturn(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		first := r.ring("1", marysNumber, phone.Answered).Call
		r.note("refund prom")
		r.ring("1", marysNumber, phone.Ended)
		v := r.ring("2", strangers, phone.Ringing)
		if v.Who != Unknown || len(v.Others) != 1 || v.Others[0].Title != "Mary Shaw" || v.Others[0].Phase != Wrapping {
			t.Fatalf("view is %s", text(t, v))
		}
		r.desk.NoteIn(first, "refund promi")
		if v = r.settle(); v.Note.Text != "" || v.Phase != Ringing {
			t.Errorf("a key on its way to the first note landed in the second call: %s", text(t, v))
		}
		if v = r.ring("2", strangers, phone.Missed); v.Call != first || v.Note.Text != "refund promi" {
			t.Errorf("the unfinished note did not come back: %s", text(t, v))
		}
	})
}

func TestPhoneThatTellsNothingDoesNotStopTheRep(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		if v := r.hear("charged twice"); v.Phase != Idle || len(v.Answers.Hits) == 0 {
			t.Fatalf("an idle desk finds nothing: %s", text(t, v))
		}
		v := r.note("a caller, no phone link")
		if v.Phase != Talking || v.Call == "" || v.Heard != "charged twice" {
			t.Fatalf("view is %s", text(t, v))
		}
		r.desk.NoteIn("", "a caller, no phone link!")
		v = r.use(Use{WrapUp: WrapUpUse{Begin: true}})
		if v.Phase != Wrapping || v.WrapUp == nil || v.Note.Text != "a caller, no phone link!" {
			t.Fatalf("view is %s", text(t, v))
		}
		r.done()
		r.rest()
		if n := one[assist.Note](t, r.store); n.Text != "a caller, no phone link!" {
			t.Errorf("kept %+v", n)
		}
	})
}

func TestWholeCallIsKeptInOneSave(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", marysNumber, phone.Ringing)
		r.ring("1", marysNumber, phone.Answered)
		r.hear("charged twice")
		r.use(Use{Answer: "charged-twice"})
		r.use(Use{Answer: "charged-twice"})
		r.note("refund by Friday, all well")
		r.ring("1", marysNumber, phone.Ended)
		v := r.rest()
		if v.WrapUp == nil || v.WrapUp.Suggested == "" || v.WrapUp.Dispositions[0] != v.WrapUp.Suggested || v.WrapUp.Summary == "" {
			t.Fatalf("wrap-up is %s", text(t, v.WrapUp))
		}
		saves := len(r.store.saves)
		if v := r.done(); v.Phase != Idle || v.Call != "" || v.Card != nil || v.Note.Text != "" {
			t.Errorf("the desk is not clear: %s", text(t, v))
		}
		r.rest()
		if len(r.store.saves) != saves+1 {
			t.Errorf("wrap-up took %d saves", len(r.store.saves)-saves)
		}
		c, n, dr := one[assist.Call](t, r.store), one[assist.Note](t, r.store), one[assist.Draft](t, r.store)
		if c.Customer != "mary" || c.Rep != "tom" || c.Disposition != "Answered" || !c.WrappedUp || c.Answered.IsZero() || c.Ended.IsZero() {
			t.Errorf("call %+v", c)
		}
		if len(c.Used) != 1 || c.Used[0].Answer != "charged-twice" || c.Used[0].Heard != "charged twice" {
			t.Errorf("used %+v", c.Used)
		}
		if n.Call != c.ID || n.Customer != "mary" || n.Rep != "tom" || n.Text != "refund by Friday, all well" {
			t.Errorf("note %+v", n)
		}
		if !dr.Done || dr.ID != c.ID {
			t.Errorf("draft %+v", dr)
		}
	})
}

func TestDiscardLeavesOnlyWhatWasPromised(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", strangers, phone.Answered)
		r.note("a wrong number")
		r.desk.Promise(PromiseUse{Text: "Send the price list"})
		r.rest()
		if v := r.use(Use{WrapUp: WrapUpUse{Discard: true}}); v.Phase != Idle {
			t.Errorf("view is %s", text(t, v))
		}
		r.rest()
		if one[assist.Promise](t, r.store).Text != "Send the price list" {
			t.Error("the promise is gone")
		}
		if d := one[assist.Draft](t, r.store); !d.Done || d.Note != "" {
			t.Errorf("draft %+v", d)
		}
		if n := len(kept[assist.Call](r.store)) + len(kept[assist.Note](r.store)); n != 0 {
			t.Errorf("%d records are left", n)
		}
	})
}

func TestNewCustomerTakesEverythingAlong(t *testing.T) {
	for _, c := range []struct{ from, name, want string }{
		{strangers, "Ola Berg", "Ola Berg"},
		{strangers, " ", ""},
		{"", " ", "Caller of 1 January, 00:00"},
	} {
		story(t, func(t *testing.T, r *rig) {
			r.ring("1", c.from, phone.Answered)
			r.hear("xylophone lessons")
			r.use(Use{FindOut: true})
			v := r.use(Use{NewCustomer: c.name})
			if v.Who != Known || v.Card == nil || v.Card.Customer.Name != c.want {
				t.Fatalf("view is %s", text(t, v))
			}
			r.done()
			r.rest()
			id := v.Card.Customer.ID
			if p := one[assist.Promise](t, r.store); p.Customer != id {
				t.Errorf("the promise is nobody's: %+v", p)
			}
			if g := one[assist.Gap](t, r.store); g.Customer != id || g.Text != "xylophone lessons" {
				t.Errorf("gap %+v", g)
			}
			if k := one[assist.Call](t, r.store); k.Customer != id {
				t.Errorf("call %+v", k)
			}
			m, err := r.store.Profile(t.Context(), id)
			if err != nil || !m.Customer.Unchecked || (c.from != "") != (len(m.Customer.Phones) == 1) {
				t.Errorf("customer %+v, %v", m.Customer, err)
			}
		})
	}
}

func TestNewCustomerGetsTheNameLater(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", strangers, phone.Answered)
		id := r.use(Use{NewCustomer: " "}).Card.Customer.ID
		if v := r.use(Use{NewCustomer: " Ola Berg "}); v.Card.Customer.Name != "Ola Berg" || v.Card.Customer.ID != id {
			t.Errorf("view is %s", text(t, v))
		}
		if m, err := r.store.Profile(t.Context(), id); err != nil || m.Customer.Name != "Ola Berg" || !m.Customer.Unchecked {
			t.Errorf("customer %+v, %v", m.Customer, err)
		}
		r.done()
		r.ring("2", marysNumber, phone.Answered)
		if v := r.use(Use{NewCustomer: "Somebody else"}); v.Card.Customer.Name != "Mary Shaw" {
			t.Errorf("a customer whom we know was renamed: %s", text(t, v))
		}
	})
}

func TestUnknownCallerMayBeAnyCustomer(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", strangers, phone.Answered)
		if v := r.use(Use{Caller: "nonsense"}); v.Who != Unknown || v.Card != nil || v.Trouble != "" {
			t.Errorf("view is %s", text(t, v))
		}
		if v := r.use(Use{Caller: "mary"}); v.Who != Known || v.Card.Customer.ID != "mary" {
			t.Errorf("view is %s", text(t, v))
		}
	})
}

func TestRingComesInFrontOfWhatIsTypedWithoutACall(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		hand := r.note("remember the price list").Call
		v := r.ring("1", marysNumber, phone.Ringing)
		if v.Who != Known || len(v.Others) != 1 || v.Others[0].Call != hand || v.Others[0].Title != "No number yet" {
			t.Fatalf("view is %s", text(t, v))
		}
		r.ring("1", marysNumber, phone.Answered)
		r.ring("1", marysNumber, phone.Ended)
		if v = r.done(); v.Call != hand || v.Note.Text != "remember the price list" {
			t.Errorf("view is %s", text(t, v))
		}
	})
}

func TestWaitingCallComesWhenTheFirstIsDone(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", marysNumber, phone.Answered)
		r.ring("2", reedsNumber, phone.Ringing)
		if v := r.ring("1", marysNumber, phone.Ended); v.Phase != Wrapping || v.Card == nil {
			t.Fatalf("view is %s", text(t, v))
		}
		if v := r.done(); v.Phase != Ringing || v.Who != Several {
			t.Errorf("view is %s", text(t, v))
		}
	})
}

func TestAnsweringTheWaitingCallBringsItWhenTheFirstIsOver(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		first := r.ring("1", marysNumber, phone.Answered).Call
		r.ring("2", reedsNumber, phone.Ringing)
		r.ring("1", marysNumber, phone.Ended)
		v := r.ring("2", reedsNumber, phone.Answered)
		if v.Phase != Talking || v.Who != Several || len(v.Others) != 1 || v.Others[0].Call != first {
			t.Errorf("view is %s", text(t, v))
		}
	})
}

func TestEndWithoutAnIDBelongsToTheCallOfTheNumber(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.ring("sip-7", marysNumber, phone.Ringing)
		time.Sleep(time.Minute)
		r.ring("", "0113 496 0123", phone.Answered)
		if v := r.ring("", "0113 496 0123", phone.Ended); v.Phase != Wrapping || len(v.Others) != 0 {
			t.Errorf("view is %s", text(t, v))
		}
	})
}

func TestCallerWhoWasNotUsedGoesWhenTheNextRings(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", strangers, phone.Answered)
		r.ring("1", strangers, phone.Ended)
		if v := r.ring("2", marysNumber, phone.Ringing); v.Who != Known || len(v.Others) != 0 {
			t.Errorf("view is %s", text(t, v))
		}
	})
}

func TestPageEndsACallBegunByHandLikeAnyOther(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		v := r.note("no phone link here")
		news := v.Ring
		news.Phase = phone.Ended
		r.desk.Ring(news)
		if v = r.settle(); v.Phase != Wrapping || v.Note.Text != "no phone link here" {
			t.Errorf("view is %s", text(t, v))
		}
		r.done()
		if v = r.ring("", "anonymous", phone.Ringing); v.Phase != Ringing || v.Who != Withheld {
			t.Errorf("view is %s", text(t, v))
		}
	})
}

func TestRegionThatComesLateIsUsedForTheCallThatRings(t *testing.T) {
	joe := assist.Customer{ID: "joe", Name: "Joe Ortiz", Phones: []assist.Phone{{Raw: "+1 212 555 0123", E164: "+12125550123"}}}
	story(t, func(t *testing.T, r *rig) {
		if v := r.ring("", "(212) 555-0123", phone.Ringing); v.Who != Unknown {
			t.Fatalf("the number was found without its country: %s", text(t, v))
		}
		r.desk.SetTeam(assist.Rep{ID: "ewa", Name: "Ewa"}, nil, "US")
		v := r.settle()
		if v.Who != Known || v.Card.Customer.ID != "joe" {
			t.Fatalf("the number is not read again: %s", text(t, v))
		}
		call := v.Call
		if v = r.ring("", "2125550123", phone.Answered); v.Call != call || v.Phase != Talking || len(v.Others) != 0 {
			t.Errorf("the same call is two now: %s", text(t, v))
		}
	}, joe)
}
