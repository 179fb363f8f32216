package compose

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"ringside/assist"
	"ringside/assist/compose/check"
	"ringside/assist/compose/mask"
	"ringside/assist/compose/polish"
	"ringside/assist/glance"
)

var (
	tom   = assist.Rep{ID: "tom", Name: "Tom Reed"}
	shaw  = assist.Customer{ID: "mary", Name: "Mary Shaw", Since: assist.Date{Year: 2011, Month: 12, Day: 7}, Owns: []assist.Product{{Name: "Kettle Pro"}, {Name: "Saw", Maker: "Other"}, {Name: "Hedge Trimmer"}}}
	blade = assist.Promise{ID: "p", Customer: "mary", Rep: "tom", Text: "Send her the spare blade", Made: on("2026-11-10 09:00"), Due: on("2026-11-20"), AllDay: true}
	van   = assist.Incident{ID: "i", Title: "Parcels are late", What: "The sorting machine in Leeds stopped on Monday", Why: "A belt tore.", Doing: "We sort by hand and send two vans more", Opened: on("2026-11-16"), FixedBy: on("2026-11-20 15:00"), Every: 24}
)

var letters = []Letter{LetterLate, LetterIncident, LetterClosed, LetterApology, LetterPromise, LetterCall, LetterThanks, LetterAdvocate}

func nameOf(id assist.ID) string {
	return map[assist.ID]string{"tom": "Tom Reed", "anna": "Anna Bell"}[id]
}

func about(change func(*About)) About {
	a := About{Facts: Facts{Customer: shaw, Rep: tom, Now: now}, Names: nameOf, House: "Thornfell Tools"}
	if change != nil {
		change(&a)
	}
	return a
}

func TestALateLetterSaysSorryThenTheNewDay(t *testing.T) {
	late := blade
	late.Due = on("2026-11-16")
	got := Draft(LetterLate, about(func(a *About) { a.Promise = late }))
	want := `Hello Mary,

First of all: I am sorry. On Tuesday 10 November I promised to send you the spare blade by Monday 16 November. I did not keep that day.

I cannot name a new day yet. I will write to you by Thursday 19 November and tell you how it stands.

Kind regards
Tom Reed
Thornfell Tools
`
	same(t, got.Body, want)
	moved := blade
	moved.FirstDue, moved.Moved, moved.Rep = on("2026-11-20"), on("2026-11-18 10:00"), "anna"
	moved.Due, moved.AllDay = on("2026-11-24 15:00"), false
	got = Draft(LetterLate, about(func(a *About) { a.Promise = moved; a.Customer.CallMe = "Mrs Shaw" }))
	for _, must := range []string{"Dear Mrs Shaw,", "Anna Bell promised to send you the spare blade by Friday 20 November. We will not keep that day.", "Tuesday 24 November, 3 pm."} {
		if !strings.Contains(got.Body, must) {
			t.Errorf("it lacks %q:\n%s", must, got.Body)
		}
	}
}

func same(t *testing.T, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("it says\n%s\nwant\n%s", got, want)
	}
}

