package live

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/phone"
	"ringside/assist/search"
)

// slowIndex finds each text only when the test lets it, whether the desk still
// wants it or not.
type slowIndex struct {
	mu      sync.Mutex
	let     map[string]chan struct{}
	stopped []string
	asked   []search.Query
}

func (s *slowIndex) gate(text string) chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.let == nil {
		s.let = map[string]chan struct{}{}
	}
	if s.let[text] == nil {
		s.let[text] = make(chan struct{})
	}
	return s.let[text]
}

func (s *slowIndex) Answer(assist.ID) (assist.Answer, bool) { return assist.Answer{}, false }

func (s *slowIndex) Find(ctx context.Context, q search.Query) (search.Result, error) {
	s.mu.Lock()
	s.asked = append(s.asked, q)
	s.mu.Unlock()
	<-s.gate(q.Text)
	if ctx.Err() != nil {
		s.mu.Lock()
		s.stopped = append(s.stopped, q.Text)
		s.mu.Unlock()
	}
	return search.Result{State: search.Show, Hits: []search.Hit{{Answer: assist.Answer{ID: assist.ID(q.Text), Title: q.Text, Say: q.Text}}}}, nil
}

func TestDeskDropsLateSuggestions(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		index := &slowIndex{}
		r.desk.SetLibrary(Library{Index: index})
		r.ring("1", marysNumber, phone.Answered)
		r.hear("par")
		r.hear("parcel")
		if v := r.desk.View(); v.Heard != "" || len(v.Answers.Hits) != 0 {
			t.Fatalf("answers before they were found: %s", text(t, v))
		}
		close(index.gate("parcel"))
		if v := r.settle(); v.Heard != "parcel" || v.Answers.Hits[0].ID != "parcel" {
			t.Fatalf("view is %s", text(t, v))
		}
		close(index.gate("par"))
		if v := r.settle(); v.Heard != "parcel" || v.Answers.Hits[0].ID != "parcel" {
			t.Errorf("a late answer was shown: %s", text(t, v))
		}
		if len(index.stopped) != 1 || index.stopped[0] != "par" {
			t.Errorf("stopped searches: %v", index.stopped)
		}
	})
}

func TestTypingGoesOnWhileASearchHangs(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		index := &slowIndex{}
		r.desk.SetLibrary(Library{Index: index})
		r.ring("1", marysNumber, phone.Answered)
		r.hear("parcel")
		if v := r.note("she waits"); v.Note.Text != "she waits" {
			t.Errorf("view is %s", text(t, v))
		}
		if v := r.hear(""); v.Heard != "" || v.Answers.State != "" {
			t.Errorf("view is %s", text(t, v))
		}
		close(index.gate("parcel"))
		if v := r.settle(); v.Heard != "" || v.Answers.Hits != nil {
			t.Errorf("a cleared box shows answers: %s", text(t, v))
		}
	})
}

func TestSearchKnowsOurProductsOfTheCustomer(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		index := &slowIndex{}
		r.desk.SetLibrary(Library{Index: index})
		r.ring("1", marysNumber, phone.Answered)
		r.hear("oil")
		close(index.gate("oil"))
		r.settle()
		q := index.asked[0]
		if strings.Join(q.Products, ",") != "Hedge 300" || q.Limit != 5 || q.Now.IsZero() {
			t.Errorf("asked %+v", q)
		}
	})
}

func TestAnswersAreFilledForThisCustomer(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", marysNumber, phone.Answered)
		v := r.hear("i was charged twice")
		h := v.Answers.Hits[0]
		if h.ID != "charged-twice" || strings.Contains(h.Say, "{{") || !strings.Contains(h.Say, "Mary") ||
			h.Owner != "Anna" || h.Verified != "verified 3 Nov 1999" || h.Why == "" || v.Answers.State != "show" {
			t.Errorf("hit %+v, state %s", h, v.Answers.State)
		}
	})
}

