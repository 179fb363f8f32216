package compose

import (
	"fmt"

	"ringside/assist"
)

// thanks thanks for the years, with what we know of them, and sells nothing.
func (d *draft) thanks() {
	years, near := yearsWith(d.Customer.Since, d.Now)
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
