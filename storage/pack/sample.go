package pack

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"time"

	"go.yaml.in/yaml/v3"

	"ringside/assist"
	"ringside/assist/phone"
)

// Sample reads the sample team under fsys: every *.yaml file there, each with
// any of the keys reps, companies, customers, incidents, gaps and kudos. A customer
// brings its history, insights, promises and prompts asked along. Days and times are
// told relative to now and reckoned in now's time zone (see moment and
// longAgo), so that the sample is always fresh. The records come in the order in
// which others refer to them; the same files and the same now give the same
// records. All faults are joined, each with file and, where it can be told, line.
func Sample(fsys fs.FS, now time.Time) ([]assist.Record, error) {
	names, err := fs.Glob(fsys, "*.yaml")
	if err != nil {
		return nil, fmt.Errorf("read sample: %w", err)
	}
	var all sampleFile
	var faults []error
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("read sample: %w", err)
		}
		var one sampleFile
		d := yaml.NewDecoder(bytes.NewReader(data))
		d.KnownFields(true)
		if err := d.Decode(&one); err != nil && !errors.Is(err, io.EOF) {
			faults = append(faults, &assist.Fault{What: "this cannot be read: " + err.Error(), Where: name, Err: assist.ErrInvalid})
		}
		all.Reps = append(all.Reps, one.Reps...)
		all.Companies = append(all.Companies, one.Companies...)
		all.Customers = append(all.Customers, one.Customers...)
		all.Incidents = append(all.Incidents, one.Incidents...)
		all.Gaps = append(all.Gaps, one.Gaps...)
		all.Kudos = append(all.Kudos, one.Kudos...)
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	s := sample{now: now}
	s.people(all)
	for _, c := range all.Customers {
		s.life(c)
	}
	for _, g := range all.Gaps {
		s.add(assist.Gap{ID: g.ID, Text: g.Text, Customer: g.Customer, Rep: g.Rep, At: s.at(g.At, string(g.ID))})
	}
	for i, k := range all.Kudos {
		id := assist.ID(fmt.Sprintf("kudos%d", i+1))
		s.add(assist.Kudos{ID: id, Rep: k.Rep, Customer: k.Customer, By: k.By, At: s.at(k.At, string(id)), Words: k.Words})
	}
	if err := errors.Join(s.faults...); err != nil {
		return nil, err
	}
	return s.out, nil
}

type sampleFile struct {
	Reps      []sampleRep      `yaml:"reps"`
	Companies []sampleCompany  `yaml:"companies"`
	Customers []sampleCustomer `yaml:"customers"`
	Incidents []sampleIncident `yaml:"incidents"`
	Gaps      []sampleGap      `yaml:"gaps"`
	Kudos     []sampleKudos    `yaml:"kudos"`
}

type sampleKudos struct {
	Rep      assist.ID `yaml:"rep"`
	Customer assist.ID `yaml:"customer"`
	By       assist.ID `yaml:"by"`
	At       string    `yaml:"at"`
	Words    string    `yaml:"words"`
}

type sampleGap struct {
	ID       assist.ID `yaml:"id"`
	Text     string    `yaml:"text"`
	Customer assist.ID `yaml:"customer"`
	Rep      assist.ID `yaml:"rep"`
	At       string    `yaml:"at"`
}

type sampleRep struct {
	ID          assist.ID `yaml:"id"`
	Name        string    `yaml:"name"`
	Departments []string  `yaml:"departments"`
	Extension   string    `yaml:"extension"`
}

type sampleCompany struct {
	ID     assist.ID     `yaml:"id"`
	Name   string        `yaml:"name"`
	Phones []samplePhone `yaml:"phones"`
	City   string        `yaml:"city"`
	Web    string        `yaml:"web"`
	About  string        `yaml:"about"`
}

type samplePhone struct {
	Number string `yaml:"number"`
	Label  string `yaml:"label"`
}

type sampleCustomer struct {
	ID        assist.ID       `yaml:"id"`
	Kind      assist.Kind     `yaml:"kind"`
	Name      string          `yaml:"name"`
	CallMe    string          `yaml:"call_me"`
	Company   assist.ID       `yaml:"company"`
	Role      string          `yaml:"role"`
	Phones    []samplePhone   `yaml:"phones"`
	Emails    []string        `yaml:"emails"`
	Since     string          `yaml:"since"`
	City      string          `yaml:"city"`
	Address   string          `yaml:"address"`
	Language  string          `yaml:"language"`
	Owns      []sampleProduct `yaml:"owns"`
	Likes     string          `yaml:"likes"`
	About     string          `yaml:"about"`
	DoNotAsk  bool            `yaml:"do_not_ask"`
	NoConsent bool            `yaml:"no_consent"`
	Minor     bool            `yaml:"minor"`
	Deals     []assist.ID     `yaml:"deals"`
	Advocate  string          `yaml:"advocate"`
	Unchecked bool            `yaml:"unchecked"`

	History  []sampleContact `yaml:"history"`
	Insights []sampleInsight `yaml:"insights"`
	Promises []samplePromise `yaml:"promises"`
	Asked    []sampleAsked   `yaml:"asked"`
}

