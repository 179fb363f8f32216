package compose

import (
	"cmp"
	"hash/fnv"
	"slices"
	"strings"
	"time"

	"ringside/assist"
	"ringside/assist/glance"
)

// Letter is a kind of letter to a customer.
type Letter string

// The letters, the most pressing first.
const (
	LetterLate     Letter = "promise late"    // a promise is or will be late, or cannot be kept
	LetterIncident Letter = "incident update" // how an open incident stands
	LetterClosed   Letter = "incident closed" // an incident is over
	LetterApology  Letter = "apology"
	LetterPromise  Letter = "promise update" // a promise stands, or was kept
	LetterCall     Letter = "call summary"
	LetterThanks   Letter = "thanks"
	LetterAdvocate Letter = "advocate thanks" // to somebody who speaks well of us
)

// Title returns the name of the letter for people.
func (l Letter) Title() string {
	switch l {
	case LetterLate:
		return "A promise that will be late"
	case LetterIncident:
		return "How the trouble stands"
	case LetterClosed:
		return "The trouble is over"
	case LetterApology:
		return "Say sorry"
	case LetterPromise:
		return "How a promise stands"
	case LetterCall:
		return "What we said in the call"
	case LetterThanks:
		return "Thanks for the years"
	case LetterAdvocate:
		return "Thanks for good words"
	}
	return sentence(string(l))
}

// About is what letters are written from. Whatever is zero is not known and not
// mentioned, but for Now, without which there is no letter. Notes and insights are the
// reps' own words and never get into a letter.
type About struct {
	Facts                    // Rep signs; Promise, when zero, is the most pressing of the profile
	Profile  glance.Profile  // its Customer and Company count where those of Facts are zero
	Incident assist.Incident // when zero, the first of the profile of which they do not know the latest, else the first
	Affected assist.Affected // when zero, the customer's place in that incident from the profile
	Call     Conversation
	Names    Names
	House    string    // the name of our company
	Again    time.Time // when we write again or know more; zero means the next working day
}

// Conversation is a call as the customer is told of it.
type Conversation struct {
	Call assist.Call
	Said []string         // what the customer said, the oldest first
	Told []string         // what they were answered
	Made []assist.Promise // in this call
}

// Text is a letter as plain text, ready for mail.
type Text struct {
	Subject string
	Body    string // paragraphs with an empty line between, from the greeting to the name
	// Sources are the facts that it was made from, for people to check it by: every
	// figure and every day in Body stands in one of them.
	Sources []string
	Tells   assist.ID // the promise or the incident that who reads it knows the latest of; empty: none
}

// The most letters of what somebody else wrote that go into a letter.
const (
	longName  = 60
	longQuote = 200
	longStory = 1200
	manyLines = 12
)

// Draft writes a letter by rule, in English. Bad news comes first, and a sorry before
// the cure and the reasons; a promise has its day; somebody by name acts. The same
// About gives the same letter, and another day another wording. A letter that there
// is nothing to write in is the zero Text.
func Draft(kind Letter, a About) Text {
	if a.Now.IsZero() {
		return Text{}
	}
	d := &draft{About: a.whole(), kind: kind}
	d.turn = d.turns()
	switch kind {
	case LetterLate:
		d.late()
	case LetterIncident:
		d.incident()
	case LetterClosed:
		d.closed()
	case LetterApology:
		d.apology()
	case LetterPromise:
		d.promise()
	case LetterCall:
		d.call()
	case LetterThanks:
		d.thanks()
	case LetterAdvocate:
		d.advocate()
	}
	return d.text()
}

// whole fills in from the profile what was not given.
func (a About) whole() About {
	if a.Customer.ID == "" && a.Customer.Name == "" {
		a.Customer = a.Profile.Customer
	}
	if a.Company.Name == "" {
		a.Company = a.Profile.Company
	}
	if a.Promise.Text == "" {
		a.Promise = pressing(a.Profile, a.Now)
	}
	if a.Incident.Title == "" {
		a.Incident = unheard(a.Profile)
	}
	for _, p := range a.Profile.Affected {
		if a.Affected.Incident == "" && p.Incident == a.Incident.ID {
			a.Affected = p
		}
	}
	if a.Again.IsZero() {
		a.Again = nextWorkingDay(a.Now)
	}
	return a
}

// pressing returns the promise that a customer should hear of first: one that is late
// or whose news they do not know, else the one that is due first.
func pressing(p glance.Profile, now time.Time) assist.Promise {
	for _, list := range [][]assist.Promise{p.Promises, p.Ended} {
		for _, q := range list {
			if q.Untold(now) {
				return q
			}
		}
	}
	for _, q := range p.Promises {
		if q.Open() {
			return q
		}
	}
	return assist.Promise{}
}

// unheard returns the first incident of which the customer does not know the latest, else
// the first.
func unheard(p glance.Profile) assist.Incident {
	for _, i := range p.Incidents {
		if !slices.ContainsFunc(p.Affected, func(a assist.Affected) bool { return a.Incident == i.ID && a.Knows(i) }) {
			return i
		}
	}
	if len(p.Incidents) == 0 {
		return assist.Incident{}
	}
	return p.Incidents[0]
}

