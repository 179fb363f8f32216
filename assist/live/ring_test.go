package live

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/phone"
	"ringside/assist/settings"
)

// told sends one piece of news and returns what the desk made of it.
func (r *rig) told(ring phone.Ring) phone.News {
	r.t.Helper()
	if ring.At.IsZero() {
		ring.At = time.Now()
	}
	r.desk.Ring(ring)
	r.settle()
	all := r.desk.News()
	if len(all) == 0 {
		r.t.Fatal("the desk has heard nothing")
	}
	return all[0]
}

func TestNewsSaysWhatBecameOfIt(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.desk.SetPhone(settings.Phone{Mine: []string{"214"}})
		for _, c := range []struct {
			ring  phone.Ring
			fate  phone.Fate
			title string
		}{
			{phone.Ring{ID: "1", From: marysNumber, To: "sip:214@pbx.example"}, phone.Came, "Mary Shaw"},
			{phone.Ring{ID: "1", From: marysNumber, To: "214"}, phone.ToldBefore, "Mary Shaw"},
			{phone.Ring{ID: "1", From: marysNumber, Phase: phone.Answered}, phone.WentOn, "Mary Shaw"},
			{phone.Ring{ID: "2", From: strangers, Phase: phone.Ended}, phone.TooLate, ""},
			{phone.Ring{ID: "3", From: strangers, To: "600"}, phone.NotMine, ""},
			{phone.Ring{ID: "4", From: strangers, To: "214"}, phone.Came, "+44 20 7946 0018"},
		} {
			n := r.told(c.ring)
			if n.Fate != c.fate || n.Title != c.title || (n.Call != "") != (c.title != "") || n.Heard.IsZero() {
				t.Errorf("%+v: %+v, want %q about %q", c.ring, n, c.fate, c.title)
			}
		}
		if n := r.desk.News(); len(n) != 6 || !n[5].Known || n[0].Known {
			t.Errorf("the news are %+v", n)
		}
	})
}

func TestNewsHasABound(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		for i := range 3 * mostNews {
			r.told(phone.Ring{ID: fmt.Sprint(i), From: strangers, Phase: phone.Ended})
		}
		if n := r.desk.News(); len(n) != mostNews || n[0].Ring.ID != fmt.Sprint(3*mostNews-1) {
			t.Errorf("%d pieces, the newest %q", len(n), n[0].Ring.ID)
		}
	})
}

// TestEndBeforeBeginning: two pieces of news that overtake one another on a network
// leave no ghost.
func TestEndBeforeBeginning(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		for _, id := range []string{"one", ""} {
			began := time.Now()
			time.Sleep(time.Second)
			r.told(phone.Ring{ID: id, From: marysNumber, Phase: phone.Ended})
			if n := r.told(phone.Ring{ID: id, From: marysNumber, Phase: phone.Ringing, At: began}); n.Fate != phone.TooLate || r.desk.View().Phase != Idle {
				t.Errorf("id %q: %q opens %s", id, n.Fate, r.desk.View().Phase)
			}
		}
	})
}

func TestOldRingOpensNothing(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		if n := r.told(phone.Ring{ID: "1", From: marysNumber, At: time.Now().Add(-longestRing - time.Second)}); n.Fate != phone.TooLate {
			t.Errorf("a ring of %v ago: %q", longestRing, n.Fate)
		}
		if n := r.told(phone.Ring{ID: "2", From: marysNumber, Phase: phone.Answered, At: time.Now().Add(-time.Hour)}); n.Fate != phone.Came {
			t.Errorf("a call that goes on: %q", n.Fate)
		}
	})
}

func TestClockOfASourceIsNotBelieved(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.told(phone.Ring{ID: "1", From: marysNumber, At: time.Now().Add(24 * time.Hour)})
		r.told(phone.Ring{ID: "1", From: marysNumber, Phase: phone.Missed})
		r.rest()
		if c := one[assist.Call](t, r.store); c.Started.After(time.Now()) || c.Ended.Before(c.Started) {
			t.Errorf("the call is %+v", c)
		}
	})
}