func TestLettersSayWhatIsKnownAndNothingElse(t *testing.T) {
	broken, kept, told := blade, blade, blade
	told.FirstDue, told.Due, told.Moved, told.Told = blade.Due, on("2026-11-24"), on("2026-11-17"), on("2026-11-17 12:00")
	broken.Broken = on("2026-11-18 09:00")
	kept.Kept = on("2026-11-18 09:00")
	closed := van
	closed.Closed, closed.Why = on("2026-11-17 16:00"), ""
	open := van
	open.Why, open.Doing, open.FixedBy, open.Every = "", "", time.Time{}, 0
	overdue := van
	overdue.FixedBy = on("2026-11-17")
	call := Conversation{Call: assist.Call{Started: on("2026-11-18 13:00")}, Said: []string{"my parcel was lost", "charged \"twice\""},
		Told: []string{"Charged twice for one order"}, Made: []assist.Promise{blade, {Text: "New bill", Rep: "anna"}}}
	for name, c := range map[string]struct {
		kind   Letter
		change func(*About)
		must   []string
		never  []string
	}{
		"broken":           {LetterLate, func(a *About) { a.Promise = broken }, []string{"I cannot keep that promise.", "by Thursday 19 November"}, []string{"new day"}},
		"moved, told":      {LetterPromise, func(a *About) { a.Promise = told }, []string{"by Friday 20 November.", "Then we named another day: Tuesday 24 November.", "before Tuesday 24 November."}, nil},
		"kept":             {LetterPromise, func(a *About) { a.Promise = kept }, []string{"I promised to send you the spare blade by Friday 20 November.", "done"}, nil},
		"stands":           {LetterPromise, func(a *About) { a.Promise = blade }, []string{"before Friday 20 November."}, []string{"sorry"}},
		"no day":           {LetterPromise, func(a *About) { a.Promise = assist.Promise{Text: "New blade"} }, []string{"We promised “New blade”.", "by Thursday 19 November and name it"}, nil},
		"incident":         {LetterIncident, func(a *About) { a.Incident = van; a.Affected.Concierge = "anna" }, []string{"I am sorry", "The sorting machine in Leeds stopped on Monday.", "The reason: A belt tore.", "This is what we do: We sort by hand", "by Friday 20 November, 3 pm", "Anna Bell", "I will write to you again by Thursday 19 November, 2 pm"}, nil},
		"my own":           {LetterIncident, func(a *About) { a.Incident = van; a.Affected.Concierge = "tom" }, []string{"just reply"}, []string{"Tom Reed looks"}},
		"little known":     {LetterIncident, func(a *About) { a.Incident = open }, []string{"We do not know why yet.", "by Thursday 19 November"}, []string{"what we do", "fixed", "looks after"}},
		"overdue":          {LetterIncident, func(a *About) { a.Incident = overdue }, []string{"We hoped to finish by Tuesday 17 November, and we have not."}, nil},
		"closed":           {LetterClosed, func(a *About) { a.Incident = closed }, []string{"sorry", " on Tuesday 17 November.", "Thank you for", "We do not know why yet."}, nil},
		"sorry: promise":   {LetterApology, func(a *About) { a.Promise = broken }, []string{"I did not do it.", "by Thursday 19 November"}, nil},
		"sorry: incident":  {LetterApology, func(a *About) { a.Incident = van }, []string{"trouble with “Parcels are late”"}, nil},
		"sorry: call":      {LetterApology, func(a *About) { a.Call = call }, []string{"On Wednesday 18 November"}, nil},
		"sorry":            {LetterApology, nil, []string{"sorry", "trouble"}, nil},
		"call":             {LetterCall, func(a *About) { a.Call = call }, []string{"on Wednesday 18 November.", "- “my parcel was lost”\n- “charged 'twice'”", "- “Charged twice for one order”", "- I will send you the spare blade by Friday 20 November\n- Anna Bell promised “New bill”, day still open", "Where the day is open"}, nil},
		"thanks":           {LetterThanks, nil, []string{"December 2011", "15 years", "the Kettle Pro and the Hedge Trimmer"}, []string{"Saw", "offer", "buy"}},
		"thanks, unknown":  {LetterThanks, func(a *About) { a.Customer = assist.Customer{} }, []string{"Hello,\n"}, []string{"years", "since", "You have "}},
		"thanks, new":      {LetterThanks, func(a *About) { a.Customer.Since = assist.Date{Year: 2026, Month: 3} }, []string{"March 2026"}, []string{"0 year", "years"}},
		"thanks, year":     {LetterThanks, func(a *About) { a.Customer.Since = assist.Date{Year: 2019} }, []string{"2019"}, []string{"years"}},
		"thanks, future":   {LetterThanks, func(a *About) { a.Customer.Since = assist.Date{Year: 2036} }, nil, []string{"2036", "years"}},
		"advocate":         {LetterAdvocate, nil, []string{"us", "December 2011"}, nil},
		"title, no name":   {LetterThanks, func(a *About) { a.Customer.Name = "Dr. Jane van Dyke" }, []string{"Dear Dr. Dyke,"}, nil},
		"no house, no rep": {LetterThanks, func(a *About) { a.House = ""; a.Rep = assist.Rep{} }, []string{"Kind regards\n"}, []string{"Thornfell", "Tom"}},
	} {
		got := Draft(c.kind, about(c.change))
		for _, must := range c.must {
			if !strings.Contains(got.Body, must) {
				t.Errorf("%s lacks %q:\n%s", name, must, got.Body)
			}
		}
		for _, never := range c.never {
			if strings.Contains(got.Body, never) {
				t.Errorf("%s has %q:\n%s", name, never, got.Body)
			}
		}
	}
}

