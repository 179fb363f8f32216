package live

import (
	"testing"

	"ringside/assist"
	"ringside/assist/phone"
)

func TestANoteIsKeptForItsWriterAloneWhenTheRepSaysSo(t *testing.T) {
	only := Use{WrapUp: WrapUpUse{Private: true}}
	story(t, func(t *testing.T, r *rig) {
		v := r.ring("1", marysNumber, phone.Answered)
		call := v.Call
		r.note("sounded ill")
		if v = r.ring("1", marysNumber, phone.Ended); v.WrapUp == nil || !v.WrapUp.Noted || v.WrapUp.Private {
			t.Fatalf("%+v", v.WrapUp)
		}
		if v = r.use(only); !v.WrapUp.Private {
			t.Errorf("%+v", v.WrapUp)
		}
		r.rest()
		again := run(t, r.store) // the program died before it was wrapped up
		again.settle()
		if v = again.use(Use{Call: call}); v.WrapUp == nil || !v.WrapUp.Private {
			t.Fatalf("after a new start: %+v", v.WrapUp)
		}
		again.use(only)
		if v = again.use(only); !v.WrapUp.Private {
			t.Errorf("and again: %+v", v.WrapUp)
		}
		again.done()
		again.rest()
		if n := one[assist.Note](t, r.store); !n.Private || n.Text != "sounded ill" {
			t.Errorf("%+v", n)
		}
		again.ring("2", marysNumber, phone.Answered)
		if v = again.rest(); v.Card == nil || len(v.Card.Last) == 0 || !v.Card.Last[0].Private {
			t.Errorf("the card: %+v", v.Card)
		}
		if err := again.stop(); err != nil {
			t.Error(err)
		}
	})
}
