package assist

// SubjectKind says what an insight is about.
type SubjectKind string

// What an insight can be about.
const (
	AboutProduct    SubjectKind = "product"
	AboutCompetitor SubjectKind = "competitor"
	AboutPlace      SubjectKind = "place" // where people buy
	AboutUs         SubjectKind = "us"
	AboutPerson     SubjectKind = "person"
)

// SubjectKinds lists what an insight can be about.
func SubjectKinds() []SubjectKind {
	return []SubjectKind{AboutProduct, AboutCompetitor, AboutPlace, AboutUs, AboutPerson}
}

func (k SubjectKind) known() bool { return has(SubjectKinds(), k) }

// Feeling is how a customer put it: what they love, hate, think, believe, feel or
// wish.
type Feeling string

// The feelings.
const (
	Love    Feeling = "love"
	Hate    Feeling = "hate"
	Think   Feeling = "think"
	Believe Feeling = "believe"
	Feel    Feeling = "feel"
	Wish    Feeling = "wish"
)

// Feelings lists the feelings.
func Feelings() []Feeling { return []Feeling{Love, Hate, Think, Believe, Feel, Wish} }

// Subject is something that customers call by name: a product of ours or of others, a
// competitor, a place to buy. The list grows with the notes.
type Subject struct {
	ID   ID          `json:"id"`
	Kind SubjectKind `json:"kind"`
	Name string      `json:"name"`
	Also []string    `json:"also,omitempty"` // other ways to write it
	// Of a competitor: the honest card. Both sides are said frankly, one line each.
	Theirs []string `json:"theirs,omitempty"` // where they are better
	Ours   []string `json:"ours,omitempty"`   // where we are better
	// Of a product of ours: the situations that it helps in, in customers' words
	// ("cut high branches").
	For      []string `json:"for,omitempty"`
	Owner    ID       `json:"owner,omitempty"` // the rep who answers for what is said here
	Verified Date     `json:"verified,omitzero"`
}

// Ident implements Record.
func (s Subject) Ident() (Type, ID) { return TypeSubject, s.ID }

// Validate reports whether the subject can be kept: an id, a kind and a name.
func (s Subject) Validate() error {
	var v check
	v.id("id", s.ID)
	v.that(s.Kind.known(), "kind", "is not one of product, competitor, place, us, person")
	v.line("name", s.Name, true)
	v.lines("also", s.Also)
	v.lines("theirs", s.Theirs)
	v.lines("ours", s.Ours)
	v.lines("for", s.For)
	v.ref("owner", s.Owner)
	return v.fault(TypeSubject, s.ID)
}

// Deal is what new customers are offered, so that whoever talks with a loyal customer
// knows of it.
type Deal struct {
	ID       ID       `json:"id"`
	Title    string   `json:"title"`              // "20% off the first year"
	Products []string `json:"products,omitempty"` // for these; empty means for any
	From     Date     `json:"from,omitzero"`
	Until    Date     `json:"until,omitzero"` // the last day
}

// Ident implements Record.
func (d Deal) Ident() (Type, ID) { return TypeDeal, d.ID }

// Validate reports whether the deal can be kept: an id and a title.
func (d Deal) Validate() error {
	var v check
	v.id("id", d.ID)
	v.line("title", d.Title, true)
	v.lines("products", d.Products)
	return v.fault(TypeDeal, d.ID)
}

// Focus is what the team wants to learn in a week, chosen by the trainers.
type Focus struct {
	ID           ID           `json:"id"`
	Intelligence Intelligence `json:"intelligence,omitempty"` // empty means any
	Topic        string       `json:"topic,omitempty"`        // empty means any
	From         Date         `json:"from"`
	Until        Date         `json:"until"` // the last day
	Rep          ID           `json:"rep,omitempty"`
}

// Ident implements Record.
func (f Focus) Ident() (Type, ID) { return TypeFocus, f.ID }

// Validate reports whether the focus can be kept: something to learn, and when.
func (f Focus) Validate() error {
	var v check
	v.id("id", f.ID)
	v.that(f.Intelligence == "" || f.Intelligence.known(), "intelligence", "is not one of competitive, market, relationship")
	v.line("topic", f.Topic, f.Intelligence == "")
	v.that(!f.From.IsZero() && !f.Until.IsZero() && !f.Until.Time().Before(f.From.Time()), "until", "must be a day, not before from")
	v.ref("rep", f.Rep)
	return v.fault(TypeFocus, f.ID)
}
