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
	"ringside/assist/search"
)

var brackmoor = assist.Subject{ID: "brackmoor", Kind: assist.AboutCompetitor, Name: "Brackmoor", Theirs: []string{"Starts in the cold"}, Ours: []string{"We ring back"}}

// knowing gives the desk what trainers keep of the conversation.
func knowing(r *rig) {
	r.desk.SetLibrary(Library{Index: search.Build(answers), Prompts: append([]assist.Prompt{
		{ID: "worry", Intelligence: assist.FrontLine, Topic: "worries", Ask: []string{"What are you worried about?", "What keeps you awake?"}}}, prompts...),
		Subjects: []assist.Subject{brackmoor}})
	r.settle()
}

func TestWhatWasHeardIsKeptWithOneKey(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		knowing(r)
		r.ring("1", marysNumber, phone.Answered)
		r.note("She loves her Brackmoor, it starts first pull.")
		v := r.rest()
		if v.Catch == nil || v.Catch.Kind != CatchInsight || v.Catch.Feeling != assist.Love || v.Catch.Subject != "Brackmoor" || v.Catch.Intelligence != assist.Competitive {
			t.Fatalf("caught %+v", v.Catch)
		}
		if v.Honest == nil || v.Honest.Name != "Brackmoor" || len(v.Honest.Theirs) != 1 {
			t.Errorf("the honest card is %+v", v.Honest)
		}
		if v = r.use(Use{Catch: CatchUse{Intelligence: true}}); v.Catch.Intelligence != assist.Market {
			t.Errorf("the next kind is %q", v.Catch.Intelligence)
		}
		v = r.use(Use{Catch: CatchUse{Keep: true}})
		i := one[assist.Insight](t, r.store)
		if i.Intelligence != assist.Market || i.Feeling != assist.Love || i.Subject != "Brackmoor" || i.Customer != "mary" || i.Rep != "tom" || i.Call != v.Call || !strings.Contains(i.Text, "starts first pull") {
			t.Errorf("kept %+v", i)
		}
		if v.Catch != nil || !strings.Contains(v.Caught, "market") || len(v.Card.Known) != 1 || v.Card.Known[0].Source != "said today to Tom" {
			t.Errorf("catch %+v, caught %q, known %+v", v.Catch, v.Caught, v.Card.Known)
		}
		r.note("She loves her Brackmoor, it starts first pull. ")
		if v = r.rest(); v.Catch != nil {
			t.Errorf("it is offered again: %+v", v.Catch)
		}
	})
}

func TestTheLastWordsCanAlwaysBeKept(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", strangers, phone.Answered)
		r.note("hello there\nthe dog is called Bruno")
		r.rest()
		r.use(Use{Catch: CatchUse{Keep: true}})
		r.use(Use{Catch: CatchUse{About: true}})
		r.use(Use{Catch: CatchUse{Keep: true}})
		if i := one[assist.Insight](t, r.store); i.Text != "the dog is called Bruno" || i.Intelligence != assist.Relationship || i.Customer != "" {
			t.Errorf("kept %+v", i)
		}
		v := r.use(Use{NewCustomer: "Ola Berg"})
		if i := one[assist.Insight](t, r.store); i.Customer != v.Card.Customer.ID {
			t.Errorf("it does not belong to who it came from: %+v", i)
		}
	})
}

func TestNothingIsKeptOfWhoDidNotAgree(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		silent := mary
		silent.NoConsent = true
		r.store.put(silent)
		knowing(r)
		r.ring("1", marysNumber, phone.Answered)
		r.note("She loves her Brackmoor, it starts first pull.")
		if v := r.rest(); v.Catch != nil && v.Catch.Kind == CatchInsight {
			t.Errorf("caught %+v", v.Catch)
		}
		v := r.use(Use{Catch: CatchUse{Keep: true}})
		if len(kept[assist.Insight](r.store)) != 0 || !strings.Contains(v.Trouble, "not agreed") {
			t.Errorf("kept %+v, says %q", kept[assist.Insight](r.store), v.Trouble)
		}
	})
}

