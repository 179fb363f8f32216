package sip

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"ringside/assist/phone"
)

const head = `<?xml version="1.0"?><dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info" version="%d" state="full" entity="sip:214@pbx.example">%s</dialog-info>`

func state(t *testing.T, dialogs ...string) info {
	t.Helper()
	i, err := parseInfo(fmt.Appendf(nil, head, 1, strings.Join(dialogs, "")))
	if err != nil {
		t.Fatal(err)
	}
	return i
}

func one(id, direction, remote, state string) string {
	return fmt.Sprintf(`<dialog id="x" call-id="%s" direction="%s"><state>%s</state><remote><identity display="Mary">%s</identity></remote></dialog>`, id, direction, state, remote)
}

func words(news []phone.Ring) string {
	var out []string
	for _, r := range news {
		word := r.ID + " " + string(r.Phase)
		if r.From != "" {
			word += " " + r.From
		}
		if r.Outgoing {
			word += " out"
		}
		out = append(out, word)
	}
	return strings.Join(out, ", ")
}

func TestStatesBecomeNewsOnce(t *testing.T) {
	const mary = "sip:+441134960123@pbx.example"
	for name, c := range map[string]struct {
		states []info
		want   []string
	}{
		"answered": {[]info{state(t, one("1", "recipient", mary, "early")), state(t, one("1", "recipient", mary, "early")),
			state(t, one("1", "recipient", mary, "confirmed")), state(t, one("1", "recipient", mary, "confirmed")), state(t, one("1", "recipient", mary, "terminated")), state(t)},
			[]string{"1 ringing +441134960123", "", "1 answered +441134960123", "", "1 ended +441134960123", ""}},
		"trying is ringing":            {[]info{state(t, one("1", "recipient", mary, "trying")), state(t, one("1", "recipient", mary, "proceeding"))}, []string{"1 ringing +441134960123", ""}},
		"missed":                       {[]info{state(t, one("1", "recipient", mary, "early")), state(t, one("1", "recipient", mary, "terminated"))}, []string{"1 ringing +441134960123", "1 missed +441134960123"}},
		"of the past":                  {[]info{state(t, one("1", "recipient", mary, "terminated"))}, []string{""}},
		"goes on when watching begins": {[]info{state(t, one("1", "recipient", mary, "confirmed"))}, []string{"1 answered +441134960123"}},
		"outgoing": {[]info{state(t, one("1", "initiator", mary, "early")), state(t, one("1", "initiator", mary, "terminated"))},
			[]string{"1 ringing +441134960123 out", "1 ended +441134960123 out"}},
		"two at once": {[]info{state(t, one("1", "recipient", mary, "confirmed"), one("2", "recipient", "sip:anonymous@anonymous.invalid", "early")), state(t, one("1", "recipient", mary, "terminated"), one("2", "recipient", "", "early"))},
			[]string{"1 answered +441134960123, 2 ringing", "1 ended +441134960123"}},
		"no caller at first": {[]info{state(t, one("1", "recipient", "", "early")), state(t, one("1", "recipient", mary, "early"))}, []string{"1 ringing", "1 ringing +441134960123"}},
		"elsewhere": {[]info{state(t, one("1", "recipient", mary, "early")), state(t, strings.Replace(one("1", "recipient", mary, "terminated"), "<state>", `<state event="cancelled" code="200">`, 1))},
			[]string{"1 ringing +441134960123", "1 elsewhere +441134960123"}},
		"no name and no state": {[]info{state(t, `<dialog><state>early</state></dialog>`, `<dialog id="9"/>`, `<dialog id="8"><state>levitating</state></dialog>`)}, []string{""}},
	} {
		var k calls
		for i, s := range c.states {
			if got := words(k.take(s, false, time.Unix(int64(i), 0))); got != c.want[i] {
				t.Errorf("%s, state %d: %q, want %q", name, i, got, c.want[i])
			}
		}
	}
}

