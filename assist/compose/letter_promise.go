package compose

import (
	"regexp"
	"strings"
	"time"

	"ringside/assist"
)

// late tells of a promise that is not kept by its day, before the customer finds out
// where that can still be.
func (d *draft) late() {
	p := d.Promise
	if p.Text == "" || !p.Kept.IsZero() || !p.Dropped.IsZero() {
		return
	}
	d.tells = p.ID
	d.subject = d.one("Sorry: later than promised", "I am sorry, this is late", "My apology: a day that we do not keep")
	what, who := d.promised(p), d.who(p.Rep)
	if who != "I" {
		who = "we"
	}
	moved := !p.Moved.IsZero() && p.Open() && !p.Late(d.Now) && !p.Due.IsZero()
	outcome := " will not keep that day."
	switch {
	case !p.Broken.IsZero():
		d.subject = "I am sorry: a promise that we do not keep"
		outcome = " cannot keep that promise."
	case p.Late(d.Now) || moved && !p.FirstDue.IsZero() && p.FirstDue.Before(d.Now):
		outcome = " did not keep that day."
	}
	d.say(d.one("I am sorry.", "First of all: I am sorry.", "I have to say sorry to you."), what, sentence(who)+outcome)
	switch {
	case moved:
		day := d.day(p.Due, p.AllDay)
		d.say(d.one("The new day is ", "The day is now ", "Our new day is ")+day+".",
			d.one("You will hear from me by then.", "I will write to you on that day.", "I will tell you on that day how it stands."))
		d.say(d.one("Does that day not suit you? Then please tell me.", "Please tell me if you need it on another day."))
	case !p.Broken.IsZero():
		d.say("I will write to you by " + d.again() + " and tell you what I can do for you.")
		d.say(d.one("Is there something that would help you now? Then please tell me.", "Please tell me what would help you most."))
	default:
		d.say(d.one("I do not know the new day yet.", "I cannot name a new day yet.") + " I will write to you by " + d.again() +
			d.one(" and name it.", " and tell you how it stands.", " with what I know."))
	}
}

// promise tells that a promise stands, or that it was kept. Of one that is late, or
// was moved and the customer does not know it, the other letter tells.
func (d *draft) promise() {
	p := d.Promise
	if p.Text == "" || !p.Dropped.IsZero() || !p.Broken.IsZero() || p.Late(d.Now) || p.Untold(d.Now) {
		return
	}
	d.tells = p.ID
	d.subject = d.one("What we promised you", "Our promise to you", "How our promise stands")
	if !p.Kept.IsZero() {
		d.say(d.promised(p), d.one("It is done.", "We have done it.", "That is done."))
		d.from("Kept on " + d.dated(p.Kept, true))
		d.say(d.one("Please tell me if anything is missing.", "Is anything missing? Then please tell me."))
		return
	}
	d.say(d.one("I have not forgotten you.", "This is how our promise stands.", "You need not ask us: here is how it stands."), d.promised(p))
	if !p.FirstDue.IsZero() && !p.Due.IsZero() {
		d.say("Then we named another day: " + d.day(p.Due, p.AllDay) + ".")
	}
	if p.Due.IsZero() {
		d.say(d.one("The day is still open.", "I cannot name the day yet.") + " I will write to you by " + d.again() + " and name it.")
		return
	}
	d.say(d.one("That day stands.", "We keep to that day.", "Nothing has changed about that day."),
		"If anything changes, I will tell you before "+d.day(p.Due, p.AllDay)+".")
}

// promised says who promised what by when: "On Monday 2 November I promised to send
// the spare blade by Friday 20 November." The day is the first that was named.
func (d *draft) promised(p assist.Promise) string {
	due, allDay := p.Due, p.AllDay
	if !p.FirstDue.IsZero() {
		due, allDay = p.FirstDue, p.AllDay || midnight(p.FirstDue)
		d.from("The day was first " + d.dated(due, allDay))
	}
	if source := "Promise: " + short(p.Text, longQuote); p.Due.IsZero() {
		d.from(source)
	} else {
		d.from(source + ", by " + d.dated(p.Due, p.AllDay))
	}
	said := d.who(p.Rep) + " promised " + deed(p.Text)
	if !p.Made.IsZero() && daysBetween(p.Made.In(d.Now.Location()), d.Now) > 0 {
		d.from("Promised on " + d.dated(p.Made, true))
		said = "on " + d.day(p.Made.In(d.Now.Location()), true) + " " + said
	}
	return sentence(said) + d.by(due, allDay) + "."
}

func (d *draft) by(due time.Time, allDay bool) string {
	if due.IsZero() {
		return ""
	}
	return " by " + d.day(due, allDay)
}

// An order as promises are kept: "Call her back", "Send the spare blade".
var (
	orderToYou = regexp.MustCompile(`^(?i)(call|ring|phone|e-?mail|mail|write|text|tell|send|give|let|get|update|refund|offer|show|bring)\s+(?:her|him|them)(\s*$|\s+(?:back|a|an|the|about|when|with|to|on|two|our|know|what|how|that)\b)`)
	orderVerb  = regexp.MustCompile(`^(?i)(?:call|ring|phone|e-?mail|mail|write|text|tell|send|give|let|get|update|refund|offer|show|bring|check|find|ask|look|order|replace|repair|fix|cancel|change|pay|credit|post|deliver|pick|collect|book|arrange|come|visit|help|make|put|take|keep|return|clear|close|open|confirm|prepare|move|sort|follow)\s+\pL`)
)

// plainWords is how long an order can be to stand in a sentence of ours.
const plainWords = 10

// deed returns what was promised behind "promised": "to call you back" where the order
// is plain, else the words as they were written down.
func deed(order string) string {
	order = strings.TrimRight(short(order, longQuote), ".;,: ")
	if len(strings.Fields(order)) > plainWords || !orderVerb.MatchString(order+" x") || strings.ContainsAny(order, ".!?\"“”") {
		return quoted(order, longQuote)
	}
	order = orderToYou.ReplaceAllString(order, "$1 you$2")
	return "to " + strings.ToLower(order[:1]) + order[1:]
}
