package ask

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/glance"
)

const aDayAgo = -24 * time.Hour

func rulesThatHold(reasons []Reason) (out []string) {
	for _, r := range reasons {
		out = append(out, string(r.Rule))
	}
	return out
}

func note(ago int, text string) assist.Note {
	return assist.Note{ID: assist.ID(fmt.Sprint("n", ago)), At: now.AddDate(0, 0, -ago), Text: text}
}

func TestBuiltInRulesCanBeKeptAndPassTheirOwnTrials(t *testing.T) {
	seen := map[assist.ID]bool{}
	for _, r := range Rules() {
		if err := r.Validate(); err != nil {
			t.Errorf("%s: %v", r.ID, err)
		}
		if seen[r.ID] {
			t.Errorf("%s is there twice", r.ID)
		}
		seen[r.ID] = true
	}
	for _, c := range assist.Causes() {
		if !slices.ContainsFunc(Rules(), func(r assist.Tact) bool { return r.When == c }) {
			t.Errorf("no rule for %q", c)
		}
	}
	for _, f := range Check(Rules()) {
		t.Errorf("%s on %q: held is %v", f.Rule, f.Trial.Words, f.Held)
	}
}

// Each case is a situation on the side of silence, or one that only looks like it, with
// the rules that are built in.
func TestSilenceWithoutAnyRules(t *testing.T) {
	customer := func(c assist.Customer) glance.Profile { return glance.Profile{Customer: c} }
	open := assist.Promise{Text: "Ring back", Made: now.AddDate(0, 0, -9), Due: now.Add(aDayAgo)}
	broke := open
	broke.Broken = now.AddDate(0, 0, -20)
	told := broke
	told.Told = now.AddDate(0, 0, -19)
	longAgo := told
	longAgo.Broken, longAgo.Told = now.AddDate(0, 0, -40), now.AddDate(0, 0, -39)
	moved := assist.Promise{Text: "Ring back", Due: now.AddDate(0, 0, 3), Moved: now.Add(aDayAgo), FirstDue: now.Add(-time.Hour)}
	calls := func(days ...int) (p glance.Profile) {
		for i, d := range days {
			p.Calls = append(p.Calls, assist.Call{ID: assist.ID(fmt.Sprint("c", i)), Started: now.AddDate(0, 0, -d)})
		}
		return p
	}
	for name, c := range map[string]struct {
		p    glance.Profile
		c    Call
		want string
	}{
		"nothing":                          {glance.Profile{}, Call{}, ""},
		"do not ask":                       {customer(assist.Customer{DoNotAsk: true}), Call{}, "do-not-ask"},
		"no consent":                       {customer(assist.Customer{NoConsent: true}), Call{}, "no-consent"},
		"a minor":                          {customer(assist.Customer{Minor: true}), Call{}, "minor"},
		"a late promise":                   {glance.Profile{Promises: []assist.Promise{open}}, Call{}, "late-promise"},
		"a promise that was moved":         {glance.Profile{Promises: []assist.Promise{moved}}, Call{}, "broken-promise"},
		"a promise that was broken":        {glance.Profile{Ended: []assist.Promise{broke}}, Call{}, "broken-promise"},
		"broken, and told":                 {glance.Profile{Ended: []assist.Promise{told}}, Call{}, "broken-promise"},
		"broken and told long ago":         {glance.Profile{Ended: []assist.Promise{longAgo}}, Call{}, ""},
		"kept":                             {glance.Profile{Ended: []assist.Promise{{Due: now.Add(aDayAgo), Kept: now}}}, Call{}, ""},
		"an open incident":                 {glance.Profile{Incidents: []assist.Incident{{Title: "Flood"}}}, Call{}, "incident"},
		"a closed incident":                {glance.Profile{Incidents: []assist.Incident{{Title: "Flood", Closed: now}}}, Call{}, ""},
		"the key for upset":                {glance.Profile{}, Call{Mood: assist.Upset}, "upset"},
		"the key for hurried":              {glance.Profile{}, Call{Mood: assist.Hurried}, "hurried"},
		"upset in a call before":           {glance.Profile{Calls: []assist.Call{{Mood: assist.Upset, Started: now.AddDate(0, 0, -3)}}}, Call{}, "upset"},
		"upset in a call of last month":    {glance.Profile{Calls: []assist.Call{{Mood: assist.Upset, Started: now.AddDate(0, 0, -30)}}}, Call{}, ""},
		"hurried in a call before":         {glance.Profile{Calls: []assist.Call{{Mood: assist.Hurried, Started: now.Add(aDayAgo)}}}, Call{}, ""},
		"upset, then calm by a note":       {glance.Profile{Calls: []assist.Call{{Mood: assist.Upset, Started: now.AddDate(0, 0, -3)}}, Notes: []assist.Note{note(2, "Calmed down, all forgiven")}}, Call{}, ""},
		"words in this call":               {glance.Profile{}, Call{Said: []string{"I am FURIOUS"}}, "upset"},
		"words with an apostrophe":         {glance.Profile{}, Call{Said: []string{"she isn’t angry"}}, ""},
		"not angry, but disappointed":      {glance.Profile{}, Call{Said: []string{"Not angry, but very disappointed"}}, "upset"},
		"hurry of another call":            {glance.Profile{Notes: []assist.Note{note(1, "was in a hurry")}}, Call{}, ""},
		"hurry by another's clock":         {glance.Profile{Notes: []assist.Note{note(-1, "was in a hurry")}}, Call{}, ""},
		"hard news in a note":              {glance.Profile{Notes: []assist.Note{note(60, "Her husband passed away in May.")}}, Call{}, "hard-news"},
		"hard news to a question":          {glance.Profile{Heard: []assist.Note{note(3, "My wife died.")}}, Call{}, "hard-news"},
		"hard news of half a year ago":     {glance.Profile{Notes: []assist.Note{note(180, "Her husband passed away")}}, Call{}, ""},
		"a battery died":                   {glance.Profile{Notes: []assist.Note{note(3, "The battery died again")}}, Call{}, ""},
		"a complaint":                      {glance.Profile{Notes: []assist.Note{note(20, "Complained about the blade")}}, Call{}, "complaint"},
		"a complaint by another's clock":   {glance.Profile{Notes: []assist.Note{note(-2, "Complained about the blade")}}, Call{}, "complaint"},
		"a complaint that was settled":     {glance.Profile{Notes: []assist.Note{note(5, "All sorted now"), note(20, "Complained")}}, Call{}, ""},
		"settled in this call":             {glance.Profile{Notes: []assist.Note{note(20, "Complained")}}, Call{Said: []string{"thanks, that is resolved"}}, ""},
		"a complaint after it":             {glance.Profile{Notes: []assist.Note{note(5, "Complained again"), note(20, "All sorted now")}}, Call{}, "complaint"},
		"a word that settles by chance":    {glance.Profile{Notes: []assist.Note{note(5, "Happy with the new saw. We laughed."), note(20, "Complained")}}, Call{}, "complaint"},
		"settled in the same note":         {glance.Profile{Notes: []assist.Note{note(5, "Complained. Sorted with Tom.")}}, Call{}, ""},
		"not settled":                      {glance.Profile{Notes: []assist.Note{note(5, "It is still not resolved"), note(20, "Complained")}}, Call{}, "complaint"},
		"to be settled":                    {glance.Profile{Notes: []assist.Note{note(5, "She wants it sorted by Friday"), note(20, "Complained")}}, Call{}, "complaint"},
		"a long call":                      {glance.Profile{}, Call{Since: now.Add(-20 * time.Minute)}, "long-call"},
		"a call that is not long yet":      {glance.Profile{}, Call{Since: now.Add(-20*time.Minute + time.Second)}, ""},
		"a call from tomorrow":             {glance.Profile{}, Call{Since: now.Add(24 * time.Hour)}, ""},
		"the third call this week":         {calls(1, 6), Call{ID: "new"}, "often"},
		"two of three weeks ago":           {calls(1, 20, 21), Call{ID: "new"}, ""},
		"the running call is counted once": {calls(0, 6), Call{ID: "c0"}, ""},
	} {
		got := New(Kept{}).Tact(c.p, c.c, now)
		if s := strings.Join(rulesThatHold(got), " "); s != c.want {
			t.Errorf("%s: %q, want %q", name, s, c.want)
		}
		if quiet := Quiet(got, assist.Questions); (quiet == "") != (c.want == "") {
			t.Errorf("%s: quiet is %q", name, quiet)
		}
		if offers := New(Kept{Prompts: library}).Pick(c.p, c.c, got, now); (len(offers) == 0) != (c.want != "") {
			t.Errorf("%s: offers %v", name, ids(offers))
		}
	}
}

