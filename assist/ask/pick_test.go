package ask

import (
	"slices"
	"strings"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/glance"
)

func days(n int) time.Duration { return time.Duration(n) * 24 * time.Hour }

func TestFrontLineQuestionsAreNeverForCustomers(t *testing.T) {
	for _, i := range []assist.Intelligence{assist.FrontLine, "", "gossip"} {
		for _, k := range assist.Kinds() {
			q := question("worry", i, "worries")
			q.After = []string{"worried"}
			p := glance.Profile{Customer: assist.Customer{Kind: k}}
			if got := New(Kept{Prompts: []assist.Prompt{q}}).Pick(p, Call{Said: []string{"worried"}}, nil, now); len(got) != 0 {
				t.Errorf("%q for a %s: %v", i, k, ids(got))
			}
		}
	}
}

func TestATopicRestsWhateverThePromptWas(t *testing.T) {
	two := []assist.Prompt{question("a", assist.Market, "Growth"), question("b", assist.Market, "gröwth ")}
	two[1].Ask = []string{"Do you grow?"}
	for _, c := range []struct {
		reply assist.Reply
		ago   time.Duration
		want  int
	}{
		{assist.ReplyAsked, days(89), 0}, {assist.ReplyAsked, days(91), 1},
		{assist.ReplyNotNow, days(29), 0}, {assist.ReplyNotNow, days(31), 1},
		{assist.ReplyNever, days(9000), 0}, {assist.ReplyNever, -days(1), 0}, {assist.ReplyAsked, -days(1), 0},
		{assist.ReplyDone, days(0), 1}, // nothing that a prompt knows
	} {
		p := mary()
		p.Asked = []assist.Asked{{Prompt: "a", Reply: c.reply, At: now.Add(-c.ago), Way: two[0].Ask[0]}}
		got := pick(two, p, now)
		if len(got) != c.want || c.want == 1 && got[0].Prompt.ID != "b" {
			t.Errorf("%s %v ago: %v", c.reply, c.ago, ids(got))
		}
	}
	p := mary()
	p.Asked = []assist.Asked{{Prompt: "gone", Reply: assist.ReplyNever}, {Prompt: "move.thanks", Reply: assist.ReplyDone}}
	if got := pick(two, p, now); len(got) != 1 {
		t.Errorf("a prompt that is gone silences others: %v", ids(got))
	}
}

func TestPromptsWithoutATopicSilenceOnlyThemselves(t *testing.T) {
	two := []assist.Prompt{question("a", assist.Market, "🙂"), question("b", assist.Relationship, "")}
	two[1].Ask = []string{"And you?"}
	p := mary()
	p.Asked = []assist.Asked{{Prompt: "a", Reply: assist.ReplyNever}}
	p.Insights = []assist.Insight{{Topic: "!"}}
	if got := ids(pick(two, p, now)); !slices.Equal(got, []string{"b"}) {
		t.Errorf("got %v", got)
	}
}

func TestTheSameWordsNeverComeTwice(t *testing.T) {
	q := assist.Prompt{ID: "a", Intelligence: assist.Market, Topic: "growth", Ask: []string{"Way one?", "Way two?", "Way three?"}}
	p, at := mary(), now
	var ways []string
	for range 5 {
		for _, o := range pick([]assist.Prompt{q}, p, at) {
			if o.Way != o.Prompt.Ask[0] {
				t.Fatalf("the way is %q, of %q", o.Way, o.Prompt.Ask)
			}
			ways = append(ways, o.Way)
			p.Asked = append(p.Asked, assist.Asked{Prompt: "a", Reply: assist.ReplyAsked, Way: o.Way, At: at})
		}
		at = at.Add(days(100))
	}
	if !slices.Equal(ways, q.Ask) {
		t.Errorf("ways %q", ways)
	}
	p.Asked = []assist.Asked{{Prompt: "a", Reply: assist.ReplyNotNow}, {Prompt: "another", Way: "WAY  two"}}
	if got := pick([]assist.Prompt{q}, p, now); len(got) != 1 || !slices.Equal(got[0].Prompt.Ask, []string{"Way three?"}) {
		t.Errorf("of an old record without words, and the words of another prompt: %+v", got)
	}
	if !slices.Equal(q.Ask, []string{"Way one?", "Way two?", "Way three?"}) {
		t.Errorf("the prompt was changed: %q", q.Ask)
	}
}

