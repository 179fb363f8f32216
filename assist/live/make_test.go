package live

import (
	"slices"
	"testing"

	"ringside/assist"
	"ringside/assist/phone"
)

func TestACallBecomesAnAnswerInOneStep(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.desk.SetTeam(assist.Rep{ID: "tom", Name: "Tom", Departments: []string{"Sales", "Billing"}}, nil, "GB")
		r.ring("1", marysNumber, phone.Answered)
		r.hear("xylophone lessons for Mary Shaw")
		r.hear("")
		r.hear("who repairs tubas")
		r.note("Told Mary Shaw that the music school in Leeds does both.")
		v := r.ring("1", marysNumber, phone.Ended)
		if w := v.WrapUp; w.Teaches != "xylophone lessons for" || w.Taught {
			t.Fatalf("offered %+v", w)
		}
		v = r.use(Use{WrapUp: WrapUpUse{Make: true}})
		if w := v.WrapUp; !w.Taught {
			t.Errorf("offered %+v", w)
		}
		r.use(Use{WrapUp: WrapUpUse{Make: true}})
		got := one[assist.Revision](t, r.store)
		var gaps []assist.ID
		for _, g := range kept[assist.Gap](r.store) {
			gaps = append(gaps, g.ID)
		}
		slices.Sort(got.Gaps)
		if got.Stage != assist.StageDraft || got.By != "tom" || got.Why != "Made from a call today" || !slices.Equal(got.Gaps, gaps) || len(gaps) != 2 {
			t.Errorf("kept %+v", got)
		}
		a := got.Next
		if a.ID != got.Answer || a.Title != "xylophone lessons for" || a.Department != "Sales" || a.Owner != "tom" ||
			a.Say != "Told {{customer.name}} that the music school in Leeds does both." ||
			!slices.Equal(a.Phrasings, []string{"xylophone lessons for", "who repairs tubas"}) {
			t.Errorf("the answer %+v", a)
		}
		if err := a.Validate(); err != nil {
			t.Errorf("it could not be published: %v", err)
		}
	})
}

func TestAnAnswerIsOfferedWhereACallTaughtSomething(t *testing.T) {
	for name, c := range map[string]struct {
		do   func(r *rig)
		want string // the title; empty: nothing is offered
	}{
		"nothing happened":     {func(*rig) {}, ""},
		"an answer was said":   {func(r *rig) { said(r, "charged twice", "charged-twice"); r.note("Refunded it.") }, ""},
		"a wrong one was said": {func(r *rig) { said(r, "charged twice", "charged-twice"); wrong(r); r.note("Refunded it.") }, "charged twice"},
		"a question is left":   {func(r *rig) { r.hear(strange) }, strange},
		"and taken back": {func(r *rig) {
			r.hear(strange)
			r.hear("")
			r.use(Use{WrapUp: WrapUpUse{Forget: true}})
		}, ""},
		"only a note is there":   {func(r *rig) { r.note("Reset the meter 40 by hand. Then it worked.") }, "Reset the meter by hand."},
		"a note of numbers only": {func(r *rig) { r.note("0113 4960123") }, "A call without words"},
	} {
		t.Run(name, func(t *testing.T) {
			story(t, func(t *testing.T, r *rig) {
				r.ring("1", marysNumber, phone.Answered)
				c.do(r)
				got := ""
				if m := r.ring("1", marysNumber, phone.Ended).WrapUp.Teaches; m != "" {
					got = m
				}
				if got != c.want {
					t.Errorf("offered %q, want %q", got, c.want)
				}
				if r.use(Use{WrapUp: WrapUpUse{Make: true}}); (len(kept[assist.Revision](r.store)) == 1) != (c.want != "") {
					t.Error("what is not offered was made, or the other way round")
				}
			})
		})
	}
}

func TestAnAnswerIsMadeOnlyWhenTheCallIsOver(t *testing.T) {
	story(t, func(t *testing.T, r *rig) {
		r.ring("1", marysNumber, phone.Answered)
		r.note("Reset the meter by hand.")
		r.use(Use{WrapUp: WrapUpUse{Make: true}})
		if n := len(kept[assist.Revision](r.store)); n != 0 {
			t.Errorf("%d were made while they talked", n)
		}
	})
}
