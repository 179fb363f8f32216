package pack

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"ringside/assets"
	"ringside/assist"
)

func starter(t *testing.T) assist.Pack {
	t.Helper()
	p, err := Read(assets.Packs())
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestStarterLibraryIsWhole(t *testing.T) {
	p := starter(t)
	if err := p.Validate(); err != nil {
		t.Error(err)
	}
	departments, titles, owners := map[string]int{}, map[string]assist.ID{}, sampleTeam(t, saturday)[assist.TypeRep]
	stale := 0
	for _, a := range p.Answers {
		departments[a.Department]++
		if other, twice := titles[strings.ToLower(a.Title)]; twice {
			t.Errorf("%s and %s have the title %q", a.ID, other, a.Title)
		}
		titles[strings.ToLower(a.Title)] = a.ID
		if len(a.Phrasings) < 6 {
			t.Errorf("%s has %d phrasings", a.ID, len(a.Phrasings))
		}
		if owners[a.Owner] == nil {
			t.Errorf("%s belongs to %q, whom nobody knows", a.ID, a.Owner)
		}
		if a.Verified.Time().After(saturday) {
			t.Errorf("%s was verified in the future", a.ID)
		}
		if a.Stale(saturday) {
			stale++
		}
	}
	for _, d := range []string{"sales", "billing", "technical", "delivery", "returns", "account"} {
		if departments[d] < 10 {
			t.Errorf("%s has %d answers", d, departments[d])
		}
	}
	if len(p.Answers) < 66 || len(departments) != 6 || stale < 2 || stale > 8 {
		t.Errorf("%d answers in %d departments, %d stale", len(p.Answers), len(departments), stale)
	}
}

func TestPhrasingsBelongToOneAnswer(t *testing.T) {
	seen := map[string]assist.ID{}
	for _, a := range starter(t).Answers {
		for _, s := range a.Phrasings {
			key := strings.ToLower(s)
			if other, twice := seen[key]; twice {
				t.Errorf("%q finds both %s and %s", s, other, a.ID)
			}
			seen[key] = a.ID
			if key == strings.ToLower(a.Title) {
				t.Errorf("%s: a phrasing only repeats the title", a.ID)
			}
		}
	}
}

var blanks = regexp.MustCompile(`\{\{([^}]*)\}\}`)

func TestAnswersUseKnownBlanksOnly(t *testing.T) {
	used := map[string]int{}
	for _, a := range starter(t).Answers {
		for _, text := range append([]string{a.Say}, a.Steps...) {
			for _, m := range blanks.FindAllStringSubmatch(text, -1) {
				used[m[1]]++
			}
			if rest := blanks.ReplaceAllString(text, ""); strings.ContainsAny(rest, "{}") {
				t.Errorf("%s: a brace is left in %q", a.ID, rest)
			}
		}
	}
	for _, known := range []string{"customer.name", "customer.call_me", "customer.company", "customer.years", "product", "rep.name", "promise.due", "today"} {
		delete(used, known)
	}
	if len(used) > 0 {
		t.Errorf("unknown blanks: %v", used)
	}
}

func TestAnswersCanBeSaid(t *testing.T) {
	for _, a := range starter(t).Answers {
		if words := len(strings.Fields(a.Say)); words > 85 {
			t.Errorf("%s has %d words; nobody listens to that", a.ID, words)
		}
		for _, stiff := range []string{"inconvenience", "apologise", "valued customer", "rest assured", "Unfortunately"} {
			if strings.Contains(a.Say, stiff) {
				t.Errorf("%s says %q", a.ID, stiff)
			}
		}
	}
}

func TestPromptsOfEachIntelligence(t *testing.T) {
	count, topics := map[assist.Intelligence]int{}, map[string]assist.ID{}
	forCustomers, followUps := map[assist.Intelligence]int{}, map[assist.Intelligence]int{}
	served := map[assist.Kind]int{}
	for _, p := range starter(t).Prompts {
		count[p.Intelligence]++
		topic := p.Topic
		if p.Intelligence == assist.FrontLine { // what reps tell is known apart from what customers tell
			topic = "front line: " + topic
		}
		if other, twice := topics[topic]; twice {
			t.Errorf("%s and %s ask about %q", p.ID, other, topic)
		}
		topics[topic] = p.ID
		switch {
		case len(p.After) > 0:
			followUps[p.Intelligence]++
		case len(p.Kinds) == 0 || slices.Contains(p.Kinds, assist.KindCustomer):
			forCustomers[p.Intelligence]++
		}
		if n := len(strings.Fields(p.Topic)); n > 2 {
			t.Errorf("%s: the topic has %d words", p.ID, n)
		}
		if len(p.Ask) < 2 || len(p.Ask) > 3 {
			t.Errorf("%s has %d ways to ask", p.ID, len(p.Ask))
		}
		for _, k := range p.Kinds {
			served[k]++
		}
	}
	for _, i := range assist.Intelligences() {
		if forCustomers[i] < 15 || followUps[i] < 3 {
			t.Errorf("%d %s prompts are for customers, %d follow up", forCustomers[i], i, followUps[i])
		}
	}
	if count[assist.FrontLine] < 7 {
		t.Errorf("%d prompts are for the rep", count[assist.FrontLine])
	}
	for _, k := range assist.Kinds() {
		if served[k] < 3 {
			t.Errorf("%d prompts are for a %s", served[k], k)
		}
	}
}

func TestStarterLibraryIsKeptAsWriteWouldWriteIt(t *testing.T) {
	dir := t.TempDir()
	if err := Write(dir, starter(t), nil); err != nil {
		t.Fatal(err)
	}
	want, got := tree(t, dir), treeOf(t, assets.Packs())
	for name, text := range want {
		if got[name] != text {
			t.Errorf("%s differs", name)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d files, want %d", len(got), len(want))
	}
	if _, err := os.Stat(dir + "/pack.yaml"); err != nil {
		t.Error(err)
	}
}

func TestSubjectsAreHonestAndOwned(t *testing.T) {
	p, reps := starter(t), sampleTeam(t, saturday)[assist.TypeRep]
	kinds := map[assist.SubjectKind]int{}
	for _, s := range p.Subjects {
		kinds[s.Kind]++
		if reps[s.Owner] == nil || s.Verified.IsZero() || s.Verified.Time().After(saturday) {
			t.Errorf("%s belongs to %q and was verified on %q", s.ID, s.Owner, s.Verified)
		}
		if n, m := len(s.Theirs), len(s.Ours); s.Kind == assist.AboutCompetitor && (n < 2 || n > 4 || m < 2 || m > 4) {
			t.Errorf("%s: they are better in %d things, we in %d", s.ID, n, m)
		}
		if n := len(s.For); s.Kind == assist.AboutProduct && (n < 3 || n > 6) {
			t.Errorf("%s helps in %d situations", s.ID, n)
		}
	}
	if kinds[assist.AboutCompetitor] < 4 || kinds[assist.AboutProduct] < 10 || kinds[assist.AboutPlace] < 2 || len(p.Deals) < 2 {
		t.Errorf("subjects %v, %d deals", kinds, len(p.Deals))
	}
	for _, d := range p.Deals {
		if !d.From.IsZero() || !d.Until.IsZero() {
			t.Errorf("%s ends some day, the starter library does not", d.ID)
		}
	}
}
