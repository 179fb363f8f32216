package main

import (
	"slices"
	"strings"
	"time"

	"ringside/assist"
	"ringside/assist/ask"
)

// What people say and reps note. It is written as they do, not as the rules of tact do.
var (
	simPlain = []string{
		"Asked where the parcel is. It comes on Thursday.", "Mower tears the wet grass, blade was two seasons old. Sent a new one.",
		"Wanted all invoices of the quarter in one mail.", "The battery died after two winters, ordered another.",
		"Moved house, new address is kept. He laughed about the boxes.", "Needs a longer cable for the trimmer.",
		"Asked for the manual in Polish.", "No complaints, just wanted to know when the sale begins.", "Not in a hurry with the delivery.",
		"Two-stroke or battery for the hedge? Told her both sides.", "Changed the day of payment to the 5th.", "Happy with the new saw.",
	}
	simHard = []string{
		"Her husband passed away on Monday.", "He mentioned that his mother died in May.", "The funeral is on Friday, she'll ring after it.",
		"My wife has cancer, the garden must wait.", "She lost her father last week.", "He is in hospice now, his son rings for him.",
	}
	simComplaints = []string{
		"She complained about the fitter.", "I want my money back!", "He says it's broken again and wants to complain.",
		"This is the third time that the wrong blade came.", "Complaint: the fence was damaged by our van.", "Talks of a lawyer.",
	}
	simSettled = []string{
		"All sorted now, she says thanks.", "The complaint is resolved.", "That's dealt with, he is happy again.", "Refunded, and he is satisfied.",
	}
	simUnsettled = []string{"It is still not resolved.", "She wants it sorted by Friday.", "Asked when it will be dealt with."}
	simUpset     = []string{"I'm furious!", "This is ridiculous.", "She was in tears.", "He shouted at me, he's fed up with us."}
	simHurried   = []string{"I'm in a hurry", "no time, I'm driving", "just a quick question, I'm on my way out"}
	simReplies   = []string{"Mostly the shop in town, they let me lift it first.", "A Brackmoor, it starts in the cold.", "My daughter does the planning.",
		"Less than last year.", "Ring me early, that's all."}
)

// call plays one call: the ring, what is said, what is asked, and what is kept.
func (s *simulation) call(p *simPerson) {
	s.settle(p)
	f := &p.facts
	f.mood, f.began = "", s.now
	c := ask.Call{ID: s.id(), Since: s.now}
	seen := map[assist.ID]bool{}
	s.count.calls++
	welcome := true
	for _, minutes := range s.length() {
		s.now = f.began.Add(time.Duration(minutes) * time.Minute)
		if minutes > 0 {
			s.talk(p, &c)
		}
		welcome = welcome && !f.unwelcome(s.now)
		reasons := s.team.Tact(p.Profile, c, s.now)
		offers := s.team.Pick(p.Profile, c, reasons, s.now)
		s.judge(p, offers, seen)
		for _, o := range offers {
			s.deal(p, &c, o)
		}
	}
	if welcome {
		s.count.welcome++
		if len(seen) == 0 {
			s.count.silent++
		}
	}
	s.wrapUp(p, c)
}

// length returns the minutes of a call at which the card is looked at.
func (s *simulation) length() []int {
	switch {
	case s.chance(0.05):
		return []int{0, 3, 12, 35, 40}
	case s.chance(0.4):
		return []int{0, 2, 6}
	}
	return []int{0, 2}
}

// talk lets something be said, and makes it true.
func (s *simulation) talk(p *simPerson, c *ask.Call) {
	f := &p.facts
	say := func(of []string) { c.Said = append(c.Said, s.one(of)) }
	mood := func(m assist.Mood, words []string) {
		f.mood = m
		if s.chance(0.5) {
			c.Mood = m
		} else {
			say(words)
		}
	}
	switch r := s.Float64(); {
	case r < 0.004:
		say(simHard)
		f.hardNews = s.now
	case r < 0.025:
		say(simComplaints)
		f.complaint = s.now
	case !f.complaint.IsZero() && f.mood == "" && r < 0.4:
		say(simSettled)
		f.complaint = time.Time{}
	case !f.complaint.IsZero() && r < 0.6:
		say(simUnsettled)
	case r > 0.97:
		mood(assist.Upset, simUpset)
	case r > 0.93:
		mood(assist.Hurried, simHurried)
	default:
		say(simPlain)
	}
}

// deal lets the rep ask, put off, refuse or leave a prompt.
func (s *simulation) deal(p *simPerson, c *ask.Call, o ask.Offer) {
	f, q := &p.facts, o.Prompt
	a := assist.Asked{ID: s.id(), Customer: p.Customer.ID, Call: c.ID, Prompt: q.ID, Way: o.Way, At: s.now}
	switch r := s.Float64(); {
	case r < 0.45:
		a.Reply = assist.ReplyAsked
		f.rests[q.Topic] = s.now.Add(90 * simDay)
		if s.chance(map[assist.Intelligence]float64{assist.Competitive: 0.6, assist.Market: 0.7, assist.Relationship: 0.8}[q.Intelligence]) {
			f.known[q.Topic] = true
			n := assist.Note{ID: s.id(), At: s.now, Text: s.one(simReplies), Intelligence: q.Intelligence, Prompt: q.ID}
			p.Heard = slices.Insert(p.Heard, 0, n)[:min(len(p.Heard)+1, 50)]
			c.Said = append(c.Said, n.Text)
		}
	case r < 0.57:
		a.Reply = assist.ReplyNotNow
		f.rests[q.Topic] = s.now.Add(30 * simDay)
	case r < 0.6:
		a.Reply = assist.ReplyNever
		f.refused[q.Topic] = true
	default:
		return
	}
	f.words[strings.ToLower(o.Way)] = true
	p.Asked = slices.Insert(p.Asked, 0, a)[:min(len(p.Asked)+1, 200)]
}

// wrapUp keeps the call as the store would show it.
func (s *simulation) wrapUp(p *simPerson, c ask.Call) {
	f := &p.facts
	f.calls = append(f.calls, f.began)
	p.Calls = slices.Insert(p.Calls, 0, assist.Call{ID: c.ID, Started: f.began, Mood: c.Mood})[:min(len(p.Calls)+1, 3)]
	if len(c.Said) > 0 {
		p.Notes = slices.Insert(p.Notes, 0, assist.Note{ID: s.id(), Call: c.ID, At: s.now, Text: strings.Join(c.Said, "\n")})[:min(len(p.Notes)+1, 20)]
	}
	for n := range p.Promises { // whoever speaks with them tells them how it stands
		q := &p.Promises[n]
		if q.Told = s.now; s.now.After(q.Due) {
			q.Due = s.now.Add(2 * simDay)
		}
	}
	for n := range p.Ended {
		p.Ended[n].Told = s.now
	}
	if s.chance(0.15) {
		p.Promises = append(p.Promises, assist.Promise{ID: s.id(), Text: "Ring back with a firm day", Made: s.now, Due: s.now.Add(time.Duration(1+s.IntN(6)) * simDay)})
	}
	if s.chance(0.12) { // people tell more of themselves than of the market
		i := []assist.Intelligence{assist.Relationship, assist.Relationship, assist.Competitive, assist.Market}[s.IntN(4)]
		topic := ""
		if s.chance(0.3) {
			topic = s.one(s.topics)
		}
		f.known[topic] = f.known[topic] || topic != ""
		p.Insights = slices.Insert(p.Insights, 0, assist.Insight{ID: s.id(), At: s.now, Intelligence: i, Topic: topic})[:min(len(p.Insights)+1, 50)]
	}
}
