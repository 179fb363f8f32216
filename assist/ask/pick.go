package ask

import (
	"cmp"
	"slices"
	"time"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/assist/search/text"
)

const (
	most        = 2                   // more than two questions make an interview of a call
	notNowRests = 30 * 24 * time.Hour // a rep who said "not now" is left alone for a month
	askedRests  = 90 * 24 * time.Hour // a question that got no reply is not repeated within a quarter
	wanted      = 3                   // a focus weighs as much as this many things more that are known of the others
	tried       = 2                   // a question that was tried weighs as much as two things that are known
)

// Offer is a prompt that may be asked now, and the reason in words for the rep.
type Offer struct {
	// Prompt has only the ways to ask that were never the first for this customer.
	Prompt assist.Prompt
	// Way is the first of them: what assist.Asked.Way is to remember.
	Way string
	Why string
}

type prompt struct {
	assist.Prompt
	topic    string
	ways     []string // folded
	language string
}

type focus struct {
	assist.Focus
	topic string
}

func (t *Team) takePrompt(q assist.Prompt) {
	p := prompt{Prompt: q, topic: text.Fold(q.Topic), language: language(q.Language)}
	for _, a := range q.Ask {
		p.ways = append(p.ways, text.Fold(a))
	}
	if slices.Contains(assist.Intelligences(), q.Intelligence) { // what is asked of the front line is never for customers
		t.after.add(len(t.prompts), q.After...)
		t.byID[q.ID] = len(t.prompts)
		t.prompts = append(t.prompts, p)
	}
}

// Pick returns at most two offers, of different intelligences. What was just said comes
// first (Prompt.After), then a topic that the team wants to know, then the intelligence
// of which least is known and least was tried with this customer, where a focus counts
// for something, too.
//
// A prompt is left out when its topic is known, was refused for good, or rests after
// "not now" or after it was asked; when all its ways were offered; when it is meant for
// other kinds of people, another language or for ourselves; when it is Off. Nothing is offered while a
// reason takes questions out, or when two have a place in this call already.
func (t *Team) Pick(p glance.Profile, c Call, reasons []Reason, now time.Time) []Offer {
	h := t.history(p, c, now, true)
	room := most - h.taken
	if room <= 0 || Quiet(reasons, assist.Questions) != "" {
		return nil
	}
	follow := t.followUps(c.Said)
	var fit []candidate
	for i, q := range t.prompts {
		said, follows := follow[i]
		if q.Off || !q.meantFor(p.Customer) || h.closed(q) || len(q.After) > 0 && !follows || h.dealt[q.Intelligence] && !follows {
			continue
		}
		if ways := h.waysLeft(q); len(ways) > 0 {
			k := candidate{prompt: q, ways: ways, said: said, tries: h.tries[q.ID], known: h.known[q.Intelligence]}
			t.weigh(&k, h, p.Customer.ID, now)
			fit = append(fit, k)
		}
	}
	slices.SortStableFunc(fit, candidate.compare)
	var offers []Offer
	for _, k := range fit {
		if len(offers) < room && !slices.ContainsFunc(offers, func(o Offer) bool { return o.Prompt.Intelligence == k.Intelligence }) {
			offers = append(offers, k.offer())
		}
	}
	return offers
}

// Sought returns the offer of a prompt that the rep looked for. It may rest, and be meant
// for others; but it is not offered when it is Off, while a reason takes questions out, nor when its
// topic is known or was refused for good, nor in words that were offered before.
func (t *Team) Sought(id assist.ID, p glance.Profile, reasons []Reason, now time.Time) (Offer, bool) {
	n, ok := t.byID[id]
	h := t.history(p, Call{}, now, false)
	if !ok || t.prompts[n].Off || h.closed(t.prompts[n]) || Quiet(reasons, assist.Questions) != "" {
		return Offer{}, false
	}
	q := t.prompts[n].Prompt
	if q.Ask = h.waysLeft(t.prompts[n]); len(q.Ask) == 0 {
		return Offer{}, false
	}
	return Offer{q, q.Ask[0], "you looked for it"}, true
}

// candidate is a prompt that may be offered, and what speaks for it.
type candidate struct {
	prompt
	ways   []string
	said   string // what it follows from
	topics bool   // the team wants this topic
	wanted bool   // the team wants this intelligence
	weight int    // the less, the sooner
	known  int
	tries  int
	turn   uint64
}

func (k candidate) compare(o candidate) int {
	return cmp.Or(later(k.said != "", o.said != ""), later(k.topics, o.topics), cmp.Compare(k.weight, o.weight),
		cmp.Compare(k.tries, o.tries), cmp.Compare(k.turn, o.turn), cmp.Compare(k.ID, o.ID))
}

// later puts what holds before what does not.
func later(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

func (t *Team) weigh(k *candidate, h history, customer assist.ID, now time.Time) {
	for _, f := range t.focus {
		if (f.Intelligence != "" && f.Intelligence != k.Intelligence) || !runs(f.From, f.Until, now) {
			continue
		}
		k.topics = k.topics || f.topic != "" && f.topic == k.topic
		k.wanted = k.wanted || f.topic == "" && f.Intelligence != ""
	}
	k.weight = h.known[k.Intelligence] + tried*h.asked[k.Intelligence]
	if k.wanted {
		k.weight -= wanted
	}
	k.turn = turn(customer, assist.DateOf(now).String(), k.ID)
}

func (k candidate) offer() Offer {
	q := k.Prompt
	q.Ask = k.ways
	return Offer{q, k.ways[0], k.why()}
}

func (k candidate) why() string {
	switch {
	case k.said != "":
		return "follows from what they just said: " + quoted(k.said, 60)
	case k.topics:
		return "the team wants to know this now: " + line(k.Topic)
	case k.wanted:
		return "the team's focus now is " + string(k.Intelligence) + "; not known yet: " + line(k.Topic)
	case k.known > 0:
		return "not known yet: " + line(k.Topic)
	case k.Intelligence == assist.Competitive:
		return "nothing known of what else they use or look at"
	case k.Intelligence == assist.Market:
		return "nothing known of what changes in their market"
	}
	return "nothing known of what matters to them"
}

// followUps returns the prompts whose After was said in the last two texts, with the
// sentence; the latest counts.
func (t *Team) followUps(said []string) map[int]string {
	out := map[int]string{}
	var found []find
	for _, s := range said[max(len(said)-2, 0):] {
		for part := range sentences(s) {
			found = t.after.read(part, found[:0])
			for _, f := range found {
				out[f.tag] = part
			}
		}
	}
	return out
}