func TestCallThatIsGoneAfterAnInterruptionIsOver(t *testing.T) {
	var k calls
	k.take(state(t, one("1", "recipient", "", "confirmed"), one("2", "recipient", "", "early"), one("3", "recipient", "", "early")), true, time.Now())
	got := words(k.take(state(t, one("3", "recipient", "", "early")), true, time.Now()))
	if got != "1 ended, 2 missed" && got != "2 missed, 1 ended" {
		t.Errorf("it tells %q", got)
	}
	partial := info{State: "partial"}
	if got := words(k.take(partial, true, time.Now())); got != "" {
		t.Errorf("of a part of the state it tells %q", got)
	}
}

func TestInvitationSaysWhoTheStateHides(t *testing.T) {
	var k calls
	k.take(state(t, one("1", "recipient", "sip:anonymous@pbx.example", "early")), false, time.Now())
	r, ok := k.invited(phone.Ring{ID: "1", From: "+442079460123", Name: "Mary", To: "600"}, time.Now())
	if !ok || r.From != "+442079460123" || r.To != "600" || r.Phase != phone.Ringing {
		t.Errorf("it tells %+v, %v", r, ok)
	}
	if _, ok := k.invited(phone.Ring{ID: "1", From: "+442079460123"}, time.Now()); ok {
		t.Error("it tells the same twice")
	}
	k.invited(phone.Ring{ID: "2", From: "+441134960123"}, time.Now())
	if got := words(k.take(state(t, one("2", "recipient", "sip:anonymous@pbx.example", "early")), false, time.Now())); got != "" {
		t.Errorf("the state doubles the invitation: %q", got)
	}
}

// leg is one of several dialogs of a call: it was forked to two phones.
func leg(call, id, state string) string {
	return fmt.Sprintf(`<dialog id="%s" call-id="%s" direction="recipient"><state>%s</state><remote><identity>sip:+441134960123@x</identity></remote></dialog>`, id, call, state)
}

