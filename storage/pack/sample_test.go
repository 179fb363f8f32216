package pack

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"ringside/assets"
	"ringside/assist"
	"ringside/assist/phone"
)

// saturday is a fixed moment: Saturday 21 November 2026, a quarter past two.
var saturday = time.Date(2026, time.November, 21, 14, 15, 30, 0, time.FixedZone("CET", 3600))

func TestMomentReckonsFromNow(t *testing.T) {
	at := func(y int, m time.Month, d, h, min int) time.Time {
		return time.Date(y, m, d, h, min, 0, 0, saturday.Location())
	}
	for text, want := range map[string]struct {
		at     time.Time
		allDay bool
	}{
		"":                   {time.Time{}, false},
		"-3d":                {at(2026, 11, 18, 0, 0), true},
		"-3d 10:20":          {at(2026, 11, 18, 10, 20), false},
		"+2w 9:00":           {at(2026, 12, 5, 9, 0), false},
		"-6mo":               {at(2026, 5, 21, 0, 0), true},
		"-1y 08:00":          {at(2025, 11, 21, 8, 0), false},
		"today 09:30":        {at(2026, 11, 21, 9, 30), false},
		"yesterday":          {at(2026, 11, 20, 0, 0), true},
		"Tomorrow 15:00":     {at(2026, 11, 22, 15, 0), false},
		"next friday 15:00":  {at(2026, 11, 27, 15, 0), false},
		"next saturday":      {at(2026, 11, 28, 0, 0), true},
		"next sunday":        {at(2026, 11, 22, 0, 0), true},
		"last friday 16:00":  {at(2026, 11, 20, 16, 0), false},
		"last saturday":      {at(2026, 11, 14, 0, 0), true},
		"last sunday  23:59": {at(2026, 11, 15, 23, 59), false},
		"-40m":               {saturday.Add(-40 * time.Minute), false},
		"+3h":                {saturday.Add(3 * time.Hour), false},
	} {
		got, allDay, err := moment(text, saturday)
		if err != nil || !got.Equal(want.at) || allDay != want.allDay {
			t.Errorf("%q: %v, %v, %v; want %v, %v", text, got, allDay, err, want.at, want.allDay)
		}
	}
	for _, text := range []string{"soon", "next week", "3d", "-3d 25:00", "-3d 10:75", "-40m 10:00", "10:00", "next friday at 3", "-3 d"} {
		if got, _, err := moment(text, saturday); err == nil {
			t.Errorf("%q gave %v", text, got)
		}
	}
}

func TestLongAgoKeepsWhatIsKnownOfTheDay(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "march -15y": "2011-03", "14 March -15y": "2011-03-14", "-10y": "2016-11-21", "-3w": "2026-10-31",
		"2015": "2015", "2015-06": "2015-06", "2015-06-30": "2015-06-30",
	} {
		got, err := longAgo(text, saturday)
		if err != nil || got.String() != want {
			t.Errorf("%q: %v, %v; want %s", text, got, err, want)
		}
	}
	for _, text := range []string{"marsh -15y", "30 february -1y", "long ago", "2015-13"} {
		if got, err := longAgo(text, saturday); err == nil {
			t.Errorf("%q gave %v", text, got)
		}
	}
}

