package assist

import (
	"fmt"
	"time"
)

// Answer is one thing that any rep can say, whatever their department: the
// library's unit.
type Answer struct {
	ID          ID       `json:"id"`
	Title       string   `json:"title"`
	Department  string   `json:"department"`
	Also        []string `json:"also,omitempty"`  // other departments that say it, too
	Say         string   `json:"say"`             // the words to say, with blanks like {{customer.name}}
	Steps       []string `json:"steps,omitempty"` // what to do, in order; each can be ticked
	Phrasings   []string `json:"phrasings,omitempty"`
	Products    []string `json:"products,omitempty"`
	Owner       ID       `json:"owner,omitempty"`  // the rep who answers for it
	Deputy      ID       `json:"deputy,omitempty"` // who does while the owner is away
	Rota        []ID     `json:"rota,omitempty"`   // a group that owns it in turn, in place of Owner
	Verified    Date     `json:"verified,omitzero"`
	VerifyEvery int      `json:"verify_every,omitempty"` // days; 0 means it does not go stale
	Web         string   `json:"web,omitempty"`
	Internal    bool     `json:"internal,omitempty"` // not for saying aloud
	Draft       bool     `json:"draft,omitempty"`
	Language    string   `json:"language,omitempty"` // BCP 47; empty means en
	Files       []File   `json:"files,omitempty"`    // pictures and others
	Off         bool     `json:"off,omitempty"`      // kept, but no longer found
	Into        ID       `json:"into,omitempty"`     // the answer that says it now
}

// Stale reports whether the answer has not been verified for longer than its
// owner wants.
func (a Answer) Stale(now time.Time) bool {
	if a.VerifyEvery <= 0 {
		return false
	}
	return a.Verified.IsZero() || now.After(a.Verified.Time().AddDate(0, 0, a.VerifyEvery+1))
}

// Ident implements Record.
func (a Answer) Ident() (Type, ID) { return TypeAnswer, a.ID }

// Validate reports whether the answer can be kept: an id, a title, a department
// and words to say.
func (a Answer) Validate() error {
	var v check
	v.id("id", a.ID)
	v.line("title", a.Title, true)
	v.line("department", a.Department, true)
	v.text("say", a.Say, true)
	v.ref("owner", a.Owner)
	v.ref("deputy", a.Deputy)
	for _, id := range a.Rota {
		v.id("rota", id)
	}
	v.ref("into", a.Into)
	v.that(a.Into != a.ID, "into", "is the answer itself")
	for _, f := range a.Files {
		v.line("file", f.Name, true)
		v.id("file", f.Blob)
		v.that(f.Step >= 0 && f.Step <= len(a.Steps), "file", "belongs to a step that is not there")
	}
	v.lines("also", a.Also)
	v.that(a.VerifyEvery >= 0, "verify_every", "cannot be below 0")
	for _, p := range a.Phrasings {
		v.line("phrasing", p, true)
	}
	for _, s := range a.Steps {
		v.line("step", s, true)
	}
	return v.fault(TypeAnswer, a.ID)
}

// Prompt is a frank question for the customer, offered to the rep, never a script.
type Prompt struct {
	ID           ID           `json:"id"`
	Intelligence Intelligence `json:"intelligence"`
	Topic        string       `json:"topic"` // what it asks about, in one or two words; asked once it is known
	Ask          []string     `json:"ask"`   // two or three ways to say it
	Kinds        []Kind       `json:"kinds,omitempty"`
	Language     string       `json:"language,omitempty"`
	// After are words that make it a follow-up: offered first when one of them was just
	// said.
	After []string `json:"after,omitempty"`
	Off   bool     `json:"off,omitempty"` // kept, but no longer offered
}

// Ident implements Record.
func (p Prompt) Ident() (Type, ID) { return TypePrompt, p.ID }

// Validate reports whether the prompt can be kept: an id, an intelligence, a topic
// and a way to say it.
func (p Prompt) Validate() error {
	var v check
	v.id("id", p.ID)
	v.that(p.Intelligence.known(), "intelligence", "is not one of competitive, market, relationship, front line")
	v.line("topic", p.Topic, true)
	v.that(len(p.Ask) > 0, "ask", "is missing")
	v.lines("ask", p.Ask)
	v.lines("after", p.After)
	return v.fault(TypePrompt, p.ID)
}

// Rep is one of us who talks with customers.
type Rep struct {
	ID          ID       `json:"id"`
	Name        string   `json:"name"`
	Departments []string `json:"departments,omitempty"`
	Extension   string   `json:"extension,omitempty"`
	Role        Role     `json:"role,omitempty"`
	Shared      bool     `json:"shared,omitempty"` // others may see what they practised
}

// Role is what a rep may do with the library. The empty role is RoleRep.
type Role string

// The roles: who uses the library, who writes it, and who says who is what.
const (
	RoleRep     Role = "rep"
	RoleTrainer Role = "trainer"
	RoleAdmin   Role = "admin"
)

// Ident implements Record.
func (r Rep) Ident() (Type, ID) { return TypeRep, r.ID }

// Validate reports whether the rep can be kept: an id and a name.
func (r Rep) Validate() error {
	var v check
	v.id("id", r.ID)
	v.line("name", r.Name, true)
	v.that(r.Role == "" || has([]Role{RoleRep, RoleTrainer, RoleAdmin}, r.Role), "role", "is not one of rep, trainer, admin")
	return v.fault(TypeRep, r.ID)
}

// Pack is a set of answers, prompts and what else trainers keep, that travels as one:
// what a trainer exports and another team takes in.
type Pack struct {
	Name     string    `json:"name"`
	Answers  []Answer  `json:"answers"`
	Prompts  []Prompt  `json:"prompts"`
	Tact     []Tact    `json:"tact,omitempty"`
	Subjects []Subject `json:"subjects,omitempty"`
	Deals    []Deal    `json:"deals,omitempty"`
	Blobs    []Blob    `json:"blobs,omitempty"` // of the answers' files
	// Questions are what customers asked, with the answers that they must find.
	Questions []Question `json:"questions,omitempty"`
}

// Validate reports the first record that cannot be kept, or an id that is there
// twice.
func (p Pack) Validate() error {
	seen := map[string]bool{}
	for _, r := range p.Records() {
		if err := r.Validate(); err != nil {
			return err
		}
		t, id := r.Ident()
		if key := string(t) + " " + string(id); seen[key] {
			return &Fault{What: fmt.Sprintf("the %s is in the pack twice", key), Where: "pack " + p.Name,
				Do: "Give one of them another id.", Err: ErrInvalid}
		} else {
			seen[key] = true
		}
	}
	return nil
}

// Records returns the files' bytes, the answers, the prompts, the rules of tact, the
// subjects, the deals and the saved questions.
func (p Pack) Records() []Record {
	out := make([]Record, 0, len(p.Blobs)+len(p.Answers)+len(p.Prompts)+len(p.Tact)+len(p.Subjects)+len(p.Deals)+len(p.Questions))
	for _, b := range p.Blobs {
		out = append(out, b)
	}
	for _, a := range p.Answers {
		out = append(out, a)
	}
	for _, q := range p.Prompts {
		out = append(out, q)
	}
	for _, t := range p.Tact {
		out = append(out, t)
	}
	for _, s := range p.Subjects {
		out = append(out, s)
	}
	for _, d := range p.Deals {
		out = append(out, d)
	}
	for _, q := range p.Questions {
		out = append(out, q)
	}
	return out
}