func TestAnswersFollowTheCallerWhoBecomesKnown(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", reedsNumber, phone.Answered)
		r.hear("where is my parcel")
		v := r.use(Use{Caller: "jane"})
		if len(v.Answers.Hits) == 0 || !strings.Contains(v.Answers.Hits[0].Say, "Jane") {
			t.Errorf("answers %+v", v.Answers)
		}
	})
}

func TestStepsAreTickedAndStayTicked(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", marysNumber, phone.Answered)
		v := r.use(Use{Answer: "charged-twice"})
		old := v.Open
		if old == nil || len(old.Steps) != 2 || old.Steps[1].Done {
			t.Fatalf("open %+v", old)
		}
		r.use(Use{Step: 3})
		r.use(Use{Step: 1})
		if v = r.use(Use{Step: 2}); !v.Open.Steps[0].Done || !v.Open.Steps[1].Done {
			t.Errorf("open %+v", v.Open)
		}
		if old.Steps[0].Done {
			t.Error("an old picture was changed")
		}
		r.use(Use{Step: 2})
		if v = r.use(Use{CloseAnswer: true}); v.Open != nil {
			t.Error("still open")
		}
		if v = r.use(Use{Answer: "charged-twice"}); !v.Open.Steps[0].Done || v.Open.Steps[1].Done {
			t.Errorf("open again %+v", v.Open)
		}
		if v = r.use(Use{Answer: "nonsense"}); v.Open.ID != "charged-twice" {
			t.Errorf("open %+v", v.Open)
		}
	})
}

func TestFindOutPromisesTheNextWorkingDayAndKeepsTheQuestion(t *testing.T) {
	story(t, func(t *testing.T, r *rig) { // the bubble begins on Saturday, 1 January 2000
		r.ring("1", marysNumber, phone.Answered)
		r.hear("do you sell xylophones")
		saves := len(r.store.saves)
		r.use(Use{FindOut: true})
		v := r.use(Use{FindOut: true})
		if len(r.store.saves) != saves+1 {
			t.Errorf("%d saves", len(r.store.saves)-saves)
		}
		p, g := one[assist.Promise](t, r.store), one[assist.Gap](t, r.store)
		if p.Text != "Find out: do you sell xylophones" || !p.AllDay || p.Due.Weekday() != time.Monday || p.Rep != "tom" || p.Customer != "mary" {
			t.Errorf("promise %+v", p)
		}
		if g.Text != "do you sell xylophones" || g.Call != v.Call {
			t.Errorf("gap %+v", g)
		}
		if len(v.Made) != 1 || len(v.Card.Promises) != 0 {
			t.Errorf("made %+v, card %+v", v.Made, v.Card.Promises)
		}
	})
}

func TestNextWorkingDay(t *testing.T) {
	for day, want := range map[string]string{
		"2026-11-19": "2026-11-20", "2026-11-20": "2026-11-23", "2026-11-21": "2026-11-23", "2026-11-22": "2026-11-23", "2026-12-31": "2027-01-01",
	} {
		at, _ := time.Parse(time.DateOnly, day)
		if got := nextWorkingDay(at.Add(23 * time.Hour)).Format(time.DateOnly); got != want {
			t.Errorf("after %s: %s, want %s", day, got, want)
		}
	}
}

func TestWordsComeBackWithTheirCallBeforeTheAnswersDo(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		index := &slowIndex{}
		r.desk.SetLibrary(Library{Index: index})
		first := r.ring("1", marysNumber, phone.Answered).Call
		close(index.gate("par"))
		r.hear("par")
		r.hear("parcel")
		r.ring("2", reedsNumber, phone.Ringing)
		r.use(Use{NextCall: true})
		if v := r.use(Use{Call: first}); v.Heard != "parcel" || len(v.Answers.Hits) != 0 {
			t.Errorf("view is %s", text(t, v))
		}
		close(index.gate("parcel"))
		if v := r.settle(); v.Heard != "parcel" || len(v.Answers.Hits) != 1 {
			t.Errorf("view is %s", text(t, v))
		}
	})
}
