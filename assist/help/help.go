// Package help names the colleagues who can help with what a call is about: who said
// these answers, who was thanked for it, who answers for them. It ranks help, not people:
// whoever has nothing to do with it is not in the list.
package help

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"ringside/assist"
)

const (
	most     = 5
	halfLife = 90 * 24 * time.Hour // what was done a quarter ago counts half

	owns   = 2.0 // who answers for an answer knows it
	helped = 2.0 // beside 1 for saying it
	thanks = 3.0 // in a call in which it was said
	liked  = 0.3 // thanked for something else
	sits   = 0.1 // is in the department
)

// Question is what help is needed with, and what is known of who gave it.
type Question struct {
	Answers []assist.Answer // what the call is about
	Calls   []assist.Call   // in which one of them was said
	Kudos   []assist.Kudos  // of the team
	Reps    []assist.Rep
	Me      assist.ID // who asks
}

// Helper is a colleague who can help.
type Helper struct {
	Rep  assist.ID
	Name string
	Why  string // "answered it 7 times, helped 5; thanked twice"
}

// trace is what somebody has to do with the question.
type trace struct {
	said, helped, thanked int
	elsewhere             int // thanked for something else
	owns                  string
	department            string
	score                 float64
}

// Rank returns at most five colleagues, the likeliest first. What they did lately counts
// more. Who is only in the department of an answer comes last, and who has nothing to do
// with any of them not at all.
func Rank(q Question, now time.Time) (out []Helper) {
	found := map[assist.ID]*trace{}
	of := func(rep assist.ID) *trace {
		if found[rep] == nil {
			found[rep] = &trace{}
		}
		return found[rep]
	}
	said := map[assist.ID]assist.ID{} // calls, to who answered in them
	about := map[assist.ID]bool{}
	for _, a := range q.Answers {
		about[a.ID] = true
		if a.Owner != "" {
			t := of(a.Owner)
			t.owns, t.score = cmp.Or(t.owns, a.Title), t.score+owns
		}
	}
	for _, c := range q.Calls {
		if use, ok := useOf(c, about); ok {
			said[c.ID] = c.Rep
			of(c.Rep).answered(use, fresh(c.Started, now))
		}
	}
	for _, k := range q.Kudos {
		if said[k.Call] == k.Rep && k.Call != "" {
			t := of(k.Rep)
			t.thanked++
			t.score += thanks * fresh(k.At, now)
		} else if t := found[k.Rep]; t != nil {
			t.elsewhere++
			t.score += liked * fresh(k.At, now)
		}
	}
	var list []ranked
	for _, r := range q.Reps {
		t := found[r.ID]
		if d := department(r, q.Answers); d != "" {
			t = of(r.ID)
			t.department, t.score = d, t.score+sits
		}
		if t != nil && r.ID != q.Me {
			list = append(list, ranked{Helper{r.ID, r.Name, t.why(r.Name)}, t.score})
		}
	}
	slices.SortStableFunc(list, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Rep, b.Rep))
	})
	for _, r := range list[:min(len(list), most)] {
		out = append(out, r.Helper)
	}
	return out
}

type ranked struct {
	Helper
	score float64
}

// useOf returns what became of the answers in a call; ok is false when none was said, or
// what was said was wrong.
func useOf(c assist.Call, about map[assist.ID]bool) (use assist.Used, ok bool) {
	for _, u := range c.Used {
		if about[u.Answer] && u.Said && !u.Wrong {
			use.Helped, ok = use.Helped || u.Helped, true
		}
	}
	return use, ok && c.Rep != ""
}

func (t *trace) answered(use assist.Used, weight float64) {
	t.said++
	t.score += weight
	if use.Helped {
		t.helped++
		t.score += helped * weight
	}
}

// fresh is what something counts that was done some time ago: 1 for now.
func fresh(at, now time.Time) float64 {
	return math.Pow(0.5, max(0, now.Sub(at).Hours())/halfLife.Hours())
}

// department returns the department of the first answer that the rep is in too.
func department(r assist.Rep, answers []assist.Answer) string {
	for _, a := range answers {
		for _, d := range r.Departments {
			if a.Department != "" && strings.EqualFold(d, a.Department) {
				return d
			}
		}
	}
	return ""
}

// why says what somebody has to do with it. The department is named only where there is
// nothing better.
func (t *trace) why(name string) string {
	var parts []string
	if t.said > 0 {
		part := "answered it " + times(t.said)
		if t.helped > 0 {
			part += fmt.Sprintf(", helped %d", t.helped)
		}
		parts = append(parts, part)
	}
	if t.thanked > 0 {
		parts = append(parts, "thanked "+times(t.thanked))
	}
	if t.owns != "" {
		parts = append(parts, "answers for “"+t.owns+"”")
	}
	if len(parts) == 0 {
		return name + " is in " + t.department
	}
	if t.elsewhere > 0 && t.thanked == 0 {
		parts = append(parts, "thanked "+times(t.elsewhere)+" for other things")
	}
	return strings.Join(parts, "; ")
}

func times(n int) string {
	switch n {
	case 1:
		return "once"
	case 2:
		return "twice"
	}
	return fmt.Sprintf("%d times", n)
}