func TestAFollowUpComesOnlyAfterItsWordsAndThenFirst(t *testing.T) {
	follow := question("why-theirs", assist.Competitive, "their saw")
	follow.After = []string{"brackmoor*", "other saw"}
	team := New(Kept{Prompts: append(slices.Clone(library), follow)})
	for _, c := range []struct {
		said  []string
		first bool
	}{
		{nil, false}, {[]string{"I like it"}, false}, {[]string{"the other's saw"}, false},
		{[]string{"Hello. My Brackmoor starts first pull. Bye"}, true},
		{[]string{"my BRACKMOORS", "and so on"}, true},
		{[]string{"my Brackmoor", "and so on", "and on"}, false},
	} {
		for day := range 20 {
			got := team.Pick(mary(), Call{Said: c.said}, nil, now.AddDate(0, 0, day))
			if has := slices.Contains(ids(got), "why-theirs"); len(got) != 2 || has != c.first || has && got[0].Prompt.ID != "why-theirs" {
				t.Errorf("after %q: %v", c.said, ids(got))
			}
		}
	}
	got := team.Pick(mary(), Call{Said: []string{"Hello. My Brackmoor starts first pull. Bye"}}, nil, now)
	if want := "follows from what they just said: “My Brackmoor starts first pull.”"; got[0].Why != want {
		t.Errorf("why %q", got[0].Why)
	}
	quiet := []Reason{{Say: "x", Quiet: []assist.Part{assist.Questions}}}
	if got := team.Pick(mary(), Call{Said: []string{"Brackmoor"}}, quiet, now); got != nil {
		t.Errorf("against tact: %v", ids(got))
	}
	known := mary()
	known.Insights = []assist.Insight{{Topic: "Their Saw"}}
	if got := team.Pick(known, Call{Said: []string{"Brackmoor"}}, nil, now); slices.Contains(ids(got), "why-theirs") {
		t.Error("what is known is asked")
	}
}

func TestWhatHasAPlaceInTheCallIsNotOfferedAgain(t *testing.T) {
	team := New(Kept{Prompts: library})
	inCall := func(replies ...assist.Asked) glance.Profile {
		p := mary()
		for _, a := range replies {
			a.Call, a.At = "c", now
			p.Asked = append(p.Asked, a)
		}
		return p
	}
	rivals := assist.Asked{Prompt: "rivals", Reply: assist.ReplyAsked}
	growth := assist.Asked{Prompt: "growth", Reply: assist.ReplyAsked}
	later := assist.Asked{Prompt: "family", Reply: assist.ReplyNotNow}
	for name, c := range map[string]struct {
		p     glance.Profile
		taken []assist.ID
		want  int
		no    assist.Intelligence
	}{
		"nothing":                        {mary(), nil, 2, ""},
		"one stands on the card":         {mary(), []assist.ID{"rivals"}, 1, assist.Competitive},
		"two stand on the card":          {mary(), []assist.ID{"rivals", "growth"}, 0, ""},
		"one was asked":                  {inCall(rivals), nil, 1, assist.Competitive},
		"one was asked, and told twice":  {inCall(rivals), []assist.ID{"rivals"}, 1, assist.Competitive},
		"two were asked":                 {inCall(rivals, growth), nil, 0, ""},
		"one was put off":                {inCall(later), nil, 2, assist.Relationship},
		"one was put off, one asked":     {inCall(later, rivals), nil, 1, assist.Relationship},
		"something strange stands there": {mary(), []assist.ID{"unknown", ""}, 2, ""},
	} {
		for day := range 20 {
			got := team.Pick(c.p, Call{ID: "c", Taken: c.taken}, nil, now.AddDate(0, 0, day))
			if len(got) != c.want || slices.ContainsFunc(got, func(o Offer) bool { return o.Prompt.Intelligence == c.no }) {
				t.Errorf("%s: %v", name, ids(got))
			}
		}
	}
}

func TestAPromptThatIsLookedForMayRestButNotBreakTact(t *testing.T) {
	q := question("rivals", assist.Competitive, "rivals")
	q.Ask, q.Kinds = append(q.Ask, "Second way?"), []assist.Kind{assist.KindBoss}
	team := New(Kept{Prompts: []assist.Prompt{q, {ID: "front", Intelligence: assist.FrontLine, Ask: []string{"x"}}}})
	asked := func(r assist.Reply, way string) glance.Profile {
		return glance.Profile{Asked: []assist.Asked{{Prompt: "rivals", Reply: r, Way: way, At: now}}}
	}
	both := asked(assist.ReplyAsked, q.Ask[0])
	both.Asked = append(both.Asked, assist.Asked{Prompt: "rivals", Reply: assist.ReplyNotNow, Way: q.Ask[1], At: now})
	for name, c := range map[string]struct {
		id   assist.ID
		p    glance.Profile
		want string
	}{
		"fresh":             {"rivals", mary(), q.Ask[0]},
		"asked today":       {"rivals", asked(assist.ReplyAsked, q.Ask[0]), q.Ask[1]},
		"put off today":     {"rivals", asked(assist.ReplyNotNow, q.Ask[1]), q.Ask[0]},
		"refused":           {"rivals", asked(assist.ReplyNever, q.Ask[0]), ""},
		"all words used":    {"rivals", both, ""},
		"known":             {"rivals", glance.Profile{Insights: []assist.Insight{{Topic: "rivals"}}}, ""},
		"do not ask":        {"rivals", glance.Profile{Customer: assist.Customer{DoNotAsk: true}}, ""},
		"of the front line": {"front", mary(), ""},
		"not there":         {"gone", mary(), ""},
	} {
		got, ok := team.Sought(c.id, c.p, team.Tact(c.p, Call{}, now), now)
		if ok != (c.want != "") || got.Way != c.want {
			t.Errorf("%s: %+v, %v", name, got, ok)
		}
	}
}

