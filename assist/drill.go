package assist

import "time"

// Drill is how well a rep knows one answer by heart, and when to practise it again. It
// belongs to the rep: others see it only while Rep.Shared is set.
type Drill struct {
	ID         ID        `json:"id"` // Key of Rep and Answer
	Rep        ID        `json:"rep"`
	Answer     ID        `json:"answer"`
	Due        time.Time `json:"due"`
	Last       time.Time `json:"last"`
	Grade      int       `json:"grade"`            // what the rep thought of the last time: 1 again, 2 hard, 3 good, 4 easy
	Times      int       `json:"times"`            // how often it was practised; 0: taken back, it was never practised
	Lapses     int       `json:"lapses"`           // how often it was forgotten
	Stability  float64   `json:"stability"`        // days until the chance to know it falls to nine in ten
	Difficulty float64   `json:"difficulty"`       // 1 to 10
	Words      string    `json:"words,omitempty"`  // the rep's own, the last time
	Saying     ID        `json:"saying,omitempty"` // Answer.Saying then
}

// Key is the id under which this rep's drill of this answer is kept.
func (d Drill) Key() ID { return IDFrom("drill", string(d.Rep), string(d.Answer)) }

// Saying is the same for answers that tell a rep to say and do the same.
func (a Answer) Saying() ID { return IDFrom(append([]string{a.Say}, a.Steps...)...) }

// Ident implements Record.
func (d Drill) Ident() (Type, ID) { return TypeDrill, d.ID }

// Validate reports whether the drill can be kept.
func (d Drill) Validate() error {
	var v check
	v.id("rep", d.Rep)
	v.id("answer", d.Answer)
	v.that(d.ID == d.Key(), "id", "is not that of rep and answer")
	v.at("due", d.Due)
	v.at("last", d.Last)
	v.that(d.Grade >= 1 && d.Grade <= 4, "grade", "is not one of 1 to 4")
	v.that(d.Times >= 0 && d.Lapses >= 0, "times", "cannot be below 0")
	v.that(d.Stability > 0, "stability", "must be above 0")
	v.that(d.Difficulty >= 1 && d.Difficulty <= 10, "difficulty", "is not between 1 and 10")
	v.text("words", d.Words, false)
	v.ref("saying", d.Saying)
	return v.fault(TypeDrill, d.ID)
}