func TestForkedCallIsOverWhenItsLastPhoneIs(t *testing.T) {
	for name, states := range map[string][]info{
		"full": {state(t, leg("1", "a", "early"), leg("1", "b", "early")), state(t, leg("1", "a", "terminated"), leg("1", "b", "early")),
			state(t, leg("1", "a", "terminated"), leg("1", "b", "confirmed")), state(t, leg("1", "b", "terminated"))},
		"partial": {partial(t, leg("1", "a", "early"), leg("1", "b", "early")), partial(t, leg("1", "a", "terminated")),
			partial(t, leg("1", "b", "confirmed")), partial(t, leg("1", "b", "terminated"))},
	} {
		var k calls
		var got []string
		for i, s := range states {
			got = append(got, words(k.take(s, false, time.Unix(int64(i), 0))))
		}
		want := []string{"1 ringing +441134960123", "", "1 answered +441134960123", "1 ended +441134960123"}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func partial(t *testing.T, dialogs ...string) info {
	i := state(t, dialogs...)
	i.State = "partial"
	return i
}

// TestEveryCallHasANameOfItsOwn where the system gives the extension one name for all of
// its calls, as Asterisk does, and where a call that was over rings again.
func TestEveryCallHasANameOfItsOwn(t *testing.T) {
	for name, c := range map[string]struct {
		dialog string
		step   time.Duration
	}{
		"no call-id":         {`<dialog id="214"><state>%s</state></dialog>`, 5 * time.Second},
		"one behind another": {`<dialog id="214"><state>%s</state></dialog>`, 100 * time.Millisecond},
		"rings again":        {`<dialog id="x" call-id="1" direction="recipient"><state>%s</state></dialog>`, 5 * time.Second},
	} {
		var k calls
		at := time.Unix(1000, 0)
		ids := map[string]int{}
		for range 2 {
			for _, s := range []string{"early", "confirmed", "terminated"} {
				at = at.Add(c.step)
				for _, r := range k.take(state(t, fmt.Sprintf(c.dialog, s)), false, at) {
					ids[r.ID]++
				}
			}
		}
		if len(ids) != 2 {
			t.Errorf("%s: two calls are called %v", name, ids)
		}
		for id, n := range ids {
			if n != 3 {
				t.Errorf("%s: %q is told of %d times, want 3", name, id, n)
			}
		}
	}
}

func TestStateThatWasOvertakenBringsNoCallBack(t *testing.T) {
	var k calls
	at := time.Unix(1000, 0)
	k.take(state(t, one("1", "recipient", "", "early")), false, at)
	k.take(state(t, one("1", "recipient", "", "terminated")), false, at.Add(time.Second))
	late := at.Add(time.Second + 100*time.Millisecond)
	if got := words(k.take(state(t, one("1", "recipient", "", "early")), false, late)); got != "" {
		t.Errorf("the state tells %q", got)
	}
	if r, ok := k.invited(phone.Ring{ID: "1", From: "+441134960123"}, late); ok {
		t.Errorf("the invitation tells %+v", r)
	}
}

// TestInvitationAndStateAreOneCallUnderTwoNames: a system that joins two calls gives each
// its own Call-ID, and some states have none.
func TestInvitationAndStateAreOneCallUnderTwoNames(t *testing.T) {
	const nameless = `<dialog id="214"><state>%s</state></dialog>`
	at := time.Unix(1000, 0)
	soon := at.Add(100 * time.Millisecond)
	for name, play := range map[string]func(k *calls) []phone.Ring{
		"the state comes first": func(k *calls) []phone.Ring {
			news := k.take(state(t, fmt.Sprintf(nameless, "early")), false, at)
			r, _ := k.invited(phone.Ring{ID: "abc", From: "+441134960123"}, soon)
			return append(news, r)
		},
		"the invitation comes first": func(k *calls) []phone.Ring {
			r, _ := k.invited(phone.Ring{ID: "abc", From: "+441134960123"}, at)
			return append(k.take(state(t, fmt.Sprintf(nameless, "early")), false, soon), r)
		},
	} {
		var k calls
		news := play(&k)
		news = append(news, k.take(state(t, fmt.Sprintf(nameless, "confirmed")), false, at.Add(time.Second))...)
		news = append(news, k.take(state(t, fmt.Sprintf(nameless, "terminated")), false, at.Add(time.Minute))...)
		for _, r := range news {
			if r.ID != news[0].ID {
				t.Errorf("%s: one call is called %q and %q", name, news[0].ID, r.ID)
			}
		}
		if last := news[len(news)-1]; last.Phase != phone.Ended || last.From != "+441134960123" {
			t.Errorf("%s: at the end it tells %+v", name, last)
		}
	}
}

func TestInvitationThatNoStateConfirmsWasMissed(t *testing.T) {
	var k calls
	at := time.Unix(1000, 0)
	k.invited(phone.Ring{ID: "1", From: "+441134960123"}, at)
	if got := words(k.take(state(t), false, at.Add(time.Second))); got != "" {
		t.Errorf("at once it tells %q", got)
	}
	if got := words(k.take(state(t), false, at.Add(time.Minute))); got != "1 missed +441134960123" {
		t.Errorf("later it tells %q", got)
	}
}

func FuzzInfo(f *testing.F) {
	f.Add(fmt.Appendf(nil, head, 1, one("1", "recipient", "sip:1@x", "early")))
	f.Add([]byte(`<dialog-info version="-1"><dialog><state code="x">`))
	f.Fuzz(func(t *testing.T, body []byte) {
		i, err := parseInfo(body)
		if err != nil {
			return
		}
		var k calls
		k.take(i, true, time.Now())
		if again := k.take(i, true, time.Now()); len(again) > 0 {
			for _, r := range again {
				if r.Phase == phone.Ringing || r.Phase == phone.Answered {
					t.Errorf("told twice: %+v", r)
				}
			}
		}
	})
}
