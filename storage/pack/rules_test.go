package pack

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"ringside/assist"
	"ringside/assist/ask"
	"ringside/assist/glance"
)

const goodPage = "\ufeff# Tact\r\n\r\nFor people: nothing here counts.\r\n\r\n- Not even this.\r\n\r\n" + `
##   Sehr  böse

No questions now:
they are upset.

- When: Upset
- words: furious, sick of,
  disgrace*
- unless: not  furious
- Settled By: calm again
- days: 7
- quiet: questions, Thanks
- try: “I said "never" and I am furious” yes
- try: "all is well" no

## 電話

- id: long
- when: long call
* most: 20
1. quiet: offers

This call is long.
`

func TestRulesAreReadInTheOrderOfThePage(t *testing.T) {
	got, err := Rules("tact.md", []byte(goodPage))
	if err != nil {
		t.Fatal(err)
	}
	want := []assist.Tact{
		{ID: "sehr-bose", Title: "Sehr böse", When: assist.WhenUpset, Words: []string{"furious", "sick of", "disgrace*"}, Unless: []string{"not furious"},
			Settled: []string{"calm again"}, Days: 7, Quiet: []assist.Part{assist.Questions, assist.Thanks}, Say: "No questions now: they are upset.",
			Try: []assist.Trial{{Words: `I said "never" and I am furious`, Holds: true}, {Words: "all is well"}}, Order: 1},
		{ID: "long", Title: "電話", When: assist.WhenLongCall, Most: 20, Quiet: []assist.Part{assist.Offers}, Say: "This call is long.", Order: 2},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestAPageTellsEveryFaultByLine(t *testing.T) {
	const head, tail = "## A\n\nSay.\n\n- when: words\n", "- quiet: offers\n"
	for name, c := range map[string]struct{ page, want, do string }{
		"nothing":               {"", "x.md:1|holds no rule", "##"},
		"no rule":               {"# Tact\n\nProse.\n", "x.md:1|holds no rule", "##"},
		"a key before a rule":   {"# Tact\n- when: words\n" + head + "- words: a\n" + tail, "x.md:2|before the first rule", "##"},
		"a heading, no rule":    {"### A\n" + head + "- words: a\n" + tail, "x.md:1|before the first rule", "##"},
		"another heading":       {head + "- words: a\n" + tail + "\n### B\n", "x.md:9|no rule", "##"},
		"no title":              {"##  \n\nSay.\n- when: incident\n" + tail, "x.md:1|no title", "##"},
		"no id of the title":    {"## 電話\n\nSay.\n- when: incident\n" + tail, "x.md:1|no id", "- id:"},
		"a bad id":              {head + "- id: A B\n- words: a\n" + tail, `x.md:6|"A B" is no id`, "a-z"},
		"unknown key":           {head + "- words: a\n- wrods: b\n" + tail, `x.md:7|"wrods" is not known`, "settled by"},
		"no key":                {head + "- words: a\n- or this\n" + tail, "x.md:7|no key", "when"},
		"a key twice":           {head + "- words: a\n- Words: b\n" + tail, `x.md:7|"words" is there twice`, "one"},
		"unknown cause":         {"## A\n\nSay.\n\n- when: cross\n" + tail, `x.md:5|"cross" is none`, "broken promise"},
		"no cause":              {"## A\n\nSay.\n\n" + tail, "x.md:1|when it holds", "late promise"},
		"words of a cause":      {head + tail, "x.md:1|no words", "words"},
		"no words":              {head + "- words:\n" + tail, "x.md:6|words has an empty entry", "comma"},
		"an empty word":         {head + "- words: a,, b\n" + tail, "x.md:6|words has an empty entry", "comma"},
		"no number":             {head + "- words: a\n- days: 30 days\n" + tail, `x.md:7|days: "30 days" is no number`, "digits"},
		"below zero":            {head + "- words: a\n- days: -1\n" + tail, "x.md:7|no number", "digits"},
		"a huge number":         {head + "- words: a\n- days: 99999999999999999999\n" + tail, "x.md:7|no number", "digits"},
		"too many":              {"## A\n\nSay.\n- when: often\n- most: 3\n" + tail, "x.md:1|how many days", "days"},
		"too long":              {"## A\n\nSay.\n- when: long call\n" + tail, "x.md:1|how many are too many", "most"},
		"a call of no minutes":  {"## A\n\nSay.\n- when: long call\n- most: 0\n" + tail, "x.md:1|most must be above 0", ""},
		"nothing left out":      {head + "- words: a\n", "x.md:1|leaves nothing out", "thanks"},
		"what cannot be quiet":  {head + "- words: a\n- quiet: jokes\n", `x.md:7|"jokes" is nothing`, "offers"},
		"no sentence":           {"## A\n- when: incident\n" + tail, "x.md:1|no sentence", "title"},
		"two sentences":         {head + "- words: a\n" + tail + "\nAgain.\n", "x.md:9|second sentence", "one"},
		"two paragraphs":        {"## A\n\nSay.\n\nMore.\n\n- when: incident\n" + tail, "x.md:5|second sentence", "one"},
		"text below a key":      {head + "- words: a\nb, c\n" + tail, "x.md:7|belongs to no key", "Indent"},
		"a trial without yes":   {head + "- words: a\n- try: “a”\n" + tail, "x.md:7|trial", "yes or no"},
		"a trial with perhaps":  {head + "- words: a\n- try: “a” perhaps\n" + tail, "x.md:7|trial", "yes or no"},
		"a trial without marks": {head + "- words: a\n- try: a yes\n" + tail, "x.md:7|trial", "yes or no"},
		"a trial of nothing":    {head + "- words: a\n- try: “ ” no\n" + tail, "x.md:7|trial", "yes or no"},
		"words nobody looks at": {"## A\n\nSay.\n- when: minor\n- words: a\n" + tail, "x.md:5|looks at no words", "out"},
		"two of one title":      {head + "- words: a\n" + tail + "## á\n\nSay.\n- when: minor\n" + tail, `x.md:8|"á" in line 1 already`, "title"},
		"two of one id":         {head + "- words: a\n" + tail + "## B\n\nSay.\n- id: a\n- when: minor\n" + tail, `x.md:8|"a" belongs`, "id"},
		"a word too long":       {head + "- words: " + strings.Repeat("a", 501) + "\n" + tail, "x.md:1|longer than", ""},
		"a page too large":      {strings.Repeat("a", maxFile+1), "x.md:1|megabyte", "take some out"},
	} {
		got, err := Rules("x.md", []byte(c.page))
		where, what, _ := strings.Cut(c.want, "|")
		var fault *assist.Fault
		if err == nil || !errors.As(err, &fault) || !errors.Is(err, assist.ErrInvalid) || got != nil {
			t.Errorf("%s: %v, %v", name, got, err)
			continue
		}
		if fault.Where != where || !strings.Contains(fault.What, what) || !strings.Contains(fault.Do, c.do) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: got %+v in %v", name, fault, err)
		}
	}
	_, err := Rules("x.md", []byte("## A\n- when: cross\n- days: x\n## B\n- quiet: jokes\n## B\n"))
	for _, want := range []string{"x.md:2", "x.md:3", "x.md:1", "x.md:5", "x.md:4", "x.md:6"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%s is missing in\n%v", want, err)
		}
	}
}