func TestThereIsNoLetterAboutNothing(t *testing.T) {
	late := blade
	late.Due = on("2026-11-16")
	if got := Draft(LetterPromise, about(func(a *About) { a.Promise = late })); got.Body != "" {
		t.Errorf("a late promise stands: %s", got.Body)
	}
	for _, kind := range []Letter{LetterLate, LetterIncident, LetterClosed, LetterPromise, LetterCall, "poem", ""} {
		if got := Draft(kind, about(nil)); got.Body != "" || got.Subject != "" {
			t.Errorf("%s: %+v", kind, got)
		}
	}
	for _, kind := range letters {
		if got := Draft(kind, About{}); got.Body != "" {
			t.Errorf("without a time, %s says %q", kind, got.Body)
		}
	}
}

// situations are customers in all that letters speak of.
func situations() map[string]About {
	out := map[string]About{}
	late, soon, moved, broken, kept, open := blade, blade, blade, blade, blade, blade
	late.Due, soon.Due = on("2026-11-16"), on("2026-11-19 15:00")
	soon.AllDay, open.Due = false, time.Time{}
	moved.FirstDue, moved.Moved = on("2026-11-20"), on("2026-11-18")
	moved.Due = on("2027-01-15")
	broken.Broken, kept.Kept = on("2026-11-17"), on("2026-11-18 08:00")
	closed, bare := van, assist.Incident{ID: "i", Title: "No power", Opened: on("2026-11-18")}
	closed.Closed = on("2026-11-17")
	said := Conversation{Call: assist.Call{Started: on("2026-11-18 13:00"), Mood: assist.Upset}, Said: []string{"My parcel was lost by you. You should have told me soon."},
		Told: []string{"A refund will be issued shortly"}, Made: []assist.Promise{soon, open}}
	customers := map[string]assist.Customer{"known": shaw, "unknown": {}, "advocate": {ID: "jo", CallMe: "Jo", Advocate: assist.Date{Year: 2026, Month: 11, Day: 2}, Since: assist.Date{Year: 2019}, Owns: []assist.Product{{Name: "Kettle 3000"}}}}
	for who, c := range customers {
		for p, promise := range map[string]assist.Promise{"none": {}, "late": late, "soon": soon, "moved": moved, "broken": broken, "kept": kept, "open": open, "plain": {Text: "New blade; not late", Rep: "anna", Due: blade.Due}} {
			for i, incident := range map[string]assist.Incident{"none": {}, "van": van, "closed": closed, "bare": bare} {
				for _, rep := range []assist.Rep{tom, {}} {
					a := about(func(a *About) { a.Customer, a.Promise, a.Incident, a.Rep, a.Call = c, promise, incident, rep, said })
					a.Affected = assist.Affected{Incident: incident.ID, Concierge: map[bool]assist.ID{true: "anna", false: "tom"}[p == "late"]}
					out[fmt.Sprintf("%s, promise %s, incident %s, rep %q", who, p, i, rep.Name)] = a
				}
			}
		}
	}
	return out
}

func TestNoLetterNeedsAdviceAndAllIsBorneOut(t *testing.T) {
	seen := map[string]bool{}
	for name, a := range situations() {
		for _, kind := range letters {
			for day := range 6 { // all wordings come up
				a := a
				a.Now = now.AddDate(0, 0, day)
				got := Draft(kind, a)
				if got.Body == "" || seen[got.Subject+got.Body] {
					continue
				}
				seen[got.Subject+got.Body] = true
				for _, advice := range check.Check(got.Body) {
					t.Fatalf("%s to %s: %s: %q in\n%s", kind, name, advice.Kind, got.Body[advice.From:advice.To], got.Body)
				}
				if spans := polish.Unfounded(got.Subject+"\n"+got.Body, append(got.Sources, a.Customer.Name)); len(spans) > 0 {
					t.Fatalf("%s to %s: nothing bears out %q:\n%s\n%s", kind, name, spans[0].Text, got.Body, strings.Join(got.Sources, "\n"))
				}
				if err := polish.Usable(got.Body, got.Body); err != nil {
					t.Fatalf("%s to %s: %v", kind, name, err)
				}
				for _, hole := range []string{"  ", "“”", " ,", " .", "..", "%!", "\n\n\n", "{{", "0001", "no day named"} {
					if strings.Contains(got.Body+got.Subject, hole) {
						t.Fatalf("%s to %s has %q:\n%s\n%s", kind, name, hole, got.Subject, got.Body)
					}
				}
			}
		}
	}
	t.Logf("%d different letters", len(seen))
	if len(seen) < 800 {
		t.Errorf("only %d different letters were written", len(seen))
	}
}

