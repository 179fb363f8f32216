package ask

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"ringside/assist"
	"ringside/assist/glance"
)

func names(id assist.ID) string { return map[assist.ID]string{"tom": "Tom", "ana": "Ana"}[id] }

func date(s string) assist.Date {
	d, err := assist.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// moves goes through tact, as a call does, and writes each move as "kind: text [why]".
func moves(t *Team, p glance.Profile, c Call, at time.Time) (out []string) {
	for _, m := range t.Moves(p, c, t.Tact(p, c, at), names, at) {
		out = append(out, fmt.Sprintf("%s: %s [%s]", m.Kind, m.Text, m.Why))
	}
	return out
}

func customer(since string, owns ...assist.Product) glance.Profile {
	return glance.Profile{Customer: assist.Customer{ID: "mary", Name: "Mary Shaw", Since: date(since), Owns: owns}}
}

func TestSorryComesFirst(t *testing.T) {
	late := assist.Promise{ID: "p1", Text: "Send the invoice", Rep: "tom", Made: now.AddDate(0, 0, -5), Due: now.AddDate(0, 0, -2)}
	broke := assist.Promise{ID: "p2", Text: "Ring on Friday", Made: now.AddDate(0, 0, -5), Broken: now.AddDate(0, 0, -1)}
	told := broke
	told.Told = now
	for _, c := range []struct {
		p    glance.Profile
		c    Call
		want string
	}{
		{glance.Profile{Promises: []assist.Promise{late}}, Call{Mood: assist.Upset}, "sorry: Say sorry first, then what we do: “Send the invoice” was due on " +
			"16 November [promised on 13 November by Tom; they have not heard from us about it]"},
		{glance.Profile{Ended: []assist.Promise{told, broke}}, Call{}, "sorry: Say sorry first, then what we do: “Ring on Friday” will not be kept " +
			"[promised on 13 November; they have not heard from us about it]"},
		{glance.Profile{Ended: []assist.Promise{told}}, Call{}, ""},
		{glance.Profile{}, Call{Mood: assist.Upset}, "sorry: Say sorry first, then what we do [they are upset: you marked it]"},
		{glance.Profile{}, Call{Said: []string{"I'm livid"}}, "sorry: Say sorry first, then what we do [they are upset: just said: “I'm livid”]"},
		{glance.Profile{}, Call{Mood: assist.Hurried}, ""},
		{glance.Profile{Promises: []assist.Promise{{Text: "One", Due: now.AddDate(0, 0, -9)}, {Text: "Two", Due: now.AddDate(0, 0, -8)}}}, Call{},
			"sorry: Say sorry first, then what we do: “One” was due on 9 November [promised; they have not heard from us about it]"},
	} {
		if got := strings.Join(moves(New(Kept{}), c.p, c.c, now), "\n"); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}

func TestAnIncidentIsToldBeforeTheyAsk(t *testing.T) {
	line := assist.Incident{ID: "i1", Title: "Line down", What: "The line to Leeds is cut", Opened: now.AddDate(0, 0, -2), Updated: now.AddDate(0, 0, -1), FixedBy: now.AddDate(0, 0, 1)}
	place := func(told time.Time) []assist.Affected {
		return []assist.Affected{{Incident: "i1", Concierge: "ana", Told: told}}
	}
	head := "incident: Tell them before they ask: “The line to Leeds is cut”, over by 19 November "
	closed := line
	closed.Closed = now
	for _, c := range []struct {
		i     assist.Incident
		place []assist.Affected
		want  string
	}{
		{line, nil, head + "[it touches them, and they have heard nothing of it from us]"},
		{line, place(time.Time{}), head + "[it touches them, and they have heard nothing of it from us; Ana looks after them in it]"},
		{line, place(now.AddDate(0, 0, -2)), head + "[the latest is of 17 November, they were told on 16 November; Ana looks after them in it]"},
		{line, place(now), ""},
		{closed, nil, ""},
		{assist.Incident{Title: "Flood", FixedBy: now.AddDate(0, 0, -1)}, nil, "incident: Tell them before they ask: “Flood” [it touches them, and they have heard nothing of it from us]"},
	} {
		got := strings.Join(moves(New(Kept{}), glance.Profile{Incidents: []assist.Incident{c.i}, Affected: c.place}, Call{}, now), "\n")
		if got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}

func TestAPromiseIsConfirmed(t *testing.T) {
	due := func(days int, q assist.Promise) assist.Promise {
		q.ID, q.Text, q.Due = "p", "Ring back", now.AddDate(0, 0, days)
		return q
	}
	for _, c := range []struct {
		q    assist.Promise
		want string
	}{
		{due(2, assist.Promise{Rep: "tom"}), "promise: Confirm: “Ring back”, due on 20 November [it is due soon; Tom promised it]"},
		{due(9, assist.Promise{}), ""},
		{due(9, assist.Promise{Moved: now, FirstDue: now.AddDate(0, 0, 1), Rep: "tom"}), "promise: Confirm: “Ring back”, due on 27 November " +
			"[it was moved by Tom from 19 November, and they have not heard]"},
		{due(9, assist.Promise{Moved: now.AddDate(0, 0, -1), Told: now}), ""},
		{due(2, assist.Promise{Kept: now}), ""},
		{assist.Promise{Text: "Some day"}, ""},
		{assist.Promise{Text: "Today", AllDay: true, Due: time.Date(2026, 11, 18, 0, 0, 0, 0, time.FixedZone("west", -9*3600))}, "promise: Confirm: “Today”, due on 18 November [it is due soon]"},
	} {
		if got := strings.Join(moves(New(Kept{}), glance.Profile{Promises: []assist.Promise{c.q}}, Call{}, now), "\n"); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}

func TestThanksForTheYears(t *testing.T) {
	for _, c := range []struct{ since, now, want string }{
		{"", "2026-11-18", ""},
		{"2021-03-07", "2026-11-18", ""},
		{"2021-03-07", "2026-01-20", ""},
		{"2021-03-07", "2026-01-21", "Thank Mary for 5 years with us"},
		{"2021-03-07", "2026-03-21", "Thank Mary for 5 years with us"},
		{"2021-03-07", "2026-03-22", ""},
		{"2021-01-04", "2025-12-10", "Thank Mary for 5 years with us"},
		{"2025-12-02", "2026-11-18", "Thank Mary for 1 year with us"},
		{"2026-11-18", "2026-11-18", ""},
		{"2026-10-20", "2026-11-18", ""},
		{"2021-03", "2026-04-14", "Thank Mary for 5 years with us"},
		{"2021-03", "2026-04-15", ""},
		{"2020-02-29", "2026-02-28", "Thank Mary for 6 years with us"},
		{"2011-06-07", "2026-11-18", "Thank Mary for 15 years with us"},
		{"2011-12-07", "2026-11-18", "Thank Mary for 15 years with us"},
		{"2011-12", "2026-06-18", "Thank Mary for 14 years with us"},
		{"2017-06-07", "2026-11-18", ""},
		{"2015", "2026-11-18", "Thank Mary for 10 years with us"}, // 10 for sure
		{"2016", "2026-11-18", ""},
		{"2030", "2026-11-18", ""},
		{"2027-01-01", "2026-12-20", ""},
	} {
		at := date(c.now).Time()
		got := New(Kept{}).Moves(customer(c.since), Call{}, nil, nil, at)
		text := ""
		if len(got) > 0 {
			text = got[0].Text
		}
		if text != c.want || len(got) > 1 {
			t.Errorf("since %s, on %s: %+v, want %q", c.since, c.now, got, c.want)
		}
	}
}

func TestThanksHaveEvidenceAndAreSilentWhenTactSaysSo(t *testing.T) {
	p := customer("2011-12-07", assist.Product{Name: "Hedge 300"}, assist.Product{Name: "Saw", Maker: "Rival"}, assist.Product{Name: "Mower 42"}, assist.Product{Name: "Trim 30"})
	p.Customer.CallMe, p.Customer.Advocate = "Mrs Shaw", date("2020-05")
	want := []string{"thanks: Thank Mrs Shaw for 15 years with us [with us since 7 December 2011; 3 of our products: Hedge 300, Mower 42; recommends us since May 2020]"}
	if got := moves(New(Kept{}), p, Call{}, now); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	if got := moves(New(Kept{}), p, Call{Mood: assist.Hurried}, now); len(got) != 0 {
		t.Errorf("in a hurry: %q", got)
	}
}

func TestTheBirthdayOfAContract(t *testing.T) {
	for since, want := range map[string]string{
		"2023-11-25": "birthday: 3 years with their Mower 42 on 25 November: ask how it serves them [they have it of us since 25 November 2023]",
		"2023-11-11": "birthday: 3 years with their Mower 42 on 11 November: ask how it serves them [they have it of us since 11 November 2023]",
		"2025-11-18": "birthday: 1 year with their Mower 42 on 18 November: ask how it serves them [they have it of us since 18 November 2025]",
		"2023-11-26": "", "2023-11-10": "", "2026-11-18": "", "2023-11": "", "2023": "", "": "",
	} {
		p := customer("", assist.Product{Name: "Saw", Maker: "Rival", Since: date(since)}, assist.Product{Name: "Mower 42", Since: date(since)})
		if got := strings.Join(moves(New(Kept{}), p, Call{}, now), "\n"); got != want {
			t.Errorf("since %q: %q", since, got)
		}
	}
}

func TestLoyalCustomersAreToldOfWhatNewOnesGet(t *testing.T) {
	deal := assist.Deal{ID: "d1", Title: "20% off the first year", From: date("2026-11"), Until: date("2026-11")}
	saws := deal
	saws.Products = []string{"pole saw 12"}
	saw := assist.Product{Name: "Pole Saw 12"}
	given, boss := customer("2020-11-01"), customer("2020-11-01")
	given.Customer.Deals = []assist.ID{"d1"}
	boss.Customer.Kind = assist.KindBoss
	young := customer("2020-08-01")
	young.Customer.Minor = true
	want := "parity: New customers get “20% off the first year”; they have been with us 6 years and do not have it " +
		"[fair to those who stay: with us since 1 August 2020"
	for name, c := range map[string]struct {
		p    glance.Profile
		deal assist.Deal
		at   string
		want string
	}{
		"for any product":           {customer("2020-08-01"), deal, "2026-11-18", want + "; runs until November 2026]"},
		"for theirs":                {customer("2020-08-01", saw), saws, "2026-11-30", want + ", has the Pole Saw 12; runs until November 2026]"},
		"for another":               {customer("2020-08-01"), saws, "2026-11-18", ""},
		"for one of another's make": {customer("2020-08-01", assist.Product{Name: "Pole Saw 12", Maker: "Rival"}), saws, "2026-11-18", ""},
		"before it runs":            {customer("2020-08-01"), deal, "2026-10-31", ""},
		"after":                     {customer("2020-08-01"), deal, "2026-12-01", ""},
		"always":                    {customer("2020-08-01"), assist.Deal{ID: "d", Title: "20% off the first year"}, "2026-11-18", want + "]"},
		"has it":                    {given, deal, "2026-11-29", ""},
		"no customer":               {boss, deal, "2026-11-29", ""},
		"not a year":                {customer("2026-01-01"), deal, "2026-11-18", ""},
		"nobody knows":              {customer(""), deal, "2026-11-18", ""},
		"tact":                      {young, deal, "2026-11-18", ""},
	} {
		var got []string
		for _, m := range moves(New(Kept{Deals: []assist.Deal{c.deal}}), c.p, Call{}, date(c.at).Time()) {
			if strings.HasPrefix(m, Parity) {
				got = append(got, m)
			}
		}
		if strings.Join(got, "\n") != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestWhatTheyToldOfMeetsWhatOthersHave(t *testing.T) {
	team := New(Kept{Subjects: []assist.Subject{
		{Kind: assist.AboutProduct, Name: "Pole Saw 12", Also: []string{"PS12"}, For: []string{"the", "cut high branches", "fruit trees", "hedges die"}},
		{Kind: assist.AboutCompetitor, Name: "Rival", For: []string{"branches"}}}})
	near := []glance.Nearby{{Product: "Rival"}, {Product: "pole saw 12"}}
	asked := "Asked how she cuts a branch that is too high. Laughed."
	with := func(change func(*glance.Profile)) glance.Profile {
		p := customer("")
		p.Nearby, p.Notes = near, []assist.Note{note(3, "nothing"), note(15, asked)}
		change(&p)
		return p
	}
	want := "match: They spoke of “cut high branches”: a neighbour has the pole saw 12 [said on 3 November: “" + asked + "”]"
	for name, c := range map[string]struct {
		p    glance.Profile
		c    Call
		want string
	}{
		"in a note":        {with(func(*glance.Profile) {}), Call{}, want},
		"in this call":     {with(func(p *glance.Profile) { p.Notes = nil }), Call{Said: []string{"x", "my fruit tree"}}, "match: They spoke of “fruit trees”: a neighbour has the pole saw 12 [just said: “my fruit tree”]"},
		"to a question":    {with(func(p *glance.Profile) { p.Heard, p.Notes = p.Notes, nil }), Call{}, want},
		"in another form":  {with(func(p *glance.Profile) { p.Notes = nil }), Call{Said: []string{"a dying hedge"}}, "match: They spoke of “hedges die”: a neighbour has the pole saw 12 [just said: “a dying hedge”]"},
		"in their house":   {with(func(p *glance.Profile) { p.Nearby = []glance.Nearby{{Product: "PS12", Household: true}} }), Call{}, "match: They spoke of “cut high branches”: somebody of their house has the PS12 [said on 3 November: “" + asked + "”]"},
		"long ago":         {with(func(p *glance.Profile) { p.Notes = []assist.Note{note(181, asked)} }), Call{}, ""},
		"half of it":       {with(func(p *glance.Profile) { p.Notes = []assist.Note{note(1, "high branches")} }), Call{}, ""},
		"nobody near":      {with(func(p *glance.Profile) { p.Nearby = nil }), Call{}, ""},
		"they have it":     {with(func(p *glance.Profile) { p.Customer.Owns = []assist.Product{{Name: "Pole Saw 12"}} }), Call{}, ""},
		"no consent":       {with(func(p *glance.Profile) { p.Customer.NoConsent = true }), Call{}, ""},
		"against tact":     {with(func(p *glance.Profile) {}), Call{Mood: assist.Hurried}, ""},
		"nothing but stop": {with(func(p *glance.Profile) { p.Notes = []assist.Note{note(1, "the")} }), Call{}, ""},
	} {
		if got := strings.Join(moves(team, c.p, c.c, now), "\n"); got != c.want {
			t.Errorf("%s:\ngot  %q\nwant %q", name, got, c.want)
		}
	}
}

func TestWhoRecommendsUsIsThanked(t *testing.T) {
	p := customer("2022-04-01")
	p.Customer.Advocate = date("2025-03")
	want := []string{"advocate: They recommend us since March 2025: thank Mary [somebody of us heard them praise or recommend us]"}
	if got := moves(New(Kept{}), p, Call{}, now); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	p.Customer.Since = date("2021-12-01")
	if got := moves(New(Kept{}), p, Call{}, now); len(got) != 1 || !strings.HasPrefix(got[0], Thanks) {
		t.Errorf("beside the thanks for the years: %q", got)
	}
	if got := moves(New(Kept{MovesOff: []string{Thanks}}), p, Call{}, now); !slices.Equal(got, want) {
		t.Errorf("with those switched off: %q", got)
	}
}

// busy has a reason for every move that tact does not take out.
func busy() (*Team, glance.Profile) {
	team := New(Kept{Tact: []assist.Tact{{ID: "x", When: assist.WhenWords, Words: []string{"goose"}}}, Deals: []assist.Deal{{ID: "d", Title: "20% off"}},
		Subjects: []assist.Subject{{Kind: assist.AboutProduct, Name: "Saw", For: []string{"branches"}}}})
	p := customer("2011-12-07", assist.Product{Name: "Mower", Since: date("2023-11-20")})
	p.Customer.Advocate = date("2025")
	p.Promises = []assist.Promise{{ID: "late", Text: "A", Due: now.AddDate(0, 0, -1)}, {ID: "soon", Text: "B", Due: now.AddDate(0, 0, 1)}}
	p.Incidents = []assist.Incident{{ID: "i", Title: "Flood", Opened: now.AddDate(0, 0, -1)}}
	p.Nearby = []glance.Nearby{{Product: "Saw"}}
	p.Notes = []assist.Note{note(1, "branches")}
	return team, p
}

func kindsOf(list []Move) (out []string) {
	for _, m := range list {
		out = append(out, m.Kind)
	}
	return out
}

func TestAMoveRestsAsItWasAnswered(t *testing.T) {
	for kind, c := range map[string]struct{ done, notNow int }{ // days after which it comes back; 0 never
		Sorry: {1, 1}, Incident: {0, 1}, Promise: {0, 1}, Thanks: {300, 300}, Birthday: {300, 30}, Parity: {0, 30}, Match: {0, 30}, Advocate: {300, 30},
	} {
		team, p := busy()
		for _, other := range MoveKinds() {
			team.off[other] = other != kind
		}
		first := team.Moves(p, Call{}, nil, names, now)
		if len(first) != 1 || !first[0].ID.Valid() || !strings.HasPrefix(string(first[0].ID), "move."+kind) {
			t.Fatalf("%s: %+v", kind, first)
		}
		for reply, back := range map[assist.Reply]int{assist.ReplyDone: c.done, assist.ReplyNotNow: c.notNow, assist.ReplyNever: 0} {
			for _, ago := range []int{0, 1, 29, 31, 299, 301, 4000} {
				p.Asked = []assist.Asked{{Prompt: "move.other", Reply: assist.ReplyNever}, {Prompt: first[0].ID, Reply: reply, At: now.AddDate(0, 0, -ago)}}
				got := team.Moves(p, Call{}, nil, names, now)
				if want := back > 0 && ago >= back; (len(got) == 1) != want {
					t.Errorf("%s, %s %d days ago: %+v", kind, reply, ago, got)
				}
			}
		}
	}
}

func TestNewsBringsAMoveBack(t *testing.T) {
	team, p := busy()
	for _, m := range team.Moves(p, Call{}, nil, names, now) {
		p.Asked = append(p.Asked, assist.Asked{Prompt: m.ID, Reply: assist.ReplyDone, At: now.Add(-time.Minute)})
	}
	before := kindsOf(team.Moves(p, Call{}, nil, names, now))
	if slices.Contains(before, Sorry) || slices.Contains(before, Incident) || slices.Contains(before, Promise) {
		t.Fatalf("what was done is there again: %v", before)
	}
	p.Incidents[0].Updated = now
	p.Promises[1].Due = now.AddDate(0, 0, 2)
	p.Promises = append(p.Promises, assist.Promise{ID: "late too", Text: "C", Due: now.AddDate(0, 0, -1)})
	if got := kindsOf(team.Moves(p, Call{}, nil, names, now)); !slices.Equal(got[:3], []string{Sorry, Incident, Promise}) {
		t.Errorf("got %v", got)
	}
}

func TestAMoveIsKnownAgainAfterItsRecordWasRead(t *testing.T) {
	team, p := busy()
	at := time.Now() // with a clock that no store keeps
	p.Incidents[0].Updated, p.Promises[1].Due = at, at.Add(time.Hour)
	first := team.Moves(p, Call{}, nil, names, at)
	p.Incidents[0].Updated, p.Promises[1].Due = at.Round(0).UTC(), at.Add(time.Hour).Round(0).UTC()
	for i, m := range team.Moves(p, Call{}, nil, names, at)[:3] {
		if m.ID != first[i].ID {
			t.Errorf("%s has another id", m.Kind)
		}
	}
}

func TestAtMostFourMovesTheWeightiestFirst(t *testing.T) {
	team, p := busy()
	if got := kindsOf(team.Moves(p, Call{}, nil, names, now)); !slices.Equal(got, MoveKinds()[:4]) {
		t.Errorf("got %v", got)
	}
	for _, kind := range MoveKinds()[:3] {
		team.off[kind] = true
	}
	if got := kindsOf(team.Moves(p, Call{}, nil, names, now)); !slices.Equal(got, MoveKinds()[3:7]) {
		t.Errorf("with three switched off: %v", got)
	}
}

func TestMovesOfHostileRecordsStayShort(t *testing.T) {
	team, p := busy()
	long := strings.Repeat("long\n\x00 words – ", 5000)
	for i := range p.Promises {
		p.Promises[i].Text = long
	}
	p.Incidents[0].What, p.Notes[0].Text = long, long+" branches"
	p.Promises[0].Made, p.Affected = time.Time{}, []assist.Affected{{Incident: "i", Concierge: "nobody"}}
	for _, m := range team.Moves(p, Call{}, nil, nil, now) {
		if n := utf8.RuneCountInString(m.Text); n > 200 || strings.Contains(m.Text+m.Why, "\n") {
			t.Errorf("%d letters: %q, %q", n, m.Text, m.Why)
		}
	}
	if got := New(Kept{}).Moves(glance.Profile{}, Call{}, nil, nil, time.Time{}); len(got) != 0 {
		t.Errorf("of nobody: %+v", got)
	}
}