func TestPraiseGoesToTheRepByName(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		knowing(r)
		r.ring("1", marysNumber, phone.Answered)
		r.note("Anna was brilliant last week, please thank her.")
		v := r.rest()
		if v.Catch == nil || v.Catch.Kind != CatchPraise || v.Catch.Rep != "Anna" {
			t.Fatalf("caught %+v", v.Catch)
		}
		r.use(Use{Catch: CatchUse{Keep: true}})
		if k := one[assist.Kudos](t, r.store); k.Rep != "anna" || k.By != "tom" || k.Customer != "mary" {
			t.Errorf("kept %+v", k)
		}
	})
}

func TestWhoRecommendsUsIsRemembered(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", marysNumber, phone.Answered)
		r.note("I told my sister about you and she bought one too.")
		v := r.rest()
		if v.Catch == nil || v.Catch.Kind != CatchAdvocate {
			t.Fatalf("caught %+v", v.Catch)
		}
		if v = r.use(Use{Catch: CatchUse{Keep: true}}); v.Card.Customer.Advocate.IsZero() {
			t.Error("it is not on the card")
		}
	})
}

func TestALetterStandsAtOnceAndFollowsTheRep(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.store.put(lateForMary)
		r.ring("1", marysNumber, phone.Answered)
		v := r.use(Use{Letter: LetterUse{Open: true}})
		if v.Letter == nil || v.Letter.Kind != compose.LetterLate || !strings.Contains(v.Letter.Body, "sorry") || v.Letter.CanPolish || len(v.Letter.Advice) != 0 {
			t.Fatalf("letter %+v", v.Letter)
		}
		v = r.use(Use{Letter: LetterUse{Typed: true, Subject: "Blade", Body: "Hello Mary,\nA refund will be issued shortly."}})
		if len(v.Letter.Advice) == 0 || v.Letter.Advice[0].Line != 2 {
			t.Fatalf("advice %+v", v.Letter.Advice)
		}
		for i, a := range v.Letter.Advice {
			if a.Better != "" {
				v = r.use(Use{Letter: LetterUse{Better: i + 1}})
				if !strings.Contains(v.Letter.Body, a.Better) || !strings.HasPrefix(v.Letter.Body, "Hello Mary,\n") {
					t.Errorf("the better line is not in %q", v.Letter.Body)
				}
				break
			}
		}
		r.use(Use{Letter: LetterUse{Better: 99}})
		v = r.use(Use{Letter: LetterUse{Told: true}})
		if p := one[assist.Promise](t, r.store); p.Told.IsZero() || !v.Letter.Told {
			t.Errorf("promise %+v", p)
		}
		if v = r.use(Use{Letter: LetterUse{Close: true}}); v.Letter != nil {
			t.Error("it stays open")
		}
	})
}

// model is a writer that says these pieces, each of them all that came so far.
type model struct {
	pieces []string
	err    error
	told   []string
	hang   bool
}

func (m *model) Ready() bool { return true }

func (m *model) Polish(ctx context.Context, system, text string, each func(string)) (string, error) {
	m.told = append(m.told, system+"\n"+text)
	for _, p := range m.pieces {
		each(p)
		time.Sleep(time.Millisecond)
	}
	if m.hang {
		<-ctx.Done()
		return "", context.Cause(ctx)
	}
	if len(m.pieces) == 0 {
		return "", m.err
	}
	return m.pieces[len(m.pieces)-1], m.err
}

func (m *model) Preview(system, text string) ([]byte, error) {
	return []byte(system + "\n" + text), nil
}

