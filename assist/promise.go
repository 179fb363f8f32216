package assist

import "time"

// Promise is what somebody of us said that we would do for a customer, by when.
type Promise struct {
	ID       ID        `json:"id"`
	Customer ID        `json:"customer,omitempty"`
	Call     ID        `json:"call,omitempty"`
	Rep      ID        `json:"rep,omitempty"` // who promised
	Text     string    `json:"text"`
	Made     time.Time `json:"made"`
	Due      time.Time `json:"due,omitzero"` // zero when no day was named
	AllDay   bool      `json:"all_day,omitempty"`
	Kept     time.Time `json:"kept,omitzero"`
	Dropped  time.Time `json:"dropped,omitzero"` // taken back, with the customer's knowledge
}

// Open reports whether the promise still waits to be kept.
func (p Promise) Open() bool { return p.Kept.IsZero() && p.Dropped.IsZero() }

// Late reports whether the promise is open and its time has passed. A promise for
// a day is late when that day is over, in the time zone of Due.
func (p Promise) Late(now time.Time) bool {
	if !p.Open() || p.Due.IsZero() {
		return false
	}
	due := p.Due
	if p.AllDay {
		y, m, d := due.Date()
		due = time.Date(y, m, d+1, 0, 0, 0, 0, due.Location())
	}
	return now.After(due)
}

// Ident implements Record.
func (p Promise) Ident() (Type, ID) { return TypePromise, p.ID }

// Validate reports whether the promise can be kept in the store: an id, a text and
// the time when it was made.
func (p Promise) Validate() error {
	var v check
	v.id("id", p.ID)
	v.ref("customer", p.Customer)
	v.ref("call", p.Call)
	v.ref("rep", p.Rep)
	v.text("text", p.Text, true)
	v.at("made", p.Made)
	v.that(p.Kept.IsZero() || p.Dropped.IsZero(), "dropped", "cannot be set on a promise that was kept")
	return v.fault(TypePromise, p.ID)
}

// Incident is one trouble that touches many customers.
type Incident struct {
	ID        ID        `json:"id"`
	Title     string    `json:"title"`
	What      string    `json:"what,omitempty"` // what happened and what we do, in words for the customer
	Opened    time.Time `json:"opened"`
	Closed    time.Time `json:"closed,omitzero"`
	FixedBy   time.Time `json:"fixed_by,omitzero"` // when it will be over, as far as we know
	Customers []ID      `json:"customers,omitempty"`
	Companies []ID      `json:"companies,omitempty"`
	Products  []string  `json:"products,omitempty"`
	Cities    []string  `json:"cities,omitempty"`
	// Concierges names the rep of each customer in this incident.
	Concierges map[ID]ID `json:"concierges,omitempty"`
}

// Touches reports whether the incident is open and concerns the customer: by
// name, company, city or a product of ours.
func (i Incident) Touches(c Customer) bool {
	if !i.Closed.IsZero() {
		return false
	}
	if has(i.Customers, c.ID) || c.Company != "" && has(i.Companies, c.Company) || c.City != "" && has(i.Cities, c.City) {
		return true
	}
	for _, p := range c.Owns {
		if p.Ours() && has(i.Products, p.Name) {
			return true
		}
	}
	return false
}

func has[T comparable](list []T, x T) bool {
	for _, y := range list {
		if x == y {
			return true
		}
	}
	return false
}

// Ident implements Record.
func (i Incident) Ident() (Type, ID) { return TypeIncident, i.ID }

// Validate reports whether the incident can be kept: an id, a title and its start.
func (i Incident) Validate() error {
	var v check
	v.id("id", i.ID)
	v.line("title", i.Title, true)
	v.text("what", i.What, false)
	v.at("opened", i.Opened)
	return v.fault(TypeIncident, i.ID)
}
