package stay

import (
	"strings"
	"time"

	"ringside/assist"
	"ringside/assist/compose"
)

// Call is the promise to call them tomorrow.
func (s Slip) Call(me assist.ID, now time.Time) assist.Promise {
	y, m, d := now.Date()
	return assist.Promise{ID: assist.NewID(now), Customer: s.Customer, Rep: me, Text: "Call them about how things are going",
		Made: now, Due: time.Date(y, m, d+1, 0, 0, 0, 0, now.Location()), AllDay: true}
}

// NotSlipping is the word that the reasons that stand at now are none.
func (s Slip) NotSlipping(now time.Time) assist.Asked {
	return assist.Asked{ID: assist.NewID(now), Customer: s.Customer, Prompt: Prompt, Reply: assist.ReplyNotNow, At: now}
}

// Write writes a short frank letter by rule. With a promise in f, it says sorry for that
// one first and for nothing else. What they said of a rival never gets into it. Who does
// not want to be asked, and had no promise of ours, gets none: the zero Text.
func (s Slip) Write(f compose.Facts) compose.Text {
	if f.Promise.Text != "" {
		return compose.Draft(compose.LetterLate, compose.About{Facts: f})
	}
	if f.Customer.DoNotAsk {
		return compose.Text{}
	}
	greeting := "Hello,"
	if name := compose.FirstName(f.Customer); name != "" {
		greeting = "Dear " + name + ","
	}
	last := s.Last.In(f.Now.Location()).Format("2 January 2006")
	lines := []string{greeting,
		"We were last in touch on " + last + ", and I do not want to find out too late that something went wrong.",
		"Is there something that we should have done better? Then please tell me frankly. I will read it myself, and I will write to you what we do about it.",
		"Is all well? Then you need not answer."}
	if f.Rep.Name != "" {
		lines = append(lines, f.Rep.Name)
	}
	return compose.Text{Subject: "How are things going?", Body: strings.Join(lines, "\n\n"), Sources: []string{"Last contact on " + last}}
}
