package main

import (
	"time"

	"ringside/assist"
	"ringside/assist/compose"
	"ringside/ui"
	"ringside/ui/incident"
)

// joinIncidents makes the page of incidents.
func (p *pages) joinIncidents() {
	p.incident = incident.New(incident.Options{Source: incidentSource{p.r}, Cards: &p.cards, Now: p.r.now, Post: p.postTo(ui.Incidents), Day: p.readTime,
		Letter: p.incidentLetter,
		OnCopy: func(text string) { p.app.Clipboard().SetContent(text) }, OnMail: p.mail})
}

// readTime reads words for a day and a time of it; it asks for the time when they name
// only the day.
func (p *pages) readTime(words string) (time.Time, string) {
	day := p.readDay(words)
	if day.Ask == "" && day.AllDay {
		return time.Time{}, "Add the time of day, such as 3pm."
	}
	return day.Due, day.Ask
}

// incidentLetter writes to somebody in an incident how it stands, in the name of their
// concierge.
func (p *pages) incidentLetter(i assist.Incident, who incident.Person) (subject, body string) {
	kind := compose.LetterIncident
	if !i.Closed.IsZero() {
		kind = compose.LetterClosed
	}
	about := compose.About{Names: p.repName, Incident: i, Affected: who.Affected}
	about.Facts = compose.Facts{Customer: assist.Customer{ID: who.Customer, Name: who.Name, CallMe: who.CallMe}, Now: p.r.now(),
		Rep: assist.Rep{ID: who.Affected.Concierge, Name: p.repName(who.Affected.Concierge)}}
	if about.Rep.Name == "" {
		about.Rep = assist.Rep{ID: p.chosen.Me, Name: p.repName(p.chosen.Me)}
	}
	text := compose.Draft(kind, about)
	return text.Subject, text.Body
}
