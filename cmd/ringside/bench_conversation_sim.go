package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"ringside/assist"
	"ringside/assist/ask"
	"ringside/assist/glance"
)

// simulation runs calls of made-up people through a real ask.Team. What happened to them
// is kept twice: in records, which the team sees as the store would show them, and as
// facts, which only the judge sees.
type simulation struct {
	*rand.Rand
	team      *ask.Team
	topics    []string // of the prompts
	people    []*simPerson
	now       time.Time
	incidents []simIncident
	ids       int
	count     simCount
}

type simCount struct {
	calls, shown, repeated, against int
	welcome, silent                 int // calls in which questions were welcome, and those of them without any
	kinds                           map[assist.Intelligence]int
}

type simIncident struct {
	record assist.Incident
	people map[*simPerson]bool
}

// simPerson is a customer: their profile, and what is true of them.
type simPerson struct {
	glance.Profile
	facts simFacts
}

const simDay = 24 * time.Hour

// simulateCalls simulates a year and a half.
func simulateCalls(calls, people int) ([]figure, error) {
	kept, err := starterKept()
	if err != nil {
		return nil, err
	}
	s := &simulation{Rand: rand.New(rand.NewPCG(5, 2026)), now: time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC),
		count: simCount{kinds: map[assist.Intelligence]int{}}}
	for _, q := range kept.Prompts {
		s.topics = append(s.topics, q.Topic)
	}
	for week := range 80 { // every other week the team has a focus
		f := assist.Focus{ID: "f", From: assist.DateOf(s.now.AddDate(0, 0, 14*week)), Until: assist.DateOf(s.now.AddDate(0, 0, 14*week+6)),
			Intelligence: assist.Intelligences()[week%3]}
		if week%4 == 3 {
			f.Topic, f.Intelligence = kept.Prompts[week%len(kept.Prompts)].Topic, ""
		}
		kept.Focus = append(kept.Focus, f)
	}
	s.team = ask.New(kept)
	for i := range people {
		s.people = append(s.people, s.person(i))
	}
	step := 540 * simDay / time.Duration(calls)
	for range calls {
		s.now = s.now.Add(time.Duration(s.Int64N(int64(2 * step))))
		s.world()
		s.call(s.people[int(float64(people)*s.Float64()*s.Float64())]) // some ring more often than others
	}
	return s.figures(), nil
}

func (s *simulation) figures() []figure {
	share := func(i assist.Intelligence) float64 { return float64(s.count.kinds[i]) / float64(max(s.count.shown, 1)) }
	out := []figure{{Name: "prompts_per_call", Value: float64(s.count.shown) / float64(s.count.calls),
		Note: fmt.Sprintf("%d calls; questions were welcome in %d, of which %d got none", s.count.calls, s.count.welcome, s.count.silent)}}
	for _, i := range assist.Intelligences() {
		out = append(out, figure{Name: "share_" + string(i), Value: share(i), Limit: 0.42, Note: "and no less than 0.25"})
	}
	return append(out,
		figure{Name: "prompts_repeated", Value: float64(s.count.repeated), Note: "held to 0: the same words, what is known, rests or was refused"},
		figure{Name: "prompts_against_tact", Value: float64(s.count.against), Note: "held to 0"})
}

func (s *simulation) id() assist.ID {
	s.ids++
	return assist.ID(fmt.Sprintf("sim-%d", s.ids))
}

func (s *simulation) chance(p float64) bool { return s.Float64() < p }

func (s *simulation) one(of []string) string { return of[s.IntN(len(of))] }

func (s *simulation) person(i int) *simPerson {
	p := &simPerson{Profile: glance.Profile{Customer: assist.Customer{ID: s.id(), Name: fmt.Sprintf("Person %d", i)}}}
	p.Customer.Since = assist.Date{Year: 2008 + s.IntN(18), Month: time.Month(1 + s.IntN(12)), Day: 1 + s.IntN(28)}
	if s.chance(0.1) {
		p.Customer.Kind = []assist.Kind{assist.KindProspect, assist.KindPartner, assist.KindAudience}[s.IntN(3)]
	}
	p.Customer.DoNotAsk, p.Customer.NoConsent, p.Customer.Minor = s.chance(0.02), s.chance(0.03), s.chance(0.015)
	p.facts = simFacts{never: p.Customer.DoNotAsk || p.Customer.NoConsent || p.Customer.Minor, known: map[string]bool{},
		refused: map[string]bool{}, words: map[string]bool{}, rests: map[string]time.Time{}}
	return p
}

// world lets incidents begin and end, and promises be kept, moved or broken.
func (s *simulation) world() {
	for n := range s.incidents {
		i := &s.incidents[n]
		if i.record.Closed.IsZero() && s.now.Sub(i.record.Opened) > 2*simDay {
			i.record.Closed = s.now
			for p := range i.people {
				p.Incidents = slices.DeleteFunc(p.Incidents, func(x assist.Incident) bool { return x.ID == i.record.ID })
				p.facts.incidents--
			}
		}
	}
	if !s.chance(0.002) {
		return
	}
	i := simIncident{assist.Incident{ID: s.id(), Title: "The depot is flooded", Opened: s.now}, map[*simPerson]bool{}}
	for range len(s.people)/20 + 1 {
		p := s.people[s.IntN(len(s.people))]
		if !i.people[p] {
			i.people[p] = true
			p.Incidents = append(p.Incidents, i.record)
			p.facts.incidents++
		}
	}
	s.incidents = append(s.incidents, i)
}

// settle decides what became of the promises to somebody before they ring.
func (s *simulation) settle(p *simPerson) {
	p.Promises = slices.DeleteFunc(p.Promises, func(q assist.Promise) bool {
		late := s.now.After(q.Due)
		switch {
		case late && s.chance(0.8): // kept before anybody saw that it was late
			q.Kept = q.Due
		case late && s.chance(0.3):
			q.Broken = s.now.Add(-time.Hour)
			p.facts.broken = q.Broken
		default:
			return false
		}
		p.Ended = append([]assist.Promise{q}, p.Ended[:min(len(p.Ended), 19)]...)
		return true
	})
	p.facts.late, p.facts.untold = 0, 0
	for n := range p.Promises {
		q := &p.Promises[n]
		if s.now.Before(q.Due) && q.Moved.IsZero() && s.chance(0.05) {
			q.FirstDue, q.Due, q.Moved = q.Due, q.Due.Add(5*simDay), s.now.Add(-time.Minute)
		}
		if s.now.After(q.Due) {
			p.facts.late++
		} else if !q.Moved.IsZero() && q.Told.IsZero() {
			p.facts.untold++
		}
	}
}