func TestAModelNeverSeesWhoItIsAndTheRuleMadeTextStands(t *testing.T) {
	m := &model{}
	story(t, func(t *testing.T, r *rig) {
		r.desk.cfg.Writer = m
		r.store.put(lateForMary)
		r.ring("1", marysNumber, phone.Answered)
		v := r.use(Use{Letter: LetterUse{Open: true}})
		body := v.Letter.Body
		v = r.use(Use{Letter: LetterUse{Show: true}})
		if !v.Letter.CanPolish || v.Letter.Sends == "" || strings.Contains(v.Letter.Sends, "Mary") || strings.Contains(v.Letter.Sends, "0123") {
			t.Fatalf("what is sent: %q", v.Letter.Sends)
		}
		m.pieces = []string{"Hello [na", "Hello [name 1a], I am sorry: I promised you the blade and did not send it in time. You have it on 31 December. Kind regards, [name 2]"}
		r.use(Use{Letter: LetterUse{Polish: true}})
		time.Sleep(time.Second)
		v = r.settle()
		if len(m.told) != 1 || strings.Contains(m.told[0], "Mary") {
			t.Errorf("the model was told %q", m.told)
		}
		if v.Letter.Body != body || v.Letter.Polish == nil || !v.Letter.Polish.Done {
			t.Fatalf("letter %+v", v.Letter.Polish)
		}
		if p := v.Letter.Polish; p.Fault == "" && (strings.Contains(p.Text, "[name") || len(p.Unfounded) == 0) {
			t.Errorf("polished %+v", p)
		}
	})
}

func TestAModelThatFailsLeavesOneQuietWord(t *testing.T) {
	m := &model{err: &assist.Fault{What: "the model broke off", Do: "Ask again.", Err: errors.New("cut")}}
	story(t, func(t *testing.T, r *rig) {
		r.desk.cfg.Writer = m
		r.ring("1", marysNumber, phone.Answered)
		r.use(Use{Letter: LetterUse{Open: true}})
		r.use(Use{Letter: LetterUse{Typed: true, Body: "Hello Mary, thank you."}})
		v := r.use(Use{Letter: LetterUse{Polish: true}})
		if v = r.rest(); v.Letter.Polish == nil || !strings.Contains(v.Letter.Polish.Fault, "broke off") || v.Letter.Body != "Hello Mary, thank you." {
			t.Errorf("letter %+v", v.Letter)
		}
		m.err, m.hang = nil, true
		r.use(Use{Letter: LetterUse{Polish: true}})
		v = r.use(Use{Letter: LetterUse{Typed: true, Body: "Hello Mary, thank you!"}})
		if v = r.rest(); v.Letter.Polish != nil {
			t.Errorf("the next key does not end it: %+v", v.Letter.Polish)
		}
	})
}

func TestAModelIsNotWaitedForWhenTheCallIsOver(t *testing.T) {
	m := &model{hang: true}
	story(t, func(t *testing.T, r *rig) {
		r.desk.cfg.Writer = m
		r.ring("1", marysNumber, phone.Answered)
		r.use(Use{Letter: LetterUse{Open: true}})
		r.use(Use{Letter: LetterUse{Typed: true, Body: "Hello Mary, thank you."}})
		r.use(Use{Letter: LetterUse{Polish: true}})
		if v := r.done(); v.Letter != nil || v.Phase != Idle {
			t.Errorf("the letter stays: %+v", v.Letter)
		}
		if r.settle(); r.desk.running != 0 {
			t.Error("the model is still asked")
		}
	})
}

// deaf is a model that goes on when nobody waits any more.
type deaf struct{ model }

func (m *deaf) Polish(context.Context, string, string, func(string)) (string, error) {
	time.Sleep(time.Second)
	return "Hello [name 1a], this was asked of another letter.", nil
}

func TestALateTextIsOfNoOtherLetter(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.desk.cfg.Writer = &deaf{}
		r.ring("1", marysNumber, phone.Answered)
		r.use(Use{Letter: LetterUse{Open: true}})
		r.use(Use{Letter: LetterUse{Typed: true, Body: "Hello Mary, thank you."}})
		r.use(Use{Letter: LetterUse{Polish: true}})
		r.use(Use{Letter: LetterUse{Close: true}})
		r.use(Use{Letter: LetterUse{Open: true}})
		r.use(Use{Letter: LetterUse{Typed: true, Body: "Hello Mary, goodbye."}})
		time.Sleep(500 * time.Millisecond)
		r.use(Use{Letter: LetterUse{Polish: true}})
		time.Sleep(700 * time.Millisecond) // the first text has come, the second not yet
		if v := r.settle(); v.Letter.Polish == nil || v.Letter.Polish.Done {
			t.Errorf("polish %+v", v.Letter.Polish)
		}
	})
}