func TestReasonsComeInTheOrderOfThePageAndSayWhatTheyComeFrom(t *testing.T) {
	p := glance.Profile{Promises: []assist.Promise{{Text: "Ring\nback", Due: now.Add(aDayAgo)}},
		Incidents: []assist.Incident{{Title: "Line down"}}, Notes: []assist.Note{note(3, "All well. She complained about Tom. Bye.")},
		Calls: []assist.Call{{Started: now.Add(aDayAgo)}, {Started: now.Add(aDayAgo)}}}
	c := Call{Mood: assist.Upset, Since: now.Add(-31 * time.Minute), Said: []string{"my father's funeral is on Friday"}}
	got := New(Kept{}).Tact(p, c, now)
	want := []string{"hard-news just said: “my father's funeral is on Friday”", "upset you marked it", "late-promise “Ring back”",
		"incident “Line down”", "complaint noted on 15 November: “She complained about Tom.”", "long-call 31 minutes", "often call 3 in 7 days"}
	var have []string
	for _, r := range got {
		have = append(have, string(r.Rule)+" "+r.Because)
	}
	if !slices.Equal(have, want) {
		t.Errorf("got %q,\nwant %q", have, want)
	}
	if q := Quiet(got, assist.Offers); q != "No questions now: they had hard news. Be kind, be brief (just said: “my father's funeral is on Friday”)." {
		t.Errorf("quiet %q", q)
	}
	page := Rules()
	for i := range page {
		page[i].Order = -i
	}
	backwards := rulesThatHold(New(Kept{Tact: page}).Tact(p, c, now))
	slices.Reverse(backwards)
	if !slices.Equal(backwards, rulesThatHold(got)) {
		t.Errorf("the page turned round gives %q", backwards)
	}
}

