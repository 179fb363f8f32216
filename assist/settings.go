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
	// Phone: how this machine learns of calls.
	Phone PhoneSettings `json:"phone,omitzero"`
	// Model: which endpoint may be asked about the meaning of words.
	Model ModelSettings `json:"model,omitzero"`
	// Started: the first-run page has been answered.
	Started bool `json:"started,omitempty"`
}

// ModelSettings name the one endpoint, of those that speak OpenAI's protocol, that may
// be asked for anything. Its key is kept elsewhere. While On is false nothing is sent
// and no connection is opened.
type ModelSettings struct {
	On         bool   `json:"on,omitempty"`
	URL        string `json:"url,omitempty"`        // where its API begins: http://localhost:11434/v1
	Embeddings string `json:"embeddings,omitempty"` // the model that turns texts into vectors, as the endpoint calls it
}

// Named reports whether both the endpoint and the model have a name.
func (m ModelSettings) Named() bool { return m.URL != "" && m.Embeddings != "" }

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
	s.Phone.validate(&v)
	v.line("model.url", s.Model.URL, false)
	v.line("model.embeddings", s.Model.Embeddings, false)
	v.that(!s.Model.On || s.Model.Named(), "model", "is on without an address and a model's name")
	return v.fault("settings", "")
}
