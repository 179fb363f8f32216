// Package ask chooses which frank questions are offered to the rep for this
// customer, at most two, and says why. It never writes a script: a prompt is an
// offer that can be put off or refused for good.
package ask

import (
	"cmp"
	"hash/fnv"
	"slices"
	"strings"
	"time"

	"ringside/assist"
)

const (
	most        = 2                   // more than two questions make an interview of a call
	notNowRests = 30 * 24 * time.Hour // a rep who said "not now" is left alone for a month
	askedRests  = 90 * 24 * time.Hour // a question that got no reply is not repeated within a quarter
)

// Offer is a prompt that may be asked now, and the reason in words for the rep.
type Offer struct {
	Prompt assist.Prompt
	Why    string
}

// Pick returns at most two offers, of different intelligences: those of which we
// know least of this customer come first. A prompt is left out when its topic is
// known, when it was answered or refused for good, while it rests after "not now"
// or after it was asked, when it is meant for other kinds of people or for another
// language. None is offered while Quiet gives a reason. The same profile on the
// same day always gives the same offers.
func Pick(prompts []assist.Prompt, p assist.Profile, now time.Time) []Offer {
	if Quiet(p, now) != "" {
		return nil
	}
	known, counts := knownTopics(prompts, p), knownCounts(p)
	var fit []assist.Prompt
	for _, q := range prompts {
		if len(q.Ask) > 0 && meantFor(q, p.Customer) && !known[topic(q.Topic)] && !rests(q, p, now) {
			fit = append(fit, q)
		}
	}
	day := assist.DateOf(now).String()
	slices.SortStableFunc(fit, func(a, b assist.Prompt) int {
		return cmp.Or(
			cmp.Compare(counts[a.Intelligence], counts[b.Intelligence]),
			cmp.Compare(turn(p.Customer.ID, day, a.ID), turn(p.Customer.ID, day, b.ID)),
			cmp.Compare(a.ID, b.ID))
	})
	var offers []Offer
	for _, q := range fit {
		if len(offers) < most && !slices.ContainsFunc(offers, func(o Offer) bool {
			return o.Prompt.Intelligence == q.Intelligence
		}) {
			offers = append(offers, Offer{q, why(q, counts[q.Intelligence])})
		}
	}
	return offers
}

// Quiet returns why nothing should be asked in this call, as a sentence for the
// rep; empty when questions are welcome.
func Quiet(p assist.Profile, now time.Time) string {
	if p.Customer.DoNotAsk {
		return "No questions: they asked not to be asked."
	}
	for _, q := range p.Promises {
		if q.Late(now) {
			return "No questions now: a promise to them is late. Put that right first."
		}
	}
	for _, i := range p.Incidents {
		if i.Closed.IsZero() {
			return "No questions now: they are caught up in “" + i.Title + "”."
		}
	}
	return ""
}

func topic(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

// knownTopics holds the topics of the insights, and of the prompts that a note replies to.
func knownTopics(prompts []assist.Prompt, p assist.Profile) map[string]bool {
	known := map[string]bool{}
	for _, i := range p.Insights {
		known[topic(i.Topic)] = true
	}
	for _, n := range p.Heard {
		for _, q := range prompts {
			if n.Prompt != "" && n.Prompt == q.ID {
				known[topic(q.Topic)] = true
			}
		}
	}
	delete(known, "") // an insight without a topic says nothing about prompts without one
	return known
}

func knownCounts(p assist.Profile) map[assist.Intelligence]int {
	counts := map[assist.Intelligence]int{}
	for _, n := range p.Heard {
		counts[n.Intelligence]++
	}
	for _, i := range p.Insights {
		counts[i.Intelligence]++
	}
	return counts
}

func meantFor(q assist.Prompt, c assist.Customer) bool {
	kind := cmp.Or(c.Kind, assist.KindCustomer)
	if len(q.Kinds) > 0 && !slices.ContainsFunc(q.Kinds, func(k assist.Kind) bool {
		return cmp.Or(k, assist.KindCustomer) == kind
	}) {
		return false
	}
	return language(q.Language) == language(c.Language)
}

// language returns the main part of a BCP 47 tag; nothing said means English.
func language(tag string) string {
	main, _, _ := strings.Cut(strings.ReplaceAll(tag, "_", "-"), "-")
	return cmp.Or(strings.ToLower(strings.TrimSpace(main)), "en")
}

// rests reports whether the prompt was answered, was refused for good, or was
// offered too lately.
func rests(q assist.Prompt, p assist.Profile, now time.Time) bool {
	for _, n := range p.Heard {
		if n.Prompt == q.ID && q.ID != "" {
			return true
		}
	}
	for _, a := range p.Asked {
		if a.Prompt != q.ID {
			continue
		}
		switch since := now.Sub(a.At); {
		case a.Reply == assist.ReplyNever,
			a.Reply == assist.ReplyNotNow && since < notNowRests,
			a.Reply == assist.ReplyAsked && since < askedRests:
			return true
		}
	}
	return false
}

// turn gives every prompt its place among equals, another one each day.
func turn(customer assist.ID, day string, prompt assist.ID) uint64 {
	h := fnv.New64a()
	h.Write([]byte(string(customer) + "\x00" + day + "\x00" + string(prompt)))
	// FNV hardly mixes the last bytes into the high ones; ids often differ only there.
	x := h.Sum64()
	x ^= x >> 33
	x *= 0xff51afd7ed558ccd
	return x ^ x>>33
}

func why(q assist.Prompt, known int) string {
	switch {
	case known > 0:
		return "not known yet: " + q.Topic
	case q.Intelligence == assist.Competitive:
		return "nothing known of what else they use or look at"
	case q.Intelligence == assist.Market:
		return "nothing known of what changes in their market"
	default:
		return "nothing known of what matters to them"
	}
}
