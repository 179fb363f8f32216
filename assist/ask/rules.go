package ask

import (
	"slices"

	"ringside/assist"
)

var (
	all       = []assist.Part{assist.Questions, assist.Thanks, assist.Offers}
	noPrying  = []assist.Part{assist.Questions}
	noSelling = []assist.Part{assist.Questions, assist.Offers}
)

// own are the rules that guard what a customer is or asked for. They hold even when a
// team's page has no rule for their cause.
func own() []assist.Tact {
	return []assist.Tact{
		{ID: "do-not-ask", Title: "Asked not to be asked", When: assist.WhenDoNotAsk, Quiet: noPrying,
			Say: "No questions: they asked not to be asked."},
		{ID: "no-consent", Title: "No consent", When: assist.WhenNoConsent, Quiet: noPrying,
			Say: "No questions: they have not agreed that we keep what they tell."},
		{ID: "minor", Title: "Not of age", When: assist.WhenMinor, Quiet: noSelling,
			Say: "No questions and no offers: they are not of age."},
	}
}

// Rules returns the rules of tact that are built in, in the order of their weight, with
// the ids of the page that is shipped. They are used while a team keeps none.
func Rules() []assist.Tact {
	rules := append(own(), []assist.Tact{
		{ID: "hard-news", Title: "Hard news", When: assist.WhenWords, Days: 90, Quiet: all,
			Say: "No questions now: they had hard news. Be kind, be brief.",
			Words: []string{"passed away", "died", "death", "deceased", "funeral", "bereave*", "widow*", "lost her husband",
				"lost his wife", "lost my husband", "lost my wife", "lost her mother", "lost his mother", "lost her father",
				"lost his father", "lost my mother", "lost my father", "lost our", "lost the baby", "buried her", "buried his", "buried my",
				"dad passed", "mum passed", "mom passed", "cancer", "chemo*", "tumour", "tumor", "dementia", "alzheimer*", "terminally",
				"diagnosed", "hospice", "in hospital", "intensive care", "stroke",
				"heart attack", "miscarriage", "divorc*", "lost her job", "lost his job", "lost my job", "redundan*",
				"bankrupt*", "condolence*"},
			Unless: []string{"battery", "batteries", "engine", "motor", "mower", "chainsaw", "the saw", "pole saw", "trimmer",
				"the phone", "the line", "plant*", "the hedge", "the tree", "the lawn", "two stroke", "four stroke", "2 stroke", "4 stroke"},
			Try: []assist.Trial{{Words: "Her husband died last week.", Holds: true}, {Words: "The battery died on me."},
				{Words: "It is a two-stroke engine."}}},
		{ID: "upset", Title: "Upset", When: assist.WhenUpset, Days: 7, Quiet: all,
			Say: "No questions now: they are upset. Listen, say sorry, then what we do.",
			Words: []string{"angry", "furious", "livid", "upset", "outrage*", "fed up", "disgust*", "appalled", "appalling",
				"disgrace*", "ridiculous", "unacceptable", "sick of", "had enough", "in tears", "crying", "shouted", "shouting",
				"cross with us", "very disappoint*", "let down", "worst service", "annoyed",
				"frustrat*", "unhappy", "not happy", "not good enough", "shambles", "pissed off", "had it with"},
			Unless: []string{"not angry", "not upset", "not furious", "isnt angry", "isnt upset", "wasnt angry", "wasnt upset",
				"no longer angry", "no longer upset", "stomach"},
			Settled: []string{"no longer upset", "no longer angry", "calm again", "calmed down", "all forgiven", "happy again"},
			Try: []assist.Trial{{Words: "He is furious about the delay", Holds: true}, {Words: "She was not angry at all"},
				{Words: "Angry at first. Calmed down by the end."}}},
		{ID: "late-promise", Title: "A late promise", When: assist.WhenLate, Quiet: all,
			Say: "No questions now: a promise to them is late. Put that right first."},
		{ID: "incident", Title: "An open incident", When: assist.WhenIncident, Quiet: all,
			Say: "No questions now: they are caught up in a trouble of ours."},
		{ID: "broken-promise", Title: "A broken promise", When: assist.WhenBroken, Days: 30, Quiet: all,
			Say: "No questions now: a promise to them was broken or moved. Say so first."},
		{ID: "complaint", Title: "An open complaint", When: assist.WhenWords, Days: 60, Quiet: all,
			Say: "No questions now: their complaint is open.",
			Words: []string{"complain*", "compensat*", "ombudsman", "lawyer", "solicitor", "legal action", "trading standards",
				"wants a refund", "wants her money back", "wants his money back", "wants their money back", "money back",
				"wrong again", "broken again", "happened again", "third time", "second time this", "wants to cancel",
				"want to cancel", "close my account", "close the account"},
			Unless: []string{"no complaint*", "never complain*", "not complain*", "not a complaint", "cant complain",
				"cannot complain", "didnt complain", "nothing to complain"},
			Settled: []string{"sorted", "resolved", "settled", "solved", "satisfied", "refunded", "happy now", "happy again",
				"withdrew", "withdrawn", "dealt with", "put right"},
			Try: []assist.Trial{{Words: "She complained about the fence", Holds: true}, {Words: "Can't complain, he says"},
				{Words: "Complaint is resolved"}, {Words: "The complaint is still not resolved", Holds: true}}},
		{ID: "hurried", Title: "In a hurry", When: assist.WhenHurried, Quiet: all,
			Say: "No questions now: they are in a hurry.",
			Words: []string{"hurry", "in a rush", "no time", "quick question", "be quick", "keep it short", "driving",
				"at the airport", "in a meeting", "on my way", "train leaves", "have to run", "got to go", "have to go"},
			Unless: []string{"no hurry", "no rush", "not in a hurry", "not in a rush", "driving range"},
			Try:    []assist.Trial{{Words: "I'm in a hurry", Holds: true}, {Words: "There is no hurry"}}},
		{ID: "long-call", Title: "A long call", When: assist.WhenLongCall, Most: 20, Quiet: noSelling,
			Say: "No more questions: this call is long already."},
		{ID: "often", Title: "Third call this week", When: assist.WhenOften, Days: 7, Most: 3, Quiet: noSelling,
			Say: "No questions: they had to ring often this week. Solve it for good."},
	}...)
	for i := range rules {
		rules[i].Order = i + 1
	}
	return rules
}

// rulesOf returns the rules that a team goes by: its own page without what is off, and
// whatever guards the customer that the page says nothing of.
func rulesOf(page []assist.Tact) []assist.Tact {
	out := slices.DeleteFunc(slices.Clone(page), func(r assist.Tact) bool { return r.Off })
	if len(out) == 0 {
		return Rules()
	}
	for _, r := range own() {
		if !slices.ContainsFunc(out, func(q assist.Tact) bool { return q.When == r.When }) {
			out = append(out, r)
		}
	}
	return out
}
