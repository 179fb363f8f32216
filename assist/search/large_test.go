package search

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"ringside/assist"
)

// large is a library of n answers, each with a word of its own and many shared ones.
func large(n int) []assist.Answer {
	out := make([]assist.Answer, n)
	for i := range out {
		own := "mo" + strings.Map(func(r rune) rune { return r - '0' + 'b' }, fmt.Sprintf("%05d", i))
		out[i] = assist.Answer{ID: assist.ID(fmt.Sprintf("a%05d", i)), Title: "How to mend the " + own,
			Say: "Open the machine and mend the part.", Phrasings: []string{"my " + own + " is broken", "mending of the machine"}}
	}
	return out
}

func TestALargeLibraryStillFindsTheOne(t *testing.T) {
	ix := Build(large(partShareOf + 500))
	for _, i := range []int{0, 77, partShareOf} {
		a := ix.base.answers[i]
		own := a.Title[len("How to mend the "):]
		for _, text := range []string{own, own + " ", "my " + own + " is broken", "the machine " + own + " mending"} {
			r := find(t, ix, Query{Text: text})
			found := false
			for _, h := range r.Hits {
				found = found || h.Answer.ID == a.ID
			}
			if !found {
				t.Errorf("%q does not find %s: %v", text, a.ID, ids(r))
			}
		}
	}
}

func TestTwoLettersCompleteToTheSameStemsEveryTime(t *testing.T) {
	answers := large(400)
	want := find(t, Build(answers), Query{Text: "mo", Limit: 20})
	for range 3 {
		if got := find(t, Build(answers), Query{Text: "mo", Limit: 20}); !reflect.DeepEqual(ids(got), ids(want)) {
			t.Fatalf("%v and then %v", ids(want), ids(got))
		}
	}
	s := Build(answers).base.scratch()
	s.read("mo")
	if len(s.prefix) != mostCompletions {
		t.Errorf("%d completions, want %d", len(s.prefix), mostCompletions)
	}
}

// late is a context that ends after it was asked so many times.
type late struct {
	context.Context
	left int
}

func (l *late) Err() error {
	if l.left--; l.left < 0 {
		return context.DeadlineExceeded
	}
	return nil
}

func (*late) Deadline() (time.Time, bool) { return time.Time{}, false }

func TestALongSearchStopsInTheMiddleAndLeavesNothingBehind(t *testing.T) {
	ix := Build(large(300))
	q := Query{Text: "how can I mend the machine when the part is broken and how do I open it "}
	want := find(t, ix, q)
	stopped := false
	for left := range 6 {
		_, err := ix.Find(&late{t.Context(), left}, q)
		stopped = stopped || err != nil && left > 0
	}
	if !stopped {
		t.Error("only asked the context at the start")
	}
	if got := find(t, ix, q); !reflect.DeepEqual(got, want) {
		t.Errorf("after searches that were stopped: %v, before %v", ids(got), ids(want))
	}
}
