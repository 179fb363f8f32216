package evening_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/evening"
)

var now = time.Date(2026, 11, 26, 17, 30, 0, 0, time.UTC)

func ago(days int) time.Time { return now.AddDate(0, 0, -days) }

// day has one thing of every kind for jo, and as many that are none.
func day() evening.Day {
	owner := func(a assist.Answer) assist.ID { return a.Owner }
	return evening.Day{Me: "jo", May: true, Owner: owner,
		Promises: []assist.Promise{
			{ID: "late", Rep: "jo", Customer: "mary", Text: "Refund", Made: ago(9), Due: ago(2), AllDay: true},
			{ID: "broken", Rep: "jo", Text: "Part", Made: ago(9), Due: ago(4), Broken: ago(1)},
			{ID: "today", Rep: "jo", Text: "Call", Made: ago(1), Due: now, AllDay: true},
			{ID: "later", Rep: "jo", Text: "Write", Made: ago(1), Due: now.AddDate(0, 0, 3), AllDay: true},
			{ID: "other", Rep: "tom", Text: "Ring", Made: ago(9), Due: ago(2), AllDay: true},
		},
		Incidents: []assist.Incident{{ID: "leeds", Title: "Leeds delivery", Opened: ago(2), Updated: ago(1)}},
		Affected: []assist.Affected{
			{ID: "a1", Incident: "leeds", Customer: "ali", Concierge: "jo", Told: ago(2)},
			{ID: "a2", Incident: "leeds", Customer: "ben", Concierge: "jo", Told: ago(0)},
			{ID: "a3", Incident: "leeds", Customer: "cy", Concierge: "tom"},
			{ID: "a4", Incident: "over", Customer: "di", Concierge: "jo"},
		},
		Kudos: []assist.Kudos{
			{ID: "k1", Customer: "mary", By: "jo", Rep: "tom", At: ago(1), Words: "Tom was brilliant"},
			{ID: "k2", Customer: "ali", By: "tom", Rep: "jo", At: ago(15), Words: "long ago"},
			{ID: "k3", Customer: "ali", By: "tom", Rep: "tom", At: ago(1), Words: "not hers"},
			{ID: "k4", By: "jo", Rep: "tom", At: ago(1), Words: "nobody to thank"},
		},
		Notes: []assist.Note{
			{ID: "n1", Text: "x", At: ago(3), Remarks: []assist.Remark{{By: "tom", At: ago(1), Text: "read this", For: "jo"}, {By: "tom", At: ago(1), Text: "amended"}}},
			{ID: "n2", Text: "x", At: ago(3), Remarks: []assist.Remark{{By: "tom", At: ago(1), Text: "read", For: "jo", Seen: ago(0)}, {At: ago(1), For: "ann", Text: "hers"}}},
		},
		Gaps:      []assist.Gap{{ID: "g1", Rep: "jo", Text: "bamboo?", At: ago(1)}, {ID: "g2", Rep: "jo", Text: "closed", At: ago(1), Closed: ago(0)}, {ID: "g3", Rep: "tom", At: ago(1)}, {ID: "g4", Rep: "jo", Text: "old", At: ago(4)}},
		Answers:   map[assist.ID]assist.Answer{"mine": {ID: "mine", Owner: "jo"}, "gone": {ID: "gone", Owner: "jo", Off: true}, "his": {ID: "his", Owner: "tom"}},
		Flags:     []assist.Flag{{ID: "f1", Answer: "mine", At: ago(1)}, {ID: "f2", Answer: "mine", At: ago(1), Closed: ago(0)}, {ID: "f3", Answer: "gone", At: ago(1)}, {ID: "f4", Answer: "his", At: ago(1)}},
		Revisions: []assist.Revision{{ID: "r1", By: "jo", Stage: assist.StageDraft, At: ago(1)}, {ID: "r2", By: "jo", Stage: assist.StageReview}, {ID: "r3", By: "tom", Stage: assist.StageDraft}},
	}
}

func keys(list []evening.Thing) (out []string) {
	for _, t := range list {
		out = append(out, t.Key())
	}
	return out
}