type sampleProduct struct {
	Name  string `yaml:"name"`
	Maker string `yaml:"maker"`
	Since string `yaml:"since"`
}

// sampleContact is a call when it lasted some minutes, else a note between calls.
type sampleContact struct {
	At       string      `yaml:"at"`
	Rep      assist.ID   `yaml:"rep"`
	Minutes  int         `yaml:"minutes"`
	Outgoing bool        `yaml:"outgoing"`
	Outcome  string      `yaml:"outcome"`
	Note     string      `yaml:"note"`
	Used     []assist.ID `yaml:"used"`
}

// sampleInsight with a prompt is also the reply to that prompt: it makes the
// record that it was asked and the note with what was said.
type sampleInsight struct {
	At     string              `yaml:"at"`
	Kind   assist.Intelligence `yaml:"kind"`
	Topic  string              `yaml:"topic"`
	Text   string              `yaml:"text"`
	Source string              `yaml:"source"`
	Rep    assist.ID           `yaml:"rep"`
	Prompt assist.ID           `yaml:"prompt"`
	Said   string              `yaml:"said"`

	Feeling assist.Feeling     `yaml:"feeling"`
	About   assist.SubjectKind `yaml:"about"`
	Subject string             `yaml:"subject"`
}

// samplePromise is due on a whole day when its due names no time of day.
type samplePromise struct {
	Text     string    `yaml:"text"`
	By       assist.ID `yaml:"by"`
	Made     string    `yaml:"made"`
	Due      string    `yaml:"due"`
	Kept     string    `yaml:"kept"`
	Dropped  string    `yaml:"dropped"`
	Broken   string    `yaml:"broken"`
	Moved    string    `yaml:"moved"`
	FirstDue string    `yaml:"first_due"`
	Told     string    `yaml:"told"`
}

type sampleAsked struct {
	At     string       `yaml:"at"`
	Prompt assist.ID    `yaml:"prompt"`
	Reply  assist.Reply `yaml:"reply"`
}

type sampleIncident struct {
	ID         assist.ID               `yaml:"id"`
	Title      string                  `yaml:"title"`
	What       string                  `yaml:"what"`
	Opened     string                  `yaml:"opened"`
	Closed     string                  `yaml:"closed"`
	FixedBy    string                  `yaml:"fixed_by"`
	Customers  []assist.ID             `yaml:"customers"`
	Companies  []assist.ID             `yaml:"companies"`
	Products   []string                `yaml:"products"`
	Cities     []string                `yaml:"cities"`
	Concierges map[assist.ID]assist.ID `yaml:"concierges"`
	Why        string                  `yaml:"why"`
	Doing      string                  `yaml:"doing"`
	Every      int                     `yaml:"every"`
}

// sample turns what the files say into records.
type sample struct {
	now    time.Time
	out    []assist.Record
	faults []error
}

func (s *sample) add(r assist.Record) {
	if err := r.Validate(); err != nil {
		s.faults = append(s.faults, err)
		return
	}
	s.out = append(s.out, r)
}

// at reckons a moment and notes the fault when it cannot be read.
func (s *sample) at(text, where string) time.Time {
	t, _, err := moment(text, s.now)
	if err != nil {
		s.faults = append(s.faults, &assist.Fault{What: err.Error(), Where: "sample " + where, Err: assist.ErrInvalid})
	}
	return t
}

func (s *sample) day(text, where string) assist.Date {
	d, err := longAgo(text, s.now)
	if err != nil {
		s.faults = append(s.faults, &assist.Fault{What: err.Error(), Where: "sample " + where, Err: assist.ErrInvalid})
	}
	return d
}

func phones(in []samplePhone) []assist.Phone {
	var out []assist.Phone
	for _, p := range in {
		out = append(out, assist.Phone{Raw: p.Number, E164: phone.Parse(p.Number, "GB").E164, Label: p.Label})
	}
	return out
}

