package main

import (
	"encoding/json"
	"io"
	"math"
	"strings"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/assist/search"
)

func someFound() (search.Result, []glance.Found) {
	return search.Result{State: search.Dim, Hits: []search.Hit{{
			Answer: assist.Answer{ID: "twice", Title: "Charged twice", Department: "billing", Say: "One of the two\n goes back."},
			Why:    "title says 'twice'", Score: 2.5, Stale: true,
			Figures: []search.Figure{{Name: "stems", Value: 2.25}, {Name: "odd", Value: math.Inf(1)}, {Name: "a \"part\"", Value: .25}},
		}}}, []glance.Found{
			{Type: assist.TypeCustomer, ID: "c1", Customer: "c1", Title: "Mary Shaw", Text: "Shaw & Sons"},
			{Type: assist.TypeNote, ID: "n1", Customer: "c1", Title: "paid twice\nby card", Why: "spelt like 'twise'", At: time.Date(2026, 3, 9, 12, 0, 0, 0, time.UTC)},
		}
}

func TestAnswersComeBeforeWhatElseWasFound(t *testing.T) {
	found, also := someFound()
	var out strings.Builder
	printHits(&out, found)
	printAlso(&out, also, true)
	want := `These may fit; look before you speak.

1. Charged twice (billing, not verified for long)
   One of the two goes back.
   title says 'twice'
   stems 2.250  odd +Inf  a "part" 0.250

Also found
   customer: Mary Shaw; Shaw & Sons
   note: paid twice by card; spelt like 'twise' (9 Mar 2026)
`
	if out.String() != want {
		t.Errorf("printed\n%s\nwant\n%s", out.String(), want)
	}
}

func TestADayThatTheLineNamesIsNotSaidTwice(t *testing.T) {
	var out strings.Builder
	printAlso(&out, []glance.Found{{Type: assist.TypeNote, Title: "paid", Text: "Mary Shaw, 9 Mar 2026", At: time.Date(2026, 3, 9, 12, 0, 0, 0, time.UTC)}}, false)
	if n := strings.Count(out.String(), "9 Mar 2026"); n != 1 {
		t.Errorf("%d times in %q", n, out.String())
	}
}

func TestASearchForNothingAsksForWords(t *testing.T) {
	if err := (&searchCmd{Words: []string{" ", ""}, Limit: 5}).Run(&program{}); exitCode(t.Context(), err) != exitUsage {
		t.Errorf("%v", err)
	}
}

func TestWordsThatFitNothingAreNotRepeatedInFull(t *testing.T) {
	c := &searchCmd{Words: []string{strings.Repeat("qqqq ", 2000)}}
	if err := c.print(&program{}, search.Result{State: search.None}, nil); err == nil || len(err.Error()) > 120 {
		t.Errorf("%v", err)
	}
}

func TestEveryLineOfJSONSaysWhatItIs(t *testing.T) {
	found, also := someFound()
	var out strings.Builder
	if err := printFoundLines(&out, found, also); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), `"figures":{"stems":2.25,"odd":null,"a \"part\"":0.25}`) {
		t.Errorf("the figures are not one object in their order:\n%s", out.String())
	}
	var types []string
	for dec := json.NewDecoder(strings.NewReader(out.String())); ; {
		var line struct{ Type, ID, Title string }
		err := dec.Decode(&line)
		if err == io.EOF {
			break
		}
		if err != nil || line.ID == "" || line.Title == "" {
			t.Fatalf("%+v, %v", line, err)
		}
		types = append(types, line.Type)
	}
	if got := strings.Join(types, " "); got != "answer customer note" {
		t.Errorf("%s", got)
	}
}

func TestASearchSucceedsWhenOnlySomethingElseIsFound(t *testing.T) {
	found, also := someFound()
	var out strings.Builder
	p := &program{stdout: &out}
	withheld := search.Result{State: search.None, Hits: found.Hits}
	c := &searchCmd{Words: []string{"mary"}}
	if err := c.print(p, withheld, also); err != nil || !strings.HasPrefix(out.String(), "Also found\n") {
		t.Errorf("%v\n%s", err, out.String())
	}
	if err := c.print(p, withheld, nil); exitCode(t.Context(), err) != exitNothing {
		t.Errorf("%v", err)
	}
}
