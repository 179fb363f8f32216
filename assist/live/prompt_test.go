package live

import (
	"strings"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/phone"
)

func TestReplyToAPromptIsKeptAsItsIntelligence(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		v := r.ring("1", marysNumber, phone.Answered)
		q := v.Prompts[0]
		v = r.use(Use{Prompt: PromptUse{Prompt: q.Prompt, Reply: assist.ReplyAsked}})
		if v.Reply == nil || v.Reply.Prompt != q.Prompt || len(v.Prompts) != 1 || v.Prompts[0].Prompt == q.Prompt {
			t.Fatalf("reply %+v, prompts %+v", v.Reply, v.Prompts)
		}
		r.use(Use{Prompt: PromptUse{Prompt: q.Prompt, Reply: assist.ReplyAsked, Said: "a saw"}})
		r.rest()
		if d := one[assist.Draft](t, r.store); d.Reply != "a saw" || d.Prompt != q.Prompt {
			t.Errorf("the reply is not durable: %+v", d)
		}
		v = r.use(Use{Prompt: PromptUse{Prompt: q.Prompt, Reply: assist.ReplyAsked, Said: "a saw by Stihl", Final: true}})
		n, a := one[assist.Note](t, r.store), one[assist.Asked](t, r.store)
		if n.Text != "a saw by Stihl" || n.Intelligence != q.Intelligence || n.Prompt != q.Prompt || n.Call != v.Call || n.Customer != "mary" {
			t.Errorf("note %+v", n)
		}
		if a.Prompt != q.Prompt || a.Reply != assist.ReplyAsked || a.Customer != "mary" {
			t.Errorf("asked %+v", a)
		}
		if v.Reply != nil || len(v.Card.Known) != 1 || v.Card.Known[0].Text != "a saw by Stihl" || v.Card.Known[0].Source != "said today to Tom" {
			t.Errorf("reply %+v, known %+v", v.Reply, v.Card.Known)
		}
		if d := one[assist.Draft](t, r.store); d.Reply != "" || d.Prompt != "" {
			t.Errorf("draft %+v", d)
		}
	})
}

func TestFreePlaceGoesToAnotherKind(t *testing.T) {
	for _, reply := range []assist.Reply{assist.ReplyNotNow, assist.ReplyNever} {
		story(t, func(t *testing.T, r *rig) {
			v := r.ring("1", marysNumber, phone.Answered)
			seen := map[assist.Intelligence]bool{}
			for range 5 {
				if len(v.Prompts) == 0 {
					break
				}
				if len(v.Prompts) > 2 || len(v.Prompts) == 2 && v.Prompts[0].Intelligence == v.Prompts[1].Intelligence {
					t.Fatalf("prompts %+v", v.Prompts)
				}
				q := v.Prompts[0]
				if seen[q.Intelligence] {
					t.Errorf("a second question of the kind %s", q.Intelligence)
				}
				seen[q.Intelligence] = true
				v = r.use(Use{Prompt: PromptUse{Prompt: q.Prompt, Reply: reply}})
			}
			if len(seen) != 3 || len(v.Prompts) != 0 {
				t.Errorf("kinds %v, prompts %+v", seen, v.Prompts)
			}
			for _, a := range kept[assist.Asked](r.store) {
				if a.Reply != reply {
					t.Errorf("asked %+v", a)
				}
			}
		})
	}
}

func TestNoMoreThanTwoPromptsAreAsked(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		v := r.ring("1", marysNumber, phone.Answered)
		for range 2 {
			v = r.use(Use{Prompt: PromptUse{Prompt: v.Prompts[0].Prompt, Reply: assist.ReplyAsked}})
		}
		if len(v.Prompts) != 0 || v.Reply == nil {
			t.Errorf("prompts %+v", v.Prompts)
		}
		r.done()
		if n := len(kept[assist.Asked](r.store)); n != 2 {
			t.Errorf("%d questions are remembered, want 2", n)
		}
		if n := len(kept[assist.Note](r.store)); n != 0 {
			t.Errorf("%d notes of replies that nobody gave", n)
		}
	})
}

func TestUnfinishedReplyIsKeptAtWrapUp(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		v := r.ring("1", marysNumber, phone.Answered)
		q := v.Prompts[0]
		r.use(Use{Prompt: PromptUse{Prompt: q.Prompt, Reply: assist.ReplyAsked, Said: "a saw"}})
		r.done()
		if n := one[assist.Note](t, r.store); n.Text != "a saw" || n.Intelligence != q.Intelligence {
			t.Errorf("note %+v", n)
		}
	})
}

func TestPromptThatIsNotThereIsIgnored(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		seq := r.ring("1", marysNumber, phone.Ringing).Seq
		for _, u := range []PromptUse{{Prompt: "nonsense", Reply: assist.ReplyAsked}, {Prompt: "nonsense", Reply: assist.ReplyNever, Final: true}} {
			if v := r.use(Use{Prompt: u}); v.Seq != seq {
				t.Errorf("%+v changed the desk", u)
			}
		}
	})
}

