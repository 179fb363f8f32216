package main

import (
	"context"
	"fmt"
	"time"

	"ringside/assist"
)

// addHalfYear gives the sample team half a year of calls, so that a brief has something to
// say: made up, by the same rule on every machine.
func (h *house) addHalfYear(ctx context.Context) error {
	customers, err := all[assist.Customer](ctx, h.db)
	if err != nil {
		return fmt.Errorf("read the customers: %w", err)
	}
	reps, err := all[assist.Rep](ctx, h.db)
	if err != nil {
		return fmt.Errorf("read the team: %w", err)
	}
	y := halfYear{dice: 20261126, reps: reps, today: h.now()}
	for _, c := range customers {
		if c.Name != "" && (c.Kind == "" || c.Kind == assist.KindCustomer) {
			y.customers = append(y.customers, c)
		}
	}
	for day := halfYearDays; day > 0; day-- {
		y.day(day)
	}
	if err := h.db.Save(ctx, y.records...); err != nil {
		return fmt.Errorf("keep the half year: %w", err)
	}
	return nil
}

const halfYearDays = 26 * 7

// halfYear is half a year while it is made up.
type halfYear struct {
	dice      uint64
	customers []assist.Customer
	reps      []assist.Rep
	today     time.Time
	records   []assist.Record
}

// throw returns a number below n, the same ones in the same order everywhere.
func (y *halfYear) throw(n int) int {
	y.dice = y.dice*6364136223846793005 + 1442695040888963407
	return int(y.dice>>33) % n
}

func (y *halfYear) id(kind string) assist.ID {
	return assist.ID(fmt.Sprintf("half-year-%s-%d", kind, len(y.records)))
}

// day makes up a day so many days ago: some calls, in some of which somebody tells us
// something, some promises, and now and then a question that nobody can answer. Sundays
// are quiet.
func (y *halfYear) day(ago int) {
	at := y.today.AddDate(0, 0, -ago)
	if at.Weekday() == time.Sunday {
		return
	}
	for range 3 + y.throw(3) {
		who, rep := y.customers[y.throw(len(y.customers))], y.reps[y.throw(len(y.reps))]
		start := time.Date(at.Year(), at.Month(), at.Day(), 9+y.throw(8), y.throw(60), 0, 0, at.Location())
		call := assist.Call{ID: y.id("call"), Customer: who.ID, Rep: rep.ID, Started: start, Answered: start, Ended: start.Add(time.Duration(3+y.throw(9)) * time.Minute),
			Disposition: "Answered", WrappedUp: true}
		y.records = append(y.records, call)
		switch y.throw(10) {
		case 0, 1, 2:
			y.told(call, ago)
		case 3, 4:
			y.promised(call)
		case 5:
			if y.throw(3) == 0 {
				y.asked(call)
			}
		}
	}
}

// told lets the customer say something. In the last weeks more speak of Halden's robot.
func (y *halfYear) told(c assist.Call, ago int) {
	s := halfYearSaid[y.throw(len(halfYearSaid))]
	if ago < 42 && y.throw(3) == 0 {
		s = halfYearSaid[y.throw(3)]
	}
	y.records = append(y.records, assist.Insight{ID: y.id("insight"), Customer: c.Customer, Rep: c.Rep, Call: c.ID, At: c.Ended, Source: "said in a call",
		Intelligence: s.kind, Topic: s.topic, Feeling: s.feeling, About: s.about, Subject: s.subject, Text: s.words})
}

func (y *halfYear) promised(c assist.Call) {
	p := assist.Promise{ID: y.id("promise"), Customer: c.Customer, Rep: c.Rep, Call: c.ID, Made: c.Ended, AllDay: true,
		Text: halfYearPromises[y.throw(len(halfYearPromises))], Due: c.Ended.AddDate(0, 0, 1+y.throw(4))}
	switch y.throw(20) {
	case 0:
		p.Broken = p.Due
	case 1, 2:
		p.Kept = p.Due.AddDate(0, 0, 1+y.throw(3))
	default:
		p.Kept = p.Due
	}
	if p.Kept.After(y.today) {
		p.Kept = time.Time{}
	}
	if p.Broken.After(y.today) {
		p.Broken = time.Time{}
	}
	y.records = append(y.records, p)
}

func (y *halfYear) asked(c assist.Call) {
	y.records = append(y.records, assist.Gap{ID: y.id("gap"), Customer: c.Customer, Rep: c.Rep, Call: c.ID, At: c.Ended,
		Text: halfYearGaps[y.throw(len(halfYearGaps))], How: assist.MissEmpty})
}

