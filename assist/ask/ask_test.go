package ask

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/glance"
)

var now = time.Date(2026, 11, 18, 14, 0, 0, 0, time.UTC)

func question(id string, i assist.Intelligence, topic string) assist.Prompt {
	return assist.Prompt{ID: assist.ID(id), Intelligence: i, Topic: topic, Ask: []string{"What about " + topic + "?"}}
}

var library = []assist.Prompt{
	question("rivals", assist.Competitive, "rivals"), question("price", assist.Competitive, "price"),
	question("growth", assist.Market, "growth"), question("rules", assist.Market, "rules"),
	question("family", assist.Relationship, "family"), question("goals", assist.Relationship, "goals"),
}

func mary() glance.Profile {
	return glance.Profile{Customer: assist.Customer{ID: "mary", Name: "Mary Shaw"}}
}

// pick goes through tact, as a call does.
func pick(prompts []assist.Prompt, p glance.Profile, now time.Time) []Offer {
	t := New(Kept{Prompts: prompts})
	return t.Pick(p, Call{}, t.Tact(p, Call{}, now), now)
}

func ids(offers []Offer) (out []string) {
	for _, o := range offers {
		out = append(out, string(o.Prompt.ID))
	}
	return out
}

func TestOffersTwoOfDifferentIntelligences(t *testing.T) {
	for day := range 60 {
		got := pick(library, mary(), now.AddDate(0, 0, day))
		if len(got) != 2 || got[0].Prompt.Intelligence == got[1].Prompt.Intelligence {
			t.Fatalf("day %d: %v", day, ids(got))
		}
		for _, o := range got {
			if !strings.HasPrefix(o.Why, "nothing known") {
				t.Errorf("why %q", o.Why)
			}
		}
	}
}

func TestWhatIsLeastKnownComesFirst(t *testing.T) {
	p := mary()
	p.Heard = []assist.Note{{Intelligence: assist.Competitive}, {Intelligence: assist.Competitive}, {Intelligence: assist.Relationship}}
	p.Insights = []assist.Insight{{Intelligence: assist.Relationship, Topic: "Goals "}}
	got := pick(library, p, now)
	if len(got) != 2 || got[0].Prompt.Intelligence != assist.Market {
		t.Fatalf("got %v", ids(got))
	}
	p.Heard = append(p.Heard, assist.Note{Intelligence: assist.Competitive})
	if got = pick(library, p, now); got[1].Prompt.ID != "family" {
		t.Errorf("second is %v, want family: the goals are known", ids(got))
	}
	if want := "not known yet: family"; got[1].Why != want {
		t.Errorf("why %q, want %q", got[1].Why, want)
	}
}