func TestSlowStoreDoesNotStopTheRep(t *testing.T) {
	store := newMemory(mary)
	synctestStory(t, store, func(t *testing.T, r *rig) {
		store.slow = 5 * time.Second
		r.desk.Ring(phone.Ring{ID: "1", From: marysNumber, Phase: phone.Answered, At: time.Now()})
		time.Sleep(grace)
		v := r.settle()
		if v.Phase != Talking || !v.Looking || v.Card != nil {
			t.Fatalf("view is %s", text(t, v))
		}
		if v = r.note("she is in a hurry"); v.Note.Text != "she is in a hurry" {
			t.Errorf("typing waits for the store: %s", text(t, v))
		}
		time.Sleep(10 * time.Second)
		if v = r.settle(); v.Looking || v.Who != Known || v.Card == nil || v.Note.Text != "she is in a hurry" {
			t.Errorf("view is %s", text(t, v))
		}
	})
}

func TestCallerWhoIsLookedUpLateDoesNotUndoTheRepsChoice(t *testing.T) {
	store := newMemory(mary)
	synctestStory(t, store, func(t *testing.T, r *rig) {
		store.slow = 5 * time.Second
		r.desk.Ring(phone.Ring{ID: "1", From: marysNumber, Phase: phone.Answered, At: time.Now()})
		time.Sleep(grace)
		v := r.use(Use{NewCustomer: "Somebody else"})
		time.Sleep(20 * time.Second)
		if v = r.settle(); v.Card.Customer.Name != "Somebody else" {
			t.Errorf("card %+v", v.Card.Customer)
		}
	})
}

func TestCallMissedBeforeTheStoreAnsweredIsKept(t *testing.T) {
	store := newMemory(mary)
	synctestStory(t, store, func(t *testing.T, r *rig) {
		store.slow = 5 * time.Second
		r.desk.Ring(phone.Ring{ID: "1", From: marysNumber, Phase: phone.Ringing, At: time.Now()})
		r.desk.Ring(phone.Ring{ID: "1", From: marysNumber, Phase: phone.Missed, At: time.Now()})
		time.Sleep(20 * time.Second)
		r.rest()
		if c := one[assist.Call](t, store); c.Disposition != "Missed" || c.Customer != "mary" {
			t.Errorf("kept %+v", c)
		}
		if left, _ := store.Drafts(t.Context()); len(left) != 0 {
			t.Errorf("left %+v", left)
		}
	})
}

func TestStoreThatCannotReadIsAskedAgain(t *testing.T) {
	store := newMemory(mary)
	synctestStory(t, store, func(t *testing.T, r *rig) {
		store.setFail(assist.ErrDamaged)
		v := r.ring("1", marysNumber, phone.Ringing)
		if v.Trouble == "" || v.Who != Unknown {
			t.Fatalf("view is %s", text(t, v))
		}
		store.setFail(nil)
		time.Sleep(2 * time.Second)
		if v = r.settle(); v.Trouble != "" || v.Who != Known {
			t.Errorf("view is %s", text(t, v))
		}
	})
}

func TestRefreshShowsWhatAnImportBrought(t *testing.T) {
	store := newMemory(mary)
	synctestStory(t, store, func(t *testing.T, r *rig) {
		r.ring("1", marysNumber, phone.Answered)
		r.ring("2", strangers, phone.Ringing)
		edited := mary
		edited.Name = "Mary Shaw-Reed"
		_ = store.Save(t.Context(), edited, assist.Customer{ID: "ola", Name: "Ola Berg", Phones: []assist.Phone{{Raw: strangers}}})
		r.desk.Refresh()
		v := r.settle()
		if v.Card.Customer.Name != "Mary Shaw-Reed" || v.Others[0].Title != "Ola Berg" {
			t.Errorf("view is %s", text(t, v))
		}
	})
}

func TestTeamThatIsSetLaterSignsTheNotes(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.desk.SetTeam(anna, []assist.Rep{me, anna}, "GB")
		r.ring("1", marysNumber, phone.Answered)
		r.note("hello")
		r.done()
		if n := one[assist.Note](t, r.store); n.Rep != "anna" {
			t.Errorf("note %+v", n)
		}
	})
}

func TestTactSaysWhyNothingIsAsked(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.store.put(assist.Incident{ID: "flood", Title: "Flood", Opened: noon, Customers: []assist.ID{"mary"}})
		if v := r.ring("1", marysNumber, phone.Answered); len(v.Prompts) != 0 || !strings.Contains(v.Quiet, "Flood") {
			t.Errorf("quiet %q, prompts %+v", v.Quiet, v.Prompts)
		}
	})
}

func TestNobodyIsAskedAfterTheHangUp(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		if v := r.ring("1", marysNumber, phone.Answered); len(v.Prompts) == 0 || v.Quiet != "" {
			t.Fatalf("quiet %q, prompts %+v", v.Quiet, v.Prompts)
		}
		if v := r.ring("1", marysNumber, phone.Ended); len(v.Prompts) != 0 {
			t.Errorf("prompts %+v", v.Prompts)
		}
	})
}