func TestTheSameGivesTheSameAndAnotherDayAnotherWording(t *testing.T) {
	a := about(func(a *About) { a.Promise, a.Incident = blade, van })
	for _, kind := range letters {
		first := Draft(kind, a)
		if again := Draft(kind, a); again.Body != first.Body || again.Subject != first.Subject || !slices.Equal(again.Sources, first.Sources) {
			t.Errorf("%s is another one the second time", kind)
		}
		for _, hours := range []int{4, 24, 48, 72, 7 * 24} {
			later := a
			later.Now = now.Add(time.Duration(hours) * time.Hour)
			second := Draft(kind, later)
			if first.Body != "" && second.Body == first.Body {
				t.Errorf("%s reads the same %d hours later:\n%s", kind, hours, first.Body)
			}
		}
	}
}

func TestKinds(t *testing.T) {
	late, soon, broken := blade, blade, blade
	late.Due, soon.Due, broken.Broken = on("2026-11-16"), on("2026-11-19"), on("2026-11-17")
	told := assist.Affected{Incident: "i", Told: on("2026-11-18 13:00")}
	closed := van
	closed.Closed = on("2026-11-17")
	for name, c := range map[string]struct {
		change func(*About)
		want   []Letter
	}{
		"a birthday soon": {nil, []Letter{LetterThanks}},
		"nobody":          {func(a *About) { a.Customer = assist.Customer{} }, nil},
		"late":            {func(a *About) { a.Profile.Promises = []assist.Promise{soon, late} }, []Letter{LetterLate, LetterApology}},
		"broken":          {func(a *About) { a.Profile.Ended = []assist.Promise{broken} }, []Letter{LetterLate, LetterApology}},
		"due soon":        {func(a *About) { a.Profile.Promises = []assist.Promise{soon} }, []Letter{LetterPromise, LetterThanks}},
		"due later":       {func(a *About) { p := soon; p.Due = on("2026-12-19"); a.Promise = p }, []Letter{LetterThanks}},
		"incident":        {func(a *About) { a.Profile.Incidents = []assist.Incident{van} }, []Letter{LetterIncident, LetterApology}},
		"told of it": {func(a *About) {
			a.Profile.Incidents, a.Profile.Affected = []assist.Incident{van}, []assist.Affected{told}
		}, []Letter{LetterApology}},
		"over":        {func(a *About) { a.Incident = closed }, []Letter{LetterClosed, LetterThanks}},
		"all at once": {func(a *About) { a.Promise, a.Incident = late, van }, []Letter{LetterLate, LetterIncident, LetterApology}},
		"a call": {func(a *About) {
			a.Call = Conversation{Call: assist.Call{Started: now}, Said: []string{"x"}}
			a.Customer.Since = assist.Date{}
		}, []Letter{LetterCall}},
		"upset": {func(a *About) {
			a.Call = Conversation{Call: assist.Call{Started: now, Mood: assist.Upset}}
		}, []Letter{LetterApology}},
		"advocate": {func(a *About) { a.Customer.Advocate = assist.DateOf(now) }, []Letter{LetterThanks, LetterAdvocate}},
		"no time":  {func(a *About) { a.Now = time.Time{} }, nil},
	} {
		a := about(c.change)
		got := Kinds(a)
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		for _, kind := range got {
			if kind.Title() == "" || Draft(kind, a).Body == "" {
				t.Errorf("%s: %s is offered and empty", name, kind)
			}
		}
	}
}

