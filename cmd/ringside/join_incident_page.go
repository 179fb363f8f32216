package main

import (
	"context"
	"time"

	"ringside/assist"
	"ringside/ui/incident"
)

// joinIncidents makes the page of incidents.
func (p *pages) joinIncidents() {
	var source incident.Source = noIncidents{}
	p.incident = incident.New(incident.Options{Source: source, Now: p.r.now, Post: p.post, Day: p.r.readTime,
		OnCopy: func(text string) { p.app.Clipboard().SetContent(text) }, OnMail: p.mail})
}

// readTime reads words for a day and a time of it; it asks for the time when they name
// only the day.
func (r *running) readTime(words string) (time.Time, string) {
	day := r.readDay(words)
	if day.Ask == "" && day.AllDay {
		return time.Time{}, "Add the time of day, such as 3pm."
	}
	return day.Due, day.Ask
}

// noIncidents is a source without incidents.
type noIncidents struct{}

func (noIncidents) Load(context.Context) (incident.Data, error) { return incident.Data{}, nil }
func (noIncidents) People(context.Context, assist.ID, assist.ID, int) ([]incident.Person, error) {
	return nil, nil
}
func (noIncidents) Save(_ context.Context, i assist.Incident) (assist.Incident, error) { return i, nil }
func (noIncidents) Close(context.Context, assist.ID) error                             { return nil }
func (noIncidents) Tell(context.Context, assist.ID, ...assist.ID) error                { return nil }