func rulesForRoundTrip() []assist.Tact {
	long := strings.Fields(strings.Repeat("words - 1. of # many ## lines ", 40))
	return []assist.Tact{
		{ID: "a", Title: "A", When: assist.WhenWords, Words: long, Unless: []string{"- dash", "key: value", "„quoted“"}, Days: 3,
			Quiet: []assist.Part{assist.Offers}, Say: "Say: " + strings.Join(long[:50], " "), Order: 1,
			Try: []assist.Trial{{Words: "“ ” yes", Holds: true}, {Words: "# no”"}, {Words: strings.Join(long[:60], " ")}}},
		{ID: "b", Title: "Bé · 2", When: assist.WhenOften, Days: 7, Most: 3, Quiet: assist.Parts(), Say: "Often.", Order: 2},
	}
}

func TestRulesAreReadAsPageWroteThem(t *testing.T) {
	want := rulesForRoundTrip()
	page, err := Page(want)
	if err != nil {
		t.Fatal(err)
	}
	got, err := Rules("tact.md", page)
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v, %v", got, want, err)
	}
	off := append([]assist.Tact{{ID: "gone", Title: "Gone", Off: true}}, want...)
	if again, err := Page(off); err != nil || string(again) != string(page) {
		t.Errorf("with a rule that is off: %v\n%s", err, again)
	}
}

