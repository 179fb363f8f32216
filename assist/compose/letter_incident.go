package compose

import (
	"time"

	"ringside/assist"
)

// incident tells how an open incident stands.
func (d *draft) incident() {
	i := d.Incident
	if i.Title == "" && i.What == "" || !i.Closed.IsZero() {
		return
	}
	d.tells = i.ID
	title := quoted(i.Title, 80)
	if i.Title != "" {
		d.subject = d.one("How it stands: ", "News for you: ", "What we know: ") + short(i.Title, 80)
		d.from("Incident: " + short(i.Title, longQuote))
	} else {
		d.subject, title = "How it stands", "this trouble"
	}
	d.say(d.one("I am sorry about "+title+".", "I am sorry that "+title+" touches you.", "I am sorry: "+title+" touches you, too."),
		d.told("", "What happened", i.What))
	d.say(d.reason(), d.told("This is what we do: ", "What we do", i.Doing))
	d.say(d.fixedBy(i.FixedBy), d.concierge())
	d.say("I will write to you again by " + d.nextUpdate() + d.one(".", ", also if nothing has changed.", ", whatever has changed until then."))
}

// closed tells that an incident is over.
func (d *draft) closed() {
	i := d.Incident
	if i.Title == "" && i.What == "" || i.Closed.IsZero() {
		return
	}
	d.tells = i.ID
	title := quoted(i.Title, 80)
	d.subject = "It is fixed"
	if i.Title != "" {
		d.subject = d.one("It is fixed: ", "Over now: ") + short(i.Title, 80)
		d.from("Incident: " + short(i.Title, longQuote))
	} else {
		title = "this trouble"
	}
	day := d.day(i.Closed.In(d.Now.Location()), true)
	d.from("Fixed on " + d.dated(i.Closed, true))
	d.say(d.one("I am sorry about "+title+".", "I am sorry for the trouble with "+title+".", "Once more: I am sorry about "+title+"."),
		d.one("We fixed it on "+day+".", "It ended on "+day+"."),
		d.one("Thank you for your patience.", "Thank you for waiting with patience."))
	d.say(d.told("", "What happened", i.What), d.reason())
	d.say(d.one("Is anything still not right? Then please tell me.", "Please tell me if anything is still not right."))
}

// told returns a text of the incident behind its head, "" when there is none.
func (d *draft) told(head, source, text string) string {
	text = story(text)
	if text == "" {
		return ""
	}
	d.from(source + ": " + text)
	return head + text
}

func (d *draft) reason() string {
	if why := d.told("The reason: ", "Why", d.Incident.Why); why != "" {
		return why
	}
	return "We do not know why yet."
}

func (d *draft) fixedBy(by time.Time) string {
	if by.IsZero() {
		return ""
	}
	y := by.In(d.Now.Location())
	whole := midnight(y)
	day := d.day(y, whole)
	d.from("To be fixed by " + d.dated(y, whole))
	if by.Before(d.Now) && !(whole && daysBetween(y, d.Now) == 0) {
		return "We hoped to finish by " + day + ", and we have not."
	}
	return d.one("We expect to finish by "+day+".", "We will have it fixed by "+day+", as far as we know now.")
}

func (d *draft) concierge() string {
	switch rep := d.Affected.Concierge; d.who(rep) {
	case "we":
		return ""
	case "I":
		return d.one("I look after you in this: just reply to this mail.", "I am there for you in this: just reply to me.")
	default:
		d.from("Concierge: " + d.who(rep))
		return d.who(rep) + d.one(" looks after you in this.", " is there for you in this.")
	}
}

// nextUpdate returns when the customer hears again: by the cadence of the incident
// where it lies ahead, else one turn of it from now, else when we said.
func (d *draft) nextUpdate() string {
	if d.Incident.Every > 0 {
		d.Again = d.Incident.NextUpdate()
		if !d.Again.After(d.Now) {
			d.Again = d.Now.Add(time.Duration(d.Incident.Every) * time.Hour).Truncate(time.Minute)
		}
	}
	return d.again()
}

// apology says sorry for what went wrong, the gravest first, before anything else.
func (d *draft) apology() {
	p, i := d.Promise, d.Incident
	sorry := d.one("I am sorry.", "I want to say sorry to you.", "I am sorry, and I mean it.")
	d.subject = d.one("I am sorry", "Sorry", "An apology")
	switch {
	case p.Text != "" && (!p.Broken.IsZero() || p.Late(d.Now)):
		d.tells = p.ID
		who := "We"
		if d.who(p.Rep) == "I" {
			who = "I"
		}
		d.say(sorry, d.promised(p), who+" did not do it.")
	case i.Title != "":
		d.from("Incident: " + short(i.Title, longQuote))
		d.say(sorry, "You have had trouble with "+quoted(i.Title, 80)+".")
	case !d.Call.Call.Started.IsZero():
		d.say(sorry, "On "+d.callDay()+" we gave you reason to be upset.")
	default:
		d.say(sorry, d.one("You have had trouble with us.", "We have given you trouble."))
	}
	d.say(d.one("I look into it myself.", "I will see to it myself.", "I take care of it now.") + " I will write to you by " + d.again() + " and tell you what I have done.")
	d.say(d.one("Is there something that would help you now? Then please tell me.", "Please tell me what would help you most."))
}

// wrong reports whether there is something to say sorry for.
func (a About) wrong() bool {
	p := a.Promise
	late := p.Text != "" && (!p.Broken.IsZero() || p.Late(a.Now))
	return late || a.Incident.Title != "" && a.Incident.Closed.IsZero() || a.Call.Call.Mood == assist.Upset
}
