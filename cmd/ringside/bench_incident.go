package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"runtime/debug"
	"time"

	"ringside/assist"
	"ringside/storage"
)

const (
	incidentCalls = 2 // of each customer
	incidentReps  = 40
	incidentPage  = 50 // how many of those affected are shown at first
	incidentRuns  = 5
)

// benchIncident measures an incident that touches a whole city: who looks after whom, and
// how long it takes to show.
func benchIncident(b *callBench, customers int) (figures []figure, err error) {
	db, err := storage.Open(b.ctx, storage.Options{Dir: filepath.Join(b.tmp, "incident"), Key: [32]byte{1}, Region: "GB"})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	now := time.Now()
	i := assist.Incident{ID: "storm", Title: "No power in Leeds", Opened: now, Cities: []string{"Leeds"}}
	if err := fillIncident(b, db, i, customers); err != nil {
		return nil, err
	}
	debug.FreeOSMemory()
	start := time.Now()
	touched, err := db.Touched(b.ctx, i)
	if err != nil {
		return nil, err
	}
	found := time.Since(start)
	var assigned []time.Duration
	var list []assist.Affected
	for range incidentRuns {
		start = time.Now()
		if list, err = assignPlaces(b.ctx, db, i, touched, now); err != nil {
			return nil, err
		}
		assigned = append(assigned, time.Since(start))
	}
	if len(list) != customers {
		return nil, fmt.Errorf("%d customers have a concierge, not %d", len(list), customers)
	}
	start = time.Now()
	if err := keepPlaces(b.ctx, db, list); err != nil {
		return nil, err
	}
	saved := time.Since(start)
	start = time.Now()
	if list, err = assignPlaces(b.ctx, db, i, touched, now); err != nil || len(list) > 0 {
		return nil, errors.Join(err, fmt.Errorf("a second run changes %d places", len(list)))
	}
	again := time.Since(start)
	opened, err := benchIncidentPage(b, db, i, customers)
	return []figure{
		{Name: "incident_assign_ms", Value: percentile(assigned, 1), Limit: 1000,
			Note: fmt.Sprintf("who knows %d customers with %d calls each, and which of %d reps takes them; the slowest of %d, p50 %.0f",
				customers, incidentCalls, incidentReps, incidentRuns, percentile(assigned, .5))},
		{Name: "incident_find_ms", Value: percentile([]time.Duration{found}, 1), Note: "whom it touches, among all customers"},
		{Name: "incident_save_ms", Value: percentile([]time.Duration{saved}, 1), Note: "until every place is durable and found"},
		{Name: "incident_again_ms", Value: percentile([]time.Duration{again}, 1), Note: "to see that everybody has a place: whenever the incident is saved"},
		{Name: "incident_open_ms", Value: percentile(opened, 1), Limit: 100,
			Note: fmt.Sprintf("the incidents, how many were told, the first %d with names, and who may be in another; the slowest of %d, p50 %.1f", incidentPage, len(opened), percentile(opened, .5))},
	}, err
}

// benchIncidentPage reads what is shown of an incident: as it is when nobody was told, and
// when half of them were.
func benchIncidentPage(b *callBench, db *storage.DB, i assist.Incident, size int) (times []time.Duration, err error) {
	for half := range 2 {
		if half == 1 {
			list, err := db.Affected(b.ctx, i.ID, "", size/2)
			if err != nil {
				return nil, err
			}
			customers := make([]assist.ID, len(list))
			for k, a := range list {
				customers[k] = a.Customer
			}
			if err := db.Tell(b.ctx, i.ID, time.Now(), customers...); err != nil {
				return nil, err
			}
		}
		for range incidentRuns {
			start := time.Now()
			data, err := loadIncidents(b.ctx, db, time.Now())
			if err != nil {
				return nil, err
			}
			people, err := incidentPeople(b.ctx, db, i.ID, "", incidentPage)
			if err != nil {
				return nil, err
			}
			times = append(times, time.Since(start))
			if open := data.Open; len(open) != 1 || open[0].All != size || open[0].Told != half*size/2 || len(people) != incidentPage || people[0].Name == "" {
				return nil, fmt.Errorf("the page shows %+v and %d people", data, len(people))
			}
		}
	}
	return times, nil
}

// fillIncident writes the team, the incident, and customers of whom each has spoken with
// two of the team.
func fillIncident(b *callBench, db *storage.DB, i assist.Incident, customers int) error {
	team := []assist.Record{i}
	for r := range incidentReps {
		team = append(team, assist.Rep{ID: benchRep(r), Name: fmt.Sprint("Rep ", r)})
	}
	if err := db.Save(b.ctx, team...); err != nil {
		return err
	}
	bulk := db.Bulk(b.ctx)
	for n := range customers {
		c := assist.Customer{ID: assist.IDFrom("customer", fmt.Sprint(n)), Name: fmt.Sprint("Customer ", n), City: "Leeds",
			Phones: []assist.Phone{{Raw: benchNumber(n)}}}
		records := []assist.Record{c}
		for k := range incidentCalls {
			at := i.Opened.Add(-time.Duration((n*7919+k*31)%(90*24*60)) * time.Minute)
			records = append(records, assist.Call{ID: assist.NewID(at), Customer: c.ID, Rep: benchRep((n + k*n/7) % incidentReps), Started: at,
				Ended: at.Add(5 * time.Minute), Disposition: "Answered", Used: []assist.Used{{Answer: "no-power", Heard: "the power is gone", At: at}}})
		}
		for _, r := range records {
			if err := bulk.Add(r); err != nil {
				return errors.Join(err, bulk.Close())
			}
		}
	}
	if err := bulk.Close(); err != nil {
		return err
	}
	return db.Indexed(b.ctx) // it would go on beside what is measured
}

func benchRep(n int) assist.ID { return assist.ID(fmt.Sprintf("rep-%02d", n%incidentReps)) }
