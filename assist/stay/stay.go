// Package stay finds out who stays with us and who goes, and which customers are slipping
// away, from who was in touch with us and when. Every figure says how it is made, and
// below a minimum it says that it is not enough yet.
//
// A contact is a call that came about or that the customer tried, a note, or an order;
// money back is one, too. What lies ahead of now counts for nothing. Contacts within a
// week are one visit, because one matter often takes several calls. The usual interval of
// a customer is the median of the days between the beginnings of their visits, once there
// are three of these intervals. The rules are our own:
//
//   - quiet: silent for longer than twice the usual interval and for at least 30 days;
//   - gone: silent for longer than three times the usual interval and for at least 90
//     days; without a rhythm of their own, silent for longer than a year;
//   - back: in touch again after they were gone.
//
// The rhythm is the one that is known now, also for the months that have passed.
// Colleagues and bosses are left out, and so are records that were merged into another.
package stay

import (
	"slices"
	"time"

	"ringside/assist"
)

// The figures of the rules.
const (
	visitDays   = 7
	fewestGaps  = 3
	quietTimes  = 2
	quietDays   = 30
	goneTimes   = 3
	goneDays    = 90
	strangeDays = 365 // silent without a rhythm: gone
)

// day is a day, counted from 1 January 1970 in the time zone of now.
type day int32

// person is what is kept of a customer: not the records, but the few facts that are
// asked for.
type person struct {
	known, left bool // there is a record; it is not to be counted
	kind        assist.Kind
	company     bool
	city        string
	since       assist.Date
	days        []day   // of contacts
	things      []int32 // products, as numbers of Tally.names
	orders      []order

	last      assist.Ref // the latest contact
	lastAt    time.Time
	troubles  []trouble
	promised  time.Time // when the latest promise was made that waits and is not late
	rival     naming
	dismissed time.Time // when somebody last said that they are not slipping
}

type order struct {
	id    assist.ID
	at    day
	value int64
	money int32 // the currency, as a number of Tally.names
}

// trouble is a promise that was not kept, and of which they have not heard since.
type trouble struct {
	id   assist.ID
	text string
	at   time.Time
}

// naming is when a customer named a rival.
type naming struct {
	of    []assist.Ref
	rival string
	at    time.Time
}

// Tally takes in records, in any order, and keeps of each customer what the report asks
// for. It is for one goroutine at a time.
type Tally struct {
	now    time.Time
	today  day
	people map[assist.ID]*person
	number map[string]int32 // of names that many have in common
	names  []string
}

// New returns a Tally without records, as seen at now and in its time zone.
func New(now time.Time) *Tally {
	t := &Tally{now: now, people: map[assist.ID]*person{}, number: map[string]int32{}}
	t.today = t.day(now)
	return t
}

// Add takes in a customer, call, note, order, promise, insight, or what became of a
// prompt. Other records change nothing. Each record is to be added once.
func (t *Tally) Add(r assist.Record) {
	switch r := r.(type) {
	case assist.Customer:
		t.customer(r)
	case assist.Call:
		if spoke(r) {
			t.contact(r.Customer, r.Started, r)
		}
	case assist.Note:
		t.contact(r.Customer, r.At, r)
	case assist.Order:
		t.order(r)
	case assist.Promise:
		t.promise(r)
	case assist.Insight:
		t.insight(r)
	case assist.Asked:
		if p := t.of(r.Customer); r.Prompt == Prompt && r.Reply == assist.ReplyNotNow && r.At.After(p.dismissed) {
			p.dismissed = r.At
		}
	}
}

func (t *Tally) day(at time.Time) day {
	y, m, d := at.In(t.now.Location()).Date()
	return dayOf(y, m, d)
}

