package compose

import (
	"fmt"
	"strings"

	"ringside/assist"
)

// call sums up a call: what they said, what they were answered, who promised what by
// when.
func (d *draft) call() {
	c := d.Call
	if c.Call.Started.IsZero() || !c.any() {
		return
	}
	day := d.callDay()
	d.subject = "Our call on " + day
	thanks := d.one("Thank you for your call on "+day+".", "Thank you for ringing on "+day+".", "Thank you for our talk on "+day+".")
	if c.Call.Outgoing {
		thanks = "Thank you for your time on the phone on " + day + "."
	}
	d.say(thanks, d.one("This is what I have noted.", "Here is what we said.", "This is what I took from it."))
	d.list(d.one("You said:", "What you told me:"), "Said", c.Said)
	d.list(d.one("My answer:", "What I answered:"), "Answered", c.Told)
	var made []string
	more, open := 0, false
	for _, p := range c.Made {
		switch {
		case p.Text == "":
		case len(made) == manyLines:
			more++
		default:
			made = append(made, d.promisedInCall(p))
			open = open || p.Due.IsZero()
		}
	}
	d.bullets(d.one("What we promised:", "Our promises:"), made, more)
	if open {
		d.say("Where the day is open, I will write to you by " + d.again() + " and name it.")
	}
	d.say(d.one("Is anything wrong or missing? Then please reply to this mail.", "Please reply to this mail if anything is wrong or missing."))
}

// promisedInCall is one line of the list of promises: "I will call you back by Friday
// 20 November, 3 pm".
func (d *draft) promisedInCall(p assist.Promise) string {
	source, who, what := "Promised: "+short(p.Text, longQuote), sentence(d.who(p.Rep)), deed(p.Text)
	if p.Due.IsZero() {
		d.from(source)
		return who + " promised " + what + ", day still open"
	}
	d.from(source + ", by " + d.dated(p.Due, p.AllDay))
	if plain, ok := strings.CutPrefix(what, "to "); ok {
		return who + " will " + plain + d.by(p.Due, p.AllDay)
	}
	return who + " promised " + what + d.by(p.Due, p.AllDay)
}

// callDay returns the day of the call, and notes it among the sources.
func (d *draft) callDay() string {
	at := d.Call.Call.Started.In(d.Now.Location())
	d.from("Call on " + d.dated(at, true))
	return d.day(at, true)
}

// list adds somebody's words as lines under a head.
func (d *draft) list(head, source string, words []string) {
	var lines []string
	more := 0
	for _, w := range words {
		switch {
		case strings.TrimSpace(w) == "":
		case len(lines) == manyLines:
			more++
		default:
			lines = append(lines, quoted(w, longQuote))
			d.from(source + ": " + lines[len(lines)-1])
		}
	}
	d.bullets(head, lines, more)
}

// bullets adds lines under a head, and how many more there are.
func (d *draft) bullets(head string, lines []string, more int) {
	if len(lines) == 0 {
		return
	}
	if more > 0 {
		last := fmt.Sprintf("and %d more", more)
		d.from(last)
		lines = append(lines, last)
	}
	d.body = append(d.body, head+"\n- "+strings.Join(lines, "\n- "))
}
