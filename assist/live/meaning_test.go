package live

import (
	"context"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/phone"
	"ringside/assist/search"
)

// thinker knows what words mean, after a while.
type thinker struct{ takes time.Duration }

func (s thinker) Near(ctx context.Context, _ string) (func(assist.ID) (float32, bool), error) {
	select {
	case <-time.After(s.takes):
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return func(id assist.ID) (float32, bool) { return 1, id == "late-parcel" }, nil
}

// twoOrders gives one order by words and the other by meaning.
type twoOrders struct{}

func (twoOrders) Answer(assist.ID) (assist.Answer, bool) { return assist.Answer{}, false }

func (twoOrders) Find(_ context.Context, q search.Query) (search.Result, error) {
	hits := []search.Hit{{Answer: answers[0]}, {Answer: answers[1]}}
	if q.Meaning != nil {
		if near, ok := q.Meaning("late-parcel"); ok && near == 1 {
			hits[0], hits[1] = hits[1], hits[0]
		}
	}
	return search.Result{State: search.Show, Hits: hits}, nil
}

func TestMeaningOrdersTheListAnewOnlyWhileNobodyHasMovedToIt(t *testing.T) {
	for name, c := range map[string]struct {
		takes time.Duration
		do    func(r *rig)
		first assist.ID
	}{
		"in time":        {299 * time.Millisecond, nil, "late-parcel"},
		"too late":       {301 * time.Millisecond, nil, "charged-twice"},
		"the mark moved": {100 * time.Millisecond, func(r *rig) { r.use(Use{Moved: true}) }, "charged-twice"},
		"one was opened": {100 * time.Millisecond, func(r *rig) { r.use(Use{Answer: "charged-twice"}) }, "charged-twice"},
		"a find was":     {100 * time.Millisecond, func(r *rig) { r.use(Use{Found: FoundUse{Type: assist.TypeNote, ID: "n"}}) }, "charged-twice"},
	} {
		t.Run(name, func(t *testing.T) {
			story(t, func(t *testing.T, r *rig) {
				r.desk.SetLibrary(Library{Index: twoOrders{}, Meaning: thinker{c.takes}})
				r.ring("1", marysNumber, phone.Answered)
				if v := r.hear("odd words"); v.Heard != "odd words" || v.Answers.Hits[0].ID != "charged-twice" {
					t.Fatalf("the list waited for its meaning: %s", text(t, v))
				}
				if c.do != nil {
					c.do(r)
				}
				if v := r.rest(); v.Answers.Hits[0].ID != c.first || v.Heard != "odd words" {
					t.Errorf("view is %s", text(t, v))
				}
			})
		})
	}
}

func TestMeaningOfOlderWordsIsDropped(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.desk.SetLibrary(Library{Index: twoOrders{}, Meaning: thinker{200 * time.Millisecond}})
		r.ring("1", marysNumber, phone.Answered)
		r.hear("odd word")
		time.Sleep(150 * time.Millisecond)
		r.use(Use{Moved: true}) // in the list of the older words
		v := r.hear("odd words")
		time.Sleep(100 * time.Millisecond)
		if v = r.settle(); v.Answers.Hits[0].ID != "charged-twice" {
			t.Errorf("the older words' meaning is shown: %s", text(t, v))
		}
		if v = r.rest(); v.Answers.Hits[0].ID != "late-parcel" {
			t.Errorf("new words begin anew: %s", text(t, v))
		}
	})
}

func TestAListThatTheRepHasMovedToStaysWhenTheLibraryChanges(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.desk.SetLibrary(Library{Index: twoOrders{}})
		r.hear("odd words")
		r.use(Use{Moved: true})
		r.desk.SetLibrary(Library{Index: finds{answers[1]}})
		if v := r.settle(); len(v.Answers.Hits) != 2 {
			t.Errorf("view is %s", text(t, v))
		}
		if v := r.hear("odd words again"); len(v.Answers.Hits) != 1 {
			t.Errorf("view is %s", text(t, v))
		}
	})
}

func (f finds) Find(context.Context, search.Query) (search.Result, error) {
	return search.Result{State: search.Show, Hits: []search.Hit{{Answer: f.answer}}}, nil
}