func dayOf(y int, m time.Month, d int) day {
	return day(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// midnight is when a day begins.
func (t *Tally) midnight(d day) time.Time {
	return time.Date(1970, 1, 1+int(d), 0, 0, 0, 0, t.now.Location())
}

func (t *Tally) of(id assist.ID) *person {
	p := t.people[id]
	if p == nil {
		p = &person{}
		t.people[id] = p
	}
	return p
}

func (t *Tally) intern(name string) int32 {
	n, ok := t.number[name]
	if !ok {
		n = int32(len(t.names))
		t.number[name] = n
		t.names = append(t.names, name)
	}
	return n
}

func (t *Tally) customer(c assist.Customer) {
	p := t.of(c.ID)
	p.known = true
	p.kind = c.Kind
	if p.kind == "" {
		p.kind = assist.KindCustomer
	}
	p.left = c.Into != "" || c.Kind == assist.KindColleague || c.Kind == assist.KindBoss
	p.company, p.since = c.Company != "", c.Since
	p.city = t.names[t.intern(c.City)]
	for _, o := range c.Owns {
		if o.Ours() {
			p.things = append(p.things, t.intern(o.Name))
		}
	}
}

// spoke reports whether a call is a contact.
func spoke(c assist.Call) bool {
	return c.Disposition != "Wrong number" && (!c.Outgoing || !c.Answered.IsZero())
}

func (t *Tally) contact(who assist.ID, at time.Time, r assist.Record) {
	if who == "" || at.After(t.now) {
		return
	}
	p := t.of(who)
	if d := t.day(at); len(p.days) == 0 || p.days[len(p.days)-1] != d {
		p.days = append(p.days, d)
	}
	kind, id := r.Ident()
	ref := assist.Ref{Type: kind, ID: id}
	if at.After(p.lastAt) || at.Equal(p.lastAt) && before(p.last, ref) {
		p.last, p.lastAt = ref, at
	}
}

func before(a, b assist.Ref) bool { return a.Type+assist.Type(a.ID) < b.Type+assist.Type(b.ID) }

func (t *Tally) order(o assist.Order) {
	if o.Customer == "" || o.At.After(t.now) {
		return
	}
	t.contact(o.Customer, o.At, o)
	p := t.of(o.Customer)
	p.orders = append(p.orders, order{o.ID, t.day(o.At), o.Value, t.intern(o.Currency)})
	for _, name := range o.Products {
		if n := t.intern(name); !slices.Contains(p.things, n) {
			p.things = append(p.things, n)
		}
	}
}

func (t *Tally) promise(r assist.Promise) {
	if r.Customer == "" || r.Made.After(t.now) {
		return
	}
	p := t.of(r.Customer)
	if r.Open() && !r.Late(t.now) && r.Made.After(p.promised) {
		p.promised = r.Made
	}
	at := missed(r, t.now)
	if at.IsZero() || at.After(t.now) || t.now.Sub(at) > fresh {
		return
	}
	p.troubles = append(p.troubles, trouble{r.ID, short(r.Text), at})
}

// missed is when a promise was not kept; the zero time when it was, still can be, or they
// have heard how it stands.
func missed(r assist.Promise, now time.Time) time.Time {
	switch {
	case !r.Untold(now):
		return time.Time{}
	case !r.Broken.IsZero():
		return r.Broken
	case !r.Late(now):
		return time.Time{}
	case r.AllDay:
		y, m, d := r.Due.Date()
		return time.Date(y, m, d+1, 0, 0, 0, 0, r.Due.Location())
	}
	return r.Due
}

func (t *Tally) insight(i assist.Insight) {
	named := i.About == assist.AboutCompetitor || i.About == "" && i.Intelligence == assist.Competitive
	if i.Customer == "" || !named || i.Feeling == assist.Hate || i.At.After(t.now) || t.now.Sub(i.At) > fresh {
		return
	}
	p := t.of(i.Customer)
	of := []assist.Ref{{Type: assist.TypeInsight, ID: i.ID}}
	if i.Note != "" {
		of = append(of, assist.Ref{Type: assist.TypeNote, ID: i.Note})
	}
	if i.At.After(p.rival.at) || i.At.Equal(p.rival.at) && before(p.rival.of[0], of[0]) {
		p.rival = naming{of, i.Subject, i.At}
	}
}
