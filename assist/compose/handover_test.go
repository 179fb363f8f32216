package compose

import (
	"testing"

	"ringside/assist"
	"ringside/assist/glance"
)

func TestHandOverTellsWhatTheColleagueMustKnow(t *testing.T) {
	mary := assist.Customer{ID: "mary", Name: "Mary Shaw", Since: assist.Date{Year: 2011, Month: 3, Day: 7}}
	late := assist.Promise{ID: "p1", Customer: "mary", Rep: "anna", Text: "Send the spare blade.", Made: on("2026-11-10"), Due: on("2026-11-16"), AllDay: true}
	made := assist.Promise{ID: "p2", Customer: "mary", Call: "c", Text: "Call back", Made: now, Due: on("2026-11-20 15:00")}
	kept := assist.Promise{ID: "p3", Customer: "mary", Text: "Send the bill", Made: on("2026-11-01"), Kept: on("2026-11-02")}
	p := Passing{
		Profile: glance.Profile{Customer: mary, Company: assist.Company{Name: "Shaw Gardens"}, Promises: []assist.Promise{late, made, kept},
			Incidents: []assist.Incident{{ID: "i", Title: "Parcels are late", Opened: on("2026-11-17")}}},
		Caller: "+44 113 496 0123", By: "Tom Reed", Call: assist.Call{ID: "c", Started: on("2026-11-18 13:40")},
		Heard: []string{"charged twice", "for the hedge trimmer"}, Told: []string{"Charged twice for one order"},
		Note: "Wants it back\nthis week", Made: []assist.Promise{made},
	}
	want := `Mary Shaw, Shaw Gardens, +44 113 496 0123, 15 years with us
Passed on by Tom Reed, on the line since 1:40 pm
Say sorry first: “Send the spare blade.” is 2 days late (Anna Bell); Affected by “Parcels are late”
They say: charged twice; for the hedge trimmer
They were told: Charged twice for one order
Note: Wants it back this week
Promised in this call: Call back, due Friday, 3 pm
Still promised: Send the spare blade, 2 days late`
	names := Names(func(id assist.ID) string { return map[assist.ID]string{"anna": "Anna Bell"}[id] })
	if got := HandOver(p, names, now); got != want {
		t.Errorf("it says\n%s\nwant\n%s", got, want)
	}
}

func TestHandOverOfSomebodyUnknown(t *testing.T) {
	got := HandOver(Passing{Call: assist.Call{ID: "c", Started: now}}, nil, now)
	if want := "Name not known\nPassed on, on the line since 2 pm"; got != want {
		t.Errorf("it says\n%s\nwant\n%s", got, want)
	}
}
