package live

import (
	"testing"

	"ringside/assist/phone"
)

func TestCallIsBegunByHandWithNobodyKnown(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		v := r.use(Use{Begin: true})
		if v.Phase != Talking || v.Call == "" || v.Who != Withheld || v.Ring.Source != phone.ByHand {
			t.Fatalf("view is %s", text(t, v))
		}
		if again := r.use(Use{Begin: true}); again.Call != v.Call || len(again.Others) != 0 {
			t.Errorf("began another: %s", text(t, again))
		}
	})
}

func TestNumberIsGivenToACallThatCameWithoutOne(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		for _, id := range []string{"1", ""} {
			rung := r.ring(id, "anonymous", phone.Ringing)
			v := r.use(Use{Number: "0113 496 0123"})
			if v.Call != rung.Call || v.Who != Known || v.Card.Customer.ID != "mary" || v.Phase != Ringing {
				t.Fatalf("view is %s", text(t, v))
			}
			if v = r.use(Use{Number: strangers}); v.Who != Known || len(v.Others) != 0 {
				t.Errorf("a second number: %s", text(t, v))
			}
			if v = r.ring(id, "anonymous", phone.Missed); v.Phase != Idle {
				t.Errorf("the phone’s own news no longer finds the call: %s", text(t, v))
			}
		}
	})
}

func TestCallBegunByHandIsMarkedAsOurs(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		if v := r.use(Use{Outgoing: true}); v.Phase != Idle {
			t.Fatalf("view is %s", text(t, v))
		}
		r.use(Use{Begin: true})
		if v := r.use(Use{Outgoing: true}); !v.Ring.Outgoing {
			t.Errorf("not marked: %s", text(t, v))
		}
		if v := r.use(Use{Outgoing: true}); v.Ring.Outgoing {
			t.Errorf("the mark stays: %s", text(t, v))
		}
		r.use(Use{WrapUp: WrapUpUse{Discard: true}})
		r.ring("1", strangers, phone.Ringing)
		if v := r.use(Use{Outgoing: true}); v.Ring.Outgoing {
			t.Errorf("the phone knows who called: %s", text(t, v))
		}
	})
}