func TestLeavesOutWhatMustNotBeAsked(t *testing.T) {
	only := []assist.Prompt{question("rivals", assist.Competitive, "other suppliers")}
	only[0].Ask = append(only[0].Ask, "Who else?")
	day := 24 * time.Hour
	asked := func(r assist.Reply, ago time.Duration) glance.Profile {
		p := mary()
		p.Asked = []assist.Asked{{Prompt: "rivals", Reply: r, At: now.Add(-ago)}}
		return p
	}
	with := func(change func(*glance.Profile)) glance.Profile {
		p := mary()
		change(&p)
		return p
	}
	for name, c := range map[string]struct {
		p    glance.Profile
		want int
	}{
		"nothing known":           {mary(), 1},
		"topic known":             {with(func(p *glance.Profile) { p.Insights = []assist.Insight{{Topic: "Other  Suppliers"}} }), 0},
		"another topic known":     {with(func(p *glance.Profile) { p.Insights = []assist.Insight{{Topic: "price"}, {}} }), 1},
		"answered":                {with(func(p *glance.Profile) { p.Heard = []assist.Note{{Prompt: "rivals"}} }), 0},
		"never":                   {asked(assist.ReplyNever, 4000*day), 0},
		"not now, 29 days ago":    {asked(assist.ReplyNotNow, 29*day), 0},
		"not now, 31 days ago":    {asked(assist.ReplyNotNow, 31*day), 1},
		"asked 89 days ago":       {asked(assist.ReplyAsked, 89*day), 0},
		"asked 91 days ago":       {asked(assist.ReplyAsked, 91*day), 1},
		"do not ask":              {with(func(p *glance.Profile) { p.Customer.DoNotAsk = true }), 0},
		"speaks German":           {with(func(p *glance.Profile) { p.Customer.Language = "de-AT" }), 0},
		"speaks British English":  {with(func(p *glance.Profile) { p.Customer.Language = "en_GB" }), 1},
		"a promise is late":       {with(func(p *glance.Profile) { p.Promises = []assist.Promise{{Due: now.Add(-day)}} }), 0},
		"a promise is not late":   {with(func(p *glance.Profile) { p.Promises = []assist.Promise{{Due: now.Add(day)}} }), 1},
		"an incident is open":     {with(func(p *glance.Profile) { p.Incidents = []assist.Incident{{Title: "Line down"}} }), 0},
		"an incident was settled": {with(func(p *glance.Profile) { p.Incidents = []assist.Incident{{Closed: now}} }), 1},
	} {
		if got := pick(only, c.p, now); len(got) != c.want {
			t.Errorf("%s: %d offers, want %d", name, len(got), c.want)
		}
	}
}

func TestAKnownTopicSilencesEveryPromptAboutIt(t *testing.T) {
	two := []assist.Prompt{question("a", assist.Market, "growth"), question("b", assist.Market, "Growth")}
	p := mary()
	p.Heard = []assist.Note{{Prompt: "a", Intelligence: assist.Market}}
	if got := pick(two, p, now); len(got) != 0 {
		t.Errorf("still offers %v", ids(got))
	}
}

func TestPromptsAreForTheirKindsOfPeople(t *testing.T) {
	q := question("a", assist.Market, "growth")
	for _, c := range []struct {
		kinds []assist.Kind
		who   assist.Kind
		want  int
	}{
		{nil, "", 1}, {nil, assist.KindBoss, 1},
		{[]assist.Kind{assist.KindCustomer}, "", 1},
		{[]assist.Kind{assist.KindCustomer}, assist.KindBoss, 0},
		{[]assist.Kind{assist.KindProspect, assist.KindBoss}, assist.KindBoss, 1},
	} {
		q.Kinds = c.kinds
		p := mary()
		p.Customer.Kind = c.who
		if got := pick([]assist.Prompt{q}, p, now); len(got) != c.want {
			t.Errorf("for %v, asked of %q: %d offers, want %d", c.kinds, c.who, len(got), c.want)
		}
	}
}

func TestTurnsAreTheSameOnOneDayAndChangeOverDays(t *testing.T) {
	var many []assist.Prompt
	for i := range 8 {
		many = append(many, question(fmt.Sprint("m", i), assist.Market, fmt.Sprint("topic ", i)))
	}
	seen := map[string]bool{}
	for day := range 40 {
		at := now.AddDate(0, 0, day)
		first := ids(pick(many, mary(), at))[0]
		if again := ids(pick(many, mary(), at.Add(3*time.Hour)))[0]; again != first {
			t.Fatalf("%s in the afternoon and %s later that day", first, again)
		}
		seen[first] = true
	}
	if len(seen) < 5 {
		t.Errorf("only %d of 8 prompts had a turn in 40 days", len(seen))
	}
}

func TestNothingToOffer(t *testing.T) {
	if got := pick(nil, glance.Profile{}, time.Time{}); got != nil {
		t.Errorf("offers %v of nothing", got)
	}
	if got := pick([]assist.Prompt{{ID: "x", Topic: "y"}}, mary(), now); got != nil {
		t.Errorf("offers a prompt without words: %v", got)
	}
}