// nextWorkingDay returns the day after now, or the Monday after a weekend.
func nextWorkingDay(now time.Time) time.Time {
	y, m, d := now.Date()
	day := time.Date(y, m, d+1, 0, 0, 0, 0, now.Location())
	for day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
		day = day.AddDate(0, 0, 1)
	}
	return day
}

// draft is a letter that is being written.
type draft struct {
	About
	kind    Letter
	turn    int
	subject string
	body    []string // paragraphs
	sources []string
	tells   assist.ID
}

// turns tells apart letters of one kind to one customer: it is another number for
// another customer, another day and every four hours.
func (d *draft) turns() int {
	h := fnv.New32a()
	h.Write([]byte(string(d.kind) + "\x00" + string(d.Customer.ID) + "\x00" + d.Customer.Name))
	return int(h.Sum32()%60) + int(dayOf(d.Now).Unix()/(24*60*60)) + d.Now.Hour()/4
}

// one returns the wording whose turn it is.
func (d *draft) one(wordings ...string) string {
	return wordings[d.turn%len(wordings)]
}

// say adds a paragraph of these sentences; those that are empty are left out.
func (d *draft) say(sentences ...string) {
	var said []string
	for _, s := range sentences {
		if s != "" {
			said = append(said, s)
		}
	}
	if len(said) > 0 {
		d.body = append(d.body, strings.Join(said, " "))
	}
}

func (d *draft) from(source string) { d.sources = append(d.sources, source) }

func (d *draft) text() Text {
	if len(d.body) == 0 {
		return Text{}
	}
	end := []string{"Kind regards"}
	for _, s := range []string{d.Rep.Name, d.House} {
		if s = short(s, longName); s != "" {
			end = append(end, s)
		}
	}
	parts := append([]string{d.greeting()}, d.body...)
	parts = append(parts, strings.Join(end, "\n"))
	return Text{Subject: d.subject, Body: strings.Join(parts, "\n\n") + "\n", Sources: d.sources, Tells: d.tells}
}

// titles are those that people are called by together with their family name.
var titles = map[string]bool{"mr": true, "mrs": true, "ms": true, "miss": true, "mx": true, "dr": true, "prof": true,
	"professor": true, "sir": true, "lady": true, "lord": true, "rev": true}

// greeting calls somebody as they like to be called.
func (d *draft) greeting() string {
	name := short(d.Customer.CallMe, longName)
	words := strings.Fields(cmp.Or(name, short(d.Customer.Name, longName)))
	if len(words) == 0 {
		return "Hello,"
	}
	if titled := titles[strings.ToLower(strings.TrimRight(words[0], "."))]; titled && len(words) > 1 {
		if name == "" {
			name = words[0] + " " + words[len(words)-1]
		}
		return "Dear " + clip(name, longName) + ","
	}
	return "Hello " + clip(cmp.Or(name, words[0]), longName) + ","
}

// who returns the rep as the subject of a sentence: "I" for who signs, a name, or "we".
func (d *draft) who(rep assist.ID) string {
	switch name := short(d.Names.of(rep), longName); {
	case rep != "" && rep == d.Rep.ID:
		return "I"
	case name != "":
		return name
	}
	return "we"
}

// day says when something is in words that stay true when the letter is read later:
// "Friday 27 November, 3 pm"; the year only when it is another one.
func (d *draft) day(t time.Time, allDay bool) string {
	t = seen(t, allDay, d.Now)
	if t.Year() != d.Now.Year() {
		return t.Format("Monday 2 January 2006") + atClock(t, allDay)
	}
	return t.Format("Monday 2 January") + atClock(t, allDay)
}

// dated is day with its year, as sources write it.
func (d *draft) dated(t time.Time, allDay bool) string {
	t = seen(t, allDay, d.Now)
	return t.Format("Monday 2 January 2006") + atClock(t, allDay)
}

// again returns when we write again, and notes it among the sources.
func (d *draft) again() string {
	y := d.Again.In(d.Now.Location())
	whole := midnight(y)
	d.from("We write again by " + d.dated(y, whole))
	return d.day(y, whole)
}

// midnight reports whether a time is the beginning of a day, which means that day.
func midnight(t time.Time) bool { return t.Hour() == 0 && t.Minute() == 0 }

// quoted puts somebody's words in quotation marks, whatever marks they have inside.
func quoted(s string, most int) string {
	s = strings.NewReplacer("“", "‘", "”", "’", `"`, "'").Replace(short(s, most))
	return "“" + strings.TrimRight(s, ".;,: ") + "”"
}

// story returns a text of one or more sentences on one line, with its stop.
func story(s string) string {
	s = sentence(short(s, longStory))
	if s != "" && !strings.ContainsAny(s[len(s)-1:], ".!?") && !strings.HasSuffix(s, "…") {
		s += "."
	}
	return s
}