// ours is what the store knows of our own people.
type ours struct{ *memory }

func (o ours) Answerers(context.Context, []assist.ID, int) ([]assist.Call, error) {
	return kept[assist.Call](o.memory), o.broken()
}
func (o ours) KudosOf(context.Context, assist.ID, int) ([]assist.Kudos, error) {
	return kept[assist.Kudos](o.memory), nil
}
func (o ours) FrontLine(context.Context, assist.ID, int) ([]assist.Insight, error) {
	return kept[assist.Insight](o.memory), nil
}
func (o ours) Asked(_ context.Context, who assist.ID) (out []assist.Asked, err error) {
	for _, a := range kept[assist.Asked](o.memory) {
		if a.Customer == who {
			out = append(out, a)
		}
	}
	return out, nil
}

func TestColleaguesWhoAnsweredItBeforeCanHelp(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.desk.cfg.Colleagues = ours{r.store}
		r.store.put(assist.Call{ID: "x", Customer: "paul", Rep: "anna", Started: bubble.AddDate(0, 0, -3), Used: []assist.Used{{Answer: "charged-twice", Said: true, Helped: true}}})
		r.ring("1", marysNumber, phone.Answered)
		r.hear("charged twice")
		v := r.use(Use{Help: PaperUse{Make: true}})
		if v.Helpers == nil || len(v.Helpers.Who) == 0 || v.Helpers.Who[0].Name != "Anna" || v.Helpers.Who[0].Why == "" {
			t.Fatalf("helpers %+v", v.Helpers)
		}
		if v = r.use(Use{Help: PaperUse{Close: true}}); v.Helpers != nil {
			t.Error("they stay")
		}
	})
}

func TestTheRepIsAskedOnceAShiftAndMaySayNever(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.desk.cfg.Colleagues = ours{r.store}
		knowing(r)
		r.desk.SetTeam(me, []assist.Rep{me, anna}, "GB")
		v := r.settle()
		if len(v.Prompts) != 1 || v.Prompts[0].Intelligence != assist.FrontLine {
			t.Fatalf("the idle desk asks %+v", v.Prompts)
		}
		v = r.use(Use{Prompt: PromptUse{Prompt: "worry", Reply: assist.ReplyAsked}})
		if v.Reply == nil || len(v.Prompts) != 0 || v.Phase != Idle {
			t.Fatalf("reply %+v", v.Reply)
		}
		v = r.use(Use{Prompt: PromptUse{Prompt: "worry", Reply: assist.ReplyAsked, Said: "Brackmoor has us for lunch", Final: true}})
		if i := one[assist.Insight](t, r.store); i.Intelligence != assist.FrontLine || i.Rep != "tom" || i.Customer != "" || i.Topic != "worries" {
			t.Errorf("kept %+v", i)
		}
		if v.Reply != nil || len(v.Prompts) != 0 || v.Phase != Idle {
			t.Errorf("it asks again: %+v", v.Prompts)
		}
		time.Sleep(13 * time.Hour)
		r.desk.SetTeam(me, []assist.Rep{me, anna}, "GB")
		if v = r.settle(); len(v.Prompts) != 1 {
			t.Fatal("a new shift brings no question")
		}
		r.use(Use{Prompt: PromptUse{Prompt: "worry", Reply: assist.ReplyNever}})
		time.Sleep(13 * time.Hour)
		r.desk.SetTeam(me, []assist.Rep{me, anna}, "GB")
		if v = r.settle(); len(v.Prompts) != 0 {
			t.Error("never was said, and it asks")
		}
	})
}