func (s *sample) people(all sampleFile) {
	for _, r := range all.Reps {
		s.add(assist.Rep{ID: r.ID, Name: r.Name, Departments: r.Departments, Extension: r.Extension})
	}
	for _, c := range all.Companies {
		s.add(assist.Company{ID: c.ID, Name: c.Name, Phones: phones(c.Phones), City: c.City, Web: c.Web, About: c.About})
	}
	for _, c := range all.Customers {
		where := string(c.ID)
		var owns []assist.Product
		for _, p := range c.Owns {
			owns = append(owns, assist.Product{Name: p.Name, Maker: p.Maker, Since: s.day(p.Since, where)})
		}
		s.add(assist.Customer{ID: c.ID, Kind: c.Kind, Name: c.Name, CallMe: c.CallMe, Company: c.Company, Role: c.Role,
			Phones: phones(c.Phones), Emails: c.Emails, Since: s.day(c.Since, where), City: c.City, Address: c.Address,
			Language: c.Language, Owns: owns, Likes: c.Likes, About: c.About, DoNotAsk: c.DoNotAsk, NoConsent: c.NoConsent,
			Minor: c.Minor, Deals: c.Deals, Advocate: s.day(c.Advocate, where), Unchecked: c.Unchecked})
	}
	for _, i := range all.Incidents {
		where := string(i.ID)
		s.add(assist.Incident{ID: i.ID, Title: i.Title, What: i.What, Opened: s.at(i.Opened, where), Closed: s.at(i.Closed, where),
			Why: i.Why, Doing: i.Doing, Every: i.Every, FixedBy: s.at(i.FixedBy, where), Customers: i.Customers,
			Companies: i.Companies, Products: i.Products, Cities: i.Cities})
		for _, c := range slices.Sorted(maps.Keys(i.Concierges)) {
			s.add(assist.Affected{ID: assist.Affected{Incident: i.ID, Customer: c}.Key(), Incident: i.ID, Customer: c, Concierge: i.Concierges[c],
				At: s.at(i.Opened, where)})
		}
	}
}

// life makes what happened with one customer. The ids tell what they belong to
// and stay the same from run to run.
func (s *sample) life(c sampleCustomer) {
	id := func(what string, i int) assist.ID { return assist.ID(fmt.Sprintf("%s.%s%d", c.ID, what, i+1)) }
	for i, h := range c.History {
		s.contact(c, h, id("contact", i))
	}
	for i, p := range c.Promises {
		where := string(id("promise", i))
		due, allDay, err := moment(p.Due, s.now)
		if err != nil {
			s.at(p.Due, where)
		}
		s.add(assist.Promise{ID: id("promise", i), Customer: c.ID, Rep: p.By, Text: p.Text, Made: s.at(p.Made, where),
			Due: due, AllDay: allDay, Kept: s.at(p.Kept, where), Dropped: s.at(p.Dropped, where),
			Broken: s.at(p.Broken, where), Moved: s.at(p.Moved, where), FirstDue: s.at(p.FirstDue, where), Told: s.at(p.Told, where)})
	}
	for i, n := range c.Insights {
		at := s.at(n.At, string(id("insight", i)))
		var note assist.ID
		if n.Prompt != "" {
			note = id("reply", i)
			s.add(assist.Asked{ID: id("reply", i), Customer: c.ID, Prompt: n.Prompt, Reply: assist.ReplyAsked, At: at})
			s.add(assist.Note{ID: note, Customer: c.ID, Rep: n.Rep, At: at, Text: n.Said, Intelligence: n.Kind, Prompt: n.Prompt})
		}
		s.add(assist.Insight{ID: id("insight", i), Customer: c.ID, Rep: n.Rep, Note: note, At: at, Intelligence: n.Kind,
			Topic: n.Topic, Text: n.Text, Source: n.Source, Feeling: n.Feeling, About: n.About, Subject: n.Subject})
	}
	for i, a := range c.Asked {
		s.add(assist.Asked{ID: id("asked", i), Customer: c.ID, Prompt: a.Prompt, Reply: a.Reply, At: s.at(a.At, string(id("asked", i)))})
	}
}

func (s *sample) contact(c sampleCustomer, h sampleContact, id assist.ID) {
	at := s.at(h.At, string(id))
	note := assist.Note{ID: id, Customer: c.ID, Rep: h.Rep, At: at, Text: h.Note}
	if h.Minutes > 0 {
		call := assist.Call{ID: id, Customer: c.ID, Rep: h.Rep, Outgoing: h.Outgoing, Started: at,
			Answered: at.Add(8 * time.Second), Ended: at.Add(time.Duration(h.Minutes) * time.Minute),
			Disposition: h.Outcome, WrappedUp: true}
		if len(c.Phones) > 0 {
			number := phones(c.Phones[:1])[0]
			call.From = cmp.Or(number.E164, number.Raw)
		}
		if h.Outgoing {
			call.From, call.To = "", call.From
		}
		for _, u := range h.Used {
			call.Used = append(call.Used, assist.Used{Answer: u, At: at.Add(time.Minute)})
		}
		s.add(call)
		note.Call, note.At = id, call.Ended
	}
	if h.Note != "" {
		s.add(note)
	}
}