func TestTheDayHasWhatTheRepMustSeeToAndNothingElse(t *testing.T) {
	want := []string{"promise broken", "affected a1", "promise late", "promise today", "kudos k1", "note n1", "gap g1", "flag f1", "revision r1"}
	if got := keys(evening.Left(day(), now)); !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

func TestWhereNobodySaidWhoSitsHereEverythingIsLeft(t *testing.T) {
	d := day()
	d.Me = ""
	got := keys(evening.Left(d, now))
	for _, want := range []string{"promise other", "affected a3", "kudos k3", "gap g3", "flag f4", "revision r3"} {
		if !slices.Contains(got, want) {
			t.Errorf("%s is missing in %q", want, got)
		}
	}
}

// settle lays a change over the day.
func settle(t *testing.T, d evening.Day, c evening.Change) evening.Day {
	t.Helper()
	if err := c.After.Validate(); err != nil {
		if _, draft := c.After.(assist.Flag); !draft {
			t.Fatal(err)
		}
	}
	switch r := c.After.(type) {
	case assist.Promise:
		d.Promises = put(d.Promises, r)
	case assist.Affected:
		d.Affected = put(d.Affected, r)
	case assist.Asked:
		d.Asked = put(d.Asked, r)
	case assist.Note:
		d.Notes = put(d.Notes, r)
	case assist.Gap:
		d.Gaps = put(d.Gaps, r)
	case assist.Flag:
		d.Flags = put(d.Flags, r)
	default:
		t.Fatalf("a %T was changed", r)
	}
	return d
}

func put[T assist.Record](list []T, r T) []T {
	_, id := r.Ident()
	list = slices.Clone(list)
	for i := range list {
		if _, is := list[i].Ident(); is == id {
			list[i] = r
			return list
		}
	}
	return append(list, r)
}

func TestEveryActEndsItsThingAndCanBeTakenBack(t *testing.T) {
	whole := day()
	for i := range whole.Affected { // ids as the store wants them
		whole.Affected[i].ID, whole.Affected[i].At = whole.Affected[i].Key(), ago(2)
	}
	before := keys(evening.Left(whole, now))
	for _, thing := range evening.Left(whole, now) {
		for _, act := range thing.Acts() {
			do, undo, err := thing.Do(act, "jo", now)
			if err != nil {
				t.Errorf("%s, act %d: %v", thing.Key(), act, err)
				continue
			}
			after := settle(t, whole, do)
			left := keys(evening.Left(after, now))
			stays := thing.Kind == evening.Promise && act != evening.Done // then the customer is to be told
			if slices.Contains(left, thing.Key()) != stays {
				t.Errorf("%s, act %d: left is %q", thing.Key(), act, left)
			}
			if got := keys(evening.Left(settle(t, after, undo), now)); !slices.Equal(got, before) {
				t.Errorf("%s, act %d, taken back: %q", thing.Key(), act, got)
			}
		}
	}
}

func TestADayThatIsDoneIsEmpty(t *testing.T) {
	d := day()
	for i := range d.Affected {
		d.Affected[i].ID, d.Affected[i].At = d.Affected[i].Key(), ago(2)
	}
	d.Revisions = nil
	for range 20 {
		left := evening.Left(d, now)
		if len(left) == 0 {
			return
		}
		do, _, err := left[0].Do(evening.Done, "jo", now)
		if err != nil {
			t.Fatal(err)
		}
		d = settle(t, d, do)
	}
	t.Errorf("still left: %q", keys(evening.Left(d, now)))
}

func TestAnActThatFitsNothingIsRefused(t *testing.T) {
	for _, thing := range evening.Left(day(), now) {
		for _, act := range []evening.Act{evening.Done, evening.Tomorrow, evening.Broken} {
			_, _, err := thing.Do(act, "jo", now)
			if fits := slices.Contains(thing.Acts(), act); fits != (err == nil) || err != nil && !errors.Is(err, assist.ErrInvalid) {
				t.Errorf("%s, act %d: %v", thing.Key(), act, err)
			}
		}
	}
}

func TestWhoMayNotDecideAboutAQuestionCanOnlyAnswerIt(t *testing.T) {
	d := day()
	d.May = false
	for _, thing := range evening.Left(d, now) {
		if thing.Kind == evening.Question && len(thing.Acts()) > 0 {
			t.Errorf("acts %v", thing.Acts())
		}
	}
}

func TestTheRemarksOfOthersStayUnread(t *testing.T) {
	n := assist.Note{ID: "n", Text: "x", At: ago(1), Remarks: []assist.Remark{{For: "jo", At: ago(1), Text: "a"}, {For: "ann", At: ago(1), Text: "b"}, {At: ago(1), Text: "c"}}}
	left := evening.Left(evening.Day{Me: "jo", Notes: []assist.Note{n}}, now)
	do, _, err := left[0].Do(evening.Done, "jo", now)
	if err != nil {
		t.Fatal(err)
	}
	got := do.After.(assist.Note).Remarks
	if got[0].Seen.IsZero() || !got[1].Seen.IsZero() || !got[2].Seen.IsZero() || !n.Remarks[0].Seen.IsZero() {
		t.Errorf("got %+v of %+v", got, n.Remarks)
	}
}