func TestPhoneThatIsOffRingsNobody(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.told(phone.Ring{ID: "1", From: marysNumber, Phase: phone.Answered})
		r.desk.SetPhone(settings.Phone{Off: true})
		if n := r.told(phone.Ring{ID: "2", From: strangers}); n.Fate != phone.Off || len(r.desk.View().Others) != 0 {
			t.Errorf("%q, beside %d", n.Fate, len(r.desk.View().Others))
		}
		if n := r.told(phone.Ring{ID: "1", From: marysNumber, Phase: phone.Ended}); n.Fate != phone.WentOn {
			t.Errorf("the call that was there before: %q", n.Fate)
		}
		r.done()
		if n := r.told(phone.Ring{From: strangers, Phase: phone.Answered, Source: phone.ByHand}); n.Fate != phone.Came {
			t.Errorf("a call that the rep starts: %q", n.Fate)
		}
	})
}

func TestGroupCallsComeWhenTheyAreWanted(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		mine := settings.Phone{Mine: []string{"0113 496 0214", "214"}}
		r.desk.SetPhone(mine)
		queue := phone.Ring{ID: "1", From: marysNumber, To: "600", Source: phone.FromLAN}
		if n := r.told(queue); n.Fate != phone.NotMine {
			t.Errorf("a ring at the queue: %q", n.Fate)
		}
		queue.Phase = phone.Answered
		if n := r.told(queue); n.Fate != phone.NotMine {
			t.Errorf("somebody has answered it: %q", n.Fate)
		}
		queue.Source = phone.FromSIP
		if n := r.told(queue); n.Fate != phone.Came || r.desk.View().Phase != Talking {
			t.Errorf("it was answered here: %q", n.Fate)
		}
		if n := r.told(phone.Ring{ID: "2", From: strangers, To: "+44 113 496 0214"}); n.Fate != phone.Came {
			t.Errorf("the own number was dialled: %q", n.Fate)
		}
		mine.Groups = true
		r.desk.SetPhone(mine)
		if n := r.told(phone.Ring{ID: "3", From: reedsNumber, To: "600"}); n.Fate != phone.Came {
			t.Errorf("calls to a queue are wanted: %q", n.Fate)
		}
	})
}

func TestOwnNumberFollowsTheRegion(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.desk.SetPhone(settings.Phone{Mine: []string{"030 23125 123"}})
		r.desk.SetTeam(me, nil, "DE")
		if n := r.told(phone.Ring{ID: "1", From: marysNumber, To: "+493023125123"}); n.Fate != phone.Came {
			t.Errorf("it is %q", n.Fate)
		}
	})
}

func TestNamelessNewsOfAnotherSourceIsTheSameCall(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		v := r.ring("state", "", phone.Ringing)
		if v.Who != Withheld {
			t.Fatalf("the caller is %s", v.Who)
		}
		time.Sleep(300 * time.Millisecond)
		r.told(phone.Ring{ID: "hook", From: marysNumber, Source: phone.FromHook})
		w := r.desk.View()
		if w.Call != v.Call || w.Card == nil || w.Card.Customer.ID != "mary" || len(w.Others) != 0 {
			t.Fatalf("the number did not find its call: %s", text(t, w))
		}
		r.told(phone.Ring{ID: "state", Phase: phone.Answered})
		if n := r.told(phone.Ring{ID: "hook", Phase: phone.Ended, Source: phone.FromHook}); n.Fate != phone.WentOn || r.desk.View().Phase != Wrapping {
			t.Errorf("%q, and it is %s", n.Fate, r.desk.View().Phase)
		}
	})
}

func TestNamelessNewsIsNotGuessed(t *testing.T) {
	for name, play := range map[string]func(r *rig) phone.Ring{
		"one source tells of two calls": func(r *rig) phone.Ring {
			r.ring("1", "", phone.Ringing)
			return phone.Ring{ID: "2", From: marysNumber}
		},
		"two calls ring": func(r *rig) phone.Ring {
			r.ring("1", marysNumber, phone.Ringing)
			r.ring("2", strangers, phone.Ringing)
			return phone.Ring{ID: "3", Source: phone.FromSIP}
		},
		"it rang long ago": func(r *rig) phone.Ring {
			r.ring("1", "", phone.Ringing)
			time.Sleep(2 * twoSources)
			return phone.Ring{ID: "2", From: marysNumber, Source: phone.FromHook}
		},
		"it was answered": func(r *rig) phone.Ring {
			r.ring("1", "", phone.Answered)
			return phone.Ring{ID: "2", From: marysNumber, Source: phone.FromHook}
		},
	} {
		t.Run(name, func(t *testing.T) {
			story(t, func(t *testing.T, r *rig) {
				if n := r.told(play(r)); n.Fate != phone.Came {
					t.Errorf("it is %q", n.Fate)
				}
			})
		})
	}
}

