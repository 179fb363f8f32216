package main

import (
	"time"

	"ringside/assist"
)

type incidentData struct {
	Open, Closed []incidentRow
	Maybe        []incidentSuggestion
}

type incidentRow struct {
	assist.Incident
	All, Told int
}

type incidentSuggestion struct {
	Title     string
	Customers []assist.ID
	Names     []string
	Since     time.Time
}

type incidentPerson struct {
	assist.Affected
	Name, Concierge, Number string
	Knows                   bool
}
