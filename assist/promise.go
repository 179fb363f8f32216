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
	Dropped  time.Time `json:"dropped,omitzero"`   // taken back, with the customer's knowledge
	Broken   time.Time `json:"broken,omitzero"`    // when it was seen that it will never be kept
	Moved    time.Time `json:"moved,omitzero"`     // when Due was last changed
	FirstDue time.Time `json:"first_due,omitzero"` // Due before it was first moved
	Told     time.Time `json:"told,omitzero"`      // when the customer last heard from us how it stands
}

// Open reports whether the promise still waits to be kept.
func (p Promise) Open() bool { return p.Kept.IsZero() && p.Dropped.IsZero() && p.Broken.IsZero() }

// Untold reports whether the customer has yet to hear what became of the promise: it
// was moved or broken, or it is late, and nobody has told them since.
func (p Promise) Untold(now time.Time) bool {
	news := p.Moved
	switch {
	case !p.Broken.IsZero():
		news = p.Broken
	case p.Late(now):
		news = p.end()
	}
	return p.Kept.IsZero() && p.Dropped.IsZero() && !news.IsZero() && p.Told.Before(news)
}

// end is when the promise begins to be late.
func (p Promise) end() time.Time {
	if !p.AllDay {
		return p.Due
	}
	y, m, d := p.Due.Date()
	return time.Date(y, m, d+1, 0, 0, 0, 0, p.Due.Location())
}

// Late reports whether the promise is open and its time has passed. A promise for
// a day is late when that day is over, in the time zone of Due.
func (p Promise) Late(now time.Time) bool {
	if !p.Open() || p.Due.IsZero() {
		return false
	}
	return now.After(p.end())
}

// Move returns the promise with another time to be kept by, and remembers the first
// one. It fails with ErrInvalid when the promise no longer waits, when no day is named,
// and when the time has passed at now. To the time that it has already, nothing moves.
func (p Promise) Move(to time.Time, allDay bool, now time.Time) (Promise, error) {
	q := p
	q.Due, q.AllDay = to, allDay
	switch {
	case !p.Open():
		return p, &Fault{What: "this promise no longer waits to be kept", Err: ErrInvalid}
	case to.IsZero():
		return p, &Fault{What: "a promise is moved to a day", Do: "Name one.", Err: ErrInvalid}
	case q.Late(now):
		return p, &Fault{What: "that time has passed", Do: "Name one that is still to come.", Err: ErrInvalid}
	case to.Equal(p.Due) && allDay == p.AllDay:
		return p, nil
	}
	if q.Moved = now; p.Moved.IsZero() {
		q.FirstDue = p.Due
	}
	return q, nil
}

// Stands reports whether p and q, two pictures of one promise, agree on what became of
// it: by when it is to be kept, and whether it was kept, dropped, broken, moved or told.
func (p Promise) Stands(q Promise) bool {
	return p.AllDay == q.AllDay && p.Due.Equal(q.Due) && p.Kept.Equal(q.Kept) && p.Dropped.Equal(q.Dropped) &&
		p.Broken.Equal(q.Broken) && p.Moved.Equal(q.Moved) && p.FirstDue.Equal(q.FirstDue) && p.Told.Equal(q.Told)
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
	v.that(p.Kept.IsZero() || p.Broken.IsZero(), "broken", "cannot be set on a promise that was kept")
	return v.fault(TypePromise, p.ID)
}