func TestSampleTellsWhatIsWrong(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"unknown key":  {"reps:\n  - {id: tom, nam: Tom}\n", "line 2"},
		"broken yaml":  {"reps: [\n", "team.yaml"},
		"bad moment":   {"customers:\n  - {id: x, name: X, history: [{at: soonish, note: Hi}]}\n", `"soonish"`},
		"bad due":      {"customers:\n  - {id: x, name: X, promises: [{text: Ring, made: -1d, due: later}]}\n", `"later"`},
		"bad since":    {"customers:\n  - {id: x, name: X, since: once}\n", `"once"`},
		"bad record":   {"customers:\n  - {id: x}\n", "name is missing"},
		"unknown kind": {"customers:\n  - {id: x, name: X, kind: enemy}\n", "kind"},
	} {
		got, err := Sample(fstest.MapFS{"team.yaml": {Data: []byte(c.text)}}, saturday)
		if err == nil || !strings.Contains(err.Error(), c.want) || !errors.Is(err, assist.ErrInvalid) || got != nil {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
}

func sampleTeam(t *testing.T, now time.Time) map[assist.Type]map[assist.ID]assist.Record {
	t.Helper()
	records, err := Sample(assets.Sample(), now)
	if err != nil {
		t.Fatal(err)
	}
	by := map[assist.Type]map[assist.ID]assist.Record{}
	for _, r := range records {
		kind, id := r.Ident()
		if by[kind] == nil {
			by[kind] = map[assist.ID]assist.Record{}
		}
		if by[kind][id] != nil {
			t.Errorf("%s %s is there twice", kind, id)
		}
		by[kind][id] = r
	}
	return by
}

func TestSampleTeamIsFreshOnAnyDay(t *testing.T) {
	for _, now := range []time.Time{saturday, time.Date(2027, 3, 1, 0, 5, 0, 0, time.UTC), time.Date(2028, 2, 29, 23, 59, 0, 0, time.Local)} {
		by := sampleTeam(t, now)
		mary := by[assist.TypeCustomer]["mary-shaw"].(assist.Customer)
		if mary.Since != (assist.Date{Year: now.Year() - 15, Month: time.March}) || mary.Phones[0].E164 != "+441134960123" {
			t.Errorf("%v: %+v", now, mary)
		}
		late := by[assist.TypePromise]["mary-shaw.promise1"].(assist.Promise)
		if !late.Late(now) || late.Rep != "tom" || !late.AllDay || assist.DateOf(late.Due) != assist.DateOf(now.AddDate(0, 0, -2)) {
			t.Errorf("%v: %+v", now, late)
		}
		if i := by[assist.TypeIncident]["leeds-delivery"].(assist.Incident); !i.Touches(mary) || !i.FixedBy.After(now) {
			t.Errorf("%v: %+v", now, i)
		}
		for _, kind := range []assist.Type{assist.TypeCall, assist.TypeNote, assist.TypeInsight, assist.TypeAsked, assist.TypeGap, assist.TypeKudos} {
			for id, r := range by[kind] {
				if at := happened(r); at.IsZero() || at.After(now) {
					t.Errorf("%s %s happened at %v, now is %v", kind, id, at, now)
				}
			}
		}
	}
}

func happened(r assist.Record) time.Time {
	switch r := r.(type) {
	case assist.Call:
		return r.Ended
	case assist.Note:
		return r.At
	case assist.Insight:
		return r.At
	case assist.Asked:
		return r.At
	case assist.Gap:
		return r.At
	case assist.Kudos:
		return r.At
	}
	return time.Time{}
}

func TestSampleIsTheSameEachTime(t *testing.T) {
	a, err := Sample(assets.Sample(), saturday)
	if err != nil {
		t.Fatal(err)
	}
	b, _ := Sample(assets.Sample(), saturday)
	if len(a) < 150 || !reflect.DeepEqual(a, b) {
		t.Errorf("%d and %d records differ", len(a), len(b))
	}
}

func TestSampleTeamRefersOnlyToWhatThereIs(t *testing.T) {
	by := sampleTeam(t, saturday)
	library, err := Read(assets.Packs())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range library.Records() {
		kind, id := r.Ident()
		if by[kind] == nil {
			by[kind] = map[assist.ID]assist.Record{}
		}
		by[kind][id] = r
	}
	need := func(from assist.ID, kind assist.Type, id assist.ID) {
		if id != "" && by[kind][id] == nil {
			t.Errorf("%s: there is no %s %q", from, kind, id)
		}
	}
	for id, r := range by[assist.TypeCustomer] {
		need(id, assist.TypeCompany, r.(assist.Customer).Company)
		for _, d := range r.(assist.Customer).Deals {
			need(id, assist.TypeDeal, d)
		}
	}
	for id, r := range by[assist.TypeCall] {
		need(id, assist.TypeRep, r.(assist.Call).Rep)
		for _, u := range r.(assist.Call).Used {
			need(id, assist.TypeAnswer, u.Answer)
		}
		if d := r.(assist.Call).Disposition; d != "" && !strings.Contains(strings.Join(assist.Dispositions(), "\n"), d) {
			t.Errorf("%s: %q is not a disposition", id, d)
		}
	}
	for id, r := range by[assist.TypeNote] {
		need(id, assist.TypeRep, r.(assist.Note).Rep)
		need(id, assist.TypePrompt, r.(assist.Note).Prompt)
	}
	for id, r := range by[assist.TypeGap] {
		need(id, assist.TypeRep, r.(assist.Gap).Rep)
		need(id, assist.TypeCustomer, r.(assist.Gap).Customer)
	}
	for id, r := range by[assist.TypeKudos] {
		k := r.(assist.Kudos)
		need(id, assist.TypeRep, k.Rep)
		need(id, assist.TypeRep, k.By)
		need(id, assist.TypeCustomer, k.Customer)
	}
	for id, r := range by[assist.TypePromise] {
		need(id, assist.TypeRep, r.(assist.Promise).Rep)
	}
	for id, r := range by[assist.TypeAsked] {
		need(id, assist.TypePrompt, r.(assist.Asked).Prompt)
	}
	names := map[string]assist.SubjectKind{"": ""}
	for _, s := range library.Subjects {
		names[s.Name] = s.Kind
	}
	for id, r := range by[assist.TypeCustomer] {
		for _, p := range r.(assist.Customer).Owns {
			if p.Ours() && names[p.Name] != assist.AboutProduct || !p.Ours() && names[p.Maker] != assist.AboutCompetitor {
				t.Errorf("%s: %q of %q is not among the subjects", id, p.Name, p.Maker)
			}
		}
	}
	for id, r := range by[assist.TypeInsight] {
		if n := r.(assist.Insight); n.Subject != "" && names[n.Subject] != n.About {
			t.Errorf("%s is about the %s %q, which is not among the subjects", id, n.About, n.Subject)
		}
		need(id, assist.TypeRep, r.(assist.Insight).Rep)
		if n := r.(assist.Insight); n.Note != "" {
			said := by[assist.TypeNote][n.Note].(assist.Note)
			prompt := by[assist.TypePrompt][said.Prompt].(assist.Prompt)
			if prompt.Intelligence != n.Intelligence || prompt.Topic != n.Topic {
				t.Errorf("%s is %s about %q, its prompt %s about %q", id, n.Intelligence, n.Topic, prompt.Intelligence, prompt.Topic)
			}
		}
	}
	for id, r := range by[assist.TypeAffected] {
		need(id, assist.TypeIncident, r.(assist.Affected).Incident)
		need(id, assist.TypeCustomer, r.(assist.Affected).Customer)
		need(id, assist.TypeRep, r.(assist.Affected).Concierge)
	}
	for id, r := range by[assist.TypeIncident] {
		for _, c := range r.(assist.Incident).Customers {
			need(id, assist.TypeCustomer, c)
		}
	}
}

func TestSampleTeamShowsEveryCase(t *testing.T) {
	by := sampleTeam(t, saturday)
	kinds, numbers, companies := map[assist.Kind]int{}, map[string]int{}, map[assist.ID]int{}
	contacts := map[assist.ID]int{}
	nameless := 0
	for _, r := range by[assist.TypeCustomer] {
		c := r.(assist.Customer)
		kinds[c.Kind]++
		companies[c.Company]++
		if c.Name == "" {
			nameless++
		}
		for _, p := range c.Phones {
			numbers[phone.KeysOf(p, "GB")[0]]++
		}
		if len(c.Phones) == 0 && c.Company == "" {
			t.Errorf("%s cannot ring", c.ID)
		}
	}
	for _, r := range by[assist.TypeNote] {
		if n := r.(assist.Note); n.Intelligence == "" {
			contacts[n.Customer]++
		}
	}
	for id := range by[assist.TypeCustomer] {
		if contacts[id] < 2 || contacts[id] > 6 {
			t.Errorf("%s has %d contacts", id, contacts[id])
		}
	}
	if len(by[assist.TypeCustomer]) != 25 || len(by[assist.TypeRep]) != 7 || nameless != 1 {
		t.Errorf("%d customers, %d reps, %d without a name", len(by[assist.TypeCustomer]), len(by[assist.TypeRep]), nameless)
	}
	for _, k := range assist.Kinds()[1:] {
		if kinds[k] == 0 {
			t.Errorf("no %s", k)
		}
	}
	household := phone.Parse("0113 496 0155", "GB").Keys()[0]
	if numbers[household] != 2 || companies["elmsgarth-estate"] != 3 {
		t.Errorf("numbers %v, companies %v", numbers, companies)
	}
}

// TestSampleTeamShowsWhatTactAndMovesAreFor counts the cases that only some customers are.
func TestSampleTeamShowsWhatTactAndMovesAreFor(t *testing.T) {
	by := sampleTeam(t, saturday)
	seen := map[string]int{}
	count := func(what string, holds bool) {
		if holds {
			seen[what]++
		}
	}
	for _, r := range by[assist.TypeCustomer] {
		c := r.(assist.Customer)
		count("minor", c.Minor)
		count("no consent", c.NoConsent)
		count("advocate", !c.Advocate.IsZero())
		count("deals", len(c.Deals) > 0)
		if len(c.Deals) > 0 && c.Since.Year < saturday.Year()-2 {
			t.Errorf("%s has been with us since %s and has what new customers get", c.ID, c.Since)
		}
	}
	for _, r := range by[assist.TypePromise] {
		p := r.(assist.Promise)
		count("broken", !p.Broken.IsZero() && !p.Open())
		count("moved", p.Open() && p.Due.After(p.FirstDue) && !p.Moved.IsZero() && !p.FirstDue.IsZero())
	}
	want := map[string]int{"minor": 1, "no consent": 1, "advocate": 2, "deals": 1, "broken": 1, "moved": 1}
	if !reflect.DeepEqual(seen, want) {
		t.Errorf("got %v, want %v", seen, want)
	}
	felt := 0
	for _, r := range by[assist.TypeInsight] {
		if n := r.(assist.Insight); n.Feeling != "" && n.About != "" {
			felt++
		}
	}
	if felt < 8 || len(by[assist.TypeKudos]) != 3 {
		t.Errorf("%d insights with a feeling, %d kudos", felt, len(by[assist.TypeKudos]))
	}
	if i := by[assist.TypeIncident]["leeds-delivery"].(assist.Incident); i.Why == "" || i.Doing == "" || i.Every != 24 {
		t.Errorf("%+v", i)
	}
}
