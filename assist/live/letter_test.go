package live

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/compose"
	"ringside/assist/phone"
)

// pen is a model that writes when it is told to, whatever became of who asked.
type pen struct {
	ready  bool
	begun  []context.Context
	pieces []func(string)
	ends   []chan string
	told   []string
}

func (p *pen) Ready() bool { return p.ready }

func (p *pen) Polish(ctx context.Context, system, text string, each func(string)) (string, error) {
	end := make(chan string)
	p.begun, p.pieces, p.ends, p.told = append(p.begun, ctx), append(p.pieces, each), append(p.ends, end), append(p.told, system+text)
	whole := <-end
	return whole, context.Cause(ctx)
}

func (p *pen) Preview(system, text string) ([]byte, error) { return []byte(system + text), nil }

// writing is a story with a letter to Mary and a model.
func writing(t *testing.T, f func(t *testing.T, r *rig, p *pen)) {
	t.Helper()
	story(t, func(t *testing.T, r *rig) {
		p := &pen{ready: true}
		r.desk.cfg.Writer = p
		r.ring("1", marysNumber, phone.Answered)
		r.use(Use{Letter: LetterUse{Open: true}})
		r.use(Use{Letter: LetterUse{Typed: true, Body: "Hello Mary, thank you."}})
		f(t, r, p)
		for _, end := range p.ends {
			close(end)
		}
	})
}

func TestWhatAModelSaysOfALetterThatWasClosedIsNotOfTheNext(t *testing.T) {
	writing(t, func(t *testing.T, r *rig, p *pen) {
		r.use(Use{Letter: LetterUse{Polish: true}})
		r.use(Use{Letter: LetterUse{Close: true}})
		r.use(Use{Letter: LetterUse{Open: true}})
		r.use(Use{Letter: LetterUse{Typed: true, Body: "Hello Mary, good news."}})
		r.use(Use{Letter: LetterUse{Polish: true}})
		p.pieces[0]("of the letter before")
		if v := r.settle(); v.Letter.Polish == nil || v.Letter.Polish.Text != "" {
			t.Errorf("polished %+v", v.Letter.Polish)
		}
		p.ends[0] <- "of the letter before"
		if v := r.settle(); v.Letter.Polish == nil || v.Letter.Polish.Done {
			t.Errorf("polished %+v", v.Letter.Polish)
		}
	})
}

func TestAModelStopsWhenTheCallIsOverAndDone(t *testing.T) {
	for name, end := range map[string]Use{"wrapped up": {WrapUp: WrapUpUse{Done: true}}, "discarded": {WrapUp: WrapUpUse{Discard: true}}} {
		writing(t, func(t *testing.T, r *rig, p *pen) {
			r.use(Use{Letter: LetterUse{Polish: true}})
			if r.use(end); p.begun[0].Err() == nil {
				t.Errorf("%s, and the model goes on", name)
			}
		})
	}
}

func TestAModelStopsWhenTheDeskLeaves(t *testing.T) {
	m := &model{hang: true}
	story(t, func(t *testing.T, r *rig) {
		r.desk.cfg.Writer = m
		r.ring("1", marysNumber, phone.Answered)
		r.use(Use{Letter: LetterUse{Open: true}})
		r.use(Use{Letter: LetterUse{Typed: true, Body: "Hello Mary, thank you."}})
		r.use(Use{Letter: LetterUse{Polish: true}})
		begun := time.Now()
		if err := r.stop(); err != nil || time.Since(begun) >= lastWait {
			t.Errorf("left after %v with %v", time.Since(begun), err)
		}
	})
}

func TestAModelThatIsNotReadyIsNotAsked(t *testing.T) {
	writing(t, func(t *testing.T, r *rig, p *pen) {
		p.ready = false
		if v := r.use(Use{Letter: LetterUse{Polish: true}}); len(p.told) != 0 || v.Letter.Polish != nil {
			t.Errorf("told %q", p.told)
		}
	})
}

func TestALetterIsNeverForSomebodyElse(t *testing.T) {
	john := mary
	john.ID, john.Name, john.Emails = "john", "John Shaw", []string{"john@shaw.example"}
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", marysNumber, phone.Answered)
		r.use(Use{Caller: "mary"})
		r.use(Use{Letter: LetterUse{Open: true}})
		r.use(Use{Letter: LetterUse{Typed: true, Body: "Hello Mary, your code is 1234."}})
		if v := r.use(Use{Caller: "john"}); v.Card == nil || v.Card.Customer.ID != "john" || v.Letter != nil {
			t.Errorf("the letter to John: %+v", v.Letter)
		}
		if v := r.use(Use{Letter: LetterUse{Open: true}}); v.Letter.To != "john@shaw.example" {
			t.Errorf("a new one: %+v", v.Letter)
		}
	}, john)
}

func TestALetterToAStrangerGoesToWhoTheyTurnOutToBe(t *testing.T) {
	john := assist.Customer{ID: "john", Name: "John Shaw", Emails: []string{"john@shaw.example"}}
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", strangers, phone.Answered)
		r.use(Use{Letter: LetterUse{Open: true}})
		r.use(Use{Letter: LetterUse{Typed: true, Body: "Hello, thank you."}})
		if v := r.use(Use{Caller: "john"}); v.Letter == nil || v.Letter.Body != "Hello, thank you." || v.Letter.To != "john@shaw.example" {
			t.Errorf("letter %+v", v.Letter)
		}
	}, john)
}