func TestPageRefusesWhatItCouldNotReadBack(t *testing.T) {
	for name, change := range map[string]func(*assist.Tact){
		"a comma in a word":  func(r *assist.Tact) { r.Words = []string{"a, b"} },
		"broken characters":  func(r *assist.Tact) { r.Say = "a\xff" },
		"a list as sentence": func(r *assist.Tact) { r.Say = "- when: upset" },
		"two of one title":   func(r *assist.Tact) { r.ID, r.Title = "other", "B\u00e9 · 2" },
		"no title":           func(r *assist.Tact) { r.Title = " " },
	} {
		rules := rulesForRoundTrip()
		change(&rules[0])
		if page, err := Page(rules); !errors.Is(err, assist.ErrInvalid) || page != nil {
			t.Errorf("%s: %v\n%s", name, err, page)
		}
	}
}

func TestStarterRulesComeOutAsTheirTrialsSay(t *testing.T) {
	rules := starter(t).Tact
	for _, f := range ask.Check(rules) {
		t.Errorf("%s on %q: held is %v", f.Rule, f.Trial.Words, f.Held)
	}
	causes := map[assist.Cause]bool{}
	for _, r := range rules {
		causes[r.When] = true
		tried := map[bool]int{}
		for _, x := range r.Try {
			tried[x.Holds]++
		}
		if r.When.Hears() && (tried[true] < 4 || tried[false] < 4) {
			t.Errorf("%s is tried on %d and %d", r.ID, tried[true], tried[false])
		}
	}
	for _, c := range assist.Causes() {
		if !causes[c] {
			t.Errorf("no rule for %q", c)
		}
	}
	for _, r := range ask.Rules() { // what was built in is still there, by its id
		found := false
		for _, s := range rules {
			found = found || s.ID == r.ID && s.When == r.When
		}
		if !found {
			t.Errorf("there is no %s", r.ID)
		}
	}
}

func TestStarterRulesHearWhatTheBuiltInOnesHear(t *testing.T) {
	shipped := ask.New(ask.Kept{Tact: starter(t).Tact})
	for _, r := range ask.Rules() {
		for _, x := range r.Try {
			reasons := shipped.Tact(glance.Profile{}, ask.Call{Said: []string{x.Words}}, saturday)
			if (len(reasons) > 0) != x.Holds {
				t.Errorf("%q: %+v", x.Words, reasons)
			}
		}
	}
}

func FuzzRulesAreWrittenTheSame(f *testing.F) {
	f.Add([]byte(goodPage))
	f.Add([]byte("## A\n\n- when: often\n- most: 2\n- days: 3\n- quiet: offers\nSay\n"))
	f.Fuzz(func(t *testing.T, page []byte) {
		rules, err := Rules("x.md", page)
		if err != nil {
			return
		}
		out, err := Page(rules)
		if err != nil {
			if strings.ToValidUTF8(string(page), "") == string(page) {
				t.Fatalf("%v: %+v", err, rules)
			}
			return
		}
		if again, err := Rules("x.md", out); err != nil || !reflect.DeepEqual(again, rules) {
			t.Fatalf("got %+v, want %+v, %v", again, rules, err)
		}
	})
}