func TestAPageOfItsOwnReplacesTheRulesButNotWhatGuardsTheCustomer(t *testing.T) {
	page := []assist.Tact{{ID: "ours", Title: "x", When: assist.WhenWords, Words: []string{"goose"}, Quiet: []assist.Part{assist.Thanks}, Say: "x"},
		{ID: "young", Title: "x", When: assist.WhenMinor, Quiet: []assist.Part{assist.Offers}, Say: "x"}}
	team := New(Kept{Tact: page})
	p := glance.Profile{Customer: assist.Customer{DoNotAsk: true, Minor: true}, Promises: []assist.Promise{{Due: now.Add(aDayAgo)}}}
	got := team.Tact(p, Call{Said: []string{"a goose"}}, now)
	if have := rulesThatHold(got); !slices.Equal(have, []string{"do-not-ask", "young", "ours"}) {
		t.Errorf("got %q", have)
	}
	if Quiet(got, assist.Thanks) == "" || Quiet(got, assist.Offers) == "" {
		t.Errorf("quiet is not as the page says: %+v", got)
	}
	got[0].Quiet[0] = "changed"
	if page[0].Quiet[0] != assist.Thanks || Quiet(team.Tact(p, Call{}, now), assist.Questions) == "" {
		t.Error("a reason shares memory with the rule")
	}
}