func TestRingThatMayBeOverGivesWay(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		first := r.ring("1", strangers, phone.Ringing)
		time.Sleep(stillRings / 2)
		if v := r.ring("2", reedsNumber, phone.Ringing); v.Call != first.Call {
			t.Errorf("the second ring takes the place of one that may still ring")
		}
		time.Sleep(stillRings)
		if v := r.ring("3", marysNumber, phone.Ringing); v.Card == nil || v.Card.Customer.ID != "mary" || len(v.Others) != 2 {
			t.Errorf("the third ring waits behind one that told nothing for %v: %s", stillRings, text(t, v))
		}
		time.Sleep(longestRing)
		if v := r.settle(); len(v.Others) != 0 || v.Card == nil {
			t.Errorf("calls that nobody took are still there, or the one in front is gone: %s", text(t, v))
		}
		r.rest()
		if calls := kept[assist.Call](r.store); len(calls) != 0 {
			t.Errorf("what became of them is not known, and yet there is %+v", calls)
		}
	})
}

func TestFloodOfCallsHasABound(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		for i := range 1000 {
			r.desk.Ring(phone.Ring{ID: fmt.Sprint(i), From: fmt.Sprintf("020 7946 %04d", i), At: time.Now()})
		}
		v := r.settle()
		if len(v.Others) != mostRinging-1 || v.Ring.ID != "0" {
			t.Errorf("%d calls wait behind %q", len(v.Others), v.Ring.ID)
		}
		if n := r.desk.News(); n[0].Fate != phone.TooMany {
			t.Errorf("the last is %q", n[0].Fate)
		}
		for i := range mostRinging {
			r.ring(fmt.Sprint(i), "", phone.Missed)
		}
		if v := r.ring("after", marysNumber, phone.Ringing); v.Card == nil {
			t.Errorf("afterwards nobody gets through: %s", text(t, v))
		}
	})
}

func TestDoNotDisturb(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		if v := r.use(Use{Disturb: true}); !v.Undisturbed {
			t.Fatal("it is not on")
		}
		v := r.ring("1", marysNumber, phone.Ringing)
		if v.Call != "" || len(v.Others) != 1 || v.Others[0].Title != "Mary Shaw" {
			t.Errorf("the ring disturbs: %s", text(t, v))
		}
		if v = r.ring("1", marysNumber, phone.Answered); v.Card == nil {
			t.Errorf("a call that was answered does not come: %s", text(t, v))
		}
		r.ring("1", marysNumber, phone.Ended)
		r.done()
		r.ring("2", reedsNumber, phone.Ringing)
		if v = r.use(Use{Disturb: true}); v.Undisturbed || v.Who != Several {
			t.Errorf("who still rings does not come: %s", text(t, v))
		}
	})
}

func TestHandOverFollowsWhatIsTyped(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		if v := r.use(Use{HandOver: PaperUse{Make: true}}); v.HandOver != "" {
			t.Errorf("there is no call, and yet %q", v.HandOver)
		}
		r.ring("1", marysNumber, phone.Answered)
		r.hear("charged twice")
		r.use(Use{Answer: "charged-twice"})
		r.use(Use{Answered: AnsweredUse{Answer: "charged-twice", Said: true}})
		r.use(Use{HandOver: PaperUse{Make: true}})
		v := r.note("wants it back")
		want := []string{"Mary Shaw, +44 113 496 0123", "Passed on by Tom", "They say: charged twice", "They were told: Charged twice for one order", "Note: wants it back"}
		lines := strings.Split(v.HandOver, "\n")
		for _, w := range want {
			if !slices.ContainsFunc(lines, func(l string) bool { return strings.HasPrefix(l, w) }) {
				t.Errorf("%q is missing in\n%s", w, v.HandOver)
			}
		}
		if v = r.use(Use{HandOver: PaperUse{Close: true}}); v.HandOver != "" {
			t.Errorf("it stays: %q", v.HandOver)
		}
	})
}