func TestTheFocusOfTheWeekComesFirst(t *testing.T) {
	day := func(d int) assist.Date { return assist.Date{Year: 2026, Month: 11, Day: d} }
	for name, c := range map[string]struct {
		focus assist.Focus
		knows int // of the market
		first string
		why   string
	}{
		"a topic":               {assist.Focus{Topic: "Rules", From: day(16), Until: day(18)}, 9, "rules", "the team wants to know this now: rules"},
		"a topic of another":    {assist.Focus{Topic: "rules", Intelligence: assist.Competitive, From: day(16), Until: day(18)}, 9, "", ""},
		"an intelligence":       {assist.Focus{Intelligence: assist.Market, From: day(18), Until: day(18)}, 2, "market", "the team's focus now is market"},
		"known well enough":     {assist.Focus{Intelligence: assist.Market, From: day(18), Until: day(18)}, 4, "", ""},
		"last week":             {assist.Focus{Intelligence: assist.Market, From: day(9), Until: day(17)}, 2, "", ""},
		"next week":             {assist.Focus{Intelligence: assist.Market, From: day(19), Until: day(23)}, 2, "", ""},
		"a month":               {assist.Focus{Intelligence: assist.Market, From: assist.Date{Year: 2026, Month: 11}, Until: assist.Date{Year: 2026, Month: 11}}, 2, "market", "focus"},
		"a focus without words": {assist.Focus{From: day(1), Until: day(30)}, 2, "", ""},
	} {
		p := mary()
		for range c.knows {
			p.Insights = append(p.Insights, assist.Insight{Intelligence: assist.Market})
		}
		got := New(Kept{Prompts: library, Focus: []assist.Focus{c.focus}}).Pick(p, Call{}, nil, now)
		first := got[0]
		is := string(first.Prompt.Intelligence) == "market"
		if (c.first != "") != is || c.first == "rules" && first.Prompt.ID != "rules" || !strings.Contains(first.Why, c.why) {
			t.Errorf("%s: first is %s, %q", name, first.Prompt.ID, first.Why)
		}
	}
}

// Whoever never answers one kind of question is not asked it for ever.
func TestWhatWasTriedOftenGivesWay(t *testing.T) {
	p := mary()
	p.Asked = []assist.Asked{{Prompt: "rivals", Reply: assist.ReplyAsked}, {Prompt: "price", Reply: assist.ReplyNotNow}}
	p.Insights = []assist.Insight{{Intelligence: assist.Market}, {Intelligence: assist.Relationship}}
	for _, o := range pick(append(slices.Clone(library), question("service", assist.Competitive, "service")), p, now) {
		if o.Prompt.Intelligence == assist.Competitive {
			t.Errorf("%s comes again", o.Prompt.ID)
		}
	}
}

func BenchmarkTactPickMoves(b *testing.B) {
	team := New(Kept{Prompts: library})
	p := mary()
	for i := range 70 {
		n := note(i, strings.Repeat("The mower came on Friday and she likes it, only the blade is blunt. ", 5))
		if p.Notes = append(p.Notes, n); i >= 20 {
			p.Notes, p.Heard = p.Notes[:20], append(p.Heard, n)
		}
	}
	for i := range 200 {
		p.Asked = append(p.Asked, assist.Asked{Prompt: library[i%6].ID, Reply: assist.ReplyAsked, Way: "What about it?", At: now.AddDate(-1, 0, -i)})
	}
	for b.Loop() {
		c := Call{Said: []string{"hello"}}
		reasons := team.Tact(p, c, now)
		team.Pick(p, c, reasons, now)
		team.Moves(p, c, reasons, nil, now)
	}
}

func TestAPromptThatIsOffIsNotOfferedAndItsTopicStillRests(t *testing.T) {
	two := []assist.Prompt{question("a", assist.Market, "Growth"), question("b", assist.Market, "growth")}
	two[0].Off, two[1].Ask = true, []string{"Do you grow?"}
	p := mary()
	if got := ids(pick(two, p, now)); !slices.Equal(got, []string{"b"}) {
		t.Errorf("offered %v", got)
	}
	if got, ok := New(Kept{Prompts: two}).Sought("a", p, nil, now); ok {
		t.Errorf("offered %v to who looked for it", got)
	}
	p.Asked = []assist.Asked{{Prompt: "a", Reply: assist.ReplyAsked, At: now.Add(-days(1)), Way: two[0].Ask[0]}}
	if got := ids(pick(two, p, now)); len(got) != 0 {
		t.Errorf("offered %v a day after its topic was asked", got)
	}
}
