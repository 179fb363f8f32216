package compose

import (
	"fmt"
	"strings"
	"time"

	"ringside/assist"
)

// call sums up a call: what they said, what they were answered, who promised what by
// when.
func (d *draft) call() {
	c := d.Call
	if c.Call.Started.IsZero() || len(c.Said)+len(c.Told)+len(c.Made) == 0 {
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

// thanks thanks for the years, with what we know of them, and sells nothing.
func (d *draft) thanks() {
	years, near := Anniversary(d.Customer.Since, d.Now)
	d.subject = "Thank you"
	if years > 0 {
		d.subject = d.one("Thank you for "+count(years, "year"), count(years, "year")+": thank you", "Thank you")
	}
	switch since := d.since(); {
	case since == "":
		d.say(d.one("Thank you for being our customer.", "Thank you for choosing us.", "I want to say thank you to you."))
	case years == 0:
		d.say(d.one("You came to us in "+since+". Thank you.", "You have been with us since "+since+". Thank you for that."))
	case near:
		d.from("That makes " + count(years, "year"))
		d.say(d.one(
			"You came to us in "+since+", and that makes "+count(years, "year")+". Thank you.",
			"You have been our customer since "+since+". That makes "+count(years, "year")+", and I want to thank you for them.",
			"Thank you. You have been with us since "+since+", which makes "+count(years, "year")+"."))
	default:
		d.from("With us for " + count(years, "year"))
		d.say(d.one(
			"You came to us in "+since+". Thank you for "+count(years, "year")+" with us.",
			"You have been our customer for "+count(years, "year")+", since "+since+". Thank you.",
			"Thank you for "+count(years, "year")+". You have been with us since "+since+"."))
	}
	d.say(d.owned())
	d.say(d.one("I am glad that you are with us.", "It is a pleasure to work for you.", "We are glad to have you with us."))
}

// advocate thanks somebody who speaks well of us.
func (d *draft) advocate() {
	d.subject = d.one("Thank you for your good words", "Thank you", "Thank you for speaking up for us")
	if !d.Customer.Advocate.IsZero() {
		d.from("Advocate since " + wordsOf(d.Customer.Advocate))
	}
	d.say(d.one("Thank you for speaking well of us.", "I heard that you speak well of us. Thank you.", "Thank you for telling others about us."),
		d.one("Your word counts for more than any advert of ours.", "I have told the team, and we are proud of it.", "Nothing makes us prouder."))
	if since := d.since(); since != "" {
		d.say(d.one("You have been with us since "+since+".", "You came to us in "+since+".") + " " + d.one("I know what that is worth.", "We do not take that for granted."))
	}
	d.say(d.one("Is there something that we could do better? I would like to hear it.", "Please tell me if we can do something better."))
}

// since returns when they came to us, "March 2011" or "2011"; "" when it is not known
// or lies ahead.
func (d *draft) since() string {
	s := d.Customer.Since
	if s.Year == 0 || s.Time().After(dayOf(d.Now)) {
		return ""
	}
	d.from("Customer since " + wordsOf(s))
	s.Day = 0
	return wordsOf(s)
}

// wordsOf gives "7 March 2011", "March 2011" or "2011".
func wordsOf(s assist.Date) string {
	switch {
	case s.Month == 0:
		return fmt.Sprint(s.Year)
	case s.Day == 0:
		return fmt.Sprintf("%s %d", s.Month, s.Year)
	}
	return fmt.Sprintf("%d %s %d", s.Day, s.Month, s.Year)
}

// owned says what they have from us.
func (d *draft) owned() string {
	var owns []string
	for _, o := range d.Customer.Owns {
		if name := short(o.Name, longName); o.Ours() && name != "" && len(owns) < 3 {
			owns = append(owns, "the "+name)
			d.from("Owns " + name)
		}
	}
	switch len(owns) {
	case 0:
		return ""
	case 1:
		return "You have " + owns[0] + " from us. " + d.one("I hope that it serves you well.", "I hope that you enjoy it.")
	}
	return "You have " + and(owns) + " from us. " + d.one("I hope that they serve you well.", "I hope that you enjoy them.")
}

// The days in which a letter is still of use.
const (
	soonDue       = 2  // days before a promise is due in which the customer is told how it stands
	freshCall     = 2  // days after a call in which it is summed up
	freshAdvocate = 30 // days after they first spoke well of us
	freshClosed   = 7  // days after an incident
)

// Kinds returns the letters that make sense now, the most pressing first. Nobody is
// thanked for years while there is something to say sorry for.
func Kinds(a About) []Letter {
	if a.Now.IsZero() {
		return nil
	}
	a = a.whole()
	var out []Letter
	add := func(k Letter, now bool) {
		if now {
			out = append(out, k)
		}
	}
	p, i, c := a.Promise, a.Incident, a.Call
	within := func(t time.Time, days int) bool {
		n := daysBetween(t.In(a.Now.Location()), a.Now)
		return !t.IsZero() && n >= 0 && n <= days
	}
	wrong := a.wrong()
	add(LetterLate, p.Text != "" && (p.Untold(a.Now) || p.Late(a.Now)))
	add(LetterIncident, i.Title != "" && i.Closed.IsZero() && !a.Affected.Knows(i))
	add(LetterClosed, i.Title != "" && within(i.Closed, freshClosed) && !a.Affected.Knows(i))
	add(LetterApology, wrong)
	add(LetterPromise, p.Text != "" && (within(p.Kept, freshCall) && p.Told.Before(p.Kept) || a.dueSoon(p)))
	add(LetterCall, within(c.Call.Started, freshCall) && len(c.Said)+len(c.Told)+len(c.Made) > 0)
	years, near := Anniversary(a.Customer.Since, a.Now)
	add(LetterThanks, !wrong && near && years > 0)
	add(LetterAdvocate, !wrong && a.Customer.Advocate.Day > 0 && within(a.Customer.Advocate.Time(), freshAdvocate))
	return out
}

func (a About) dueSoon(p assist.Promise) bool {
	return p.Open() && !p.Due.IsZero() && !p.Late(a.Now) && !p.Untold(a.Now) && daysBetween(a.Now, seen(p.Due, p.AllDay, a.Now)) <= soonDue
}