func TestPromisesAreSpokenOfAsPeopleDo(t *testing.T) {
	for order, want := range map[string]string{
		"Call her back":                "to call you back",
		"call him":                     "to call you",
		"Send them the bill.":          "to send you the bill",
		"Tell her what it costs":       "to tell you what it costs",
		"Call her husband":             "to call her husband",
		"Send the blade":               "to send the blade",
		"Refund £12.50":                "“Refund £12.50”",
		"New blade":                    "“New blade”",
		"She gets a “new” blade":       "“She gets a ‘new’ blade”",
		"Send A. And then call. Today": "“Send A. And then call. Today”",
		"":                             "“”",
		"Send":                         "to send",
	} {
		if got := deed(order); got != want {
			t.Errorf("%q: %q, want %q", order, got, want)
		}
	}
}

// huge is a customer with 500 notes and fields of 100 kB.
func huge() About {
	long := strings.Repeat("Lörem ipsum “dolor” sit\n amet ", 100_000/30)
	a := about(func(a *About) {
		a.Customer.Name, a.Customer.CallMe, a.House, a.Rep.Name = long, long, long, long
		a.Customer.Owns = []assist.Product{{Name: long}, {Name: long}}
		a.Promise = blade
		a.Promise.Text, a.Promise.Due = long, on("2026-11-16")
		a.Incident = van
		a.Incident.Title, a.Incident.What, a.Incident.Why, a.Incident.Doing = long, long, long, long
		a.Call = Conversation{Call: assist.Call{Started: now}}
	})
	for i := range 500 {
		a.Profile.Notes = append(a.Profile.Notes, assist.Note{ID: assist.ID(fmt.Sprint(i)), Text: long})
		a.Call.Said = append(a.Call.Said, long)
		a.Call.Made = append(a.Call.Made, a.Promise)
	}
	return a
}

func TestHugeFieldsGiveALetterThatCanBeMailed(t *testing.T) {
	a := huge()
	for _, kind := range letters {
		got := Draft(kind, a)
		if len(got.Body) > 20_000 || len(got.Subject) > 400 || !utf8.ValidString(got.Body) || strings.Contains(got.Subject, "\n") {
			t.Errorf("%s: %d bytes, subject %d", kind, len(got.Body), len(got.Subject))
		}
	}
	strange := about(func(a *About) {
		a.Customer.Name, a.Promise = "\xff\x00\n", assist.Promise{Text: "\xff\u202e", Due: on("2026-11-16"), Made: on("9999-01-01")}
		a.Customer.Since = assist.Date{Year: -5, Month: 77, Day: 99}
	})
	for _, kind := range letters {
		Draft(kind, strange)
	}
	Kinds(strange)
}

func BenchmarkDraft(b *testing.B) {
	a := huge()
	for _, kind := range letters {
		b.Run(string(kind), func(b *testing.B) {
			var slowest []time.Duration
			for b.Loop() {
				start := time.Now()
				Draft(kind, a)
				slowest = append(slowest, time.Since(start))
			}
			slices.Sort(slowest)
			b.ReportMetric(float64(slowest[len(slowest)*99/100].Microseconds())/1000, "p99-ms")
		})
	}
}

func TestLettersGoToAModelAndComeBack(t *testing.T) {
	for name, a := range situations() {
		for _, kind := range letters {
			letter := Draft(kind, a)
			p := glance.Profile{Customer: a.Customer}
			masked, m := mask.Mask(letter.Body, mask.PrivateOf(p, "Tom Reed", "Anna Bell", a.House))
			for _, private := range []string{"Mary", "Shaw", "Tom", "Reed", "Anna", "Thornfell"} {
				if strings.Contains(masked, private) {
					t.Fatalf("%s to %s shows %q:\n%s", kind, name, private, masked)
				}
			}
			if strings.Contains(masked, "[number") {
				t.Fatalf("%s to %s hides a figure that is nobody's secret:\n%s", kind, name, masked)
			}
			model := strings.NewReplacer("[name", "[Name", "Kind regards", "Warm regards").Replace(masked)
			if err := polish.Usable(model, masked); letter.Body != "" && err != nil {
				t.Fatalf("%s to %s: %v", kind, name, err)
			}
			back := m.Back(model)
			if back != strings.Replace(letter.Body, "Kind regards", "Warm regards", 1) {
				t.Fatalf("%s to %s came back as\n%s", kind, name, back)
			}
		}
	}
}
