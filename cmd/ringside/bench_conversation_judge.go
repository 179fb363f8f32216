package main

import (
	"strings"
	"time"

	"ringside/assist"
	"ringside/assist/ask"
)

// simFacts is what is true of a person, whatever the records say and the rules look for.
type simFacts struct {
	never     bool // do not ask, no consent, a minor
	incidents int  // that touch them now
	late      int  // promises
	untold    int  // promises that were moved without a word
	broken    time.Time
	hardNews  time.Time
	complaint time.Time // open since; zero: none
	calls     []time.Time
	mood      assist.Mood // in the running call
	began     time.Time   // of the running call

	known   map[string]bool      // topics
	refused map[string]bool      // topics
	rests   map[string]time.Time // topics, until when
	words   map[string]bool      // that were put to them
}

// How long nobody in their senses would ask.
const (
	simMourning  = 60 * simDay
	simComplaint = 45 * simDay
	simBroken    = 14 * simDay
	simLong      = 30 * time.Minute
)

// unwelcome reports whether a frank question would hurt now.
func (f *simFacts) unwelcome(now time.Time) bool {
	week := 1 // the running call
	for _, at := range f.calls {
		if now.Sub(at) < 7*simDay {
			week++
		}
	}
	since := func(at time.Time, most time.Duration) bool { return !at.IsZero() && now.Sub(at) < most }
	return f.never || f.incidents > 0 || f.late > 0 || f.untold > 0 || f.mood != "" || week >= 3 || now.Sub(f.began) >= simLong ||
		since(f.broken, simBroken) || since(f.hardNews, simMourning) || since(f.complaint, simComplaint)
}

// judge counts the offers that stand on the card for the first time in this call, and
// those among all that should not stand there.
func (s *simulation) judge(p *simPerson, offers []ask.Offer, seen map[assist.ID]bool) {
	f := &p.facts
	for _, o := range offers {
		if f.unwelcome(s.now) {
			s.count.against++
		}
		if seen[o.Prompt.ID] {
			continue
		}
		seen[o.Prompt.ID] = true
		s.count.shown++
		s.count.kinds[o.Prompt.Intelligence]++
		topic := o.Prompt.Topic
		if f.known[topic] || f.refused[topic] || f.words[strings.ToLower(o.Way)] || s.now.Before(f.rests[topic]) {
			s.count.repeated++
		}
	}
}
