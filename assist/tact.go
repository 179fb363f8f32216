package assist

// Cause is what a rule of tact looks at.
type Cause string

// The causes. Those with words look for them in what was just heard and noted, and in
// the notes of the last Days.
const (
	WhenDoNotAsk  Cause = "do not ask"
	WhenNoConsent Cause = "no consent"
	WhenMinor     Cause = "minor"
	WhenLate      Cause = "late promise"
	WhenBroken    Cause = "broken promise"
	WhenIncident  Cause = "incident"
	WhenUpset     Cause = "upset"   // the rep's key, or words
	WhenHurried   Cause = "hurried" // the rep's key, or words
	WhenWords     Cause = "words"   // a complaint, hard news
	WhenLongCall  Cause = "long call"
	WhenOften     Cause = "often"
)

// Hears reports whether a rule of this cause looks for words.
func (c Cause) Hears() bool { return c == WhenUpset || c == WhenHurried || c == WhenWords }

// Causes lists the causes.
func Causes() []Cause {
	return []Cause{WhenDoNotAsk, WhenNoConsent, WhenMinor, WhenLate, WhenBroken, WhenIncident, WhenUpset, WhenHurried,
		WhenWords, WhenLongCall, WhenOften}
}

// Part is what a rule of tact can take out of a call.
type Part string

// What can be taken out: frank questions, thanks and birthdays, offers and praise for
// products.
const (
	Questions Part = "questions"
	Thanks    Part = "thanks"
	Offers    Part = "offers"
)

// Parts lists the parts.
func Parts() []Part { return []Part{Questions, Thanks, Offers} }

// Tact is a rule that takes something out of a call and says why. Trainers read and
// edit the rules as a page of text.
type Tact struct {
	ID      ID       `json:"id"`
	Title   string   `json:"title"`
	When    Cause    `json:"when"`
	Words   []string `json:"words,omitempty"`
	Unless  []string `json:"unless,omitempty"`  // not where one of these stands near
	Settled []string `json:"settled,omitempty"` // words of a later note that end it
	Days    int      `json:"days,omitempty"`    // how far notes, broken promises and calls count back; 0 means this call
	Most    int      `json:"most,omitempty"`    // minutes of a call, calls within Days; at this many the rule holds
	Quiet   []Part   `json:"quiet"`
	Say     string   `json:"say"` // why, a sentence for the rep
	Try     []Trial  `json:"try,omitempty"`
	Order   int      `json:"order,omitempty"` // its place on the page
	Off     bool     `json:"off,omitempty"`   // no longer on the page
}

// Trial is an example that a rule is tried on: words, and whether it must hold.
type Trial struct {
	Words string `json:"words"`
	Holds bool   `json:"holds,omitempty"`
}

// Ident implements Record.
func (t Tact) Ident() (Type, ID) { return TypeTact, t.ID }

// Validate reports whether the rule can be kept: an id, a title, a cause with what it
// needs, something to take out and the reason.
func (t Tact) Validate() error {
	var v check
	v.id("id", t.ID)
	v.line("title", t.Title, true)
	v.that(has(Causes(), t.When), "when", "is not one of the causes")
	v.that(t.When != WhenWords || len(t.Words) > 0, "words", "are missing")
	v.that(t.When != WhenLongCall && t.When != WhenOften || t.Most > 0, "most", "must be above 0")
	v.that(t.When != WhenOften || t.Days > 0, "days", "must be above 0")
	v.that(t.Days >= 0, "days", "cannot be below 0")
	v.that(len(t.Quiet) > 0, "quiet", "is missing")
	for _, p := range t.Quiet {
		v.that(has(Parts(), p), "quiet", "is not one of questions, thanks, offers")
	}
	v.lines("words", t.Words)
	v.lines("unless", t.Unless)
	v.lines("settled", t.Settled)
	v.line("say", t.Say, true)
	for _, x := range t.Try {
		v.line("try", x.Words, true)
	}
	return v.fault(TypeTact, t.ID)
}
