package main

import (
	"fmt"
	"strings"
	"time"

	"ringside/assist"
)

// The library of the benchmark: 100 machines of 10 kinds, each with the same 100 matters, 40 parts
// and 60 matters of shopping. Answer i is the same on every machine. Each
// is about its own product, and has sums, days and hours of its own, so that no two are doubles
// though they share most of their words: the hardest case for who looks for doubles.

var (
	manyKinds  = strings.Fields("mower trimmer blower saw shredder sweeper pump heater charger tiller")
	manyMakers = strings.Fields("Alder Birch Cedar Doric Ember Fjord Garnet Heron Indigo Juniper")
	manyParts  = strings.Fields("blade belt battery handle wheel switch cable filter guard motor seal spring bearing gasket nozzle display sensor fuse chain clutch " +
		"throttle carburettor muffler starter pulley axle deck hopper tank hose valve piston gearbox lever pedal lamp hinge strap bracket antenna")
	manyTopics = strings.Fields("delivery return refund exchange invoice guarantee repair collection installation sharpening storage cleaning transport training rental " +
		"lease insurance recycling inspection upgrade discount quote demonstration registration subscription cancellation complaint replacement reservation " +
		"deposit manual certificate password newsletter receipt voucher catalogue sample towing finance packaging calibration winterising lubrication " +
		"painting engraving translation appointment survey visit loan pickup customs tax hire donation auction sponsorship licence review")
	manyRooms = strings.Fields("billing delivery returns technical sales account")
	manyHow   = []string{"Let me look at it with you", "I'm glad you ask", "Of course, that is quickly done", "Sorry about that", "Thank you for telling me", "Good question"}
	manyNext  = []string{"I'll send you a message when it is done", "You hear from me before the day is over", "Tell me if that suits you", "I'll note it for my colleagues", "Then we try once more together"}
)

// manyAnswers returns n answers, n up to 10,000.
func manyAnswers(n int) []assist.Answer {
	out := make([]assist.Answer, n)
	for i := range out {
		out[i] = manyAnswer(i)
	}
	return out
}

func manyAnswer(i int) assist.Answer {
	machine, matter := i/100%100, i%100
	kind := manyKinds[machine%10]
	product := fmt.Sprintf("%s %d", manyMakers[machine/10], 100+machine)
	subject, state := "", "does not work"
	if matter < len(manyParts) {
		subject = manyParts[matter]
	} else {
		subject, state = manyTopics[matter-len(manyParts)], "how it goes"
	}
	days, price, hour := 2+(i*7)%19, 9+(i*13)%180, 8+(i*5)%10
	a := assist.Answer{
		ID:         assist.IDFrom("bench answer", fmt.Sprint(i)),
		Title:      fmt.Sprintf("%s of the %s: %s", strings.ToUpper(subject[:1])+subject[1:], product, state),
		Department: manyRooms[matter%len(manyRooms)],
		Products:   []string{product},
		Say: fmt.Sprintf("%s. The %s of your %s takes %d working days and costs £%d.99. Ring before %d:30, and the %s leaves the same day. %s, {{customer.name}}.",
			manyHow[i%len(manyHow)], subject, product, days, price, hour, kind, manyNext[i/7%len(manyNext)]),
		Steps: []string{
			fmt.Sprintf("Ask for the number on the %s.", kind),
			fmt.Sprintf("Look up the %s in the list of the %s.", subject, product),
			fmt.Sprintf("Note a promise for the day when the %s is done.", subject),
		},
		Phrasings: []string{
			fmt.Sprintf("my %s %s %s", kind, subject, state),
			fmt.Sprintf("%s for the %s", subject, product),
			fmt.Sprintf("question about the %s of a %s", subject, kind),
			fmt.Sprintf("%s %s again", strings.ToLower(product), subject),
			fmt.Sprintf("who helps with %s, it %s", subject, state),
		},
		Owner:       assist.ID([]string{"priya", "tom", "grace", "ewa", "sam", "jo"}[i%6]),
		Verified:    assist.DateOf(time.Date(2026, time.January, 1+i%300, 0, 0, 0, 0, time.UTC)),
		VerifyEvery: 90 + 30*(i%4),
	}
	if i%9 == 0 {
		a.Web = fmt.Sprintf("https://shop.example/help/%s/%s", kind, subject)
	}
	return a
}