func TestARuleIsTriedOnItsExamples(t *testing.T) {
	rule := assist.Tact{ID: "r", When: assist.WhenWords, Words: []string{"leak*"}, Unless: []string{"no leak*"}, Settled: []string{"dry"}, Days: 10,
		Try: []assist.Trial{{Words: "It leaks", Holds: true}, {Words: "No leaks"}, {Words: "It leaked. Dry now."},
			{Words: "A leek"}, {Words: "It drips", Holds: true}, {Words: "leaking but no leak elsewhere"}}}
	want := []Failure{{"r", rule.Try[4], false}, {"r", rule.Try[5], true}}
	if got := Try(rule); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v", got)
	}
	if got := Check([]assist.Tact{rule, rule}); len(got) != 4 {
		t.Errorf("of two rules: %+v", got)
	}
	deaf := assist.Tact{When: assist.WhenLate, Words: []string{"leak"}, Try: []assist.Trial{{Words: "leak", Holds: true}}}
	if got := Try(deaf); len(got) != 1 || got[0].Held {
		t.Errorf("a rule without words: %+v", got)
	}
	if got := Try(assist.Tact{}); got != nil {
		t.Errorf("of no rule: %+v", got)
	}
}

func TestRulesThatMakeNoSenseHoldNever(t *testing.T) {
	team := New(Kept{Tact: []assist.Tact{{When: "moon phase"}, {When: assist.WhenWords}, {When: assist.WhenWords, Words: []string{"*", "", " "}},
		{When: assist.WhenOften, Days: 7, Most: 9}}})
	p := glance.Profile{Notes: []assist.Note{note(0, "*"), {}}, Calls: make([]assist.Call, 3)}
	if got := team.Tact(p, Call{Said: []string{"*", "", strings.Repeat("x ", 500_000)}}, now); len(got) != 0 {
		t.Errorf("got %+v", got)
	}
	if got := team.Tact(glance.Profile{}, Call{}, time.Time{}); len(got) != 0 {
		t.Errorf("at no time: %+v", got)
	}
}

func TestARuleMayLookBackForEver(t *testing.T) {
	team := New(Kept{Tact: []assist.Tact{{ID: "x", When: assist.WhenWords, Words: []string{"goose"}, Days: 1_000_000}}})
	if got := team.Tact(glance.Profile{Notes: []assist.Note{note(3000, "a goose")}}, Call{}, now); len(got) != 1 {
		t.Errorf("got %+v", got)
	}
}

func TestATeamServesManyCallsAtOnce(t *testing.T) {
	team := New(Kept{Prompts: library})
	p := glance.Profile{Customer: assist.Customer{ID: "mary"}, Notes: []assist.Note{note(5, "Complained. Sorted.")}}
	want := team.Pick(p, Call{}, team.Tact(p, Call{}, now), now)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 20 {
				c := Call{Said: []string{"hello"}}
				if got := team.Pick(p, c, team.Tact(p, c, now), now); !reflect.DeepEqual(got, want) {
					t.Errorf("got %v", ids(got))
				}
			}
		})
	}
	group.Wait()
}

func TestARuleThatIsOffHoldsNever(t *testing.T) {
	rule := assist.Tact{ID: "x", Title: "X", When: assist.WhenWords, Words: []string{"flat"}, Quiet: all, Say: "X."}
	off, minor := rule, assist.Tact{ID: "minor", Title: "M", When: assist.WhenMinor, Quiet: all, Say: "M.", Off: true}
	off.ID, off.Off = "y", true
	child := glance.Profile{Customer: assist.Customer{ID: "c", Minor: true}}
	got := rulesThatHold(New(Kept{Tact: []assist.Tact{off, rule, minor}}).Tact(child, Call{Said: []string{"a flat tyre"}, Since: now}, now))
	if want := []string{"minor", "x"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := rulesThatHold(New(Kept{Tact: []assist.Tact{off}}).Tact(glance.Profile{}, Call{Said: []string{"I'm furious"}}, now)); !slices.Equal(got, []string{"upset"}) {
		t.Errorf("a page that is off: %v", got)
	}
}
