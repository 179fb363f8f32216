package assist

// Settings are what a rep chose for this machine. The zero Settings are usable.
type Settings struct {
	Me     ID     `json:"me,omitempty"`      // the rep who sits here
	Region string `json:"region,omitempty"`  // for numbers without a country: "GB"; empty means the system's, else GB
	OnRing OnRing `json:"on_ring,omitempty"` // empty means OnRingNotify
	// MonthFirst: 3/4 means 4 March, not 3 April.
	MonthFirst bool `json:"month_first,omitempty"`
	// Review: what a rep wants an answer to be found by goes to the trainers first.
	Review bool `json:"review,omitempty"`
	// Started: the first-run page has been answered.
	Started bool `json:"started,omitempty"`
}

// OnRing says what the window does when the phone rings while the rep works in
// another program. In none of the cases does it take the keyboard from them.
type OnRing string

// What the window can do on a ring.
const (
	OnRingRaise   OnRing = "raise"
	OnRingNotify  OnRing = "notify"
	OnRingNothing OnRing = "nothing"
)

// Validate reports a setting that has no meaning.
func (s Settings) Validate() error {
	var v check
	v.ref("me", s.Me)
	v.that(s.Region == "" || len(s.Region) == 2, "region", "is not a country's two letters")
	v.that(s.OnRing == "" || s.OnRing == OnRingRaise || s.OnRing == OnRingNotify || s.OnRing == OnRingNothing,
		"on_ring", "is not one of raise, notify, nothing")
	return v.fault("settings", "")
}
