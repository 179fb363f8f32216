package assist

import "time"

// Incident is one trouble that touches many customers.
type Incident struct {
	ID        ID        `json:"id"`
	Title     string    `json:"title"`
	What      string    `json:"what,omitempty"`  // what happened, in words for the customer
	Why       string    `json:"why,omitempty"`   // why it happened, as far as we know
	Doing     string    `json:"doing,omitempty"` // what we do about it
	Opened    time.Time `json:"opened"`
	Closed    time.Time `json:"closed,omitzero"`
	FixedBy   time.Time `json:"fixed_by,omitzero"` // when it will be over, as far as we know
	Updated   time.Time `json:"updated,omitzero"`  // when what we tell last changed; zero means Opened
	Every     int       `json:"every,omitempty"`   // hours from one update to the next; 0 means none is promised
	Customers []ID      `json:"customers,omitempty"`
	Companies []ID      `json:"companies,omitempty"`
	Products  []string  `json:"products,omitempty"`
	Cities    []string  `json:"cities,omitempty"`
}

// News returns when what is to be told of the incident last changed.
func (i Incident) News() time.Time {
	switch {
	case !i.Closed.IsZero():
		return i.Closed
	case !i.Updated.IsZero():
		return i.Updated
	}
	return i.Opened
}

// NextUpdate returns when the customers are to hear again; zero when no cadence was
// set or the incident is closed.
func (i Incident) NextUpdate() time.Time {
	if i.Every <= 0 || !i.Closed.IsZero() {
		return time.Time{}
	}
	return i.News().Add(time.Duration(i.Every) * time.Hour)
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
	v.text("why", i.Why, false)
	v.text("doing", i.Doing, false)
	v.at("opened", i.Opened)
	v.that(i.Every >= 0, "every", "cannot be below 0")
	return v.fault(TypeIncident, i.ID)
}

// Affected is one customer in one incident: who looks after them in it, and what they
// were told. Its id is its Key, so that nobody is in an incident twice.
type Affected struct {
	ID        ID        `json:"id"`
	Incident  ID        `json:"incident"`
	Customer  ID        `json:"customer"`
	Concierge ID        `json:"concierge,omitempty"` // the rep
	At        time.Time `json:"at"`
	Told      time.Time `json:"told,omitzero"`  // when they last heard from us how it stands
	Into      ID        `json:"into,omitempty"` // the customer who has this place now: the record of this one went into theirs
}

// Key is the id under which this customer's place in this incident is kept.
func (a Affected) Key() ID { return IDFrom("affected", string(a.Incident), string(a.Customer)) }

// Ident implements Record.
func (a Affected) Ident() (Type, ID) { return TypeAffected, a.ID }

// Validate reports whether the record can be kept.
func (a Affected) Validate() error {
	var v check
	v.id("incident", a.Incident)
	v.id("customer", a.Customer)
	v.that(a.ID == a.Key(), "id", "is not that of this incident and customer")
	v.ref("concierge", a.Concierge)
	v.ref("into", a.Into)
	v.at("at", a.At)
	return v.fault(TypeAffected, a.ID)
}

// Knows reports whether the customer has heard the latest of the incident.
func (a Affected) Knows(i Incident) bool { return !a.Told.IsZero() && !a.Told.Before(i.News()) }