func TestWhatIsTypedInALetterIsNotLostByOpeningIt(t *testing.T) {
	writing(t, func(t *testing.T, r *rig, p *pen) {
		r.use(Use{Letter: LetterUse{Polish: true}})
		v := r.use(Use{Letter: LetterUse{Open: true}})
		if v.Letter.Body != "Hello Mary, thank you." || p.begun[0].Err() != nil {
			t.Errorf("opened again: %q", v.Letter.Body)
		}
		if v = r.use(Use{Letter: LetterUse{Kind: v.Letter.Kind}}); v.Letter.Body != "Hello Mary, thank you." {
			t.Errorf("turned to its own kind: %q", v.Letter.Body)
		}
	})
}

func TestAdviceIsOfTheTextThatStandsThere(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", marysNumber, phone.Answered)
		r.use(Use{Letter: LetterUse{Open: true}})
		v := r.use(Use{Letter: LetterUse{Typed: true, Body: "One.\n\nTwo.\n\nA refund will be issued shortly."}})
		if len(v.Letter.Advice) == 0 {
			t.Fatal("no advice")
		}
		r.desk.Use(Use{Letter: LetterUse{Typed: true, Body: "Short."}})
		r.desk.Use(Use{Letter: LetterUse{Better: 1}})
		if v = r.settle(); v.Letter.Body != "Short." || len(v.Letter.Advice) != 0 {
			t.Errorf("letter %+v", v.Letter)
		}
	})
}

func TestAHugeLetterIsReadBesideTheDesk(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", marysNumber, phone.Answered)
		r.use(Use{Letter: LetterUse{Open: true}})
		huge := strings.Repeat("A refund will be issued shortly.\n", 4000)
		for i := range 5 {
			r.desk.Use(Use{Letter: LetterUse{Typed: true, Body: huge[i:]}})
		}
		if v := r.settle(); v.Letter.Body != huge[4:] || len(v.Letter.Advice) == 0 {
			t.Errorf("%d letters, %d pieces of advice", len(v.Letter.Body), len(v.Letter.Advice))
		}
	})
}

func TestAnErrorOfAModelWithoutWordsIsSaid(t *testing.T) {
	for _, err := range []error{errors.New("x"), &assist.Fault{}, &assist.Fault{What: "étrange"}} {
		if got := plainly(err); got == "" || strings.ContainsRune(got, '�') {
			t.Errorf("%v is said %q", err, got)
		}
	}
}

func TestALetterTellsOnlyWhatStandsInIt(t *testing.T) {
	flood := assist.Incident{ID: "flood", Title: "Flood", Opened: bubble.Add(-time.Hour), Customers: []assist.ID{"mary"}}
	fire := assist.Incident{ID: "fire", Title: "Fire", Opened: bubble.Add(-time.Hour), Customers: []assist.ID{"mary"}}
	second := lateForMary
	second.ID, second.Text, second.Due = "second", "Ring about the hedge", second.Due.Add(time.Hour)
	for name, c := range map[string]struct {
		kind compose.Letter
		use  func(v View) Use
	}{
		"letter of an incident": {compose.LetterIncident, func(View) Use { return Use{Letter: LetterUse{Told: true}} }},
		"letter of a promise":   {compose.LetterLate, func(View) Use { return Use{Letter: LetterUse{Told: true}} }},
		"move of an incident":   {"", func(v View) Use { return doneWith(v, "incident") }},
		"move of a promise":     {"", func(v View) Use { return doneWith(v, "sorry") }},
	} {
		story(t, func(t *testing.T, r *rig) {
			r.ring("1", marysNumber, phone.Answered)
			r.use(Use{Letter: LetterUse{Open: true}})
			v := r.settle()
			if c.kind != "" {
				v = r.use(Use{Letter: LetterUse{Kind: c.kind}})
			}
			r.use(c.use(v))
			told := 0
			for _, p := range kept[assist.Promise](r.store) {
				if !p.Told.IsZero() {
					told++
				}
			}
			if told += len(kept[assist.Affected](r.store)); told != 1 {
				t.Errorf("%s: %d things count as told, want 1", name, told)
			}
		}, flood, fire, lateForMary, second)
	}
}

// doneWith says that the move of this kind was done.
func doneWith(v View, kind string) Use {
	for _, m := range v.Moves {
		if m.Kind == kind {
			return Use{Move: MoveUse{Move: m.ID, Reply: assist.ReplyDone}}
		}
	}
	return Use{}
}

func TestAModelNeverSeesTheNameThatThePhoneShows(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		p := &pen{ready: true}
		r.desk.cfg.Writer = p
		r.desk.Ring(phone.Ring{ID: "1", From: strangers, Name: "Ola Bergström", Phase: phone.Answered, At: time.Now()})
		r.use(Use{Letter: LetterUse{Open: true}})
		r.use(Use{Letter: LetterUse{Typed: true, Body: "Hello Ola Bergström, thank you.\x00 I ring you."}})
		v := r.use(Use{Letter: LetterUse{Show: true}})
		if strings.Contains(v.Letter.Sends, "Ola") || !strings.Contains(v.Letter.Sends, "I ring you") {
			t.Errorf("sent: %q", v.Letter.Sends)
		}
	})
	story(t, func(t *testing.T, r *rig) {
		r.desk.cfg.Writer = &pen{ready: true}
		r.ring("1", reedsNumber, phone.Answered) // Paul or Jane
		r.use(Use{Letter: LetterUse{Open: true}})
		r.use(Use{Letter: LetterUse{Typed: true, Body: "Hello Jane Reed, thank you."}})
		if v := r.use(Use{Letter: LetterUse{Show: true}}); strings.Contains(v.Letter.Sends, "Jane") {
			t.Errorf("sent: %q", v.Letter.Sends)
		}
	})
}
