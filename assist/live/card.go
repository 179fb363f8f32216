package live

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"ringside/assist"
	"ringside/assist/ask"
	"ringside/assist/compose"
	"ringside/assist/glance"
)

const (
	mostContacts = 3
	mostFacts    = 5   // of one intelligence
	contactRunes = 120 // of an earlier contact's text
)

// cardOf makes the card of a known caller. Promises of this very call are not on
// it: they stand beside it.
func cardOf(t *talk, names compose.Names, now time.Time) *Card {
	p := t.profile
	p.Promises = slices.DeleteFunc(slices.Clone(p.Promises), func(q assist.Promise) bool {
		return q.Call == t.call.ID || t.kept[q.ID] || !q.Open()
	})
	told := p // by the moves: the brief need not say it again
	if t.hasMove(ask.Sorry) || t.hasMove(ask.Promise) {
		told.Promises = nil
	}
	if t.hasMove(ask.Incident) {
		told.Incidents = nil
	}
	return &Card{
		Customer:  p.Customer,
		Company:   p.Company,
		Tenure:    compose.Tenure(p.Customer, now),
		Brief:     compose.Brief(told, names, now),
		Promises:  promiseLines(p.Promises, names, now),
		Incidents: p.Incidents,
		Untold:    untold(p),
		Last:      contacts(p, t.call.ID, names, now),
		Known:     facts(p, names, now),
		Owns:      owns(p.Customer),
	}
}

// untold says of which open incident the customer does not know the latest.
func untold(p glance.Profile) string {
	for _, i := range p.Incidents {
		knows := slices.ContainsFunc(p.Affected, func(a assist.Affected) bool { return a.Incident == i.ID && a.Knows(i) })
		if i.Closed.IsZero() && !knows {
			return "not told yet: “" + i.Title + "”"
		}
	}
	return ""
}

func (t *talk) hasMove(kind string) bool {
	return slices.ContainsFunc(t.moves, func(m Move) bool { return m.Kind == kind })
}

func promiseLines(promises []assist.Promise, names compose.Names, now time.Time) []PromiseLine {
	var out []PromiseLine
	for _, p := range promises {
		out = append(out, PromiseLine{ID: p.ID, Text: p.Text, When: compose.Due(p, now), By: names(p.Rep), Late: p.Late(now)})
	}
	return out
}

// contacts lists the latest calls and notes. A call and its note are one contact,
// and the call that is running is none.
func contacts(p glance.Profile, running assist.ID, names compose.Names, now time.Time) []Contact {
	noted := map[assist.ID]bool{running: running != ""}
	var out []Contact
	add := func(at time.Time, text string, rep assist.ID, private bool) {
		out = append(out, Contact{At: at, When: compose.Ago(at, now), Text: text, By: names(rep), Private: private})
	}
	for _, n := range p.Notes {
		if n.Call == "" || !noted[n.Call] {
			add(n.At, firstWords(n.Text), n.Rep, n.Private)
			noted[n.Call] = n.Call != ""
		}
	}
	for _, c := range p.Calls {
		if !noted[c.ID] {
			add(c.Started, callText(c), c.Rep, false)
		}
	}
	slices.SortStableFunc(out, func(a, b Contact) int { return b.At.Compare(a.At) })
	return out[:min(len(out), mostContacts)]
}

func callText(c assist.Call) string {
	what := "Called us"
	if c.Outgoing {
		what = "We called"
	}
	if c.Disposition != "" {
		what += ": " + strings.ToLower(c.Disposition)
	}
	return what
}

// firstWords is a text in one line, cut at a word.
func firstWords(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) <= contactRunes {
		return text
	}
	cut := string([]rune(text)[:contactRunes])
	if i := strings.LastIndexByte(cut, ' '); i > contactRunes/2 {
		cut = cut[:i]
	}
	return cut + " ..."
}

// facts lists what is known of the customer, by intelligence. A note from which an
// insight was drawn gives way to it.
func facts(p glance.Profile, names compose.Names, now time.Time) []Fact {
	type dated struct {
		Fact
		at time.Time
	}
	var all []dated
	drawn := map[assist.ID]bool{}
	for _, i := range p.Insights {
		drawn[i.Note] = true
		all = append(all, dated{Fact{i.Intelligence, i.Text, sourceOf(i, names, now)}, i.At})
	}
	for _, n := range p.Heard {
		if !drawn[n.ID] {
			all = append(all, dated{Fact{n.Intelligence, firstWords(n.Text), "said " + on(n.At, now) + by(" to ", names(n.Rep))}, n.At})
		}
	}
	slices.SortStableFunc(all, func(a, b dated) int { return b.at.Compare(a.at) })
	var out []Fact
	for _, kind := range assist.Intelligences() {
		n := 0
		for _, f := range all {
			if f.Intelligence == kind && n < mostFacts {
				out = append(out, f.Fact)
				n++
			}
		}
	}
	return out
}

// sourceOf says where an insight comes from.
func sourceOf(i assist.Insight, names compose.Names, now time.Time) string {
	if i.Source == "" && i.Call != "" {
		return "said " + on(i.At, now) + by(" to ", names(i.Rep))
	}
	return cmp.Or(i.Source, "noted") + by(", ", compose.Ago(i.At, now)) + by(", ", names(i.Rep))
}

func by(word, name string) string {
	if name == "" {
		return ""
	}
	return word + name
}

// on says when something was, to stand behind a verb: "today", "on 3 Nov".
func on(t, now time.Time) string {
	ago := compose.Ago(t, now)
	if ago != "" && ago[0] >= '0' && ago[0] <= '9' {
		return "on " + ago
	}
	return ago
}

func lastContact(t, now time.Time) string {
	if t.IsZero() {
		return "no contact yet"
	}
	return "spoke with us " + on(t, now)
}

// owns lists what the customer has: ours first, others' with their maker.
func owns(c assist.Customer) []string {
	ours, others := ownProducts(c), []string(nil)
	for _, p := range c.Owns {
		if !p.Ours() {
			others = append(others, p.Name+" ("+p.Maker+")")
		}
	}
	return append(ours, others...)
}
