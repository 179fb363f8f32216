package assist

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"
)

// Stage is how far a Revision has come.
type Stage string

// The stages of a Revision. What is published or declined stays as it is.
const (
	StageDraft     Stage = "draft"
	StageReview    Stage = "review"
	StagePublished Stage = "published"
	StageDeclined  Stage = "declined"
)

// Revision is what somebody wants an answer to become. The answer stays as it is until
// the revision is published; both are kept.
type Revision struct {
	ID ID `json:"id"`
	// Answer is the answer that is changed, or the id that a new one gets.
	Answer ID `json:"answer"`
	// Base is the Fingerprint of the answer that By began with; empty for a new one.
	Base    string    `json:"base,omitempty"`
	Next    Answer    `json:"next"`
	By      ID        `json:"by,omitempty"`
	At      time.Time `json:"at"` // of the last change
	Stage   Stage     `json:"stage"`
	Why     string    `json:"why,omitempty"`     // the name of this version, in the words of By
	Gaps    []ID      `json:"gaps,omitempty"`    // questions that it answers
	Flags   []ID      `json:"flags,omitempty"`   // flags that it settles
	Judge   ID        `json:"judge,omitempty"`   // who published or declined it
	Decided time.Time `json:"decided,omitzero"`  // when
	Verdict string    `json:"verdict,omitempty"` // what the judge said
}

// Ident implements Record.
func (r Revision) Ident() (Type, ID) { return TypeRevision, r.ID }

// Open reports whether somebody still has to do something with it.
func (r Revision) Open() bool { return r.Stage == StageDraft || r.Stage == StageReview }

// Validate reports whether the revision can be kept. A draft may hold an answer that
// cannot be kept yet; what is in review or published may not.
func (r Revision) Validate() error {
	var v check
	v.id("id", r.ID)
	v.id("answer", r.Answer)
	v.ref("by", r.By)
	v.at("at", r.At)
	v.that(has([]Stage{StageDraft, StageReview, StagePublished, StageDeclined}, r.Stage), "stage", "is not one of draft, review, published, declined")
	v.line("why", r.Why, false)
	v.text("verdict", r.Verdict, false)
	v.that(r.Next.ID == r.Answer, "next", "is not of the answer that is changed")
	v.text("say", r.Next.Say, false)
	if r.Stage == StageReview || r.Stage == StagePublished {
		if err := r.Next.Validate(); err != nil {
			return err
		}
	}
	return v.fault(TypeRevision, r.ID)
}

// Fingerprint is the same for equal answers, and different for others: 32 hexadecimal
// digits of the SHA-256 of its JSON.
func (a Answer) Fingerprint() string {
	text, err := json.Marshal(a)
	if err != nil {
		panic(err) // an answer has nothing that JSON cannot hold
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:16])
}