var halfYearPromises = []string{"Ring back with a firm day", "Send the invoice again", "Find the guard for the old trimmer", "Ask the workshop about the blade",
	"Send a box for the weak battery", "Hold a Hedge 300 until Saturday", "Tell the depot to leave it with the neighbour"}

var halfYearGaps = []string{"Does the Robo 8 cross a gravel path?", "Can I use the Battery 6 in the Trim 30?", "How loud is the Blower 2 in decibels?", "Is there a left-handed Hedge 300?",
	"Do you take old batteries back by post?", "Which oil is safe near a pond?", "Can I hire a Pole Saw 12 for a weekend?"}

// saidOnce is something that customers of the made-up half year say.
type saidOnce struct {
	kind    assist.Intelligence
	topic   string
	feeling assist.Feeling
	about   assist.SubjectKind
	subject string
	words   string
}

var halfYearSaid = []saidOnce{
	{assist.Competitive, "robots", assist.Wish, assist.AboutCompetitor, "Halden", "My neighbour's Halden robot needs no wire. Yours had me on my knees for a day."},
	{assist.Competitive, "robots", assist.Love, assist.AboutCompetitor, "Halden", "The Halden one just goes. No wire, no pegs, nothing for the fork to cut."},
	{assist.Competitive, "robots", assist.Think, assist.AboutCompetitor, "Halden", "If yours did without the wire I would not have looked at Halden."},
	{assist.Competitive, "batteries", assist.Love, assist.AboutCompetitor, "Halden", "Every van on our site has Halden batteries in it. I borrow one when mine is flat."},
	{assist.Competitive, "other tools", assist.Love, assist.AboutCompetitor, "Brackmoor", "The Brackmoor starts first pull, even in January."},
	{assist.Competitive, "service", assist.Hate, assist.AboutCompetitor, "Brackmoor", "Three weeks for a repair at Brackmoor, and nobody rings."},
	{assist.Competitive, "comfort", assist.Love, assist.AboutCompetitor, "Veldkraft", "After six hours on the Veldkraft my back does not know it."},
	{assist.Competitive, "prices", assist.Think, assist.AboutCompetitor, "Veldkraft", "Veldkraft wanted twice the price for the same cut."},
	{assist.Competitive, "sports fields", assist.Believe, assist.AboutCompetitor, "Orrin", "For a cricket square you ask Orrin. They know the grass."},
	{assist.Market, "buying place", assist.Think, assist.AboutPlace, "Toolbarrow", "I look at it at yours and then see what Toolbarrow wants for it."},
	{assist.Market, "buying place", assist.Love, assist.AboutPlace, "Saturday market", "At the Saturday market I can hold it before I pay."},
	{assist.Market, "buying place", assist.Hate, assist.AboutPlace, "Mossgate DIY", "At Mossgate nobody could tell me which end cuts."},
	{assist.Market, "next year", assist.Wish, "", "", "A third van next spring, and two more of everything."},
	{assist.Market, "next year", assist.Think, "", "", "We go all battery next year. The council asks for it."},
	{assist.Market, "prices", assist.Feel, "", "", "Everything has gone up but what I may charge for a lawn."},
	{assist.Market, "buying place", assist.Think, assist.AboutPlace, "Netherwick Garden Centre", "Netherwick is ten minutes away. You are forty."},
	{assist.Relationship, "early warning", assist.Wish, assist.AboutUs, "Thornfell", "Ring me the minute you know. I can move a job, I cannot move a customer twice."},
	{assist.Relationship, "people", assist.Love, assist.AboutUs, "Thornfell", "A person answers, and it is the one who knows my mower."},
	{assist.Relationship, "our strength", assist.Love, assist.AboutUs, "Thornfell", "You lent me one while mine was mended. That is why I stay with you."},
	{assist.Relationship, "keep doing", assist.Love, assist.AboutUs, "Thornfell", "Keep the repairs in the house. I keep coming back because of them."},
	{assist.Relationship, "stop doing", assist.Hate, assist.AboutUs, "Thornfell", "Two late parcels in a month. Once more and I go elsewhere."},
	{assist.Relationship, "stop doing", assist.Hate, assist.AboutUs, "Thornfell", "Stop sending me the catalogue by post. I have told you twice."},
	{assist.Relationship, "advice", assist.Wish, assist.AboutUs, "Thornfell", "Tell me when the blade is due before the grass does."},
	{assist.Relationship, "leaving", assist.Feel, assist.AboutUs, "Thornfell", "With the delivery as it is I am looking elsewhere for the batteries."},
}
